//! THE table of the state machine: where each command may be given, and where it may lead. `decide` asks it first; the walk in the tests
//! proves that it says neither too much nor too little.

use super::{
    command::CommandKind::{self, *},
    state::Stage::{self, *},
};
use crate::machine::{self, row};

/// A row of this table.
pub type Row = machine::Row<CommandKind, Stage>;
/// The machine of this noun.
pub type Machine = machine::Machine<CommandKind, Stage>;

const OUT: &[Stage] = &[Sent, Received];

/// Where a first command may lead.
pub const BIRTH: &[(CommandKind, &[Stage])] = &[(CommandKind::Draft, &[Stage::Draft])];

/// All other rows.
pub const TABLE: &[Row] = &[
    row(Amend, &[Stage::Draft], &[]),
    row(Send, &[Stage::Draft], &[Sent]),
    row(Receive, &[Sent], &[Sent, Received, Closed]),
    row(Return, &[Sent], &[Sent, Received, Answered, Returned, Closed]),
    row(Return, &[Received], &[Received, Answered, Returned]),
    row(Answer, &[Sent], &[Sent, Received, Answered]),
    row(Answer, &[Received], &[Received, Answered]),
    row(Extend, OUT, &[]),
    row(Supervise, OUT, &[]),
    row(Withdraw, &[Stage::Draft, Sent, Received], &[Withdrawn]),
    row(Close, &[Sent, Received, Answered], &[Closed]),
    row(TimerFired, OUT, &[]),
    row(RecomputeClocks, OUT, &[]),
];

/// The whole machine.
pub const MACHINE: Machine = Machine { birth: BIRTH, table: TABLE, sets: &[] };
