//! Parks and squares 公园广场.

use jiff::civil::Date;
use kernel::{
    area::Area,
    shape::{Point, Surface},
};
use ledger::{FieldFault, Register, register::Faults};
use serde::{Deserialize, Serialize};

use crate::{nature::Work, rules::within};

ledger::choices! {
    /// What kind of place.
    ParkKind {
        /// For the whole city.
        CityPark = "city_park" ("综合公园", "City park"),
        /// For a neighbourhood.
        CommunityPark = "community_park" ("社区公园", "Community park"),
        /// Small, along a street.
        PocketPark = "pocket_park" ("街头游园", "Pocket park"),
        /// In hills and woods, wetlands.
        NaturePark = "nature_park" ("山体、湿地公园", "Nature park"),
        /// A square.
        Square = "square" ("广场", "Square"),
        /// A green way along a river or road.
        Greenway = "greenway" ("绿道", "Greenway"),
    }
}

/// A park or square that everybody may use. It earns nothing by itself, so it is built in a bundle with what does (S1).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Register)]
#[register(
    name = "park_square",
    part = "services",
    mission = "S1",
    zh = "公园广场",
    en = "Park or square",
    key(code),
    unit = "unit",
    check = "faults"
)]
pub struct ParkSquare {
    /// A short code of the park or square.
    #[field(zh = "编码", en = "Code", max = 40)]
    pub code: String,
    /// The name by which people know it.
    #[field(zh = "名称", en = "Name", max = 100, search)]
    pub name: String,
    /// What kind of place it is.
    #[field(zh = "类别", en = "Kind", find)]
    pub kind: ParkKind,
    /// Whether it was built or made larger.
    #[field(zh = "建设性质", en = "Work", find)]
    pub work: Work,
    /// The project that built it.
    #[field(zh = "建设项目", en = "Project", refers = "project", find)]
    pub project: Option<String>,
    /// The day on which building began.
    #[field(zh = "开工日期", en = "Started on", find)]
    pub started_on: Option<Date>,
    /// The day on which it was finished; empty while it is being built.
    #[field(zh = "建成日期", en = "Built on", find)]
    pub built_on: Option<Date>,
    /// How large it is.
    #[field(zh = "占地面积", en = "Area", unit = "m2", min = 1, find)]
    pub area: Area,
    /// What of it is green.
    #[field(zh = "绿化面积", en = "Green space", unit = "m2", find)]
    pub green_area: Option<Area>,
    /// The street or town in which it lies.
    #[field(zh = "所在街道或镇", en = "Street or town", refers = "division", find)]
    pub division: Option<String>,
    /// Who looks after it.
    #[field(zh = "养护单位", en = "Maintainer", refers = "organisation", find)]
    pub maintainer: Option<String>,
    /// Where its main entrance is.
    #[field(zh = "位置", en = "Place")]
    pub place: Option<Point>,
    /// The outline of its land.
    #[field(zh = "范围", en = "Outline")]
    pub outline: Option<Surface>,
    /// The unit that answers for it and keeps this row.
    #[field(zh = "责任单位", en = "Responsible unit", refers = "unit", find)]
    pub unit: String,
}

fn faults(park: &ParkSquare) -> Vec<FieldFault> {
    Faults::new()
        .unless(within(park.green_area, Some(park.area)), "green_area", "part_above_whole")
        .in_order(&[("started_on", park.started_on), ("built_on", park.built_on)])
        .found()
}
