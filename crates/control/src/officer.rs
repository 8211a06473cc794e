//! Officers of the traffic police 民警, 辅警 (G6).

use jiff::civil::Date;
use kernel::id::PersonId;
use ledger::{FieldFault, Register};
use serde::{Deserialize, Serialize};

ledger::choices! {
    /// What an officer may do.
    OfficerKind {
        /// A police officer, who may fine and decide on accidents.
        Police = "police" ("民警", "Police officer"),
        /// An auxiliary, who directs traffic and assists.
        Auxiliary = "auxiliary" ("辅警", "Auxiliary"),
    }
}

/// An officer of a traffic squad. Name and phone stand in the vault, not here (mission G6).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Register)]
#[register(
    name = "officer",
    part = "control",
    mission = "G6",
    zh = "交警",
    en = "Traffic officer",
    key(badge),
    unit = "unit",
    check = "faults"
)]
pub struct Officer {
    /// The service number on the uniform; never the number of an identity card.
    #[field(zh = "警号", en = "Badge", max = 20)]
    pub badge: String,
    /// The officer's name and phone, kept in the vault.
    #[field(zh = "人员", en = "Person")]
    pub person: PersonId,
    /// The squad that the officer serves in.
    #[field(zh = "中队", en = "Squad", refers = "squad", find)]
    pub squad: String,
    /// The unit whose clerks keep this row.
    #[field(zh = "责任单位", en = "Responsible unit", refers = "unit", find)]
    pub unit: String,
    /// What the officer may do.
    #[field(zh = "类别", en = "Kind", find)]
    pub kind: OfficerKind,
    /// The first day in the squad.
    #[field(zh = "到岗日期", en = "Joined on", find)]
    pub joined_on: Date,
    /// The last day in the squad.
    #[field(zh = "离岗日期", en = "Left on", find)]
    pub left_on: Option<Date>,
}

fn faults(officer: &Officer) -> Vec<FieldFault> {
    crate::ends_before(Some(officer.joined_on), officer.left_on, "left_on").into_iter().collect()
}
