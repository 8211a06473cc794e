//! Agreements with the households of a redevelopment 征收补偿协议 (L4): what they give, what they get, and when.

use jiff::civil::Date;
use kernel::{area::Area, id::PersonId, money::Fen, shape::Point};
use ledger::{FieldFault, Fields, Register, register::Faults};
use serde::{Deserialize, Serialize};

ledger::choices! {
    /// How a household is compensated.
    CompensationWay {
        /// Money 货币补偿.
        Money = "money" ("货币补偿", "Money"),
        /// Another home 产权调换.
        Exchange = "exchange" ("产权调换", "Another home"),
        /// Both 货币补偿加产权调换.
        Both = "both" ("货币补偿加产权调换", "Both"),
    }
}

/// A part of the compensation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Fields)]
pub struct CompensationItem {
    /// What it is for.
    #[field(zh = "项目", en = "Item")]
    pub kind: CompensationKind,
    /// How much is paid for it.
    #[field(zh = "金额", en = "Amount", unit = "yuan")]
    pub amount: Fen,
}

ledger::choices! {
    /// What compensation is paid for.
    CompensationKind {
        /// The house 房屋价值.
        House = "house" ("房屋价值", "The house"),
        /// The land 土地.
        Land = "land" ("土地", "The land"),
        /// Fittings 装修附属物.
        Fittings = "fittings" ("装修附属物", "Fittings"),
        /// Moving 搬迁费.
        Moving = "moving" ("搬迁费", "Moving"),
        /// A home in between 临时安置费.
        Temporary = "temporary" ("临时安置费", "A home in between"),
        /// Business lost 停产停业损失.
        Business = "business" ("停产停业损失", "Business lost"),
        /// An award for early signature 奖励.
        Award = "award" ("奖励", "An award for early signature"),
        /// Help in hardship 困难补助.
        Help = "help" ("困难补助", "Help in hardship"),
    }
}

/// An agreement with a household of a redevelopment 征收补偿协议 (L4), from signature to the new home.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Register)]
#[register(
    name = "household_agreement",
    part = "land",
    mission = "L4",
    zh = "征收补偿协议",
    en = "Household agreement",
    key(code),
    unit = "unit",
    check = "faults"
)]
pub struct HouseholdAgreement {
    /// A short code that stays the same; other registers name the row by it.
    #[field(zh = "编码", en = "Code", max = 40)]
    pub code: String,
    /// The redevelopment that the house stands in.
    #[field(zh = "再开发项目", en = "Redevelopment", refers = "redevelopment", find)]
    pub redevelopment: String,
    /// The person who signs for the household; the name stands in the vault.
    #[field(zh = "被征收人", en = "Holder")]
    pub holder: PersonId,
    /// How many people live there.
    #[field(zh = "家庭人口", en = "People", unit = "persons", max = 100, find)]
    pub people: u32,
    /// The floor area that is given up.
    #[field(zh = "房屋建筑面积", en = "Floor area", unit = "m2", find)]
    pub floor_area: Area,
    /// How much of it has a certificate.
    #[field(zh = "其中有证面积", en = "Of it registered", unit = "m2", find)]
    pub registered_area: Area,
    /// How the household is compensated.
    #[field(zh = "补偿方式", en = "Compensation", find)]
    pub way: CompensationWay,
    /// What it is paid in all: the sum of the items.
    #[field(zh = "补偿金额", en = "Amount", unit = "wan_yuan", find)]
    pub amount: Fen,
    /// The floor area that it gets instead.
    #[field(zh = "安置面积", en = "New floor area", unit = "m2", find)]
    pub resettlement_area: Option<Area>,
    /// The residential area of the new home.
    #[field(zh = "安置小区", en = "New home in", refers = "residential_area", find)]
    pub resettled_in: Option<String>,
    /// When it was signed.
    #[field(zh = "签约日期", en = "Signed on", find)]
    pub signed_on: Date,
    /// When the household moved out.
    #[field(zh = "搬迁日期", en = "Moved out on", find)]
    pub moved_out_on: Option<Date>,
    /// When all of the amount was paid.
    #[field(zh = "付清日期", en = "Paid on", find)]
    pub paid_on: Option<Date>,
    /// When the house was taken down.
    #[field(zh = "拆除日期", en = "Demolished on", find)]
    pub demolished_on: Option<Date>,
    /// When it got the keys of the new home.
    #[field(zh = "安置日期", en = "New home on", find)]
    pub resettled_on: Option<Date>,
    /// What the amount is made of.
    #[field(zh = "补偿明细", en = "Items", max = 40)]
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub items: Vec<CompensationItem>,
    /// Where the house stands.
    #[field(zh = "房屋位置", en = "House")]
    pub place: Option<Point>,
    /// The unit that answers for it and keeps this row.
    #[field(zh = "责任单位", en = "Responsible unit", refers = "unit", find)]
    pub unit: String,
}

/// Items add up; a home for a home is stated; nobody's house is taken down before they moved out.
fn faults(agreement: &HouseholdAgreement) -> Vec<FieldFault> {
    let exchanged = agreement.way != CompensationWay::Money;
    let sum = Fen::sum(agreement.items.iter().map(|item| item.amount));
    Faults::new()
        .unless(agreement.registered_area <= agreement.floor_area, "registered_area", "part_above_whole")
        .needs(exchanged, "resettlement_area", agreement.resettlement_area.is_some())
        .unless(exchanged || agreement.resettlement_area.is_none(), "resettlement_area", "only_of_exchange")
        .unless(
            agreement.items.is_empty() || sum == Ok(agreement.amount),
            "amount",
            "amount_differs_from_table",
        )
        .needs(agreement.demolished_on.is_some(), "moved_out_on", agreement.moved_out_on.is_some())
        .needs(agreement.resettled_on.is_some(), "resettled_in", agreement.resettled_in.is_some())
        .in_order(&[
            ("signed_on", Some(agreement.signed_on)),
            ("moved_out_on", agreement.moved_out_on),
            ("demolished_on", agreement.demolished_on),
        ])
        .in_order(&[("signed_on", Some(agreement.signed_on)), ("paid_on", agreement.paid_on)])
        .in_order(&[("signed_on", Some(agreement.signed_on)), ("resettled_on", agreement.resettled_on)])
        .found()
}
