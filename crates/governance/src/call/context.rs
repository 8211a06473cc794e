//! Everything that a rule may look at besides the sheet and the command.

use kernel::{
    calendar::Calendar,
    clock::{Limit, LimitUnit},
    id::CallId,
    role::Actor,
    time::Moment,
};
use serde::{Deserialize, Serialize};

use super::state::Loops;
use crate::case::Case;

/// What a rule may look at. Rules read no clock, no database and no random numbers.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// The sheet's own id.
    pub id: CallId,
    /// The moment of the command.
    pub now: Moment,
    /// Who wants it.
    pub actor: &'a Actor,
    /// The city's calendar.
    pub calendar: &'a Calendar,
    /// The city's choices.
    pub settings: &'a CallSettings,
    /// How many calls of the same person came before, within [`CallSettings::repeat_days`]; for `begin` and for `fill` with a caller.
    pub repeat: u32,
    /// The case that is named, for `hand_over` and `join`.
    pub case: Option<&'a Case>,
}

/// How long what may take: a function of kind and urgency, because local standards disagree (standards 7.1).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CallLimits {
    /// Until a consultation is answered.
    pub consultation: Limit,
    /// Until an urgent demand is answered.
    pub urgent: Limit,
    /// Until any other demand is answered.
    pub ordinary: Limit,
    /// Until a complex demand is answered.
    pub complex: Limit,
    /// Until somebody who deals with it has spoken with the caller.
    pub response: Limit,
    /// From the answer until the caller is called back.
    pub follow_up: Limit,
}

/// A city's choices for its hotline: versioned data, never code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CallSettings {
    /// How long what may take.
    pub limits: CallLimits,
    /// Share of a limit, in percent, after which a reminder is due; 1 to 99.
    pub reminder_percent: u8,
    /// How often each loop may be gone through.
    pub max: Loops,
    /// Whether who was only told something is called back as well.
    pub follow_up_consultations: bool,
    /// Vain attempts after which a caller counts as unreachable …
    pub unreachable_attempts: u8,
    /// … if they were made on so many days of the city.
    pub unreachable_days: u8,
    /// Vain attempts of one day at the most: a caller is not to be pestered.
    pub attempts_of_day: u8,
    /// From this satisfaction on a caller counts as satisfied; 1 to 5.
    pub satisfied_min: u8,
    /// So many redos make a problem order.
    pub problem_redos: u8,
    /// So many transfers make a problem order.
    pub problem_transfers: u8,
    /// How many days back earlier calls of a person count as repeated.
    pub repeat_days: u16,
    /// How long a caller may wait until somebody picks up, milliseconds.
    pub pick_up_ms: u32,
}

impl Default for CallSettings {
    /// What standards 7.1 and 7.2 report as usual.
    fn default() -> Self {
        let working_days = |value| Limit { value, unit: LimitUnit::WorkingDay };
        let hours = |value| Limit { value, unit: LimitUnit::UrgentHour };
        Self {
            limits: CallLimits {
                consultation: working_days(1),
                urgent: hours(24),
                ordinary: working_days(5),
                complex: working_days(15),
                response: hours(24),
                follow_up: working_days(3),
            },
            reminder_percent: 75,
            max: Loops {
                fills: 500,
                take_overs: 20,
                transfers: 5,
                redos: 5,
                certifications: 2,
                contests: 1,
                case_turns: 60,
            },
            follow_up_consultations: false,
            unreachable_attempts: 3,
            unreachable_days: 2,
            attempts_of_day: 3,
            satisfied_min: 3,
            problem_redos: 3,
            problem_transfers: 3,
            repeat_days: 30,
            pick_up_ms: 15_000,
        }
    }
}
