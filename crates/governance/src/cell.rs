//! Unit grid cells 单元网格 (GB/T 47678.3: 15 digits = county 6, street 3, community 3, sequence 3). Several editions of a grid stand in the
//! register by their dates; which one located a case stands in the case.

use db::{Value, dialect::ColumnType};
use kernel::{code::check_digits, time::Moment};
use ledger::{FieldFault, Register};
use map::geometry::MultiPolygon;
use serde::{Deserialize, Serialize};

use crate::handbook::AreaClass;

/// Longest name of a grid's edition, characters.
pub const EDITION_CHARS_MAX: usize = 20;

/// One cell of one edition of the grid.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Cell {
    /// 15 digits.
    pub code: String,
    /// The edition of the grid that it is of, e.g. `2016`; a code may stand in several.
    pub edition: String,
    /// Its area; cells of one edition do not overlap.
    pub area: MultiPolygon,
    /// How busy the place is (GB/T 30428.8): busier areas have shorter limits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub area_class: Option<AreaClass>,
    /// Who is responsible where nobody else is (兜底): the unit's code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// From when it is in force.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_from: Option<Moment>,
    /// From when it is in force no more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_to: Option<Moment>,
}

impl Cell {
    /// The 12-digit code of its community or village.
    #[must_use]
    pub fn community(&self) -> Option<&str> {
        self.code.get(..12)
    }

    /// The 9-digit code of its street or town.
    #[must_use]
    pub fn street(&self) -> Option<&str> {
        self.code.get(..9)
    }
}

impl Register for Cell {
    const NAME: &'static str = "cell";
    const COLUMNS: &'static [(&'static str, ColumnType)] =
        &[("code", ColumnType::Text), ("edition", ColumnType::Text)];
    const INDEXES: &'static [&'static [&'static str]] = &[&["code"]];

    fn key(&self) -> String {
        format!("{}@{}", self.code, self.edition)
    }

    fn validate(&self) -> Vec<FieldFault> {
        let mut faults = Vec::new();
        if check_digits(&self.code, 15).is_err() {
            faults.push(FieldFault::new("code", "cell_code_malformed"));
        }
        let edition = self.edition.chars().count();
        if !(1..=EDITION_CHARS_MAX).contains(&edition) || self.edition.contains('@') {
            faults.push(FieldFault::new("edition", "grid_edition_malformed"));
        }
        if self.area.0.is_empty() {
            faults.push(FieldFault::new("area", "value_missing"));
        }
        if let (Some(from), Some(to)) = (self.valid_from, self.valid_to)
            && to <= from
        {
            faults.push(FieldFault::new("valid_to", "dates_inverted"));
        }
        faults
    }

    fn columns(&self) -> Vec<Value<'_>> {
        vec![self.code.as_str().into(), self.edition.as_str().into()]
    }

    fn valid_from(&self) -> Option<Moment> {
        self.valid_from
    }

    fn valid_to(&self) -> Option<Moment> {
        self.valid_to
    }
}
