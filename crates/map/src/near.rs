//! Finding what is near with one integer key and any B-tree.
//!
//! The key of a position is its place on the Morton curve: 31 bits of longitude and 31 of latitude, interleaved (about 2 cm by
//! 1 cm). A circle or box is covered by at most [`RANGES_MAX`] ranges of keys, so `key BETWEEN ? AND ?` finds a superset on every
//! engine; the caller then compares the true position. Keys are stored with cases: the numbering must never change.

use std::{cmp::Ordering, collections::BinaryHeap};

use crate::{
    error::MapError,
    geodesy,
    geometry::{BoundingBox, Position},
};

#[cfg(test)]
mod tests;

/// The most ranges that a cover has.
pub const RANGES_MAX: usize = 16;
/// The greatest radius of a circle, metres.
pub const RADIUS_M_MAX: f64 = 1_000_000.0;

const BITS: u32 = 31;
/// Steps along one axis.
const STEPS: u64 = 1 << BITS;
/// How many squares a box is cut into before neighbours on the curve are joined: more cover tighter and cost more time.
const SQUARES_MAX: usize = 160;

/// The key of a position, 0 to 2⁶²-1, order-preserving along each axis: east and north have greater keys. Numbers off the globe
/// are drawn to its rim; NaN to 0.
#[must_use]
pub fn morton(position: Position) -> i64 {
    let (column, row) = steps(position);
    key(column, row)
}

/// The position that a key stands for, to the middle of its step: within 1 cm of the one that the key was made of.
#[must_use]
pub fn position(key: i64) -> Position {
    let key = key.cast_unsigned();
    // A step is far below 2^53: exact in a float.
    let part = |step: u64| (step as f64 + 0.5) / STEPS as f64;
    Position { lon: part(gather(key)) * 360.0 - 180.0, lat: part(gather(key >> 1)) * 180.0 - 90.0 }
}

/// The key ranges, inclusive and rising, that hold every position within `radius_m` metres of the center (geodesic distance).
///
/// # Errors
/// [`MapError::RadiusOutOfRange`], [`MapError::PositionNotFinite`], [`MapError::PositionOutOfRange`].
pub fn cover(center: Position, radius_m: f64) -> Result<Vec<(i64, i64)>, MapError> {
    Ok(cover_boxes(&circle_boxes(center, radius_m)?))
}

/// The key ranges, inclusive and rising, that hold every position in the box, its border included.
#[must_use]
pub fn cover_box(bounds: BoundingBox) -> Vec<(i64, i64)> {
    cover_boxes(&[bounds])
}

/// The box around a circle; two where it crosses the 180th meridian.
///
/// # Errors
/// [`MapError::RadiusOutOfRange`], [`MapError::PositionNotFinite`], [`MapError::PositionOutOfRange`].
pub fn circle_boxes(center: Position, radius_m: f64) -> Result<Vec<BoundingBox>, MapError> {
    center.check()?;
    if !(0.0..=RADIUS_M_MAX).contains(&radius_m) {
        return Err(MapError::RadiusOutOfRange);
    }
    // A thousandth more than the sphere of least curvature radius says, so that the ellipsoid's circle is surely inside.
    let angle = radius_m * 1.001 / geodesy::CURVATURE_RADIUS_M_MIN;
    let reach = angle.to_degrees();
    let (south, north) = ((center.lat - reach).max(-90.0), (center.lat + reach).min(90.0));
    // The widest longitude of a circle on a sphere; a circle around a pole has all longitudes.
    let ratio = angle.sin() / center.lat.to_radians().cos();
    if center.lat + reach >= 90.0 || center.lat - reach <= -90.0 || ratio >= 1.0 {
        return Ok(vec![BoundingBox { west: -180.0, south, east: 180.0, north }]);
    }
    let wide = ratio.asin().to_degrees() * 1.001;
    let (west, east) = (center.lon - wide, center.lon + wide);
    Ok(if west < -180.0 {
        vec![
            BoundingBox { west: -180.0, south, east, north },
            BoundingBox { west: west + 360.0, south, east: 180.0, north },
        ]
    } else if east > 180.0 {
        vec![
            BoundingBox { west, south, east: 180.0, north },
            BoundingBox { west: -180.0, south, east: east - 360.0, north },
        ]
    } else {
        vec![BoundingBox { west, south, east, north }]
    })
}

fn steps(position: Position) -> (u64, u64) {
    // A float beyond the range is drawn to its rim by the cast, NaN to 0.
    let step = |part: f64| ((part * STEPS as f64) as u64).min(STEPS - 1);
    (step((position.lon + 180.0) / 360.0), step((position.lat + 90.0) / 180.0))
}

/// Longitude in the even bits, latitude in the odd ones.
fn key(column: u64, row: u64) -> i64 {
    (spread(column) | (spread(row) << 1)).cast_signed()
}

/// Puts a zero before each of the lower 32 bits.
fn spread(value: u64) -> u64 {
    let value = (value | (value << 16)) & 0x0000_FFFF_0000_FFFF;
    let value = (value | (value << 8)) & 0x00FF_00FF_00FF_00FF;
    let value = (value | (value << 4)) & 0x0F0F_0F0F_0F0F_0F0F;
    let value = (value | (value << 2)) & 0x3333_3333_3333_3333;
    (value | (value << 1)) & 0x5555_5555_5555_5555
}

/// Takes out the even bits, the other way round than [`spread`].
fn gather(value: u64) -> u64 {
    let value = value & 0x5555_5555_5555_5555;
    let value = (value | (value >> 1)) & 0x3333_3333_3333_3333;
    let value = (value | (value >> 2)) & 0x0F0F_0F0F_0F0F_0F0F;
    let value = (value | (value >> 4)) & 0x00FF_00FF_00FF_00FF;
    let value = (value | (value >> 8)) & 0x0000_FFFF_0000_FFFF;
    (value | (value >> 16)) & 0x0000_0000_FFFF_FFFF
}

/// A square of the quadtree with the part of one box in it.
#[derive(PartialEq, Eq)]
struct Square {
    /// How many keys in it are outside the box.
    waste: u64,
    column: u64,
    row: u64,
    /// The side as a power of two.
    bits: u32,
    target: Steps,
}

/// A box in steps, inclusive.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Steps {
    west: u64,
    south: u64,
    east: u64,
    north: u64,
}

impl Square {
    /// None if the box is not in it at all.
    fn new(column: u64, row: u64, bits: u32, target: Steps) -> Option<Self> {
        let last = (1_u64 << bits) - 1;
        let (west, east) = (target.west.max(column), target.east.min(column + last));
        let (south, north) = (target.south.max(row), target.north.min(row + last));
        (west <= east && south <= north).then(|| {
            let inside = (east - west + 1) * (north - south + 1);
            Self { waste: (1_u64 << (2 * bits)) - inside, column, row, bits, target }
        })
    }

    fn range(&self) -> (i64, i64) {
        let first = key(self.column, self.row);
        (first, first + ((1_i64 << (2 * self.bits)) - 1))
    }
}

impl Ord for Square {
    fn cmp(&self, other: &Self) -> Ordering {
        (self.waste, self.column, self.row).cmp(&(other.waste, other.column, other.row))
    }
}

impl PartialOrd for Square {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Cuts the most wasteful square first, then joins neighbours on the curve over the smallest gaps.
fn cover_boxes(boxes: &[BoundingBox]) -> Vec<(i64, i64)> {
    let mut squares: BinaryHeap<Square> = boxes
        .iter()
        .filter_map(|bounds| {
            let (west, south) = steps(Position { lon: bounds.west, lat: bounds.south });
            let (east, north) = steps(Position { lon: bounds.east, lat: bounds.north });
            Square::new(0, 0, BITS, Steps { west, south, east, north })
        })
        .collect();
    while squares.len() < SQUARES_MAX && squares.peek().is_some_and(|square| square.waste > 0) {
        let Some(square) = squares.pop() else { break };
        let bits = square.bits - 1;
        let half = 1_u64 << bits;
        for (column, row) in [(0, 0), (half, 0), (0, half), (half, half)] {
            squares.extend(Square::new(square.column + column, square.row + row, bits, square.target));
        }
    }
    let mut ranges: Vec<(i64, i64)> = squares.iter().map(Square::range).collect();
    ranges.sort_unstable();
    let mut gaps: Vec<i64> = ranges.windows(2).map(|pair| pair[1].0 - pair[0].1).collect();
    gaps.sort_unstable_by(|a, b| b.cmp(a));
    // Ranges that touch have a gap of 1; only the widest gaps stay open.
    let joined = gaps.get(RANGES_MAX - 1).copied().unwrap_or(1).max(1);
    let mut cover: Vec<(i64, i64)> = Vec::with_capacity(RANGES_MAX);
    for (first, last) in ranges {
        match cover.last_mut() {
            Some(range) if first - range.1 <= joined => range.1 = range.1.max(last),
            _ => cover.push((first, last)),
        }
    }
    cover
}
