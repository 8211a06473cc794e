//! How often what a city is made of (its registers and accounts) has changed, so that whoever keeps a copy in memory knows when it is old,
//! also where another process has changed it.

use db::Tx;
use kernel::code::CityCode;

use crate::{LedgerError, running_number};

const SERIES: &str = "generation";

/// The present generation; 0 for a city of which nothing has been entered.
///
/// # Errors
/// [`LedgerError`] as the store says.
pub fn current(tx: &mut Tx<'_>, city: CityCode) -> Result<u64, LedgerError> {
    running_number::last(tx, city, SERIES)
}

/// Something has changed.
pub(crate) fn next(tx: &mut Tx<'_>, city: CityCode) -> Result<(), LedgerError> {
    running_number::take(tx, city, SERIES, 1).map(drop)
}
