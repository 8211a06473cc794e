//! Lease-back 返租倒包 (L5): a leading firm or co-operative improves leased land and leases it back to households and small
//! holders 大园区＋小业主.

use jiff::civil::Date;
use kernel::{area::Area, money::Fen, rate::Rate, shape::Surface};
use ledger::{FieldFault, Register, register::Faults};
use serde::{Deserialize, Serialize};

ledger::choices! {
    /// How leased land was improved.
    Improvement {
        /// Not improved 未改造.
        None = "none" ("未改造", "Not improved"),
        /// Levelled 土地平整.
        Levelled = "levelled" ("土地平整", "Levelled"),
        /// Irrigated 灌溉设施.
        Irrigated = "irrigated" ("灌溉设施", "Irrigated"),
        /// Greenhouses 大棚.
        Greenhouse = "greenhouse" ("大棚", "Greenhouses"),
        /// Pens 养殖圈舍.
        Pens = "pens" ("养殖圈舍", "Pens"),
        /// Ponds 鱼塘.
        Ponds = "ponds" ("鱼塘", "Ponds"),
        /// Planted as an orchard 建园定植.
        Orchard = "orchard" ("建园定植", "Planted as an orchard"),
    }
}

/// A lease of improved land to a household or small holder 返租倒包合同 (L5).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Register)]
#[register(
    name = "lease_back",
    part = "land",
    mission = "L5",
    zh = "返租倒包合同",
    en = "Lease-back",
    key(code),
    unit = "unit",
    valid_from = "begins_on",
    valid_to = "ends_on",
    check = "faults"
)]
pub struct LeaseBack {
    /// A short code that stays the same; other registers name the row by it.
    #[field(zh = "编码", en = "Code", max = 40)]
    pub code: String,
    /// The leading firm or co-operative that improved the land.
    #[field(zh = "出租方", en = "Leased by", refers = "organisation", find)]
    pub lessor: String,
    /// The household that leases it.
    #[field(zh = "承租农户", en = "To household", refers = "household", find)]
    pub household: Option<String>,
    /// The small firm or co-operative that leases it.
    #[field(zh = "承租单位", en = "To organisation", refers = "organisation", find)]
    pub organisation: Option<String>,
    /// The agricultural park that the land lies in.
    #[field(zh = "所在园区", en = "Park", refers = "park", find)]
    pub park: Option<String>,
    /// The level of the four-level transfer at which the lessor got the land.
    #[field(zh = "土地来源", en = "From", refers = "transfer_level")]
    pub level: Option<String>,
    /// How the land was improved.
    #[field(zh = "改造内容", en = "Improved by", find)]
    pub improvement: Improvement,
    /// How much land is leased.
    #[field(zh = "面积", en = "Area", unit = "mu", find)]
    pub area: Area,
    /// How many greenhouses, pens or ponds come with it.
    #[field(zh = "大棚或圈舍数", en = "Greenhouses or pens", unit = "units", max = 100_000, find)]
    pub units: u32,
    /// The rent for a mu and year.
    #[field(zh = "每亩年租金", en = "Rent per mu and year", find)]
    pub rent: Fen,
    /// What is grown or raised.
    #[field(zh = "产品", en = "Product", max = 60, search)]
    pub product: String,
    /// Whether seed, fodder and other supplies come from the lessor.
    #[field(zh = "统一供应农资", en = "Supplies from the lessor", find)]
    pub unified_supply: bool,
    /// Whether the lessor buys what is grown.
    #[field(zh = "统一收购", en = "Bought by the lessor", find)]
    pub unified_purchase: bool,
    /// What the holder is promised to earn in a year.
    #[field(zh = "保底年收入", en = "Income promised a year", unit = "wan_yuan", find)]
    pub floor_income: Option<Fen>,
    /// Which share of the result goes to the holder.
    #[field(zh = "收益分成比例", en = "Share of the result", find)]
    pub result_share: Option<Rate>,
    /// When it was signed.
    #[field(zh = "签订日期", en = "Signed on", find)]
    pub signed_on: Date,
    /// When the lease begins.
    #[field(zh = "租期起", en = "From", find)]
    pub begins_on: Date,
    /// When it ends: not after the lessor's own term.
    #[field(zh = "租期止", en = "Until", find)]
    pub ends_on: Date,
    /// Where the land lies.
    #[field(zh = "范围", en = "Outline")]
    pub outline: Option<Surface>,
    /// The unit that answers for it and keeps this row.
    #[field(zh = "责任单位", en = "Responsible unit", refers = "unit", find)]
    pub unit: String,
}

/// One holder; not to oneself.
fn faults(lease: &LeaseBack) -> Vec<FieldFault> {
    Faults::new()
        .unless(lease.household.is_some() != lease.organisation.is_some(), "household", "one_party_only")
        .unless(lease.organisation.as_ref() != Some(&lease.lessor), "organisation", "refers_to_itself")
        .unless(lease.area > Area::ZERO, "area", "area_missing")
        .in_order(&[("begins_on", Some(lease.begins_on)), ("ends_on", Some(lease.ends_on))])
        .found()
}
