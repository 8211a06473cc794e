//! Swaps of sites 用地置换: a school or hospital gives its old site and has a larger one elsewhere.

use jiff::civil::Date;
use kernel::{area::Area, money::Fen, shape::Surface};
use ledger::{FieldFault, Register, register::Faults};
use serde::{Deserialize, Serialize};

ledger::choices! {
    /// For what service the sites are swapped.
    SwapPurpose {
        /// A school.
        School = "school" ("学校", "School"),
        /// A hospital.
        Hospital = "hospital" ("医院", "Hospital"),
        /// Offices.
        Office = "office" ("办公用房", "Offices"),
        /// A market.
        Market = "market" ("市场", "Market"),
        /// Works, depots, yards.
        Depot = "depot" ("厂站场库", "Depot"),
    }
}

/// An old site in the city given for a new one, on which what stood there is built anew and larger (S3).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Register)]
#[register(
    name = "land_swap",
    part = "services",
    mission = "S3",
    zh = "易地置换",
    en = "Land swap",
    key(code),
    unit = "unit",
    check = "faults"
)]
pub struct LandSwap {
    /// The number of the agreement.
    #[field(zh = "协议编号", en = "Code", max = 60)]
    pub code: String,
    /// For what service it is.
    #[field(zh = "用途", en = "Purpose", find)]
    pub purpose: SwapPurpose,
    /// Who gives the old site and has the new one.
    #[field(zh = "置换单位", en = "Owner of the old site", refers = "organisation", find)]
    pub owner: String,
    /// Who has the old site and gives the new one.
    #[field(zh = "受让单位", en = "Taker of the old site", refers = "organisation", find)]
    pub taker: String,
    /// The old site, where it is in the register of parcels.
    #[field(zh = "原址地块", en = "Old parcel", refers = "parcel", find)]
    pub old_parcel: Option<String>,
    /// The area of the old site.
    #[field(zh = "原址面积", en = "Old area", unit = "m2", min = 1, find)]
    pub old_area: Area,
    /// What the old site is worth.
    #[field(zh = "原址评估价", en = "Value of the old site", unit = "wan_yuan", find)]
    pub old_value: Fen,
    /// The new site, where it is in the register of parcels.
    #[field(zh = "新址地块", en = "New parcel", refers = "parcel", find)]
    pub new_parcel: Option<String>,
    /// The area of the new site.
    #[field(zh = "新址面积", en = "New area", unit = "m2", min = 1, find)]
    pub new_area: Area,
    /// What the new site is worth with what is built on it.
    #[field(zh = "新址评估价", en = "Value of the new site", unit = "wan_yuan", find)]
    pub new_value: Fen,
    /// What the owner pays in addition; below nothing where the taker pays.
    #[field(zh = "差价（置换单位补付）", en = "Paid by the owner", unit = "wan_yuan", min = -1_000_000_000_000, find)]
    pub difference: Fen,
    /// The project that builds on the new site.
    #[field(zh = "新建项目", en = "Project", refers = "project", find)]
    pub project: Option<String>,
    /// The day of the agreement.
    #[field(zh = "签订日期", en = "Signed on", find)]
    pub signed_on: Date,
    /// The day on which the new site was handed over, ready to use.
    #[field(zh = "新址交付日期", en = "New site handed over on", find)]
    pub new_handed_over_on: Option<Date>,
    /// The day on which the old site was handed over.
    #[field(zh = "原址移交日期", en = "Old site handed over on", find)]
    pub old_handed_over_on: Option<Date>,
    /// The outline of the old site.
    #[field(zh = "原址范围", en = "Old outline")]
    pub old_outline: Option<Surface>,
    /// The outline of the new site.
    #[field(zh = "新址范围", en = "New outline")]
    pub new_outline: Option<Surface>,
    /// The unit that answers for it and keeps this row.
    #[field(zh = "责任单位", en = "Responsible unit", refers = "unit", find)]
    pub unit: String,
}

fn faults(swap: &LandSwap) -> Vec<FieldFault> {
    let same_parcel = swap.old_parcel.is_some() && swap.old_parcel == swap.new_parcel;
    let balances = swap.new_value.checked_sub(swap.old_value) == Ok(swap.difference);
    let signed_on = ("signed_on", Some(swap.signed_on));
    Faults::new()
        .unless(swap.taker != swap.owner, "taker", "parties_same")
        .unless(!same_parcel, "new_parcel", "swap_of_one_site")
        .unless(balances, "difference", "swap_does_not_balance")
        .in_order(&[signed_on, ("new_handed_over_on", swap.new_handed_over_on)])
        .in_order(&[signed_on, ("old_handed_over_on", swap.old_handed_over_on)])
        .found()
}
