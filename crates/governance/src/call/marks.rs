//! What figures count of a call sheet (standards 7.1 and 7.2), each fact a bit of the column `marks`; as [`super::rates`] counts them, with
//! what only the time tells taken from the overdue facts.

use super::{
    deadlines::ClockName,
    state::{Call, Closing, DemandKind, Outcome, Stage},
};

/// The exchange rang and rings no longer: picked up, or given up.
pub const RANG: i64 = 1;
/// Somebody picked up.
pub const PICKED_UP: i64 = 1 << 1;
/// A demand was made: not dropped, and what became of it is decided.
pub const DEMAND: i64 = 1 << 2;
/// The caller only wanted to know something 咨询.
pub const CONSULTATION: i64 = 1 << 3;
/// Folded into a case that others asked for.
pub const DUPLICATE: i64 = 1 << 4;
/// Two people found that it cannot be met.
pub const UNREASONABLE: i64 = 1 << 5;
/// The response is settled: somebody spoke with the caller, or the limit went by.
pub const RESPONSE_SETTLED: i64 = 1 << 6;
/// … within the limit.
pub const RESPONDED_IN_TIME: i64 = 1 << 7;
/// The caller said what came of it, or could not be reached.
pub const FOLLOW_UP_SETTLED: i64 = 1 << 8;
/// Solved, by the caller's last word.
pub const SOLVED: i64 = 1 << 9;
/// The caller was tried often enough and not reached.
pub const UNREACHABLE: i64 = 1 << 10;
/// The desk answered it at once 当即办理.
pub const ANSWERED_AT_ONCE: i64 = 1 << 11;
/// The answer is settled: given, or its limit went by.
pub const ANSWER_SETTLED: i64 = 1 << 12;
/// … within the limit, each time that it was taken up.
pub const ANSWERED_IN_TIME: i64 = 1 << 13;
/// Done again because the caller was not content.
pub const REDONE: i64 = 1 << 14;
/// A problem order 问题工单.
pub const PROBLEM: i64 = 1 << 15;
/// The same person had called before.
pub const REPEATED: i64 = 1 << 16;

/// What leaves a sheet out of the three rates.
pub const LEFT_OUT: i64 = CONSULTATION | DUPLICATE | UNREASONABLE;

/// The bits of a sheet.
#[must_use]
pub fn marks(call: &Call) -> i64 {
    let mut marks = 0;
    let mut mark = |bit: i64, holds: bool| marks |= if holds { bit } else { 0 };
    let exchange = call.exchange.as_ref();
    let picked_up = exchange.is_some_and(|exchange| exchange.answered_at.is_some());
    mark(RANG, picked_up || exchange.is_some_and(|exchange| exchange.ended_at.is_some()));
    mark(PICKED_UP, picked_up);

    let unreasonable = call.stage == Stage::Unreasonable;
    let decided = call.outcome.is_some_and(|outcome| outcome != Outcome::Dropped);
    mark(DEMAND, decided || unreasonable || !call.follow_ups.is_empty());
    mark(CONSULTATION, call.demand.kind == Some(DemandKind::Consultation));
    mark(DUPLICATE, call.is_duplicate());
    mark(UNREASONABLE, unreasonable);

    let late_with = |clock: ClockName| call.overdues.iter().any(|fact| fact.clock == clock);
    let in_time = match (call.contacted_at, call.response_due) {
        (Some(_), None) => Some(true),
        (Some(at), Some(due)) => Some(at <= due),
        (None, _) => late_with(ClockName::Response).then_some(false),
    };
    mark(RESPONSE_SETTLED, in_time.is_some());
    mark(RESPONDED_IN_TIME, in_time == Some(true));

    let unreachable = call.closing == Some(Closing::Unreachable);
    let word = call.follow_ups.last().filter(|_| !unreachable);
    mark(FOLLOW_UP_SETTLED, unreachable || word.is_some());
    mark(SOLVED, word.is_some_and(|word| word.solved));
    mark(UNREACHABLE, unreachable);
    mark(ANSWERED_AT_ONCE, call.outcome == Some(Outcome::Answered));

    let answered = matches!(call.stage, Stage::ToFollowUp | Stage::Closed);
    let late = late_with(ClockName::Answer);
    mark(ANSWER_SETTLED, answered || late);
    mark(ANSWERED_IN_TIME, answered && !late);
    mark(REDONE, call.counts.redos > 0);
    mark(PROBLEM, call.problem.is_some());
    mark(REPEATED, call.repeat > 0);
    marks
}

/// How satisfied the caller was by the last word, 1 to 5; none where nobody said so, or the caller could not be reached.
#[must_use]
pub fn satisfaction(call: &Call) -> Option<u8> {
    let reached = call.closing != Some(Closing::Unreachable);
    call.follow_ups.last().filter(|_| reached).and_then(|word| word.satisfaction)
}

/// How long the caller waited until somebody picked up, milliseconds; none where nobody did, or where it is not known.
#[must_use]
pub fn wait_ms(call: &Call) -> Option<i64> {
    call.exchange.as_ref().filter(|exchange| exchange.answered_at.is_some())?.wait_ms()
}
