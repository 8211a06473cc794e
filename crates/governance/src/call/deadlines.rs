//! The clocks of a call sheet: which run in which stage, when they remind and run out (standards 7.1).

use kernel::{calendar::Calendar, time::Moment};
use serde::{Deserialize, Serialize};

use super::{
    context::CallSettings,
    state::{Call, DemandKind, Stage},
};
use crate::clocks::{self, started};

/// Which clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClockName {
    /// Until somebody who deals with it has spoken with the caller; runs from the moment it left the desk.
    Response,
    /// Until the demand is answered or its case has ended.
    Answer,
    /// Until the caller was called back.
    FollowUp,
}

/// A clock of a call as an entry sets it.
pub type Clock = clocks::Clock<ClockName>;

/// A clock of a call that runs.
pub type Running = clocks::Running<ClockName>;

/// What a timer is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TimerKind {
    /// Say that a clock is about to run out.
    Reminder,
    /// Put on record that it has run out.
    Overdue,
}

/// A timer that should run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct TimerAt {
    /// When it fires.
    pub at: Moment,
    /// What for.
    pub kind: TimerKind,
    /// Of which clock.
    pub clock: ClockName,
}

impl Call {
    /// The timers that this state implies, earliest first; one that fires although it is no longer among them is refused.
    #[must_use]
    pub fn timers(&self) -> Vec<TimerAt> {
        let of_clock = |running: &Running| {
            let clock = running.clock.name;
            let reminder = running.reminds_at().map(|at| TimerAt { at, kind: TimerKind::Reminder, clock });
            let overdue = running.late_at().map(|at| TimerAt { at, kind: TimerKind::Overdue, clock });
            reminder.into_iter().chain(overdue)
        };
        let mut timers: Vec<TimerAt> = self.clocks.iter().flat_map(of_clock).collect();
        timers.sort_unstable();
        timers
    }

    /// The earliest moment at which a running clock is due, for lists and sorting.
    #[must_use]
    pub fn next_due(&self) -> Option<Moment> {
        self.clocks.iter().map(|running| running.clock.due).min()
    }
}

/// The clocks that run in this state, in a fixed order.
#[must_use]
pub fn clocks(call: &Call, calendar: &Calendar, settings: &CallSettings) -> Vec<Clock> {
    if call.stage.is_ended() {
        return Vec::new();
    }
    let limits = &settings.limits;
    let start = |name, from, limit| started(calendar, settings.reminder_percent, name, from, limit);
    let response = call
        .passed_on_at
        .filter(|_| call.contacted_at.is_none() && call.has_caller())
        .and_then(|from| start(ClockName::Response, from, limits.response));
    let main = if call.stage == Stage::ToFollowUp {
        start(ClockName::FollowUp, call.since, limits.follow_up)
    } else {
        let demand = &call.demand;
        // What is urgent is so whatever else it is; what is complex stays so though somebody calls it a question.
        let limit = if demand.urgent {
            limits.urgent
        } else if demand.complex {
            limits.complex
        } else if demand.kind == Some(DemandKind::Consultation) {
            limits.consultation
        } else {
            limits.ordinary
        };
        start(ClockName::Answer, call.answer_from, limit)
    };
    response.into_iter().chain(main).collect()
}
