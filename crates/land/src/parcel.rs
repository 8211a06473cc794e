//! Parcels of rural land 地块 (L2), as the survey of contracted land found them.

use jiff::civil::Date;
use kernel::{area::Area, shape::Surface};
use ledger::{FieldFault, Register, register::Faults};
use serde::{Deserialize, Serialize};

ledger::choices! {
    /// Who owns a parcel.
    Ownership {
        /// A collective 集体所有.
        Collective = "collective" ("集体所有", "A collective"),
        /// The state 国家所有.
        State = "state" ("国家所有", "The state"),
    }
}

/// A parcel of rural land 地块 (L2).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Register)]
#[register(
    name = "parcel",
    part = "land",
    mission = "L2",
    zh = "地块",
    en = "Parcel",
    key(code),
    unit = "unit",
    check = "faults"
)]
pub struct Parcel {
    /// Its code: 19 digits under NY/T 2538, or the city's own.
    #[field(zh = "地块编码", en = "Code", max = 40)]
    pub code: String,
    /// What the field is called.
    #[field(zh = "地块名称", en = "Name", max = 60, search)]
    pub name: Option<String>,
    /// The group whose land it is.
    #[field(zh = "所属村民小组", en = "Village group", refers = "village_group", find)]
    pub village_group: String,
    /// Whether a collective or the state owns it.
    #[field(zh = "所有权性质", en = "Ownership", find)]
    pub ownership: Ownership,
    /// Its use class (GB/T 21010).
    #[field(zh = "地类", en = "Land use", list = "land_use", find)]
    pub land_use: String,
    /// The quality of arable land by GB/T 33469: 1 is best.
    #[field(zh = "耕地质量等级", en = "Quality grade", min = 1, max = 10, find)]
    pub grade: Option<u32>,
    /// Whether it is permanent basic farmland, which nothing else may be done with.
    #[field(zh = "永久基本农田", en = "Permanent basic farmland", find)]
    pub basic_farmland: bool,
    /// The area that the contract says.
    #[field(zh = "合同面积", en = "Area by contract", unit = "mu", find)]
    pub contract_area: Area,
    /// The area that the survey measured.
    #[field(zh = "实测面积", en = "Measured area", unit = "mu", find)]
    pub measured_area: Area,
    /// When it was surveyed.
    #[field(zh = "测量日期", en = "Surveyed on", find)]
    pub surveyed_on: Option<Date>,
    /// What lies east, south, west and north of it: roads, water, codes of parcels; never names of people.
    #[field(zh = "四至", en = "Boundaries", max = 200)]
    pub boundaries: Option<String>,
    /// Where it lies.
    #[field(zh = "范围", en = "Outline")]
    pub outline: Option<Surface>,
    /// The unit that answers for it and keeps this row.
    #[field(zh = "责任单位", en = "Responsible unit", refers = "unit", find)]
    pub unit: String,
}

/// A parcel has an area.
fn faults(parcel: &Parcel) -> Vec<FieldFault> {
    Faults::new().unless(parcel.measured_area > Area::ZERO, "measured_area", "area_missing").found()
}
