//! Extension 延期 and suspension 挂账: worker, unit, dispatcher; both only before the clock has run out (standards 3.4).

use kernel::{
    error::Refusal,
    role::{Action, Place as Belongs, Role},
    time::Moment,
};

use super::{
    super::{
        context::Context,
        event::Fact,
        state::{Case, DelayKind, DelayRequest, Level},
    },
    in_days, own_unit, require, said, within,
};

/// Without `until` an extension, with it a suspension.
pub(super) fn request(
    case: &Case,
    until: Option<Moment>,
    reason: &str,
    context: &Context<'_>,
) -> Result<Vec<Fact>, Refusal> {
    let unit = own_unit(case, context)?.unit.clone();
    require(case.joint.is_none(), || Refusal::conflict("case_joint_decision_stands"))?;
    require(!case.units_are_late(context.now), || Refusal::conflict("case_already_overdue"))?;
    require(case.clock_from.is_some(), || Refusal::conflict("case_clock_not_started"))?;
    require(case.delay.is_none(), || Refusal::conflict("case_delay_pending"))?;
    let (counts, max) = (&case.counts, &context.settings.max);
    match until {
        None => within(counts.extensions, max.extensions, "case_extension_limit")?,
        Some(_) => within(counts.suspensions, max.suspensions, "case_suspension_limit")?,
    }
    within(counts.delay_requests, max.delay_requests, "case_delay_request_limit")?;
    let by_worker = context.actor.role == Role::Worker;
    let reason = said(reason)?;
    Ok(vec![match until {
        None => Fact::ExtensionRequested { unit, by_worker, reason },
        Some(until) => {
            in_days(until, context.settings.suspension_days_max, context.now)?;
            Fact::SuspensionRequested { unit, by_worker, until, reason }
        }
    }])
}

fn pending(case: &Case) -> Result<&DelayRequest, Refusal> {
    case.delay.as_ref().ok_or_else(|| Refusal::conflict("case_no_delay_pending"))
}

/// The request waits for this person's level.
fn at_level(case: &Case, delay: &DelayRequest, context: &Context<'_>) -> Result<(), Refusal> {
    if context.actor.role == Role::UnitManager {
        require(delay.level == Level::Unit, || Refusal::conflict("case_not_your_level"))?;
        let own = own_unit(case, context)?;
        require(own.unit == delay.unit, || Refusal::forbidden("case_not_your_unit"))
    } else {
        require(delay.level == Level::Dispatcher, || Refusal::conflict("case_not_your_level"))
    }
}

pub(super) fn endorse(case: &Case, context: &Context<'_>) -> Result<Vec<Fact>, Refusal> {
    let delay = pending(case)?;
    require(delay.level == Level::Unit, || Refusal::conflict("case_not_your_level"))?;
    own_unit(case, context)?;
    at_level(case, delay, context)?;
    Ok(vec![Fact::DelayEndorsed {}])
}

pub(super) fn refuse(case: &Case, reason: &str, context: &Context<'_>) -> Result<Vec<Fact>, Refusal> {
    at_level(case, pending(case)?, context)?;
    Ok(vec![Fact::DelayRefused { reason: said(reason)? }])
}

pub(super) fn grant(case: &Case, belongs: &Belongs<'_>, context: &Context<'_>) -> Result<Vec<Fact>, Refusal> {
    let delay = pending(case)?;
    at_level(case, delay, context)?;
    require(!case.units_are_late(context.now), || Refusal::conflict("case_already_overdue"))?;
    Ok(vec![match delay.kind {
        DelayKind::Extension => Fact::Extended { milestone: case.next_milestone() },
        DelayKind::Suspension { until } => {
            let may = context.actor.may(Action::CaseDecideSuspension, belongs);
            require(may, || Refusal::forbidden("case_not_your_right"))?;
            in_days(until, context.settings.suspension_days_max, context.now)?;
            Fact::Suspended { until }
        }
    }])
}

pub(super) fn resume(case: &Case, context: &Context<'_>) -> Result<Vec<Fact>, Refusal> {
    require(case.suspended_until.is_some(), || Refusal::conflict("case_not_suspended"))?;
    Ok(vec![Fact::Resumed { from: context.now }])
}
