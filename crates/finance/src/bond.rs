//! Bonds 债券: approved, issued, repaid.

use jiff::civil::Date;
use kernel::{money::Fen, rate::Rate};
use ledger::{FieldFault, Fields, Register, register::Faults};
use serde::{Deserialize, Serialize};

use crate::{
    rating::Grade,
    rules::{are_once, total, within},
    schedule::{self, Due},
};

ledger::choices! {
    /// What kind of bond.
    BondKind {
        /// Repaid from what its project earns.
        ProjectIncome = "project_income" ("项目收益债券", "Project-income bond"),
        /// An enterprise or corporate bond.
        Corporate = "corporate" ("企业（公司）债券", "Corporate bond"),
        /// Sold to few.
        PrivatePlacement = "private_placement" ("非公开发行债券", "Private placement"),
        /// For tunnels of pipes.
        UtilityTunnel = "utility_tunnel" ("地下综合管廊专项债券", "Utility tunnel bond"),
        /// For car parks.
        CarPark = "car_park" ("停车场建设专项债券", "Car-park bond"),
        /// Medium-term and short-term notes between banks.
        Note = "note" ("中期票据、短期融资券", "Note"),
        /// A bond of the local government.
        LocalGovernment = "local_government" ("地方政府债券", "Local government bond"),
    }
}

ledger::choices! {
    /// Who approves or registers bonds.
    BondAuthority {
        /// The commission for development and reform.
        DevelopmentCommission = "development_commission" ("发展改革委", "Development and Reform Commission"),
        /// The securities commission or an exchange.
        SecuritiesCommission = "securities_commission" ("证监会、交易所", "Securities commission or exchange"),
        /// The association of dealers between banks.
        DealersAssociation = "dealers_association" ("银行间交易商协会", "Interbank dealers' association"),
        /// The ministry of finance or the province's bureau.
        Finance = "finance" ("财政部门", "Finance authority"),
    }
}

/// What of the money goes into one project.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Fields)]
pub struct Proceeds {
    /// The project.
    #[field(zh = "募投项目", en = "Project", refers = "project")]
    pub project: String,
    /// How much goes into it.
    #[field(zh = "金额", en = "Amount", unit = "wan_yuan")]
    pub amount: Fen,
}

/// A bond, or a tranche of one, from its approval to the last repayment (F2; car-park bonds S7).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Register)]
#[register(
    name = "bond",
    part = "finance",
    mission = "F2",
    zh = "债券",
    en = "Bond",
    key(code),
    unit = "unit",
    check = "faults"
)]
pub struct Bond {
    /// The bond's code, or the city's own before it has one.
    #[field(zh = "债券代码", en = "Code", max = 40)]
    pub code: String,
    /// The bond's name.
    #[field(zh = "债券名称", en = "Name", max = 120, search)]
    pub name: String,
    /// What kind of bond.
    #[field(zh = "债券品种", en = "Kind", find)]
    pub kind: BondKind,
    /// Who issues it.
    #[field(zh = "发行人", en = "Issuer", refers = "organisation", find)]
    pub issuer: String,
    /// Who approved it.
    #[field(zh = "批准机关", en = "Approved by", find)]
    pub authority: Option<BondAuthority>,
    /// The number of the approval.
    #[field(zh = "批复文号", en = "Approval number", max = 80)]
    pub approval_number: Option<String>,
    /// The day of the approval.
    #[field(zh = "批准日期", en = "Approved on", find)]
    pub approved_on: Option<Date>,
    /// How much was approved.
    #[field(zh = "批准额度", en = "Approved amount", unit = "yi_yuan", find)]
    pub approved: Option<Fen>,
    /// The day of the issue.
    #[field(zh = "发行日期", en = "Issued on", find)]
    pub issued_on: Option<Date>,
    /// How much was raised.
    #[field(zh = "发行规模", en = "Amount raised", unit = "yi_yuan", find)]
    pub raised: Option<Fen>,
    /// The interest of a year.
    #[field(zh = "票面利率", en = "Coupon", find)]
    pub coupon: Option<Rate>,
    /// The day on which the last part is repaid.
    #[field(zh = "到期日", en = "Matures on", find)]
    pub matures_on: Option<Date>,
    /// The bond's own grade.
    #[field(zh = "债项评级", en = "Grade", find)]
    pub grade: Option<Grade>,
    /// Who sells it.
    #[field(zh = "主承销商", en = "Lead underwriter", refers = "organisation", find)]
    pub underwriter: Option<String>,
    /// The guarantee that stands behind it.
    #[field(zh = "担保", en = "Guarantee", refers = "guarantee")]
    pub guarantee: Option<String>,
    /// What is pledged for it.
    #[field(zh = "偿债来源和质押", en = "Pledged revenue", max = 500, lines)]
    pub pledge: Option<String>,
    /// Where the money goes.
    #[field(zh = "募集资金用途", en = "Use of proceeds", max = 100)]
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub proceeds: Vec<Proceeds>,
    /// What is due and when.
    #[field(zh = "还本付息计划", en = "Schedule", max = 200)]
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub schedule: Vec<Due>,
    /// The unit that answers for it and keeps this row.
    #[field(zh = "责任单位", en = "Responsible unit", refers = "unit", find)]
    pub unit: String,
}

fn faults(bond: &Bond) -> Vec<FieldFault> {
    let size = bond.raised.or(bond.approved).map_or(0, |size| i128::from(size.0));
    let used = total(bond.proceeds.iter().map(|part| part.amount));
    let faults = Faults::new()
        .needs(bond.approved.is_some(), "approved_on", bond.approved_on.is_some())
        .needs(bond.approved_on.is_some(), "approved", bond.approved.is_some())
        .needs(bond.raised.is_some(), "issued_on", bond.issued_on.is_some())
        .needs(bond.issued_on.is_some(), "raised", bond.raised.is_some())
        .unless(within(bond.raised, bond.approved), "raised", "bond_over_approval")
        .unless(are_once(bond.proceeds.iter().map(|part| &part.project)), "proceeds", "row_twice")
        .unless(used <= size, "proceeds", "part_above_whole")
        .in_order(&[
            ("approved_on", bond.approved_on),
            ("issued_on", bond.issued_on),
            ("matures_on", bond.matures_on),
        ]);
    schedule::check(faults, &bond.schedule, bond.raised, bond.issued_on).found()
}
