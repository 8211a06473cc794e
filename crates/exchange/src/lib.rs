//! Any register to files and back: CSV, workbooks, GeoJSON, JSON. Rows go out with the titles and units that people know; a file that comes
//! back is read, compared cell by cell with what stands, and applied as one import that can be undone. No register is known by name here:
//! everything is drawn from its [`Description`](ledger::register::Description).
//!
//! # The way of a file
//! [`read()`] gives a [`Sheet`] of proposed rows → [`compare()`] says of each what would become of it → [`apply()`] writes what is new or
//! changed in batches, noted as an [`Import`](import::Import) → [`undo()`] puts the rows back. [`marked()`] gives a copy of a table with what is wrong in colour.
//!
//! # Glossary
//! * **heading**: what a column is called in the file, with its unit in brackets: `投资额（万元）`.
//! * **proposed row**: what a row of a file says; fields without a column are not among it.
//! * **version column** 版本: the version of the row when it went out; by it a conflict is seen.
//! * **conflict**: a cell was changed in the file and, since the file went out, also here, to something else.
//! * **remark**: what is to be said of a row or cell, with a code, a text and how to mend it.
//! * **small table**: a list of rows within a field; in a workbook a sheet of its own.

mod apply;
mod cell;
mod compare;
mod error;
mod geography;
mod header;
pub mod import;
mod language;
mod marked;
mod measure;
mod order;
mod reach;
mod read;
mod remark;
mod small_table;
mod total;
mod undo;
mod write;

pub use self::{
    apply::{Applied, Asked, Progress, apply},
    compare::{CellChange, Clash, Comparison, Difference, Outcome, compare, compare_all},
    error::ExchangeError,
    language::Language,
    marked::{MARKS_MAX, marked},
    reach::{Reach, Rows},
    read::{Given, Options, Proposed, Sheet, given, read, read_noting},
    remark::{Account, Place, Remark, Speak},
    undo::{Kept, Undone, undo},
    write::{Format, Pieces, Written, write},
};

/// Rows of one file at the most.
pub const IMPORT_ROWS_MAX: usize = 200_000;
/// Refusals and warnings that an account lists at the most; all are counted.
pub const REMARKS_MAX: usize = 10_000;
/// Rows that one transaction of an import writes.
pub const BATCH_ROWS: usize = 500;
/// Stands in the cell of a table for a shape or small table whose text no cell can hold; read again it leaves the field as it is.
pub const TOO_LONG_FOR_A_CELL: &str = "(GeoJSON/JSON)";

/// Adds the nouns of this crate to those that a ledger keeps.
#[must_use]
pub fn nouns(nouns: ledger::Nouns) -> ledger::Nouns {
    nouns.with::<import::Import>()
}
