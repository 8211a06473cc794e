//! Borders as positions: the sides of the mesh with their small bends, and the outlines of areas made of many sites.

use std::collections::BTreeMap;

use map::{
    error::MapError,
    geometry::{MultiPolygon, Polygon, Position, Ring},
};

use super::{
    mesh::Mesh,
    plane::{Point, is_inside, turn},
};
use crate::dice::noise;

/// How far a border bends beside its straight side, as a part of the distance to the nearer end: borders that meet never cross.
const BEND: f64 = 0.13;
/// One bend about every so many metres.
const BEND_EVERY_M: f64 = 140.0;
/// Bends of one side at the most.
const BENDS_MAX: usize = 6;

/// The drawn mesh.
pub(super) struct Borders<'a> {
    mesh: &'a Mesh,
    /// What is drawn between the ends of each side, from `from` to `to`.
    between: Vec<Vec<Point>>,
}

impl<'a> Borders<'a> {
    /// Draws every side; those that are `straight` have no bends.
    pub(super) fn draw(seed: u64, mesh: &'a Mesh, straight: impl Fn(usize) -> bool) -> Self {
        let between = (0..mesh.sides.len())
            .map(|index| if straight(index) { Vec::new() } else { bends(seed, mesh, index) })
            .collect();
        Self { mesh, between }
    }

    /// The line along corners that sides join, both ends included.
    pub(super) fn line(&self, corners: &[usize]) -> Vec<Point> {
        let mut points: Vec<Point> =
            corners.first().map(|corner| self.mesh.corners[*corner]).into_iter().collect();
        for pair in corners.windows(2) {
            if let Some(side) = self.mesh.side_between(pair[0], pair[1]) {
                self.follow(side, self.mesh.sides[side].from == pair[0], &mut points);
            }
            points.push(self.mesh.corners[pair[1]]);
        }
        points
    }

    /// What is drawn between the ends of a side.
    fn follow(&self, side: usize, forward: bool, points: &mut Vec<Point>) {
        let between = &self.between[side];
        if forward {
            points.extend(between.iter().copied());
        } else {
            points.extend(between.iter().rev().copied());
        }
    }

    /// The areas of `count` groups of sites.
    ///
    /// # Errors
    /// [`MapError`] for an area that is no area.
    pub(super) fn areas(
        &self,
        count: usize,
        group_of: impl Fn(usize) -> Option<usize>,
    ) -> Result<Vec<MultiPolygon>, MapError> {
        let mut sides: Vec<Vec<(usize, bool)>> = vec![Vec::new(); count];
        for (index, side) in self.mesh.sides.iter().enumerate() {
            let (left, right) = (group_of(side.left), group_of(side.right));
            if left == right {
                continue;
            }
            // An area lies left of its border.
            for (group, forward) in [(left, true), (right, false)] {
                if let Some(sides) = group.and_then(|group| sides.get_mut(group)) {
                    sides.push((index, forward));
                }
            }
        }
        sides.into_iter().map(|sides| self.area(&sides)).collect()
    }

    fn area(&self, sides: &[(usize, bool)]) -> Result<MultiPolygon, MapError> {
        let ends = |(side, forward): (usize, bool)| {
            let side = self.mesh.sides[side];
            if forward { (side.from, side.to) } else { (side.to, side.from) }
        };
        let mut leaving: BTreeMap<usize, Vec<(usize, bool)>> = BTreeMap::new();
        for side in sides {
            leaving.entry(ends(*side).0).or_default().push(*side);
        }
        let (mut outer, mut holes): (Vec<Vec<Point>>, Vec<Vec<Point>>) = (Vec::new(), Vec::new());
        while let Some(first) = leaving.iter().find_map(|(_, sides)| sides.first().copied()) {
            let mut ring = Vec::new();
            let mut next = Some(first);
            while let Some(side) = next {
                let (from, to) = ends(side);
                if let Some(others) = leaving.get_mut(&from) {
                    others.retain(|other| *other != side);
                }
                ring.push(self.mesh.corners[from]);
                self.follow(side.0, side.1, &mut ring);
                // Where an area touches itself, the turn most to the left keeps its rings apart.
                let (here, there) = (self.mesh.corners[from], self.mesh.corners[to]);
                next = leaving.get(&to).and_then(|others| {
                    let leftward = |other: &(usize, bool)| {
                        let ahead = self.mesh.corners[ends(*other).1];
                        turn(here, there, ahead) / there.distance(ahead)
                    };
                    others.iter().copied().max_by(|a, b| leftward(a).total_cmp(&leftward(b)))
                });
                if to == ends(first).0 {
                    next = None;
                }
            }
            if doubled_area(&ring) > 0.0 { outer.push(ring) } else { holes.push(ring) }
        }
        let mut polygons: Vec<(Vec<Point>, Vec<Ring>)> =
            outer.into_iter().map(|ring| (ring, Vec::new())).collect();
        for hole in holes {
            let around = polygons
                .iter_mut()
                .find(|(ring, _)| hole.iter().any(|point| !ring.contains(point) && is_inside(ring, *point)));
            if let Some((_, holes)) = around {
                holes.push(ring(&hole)?);
            }
        }
        let polygons = polygons
            .into_iter()
            .map(|(outer, holes)| Ok(Polygon { outer: ring(&outer)?, holes }))
            .collect::<Result<_, MapError>>()?;
        Ok(MultiPolygon(polygons))
    }
}

/// A ring of the map from points of the plane.
pub(super) fn ring(points: &[Point]) -> Result<Ring, MapError> {
    Ring::new(positions(points))
}

/// The places on the globe.
pub(super) fn positions(points: &[Point]) -> Vec<Position> {
    points.iter().map(|point| point.position()).collect()
}

/// Twice the area of a ring, m²; less than nothing if it runs clockwise.
pub(super) fn doubled_area(ring: &[Point]) -> f64 {
    let next = ring.iter().cycle().skip(1);
    ring.iter().zip(next).map(|(from, to)| from.x * to.y - to.x * from.y).sum()
}

fn bends(seed: u64, mesh: &Mesh, index: usize) -> Vec<Point> {
    let side = mesh.sides[index];
    let (from, to) = (mesh.corners[side.from], mesh.corners[side.to]);
    let length = from.distance(to);
    let bends = ((length / BEND_EVERY_M) as usize).min(BENDS_MAX);
    (1..=bends)
        .map(|bend| {
            let part = bend as f64 / (bends + 1) as f64;
            let beside = BEND * part.min(1.0 - part) * noise(seed, &[21, index as u64, bend as u64]);
            from.toward(to, part).plus((from.y - to.y) * beside, (to.x - from.x) * beside)
        })
        .collect()
}
