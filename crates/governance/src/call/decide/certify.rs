//! Demands that cannot be met: certified by one, confirmed by another, contested by the caller once (standards 7.2 c and 11).

use kernel::error::Refusal;

use super::{
    super::{
        REASON_CHARS_MAX,
        context::Context,
        event::Fact,
        state::{Call, Certification, CertificationState, Ground},
    },
    require, said, within,
};

/// The review that waits for somebody's word.
fn pending(call: &Call) -> Option<&Certification> {
    let open = |certification: &&Certification| {
        matches!(certification.state, CertificationState::Proposed | CertificationState::Contested)
    };
    call.certification.as_ref().filter(open)
}

pub(super) fn certify(
    call: &Call,
    ground: Ground,
    reason: &str,
    context: &Context<'_>,
) -> Result<Vec<Fact>, Refusal> {
    require(pending(call).is_none(), || Refusal::conflict("call_certification_pending"))?;
    within(call.counts.certifications, context.settings.max.certifications, "call_certification_limit")?;
    Ok(vec![Fact::Certified { ground, reason: said(reason, REASON_CHARS_MAX)? }])
}

pub(super) fn confirm(call: &Call, context: &Context<'_>) -> Result<Vec<Fact>, Refusal> {
    let certification = pending(call).ok_or_else(|| Refusal::conflict("call_no_certification_pending"))?;
    let own = certification.by.contains(&context.actor.id);
    require(!own, || Refusal::forbidden("call_certified_by_yourself"))?;
    Ok(vec![Fact::CertificationConfirmed {}])
}

pub(super) fn reject(call: &Call, reason: &str) -> Result<Vec<Fact>, Refusal> {
    require(pending(call).is_some(), || Refusal::conflict("call_no_certification_pending"))?;
    Ok(vec![Fact::CertificationRejected { reason: said(reason, REASON_CHARS_MAX)? }])
}

pub(super) fn contest(call: &Call, reason: &str, context: &Context<'_>) -> Result<Vec<Fact>, Refusal> {
    within(call.counts.contests, context.settings.max.contests, "call_contest_limit")?;
    Ok(vec![Fact::CertificationContested { reason: said(reason, REASON_CHARS_MAX)? }])
}
