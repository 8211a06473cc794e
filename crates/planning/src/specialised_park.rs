//! Specialised parks inside a park 园中园 (P4): one industry around one leading firm.

use jiff::civil::Date;
use kernel::{
    area::Area,
    shape::{Point, Surface},
};
use ledger::{FieldFault, Register, register::Faults};
use serde::{Deserialize, Serialize};

ledger::choices! {
    /// Whether it is planned, being built or at work.
    SpecialisedStage {
        /// Planned 规划.
        Planned = "planned" ("规划", "Planned"),
        /// Under construction 在建.
        UnderConstruction = "under_construction" ("在建", "Under construction"),
        /// Operating 运营.
        Operating = "operating" ("运营", "Operating"),
        /// Closed 停用.
        Closed = "closed" ("停用", "Closed"),
    }
}

/// A specialised park inside a park 园中园 (P4): one industry, grown around a leading firm.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Register)]
#[register(
    name = "specialised_park",
    part = "planning",
    mission = "P4",
    zh = "园中园",
    en = "Specialised park",
    key(code),
    unit = "unit",
    check = "faults"
)]
pub struct SpecialisedPark {
    /// A short code that stays the same; other registers name the row by it.
    #[field(zh = "编码", en = "Code", max = 40)]
    pub code: String,
    /// What it is called.
    #[field(zh = "名称", en = "Name", max = 100, search)]
    pub name: String,
    /// The park that it lies in.
    #[field(zh = "所在园区", en = "Park", refers = "park", find)]
    pub park: String,
    /// The one industry that it is for (GB/T 4754).
    #[field(zh = "产业", en = "Industry", list = "industry", find)]
    pub industry: String,
    /// The firm that the industry grows around.
    #[field(zh = "龙头企业", en = "Leading firm", refers = "organisation", find)]
    pub leading_firm: Option<String>,
    /// Whether it is planned, being built or at work.
    #[field(zh = "建设状态", en = "Stage", find)]
    pub stage: SpecialisedStage,
    /// When building began.
    #[field(zh = "开工日期", en = "Building began on", find)]
    pub started_on: Option<Date>,
    /// When the first firm began to work there.
    #[field(zh = "投用日期", en = "Opened on", find)]
    pub opened_on: Option<Date>,
    /// How large it is.
    #[field(zh = "面积", en = "Area", unit = "mu", find)]
    pub area: Area,
    /// The floor area of the standard workshops in it.
    #[field(zh = "标准厂房面积", en = "Standard workshops", unit = "m2", find)]
    pub floor_area: Option<Area>,
    /// The project by which it is built.
    #[field(zh = "建设项目", en = "Project", refers = "project", find)]
    pub project: Option<String>,
    /// Where it is.
    #[field(zh = "位置", en = "Place")]
    pub place: Option<Point>,
    /// Where it lies.
    #[field(zh = "范围", en = "Outline")]
    pub outline: Option<Surface>,
    /// The unit that answers for it and keeps this row.
    #[field(zh = "责任单位", en = "Responsible unit", refers = "unit", find)]
    pub unit: String,
}

/// Stage and dates agree; one at work has its leading firm.
fn faults(park: &SpecialisedPark) -> Vec<FieldFault> {
    let operating = park.stage == SpecialisedStage::Operating;
    let opened = operating || park.stage == SpecialisedStage::Closed;
    Faults::new()
        .needs(park.stage == SpecialisedStage::UnderConstruction, "started_on", park.started_on.is_some())
        .needs(opened, "opened_on", park.opened_on.is_some())
        .unless(opened || park.opened_on.is_none(), "opened_on", "stage_differs_from_dates")
        .needs(operating, "leading_firm", park.leading_firm.is_some())
        .in_order(&[("started_on", park.started_on), ("opened_on", park.opened_on)])
        .found()
}
