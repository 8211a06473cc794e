//! On which side of an edge a position is: exact, and the same for both cells that share the edge.
//!
//! Ties are broken as if every position stood a little further east, and a far smaller step further north ("simulation of
//! simplicity", Edelsbrunner and Mücke 1990): so a position on an edge or a vertex is on exactly one side of each edge, and the
//! sides agree with each other.

use crate::geometry::Position;

/// An edge in one direction, whichever way its rings run: from the southern end (the western one if level) to the other.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Edge {
    pub(super) low: Position,
    pub(super) high: Position,
}

impl Edge {
    /// None if both ends are the same place.
    pub(super) fn new(a: Position, b: Position) -> Option<Self> {
        // Adding zero turns -0 into 0, so that equal edges are equal bit by bit.
        let (a, b) = (plain(a), plain(b));
        match (a.lat, a.lon).partial_cmp(&(b.lat, b.lon))? {
            std::cmp::Ordering::Less => Some(Self { low: a, high: b }),
            std::cmp::Ordering::Greater => Some(Self { low: b, high: a }),
            std::cmp::Ordering::Equal => None,
        }
    }

    /// Whether the position is left of the edge: west of it, or north of a level one. On the edge's line it is to the right,
    /// on a level one to the left.
    #[inline]
    pub(super) fn has_left(&self, position: Position) -> bool {
        let sign = orientation(self.low, self.high, position);
        sign > 0.0 || (sign == 0.0 && self.low.lat == self.high.lat)
    }

    /// Whether a line from the position to the east meets the edge.
    #[inline]
    pub(super) fn is_east_of(&self, position: Position) -> bool {
        self.spans_lat(position.lat) && self.has_left(position)
    }

    /// Whether the parallel meets the edge.
    #[inline]
    pub(super) fn spans_lat(&self, lat: f64) -> bool {
        (self.low.lat > lat) != (self.high.lat > lat)
    }

    /// Whether the meridian meets the edge.
    #[inline]
    pub(super) fn spans_lon(&self, lon: f64) -> bool {
        (self.low.lon > lon) != (self.high.lon > lon)
    }

    /// Whether the position is exactly on the edge, ends included.
    pub(super) fn holds(&self, position: Position) -> bool {
        let (west, east) = (self.low.lon.min(self.high.lon), self.low.lon.max(self.high.lon));
        (self.low.lat..=self.high.lat).contains(&position.lat)
            && (west..=east).contains(&position.lon)
            && orientation(self.low, self.high, position) == 0.0
    }

    /// Whether a walk from `from` level to `corner`, then upright to `to`, crosses the edge an odd number of times. `corner` has
    /// the latitude of `from` and the longitude of `to`.
    #[inline]
    pub(super) fn parts(&self, from: Position, corner: Position, to: Position) -> bool {
        let level = self.spans_lat(corner.lat);
        let upright = self.spans_lon(corner.lon);
        if !level && !upright {
            return false;
        }
        let left = self.has_left(corner);
        (level && self.has_left(from) != left) != (upright && self.has_left(to) != left)
    }
}

fn plain(position: Position) -> Position {
    Position { lon: position.lon + 0.0, lat: position.lat + 0.0 }
}

/// Positive if `p` is left of the line from `a` to `b`, negative if right, zero exactly if on it. Exact as long as no product
/// underflows, which no two places on the globe that differ by more than 1e-150 degrees do.
#[inline]
pub(super) fn orientation(a: Position, b: Position, p: Position) -> f64 {
    // The bound of Shewchuk, "Adaptive precision floating-point arithmetic" (1997), for a correctly rounded sign.
    const BOUND: f64 = 3.330_669_073_875_471_6e-16;
    let left = (a.lon - p.lon) * (b.lat - p.lat);
    let right = (a.lat - p.lat) * (b.lon - p.lon);
    let determinant = left - right;
    if determinant.abs() > BOUND * (left.abs() + right.abs()) {
        return determinant;
    }
    orientation_exact(a, b, p)
}

#[cold]
fn orientation_exact(a: Position, b: Position, p: Position) -> f64 {
    let products =
        [(a.lon, b.lat), (-a.lon, p.lat), (-p.lon, b.lat), (-a.lat, b.lon), (a.lat, p.lon), (p.lat, b.lon)];
    // A sum of doubles that do not overlap, the smallest first; the sign of the last that is not zero is the sign of all.
    let mut parts = [0.0_f64; 12];
    let mut count = 0;
    for (x, y) in products {
        let high = x * y;
        let low = x.mul_add(y, -high);
        for term in [low, high] {
            let mut carried = term;
            for part in &mut parts[..count] {
                let sum = carried + *part;
                let added = sum - carried;
                *part = (carried - (sum - added)) + (*part - added);
                carried = sum;
            }
            parts[count] = carried;
            count += 1;
        }
    }
    parts.iter().rev().copied().find(|part| *part != 0.0).unwrap_or(0.0)
}
