//! Capital calls of funds 基金缴款通知.

use jiff::civil::Date;
use kernel::money::Fen;
use ledger::{FieldFault, Fields, Register};
use serde::{Deserialize, Serialize};

use crate::rules::{after, holds, once_each, total};

/// What one partner is to pay.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Fields)]
pub struct CalledPart {
    /// Who pays.
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
    check = "faults"
)]
pub struct FundCall {
    /// The fund.
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
}

fn faults(call: &FundCall) -> Vec<FieldFault> {
    let mut faults = Vec::new();
    after(&mut faults, call.called_on, "due_on", call.due_on);
    once_each(&mut faults, "parts", call.parts.iter().map(|part| &part.partner));
    let called = total(call.parts.iter().map(|part| part.amount));
    holds(&mut faults, called == i128::from(call.amount.0), "parts", "sum_differs");
    faults
}
