//! Pipe segments 管段, between two manholes, valves or joints (G9).

use jiff::civil::Date;
use kernel::{decimal::Decimal, shape::Line};
use ledger::{FieldFault, Register};
use serde::{Deserialize, Serialize};

use crate::pipe_network::PipeKind;

ledger::choices! {
    /// What a pipe is made of.
    PipeMaterial {
        /// Cast or ductile iron.
        Iron = "iron" ("铸铁", "Iron"),
        /// Steel.
        Steel = "steel" ("钢", "Steel"),
        /// Concrete.
        Concrete = "concrete" ("混凝土", "Concrete"),
        /// Polyethylene.
        Polyethylene = "polyethylene" ("聚乙烯（PE）", "Polyethylene"),
        /// Polyvinyl chloride.
        Vinyl = "vinyl" ("聚氯乙烯（PVC）", "Polyvinyl chloride"),
        /// Brick or stone.
        Masonry = "masonry" ("砖石", "Masonry"),
        /// Copper cable.
        Copper = "copper" ("铜缆", "Copper cable"),
        /// Optical fibre.
        Fibre = "fibre" ("光纤", "Optical fibre"),
        /// Anything else.
        Other = "other" ("其他", "Other"),
    }
}

ledger::choices! {
    /// How it lies.
    LaidIn {
        /// In the earth.
        Ground = "ground" ("直埋", "In the ground"),
        /// In a duct or channel of its own.
        Duct = "duct" ("管沟、管块", "In a duct"),
        /// In a utility tunnel.
        Tunnel = "tunnel" ("综合管廊", "In a utility tunnel"),
        /// Above the ground.
        Above = "above" ("架空", "Above ground"),
    }
}

ledger::choices! {
    /// In what state the last look found it (the four grades of CJJ 181).
    PipeCondition {
        /// Hardly a defect.
        First = "first" ("一级（良好）", "Grade I (good)"),
        /// Slight defects.
        Second = "second" ("二级（轻微缺陷）", "Grade II (slight defects)"),
        /// Serious defects: repair it soon.
        Third = "third" ("三级（严重缺陷）", "Grade III (serious defects)"),
        /// Grave defects: repair it at once.
        Fourth = "fourth" ("四级（重大缺陷）", "Grade IV (grave defects)"),
    }
}

/// A stretch of pipe or cable between two points of the survey (mission G9; CJJ 61).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Register)]
#[register(
    name = "pipe_segment",
    part = "governance",
    mission = "G9",
    zh = "管段",
    en = "Pipe segment",
    key(code),
    unit = "unit",
    check = "faults"
)]
pub struct PipeSegment {
    /// The number of the survey.
    #[field(zh = "管段编号", en = "Number", max = 60)]
    pub code: String,
    /// The network that it belongs to.
    #[field(zh = "管网", en = "Network", refers = "pipe_network", find)]
    pub network: String,
    /// What runs in it; lengths are counted by it.
    #[field(zh = "管网类别", en = "Kind", find)]
    pub kind: PipeKind,
    /// The bureau that supervises it.
    #[field(zh = "责任单位", en = "Responsible unit", refers = "unit", find)]
    pub unit: String,
    /// The street or town.
    #[field(zh = "街道（镇）", en = "Street or town", refers = "division", find)]
    pub street: Option<String>,
    /// The road that it lies under, in words.
    #[field(zh = "所在道路", en = "Road", max = 100, optional, search)]
    #[serde(default)]
    pub road: String,
    /// The manhole, valve or joint where it begins.
    #[field(zh = "起点点号", en = "From point", max = 60)]
    pub from_point: String,
    /// The manhole, valve or joint where it ends.
    #[field(zh = "终点点号", en = "To point", max = 60)]
    pub to_point: String,
    /// How it runs.
    #[field(zh = "线位", en = "Line")]
    pub line: Line,
    /// Its length.
    #[field(zh = "长度", en = "Length", unit = "m", min = 1, max = 10_000_000, find)]
    pub length: Decimal<2>,
    /// What it is made of.
    #[field(zh = "管材", en = "Material", find)]
    pub material: PipeMaterial,
    /// Its inner width; of a channel, the larger side.
    #[field(zh = "管径", en = "Diameter", unit = "mm", min = 1, max = 20_000, find)]
    pub diameter_mm: Option<u32>,
    /// How deep its top lies where it begins.
    #[field(zh = "起点埋深", en = "Depth at the beginning", unit = "m", min = -1_000, max = 10_000)]
    pub depth_from: Option<Decimal<2>>,
    /// How deep its top lies where it ends.
    #[field(zh = "终点埋深", en = "Depth at the end", unit = "m", min = -1_000, max = 10_000)]
    pub depth_to: Option<Decimal<2>>,
    /// How it lies.
    #[field(zh = "敷设方式", en = "Laid in", find)]
    pub laid_in: LaidIn,
    /// The day on which it was laid.
    #[field(zh = "敷设日期", en = "Laid on", find)]
    pub laid_on: Option<Date>,
    /// The last day of its service.
    #[field(zh = "废弃日期", en = "Abandoned on", find)]
    pub abandoned_on: Option<Date>,
    /// In what state the last look found it.
    #[field(zh = "缺陷等级", en = "Condition", find)]
    pub condition: Option<PipeCondition>,
    /// The day of that look 检测.
    #[field(zh = "检测日期", en = "Looked at on", find)]
    pub looked_at_on: Option<Date>,
}

fn faults(segment: &PipeSegment) -> Vec<FieldFault> {
    let laid = segment.laid_on;
    let mut faults = [(segment.abandoned_on, "abandoned_on"), (segment.looked_at_on, "looked_at_on")]
        .into_iter()
        .filter_map(|(day, field)| crate::ends_before(laid, day, field))
        .collect::<Vec<_>>();
    if segment.from_point == segment.to_point {
        faults.push(FieldFault::new("to_point", "segment_without_length"));
    }
    if segment.condition.is_some() != segment.looked_at_on.is_some() {
        faults.push(FieldFault::new("looked_at_on", "condition_needs_its_day"));
    }
    faults
}
