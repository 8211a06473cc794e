//! What an import shows: how far it is, what would become of each row, what is wrong and how to mend it.

use std::sync::atomic::Ordering;

use exchange::{CellChange, Clash, Outcome, Remark, import::ImportState};
use kernel::time::Moment;
use ledger::{Record, register::Description};
use serde::Serialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;

use super::desk::{Found, Import, Line, Stage};
use crate::language::Language;

/// Warnings that the face of an import lists at the most; the marked copy has all.
const WARNINGS_SHOWN_MAX: usize = 200;

/// What is said of a row or cell.
#[derive(Serialize, ToSchema)]
pub(crate) struct RemarkFace {
    /// The sheet; empty where there are none.
    sheet: String,
    /// The row as a spreadsheet program numbers it; of GeoJSON and packages the place, of JSON the line.
    row: u32,
    /// The column's heading, or the field's name where the file has no such column.
    column: String,
    /// The value found, shortened and without personal data.
    value: String,
    /// The translation key.
    code: String,
    /// What is wrong, in the caller's language.
    message: String,
    /// How to mend it.
    mend: String,
}

impl RemarkFace {
    fn of(remark: &Remark, language: Language) -> Self {
        let mut said = remark.clone();
        said.say(&speak(language));
        Self {
            sheet: said.sheet,
            row: said.row,
            column: said.column,
            value: said.value,
            code: said.code.into_owned(),
            message: said.message,
            mend: said.mend,
        }
    }
}

/// Texts in a language.
pub(super) fn speak(language: Language) -> impl Fn(&str, &Map<String, Value>) -> Option<String> {
    move |key, details| Some(language.text(key, details)).filter(|text| text != key)
}

/// Rows of an import.
#[derive(Serialize, ToSchema, Default)]
pub(crate) struct ImportRows {
    /// Read from the file so far; all where it was read.
    read: u64,
    /// Compared with what stands so far.
    checked: u64,
    /// To be written.
    to_save: u64,
    /// Written so far; each batch of them is one step.
    saved: u64,
    /// That are or would be new.
    new: u64,
    /// That are or would be changed.
    changed: u64,
    /// That stand as the file says.
    unchanged: u64,
    /// That are refused, conflicts among them.
    refused: u64,
    /// Of those, changed in the file and here since the file went out.
    conflicts: u64,
}

/// An import.
#[derive(Serialize, ToSchema)]
pub(crate) struct ImportFace {
    /// Its id.
    id: String,
    /// The register.
    register: String,
    /// The file's name.
    file: String,
    /// `reading`, `checking`, `checked` (waits for the caller's word), `saving`, `saved`, `undone`, `failed`, or `interrupted`: the process
    /// ended while it wrote; what was written stands and can be undone, and the same file again brings in the rest.
    state: &'static str,
    /// When it was brought, UTC milliseconds.
    begun_at: i64,
    /// Rows.
    rows: ImportRows,
    /// How many warnings there are.
    warnings_total: usize,
    /// The first of them.
    warnings: Vec<RemarkFace>,
    /// Undone: rows that were put back.
    restored: Option<u64>,
    /// Undone: rows that stay as they are.
    kept: Option<u64>,
    /// Failed: the translation key of what went wrong with the file as a whole.
    code: Option<String>,
    /// The same in the caller's language.
    message: Option<String>,
}

impl ImportFace {
    /// Of one that is under way or waits.
    pub(super) fn of(import: &Import, language: Language) -> Self {
        let found = std::sync::Arc::clone(&import.found.lock());
        let account = &found.account;
        let count = |count: &std::sync::atomic::AtomicUsize| count.load(Ordering::Relaxed) as u64;
        let problem = import.problem.lock().clone();
        let warnings = account.warnings.iter().take(WARNINGS_SHOWN_MAX);
        Self {
            id: import.id.clone(),
            register: import.register.clone(),
            file: import.file.clone(),
            state: import.stage().name(),
            begun_at: import.begun_at.millis(),
            rows: ImportRows {
                read: count(&import.counts.read),
                checked: count(&import.counts.checked),
                to_save: count(&import.counts.to_save),
                saved: count(&import.counts.saved),
                new: account.new,
                changed: account.imported - account.new,
                unchanged: account.unchanged,
                refused: account.refused,
                conflicts: account.conflicts,
            },
            warnings_total: account.warnings.len(),
            warnings: warnings.map(|remark| RemarkFace::of(remark, language)).collect(),
            restored: None,
            kept: None,
            code: problem.as_ref().map(|problem| problem.code.clone()),
            message: problem.map(|problem| problem.text(language)),
        }
    }

    /// Of one that the ledger knows; `written_at` is when it last wrote.
    pub(super) fn of_record(record: &Record<exchange::import::Import>, is_silent: bool) -> Self {
        let state = &record.state;
        Self {
            id: record.key.clone(),
            register: state.register.clone(),
            file: state.file.clone(),
            state: name_of(state, is_silent),
            begun_at: state.begun_at.millis(),
            rows: ImportRows {
                read: state.rows,
                checked: state.rows,
                to_save: state.rows,
                saved: state.new + state.changed,
                new: state.new,
                changed: state.changed,
                unchanged: state.unchanged,
                refused: state.refused,
                conflicts: 0,
            },
            warnings_total: 0,
            warnings: Vec::new(),
            restored: state.undone_at.map(|_| state.restored),
            kept: state.undone_at.map(|_| state.kept),
            code: None,
            message: None,
        }
    }

    /// With what the ledger knows of an import that is remembered too.
    pub(super) fn with_undoing(mut self, state: &ImportState) -> Self {
        self.restored = state.undone_at.map(|_: Moment| state.restored);
        self.kept = state.undone_at.map(|_| state.kept);
        self
    }
}

const fn name_of(state: &ImportState, is_silent: bool) -> &'static str {
    if state.undone_at.is_some() {
        return Stage::Undone.name();
    }
    if state.ended_at.is_some() {
        return Stage::Saved.name();
    }
    if is_silent { "interrupted" } else { Stage::Saving.name() }
}

/// A cell that a file changes.
#[derive(Serialize, ToSchema)]
pub(crate) struct CellFace {
    /// The field.
    field: String,
    /// What stood: now, or in a conflict when the file went out.
    #[schema(value_type = Object)]
    before: Value,
    /// What the file says.
    #[schema(value_type = Object)]
    after: Value,
    /// In a conflict what stands now.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    now: Option<Value>,
}

impl From<&CellChange> for CellFace {
    fn from(cell: &CellChange) -> Self {
        let (before, after) = (cell.before.clone(), cell.after.clone());
        Self { field: cell.field.to_owned(), before, after, now: None }
    }
}

impl From<&Clash> for CellFace {
    fn from(cell: &Clash) -> Self {
        let (before, after) = (cell.then.clone(), cell.file.clone());
        Self { field: cell.field.to_owned(), before, after, now: Some(cell.now.clone()) }
    }
}

/// What becomes of a row.
#[derive(Serialize, ToSchema)]
pub(crate) struct DifferenceFace {
    /// Where it stands in the file.
    row: u32,
    /// Its key; none where the file does not say it.
    key: Option<String>,
    /// `new`, `changed`, `unchanged`, `conflict`, `refused`.
    outcome: &'static str,
    /// Cell by cell, as values are stored.
    cells: Vec<CellFace>,
    /// What is wrong.
    remarks: Vec<RemarkFace>,
}

/// The name of what becomes of a row.
pub(super) const fn outcome_name(outcome: &Outcome) -> &'static str {
    match outcome {
        Outcome::New => "new",
        Outcome::Unchanged => "unchanged",
        Outcome::Changed { .. } => "changed",
        Outcome::Conflict { .. } => "conflict",
        Outcome::Refused { .. } => "refused",
    }
}

impl DifferenceFace {
    fn of(line: &Line, description: &Description, language: Language) -> Self {
        let difference = &line.difference;
        let cells = match &difference.outcome {
            Outcome::New => {
                let mut fields = line.new_fields();
                let entered = description.fields.iter().filter_map(|field| {
                    let after = fields.remove(field.name).filter(|value| !value.is_null())?;
                    Some(CellFace { field: field.name.to_owned(), before: Value::Null, after, now: None })
                });
                entered.collect()
            }
            Outcome::Changed { cells } => cells.iter().map(CellFace::from).collect(),
            Outcome::Conflict { cells, .. } => cells.iter().map(CellFace::from).collect(),
            Outcome::Unchanged | Outcome::Refused { .. } => Vec::new(),
        };
        let remarks = match &difference.outcome {
            Outcome::Conflict { remarks, .. } | Outcome::Refused { remarks } => remarks.as_slice(),
            _ => &[],
        };
        Self {
            row: difference.row,
            key: difference.key.clone(),
            outcome: outcome_name(&difference.outcome),
            cells,
            remarks: remarks.iter().map(|remark| RemarkFace::of(remark, language)).collect(),
        }
    }
}

/// A page of differences.
#[derive(Serialize, ToSchema)]
pub(crate) struct DifferencePage {
    /// In the order in which they are written: what a row names stands before it.
    rows: Vec<DifferenceFace>,
    /// Give it as `after` for the next page; absent on the last one.
    next: Option<usize>,
}

impl DifferencePage {
    /// The next lines with one of these outcomes; all where none is named.
    pub(super) fn of(
        found: &Found,
        description: &Description,
        (outcomes, after, limit): (&[&str], usize, usize),
        language: Language,
    ) -> Self {
        let wanted =
            |line: &Line| outcomes.is_empty() || outcomes.contains(&outcome_name(&line.difference.outcome));
        let mut rows = Vec::new();
        for (place, line) in found.lines.iter().enumerate().skip(after).filter(|(_, line)| wanted(line)) {
            if rows.len() == limit {
                return Self { rows, next: Some(place) };
            }
            rows.push(DifferenceFace::of(line, description, language));
        }
        Self { rows, next: None }
    }
}
