//! Statements of what was saved 节能量结算 under energy performance contracts.

use jiff::civil::Date;
use kernel::{
    decimal::Decimal,
    money::Fen,
    period::Period,
    rate::{MILLIONTHS, Rate},
};
use ledger::{FieldFault, Register, register::Faults};
use serde::{Deserialize, Serialize};

/// What was saved in one month or quarter, and what the company has of it. Recomputed here from baseline and meter, so that a claim that does not
/// follow from them is seen (S4; GB/T 28750).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Register)]
#[register(
    name = "saving_statement",
    part = "services",
    mission = "S4",
    zh = "节能量结算单",
    en = "Saving statement",
    key(contract, period),
    unit = "unit",
    check = "faults",
    complete = "complete"
)]
pub struct SavingStatement {
    /// The contract that it settles.
    #[field(zh = "合同", en = "Contract", refers = "energy_contract", find)]
    pub contract: String,
    /// The month or quarter.
    #[field(zh = "结算期", en = "Period", find)]
    pub period: Period,
    /// What would have been used by the baseline, with the lamps in service and the hours of this period.
    #[field(zh = "校准后基准能耗", en = "Adjusted baseline", unit = "kWh", find)]
    pub baseline: Decimal<2>,
    /// What the meters say was used.
    #[field(zh = "计量能耗", en = "Metered", unit = "kWh", find)]
    pub metered: Decimal<2>,
    /// What was saved; reckoned from both, and below nothing where more was used.
    #[field(zh = "节能量", en = "Saved", unit = "kWh", min = i64::MIN, find, derived)]
    pub saved: Option<Decimal<2>>,
    /// What a kilowatt-hour costs, in yuan.
    #[field(zh = "电价", en = "Price", unit = "yuan/kWh", max = 100_000)]
    pub price: Decimal<4>,
    /// What of the saving is the company's.
    #[field(zh = "分享比例", en = "Company's share", find)]
    pub share: Rate,
    /// What the company has; reckoned from the others.
    #[field(zh = "应付金额", en = "Payable", unit = "yuan", find, derived)]
    pub payable: Option<Fen>,
    /// What the company asked for.
    #[field(zh = "申报金额", en = "Claimed", unit = "yuan", find)]
    pub claimed: Option<Fen>,
    /// How many of the lamps were lit when they had to be.
    #[field(zh = "亮灯率", en = "Lit rate", find)]
    pub lit: Option<Rate>,
    /// Why it was agreed to pay something else than what follows.
    #[field(zh = "差异说明", en = "Why it differs", max = 500, lines)]
    pub explanation: Option<String>,
    /// The day on which both agreed.
    #[field(zh = "确认日期", en = "Agreed on", find)]
    pub agreed_on: Option<Date>,
    /// The unit that answers for it and keeps this row.
    #[field(zh = "责任单位", en = "Responsible unit", refers = "unit", find)]
    pub unit: String,
}

/// Units of the price in one fen: 1/100 kWh times 1/10,000 yuan is 1/10,000 fen.
const PRICED_PER_FEN: i128 = 10_000;

fn complete(statement: &mut SavingStatement) {
    statement.saved = statement.baseline.0.checked_sub(statement.metered.0).map(Decimal);
    statement.payable = statement.saved.and_then(|saved| {
        let divisor = PRICED_PER_FEN * i128::from(MILLIONTHS);
        let worth = i128::from(saved.0.max(0))
            .checked_mul(i128::from(statement.price.0))?
            .checked_mul(i128::from(statement.share.0))?;
        // Half a fen is rounded up.
        i64::try_from((worth + divisor / 2).div_euclid(divisor)).ok().map(Fen)
    });
}

fn faults(statement: &SavingStatement) -> Vec<FieldFault> {
    let follows = statement.claimed.is_none() || statement.claimed == statement.payable;
    Faults::new()
        .unless(statement.payable.is_some(), "baseline", "number_range")
        .needs(!follows && statement.agreed_on.is_some(), "explanation", statement.explanation.is_some())
        .unless(
            statement.agreed_on.is_none_or(|agreed| agreed > statement.period.last()),
            "agreed_on",
            "reported_before_period_ends",
        )
        .found()
}
