//! Joint patrols 联合巡查 (G7).

use kernel::{
    decimal::Decimal,
    shape::Line,
    time::{DAY_MS, Moment},
};
use ledger::{FieldFault, Register};
use serde::{Deserialize, Serialize};

use crate::joint_campaign::{TakingPart, units_once};

/// One patrol of several units together (mission G7). Where it went is written down afterwards; nobody is tracked.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Register)]
#[register(
    name = "patrol",
    part = "governance",
    mission = "G7",
    zh = "联合巡查",
    en = "Joint patrol",
    key(code),
    unit = "unit",
    complete = "complete",
    check = "faults"
)]
pub struct Patrol {
    /// Its number.
    #[field(zh = "编号", en = "Number", max = 40)]
    pub code: String,
    /// The campaign that it belongs to, where it belongs to one.
    #[field(zh = "专项行动", en = "Campaign", refers = "joint_campaign", find)]
    pub campaign: Option<String>,
    /// The unit that leads it.
    #[field(zh = "牵头单位", en = "Leading unit", refers = "unit", find)]
    pub unit: String,
    /// The other units, each once.
    #[field(zh = "参加单位", en = "Units taking part", max = 100)]
    #[serde(default)]
    pub units: Vec<TakingPart>,
    /// The street or town.
    #[field(zh = "街道（镇）", en = "Street or town", refers = "division", find)]
    pub street: String,
    /// When it began.
    #[field(zh = "开始时间", en = "Began at", find)]
    pub began_at: Moment,
    /// When it ended.
    #[field(zh = "结束时间", en = "Ended at", find)]
    pub ended_at: Moment,
    /// Where it went.
    #[field(zh = "路线", en = "Route")]
    pub route: Option<Line>,
    /// How long the route was.
    #[field(zh = "里程", en = "Length", unit = "km", max = 1_000_000, find)]
    pub length: Option<Decimal<3>>,
    /// People who took part, counted from the units.
    #[field(zh = "参加人数", en = "People", unit = "persons", find, derived)]
    pub people: Option<u32>,
    /// Problems that were found.
    #[field(zh = "发现问题数", en = "Problems found", max = 10_000, find)]
    pub found: u32,
    /// Those of them that were put right at once 当场整改.
    #[field(zh = "当场整改数", en = "Put right at once", max = 10_000, find)]
    pub put_right: u32,
    /// Those of them that became joint cases or cases.
    #[field(zh = "移交立案数", en = "Filed as cases", max = 10_000, find)]
    pub filed: u32,
}

fn complete(patrol: &mut Patrol) {
    let people = patrol.units.iter().filter_map(|part| part.people);
    patrol.people = people.reduce(u32::saturating_add);
}

fn faults(patrol: &Patrol) -> Vec<FieldFault> {
    let mut faults = Vec::new();
    if patrol.units.is_empty() {
        faults.push(FieldFault::new("units", "joint_work_of_one_unit"));
    }
    faults.extend(units_once(&patrol.unit, patrol.units.iter().map(|part| part.unit.as_str())));
    if patrol.ended_at <= patrol.began_at {
        faults.push(FieldFault::new("ended_at", "ends_before_it_begins"));
    } else if patrol.ended_at - patrol.began_at > DAY_MS {
        faults.push(FieldFault::new("ended_at", "patrol_longer_than_a_day"));
    }
    if patrol.put_right.saturating_add(patrol.filed) > patrol.found {
        faults.push(FieldFault::new("found", "more_handled_than_found"));
    }
    faults
}
