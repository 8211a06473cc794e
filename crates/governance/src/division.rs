//! Streets, towns, communities and villages of a city (GB/T 10114): a register with dates, because divisions change.

use db::{Value, dialect::ColumnType};
use kernel::{code::check_digits, time::Moment};
use ledger::{FieldFault, Register};
use map::geometry::MultiPolygon;
use serde::{Deserialize, Serialize};

/// Longest name, characters.
pub const NAME_CHARS_MAX: usize = 60;

/// What kind of division.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DivisionLevel {
    /// 街道, 9 digits.
    Street,
    /// 镇 or 乡, 9 digits.
    Town,
    /// 社区, 12 digits.
    Community,
    /// 村, 12 digits.
    Village,
}

impl DivisionLevel {
    /// The word, as in JSON and in tables.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Street => "street",
            Self::Town => "town",
            Self::Community => "community",
            Self::Village => "village",
        }
    }

    /// How many digits its code has.
    #[must_use]
    pub const fn digits(self) -> usize {
        match self {
            Self::Street | Self::Town => 9,
            Self::Community | Self::Village => 12,
        }
    }

    /// The level from its word.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Street, Self::Town, Self::Community, Self::Village]
            .into_iter()
            .find(|level| level.name() == text)
    }
}

/// A street, town, community or village.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Division {
    /// 9 or 12 digits; never its name, which is not unique.
    pub code: String,
    /// The name.
    pub name: String,
    /// In English; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name_en: String,
    /// Which kind.
    pub level: DivisionLevel,
    /// The division above: the code's first six or nine digits.
    pub parent: String,
    /// Its border, where it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub boundary: Option<MultiPolygon>,
    /// From when it is in force.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_from: Option<Moment>,
    /// From when it is in force no more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_to: Option<Moment>,
}

impl Register for Division {
    const NAME: &'static str = "division";
    const COLUMNS: &'static [(&'static str, ColumnType)] =
        &[("level", ColumnType::Text), ("parent", ColumnType::Text)];
    const INDEXES: &'static [&'static [&'static str]] = &[&["parent"]];
    const WORDS: bool = true;

    fn key(&self) -> String {
        self.code.clone()
    }

    fn validate(&self) -> Vec<FieldFault> {
        let mut faults = Vec::new();
        if check_digits(&self.code, self.level.digits()).is_err() {
            faults.push(FieldFault::new("code", "division_code_malformed"));
        } else if !self.code.starts_with(&self.parent) || self.parent.len() + 3 != self.code.len() {
            faults.push(FieldFault::new("parent", "division_parent_wrong"));
        }
        if self.name.trim().is_empty() {
            faults.push(FieldFault::new("name", "value_missing"));
        }
        for (field, text) in [("name", &self.name), ("name_en", &self.name_en)] {
            if text.chars().count() > NAME_CHARS_MAX {
                faults.push(FieldFault::new(field, "value_too_long"));
            }
        }
        faults
    }

    fn columns(&self) -> Vec<Value<'_>> {
        vec![self.level.name().into(), self.parent.as_str().into()]
    }

    fn words(&self) -> String {
        format!("{} {}", self.name, self.name_en)
    }

    fn valid_from(&self) -> Option<Moment> {
        self.valid_from
    }

    fn valid_to(&self) -> Option<Moment> {
        self.valid_to
    }
}
