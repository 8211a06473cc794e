//! What a call sheet is at a moment: the record that the ledger keeps as JSON. Empty things are left out, so that the same entries give
//! the same bytes.

use kernel::{
    id::{AccountId, CaseId},
    role::ActorId,
    time::Moment,
};
use serde::{Deserialize, Serialize};

use super::{deadlines::Running, parts::is_default};

pub use super::parts::*;

/// A call sheet 工单: one call, what became of it, and what the caller said in the end.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Call {
    /// Where it stands.
    pub stage: Stage,
    /// Since when.
    pub since: Moment,
    /// When the call came in.
    pub at: Moment,
    /// Who began the sheet.
    pub begun_by: ActorId,
    /// When anything last happened to it.
    pub changed_at: Moment,
    /// What it is called towards people, shared with the case that it becomes ([`crate::reference`]).
    pub reference: String,
    /// Who holds it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub holder: Option<AccountId>,
    /// What the telephone exchange knows of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exchange: Option<ExchangeCall>,
    /// What the caller wants.
    pub demand: Demand,
    /// How many calls of the same person came before, within [`super::CallSettings::repeat_days`].
    #[serde(default, skip_serializing_if = "is_default")]
    pub repeat: u32,
    /// What became of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome: Option<Outcome>,
    /// What was answered, noted or asked of the outside body, masked by the caller of the rules.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// The case that it lives in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub case: Option<BehindCase>,
    /// The outside body that has it or answered it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub transferred_to: Option<String>,
    /// Why it was dropped.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dropped: Option<DropReason>,
    /// When the demand was last taken up: the answer's clock runs from then.
    pub answer_from: Moment,
    /// When it first left the desk for somebody to deal with: the response's clock runs from then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub passed_on_at: Option<Moment>,
    /// Until when somebody has to have spoken with the caller.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub response_due: Option<Moment>,
    /// When somebody who deals with it first spoke with the caller.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contacted_at: Option<Moment>,
    /// Vain attempts to call back since the last answer.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attempts: Vec<Moment>,
    /// What the caller said, each time; the last word counts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub follow_ups: Vec<FollowUp>,
    /// How it was closed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closing: Option<Closing>,
    /// Lifted above the desk 问题工单; the mark stays.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub problem: Option<Problem>,
    /// The review of a demand that cannot be met.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub certification: Option<Certification>,
    /// How often what has happened.
    #[serde(default, skip_serializing_if = "is_default")]
    pub counts: Loops,
    /// The running clocks.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub clocks: Vec<Running>,
    /// The overdue facts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub overdues: Vec<Overdue>,
}

impl Call {
    /// The case that it lives in now.
    #[must_use]
    pub fn case_id(&self) -> Option<CaseId> {
        self.case.as_ref().map(|case| case.id)
    }

    /// Which call of this person it is, from 1.
    #[must_use]
    pub fn call_number(&self) -> u32 {
        self.repeat.saturating_add(1)
    }

    /// What the platform has folded into a case that others asked for: counted there, not here (standards 7.2 b).
    #[must_use]
    pub fn is_duplicate(&self) -> bool {
        self.outcome == Some(Outcome::Joined)
            || self.case.as_ref().is_some_and(|case| !case.merged.is_empty())
    }

    /// Whether somebody can be called back at all.
    #[must_use]
    pub fn has_caller(&self) -> bool {
        self.demand.caller.is_some()
    }
}
