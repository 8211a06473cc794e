//! A figure opened to the rows that it counted, page by page.

use db::Tx;
use ledger::{Ledger, record};
use serde::{Deserialize, Serialize};

use crate::{Ask, Figure, FigureError, ask::stages, evaluate::is_register};

/// Which side of a ratio a row counts in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// The numerator, or the only side.
    Part,
    /// The denominator.
    Whole,
}

/// Where a page ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// The number of the total, from 0.
    pub stage: usize,
    /// The row.
    pub row: i64,
}

/// A row that a figure counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OpenedRow {
    /// Of which noun or register.
    pub noun: &'static str,
    /// Its key.
    pub key: String,
    /// Its version.
    pub version: u64,
    /// In which side it counts.
    pub side: Side,
    /// What it gives to that side, in the smallest unit; negative where growth takes the year before away.
    pub amount: i64,
}

/// A page of the rows that a figure counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opened {
    /// The rows, in the order in which the certificate's hash takes them.
    pub rows: Vec<OpenedRow>,
    /// Where the next page begins, where there may be one.
    pub next: Option<Place>,
}

/// The rows that a figure counted, after a place.
///
/// # Errors
/// [`FigureError`].
pub fn open(
    ledger: &Ledger,
    tx: &mut Tx<'_>,
    figure: &Figure,
    ask: &Ask,
    after: Option<Place>,
    limit: u32,
) -> Result<Opened, FigureError> {
    let limit = limit.clamp(1, record::PAGE_RECORDS_MAX);
    let mut rows = Vec::new();
    let mut next = None;
    for (number, stage) in stages(figure.measure, ask.period)?.into_iter().enumerate() {
        if after.is_some_and(|after| number < after.stage) {
            continue;
        }
        let wanted = &stage.total.rows;
        let conditions = ask.conditions(wanted, stage.period, is_register(ledger, wanted.noun))?;
        let from = after.filter(|after| after.stage == number).map(|after| after.row);
        let left = limit - u32::try_from(rows.len()).unwrap_or(limit);
        let found = record::given(tx, ask.city, wanted.noun, conditions, stage.total.sum, (from, left))?;
        let full = found.len() == left as usize;
        next = found.last().filter(|_| full).map(|last| Place { stage: number, row: last.row });
        rows.extend(found.into_iter().map(|given| OpenedRow {
            noun: wanted.noun,
            key: given.key,
            version: given.version,
            side: stage.side,
            amount: given.amount * stage.sign,
        }));
        if full {
            break;
        }
    }
    Ok(Opened { rows, next })
}
