//! A flat plane over the city, metres east and north of its middle. Only for making shapes up: what is measured is measured on the ellipsoid.
//! No trigonometry is used, so that every machine makes the same city byte for byte.

use map::geometry::Position;

use crate::dice::noise;

/// The middle of the town: about where the real Kaili is (degrees).
pub(super) const MIDDLE: Position = Position { lon: 107.97, lat: 26.57 };
/// Metres per degree of longitude and latitude there (CGCS2000).
const M_PER_DEGREE: (f64, f64) = (99_629.620_365, 110_796.792_903);
/// Positions are kept to a centimetre.
const STEPS_PER_DEGREE: f64 = 1e7;

/// A place in the plane, metres.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Point {
    pub(super) x: f64,
    pub(super) y: f64,
}

impl Point {
    pub(super) const fn new(x: f64, y: f64) -> Self {
        Self { x, y }
    }

    pub(super) fn plus(self, x: f64, y: f64) -> Self {
        Self { x: self.x + x, y: self.y + y }
    }

    /// The point that lies this part of the way to another.
    pub(super) fn toward(self, other: Self, part: f64) -> Self {
        Self { x: self.x + (other.x - self.x) * part, y: self.y + (other.y - self.y) * part }
    }

    pub(super) fn distance(self, other: Self) -> f64 {
        ((self.x - other.x) * (self.x - other.x) + (self.y - other.y) * (self.y - other.y)).sqrt()
    }

    pub(super) fn length(self) -> f64 {
        self.distance(Self::default())
    }

    /// The point of a place on the globe.
    pub(super) fn of(position: Position) -> Self {
        Self {
            x: (position.lon - MIDDLE.lon) * M_PER_DEGREE.0,
            y: (position.lat - MIDDLE.lat) * M_PER_DEGREE.1,
        }
    }

    /// Where it is on the globe.
    pub(super) fn position(self) -> Position {
        let round = |degrees: f64| (degrees * STEPS_PER_DEGREE).round() / STEPS_PER_DEGREE;
        Position {
            lon: round(MIDDLE.lon + self.x / M_PER_DEGREE.0),
            lat: round(MIDDLE.lat + self.y / M_PER_DEGREE.1),
        }
    }
}

/// Twice the area left of the way from `a` over `b` to `c`, m²; positive for a turn to the left.
pub(super) fn turn(a: Point, b: Point, c: Point) -> f64 {
    (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x)
}

/// Is the point inside of the ring?
pub(super) fn is_inside(ring: &[Point], point: Point) -> bool {
    let mut inside = false;
    for (index, to) in ring.iter().enumerate() {
        let from = ring[(index + ring.len() - 1) % ring.len()];
        if (from.y > point.y) != (to.y > point.y)
            && point.x < from.x + (to.x - from.x) * (point.y - from.y) / (to.y - from.y)
        {
            inside = !inside;
        }
    }
    inside
}

/// Slow noise from -1 to 1 over the plane, one independent value every `step` metres.
pub(super) fn swell(seed: u64, purpose: u64, point: Point, step: f64) -> f64 {
    let (x, y) = (point.x / step, point.y / step);
    let (left, below) = (x.floor(), y.floor());
    let smooth = |part: f64| part * part * (3.0 - 2.0 * part);
    let (across, up) = (smooth(x - left), smooth(y - below));
    // Two's complement keeps western and southern squares apart from eastern and northern ones.
    let at = |x: f64, y: f64| noise(seed, &[purpose, x as i64 as u64, y as i64 as u64]);
    let low = at(left, below) * (1.0 - across) + at(left + 1.0, below) * across;
    let high = at(left, below + 1.0) * (1.0 - across) + at(left + 1.0, below + 1.0) * across;
    low * (1.0 - up) + high * up
}
