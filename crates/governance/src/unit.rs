//! Handling and supervising units 处置单位, 主管部门: bureaus, street offices, firms that handle cases.

use db::{Value, dialect::ColumnType};
use ledger::{FieldFault, Register};
use serde::{Deserialize, Serialize};

/// Longest code, characters.
pub const CODE_CHARS_MAX: usize = 40;
/// Longest name, characters.
pub const NAME_CHARS_MAX: usize = 100;

/// What kind of unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UnitKind {
    /// A bureau of the city 委办局.
    #[default]
    Bureau,
    /// A street or town office 街道办, 镇政府.
    StreetOffice,
    /// A firm with a public task.
    Firm,
}

impl UnitKind {
    /// The word, as in JSON and in tables.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Bureau => "bureau",
            Self::StreetOffice => "street_office",
            Self::Firm => "firm",
        }
    }
}

/// A unit that handles cases.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unit {
    /// A short word of letters, digits, dashes and underscores, stable; cases name it.
    pub code: String,
    /// The name in Chinese, as handbooks write it.
    pub name_zh: String,
    /// The name in English; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name_en: String,
    /// Which kind.
    #[serde(default)]
    pub kind: UnitKind,
}

impl Register for Unit {
    const NAME: &'static str = "unit";
    const COLUMNS: &'static [(&'static str, ColumnType)] = &[("kind", ColumnType::Text)];
    const WORDS: bool = true;

    fn key(&self) -> String {
        self.code.clone()
    }

    fn validate(&self) -> Vec<FieldFault> {
        let mut faults = Vec::new();
        let fits = (1..=CODE_CHARS_MAX).contains(&self.code.len())
            && self.code.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_');
        if !fits {
            faults.push(FieldFault { field: "code", code: "unit_code_malformed" });
        }
        if self.name_zh.trim().is_empty() {
            faults.push(FieldFault { field: "name_zh", code: "value_missing" });
        }
        for (field, text) in [("name_zh", &self.name_zh), ("name_en", &self.name_en)] {
            if text.chars().count() > NAME_CHARS_MAX {
                faults.push(FieldFault { field, code: "value_too_long" });
            }
        }
        faults
    }

    fn columns(&self) -> Vec<Value<'_>> {
        vec![self.kind.name().into()]
    }

    fn words(&self) -> String {
        format!("{} {}", self.name_zh, self.name_en)
    }
}
