//! Car parks 停车场.

use jiff::civil::Date;
use kernel::{
    money::Fen,
    shape::{Point, Surface},
};
use ledger::{FieldFault, Register, register::Faults};
use serde::{Deserialize, Serialize};

use crate::rules::within;

ledger::choices! {
    /// What kind of car park.
    CarParkKind {
        /// A building or place for everybody.
        OffStreet = "off_street" ("公共停车场", "Off-street"),
        /// Bays along a street; what they earn is the public's.
        OnStreet = "on_street" ("道路停车泊位", "On-street"),
        /// Of a house or firm, opened to others.
        Shared = "shared" ("配建开放停车场", "Shared"),
        /// For changing to buses.
        ParkAndRide = "park_and_ride" ("换乘停车场", "Park and ride"),
    }
}

ledger::choices! {
    /// Where in the city it is.
    Quarter {
        /// In the old town.
        OldTown = "old_town" ("老城区", "Old town"),
        /// In the new town.
        NewTown = "new_town" ("新城区", "New town"),
        /// In the country.
        Country = "country" ("乡镇", "Country"),
    }
}

/// A car park with its bays, as the guidance screens and the bond's investors know it (S7).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Register)]
#[register(
    name = "car_park",
    part = "services",
    mission = "S7",
    zh = "停车场",
    en = "Car park",
    key(code),
    unit = "unit",
    check = "faults"
)]
pub struct CarPark {
    /// The number of the filing, or the city's own.
    #[field(zh = "备案编号", en = "Code", max = 40)]
    pub code: String,
    /// The name on its signs.
    #[field(zh = "名称", en = "Name", max = 100, search)]
    pub name: String,
    /// What kind of car park.
    #[field(zh = "类别", en = "Kind", find)]
    pub kind: CarParkKind,
    /// Where in the city it is.
    #[field(zh = "片区", en = "Quarter", find)]
    pub quarter: Quarter,
    /// The street or town in which it lies.
    #[field(zh = "所在街道或镇", en = "Street or town", refers = "division", find)]
    pub division: Option<String>,
    /// The address on its gate.
    #[field(zh = "地址", en = "Address", max = 200, search)]
    pub address: Option<String>,
    /// The project that built it.
    #[field(zh = "建设项目", en = "Project", refers = "project", find)]
    pub project: Option<String>,
    /// The bond that paid for it.
    #[field(zh = "专项债券", en = "Bond", refers = "bond", find)]
    pub bond: Option<String>,
    /// What it cost.
    #[field(zh = "投资额", en = "Investment", unit = "wan_yuan", find)]
    pub investment: Option<Fen>,
    /// Who runs it.
    #[field(zh = "经营单位", en = "Operator", refers = "organisation", find)]
    pub operator: Option<String>,
    /// The day on which it opened; empty while it is being built.
    #[field(zh = "启用日期", en = "Opened on", find)]
    pub opened_on: Option<Date>,
    /// The last day on which it was open.
    #[field(zh = "停用日期", en = "Closed on", find)]
    pub closed_on: Option<Date>,
    /// How many bays it has.
    #[field(zh = "泊位数", en = "Bays", unit = "bays", min = 1, max = 100_000, find)]
    pub bays: i64,
    /// How many of them have a charger.
    #[field(zh = "充电泊位", en = "Bays with charger", unit = "bays", min = 0, max = 100_000, find)]
    pub charger_bays: Option<i64>,
    /// How many of them are for disabled people.
    #[field(zh = "无障碍泊位", en = "Accessible bays", unit = "bays", min = 0, max = 100_000, find)]
    pub accessible_bays: Option<i64>,
    /// It tells the city's guidance system how many bays are free.
    #[field(zh = "接入智慧停车平台", en = "Joined to smart parking", find)]
    pub is_joined: bool,
    /// Where its entrance is.
    #[field(zh = "入口位置", en = "Entrance")]
    pub place: Option<Point>,
    /// The outline of it.
    #[field(zh = "范围", en = "Outline")]
    pub outline: Option<Surface>,
    /// The unit that answers for it and keeps this row.
    #[field(zh = "责任单位", en = "Responsible unit", refers = "unit", find)]
    pub unit: String,
}

fn faults(car_park: &CarPark) -> Vec<FieldFault> {
    let bays = Some(car_park.bays);
    Faults::new()
        .unless(within(car_park.charger_bays, bays), "charger_bays", "part_above_whole")
        .unless(within(car_park.accessible_bays, bays), "accessible_bays", "part_above_whole")
        .in_order(&[("opened_on", car_park.opened_on), ("closed_on", car_park.closed_on)])
        .found()
}
