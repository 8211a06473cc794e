//! Coordination orders 管线协调: who digs where and when, and whose pipes are touched (G9).

use std::collections::BTreeSet;

use jiff::civil::Date;
use kernel::{area::Area, shape::Surface};
use ledger::{FieldFault, Fields, Register, register::File};
use serde::{Deserialize, Serialize};

ledger::choices! {
    /// Why somebody digs.
    DigKind {
        /// A work of the year's plan.
        Planned = "planned" ("年度计划", "Planned"),
        /// A work that the plan did not know.
        Added = "added" ("临时增加", "Added to the plan"),
        /// A pipe has burst or is about to: it is reported afterwards.
        Emergency = "emergency" ("应急抢修", "Emergency repair"),
    }
}

ledger::choices! {
    /// How far it is.
    DigStatus {
        /// Asked for, and the networks are being asked.
        Asked = "asked" ("征求意见", "Networks are asked"),
        /// Permitted.
        Permitted = "permitted" ("已许可", "Permitted"),
        /// Refused.
        Refused = "refused" ("不予许可", "Refused"),
        /// They dig.
        UnderWay = "under_way" ("施工中", "Under way"),
        /// The road is whole again and was accepted.
        Restored = "restored" ("已恢复验收", "Restored and accepted"),
    }
}

ledger::choices! {
    /// What a network's owner says.
    NetworkAnswer {
        /// Nothing said yet.
        Open = "open" ("未答复", "Not answered"),
        /// Nothing of theirs is there.
        NotTouched = "not_touched" ("不涉及", "Not touched"),
        /// Theirs is there and will be guarded.
        Guarded = "guarded" ("涉及，现场监护", "Touched, guarded on site"),
        /// They lay or renew theirs in the same trench.
        JoinsIn = "joins_in" ("同步施工", "Joins in"),
        /// They object.
        Objects = "objects" ("不同意", "Objects"),
    }
}

/// A network that was asked.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Fields)]
pub struct AskedNetwork {
    /// The network that is touched.
    #[field(zh = "管网", en = "Network", refers = "pipe_network")]
    pub network: String,
    /// What its owner says.
    #[field(zh = "意见", en = "Answer")]
    pub answer: NetworkAnswer,
    /// The day of the answer.
    #[field(zh = "答复日期", en = "Answered on")]
    pub answered_on: Option<Date>,
}

/// Leave to dig up a road, coordinated with every network below it: one dig, many pipes (mission G9; 城市道路管理条例, standards 10).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Register)]
#[register(
    name = "coordination_order",
    part = "governance",
    mission = "G9",
    zh = "管线施工协调单",
    en = "Coordination order",
    key(code),
    unit = "unit",
    complete = "complete",
    check = "faults"
)]
pub struct CoordinationOrder {
    /// Its number.
    #[field(zh = "编号", en = "Number", max = 40)]
    pub code: String,
    /// What is built, in a line.
    #[field(zh = "事由", en = "Subject", max = 200, search)]
    pub subject: String,
    /// Why somebody digs.
    #[field(zh = "类别", en = "Kind", find)]
    pub kind: DigKind,
    /// The unit that wants to dig.
    #[field(zh = "申请单位", en = "Applicant", refers = "organisation", find)]
    pub applicant: String,
    /// The unit that coordinates and permits.
    #[field(zh = "责任单位", en = "Responsible unit", refers = "unit", find)]
    pub unit: String,
    /// The project that it belongs to, where it belongs to one.
    #[field(zh = "项目", en = "Project", refers = "project", find)]
    pub project: Option<String>,
    /// The street or town.
    #[field(zh = "街道（镇）", en = "Street or town", refers = "division", find)]
    pub street: String,
    /// The road and from where to where.
    #[field(zh = "道路", en = "Road", max = 200, search)]
    pub road: String,
    /// The ground that is dug up.
    #[field(zh = "施工范围", en = "Ground")]
    pub ground: Option<Surface>,
    /// How much of the road is dug up.
    #[field(zh = "挖掘面积", en = "Area dug up", unit = "m2", find)]
    pub area: Option<Area>,
    /// The day of the application; of an emergency, of the report.
    #[field(zh = "申请日期", en = "Asked on", find)]
    pub asked_on: Date,
    /// The first day of digging.
    #[field(zh = "开工日期", en = "Begins on", find)]
    pub begins_on: Date,
    /// The day by which the road has to be whole again.
    #[field(zh = "恢复期限", en = "Due on", find)]
    pub due_on: Date,
    /// Until when the road must not be dug up, because it is new or was overhauled.
    #[field(zh = "禁挖期至", en = "Protected until", find)]
    pub protected_until: Option<Date>,
    /// The government's approval for digging up a protected road.
    #[field(zh = "政府批准文号", en = "Government approval", max = 60)]
    pub approval: Option<String>,
    /// The networks below, each once, with what their owners say.
    #[field(zh = "管线权属意见", en = "Networks", max = 100)]
    #[serde(default)]
    pub networks: Vec<AskedNetwork>,
    /// Networks that join in; counted from the answers.
    #[field(zh = "同步施工管网数", en = "Networks that join in", find, derived)]
    pub joining: Option<u32>,
    /// How far it is.
    #[field(zh = "状态", en = "Status", find)]
    pub status: DigStatus,
    /// The number of the permission.
    #[field(zh = "许可文号", en = "Permission", max = 60)]
    pub permission: Option<String>,
    /// The day on which the restored road was accepted.
    #[field(zh = "恢复验收日期", en = "Restored on", find)]
    pub restored_on: Option<Date>,
    /// It was restored in time; counted from the days.
    #[field(zh = "按期恢复", en = "In time", find, derived)]
    pub in_time: Option<bool>,
    /// A picture of the restored road.
    #[field(zh = "恢复照片", en = "Photo after")]
    pub photo_after: Option<File>,
}

fn complete(order: &mut CoordinationOrder) {
    let joining = order.networks.iter().filter(|asked| asked.answer == NetworkAnswer::JoinsIn).count();
    order.joining = u32::try_from(joining).ok();
    order.in_time = order.restored_on.map(|restored| restored <= order.due_on);
}

fn faults(order: &CoordinationOrder) -> Vec<FieldFault> {
    let begins = Some(order.begins_on);
    let mut faults: Vec<FieldFault> = [(Some(order.due_on), "due_on"), (order.restored_on, "restored_on")]
        .into_iter()
        .filter_map(|(day, field)| crate::ends_before(begins, day, field))
        .collect();
    let mut seen = BTreeSet::new();
    for (number, asked) in order.networks.iter().enumerate() {
        if !seen.insert(asked.network.as_str()) {
            faults.push(FieldFault::new(format!("networks.{number}.network"), "network_asked_twice"));
        }
    }
    let may_dig = matches!(order.status, DigStatus::Permitted | DigStatus::UnderWay | DigStatus::Restored);
    let emergency = order.kind == DigKind::Emergency;
    if may_dig && !emergency {
        let answers = order.networks.iter().map(|asked| asked.answer).enumerate();
        let unwilling = |answer| matches!(answer, NetworkAnswer::Open | NetworkAnswer::Objects);
        faults.extend(answers.filter(|(_, answer)| unwilling(*answer)).map(|(number, _)| {
            FieldFault::new(format!("networks.{number}.answer"), "network_has_not_agreed")
        }));
        if order.permission.is_none() {
            faults.push(FieldFault::new("permission", "permission_missing"));
        }
        let protected = order.protected_until.is_some_and(|until| order.begins_on <= until);
        if protected && order.approval.is_none() {
            faults.push(FieldFault::new("approval", "road_protected"));
        }
    }
    if (order.status == DigStatus::Restored) != order.restored_on.is_some() {
        faults.push(FieldFault::new("restored_on", "restored_needs_its_day"));
    }
    faults
}
