//! The figures of planning (P1–P5) and of the bureau of statistics.

mod parks;
mod plans;
mod towns;

use figures::{Figure, Filter, Measure, ScopedBy, Unit};
use ledger::register::Title;

/// The figures, in the order of the mission.
pub const FIGURES: &[Figure] = &{
    let mut all = [plans::FIGURES[0]; plans::FIGURES.len() + parks::FIGURES.len() + towns::FIGURES.len()];
    let lists: [&[Figure]; 3] = [plans::FIGURES, parks::FIGURES, towns::FIGURES];
    let (mut list, mut place) = (0, 0);
    while list < lists.len() {
        let mut number = 0;
        while number < lists[list].len() {
            all[place] = lists[list][number];
            number += 1;
            place += 1;
        }
        list += 1;
    }
    all
};

/// Rows belong to a unit and to a street or town.
const BY_UNIT_AND_STREET: &[ScopedBy] = &[ScopedBy::Unit("unit"), ScopedBy::Street("division")];
/// Rows belong to a unit only.
const BY_UNIT: &[ScopedBy] = &[ScopedBy::Unit("unit")];

const fn title(zh: &'static str, en: &'static str) -> Title {
    Title { zh, en }
}

/// Things, called so.
const fn count(zh: &'static str, en: &'static str) -> Unit {
    Unit::Count(title(zh, en))
}

/// An area in hectares.
const HECTARES: Unit =
    Unit::Number {
        scale: kernel::area::AreaUnit::Hectare.units(), decimals: 2, title: title("公顷", "ha")
    };

const fn is(column: &'static str, words: &'static [&'static str]) -> Filter {
    Filter::Is(column, words)
}

/// A figure of its first version.
const fn figure(
    code: &'static str,
    mission: &'static str,
    name: Title,
    unit: Unit,
    formula: Title,
    measure: Measure,
) -> Figure {
    Figure { code, mission: Some(mission), title: name, unit, formula, version: 1, measure }
}
