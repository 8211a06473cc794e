//! The figures of running the city: of cases (standards 5.1) and of calls (7.1, 7.2).
//!
//! Where something may be left out of a score, a figure comes twice: `….raw` over everything that was due, `….adjusted` without what is
//! left out for one of the coded reasons, and a count for each reason (`governance.excluded_…`): exempt after an appeal, suspended, merged
//! as a duplicate, voided. Nobody is ranked: figures are of the city, its streets, units and cells.

mod calls;
mod cases;
pub mod registers;
#[cfg(test)]
pub(crate) mod tests;

pub use self::{calls::CALLS, cases::CASES};

use figures::{Filter, Measure, Rows, Unit};
use ledger::register::Title;

/// How many of some rows.
const fn count(unit: Title, rows: Rows, filters: &'static [Filter]) -> (Unit, Measure) {
    (Unit::Count(unit), Measure::Total(rows.that(filters).count()))
}

/// Which share of some rows.
const fn share(rows: Rows, part: &'static [Filter], whole: &'static [Filter]) -> (Unit, Measure) {
    (Unit::Percent(2), Measure::Ratio { part: rows.that(part).count(), whole: rows.that(whole).count() })
}
