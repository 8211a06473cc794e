//! What has happened to a case: the ledger's entries. Who and when stand in the entry's own columns. Only ever added to: a new field is
//! optional, a variant is never renamed.

mod report;

use kernel::{
    clock::Limit,
    id::{AccountId, CaseId, PersonId},
    time::Moment,
};
use serde::{Deserialize, Serialize};

use super::{
    deadlines::{Clock, ClockName},
    parts::is_false,
    state::{Answer, Attachment, FilingRule, JointForm, Outcome, Place, TaskKind, Undoable},
};
use crate::machine::facts;

pub use self::report::{Import, Origin, Report};

facts! {
    /// A report came in.
    Reported = "case_reported" (Box<Report>),
    /// A case of another system came in as it was.
    Imported = "case_imported" (Box<Import>),
    /// Its source tells it otherwise now, and nobody has acted on it here.
    Reimported = "case_reimported" (Box<Import>),
    /// A grid came into force that knows its place.
    Located = "case_located" {
        /// The cell's 15 digits.
        cell: String,
        /// The street's 9 digits.
        street: String,
        /// The community's 12 digits.
        community: String,
    },
    /// The acceptor took it on.
    Accepted = "case_accepted" {},
    /// It was not accepted.
    Refused = "case_refused" {
        /// Why; goes to the reporter.
        reason: String,
    },
    /// The desk answered it.
    AnsweredAtOnce = "case_answered_at_once" {
        /// What was said.
        answer: String,
    },
    /// It was handed to an outside body.
    Transferred = "case_transferred" {
        /// To whom.
        to: String,
        /// Why.
        reason: String,
    },
    /// The outside body replied.
    ReplyRecorded = "case_reply_recorded" {
        /// Whether it did it.
        solved: bool,
        /// What it said.
        reply: String,
    },
    /// Place, class, text or component were corrected; what is `None` stays.
    Amended = "case_amended" {
        /// The right place.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        place: Option<Place>,
        /// The right class.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        class: Option<String>,
        /// The right text.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        text: Option<String>,
        /// The right component.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        component: Option<String>,
    },
    /// A collector was drawn for a side task.
    TaskRequested = "case_task_requested" {
        /// Which.
        task: TaskKind,
        /// Who.
        collector: AccountId,
    },
    /// The collector answered.
    TaskAnswered = "case_task_answered" {
        /// Which.
        task: TaskKind,
        /// What.
        answer: Answer,
        /// In words.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        note: String,
        /// Pictures taken.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        attachments: Vec<Attachment>,
    },
    /// The side task was taken back; counts as "cannot".
    TaskWithdrawn = "case_task_withdrawn" {
        /// Which.
        task: TaskKind,
        /// Why.
        reason: String,
    },
    /// Filed under a rule.
    Filed = "case_filed" {
        /// The rule, kept for life.
        rule: Box<FilingRule>,
    },
    /// Cancelled.
    Voided = "case_voided" {
        /// Why.
        reason: String,
    },
    /// Given to a unit, or to several with one clock.
    Dispatched = "case_dispatched" {
        /// The first leads.
        units: Vec<String>,
        /// The handling clock starts with the first signing instead of now.
        #[serde(default, skip_serializing_if = "is_false")]
        from_signing: bool,
    },
    /// A joint decision: no unit can return it.
    JointlyDecided = "case_jointly_decided" {
        /// How.
        form: JointForm,
        /// The first leads.
        units: Vec<String>,
        /// Done by.
        due: Moment,
        /// What was decided.
        reason: String,
    },
    /// The dispatcher gave it back to the desk.
    SentBack = "case_sent_back" {
        /// Why.
        reason: String,
    },
    /// The dispatcher found nothing left to do and gave it to the closer.
    ForwardedToClosing = "case_forwarded_to_closing" {
        /// Why.
        reason: String,
    },
    /// A unit took it.
    Signed = "case_signed" {
        /// Which.
        unit: String,
    },
    /// A worker got it.
    Assigned = "case_assigned" {
        /// Of which unit.
        unit: String,
        /// Who.
        worker: AccountId,
    },
    /// The worker no longer has it.
    Unassigned = "case_unassigned" {
        /// Of which unit.
        unit: String,
    },
    /// A milestone before the last was reached.
    MilestoneReached = "case_milestone_reached" {
        /// Its place in the rule, from 0.
        milestone: u8,
    },
    /// A unit's work is done.
    Handled = "case_handled" {
        /// Which unit.
        unit: String,
        /// In words.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        note: String,
        /// Pictures taken.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        attachments: Vec<Attachment>,
    },
    /// The unit's manager was not content.
    WorkRejected = "case_work_rejected" {
        /// Which unit.
        unit: String,
        /// Why.
        reason: String,
    },
    /// The unit stands for the work.
    UnitConfirmed = "case_unit_confirmed" {
        /// Which unit.
        unit: String,
    },
    /// A unit gave it back.
    Returned = "case_returned" {
        /// Which unit.
        unit: String,
        /// Why.
        reason: String,
        /// Whose it is instead.
        proposal: String,
    },
    /// The work must be done again.
    ReworkOrdered = "case_rework_ordered" {
        /// Why.
        reason: String,
    },
    /// Ended.
    Closed = "case_closed" {
        /// With what result.
        outcome: Outcome,
        /// In words.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        note: String,
        /// Is the component still there?
        #[serde(default, skip_serializing_if = "Option::is_none")]
        component_present: Option<bool>,
    },
    /// A unit wants more time.
    ExtensionRequested = "case_extension_requested" {
        /// Which unit.
        unit: String,
        /// By a worker: the unit looks first.
        by_worker: bool,
        /// Why.
        reason: String,
    },
    /// A unit wants the clock stopped.
    SuspensionRequested = "case_suspension_requested" {
        /// Which unit.
        unit: String,
        /// By a worker: the unit looks first.
        by_worker: bool,
        /// Until when.
        until: Moment,
        /// Why.
        reason: String,
    },
    /// The unit's manager passes the worker's request on.
    DelayEndorsed = "case_delay_endorsed" {},
    /// No delay.
    DelayRefused = "case_delay_refused" {
        /// Why.
        reason: String,
    },
    /// One more original limit.
    Extended = "case_extended" {
        /// The milestone that it is for, from 0; later ones move with it.
        milestone: u8,
    },
    /// The clock stands.
    Suspended = "case_suspended" {
        /// Until then.
        until: Moment,
    },
    /// The clock runs on.
    Resumed = "case_resumed" {
        /// From this moment.
        from: Moment,
    },
    /// A leader pushes.
    Urged = "case_urged" {
        /// An answer is due within.
        limit: Limit,
        /// What the leader wants.
        reason: String,
    },
    /// The push was answered.
    UrgeAnswered = "case_urge_answered" {
        /// What was said.
        answer: String,
    },
    /// A unit contests its overdue facts.
    OverdueAppealed = "case_overdue_appealed" {
        /// Which unit.
        unit: String,
        /// Why.
        reason: String,
    },
    /// The dispatcher or, after that, the acceptor looked at the appeal: a "yes" of the dispatcher passes it on.
    AppealReviewed = "case_appeal_reviewed" {
        /// Yes or no.
        granted: bool,
        /// Why.
        reason: String,
    },
    /// Other problems in it became cases of their own.
    Split = "case_split" {
        /// Their ids.
        children: Vec<CaseId>,
        /// Why.
        reason: String,
    },
    /// It lives on in another case.
    Merged = "case_merged" {
        /// Which.
        into: CaseId,
    },
    /// It stands for itself again.
    Unmerged = "case_unmerged" {
        /// Why.
        reason: String,
    },
    /// Another case was merged into this one.
    Absorbed = "case_absorbed" {
        /// Which.
        child: CaseId,
    },
    /// A merged case stands for itself again.
    Released = "case_released" {
        /// Which.
        child: CaseId,
    },
    /// "Me too."
    Followed = "case_followed" {
        /// Who, if named.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        person: Option<PersonId>,
    },
    /// The reporter's word.
    Rated = "case_rated" {
        /// Solved.
        solved: bool,
        /// 1 to 5.
        satisfaction: u8,
    },
    /// The reporter is not content.
    Reopened = "case_reopened" {
        /// Why.
        reason: String,
    },
    /// A word for the file.
    Noted = "case_noted" {
        /// Which, masked by the caller.
        note: String,
        /// Shown to the reporter.
        #[serde(default, skip_serializing_if = "is_false")]
        public: bool,
    },
    /// Pictures or papers were added.
    Attached = "case_attached" {
        /// Which.
        attachments: Vec<Attachment>,
    },
    /// Goes first, or no longer.
    UrgencySet = "case_urgency_set" {
        /// Which.
        urgent: bool,
    },
    /// The last act was taken back.
    Undone = "case_undone" {
        /// Which.
        act: Undoable,
    },
    /// A clock is about to run out.
    Reminded = "case_reminded" {
        /// Which.
        clock: ClockName,
        /// When it started.
        from: Moment,
        /// When it runs out.
        due: Moment,
    },
    /// A clock ran out.
    Overdue = "case_overdue" {
        /// Which.
        clock: ClockName,
        /// When it started.
        from: Moment,
        /// When it ran out.
        due: Moment,
        /// The units that had the case.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        units: Vec<String>,
    },
    /// The calendar changed: the entry's clocks are the new ones.
    ClocksRecomputed = "case_clocks_recomputed" {},
}
