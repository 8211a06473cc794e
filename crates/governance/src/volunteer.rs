//! Volunteers 志愿者 (G10).

use jiff::civil::Date;
use kernel::id::PersonId;
use ledger::{FieldFault, Register};
use serde::{Deserialize, Serialize};

/// A registered volunteer (mission G10; 志愿服务条例). Who it is stands in the vault. Neither hours nor points of a person
/// are kept: teams count hours, people do not compete.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Register)]
#[register(
    name = "volunteer",
    part = "governance",
    mission = "G10",
    zh = "志愿者",
    en = "Volunteer",
    key(number),
    unit = "unit",
    check = "faults"
)]
pub struct Volunteer {
    /// The number of the registration; never the number of an identity card.
    #[field(zh = "志愿者编号", en = "Number", max = 40)]
    pub number: String,
    /// Name and phone, kept in the vault; empty where only the registration is known or the person asked to be forgotten.
    #[field(zh = "人员", en = "Person")]
    pub person: Option<PersonId>,
    /// The team, where the volunteer belongs to one.
    #[field(zh = "志愿服务队", en = "Team", refers = "volunteer_team", find)]
    pub team: Option<String>,
    /// The unit whose clerks keep this row.
    #[field(zh = "责任单位", en = "Responsible unit", refers = "unit", find)]
    pub unit: String,
    /// The street or town where the volunteer helps.
    #[field(zh = "街道（镇）", en = "Street or town", refers = "division", find)]
    pub street: Option<String>,
    /// The volunteer agreed that the data are kept for calling on them 同意使用个人信息.
    #[field(zh = "已同意使用信息", en = "Agreed", find)]
    pub agreed: bool,
    /// The day of registration.
    #[field(zh = "注册日期", en = "Registered on", find)]
    pub registered_on: Date,
    /// The day on which the volunteer left.
    #[field(zh = "退出日期", en = "Left on", find)]
    pub left_on: Option<Date>,
}

fn faults(volunteer: &Volunteer) -> Vec<FieldFault> {
    let mut faults =
        Vec::from_iter(crate::ends_before(Some(volunteer.registered_on), volunteer.left_on, "left_on"));
    if volunteer.person.is_some() && !volunteer.agreed {
        faults.push(FieldFault::new("agreed", "person_has_not_agreed"));
    }
    faults
}
