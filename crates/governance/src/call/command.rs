//! What somebody wants done with a call sheet.

use kernel::{
    id::{AccountId, CaseId},
    role::Action,
    time::Moment,
};
use serde::{Deserialize, Serialize};

use super::{
    deadlines::{ClockName, TimerKind},
    event::Opening,
    state::{DropReason, Filling, Ground, Signal},
};
use crate::machine::commands;

commands! {
    /// A call comes in (state: none).
    Begin = "begin" (Box<Opening>),
    /// The exchange tells something of it.
    Signal = "signal" (Signal),
    /// Fill in what the caller says.
    Fill = "fill" (Box<Filling>),
    /// Hold it at one's own seat.
    TakeOver = "take_over" {},
    /// Answer it at the desk 当即办理.
    AnswerAtOnce = "answer_at_once" {
        /// What was said.
        answer: String,
    },
    /// It has become a case of its own.
    HandOver = "hand_over" {
        /// Which; it has the sheet's reference.
        case: CaseId,
        /// A word for the file; may be empty.
        #[serde(default)]
        note: String,
    },
    /// It is about a case that is there: "me too", or the same caller again.
    Join = "join" {
        /// Which.
        case: CaseId,
        /// A word for the file; may be empty.
        #[serde(default)]
        note: String,
    },
    /// Hand it to a body outside the system 转办.
    Transfer = "transfer" {
        /// To whom.
        to: String,
        /// Why.
        reason: String,
    },
    /// The outside body's reply.
    RecordReply = "record_reply" {
        /// Whether it did it; otherwise the desk has it again.
        solved: bool,
        /// What it said.
        reply: String,
    },
    /// There is no demand.
    Drop = "drop" {
        /// Why.
        reason: DropReason,
        /// A word for the file; may be empty.
        #[serde(default)]
        note: String,
    },
    /// Who deals with it has spoken with the caller 响应.
    Contact = "contact" {
        /// A word for the file; may be empty.
        #[serde(default)]
        note: String,
    },
    /// The case behind it has ended.
    CaseEnded = "case_ended" {},
    /// The case behind it lives again.
    CaseTakenUp = "case_taken_up" {},
    /// The case behind it was merged into another.
    CaseMerged = "case_merged" {
        /// Which.
        into: CaseId,
    },
    /// A case behind it was taken out of another again.
    CaseUnmerged = "case_unmerged" {
        /// Which.
        case: CaseId,
    },
    /// The caller was called back in vain.
    NotReached = "not_reached" {},
    /// The caller was called back 回访.
    FollowUp = "follow_up" {
        /// The caller's word: solved.
        solved: bool,
        /// 1 to 5; `None` where the caller would not say.
        #[serde(default)]
        satisfaction: Option<u8>,
        /// The caller is not content and wants it done again.
        #[serde(default)]
        redo: bool,
        /// The case on which it is done again, where that is not the one behind the sheet.
        #[serde(default)]
        case: Option<CaseId>,
        /// A word for the file; may be empty.
        #[serde(default)]
        note: String,
    },
    /// The first of two says that the demand cannot be met.
    Certify = "certify" {
        /// On which ground.
        ground: Ground,
        /// Why; told to the caller.
        reason: String,
    },
    /// The second agrees; after an objection a third.
    ConfirmCertification = "confirm_certification" {},
    /// Another does not agree.
    RejectCertification = "reject_certification" {
        /// Why.
        reason: String,
    },
    /// The caller objects, once.
    ContestCertification = "contest_certification" {
        /// What the caller says.
        reason: String,
    },
    /// A timer of [`super::Call::timers`] is due.
    TimerFired = "timer_fired" {
        /// Which kind.
        kind: TimerKind,
        /// Of which clock.
        clock: ClockName,
        /// For when it was set.
        at: Moment,
    },
    /// The calendar or the settings have changed: set the running clocks anew.
    RecomputeClocks = "recompute_clocks" {},
}

impl Command {
    /// Every free text that it carries: what somebody wrote may hold what identifies a person.
    pub fn texts_mut(&mut self) -> Vec<&mut String> {
        fn of_filling(filling: &mut Filling) -> Vec<&mut String> {
            let Filling { text, place, .. } = filling;
            text.iter_mut().chain(place.iter_mut().map(|place| &mut place.address)).collect()
        }
        match self {
            Self::Begin(opening) => of_filling(&mut opening.filling),
            Self::Fill(filling) => of_filling(filling),
            Self::AnswerAtOnce { answer } => vec![answer],
            Self::HandOver { note, .. }
            | Self::Join { note, .. }
            | Self::Drop { note, .. }
            | Self::Contact { note }
            | Self::FollowUp { note, .. } => vec![note],
            Self::Transfer { to, reason } => vec![to, reason],
            Self::RecordReply { reply, .. } => vec![reply],
            Self::Certify { reason, .. }
            | Self::RejectCertification { reason }
            | Self::ContestCertification { reason } => vec![reason],
            Self::Signal(_)
            | Self::TakeOver {}
            | Self::CaseEnded {}
            | Self::CaseTakenUp {}
            | Self::CaseMerged { .. }
            | Self::CaseUnmerged { .. }
            | Self::NotReached {}
            | Self::ConfirmCertification {}
            | Self::TimerFired { .. }
            | Self::RecomputeClocks {} => Vec::new(),
        }
    }
}

impl CommandKind {
    /// The row of the table of rights ([`kernel::role::right`]) that it needs. `None` for what no post holds: what the case behind the
    /// sheet does, timers and recomputing are the program's own.
    #[must_use]
    pub const fn action(self) -> Option<Action> {
        Some(match self {
            Self::Begin
            | Self::Signal
            | Self::Fill
            | Self::TakeOver
            | Self::HandOver
            | Self::Join
            | Self::Transfer
            | Self::RecordReply
            | Self::Drop => Action::CallTake,
            // A reasoned "no" is an answer to the caller.
            Self::AnswerAtOnce
            | Self::Certify
            | Self::ConfirmCertification
            | Self::RejectCertification
            | Self::ContestCertification => Action::CallAnswerAtOnce,
            Self::Contact | Self::NotReached | Self::FollowUp => Action::CallFollowUp,
            Self::CaseEnded
            | Self::CaseTakenUp
            | Self::CaseMerged
            | Self::CaseUnmerged
            | Self::TimerFired
            | Self::RecomputeClocks => return None,
        })
    }
}

/// Who holds a sheet that somebody begins by hand.
pub(super) fn own_account(actor: &kernel::role::ActorId) -> Option<AccountId> {
    match actor {
        kernel::role::ActorId::Account(id) => Some(*id),
        _ => None,
    }
}
