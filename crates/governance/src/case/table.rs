//! THE table of the state machine: where each command may be given, and where it may lead. `decide` asks it first; the walk in the
//! tests proves that it says neither too much nor too little.

use super::{
    command::CommandKind::{self, *},
    state::Stage::{self, *},
};

/// One row: the command, where it may be given, where it may lead; an empty `to` means that the case stays where it is.
#[derive(Debug, Clone, Copy)]
pub struct Row {
    /// What.
    pub command: CommandKind,
    /// From where.
    pub from: &'static [Stage],
    /// To where.
    pub to: &'static [Stage],
}

const fn row(command: CommandKind, from: &'static [Stage], to: &'static [Stage]) -> Row {
    Row { command, from, to }
}

const LIVE: &[Stage] = &[
    Reported,
    PreFilingVerification,
    ToFile,
    Transferred,
    ToDispatch,
    Dispatched,
    Handling,
    Handled,
    UnitConfirmed,
    PostHandlingCheck,
    ToClose,
];
const AS_IMPORTED: &[Stage] = &[Reported, Closed, Refused, Voided];
const DESK: &[Stage] = &[Reported, ToFile, ToDispatch];
const UNITS: &[Stage] = &[Dispatched, Handling];
const UNITS_TO_REVIEW: &[Stage] = &[Dispatched, Handling, Handled];

/// Where a first command may lead.
pub const BIRTH: &[(CommandKind, &[Stage])] =
    &[(CommandKind::Report, &[Stage::Reported, ToClose]), (Import, AS_IMPORTED)];

/// All other rows.
pub const TABLE: &[Row] = &[
    row(Reimport, AS_IMPORTED, AS_IMPORTED),
    row(Locate, &Stage::ALL, &[]),
    row(Accept, &[Reported], &[ToFile]),
    row(Refuse, &[Reported, ToFile], &[Refused]),
    row(AnswerAtOnce, &[Reported], &[ToClose]),
    row(Transfer, &[Reported, ToFile], &[Transferred]),
    row(RecordReply, &[Transferred], &[Reported, ToClose]),
    row(Amend, DESK, &[]),
    row(RequestVerification, &[Reported, ToFile], &[PreFilingVerification]),
    row(AnswerVerification, &[PreFilingVerification], &[ToFile]),
    row(WithdrawTask, &[PreFilingVerification], &[ToFile]),
    row(WithdrawTask, &[PostHandlingCheck], &[ToClose]),
    row(File, &[Reported, ToFile], &[ToDispatch]),
    row(Void, LIVE, &[Voided]),
    row(Dispatch, &[ToDispatch], &[Dispatched]),
    row(DecideJointly, &[ToDispatch], &[Dispatched]),
    row(SendBack, &[ToDispatch], &[ToFile]),
    row(ForwardToClosing, &[ToDispatch], &[ToClose]),
    row(Sign, UNITS, &[Handling]),
    row(Assign, &[Handling], &[]),
    row(Unassign, &[Handling], &[]),
    row(ReachMilestone, &[Handling], &[]),
    row(Handle, &[Handling], &[Handling, Handled]),
    row(RejectWork, &[Handling, Handled], &[Handling]),
    row(Confirm, &[Handling], &[Handling]),
    row(Confirm, &[Handled], &[Handled, UnitConfirmed]),
    row(Return, UNITS, &[ToDispatch]),
    row(RequestCheck, &[UnitConfirmed, ToClose], &[PostHandlingCheck]),
    row(AnswerCheck, &[PostHandlingCheck], &[ToClose]),
    row(OrderRework, &[ToClose], &[Handling, ToDispatch, Reported]),
    row(Close, &[ToClose], &[Closed]),
    row(RequestExtension, UNITS, &[]),
    row(RequestSuspension, UNITS, &[]),
    row(EndorseDelay, &[Handling], &[]),
    row(RefuseDelay, UNITS, &[]),
    row(GrantDelay, UNITS, &[]),
    row(Resume, UNITS, &[]),
    row(Urge, UNITS_TO_REVIEW, &[]),
    row(AnswerUrge, UNITS_TO_REVIEW, &[]),
    row(AppealOverdue, &[Closed], &[]),
    row(ReviewAppeal, &Stage::ALL, &[]),
    row(DecideAppeal, &Stage::ALL, &[]),
    row(Split, DESK, &[]),
    row(Merge, &[Reported, ToFile, ToDispatch, Dispatched, Handling], &[Merged]),
    row(Unmerge, &[Merged], &[Reported, ToFile, ToDispatch, Dispatched, Handling]),
    row(Absorb, LIVE, &[]),
    row(Release, &Stage::ALL, &[]),
    row(Follow, LIVE, &[]),
    row(Rate, &[Closed], &[]),
    row(Reopen, &[Closed], &[Reported, ToDispatch]),
    row(Reopen, &[Refused], &[Reported]),
    row(Note, &Stage::ALL, &[]),
    row(Attach, &Stage::ALL, &[]),
    row(SetUrgent, LIVE, &[]),
    row(Undo, &[Dispatched], &[ToDispatch]),
    row(Undo, &[Handling], &[]),
    row(Undo, &[Closed], &[ToClose]),
    row(Undo, &[Merged], &[Reported, ToFile, ToDispatch, Dispatched, Handling]),
    row(TimerFired, LIVE, &[]),
    row(RecomputeClocks, LIVE, &[]),
];

/// Whether the command may be given here at all.
#[must_use]
pub fn stands(stage: Stage, command: CommandKind) -> bool {
    TABLE.iter().any(|row| row.command == command && row.from.contains(&stage))
}

/// The rows in Markdown, as they stand in the documentation of [`super`].
#[must_use]
pub fn markdown() -> String {
    let words = |stages: &[Stage]| match stages.len() {
        15 => "every stage".to_owned(),
        11 => "every stage not ended".to_owned(),
        _ => stages.iter().map(|stage| stage.name()).collect::<Vec<_>>().join(", "),
    };
    let birth = BIRTH.iter().map(|(command, to)| (command, "–".to_owned(), words(to)));
    let rows = TABLE.iter().map(|row| {
        let to = if row.to.is_empty() { "stays".to_owned() } else { words(row.to) };
        (&row.command, words(row.from), to)
    });
    birth
        .chain(rows)
        .map(|(command, from, to)| format!("| `{}` | {from} | {to} |\n", command.name()))
        .collect()
}
