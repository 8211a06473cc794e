//! Energy performance contracts 合同能源管理: lamps are renewed and paid for from what they save.

use jiff::civil::Date;
use kernel::{
    decimal::Decimal,
    money::Fen,
    rate::{MILLIONTHS, Rate},
};
use ledger::{FieldFault, Register, register::Faults};
use serde::{Deserialize, Serialize};

ledger::choices! {
    /// What kind of contract (GB/T 24915-2020).
    EnergyContractKind {
        /// The saving is shared.
        SharedSavings = "shared_savings" ("节能效益分享型", "Shared savings"),
        /// The firm promises a saving and pays what is missing.
        GuaranteedSavings = "guaranteed_savings" ("节能量保证型", "Guaranteed savings"),
        /// The firm has a fixed sum and pays for the energy.
        EnergyCostTrust = "energy_cost_trust" ("能源费用托管型", "Energy cost trust"),
    }
}

ledger::choices! {
    /// What uses the energy.
    EnergySubject {
        /// Street lamps.
        StreetLighting = "street_lighting" ("路灯", "Street lighting"),
        /// Public buildings.
        PublicBuilding = "public_building" ("公共建筑", "Public buildings"),
        /// Pumps, plants.
        Plant = "plant" ("泵站厂站", "Plants"),
    }
}

/// A contract with an energy service company: it invests, and has a part of what is saved until the end of the contract; then what it built is the
/// city's (S4; GB/T 24915-2020).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Register)]
#[register(
    name = "energy_contract",
    part = "services",
    mission = "S4",
    zh = "合同能源管理",
    en = "Energy performance contract",
    key(code),
    unit = "unit",
    check = "faults"
)]
pub struct EnergyContract {
    /// The number of the contract.
    #[field(zh = "合同编号", en = "Code", max = 60)]
    pub code: String,
    /// What kind of contract.
    #[field(zh = "类型", en = "Kind", find)]
    pub kind: EnergyContractKind,
    /// What uses the energy.
    #[field(zh = "节能对象", en = "Subject", find)]
    pub subject: EnergySubject,
    /// The energy service company.
    #[field(zh = "节能服务公司", en = "Energy service company", refers = "organisation", find)]
    pub company: String,
    /// The project that it belongs to.
    #[field(zh = "项目", en = "Project", refers = "project", find)]
    pub project: Option<String>,
    /// The day of signing.
    #[field(zh = "签订日期", en = "Signed on", find)]
    pub signed_on: Date,
    /// The first day of sharing.
    #[field(zh = "分享期开始", en = "Shared from", find)]
    pub begins_on: Date,
    /// The last day of sharing.
    #[field(zh = "分享期结束", en = "Shared until", find)]
    pub ends_on: Date,
    /// What the company invests.
    #[field(zh = "改造投资", en = "Investment", unit = "wan_yuan", min = 1, find)]
    pub investment: Fen,
    /// What was used in a year before, as both agreed.
    #[field(zh = "能耗基准（年）", en = "Baseline of a year", unit = "kWh", find)]
    pub baseline: Decimal<2>,
    /// What is to be saved in a year.
    #[field(zh = "预计年节能量", en = "Saving of a year", unit = "kWh", find)]
    pub saving: Decimal<2>,
    /// What is to be saved in a year, in money.
    #[field(zh = "预计年节约费用", en = "Saving of a year in money", unit = "wan_yuan", find)]
    pub saving_value: Fen,
    /// What of the saving is the company's.
    #[field(zh = "节能服务公司分享比例", en = "Company's share", find)]
    pub share: Rate,
    /// What else pays the company, where its share of the saving does not repay what it invests.
    #[field(zh = "其他收入来源", en = "Other income", max = 500, lines)]
    pub other_income: Option<String>,
    /// The day on which what was built became the city's.
    #[field(zh = "资产移交日期", en = "Handed over on", find)]
    pub handed_over_on: Option<Date>,
    /// The unit that answers for it and keeps this row.
    #[field(zh = "责任单位", en = "Responsible unit", refers = "unit", find)]
    pub unit: String,
}

/// Days of a year, for what a contract pays over all of its days.
const YEAR_DAYS: i128 = 365;

/// Whether the company's share of the saving, over all the days of sharing, is as much as it invests.
#[must_use]
pub fn repays(contract: &EnergyContract) -> bool {
    let days = contract.begins_on.until(contract.ends_on).map_or(0, |span| i128::from(span.get_days()) + 1);
    let earned = i128::from(contract.saving_value.0) * i128::from(contract.share.0) * days;
    earned >= i128::from(contract.investment.0) * i128::from(MILLIONTHS) * YEAR_DAYS
}

fn faults(contract: &EnergyContract) -> Vec<FieldFault> {
    let is_shared = contract.kind == EnergyContractKind::SharedSavings;
    Faults::new()
        .unless(contract.saving < contract.baseline, "saving", "saving_above_baseline")
        .unless(
            !is_shared || contract.other_income.is_some() || repays(contract),
            "other_income",
            "saving_does_not_repay",
        )
        .in_order(&[
            ("signed_on", Some(contract.signed_on)),
            ("begins_on", Some(contract.begins_on)),
            ("ends_on", Some(contract.ends_on)),
        ])
        .in_order(&[("begins_on", Some(contract.begins_on)), ("handed_over_on", contract.handed_over_on)])
        .found()
}
