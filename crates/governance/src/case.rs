//! The case 案卷: one problem, from its report to its end, under its clocks (standards.md 3 and 4).

pub mod command;
pub mod context;
pub mod deadlines;
mod decide;
pub mod event;
mod evolve;
mod refusals;
pub mod state;
pub mod table;
#[cfg(test)]
mod tests;

pub use self::{
    command::{Command, CommandKind},
    context::{CaseSettings, ClockStart, Context, Drawn, StageLimits},
    deadlines::{Clock, ClockName, Running, TimerAt, TimerKind},
    decide::{allowed, decide},
    event::{Event, Fact, Import, Report},
    evolve::evolve,
    refusals::REFUSALS,
    state::*,
};

/// Longest description of a problem, in characters.
pub const TEXT_CHARS_MAX: usize = 2_000;
/// Longest reason, note, answer or reply, in characters.
pub const REASON_CHARS_MAX: usize = 1_000;
/// Longest code, name of a unit or outside body, number of a letter, in characters.
pub const NAME_CHARS_MAX: usize = 100;
/// Most units on one case.
pub const UNITS_MAX: usize = 8;
/// Most milestones of a rule.
pub const MILESTONES_MAX: usize = 9;
/// Most attachments of a case.
pub const ATTACHMENTS_MAX: usize = 60;
/// Most named followers of a case.
pub const FOLLOWERS_MAX: usize = 1_000;
/// Most cases split from one.
pub const CHILDREN_MAX: usize = 20;
/// How long an act can be taken back, in milliseconds (users.md 30).
pub const UNDO_MS_MAX: i64 = 10_000;
