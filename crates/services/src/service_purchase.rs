//! Purchases of services 政府购买服务.

use jiff::civil::Date;
use kernel::{money::Fen, rate::Rate};
use ledger::{FieldFault, Register, register::Faults};
use serde::{Deserialize, Serialize};

ledger::choices! {
    /// What service is bought.
    PurchasedService {
        /// Teaching.
        Education = "education" ("教育服务", "Education"),
        /// Health.
        Health = "health" ("医疗卫生服务", "Health"),
        /// Sweeping, waste.
        Sanitation = "sanitation" ("环卫保洁", "Sanitation"),
        /// Green space.
        Greening = "greening" ("园林养护", "Greening"),
        /// Care of the old and weak.
        Care = "care" ("养老助残", "Care"),
        /// Surveys, assessments, data.
        Technical = "technical" ("技术服务", "Technical"),
        /// Anything else.
        Other = "other" ("其他服务", "Other"),
    }
}

ledger::choices! {
    /// How the supplier was found.
    PurchaseMethod {
        /// Open tender.
        OpenTender = "open_tender" ("公开招标", "Open tender"),
        /// Tender among those invited.
        InvitedTender = "invited_tender" ("邀请招标", "Invited tender"),
        /// Competitive negotiation.
        Negotiation = "negotiation" ("竞争性谈判", "Competitive negotiation"),
        /// Competitive consultation.
        Consultation = "consultation" ("竞争性磋商", "Competitive consultation"),
        /// By asking for prices.
        Quotation = "quotation" ("询价", "Quotation"),
        /// One supplier.
        SingleSource = "single_source" ("单一来源采购", "Single source"),
    }
}

/// A contract by which a bureau buys a service for the public instead of giving it itself (S8).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Register)]
#[register(
    name = "service_purchase",
    part = "services",
    mission = "S8",
    zh = "政府购买服务",
    en = "Service purchase",
    key(code),
    unit = "unit",
    check = "faults"
)]
pub struct ServicePurchase {
    /// The number of the contract.
    #[field(zh = "合同编号", en = "Code", max = 60)]
    pub code: String,
    /// What is bought, in a few words.
    #[field(zh = "名称", en = "Name", max = 120, search)]
    pub name: String,
    /// What kind of service.
    #[field(zh = "服务类别", en = "Service", find)]
    pub service: PurchasedService,
    /// The bureau that buys, answers for it and keeps this row.
    #[field(zh = "购买主体", en = "Buyer", refers = "unit", find)]
    pub unit: String,
    /// Who gives the service.
    #[field(zh = "承接主体", en = "Supplier", refers = "organisation", find)]
    pub supplier: String,
    /// How the supplier was found.
    #[field(zh = "采购方式", en = "Method", find)]
    pub method: PurchaseMethod,
    /// The day of signing.
    #[field(zh = "签订日期", en = "Signed on", find)]
    pub signed_on: Date,
    /// How much it costs over its whole time.
    #[field(zh = "合同金额", en = "Amount", unit = "wan_yuan", min = 1, find)]
    pub amount: Fen,
    /// The first day of the service.
    #[field(zh = "服务开始日期", en = "From", find)]
    pub begins_on: Date,
    /// The last day of the service.
    #[field(zh = "服务结束日期", en = "Until", find)]
    pub ends_on: Date,
    /// The result of the evaluation, of 100 %.
    #[field(zh = "绩效评价得分", en = "Evaluation", find)]
    pub evaluation: Option<Rate>,
    /// The day of the evaluation.
    #[field(zh = "评价日期", en = "Evaluated on", find)]
    pub evaluated_on: Option<Date>,
}

fn faults(purchase: &ServicePurchase) -> Vec<FieldFault> {
    Faults::new()
        .needs(purchase.evaluation.is_some(), "evaluated_on", purchase.evaluated_on.is_some())
        .in_order(&[("begins_on", Some(purchase.begins_on)), ("ends_on", Some(purchase.ends_on))])
        .in_order(&[("begins_on", Some(purchase.begins_on)), ("evaluated_on", purchase.evaluated_on)])
        .found()
}
