//! What somebody wants done with a case.

use kernel::{
    clock::Limit,
    id::{AccountId, CaseId, PersonId},
    role::Action,
    time::Moment,
};
use serde::{Deserialize, Serialize};

use super::{
    deadlines::{ClockName, TimerKind},
    event::{Import, Report},
    state::{Answer, Attachment, JointForm, Lane, Outcome, Place},
};
use crate::machine::commands;

commands! {
    /// A report comes in (state: none).
    Report = "report" (Box<Report>),
    /// A case of another system comes in as it is (state: none).
    Import = "import" (Box<Import>),
    /// Its source tells it otherwise now.
    Reimport = "reimport" (Box<Import>),
    /// The grid that has come into force knows its place.
    Locate = "locate" {
        /// The cell's 15 digits.
        cell: String,
        /// The street's 9 digits.
        street: String,
        /// The community's 12 digits.
        community: String,
    },
    /// Take it on.
    Accept = "accept" {},
    /// Do not take it on.
    Refuse = "refuse" {
        /// Goes to the reporter.
        reason: String,
    },
    /// Answer it at the desk.
    AnswerAtOnce = "answer_at_once" {
        /// What was said.
        answer: String,
    },
    /// Hand it to a body outside the system.
    Transfer = "transfer" {
        /// To whom.
        to: String,
        /// Why.
        reason: String,
    },
    /// The outside body's reply.
    RecordReply = "record_reply" {
        /// Whether it did it.
        solved: bool,
        /// What it said.
        reply: String,
    },
    /// Correct place, class, text or component before dispatch.
    Amend = "amend" {
        /// The right place.
        #[serde(default)]
        place: Option<Place>,
        /// The right class.
        #[serde(default)]
        class: Option<String>,
        /// The right text.
        #[serde(default)]
        text: Option<String>,
        /// The right component.
        #[serde(default)]
        component: Option<String>,
    },
    /// Send the drawn collector ([`super::Context::draw`]) to see whether it is true.
    RequestVerification = "request_verification" {},
    /// The collector's answer.
    AnswerVerification = "answer_verification" {
        /// Yes, no or cannot.
        answer: Answer,
        /// In words.
        #[serde(default)]
        note: String,
        /// Pictures taken.
        #[serde(default)]
        attachments: Vec<Attachment>,
    },
    /// Take a side task back from its collector.
    WithdrawTask = "withdraw_task" {
        /// Why.
        reason: String,
    },
    /// File it under the chosen rule ([`super::Context::rule`]).
    File = "file" {},
    /// Cancel it.
    Void = "void" {
        /// Why.
        reason: String,
    },
    /// Give it to a unit, or to several with one clock.
    Dispatch = "dispatch" {
        /// The first leads.
        units: Vec<String>,
    },
    /// Decide jointly: no unit can return it.
    DecideJointly = "decide_jointly" {
        /// How.
        form: JointForm,
        /// The first leads.
        units: Vec<String>,
        /// Done by.
        due: Moment,
        /// What was decided.
        reason: String,
    },
    /// Give it back to the desk.
    SendBack = "send_back" {
        /// Why.
        reason: String,
    },
    /// Nothing is left to do: give it to the closer.
    ForwardToClosing = "forward_to_closing" {
        /// Why.
        reason: String,
    },
    /// Take it, for one's unit.
    Sign = "sign" {},
    /// Give it to a worker of one's unit.
    Assign = "assign" {
        /// Whom.
        worker: AccountId,
    },
    /// Take it from the worker.
    Unassign = "unassign" {},
    /// The next milestone, not the last, is reached.
    ReachMilestone = "reach_milestone" {},
    /// The work is done.
    Handle = "handle" {
        /// In words.
        #[serde(default)]
        note: String,
        /// Pictures taken.
        #[serde(default)]
        attachments: Vec<Attachment>,
    },
    /// The worker's work does not do.
    RejectWork = "reject_work" {
        /// Why.
        reason: String,
    },
    /// The unit stands for the work.
    Confirm = "confirm" {},
    /// Not ours.
    Return = "return" {
        /// Why.
        reason: String,
        /// Whose it is instead.
        proposal: String,
    },
    /// Send the drawn collector ([`super::Context::draw`]) to see whether it is done.
    RequestCheck = "request_check" {},
    /// The collector's answer.
    AnswerCheck = "answer_check" {
        /// Yes, no or cannot.
        answer: Answer,
        /// In words.
        #[serde(default)]
        note: String,
        /// Pictures taken.
        #[serde(default)]
        attachments: Vec<Attachment>,
    },
    /// The work must be done again.
    OrderRework = "order_rework" {
        /// Why.
        reason: String,
    },
    /// End it.
    Close = "close" {
        /// With what result.
        outcome: Outcome,
        /// The closer has seen that the closing condition is met.
        #[serde(default)]
        condition_met: bool,
        /// In words.
        #[serde(default)]
        note: String,
        /// Is the component still there?
        #[serde(default)]
        component_present: Option<bool>,
    },
    /// Ask for one more original limit.
    RequestExtension = "request_extension" {
        /// Why.
        reason: String,
    },
    /// Ask that the clock stops until a date.
    RequestSuspension = "request_suspension" {
        /// Until when.
        until: Moment,
        /// Why.
        reason: String,
    },
    /// Pass the worker's request on to the dispatcher.
    EndorseDelay = "endorse_delay" {},
    /// No delay.
    RefuseDelay = "refuse_delay" {
        /// Why.
        reason: String,
    },
    /// Grant the delay.
    GrantDelay = "grant_delay" {},
    /// Let the clock run on before the date.
    Resume = "resume" {},
    /// Push.
    Urge = "urge" {
        /// An answer is due within.
        limit: Limit,
        /// What is wanted.
        reason: String,
    },
    /// Answer the push.
    AnswerUrge = "answer_urge" {
        /// In words.
        answer: String,
    },
    /// Contest the unit's overdue facts.
    AppealOverdue = "appeal_overdue" {
        /// Why.
        reason: String,
    },
    /// Look at the appeal, as dispatcher.
    ReviewAppeal = "review_appeal" {
        /// Yes or no.
        granted: bool,
        /// Why.
        reason: String,
    },
    /// Decide the appeal that the dispatcher let pass, as acceptor.
    DecideAppeal = "decide_appeal" {
        /// Yes or no.
        granted: bool,
        /// Why.
        reason: String,
    },
    /// Other problems in it become cases of their own; the caller reports them with [`Report::parent`] in the same transaction.
    Split = "split" {
        /// Their ids.
        children: Vec<CaseId>,
        /// Why.
        reason: String,
    },
    /// Let it live on in another case ([`super::Context::other`]); the caller gives that one [`Command::Absorb`] in the same transaction.
    Merge = "merge" {
        /// Which.
        into: CaseId,
    },
    /// Let it stand for itself again; the caller gives the other one [`Command::Release`] in the same transaction.
    Unmerge = "unmerge" {
        /// Why.
        reason: String,
    },
    /// The other side of [`Command::Merge`].
    Absorb = "absorb" {
        /// Which.
        child: CaseId,
    },
    /// The other side of [`Command::Unmerge`], and of undoing a merge.
    Release = "release" {
        /// Which.
        child: CaseId,
    },
    /// "Me too."
    Follow = "follow" {
        /// Who, if named.
        #[serde(default)]
        person: Option<PersonId>,
    },
    /// The reporter's word after closing.
    Rate = "rate" {
        /// Solved.
        solved: bool,
        /// 1 to 5.
        satisfaction: u8,
    },
    /// The reporter is not content with the ending.
    Reopen = "reopen" {
        /// Why.
        reason: String,
    },
    /// A word for the file.
    Note = "note" {
        /// Which, masked by the caller.
        note: String,
        /// Shown to the reporter.
        #[serde(default)]
        public: bool,
    },
    /// Add pictures or papers.
    Attach = "attach" {
        /// Which.
        attachments: Vec<Attachment>,
    },
    /// Goes first, or no longer.
    SetUrgent = "set_urgent" {
        /// Which.
        urgent: bool,
    },
    /// Take one's own last act back, within [`super::UNDO_MS_MAX`].
    Undo = "undo" {},
    /// A timer of [`super::Case::timers`] is due.
    TimerFired = "timer_fired" {
        /// Which kind.
        kind: TimerKind,
        /// Of which clock; `None` for the resumption.
        #[serde(default)]
        clock: Option<ClockName>,
        /// For when it was set.
        at: Moment,
    },
    /// The calendar has changed: set the running clocks anew.
    RecomputeClocks = "recompute_clocks" {},
}

impl Command {
    /// The row of the table of rights ([`kernel::role::right`]) that it needs. `None` for what no post holds: timers and recomputing
    /// are the program's own, and undoing belongs to whoever did the act.
    #[must_use]
    pub fn action(&self) -> Option<Action> {
        match self {
            Self::Report(report) if report.lane == Lane::SelfHandled => Some(Action::CaseSelfHandle),
            _ => self.kind().action(),
        }
    }
}

impl Command {
    /// Every free text that it carries: what somebody wrote may hold what identifies a person.
    pub fn texts_mut(&mut self) -> Vec<&mut String> {
        match self {
            Self::Report(report) => vec![&mut report.text],
            Self::Import(import) | Self::Reimport(import) => vec![&mut import.report.text],
            Self::Refuse { reason }
            | Self::WithdrawTask { reason }
            | Self::Void { reason }
            | Self::DecideJointly { reason, .. }
            | Self::SendBack { reason }
            | Self::ForwardToClosing { reason }
            | Self::RejectWork { reason }
            | Self::OrderRework { reason }
            | Self::RequestExtension { reason }
            | Self::RequestSuspension { reason, .. }
            | Self::RefuseDelay { reason }
            | Self::Urge { reason, .. }
            | Self::AppealOverdue { reason }
            | Self::ReviewAppeal { reason, .. }
            | Self::DecideAppeal { reason, .. }
            | Self::Split { reason, .. }
            | Self::Unmerge { reason }
            | Self::Reopen { reason } => vec![reason],
            Self::Return { reason, proposal } => vec![reason, proposal],
            Self::Transfer { to, reason } => vec![to, reason],
            Self::AnswerAtOnce { answer } | Self::AnswerUrge { answer } => vec![answer],
            Self::RecordReply { reply, .. } => vec![reply],
            Self::AnswerVerification { note, .. }
            | Self::Handle { note, .. }
            | Self::AnswerCheck { note, .. }
            | Self::Close { note, .. }
            | Self::Note { note, .. } => vec![note],
            Self::Amend { place, text, .. } => {
                text.iter_mut().chain(place.iter_mut().map(|place| &mut place.address)).collect()
            }
            Self::Locate { .. }
            | Self::Accept {}
            | Self::RequestVerification {}
            | Self::File {}
            | Self::Dispatch { .. }
            | Self::Sign {}
            | Self::Assign { .. }
            | Self::Unassign {}
            | Self::ReachMilestone {}
            | Self::Confirm {}
            | Self::RequestCheck {}
            | Self::EndorseDelay {}
            | Self::GrantDelay {}
            | Self::Resume {}
            | Self::Merge { .. }
            | Self::Absorb { .. }
            | Self::Release { .. }
            | Self::Follow { .. }
            | Self::Rate { .. }
            | Self::Attach { .. }
            | Self::SetUrgent { .. }
            | Self::Undo {}
            | Self::TimerFired { .. }
            | Self::RecomputeClocks {} => Vec::new(),
        }
    }

    /// The attachments that it carries.
    #[must_use]
    pub fn attachments(&self) -> &[Attachment] {
        match self {
            Self::Report(report) => &report.attachments,
            Self::AnswerVerification { attachments, .. }
            | Self::Handle { attachments, .. }
            | Self::AnswerCheck { attachments, .. }
            | Self::Attach { attachments } => attachments,
            _ => &[],
        }
    }
}

impl CommandKind {
    /// As [`Command::action`]; a self-handled report needs [`Action::CaseSelfHandle`] instead.
    #[must_use]
    pub const fn action(self) -> Option<Action> {
        Some(match self {
            Self::Report => Action::CaseReport,
            Self::Import | Self::Reimport => Action::DataImport,
            Self::Accept | Self::Transfer | Self::RecordReply | Self::Amend | Self::SetUrgent => {
                Action::CaseAccept
            }
            Self::Refuse => Action::CaseRefuse,
            Self::AnswerAtOnce => Action::CallAnswerAtOnce,
            Self::RequestVerification | Self::WithdrawTask => Action::CaseRequestVerification,
            Self::AnswerVerification => Action::CaseVerify,
            Self::File => Action::CaseFile,
            Self::Void => Action::CaseVoid,
            Self::Dispatch | Self::DecideJointly | Self::ForwardToClosing => Action::CaseDispatch,
            Self::SendBack => Action::CaseSendBack,
            Self::Assign => Action::CaseAssignWorker,
            Self::Unassign => Action::CaseUnassignWorker,
            Self::Handle | Self::ReachMilestone => Action::CaseHandle,
            Self::Sign | Self::Confirm | Self::RejectWork | Self::AnswerUrge => Action::CaseConfirm,
            Self::Return => Action::CaseReturn,
            Self::RequestCheck => Action::CaseRequestCheck,
            Self::AnswerCheck => Action::CaseCheck,
            Self::OrderRework => Action::CaseRework,
            Self::Close => Action::CaseClose,
            Self::RequestExtension => Action::CaseRequestExtension,
            Self::RequestSuspension => Action::CaseRequestSuspension,
            Self::EndorseDelay | Self::RefuseDelay => Action::CaseReviewExtension,
            Self::GrantDelay => Action::CaseDecideExtension,
            Self::Resume => Action::CaseResume,
            Self::Urge => Action::CaseUrge,
            Self::AppealOverdue => Action::CaseAppeal,
            Self::ReviewAppeal => Action::CaseReviewAppeal,
            Self::DecideAppeal => Action::CaseDecideAppeal,
            Self::Split => Action::CaseSplit,
            Self::Merge | Self::Unmerge | Self::Absorb | Self::Release => Action::CaseMerge,
            Self::Follow => Action::CaseFollow,
            Self::Rate => Action::CaseRate,
            Self::Reopen => Action::CaseReopen,
            Self::Note => Action::CaseNote,
            Self::Attach => Action::AttachmentAdd,
            Self::Undo | Self::TimerFired | Self::RecomputeClocks | Self::Locate => return None,
        })
    }
}
