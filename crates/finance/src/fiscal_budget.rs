//! The city's budget by year 财政预算: what other limits are shares of.

use kernel::{money::Fen, period::Period};
use ledger::{FieldFault, Register};
use serde::{Deserialize, Serialize};

use crate::{ppp_spending::is_year, rules::holds};

/// The totals of the city's budget for one year. The limit for PPP spending is a share of the general public expenditure (F6; 财金〔2015〕21号).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Register)]
#[register(
    name = "fiscal_budget",
    part = "finance",
    mission = "F6",
    zh = "财政预算",
    en = "Fiscal budget",
    key(year),
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
}

fn faults(budget: &FiscalBudget) -> Vec<FieldFault> {
    let mut faults = Vec::new();
    holds(&mut faults, is_year(&budget.year), "year", "period_not_a_year");
    let within = budget.debt.zip(budget.debt_limit).is_none_or(|(debt, limit)| debt <= limit);
    holds(&mut faults, within, "debt", "debt_over_limit");
    faults
}
