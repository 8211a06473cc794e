//! Who has the case: side tasks and the shares of units.

use kernel::id::AccountId;
use kernel::time::Moment;
use serde::{Deserialize, Serialize};

/// Verification before filing or check after handling.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TaskKind {
    /// Is it true? 核实
    Verification,
    /// Is it done? 核查
    Check,
}

/// A collector's answer to a side task.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// True, or done.
    Yes,
    /// Not true, or not done.
    No,
    /// Could not be told (locked gate, gone, nobody answered the task).
    Cannot,
}

/// A side task under way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SideTask {
    /// Which question.
    pub kind: TaskKind,
    /// Who was drawn.
    pub collector: AccountId,
}

/// The last answer to a side task.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// What was found.
    pub answer: Answer,
    /// Who found it.
    pub collector: AccountId,
    /// When.
    pub at: Moment,
}

/// One handling unit's share of the case. The first in the list leads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitTask {
    /// The unit's code.
    pub unit: String,
    /// When it took the case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signed: Option<Moment>,
    /// The worker who has it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub worker: Option<AccountId>,
    /// When the work was reported done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub handled: Option<Moment>,
    /// When the unit had reviewed it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confirmed: Option<Moment>,
}

/// A unit's "not ours".
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Return {
    /// Who gave it back.
    pub unit: String,
    /// Whom it names instead.
    pub proposal: String,
}

/// How a joint decision is carried.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum JointForm {
    /// Joint dispatch to several units 三联.
    JointDispatch,
    /// A formal letter 函告 with this number.
    Letter(String),
}

/// A decision that no unit can return.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Joint {
    /// How.
    pub form: JointForm,
    /// Done by.
    pub due: Moment,
}
