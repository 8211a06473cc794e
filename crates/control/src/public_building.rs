//! Public buildings 公共机构建筑, whose energy the public pays (G4).

use jiff::civil::Date;
use kernel::{area::Area, shape::Point};
use ledger::{FieldFault, Register};
use serde::{Deserialize, Serialize};

ledger::choices! {
    /// What a public building is used for (the groups of the statistics on public institutions' energy).
    BuildingUse {
        /// Offices of party and government.
        Office = "office" ("党政机关办公", "Government offices"),
        /// A school, college, kindergarten.
        Education = "education" ("教育", "Education"),
        /// A hospital, clinic.
        Health = "health" ("卫生", "Health"),
        /// A library, museum, theatre.
        Culture = "culture" ("文化", "Culture"),
        /// A stadium, gymnasium.
        Sport = "sport" ("体育", "Sport"),
        /// A research institute.
        Science = "science" ("科技", "Science"),
        /// A hall where people see to their business, a station.
        Service = "service" ("服务大厅、场站", "Service halls and stations"),
        /// Anything else that the public pays for.
        Other = "other" ("其他", "Other"),
    }
}

/// A building of a public institution: what its use of energy and water is divided by (mission G4; 公共机构节能条例; GB/T 51161).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Register)]
#[register(
    name = "public_building",
    part = "control",
    mission = "G4",
    zh = "公共建筑",
    en = "Public building",
    key(code),
    unit = "unit",
    check = "faults"
)]
pub struct PublicBuilding {
    /// A short stable word.
    #[field(zh = "编码", en = "Code", max = 40)]
    pub code: String,
    /// What people call it.
    #[field(zh = "名称", en = "Name", max = 100, search)]
    pub name: String,
    /// What it is used for.
    #[field(zh = "用途", en = "Use", find)]
    pub purpose: BuildingUse,
    /// The institution that uses it and pays for its energy.
    #[field(zh = "用能单位", en = "Institution", refers = "organisation", find)]
    pub institution: String,
    /// The unit whose clerks keep this row.
    #[field(zh = "责任单位", en = "Responsible unit", refers = "unit", find)]
    pub unit: String,
    /// The street or town where it stands.
    #[field(zh = "街道（镇）", en = "Street or town", refers = "division", find)]
    pub street: Option<String>,
    /// Where it stands.
    #[field(zh = "位置", en = "Place")]
    pub place: Option<Point>,
    /// Gross floor area 建筑面积.
    #[field(zh = "建筑面积", en = "Floor area", unit = "m2", min = 1, find)]
    pub floor_area: Area,
    /// People who use it on an ordinary day 用能人数: staff, pupils, beds.
    #[field(zh = "用能人数", en = "Users", unit = "persons", max = 1_000_000, find)]
    pub users: Option<u32>,
    /// The year in which it was finished.
    #[field(zh = "建成年份", en = "Built in", min = 1800, max = 2200, find)]
    pub built_year: Option<i64>,
    /// Its consumption is metered by purpose 分项计量 (JGJ/T 285).
    #[field(zh = "分项计量", en = "Sub-metered", find)]
    pub sub_metered: bool,
    /// The day of its last energy audit 能源审计.
    #[field(zh = "能源审计日期", en = "Audited on", find)]
    pub audited_on: Option<Date>,
    /// The day on which its energy renovation 节能改造 was accepted.
    #[field(zh = "节能改造验收日期", en = "Renovated on", find)]
    pub renovated_on: Option<Date>,
    /// The first day of its use.
    #[field(zh = "启用日期", en = "Used from", find)]
    pub used_from: Option<Date>,
    /// The last day of its use.
    #[field(zh = "停用日期", en = "Used until", find)]
    pub used_until: Option<Date>,
}

fn faults(building: &PublicBuilding) -> Vec<FieldFault> {
    crate::ends_before(building.used_from, building.used_until, "used_until").into_iter().collect()
}
