//! Obligations to make green space elsewhere 易地补建义务.

use jiff::civil::Date;
use kernel::{area::Area, decimal::Decimal, money::Fen, rate::Rate};
use ledger::{FieldFault, Register, register::Faults};
use serde::{Deserialize, Serialize};

use crate::rules::green_needed;

ledger::choices! {
    /// How an obligation is met.
    Settlement {
        /// Green space is made elsewhere.
        Compensation = "compensation" ("易地补建", "Built elsewhere"),
        /// A fee is paid.
        Fee = "fee" ("缴纳易地绿化费", "Fee"),
    }
}

/// What a building project owes the city in green space because its own land has too little. The shortfall times a coefficient is made in the new
/// town or along the river until a day (S2).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Register)]
#[register(
    name = "green_obligation",
    part = "services",
    mission = "S2",
    zh = "绿地补建义务",
    en = "Green obligation",
    key(code),
    unit = "unit",
    check = "faults",
    complete = "complete"
)]
pub struct GreenObligation {
    /// The number of the decision.
    #[field(zh = "决定书编号", en = "Code", max = 60)]
    pub code: String,
    /// The project that owes it.
    #[field(zh = "项目", en = "Project", refers = "project", find)]
    pub project: Option<String>,
    /// The residential area that has too little.
    #[field(zh = "居住小区", en = "Residential area", refers = "residential_area", find)]
    pub residential_area: Option<String>,
    /// Who has to meet it.
    #[field(zh = "义务单位", en = "Owed by", refers = "organisation", find)]
    pub debtor: String,
    /// The land of the project.
    #[field(zh = "用地面积", en = "Site", unit = "m2", min = 1, find)]
    pub site_area: Area,
    /// How much of it had to be green.
    #[field(zh = "规定绿地率", en = "Required green ratio", find)]
    pub required_ratio: Rate,
    /// What of it is green.
    #[field(zh = "实际绿地面积", en = "Green space", unit = "m2", find)]
    pub green_area: Area,
    /// By how much the missing green is multiplied; 1 or more.
    #[field(zh = "补建系数", en = "Coefficient", min = 100, max = 1000)]
    pub coefficient: Decimal<2>,
    /// What has to be made elsewhere; reckoned from the others.
    #[field(zh = "应补建面积", en = "Area owed", unit = "m2", find, derived)]
    pub owed_area: Option<Area>,
    /// How it is met.
    #[field(zh = "履行方式", en = "Settlement", find)]
    pub settlement: Settlement,
    /// The fee, where one is paid.
    #[field(zh = "易地绿化费", en = "Fee", unit = "wan_yuan", find)]
    pub fee: Option<Fen>,
    /// The day of the decision.
    #[field(zh = "决定日期", en = "Decided on", find)]
    pub decided_on: Date,
    /// The day by which it is to be met.
    #[field(zh = "履行期限", en = "Due on", find)]
    pub due_on: Date,
    /// The day on which it was met: all sites accepted, or the fee paid.
    #[field(zh = "履行完毕日期", en = "Met on", find)]
    pub met_on: Option<Date>,
    /// The unit that answers for it and keeps this row.
    #[field(zh = "责任单位", en = "Responsible unit", refers = "unit", find)]
    pub unit: String,
}

fn complete(obligation: &mut GreenObligation) {
    let needed = green_needed(obligation.site_area, obligation.required_ratio);
    let short = needed.map(|needed| i128::from(needed.units()) - i128::from(obligation.green_area.units()));
    obligation.owed_area = short.and_then(|short| {
        let owed =
            (short.max(0) * i128::from(obligation.coefficient.0)).div_euclid(i128::from(Decimal::<2>::SCALE));
        i64::try_from(owed).ok().map(Area::from_units)
    });
}

fn faults(obligation: &GreenObligation) -> Vec<FieldFault> {
    let is_for_something = obligation.project.is_some() || obligation.residential_area.is_some();
    let is_short = obligation.owed_area.is_some_and(|owed| owed > Area::ZERO);
    let pays = obligation.settlement == Settlement::Fee;
    let decided_on = ("decided_on", Some(obligation.decided_on));
    Faults::new()
        .unless(is_for_something, "project", "obligation_of_nothing")
        .unless(is_short, "green_area", "nothing_is_missing")
        .needs(pays, "fee", obligation.fee.is_some())
        .in_order(&[decided_on, ("due_on", Some(obligation.due_on))])
        .in_order(&[decided_on, ("met_on", obligation.met_on)])
        .found()
}
