//! The three functional zones of the city 三线 (P1): ecological 生态线, production 生产线 and living line 生活线.

use jiff::civil::Date;
use kernel::{area::Area, shape::Surface};
use ledger::{FieldFault, Register, register::Faults};
use serde::{Deserialize, Serialize};

ledger::choices! {
    /// Which of the three functional zones.
    LineKind {
        /// Ecological line 生态线.
        Ecological = "ecological" ("生态线", "Ecological line"),
        /// Production line 生产线.
        Production = "production" ("生产线", "Production line"),
        /// Living line 生活线.
        Living = "living" ("生活线", "Living line"),
    }
}

ledger::choices! {
    /// A control line that building must not cross.
    HardLine {
        /// Ecological red line 生态保护红线.
        EcologicalRedLine = "ecological_red_line" ("生态保护红线", "Ecological red line"),
        /// Permanent basic farmland 永久基本农田.
        PermanentBasicFarmland = "permanent_basic_farmland" ("永久基本农田", "Permanent basic farmland"),
        /// Urban growth boundary 城镇开发边界.
        UrbanGrowthBoundary = "urban_growth_boundary" ("城镇开发边界", "Urban growth boundary"),
    }
}

/// An area of one of the three functional zones 生态线、生产线、生活线 (P1), with the rules that hold inside.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Register)]
#[register(
    name = "functional_line",
    part = "planning",
    mission = "P1",
    zh = "功能线",
    en = "Functional line",
    key(code),
    unit = "unit",
    valid_from = "begins_on",
    valid_to = "ends_on",
    check = "faults"
)]
pub struct FunctionalLine {
    /// A short code that stays the same; other registers name the row by it.
    #[field(zh = "编码", en = "Code", max = 40)]
    pub code: String,
    /// What it is called.
    #[field(zh = "名称", en = "Name", max = 100, search)]
    pub name: String,
    /// Which of the three it belongs to.
    #[field(zh = "类别", en = "Kind", find)]
    pub kind: LineKind,
    /// The line of today's three control lines 三区三线 that it is part of; empty where it is none.
    #[field(zh = "对应控制线", en = "Control line", find)]
    pub hard_line: Option<HardLine>,
    /// The plan that draws it.
    #[field(zh = "依据规划", en = "Drawn by plan", refers = "plan", find)]
    pub plan: String,
    /// The street or town that it lies in; empty where it lies in several.
    #[field(zh = "所在镇街", en = "Street or town", refers = "division", find)]
    pub division: Option<String>,
    /// From when it is in force.
    #[field(zh = "划定日期", en = "In force from", find)]
    pub begins_on: Date,
    /// The last day on which it is in force.
    #[field(zh = "失效日期", en = "In force until", find)]
    pub ends_on: Option<Date>,
    /// How large it is.
    #[field(zh = "面积", en = "Area", unit = "ha", find)]
    pub area: Area,
    /// Where it lies.
    #[field(zh = "范围", en = "Outline")]
    pub outline: Option<Surface>,
    /// What is allowed inside and what is not.
    #[field(zh = "管控要求", en = "What holds inside", max = 1000, lines)]
    pub controls: String,
    /// The unit that answers for it and keeps this row.
    #[field(zh = "责任单位", en = "Responsible unit", refers = "unit", find)]
    pub unit: String,
}

/// Each control line belongs to one kind of zone: red lines are ecological, basic farmland is for production.
fn faults(line: &FunctionalLine) -> Vec<FieldFault> {
    let fits = match line.hard_line {
        Some(HardLine::EcologicalRedLine) => line.kind == LineKind::Ecological,
        Some(HardLine::PermanentBasicFarmland) => line.kind == LineKind::Production,
        Some(HardLine::UrbanGrowthBoundary) => line.kind != LineKind::Ecological,
        None => true,
    };
    Faults::new()
        .unless(fits, "hard_line", "control_line_of_other_kind")
        .in_order(&[("begins_on", Some(line.begins_on)), ("ends_on", line.ends_on)])
        .unless(line.area > Area::ZERO, "area", "area_missing")
        .found()
}
