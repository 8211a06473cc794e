//! Everything that a rule may look at besides the letter and the command.

use kernel::{
    calendar::Calendar,
    clock::{Limit, LimitUnit},
    id::LetterId,
    role::Actor,
    time::Moment,
};
use serde::{Deserialize, Serialize};

use super::state::Letter;

/// What a rule may look at. Rules read no clock, no database and no random numbers.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// The letter's own id.
    pub id: LetterId,
    /// The moment of the command.
    pub now: Moment,
    /// Who wants it.
    pub actor: &'a Actor,
    /// The city's calendar.
    pub calendar: &'a Calendar,
    /// The city's choices.
    pub settings: &'a LetterSettings,
    /// The number that it gets, for `send`; none where the unit has no mark.
    pub number: Option<&'a str>,
    /// The letter that it answers, for what is written or sent as a reply.
    pub answered: Option<&'a Letter>,
}

/// A city's choices for its letters: versioned data, never code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct LetterSettings {
    /// Working days within which a letter is answered where its sender says nothing else.
    pub answer_working_days: u32,
    /// The most working days that a sender may set or add at once.
    pub working_days_max: u32,
    /// Until a unit has received a letter.
    pub receipt: Limit,
    /// From a lift until the next one.
    pub supervision: Limit,
    /// The highest level: 1 the leader of the unit, 2 the government's office.
    pub levels_max: u8,
    /// Share of a limit, in percent, after which a reminder is due; 1 to 99.
    pub reminder_percent: u8,
    /// How often a draft may be changed.
    pub amendments_max: u16,
    /// How often a sender may give more time.
    pub extensions_max: u8,
}

impl Default for LetterSettings {
    fn default() -> Self {
        let working_days = |value| Limit { value, unit: LimitUnit::WorkingDay };
        Self {
            answer_working_days: 10,
            working_days_max: 60,
            receipt: working_days(1),
            supervision: working_days(2),
            levels_max: 2,
            reminder_percent: 75,
            amendments_max: 200,
            extensions_max: 2,
        }
    }
}
