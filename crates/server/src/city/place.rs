//! Where a report is that names its place in words or by a code.

use governance::view::View;
use kernel::{error::Refusal, text::fold_width, time::Moment};
use ledger::LedgerError;
use map::{
    geometry::{Geometry, MultiPolygon, Position},
    locate::contains,
};

use super::position;
use crate::open311::RequestForm;

/// Shortest name that is looked for in an address, characters: one character is a word of any address.
const NAME_CHARS_MIN: usize = 2;

/// The place of a form: its position, the cell that it names, or the thing on the map that its address names. `None` for an address that
/// names nothing on the map.
///
/// # Errors
/// `address_unknown` for a code that is no cell's; or as the grid says.
pub(super) fn of_form(view: &View, form: &RequestForm, at: Moment) -> Result<Option<Position>, LedgerError> {
    if let Some(said) = form.position {
        return Ok(Some(position(said)));
    }
    if let Some(found) = form.address.as_deref().and_then(|address| named(view, address)) {
        return Ok(Some(found));
    }
    let Some(code) = form.address_id.as_deref() else { return Ok(None) };
    let in_force = |from: Option<Moment>, to: Option<Moment>| {
        from.is_none_or(|from| from <= at) && to.is_none_or(|to| to > at)
    };
    let cell = view.cells().iter().find(|cell| cell.code == code && in_force(cell.valid_from, cell.valid_to));
    match cell.and_then(|cell| inside(&cell.area)) {
        Some(found) => Ok(Some(found)),
        None if form.address.is_some() => Ok(None),
        None => Err(Refusal::invalid("address_unknown").with("address_id", code).into()),
    }
}

fn folded(text: &str) -> String {
    text.chars().map(fold_width).filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect()
}

/// The thing whose name stands in the address. The longest name wins; a name that several landmarks have tells nothing, while the pieces of
/// a road are one road.
fn named(view: &View, address: &str) -> Option<Position> {
    let address = folded(address);
    let names = view.features.iter().filter(|feature| matches!(feature.layer.as_str(), "landmark" | "road"));
    let mut best: Option<(bool, usize, &str, Vec<&Geometry>)> = None;
    for feature in names {
        for name in [&feature.name, &feature.name_en] {
            let (folded, is_landmark) = (folded(name), feature.layer == "landmark");
            let length = folded.chars().count();
            if length < NAME_CHARS_MIN || !address.contains(&folded) {
                continue;
            }
            // A landmark is a place, a road only a line: it wins over any road.
            match &mut best {
                Some((landmark, longest, known, shapes))
                    if *landmark == is_landmark && *longest == length && *known == name.as_str() =>
                {
                    shapes.push(&feature.geometry);
                }
                Some((landmark, longest, ..)) if (*landmark, *longest) >= (is_landmark, length) => {}
                _ => best = Some((is_landmark, length, name, vec![&feature.geometry])),
            }
        }
    }
    let (is_landmark, _, _, shapes) = best?;
    match shapes.as_slice() {
        [_, _, ..] if is_landmark => None,
        shapes => shapes.get(shapes.len() / 2).and_then(|shape| on(shape)),
    }
}

/// A place on a shape.
fn on(shape: &Geometry) -> Option<Position> {
    match shape {
        Geometry::Point(position) => Some(*position),
        Geometry::LineString(line) => line.positions().get(line.positions().len() / 2).copied(),
        Geometry::Polygon(_) | Geometry::MultiPolygon(_) => inside(&shape.clone().into_area()?),
    }
}

/// A place inside an area: its middle where that lies inside, else a vertex, which its border counts as inside.
fn inside(area: &MultiPolygon) -> Option<Position> {
    let middle = area.bounds()?.center();
    if contains(area, middle) {
        return Some(middle);
    }
    area.rings().next()?.positions().first().copied()
}
