//! Members of land-share co-operatives 合作社成员 (L2), with their land and their shares.

use jiff::civil::Date;
use kernel::{area::Area, money::Fen};
use ledger::{FieldFault, Register, register::Faults};
use serde::{Deserialize, Serialize};

/// A member of a land-share co-operative 合作社成员 (L2): a household or the collective itself.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Register)]
#[register(
    name = "cooperative_member",
    part = "land",
    mission = "L2",
    zh = "合作社成员",
    en = "Co-operative member",
    key(cooperative, number),
    unit = "unit",
    check = "faults"
)]
pub struct CooperativeMember {
    /// The co-operative that it belongs to.
    #[field(zh = "合作社", en = "Co-operative", refers = "cooperative", find)]
    pub cooperative: String,
    /// The member's number in the co-operative's list.
    #[field(zh = "成员编号", en = "Number", max = 20, search)]
    pub number: String,
    /// The household that is the member.
    #[field(zh = "农户", en = "Household", refers = "household", find)]
    pub household: Option<String>,
    /// The village group that is the member.
    #[field(zh = "村民小组", en = "Village group", refers = "village_group", find)]
    pub village_group: Option<String>,
    /// The contract by which its land was brought in.
    #[field(zh = "入股合同", en = "Contract", refers = "transfer_contract")]
    pub contract: Option<String>,
    /// How much land it brought in.
    #[field(zh = "入股土地面积", en = "Land brought in", unit = "mu", find)]
    pub land_area: Area,
    /// How much money it brought in.
    #[field(zh = "出资额", en = "Money brought in", unit = "yuan", find)]
    pub money: Fen,
    /// How many shares it has.
    #[field(zh = "股数", en = "Shares", unit = "shares", find)]
    pub shares: u32,
    /// When it joined.
    #[field(zh = "入社日期", en = "Joined on", find)]
    pub joined_on: Date,
    /// When it left.
    #[field(zh = "退社日期", en = "Left on", find)]
    pub left_on: Option<Date>,
    /// The unit that answers for it and keeps this row.
    #[field(zh = "责任单位", en = "Responsible unit", refers = "unit", find)]
    pub unit: String,
}

/// One member a row, and a share is given for land or money.
fn faults(member: &CooperativeMember) -> Vec<FieldFault> {
    let brought = member.land_area > Area::ZERO || member.money > Fen::ZERO;
    Faults::new()
        .unless(member.household.is_some() != member.village_group.is_some(), "household", "one_party_only")
        .unless(brought || member.shares == 0, "shares", "shares_for_nothing")
        .in_order(&[("joined_on", Some(member.joined_on)), ("left_on", member.left_on)])
        .found()
}
