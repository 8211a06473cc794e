//! Parks 园区 (P4): development zones, industrial parks of towns and parks run together with richer cities, each with a
//! management committee and a company.

use jiff::civil::Date;
use kernel::{
    area::Area,
    shape::{Point, Surface},
};
use ledger::{FieldFault, Register, register::Faults};
use serde::{Deserialize, Serialize};

ledger::choices! {
    /// What kind of park it is.
    ParkKind {
        /// Development zone 经济开发区.
        DevelopmentZone = "development_zone" ("经济开发区", "Development zone"),
        /// Industrial park 工业园区.
        IndustrialPark = "industrial_park" ("工业园区", "Industrial park"),
        /// Agricultural park 农业园区.
        AgriculturalPark = "agricultural_park" ("农业园区", "Agricultural park"),
        /// Logistics park 物流园区.
        LogisticsPark = "logistics_park" ("物流园区", "Logistics park"),
        /// Co-operation park 共建园区.
        CooperationPark = "cooperation_park" ("共建园区", "Co-operation park"),
        /// Culture and tourism park 文化旅游园区.
        CulturePark = "culture_park" ("文化旅游园区", "Culture and tourism park"),
    }
}

ledger::choices! {
    /// At which level a park was approved.
    ParkLevel {
        /// National 国家级.
        National = "national" ("国家级", "National"),
        /// Provincial 省级.
        Provincial = "provincial" ("省级", "Provincial"),
        /// Prefecture 州市级.
        Prefecture = "prefecture" ("州市级", "Prefecture"),
        /// County 县市级.
        County = "county" ("县市级", "County"),
        /// Town 乡镇级.
        Town = "town" ("乡镇级", "Town"),
    }
}

/// A park 园区 (P4): a development zone, an industrial park or a park run together with another city 共建园区.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Register)]
#[register(
    name = "park",
    part = "planning",
    mission = "P4",
    zh = "园区",
    en = "Park",
    key(code),
    unit = "unit",
    check = "faults"
)]
pub struct Park {
    /// A short code that stays the same; other registers name the row by it.
    #[field(zh = "编码", en = "Code", max = 40)]
    pub code: String,
    /// What it is called.
    #[field(zh = "名称", en = "Name", max = 100, search)]
    pub name: String,
    /// What kind of park it is.
    #[field(zh = "类型", en = "Kind", find)]
    pub kind: ParkKind,
    /// At which level it was approved.
    #[field(zh = "级别", en = "Level", find)]
    pub level: ParkLevel,
    /// The street or town that it belongs to; where it lies in several, the one with most of it.
    #[field(zh = "所在镇街", en = "Street or town", refers = "division", find)]
    pub division: String,
    /// When it was approved.
    #[field(zh = "批准日期", en = "Approved on", find)]
    pub approved_on: Option<Date>,
    /// The body that approved it.
    #[field(zh = "批准机关", en = "Approved by", max = 100)]
    pub approved_by: Option<String>,
    /// When it was dissolved or merged into another one.
    #[field(zh = "撤销日期", en = "Dissolved on", find)]
    pub closed_on: Option<Date>,
    /// The management committee or other unit that runs the park.
    #[field(zh = "管理委员会", en = "Management committee", refers = "unit", find)]
    pub unit: String,
    /// The company that builds and runs it for the committee.
    #[field(zh = "运营公司", en = "Company", refers = "organisation", find)]
    pub company: Option<String>,
    /// The city or zone that a co-operation park is run together with.
    #[field(zh = "共建方", en = "Partner", max = 100, search)]
    pub partner: Option<String>,
    /// The industry that it lives by (GB/T 4754).
    #[field(zh = "主导产业", en = "Main industry", list = "industry", find)]
    pub main_industry: Option<String>,
    /// How large it is to become.
    #[field(zh = "规划面积", en = "Planned area", unit = "ha", find)]
    pub planned_area: Area,
    /// How much of it is built.
    #[field(zh = "建成面积", en = "Built area", unit = "ha", find)]
    pub built_area: Area,
    /// Where its office or gate is.
    #[field(zh = "位置", en = "Place")]
    pub place: Option<Point>,
    /// Where it lies.
    #[field(zh = "范围", en = "Outline")]
    pub outline: Option<Surface>,
}

/// No more is built than planned; a co-operation park has a partner.
fn faults(park: &Park) -> Vec<FieldFault> {
    Faults::new()
        .unless(park.built_area <= park.planned_area, "built_area", "more_than_planned")
        .needs(park.kind == ParkKind::CooperationPark, "partner", park.partner.is_some())
        .in_order(&[("approved_on", park.approved_on), ("closed_on", park.closed_on)])
        .found()
}
