//! Cases and other cases: split, merge, "me too"; and taking the last act back. Joined cases are linked, never lost.

use std::collections::BTreeSet;

use kernel::{
    error::Refusal,
    id::{CaseId, PersonId},
};

use super::{
    super::{CHILDREN_MAX, FOLLOWERS_MAX, UNDO_MS_MAX, context::Context, event::Fact, state::Case},
    is_other, require, said, within,
};

pub(super) fn split(
    case: &Case,
    children: &[CaseId],
    reason: &str,
    context: &Context<'_>,
) -> Result<Vec<Fact>, Refusal> {
    let all: BTreeSet<&CaseId> = case.children.iter().chain(children).collect();
    let count = case.children.len() + children.len();
    let fine = !children.is_empty()
        && count <= CHILDREN_MAX
        && all.len() == count
        && children.iter().all(|child| is_other(*child, context));
    require(fine, || Refusal::invalid("case_children_out_of_range").with("max", CHILDREN_MAX))?;
    Ok(vec![Fact::Split { children: children.to_vec(), reason: said(reason)? }])
}

pub(super) fn merge(case: &Case, into: CaseId, context: &Context<'_>) -> Result<Vec<Fact>, Refusal> {
    within(case.counts.merges, context.settings.max.merges, "case_merge_limit")?;
    require(is_other(into, context), || Refusal::invalid("case_merge_into_itself"))?;
    let other = context.other.ok_or_else(|| Refusal::invalid("case_merge_target_missing"))?;
    // No ring can form: who has gone into another takes nobody in.
    require(!other.stage.is_ended(), || Refusal::invalid("case_merge_target_ended"))?;
    Ok(vec![Fact::Merged { into }])
}

pub(super) fn absorb(case: &Case, child: CaseId, context: &Context<'_>) -> Result<Vec<Fact>, Refusal> {
    within(case.counts.absorptions, context.settings.max.absorptions, "case_absorption_limit")?;
    require(is_other(child, context), || Refusal::invalid("case_merge_into_itself"))?;
    require(!case.absorbed.contains(&child), || Refusal::conflict("case_already_absorbed"))?;
    Ok(vec![Fact::Absorbed { child }])
}

pub(super) fn release(case: &Case, child: CaseId) -> Result<Vec<Fact>, Refusal> {
    require(case.absorbed.contains(&child), || Refusal::conflict("case_not_absorbed"))?;
    Ok(vec![Fact::Released { child }])
}

pub(super) fn follow(case: &Case, person: Option<PersonId>) -> Result<Vec<Fact>, Refusal> {
    if let Some(person) = person {
        let known = case.reporter == Some(person) || case.followers.contains(&person);
        require(!known, || Refusal::conflict("case_following_already"))?;
        require(case.followers.len() < FOLLOWERS_MAX, || {
            Refusal::conflict("case_follower_limit").with("max", FOLLOWERS_MAX)
        })?;
    }
    Ok(vec![Fact::Followed { person }])
}

/// Within 10 seconds, by the same person, nothing in between (users.md 30); the reversal is an entry of its own.
pub(super) fn undo(case: &Case, context: &Context<'_>) -> Result<Vec<Fact>, Refusal> {
    let point = case.undo.as_ref().ok_or_else(|| Refusal::conflict("case_nothing_to_undo"))?;
    require(point.by == context.actor.id, || Refusal::forbidden("case_undo_of_another"))?;
    require(context.now - point.at <= UNDO_MS_MAX, || Refusal::conflict("case_undo_too_late"))?;
    within(case.counts.undos, context.settings.max.undos, "case_undo_limit")?;
    Ok(vec![Fact::Undone { act: point.act }])
}
