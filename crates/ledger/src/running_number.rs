//! Running numbers: each number of a series is given once, also by several machines.

use db::Tx;
use kernel::code::CityCode;

use crate::LedgerError;

/// Takes the next numbers of a series, which starts with 1; the last of those taken.
///
/// # Errors
/// [`LedgerError`] as the store says.
pub fn take(tx: &mut Tx<'_>, city: CityCode, series: &str, how_many: u32) -> Result<u64, LedgerError> {
    let last = tx.rows(
        "INSERT INTO running_number (city, series, last) VALUES ($1, $2, $3)
         ON CONFLICT (city, series) DO UPDATE SET last = running_number.last + excluded.last RETURNING last",
        &[city.number().into(), series.into(), i64::from(how_many).into()],
        |row| row.int(0),
    )?;
    last.first()
        .map(|last| last.cast_unsigned())
        .ok_or_else(|| LedgerError::Damaged(format!("running number {series}")))
}

/// The last number of a series that was given; 0 where none was.
///
/// # Errors
/// [`LedgerError`] as the store says.
pub fn last(tx: &mut Tx<'_>, city: CityCode, series: &str) -> Result<u64, LedgerError> {
    let last = tx.first(
        "SELECT last FROM running_number WHERE city = $1 AND series = $2",
        &[city.number().into(), series.into()],
        |row| row.int(0),
    )?;
    Ok(last.map_or(0, i64::cast_unsigned))
}
