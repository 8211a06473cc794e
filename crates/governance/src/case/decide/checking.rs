//! Side tasks, rework, closing.

use kernel::{error::Refusal, id::AccountId, role::ActorId};
use serde_json::json;

use super::{
    super::{
        REASON_CHARS_MAX,
        context::Context,
        event::Fact,
        state::{Answer, Attachment, Case, Lane, Outcome, TaskKind},
    },
    of_round, require, said, short, within,
};

/// The drawn collector: neither the reporter nor anybody tied to the work (standards 11, "score gaming").
pub(super) fn drawn(case: &Case, context: &Context<'_>) -> Result<AccountId, Refusal> {
    let drawn = context.draw.ok_or_else(|| Refusal::invalid("case_collector_not_drawn"))?;
    let id = ActorId::Account(drawn.account);
    require(case.reported_by != id, || Refusal::invalid("case_checker_is_reporter"))?;
    let works = case.units.iter().any(|task| task.worker == Some(drawn.account));
    let tied = drawn.unit.as_ref().is_some_and(|unit| case.units_ever.contains(unit));
    require(!works && !tied && !case.hands.contains(&id), || Refusal::invalid("case_checker_is_handler"))?;
    Ok(drawn.account)
}

pub(super) fn answer(
    case: &Case,
    answer: Answer,
    note: &str,
    attachments: &[Attachment],
    context: &Context<'_>,
) -> Result<Vec<Fact>, Refusal> {
    let kind = case
        .task
        .as_ref()
        .filter(|task| context.actor.id == ActorId::Account(task.collector))
        .map(|task| task.kind)
        .ok_or_else(|| Refusal::forbidden("case_not_your_task"))?;
    Ok(vec![Fact::TaskAnswered {
        task: kind,
        answer,
        note: short(note, REASON_CHARS_MAX)?,
        attachments: of_round(case, attachments)?,
    }])
}

pub(super) fn withdraw(case: &Case, reason: &str) -> Result<Vec<Fact>, Refusal> {
    let task = case.task.as_ref().map_or(TaskKind::Check, |task| task.kind);
    Ok(vec![Fact::TaskWithdrawn { task, reason: said(reason)? }])
}

pub(super) fn request_check(case: &Case, context: &Context<'_>) -> Result<Vec<Fact>, Refusal> {
    require(case.lane == Lane::Ordinary, || Refusal::conflict("case_lane_without_check"))?;
    require(found(case) != Some(Answer::Yes), || Refusal::conflict("case_already_checked"))?;
    within(case.counts.checks, context.settings.max.checks, "case_check_limit")?;
    Ok(vec![Fact::TaskRequested { task: TaskKind::Check, collector: drawn(case, context)? }])
}

fn found(case: &Case) -> Option<Answer> {
    case.check.as_ref().map(|finding| finding.answer)
}

/// Rework 返工 after a failed check; in the quick lanes whenever the closer is not content.
pub(super) fn order_rework(case: &Case, reason: &str, context: &Context<'_>) -> Result<Vec<Fact>, Refusal> {
    let failed = case.lane != Lane::Ordinary || found(case) == Some(Answer::No);
    require(failed, || Refusal::conflict("case_check_not_failed"))?;
    within(case.counts.reworks, context.settings.max.reworks, "case_rework_limit")?;
    Ok(vec![Fact::ReworkOrdered { reason: said(reason)? }])
}

/// Closing 结案: never by who handled it or belongs to a unit that did, only after a check and with what the condition asks for.
pub(super) fn close(
    case: &Case,
    outcome: Outcome,
    condition_met: bool,
    note: &str,
    component_present: Option<bool>,
    context: &Context<'_>,
) -> Result<Vec<Fact>, Refusal> {
    let actor = context.actor;
    require(!case.hands.contains(&actor.id), || Refusal::forbidden("case_closer_is_handler"))?;
    let tied = actor.unit.as_ref().is_some_and(|unit| case.units_ever.contains(unit));
    require(!tied, || Refusal::forbidden("case_closer_of_handling_unit"))?;
    let settings = context.settings;
    let may_be_unresolved = case.lane == Lane::Ordinary
        && found(case) == Some(Answer::No)
        && case.counts.reworks >= settings.max.reworks;
    if case.lane == Lane::Ordinary {
        match found(case) {
            Some(Answer::Yes) => {}
            Some(Answer::No) => require(may_be_unresolved, || Refusal::conflict("case_check_failed"))?,
            // Nobody could tell, as often as may be asked: the shift leader closes on own responsibility.
            Some(Answer::Cannot) if case.counts.checks >= settings.max.checks => {}
            _ => return Err(Refusal::conflict("case_check_needed")),
        }
    }
    require((outcome == Outcome::Unresolved) == may_be_unresolved, || {
        Refusal::invalid("case_outcome_not_yet")
    })?;
    if outcome != Outcome::Unresolved {
        require(condition_met, || Refusal::invalid("case_closing_condition_unmet"))?;
        let items =
            case.filing.as_ref().filter(|_| case.lane == Lane::Ordinary).map(|filing| &filing.closing_items);
        let missing = items.map_or_else(Vec::new, |items| case.missing_items(items));
        require(missing.is_empty(), || {
            Refusal::invalid("case_closing_items_missing").with("items", json!(missing))
        })?;
    }
    Ok(vec![Fact::Closed { outcome, note: short(note, REASON_CHARS_MAX)?, component_present }])
}
