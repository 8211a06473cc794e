//! Joint cases 联合处置 that several units handle together (G7).

use jiff::civil::Date;
use kernel::{money::Fen, shape::Point};
use ledger::{FieldFault, Fields, Register, register::File};
use serde::{Deserialize, Serialize};

use crate::joint_campaign::units_once;

ledger::choices! {
    /// Which of the three joints, or enforcement.
    JointKind {
        /// Supervised together 联合监管.
        Supervision = "supervision" ("联合监管", "Joint supervision"),
        /// Handled together 联合处置.
        Handling = "handling" ("联合处置", "Joint handling"),
        /// Enforced together 联合执法.
        Enforcement = "enforcement" ("联合执法", "Joint enforcement"),
    }
}

/// What a unit has to do.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Fields)]
pub struct Share {
    /// Which unit.
    #[field(zh = "单位", en = "Unit", refers = "unit")]
    pub unit: String,
    /// What it has to do.
    #[field(zh = "任务", en = "Task", max = 200)]
    pub task: String,
    /// The last day for it.
    #[field(zh = "期限", en = "Due on")]
    pub due_on: Date,
    /// The day on which it was done.
    #[field(zh = "完成日期", en = "Done on")]
    pub done_on: Option<Date>,
}

/// A problem that one unit cannot solve: several units, one clock, one decision (mission G7; standards 11, 三联).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Register)]
#[register(
    name = "joint_case",
    part = "governance",
    mission = "G7",
    zh = "联合处置案件",
    en = "Joint case",
    key(code),
    unit = "unit",
    complete = "complete",
    check = "faults"
)]
pub struct JointCase {
    /// Its number.
    #[field(zh = "编号", en = "Number", max = 40)]
    pub code: String,
    /// Which of the three joints.
    #[field(zh = "类别", en = "Kind", find)]
    pub kind: JointKind,
    /// What it is about, in a line; no names.
    #[field(zh = "事由", en = "Subject", max = 200, search)]
    pub subject: String,
    /// The campaign that it belongs to, where it belongs to one.
    #[field(zh = "专项行动", en = "Campaign", refers = "joint_campaign", find)]
    pub campaign: Option<String>,
    /// The patrol that found it, where one did.
    #[field(zh = "联合巡查", en = "Patrol", refers = "patrol", find)]
    pub patrol: Option<String>,
    /// The reference of the case behind it, where there is one.
    #[field(zh = "关联案卷", en = "Case", max = 40, find)]
    pub case_reference: Option<String>,
    /// The unit that leads.
    #[field(zh = "牵头单位", en = "Leading unit", refers = "unit", find)]
    pub unit: String,
    /// What each of the other units has to do, each once.
    #[field(zh = "任务分工", en = "Shares", max = 50)]
    #[serde(default)]
    pub units: Vec<Share>,
    /// The street or town.
    #[field(zh = "街道（镇）", en = "Street or town", refers = "division", find)]
    pub street: Option<String>,
    /// Where it was found.
    #[field(zh = "位置", en = "Place")]
    pub place: Option<Point>,
    /// The day on which the units took it up.
    #[field(zh = "启动日期", en = "Opened on", find)]
    pub opened_on: Date,
    /// The last day for the whole.
    #[field(zh = "办结期限", en = "Due on", find)]
    pub due_on: Date,
    /// The day on which all was done.
    #[field(zh = "办结日期", en = "Closed on", find)]
    pub closed_on: Option<Date>,
    /// It was closed in time; counted from the days.
    #[field(zh = "按期办结", en = "In time", find, derived)]
    pub in_time: Option<bool>,
    /// What was decided; it is the rule for the next of its kind.
    #[field(zh = "处理决定", en = "Decision", max = 1_000, lines, optional)]
    #[serde(default)]
    pub decision: String,
    /// Fines that were imposed.
    #[field(zh = "罚款", en = "Fines", find)]
    pub fines: Option<Fen>,
    /// The minutes of the units' meeting 会议纪要.
    #[field(zh = "会议纪要", en = "Minutes")]
    pub minutes: Option<File>,
}

fn complete(case: &mut JointCase) {
    case.in_time = case.closed_on.map(|closed| closed <= case.due_on);
}

fn faults(case: &JointCase) -> Vec<FieldFault> {
    let opened = Some(case.opened_on);
    let days = [(Some(case.due_on), "due_on"), (case.closed_on, "closed_on")];
    let mut faults: Vec<FieldFault> =
        days.into_iter().filter_map(|(last, field)| crate::ends_before(opened, last, field)).collect();
    if case.units.is_empty() {
        faults.push(FieldFault::new("units", "joint_work_of_one_unit"));
    }
    faults.extend(units_once(&case.unit, case.units.iter().map(|share| share.unit.as_str())));
    for (number, share) in case.units.iter().enumerate() {
        if share.due_on > case.due_on {
            faults.push(FieldFault::new(format!("units.{number}.due_on"), "share_due_after_the_whole"));
        }
        if case.closed_on.is_some() && share.done_on.is_none() {
            faults.push(FieldFault::new(format!("units.{number}.done_on"), "share_not_done"));
        }
    }
    if case.closed_on.is_some() && case.decision.trim().is_empty() {
        faults.push(FieldFault::new("decision", "decision_missing"));
    }
    faults
}
