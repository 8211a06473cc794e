//! Timers: what shall happen at a moment if nothing else happens before. A timer stands exactly as long as its record's state implies
//! it, so firing one is an ordinary command whose entry takes the timer away in the same transaction: once, also over a restart.

use db::Tx;
use kernel::{code::CityCode, time::Moment};

use crate::LedgerError;

/// A timer whose moment has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DueTimer {
    /// The city.
    pub city: CityCode,
    /// Of which noun.
    pub noun: String,
    /// Of which record.
    pub key: String,
    /// Which one.
    pub kind: String,
    /// When it was to fire.
    pub at: Moment,
}

/// The timers of a city whose moment has come, the oldest first.
///
/// # Errors
/// [`LedgerError`] as the store says.
pub fn due_timers(
    tx: &mut Tx<'_>,
    city: CityCode,
    now: Moment,
    limit: u32,
) -> Result<Vec<DueTimer>, LedgerError> {
    tx.rows(
        "SELECT noun, key, kind, at FROM timer WHERE city = $1 AND at <= $2 ORDER BY at, noun, key, kind LIMIT $3",
        &[city.number().into(), now.millis().into(), i64::from(limit).into()],
        |row| {
            Ok(DueTimer {
                city,
                noun: row.text(0)?.to_owned(),
                key: row.text(1)?.to_owned(),
                kind: row.text(2)?.to_owned(),
                at: Moment(row.int(3)?),
            })
        },
    )
}
