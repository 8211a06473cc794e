//! What a co-operative earned in a period and how it was shared 合作社收益分配 (L2).

use jiff::civil::Date;
use kernel::{money::Fen, period::Period};
use ledger::{FieldFault, Register, register::Faults};
use serde::{Deserialize, Serialize};

/// What a land-share co-operative earned in a period and how it was shared 合作社收益分配 (L2).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Register)]
#[register(
    name = "cooperative_account",
    part = "land",
    mission = "L2",
    zh = "合作社收益分配",
    en = "Co-operative account",
    key(cooperative, period),
    unit = "unit",
    check = "faults"
)]
pub struct CooperativeAccount {
    /// The co-operative that it belongs to.
    #[field(zh = "合作社", en = "Co-operative", refers = "cooperative", find)]
    pub cooperative: String,
    /// The year that it is for, or a part of it.
    #[field(zh = "核算期", en = "Period", find)]
    pub period: Period,
    /// What it earned before anything is shared; below zero for a loss.
    #[field(zh = "净利润", en = "Profit", unit = "wan_yuan", min = -1_000_000_000_000, find)]
    pub profit: Fen,
    /// What members got as the floor for their land.
    #[field(zh = "保底收益", en = "Floor paid", unit = "wan_yuan", find)]
    pub floor_paid: Fen,
    /// What went to the reserve.
    #[field(zh = "公积金", en = "Reserve", unit = "wan_yuan", find)]
    pub reserve: Fen,
    /// What went to the welfare fund.
    #[field(zh = "公益金", en = "Welfare", unit = "wan_yuan", find)]
    pub welfare: Fen,
    /// What members got for their shares.
    #[field(zh = "成员分红", en = "Members", unit = "wan_yuan", find)]
    pub members: Fen,
    /// What the collective got.
    #[field(zh = "集体分红", en = "Collective", unit = "wan_yuan", find)]
    pub collective: Fen,
    /// What those who run it got.
    #[field(zh = "经营者分红", en = "Managers", unit = "wan_yuan", find)]
    pub managers: Fen,
    /// What is left for the next period; below zero where a loss is carried.
    #[field(zh = "结转下期", en = "Carried forward", unit = "wan_yuan", min = -1_000_000_000_000, find)]
    pub carried: Fen,
    /// When the members approved it.
    #[field(zh = "成员大会通过日期", en = "Approved on", find)]
    pub approved_on: Option<Date>,
    /// The unit that answers for it and keeps this row.
    #[field(zh = "责任单位", en = "Responsible unit", refers = "unit", find)]
    pub unit: String,
}

/// The parts are the profit, without a rest.
fn faults(account: &CooperativeAccount) -> Vec<FieldFault> {
    let parts = Fen::sum([
        account.floor_paid,
        account.reserve,
        account.welfare,
        account.members,
        account.collective,
        account.managers,
        account.carried,
    ]);
    Faults::new().unless(parts == Ok(account.profit), "profit", "amount_differs_from_parts").found()
}
