//! Rights to parcels 土地权利 (L2): who owns, who holds on contract, who may use, and for which share.

use jiff::civil::Date;
use kernel::{area::Area, rate::Rate};
use ledger::{FieldFault, Register, register::Faults};
use serde::{Deserialize, Serialize};

ledger::choices! {
    /// A right to land.
    RightKind {
        /// Ownership by a collective 集体土地所有权.
        Ownership = "ownership" ("集体土地所有权", "Ownership by a collective"),
        /// Right by contract 土地承包经营权.
        Contract = "contract" ("土地承包经营权", "Right by contract"),
        /// Right to manage 土地经营权.
        Management = "management" ("土地经营权", "Right to manage"),
        /// Right to a homestead 宅基地使用权.
        Homestead = "homestead" ("宅基地使用权", "Right to a homestead"),
        /// Right to build on collective land 集体建设用地使用权.
        CollectiveBuilding = "collective_building" ("集体建设用地使用权", "Right to build on collective land"),
        /// Right to build on state land 国有建设用地使用权.
        StateBuilding = "state_building" ("国有建设用地使用权", "Right to build on state land"),
        /// Right to use forest 林地使用权.
        Forest = "forest" ("林地使用权", "Right to use forest"),
    }
}

/// A right to a parcel 土地权利 (L2). Ownership, the right by contract and the right to manage are apart 三权分置.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Register)]
#[register(
    name = "land_right",
    part = "land",
    mission = "L2",
    zh = "土地权利",
    en = "Land right",
    key(code),
    unit = "unit",
    valid_from = "begins_on",
    valid_to = "ends_on",
    check = "faults"
)]
pub struct LandRight {
    /// A short code that stays the same; other registers name the row by it.
    #[field(zh = "编码", en = "Code", max = 40)]
    pub code: String,
    /// The parcel that it is a right to.
    #[field(zh = "地块", en = "Parcel", refers = "parcel", find)]
    pub parcel: String,
    /// Which right it is.
    #[field(zh = "权利类型", en = "Kind", find)]
    pub kind: RightKind,
    /// The household that holds it.
    #[field(zh = "权利人（农户）", en = "Held by household", refers = "household", find)]
    pub household: Option<String>,
    /// The organisation that holds it.
    #[field(zh = "权利人（单位）", en = "Held by organisation", refers = "organisation", find)]
    pub organisation: Option<String>,
    /// The village group that holds it.
    #[field(zh = "权利人（村民小组）", en = "Held by village group", refers = "village_group", find)]
    pub village_group: Option<String>,
    /// Which share of the right it is; the whole where nobody else has one.
    #[field(zh = "份额", en = "Share", min = 1, find)]
    pub share: Rate,
    /// The area that the right is for.
    #[field(zh = "面积", en = "Area", unit = "mu", find)]
    pub area: Area,
    /// The number of the certificate.
    #[field(zh = "权证编号", en = "Certificate", max = 60, search)]
    pub certificate: Option<String>,
    /// When it was registered.
    #[field(zh = "登记日期", en = "Registered on", find)]
    pub registered_on: Option<Date>,
    /// From when it is held.
    #[field(zh = "权利期限起", en = "From", find)]
    pub begins_on: Option<Date>,
    /// Until when; empty where it has no end.
    #[field(zh = "权利期限止", en = "Until", find)]
    pub ends_on: Option<Date>,
    /// The bank that it is mortgaged to.
    #[field(zh = "抵押权人", en = "Mortgaged to", refers = "organisation", find)]
    pub mortgaged_to: Option<String>,
    /// The unit that answers for it and keeps this row.
    #[field(zh = "责任单位", en = "Responsible unit", refers = "unit", find)]
    pub unit: String,
}

/// One holder; a collective owns, a household holds on contract.
fn faults(right: &LandRight) -> Vec<FieldFault> {
    let holders = [&right.household, &right.organisation, &right.village_group];
    let one = holders.into_iter().flatten().count() == 1;
    let fits = match right.kind {
        RightKind::Ownership => right.household.is_none(),
        RightKind::Contract | RightKind::Homestead => right.household.is_some(),
        _ => true,
    };
    Faults::new()
        .unless(one, "household", "one_party_only")
        .unless(fits || !one, "kind", "right_of_other_holder")
        .unless(right.area > Area::ZERO, "area", "area_missing")
        .in_order(&[("begins_on", right.begins_on), ("ends_on", right.ends_on)])
        .found()
}
