//! Towns of the town programme 田园化小城镇 (P5): township, platform company and city bureaus build them on low hills and
//! gentle slopes.

use jiff::civil::Date;
use kernel::{
    area::Area,
    money::Fen,
    shape::{Point, Surface},
};
use ledger::{FieldFault, Register, register::Faults};
use serde::{Deserialize, Serialize};

ledger::choices! {
    /// What a town is to live by.
    TownKind {
        /// Traffic 交通枢纽型.
        Traffic = "traffic" ("交通枢纽型", "Traffic"),
        /// Tourism 旅游景观型.
        Tourism = "tourism" ("旅游景观型", "Tourism"),
        /// Green farming 绿色产业型.
        Farming = "farming" ("绿色产业型", "Green farming"),
        /// Industry and mining 工矿园区型.
        Industry = "industry" ("工矿园区型", "Industry and mining"),
        /// Trade 商贸集散型.
        Trade = "trade" ("商贸集散型", "Trade"),
        /// Resettlement 移民安置型.
        Resettlement = "resettlement" ("移民安置型", "Resettlement"),
    }
}

ledger::choices! {
    /// At which level a town is a demonstration town.
    DemonstrationLevel {
        /// None 非示范镇.
        None = "none" ("非示范镇", "None"),
        /// County 县市级.
        County = "county" ("县市级", "County"),
        /// Prefecture 州市级.
        Prefecture = "prefecture" ("州市级", "Prefecture"),
        /// Provincial 省级.
        Provincial = "provincial" ("省级", "Provincial"),
        /// National 国家级.
        National = "national" ("国家级", "National"),
    }
}

/// A town of the programme 小城镇 (P5): its kind, its standing as a demonstration town, and what it has to build on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Register)]
#[register(
    name = "town",
    part = "planning",
    mission = "P5",
    zh = "小城镇",
    en = "Town",
    key(division),
    unit = "unit",
    check = "faults"
)]
pub struct Town {
    /// The town or street; its name and border stand there.
    #[field(zh = "乡镇街道", en = "Town or street", refers = "division", find)]
    pub division: String,
    /// What it is to live by.
    #[field(zh = "类型", en = "Kind", find)]
    pub kind: TownKind,
    /// When it joined the programme.
    #[field(zh = "纳入日期", en = "Joined on", find)]
    pub joined_on: Date,
    /// At which level it is a demonstration town.
    #[field(zh = "示范镇级别", en = "Demonstration town", find)]
    pub demonstration: DemonstrationLevel,
    /// Since when it is one.
    #[field(zh = "命名日期", en = "Demonstration town since", find)]
    pub demonstration_on: Option<Date>,
    /// The company that builds it together with the town.
    #[field(zh = "平台公司", en = "Platform company", refers = "organisation", find)]
    pub company: Option<String>,
    /// The plan that it is built by.
    #[field(zh = "镇规划", en = "Plan", refers = "plan")]
    pub plan: Option<String>,
    /// How many people live in the town itself.
    #[field(zh = "镇区常住人口", en = "People living in town", unit = "persons", max = 1_000_000, find)]
    pub population: u32,
    /// How much of it is built.
    #[field(zh = "镇区建成面积", en = "Built area", unit = "ha", find)]
    pub built_area: Area,
    /// How much land on low hills and gentle slopes it may build on.
    #[field(zh = "低丘缓坡面积", en = "Low hills and gentle slopes", unit = "mu", find)]
    pub slope_area: Area,
    /// What it is to be given to begin with.
    #[field(zh = "启动资金额度", en = "Start-up fund", unit = "wan_yuan", find)]
    pub start_fund: Fen,
    /// Where its centre is.
    #[field(zh = "位置", en = "Place")]
    pub place: Option<Point>,
    /// Where it is to be built.
    #[field(zh = "镇区范围", en = "Outline")]
    pub outline: Option<Surface>,
    /// The unit that answers for it and keeps this row.
    #[field(zh = "责任单位", en = "Responsible unit", refers = "unit", find)]
    pub unit: String,
}

/// A demonstration town says since when.
fn faults(town: &Town) -> Vec<FieldFault> {
    let shown = town.demonstration != DemonstrationLevel::None;
    Faults::new()
        .needs(shown, "demonstration_on", town.demonstration_on.is_some())
        .unless(shown || town.demonstration_on.is_none(), "demonstration_on", "stage_differs_from_dates")
        .found()
}
