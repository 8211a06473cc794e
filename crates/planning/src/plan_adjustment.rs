//! Adjustments by which plans are brought to agree 规划调整 (P1): each names the plan that gives way and the one it gives
//! way to.

use jiff::civil::Date;
use kernel::{area::Area, shape::Surface};
use ledger::{FieldFault, Register, register::Faults};
use serde::{Deserialize, Serialize};

ledger::choices! {
    /// Why a plan is adjusted.
    AdjustmentReason {
        /// It disagrees with another plan 与其他规划不一致.
        Conflict = "conflict" ("与其他规划不一致", "It disagrees with another plan"),
        /// It touches a line that must not be crossed 涉及控制线.
        HardLine = "hard_line" ("涉及控制线", "It touches a line that must not be crossed"),
        /// A major project needs it 重大项目落地.
        Project = "project" ("重大项目落地", "A major project needs it"),
        /// Its data were wrong 数据更正.
        Correction = "correction" ("数据更正", "Its data were wrong"),
        /// An evaluation of the plan asks for it 规划评估修改.
        Evaluation = "evaluation" ("规划评估修改", "An evaluation of the plan asks for it"),
    }
}

ledger::choices! {
    /// How far an adjustment has come.
    AdjustmentStatus {
        /// Proposed 已提出.
        Proposed = "proposed" ("已提出", "Proposed"),
        /// Being coordinated 协调中.
        Coordinating = "coordinating" ("协调中", "Being coordinated"),
        /// Adopted 已采纳.
        Adopted = "adopted" ("已采纳", "Adopted"),
        /// Rejected 不采纳.
        Rejected = "rejected" ("不采纳", "Rejected"),
        /// Withdrawn 已撤回.
        Withdrawn = "withdrawn" ("已撤回", "Withdrawn"),
    }
}

/// An adjustment of a plan 规划调整 (P1), most often of a patch on which two plans disagree 差异图斑.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Register)]
#[register(
    name = "plan_adjustment",
    part = "planning",
    mission = "P1",
    zh = "规划调整",
    en = "Plan adjustment",
    key(code),
    unit = "unit",
    check = "faults"
)]
pub struct PlanAdjustment {
    /// A short code that stays the same; other registers name the row by it.
    #[field(zh = "编码", en = "Code", max = 40)]
    pub code: String,
    /// The plan that is changed.
    #[field(zh = "被调整的规划", en = "Plan", refers = "plan", find)]
    pub plan: String,
    /// The other plan, where two disagree.
    #[field(zh = "冲突的规划", en = "In conflict with", refers = "plan", find)]
    pub against: Option<String>,
    /// The unit that proposes the adjustment.
    #[field(zh = "提出单位", en = "Proposed by", refers = "unit", find)]
    pub unit: String,
    /// Why it is adjusted.
    #[field(zh = "调整原因", en = "Reason", find)]
    pub reason: AdjustmentReason,
    /// How far it has come.
    #[field(zh = "状态", en = "Status", find)]
    pub status: AdjustmentStatus,
    /// When it was proposed.
    #[field(zh = "提出日期", en = "Proposed on", find)]
    pub proposed_on: Date,
    /// When the units concerned agreed.
    #[field(zh = "协调一致日期", en = "Agreed on", find)]
    pub agreed_on: Option<Date>,
    /// When it was adopted or rejected.
    #[field(zh = "批准日期", en = "Decided on", find)]
    pub decided_on: Option<Date>,
    /// The number of the document that decides it.
    #[field(zh = "文号", en = "Document", max = 60, search)]
    pub document: Option<String>,
    /// The edition of the plan that it became part of.
    #[field(zh = "形成的版本", en = "Leads to edition", max = 20)]
    pub edition: Option<String>,
    /// The use of the patch under the plan until now.
    #[field(zh = "调整前用途", en = "Use before", max = 60)]
    pub class_before: Option<String>,
    /// The use of the patch afterwards.
    #[field(zh = "调整后用途", en = "Use after", max = 60)]
    pub class_after: Option<String>,
    /// How large the patch is.
    #[field(zh = "图斑面积", en = "Area of the patch", unit = "ha", find)]
    pub area: Option<Area>,
    /// Where the patch lies.
    #[field(zh = "图斑范围", en = "Outline")]
    pub outline: Option<Surface>,
    /// What is changed, in a few sentences.
    #[field(zh = "调整内容", en = "What changes", max = 1000, lines, search)]
    pub content: String,
}

/// A plan is in conflict with another one, not with itself; what was decided says when.
fn faults(adjustment: &PlanAdjustment) -> Vec<FieldFault> {
    let conflict = adjustment.reason == AdjustmentReason::Conflict;
    let decided = matches!(adjustment.status, AdjustmentStatus::Adopted | AdjustmentStatus::Rejected);
    let moved = adjustment.class_before.is_none() || adjustment.class_before != adjustment.class_after;
    Faults::new()
        .needs(conflict, "against", adjustment.against.is_some())
        .unless(adjustment.against.as_ref() != Some(&adjustment.plan), "against", "refers_to_itself")
        .needs(decided, "decided_on", adjustment.decided_on.is_some())
        .in_order(&[
            ("proposed_on", Some(adjustment.proposed_on)),
            ("agreed_on", adjustment.agreed_on),
            ("decided_on", adjustment.decided_on),
        ])
        .unless(moved, "class_after", "nothing_changed")
        .found()
}
