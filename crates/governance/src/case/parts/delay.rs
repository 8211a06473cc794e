//! What moves or presses a deadline: requests for delay, urgings, appeals.

use kernel::clock::Limit;
use kernel::time::Moment;
use serde::{Deserialize, Serialize};

/// What a unit asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DelayKind {
    /// One more original limit 延期.
    Extension,
    /// The clock stops until then 挂账/缓办.
    Suspension {
        /// When it runs on by itself.
        until: Moment,
    },
}

/// Who has to decide next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// The unit's manager.
    Unit,
    /// The dispatcher.
    Dispatcher,
    /// The acceptor.
    Acceptor,
}

/// An open request for delay.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DelayRequest {
    /// Which kind.
    pub kind: DelayKind,
    /// The unit that asks.
    pub unit: String,
    /// Who decides next.
    pub level: Level,
}

/// A leader's push 督办.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Urging {
    /// When.
    pub at: Moment,
    /// An answer is due within.
    pub limit: Limit,
}

/// How far an appeal has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AppealState {
    /// The dispatcher looks first.
    AtDispatcher,
    /// Then the acceptor.
    AtAcceptor,
    /// The fact stays, the score is exempt.
    Granted,
    /// Nothing changes.
    Refused,
}

/// A unit's appeal against having been overdue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Appeal {
    /// Whose.
    pub unit: String,
    /// Where it stands.
    pub state: AppealState,
}
