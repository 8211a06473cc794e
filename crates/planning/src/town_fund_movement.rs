//! What goes into the fund of a town and out of it 城镇资金收支 (P5): the start-up fund first of all.

use jiff::civil::Date;
use kernel::money::Fen;
use ledger::{FieldFault, Register, register::Faults};
use serde::{Deserialize, Serialize};

ledger::choices! {
    /// What kind of movement it is.
    FundMovementKind {
        /// Start-up fund paid in 启动资金拨入.
        StartUp = "start_up" ("启动资金拨入", "Start-up fund paid in"),
        /// Other budget money paid in 其他财政拨入.
        Budget = "budget" ("其他财政拨入", "Other budget money paid in"),
        /// Borrowed money paid in 融资拨入.
        Loan = "loan" ("融资拨入", "Borrowed money paid in"),
        /// The town's own income 自有收入.
        Income = "income" ("自有收入", "The town's own income"),
        /// Spending 支出.
        Spending = "spending" ("支出", "Spending"),
        /// Repayment 偿还.
        Repayment = "repayment" ("偿还", "Repayment"),
    }
}

/// A movement of a town's fund 城镇资金收支 (P5): money that came in, was spent or was paid back.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Register)]
#[register(
    name = "town_fund_movement",
    part = "planning",
    mission = "P5",
    zh = "城镇资金收支",
    en = "Town fund movement",
    key(code),
    unit = "unit",
    check = "faults"
)]
pub struct TownFundMovement {
    /// A short code that stays the same; other registers name the row by it.
    #[field(zh = "编码", en = "Code", max = 40)]
    pub code: String,
    /// The town whose fund it is.
    #[field(zh = "乡镇街道", en = "Town", refers = "town", find)]
    pub town: String,
    /// What kind of movement it is.
    #[field(zh = "收支类别", en = "Kind", find)]
    pub kind: FundMovementKind,
    /// When the money was moved.
    #[field(zh = "日期", en = "Date", find)]
    pub moved_on: Date,
    /// How much was moved.
    #[field(zh = "金额", en = "Amount", unit = "wan_yuan", min = 1, find)]
    pub amount: Fen,
    /// Who paid it or was paid.
    #[field(zh = "对方单位", en = "Other side", refers = "organisation", find)]
    pub counterparty: Option<String>,
    /// The project that it was spent on.
    #[field(zh = "项目", en = "Project", refers = "project", find)]
    pub project: Option<String>,
    /// The number of the document that it was moved by.
    #[field(zh = "依据文号", en = "Document", max = 60, search)]
    pub document: Option<String>,
    /// What it was for.
    #[field(zh = "用途", en = "Purpose", max = 200, search)]
    pub purpose: Option<String>,
    /// The unit that answers for it and keeps this row.
    #[field(zh = "责任单位", en = "Responsible unit", refers = "unit", find)]
    pub unit: String,
}

/// Money is spent on a project.
fn faults(movement: &TownFundMovement) -> Vec<FieldFault> {
    Faults::new()
        .needs(movement.kind == FundMovementKind::Spending, "project", movement.project.is_some())
        .found()
}
