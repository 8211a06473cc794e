//! The city's budget by year 财政预算: what other limits are shares of.

use kernel::{money::Fen, period::Period};
use ledger::{FieldFault, Register, register::Faults};
use serde::{Deserialize, Serialize};

use crate::{ppp_spending::is_year, rules::within};

/// The totals of the city's budget for one year. The limit for PPP spending is a share of the general public expenditure (F6; 财金〔2015〕21号).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Register)]
#[register(
    name = "fiscal_budget",
    part = "finance",
    mission = "F6",
    zh = "财政预算",
    en = "Fiscal budget",
    key(year),
    unit = "unit",
    check = "faults"
)]
pub struct FiscalBudget {
    /// The year, as a period.
    #[field(zh = "年度", en = "Year", find)]
    pub year: Period,
    /// General public budget, income.
    #[field(zh = "一般公共预算收入", en = "General public income", unit = "yi_yuan", find)]
    pub income: Fen,
    /// General public budget, expenditure.
    #[field(zh = "一般公共预算支出", en = "General public expenditure", unit = "yi_yuan", min = 1, find)]
    pub expenditure: Fen,
    /// Expenditure of the budget of government funds.
    #[field(zh = "政府性基金预算支出", en = "Expenditure of government funds", unit = "yi_yuan", find)]
    pub fund_expenditure: Option<Fen>,
    /// What the government may owe at the most.
    #[field(zh = "政府债务限额", en = "Debt limit", unit = "yi_yuan", find)]
    pub debt_limit: Option<Fen>,
    /// What the government owes at the year's end.
    #[field(zh = "政府债务余额", en = "Debt", unit = "yi_yuan", find)]
    pub debt: Option<Fen>,
    /// The year is over and these are its final accounts.
    #[field(zh = "已决算", en = "Final accounts", find)]
    pub is_final: bool,
    /// The unit that answers for it and keeps this row.
    #[field(zh = "责任单位", en = "Responsible unit", refers = "unit", find)]
    pub unit: String,
}

fn faults(budget: &FiscalBudget) -> Vec<FieldFault> {
    Faults::new()
        .unless(is_year(&budget.year), "year", "period_not_a_year")
        .unless(within(budget.debt, budget.debt_limit), "debt", "debt_above_limit")
        .found()
}
