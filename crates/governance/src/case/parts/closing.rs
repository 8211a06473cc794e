//! How a case ends, and what can be said of it or taken back afterwards.

use super::{Stage, is_false};
use crate::case::deadlines::{ClockName, Running};
use kernel::id::AccountId;
use kernel::id::CaseId;
use kernel::role::ActorId;
use kernel::time::Moment;
use serde::{Deserialize, Serialize};

/// What closing means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// The cause is gone.
    Cured,
    /// The closing condition is met, the cause is not gone.
    FixedForNow,
    /// All permitted rounds were used and the check still failed: said openly.
    Unresolved,
}

/// How the case was closed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closing {
    /// When.
    pub at: Moment,
    /// By whom; never a handler.
    pub by: ActorId,
    /// With what result.
    pub outcome: Outcome,
}

/// What the reporter says after closing; the three rates of standards 7.2 count these.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rating {
    /// Solved, by the reporter's word.
    pub solved: bool,
    /// 1 (not at all) to 5 (very).
    pub satisfaction: u8,
    /// When.
    pub at: Moment,
}

/// Where a merged case was, so that merging can be undone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MergedInto {
    /// The case that goes on.
    pub into: CaseId,
    /// Where this one stood.
    pub stage: Stage,
    /// Since when it stood there.
    pub since: Moment,
    /// The clocks that ran there.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub clocks: Vec<Running>,
}

/// An overdue fact: it stays for ever.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Overdue {
    /// Which clock.
    pub clock: ClockName,
    /// When that clock had started.
    pub from: Moment,
    /// When it should have stopped.
    pub due: Moment,
    /// When it stopped; `None` while it runs on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended: Option<Moment>,
    /// The units that had the case.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub units: Vec<String>,
    /// An appeal was granted: the score is exempt, the fact is not.
    #[serde(default, skip_serializing_if = "is_false")]
    pub exempt: bool,
}

impl crate::clocks::Late<ClockName> for Overdue {
    fn of(&self) -> (ClockName, Moment) {
        (self.clock, self.from)
    }

    fn ended(&mut self) -> &mut Option<Moment> {
        &mut self.ended
    }
}

impl Overdue {
    /// By how much, in wall-clock milliseconds, as seen now.
    #[must_use]
    pub fn late_ms(&self, now: Moment) -> i64 {
        self.ended.unwrap_or(now) - self.due
    }
}

/// Which act can be taken back within [`crate::case::UNDO_MS_MAX`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Undoable {
    /// Assigning a worker.
    Assign,
    /// Dispatching, also jointly.
    Dispatch,
    /// Closing.
    Close,
    /// Merging.
    Merge,
}

/// What is needed to take the last act back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UndoPoint {
    /// Which act.
    pub act: Undoable,
    /// Whose; only the same person may undo.
    pub by: ActorId,
    /// When.
    pub at: Moment,
    /// Where the case stood.
    pub stage: Stage,
    /// Since when.
    pub since: Moment,
    /// The clocks that ran.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub clocks: Vec<Running>,
    /// The unit whose worker was assigned, and the worker before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assignment: Option<(String, Option<AccountId>)>,
}
