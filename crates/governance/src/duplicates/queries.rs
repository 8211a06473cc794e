//! What is read of the cases' records to choose the few that are worth scoring. The index over `near`, `reported_at` and `closed_at` answers
//! alone on SQLite: no record is read before it is chosen.

use std::fmt::Write as _;

use db::{Tx, Value};
use kernel::{code::CityCode, time::Moment};
use ledger::LedgerError;

/// A case that may be worth reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Hint {
    /// The record's row.
    pub(super) row: i64,
    /// Its place as a key ([`map::near`]).
    pub(super) near: i64,
    /// When it was reported.
    pub(super) reported_at: Moment,
}

/// One part of a union for each range; the city is the first value.
fn union<'a>(ranges: &[(i64, i64)], select: &str, further: &str, values: &mut Vec<Value<'a>>) -> String {
    let mut sql = String::new();
    for (place, (low, high)) in ranges.iter().enumerate() {
        values.push((*low).into());
        values.push((*high).into());
        let joint = if place == 0 { "" } else { " UNION ALL " };
        let _ = write!(
            sql,
            "{joint}SELECT {select} FROM record_case WHERE city = $1 AND near BETWEEN ${} AND ${}{further}",
            values.len() - 1,
            values.len()
        );
    }
    sql
}

/// How many cases lie in ranges of keys; counts no further than `most`.
pub(super) fn count_near(
    tx: &mut Tx<'_>,
    city: CityCode,
    ranges: &[(i64, i64)],
    most: u32,
) -> Result<u32, LedgerError> {
    if ranges.is_empty() {
        return Ok(0);
    }
    let mut values = vec![city.number().into()];
    let parts = union(ranges, "near", "", &mut values);
    values.push(i64::from(most).into());
    let sql = format!("SELECT COUNT(*) FROM ({parts} LIMIT ${}) AS found", values.len());
    let count = tx.first(&sql, &values, |row| Ok::<_, LedgerError>(row.int(0)?))?;
    Ok(u32::try_from(count.unwrap_or(0)).unwrap_or(u32::MAX))
}

/// The cases in ranges of keys that were reported from a moment on or have not been closed; `most` of them.
pub(super) fn hints_near(
    tx: &mut Tx<'_>,
    city: CityCode,
    ranges: &[(i64, i64)],
    since: Moment,
    most: u32,
) -> Result<Vec<Hint>, LedgerError> {
    if ranges.is_empty() {
        return Ok(Vec::new());
    }
    let mut values = vec![city.number().into(), since.millis().into()];
    let further = " AND (reported_at >= $2 OR closed_at IS NULL)";
    let parts = union(ranges, "row, near, reported_at", further, &mut values);
    values.push(i64::from(most).into());
    let sql = format!("SELECT row, near, reported_at FROM ({parts} LIMIT ${}) AS found", values.len());
    tx.rows(&sql, &values, |row| {
        Ok(Hint { row: row.int(0)?, near: row.int(1)?, reported_at: Moment(row.int(2)?) })
    })
}
