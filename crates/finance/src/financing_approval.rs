//! Approvals of financing 融资批复: money that a lender or investor has promised.

use jiff::civil::Date;
use kernel::money::Fen;
use ledger::{FieldFault, Register, register::Faults};
use serde::{Deserialize, Serialize};

use crate::{project::SourceKind, rules::within};

/// Money that a bank, fund or authority approved for a project or a company. So that no project waits for money, approvals run ahead of
/// building (F5).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Register)]
#[register(
    name = "financing_approval",
    part = "finance",
    mission = "F5",
    zh = "融资批复",
    en = "Financing approval",
    key(code),
    unit = "unit",
    check = "faults"
)]
pub struct FinancingApproval {
    /// The number of the approval.
    #[field(zh = "批复编号", en = "Code", max = 60)]
    pub code: String,
    /// What kind of money.
    #[field(zh = "资金来源", en = "Source", find)]
    pub kind: SourceKind,
    /// Who approved it.
    #[field(zh = "批复机构", en = "Approved by", refers = "organisation", find)]
    pub provider: Option<String>,
    /// Who may have it.
    #[field(zh = "融资主体", en = "Borrower", refers = "organisation", find)]
    pub borrower: Option<String>,
    /// The project that it is for.
    #[field(zh = "项目", en = "Project", refers = "project", find)]
    pub project: Option<String>,
    /// The day of the approval.
    #[field(zh = "批复日期", en = "Approved on", find)]
    pub approved_on: Date,
    /// How much was approved.
    #[field(zh = "批复金额", en = "Amount", unit = "yi_yuan", min = 1, find)]
    pub amount: Fen,
    /// How much of it has come in.
    #[field(zh = "到位金额", en = "Received", unit = "yi_yuan", find)]
    pub received: Option<Fen>,
    /// The bureau that answers for it.
    #[field(zh = "责任单位", en = "Responsible unit", refers = "unit", find)]
    pub unit: String,
}

fn faults(approval: &FinancingApproval) -> Vec<FieldFault> {
    let is_for_somebody = approval.project.is_some() || approval.borrower.is_some();
    Faults::new()
        .unless(within(approval.received, Some(approval.amount)), "received", "part_above_whole")
        .unless(is_for_somebody, "project", "approval_for_nobody")
        .found()
}
