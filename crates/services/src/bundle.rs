//! Bundles 捆绑项目包: what earns nothing is packed with what does, so that the whole can be financed.

use jiff::civil::Date;
use kernel::{decimal::Decimal, money::Fen, rate::Rate};
use ledger::{FieldFault, Fields, Register, register::Faults};
use serde::{Deserialize, Serialize};

use crate::rules::are_once;

ledger::choices! {
    /// How far a bundle has come.
    BundleStage {
        /// It is being put together.
        Draft = "draft" ("策划", "Draft"),
        /// It was approved.
        Approved = "approved" ("已批准", "Approved"),
        /// Its money is there.
        Financed = "financed" ("已融资", "Financed"),
        /// It was given up.
        Dropped = "dropped" ("已放弃", "Dropped"),
    }
}

/// One year of the fund balance sheet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Fields)]
pub struct BalanceYear {
    /// The calendar year.
    #[field(zh = "年度", en = "Year", min = 1990, max = 2100)]
    pub year: i64,
    /// What the bundle earns in it.
    #[field(zh = "收入", en = "Income", unit = "wan_yuan")]
    pub income: Fen,
    /// What running it costs, with taxes and the reserve.
    #[field(zh = "运营成本、税费和预留", en = "Costs", unit = "wan_yuan")]
    pub costs: Fen,
    /// What is due on its debt.
    #[field(zh = "还本付息", en = "Debt service", unit = "wan_yuan")]
    pub debt_service: Fen,
}

/// Projects without income packed with projects that have one into one whole that pays for itself, with its fund balance sheet 资金平衡表 (S1).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Register)]
#[register(
    name = "bundle",
    part = "services",
    mission = "S1",
    zh = "捆绑项目包",
    en = "Bundle",
    key(code),
    unit = "unit",
    check = "faults",
    complete = "complete"
)]
pub struct Bundle {
    /// A short code of the bundle.
    #[field(zh = "编码", en = "Code", max = 40)]
    pub code: String,
    /// What the bundle is called.
    #[field(zh = "名称", en = "Name", max = 120, search)]
    pub name: String,
    /// How far it has come.
    #[field(zh = "阶段", en = "Stage", find)]
    pub stage: BundleStage,
    /// The company that carries it out with books of its own.
    #[field(zh = "实施主体", en = "Carried out by", refers = "organisation", find)]
    pub company: Option<String>,
    /// The day of the approval.
    #[field(zh = "批准日期", en = "Approved on", find)]
    pub approved_on: Option<Date>,
    /// The number of the approval.
    #[field(zh = "批准文号", en = "Approval number", max = 80)]
    pub approval_number: Option<String>,
    /// All that is invested.
    #[field(zh = "总投资", en = "Investment", unit = "wan_yuan", min = 1, find)]
    pub investment: Fen,
    /// What of it is borrowed.
    #[field(zh = "融资额", en = "Borrowed", unit = "wan_yuan", find)]
    pub borrowed: Fen,
    /// How many times the money that is left must cover what is due on the debt.
    #[field(zh = "要求偿债覆盖倍数", en = "Required cover", max = 1000)]
    pub required_cover: Decimal<2>,
    /// What the worst year leaves against what is due in it; reckoned from the years.
    #[field(zh = "最低偿债覆盖倍数", en = "Lowest cover", find, derived)]
    pub lowest_cover: Option<Decimal<2>>,
    /// The return of the whole.
    #[field(zh = "财务内部收益率", en = "Internal rate of return", find)]
    pub internal_rate: Option<Rate>,
    /// The fund balance sheet, a row a year.
    #[field(zh = "资金平衡表", en = "Fund balance", max = 60)]
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub years: Vec<BalanceYear>,
    /// The unit that answers for it and keeps this row.
    #[field(zh = "责任单位", en = "Responsible unit", refers = "unit", find)]
    pub unit: String,
}

fn cover(year: &BalanceYear) -> Option<i64> {
    let left = i128::from(year.income.0) - i128::from(year.costs.0);
    let due = i128::from(year.debt_service.0);
    // Rounded down: a cover that is said to be reached is reached.
    if due == 0 { None } else { i64::try_from((left * i128::from(Decimal::<2>::SCALE)).div_euclid(due)).ok() }
}

fn complete(bundle: &mut Bundle) {
    let worst = bundle.years.iter().filter_map(cover).min();
    // A year that leaves nothing covers nothing.
    bundle.lowest_cover = worst.map(|worst| Decimal(worst.max(0)));
}

fn faults(bundle: &Bundle) -> Vec<FieldFault> {
    let is_approved = matches!(bundle.stage, BundleStage::Approved | BundleStage::Financed);
    let pays = bundle.lowest_cover.is_none_or(|cover| cover >= bundle.required_cover);
    let faults = Faults::new()
        .needs(is_approved, "approved_on", bundle.approved_on.is_some())
        .needs(is_approved, "years", !bundle.years.is_empty())
        .needs(is_approved, "company", bundle.company.is_some())
        .unless(bundle.borrowed <= bundle.investment, "borrowed", "part_above_whole")
        .unless(are_once(bundle.years.iter().map(|year| year.year)), "years", "row_twice")
        .unless(!is_approved || pays, "years", "bundle_does_not_pay");
    let years = bundle.years.iter().enumerate();
    years
        .fold(faults, |faults, (number, year)| {
            let spent = i128::from(year.costs.0) + i128::from(year.debt_service.0);
            let lasts = !is_approved || spent <= i128::from(year.income.0);
            faults.unless_in_row(lasts, "years", number, "income", "bundle_year_short")
        })
        .found()
}
