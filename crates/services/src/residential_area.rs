//! Residential areas 居住小区 and how much of them is green.

use jiff::civil::Date;
use kernel::{
    area::Area,
    rate::{MILLIONTHS, Rate},
    shape::Surface,
};
use ledger::{FieldFault, Register, register::Faults};
use serde::{Deserialize, Serialize};

use crate::rules::{green_needed, within};

ledger::choices! {
    /// How a residential area came to be; how much of it has to be green follows from it.
    AreaKind {
        /// Built on new land.
        New = "new" ("新建", "New"),
        /// Built where others stood.
        Renewal = "renewal" ("旧区改造", "Renewal"),
        /// Of the time before such rules.
        Old = "old" ("老旧小区", "Old"),
    }
}

/// A residential area with its green space. It meets the ratio where its own green, with what was made up for elsewhere and accepted, is as
/// much as its conditions of planning ask for (S2; 城市绿化规划建设指标的规定).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Register)]
#[register(
    name = "residential_area",
    part = "services",
    mission = "S2",
    zh = "居住小区",
    en = "Residential area",
    key(code),
    unit = "unit",
    check = "faults",
    complete = "complete"
)]
pub struct ResidentialArea {
    /// A short code of the residential area.
    #[field(zh = "编码", en = "Code", max = 40)]
    pub code: String,
    /// The name by which people know it.
    #[field(zh = "小区名称", en = "Name", max = 100, search)]
    pub name: String,
    /// How it came to be.
    #[field(zh = "类别", en = "Kind", find)]
    pub kind: AreaKind,
    /// The street or town in which it lies.
    #[field(zh = "所在街道或镇", en = "Street or town", refers = "division", find)]
    pub division: Option<String>,
    /// The firm that built it.
    #[field(zh = "建设单位", en = "Developer", refers = "organisation", find)]
    pub developer: Option<String>,
    /// The day on which it was accepted as finished.
    #[field(zh = "竣工验收日期", en = "Accepted on", find)]
    pub accepted_on: Option<Date>,
    /// How many households it has room for.
    #[field(zh = "户数", en = "Households", min = 0, max = 100_000, unit = "households", find)]
    pub households: Option<i64>,
    /// The land that it stands on.
    #[field(zh = "用地面积", en = "Site", unit = "m2", min = 1, find)]
    pub site_area: Area,
    /// What of its own land is green, as measured.
    #[field(zh = "绿地面积", en = "Green space", unit = "m2", find)]
    pub green_area: Area,
    /// What was made up for elsewhere and accepted.
    #[field(zh = "易地补建绿地面积", en = "Made up for elsewhere", unit = "m2", find)]
    pub compensated_area: Option<Area>,
    /// How much of the land has to be green, by its conditions of planning.
    #[field(zh = "规定绿地率", en = "Required green ratio", find)]
    pub required_ratio: Rate,
    /// How much of the land is green; reckoned from the areas.
    #[field(zh = "绿地率", en = "Green ratio", find, derived)]
    pub green_ratio: Option<Rate>,
    /// It meets the ratio; reckoned from the areas.
    #[field(zh = "绿地率达标", en = "Meets the ratio", find, derived)]
    pub meets_ratio: Option<bool>,
    /// The day of the last survey of its green.
    #[field(zh = "绿地核查日期", en = "Surveyed on", find)]
    pub surveyed_on: Option<Date>,
    /// The outline of its land.
    #[field(zh = "小区范围", en = "Outline")]
    pub outline: Option<Surface>,
    /// The unit that answers for it and keeps this row.
    #[field(zh = "责任单位", en = "Responsible unit", refers = "unit", find)]
    pub unit: String,
}

fn complete(area: &mut ResidentialArea) {
    let ratio = Rate::of(area.green_area.units(), area.site_area.units());
    area.green_ratio = ratio.filter(|ratio| ratio.0 <= MILLIONTHS);
    let made_up = area.compensated_area.unwrap_or(Area::ZERO);
    let green = area.green_area.checked_add(made_up).ok();
    area.meets_ratio =
        green.zip(green_needed(area.site_area, area.required_ratio)).map(|(green, needed)| green >= needed);
}

fn faults(area: &ResidentialArea) -> Vec<FieldFault> {
    Faults::new()
        .unless(area.green_area <= area.site_area, "green_area", "part_above_whole")
        .unless(within(area.compensated_area, Some(area.site_area)), "compensated_area", "part_above_whole")
        .found()
}
