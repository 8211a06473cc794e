//! Restructuring of platform companies 平台公司整合重组: many become few, and nothing is lost on the way.

use jiff::civil::Date;
use kernel::money::Fen;
use ledger::{FieldFault, Fields, Register, register::Faults};
use serde::{Deserialize, Serialize};

use crate::rules::{are_once, total};

ledger::choices! {
    /// How a company came in.
    Method {
        /// It is the one that stays.
        Core = "core" ("核心主体", "Core company"),
        /// Its shares were transferred.
        ShareInjection = "share_injection" ("股权注入", "Share injection"),
        /// Its assets were transferred.
        AssetInjection = "asset_injection" ("资产注入", "Asset injection"),
        /// It was absorbed and ended.
        Absorption = "absorption" ("吸收合并", "Absorption"),
    }
}

/// A company that came into the group, with its totals at the closing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Fields)]
pub struct Merged {
    /// The company.
    #[field(zh = "公司", en = "Company", refers = "organisation")]
    pub company: String,
    /// How it came in.
    #[field(zh = "方式", en = "Method")]
    pub method: Method,
    /// All that it owned.
    #[field(zh = "资产总计", en = "Total assets", unit = "wan_yuan")]
    pub assets: Fen,
    /// All that it owed.
    #[field(zh = "负债合计", en = "Total liabilities", unit = "wan_yuan")]
    pub liabilities: Fen,
}

/// Several platform companies become one group by injection of shares and assets. What they owned and owed before is what the group owns and
/// owes after, less what they owed one another (F1).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Register)]
#[register(
    name = "restructuring",
    part = "finance",
    mission = "F1",
    zh = "平台公司整合",
    en = "Restructuring",
    key(code),
    unit = "unit",
    check = "faults",
    complete = "complete"
)]
pub struct Restructuring {
    /// A short code of the restructuring.
    #[field(zh = "编码", en = "Code", max = 40)]
    pub code: String,
    /// The group's company after it.
    #[field(zh = "整合后公司", en = "Resulting company", refers = "organisation", find)]
    pub result: String,
    /// The number of the decision.
    #[field(zh = "批准文号", en = "Decision number", max = 80)]
    pub decision: Option<String>,
    /// The day of the decision.
    #[field(zh = "批准日期", en = "Decided on", find)]
    pub decided_on: Option<Date>,
    /// The day from which the books are one.
    #[field(zh = "合并基准日", en = "Closed on", find)]
    pub closed_on: Date,
    /// Every company that came in, the one that stays among them.
    #[field(zh = "整合公司", en = "Companies merged", max = 100)]
    #[serde(default)]
    pub merged: Vec<Merged>,
    /// How many companies there were before; counted from the list.
    #[field(zh = "整合前公司数", en = "Companies before", min = 0, max = 100, find, derived)]
    pub companies_before: Option<i64>,
    /// What the companies owed one another, which falls away.
    #[field(zh = "内部往来抵销", en = "Set off within the group", unit = "wan_yuan", find)]
    pub set_off: Option<Fen>,
    /// All that the group owns after it.
    #[field(zh = "整合后资产总计", en = "Total assets after", unit = "wan_yuan", find)]
    pub assets_after: Fen,
    /// All that the group owes after it.
    #[field(zh = "整合后负债合计", en = "Total liabilities after", unit = "wan_yuan", find)]
    pub liabilities_after: Fen,
    /// The bureau that answers for it.
    #[field(zh = "责任单位", en = "Responsible unit", refers = "unit", find)]
    pub unit: String,
}

fn complete(restructuring: &mut Restructuring) {
    restructuring.companies_before = i64::try_from(restructuring.merged.len()).ok();
}

fn faults(restructuring: &Restructuring) -> Vec<FieldFault> {
    let merged = &restructuring.merged;
    let set_off = i128::from(restructuring.set_off.unwrap_or_default().0);
    let keeps = |before: i128, after: Fen| before - set_off == i128::from(after.0);
    let assets = total(merged.iter().map(|company| company.assets));
    let liabilities = total(merged.iter().map(|company| company.liabilities));
    Faults::new()
        .needs(true, "merged", !merged.is_empty())
        .unless(are_once(merged.iter().map(|company| &company.company)), "merged", "row_twice")
        .unless(keeps(assets, restructuring.assets_after), "assets_after", "total_not_kept")
        .unless(keeps(liabilities, restructuring.liabilities_after), "liabilities_after", "total_not_kept")
        .in_order(&[("decided_on", restructuring.decided_on), ("closed_on", Some(restructuring.closed_on))])
        .found()
}
