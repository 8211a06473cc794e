//! Scenic areas 景区 (P2): the city as one scenic area 全城景区化 is made of them.

use jiff::civil::Date;
use kernel::{
    area::Area,
    shape::{Point, Surface},
};
use ledger::{FieldFault, Register, register::Faults};
use serde::{Deserialize, Serialize};

ledger::choices! {
    /// What people come to see.
    ScenicKind {
        /// Mountains and rivers 自然山水.
        Nature = "nature" ("自然山水", "Mountains and rivers"),
        /// Ethnic village 民族村寨.
        Village = "village" ("民族村寨", "Ethnic village"),
        /// Old town or street 古镇古街.
        Town = "town" ("古镇古街", "Old town or street"),
        /// Waterfront or city park 城市滨水和公园.
        Waterfront = "waterfront" ("城市滨水和公园", "Waterfront or city park"),
        /// Leisure farming 休闲农业.
        Farming = "farming" ("休闲农业", "Leisure farming"),
        /// Industrial heritage 工业遗产.
        Industry = "industry" ("工业遗产", "Industrial heritage"),
        /// Culture 文化场馆.
        Culture = "culture" ("文化场馆", "Culture"),
    }
}

ledger::choices! {
    /// Whether it is planned, being built or open.
    ScenicStage {
        /// Planned 规划.
        Planned = "planned" ("规划", "Planned"),
        /// Under construction 在建.
        UnderConstruction = "under_construction" ("在建", "Under construction"),
        /// Open 已开放.
        Open = "open" ("已开放", "Open"),
        /// Closed 已关闭.
        Closed = "closed" ("已关闭", "Closed"),
    }
}

ledger::choices! {
    /// The grade of a scenic area under GB/T 17775.
    ScenicRating {
        /// A A级.
        A1 = "a1" ("A级", "A"),
        /// AA AA级.
        A2 = "a2" ("AA级", "AA"),
        /// AAA AAA级.
        A3 = "a3" ("AAA级", "AAA"),
        /// AAAA AAAA级.
        A4 = "a4" ("AAAA级", "AAAA"),
        /// AAAAA AAAAA级.
        A5 = "a5" ("AAAAA级", "AAAAA"),
    }
}

/// A scenic area 景区 (P2): its rating, its key standing, and whether it is planned, being built or open.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Register)]
#[register(
    name = "scenic_area",
    part = "planning",
    mission = "P2",
    zh = "景区",
    en = "Scenic area",
    key(code),
    unit = "unit",
    check = "faults"
)]
pub struct ScenicArea {
    /// A short code that stays the same; other registers name the row by it.
    #[field(zh = "编码", en = "Code", max = 40)]
    pub code: String,
    /// What it is called.
    #[field(zh = "名称", en = "Name", max = 100, search)]
    pub name: String,
    /// What people come to see.
    #[field(zh = "类型", en = "Kind", find)]
    pub kind: ScenicKind,
    /// Whether it is one of the city's key scenic areas.
    #[field(zh = "重点景区", en = "Key area", find)]
    pub key_area: bool,
    /// Whether it is planned, being built or open.
    #[field(zh = "建设状态", en = "Stage", find)]
    pub stage: ScenicStage,
    /// When building began.
    #[field(zh = "开工日期", en = "Building began on", find)]
    pub started_on: Option<Date>,
    /// When it was opened to visitors.
    #[field(zh = "开放日期", en = "Opened on", find)]
    pub opened_on: Option<Date>,
    /// Its grade under GB/T 17775; empty while it has none.
    #[field(zh = "质量等级", en = "Rating", find)]
    pub rating: Option<ScenicRating>,
    /// When it was given that grade.
    #[field(zh = "评定日期", en = "Rated on", find)]
    pub rated_on: Option<Date>,
    /// The street or town that it lies in.
    #[field(zh = "所在镇街", en = "Street or town", refers = "division", find)]
    pub division: String,
    /// The organisation that runs it.
    #[field(zh = "运营单位", en = "Run by", refers = "organisation", find)]
    pub operator: Option<String>,
    /// The project by which it is built; its money and progress stand there.
    #[field(zh = "建设项目", en = "Project", refers = "project", find)]
    pub project: Option<String>,
    /// How large it is.
    #[field(zh = "面积", en = "Area", unit = "ha", find)]
    pub area: Area,
    /// How many visitors a day it can carry.
    #[field(zh = "日最大承载量", en = "Visitors a day at the most", max = 2_000_000, unit = "persons")]
    pub visitors_daily_max: Option<u32>,
    /// Where visitors go in.
    #[field(zh = "主入口位置", en = "Main entrance")]
    pub place: Option<Point>,
    /// Where it lies.
    #[field(zh = "范围", en = "Outline")]
    pub outline: Option<Surface>,
    /// The unit that answers for it and keeps this row.
    #[field(zh = "责任单位", en = "Responsible unit", refers = "unit", find)]
    pub unit: String,
}

/// Stage and dates agree, and a grade has a date.
fn faults(scenic: &ScenicArea) -> Vec<FieldFault> {
    let (begun, open) = match scenic.stage {
        ScenicStage::Planned => (false, false),
        ScenicStage::UnderConstruction => (true, false),
        ScenicStage::Open | ScenicStage::Closed => (false, true),
    };
    Faults::new()
        .needs(begun, "started_on", scenic.started_on.is_some())
        .needs(open, "opened_on", scenic.opened_on.is_some())
        .unless(open || scenic.opened_on.is_none(), "opened_on", "stage_differs_from_dates")
        .needs(scenic.rating.is_some(), "rated_on", scenic.rated_on.is_some())
        .needs(scenic.rated_on.is_some(), "rating", scenic.rating.is_some())
        .in_order(&[("started_on", scenic.started_on), ("opened_on", scenic.opened_on)])
        .found()
}
