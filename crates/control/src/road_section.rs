//! Road sections 路段 that are watched (G6).

use jiff::civil::Date;
use kernel::{decimal::Decimal, shape::Line};
use ledger::{FieldFault, Register};
use serde::{Deserialize, Serialize};

ledger::choices! {
    /// What a road is for (GB/T 51328, CJJ 37).
    RoadClass {
        /// An urban expressway.
        Expressway = "expressway" ("快速路", "Expressway"),
        /// A main road.
        Main = "main" ("主干路", "Main road"),
        /// A secondary road.
        Secondary = "secondary" ("次干路", "Secondary road"),
        /// A branch road.
        Branch = "branch" ("支路", "Branch road"),
        /// A road outside the town.
        Highway = "highway" ("公路", "Highway"),
    }
}

/// A stretch of road that a squad answers for: every road, 24 hours (mission G6).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Register)]
#[register(
    name = "road_section",
    part = "control",
    mission = "G6",
    zh = "管控路段",
    en = "Road section",
    key(code),
    unit = "unit",
    check = "faults"
)]
pub struct RoadSection {
    /// A short stable word.
    #[field(zh = "编码", en = "Code", max = 40)]
    pub code: String,
    /// The road and from where to where.
    #[field(zh = "名称", en = "Name", max = 100, search)]
    pub name: String,
    /// What the road is for.
    #[field(zh = "道路等级", en = "Road class", find)]
    pub class: RoadClass,
    /// The squad that is called to it.
    #[field(zh = "责任中队", en = "Squad", refers = "squad", find)]
    pub squad: String,
    /// The unit whose clerks keep this row.
    #[field(zh = "责任单位", en = "Responsible unit", refers = "unit", find)]
    pub unit: String,
    /// Its middle line.
    #[field(zh = "线位", en = "Line")]
    pub line: Option<Line>,
    /// Its length.
    #[field(zh = "长度", en = "Length", unit = "km", min = 1, max = 1_000_000, find)]
    pub length: Decimal<3>,
    /// Lanes in both directions together.
    #[field(zh = "车道数", en = "Lanes", min = 1, max = 20)]
    pub lanes: Option<u32>,
    /// It is watched day and night, by video or posts.
    #[field(zh = "24小时管控", en = "Watched day and night", find)]
    pub watched: bool,
    /// Video cameras that show it.
    #[field(zh = "视频探头数", en = "Cameras", max = 1_000, find)]
    pub cameras: Option<u32>,
    /// The first day of traffic.
    #[field(zh = "通车日期", en = "Opened on", find)]
    pub opened_on: Option<Date>,
    /// The last day of traffic.
    #[field(zh = "停用日期", en = "Closed on", find)]
    pub closed_on: Option<Date>,
}

fn faults(section: &RoadSection) -> Vec<FieldFault> {
    crate::ends_before(section.opened_on, section.closed_on, "closed_on").into_iter().collect()
}
