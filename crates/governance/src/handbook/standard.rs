//! The made-up handbook and list of units that ship with the product, for a city that has none yet.

use documents::table::TableFile;
use serde::{Deserialize, Serialize};

use super::{
    Handbook, Unit,
    workbook::{self, Import},
};
use crate::{
    dictionary::{Dictionary, EDITION_2026, Table},
    error::GovernanceError,
};

const HANDBOOK: &[u8] = include_bytes!("../../data/handbook/default-2026.csv");
const UNITS: &[u8] = include_bytes!("../../data/handbook/units.csv");

/// A unit of the default list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DefaultUnit {
    /// A short word, stable.
    pub code: String,
    /// The name in Chinese, as the default handbook writes it.
    pub name_zh: String,
    /// The name in English.
    pub name_en: String,
}

impl DefaultUnit {
    /// As a condition names it.
    #[must_use]
    pub fn unit(&self) -> Unit {
        Unit { code: self.code.clone(), name: self.name_zh.clone() }
    }
}

/// The units that the default handbook names.
///
/// # Errors
/// Only where the shipped file is damaged.
pub fn default_units() -> Result<Vec<DefaultUnit>, GovernanceError> {
    let table = Table::read(UNITS)?;
    let (code, name_zh, name_en) =
        (table.required(&["code"])?, table.required(&["name_zh"])?, table.required(&["name_en"])?);
    let text = |cells: &[String], column: usize| cells.get(column).cloned().unwrap_or_default();
    Ok(table
        .rows
        .iter()
        .map(|(_, cells)| DefaultUnit {
            code: text(cells, code),
            name_zh: text(cells, name_zh),
            name_en: text(cells, name_en),
        })
        .collect())
}

/// The default handbook of edition 2026 as version 1, in force from a day.
///
/// # Errors
/// Only where the shipped file is damaged, or the dictionary lacks edition 2026.
pub fn default_2026(
    dictionary: &Dictionary,
    in_force_from: jiff::civil::Date,
) -> Result<Handbook, GovernanceError> {
    let units: Vec<Unit> = default_units()?.iter().map(DefaultUnit::unit).collect();
    let unreadable =
        |error: documents::DocumentError| GovernanceError::TableUnreadable { reason: error.to_string() };
    let mut file = TableFile::from_bytes(HANDBOOK.to_vec()).map_err(unreadable)?;
    let sheets = workbook::read_table(&mut file)?;
    let outcome = workbook::import(
        &sheets,
        &Import { dictionary, edition: EDITION_2026, units: &units, previous: None },
    )?;
    if outcome.report.refused > 0 {
        return Err(GovernanceError::RowsRefused { faults: outcome.report.refusals });
    }
    Handbook::new(1, "默认立案、处置与结案标准", EDITION_2026, in_force_from, outcome.conditions)
}
