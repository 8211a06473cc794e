//! Schools 学校 and kindergartens.

use jiff::civil::Date;
use kernel::{area::Area, money::Fen, shape::Point};
use ledger::{FieldFault, Register, register::Faults};
use serde::{Deserialize, Serialize};

use crate::nature::{Nature, Work};

ledger::choices! {
    /// What kind of school.
    SchoolKind {
        /// A kindergarten.
        Kindergarten = "kindergarten" ("幼儿园", "Kindergarten"),
        /// Primary.
        Primary = "primary" ("小学", "Primary school"),
        /// Junior secondary.
        JuniorSecondary = "junior_secondary" ("初级中学", "Junior secondary school"),
        /// Nine years in one.
        NineYear = "nine_year" ("九年一贯制学校", "Nine-year school"),
        /// Senior secondary.
        SeniorSecondary = "senior_secondary" ("高级中学", "Senior secondary school"),
        /// Vocational.
        Vocational = "vocational" ("中等职业学校", "Vocational school"),
        /// For children with special needs.
        Special = "special" ("特殊教育学校", "Special school"),
    }
}

/// A school or kindergarten, and when it was built or made larger last (S8).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Register)]
#[register(
    name = "school",
    part = "services",
    mission = "S8",
    zh = "学校",
    en = "School",
    key(code),
    unit = "unit",
    check = "faults"
)]
pub struct School {
    /// The ten digits of the ministry's school code, or the city's own.
    #[field(zh = "学校标识码", en = "Code", max = 40)]
    pub code: String,
    /// The name on its gate.
    #[field(zh = "校名", en = "Name", max = 100, search)]
    pub name: String,
    /// What kind of school.
    #[field(zh = "类别", en = "Kind", find)]
    pub kind: SchoolKind,
    /// Who runs it.
    #[field(zh = "办学性质", en = "Run by", find)]
    pub nature: Nature,
    /// The body that holds it.
    #[field(zh = "举办者", en = "Held by", refers = "organisation", find)]
    pub holder: Option<String>,
    /// The number of its licence, where it is private.
    #[field(zh = "办学许可证号", en = "Licence", max = 60)]
    pub licence: Option<String>,
    /// What was done to it last.
    #[field(zh = "建设性质", en = "Work", find)]
    pub work: Option<Work>,
    /// The project that did it.
    #[field(zh = "建设项目", en = "Project", refers = "project", find)]
    pub project: Option<String>,
    /// The day on which it was done: built or enlarged.
    #[field(zh = "建成日期", en = "Built on", find)]
    pub built_on: Option<Date>,
    /// How many pupils it has room for.
    #[field(zh = "学位数", en = "Places", unit = "places", min = 0, max = 50_000, find)]
    pub places: Option<i64>,
    /// How many of these places the last work added.
    #[field(zh = "新增学位数", en = "Places added", unit = "places", min = 0, max = 50_000, find)]
    pub places_added: Option<i64>,
    /// The floors of its houses together.
    #[field(zh = "校舍建筑面积", en = "Floor area", unit = "m2", find)]
    pub floor_area: Option<Area>,
    /// What the last work cost.
    #[field(zh = "投资额", en = "Investment", unit = "wan_yuan", find)]
    pub investment: Option<Fen>,
    /// The street or town in which it lies.
    #[field(zh = "所在街道或镇", en = "Street or town", refers = "division", find)]
    pub division: Option<String>,
    /// The day from which it is open no more.
    #[field(zh = "停办日期", en = "Closed on", find)]
    pub closed_on: Option<Date>,
    /// Where its gate is.
    #[field(zh = "位置", en = "Place")]
    pub place: Option<Point>,
    /// The unit that answers for it and keeps this row.
    #[field(zh = "责任单位", en = "Responsible unit", refers = "unit", find)]
    pub unit: String,
}

fn faults(school: &School) -> Vec<FieldFault> {
    let is_private = school.nature != Nature::Public;
    Faults::new()
        .needs(is_private, "holder", school.holder.is_some())
        .needs(school.built_on.is_some(), "work", school.work.is_some())
        .unless(crate::rules::within(school.places_added, school.places), "places_added", "part_above_whole")
        .in_order(&[("built_on", school.built_on), ("closed_on", school.closed_on)])
        .found()
}
