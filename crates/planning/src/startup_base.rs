//! Start-up bases 创业基地 (P4): where new firms find rooms, advice and loans.

use jiff::civil::Date;
use kernel::{area::Area, shape::Point};
use ledger::{FieldFault, Register, register::Faults};
use serde::{Deserialize, Serialize};

ledger::choices! {
    /// Whom a start-up base is for.
    BaseKind {
        /// Anyone who starts a firm 创业孵化基地.
        General = "general" ("创业孵化基地", "Anyone who starts a firm"),
        /// Migrant workers who come home 返乡创业园.
        Returning = "returning" ("返乡创业园", "Migrant workers who come home"),
        /// Graduates 大学生创业园.
        Graduate = "graduate" ("大学生创业园", "Graduates"),
        /// Makers 众创空间.
        Maker = "maker" ("众创空间", "Makers"),
        /// Farmers 农民创业基地.
        Farming = "farming" ("农民创业基地", "Farmers"),
    }
}

ledger::choices! {
    /// At which level a base was recognised.
    BaseLevel {
        /// National 国家级.
        National = "national" ("国家级", "National"),
        /// Provincial 省级.
        Provincial = "provincial" ("省级", "Provincial"),
        /// Prefecture 州市级.
        Prefecture = "prefecture" ("州市级", "Prefecture"),
        /// County 县市级.
        County = "county" ("县市级", "County"),
    }
}

/// A start-up base 创业基地 (P4): rooms and help for people who found a firm.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Register)]
#[register(
    name = "startup_base",
    part = "planning",
    mission = "P4",
    zh = "创业基地",
    en = "Start-up base",
    key(code),
    unit = "unit",
    check = "faults"
)]
pub struct StartupBase {
    /// A short code that stays the same; other registers name the row by it.
    #[field(zh = "编码", en = "Code", max = 40)]
    pub code: String,
    /// What it is called.
    #[field(zh = "名称", en = "Name", max = 100, search)]
    pub name: String,
    /// Whom it is for.
    #[field(zh = "类型", en = "Kind", find)]
    pub kind: BaseKind,
    /// At which level it was recognised.
    #[field(zh = "级别", en = "Level", find)]
    pub level: BaseLevel,
    /// The organisation that runs it.
    #[field(zh = "运营单位", en = "Run by", refers = "organisation", find)]
    pub operator: String,
    /// The park that it is in.
    #[field(zh = "所在园区", en = "Park", refers = "park", find)]
    pub park: Option<String>,
    /// The street or town that it lies in.
    #[field(zh = "所在镇街", en = "Street or town", refers = "division", find)]
    pub division: String,
    /// When it was recognised.
    #[field(zh = "认定日期", en = "Recognised on", find)]
    pub recognised_on: Date,
    /// When it was closed.
    #[field(zh = "关闭日期", en = "Closed on", find)]
    pub closed_on: Option<Date>,
    /// How much room it has.
    #[field(zh = "场地面积", en = "Floor area", unit = "m2", find)]
    pub floor_area: Option<Area>,
    /// How many firms it has room for.
    #[field(zh = "可容纳企业", en = "Room for firms", unit = "firms", max = 10_000, find)]
    pub firms_max: u32,
    /// Where it is.
    #[field(zh = "位置", en = "Place")]
    pub place: Option<Point>,
    /// The unit that answers for it and keeps this row.
    #[field(zh = "责任单位", en = "Responsible unit", refers = "unit", find)]
    pub unit: String,
}

/// It is closed after it was recognised.
fn faults(base: &StartupBase) -> Vec<FieldFault> {
    Faults::new()
        .in_order(&[("recognised_on", Some(base.recognised_on)), ("closed_on", base.closed_on)])
        .found()
}
