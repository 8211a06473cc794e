//! Meters 计量器具 of public buildings (G4).

use jiff::civil::Date;
use kernel::decimal::Decimal;
use ledger::{FieldFault, Register};
use serde::{Deserialize, Serialize};

ledger::choices! {
    /// What runs through a meter; each is read in the unit said in its title.
    Carrier {
        /// Electricity.
        Electricity = "electricity" ("电（kWh）", "Electricity (kWh)"),
        /// Water; no energy, and metered with it.
        Water = "water" ("水（m³）", "Water (m³)"),
        /// Natural gas.
        NaturalGas = "natural_gas" ("天然气（m³）", "Natural gas (m³)"),
        /// Liquefied petroleum gas.
        LiquefiedGas = "liquefied_gas" ("液化石油气（kg）", "Liquefied gas (kg)"),
        /// Coal.
        Coal = "coal" ("煤（kg）", "Coal (kg)"),
        /// Petrol.
        Petrol = "petrol" ("汽油（L）", "Petrol (L)"),
        /// Diesel.
        Diesel = "diesel" ("柴油（L）", "Diesel (L)"),
        /// Heat from a network.
        Heat = "heat" ("热力（MJ）", "Heat (MJ)"),
    }
}

ledger::choices! {
    /// What the metered energy is for (JGJ/T 285).
    MeteredUse {
        /// The whole building or site: the meter that the supplier bills.
        Whole = "whole" ("总表", "Whole building"),
        /// Lighting and sockets.
        Lighting = "lighting" ("照明插座", "Lighting and sockets"),
        /// Heating, cooling, ventilation.
        Climate = "climate" ("空调采暖", "Heating and cooling"),
        /// Lifts, pumps, fans.
        Power = "power" ("动力", "Power"),
        /// Server rooms, kitchens, laboratories.
        Special = "special" ("特殊用电", "Special uses"),
    }
}

/// A meter of a public building (mission G4; GB 17167, GB/T 29149).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Register)]
#[register(
    name = "energy_meter",
    part = "control",
    mission = "G4",
    zh = "能耗计量表",
    en = "Energy meter",
    key(code),
    unit = "unit",
    check = "faults"
)]
pub struct EnergyMeter {
    /// A short stable word; a meter that replaces another has its own.
    #[field(zh = "编码", en = "Code", max = 40)]
    pub code: String,
    /// The number on its plate, as the supplier's bill says.
    #[field(zh = "表号", en = "Serial number", max = 40, search)]
    pub serial: String,
    /// The building that it meters.
    #[field(zh = "建筑", en = "Building", refers = "public_building", find)]
    pub building: String,
    /// The unit whose clerks keep this row.
    #[field(zh = "责任单位", en = "Responsible unit", refers = "unit", find)]
    pub unit: String,
    /// What runs through it.
    #[field(zh = "能源种类", en = "Carrier", find)]
    pub carrier: Carrier,
    /// What the energy is for.
    #[field(zh = "计量分项", en = "Metered use", find)]
    pub metered_use: MeteredUse,
    /// The meter that its consumption is part of; only a main meter has none.
    #[field(zh = "上级表", en = "Meter above", refers = "energy_meter", find)]
    pub above: Option<String>,
    /// What a reading is multiplied by 倍率.
    #[field(zh = "倍率", en = "Multiplier", min = 1, max = 10_000_000)]
    pub multiplier: Decimal<2>,
    /// It is read from afar.
    #[field(zh = "远传", en = "Remote", find)]
    pub remote: bool,
    /// The day of its last verification 检定.
    #[field(zh = "检定日期", en = "Verified on", find)]
    pub verified_on: Option<Date>,
    /// The first day of metering.
    #[field(zh = "安装日期", en = "Installed on", find)]
    pub installed_on: Date,
    /// The last day of metering.
    #[field(zh = "拆除日期", en = "Removed on", find)]
    pub removed_on: Option<Date>,
}

fn faults(meter: &EnergyMeter) -> Vec<FieldFault> {
    let mut faults =
        Vec::from_iter(crate::ends_before(Some(meter.installed_on), meter.removed_on, "removed_on"));
    let whole = meter.metered_use == MeteredUse::Whole;
    if whole && meter.above.is_some() {
        faults.push(FieldFault::new("above", "main_meter_has_one_above"));
    }
    if !whole && meter.above.is_none() {
        faults.push(FieldFault::new("above", "sub_meter_without_one_above"));
    }
    if meter.above.as_ref() == Some(&meter.code) {
        faults.push(FieldFault::new("above", "refers_to_itself"));
    }
    faults
}
