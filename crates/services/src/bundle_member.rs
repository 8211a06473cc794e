//! Members of bundles 捆绑子项目. The key is the project: no project is in two bundles.

use kernel::money::Fen;
use ledger::{FieldFault, Register, register::Faults};
use serde::{Deserialize, Serialize};

ledger::choices! {
    /// What a project does for its bundle.
    MemberRole {
        /// Its income carries others.
        Carries = "carries" ("收益项目", "Carries others"),
        /// It is carried by others' income.
        Carried = "carried" ("公益项目", "Carried by others"),
    }
}

/// A project in a bundle, with its own costs and income, so that everybody sees who carries whom (S1).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Register)]
#[register(
    name = "bundle_member",
    part = "services",
    mission = "S1",
    zh = "捆绑子项目",
    en = "Bundle member",
    key(project),
    unit = "unit",
    check = "faults"
)]
pub struct BundleMember {
    /// The project; it is in one bundle and no other.
    #[field(zh = "项目", en = "Project", refers = "project", find)]
    pub project: String,
    /// The bundle that it is in.
    #[field(zh = "捆绑项目包", en = "Bundle", refers = "bundle", find)]
    pub bundle: String,
    /// What it does for the bundle.
    #[field(zh = "作用", en = "Role", find)]
    pub role: MemberRole,
    /// What the bundle invests in it.
    #[field(zh = "投资额", en = "Investment", unit = "wan_yuan", min = 1, find)]
    pub investment: Fen,
    /// What it earns in a year when it runs.
    #[field(zh = "年收入", en = "Income of a year", unit = "wan_yuan", find)]
    pub income: Fen,
    /// What it costs in a year when it runs.
    #[field(zh = "年运营成本", en = "Costs of a year", unit = "wan_yuan", find)]
    pub costs: Fen,
    /// Why it belongs with the others: the same place, the same users.
    #[field(zh = "捆绑理由", en = "Why bundled", max = 500, lines)]
    pub reason: Option<String>,
    /// The unit that answers for it and keeps this row.
    #[field(zh = "责任单位", en = "Responsible unit", refers = "unit", find)]
    pub unit: String,
}

fn faults(member: &BundleMember) -> Vec<FieldFault> {
    let carries = member.role != MemberRole::Carries || member.income > member.costs;
    Faults::new().unless(carries, "income", "member_carries_nothing").found()
}
