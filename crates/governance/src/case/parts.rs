//! The words that a case is told in: stages, sources, lanes, answers, and the small things that a case holds.

use std::collections::BTreeSet;

use kernel::{
    clock::Limit,
    id::{AccountId, CaseId},
    role::ActorId,
    time::Moment,
};
use serde::{Deserialize, Serialize};

use super::deadlines::{ClockName, Running};

/// Where a case stands (standards 3.3, neutral names). Every case is in exactly one stage; what may run beside it (suspended, urged,
/// appealed …) is a side flag of [`Case`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Registered; the acceptor has not yet said anything.
    Reported,
    /// A collector looks whether it is true 核实.
    PreFilingVerification,
    /// Accepted or looked at; the shift leader files, refuses or voids.
    ToFile,
    /// Handed to a body outside the system 转办; its reply is awaited.
    Transferred,
    /// Filed 立案; the dispatcher chooses the unit.
    ToDispatch,
    /// Dispatched 派遣; no unit has signed yet.
    Dispatched,
    /// At least one unit has signed and is at work.
    Handling,
    /// Every unit has done its work; at least one has not yet reviewed it.
    Handled,
    /// Every unit has confirmed: the handling clock stands.
    UnitConfirmed,
    /// A collector looks whether it is done 核查.
    PostHandlingCheck,
    /// The shift leader closes or orders rework.
    ToClose,
    /// Ended: done, or honestly unresolved 结案.
    Closed,
    /// Ended: not accepted 不予受理.
    Refused,
    /// Ended: cancelled 作废.
    Voided,
    /// Ended here: it lives on in the case it was merged into; can be undone.
    Merged,
}

impl Stage {
    /// All, in the order of a case's life.
    pub const ALL: [Self; 15] = [
        Self::Reported,
        Self::PreFilingVerification,
        Self::ToFile,
        Self::Transferred,
        Self::ToDispatch,
        Self::Dispatched,
        Self::Handling,
        Self::Handled,
        Self::UnitConfirmed,
        Self::PostHandlingCheck,
        Self::ToClose,
        Self::Closed,
        Self::Refused,
        Self::Voided,
        Self::Merged,
    ];

    /// Whether nobody has to do anything more: no clock runs.
    #[must_use]
    pub const fn is_ended(self) -> bool {
        matches!(self, Self::Closed | Self::Refused | Self::Voided | Self::Merged)
    }

    /// The `snake_case` word, as in JSON and in translation keys.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Reported => "reported",
            Self::PreFilingVerification => "pre_filing_verification",
            Self::ToFile => "to_file",
            Self::Transferred => "transferred",
            Self::ToDispatch => "to_dispatch",
            Self::Dispatched => "dispatched",
            Self::Handling => "handling",
            Self::Handled => "handled",
            Self::UnitConfirmed => "unit_confirmed",
            Self::PostHandlingCheck => "post_handling_check",
            Self::ToClose => "to_close",
            Self::Closed => "closed",
            Self::Refused => "refused",
            Self::Voided => "voided",
            Self::Merged => "merged",
        }
    }
}

/// Where a report came from (standards 3.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// A collector on patrol.
    Collector,
    /// The public hotline.
    Hotline,
    /// Web page, mini-program or Open311.
    Web,
    /// A leader's instruction.
    Leader,
    /// Newspaper, broadcast, social media.
    Media,
    /// Letters and visits.
    Letters,
    /// Recognised in a video picture.
    Video,
    /// A sensor's alarm.
    Sensor,
    /// Another government platform.
    OtherPlatform,
}

impl Source {
    /// Its word, as it stands in entries and records.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Collector => "collector",
            Self::Hotline => "hotline",
            Self::Web => "web",
            Self::Leader => "leader",
            Self::Media => "media",
            Self::Letters => "letters",
            Self::Video => "video",
            Self::Sensor => "sensor",
            Self::OtherPlatform => "other_platform",
        }
    }

    /// All.
    pub const ALL: [Self; 9] = [
        Self::Collector,
        Self::Hotline,
        Self::Web,
        Self::Leader,
        Self::Media,
        Self::Letters,
        Self::Video,
        Self::Sensor,
        Self::OtherPlatform,
    ];

    /// Public and media reports are verified on site before filing (standards 3.3, S42).
    #[must_use]
    pub const fn needs_verification(self) -> bool {
        matches!(self, Self::Hotline | Self::Web | Self::Media | Self::Letters)
    }

    /// A collector's report and a superior's instruction may be filed straight away (standards 3.3, S42).
    #[must_use]
    pub const fn may_file_directly(self) -> bool {
        matches!(self, Self::Collector | Self::Leader)
    }
}

/// Which way through the house a case takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Lane {
    /// File, dispatch, handle, check, close.
    #[default]
    Ordinary,
    /// The collector fixed it on the spot 即查即改; counted apart.
    SelfHandled,
    /// The desk answered it at once 当即办理.
    AnsweredAtOnce,
    /// A body outside the system answered it 转办.
    Transferred,
}

/// What an attached picture or paper shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AttachmentRole {
    /// The problem.
    Before,
    /// The place after the work.
    After,
    /// Anything else.
    Other,
}

/// A file by the hash of its content; the bytes lie in the ledger's store.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attachment {
    /// SHA-256 in hexadecimal.
    pub hash: String,
    /// What it shows.
    pub role: AttachmentRole,
    /// The round that it belongs to: a rework needs fresh pictures. Filled by the rules.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub round: u8,
}

/// Where the problem is. No person's home: the caller masks addresses.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Place {
    /// Degrees, CGCS2000.
    pub lon: f64,
    /// Degrees, CGCS2000.
    pub lat: f64,
    /// The unit grid's 15-digit code; `None` outside every cell in force.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cell: Option<String>,
    /// The street's 9-digit code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub street: Option<String>,
    /// The community's 12-digit code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub community: Option<String>,
    /// Words for finding it ("opposite the bus stop").
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub address: String,
}

/// Something that a filing or closing condition asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MandatoryItem {
    /// A place on the map.
    Place,
    /// A description.
    Text,
    /// A picture of the problem.
    PhotoBefore,
    /// A picture after the work, of the present round.
    PhotoAfter,
    /// The component's identifier.
    Component,
}

/// One limit on the way to done, e.g. "stopped" within 4 working hours, "demolished" within 20 working days (standards 4.3).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Milestone {
    /// What must be reached.
    pub name: String,
    /// Counted from the start of the handling clock.
    pub limit: Limit,
}

/// What the handbook said when the case was filed; the case keeps it for life.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FilingRule {
    /// The id of the chosen condition in that handbook.
    pub condition: String,
    /// The handbook's version.
    pub handbook_version: u32,
    /// Edition, kind and code of the class.
    pub class: String,
    /// 1 to [`super::MILESTONES_MAX`], in rising order; the last one is "done".
    pub milestones: Vec<Milestone>,
    /// What filing needs.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub filing_items: BTreeSet<MandatoryItem>,
    /// What closing needs.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub closing_items: BTreeSet<MandatoryItem>,
    /// The unit that the handbook proposes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub handling_unit: Option<String>,
}

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

/// How often each bounded thing has happened, or may happen ([`super::CaseSettings::max`]). One number for each loop of the state machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Loops {
    /// Returns by units; after so many only a joint decision helps.
    #[serde(skip_serializing_if = "is_zero")]
    pub returns: u8,
    /// Dispatcher back to the desk.
    #[serde(skip_serializing_if = "is_zero")]
    pub send_backs: u8,
    /// Hand-overs to outside bodies.
    #[serde(skip_serializing_if = "is_zero")]
    pub transfers: u8,
    /// Verifications asked since the report (or reopening).
    #[serde(skip_serializing_if = "is_zero")]
    pub verifications: u8,
    /// Checks asked in this round.
    #[serde(skip_serializing_if = "is_zero")]
    pub checks: u8,
    /// Reworks since dispatch.
    #[serde(skip_serializing_if = "is_zero")]
    pub reworks: u8,
    /// Work sent back inside a unit.
    #[serde(skip_serializing_if = "is_zero")]
    pub rejections: u8,
    /// Workers assigned.
    #[serde(skip_serializing_if = "is_zero")]
    pub assignments: u8,
    /// Extensions approved.
    #[serde(skip_serializing_if = "is_zero")]
    pub extensions: u8,
    /// Suspensions approved.
    #[serde(skip_serializing_if = "is_zero")]
    pub suspensions: u8,
    /// Delays asked, approved or not.
    #[serde(skip_serializing_if = "is_zero")]
    pub delay_requests: u8,
    /// Urgings.
    #[serde(skip_serializing_if = "is_zero")]
    pub urgings: u8,
    /// Reopenings by the reporter.
    #[serde(skip_serializing_if = "is_zero")]
    pub reopenings: u8,
    /// Times merged into another case.
    #[serde(skip_serializing_if = "is_zero")]
    pub merges: u8,
    /// Other cases taken in, let go or not.
    #[serde(skip_serializing_if = "is_zero")]
    pub absorptions: u8,
    /// Acts undone.
    #[serde(skip_serializing_if = "is_zero")]
    pub undos: u8,
    /// Urgent flag set or taken away.
    #[serde(skip_serializing_if = "is_zero")]
    pub urgency_changes: u8,
    /// Corrections of place, class or text.
    #[serde(skip_serializing_if = "is_zero")]
    pub amendments: u8,
    /// Notes.
    #[serde(skip_serializing_if = "is_zero")]
    pub notes: u8,
    /// Corrections by the source of an import.
    #[serde(skip_serializing_if = "is_zero")]
    pub reimports: u8,
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

impl Overdue {
    /// By how much, in wall-clock milliseconds, as seen now.
    #[must_use]
    pub fn late_ms(&self, now: Moment) -> i64 {
        self.ended.unwrap_or(now) - self.due
    }
}

/// Which act can be taken back within [`super::UNDO_MS_MAX`].
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

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
pub(super) fn is_zero(number: &u8) -> bool {
    *number == 0
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
pub(super) fn is_zero_wide(number: &u32) -> bool {
    *number == 0
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
pub(super) fn is_false(flag: &bool) -> bool {
    !*flag
}

pub(super) fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}
