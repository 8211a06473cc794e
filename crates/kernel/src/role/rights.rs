//! The table of rights. Every change shows in `tests/rights.txt`.

use super::{
    Action::{self, *},
    Role::{self, *},
    ScopeKind::{self, *},
};

/// What is public: residents see it without an account, and so does everybody else.
const EVERYBODY: &[(Role, ScopeKind)] = &[
    (Resident, City),
    (Collector, City),
    (Acceptor, City),
    (ShiftLeader, City),
    (Dispatcher, City),
    (UnitManager, City),
    (Worker, City),
    (Leader, City),
    (Evaluator, City),
    (Clerk, City),
    (SystemAdministrator, City),
    (SecurityAdministrator, City),
    (AuditAdministrator, City),
];

/// Everybody who works on cases, and who sets the service up and grants roles in its units.
const STAFF: &[(Role, ScopeKind)] = &[
    (Collector, City),
    (Acceptor, City),
    (ShiftLeader, City),
    (Dispatcher, City),
    (UnitManager, City),
    (Worker, City),
    (Leader, City),
    (Evaluator, City),
    (Clerk, City),
    (SystemAdministrator, City),
    (SecurityAdministrator, City),
];

/// THE table: how far a role may do this; `None` means that it may not.
#[must_use]
pub fn right(role: Role, action: Action) -> Option<ScopeKind> {
    let row = rights(action);
    row.iter().find(|(holder, _)| *holder == role).map(|(_, scope)| *scope)
}

/// Who may do this, and how far.
fn rights(action: Action) -> &'static [(Role, ScopeKind)] {
    match action {
        CaseReport => &[
            (Resident, City),
            (Collector, City),
            (Acceptor, City),
            (ShiftLeader, City),
            (Dispatcher, City),
            (UnitManager, City),
            (Worker, City),
            (Leader, City),
        ],
        CasePublicView | HandbookView | GridView => EVERYBODY,
        CaseList | LiveEvents => &[
            (Collector, Cell),
            (Acceptor, City),
            (ShiftLeader, City),
            (Dispatcher, City),
            (UnitManager, Unit),
            (Worker, Own),
            (Leader, City),
            (Evaluator, City),
        ],
        CaseView | AttachmentView => &[
            (Resident, Own),
            (Collector, Cell),
            (Acceptor, City),
            (ShiftLeader, City),
            (Dispatcher, City),
            (UnitManager, Unit),
            (Worker, Own),
            (Leader, City),
            (Evaluator, City),
        ],
        CaseExport => &[(ShiftLeader, City), (UnitManager, Unit), (Leader, City), (Evaluator, City)],
        CaseSelfHandle | CaseVerify | CaseCheck => &[(Collector, Cell)],
        CaseAccept | CaseRequestVerification | CaseRefuse | CaseRequestCheck | CaseMerge => {
            &[(Acceptor, City), (ShiftLeader, City)]
        }
        CaseFile | CaseVoid | CaseClose | CaseRework => &[(ShiftLeader, City)],
        CaseDispatch | CaseSendBack | CaseAddUnit | CaseReviewAppeal => &[(Dispatcher, City)],
        CaseReturn | CaseAssignWorker | CaseUnassignWorker | CaseConfirm | CaseAppeal => {
            &[(UnitManager, Unit)]
        }
        CaseHandle | CaseRequestExtension | CaseRequestSuspension => &[(UnitManager, Unit), (Worker, Own)],
        CaseReviewExtension | CaseReviewSuspension => &[(Dispatcher, City), (UnitManager, Unit)],
        CaseDecideExtension | CaseDecideSuspension => {
            &[(ShiftLeader, City), (Dispatcher, City), (Leader, City)]
        }
        CaseResume => &[(ShiftLeader, City), (Dispatcher, City)],
        CaseUrge => &[(ShiftLeader, City), (Dispatcher, City), (Leader, City)],
        CaseDecideAppeal => &[(Acceptor, City)],
        CaseSplit => &[(Acceptor, City), (ShiftLeader, City), (Dispatcher, City)],
        // Who reported it may add to it.
        CaseNote => &[
            (Resident, Own),
            (Collector, Cell),
            (Acceptor, City),
            (ShiftLeader, City),
            (Dispatcher, City),
            (UnitManager, Unit),
            (Worker, Own),
            (Leader, City),
        ],
        CaseFollow => &[(Resident, City), (Acceptor, City)],
        CaseRate => &[(Resident, Own)],
        CaseReopen => &[(Resident, Own), (Acceptor, City), (ShiftLeader, City)],
        // The handling side never learns who reported (standards.md 11): it reaches the reporter by relay.
        ContactReveal => &[(Acceptor, City), (ShiftLeader, City)],
        AttachmentAdd => &[
            (Resident, Own),
            (Collector, Cell),
            (Acceptor, City),
            (ShiftLeader, City),
            (UnitManager, Unit),
            (Worker, Own),
            (Clerk, Unit),
        ],
        CallTake | CallView | CallAnswerAtOnce | CallFollowUp => &[(Acceptor, City), (ShiftLeader, City)],
        LetterView => &[
            (ShiftLeader, City),
            (Dispatcher, City),
            (UnitManager, Unit),
            (Leader, City),
            (Evaluator, City),
            (Clerk, Unit),
        ],
        // The desks of the command centre write and receive as the unit that they belong to.
        LetterWrite | LetterReceive => &[(Dispatcher, Unit), (UnitManager, Unit), (Clerk, Unit)],
        LetterSupervise => &[(ShiftLeader, City), (Dispatcher, City), (Leader, City)],
        UnitView => STAFF,
        GridEdit | HandbookEdit | UnitEdit | CalendarEdit => &[(SystemAdministrator, City)],
        RegisterView | FigureView => &[
            (Acceptor, City),
            (ShiftLeader, City),
            (Dispatcher, City),
            (UnitManager, Unit),
            (Leader, City),
            (Evaluator, City),
            (Clerk, City),
        ],
        RegisterEdit | PersonReveal => &[(UnitManager, Unit), (Clerk, Unit)],
        AccountManage | Backup | DataImport | DataExport | MetricsView => &[(SystemAdministrator, City)],
        RoleGrant | KeyManage | SessionManage => &[(SecurityAdministrator, City)],
        AuditView | LedgerView => &[(AuditAdministrator, City)],
        LedgerVerify => &[(SystemAdministrator, City), (AuditAdministrator, City)],
    }
}
