//! Guide prices of rent 流转指导价 (L3): what the government sets for a mu and year, by land and quality.

use jiff::civil::Date;
use kernel::{decimal::Decimal, money::Fen};
use ledger::{FieldFault, Register, register::Faults};
use serde::{Deserialize, Serialize};

ledger::choices! {
    /// Which land a guide price is for.
    GuideLand {
        /// Paddy 水田.
        Paddy = "paddy" ("水田", "Paddy"),
        /// Dry land 旱地.
        Dry = "dry" ("旱地", "Dry land"),
        /// Vegetable land 菜地.
        Vegetable = "vegetable" ("菜地", "Vegetable land"),
        /// Orchard 园地.
        Orchard = "orchard" ("园地", "Orchard"),
        /// Forest 林地.
        Forest = "forest" ("林地", "Forest"),
        /// Pond 坑塘.
        Pond = "pond" ("坑塘", "Pond"),
    }
}

/// A guide price of rent for a mu and year 土地流转指导价 (L3), in the version that was in force.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Register)]
#[register(
    name = "guide_price",
    part = "land",
    mission = "L3",
    zh = "流转指导价",
    en = "Guide price",
    key(code),
    unit = "unit",
    valid_from = "begins_on",
    valid_to = "ends_on",
    check = "faults"
)]
pub struct GuidePrice {
    /// A short code that stays the same; other registers name the row by it.
    #[field(zh = "编码", en = "Code", max = 40)]
    pub code: String,
    /// Where it holds; everywhere in the city where this is empty.
    #[field(zh = "适用镇街", en = "Street or town", refers = "division", find)]
    pub division: Option<String>,
    /// Which land it is for.
    #[field(zh = "土地类型", en = "Land", find)]
    pub land: GuideLand,
    /// The best quality grade that it is for (1 is best).
    #[field(zh = "等级上限", en = "Best grade", min = 1, max = 10)]
    pub grade_best: u32,
    /// The worst quality grade that it is for.
    #[field(zh = "等级下限", en = "Worst grade", min = 1, max = 10)]
    pub grade_worst: u32,
    /// The rent for a mu and year.
    #[field(zh = "每亩年指导价", en = "Price per mu and year", min = 1, find)]
    pub price: Fen,
    /// The same in kilograms of rice, where rents are agreed so.
    #[field(zh = "折合稻谷", en = "As rice", unit = "kg", max = 100_000)]
    pub rice: Option<Decimal<1>>,
    /// From when it is in force.
    #[field(zh = "执行日期", en = "In force from", find)]
    pub begins_on: Date,
    /// The last day on which it is in force.
    #[field(zh = "失效日期", en = "In force until", find)]
    pub ends_on: Option<Date>,
    /// The number of the document that sets it.
    #[field(zh = "发布文号", en = "Document", max = 60, search)]
    pub document: String,
    /// The unit that answers for it and keeps this row.
    #[field(zh = "责任单位", en = "Responsible unit", refers = "unit", find)]
    pub unit: String,
}

/// The best grade is not worse than the worst.
fn faults(price: &GuidePrice) -> Vec<FieldFault> {
    Faults::new()
        .unless(price.grade_best <= price.grade_worst, "grade_worst", "grades_inverted")
        .in_order(&[("begins_on", Some(price.begins_on)), ("ends_on", price.ends_on)])
        .found()
}
