//! An import: a file that was taken into a register, by whom, when, what came of it, and which entries are its own.
//!
//! Which rows it wrote is found again by the ranges of its entries: a batch holds the city's chain until its commit, so its entries stand
//! side by side, and the state stays small whatever the file's size.

use db::{Tx, Value, dialect::ColumnType};
use kernel::{code::CityCode, role::ActorId, time::Moment};
use ledger::{Condition, Listing, Noun, Order, Record, Stamp};
use serde::{Deserialize, Serialize};

use crate::ExchangeError;

/// The noun.
#[derive(Debug)]
pub struct Import;

/// Entries from one to another, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Range {
    /// The first.
    pub first: u64,
    /// The last.
    pub last: u64,
}

/// What happened to an import.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ImportEvent {
    /// It began.
    Begun {
        /// The register.
        register: String,
        /// The file's name, without personal data.
        file: String,
        /// The file's hash (SHA-256).
        hash: String,
        /// Rows of the file.
        rows: u64,
    },
    /// A batch was written.
    Batch {
        /// Its entries.
        entries: Range,
        /// Rows that were not there.
        new: u64,
        /// Rows that were changed.
        changed: u64,
    },
    /// It has ended.
    Ended {
        /// Rows that stood already.
        unchanged: u64,
        /// Rows refused.
        refused: u64,
    },
    /// Its rows were put back.
    Undone {
        /// Rows put back.
        restored: u64,
        /// Rows that stay, because they were changed since.
        kept: u64,
    },
}

/// The state.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportState {
    /// The register.
    pub register: String,
    /// The file's name.
    pub file: String,
    /// The file's hash (SHA-256).
    pub hash: String,
    /// By whom.
    pub by: ActorId,
    /// When it began.
    pub begun_at: Moment,
    /// When it ended; an import without was cut short, and what it wrote stands.
    pub ended_at: Option<Moment>,
    /// Rows of the file.
    pub rows: u64,
    /// Rows that were not there.
    pub new: u64,
    /// Rows that were changed.
    pub changed: u64,
    /// Rows that stood already.
    pub unchanged: u64,
    /// Rows refused.
    pub refused: u64,
    /// Where its entries stand.
    pub entries: Vec<Range>,
    /// When it was undone.
    pub undone_at: Option<Moment>,
    /// Rows put back.
    pub restored: u64,
    /// Rows that stayed, because they were changed since.
    pub kept: u64,
}

impl Noun for Import {
    const NAME: &'static str = "import";
    const COLUMNS: &'static [(&'static str, ColumnType)] =
        &[("register", ColumnType::Text), ("begun_at", ColumnType::Int)];
    const INDEXES: &'static [&'static [&'static str]] = &[&["register", "row"]];

    type State = ImportState;
    type Event = ImportEvent;

    fn kind(event: &ImportEvent) -> &'static str {
        match event {
            ImportEvent::Begun { .. } => "begun",
            ImportEvent::Batch { .. } => "batch",
            ImportEvent::Ended { .. } => "ended",
            ImportEvent::Undone { .. } => "undone",
        }
    }

    fn evolve(state: Option<ImportState>, event: &ImportEvent, stamp: &Stamp) -> ImportState {
        let mut state = state.unwrap_or_else(|| ImportState {
            register: String::new(),
            file: String::new(),
            hash: String::new(),
            by: stamp.actor.clone(),
            begun_at: stamp.at,
            ended_at: None,
            rows: 0,
            new: 0,
            changed: 0,
            unchanged: 0,
            refused: 0,
            entries: Vec::new(),
            undone_at: None,
            restored: 0,
            kept: 0,
        });
        match event {
            ImportEvent::Begun { register, file, hash, rows } => {
                register.clone_into(&mut state.register);
                file.clone_into(&mut state.file);
                hash.clone_into(&mut state.hash);
                state.rows = *rows;
            }
            ImportEvent::Batch { entries, new, changed } => {
                state.new += new;
                state.changed += changed;
                match state.entries.last_mut() {
                    // Between two batches without neighbours stands only the entry that tells of the first.
                    Some(last) if entries.first == last.last + 2 => last.last = entries.last,
                    _ => state.entries.push(*entries),
                }
            }
            ImportEvent::Ended { unchanged, refused } => {
                state.unchanged = *unchanged;
                state.refused = *refused;
                state.ended_at = Some(stamp.at);
            }
            ImportEvent::Undone { restored, kept } => {
                state.restored = *restored;
                state.kept = *kept;
                state.undone_at = Some(stamp.at);
            }
        }
        state
    }

    fn columns(state: &ImportState) -> Vec<Value<'_>> {
        vec![state.register.as_str().into(), state.begun_at.millis().into()]
    }
}

/// Imports of a city, the newest first, of one register where it is named; `after` is the row of the last one of the page before.
///
/// # Errors
/// As the store says.
pub fn list(
    tx: &mut Tx<'_>,
    city: CityCode,
    register: Option<&str>,
    after: Option<i64>,
    limit: u32,
) -> Result<Vec<Record<Import>>, ExchangeError> {
    let conditions = register.map(|name| Condition::Is("register", name.into())).into_iter().collect();
    let after = after.map(|row| (row, row));
    Ok(ledger::list(tx, city, Listing { conditions, order: Order::Falling("row"), after, limit })?)
}

/// When the last batch of an import was written; none where there is no such import.
///
/// # Errors
/// As the store says.
pub fn written_at(tx: &mut Tx<'_>, city: CityCode, id: &str) -> Result<Option<Moment>, ExchangeError> {
    Ok(ledger::history(tx, city, Import::NAME, id)?.last().map(|entry| entry.at))
}
