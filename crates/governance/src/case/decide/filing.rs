//! Verification before filing, and filing.

use kernel::error::Refusal;
use serde_json::json;

use super::{
    super::{
        MILESTONES_MAX,
        context::Context,
        event::Fact,
        state::{Answer, Case, Stage, TaskKind},
    },
    checking, require, within,
};

pub(super) fn request_verification(case: &Case, context: &Context<'_>) -> Result<Vec<Fact>, Refusal> {
    let answer = case.verification.as_ref().map(|finding| finding.answer);
    require(answer != Some(Answer::Yes), || Refusal::conflict("case_already_verified"))?;
    within(case.counts.verifications, context.settings.max.verifications, "case_verification_limit")?;
    let collector = checking::drawn(case, context)?;
    Ok(vec![Fact::TaskRequested { task: TaskKind::Verification, collector }])
}

/// Filing 立案: verified where the source asks for it, under a condition whose items are met (standards 3.3).
pub(super) fn file(case: &Case, context: &Context<'_>) -> Result<Vec<Fact>, Refusal> {
    if case.stage == Stage::Reported {
        require(case.source.may_file_directly(), || Refusal::conflict("case_accept_first"))?;
    }
    verified(case, context)?;
    let rule = context.rule.ok_or_else(|| Refusal::invalid("case_condition_missing"))?;
    let limits = rule.milestones.len();
    let fine = (1..=MILESTONES_MAX).contains(&limits)
        && rule.milestones.iter().all(|milestone| milestone.limit.value > 0);
    require(fine, || Refusal::invalid("case_condition_without_limits"))?;
    let missing = case.missing_items(&rule.filing_items);
    require(missing.is_empty(), || {
        Refusal::invalid("case_filing_items_missing").with("items", json!(missing))
    })?;
    Ok(vec![Fact::Filed { rule: Box::new(rule.clone()) }])
}

fn verified(case: &Case, context: &Context<'_>) -> Result<(), Refusal> {
    match case.verification.as_ref().map(|finding| finding.answer) {
        Some(Answer::Yes) => Ok(()),
        Some(Answer::No) => Err(Refusal::conflict("case_verified_untrue")),
        // Nobody could tell, as often as may be asked: the shift leader files on own responsibility.
        Some(Answer::Cannot) if case.counts.verifications >= context.settings.max.verifications => Ok(()),
        _ if !case.source.needs_verification() => Ok(()),
        _ => Err(Refusal::conflict("case_verification_needed")),
    }
}
