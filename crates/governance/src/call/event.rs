//! What has happened to a call sheet: the ledger's entries. Who and when stand in the entry's own columns. Only ever added to: a new field
//! is optional, a variant is never renamed.

use kernel::{
    id::{AccountId, CaseId},
    time::Moment,
};
use serde::{Deserialize, Serialize};

use super::{
    deadlines::{Clock, ClockName},
    parts::is_default,
    state::{DropReason, Filling, Ground, ProblemCause, Signal},
};
use crate::machine::facts;

/// A call as it comes in.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Opening {
    /// What it is called towards people ([`crate::reference`]).
    pub reference: String,
    /// The exchange's id ([`super::exchange::kept_id`]) and what it tells first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exchange: Option<(String, Signal)>,
    /// What is known already.
    #[serde(default)]
    pub filling: Filling,
}

facts! {
    /// A call came in.
    Begun = "call_begun" {
        /// As what.
        opening: Box<Opening>,
        /// Earlier calls of the same person.
        #[serde(default, skip_serializing_if = "is_default")]
        repeat: u32,
        /// At whose seat.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        holder: Option<AccountId>,
    },
    /// The exchange told something.
    Signalled = "call_signalled" {
        /// What.
        signal: Signal,
    },
    /// The sheet was filled.
    Filled = "call_filled" {
        /// With what.
        filling: Box<Filling>,
        /// Earlier calls of the same person, where the caller was filled in.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        repeat: Option<u32>,
    },
    /// Another seat took it.
    TakenOver = "call_taken_over" {
        /// Whose.
        holder: AccountId,
    },
    /// The desk answered it.
    AnsweredAtOnce = "call_answered_at_once" {
        /// What was said.
        answer: String,
        /// The caller is called back.
        #[serde(default, skip_serializing_if = "is_default")]
        follow_up: bool,
    },
    /// It became a case.
    HandedOver = "call_handed_over" {
        /// Which.
        case: CaseId,
        /// In words.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        note: String,
    },
    /// It joined a case.
    Joined = "call_joined" {
        /// Which.
        case: CaseId,
        /// In words.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        note: String,
    },
    /// An outside body got it.
    Transferred = "call_transferred" {
        /// Which.
        to: String,
        /// Why.
        reason: String,
    },
    /// The outside body replied.
    ReplyRecorded = "call_reply_recorded" {
        /// Whether it did it.
        solved: bool,
        /// What it said.
        reply: String,
        /// The caller is called back.
        #[serde(default, skip_serializing_if = "is_default")]
        follow_up: bool,
    },
    /// There was no demand.
    Dropped = "call_dropped" {
        /// Why.
        reason: DropReason,
        /// In words.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        note: String,
    },
    /// Who deals with it has spoken with the caller.
    Contacted = "call_contacted" {
        /// In words.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        note: String,
    },
    /// The case behind it ended.
    CaseEnded = "call_case_ended" {
        /// The caller is called back.
        #[serde(default, skip_serializing_if = "is_default")]
        follow_up: bool,
    },
    /// The case behind it lives again.
    CaseTakenUp = "call_case_taken_up" {},
    /// The case behind it was merged into another.
    CaseMerged = "call_case_merged" {
        /// Which.
        into: CaseId,
    },
    /// A case behind it was taken out of another again.
    CaseUnmerged = "call_case_unmerged" {
        /// Which.
        case: CaseId,
    },
    /// The caller was not reached.
    NotReached = "call_not_reached" {
        /// It was tried often enough.
        #[serde(default, skip_serializing_if = "is_default")]
        given_up: bool,
    },
    /// The caller answered.
    FollowedUp = "call_followed_up" {
        /// The caller's word: solved.
        solved: bool,
        /// 1 to 5; `None` where the caller would not say.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        satisfaction: Option<u8>,
        /// It is done again.
        #[serde(default, skip_serializing_if = "is_default")]
        redo: bool,
        /// On this case instead of the one before.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        case: Option<CaseId>,
        /// In words.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        note: String,
    },
    /// It became a problem order.
    Lifted = "call_lifted" {
        /// Why.
        cause: ProblemCause,
    },
    /// One found that the demand cannot be met.
    Certified = "call_certified" {
        /// On which ground.
        ground: Ground,
        /// Why.
        reason: String,
    },
    /// Another agreed.
    CertificationConfirmed = "call_certification_confirmed" {},
    /// Another did not agree.
    CertificationRejected = "call_certification_rejected" {
        /// Why.
        reason: String,
    },
    /// The caller objected.
    CertificationContested = "call_certification_contested" {
        /// What the caller said.
        reason: String,
    },
    /// A clock is about to run out.
    Reminded = "call_reminded" {
        /// Which.
        clock: ClockName,
        /// When it started.
        from: Moment,
        /// When it runs out.
        due: Moment,
    },
    /// A clock ran out.
    Overdue = "call_overdue" {
        /// Which.
        clock: ClockName,
        /// When it started.
        from: Moment,
        /// When it ran out.
        due: Moment,
    },
    /// The calendar or the settings changed: the entry's clocks are the new ones.
    ClocksRecomputed = "call_clocks_recomputed" {},
}
