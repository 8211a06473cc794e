//! Advances and awards 垫付和以奖代补 for private schools and hospitals.

use jiff::civil::Date;
use kernel::money::Fen;
use ledger::{FieldFault, Register, register::Faults};
use serde::{Deserialize, Serialize};

ledger::choices! {
    /// How the public helps.
    AwardKind {
        /// Money before the building, paid back later.
        Advance = "advance" ("先建后补、垫付", "Advance"),
        /// Money after the building.
        Award = "award" ("以奖代补", "Award"),
        /// Money for each pupil.
        PerPupil = "per_pupil" ("生均补助", "Grant per pupil"),
        /// Money for each bed.
        PerBed = "per_bed" ("床位补助", "Grant per bed"),
        /// Rent or interest that the public bears.
        Relief = "relief" ("租金、利息补贴", "Rent or interest relief"),
    }
}

/// Money that a private school or hospital has from the public because of what it built or whom it serves (S8).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Register)]
#[register(
    name = "service_award",
    part = "services",
    mission = "S8",
    zh = "奖补资金",
    en = "Service award",
    key(code),
    unit = "unit",
    check = "faults"
)]
pub struct ServiceAward {
    /// The number of the decision.
    #[field(zh = "决定编号", en = "Code", max = 60)]
    pub code: String,
    /// How the public helps.
    #[field(zh = "类别", en = "Kind", find)]
    pub kind: AwardKind,
    /// The school that has it.
    #[field(zh = "学校", en = "School", refers = "school", find)]
    pub school: Option<String>,
    /// The hospital that has it.
    #[field(zh = "医疗机构", en = "Hospital", refers = "hospital", find)]
    pub hospital: Option<String>,
    /// The day of the decision.
    #[field(zh = "决定日期", en = "Awarded on", find)]
    pub awarded_on: Date,
    /// How much it is in all.
    #[field(zh = "金额", en = "Amount", unit = "wan_yuan", min = 1, find)]
    pub amount: Fen,
    /// For how many pupils or beds.
    #[field(zh = "补助数量（人、床）", en = "Pupils or beds", min = 1, max = 100_000, find)]
    pub number: Option<i64>,
    /// How much for each of them.
    #[field(zh = "补助标准", en = "For each", unit = "yuan", find)]
    pub each: Option<Fen>,
    /// The day on which it was paid.
    #[field(zh = "拨付日期", en = "Paid on", find)]
    pub paid_on: Option<Date>,
    /// Of an advance, what has come back.
    #[field(zh = "已归还垫付", en = "Paid back", unit = "wan_yuan", find)]
    pub paid_back: Option<Fen>,
    /// The unit that answers for it and keeps this row.
    #[field(zh = "责任单位", en = "Responsible unit", refers = "unit", find)]
    pub unit: String,
}

fn faults(award: &ServiceAward) -> Vec<FieldFault> {
    let is_counted = matches!(award.kind, AwardKind::PerPupil | AwardKind::PerBed);
    let product = award.number.zip(award.each).map(|(number, each)| i128::from(number) * i128::from(each.0));
    let is_advance = award.kind == AwardKind::Advance;
    Faults::new()
        .unless(award.school.is_some() != award.hospital.is_some(), "school", "award_for_one")
        .needs(is_counted, "number", award.number.is_some())
        .needs(is_counted, "each", award.each.is_some())
        .unless(
            product.is_none_or(|product| product == i128::from(award.amount.0)),
            "amount",
            "amount_not_number_times_each",
        )
        .unless(is_advance || award.paid_back.is_none(), "paid_back", "only_of_advances")
        .unless(award.paid_back.is_none_or(|back| back <= award.amount), "paid_back", "part_above_whole")
        .in_order(&[("awarded_on", Some(award.awarded_on)), ("paid_on", award.paid_on)])
        .found()
}
