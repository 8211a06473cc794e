//! The "8+X" facilities of towns 城镇设施 (P5): eight that each town must have, and what a town adds. Which the eight are
//! is a dated list of codes.

use jiff::civil::Date;
use kernel::{decimal::Decimal, shape::Point};
use ledger::{FieldFault, Register, register::Faults};
use serde::{Deserialize, Serialize};

ledger::choices! {
    /// Whether a facility is planned, being built or in use.
    FacilityStage {
        /// Planned 规划.
        Planned = "planned" ("规划", "Planned"),
        /// Under construction 在建.
        UnderConstruction = "under_construction" ("在建", "Under construction"),
        /// Completed 建成.
        Completed = "completed" ("建成", "Completed"),
    }
}

ledger::choices! {
    /// What the size of a facility is measured in.
    SizeUnit {
        /// Square metres 平方米.
        SquareMetre = "square_metre" ("平方米", "Square metres"),
        /// Kilometres 千米.
        Kilometre = "kilometre" ("千米", "Kilometres"),
        /// Tonnes a day 吨/日.
        TonneADay = "tonne_a_day" ("吨/日", "Tonnes a day"),
        /// Beds 张床位.
        Bed = "bed" ("张床位", "Beds"),
        /// Places 个.
        Place = "place" ("个", "Places"),
        /// Dwellings 套.
        Dwelling = "dwelling" ("套", "Dwellings"),
    }
}

/// One of the "8+X" facilities of a town 城镇设施 (P5), with what was planned and what is built.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Register)]
#[register(
    name = "town_facility",
    part = "planning",
    mission = "P5",
    zh = "城镇设施",
    en = "Town facility",
    key(code),
    unit = "unit",
    check = "faults"
)]
pub struct TownFacility {
    /// A short code that stays the same; other registers name the row by it.
    #[field(zh = "编码", en = "Code", max = 40)]
    pub code: String,
    /// What it is called.
    #[field(zh = "名称", en = "Name", max = 100, search)]
    pub name: String,
    /// The town that it belongs to.
    #[field(zh = "乡镇街道", en = "Town", refers = "town", find)]
    pub town: String,
    /// Which of the facilities of the programme it is.
    #[field(zh = "设施类别", en = "Kind", list = "town_facility", find)]
    pub kind: String,
    /// Whether it is one that the town added ("X") and none of the eight.
    #[field(zh = "自选设施", en = "Additional", find)]
    pub additional: bool,
    /// Whether it is planned, being built or in use.
    #[field(zh = "建设状态", en = "Stage", find)]
    pub stage: FacilityStage,
    /// When it is to be finished.
    #[field(zh = "计划建成日期", en = "Due on", find)]
    pub due_on: Option<Date>,
    /// When building began.
    #[field(zh = "开工日期", en = "Building began on", find)]
    pub started_on: Option<Date>,
    /// When it was finished.
    #[field(zh = "建成日期", en = "Completed on", find)]
    pub completed_on: Option<Date>,
    /// How large it is to become.
    #[field(zh = "计划规模", en = "Planned size")]
    pub planned_size: Decimal<2>,
    /// How large it is.
    #[field(zh = "建成规模", en = "Built size")]
    pub built_size: Option<Decimal<2>>,
    /// What both sizes are measured in.
    #[field(zh = "规模单位", en = "Unit of size", find)]
    pub size_unit: SizeUnit,
    /// The project by which it is built; its money stands there.
    #[field(zh = "建设项目", en = "Project", refers = "project", find)]
    pub project: Option<String>,
    /// Where it is.
    #[field(zh = "位置", en = "Place")]
    pub place: Option<Point>,
    /// The unit that answers for it and keeps this row.
    #[field(zh = "责任单位", en = "Responsible unit", refers = "unit", find)]
    pub unit: String,
}

/// Stage and dates agree; what is built has a size.
fn faults(facility: &TownFacility) -> Vec<FieldFault> {
    let completed = facility.stage == FacilityStage::Completed;
    Faults::new()
        .needs(
            facility.stage == FacilityStage::UnderConstruction,
            "started_on",
            facility.started_on.is_some(),
        )
        .needs(completed, "completed_on", facility.completed_on.is_some())
        .needs(completed, "built_size", facility.built_size.is_some())
        .unless(completed || facility.completed_on.is_none(), "completed_on", "stage_differs_from_dates")
        .in_order(&[("started_on", facility.started_on), ("completed_on", facility.completed_on)])
        .found()
}
