//! Tariffs of car parks 停车收费标准.

use jiff::civil::Date;
use kernel::money::Fen;
use ledger::{FieldFault, Fields, Register, register::Faults};
use serde::{Deserialize, Serialize};

ledger::choices! {
    /// Who sets a price.
    Pricing {
        /// The government sets it.
        Government = "government" ("政府定价", "Set by the government"),
        /// The government sets the most.
        Guided = "guided" ("政府指导价", "Guided by the government"),
        /// The market.
        Market = "market" ("市场调节价", "Market price"),
    }
}

/// What is charged from one minute of parking to another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Fields)]
pub struct TariffStep {
    /// From this minute on.
    #[field(zh = "起（分钟）", en = "From minute", min = 0, max = 100_000, unit = "min")]
    pub from: i64,
    /// Up to this minute; empty for as long as one parks.
    #[field(zh = "止（分钟）", en = "To minute", min = 1, max = 100_000, unit = "min")]
    pub to: Option<i64>,
    /// What each begun interval of it costs.
    #[field(zh = "每计费单位价格", en = "Price of an interval", unit = "yuan")]
    pub price: Fen,
    /// How long the interval is.
    #[field(zh = "计费单位（分钟）", en = "Interval", min = 1, max = 1440, unit = "min")]
    pub interval: i64,
}

/// What parking costs in one car park from one day on (S7).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Register)]
#[register(
    name = "parking_tariff",
    part = "services",
    mission = "S7",
    zh = "停车收费标准",
    en = "Parking tariff",
    key(car_park, begins_on),
    unit = "unit",
    check = "faults"
)]
pub struct ParkingTariff {
    /// The car park.
    #[field(zh = "停车场", en = "Car park", refers = "car_park", find)]
    pub car_park: String,
    /// The first day on which it holds.
    #[field(zh = "执行日期", en = "In force from", find)]
    pub begins_on: Date,
    /// The last day on which it holds.
    #[field(zh = "失效日期", en = "In force until", find)]
    pub ends_on: Option<Date>,
    /// Who sets the price.
    #[field(zh = "定价方式", en = "Pricing", find)]
    pub pricing: Pricing,
    /// The number of the decision on the price.
    #[field(zh = "价格文件", en = "Price decision", max = 80)]
    pub decision: Option<String>,
    /// How long parking is free.
    #[field(zh = "免费时长（分钟）", en = "Free minutes", min = 0, max = 1440, unit = "min", find)]
    pub free_minutes: i64,
    /// What a day costs at the most.
    #[field(zh = "当日封顶价", en = "Most of a day", unit = "yuan", find)]
    pub day_most: Option<Fen>,
    /// What each time costs, from the first minute to the last.
    #[field(zh = "分段计费", en = "Steps", max = 20)]
    #[serde(default)]
    pub steps: Vec<TariffStep>,
    /// The unit that answers for it and keeps this row.
    #[field(zh = "责任单位", en = "Responsible unit", refers = "unit", find)]
    pub unit: String,
}

fn faults(tariff: &ParkingTariff) -> Vec<FieldFault> {
    let is_decided = tariff.pricing != Pricing::Market;
    let faults = Faults::new()
        .needs(is_decided, "decision", tariff.decision.is_some())
        .needs(true, "steps", !tariff.steps.is_empty())
        .in_order(&[("begins_on", Some(tariff.begins_on)), ("ends_on", tariff.ends_on)]);
    // Each step begins where the one before it ends; only the last has no end.
    let begins = std::iter::once(Some(0)).chain(tariff.steps.iter().map(|step| step.to));
    begins
        .zip(&tariff.steps)
        .enumerate()
        .fold(faults, |faults, (number, (begin, step))| {
            faults
                .unless_in_row(begin == Some(step.from), "steps", number, "from", "tariff_has_gap")
                .unless_in_row(
                    step.to.is_none_or(|to| to > step.from),
                    "steps",
                    number,
                    "to",
                    "tariff_has_gap",
                )
        })
        .found()
}
