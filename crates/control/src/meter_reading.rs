//! Meter readings 抄表 (G4).

use jiff::civil::Date;
use kernel::{decimal::Decimal, money::Fen, period::Period};
use ledger::{FieldFault, Register};
use serde::{Deserialize, Serialize};

use crate::energy_meter::{Carrier, MeteredUse};

ledger::choices! {
    /// How a reading came about.
    ReadingSource {
        /// Somebody read the meter.
        Manual = "manual" ("人工抄表", "Read by hand"),
        /// The meter sent it.
        Remote = "remote" ("远传", "Sent by the meter"),
        /// From the supplier's bill.
        Bill = "bill" ("账单", "From the bill"),
        /// Estimated, because the meter could not be read.
        Estimate = "estimate" ("估算", "Estimated"),
    }
}

/// What a meter counted in a period, as a rule a month (mission G4; the statistics on public institutions' energy).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Register)]
#[register(
    name = "meter_reading",
    part = "control",
    mission = "G4",
    zh = "能耗抄表记录",
    en = "Meter reading",
    key(meter, period),
    unit = "unit",
    check = "faults"
)]
pub struct MeterReading {
    /// Which meter.
    #[field(zh = "计量表", en = "Meter", refers = "energy_meter", find)]
    pub meter: String,
    /// For which period.
    #[field(zh = "期间", en = "Period", find)]
    pub period: Period,
    /// The building that the meter meters; figures for each building count by it.
    #[field(zh = "建筑", en = "Building", refers = "public_building", find)]
    pub building: String,
    /// The unit whose clerks keep this row.
    #[field(zh = "责任单位", en = "Responsible unit", refers = "unit", find)]
    pub unit: String,
    /// What ran through the meter; figures for each kind of energy count by it.
    #[field(zh = "能源种类", en = "Carrier", find)]
    pub carrier: Carrier,
    /// The meter's part of the building; a building's total counts its main meters only.
    #[field(zh = "计量分项", en = "Metered use", find)]
    pub metered_use: MeteredUse,
    /// The day on which the meter was read.
    #[field(zh = "抄表日期", en = "Read on", find)]
    pub read_on: Date,
    /// What the meter showed when the period began.
    #[field(zh = "上期示数", en = "Reading before", max = 100_000_000_000)]
    pub reading_before: Option<Decimal<2>>,
    /// What the meter showed when the period ended.
    #[field(zh = "本期示数", en = "Reading", max = 100_000_000_000)]
    pub reading: Option<Decimal<2>>,
    /// What was used in the period: the difference times the multiplier, in the carrier's unit.
    #[field(zh = "用量", en = "Consumption", max = 100_000_000_000, find)]
    pub consumption: Decimal<2>,
    /// The same in standard coal, by the factors of GB/T 2589 that were in force; empty for water.
    #[field(zh = "折标准煤", en = "Standard coal", unit = "kgce", max = 100_000_000_000, find)]
    pub standard_coal: Option<Decimal<2>>,
    /// What it cost.
    #[field(zh = "费用", en = "Cost", find)]
    pub cost: Option<Fen>,
    /// How the reading came about.
    #[field(zh = "数据来源", en = "Source", find)]
    pub source: ReadingSource,
}

fn faults(reading: &MeterReading) -> Vec<FieldFault> {
    let mut faults = Vec::new();
    if reading.read_on < reading.period.first() {
        faults.push(FieldFault::new("read_on", "read_before_the_period"));
    }
    if reading.carrier == Carrier::Water && reading.standard_coal.is_some() {
        faults.push(FieldFault::new("standard_coal", "water_has_no_standard_coal"));
    }
    // A meter that turned over or was replaced starts anew: then both readings are left empty.
    if let (Some(before), Some(now)) = (reading.reading_before, reading.reading) {
        if now < before {
            faults.push(FieldFault::new("reading", "reading_runs_backwards"));
        } else if now == before && reading.consumption.0 > 0 {
            faults.push(FieldFault::new("consumption", "consumption_without_difference"));
        }
    }
    faults
}
