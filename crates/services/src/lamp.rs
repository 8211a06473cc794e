//! Street lamps 路灯.

use jiff::civil::Date;
use kernel::{decimal::Decimal, shape::Point};
use ledger::{FieldFault, Register, register::Faults};
use serde::{Deserialize, Serialize};

ledger::choices! {
    /// What gives the light.
    LightSource {
        /// Light-emitting diodes.
        Led = "led" ("LED灯", "LED"),
        /// High-pressure sodium.
        Sodium = "sodium" ("高压钠灯", "High-pressure sodium"),
        /// Metal halide.
        MetalHalide = "metal_halide" ("金属卤化物灯", "Metal halide"),
        /// Sun and battery.
        Solar = "solar" ("太阳能灯", "Solar"),
    }
}

ledger::choices! {
    /// What kind of road it lights; how many must be lit follows from it.
    RoadClass {
        /// A main road.
        Main = "main" ("主干道", "Main road"),
        /// A secondary road or branch.
        Secondary = "secondary" ("次干道、支路", "Secondary road"),
        /// A lane, a residential area.
        Lane = "lane" ("背街小巷", "Lane"),
        /// A park or square.
        Park = "park" ("公园广场", "Park or square"),
    }
}

/// A street lamp: before and after its renewal, so that what it saves can be reckoned (S4; CJJ 89).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Register)]
#[register(
    name = "lamp",
    part = "services",
    mission = "S4",
    zh = "路灯",
    en = "Street lamp",
    key(code),
    unit = "unit",
    check = "faults"
)]
pub struct Lamp {
    /// The number on the pole, with the light's number where it has several.
    #[field(zh = "灯杆编号", en = "Code", max = 40)]
    pub code: String,
    /// The road that it lights.
    #[field(zh = "道路", en = "Road", max = 100, search)]
    pub road: String,
    /// What kind of road it is.
    #[field(zh = "道路等级", en = "Road class", find)]
    pub road_class: RoadClass,
    /// The box from which it is fed.
    #[field(zh = "配电箱编号", en = "Feeder", max = 40, find)]
    pub feeder: Option<String>,
    /// What gives the light now.
    #[field(zh = "光源", en = "Light source", find)]
    pub source: LightSource,
    /// Its power now, with ballast or driver.
    #[field(zh = "现功率", en = "Power", unit = "W", min = 1, max = 50_000, find)]
    pub power: Decimal<1>,
    /// Its power before the renewal, with the ballast.
    #[field(zh = "改造前功率", en = "Power before", unit = "W", max = 50_000, find)]
    pub power_before: Option<Decimal<1>>,
    /// The day on which it was renewed.
    #[field(zh = "改造日期", en = "Renewed on", find)]
    pub renewed_on: Option<Date>,
    /// The energy performance contract under which it was renewed.
    #[field(zh = "合同能源管理", en = "Energy contract", refers = "energy_contract", find)]
    pub energy_contract: Option<String>,
    /// The contract of instalments under which it was renewed.
    #[field(zh = "分期付款合同", en = "Instalment contract", refers = "instalment_contract", find)]
    pub instalment_contract: Option<String>,
    /// The day from which it stands no more.
    #[field(zh = "拆除日期", en = "Removed on", find)]
    pub removed_on: Option<Date>,
    /// Where it stands.
    #[field(zh = "位置", en = "Place")]
    pub place: Option<Point>,
    /// The unit that answers for it and keeps this row.
    #[field(zh = "责任单位", en = "Responsible unit", refers = "unit", find)]
    pub unit: String,
}

fn faults(lamp: &Lamp) -> Vec<FieldFault> {
    let is_under_contract = lamp.energy_contract.is_some() || lamp.instalment_contract.is_some();
    let is_twice = lamp.energy_contract.is_some() && lamp.instalment_contract.is_some();
    Faults::new()
        .needs(is_under_contract, "renewed_on", lamp.renewed_on.is_some())
        .needs(lamp.renewed_on.is_some(), "power_before", lamp.power_before.is_some())
        .unless(!is_twice, "instalment_contract", "lamp_paid_twice")
        .in_order(&[("renewed_on", lamp.renewed_on), ("removed_on", lamp.removed_on)])
        .found()
}
