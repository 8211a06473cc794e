//! The dispatcher: to units, jointly, back to the desk, on to closing.

use std::collections::BTreeSet;

use kernel::{error::Refusal, time::Moment};

use super::{
    super::{
        UNITS_MAX,
        context::{ClockStart, Context},
        event::Fact,
        state::{Case, JointForm},
    },
    in_days, named, require, said, within,
};

pub(super) fn dispatch(case: &Case, units: &[String], context: &Context<'_>) -> Result<Vec<Fact>, Refusal> {
    within(case.counts.returns, context.settings.max.returns, "case_joint_decision_needed")?;
    let from_signing = context.settings.clock_start == ClockStart::Signing;
    Ok(vec![Fact::Dispatched { units: distinct(units)?, from_signing }])
}

/// A joint decision 三联 or a formal letter 函告, with a date (standards 11, "kicking the ball").
pub(super) fn decide_jointly(
    form: &JointForm,
    units: &[String],
    due: Moment,
    reason: &str,
    context: &Context<'_>,
) -> Result<Vec<Fact>, Refusal> {
    let units = distinct(units)?;
    let form = match form {
        JointForm::JointDispatch => {
            require(units.len() > 1, || Refusal::invalid("case_joint_needs_units"))?;
            JointForm::JointDispatch
        }
        JointForm::Letter(number) => JointForm::Letter(named(number)?),
    };
    in_days(due, context.settings.joint_decision_days_max, context.now)?;
    Ok(vec![Fact::JointlyDecided { form, units, due, reason: said(reason)? }])
}

fn distinct(units: &[String]) -> Result<Vec<String>, Refusal> {
    let refusal = || Refusal::invalid("case_unit_names").with("max", UNITS_MAX);
    require((1..=UNITS_MAX).contains(&units.len()), refusal)?;
    require(units.iter().collect::<BTreeSet<_>>().len() == units.len(), refusal)?;
    units.iter().map(|unit| named(unit)).collect()
}

pub(super) fn send_back(case: &Case, reason: &str, context: &Context<'_>) -> Result<Vec<Fact>, Refusal> {
    within(case.counts.send_backs, context.settings.max.send_backs, "case_send_back_limit")?;
    Ok(vec![Fact::SentBack { reason: said(reason)? }])
}

/// Not after a return (standards 3.3), and not after a check or a reporter has said that work is left.
pub(super) fn forward(case: &Case, reason: &str) -> Result<Vec<Fact>, Refusal> {
    require(case.counts.returns == 0, || Refusal::conflict("case_returned_not_forwarded"))?;
    require(case.round == 0, || Refusal::conflict("case_handling_needed"))?;
    Ok(vec![Fact::ForwardedToClosing { reason: said(reason)? }])
}
