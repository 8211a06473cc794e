//! Squads of the traffic police 交警中队 (G6).

use jiff::civil::Date;
use kernel::shape::{Point, Surface};
use ledger::{FieldFault, Register};
use serde::{Deserialize, Serialize};

/// A squad of the traffic police: it answers, day and night, for the roads of its area (mission G6, standards 10).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Register)]
#[register(
    name = "squad",
    part = "control",
    mission = "G6",
    zh = "交警中队",
    en = "Traffic squad",
    key(code),
    unit = "unit",
    check = "faults"
)]
pub struct Squad {
    /// A short stable word, as rosters and incidents name the squad.
    #[field(zh = "编码", en = "Code", max = 40)]
    pub code: String,
    /// The name that is said on the radio.
    #[field(zh = "名称", en = "Name", max = 100, search)]
    pub name: String,
    /// The unit that the squad belongs to, as a rule the traffic police brigade.
    #[field(zh = "责任单位", en = "Responsible unit", refers = "unit", find)]
    pub unit: String,
    /// The street or town that it serves, where it serves one.
    #[field(zh = "街道（镇）", en = "Street or town", refers = "division", find)]
    pub street: Option<String>,
    /// Where it sets out from; the nearest free squad is looked for from here.
    #[field(zh = "驻地", en = "Station")]
    pub station: Option<Point>,
    /// The area whose roads are its own.
    #[field(zh = "辖区", en = "Area")]
    pub area: Option<Surface>,
    /// Within how many seconds it should arrive after something was detected; about 300 in Kaili.
    #[field(zh = "到场目标", en = "Arrival target", unit = "seconds", min = 1, max = 86_400)]
    pub arrival_target_seconds: Option<u32>,
    /// The first day of its service.
    #[field(zh = "成立日期", en = "Formed on", find)]
    pub formed_on: Option<Date>,
    /// The last day of its service.
    #[field(zh = "撤销日期", en = "Dissolved on", find)]
    pub dissolved_on: Option<Date>,
}

fn faults(squad: &Squad) -> Vec<FieldFault> {
    crate::ends_before(squad.formed_on, squad.dissolved_on, "dissolved_on").into_iter().collect()
}
