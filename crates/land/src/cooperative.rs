//! Land-share co-operatives 土地股份合作社 (L2): land as shares, a floor for each mu and a split of what is left 保底收益＋按股分红.

use jiff::civil::Date;
use kernel::{
    area::Area,
    money::Fen,
    rate::{MILLIONTHS, Rate},
    shape::Point,
};
use ledger::{FieldFault, Register, register::Faults};
use serde::{Deserialize, Serialize};

ledger::choices! {
    /// Who works a co-operative's land.
    CooperativeKind {
        /// The co-operative itself 自主经营.
        Own = "own" ("自主经营", "The co-operative itself"),
        /// Shares inside, leased to somebody outside 内股外租.
        LeasedOut = "leased_out" ("内股外租", "A tenant"),
        /// It and a firm together 联合经营.
        Joint = "joint" ("联合经营", "It and a firm together"),
    }
}

/// A land-share co-operative 土地股份合作社 (L2) and how it shares what it earns.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Register)]
#[register(
    name = "cooperative",
    part = "land",
    mission = "L2",
    zh = "土地股份合作社",
    en = "Land-share co-operative",
    key(organisation),
    unit = "unit",
    check = "faults"
)]
pub struct Cooperative {
    /// The organisation that it is; its name and code stand there.
    #[field(zh = "合作社", en = "Co-operative", refers = "organisation", find)]
    pub organisation: String,
    /// The village or community that it belongs to.
    #[field(zh = "所在村", en = "Village", refers = "division", find)]
    pub division: String,
    /// Who works the land.
    #[field(zh = "经营类型", en = "Kind", find)]
    pub kind: CooperativeKind,
    /// How many shares there are.
    #[field(zh = "总股数", en = "Shares", unit = "shares", min = 1, find)]
    pub shares: u32,
    /// How much land was brought in.
    #[field(zh = "入股土地面积", en = "Land in shares", unit = "mu", find)]
    pub land_area: Area,
    /// What members get for each mu in any year.
    #[field(zh = "每亩保底收益", en = "Floor per mu and year", find)]
    pub floor: Fen,
    /// Which share of the surplus members get.
    #[field(zh = "成员分红比例", en = "Members' share", find)]
    pub members_share: Rate,
    /// Which share the collective gets.
    #[field(zh = "集体分红比例", en = "Collective's share", find)]
    pub collective_share: Rate,
    /// Which share those who run it get.
    #[field(zh = "经营者分红比例", en = "Managers' share", find)]
    pub managers_share: Rate,
    /// Which share of the surplus goes to the reserve before it is split.
    #[field(zh = "公积金提取比例", en = "Reserve", find)]
    pub reserve_rate: Rate,
    /// When it was founded.
    #[field(zh = "成立日期", en = "Founded on", find)]
    pub founded_on: Date,
    /// When it was dissolved.
    #[field(zh = "注销日期", en = "Dissolved on", find)]
    pub dissolved_on: Option<Date>,
    /// Where its office is.
    #[field(zh = "位置", en = "Place")]
    pub place: Option<Point>,
    /// The unit that answers for it and keeps this row.
    #[field(zh = "责任单位", en = "Responsible unit", refers = "unit", find)]
    pub unit: String,
}

/// What is split is split without a rest.
fn faults(cooperative: &Cooperative) -> Vec<FieldFault> {
    let split = [cooperative.members_share, cooperative.collective_share, cooperative.managers_share];
    let sum: i64 = split.iter().map(|rate| rate.0).sum();
    Faults::new()
        .unless(sum == MILLIONTHS, "members_share", "shares_not_whole")
        .in_order(&[("founded_on", Some(cooperative.founded_on)), ("dissolved_on", cooperative.dissolved_on)])
        .found()
}
