//! Sanitation inspections 环卫巡检 (G5).

use kernel::{id::PersonId, shape::Point, time::Moment};
use ledger::{FieldFault, Register, register::File};
use serde::{Deserialize, Serialize};

ledger::choices! {
    /// By which means somebody looked.
    InspectionMeans {
        /// Somebody went there.
        OnFoot = "on_foot" ("徒步", "On foot"),
        /// From a vehicle.
        Vehicle = "vehicle" ("车巡", "By vehicle"),
        /// From a drone.
        Drone = "drone" ("无人机", "By drone"),
        /// By video.
        Video = "video" ("视频", "By video"),
        /// A sensor told: a full bin, smell, water.
        Sensor = "sensor" ("传感器", "By sensor"),
    }
}

ledger::choices! {
    /// What was found.
    Finding {
        /// Nothing to object to.
        Good = "good" ("合格", "In order"),
        /// It is dirty.
        Dirty = "dirty" ("保洁不到位", "Not clean"),
        /// It is broken.
        Broken = "broken" ("设施破损", "Broken"),
        /// It is missing or out of use.
        Missing = "missing" ("设施缺失停用", "Missing or out of use"),
        /// It is full and not emptied.
        Overflowing = "overflowing" ("满溢未清运", "Not emptied"),
        /// It is there without permission, or not as permitted.
        Unpermitted = "unpermitted" ("未经许可或不符许可", "Not as permitted"),
        /// It may fall or hurt somebody.
        Unsafe = "unsafe" ("安全隐患", "Unsafe"),
    }
}

/// One look at a facility or a place, and what became of what was found (mission G5: handled in time, 100 %).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Register)]
#[register(
    name = "inspection",
    part = "governance",
    mission = "G5",
    zh = "环卫巡检记录",
    en = "Sanitation inspection",
    key(code),
    unit = "unit",
    complete = "complete",
    check = "faults"
)]
pub struct Inspection {
    /// Its number.
    #[field(zh = "编号", en = "Number", max = 40)]
    pub code: String,
    /// The facility that was looked at; empty where it was a street or a square.
    #[field(zh = "设施", en = "Facility", refers = "facility", find)]
    pub facility: Option<String>,
    /// Where the inspector stood.
    #[field(zh = "位置", en = "Place")]
    pub place: Option<Point>,
    /// The street or town.
    #[field(zh = "街道（镇）", en = "Street or town", refers = "division", find)]
    pub street: String,
    /// When somebody looked.
    #[field(zh = "巡检时间", en = "Inspected at", find)]
    pub inspected_at: Moment,
    /// By which means.
    #[field(zh = "巡检方式", en = "Means", find)]
    pub means: InspectionMeans,
    /// Who looked; name and phone are in the vault.
    #[field(zh = "巡检人", en = "Inspector")]
    pub inspector: Option<PersonId>,
    /// What was found.
    #[field(zh = "结果", en = "Finding", find)]
    pub finding: Finding,
    /// More of it; no names, phones or number plates.
    #[field(zh = "情况说明", en = "Remarks", max = 500, lines, optional)]
    #[serde(default)]
    pub remarks: String,
    /// The unit that has to see to it.
    #[field(zh = "责任单位", en = "Responsible unit", refers = "unit", find)]
    pub unit: String,
    /// Until when it has to be seen to; needed where something was found.
    #[field(zh = "整改期限", en = "Due at", find)]
    pub due_at: Option<Moment>,
    /// When it was in order again.
    #[field(zh = "整改完成时间", en = "Put right at", find)]
    pub handled_at: Option<Moment>,
    /// It was put right in time; counted from the moments.
    #[field(zh = "按期整改", en = "In time", find, derived)]
    pub in_time: Option<bool>,
    /// The reference of the case that it became, where it became one.
    #[field(zh = "关联案卷", en = "Case", max = 40, find)]
    pub case_reference: Option<String>,
    /// A picture of what was found.
    #[field(zh = "巡检照片", en = "Photo")]
    pub photo: Option<File>,
    /// A picture of it in order again.
    #[field(zh = "整改照片", en = "Photo after")]
    pub photo_after: Option<File>,
}

fn complete(inspection: &mut Inspection) {
    inspection.in_time = inspection.handled_at.zip(inspection.due_at).map(|(handled, due)| handled <= due);
}

fn faults(inspection: &Inspection) -> Vec<FieldFault> {
    let mut faults = Vec::new();
    if inspection.facility.is_none() && inspection.place.is_none() {
        faults.push(FieldFault::new("place", "place_or_facility_missing"));
    }
    let good = inspection.finding == Finding::Good;
    if !good && inspection.due_at.is_none() {
        faults.push(FieldFault::new("due_at", "due_missing"));
    }
    for (field, at) in [("due_at", inspection.due_at), ("handled_at", inspection.handled_at)] {
        if good && at.is_some() {
            faults.push(FieldFault::new(field, "nothing_to_put_right"));
        } else if at.is_some_and(|at| at < inspection.inspected_at) {
            faults.push(FieldFault::new(field, "before_the_inspection"));
        }
    }
    faults
}
