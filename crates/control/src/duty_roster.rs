//! Duty rosters 勤务排班 of the traffic squads (G6).

use std::collections::BTreeSet;

use jiff::civil::Date;
use kernel::time::{DAY_MS, Moment};
use ledger::{FieldFault, Fields, Register};
use serde::{Deserialize, Serialize};

ledger::choices! {
    /// Which part of the day.
    Shift {
        /// The early shift.
        Early = "early" ("早班", "Early"),
        /// The middle shift.
        Middle = "middle" ("中班", "Middle"),
        /// The night shift.
        Night = "night" ("夜班", "Night"),
        /// The whole day, on call.
        Day = "day" ("全天备勤", "On call all day"),
    }
}

/// An officer on duty.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Fields)]
pub struct OnDuty {
    /// The officer on duty.
    #[field(zh = "警号", en = "Badge", refers = "officer")]
    pub officer: String,
    /// The road section where the post is; empty for the patrol.
    #[field(zh = "路段", en = "Road section", refers = "road_section")]
    pub road_section: Option<String>,
    /// What the officer does there: post, patrol, video wall, reserve.
    #[field(zh = "岗位", en = "Post", max = 40)]
    pub post: String,
}

/// Who of a squad is on duty in one shift: the list of whom to call (mission G6).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Register)]
#[register(
    name = "duty_roster",
    part = "control",
    mission = "G6",
    zh = "勤务排班",
    en = "Duty roster",
    key(squad, day, shift),
    unit = "unit",
    complete = "complete",
    check = "faults"
)]
pub struct DutyRoster {
    /// Whose roster.
    #[field(zh = "中队", en = "Squad", refers = "squad", find)]
    pub squad: String,
    /// The day on which the shift begins.
    #[field(zh = "日期", en = "Day", find)]
    pub day: Date,
    /// Which shift.
    #[field(zh = "班次", en = "Shift", find)]
    pub shift: Shift,
    /// The unit whose clerks keep this row.
    #[field(zh = "责任单位", en = "Responsible unit", refers = "unit", find)]
    pub unit: String,
    /// When the shift begins.
    #[field(zh = "上岗时间", en = "From", find)]
    pub begins_at: Moment,
    /// When the next shift has taken over; a shift lasts a day at the most.
    #[field(zh = "下岗时间", en = "Until", find)]
    pub ends_at: Moment,
    /// The officer who leads the shift; one of those on duty.
    #[field(zh = "带班人", en = "Shift leader", refers = "officer")]
    pub leader: String,
    /// Everybody on duty, each once.
    #[field(zh = "在岗人员", en = "On duty", max = 200)]
    #[serde(default)]
    pub on_duty: Vec<OnDuty>,
    /// How many are on duty; counted from the list.
    #[field(zh = "在岗人数", en = "Officers on duty", find, derived)]
    #[serde(default)]
    pub officers: Option<u32>,
}

fn complete(roster: &mut DutyRoster) {
    roster.officers = u32::try_from(roster.on_duty.len()).ok();
}

fn faults(roster: &DutyRoster) -> Vec<FieldFault> {
    let mut faults = Vec::new();
    if roster.ends_at <= roster.begins_at {
        faults.push(FieldFault::new("ends_at", "ends_before_it_begins"));
    } else if roster.ends_at - roster.begins_at > DAY_MS {
        faults.push(FieldFault::new("ends_at", "shift_longer_than_a_day"));
    }
    let mut seen = BTreeSet::new();
    for (number, duty) in roster.on_duty.iter().enumerate() {
        if !seen.insert(duty.officer.as_str()) {
            faults.push(FieldFault::new(format!("on_duty.{number}.officer"), "officer_on_duty_twice"));
        }
    }
    if !seen.contains(roster.leader.as_str()) {
        faults.push(FieldFault::new("leader", "leader_not_on_duty"));
    }
    faults
}
