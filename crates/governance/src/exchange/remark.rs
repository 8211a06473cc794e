//! What is said of a row: why it was refused, or what should be looked at though it was taken in.

use std::collections::BTreeMap;

use serde::Serialize;

use super::REMARKS_MAX;
use crate::dictionary::FAULT_VALUE_CHARACTERS_MAX;

/// Why a row is refused, with the English text of each code. Beyond these, what the case's own rules refuse.
pub const REFUSALS: &[(&str, &str)] = &[
    ("import_class_missing", "The row says no type."),
    ("import_id_missing", "The row has no id."),
    ("import_reported_at_missing", "The row says no time of report."),
    ("import_reported_at_unreadable", "The time of report cannot be read in the formats of its column."),
];

/// What is flagged in a row that was taken in, with the English text of each code.
pub const WARNINGS: &[(&str, &str)] = &[
    ("cell_spreadsheet_error", "The cell holds an error of the spreadsheet program."),
    ("cell_too_long", "The cell's text is too long."),
    ("coordinate_not_a_number", "A coordinate is not a number."),
    ("coordinates_missing", "Coordinates are missing."),
    ("coordinates_projected", "The coordinates look projected; give longitude and latitude."),
    ("coordinates_swapped", "Longitude and latitude seem to be swapped."),
    ("coordinates_zero", "The coordinates are zero, which is nowhere."),
    ("import_address_cut", "The address is too long for a case; the whole stands in the fields."),
    ("import_channel_unknown", "The channel is none that is known; it counts as another platform."),
    ("import_class_cut", "The type is too long for a case; the whole stands in the fields."),
    ("import_clock_changed", "Clocks were changed at this time: it never was, or was twice."),
    ("import_closed_at_once", "Closed in the moment of the report."),
    ("import_closed_before_reported", "Closed before it was reported."),
    ("import_closed_without_state", "There is a closing date, but the state is not closed."),
    ("import_closing_date_missing", "The state is closed, but there is no closing date."),
    ("import_date_unreadable", "The date cannot be read in the formats of its column."),
    ("import_due_before_reported", "Promised for a day before the report."),
    ("import_due_missing", "There is no promised day."),
    ("import_duplicate_id", "The id stands in an earlier row with other content; this row corrects it."),
    ("import_fields_cut", "The row is too long; not all its fields are kept."),
    ("import_id_cut", "The id is too long to be shown whole."),
    ("import_outside_city", "The place lies outside the city."),
    ("import_personal_masked", "What identifies a person was masked."),
    ("import_reported_in_future", "Reported in the future."),
    (
        "import_row_corrected",
        "The row says something else than when it was imported; the case was corrected.",
    ),
    ("import_row_older", "The row is older than what is known of the case; nothing was changed."),
    ("import_state_missing", "The row says no state."),
    ("import_state_unknown", "The state is none that is known."),
    ("import_text_cut", "The text is too long for a case; the whole stands in the fields."),
    ("row_quote_misplaced", "A quotation mark is misplaced."),
    ("row_quote_unclosed", "A quotation mark is not closed."),
    ("row_ragged", "The row does not have as many columns as the header."),
];

/// What the case's rules refuse of an import, with the English text of each code.
const OF_THE_CASE: &[(&str, &str)] = &[
    (
        "case_acted_on_here",
        "The row says something else than before, but somebody here has acted on the case since; it stays as it is.",
    ),
    ("case_reimport_limit", "The case was corrected by its source too often."),
];

/// The English text of a code.
#[must_use]
pub fn message(code: &str) -> &'static str {
    let known = [REFUSALS, WARNINGS, OF_THE_CASE].into_iter().flatten();
    known
        .into_iter()
        .find(|(known, _)| *known == code)
        .map_or("The rules of cases do not allow it.", |(_, message)| message)
}

/// Something about a row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Remark {
    /// The row as the spreadsheet program shows it, from 1 with the header.
    pub row: u64,
    /// The column's name; empty where it is about the whole row.
    pub column: String,
    /// The value found, masked and cut.
    pub value: String,
    /// The translation key.
    pub code: &'static str,
    /// What it means, in English.
    pub message: &'static str,
}

impl Remark {
    /// A remark; the value is masked and cut to [`FAULT_VALUE_CHARACTERS_MAX`] characters.
    #[must_use]
    pub fn new(row: u64, column: &str, value: &str, code: &'static str) -> Self {
        Self {
            row,
            column: column.to_owned(),
            value: super::personal::shown(value, FAULT_VALUE_CHARACTERS_MAX),
            code,
            message: message(code),
        }
    }
}

/// The account of an import: `rows = imported + unchanged + refused`, always.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Outcome {
    /// Rows that held anything.
    pub rows: u64,
    /// Rows taken in, corrections included.
    pub imported: u64,
    /// Rows that say what is known already.
    pub unchanged: u64,
    /// Rows not taken in.
    pub refused: u64,
    /// Of the imported rows, those that corrected a case that was there.
    pub corrected: u64,
    /// Why rows were refused; the first [`REMARKS_MAX`].
    pub refusals: Vec<Remark>,
    /// What was taken in but should be looked at; the first [`REMARKS_MAX`].
    pub warnings: Vec<Remark>,
    /// How many refusals and warnings there were of each code, those beyond the lists included.
    pub counts: BTreeMap<&'static str, u64>,
    /// Columns that were left out because they tell of persons, or because the mapping says so.
    pub left_out: Vec<String>,
}

impl Outcome {
    pub(super) fn refuse(&mut self, remark: Remark) {
        self.refused += 1;
        note(&mut self.refusals, &mut self.counts, remark);
    }

    pub(super) fn warn(&mut self, remark: Remark) {
        note(&mut self.warnings, &mut self.counts, remark);
    }

    /// Lists in the order of rows: what the store says of a row comes later than what its reading said.
    pub(super) fn sort(&mut self) {
        self.refusals.sort_by_key(|remark| remark.row);
        self.warnings.sort_by_key(|remark| remark.row);
    }
}

fn note(list: &mut Vec<Remark>, counts: &mut BTreeMap<&'static str, u64>, remark: Remark) {
    *counts.entry(remark.code).or_default() += 1;
    if list.len() < REMARKS_MAX {
        list.push(remark);
    }
}
