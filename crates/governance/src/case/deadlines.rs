//! The clocks of a case: which run in which stage, when they remind and run out. Computed by [`kernel::clock`] when an entry is made,
//! written into the entry, and computable again from the state.

use kernel::{calendar::Calendar, clock::deadline, time::Moment};
use serde::{Deserialize, Serialize};

use super::{
    context::CaseSettings,
    state::{Case, Stage},
};
use crate::clocks::{self, reminding, started};

/// Which clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClockName {
    /// Acceptor: until accepted, refused, answered …
    Accept,
    /// Collector: until the verification is answered.
    Verify,
    /// Shift leader: until filed or ended.
    File,
    /// Outside body: until its reply.
    Transfer,
    /// Dispatcher: until dispatched.
    Dispatch,
    /// Unit: until signed, where the handling clock starts with signing.
    Sign,
    /// Units: until this milestone of the rule (from 0) is reached; the last one is the confirmation of every unit.
    Handle(u8),
    /// Units under a joint decision: until its date.
    Joint,
    /// Acceptor: until the check is asked for.
    RequestCheck,
    /// Collector: until the check is answered.
    Check,
    /// Shift leader: until closed or sent to rework.
    Close,
    /// Units: until a leader's push is answered.
    Urge,
}

impl ClockName {
    /// Whether the units answer for it, so that they may appeal.
    #[must_use]
    pub const fn is_of_units(self) -> bool {
        matches!(self, Self::Sign | Self::Handle(_) | Self::Joint | Self::Urge)
    }
}

/// A clock of a case as an entry sets it.
pub type Clock = clocks::Clock<ClockName>;

/// A clock of a case that runs.
pub type Running = clocks::Running<ClockName>;

/// What a timer is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TimerKind {
    /// Say that a clock is about to run out.
    Reminder,
    /// Put on record that it has run out.
    Overdue,
    /// End a suspension.
    Resume,
}

/// A timer that should run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct TimerAt {
    /// When it fires.
    pub at: Moment,
    /// What for.
    pub kind: TimerKind,
    /// Of which clock; `None` for [`TimerKind::Resume`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clock: Option<ClockName>,
}

impl Case {
    /// The timers that this state implies, earliest first. After each entry the caller replaces the case's timers by these; one that
    /// fires although it is no longer among them is refused and changes nothing.
    #[must_use]
    pub fn timers(&self) -> Vec<TimerAt> {
        let mut timers = Vec::new();
        if let Some(until) = self.suspended_until {
            timers.push(TimerAt { at: until, kind: TimerKind::Resume, clock: None });
        }
        for running in &self.clocks {
            let clock = Some(running.clock.name);
            let reminder = running.reminds_at().map(|at| (at, TimerKind::Reminder));
            let overdue = running.late_at().map(|at| (at, TimerKind::Overdue));
            let of_clock = reminder.into_iter().chain(overdue);
            timers.extend(of_clock.map(|(at, kind)| TimerAt { at, kind, clock }));
        }
        timers.sort_unstable();
        timers
    }

    /// The earliest moment at which a running clock is due, for lists and sorting.
    #[must_use]
    pub fn next_due(&self) -> Option<Moment> {
        self.clocks.iter().map(|running| running.clock.due).min()
    }

    /// Whether a clock that the units answer for has run out.
    #[must_use]
    pub fn units_are_late(&self, now: Moment) -> bool {
        self.clocks.iter().any(|running| {
            running.clock.name.is_of_units()
                && running.clock.name != ClockName::Urge
                && (running.overdue || running.clock.due < now)
        })
    }

    /// The milestone that is next, from 0.
    #[must_use]
    pub fn next_milestone(&self) -> u8 {
        u8::try_from(self.milestones_reached.len()).unwrap_or(u8::MAX)
    }
}

/// The clocks that run in this state, in a fixed order.
#[must_use]
pub fn clocks(case: &Case, calendar: &Calendar, settings: &CaseSettings) -> Vec<Clock> {
    let limits = &settings.limits;
    let percent = settings.reminder_percent;
    let simple = |name, limit| started(calendar, percent, name, case.since, limit);
    let mut clocks: Vec<Clock> = match case.stage {
        Stage::Reported if case.imported => Vec::new(),
        Stage::Reported => simple(ClockName::Accept, limits.accept).into_iter().collect(),
        Stage::PreFilingVerification => simple(ClockName::Verify, limits.verify).into_iter().collect(),
        Stage::ToFile => simple(ClockName::File, limits.file).into_iter().collect(),
        Stage::Transferred => simple(ClockName::Transfer, limits.transfer).into_iter().collect(),
        Stage::ToDispatch => simple(ClockName::Dispatch, limits.dispatch).into_iter().collect(),
        Stage::Dispatched | Stage::Handling | Stage::Handled => handling(case, calendar, settings),
        Stage::UnitConfirmed => simple(ClockName::RequestCheck, limits.request_check).into_iter().collect(),
        Stage::PostHandlingCheck => simple(ClockName::Check, limits.check).into_iter().collect(),
        Stage::ToClose => simple(ClockName::Close, limits.close).into_iter().collect(),
        Stage::Closed | Stage::Refused | Stage::Voided | Stage::Merged => return Vec::new(),
    };
    if let Some(urging) = &case.urging {
        clocks.extend(started(calendar, percent, ClockName::Urge, urging.at, urging.limit));
    }
    clocks
}

fn handling(case: &Case, calendar: &Calendar, settings: &CaseSettings) -> Vec<Clock> {
    let percent = settings.reminder_percent;
    let dispatched = case.dispatched_at.unwrap_or(case.since);
    if let Some(joint) = &case.joint {
        let clock = Clock { name: ClockName::Joint, from: dispatched, due: joint.due, remind: None };
        return vec![reminding(clock, true, calendar, percent)];
    }
    let Some(from) = case.clock_from else {
        let limit = settings.limits.sign;
        return started(calendar, percent, ClockName::Sign, dispatched, limit).into_iter().collect();
    };
    let milestones = case.filing.as_ref().map_or(&[][..], |filing| &filing.milestones);
    (0_u8..)
        .zip(milestones)
        .skip(case.milestones_reached.len())
        .filter_map(|(index, milestone)| {
            // An extension adds the limit of the milestone that it was asked for, to that one and to all later ones.
            let due = case
                .extended
                .iter()
                .filter(|extended| **extended <= index)
                .filter_map(|extended| milestones.get(usize::from(*extended)))
                .try_fold(deadline(calendar, from, milestone.limit, &case.pauses)?, |due, extended| {
                    deadline(calendar, due, extended.limit, &case.pauses)
                })?;
            let clock = Clock { name: ClockName::Handle(index), from, due, remind: None };
            Some(reminding(clock, milestone.limit.unit.is_urgent(), calendar, percent))
        })
        .collect()
}
