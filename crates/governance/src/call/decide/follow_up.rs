//! After the answer: the case behind the sheet, and the follow-up call 回访 (standards 7.2).

use std::collections::BTreeSet;

use kernel::{error::Refusal, id::CaseId};

use super::{
    super::{
        REASON_CHARS_MAX,
        context::Context,
        event::Fact,
        state::{BehindCase, Call, ProblemCause},
    },
    require, short, within,
};

fn turn<'a>(call: &'a Call, context: &Context<'_>) -> Result<&'a BehindCase, Refusal> {
    within(call.counts.case_turns, context.settings.max.case_turns, "call_case_turn_limit")?;
    call.case.as_ref().ok_or_else(|| Refusal::conflict("call_without_case"))
}

pub(super) fn case_taken_up(call: &Call, context: &Context<'_>) -> Result<Vec<Fact>, Refusal> {
    turn(call, context)?;
    Ok(vec![Fact::CaseTakenUp {}])
}

pub(super) fn case_merged(call: &Call, into: CaseId, context: &Context<'_>) -> Result<Vec<Fact>, Refusal> {
    let case = turn(call, context)?;
    require(case.id != into && !case.merged.contains(&into), || Refusal::conflict("call_case_not_behind"))?;
    Ok(vec![Fact::CaseMerged { into }])
}

pub(super) fn case_unmerged(call: &Call, case: CaseId, context: &Context<'_>) -> Result<Vec<Fact>, Refusal> {
    let behind = turn(call, context)?;
    require(behind.merged.contains(&case), || Refusal::conflict("call_case_not_behind"))?;
    Ok(vec![Fact::CaseUnmerged { case }])
}

/// Standards 7.2: unreachable after at least three attempts over two days.
pub(super) fn not_reached(call: &Call, context: &Context<'_>) -> Result<Vec<Fact>, Refusal> {
    let (settings, zone) = (context.settings, context.calendar.zone());
    let today = context.now.date(zone);
    let of_today = call.attempts.iter().filter(|at| at.date(zone) == today).count();
    require(of_today < usize::from(settings.attempts_of_day), || {
        Refusal::conflict("call_attempts_of_day").with("max", settings.attempts_of_day)
    })?;
    let days: BTreeSet<_> = call.attempts.iter().map(|at| at.date(zone)).chain([today]).collect();
    let given_up = call.attempts.len() + 1 >= usize::from(settings.unreachable_attempts)
        && days.len() >= usize::from(settings.unreachable_days);
    Ok(vec![Fact::NotReached { given_up }])
}

/// What the caller said.
pub(super) struct Said {
    pub(super) solved: bool,
    pub(super) satisfaction: Option<u8>,
    pub(super) redo: bool,
    pub(super) case: Option<CaseId>,
}

pub(super) fn follow_up(
    call: &Call,
    said: &Said,
    note: &str,
    context: &Context<'_>,
) -> Result<Vec<Fact>, Refusal> {
    let settings = context.settings;
    let &Said { solved, satisfaction, redo, case } = said;
    let in_range = satisfaction.is_none_or(|satisfaction| (1..=5).contains(&satisfaction));
    require(in_range, || Refusal::invalid("call_satisfaction_out_of_range"))?;
    let content = solved && satisfaction.is_none_or(|satisfaction| satisfaction >= settings.satisfied_min);
    require(!(redo && content), || Refusal::invalid("call_redo_without_cause"))?;
    require(case.is_none() || redo && call.case.is_some(), || Refusal::invalid("call_case_unexpected"))?;
    let note = short(note, REASON_CHARS_MAX)?;
    let mut facts = vec![Fact::FollowedUp { solved, satisfaction, redo, case, note }];
    if redo {
        within(call.counts.redos, settings.max.redos, "call_redo_limit")?;
        if call.problem.is_none() && call.counts.redos + 1 >= settings.problem_redos {
            facts.push(Fact::Lifted { cause: ProblemCause::Redos });
        }
    }
    Ok(facts)
}
