//! Commitments to funds 基金认缴: who promised how much.

use jiff::civil::Date;
use kernel::{money::Fen, rate::Rate};
use ledger::{FieldFault, Register, register::Faults};
use serde::{Deserialize, Serialize};

ledger::choices! {
    /// In which order partners have their money back.
    PartnerClass {
        /// Who manages the fund.
        General = "general" ("普通合伙人", "General partner"),
        /// First.
        Senior = "senior" ("优先级", "Senior"),
        /// Second.
        Mezzanine = "mezzanine" ("夹层级", "Mezzanine"),
        /// Last.
        Subordinated = "subordinated" ("劣后级", "Subordinated"),
        /// All at once.
        Equal = "equal" ("平层", "Equal"),
    }
}

/// What one partner promised to give to a fund, and what of it has come in (F4).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Register)]
#[register(
    name = "fund_commitment",
    part = "finance",
    mission = "F4",
    zh = "基金认缴",
    en = "Fund commitment",
    key(fund, partner),
    unit = "unit",
    check = "faults"
)]
pub struct FundCommitment {
    /// The fund that it belongs to.
    #[field(zh = "基金", en = "Fund", refers = "fund", find)]
    pub fund: String,
    /// The partner that gives the money.
    #[field(zh = "出资人", en = "Partner", refers = "organisation", find)]
    pub partner: String,
    /// In which order it has its money back.
    #[field(zh = "份额类别", en = "Class", find)]
    pub class: PartnerClass,
    /// It is public money.
    #[field(zh = "财政性资金", en = "Public money", find)]
    pub public_money: bool,
    /// The day of the promise.
    #[field(zh = "认缴日期", en = "Committed on", find)]
    pub committed_on: Date,
    /// How much was promised.
    #[field(zh = "认缴金额", en = "Committed", unit = "wan_yuan", min = 1, find)]
    pub amount: Fen,
    /// How much of it has come in.
    #[field(zh = "实缴金额", en = "Paid in", unit = "wan_yuan", find)]
    pub paid_in: Fen,
    /// The government promised to buy the share back. Forbidden today; kept for old funds.
    #[field(zh = "政府承诺回购", en = "Buy-back promised", find)]
    pub buy_back: bool,
    /// The yearly return that was promised to the partner.
    #[field(zh = "承诺收益率", en = "Promised return")]
    pub promised_return: Option<Rate>,
    /// The unit that answers for it and keeps this row.
    #[field(zh = "责任单位", en = "Responsible unit", refers = "unit", find)]
    pub unit: String,
}

fn faults(commitment: &FundCommitment) -> Vec<FieldFault> {
    let promises_itself = commitment.public_money && commitment.buy_back;
    Faults::new()
        .unless(commitment.paid_in <= commitment.amount, "paid_in", "part_above_whole")
        .unless(!promises_itself, "buy_back", "buy_back_of_public_money")
        .found()
}
