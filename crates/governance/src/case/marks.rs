//! What figures count of a case (standards 5.1), each fact a bit of the column `marks`: one number says all of it, and a figure asks for
//! bits instead of for columns. Computed from the state alone.
//!
//! A duty is *settled* when it was done or its deadline went by undone: only then a case counts as due. So a figure of a period that is not
//! over yet does not hold against anybody what is still to come, and no figure needs to know the time. Being late is a fact that stays,
//! whatever an appeal says; that it is exempt is a bit of its own, and figures after exclusions leave the case out.

use super::{
    deadlines::ClockName,
    state::{Case, Lane, Outcome, Overdue, Stage, TaskKind},
};

/// The desk has decided on the report: taken on, answered, handed on or refused.
pub const DECIDED: i64 = 1;
/// … within its limit.
pub const DECIDED_IN_TIME: i64 = 1 << 1;
/// … and nobody found that decision wrong: not sent back to the desk, not found untrue, not voided.
pub const DECIDED_RIGHTLY: i64 = 1 << 2;
/// Filed.
pub const FILED: i64 = 1 << 3;
/// … within the limit.
pub const FILED_IN_TIME: i64 = 1 << 4;
/// … and the dispatcher never gave it back to the desk, nobody voided it.
pub const FILED_RIGHTLY: i64 = 1 << 5;
/// The dispatch is settled: done, or its deadline went by.
pub const DISPATCH_SETTLED: i64 = 1 << 6;
/// Dispatched within the limit, each time.
pub const DISPATCHED_IN_TIME: i64 = 1 << 7;
/// Dispatched, and no unit ever gave it back.
pub const DISPATCHED_RIGHTLY: i64 = 1 << 8;
/// The verification before filing is settled.
pub const VERIFY_SETTLED: i64 = 1 << 9;
/// … within the limit, each time.
pub const VERIFIED_IN_TIME: i64 = 1 << 10;
/// The check after handling is settled.
pub const CHECK_SETTLED: i64 = 1 << 11;
/// … within the limit, each time.
pub const CHECKED_IN_TIME: i64 = 1 << 12;
/// The handling is settled: every unit has confirmed, or the deadline went by.
pub const HANDLE_SETTLED: i64 = 1 << 13;
/// Every unit has confirmed its work.
pub const HANDLED: i64 = 1 << 14;
/// … and no milestone of this dispatch was late.
pub const HANDLED_IN_TIME: i64 = 1 << 15;
/// The deadline of handling went by and the work is still to be done 超期待处置.
pub const WAITING_LATE: i64 = 1 << 16;
/// It was late with its units, and an appeal has taken all of that out of the score.
pub const EXEMPT: i64 = 1 << 17;
/// The closing is settled: closed, or a deadline of handling, check or closing went by.
pub const CLOSE_SETTLED: i64 = 1 << 18;
/// Closed.
pub const CLOSED: i64 = 1 << 19;
/// … and nothing was late on the way from the dispatch.
pub const CLOSED_IN_TIME: i64 = 1 << 20;
/// Closed, the problem openly unresolved.
pub const UNRESOLVED: i64 = 1 << 21;
/// Done again, ordered by the check or asked for by the reporter.
pub const REWORKED: i64 = 1 << 22;
/// The units got more time.
pub const EXTENDED: i64 = 1 << 23;
/// The clock stands now 缓办.
pub const SUSPENDED: i64 = 1 << 24;
/// A unit gave it back.
pub const RETURNED: i64 = 1 << 25;
/// It goes first.
pub const URGENT: i64 = 1 << 26;
/// The report was worth something: filed, fixed on the spot, answered or handed on, and not voided.
pub const VALID: i64 = 1 << 27;
/// Fixed on the spot by who saw it.
pub const SELF_HANDLED: i64 = 1 << 28;
/// Answered at once by the desk.
pub const ANSWERED_AT_ONCE: i64 = 1 << 29;
/// Found to be another report of a problem that is known 重复.
pub const MERGED: i64 = 1 << 30;
/// Cancelled.
pub const VOIDED: i64 = 1 << 31;
/// Not accepted.
pub const REFUSED: i64 = 1 << 32;
/// Brought in from another system as it was, and nobody here has acted on it.
pub const IMPORTED: i64 = 1 << 33;

/// The bits of a case.
#[must_use]
pub fn marks(case: &Case) -> i64 {
    let mut marks = 0;
    let mut mark = |bit: i64, holds: bool| marks |= if holds { bit } else { 0 };
    let untouched = case.imported && !case.acted_on;
    let late_with = |clock: ClockName| case.overdues.iter().any(|fact| fact.clock == clock);
    let voided = case.stage == Stage::Voided;

    let desk_task = case.lane != Lane::SelfHandled && !untouched;
    let decided = desk_task && !matches!(case.stage, Stage::Reported | Stage::Voided | Stage::Merged)
        || case.filed_at.is_some();
    let untrue = case.verification.as_ref().is_some_and(|found| found.answer == super::Answer::No);
    mark(DECIDED, decided);
    mark(DECIDED_IN_TIME, decided && !late_with(ClockName::Accept));
    mark(DECIDED_RIGHTLY, decided && case.counts.send_backs == 0 && !untrue && !voided);

    let filed = case.filed_at.is_some();
    mark(FILED, filed);
    mark(FILED_IN_TIME, filed && !late_with(ClockName::File));
    mark(FILED_RIGHTLY, filed && case.counts.send_backs == 0 && !voided);

    let dispatched = !case.units_ever.is_empty() && case.stage != Stage::ToDispatch;
    let late = late_with(ClockName::Dispatch);
    mark(DISPATCH_SETTLED, case.dues.dispatch.is_some() && (dispatched || late));
    mark(DISPATCHED_IN_TIME, case.dues.dispatch.is_some() && dispatched && !late);
    mark(DISPATCHED_RIGHTLY, case.dues.dispatch.is_some() && dispatched && case.counts.returns == 0);

    let asked = |task: TaskKind| case.task.as_ref().is_some_and(|open| open.kind == task);
    let late = late_with(ClockName::Verify);
    let done = case.dues.verify.is_some() && case.verification.is_some() && !asked(TaskKind::Verification);
    mark(VERIFY_SETTLED, case.dues.verify.is_some() && (done || late));
    mark(VERIFIED_IN_TIME, done && !late);
    let late = late_with(ClockName::Check);
    // An answer of "no" leaves nothing but the rework that it led to.
    let done = case.dues.check.is_some() && !asked(TaskKind::Check);
    mark(CHECK_SETTLED, case.dues.check.is_some() && (done || late));
    mark(CHECKED_IN_TIME, done && !late);

    let late: Vec<&Overdue> = late_units(case).collect();
    let handled = case.dues.handle.is_some() && !case.units.is_empty() && case.confirmed_at.is_some();
    mark(HANDLE_SETTLED, case.dues.handle.is_some() && (handled || !late.is_empty()));
    mark(HANDLED, handled);
    mark(HANDLED_IN_TIME, handled && late.is_empty());
    let with_units = matches!(case.stage, Stage::Dispatched | Stage::Handling | Stage::Handled);
    mark(WAITING_LATE, with_units && !late.is_empty());
    mark(EXEMPT, !late.is_empty() && late.iter().all(|fact| fact.exempt));

    let closed = case.stage == Stage::Closed;
    let late_close = !late.is_empty() || late_after(case);
    mark(CLOSE_SETTLED, case.dues.close.is_some() && (closed || late_close));
    mark(CLOSED, closed);
    mark(CLOSED_IN_TIME, closed && case.dues.close.is_some() && !late_close);
    let outcome = case.closing.as_ref().map(|closing| closing.outcome);
    mark(UNRESOLVED, closed && outcome == Some(Outcome::Unresolved));

    mark(REWORKED, case.round > 0);
    mark(EXTENDED, case.counts.extensions > 0);
    mark(SUSPENDED, case.suspended_until.is_some());
    mark(RETURNED, case.counts.returns > 0);
    mark(URGENT, case.urgent);
    mark(VALID, (filed || case.lane != Lane::Ordinary) && !voided && case.stage != Stage::Refused);
    mark(SELF_HANDLED, case.lane == Lane::SelfHandled);
    mark(ANSWERED_AT_ONCE, case.lane == Lane::AnsweredAtOnce);
    mark(MERGED, case.stage == Stage::Merged);
    mark(VOIDED, voided);
    mark(REFUSED, case.stage == Stage::Refused);
    mark(IMPORTED, untouched);
    marks
}

/// What the units that have it were late with: what others were late with before, from whom it was taken, is not theirs.
fn late_units(case: &Case) -> impl Iterator<Item = &Overdue> {
    case.overdues.iter().filter(|fact| {
        matches!(fact.clock, ClockName::Sign | ClockName::Handle(_) | ClockName::Joint)
            && case.dispatched_at.is_some_and(|at| fact.from >= at)
    })
}

/// Whether check or closing were late in this life of the case: since its units got it, or since it was reported where none did.
fn late_after(case: &Case) -> bool {
    let since = case.dispatched_at.unwrap_or(case.reported_at);
    case.overdues.iter().any(|fact| {
        matches!(fact.clock, ClockName::RequestCheck | ClockName::Check | ClockName::Close)
            && fact.from >= since
    })
}
