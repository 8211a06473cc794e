//! The handling unit: sign, assign, work, review, confirm, return.

use kernel::{error::Refusal, id::AccountId, role::Role};

use super::{
    super::{
        REASON_CHARS_MAX,
        context::Context,
        event::Fact,
        state::{Attachment, Case, UnitTask},
    },
    named, of_round, own_unit, require, said, short, within,
};

pub(super) fn sign(case: &Case, context: &Context<'_>) -> Result<Vec<Fact>, Refusal> {
    let task = own_unit(case, context)?;
    require(task.signed.is_none(), || Refusal::conflict("case_already_signed"))?;
    Ok(vec![Fact::Signed { unit: task.unit.clone() }])
}

/// The own unit's share, signed and not yet done.
fn at_work<'a>(case: &'a Case, context: &Context<'_>) -> Result<&'a UnitTask, Refusal> {
    let task = own_unit(case, context)?;
    require(task.signed.is_some(), || Refusal::conflict("case_sign_first"))?;
    require(task.handled.is_none(), || Refusal::conflict("case_already_handled"))?;
    Ok(task)
}

pub(super) fn assign(case: &Case, worker: AccountId, context: &Context<'_>) -> Result<Vec<Fact>, Refusal> {
    let task = at_work(case, context)?;
    require(task.worker.is_none(), || Refusal::conflict("case_worker_assigned"))?;
    within(case.counts.assignments, context.settings.max.assignments, "case_assignment_limit")?;
    Ok(vec![Fact::Assigned { unit: task.unit.clone(), worker }])
}

pub(super) fn unassign(case: &Case, context: &Context<'_>) -> Result<Vec<Fact>, Refusal> {
    let task = at_work(case, context)?;
    require(task.worker.is_some(), || Refusal::conflict("case_no_worker"))?;
    Ok(vec![Fact::Unassigned { unit: task.unit.clone() }])
}

/// Any milestone but the last, which is the confirmation of every unit.
pub(super) fn reach_milestone(case: &Case, context: &Context<'_>) -> Result<Vec<Fact>, Refusal> {
    let task = at_work(case, context)?;
    let leads = case.units.first().is_some_and(|lead| lead.unit == task.unit);
    require(leads, || Refusal::conflict("case_not_the_lead"))?;
    let milestone = case.next_milestone();
    let milestones = case.filing.as_ref().map_or(0, |filing| filing.milestones.len());
    require(usize::from(milestone) + 1 < milestones, || {
        Refusal::conflict("case_last_milestone_is_confirmation")
    })?;
    Ok(vec![Fact::MilestoneReached { milestone }])
}

pub(super) fn handle(
    case: &Case,
    note: &str,
    attachments: &[Attachment],
    context: &Context<'_>,
) -> Result<Vec<Fact>, Refusal> {
    let task = at_work(case, context)?;
    // Who has it, does it: the manager takes it from the worker first.
    let free = context.actor.role == Role::Worker || task.worker.is_none();
    require(free, || Refusal::conflict("case_worker_assigned"))?;
    Ok(vec![Fact::Handled {
        unit: task.unit.clone(),
        note: short(note, REASON_CHARS_MAX)?,
        attachments: of_round(case, attachments)?,
    }])
}

/// The own unit's share, done and not yet reviewed.
fn to_review<'a>(case: &'a Case, context: &Context<'_>) -> Result<&'a UnitTask, Refusal> {
    let task = own_unit(case, context)?;
    let waits = task.handled.is_some() && task.confirmed.is_none();
    require(waits, || Refusal::conflict("case_nothing_to_review"))?;
    Ok(task)
}

pub(super) fn reject_work(case: &Case, reason: &str, context: &Context<'_>) -> Result<Vec<Fact>, Refusal> {
    let task = to_review(case, context)?;
    within(case.counts.rejections, context.settings.max.rejections, "case_rejection_limit")?;
    Ok(vec![Fact::WorkRejected { unit: task.unit.clone(), reason: said(reason)? }])
}

pub(super) fn confirm(case: &Case, context: &Context<'_>) -> Result<Vec<Fact>, Refusal> {
    let task = to_review(case, context)?;
    Ok(vec![Fact::UnitConfirmed { unit: task.unit.clone() }])
}

/// Return 回退: with a reason and a word on whose it is; not from under a worker, not against a joint decision (standards 3.3, 11).
pub(super) fn give_back(
    case: &Case,
    reason: &str,
    proposal: &str,
    context: &Context<'_>,
) -> Result<Vec<Fact>, Refusal> {
    let task = own_unit(case, context)?;
    require(case.joint.is_none(), || Refusal::conflict("case_joint_decision_stands"))?;
    require(task.worker.is_none(), || Refusal::conflict("case_worker_assigned"))?;
    require(task.handled.is_none() && case.counts.reworks == 0, || {
        Refusal::conflict("case_already_handled")
    })?;
    Ok(vec![Fact::Returned { unit: task.unit.clone(), reason: said(reason)?, proposal: named(proposal)? }])
}
