//! What volunteers did 志愿服务活动 (G10).

use jiff::civil::Date;
use kernel::{decimal::Decimal, shape::Point};
use ledger::{FieldFault, Register, register::File};
use serde::{Deserialize, Serialize};

use crate::volunteer_team::VolunteerField;

/// One activity of a team: how many helped, for how many hours in all (mission G10).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Register)]
#[register(
    name = "volunteer_activity",
    part = "governance",
    mission = "G10",
    zh = "志愿服务活动",
    en = "Volunteer activity",
    key(code),
    unit = "unit",
    check = "faults"
)]
pub struct VolunteerActivity {
    /// Its number.
    #[field(zh = "编号", en = "Number", max = 40)]
    pub code: String,
    /// What it was called.
    #[field(zh = "名称", en = "Name", max = 100, search)]
    pub name: String,
    /// Which team.
    #[field(zh = "志愿服务队", en = "Team", refers = "volunteer_team", find)]
    pub team: String,
    /// The unit that asked for it or guides the team.
    #[field(zh = "责任单位", en = "Responsible unit", refers = "unit", find)]
    pub unit: String,
    /// What was done.
    #[field(zh = "服务领域", en = "Field", find)]
    pub field: VolunteerField,
    /// The street or town.
    #[field(zh = "街道（镇）", en = "Street or town", refers = "division", find)]
    pub street: Option<String>,
    /// Where it was held.
    #[field(zh = "位置", en = "Place")]
    pub place: Option<Point>,
    /// The day on which it was held.
    #[field(zh = "日期", en = "Held on", find)]
    pub held_on: Date,
    /// How many helped.
    #[field(zh = "参加人数", en = "Volunteers", unit = "persons", min = 1, max = 100_000, find)]
    pub volunteers: u32,
    /// The hours of all of them together.
    #[field(zh = "服务时长", en = "Hours", unit = "hours", min = 1, max = 10_000_000, find)]
    pub hours: Decimal<1>,
    /// Problems of the city that they put right or reported.
    #[field(zh = "处理问题数", en = "Problems seen to", max = 100_000, find)]
    pub problems: Option<u32>,
    /// A picture, without faces of people who did not agree.
    #[field(zh = "照片", en = "Photo")]
    pub photo: Option<File>,
}

/// Hours of one volunteer on one day, in tenths.
const HOURS_OF_A_DAY: i64 = 240;

fn faults(activity: &VolunteerActivity) -> Vec<FieldFault> {
    let most = i64::from(activity.volunteers) * HOURS_OF_A_DAY;
    if activity.hours.0 > most {
        vec![FieldFault::new("hours", "more_hours_than_the_day")]
    } else {
        Vec::new()
    }
}
