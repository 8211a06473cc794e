//! Volumes under concessions 处理量: what arose, what was treated, what kept the standard.

use kernel::{
    decimal::Decimal,
    money::Fen,
    period::Period,
    rate::{MILLIONTHS, Rate},
};
use ledger::{FieldFault, Register, register::Faults};
use serde::{Deserialize, Serialize};

use crate::{concession::ConcessionKind, rules::within};

/// What came up in the area of a plant in one month, and what the plant did with it. The rates of the city are sums of these over sums of these. The
/// returns of a concession lie side by side in time: a quarter, or its months, and never both (S6).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Register)]
#[register(
    name = "concession_volume",
    part = "services",
    mission = "S6",
    zh = "处理量报表",
    en = "Concession volume",
    key(concession, period),
    unit = "unit",
    check = "faults",
    complete = "complete"
)]
pub struct ConcessionVolume {
    /// The concession that reports.
    #[field(zh = "特许经营", en = "Concession", refers = "concession", find)]
    pub concession: String,
    /// The month that it reports on.
    #[field(zh = "报告期", en = "Period", find)]
    pub period: Period,
    /// The service, as the concession says; rates are made for each by itself.
    #[field(zh = "类别", en = "Kind", find)]
    pub kind: ConcessionKind,
    /// What came up in its area: sewage let off, waste thrown away.
    #[field(zh = "产生量", en = "Arisen", unit = "t", find)]
    pub arisen: Decimal<2>,
    /// What came to the plant, by its meter.
    #[field(zh = "进厂量", en = "Received", unit = "t", find)]
    pub received: Decimal<2>,
    /// What was treated.
    #[field(zh = "处理量", en = "Treated", unit = "t", find)]
    pub treated: Decimal<2>,
    /// What of it kept the standard: clean water, harmless waste.
    #[field(zh = "达标处理量", en = "Treated to standard", unit = "t", find)]
    pub to_standard: Decimal<2>,
    /// The price of a tonne, in yuan.
    #[field(zh = "单价", en = "Price", unit = "yuan/t", max = 10_000_000)]
    pub price: Option<Decimal<4>>,
    /// By what the payment is multiplied for quality; 100 % where all was well.
    #[field(zh = "绩效系数", en = "Quality factor", max = 1_500_000, find)]
    pub quality: Option<Rate>,
    /// What is to be paid; reckoned from volume, price and quality where both are known.
    #[field(zh = "应付处理费", en = "Payable", unit = "wan_yuan", find, derived)]
    pub payable: Option<Fen>,
    /// The unit that answers for it and keeps this row.
    #[field(zh = "责任单位", en = "Responsible unit", refers = "unit", find)]
    pub unit: String,
}

/// Units of the price in one fen: 1/100 t times 1/10,000 yuan is 1/10,000 fen.
const PRICED_PER_FEN: i128 = 10_000;

fn complete(volume: &mut ConcessionVolume) {
    volume.payable = volume.price.zip(volume.quality).and_then(|(price, quality)| {
        let divisor = PRICED_PER_FEN * i128::from(MILLIONTHS);
        let worth = i128::from(volume.treated.0)
            .checked_mul(i128::from(price.0))?
            .checked_mul(i128::from(quality.0))?;
        // Half a fen is rounded up.
        i64::try_from((worth + divisor / 2).div_euclid(divisor)).ok().map(Fen)
    });
}

fn faults(volume: &ConcessionVolume) -> Vec<FieldFault> {
    let is_priced = volume.price.is_some() && volume.quality.is_some();
    Faults::new()
        .unless(within(Some(volume.received), Some(volume.arisen)), "received", "part_above_whole")
        .unless(within(Some(volume.treated), Some(volume.received)), "treated", "part_above_whole")
        .unless(within(Some(volume.to_standard), Some(volume.treated)), "to_standard", "part_above_whole")
        .unless(!is_priced || volume.payable.is_some(), "treated", "number_range")
        .found()
}
