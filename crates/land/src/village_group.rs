//! Village groups 村民小组 (L2): the collectives that own the land and give it to households on contract.

use kernel::{
    area::Area,
    id::PersonId,
    shape::{Point, Surface},
};
use ledger::{FieldFault, Register, register::Faults};
use serde::{Deserialize, Serialize};

/// A village group 村民小组 (L2): the collective that gives land on contract 发包方.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Register)]
#[register(
    name = "village_group",
    part = "land",
    mission = "L2",
    zh = "村民小组",
    en = "Village group",
    key(code),
    unit = "unit",
    check = "faults"
)]
pub struct VillageGroup {
    /// Its code as the one that gives land on contract: 14 digits under NY/T 2538, or the city's own.
    #[field(zh = "发包方编码", en = "Code", max = 40)]
    pub code: String,
    /// What it is called.
    #[field(zh = "名称", en = "Name", max = 100, search)]
    pub name: String,
    /// The village or community that it belongs to.
    #[field(zh = "所在村", en = "Village", refers = "division", find)]
    pub division: String,
    /// The economic collective that acts for it, where it is an organisation of its own.
    #[field(zh = "集体经济组织", en = "Collective", refers = "organisation", find)]
    pub collective: Option<String>,
    /// The person at its head; the name stands in the vault.
    #[field(zh = "负责人", en = "Head")]
    pub leader: Option<PersonId>,
    /// How many households belong to it.
    #[field(zh = "户数", en = "Households", unit = "households", max = 10_000, find)]
    pub households: u32,
    /// How many people belong to it.
    #[field(zh = "人口", en = "People", unit = "persons", max = 100_000, find)]
    pub people: u32,
    /// How much land it owns.
    #[field(zh = "集体土地面积", en = "Land owned", unit = "mu", find)]
    pub area: Area,
    /// How much of that is arable.
    #[field(zh = "其中耕地面积", en = "Of it arable", unit = "mu", find)]
    pub arable_area: Area,
    /// Where its houses are.
    #[field(zh = "位置", en = "Place")]
    pub place: Option<Point>,
    /// Where its land lies.
    #[field(zh = "范围", en = "Outline")]
    pub outline: Option<Surface>,
    /// The unit that answers for it and keeps this row.
    #[field(zh = "责任单位", en = "Responsible unit", refers = "unit", find)]
    pub unit: String,
}

/// Arable land is a part of the land.
fn faults(group: &VillageGroup) -> Vec<FieldFault> {
    Faults::new().unless(group.arable_area <= group.area, "arable_area", "part_above_whole").found()
}
