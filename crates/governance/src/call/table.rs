//! THE table of the state machine: where each command may be given, and where it may lead. `decide` asks it first; the walk in the tests
//! proves that it says neither too much nor too little.

use super::{
    command::CommandKind::{self, *},
    state::Stage::{self, *},
};

/// One row: the command, where it may be given, where it may lead; an empty `to` means that the sheet stays where it is.
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

/// Whether the command may be given here at all.
#[must_use]
pub fn stands(stage: Stage, command: CommandKind) -> bool {
    TABLE.iter().any(|row| row.command == command && row.from.contains(&stage))
}

/// The rows in Markdown, as they stand in the documentation of [`super`].
#[must_use]
pub fn markdown() -> String {
    let words = |stages: &[Stage]| match stages.len() {
        5 if stages == LIVE => "every stage not ended".to_owned(),
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
