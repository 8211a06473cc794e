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

const LIVE: &[Stage] = &[Ringing, Open, Transferred, WithCase, ToFollowUp];
const TAKEN: &[Stage] = &[Open, Transferred, WithCase, ToFollowUp];
const AWAY: &[Stage] = &[Transferred, WithCase];
const OF_CASE: &[Stage] = &[WithCase, ToFollowUp, Closed];

/// Where a first command may lead.
pub const BIRTH: &[(CommandKind, &[Stage])] = &[(Begin, &[Ringing, Open, Dropped])];

/// All other rows.
pub const TABLE: &[Row] = &[
    row(Signal, &[Ringing], &[Open, Dropped]),
    row(Signal, &[Dropped], &[Dropped, Open]),
    row(Signal, &[Open, Transferred, WithCase, ToFollowUp, Closed, Unreasonable], &[]),
    row(Fill, LIVE, &[]),
    row(TakeOver, &[Ringing], &[Open]),
    row(TakeOver, TAKEN, &[]),
    row(AnswerAtOnce, &[Open], &[ToFollowUp, Closed]),
    row(HandOver, &[Open], &[WithCase]),
    row(Join, &[Open], &[WithCase]),
    row(Transfer, &[Open], &[Transferred]),
    row(RecordReply, &[Transferred], &[Open, ToFollowUp, Closed]),
    row(Drop, &[Ringing, Open], &[Dropped]),
    row(Contact, AWAY, &[]),
    row(CaseEnded, &[WithCase], &[ToFollowUp, Closed]),
    row(CaseTakenUp, &[ToFollowUp, Closed], &[WithCase]),
    row(CaseMerged, &[WithCase], &[WithCase]),
    row(CaseUnmerged, OF_CASE, &[WithCase]),
    row(NotReached, &[ToFollowUp], &[ToFollowUp, Closed]),
    row(FollowUp, &[ToFollowUp], &[Open, WithCase, Closed]),
    row(Certify, TAKEN, &[]),
    row(ConfirmCertification, TAKEN, &[Unreasonable]),
    row(RejectCertification, TAKEN, &[]),
    row(ContestCertification, &[Unreasonable], &[Open]),
    row(TimerFired, LIVE, &[]),
    row(RecomputeClocks, LIVE, &[]),
];

/// The whole machine.
pub const MACHINE: Machine = Machine { birth: BIRTH, table: TABLE, sets: &[(LIVE, "every stage not ended")] };
