//! Teams of volunteers 志愿服务队 (G10).

use jiff::civil::Date;
use ledger::{FieldFault, Register};
use serde::{Deserialize, Serialize};

ledger::choices! {
    /// What a team does.
    VolunteerField {
        /// Traffic posts.
        Traffic = "traffic" ("文明交通", "Traffic"),
        /// Clean streets and rivers.
        Sanitation = "sanitation" ("环境卫生", "Clean streets"),
        /// Patrols for order and safety.
        Safety = "safety" ("治安巡防", "Order and safety"),
        /// Help for old, sick and poor people.
        Care = "care" ("扶老助困", "Care"),
        /// Mediation between neighbours.
        Mediation = "mediation" ("矛盾调解", "Mediation"),
        /// Help in emergencies.
        Emergency = "emergency" ("应急救援", "Emergencies"),
        /// Culture, sport, learning.
        Culture = "culture" ("文化教育", "Culture and learning"),
        /// Anything else.
        Other = "other" ("其他", "Other"),
    }
}

/// A team of volunteers that helps to run the city (mission G10: 27 of them; 志愿服务条例).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Register)]
#[register(
    name = "volunteer_team",
    part = "governance",
    mission = "G10",
    zh = "志愿服务队",
    en = "Volunteer team",
    key(code),
    unit = "unit",
    check = "faults"
)]
pub struct VolunteerTeam {
    /// A short stable word.
    #[field(zh = "编码", en = "Code", max = 40)]
    pub code: String,
    /// What it is called.
    #[field(zh = "名称", en = "Name", max = 100, search)]
    pub name: String,
    /// What it does.
    #[field(zh = "服务领域", en = "Field", find)]
    pub field: VolunteerField,
    /// The social organisation that it belongs to, where it belongs to one.
    #[field(zh = "所属社会组织", en = "Social organisation", refers = "social_organisation", find)]
    pub organisation: Option<String>,
    /// The unit that guides it.
    #[field(zh = "责任单位", en = "Responsible unit", refers = "unit", find)]
    pub unit: String,
    /// The street or town that it serves; empty where it serves the whole city.
    #[field(zh = "街道（镇）", en = "Street or town", refers = "division", find)]
    pub street: Option<String>,
    /// The day on which it was formed.
    #[field(zh = "成立日期", en = "Formed on", find)]
    pub formed_on: Date,
    /// The day on which it was dissolved.
    #[field(zh = "解散日期", en = "Dissolved on", find)]
    pub dissolved_on: Option<Date>,
}

fn faults(team: &VolunteerTeam) -> Vec<FieldFault> {
    crate::ends_before(Some(team.formed_on), team.dissolved_on, "dissolved_on").into_iter().collect()
}
