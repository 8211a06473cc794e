//! Agreements to buy what households and small holders grow 产品收购协议 (L5), with a floor price and what was delivered.

use jiff::civil::Date;
use kernel::{decimal::Decimal, money::Fen};
use ledger::{FieldFault, Fields, Register, register::Faults};
use serde::{Deserialize, Serialize};

/// A delivery.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Fields)]
pub struct Delivery {
    /// When it was delivered.
    #[field(zh = "交货日期", en = "Delivered on")]
    pub delivered_on: Date,
    /// How much was delivered.
    #[field(zh = "数量", en = "Quantity", unit = "t", max = 1_000_000_000)]
    pub quantity: Decimal<3>,
    /// What was paid for it.
    #[field(zh = "金额", en = "Amount", unit = "yuan")]
    pub amount: Fen,
}

/// An agreement to buy what a household or small holder grows 产品收购协议 (L5).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Register)]
#[register(
    name = "purchase_agreement",
    part = "land",
    mission = "L5",
    zh = "产品收购协议",
    en = "Purchase agreement",
    key(code),
    unit = "unit",
    valid_from = "begins_on",
    valid_to = "ends_on",
    check = "faults"
)]
pub struct PurchaseAgreement {
    /// A short code that stays the same; other registers name the row by it.
    #[field(zh = "编码", en = "Code", max = 40)]
    pub code: String,
    /// The leading firm or co-operative that buys.
    #[field(zh = "收购方", en = "Buyer", refers = "organisation", find)]
    pub buyer: String,
    /// The household that sells.
    #[field(zh = "农户", en = "From household", refers = "household", find)]
    pub household: Option<String>,
    /// The small firm or co-operative that sells.
    #[field(zh = "供货单位", en = "From organisation", refers = "organisation", find)]
    pub organisation: Option<String>,
    /// The lease of the land that it grows on.
    #[field(zh = "返租合同", en = "Lease-back", refers = "lease_back", find)]
    pub lease_back: Option<String>,
    /// What is bought.
    #[field(zh = "产品", en = "Product", max = 60, search)]
    pub product: String,
    /// How much is to be bought.
    #[field(zh = "约定数量", en = "Agreed quantity", unit = "t", max = 1_000_000_000, find)]
    pub agreed: Decimal<3>,
    /// The least that is paid for a tonne.
    #[field(zh = "每吨保底价", en = "Floor price per tonne", min = 1, find)]
    pub floor_price: Fen,
    /// When it was signed.
    #[field(zh = "签订日期", en = "Signed on", find)]
    pub signed_on: Date,
    /// When it begins.
    #[field(zh = "协议期起", en = "From", find)]
    pub begins_on: Date,
    /// When it ends.
    #[field(zh = "协议期止", en = "Until", find)]
    pub ends_on: Date,
    /// How much was delivered: the sum of the deliveries.
    #[field(zh = "已交数量", en = "Delivered", unit = "t", max = 1_000_000_000, find)]
    pub delivered: Decimal<3>,
    /// What was paid: the sum of the deliveries.
    #[field(zh = "收购金额", en = "Paid", unit = "wan_yuan", find)]
    pub paid: Fen,
    /// What was delivered, when, and what was paid.
    #[field(zh = "交货明细", en = "Deliveries", max = 500)]
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub deliveries: Vec<Delivery>,
    /// The unit that answers for it and keeps this row.
    #[field(zh = "责任单位", en = "Responsible unit", refers = "unit", find)]
    pub unit: String,
}

/// One seller; deliveries add up, lie within the term, and none is paid below the floor price.
fn faults(agreement: &PurchaseAgreement) -> Vec<FieldFault> {
    let quantity = agreement.deliveries.iter().try_fold(0_i64, |sum, row| sum.checked_add(row.quantity.0));
    let amount = Fen::sum(agreement.deliveries.iter().map(|row| row.amount));
    let mut faults = Faults::new()
        .unless(
            agreement.household.is_some() != agreement.organisation.is_some(),
            "household",
            "one_party_only",
        )
        .unless(agreement.organisation.as_ref() != Some(&agreement.buyer), "organisation", "refers_to_itself")
        .unless(quantity == Some(agreement.delivered.0), "delivered", "quantity_differs_from_table")
        .unless(amount == Ok(agreement.paid), "paid", "amount_differs_from_table")
        .in_order(&[("begins_on", Some(agreement.begins_on)), ("ends_on", Some(agreement.ends_on))]);
    for (number, row) in agreement.deliveries.iter().enumerate() {
        let within = (agreement.begins_on..=agreement.ends_on).contains(&row.delivered_on);
        let least = i128::from(row.quantity.0) * i128::from(agreement.floor_price.0);
        let enough = i128::from(row.amount.0) * i128::from(Decimal::<3>::SCALE) >= least;
        faults = faults
            .unless_in_row(within, "deliveries", number, "delivered_on", "outside_term")
            .unless_in_row(enough, "deliveries", number, "amount", "below_floor_price");
    }
    faults.found()
}
