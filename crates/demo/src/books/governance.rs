//! The books of running the city: sanitation (G5), joint work (G7), pipes (G9), society (G10).

mod joint;
mod pipes;
mod sanitation;
mod society;

use super::Books;
use crate::{
    Ground,
    ground::{Cell, Division, Feature},
};
use governance::division::DivisionLevel;
use kernel::shape::{Coordinate, Line, Point};
use map::geometry::{Geometry, Position};

pub(super) fn enter(books: &mut Books<'_>) {
    sanitation::enter(books);
    joint::enter(books);
    pipes::enter(books);
    society::enter(books);
}

/// A zoom up to which roads are main ones and ways between towns.
const MAIN_ZOOM: u8 = 10;
/// Roads of the open country are drawn from so far.
const TRUNK_ZOOM: u8 = 8;

/// A named road of the ground as books need it.
pub(super) struct Road<'a> {
    /// The feature.
    pub(super) feature: &'a Feature,
    /// Its corners.
    pub(super) corners: Vec<Coordinate>,
    /// The street or town of its middle.
    pub(super) street: String,
    /// How long it is, metres.
    pub(super) length_m: i64,
}

impl Road<'_> {
    /// It is a main road of the town, or leads from there to a town.
    pub(super) fn is_main(&self) -> bool {
        self.feature.zoom_min <= MAIN_ZOOM
    }

    /// It leads from the town to another one.
    pub(super) fn is_trunk(&self) -> bool {
        self.feature.zoom_min <= TRUNK_ZOOM
    }

    /// Its line.
    pub(super) fn line(&self) -> Line {
        Line { coordinates: self.corners.clone() }
    }

    /// One of its corners.
    pub(super) fn corner(&self, number: usize) -> Point {
        let [lon, lat] = self.corners[number % self.corners.len()];
        Point::new(lon, lat)
    }
}

fn rounded(position: &Position) -> Coordinate {
    let round = |degrees: f64| (degrees * 1e7).round() / 1e7;
    [round(position.lon), round(position.lat)]
}

/// The named roads of the ground.
pub(super) fn roads(ground: &Ground) -> Vec<Road<'_>> {
    let named =
        ground.features.iter().filter(|feature| feature.layer == "road" && !feature.name_zh.is_empty());
    named
        .filter_map(|feature| {
            let Geometry::LineString(line) = &feature.geometry else { return None };
            let corners: Vec<Coordinate> = line.positions().iter().map(rounded).collect();
            let middle = *corners.get(corners.len() / 2)?;
            let street = street_at(ground, middle)?;
            let length_m = corners.windows(2).map(|pair| metres(pair[0], pair[1])).sum();
            Some(Road { feature, corners, street, length_m })
        })
        .collect()
}

/// Metres between two places that are not far from each other.
pub(super) fn metres([lon, lat]: Coordinate, [other_lon, other_lat]: Coordinate) -> i64 {
    let east = (other_lon - lon) * 111_320.0 * lat.to_radians().cos();
    let north = (other_lat - lat) * 110_900.0;
    #[expect(clippy::cast_possible_truncation, reason = "metres within a city")]
    let metres = east.hypot(north).round() as i64;
    metres
}

/// The street or town whose cell's middle is nearest.
pub(super) fn street_at(ground: &Ground, [lon, lat]: Coordinate) -> Option<String> {
    let far = |cell: &&Cell| {
        let (east, north) = ((cell.middle.lon - lon) * 0.9, cell.middle.lat - lat);
        east * east + north * north
    };
    let cell = ground.cells.iter().min_by(|a, b| far(a).total_cmp(&far(b)))?;
    cell.code.get(..9).map(str::to_owned)
}

/// The name of a street or town without the word for its kind.
pub(super) fn stem(quarter: &Division) -> &str {
    quarter.name_zh.trim_end_matches("街道").trim_end_matches('镇')
}

/// The unit of a street's or town's office.
pub(super) fn office(ground: &Ground, quarter: &str) -> String {
    let unit = ground.units.iter().find(|unit| unit.street.as_deref() == Some(quarter));
    unit.map_or_else(|| "city_management".to_owned(), |unit| unit.code.clone())
}

/// The communities of the town.
pub(super) fn communities(ground: &Ground) -> Vec<&Division> {
    ground.divisions.iter().filter(|division| division.level == DivisionLevel::Community).collect()
}
