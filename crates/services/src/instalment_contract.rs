//! Contracts paid in instalments 分期付款合同.

use jiff::civil::Date;
use kernel::money::Fen;
use ledger::{FieldFault, Fields, Register, register::Faults};
use serde::{Deserialize, Serialize};

use crate::rules::total;

ledger::choices! {
    /// What is bought.
    InstalmentSubject {
        /// Lamps and what belongs to them.
        StreetLighting = "street_lighting" ("路灯改造", "Street lighting"),
        /// Cameras, signals, screens.
        TrafficSystem = "traffic_system" ("交通设施", "Traffic system"),
        /// Sweepers, trucks, bins.
        Sanitation = "sanitation" ("环卫设备", "Sanitation equipment"),
        /// Anything else.
        Other = "other" ("其他设备", "Other equipment"),
    }
}

/// A part of the price.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Fields)]
pub struct Instalment {
    /// The day on which it is due.
    #[field(zh = "应付日期", en = "Due on")]
    pub due_on: Date,
    /// How much is due.
    #[field(zh = "金额", en = "Amount", unit = "wan_yuan")]
    pub amount: Fen,
}

/// Something that the city has at once and pays for in parts: street lamps first of all (S4).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Register)]
#[register(
    name = "instalment_contract",
    part = "services",
    mission = "S4",
    zh = "分期付款合同",
    en = "Instalment contract",
    key(code),
    unit = "unit",
    check = "faults"
)]
pub struct InstalmentContract {
    /// The number of the contract.
    #[field(zh = "合同编号", en = "Code", max = 60)]
    pub code: String,
    /// What is bought.
    #[field(zh = "标的", en = "Subject", find)]
    pub subject: InstalmentSubject,
    /// The project that it belongs to.
    #[field(zh = "项目", en = "Project", refers = "project", find)]
    pub project: Option<String>,
    /// Who delivers.
    #[field(zh = "供货单位", en = "Supplier", refers = "organisation", find)]
    pub supplier: String,
    /// The day of signing.
    #[field(zh = "签订日期", en = "Signed on", find)]
    pub signed_on: Date,
    /// The day on which it was delivered and accepted.
    #[field(zh = "验收日期", en = "Accepted on", find)]
    pub accepted_on: Option<Date>,
    /// The whole price, with what paying later costs.
    #[field(zh = "合同价款", en = "Price", unit = "wan_yuan", min = 1, find)]
    pub price: Fen,
    /// What it would have cost at once.
    #[field(zh = "一次性付款价", en = "Price paid at once", unit = "wan_yuan", find)]
    pub cash_price: Option<Fen>,
    /// The parts of the price, which together make it. What was paid of them stands in the register of payments.
    #[field(zh = "分期付款计划", en = "Instalments", max = 240)]
    #[serde(default)]
    pub instalments: Vec<Instalment>,
    /// The unit that answers for it and keeps this row.
    #[field(zh = "责任单位", en = "Responsible unit", refers = "unit", find)]
    pub unit: String,
}

fn faults(contract: &InstalmentContract) -> Vec<FieldFault> {
    let parts = total(contract.instalments.iter().map(|part| part.amount));
    let cheaper = contract.cash_price.is_none_or(|cash| cash <= contract.price);
    let faults = Faults::new()
        .unless(parts == i128::from(contract.price.0), "instalments", "parts_differ_from_whole")
        .unless(cheaper, "cash_price", "part_above_whole")
        .in_order(&[("signed_on", Some(contract.signed_on)), ("accepted_on", contract.accepted_on)]);
    let days: Vec<Date> = contract.instalments.iter().map(|part| part.due_on).collect();
    let before = std::iter::once(contract.signed_on).chain(days.iter().copied());
    before
        .zip(&days)
        .enumerate()
        .fold(faults, |faults, (number, (before, day))| {
            faults.unless_in_row(before <= *day, "instalments", number, "due_on", "dates_out_of_order")
        })
        .found()
}
