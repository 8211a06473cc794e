//! Construction by an agent 代建: who uses it neither builds nor owns it.

use jiff::civil::Date;
use kernel::{money::Fen, rate::Rate};
use ledger::{FieldFault, Register, register::Faults};
use serde::{Deserialize, Serialize};

use crate::rules::within;

ledger::choices! {
    /// How the user has what the agent builds.
    Tenure {
        /// It is handed over and owned by the user.
        Transferred = "transferred" ("移交产权", "Transferred"),
        /// The agent or a company owns it, the user uses it without paying.
        FreeUse = "free_use" ("无偿使用", "Free use"),
        /// The user rents it.
        Rented = "rented" ("租用", "Rented"),
    }
}

/// A contract by which an agent builds for a public user and hands over: use without owning (S3).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Register)]
#[register(
    name = "agent_construction",
    part = "services",
    mission = "S3",
    zh = "代建合同",
    en = "Agent construction",
    key(code),
    unit = "unit",
    check = "faults"
)]
pub struct AgentConstruction {
    /// The number of the contract.
    #[field(zh = "合同编号", en = "Code", max = 60)]
    pub code: String,
    /// The project that is built.
    #[field(zh = "项目", en = "Project", refers = "project", find)]
    pub project: String,
    /// Who builds.
    #[field(zh = "代建单位", en = "Agent", refers = "organisation", find)]
    pub agent: String,
    /// Who will use it.
    #[field(zh = "使用单位", en = "User", refers = "organisation", find)]
    pub used_by: String,
    /// How the user has it.
    #[field(zh = "使用方式", en = "Tenure", find)]
    pub tenure: Tenure,
    /// The day of signing.
    #[field(zh = "签订日期", en = "Signed on", find)]
    pub signed_on: Date,
    /// What may be spent.
    #[field(zh = "代建投资", en = "Amount", unit = "wan_yuan", min = 1, find)]
    pub amount: Fen,
    /// What the agent has for it, of what is spent.
    #[field(zh = "代建管理费率", en = "Agent's fee", max = 100_000, find)]
    pub fee: Option<Rate>,
    /// What was spent, as audited.
    #[field(zh = "审定结算额", en = "Audited cost", unit = "wan_yuan", find)]
    pub audited: Option<Fen>,
    /// The day by which it is to be handed over.
    #[field(zh = "约定移交日期", en = "Due on", find)]
    pub due_on: Option<Date>,
    /// The day on which it was handed over.
    #[field(zh = "移交日期", en = "Handed over on", find)]
    pub handed_over_on: Option<Date>,
    /// What the user pays in a year, where it is rented.
    #[field(zh = "年租金", en = "Rent of a year", unit = "wan_yuan", find)]
    pub rent: Option<Fen>,
    /// Why more was spent than agreed.
    #[field(zh = "超概原因", en = "Why it cost more", max = 500, lines)]
    pub overrun: Option<String>,
    /// The unit that answers for it and keeps this row.
    #[field(zh = "责任单位", en = "Responsible unit", refers = "unit", find)]
    pub unit: String,
}

fn faults(contract: &AgentConstruction) -> Vec<FieldFault> {
    let has_overrun = !within(contract.audited, Some(contract.amount));
    Faults::new()
        .unless(contract.used_by != contract.agent, "used_by", "parties_same")
        .needs(contract.tenure == Tenure::Rented, "rent", contract.rent.is_some())
        .needs(has_overrun, "overrun", contract.overrun.is_some())
        .in_order(&[("signed_on", Some(contract.signed_on)), ("due_on", contract.due_on)])
        .in_order(&[("signed_on", Some(contract.signed_on)), ("handed_over_on", contract.handed_over_on)])
        .found()
}
