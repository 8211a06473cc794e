//! Contracts by which the right to manage land is passed on 流转合同 (L2), in each mode, with what the 2021 rules on
//! transfer (农村土地经营权流转管理办法) ask for.

use jiff::civil::Date;
use kernel::{area::Area, money::Fen};
use ledger::{
    FieldFault, Fields, Register,
    register::{Faults, File},
};
use serde::{Deserialize, Serialize};

ledger::choices! {
    /// How the right to manage land is passed on.
    TransferMode {
        /// Lease 出租.
        Lease = "lease" ("出租", "Lease"),
        /// Subcontract 转包.
        Subcontract = "subcontract" ("转包", "Subcontract"),
        /// Swap 互换.
        Swap = "swap" ("互换", "Swap"),
        /// Assignment 转让.
        Assignment = "assignment" ("转让", "Assignment"),
        /// Taken as shares 入股.
        Shares = "shares" ("入股", "Taken as shares"),
        /// Put in a land bank 存入土地银行.
        LandBank = "land_bank" ("存入土地银行", "Put in a land bank"),
    }
}

ledger::choices! {
    /// What transferred land is used for.
    LandPurpose {
        /// Grain 粮食.
        Grain = "grain" ("粮食", "Grain"),
        /// Vegetables 蔬菜.
        Vegetables = "vegetables" ("蔬菜", "Vegetables"),
        /// Fruit 水果.
        Fruit = "fruit" ("水果", "Fruit"),
        /// Tea and herbs 茶叶中药材.
        TeaHerbs = "tea_herbs" ("茶叶中药材", "Tea and herbs"),
        /// Flowers and seedlings 花卉苗木.
        Flowers = "flowers" ("花卉苗木", "Flowers and seedlings"),
        /// Livestock 畜禽养殖.
        Livestock = "livestock" ("畜禽养殖", "Livestock"),
        /// Fishery 水产养殖.
        Fishery = "fishery" ("水产养殖", "Fishery"),
        /// Forestry 林业.
        Forestry = "forestry" ("林业", "Forestry"),
        /// Leisure farming 休闲农业.
        Leisure = "leisure" ("休闲农业", "Leisure farming"),
        /// Other farming 其他农业.
        Other = "other" ("其他农业", "Other farming"),
    }
}

ledger::choices! {
    /// When rent is paid.
    PaymentTerm {
        /// Each year, beforehand 按年先付.
        YearlyBefore = "yearly_before" ("按年先付", "Each year, beforehand"),
        /// Each year, afterwards 按年后付.
        YearlyAfter = "yearly_after" ("按年后付", "Each year, afterwards"),
        /// Each half-year 按半年付.
        HalfYearly = "half_yearly" ("按半年付", "Each half-year"),
        /// All at once 一次付清.
        Once = "once" ("一次付清", "All at once"),
        /// By profit 按收益分红.
        ByProfit = "by_profit" ("按收益分红", "By profit"),
    }
}

ledger::choices! {
    /// How far the review of a firm that leases land is.
    CapitalReview {
        /// Not needed 不需审查.
        NotNeeded = "not_needed" ("不需审查", "Not needed"),
        /// Under review 审查中.
        Pending = "pending" ("审查中", "Under review"),
        /// Passed 已通过.
        Passed = "passed" ("已通过", "Passed"),
        /// Failed 未通过.
        Failed = "failed" ("未通过", "Failed"),
    }
}

/// A plot that is passed on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Fields)]
pub struct Plot {
    /// The right to the parcel that it is taken from.
    #[field(zh = "权利", en = "Right", refers = "land_right")]
    pub right: String,
    /// How much of the parcel.
    #[field(zh = "面积", en = "Area", unit = "mu")]
    pub area: Area,
}

/// A contract by which the right to manage land is passed on 土地经营权流转合同 (L2): parties, plots, term, use, rent.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Register)]
#[register(
    name = "transfer_contract",
    part = "land",
    mission = "L2",
    zh = "流转合同",
    en = "Transfer contract",
    key(code),
    unit = "unit",
    valid_from = "begins_on",
    valid_to = "ends_on",
    check = "faults"
)]
pub struct TransferContract {
    /// The number of the contract in the ledger of transfers 流转台账.
    #[field(zh = "合同编号", en = "Contract number", max = 40, search)]
    pub code: String,
    /// How the land is passed on.
    #[field(zh = "流转方式", en = "Mode", find)]
    pub mode: TransferMode,
    /// The household that passes it on.
    #[field(zh = "流出方（农户）", en = "From household", refers = "household", find)]
    pub from_household: Option<String>,
    /// The organisation that passes it on.
    #[field(zh = "流出方（单位）", en = "From organisation", refers = "organisation", find)]
    pub from_organisation: Option<String>,
    /// The household that takes it.
    #[field(zh = "流入方（农户）", en = "To household", refers = "household", find)]
    pub to_household: Option<String>,
    /// The firm, co-operative or land bank that takes it.
    #[field(zh = "流入方（单位）", en = "To organisation", refers = "organisation", find)]
    pub to_organisation: Option<String>,
    /// What it is used for; transferred land stays in agriculture.
    #[field(zh = "用途", en = "Use", find)]
    pub purpose: LandPurpose,
    /// How much land is passed on: the sum of its plots.
    #[field(zh = "流转面积", en = "Area", unit = "mu", find)]
    pub area: Area,
    /// The rent for a mu and year; for land taken as shares, the floor.
    #[field(zh = "每亩年租金", en = "Rent per mu and year", find)]
    pub rent: Fen,
    /// When the rent is paid.
    #[field(zh = "支付方式", en = "Paid", find)]
    pub payment: PaymentTerm,
    /// The guide price that is in force when the transfer begins.
    #[field(zh = "指导价", en = "Guide price", refers = "guide_price")]
    pub guide_price: Option<String>,
    /// When it was signed.
    #[field(zh = "签订日期", en = "Signed on", find)]
    pub signed_on: Date,
    /// When the transfer begins; the rights that it is taken from must be in force on that day.
    #[field(zh = "流转期起", en = "From", find)]
    pub begins_on: Date,
    /// When it ends: not after the contract of the household.
    #[field(zh = "流转期止", en = "Until", find)]
    pub ends_on: Date,
    /// Whether a group or another agent signed for the household.
    #[field(zh = "委托流转", en = "By an agent", find)]
    pub by_agent: bool,
    /// The household's own written power of attorney; without it nobody may pass on its land.
    #[field(zh = "委托书", en = "Power of attorney")]
    pub power_of_attorney: Option<File>,
    /// Where the taker is a firm that leases much land: how far the review is.
    #[field(zh = "工商资本审查", en = "Review of the taker", find)]
    pub review: CapitalReview,
    /// What the taker has put down against unpaid rent.
    #[field(zh = "风险保障金", en = "Risk deposit", unit = "wan_yuan", find)]
    pub risk_deposit: Fen,
    /// When it was filed with the collective and the town.
    #[field(zh = "备案日期", en = "Filed on", find)]
    pub filed_on: Option<Date>,
    /// When it ended before its time.
    #[field(zh = "提前终止日期", en = "Ended early on", find)]
    pub ended_early_on: Option<Date>,
    /// Each plot, by the right that it is taken from.
    #[field(zh = "流转地块", en = "Plots", max = 2_000)]
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub plots: Vec<Plot>,
    /// The unit that answers for it and keeps this row.
    #[field(zh = "责任单位", en = "Responsible unit", refers = "unit", find)]
    pub unit: String,
}

/// One party on each side, plots that add up, no plot twice, an agent only with the household's own power of attorney, not filed before the
/// review of the taker is passed (2021 rules, arts 21–28).
fn faults(contract: &TransferContract) -> Vec<FieldFault> {
    let from = contract.from_household.is_some() != contract.from_organisation.is_some();
    let to = contract.to_household.is_some() != contract.to_organisation.is_some();
    let reviewed = matches!(contract.review, CapitalReview::NotNeeded | CapitalReview::Passed);
    let sum = Area::sum(contract.plots.iter().map(|plot| plot.area));
    let mut faults = Faults::new()
        .unless(from, "from_household", "one_party_only")
        .unless(to, "to_household", "one_party_only")
        .unless(contract.filed_on.is_none() || reviewed, "review", "review_not_passed")
        .needs(contract.by_agent, "power_of_attorney", contract.power_of_attorney.is_some())
        .needs(true, "plots", !contract.plots.is_empty())
        .unless(contract.plots.is_empty() || sum == Ok(contract.area), "area", "area_differs_from_table")
        .in_order(&[
            ("begins_on", Some(contract.begins_on)),
            ("ended_early_on", contract.ended_early_on),
            ("ends_on", Some(contract.ends_on)),
        ])
        .in_order(&[("signed_on", Some(contract.signed_on)), ("filed_on", contract.filed_on)]);
    for (number, plot) in contract.plots.iter().enumerate() {
        let known = contract.plots.iter().take(number).any(|other| other.right == plot.right);
        faults = faults.unless_in_row(!known, "plots", number, "right", "row_twice").unless_in_row(
            plot.area > Area::ZERO,
            "plots",
            number,
            "area",
            "area_missing",
        );
    }
    faults.found()
}
