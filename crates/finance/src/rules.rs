//! What the checks of several nouns have in common: days in order, sums that must come out.

use jiff::civil::Date;
use kernel::money::Fen;
use ledger::FieldFault;

/// The sum in 128 bits, so that no amounts are too large for it.
pub(crate) fn total(amounts: impl IntoIterator<Item = Fen>) -> i128 {
    amounts.into_iter().map(|amount| i128::from(amount.0)).sum()
}

/// The field of a later day that lies before the earlier one; days that nobody knows yet are in order.
pub(crate) fn after(
    faults: &mut Vec<FieldFault>,
    earlier: impl Into<Option<Date>>,
    field: &'static str,
    later: impl Into<Option<Date>>,
) {
    if let (Some(earlier), Some(later)) = (earlier.into(), later.into())
        && later < earlier
    {
        faults.push(FieldFault::new(field, "date_too_early"));
    }
}

/// The field that must be filled because of what another one says.
pub(crate) fn needed(faults: &mut Vec<FieldFault>, is_needed: bool, field: &'static str, is_there: bool) {
    if is_needed && !is_there {
        faults.push(FieldFault::new(field, "value_missing"));
    }
}

/// The field with a fault where something does not hold.
pub(crate) fn holds(faults: &mut Vec<FieldFault>, does_hold: bool, field: &'static str, code: &'static str) {
    if !does_hold {
        faults.push(FieldFault::new(field, code));
    }
}

/// The small table of which two rows are about the same.
pub(crate) fn once_each<T: Ord>(
    faults: &mut Vec<FieldFault>,
    field: &'static str,
    what: impl IntoIterator<Item = T>,
) {
    let mut what: Vec<T> = what.into_iter().collect();
    what.sort_unstable();
    holds(faults, what.windows(2).all(|pair| pair[0] != pair[1]), field, "rows_repeated");
}
