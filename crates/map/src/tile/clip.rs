//! Cutting lines and rings at the tile, and clearing away what snapping and cutting leave.

use super::{BUFFER, EXTENT};

/// A vertex in units of the tile, y down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) x: i64,
    pub(super) y: i64,
}

/// The tile and its margin.
pub(super) struct Window {
    low: i64,
    high: i64,
}

pub(super) const WINDOW: Window = Window { low: -(BUFFER as i64), high: (EXTENT + BUFFER) as i64 };

impl Window {
    pub(super) fn contains(&self, place: Place) -> bool {
        let range = self.low..=self.high;
        range.contains(&place.x) && range.contains(&place.y)
    }
}

/// One side of the window.
#[derive(Clone, Copy)]
enum Side {
    West,
    East,
    North,
    South,
}

impl Side {
    const ALL: [Self; 4] = [Self::West, Self::East, Self::North, Self::South];

    fn admits(self, place: Place) -> bool {
        match self {
            Self::West => place.x >= WINDOW.low,
            Self::East => place.x <= WINDOW.high,
            Self::North => place.y >= WINDOW.low,
            Self::South => place.y <= WINDOW.high,
        }
    }

    /// Where the line meets the side; its ends are on different sides of it.
    fn meets(self, a: Place, b: Place) -> Place {
        let at = match self {
            Self::West | Self::North => WINDOW.low,
            Self::East | Self::South => WINDOW.high,
        };
        // Coordinates are below 2^35, so the product fits in 128 bits; halves are rounded up.
        let between = |from: i64, to: i64, part: i64, whole: i64| {
            let (rise, whole) = (i128::from(to - from) * i128::from(part), i128::from(whole));
            let (rise, whole) = if whole < 0 { (-rise, -whole) } else { (rise, whole) };
            from + (2 * rise + whole).div_euclid(2 * whole) as i64
        };
        match self {
            Self::West | Self::East => Place { x: at, y: between(a.y, b.y, at - a.x, b.x - a.x) },
            Self::North | Self::South => Place { x: between(a.x, b.x, at - a.y, b.y - a.y), y: at },
        }
    }
}

/// Cuts a ring at the window (Sutherland and Hodgman 1974) and tidies it; nothing is left of a ring without area.
pub(super) fn ring(places: &mut Vec<Place>) {
    places.dedup();
    for side in Side::ALL {
        if places.iter().all(|place| side.admits(*place)) {
            continue;
        }
        let mut kept = Vec::with_capacity(places.len() + 4);
        let mut last = places.last().copied();
        for place in places.iter().copied() {
            if let Some(last) = last.filter(|last| side.admits(*last) != side.admits(place)) {
                kept.push(side.meets(last, place));
            }
            if side.admits(place) {
                kept.push(place);
            }
            last = Some(place);
        }
        *places = kept;
    }
    tidy_ring(places);
}

/// Takes out vertices that are repeated, on a straight line, or the tip of a spike.
fn tidy_ring(places: &mut Vec<Place>) {
    let mut kept: Vec<Place> = Vec::with_capacity(places.len());
    for place in places.drain(..) {
        while let [.., before, last] = kept[..]
            && cross(before, last, place) == 0
        {
            kept.pop();
        }
        if kept.last() != Some(&place) {
            kept.push(place);
        }
    }
    // The same where the end meets the beginning.
    let mut from = 0;
    loop {
        let ring = &kept[from..];
        let [first, second, .., before, last] = *ring else {
            if let [a, b, c] = *ring
                && cross(a, b, c) != 0
            {
                break;
            }
            return;
        };
        if last == first || cross(before, last, first) == 0 {
            kept.pop();
        } else if cross(last, first, second) == 0 {
            from += 1;
        } else {
            break;
        }
    }
    places.extend_from_slice(&kept[from..]);
}

/// Cuts a line at the window (Liang and Barsky 1984) into the pieces inside, repeated and straight-on vertices taken out.
pub(super) fn line(places: &[Place]) -> Vec<Vec<Place>> {
    let mut pieces: Vec<Vec<Place>> = Vec::new();
    let mut open = false;
    for pair in places.windows(2) {
        let (a, b) = (pair[0], pair[1]);
        if a == b {
            continue;
        }
        let Some((from, to)) = segment(a, b) else {
            open = false;
            continue;
        };
        match pieces.last_mut() {
            Some(piece) if open && piece.last() == Some(&from) => extend_line(piece, to),
            _ => pieces.push(vec![from, to]),
        }
        open = to == b;
    }
    pieces.retain_mut(|piece| {
        piece.dedup();
        piece.len() > 1
    });
    pieces
}

fn extend_line(piece: &mut Vec<Place>, to: Place) {
    if let [.., before, last] = piece[..]
        && cross(before, last, to) == 0
        && (last.x - before.x) * (to.x - last.x) + (last.y - before.y) * (to.y - last.y) >= 0
    {
        piece.pop();
    }
    piece.push(to);
}

/// The part of a straight line in the window.
fn segment(a: Place, b: Place) -> Option<(Place, Place)> {
    let (mut enter, mut leave) = (0.0_f64, 1.0_f64);
    // Far below 2^53: exact.
    let (x, y) = ((b.x - a.x) as f64, (b.y - a.y) as f64);
    for (step, room) in
        [(-x, a.x - WINDOW.low), (x, WINDOW.high - a.x), (-y, a.y - WINDOW.low), (y, WINDOW.high - a.y)]
    {
        let part = room as f64 / step;
        if step == 0.0 {
            if room < 0 {
                return None;
            }
        } else if step < 0.0 {
            enter = enter.max(part);
        } else {
            leave = leave.min(part);
        }
    }
    let at = |part: f64| Place { x: a.x + (x * part).round() as i64, y: a.y + (y * part).round() as i64 };
    let from = if enter > 0.0 { at(enter) } else { a };
    let to = if leave < 1.0 { at(leave) } else { b };
    (enter <= leave).then_some((from, to))
}

/// Twice the area, positive if the ring runs clockwise to the eye (y down).
pub(super) fn doubled_area(places: &[Place]) -> i64 {
    let next = places.iter().cycle().skip(1);
    places.iter().zip(next).map(|(a, b)| a.x * b.y - b.x * a.y).sum()
}

/// Zero if the three are on a straight line; after cutting, coordinates are small.
fn cross(a: Place, b: Place, c: Place) -> i64 {
    (b.x - a.x) * (c.y - b.y) - (b.y - a.y) * (c.x - b.x)
}
