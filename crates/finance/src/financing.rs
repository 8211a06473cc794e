//! Borrowings other than bonds 其他融资: loans, securitisation, trust, asset management, leasing.

use jiff::civil::Date;
use kernel::{money::Fen, rate::Rate};
use ledger::{FieldFault, Register, register::Faults};
use serde::{Deserialize, Serialize};

use crate::{
    project::ProjectSector,
    rules::within,
    schedule::{self, Due},
};

ledger::choices! {
    /// What kind of borrowing.
    FinancingKind {
        /// Securities on what infrastructure will earn.
        AssetBackedSecurities = "asset_backed_securities" ("基础设施资产证券化", "Asset-backed securities"),
        /// A trust plan.
        Trust = "trust" ("信托计划", "Trust"),
        /// An asset-management plan.
        AssetManagement = "asset_management" ("资产管理计划", "Asset management plan"),
        /// Things are sold and leased back, or leased.
        FinanceLeasing = "finance_leasing" ("融资租赁", "Finance leasing"),
        /// A loan of a policy bank.
        PolicyBankLoan = "policy_bank_loan" ("政策性银行贷款", "Policy bank loan"),
        /// A loan of another bank.
        CommercialLoan = "commercial_loan" ("商业银行贷款", "Commercial bank loan"),
        /// A loan from abroad.
        ForeignLoan = "foreign_loan" ("国外贷款", "Foreign loan"),
    }
}

ledger::choices! {
    /// How it is secured.
    Security {
        /// On credit alone.
        Credit = "credit" ("信用", "Credit"),
        /// Somebody guarantees.
        Guarantee = "guarantee" ("保证", "Guarantee"),
        /// Things are mortgaged.
        Mortgage = "mortgage" ("抵押", "Mortgage"),
        /// Claims on income are pledged.
        Pledge = "pledge" ("收益权质押", "Pledge of income"),
    }
}

/// A contract by which money is borrowed, bonds aside: from its signing to the last repayment (F3).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Register)]
#[register(
    name = "financing",
    part = "finance",
    mission = "F3",
    zh = "融资合同",
    en = "Financing",
    key(code),
    unit = "unit",
    check = "faults"
)]
pub struct Financing {
    /// The number of the contract.
    #[field(zh = "合同编号", en = "Code", max = 60)]
    pub code: String,
    /// What it is called.
    #[field(zh = "名称", en = "Name", max = 120, search)]
    pub name: String,
    /// What kind of borrowing.
    #[field(zh = "融资方式", en = "Kind", find)]
    pub kind: FinancingKind,
    /// Who borrows.
    #[field(zh = "融资主体", en = "Borrower", refers = "organisation", find)]
    pub borrower: String,
    /// The institution that lends.
    #[field(zh = "出资机构", en = "Lender", refers = "organisation", find)]
    pub lender: String,
    /// The project that the money is for.
    #[field(zh = "项目", en = "Project", refers = "project", find)]
    pub project: Option<String>,
    /// Of what the assets behind it are: tourism, education, health, municipal works.
    #[field(zh = "底层资产领域", en = "Sector of the assets", find)]
    pub sector: Option<ProjectSector>,
    /// How it is secured.
    #[field(zh = "增信方式", en = "Security", find)]
    pub security: Security,
    /// The guarantee that stands behind it.
    #[field(zh = "担保", en = "Guarantee", refers = "guarantee")]
    pub guarantee: Option<String>,
    /// The day of signing.
    #[field(zh = "签订日期", en = "Signed on", find)]
    pub signed_on: Date,
    /// How much may be borrowed.
    #[field(zh = "合同金额", en = "Amount", unit = "wan_yuan", min = 1, find)]
    pub amount: Fen,
    /// How much has come in so far.
    #[field(zh = "到位金额", en = "Drawn", unit = "wan_yuan", find)]
    pub drawn: Option<Fen>,
    /// The interest of a year.
    #[field(zh = "年利率", en = "Rate", find)]
    pub rate: Option<Rate>,
    /// The day on which the last part is repaid.
    #[field(zh = "到期日", en = "Matures on", find)]
    pub matures_on: Option<Date>,
    /// The day on which all was repaid.
    #[field(zh = "结清日期", en = "Repaid on", find)]
    pub repaid_on: Option<Date>,
    /// What is due and when; it repays what may be borrowed.
    #[field(zh = "还本付息计划", en = "Schedule", max = 400)]
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub schedule: Vec<Due>,
    /// The unit that answers for it and keeps this row.
    #[field(zh = "责任单位", en = "Responsible unit", refers = "unit", find)]
    pub unit: String,
}

fn faults(financing: &Financing) -> Vec<FieldFault> {
    let is_guaranteed = financing.security == Security::Guarantee;
    let has_assets = financing.kind == FinancingKind::AssetBackedSecurities;
    let faults = Faults::new()
        .unless(financing.lender != financing.borrower, "lender", "parties_same")
        .unless(within(financing.drawn, Some(financing.amount)), "drawn", "part_above_whole")
        .needs(is_guaranteed, "guarantee", financing.guarantee.is_some())
        .needs(has_assets, "sector", financing.sector.is_some())
        .in_order(&[("signed_on", Some(financing.signed_on)), ("matures_on", financing.matures_on)])
        .in_order(&[("signed_on", Some(financing.signed_on)), ("repaid_on", financing.repaid_on)]);
    schedule::check(faults, &financing.schedule, Some(financing.amount), Some(financing.signed_on)).found()
}
