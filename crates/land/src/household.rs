//! Farming households 农户 (L2) that hold land on contract; their people stand in the vault.

use jiff::civil::Date;
use kernel::{area::Area, id::PersonId};
use ledger::{FieldFault, Fields, Register, register::Faults};
use serde::{Deserialize, Serialize};

ledger::choices! {
    /// What a member is to the representative.
    Relation {
        /// The representative 本人.
        Representative = "representative" ("本人", "The representative"),
        /// Spouse 配偶.
        Spouse = "spouse" ("配偶", "Spouse"),
        /// Child 子女.
        Child = "child" ("子女", "Child"),
        /// Parent 父母.
        Parent = "parent" ("父母", "Parent"),
        /// Grandchild 孙子女.
        Grandchild = "grandchild" ("孙子女", "Grandchild"),
        /// Other 其他.
        Other = "other" ("其他", "Other"),
    }
}

/// A person who shares a household's contract.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Fields)]
pub struct Member {
    /// The person, whose name and number stand in the vault.
    #[field(zh = "成员", en = "Person")]
    pub person: PersonId,
    /// What they are to the representative.
    #[field(zh = "与代表关系", en = "Relation")]
    pub relation: Relation,
    /// Whether they belong to the collective that owns the land.
    #[field(zh = "集体成员", en = "Member of the collective")]
    pub of_collective: bool,
}

/// A farming household 承包农户 (L2) with its contract for land. Names and numbers of its people stand in the vault only.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Register)]
#[register(
    name = "household",
    part = "land",
    mission = "L2",
    zh = "农户",
    en = "Household",
    key(code),
    unit = "unit",
    check = "faults"
)]
pub struct Household {
    /// Its code as the one that holds land on contract: 18 digits under NY/T 2538, or the city's own.
    #[field(zh = "承包方编码", en = "Code", max = 40)]
    pub code: String,
    /// The group that it belongs to.
    #[field(zh = "村民小组", en = "Village group", refers = "village_group", find)]
    pub village_group: String,
    /// The person who signs for the household.
    #[field(zh = "承包方代表", en = "Representative")]
    pub head: PersonId,
    /// How many people belong to it.
    #[field(zh = "家庭人口", en = "People", unit = "persons", min = 1, max = 100, find)]
    pub people: u32,
    /// The number of its contract for land.
    #[field(zh = "承包合同编号", en = "Contract number", max = 60, search)]
    pub contract: Option<String>,
    /// The area that its contract says.
    #[field(zh = "合同面积", en = "Area by contract", unit = "mu", find)]
    pub contract_area: Area,
    /// When its contract begins.
    #[field(zh = "承包期起", en = "Contract from", find)]
    pub contract_begins_on: Option<Date>,
    /// When its contract ends.
    #[field(zh = "承包期止", en = "Contract until", find)]
    pub contract_ends_on: Option<Date>,
    /// Whether the whole household lives elsewhere.
    #[field(zh = "整户外出", en = "Away", find)]
    pub moved_away: bool,
    /// The people who share the contract.
    #[field(zh = "家庭成员", en = "Members", max = 100)]
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub members: Vec<Member>,
    /// The unit that answers for it and keeps this row.
    #[field(zh = "责任单位", en = "Responsible unit", refers = "unit", find)]
    pub unit: String,
}

/// Whoever is counted is listed, once the list is made, and nobody twice; a contract ends after it begins.
fn faults(household: &Household) -> Vec<FieldFault> {
    let listed = household.members.len();
    let mut faults = Faults::new()
        .unless(
            listed == 0 || u32::try_from(listed) == Ok(household.people),
            "people",
            "count_differs_from_table",
        )
        .needs(
            household.contract_ends_on.is_some(),
            "contract_begins_on",
            household.contract_begins_on.is_some(),
        )
        .in_order(&[
            ("contract_begins_on", household.contract_begins_on),
            ("contract_ends_on", household.contract_ends_on),
        ]);
    for (number, member) in household.members.iter().enumerate() {
        let known = household.members.iter().take(number).any(|other| other.person == member.person);
        faults = faults.unless_in_row(!known, "members", number, "person", "row_twice");
    }
    faults.found()
}
