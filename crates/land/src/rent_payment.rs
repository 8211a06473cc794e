//! Rent owed and paid 租金支付 (L3): each payment traced to its contract, period and bank receipt.

use jiff::civil::Date;
use kernel::{money::Fen, period::Period};
use ledger::{FieldFault, Register, register::Faults};
use serde::{Deserialize, Serialize};

/// Rent owed and paid under a transfer contract for a period 租金支付 (L3).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Register)]
#[register(
    name = "rent_payment",
    part = "land",
    mission = "L3",
    zh = "租金支付",
    en = "Rent payment",
    key(contract, period),
    unit = "unit",
    check = "faults"
)]
pub struct RentPayment {
    /// The contract that it is owed under; the household stands there.
    #[field(zh = "流转合同", en = "Contract", refers = "transfer_contract", find)]
    pub contract: String,
    /// The year, half-year or month that it is owed for.
    #[field(zh = "租期", en = "Period", find)]
    pub period: Period,
    /// What is owed.
    #[field(zh = "应付租金", en = "Owed", unit = "yuan", find)]
    pub owed: Fen,
    /// When it is due.
    #[field(zh = "应付日期", en = "Due on", find)]
    pub due_on: Date,
    /// What was paid so far.
    #[field(zh = "实付租金", en = "Paid", unit = "yuan", find)]
    pub paid: Fen,
    /// When the last of it was paid.
    #[field(zh = "支付日期", en = "Paid on", find)]
    pub paid_on: Option<Date>,
    /// The number of the bank's receipt; no account numbers of people.
    #[field(zh = "银行回单号", en = "Bank receipt", max = 60)]
    pub receipt: Option<String>,
    /// The unit that answers for it and keeps this row.
    #[field(zh = "责任单位", en = "Responsible unit", refers = "unit", find)]
    pub unit: String,
}

/// What was paid has its day and its receipt; nothing is withheld by being paid to somebody else, so no more than owed is paid.
fn faults(payment: &RentPayment) -> Vec<FieldFault> {
    let paid = payment.paid > Fen::ZERO;
    Faults::new()
        .unless(payment.paid <= payment.owed, "paid", "part_above_whole")
        .needs(paid, "paid_on", payment.paid_on.is_some())
        .needs(paid, "receipt", payment.receipt.is_some())
        .found()
}
