//! Landmarks 地标 (P2): avenues, buildings, sights and projects by which people know the city.

use jiff::civil::Date;
use kernel::{
    decimal::Decimal,
    shape::{Line, Point},
};
use ledger::{FieldFault, Register, register::Faults};
use serde::{Deserialize, Serialize};

ledger::choices! {
    /// What a landmark is.
    LandmarkKind {
        /// Avenue 地标大道.
        Avenue = "avenue" ("地标大道", "Avenue"),
        /// Building 地标建筑.
        Building = "building" ("地标建筑", "Building"),
        /// Sight 地标景点.
        Sight = "sight" ("地标景点", "Sight"),
        /// Project 地标项目.
        Project = "project" ("地标项目", "Project"),
    }
}

ledger::choices! {
    /// Whether it is planned, being built or finished.
    LandmarkStage {
        /// Planned 规划.
        Planned = "planned" ("规划", "Planned"),
        /// Under construction 在建.
        UnderConstruction = "under_construction" ("在建", "Under construction"),
        /// Completed 建成.
        Completed = "completed" ("建成", "Completed"),
    }
}

/// A landmark 地标 (P2): an avenue, a building, a sight or a project that stands for the city.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Register)]
#[register(
    name = "landmark",
    part = "planning",
    mission = "P2",
    zh = "地标",
    en = "Landmark",
    key(code),
    unit = "unit",
    check = "faults"
)]
pub struct Landmark {
    /// A short code that stays the same; other registers name the row by it.
    #[field(zh = "编码", en = "Code", max = 40)]
    pub code: String,
    /// What it is called.
    #[field(zh = "名称", en = "Name", max = 100, search)]
    pub name: String,
    /// What it is.
    #[field(zh = "类型", en = "Kind", find)]
    pub kind: LandmarkKind,
    /// Whether it is planned, being built or finished.
    #[field(zh = "建设状态", en = "Stage", find)]
    pub stage: LandmarkStage,
    /// When building began.
    #[field(zh = "开工日期", en = "Building began on", find)]
    pub started_on: Option<Date>,
    /// When it was finished.
    #[field(zh = "建成日期", en = "Completed on", find)]
    pub completed_on: Option<Date>,
    /// The scenic area that it belongs to.
    #[field(zh = "所属景区", en = "Scenic area", refers = "scenic_area", find)]
    pub scenic_area: Option<String>,
    /// The street or town that it lies in.
    #[field(zh = "所在镇街", en = "Street or town", refers = "division", find)]
    pub division: String,
    /// The project by which it is built; its money and progress stand there.
    #[field(zh = "建设项目", en = "Project", refers = "project", find)]
    pub project: Option<String>,
    /// The organisation that it belongs to.
    #[field(zh = "业主", en = "Owner", refers = "organisation", find)]
    pub owner: Option<String>,
    /// How long an avenue is.
    #[field(zh = "长度", en = "Length", unit = "km", max = 1_000_000, find)]
    pub length: Option<Decimal<3>>,
    /// How high a building is.
    #[field(zh = "高度", en = "Height", unit = "m", max = 10_000)]
    pub height: Option<Decimal<1>>,
    /// Where it stands.
    #[field(zh = "位置", en = "Place")]
    pub place: Option<Point>,
    /// How an avenue runs.
    #[field(zh = "走向", en = "Course")]
    pub course: Option<Line>,
    /// What makes it a landmark.
    #[field(zh = "简介", en = "About it", max = 1000, lines, search)]
    pub about: Option<String>,
    /// The unit that answers for it and keeps this row.
    #[field(zh = "责任单位", en = "Responsible unit", refers = "unit", find)]
    pub unit: String,
}

/// Stage and dates agree; only avenues have a length and a course.
fn faults(landmark: &Landmark) -> Vec<FieldFault> {
    let avenue = landmark.kind == LandmarkKind::Avenue;
    let completed = landmark.stage == LandmarkStage::Completed;
    Faults::new()
        .needs(
            landmark.stage == LandmarkStage::UnderConstruction,
            "started_on",
            landmark.started_on.is_some(),
        )
        .needs(completed, "completed_on", landmark.completed_on.is_some())
        .unless(completed || landmark.completed_on.is_none(), "completed_on", "stage_differs_from_dates")
        .in_order(&[("started_on", landmark.started_on), ("completed_on", landmark.completed_on)])
        .unless(avenue || landmark.length.is_none(), "length", "only_of_avenues")
        .unless(avenue || landmark.course.is_none(), "course", "only_of_avenues")
        .found()
}
