//! Handling and supervising units 处置单位, 主管部门: bureaus, street offices, firms that handle cases.

use ledger::{FieldFault, Register};
use serde::{Deserialize, Serialize};

ledger::choices! {
    /// What kind of unit.
    UnitKind {
        /// A bureau of the city 委办局.
        Bureau = "bureau" ("委办局", "Bureau"),
        /// A street or town office 街道办, 镇政府.
        StreetOffice = "street_office" ("街道办、镇政府", "Street office"),
        /// A firm with a public task.
        Firm = "firm" ("企业", "Firm"),
    }
}

/// A unit that handles cases, or answers for those who do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Register)]
#[register(
    name = "unit",
    part = "governance",
    mission = "G3",
    zh = "单位",
    en = "Unit",
    key(code),
    check = "faults"
)]
pub struct Unit {
    /// A short word of letters, digits, dashes and underscores, stable; cases name it.
    #[field(zh = "编码", en = "Code", max = 40)]
    pub code: String,
    /// The name in Chinese, as handbooks write it.
    #[field(zh = "名称", en = "Name", max = 100, search)]
    pub name_zh: String,
    /// The name in English; may be empty.
    #[field(zh = "英文名称", en = "English name", max = 100, optional, search)]
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name_en: String,
    /// Which kind.
    #[field(zh = "类别", en = "Kind", find)]
    #[serde(default = "bureau")]
    pub kind: UnitKind,
}

const fn bureau() -> UnitKind {
    UnitKind::Bureau
}

/// The code stands in addresses and file names.
fn faults(unit: &Unit) -> Vec<FieldFault> {
    let fits = unit.code.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_');
    if fits { Vec::new() } else { vec![FieldFault::new("code", "unit_code_malformed")] }
}
