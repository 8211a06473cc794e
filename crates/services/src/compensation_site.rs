//! Green space made elsewhere 易地补建绿地. A site belongs to one obligation, so none is counted twice.

use jiff::civil::Date;
use kernel::{area::Area, shape::Surface};
use ledger::{FieldFault, Register, register::Faults};
use serde::{Deserialize, Serialize};

use crate::rules::within;

ledger::choices! {
    /// Where green space is made.
    SiteLocation {
        /// In the new town.
        NewTown = "new_town" ("新城区", "New town"),
        /// Along the Qingshui river.
        River = "river" ("清水江沿岸", "Along the Qingshui river"),
        /// Anywhere else in the same planning unit.
        SamePlanningUnit = "same_planning_unit" ("同一规划单元", "Same planning unit"),
    }
}

/// A piece of land that is made green to meet one obligation (S2).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Register)]
#[register(
    name = "compensation_site",
    part = "services",
    mission = "S2",
    zh = "易地补建绿地",
    en = "Compensation site",
    key(code),
    unit = "unit",
    check = "faults"
)]
pub struct CompensationSite {
    /// A short code of the site.
    #[field(zh = "编码", en = "Code", max = 40)]
    pub code: String,
    /// The one obligation that it meets, wholly or in part.
    #[field(zh = "补建义务", en = "Obligation", refers = "green_obligation", find)]
    pub obligation: String,
    /// Where it is made.
    #[field(zh = "补建位置", en = "Location", find)]
    pub location: SiteLocation,
    /// The park that it became a part of.
    #[field(zh = "所属公园", en = "Part of park", refers = "park_square", find)]
    pub park: Option<String>,
    /// How large it is to be.
    #[field(zh = "计划面积", en = "Planned area", unit = "m2", min = 1, find)]
    pub planned_area: Area,
    /// How large it was when accepted.
    #[field(zh = "验收面积", en = "Accepted area", unit = "m2", find)]
    pub accepted_area: Option<Area>,
    /// The day on which work began.
    #[field(zh = "开工日期", en = "Started on", find)]
    pub started_on: Option<Date>,
    /// The day on which it was accepted.
    #[field(zh = "验收日期", en = "Accepted on", find)]
    pub accepted_on: Option<Date>,
    /// The outline as surveyed.
    #[field(zh = "范围", en = "Outline")]
    pub outline: Option<Surface>,
    /// The unit that answers for it and keeps this row.
    #[field(zh = "责任单位", en = "Responsible unit", refers = "unit", find)]
    pub unit: String,
}

fn faults(site: &CompensationSite) -> Vec<FieldFault> {
    let is_accepted = site.accepted_on.is_some();
    Faults::new()
        .needs(is_accepted, "accepted_area", site.accepted_area.is_some())
        .needs(is_accepted, "outline", site.outline.is_some())
        .unless(within(site.accepted_area, Some(site.planned_area)), "accepted_area", "more_than_planned")
        .in_order(&[("started_on", site.started_on), ("accepted_on", site.accepted_on)])
        .found()
}
