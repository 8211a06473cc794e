//! Capital calls of funds 基金缴款通知.

use jiff::civil::Date;
use kernel::money::Fen;
use ledger::{FieldFault, Fields, Register, register::Faults};
use serde::{Deserialize, Serialize};

use crate::rules::{are_once, make};

/// What one partner is to pay.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Fields)]
pub struct CalledPart {
    /// The partner that has to pay.
    #[field(zh = "出资人", en = "Partner", refers = "organisation")]
    pub partner: String,
    /// How much is to be paid.
    #[field(zh = "应缴金额", en = "Called", unit = "wan_yuan")]
    pub amount: Fen,
    /// The day on which it was paid.
    #[field(zh = "到账日期", en = "Paid on")]
    pub paid_on: Option<Date>,
}

/// A call of a fund on its partners to pay a part of what they promised (F4).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Register)]
#[register(
    name = "fund_call",
    part = "finance",
    mission = "F4",
    zh = "基金缴款",
    en = "Fund call",
    key(fund, number),
    unit = "unit",
    check = "faults"
)]
pub struct FundCall {
    /// The fund that it belongs to.
    #[field(zh = "基金", en = "Fund", refers = "fund", find)]
    pub fund: String,
    /// The call's running number within the fund.
    #[field(zh = "期次", en = "Number", min = 1, max = 1000)]
    pub number: i64,
    /// The day of the call.
    #[field(zh = "通知日期", en = "Called on", find)]
    pub called_on: Date,
    /// The day by which it is to be paid.
    #[field(zh = "缴款期限", en = "Due on", find)]
    pub due_on: Date,
    /// All that is called.
    #[field(zh = "缴款总额", en = "Amount", unit = "wan_yuan", min = 1, find)]
    pub amount: Fen,
    /// The project that the money goes into.
    #[field(zh = "投向项目", en = "For project", refers = "project", find)]
    pub project: Option<String>,
    /// What each partner is to pay; together all that is called.
    #[field(zh = "各方应缴", en = "Parts", max = 100)]
    #[serde(default)]
    pub parts: Vec<CalledPart>,
    /// The unit that answers for it and keeps this row.
    #[field(zh = "责任单位", en = "Responsible unit", refers = "unit", find)]
    pub unit: String,
}

fn faults(call: &FundCall) -> Vec<FieldFault> {
    Faults::new()
        .unless(are_once(call.parts.iter().map(|part| &part.partner)), "parts", "row_twice")
        .unless(
            make(call.parts.iter().map(|part| part.amount), call.amount),
            "parts",
            "parts_differ_from_whole",
        )
        .in_order(&[("called_on", Some(call.called_on)), ("due_on", Some(call.due_on))])
        .found()
}
