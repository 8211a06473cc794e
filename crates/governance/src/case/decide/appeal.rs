//! Urging, appeals of overdue, and the reporter's last word.

use kernel::{
    clock::{LIMIT_VALUE_MAX, Limit},
    error::Refusal,
    time::DAY_MS,
};

use super::{
    super::{
        command::CommandKind,
        context::Context,
        event::Fact,
        state::{AppealState, Case},
    },
    own_unit, require, said, within,
};

pub(super) fn urge(
    case: &Case,
    limit: Limit,
    reason: &str,
    context: &Context<'_>,
) -> Result<Vec<Fact>, Refusal> {
    require(case.urging.is_none(), || Refusal::conflict("case_already_urged"))?;
    within(case.counts.urgings, context.settings.max.urgings, "case_urging_limit")?;
    require((1..=LIMIT_VALUE_MAX).contains(&limit.value), || Refusal::invalid("case_limit_out_of_range"))?;
    Ok(vec![Fact::Urged { limit, reason: said(reason)? }])
}

pub(super) fn answer_urge(case: &Case, answer: &str, context: &Context<'_>) -> Result<Vec<Fact>, Refusal> {
    own_unit(case, context)?;
    require(case.urging.is_some(), || Refusal::conflict("case_not_urged"))?;
    Ok(vec![Fact::UrgeAnswered { answer: said(answer)? }])
}

/// After closing, once a case (standards 3.4); the fact stays whatever comes of it.
pub(super) fn appeal(case: &Case, reason: &str, context: &Context<'_>) -> Result<Vec<Fact>, Refusal> {
    require(case.appeal.is_none(), || Refusal::conflict("case_appealed_already"))?;
    let unit = context.actor.unit.clone().ok_or_else(|| Refusal::forbidden("case_not_your_unit"))?;
    let late = case.overdues.iter().any(|fact| fact.units.contains(&unit));
    require(late, || Refusal::conflict("case_nothing_overdue"))?;
    Ok(vec![Fact::OverdueAppealed { unit, reason: said(reason)? }])
}

/// First the dispatcher, then the acceptor.
pub(super) fn review(
    case: &Case,
    kind: CommandKind,
    granted: bool,
    reason: &str,
) -> Result<Vec<Fact>, Refusal> {
    let waits_for = match kind {
        CommandKind::ReviewAppeal => AppealState::AtDispatcher,
        _ => AppealState::AtAcceptor,
    };
    let waits = case.appeal.as_ref().is_some_and(|appeal| appeal.state == waits_for);
    require(waits, || Refusal::conflict("case_no_appeal_pending"))?;
    Ok(vec![Fact::AppealReviewed { granted, reason: said(reason)? }])
}

fn in_time(case: &Case, context: &Context<'_>) -> Result<(), Refusal> {
    let days = i64::from(context.settings.reopen_days_max);
    require(context.now - case.since <= days * DAY_MS, || {
        Refusal::conflict("case_reopen_too_late").with("days_max", days)
    })
}

pub(super) fn rate(
    case: &Case,
    solved: bool,
    satisfaction: u8,
    context: &Context<'_>,
) -> Result<Vec<Fact>, Refusal> {
    in_time(case, context)?;
    require(case.rating.is_none(), || Refusal::conflict("case_already_rated"))?;
    require((1..=5).contains(&satisfaction), || Refusal::invalid("case_satisfaction_out_of_range"))?;
    Ok(vec![Fact::Rated { solved, satisfaction }])
}

pub(super) fn reopen(case: &Case, reason: &str, context: &Context<'_>) -> Result<Vec<Fact>, Refusal> {
    in_time(case, context)?;
    within(case.counts.reopenings, context.settings.max.reopenings, "case_reopen_limit")?;
    Ok(vec![Fact::Reopened { reason: said(reason)? }])
}
