//! Payments 付款: money that moved under a contract.

use jiff::civil::Date;
use kernel::{money::Fen, period::Period};
use ledger::{FieldFault, Register, register::Faults};
use serde::{Deserialize, Serialize};

ledger::choices! {
    /// For what money is paid.
    PaymentKind {
        /// Capital of a company or fund.
        Capital = "capital" ("资本金", "Capital"),
        /// Work done on a project.
        Works = "works" ("工程款", "Works"),
        /// What was borrowed comes back.
        Principal = "principal" ("本金", "Principal"),
        /// Interest.
        Interest = "interest" ("利息", "Interest"),
        /// For something being there and working.
        Availability = "availability" ("可用性付费", "Availability payment"),
        /// By how much was done: tons, kilowatt-hours.
        Usage = "usage" ("使用量付费", "Usage payment"),
        /// What users do not bring in.
        Subsidy = "subsidy" ("运营补贴", "Subsidy"),
        /// A part of a price.
        Instalment = "instalment" ("分期付款", "Instalment"),
        /// A part of what energy was saved.
        SavingShare = "saving_share" ("节能效益分享", "Share of the saving"),
        /// An award.
        Award = "award" ("奖补", "Award"),
        /// For what is done for the public.
        Service = "service" ("购买服务", "Purchased service"),
        /// For giving a guarantee, arranging, trusting.
        Fee = "fee" ("费用", "Fee"),
    }
}

/// Money that is due under one contract of whatever part, and the day on which it was paid (F6).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Register)]
#[register(
    name = "payment",
    part = "finance",
    mission = "F6",
    zh = "付款",
    en = "Payment",
    key(code),
    unit = "unit",
    check = "faults"
)]
pub struct Payment {
    /// The number of the voucher, or the city's own before it is paid.
    #[field(zh = "凭证号", en = "Code", max = 60)]
    pub code: String,
    /// For what it is paid.
    #[field(zh = "款项", en = "Kind", find)]
    pub kind: PaymentKind,
    /// The partner that has to pay.
    #[field(zh = "付款单位", en = "Payer", refers = "organisation", find)]
    pub payer: Option<String>,
    /// Who is paid.
    #[field(zh = "收款单位", en = "Payee", refers = "organisation", find)]
    pub payee: Option<String>,
    /// How much money it is.
    #[field(zh = "金额", en = "Amount", unit = "wan_yuan", min = 1, find)]
    pub amount: Fen,
    /// For which period.
    #[field(zh = "所属期", en = "Period", find)]
    pub period: Option<Period>,
    /// The day by which it is to be paid.
    #[field(zh = "应付日期", en = "Due on", find)]
    pub due_on: Option<Date>,
    /// The day on which it was paid.
    #[field(zh = "支付日期", en = "Paid on", find)]
    pub paid_on: Option<Date>,
    /// The bureau that answers for it.
    #[field(zh = "责任单位", en = "Responsible unit", refers = "unit", find)]
    pub unit: String,
    /// Under this contract of works: the project.
    #[field(zh = "项目", en = "Project", refers = "project", find)]
    pub project: Option<String>,
    /// Under this PPP contract.
    #[field(zh = "PPP合同", en = "PPP contract", refers = "ppp_contract", find)]
    pub ppp_contract: Option<String>,
    /// Of this bond.
    #[field(zh = "债券", en = "Bond", refers = "bond", find)]
    pub bond: Option<String>,
    /// Of this borrowing.
    #[field(zh = "融资合同", en = "Financing", refers = "financing", find)]
    pub financing: Option<String>,
    /// Under this concession.
    #[field(zh = "特许经营", en = "Concession", refers = "concession", find)]
    pub concession: Option<String>,
    /// Under this energy performance contract.
    #[field(zh = "合同能源管理", en = "Energy contract", refers = "energy_contract", find)]
    pub energy_contract: Option<String>,
    /// Under this contract of instalments.
    #[field(zh = "分期付款合同", en = "Instalment contract", refers = "instalment_contract", find)]
    pub instalment_contract: Option<String>,
    /// Under this purchase of services.
    #[field(zh = "购买服务", en = "Service purchase", refers = "service_purchase", find)]
    pub service_purchase: Option<String>,
}

fn faults(payment: &Payment) -> Vec<FieldFault> {
    let contracts = [
        &payment.project,
        &payment.ppp_contract,
        &payment.bond,
        &payment.financing,
        &payment.concession,
        &payment.energy_contract,
        &payment.instalment_contract,
        &payment.service_purchase,
    ];
    let named = contracts.into_iter().flatten().count();
    let pays_itself = payment.payer.is_some() && payment.payer == payment.payee;
    Faults::new()
        .unless(named == 1, "project", "payment_not_of_one_contract")
        .unless(!pays_itself, "payee", "parties_same")
        .needs(payment.paid_on.is_none(), "due_on", payment.due_on.is_some())
        .found()
}
