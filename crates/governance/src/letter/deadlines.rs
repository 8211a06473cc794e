//! The clocks of a letter: which run in which stage, when they remind and run out.

use kernel::{calendar::Calendar, clock::deadline, time::Moment};
use serde::{Deserialize, Serialize};

use super::{
    context::LetterSettings,
    state::{Letter, Stage},
};
use crate::clocks::{self, reminding, started};

/// Which clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClockName {
    /// Until every unit has received it.
    Receipt,
    /// Until every unit has answered.
    Answer,
    /// From a lift to the next level until every unit has answered.
    Supervision,
}

/// A clock of a letter as an entry sets it.
pub type Clock = clocks::Clock<ClockName>;

/// A clock of a letter that runs.
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

impl Letter {
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
}

/// The clocks that run in this state, in a fixed order.
#[must_use]
pub fn clocks(letter: &Letter, calendar: &Calendar, settings: &LetterSettings) -> Vec<Clock> {
    let Some(sent) = letter.sent_at.filter(|_| matches!(letter.stage, Stage::Sent | Stage::Received)) else {
        return Vec::new();
    };
    let start = |name, from, limit| started(calendar, settings.reminder_percent, name, from, limit);
    let receipt =
        (letter.stage == Stage::Sent).then(|| start(ClockName::Receipt, sent, settings.receipt)).flatten();
    let lifted = letter.limit.and_then(|_| letter.supervisions.last());
    let supervision =
        lifted.and_then(|lifted| start(ClockName::Supervision, lifted.at, settings.supervision));
    receipt.into_iter().chain(answer(letter, sent, calendar, settings)).chain(supervision).collect()
}

/// The answer's clock: the limit, and each extension from where the one before ended.
fn answer(letter: &Letter, sent: Moment, calendar: &Calendar, settings: &LetterSettings) -> Option<Clock> {
    let limit = letter.limit?;
    let limits = std::iter::once(&limit).chain(&letter.extensions);
    let due = limits.into_iter().try_fold(sent, |from, limit| deadline(calendar, from, *limit, &[]))?;
    let clock = Clock { name: ClockName::Answer, from: sent, due, remind: None };
    Some(reminding(clock, limit.unit.is_urgent(), calendar, settings.reminder_percent))
}
