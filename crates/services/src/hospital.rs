//! Hospitals and clinics 医疗机构.

use jiff::civil::Date;
use kernel::{money::Fen, shape::Point};
use ledger::{FieldFault, Register, register::Faults};
use serde::{Deserialize, Serialize};

use crate::{
    nature::{Nature, Work},
    rules::within,
};

ledger::choices! {
    /// What kind of institution.
    HospitalKind {
        /// A general hospital.
        General = "general" ("综合医院", "General hospital"),
        /// A hospital of Chinese or Miao and Dong medicine.
        Traditional = "traditional" ("中医（民族医）医院", "Hospital of traditional medicine"),
        /// For one field.
        Specialised = "specialised" ("专科医院", "Specialised hospital"),
        /// Of a town or community.
        Community = "community" ("社区卫生服务中心、卫生院", "Community health centre"),
        /// For old people who need care.
        Nursing = "nursing" ("医养结合机构", "Nursing hospital"),
    }
}

ledger::choices! {
    /// The grade of a hospital.
    HospitalGrade {
        /// Third.
        Tertiary = "tertiary" ("三级", "Tertiary"),
        /// Second.
        Secondary = "secondary" ("二级", "Secondary"),
        /// First.
        Primary = "primary" ("一级", "Primary"),
        /// Not graded.
        Ungraded = "ungraded" ("未定级", "Ungraded"),
    }
}

/// A hospital or health centre, and when it was built or made larger last (S8).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Register)]
#[register(
    name = "hospital",
    part = "services",
    mission = "S8",
    zh = "医疗机构",
    en = "Hospital",
    key(code),
    unit = "unit",
    check = "faults"
)]
pub struct Hospital {
    /// The registration number of its licence, or the city's own code.
    #[field(zh = "机构登记号", en = "Code", max = 40)]
    pub code: String,
    /// The name on its gate.
    #[field(zh = "名称", en = "Name", max = 100, search)]
    pub name: String,
    /// What kind of institution.
    #[field(zh = "类别", en = "Kind", find)]
    pub kind: HospitalKind,
    /// The grade that it has.
    #[field(zh = "级别", en = "Grade", find)]
    pub grade: HospitalGrade,
    /// Who runs it.
    #[field(zh = "举办性质", en = "Run by", find)]
    pub nature: Nature,
    /// The body that holds it.
    #[field(zh = "举办单位", en = "Held by", refers = "organisation", find)]
    pub holder: Option<String>,
    /// What was done to it last.
    #[field(zh = "建设性质", en = "Work", find)]
    pub work: Option<Work>,
    /// The project that did it.
    #[field(zh = "建设项目", en = "Project", refers = "project", find)]
    pub project: Option<String>,
    /// The day on which it was done: built or enlarged.
    #[field(zh = "建成日期", en = "Built on", find)]
    pub built_on: Option<Date>,
    /// How many beds it has.
    #[field(zh = "床位数", en = "Beds", unit = "beds", min = 0, max = 20_000, find)]
    pub beds: Option<i64>,
    /// How many of these beds the last work added.
    #[field(zh = "新增床位数", en = "Beds added", unit = "beds", min = 0, max = 20_000, find)]
    pub beds_added: Option<i64>,
    /// What the last work cost.
    #[field(zh = "投资额", en = "Investment", unit = "wan_yuan", find)]
    pub investment: Option<Fen>,
    /// The street or town in which it lies.
    #[field(zh = "所在街道或镇", en = "Street or town", refers = "division", find)]
    pub division: Option<String>,
    /// The day from which it is open no more.
    #[field(zh = "停业日期", en = "Closed on", find)]
    pub closed_on: Option<Date>,
    /// Where its gate is.
    #[field(zh = "位置", en = "Place")]
    pub place: Option<Point>,
    /// The unit that answers for it and keeps this row.
    #[field(zh = "责任单位", en = "Responsible unit", refers = "unit", find)]
    pub unit: String,
}

fn faults(hospital: &Hospital) -> Vec<FieldFault> {
    Faults::new()
        .needs(hospital.nature != Nature::Public, "holder", hospital.holder.is_some())
        .needs(hospital.built_on.is_some(), "work", hospital.work.is_some())
        .unless(within(hospital.beds_added, hospital.beds), "beds_added", "part_above_whole")
        .in_order(&[("built_on", hospital.built_on), ("closed_on", hospital.closed_on)])
        .found()
}
