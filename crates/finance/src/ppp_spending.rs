//! What the government has to spend on PPP projects, year by year 财政支出责任.

use kernel::{money::Fen, period::Period};
use ledger::{FieldFault, Register, register::Faults};
use serde::{Deserialize, Serialize};

/// What one PPP contract costs the budget in one year: the four items of 财金〔2015〕21号. Together over all contracts they stay under the
/// share of the budget's expenditure that the rules of the day set (F6).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Register)]
#[register(
    name = "ppp_spending",
    part = "finance",
    mission = "F6",
    zh = "PPP财政支出责任",
    en = "PPP spending",
    key(contract, year),
    unit = "unit",
    check = "faults",
    complete = "complete"
)]
pub struct PppSpending {
    /// The contract.
    #[field(zh = "PPP项目", en = "PPP contract", refers = "ppp_contract", find)]
    pub contract: String,
    /// The year, as a period.
    #[field(zh = "年度", en = "Year", find)]
    pub year: Period,
    /// The government's part of the capital.
    #[field(zh = "股权投资", en = "Equity", unit = "wan_yuan", find)]
    pub equity: Fen,
    /// What it pays the partner.
    #[field(zh = "运营补贴", en = "Operating subsidy", unit = "wan_yuan", find)]
    pub subsidy: Fen,
    /// What it may have to pay for risks.
    #[field(zh = "风险承担", en = "Risk", unit = "wan_yuan", find)]
    pub risk: Fen,
    /// Land, works and the like that it gives.
    #[field(zh = "配套投入", en = "Matching inputs", unit = "wan_yuan", find)]
    pub matching: Fen,
    /// All four together; counted from them.
    #[field(zh = "合计", en = "Total", unit = "wan_yuan", find, derived)]
    pub amount: Option<Fen>,
    /// What was paid in the year in the end.
    #[field(zh = "实际支出", en = "Spent", unit = "wan_yuan", find)]
    pub spent: Option<Fen>,
    /// The unit that answers for it and keeps this row.
    #[field(zh = "责任单位", en = "Responsible unit", refers = "unit", find)]
    pub unit: String,
}

fn complete(spending: &mut PppSpending) {
    let items = [spending.equity, spending.subsidy, spending.risk, spending.matching];
    spending.amount = Fen::sum(items).ok();
}

fn faults(spending: &PppSpending) -> Vec<FieldFault> {
    Faults::new()
        .unless(spending.amount.is_some(), "equity", "number_range")
        .unless(is_year(&spending.year), "year", "period_not_a_year")
        .found()
}

/// Whether a period is a calendar year.
pub(crate) fn is_year(period: &Period) -> bool {
    period.to_string().len() == YEAR_DIGITS
}

/// A year is written with so many digits, and nothing else is as short.
const YEAR_DIGITS: usize = 4;
