//! The books of public services bought from the market: parks in bundles, green space, swaps, lamps, traffic, concessions, car parks, schools,
//! hospitals and posts (S1–S8).

mod bundles;
mod concessions;
mod green;
mod hospitals;
mod lamps;
mod lighting;
mod parking;
mod parks;
mod posts;
mod purchases;
mod schools;
mod swaps;
mod traffic;

use finance::organisation::{OrganisationKind, Ownership};
use jiff::civil::{Date, date};
use kernel::{
    area::{Area, UNITS_PER_SQUARE_METRE},
    money::{FEN_PER_WAN_YUAN, Fen},
    shape::Point,
};

use super::{Books, firms::Firm};
use crate::DemoError;

/// The last working day of the half-year.
const LAST: Date = date(2016, 6, 30);
/// Its first working day.
const FIRST: Date = date(2016, 1, 4);
/// The company that builds and runs car parks.
const PARKING_COMPANY: &str = "凯里市停车场建设运营有限公司";

pub(super) fn enter(books: &mut Books<'_>) -> Result<(), DemoError> {
    let parks = parks::enter(books);
    bundles::enter(books, &parks);
    green::enter(books, &parks);
    swaps::enter(books);
    lighting::enter(books)?;
    traffic::enter(books);
    concessions::enter(books)?;
    parking::enter(books);
    let schools = schools::enter(books);
    let hospitals = hospitals::enter(books);
    let purchases = purchases::enter(books);
    posts::enter(books, &schools, &hospitals, &purchases);
    Ok(())
}

/// So many 万元.
const fn wan(wan: i64) -> Fen {
    Fen(wan * FEN_PER_WAN_YUAN)
}

const fn square_metres(count: i64) -> Area {
    Area::from_units(count * UNITS_PER_SQUARE_METRE)
}

/// The side of a square of so many square metres.
fn side(square_metres: i64) -> f64 {
    (square_metres as f64).sqrt()
}

/// The key of a private firm of the city.
fn firm(books: &mut Books<'_>, name: &str, industry: &str, unit: &str) -> String {
    let quarter = books.drawn.quarter();
    books.firm(&Firm {
        name,
        kind: OrganisationKind::Enterprise,
        ownership: Ownership::Private,
        industry,
        unit,
        quarter: &quarter.code,
        before: date(2013, 12, 27),
    })
}

/// The key of a public body.
fn body(books: &mut Books<'_>, name: &str, unit: &str) -> String {
    let kind = if name.ends_with('局') {
        OrganisationKind::GovernmentBody
    } else {
        OrganisationKind::PublicInstitution
    };
    books.organisation_with(name, kind, |organisation| {
        organisation.unit = unit.to_owned();
    })
}

/// Where something lies: at the landmark of its name, else somewhere in its street or town.
fn place_of(books: &mut Books<'_>, name: &str, quarter: &str) -> Option<Point> {
    let found = books.drawn.ground.landmarks.iter().find(|landmark| landmark.name_zh == name);
    match found {
        Some(landmark) => Some(Point::new(landmark.position.lon, landmark.position.lat)),
        None => books.drawn.place_in(quarter),
    }
}
