//! What a report takes from the city's view: names, and the ground of its maps.

use documents::report::Ground;
use figures::report::Home;
use governance::{
    division::{Division, DivisionLevel},
    view::View,
};
use kernel::time::Moment;

/// The name in the report's language; the other one where there is none.
fn name(zh: &str, en: &str, chinese: bool) -> String {
    let (wanted, other) = if chinese { (zh, en) } else { (en, zh) };
    if wanted.is_empty() { other } else { wanted }.to_owned()
}

/// Streets and towns at a moment, with the outermost level only.
fn streets(view: &View, at: Moment) -> impl Iterator<Item = &Division> {
    view.divisions_in_force(at)
        .filter(|division| matches!(division.level, DivisionLevel::Street | DivisionLevel::Town))
}

/// What a report calls the city, its units and its streets.
pub(crate) fn home(view: &View, at: Moment, chinese: bool) -> Home {
    let unit =
        |unit: &governance::unit::Unit| (unit.code.clone(), name(&unit.name_zh, &unit.name_en, chinese));
    let street =
        |division: &Division| (division.code.clone(), name(&division.name, &division.name_en, chinese));
    Home {
        name: name(&view.city.name, &view.city.name_en, chinese),
        units: view.units.values().map(unit).collect(),
        streets: streets(view, at).map(street).collect(),
    }
}

/// The streets and towns with their borders; the city's own where no street has one.
pub(crate) fn grounds(view: &View, at: Moment, chinese: bool) -> Vec<Ground> {
    let of_street = |division: &Division| {
        let surface = division.boundary.as_ref()?.surface();
        Some(Ground { name: name(&division.name, &division.name_en, chinese), surface })
    };
    let found: Vec<Ground> = streets(view, at).filter_map(of_street).collect();
    if !found.is_empty() {
        return found;
    }
    let whole = view.city.boundary.as_ref().map(|border| Ground {
        name: name(&view.city.name, &view.city.name_en, chinese),
        surface: border.surface(),
    });
    whole.into_iter().collect()
}
