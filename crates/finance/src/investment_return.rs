//! Returns of fixed-asset investment 固定资产投资统计.

use kernel::{money::Fen, period::Period};
use ledger::{FieldFault, Register, register::Faults};
use serde::{Deserialize, Serialize};

use crate::rules::total;

ledger::choices! {
    /// Who invests.
    InvestorOwnership {
        /// The state.
        State = "state" ("国有", "State"),
        /// Anybody else.
        NonState = "non_state" ("非国有", "Non-state"),
    }
}

ledger::choices! {
    /// Which part of the statistics a project belongs to.
    StatisticalFrame {
        /// Building projects over the threshold, 5 million yuan since 2011.
        Projects = "projects" ("500万元及以上项目", "Projects of 5 million yuan and over"),
        /// Firms that build houses for sale.
        RealEstate = "real_estate" ("房地产开发", "Real estate development"),
    }
}

/// What was invested in one project in one period, as returned to the bureau of statistics. The returns of a project lie side by side in time: a
/// half-year, or its months, and never both (F7).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Register)]
#[register(
    name = "investment_return",
    part = "finance",
    mission = "F7",
    zh = "固定资产投资报表",
    en = "Investment return",
    key(project, period),
    unit = "unit",
    check = "faults"
)]
pub struct InvestmentReturn {
    /// The project.
    #[field(zh = "项目", en = "Project", refers = "project", find)]
    pub project: String,
    /// The period in which it was invested: what is new in it, not what was since January.
    #[field(zh = "报告期", en = "Period", find)]
    pub period: Period,
    /// Who invests.
    #[field(zh = "投资主体", en = "Ownership", find)]
    pub ownership: InvestorOwnership,
    /// Which part of the statistics the project belongs to.
    #[field(zh = "统计范围", en = "Frame", find)]
    pub frame: StatisticalFrame,
    /// What was invested.
    #[field(zh = "完成投资", en = "Amount", unit = "wan_yuan", find)]
    pub amount: Fen,
    /// The part that went into building and fitting.
    #[field(zh = "其中：建筑安装工程", en = "Building and installation", unit = "wan_yuan", find)]
    pub building: Option<Fen>,
    /// The part that went into machines and tools.
    #[field(zh = "其中：设备工器具购置", en = "Equipment", unit = "wan_yuan", find)]
    pub equipment: Option<Fen>,
    /// The part that went into anything else, land among it.
    #[field(zh = "其中：其他费用", en = "Other costs", unit = "wan_yuan", find)]
    pub other: Option<Fen>,
    /// The bureau that returns it.
    #[field(zh = "填报单位", en = "Returned by", refers = "unit", find)]
    pub unit: String,
}

fn faults(investment: &InvestmentReturn) -> Vec<FieldFault> {
    let parts = [investment.building, investment.equipment, investment.other];
    let is_split = parts.iter().all(Option::is_some);
    let (sum, amount) = (total(parts.into_iter().flatten()), i128::from(investment.amount.0));
    let fits = if is_split { sum == amount } else { sum <= amount };
    Faults::new().unless(fits, "amount", "parts_differ_from_whole").found()
}
