//! Balance statements 资产负债表 of platform companies and other organisations.

use jiff::civil::Date;
use kernel::money::Fen;
use ledger::{FieldFault, Register, register::Faults};
use serde::{Deserialize, Serialize};

use crate::rules::within;

ledger::choices! {
    /// Whose money a statement counts.
    StatementScope {
        /// The organisation with all that it controls.
        Consolidated = "consolidated" ("合并", "Consolidated"),
        /// The organisation alone.
        Separate = "separate" ("母公司", "Separate"),
    }
}

/// The least amount of what may be below nothing: −10,000 亿元, in fen.
const LOSS_FEN_MAX: i64 = -100_000_000_000_000;

/// What an organisation owns and owes on one day (F1).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Register)]
#[register(
    name = "balance_statement",
    part = "finance",
    mission = "F1",
    zh = "资产负债表",
    en = "Balance statement",
    key(organisation, as_of, scope),
    unit = "unit",
    check = "faults"
)]
pub struct BalanceStatement {
    /// Whose statement it is.
    #[field(zh = "单位", en = "Organisation", refers = "organisation", find)]
    pub organisation: String,
    /// The day of the statement, the last one of its period.
    #[field(zh = "报表日期", en = "As of", find)]
    pub as_of: Date,
    /// Whether it counts what the organisation controls; of a group only the consolidated ones of its top are added up.
    #[field(zh = "报表口径", en = "Scope", find)]
    pub scope: StatementScope,
    /// All that it owns.
    #[field(zh = "资产总计", en = "Total assets", unit = "wan_yuan", find)]
    pub total_assets: Fen,
    /// All that it owes.
    #[field(zh = "负债合计", en = "Total liabilities", unit = "wan_yuan", find)]
    pub total_liabilities: Fen,
    /// What is left for its owners: assets less liabilities.
    #[field(zh = "净资产（所有者权益）", en = "Net assets", unit = "wan_yuan", min = LOSS_FEN_MAX, find)]
    pub net_assets: Fen,
    /// The part of the liabilities that bears interest.
    #[field(zh = "有息负债", en = "Interest-bearing debt", unit = "wan_yuan", find)]
    pub debt: Option<Fen>,
    /// Income of the year up to the day.
    #[field(zh = "营业收入（本年累计）", en = "Revenue of the year", unit = "wan_yuan", find)]
    pub revenue: Option<Fen>,
    /// Profit of the year up to the day, after tax.
    #[field(zh = "净利润（本年累计）", en = "Net profit of the year", unit = "wan_yuan", min = LOSS_FEN_MAX, find)]
    pub profit: Option<Fen>,
    /// The firm that audited it; empty where nobody did.
    #[field(zh = "审计机构", en = "Audited by", refers = "organisation", find)]
    pub auditor: Option<String>,
    /// The unit that answers for it and keeps this row.
    #[field(zh = "责任单位", en = "Responsible unit", refers = "unit", find)]
    pub unit: String,
}

fn faults(statement: &BalanceStatement) -> Vec<FieldFault> {
    let net = statement.total_assets.checked_sub(statement.total_liabilities);
    Faults::new()
        .unless(net == Ok(statement.net_assets), "net_assets", "balance_differs")
        .unless(within(statement.debt, Some(statement.total_liabilities)), "debt", "part_above_whole")
        .found()
}
