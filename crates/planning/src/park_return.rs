//! What firms in parks report for a period 园区企业报表 (P4): output, income, tax, investment, people.

use jiff::civil::Date;
use kernel::{money::Fen, period::Period};
use ledger::{FieldFault, Register, register::Faults};
use serde::{Deserialize, Serialize};

/// What a firm in a park reports for a month, quarter or half-year 园区企业报表 (P4).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Register)]
#[register(
    name = "park_return",
    part = "planning",
    mission = "P4",
    zh = "园区企业报表",
    en = "Return of a park firm",
    key(park, firm, period),
    unit = "unit",
    check = "faults"
)]
pub struct ParkReturn {
    /// The park that it is in.
    #[field(zh = "园区", en = "Park", refers = "park", find)]
    pub park: String,
    /// The firm that is meant; its name and code stand in the list of organisations.
    #[field(zh = "企业", en = "Firm", refers = "organisation", find)]
    pub firm: String,
    /// The month, quarter, half-year or year that the figures are for; only of that period, not added up from January.
    #[field(zh = "报告期", en = "Period", find)]
    pub period: Period,
    /// The value of what it made.
    #[field(zh = "工业总产值", en = "Output", unit = "wan_yuan", find)]
    pub output: Fen,
    /// What it sold.
    #[field(zh = "营业收入", en = "Income", unit = "wan_yuan", find)]
    pub income: Fen,
    /// The taxes that it paid.
    #[field(zh = "税收", en = "Tax", unit = "wan_yuan", find)]
    pub tax: Fen,
    /// Its profit; below zero for a loss.
    #[field(zh = "利润", en = "Profit", unit = "wan_yuan", min = -100_000_000_000_000, find)]
    pub profit: Fen,
    /// What it invested.
    #[field(zh = "完成投资", en = "Investment", unit = "wan_yuan", find)]
    pub investment: Fen,
    /// How many people worked there at the period's end.
    #[field(zh = "期末从业人数", en = "People employed", unit = "persons", max = 1_000_000, find)]
    pub employees: u32,
    /// When it reported.
    #[field(zh = "填报日期", en = "Reported on", find)]
    pub reported_on: Date,
    /// The unit that answers for it and keeps this row.
    #[field(zh = "责任单位", en = "Responsible unit", refers = "unit", find)]
    pub unit: String,
}

/// A period is reported when it is over.
fn faults(report: &ParkReturn) -> Vec<FieldFault> {
    Faults::new()
        .unless(report.reported_on > report.period.last(), "reported_on", "reported_before_period_ends")
        .found()
}
