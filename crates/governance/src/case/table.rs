//! THE table of the state machine: where each command may be given, and where it may lead. `decide` asks it first; the walk in the
//! tests proves that it says neither too much nor too little.

use super::{
    command::CommandKind::{self, *},
    state::Stage::{self, *},
};
use crate::machine::{self, row};

/// A row of this table.
pub type Row = machine::Row<CommandKind, Stage>;
/// The machine of this noun.
pub type Machine = machine::Machine<CommandKind, Stage>;

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

/// The whole machine.
pub const MACHINE: Machine = Machine {
    birth: BIRTH,
    table: TABLE,
    sets: &[(&Stage::ALL, "every stage"), (LIVE, "every stage not ended")],
};
