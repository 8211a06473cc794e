//! What becomes of a call: answered at once, a case, joined, transferred (standards 3.3, 当即办理 and 转办).

use kernel::{error::Refusal, id::CaseId};

use super::{
    super::{
        REASON_CHARS_MAX,
        context::Context,
        event::Fact,
        state::{Call, DemandKind, ProblemCause},
    },
    named, require, said, short, within,
};

/// An outcome needs something that it is the outcome of.
fn spoken(call: &Call) -> Result<(), Refusal> {
    require(!call.demand.text.trim().is_empty(), || Refusal::invalid("call_text_missing"))
}

pub(super) fn answer_at_once(call: &Call, answer: &str, context: &Context<'_>) -> Result<Vec<Fact>, Refusal> {
    spoken(call)?;
    // Who only wanted to know something has been told: a second call for that would pester.
    let told =
        call.demand.kind == Some(DemandKind::Consultation) && !context.settings.follow_up_consultations;
    let follow_up = call.has_caller() && !told;
    Ok(vec![Fact::AnsweredAtOnce { answer: said(answer, REASON_CHARS_MAX)?, follow_up }])
}

pub(super) fn hand_over(
    call: &Call,
    case: CaseId,
    note: &str,
    context: &Context<'_>,
) -> Result<Vec<Fact>, Refusal> {
    spoken(call)?;
    let known = context.case.ok_or_else(|| Refusal::invalid("call_case_missing"))?;
    require(known.reference.as_ref() == Some(&call.reference), || {
        Refusal::invalid("call_case_of_other_reference")
    })?;
    Ok(vec![Fact::HandedOver { case, note: short(note, REASON_CHARS_MAX)? }])
}

pub(super) fn join(
    call: &Call,
    case: CaseId,
    note: &str,
    context: &Context<'_>,
) -> Result<Vec<Fact>, Refusal> {
    spoken(call)?;
    let known = context.case.ok_or_else(|| Refusal::invalid("call_case_missing"))?;
    require(!known.stage.is_ended(), || Refusal::invalid("call_case_ended_already"))?;
    Ok(vec![Fact::Joined { case, note: short(note, REASON_CHARS_MAX)? }])
}

/// Standards 7.1, \[S58\]: three transfers without a lead make a problem order.
pub(super) fn transfer(
    call: &Call,
    to: &str,
    reason: &str,
    context: &Context<'_>,
) -> Result<Vec<Fact>, Refusal> {
    within(call.counts.transfers, context.settings.max.transfers, "call_transfer_limit")?;
    spoken(call)?;
    let mut facts = vec![Fact::Transferred { to: named(to)?, reason: said(reason, REASON_CHARS_MAX)? }];
    if call.problem.is_none() && call.counts.transfers + 1 >= context.settings.problem_transfers {
        facts.push(Fact::Lifted { cause: ProblemCause::Transfers });
    }
    Ok(facts)
}

pub(super) fn record_reply(call: &Call, solved: bool, reply: &str) -> Result<Vec<Fact>, Refusal> {
    let follow_up = solved && call.has_caller();
    Ok(vec![Fact::ReplyRecorded { solved, reply: said(reply, REASON_CHARS_MAX)?, follow_up }])
}

pub(super) fn contact(call: &Call, note: &str) -> Result<Vec<Fact>, Refusal> {
    require(call.has_caller(), || Refusal::conflict("call_caller_unknown"))?;
    require(call.contacted_at.is_none(), || Refusal::conflict("call_contacted_already"))?;
    Ok(vec![Fact::Contacted { note: short(note, REASON_CHARS_MAX)? }])
}
