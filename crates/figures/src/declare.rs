//! Words in which parts declare their figures, so that a figure reads as what it counts. All of it is known when the program is built.

use kernel::area::AreaUnit;
use ledger::register::Title;

use crate::figure::{Figure, Filter, Measure, Rows, ScopedBy, Total, Unit};

/// Rows belong to a unit.
pub const BY_UNIT: &[ScopedBy] = &[ScopedBy::Unit("unit")];
/// Rows belong to a unit and to a street or town, which they call division.
pub const BY_UNIT_AND_STREET: &[ScopedBy] = &[ScopedBy::Unit("unit"), ScopedBy::Street("division")];
/// Rows belong to a unit and to a street or town, which they call street.
pub const PLACED: &[ScopedBy] = &[ScopedBy::Street("street"), ScopedBy::Unit("unit")];

/// An area in hectares.
pub const HECTARES: Unit =
    Unit::Number { scale: AreaUnit::Hectare.units(), decimals: 2, title: title("公顷", "ha") };

/// A title in both languages.
#[must_use]
pub const fn title(zh: &'static str, en: &'static str) -> Title {
    Title { zh, en }
}

/// A column has one of these words.
#[must_use]
pub const fn is(column: &'static str, words: &'static [&'static str]) -> Filter {
    Filter::Is(column, words)
}

/// A figure of the first version of its formula: code and mission, title, formula, unit and measure.
#[must_use]
pub const fn figure(
    (code, mission): (&'static str, &'static str),
    title: Title,
    formula: Title,
    (unit, measure): (Unit, Measure),
) -> Figure {
    Figure { code, mission: Some(mission), title, unit, formula, version: 1, measure }
}

/// Things, called so.
#[must_use]
pub const fn things(zh: &'static str, en: &'static str) -> Unit {
    Unit::Count(title(zh, en))
}

/// How many of some rows.
#[must_use]
pub const fn count(zh: &'static str, en: &'static str, rows: Rows) -> (Unit, Measure) {
    (things(zh, en), Measure::Total(rows.count()))
}

/// A total of things, called so: of rows, or of whole numbers that they have.
#[must_use]
pub const fn counted(word: Title, total: Total) -> (Unit, Measure) {
    (Unit::Count(word), Measure::Total(total))
}

/// The sum of a column.
#[must_use]
pub const fn sum(unit: Unit, rows: Rows, column: &'static str) -> (Unit, Measure) {
    (unit, Measure::Total(rows.sum(column)))
}

/// A sum of money in 亿元.
#[must_use]
pub const fn yi(total: Total) -> (Unit, Measure) {
    (Unit::YiYuan, Measure::Total(total))
}

/// A number with decimals: units of the column's last place in one of what is shown.
#[must_use]
pub const fn number(title: Title, scale: i64, decimals: u32, measure: Measure) -> (Unit, Measure) {
    (Unit::Number { scale, decimals, title }, measure)
}

/// One total over another.
#[must_use]
pub const fn ratio(part: Total, whole: Total) -> Measure {
    Measure::Ratio { part, whole }
}

/// One total over another in percent, two decimals as the source prints them.
#[must_use]
pub const fn percent(part: Total, whole: Total) -> (Unit, Measure) {
    (Unit::Percent(2), ratio(part, whole))
}

/// Which share of some rows.
#[must_use]
pub const fn share(part: Rows, whole: Rows) -> (Unit, Measure) {
    percent(part.count(), whole.count())
}

/// Which share of a sum; the part may be another column.
#[must_use]
pub const fn share_of(part: (Rows, &'static str), whole: (Rows, &'static str)) -> (Unit, Measure) {
    percent(part.0.sum(part.1), whole.0.sum(whole.1))
}
