//! Everything that a rule may look at besides the case and the command.

use kernel::{
    calendar::Calendar,
    clock::{Limit, LimitUnit},
    id::{AccountId, CaseId},
    role::Actor,
    time::Moment,
};
use serde::{Deserialize, Serialize};

use super::state::{Case, FilingRule, Loops};

/// What a rule may look at. Rules read no clock, no database and no random numbers.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// The case's own id.
    pub id: CaseId,
    /// The moment of the command.
    pub now: Moment,
    /// Who wants it.
    pub actor: &'a Actor,
    /// The city's calendar.
    pub calendar: &'a Calendar,
    /// The city's choices.
    pub settings: &'a CaseSettings,
    /// The chosen filing condition, for `file`.
    pub rule: Option<&'a FilingRule>,
    /// The collector drawn at random by the caller, for side tasks.
    pub draw: Option<&'a Drawn>,
    /// The case to merge into, for `merge`.
    pub other: Option<&'a Case>,
    /// The caller has proof that a resident is this case's reporter (receipt, signed-in person).
    pub is_reporter: bool,
}

/// A collector drawn for a side task.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Drawn {
    /// Who.
    pub account: AccountId,
    /// The unit that the person belongs to, if any.
    #[serde(default)]
    pub unit: Option<String>,
}

/// When the handling clock starts (standards 4.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClockStart {
    /// With the dispatch.
    Dispatch,
    /// With the first unit's signing; until then the signing has a limit of its own.
    Signing,
}

/// The limit of each step but handling, whose limits are the handbook's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StageLimits {
    /// Acceptor.
    pub accept: Limit,
    /// Collector, before filing.
    pub verify: Limit,
    /// Shift leader, filing.
    pub file: Limit,
    /// Outside body.
    pub transfer: Limit,
    /// Dispatcher.
    pub dispatch: Limit,
    /// Unit, where the clock starts with signing.
    pub sign: Limit,
    /// Acceptor, asking for the check.
    pub request_check: Limit,
    /// Collector, after handling.
    pub check: Limit,
    /// Shift leader, closing.
    pub close: Limit,
}

/// A city's choices for its cases: versioned data, never code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseSettings {
    /// Limits of the steps.
    pub limits: StageLimits,
    /// When the handling clock starts.
    pub clock_start: ClockStart,
    /// Share of a limit, in percent, after which a reminder is due; 1 to 99.
    pub reminder_percent: u8,
    /// How often each loop may be gone through.
    pub max: Loops,
    /// Longest suspension.
    pub suspension_days_max: u16,
    /// Latest date of a joint decision.
    pub joint_decision_days_max: u16,
    /// How long after the end the reporter may rate and reopen.
    pub reopen_days_max: u16,
}

impl Default for CaseSettings {
    /// What standards 3.4 and 4.1 report as usual.
    fn default() -> Self {
        let minutes = |value| Limit { value, unit: LimitUnit::UrgentMinute };
        Self {
            limits: StageLimits {
                accept: minutes(15),
                verify: minutes(30),
                file: minutes(15),
                transfer: Limit { value: 5, unit: LimitUnit::WorkingDay },
                dispatch: minutes(15),
                sign: Limit { value: 2, unit: LimitUnit::WorkingHour },
                request_check: minutes(15),
                check: minutes(30),
                close: minutes(30),
            },
            clock_start: ClockStart::Dispatch,
            reminder_percent: 75,
            max: Loops {
                returns: 2,
                send_backs: 2,
                transfers: 2,
                verifications: 3,
                checks: 3,
                reworks: 3,
                rejections: 5,
                assignments: 20,
                extensions: 2,
                suspensions: 1,
                delay_requests: 6,
                urgings: 5,
                reopenings: 2,
                merges: 3,
                absorptions: 200,
                undos: 10,
                urgency_changes: 10,
                amendments: 20,
                notes: 200,
                reimports: 200,
            },
            suspension_days_max: 366,
            joint_decision_days_max: 366,
            reopen_days_max: 30,
        }
    }
}
