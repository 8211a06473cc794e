//! The first rows of a table, column by column.

use std::hash::{BuildHasher as _, BuildHasherDefault};

use documents::table::{Header, SheetChoice, TableFile, TableOptions, TableReader};
use rustc_hash::{FxHashSet, FxHasher};

use super::mapping::column_names;
use crate::error::GovernanceError;

/// Rows that are looked at.
const SAMPLE_ROWS_MAX: usize = 2_000;
/// Rows among which the column names are looked for.
const HEADER_ROWS: usize = 20;
/// Longest value that is kept of a cell, bytes.
const VALUE_BYTES_MAX: usize = 400;

/// A column as its first rows show it.
pub(super) struct ColumnSample {
    /// Its name.
    pub(super) name: String,
    /// Its place, from 0.
    pub(super) place: usize,
    /// Values that are not blank.
    pub(super) values: Vec<String>,
    /// How many of these differ.
    pub(super) distinct: usize,
    /// Rows looked at.
    pub(super) rows: usize,
}

impl ColumnSample {
    /// Share of the values that fulfil something, in percent; of none, 0.
    pub(super) fn percent(&self, fulfils: impl Fn(&str) -> bool) -> usize {
        let count = self.values.iter().filter(|value| fulfils(value)).count();
        (count * 100).checked_div(self.values.len()).unwrap_or_default()
    }

    /// Share of the rows that have a value, in percent.
    pub(super) fn filled_percent(&self) -> usize {
        (self.values.len() * 100).checked_div(self.rows).unwrap_or_default()
    }

    /// Different values to a hundred values.
    pub(super) fn distinct_percent(&self) -> usize {
        (self.distinct * 100).checked_div(self.values.len()).unwrap_or_default()
    }

    /// Different values in the order in which they occur, so many at the most.
    pub(super) fn words(&self, words_max: usize) -> Vec<&str> {
        let mut seen = FxHashSet::default();
        self.values
            .iter()
            .map(|value| value.trim())
            .filter(|value| seen.insert(*value))
            .take(words_max)
            .collect()
    }
}

/// The row of the column names, where it is not the first that has a value: titles stand above it.
pub(super) fn header_row(file: &mut TableFile) -> Result<Option<u64>, GovernanceError> {
    let options = TableOptions { header: Header::Absent, ..TableOptions::default() };
    let mut table = file.read(&SheetChoice::Index(0), &options)?;
    let mut rows: Vec<(u64, usize)> = Vec::new();
    while rows.len() < HEADER_ROWS
        && let Some(row) = table.next_row()?
    {
        rows.push((row.number(), row.cells().filter(|cell| !cell.trim().is_empty()).count()));
    }
    let widest = rows.iter().map(|(_, cells)| *cells).max().unwrap_or_default();
    let found = rows.iter().position(|(_, cells)| cells * 10 >= widest * 6).unwrap_or_default();
    Ok(rows.get(found).filter(|_| found > 0).map(|(number, _)| *number))
}

/// Takes the sample.
pub(super) fn take(table: &mut TableReader<'_>) -> Result<Vec<ColumnSample>, GovernanceError> {
    let names = column_names(&table.sheet().header);
    let hasher = BuildHasherDefault::<FxHasher>::default();
    let mut seen: Vec<FxHashSet<u64>> = vec![FxHashSet::default(); names.len()];
    let mut columns: Vec<ColumnSample> = names
        .into_iter()
        .enumerate()
        .map(|(place, name)| ColumnSample { name, place, values: Vec::new(), distinct: 0, rows: 0 })
        .collect();
    let mut rows = 0;
    while rows < SAMPLE_ROWS_MAX
        && let Some(row) = table.next_row()?
    {
        rows += 1;
        for (column, seen) in columns.iter_mut().zip(&mut seen) {
            let cell = row.get(column.place);
            if cell.trim().is_empty() {
                continue;
            }
            column.distinct += usize::from(seen.insert(hasher.hash_one(cell)));
            column.values.push(cell[..cell.floor_char_boundary(VALUE_BYTES_MAX)].to_owned());
        }
    }
    columns.iter_mut().for_each(|column| column.rows = rows);
    Ok(columns)
}
