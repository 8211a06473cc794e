//! Investments of funds 基金投资: where the money went and what came back.

use jiff::civil::Date;
use kernel::{money::Fen, rate::Rate};
use ledger::{FieldFault, Register, register::Faults};
use serde::{Deserialize, Serialize};

/// Money of a fund in one firm or project, and what came back of it (F4).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Register)]
#[register(
    name = "fund_investment",
    part = "finance",
    mission = "F4",
    zh = "基金投资",
    en = "Fund investment",
    key(fund, number),
    unit = "unit",
    check = "faults"
)]
pub struct FundInvestment {
    /// The fund that it belongs to.
    #[field(zh = "基金", en = "Fund", refers = "fund", find)]
    pub fund: String,
    /// The investment's running number within the fund.
    #[field(zh = "序号", en = "Number", min = 1, max = 10_000)]
    pub number: i64,
    /// Who got the money.
    #[field(zh = "被投单位", en = "Invested in", refers = "organisation", find)]
    pub organisation: String,
    /// The project that it is for.
    #[field(zh = "项目", en = "Project", refers = "project", find)]
    pub project: Option<String>,
    /// The day on which it was paid.
    #[field(zh = "投资日期", en = "Invested on", find)]
    pub invested_on: Date,
    /// How much was paid.
    #[field(zh = "投资金额", en = "Amount", unit = "wan_yuan", min = 1, find)]
    pub amount: Fen,
    /// The part of the firm that it bought.
    #[field(zh = "持股比例", en = "Share")]
    pub share: Option<Rate>,
    /// The day on which the fund was out of it.
    #[field(zh = "退出日期", en = "Exited on", find)]
    pub exited_on: Option<Date>,
    /// What came back so far.
    #[field(zh = "回收金额", en = "Returned", unit = "wan_yuan", find)]
    pub returned: Option<Fen>,
    /// The unit that answers for it and keeps this row.
    #[field(zh = "责任单位", en = "Responsible unit", refers = "unit", find)]
    pub unit: String,
}

fn faults(investment: &FundInvestment) -> Vec<FieldFault> {
    Faults::new()
        .needs(investment.exited_on.is_some(), "returned", investment.returned.is_some())
        .in_order(&[("invested_on", Some(investment.invested_on)), ("exited_on", investment.exited_on)])
        .found()
}
