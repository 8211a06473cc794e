//! Every act that a person can ask for.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use super::RoleError;

/// Declares the actions with their `snake_case` names once.
macro_rules! actions {
    ($($(#[$doc:meta])* $variant:ident = $name:literal,)*) => {
        /// An act of a person; one row of the table of rights each.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Action {
            $($(#[$doc])* $variant,)*
        }

        impl Action {
            /// All of them, grouped by noun.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The `snake_case` name, stable for ever.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)*
                }
            }
        }
    };
}

actions! {
    /// Report a problem.
    CaseReport = "case_report",
    /// See the public face of any case: class, place, state, dates; no person, no contact.
    CasePublicView = "case_public_view",
    /// Find cases: list, search, count.
    CaseList = "case_list",
    /// See a case with its history.
    CaseView = "case_view",
    /// Take cases out as a file, without contact data.
    CaseExport = "case_export",
    /// Report a case that was put right at once 即查即改.
    CaseSelfHandle = "case_self_handle",
    /// Take a report in as a case to be filed 受理.
    CaseAccept = "case_accept",
    /// Ask for a look on site before filing 核实.
    CaseRequestVerification = "case_request_verification",
    /// Answer a verification task.
    CaseVerify = "case_verify",
    /// File the case under a filing condition 立案.
    CaseFile = "case_file",
    /// Refuse to file, with a reason 不予立案.
    CaseRefuse = "case_refuse",
    /// Void a case, with a reason 作废.
    CaseVoid = "case_void",
    /// Dispatch to the handling units 派遣.
    CaseDispatch = "case_dispatch",
    /// Send back from dispatch to the acceptor.
    CaseSendBack = "case_send_back",
    /// Return to the dispatcher, naming the unit that should own it 退回.
    CaseReturn = "case_return",
    /// Give the case to a worker of the unit.
    CaseAssignWorker = "case_assign_worker",
    /// Take the case from its worker.
    CaseUnassignWorker = "case_unassign_worker",
    /// Report the handling as done 处置.
    CaseHandle = "case_handle",
    /// Confirm the unit's handling; stops the clock.
    CaseConfirm = "case_confirm",
    /// Ask for a check after handling 核查.
    CaseRequestCheck = "case_request_check",
    /// Answer a check task.
    CaseCheck = "case_check",
    /// Close the case under its closing condition 结案.
    CaseClose = "case_close",
    /// Send the case back to handling after a failed check 返工.
    CaseRework = "case_rework",
    /// Ask for more time 延期.
    CaseRequestExtension = "case_request_extension",
    /// Pass on or stop a request for more time.
    CaseReviewExtension = "case_review_extension",
    /// Grant or refuse more time.
    CaseDecideExtension = "case_decide_extension",
    /// Ask for a suspension with an end date 挂账.
    CaseRequestSuspension = "case_request_suspension",
    /// Pass on or stop a request for suspension.
    CaseReviewSuspension = "case_review_suspension",
    /// Grant or refuse a suspension.
    CaseDecideSuspension = "case_decide_suspension",
    /// End a suspension early.
    CaseResume = "case_resume",
    /// Urge the handling units 督办.
    CaseUrge = "case_urge",
    /// Appeal against an overdue mark 申诉.
    CaseAppeal = "case_appeal",
    /// Review an appeal first.
    CaseReviewAppeal = "case_review_appeal",
    /// Decide an appeal.
    CaseDecideAppeal = "case_decide_appeal",
    /// Split one case into several.
    CaseSplit = "case_split",
    /// Link a case to the one that it repeats.
    CaseMerge = "case_merge",
    /// Add a unit to joint handling 三联.
    CaseAddUnit = "case_add_unit",
    /// Add a note.
    CaseNote = "case_note",
    /// Follow a case: me too, subscribe.
    CaseFollow = "case_follow",
    /// Say whether one is satisfied with the result.
    CaseRate = "case_rate",
    /// Ask for a closed case to be opened again.
    CaseReopen = "case_reopen",
    /// See contact data of a reporter or caller, with a reason, logged.
    ContactReveal = "contact_reveal",
    /// Add a photo or file.
    AttachmentAdd = "attachment_add",
    /// See photos and files that are not public.
    AttachmentView = "attachment_view",
    /// Open, fill and transfer a call sheet.
    CallTake = "call_take",
    /// See a call sheet.
    CallView = "call_view",
    /// Answer a call at the desk 当即办理.
    CallAnswerAtOnce = "call_answer_at_once",
    /// Call back and record the satisfaction 回访.
    CallFollowUp = "call_follow_up",
    /// See the letters that a unit wrote or received.
    LetterView = "letter_view",
    /// Write, send, withdraw and close a unit's letters 发函.
    LetterWrite = "letter_write",
    /// Receive and return letters to a unit 收函.
    LetterReceive = "letter_receive",
    /// Put an unanswered letter under supervision 督办.
    LetterSupervise = "letter_supervise",
    /// See the grid.
    GridView = "grid_view",
    /// Change the grid.
    GridEdit = "grid_edit",
    /// See dictionary and handbook.
    HandbookView = "handbook_view",
    /// Change dictionary and handbook.
    HandbookEdit = "handbook_edit",
    /// See units and their people.
    UnitView = "unit_view",
    /// Change units.
    UnitEdit = "unit_edit",
    /// Change the working calendar.
    CalendarEdit = "calendar_edit",
    /// See the rows of a register.
    RegisterView = "register_view",
    /// Change the rows of a register.
    RegisterEdit = "register_edit",
    /// See who a person of a register is, with a reason, logged.
    PersonReveal = "person_reveal",
    /// See figures and open them to their rows.
    FigureView = "figure_view",
    /// Create, lock and close accounts; grants nothing.
    AccountManage = "account_manage",
    /// Give an account its role and reach.
    RoleGrant = "role_grant",
    /// Make and revoke API keys.
    KeyManage = "key_manage",
    /// See and end sessions.
    SessionManage = "session_manage",
    /// See the log of reads and sign-ins.
    AuditView = "audit_view",
    /// See ledger entries.
    LedgerView = "ledger_view",
    /// Verify the ledger's chain.
    LedgerVerify = "ledger_verify",
    /// Back up the data.
    Backup = "backup",
    /// Load data from files.
    DataImport = "data_import",
    /// Take out settings and registers as files, without contact data.
    DataExport = "data_export",
    /// See the running figures of the program.
    MetricsView = "metrics_view",
    /// Receive live events of what one may see.
    LiveEvents = "live_events",
}

impl Action {
    /// Does the act concern a thing that lies somewhere, so that a post with streets has it in those streets only?
    /// Reporting, taking a call and looking at what is public or shared by the whole city do not.
    #[must_use]
    pub fn is_placed(self) -> bool {
        let name = self.name();
        let noun = ["case_", "call_", "contact_", "attachment_"].iter().any(|noun| name.starts_with(noun));
        noun && !matches!(self, Self::CaseReport | Self::CasePublicView | Self::CaseFollow | Self::CallTake)
    }

    /// Does having reported the thing make it the person's own for this act? Never for acts of handling or checking.
    #[must_use]
    pub fn is_reporters(self) -> bool {
        matches!(
            self,
            Self::CaseList
                | Self::CaseView
                | Self::CaseNote
                | Self::CaseRate
                | Self::CaseReopen
                | Self::AttachmentAdd
                | Self::AttachmentView
                | Self::LiveEvents
        )
    }
}

impl fmt::Display for Action {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

impl FromStr for Action {
    type Err = RoleError;

    fn from_str(text: &str) -> Result<Self, RoleError> {
        Self::ALL.iter().copied().find(|action| action.name() == text).ok_or(RoleError::ActionUnknown)
    }
}
