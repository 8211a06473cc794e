//! Plans that the bureaus keep 规划 (P1): all of them stand in one list, so that they can be merged into one map 多规融合.

use jiff::civil::Date;
use kernel::{area::Area, shape::Surface};
use ledger::{
    FieldFault, Fields, Register,
    register::{Faults, File},
};
use serde::{Deserialize, Serialize};

ledger::choices! {
    /// Which field a plan rules.
    PlanKind {
        /// Economic and social development 国民经济和社会发展规划.
        Economic = "economic" ("国民经济和社会发展规划", "Economic and social development"),
        /// Urban and rural construction 城乡规划.
        Urban = "urban" ("城乡规划", "Urban and rural construction"),
        /// Land use 土地利用规划.
        LandUse = "land_use" ("土地利用规划", "Land use"),
        /// Environment 生态环境保护规划.
        Environment = "environment" ("生态环境保护规划", "Environment"),
        /// Forestry 林业规划.
        Forestry = "forestry" ("林业规划", "Forestry"),
        /// Water 水利规划.
        Water = "water" ("水利规划", "Water"),
        /// Transport 交通规划.
        Transport = "transport" ("交通规划", "Transport"),
        /// Tourism 旅游规划.
        Tourism = "tourism" ("旅游规划", "Tourism"),
        /// Industry and parks 工业和园区规划.
        Industry = "industry" ("工业和园区规划", "Industry and parks"),
        /// Agriculture 农业规划.
        Agriculture = "agriculture" ("农业规划", "Agriculture"),
        /// Public services 公共服务设施规划.
        PublicService = "public_service" ("公共服务设施规划", "Public services"),
        /// Utilities 市政设施规划.
        Utilities = "utilities" ("市政设施规划", "Utilities"),
        /// Heritage and scenery 历史文化和风景名胜保护规划.
        Heritage = "heritage" ("历史文化和风景名胜保护规划", "Heritage and scenery"),
        /// Other 其他.
        Other = "other" ("其他", "Other"),
    }
}

ledger::choices! {
    /// How wide and how deep a plan goes.
    PlanTier {
        /// Overall plan 总体规划.
        Overall = "overall" ("总体规划", "Overall plan"),
        /// Special plan 专项规划.
        Special = "special" ("专项规划", "Special plan"),
        /// Detailed plan 详细规划.
        Detailed = "detailed" ("详细规划", "Detailed plan"),
        /// Annual plan 年度计划.
        Annual = "annual" ("年度计划", "Annual plan"),
    }
}

ledger::choices! {
    /// How far a plan has come.
    PlanStatus {
        /// Being drafted 编制中.
        Drafting = "drafting" ("编制中", "Being drafted"),
        /// Under review 审查中.
        UnderReview = "under_review" ("审查中", "Under review"),
        /// Approved 已批准.
        Approved = "approved" ("已批准", "Approved"),
        /// Superseded 已被替代.
        Superseded = "superseded" ("已被替代", "Superseded"),
        /// Repealed 已废止.
        Repealed = "repealed" ("已废止", "Repealed"),
    }
}

/// An edition of a plan.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Fields)]
pub struct PlanEdition {
    /// What the edition is called, such as 2015 revision.
    #[field(zh = "版本号", en = "Edition", max = 20)]
    pub number: String,
    /// When the edition was approved.
    #[field(zh = "批准日期", en = "Approved on")]
    pub approved_on: Date,
    /// The number of the document of approval.
    #[field(zh = "批准文号", en = "Approval document", max = 60)]
    pub document: Option<String>,
    /// What is new in it.
    #[field(zh = "修改内容", en = "What changed", max = 1000, lines)]
    pub changes: Option<String>,
    /// The edition itself.
    #[field(zh = "文本或图件", en = "Text or map")]
    pub file: Option<File>,
}

/// A plan of a bureau 规划 (P1): what it rules, for which years, its editions, and since when it agrees with the others.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Register)]
#[register(
    name = "plan",
    part = "planning",
    mission = "P1",
    zh = "规划",
    en = "Plan",
    key(code),
    unit = "unit",
    valid_from = "approved_on",
    valid_to = "ended_on",
    check = "faults"
)]
pub struct Plan {
    /// A short code that stays the same; other registers name the row by it.
    #[field(zh = "编码", en = "Code", max = 40)]
    pub code: String,
    /// What it is called.
    #[field(zh = "名称", en = "Name", max = 100, search)]
    pub name: String,
    /// The unit that draws up the plan and answers for it.
    #[field(zh = "编制单位", en = "Drawn up by", refers = "unit", find)]
    pub unit: String,
    /// Which field the plan rules.
    #[field(zh = "规划类型", en = "Kind", find)]
    pub kind: PlanKind,
    /// Overall, special, detailed or annual.
    #[field(zh = "规划层次", en = "Tier", find)]
    pub tier: PlanTier,
    /// Whether a law demands the plan; a statutory one goes before others where they disagree.
    #[field(zh = "法定规划", en = "Statutory", find)]
    pub statutory: bool,
    /// How far the plan has come.
    #[field(zh = "状态", en = "Status", find)]
    pub status: PlanStatus,
    /// The first year that it plans for.
    #[field(zh = "规划起始年", en = "First year", min = 1980, max = 2100, find)]
    pub first_year: i64,
    /// The last year that it plans for.
    #[field(zh = "规划期末年", en = "Last year", min = 1980, max = 2100, find)]
    pub last_year: i64,
    /// When it was approved; it is in force from then on.
    #[field(zh = "批准日期", en = "Approved on", find)]
    pub approved_on: Option<Date>,
    /// The body that approved it.
    #[field(zh = "批准机关", en = "Approved by", max = 100)]
    pub approved_by: Option<String>,
    /// The number of the document of approval.
    #[field(zh = "批准文号", en = "Approval document", max = 60, search)]
    pub document: Option<String>,
    /// The last day on which it is in force: before it was replaced or repealed.
    #[field(zh = "失效日期", en = "In force until", find)]
    pub ended_on: Option<Date>,
    /// Since when it agrees with the other plans on the one map; empty while it has not been merged.
    #[field(zh = "纳入一张图日期", en = "Merged on", find)]
    pub merged_on: Option<Date>,
    /// The area that it rules.
    #[field(zh = "规划面积", en = "Area", unit = "ha", find)]
    pub area: Option<Area>,
    /// Where it holds.
    #[field(zh = "规划范围", en = "Outline")]
    pub outline: Option<Surface>,
    /// Each edition that was approved, the oldest first.
    #[field(zh = "版本", en = "Editions", max = 60)]
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub editions: Vec<PlanEdition>,
    /// What else must be known of it; no names or numbers of people.
    #[field(zh = "备注", en = "Remarks", max = 1000, lines)]
    pub note: Option<String>,
}

/// A plan that was approved says when; years and dates run forwards; editions stand in the order of approval.
fn faults(plan: &Plan) -> Vec<FieldFault> {
    let (approved, over) = match plan.status {
        PlanStatus::Drafting | PlanStatus::UnderReview => (false, false),
        PlanStatus::Approved => (true, false),
        PlanStatus::Superseded | PlanStatus::Repealed => (true, true),
    };
    let mut faults = Faults::new()
        .unless(plan.first_year <= plan.last_year, "last_year", "years_inverted")
        .needs(approved, "approved_on", plan.approved_on.is_some())
        .needs(over, "ended_on", plan.ended_on.is_some())
        .in_order(&[("approved_on", plan.approved_on), ("ended_on", plan.ended_on)]);
    for (number, pair) in plan.editions.windows(2).enumerate() {
        if let [before, after] = pair {
            let rises = before.approved_on <= after.approved_on;
            faults = faults.unless_in_row(rises, "editions", number + 1, "approved_on", "dates_out_of_order");
        }
    }
    faults.found()
}
