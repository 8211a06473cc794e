//! GCJ-02, the shifted coordinates of map services in China, and BD-09, one service's further shift. Used only at the outer doors;
//! nothing is stored in them.
//!
//! Inside a box around China each place is moved by up to some 700 m by a fixed smooth function; outside it stays. The formula and
//! its constants are public facts, used alike by all open map libraries.

use std::f64::consts::PI;

use crate::geometry::{BoundingBox, Position};

#[cfg(test)]
mod tests;

/// Where places are moved.
pub const SHIFTED: BoundingBox = BoundingBox { west: 72.004, south: 0.8293, east: 137.8347, north: 55.8271 };

/// Half the great axis and the squared eccentricity of the ellipsoid that the formula was made for (Krassovsky).
const RADIUS_M: f64 = 6_378_245.0;
const ECCENTRICITY2: f64 = 0.006_693_421_622_965_943;
/// Rounds of the inverse at most; about eight reach the last digit.
const ROUNDS_MAX: u32 = 30;
const BD09_PI: f64 = PI * 3_000.0 / 180.0;

/// From WGS84 (or CGCS2000) to GCJ-02; outside [`SHIFTED`] the same place.
#[must_use]
pub fn from_wgs84(position: Position) -> Position {
    if SHIFTED.contains(position) { shift(position) } else { position }
}

/// From GCJ-02 back to WGS84, to 1e-9 degrees; a place to which nothing inside [`SHIFTED`] is moved stays.
#[must_use]
pub fn to_wgs84(position: Position) -> Position {
    // The shift reaches less than a hundredth of a degree beyond the box.
    let near = BoundingBox {
        west: SHIFTED.west - 0.02,
        south: SHIFTED.south - 0.02,
        east: SHIFTED.east + 0.02,
        north: SHIFTED.north + 0.02,
    };
    if !near.contains(position) {
        return position;
    }
    let found = invert(position, shift);
    if SHIFTED.contains(found) { found } else { position }
}

/// From GCJ-02 to BD-09.
#[must_use]
pub fn to_bd09(position: Position) -> Position {
    let Position { lon, lat } = position;
    let radius = lon.hypot(lat) + 0.000_02 * (lat * BD09_PI).sin();
    let angle = lat.atan2(lon) + 0.000_003 * (lon * BD09_PI).cos();
    Position { lon: radius * angle.cos() + 0.006_5, lat: radius * angle.sin() + 0.006 }
}

/// From BD-09 back to GCJ-02, to 1e-9 degrees.
#[must_use]
pub fn from_bd09(position: Position) -> Position {
    invert(position, to_bd09)
}

/// The place that `transform` moves to `target`: the error of each guess is taken from it until nothing changes.
fn invert(target: Position, transform: fn(Position) -> Position) -> Position {
    let mut guess = target;
    for _ in 0..ROUNDS_MAX {
        let moved = transform(guess);
        let next =
            Position { lon: guess.lon + (target.lon - moved.lon), lat: guess.lat + (target.lat - moved.lat) };
        if next == guess {
            break;
        }
        guess = next;
    }
    guess
}

fn shift(position: Position) -> Position {
    let (x, y) = (position.lon - 105.0, position.lat - 35.0);
    let wave = |size: f64, angle: f64| size * (angle * PI).sin();
    let ripple = (wave(20.0, 6.0 * x) + wave(20.0, 2.0 * x)) * 2.0 / 3.0;
    let north_m = -100.0
        + 2.0 * x
        + 3.0 * y
        + 0.2 * y * y
        + 0.1 * x * y
        + 0.2 * x.abs().sqrt()
        + ripple
        + (wave(20.0, y) + wave(40.0, y / 3.0)) * 2.0 / 3.0
        + (wave(160.0, y / 12.0) + wave(320.0, y / 30.0)) * 2.0 / 3.0;
    let east_m = 300.0
        + x
        + 2.0 * y
        + 0.1 * x * x
        + 0.1 * x * y
        + 0.1 * x.abs().sqrt()
        + ripple
        + (wave(20.0, x) + wave(40.0, x / 3.0)) * 2.0 / 3.0
        + (wave(150.0, x / 12.0) + wave(300.0, x / 30.0)) * 2.0 / 3.0;
    let (sin, cos) = position.lat.to_radians().sin_cos();
    let across = 1.0 - ECCENTRICITY2 * sin * sin;
    let prime_vertical_m = RADIUS_M / across.sqrt();
    let meridian_m = RADIUS_M * (1.0 - ECCENTRICITY2) / (across * across.sqrt());
    Position {
        lon: position.lon + (east_m / (prime_vertical_m * cos)).to_degrees(),
        lat: position.lat + (north_m / meridian_m).to_degrees(),
    }
}
