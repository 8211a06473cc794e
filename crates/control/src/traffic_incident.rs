//! Traffic incidents 交通警情: what happened on a road, and how soon somebody was there (G6).

use kernel::{shape::Point, time::Moment};
use ledger::{FieldFault, Fields, Register, register::File};
use serde::{Deserialize, Serialize};

ledger::choices! {
    /// What happened.
    IncidentKind {
        /// Traffic stands or crawls.
        Congestion = "congestion" ("交通拥堵", "Congestion"),
        /// An accident with damage only.
        Damage = "damage" ("财产损失事故", "Accident with damage"),
        /// An accident with injured or dead people.
        Injury = "injury" ("伤亡事故", "Accident with casualties"),
        /// A vehicle that does not move.
        Breakdown = "breakdown" ("车辆故障", "Breakdown"),
        /// A signal that is dark or wrong.
        Signal = "signal" ("信号灯故障", "Signal failure"),
        /// Something lies on the road, or the road is broken.
        Obstacle = "obstacle" ("路面障碍", "Obstacle"),
        /// Water, ice or snow on the road.
        Weather = "weather" ("恶劣天气", "Weather"),
        /// Vehicles that stand where they may not and stop the traffic.
        IllegalParking = "illegal_parking" ("违法停车", "Illegal parking"),
        /// Anything else.
        Other = "other" ("其他", "Other"),
    }
}

ledger::choices! {
    /// Who saw it first.
    IncidentSource {
        /// Video, by eye or by program.
        Video = "video" ("视频巡查", "Video"),
        /// A call to the police or to the hotline.
        Call = "call" ("群众来电", "Call"),
        /// Officers on the road.
        Patrol = "patrol" ("路面巡逻", "Patrol"),
        /// A detector or the data of a navigation service.
        Detector = "detector" ("检测设备", "Detector"),
        /// A grid keeper or another unit.
        Unit = "unit" ("单位、网格通报", "Unit or grid"),
    }
}

/// An officer who was called.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Fields)]
pub struct Called {
    /// The officer who was sent.
    #[field(zh = "警号", en = "Badge", refers = "officer")]
    pub officer: String,
    /// When the officer was on the scene; empty for who did not come.
    #[field(zh = "到场时间", en = "Arrived at")]
    pub arrived_at: Option<Moment>,
}

/// A congestion, accident or anything else that stops the traffic, with the moments from detecting to clearing (mission G6: about five
/// minutes from detection to arrival; standards 10).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Register)]
#[register(
    name = "traffic_incident",
    part = "control",
    mission = "G6",
    zh = "交通警情",
    en = "Traffic incident",
    key(code),
    unit = "unit",
    complete = "complete",
    check = "faults"
)]
pub struct TrafficIncident {
    /// Its number in the log of the control room.
    #[field(zh = "警情编号", en = "Number", max = 40)]
    pub code: String,
    /// What happened.
    #[field(zh = "类别", en = "Kind", find)]
    pub kind: IncidentKind,
    /// Who saw it first.
    #[field(zh = "发现方式", en = "Source", find)]
    pub source: IncidentSource,
    /// Where, on the map.
    #[field(zh = "位置", en = "Place")]
    pub place: Option<Point>,
    /// Where, in words.
    #[field(zh = "地点", en = "Location", max = 200, search)]
    pub location: String,
    /// The road section, where it is one that is watched.
    #[field(zh = "路段", en = "Road section", refers = "road_section", find)]
    pub road_section: Option<String>,
    /// The squad that was called.
    #[field(zh = "出警中队", en = "Squad", refers = "squad", find)]
    pub squad: Option<String>,
    /// The unit whose clerks keep this row.
    #[field(zh = "责任单位", en = "Responsible unit", refers = "unit", find)]
    pub unit: String,
    /// When it was first seen or told.
    #[field(zh = "发现时间", en = "Detected at", find)]
    pub detected_at: Moment,
    /// When the squad's officers were called.
    #[field(zh = "通知时间", en = "Called at", find)]
    pub called_at: Option<Moment>,
    /// When they said that they are on their way.
    #[field(zh = "接警时间", en = "Accepted at", find)]
    pub accepted_at: Option<Moment>,
    /// When the first of them was there.
    #[field(zh = "到场时间", en = "Arrived at", find)]
    pub arrived_at: Option<Moment>,
    /// When traffic flowed again.
    #[field(zh = "恢复时间", en = "Cleared at", find)]
    pub cleared_at: Option<Moment>,
    /// From detection to arrival; counted from the moments.
    #[field(zh = "到场用时", en = "Response time", unit = "seconds", find, derived)]
    pub response_seconds: Option<u32>,
    /// From detection to clearing; counted from the moments.
    #[field(zh = "处置用时", en = "Time to clear", unit = "seconds", find, derived)]
    pub clearing_seconds: Option<u32>,
    /// The officers who were called.
    #[field(zh = "出警人员", en = "Officers", max = 100)]
    #[serde(default)]
    pub officers: Vec<Called>,
    /// Lanes that were blocked.
    #[field(zh = "占用车道数", en = "Lanes blocked", max = 20)]
    pub lanes_blocked: Option<u32>,
    /// People injured; nothing else is kept of them here.
    #[field(zh = "受伤人数", en = "Injured", max = 10_000, find)]
    pub injured: Option<u32>,
    /// People killed; nothing else is kept of them here.
    #[field(zh = "死亡人数", en = "Killed", max = 10_000, find)]
    pub killed: Option<u32>,
    /// What was done; no names, phones or number plates.
    #[field(zh = "处置情况", en = "What was done", max = 1_000, lines, optional)]
    #[serde(default)]
    pub handling: String,
    /// The reference of the case that it became, where it became one.
    #[field(zh = "关联案卷", en = "Case", max = 40, find)]
    pub case_reference: Option<String>,
    /// A picture of it, without faces and number plates.
    #[field(zh = "现场照片", en = "Photo")]
    pub photo: Option<File>,
}

fn seconds(from: Moment, to: Option<Moment>) -> Option<u32> {
    to.and_then(|to| u32::try_from((to - from) / 1_000).ok())
}

fn complete(incident: &mut TrafficIncident) {
    incident.response_seconds = seconds(incident.detected_at, incident.arrived_at);
    incident.clearing_seconds = seconds(incident.detected_at, incident.cleared_at);
}

/// The moments follow one another; some may be unknown. Officers are on the scene from the first arrival on.
fn faults(incident: &TrafficIncident) -> Vec<FieldFault> {
    let stamps = [
        ("called_at", incident.called_at),
        ("accepted_at", incident.accepted_at),
        ("arrived_at", incident.arrived_at),
        ("cleared_at", incident.cleared_at),
    ];
    let mut faults = Vec::new();
    let mut before = incident.detected_at;
    for (field, stamp) in stamps {
        let Some(stamp) = stamp else { continue };
        if stamp < before {
            faults.push(FieldFault::new(field, "stamp_before_the_one_before"));
        }
        before = before.max(stamp);
    }
    for (field, stamp) in [("accepted_at", incident.accepted_at), ("arrived_at", incident.arrived_at)] {
        if stamp.is_some() && incident.squad.is_none() {
            faults.push(FieldFault::new(field, "squad_missing"));
        }
    }
    for (number, called) in incident.officers.iter().enumerate() {
        let early = called.arrived_at.is_some_and(|at| incident.arrived_at.is_none_or(|first| at < first));
        if early {
            faults.push(FieldFault::new(format!("officers.{number}.arrived_at"), "arrival_before_the_first"));
        }
    }
    let casualties = incident.injured.unwrap_or(0).saturating_add(incident.killed.unwrap_or(0));
    if incident.kind == IncidentKind::Damage && casualties > 0 {
        faults.push(FieldFault::new("kind", "casualties_without_casualty_kind"));
    }
    faults
}
