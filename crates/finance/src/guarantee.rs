//! Guarantees 担保: who answers for whose debt.

use jiff::civil::Date;
use kernel::{money::Fen, rate::Rate};
use ledger::{FieldFault, Register, register::Faults};
use serde::{Deserialize, Serialize};

use crate::rules::within;

ledger::choices! {
    /// For whom a guarantee is given.
    GuaranteeKind {
        /// A small or very small firm.
        SmallFirm = "small_firm" ("小微企业担保", "Small firms"),
        /// Farming.
        Farming = "farming" ("涉农担保", "Farming"),
        /// Somebody who starts a firm.
        StartUp = "start_up" ("创业担保", "Start-ups"),
        /// A platform company.
        Platform = "platform" ("平台公司担保", "Platform companies"),
        /// Anybody else.
        Other = "other" ("其他担保", "Other"),
    }
}

/// A promise to pay where a debtor does not: of the policy guarantee company for small firms, or of one platform company for another (F4).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Register)]
#[register(
    name = "guarantee",
    part = "finance",
    mission = "F4",
    zh = "担保",
    en = "Guarantee",
    key(code),
    unit = "unit",
    check = "faults"
)]
pub struct Guarantee {
    /// The number of the contract.
    #[field(zh = "担保合同编号", en = "Code", max = 60)]
    pub code: String,
    /// For whom it is given.
    #[field(zh = "担保类别", en = "Kind", find)]
    pub kind: GuaranteeKind,
    /// Who promises to pay.
    #[field(zh = "担保人", en = "Guarantor", refers = "organisation", find)]
    pub guarantor: String,
    /// The organisation that owes.
    #[field(zh = "被担保人", en = "Debtor", refers = "organisation", find)]
    pub debtor: String,
    /// To whom it is owed.
    #[field(zh = "债权人", en = "Creditor", refers = "organisation", find)]
    pub creditor: Option<String>,
    /// How much is promised at the most.
    #[field(zh = "担保金额", en = "Amount", unit = "wan_yuan", min = 1, find)]
    pub amount: Fen,
    /// What the debtor pays for it in a year.
    #[field(zh = "年担保费率", en = "Fee of a year")]
    pub fee: Option<Rate>,
    /// What the guarantor has in hand against the loss.
    #[field(zh = "反担保措施", en = "Counter-guarantee", max = 500, lines)]
    pub counter: Option<String>,
    /// The first day.
    #[field(zh = "起始日期", en = "From", find)]
    pub begins_on: Date,
    /// The last day.
    #[field(zh = "到期日期", en = "Until", find)]
    pub ends_on: Date,
    /// The day on which the guarantor was free of it: the debt was repaid, or it was given back before its time.
    #[field(zh = "解除日期", en = "Released on", find)]
    pub released_on: Option<Date>,
    /// What the guarantor had to pay.
    #[field(zh = "代偿金额", en = "Paid for the debtor", unit = "wan_yuan", find)]
    pub paid: Option<Fen>,
    /// The unit that answers for it and keeps this row.
    #[field(zh = "责任单位", en = "Responsible unit", refers = "unit", find)]
    pub unit: String,
}

fn faults(guarantee: &Guarantee) -> Vec<FieldFault> {
    let begins_on = ("begins_on", Some(guarantee.begins_on));
    Faults::new()
        .unless(guarantee.debtor != guarantee.guarantor, "debtor", "parties_same")
        .unless(guarantee.creditor.as_ref() != Some(&guarantee.debtor), "creditor", "parties_same")
        .unless(within(guarantee.paid, Some(guarantee.amount)), "paid", "part_above_whole")
        .in_order(&[begins_on, ("ends_on", Some(guarantee.ends_on))])
        .in_order(&[begins_on, ("released_on", guarantee.released_on)])
        .found()
}
