//! The sites of the mesh: one for each cell of the town, many for the open country, denser near the town and the seats of the towns.

use super::{lattice::Lattice, mesh::Mesh, plan::Outline, plane::Point};
use crate::dice::Dice;

/// What a site stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Atom {
    /// A mesh of the net of streets: a cell of this community (last six digits of the code).
    Urban { column: usize, row: usize, community: &'static str },
    /// A mesh of the net beside the town: open country.
    Beside { column: usize, row: usize },
    /// Open country.
    Rural,
    /// Beyond the border.
    Outside,
}

impl Atom {
    /// Column and row in the net.
    pub(super) fn mesh(self) -> Option<(usize, usize)> {
        match self {
            Self::Urban { column, row, .. } | Self::Beside { column, row } => Some((column, row)),
            Self::Rural | Self::Outside => None,
        }
    }

    pub(super) fn is_rural(self) -> bool {
        matches!(self, Self::Beside { .. } | Self::Rural)
    }

    pub(super) fn is_urban(self) -> bool {
        matches!(self, Self::Urban { .. })
    }
}

/// Side of the square that is divided, metres: wider than any outline.
const SQUARE_M: f64 = 65_536.0;
/// Between sites of the open country, at the town's edge and far out, metres.
const NEAR_M: f64 = 200.0;
const FAR_M: f64 = 1_050.0;
/// No site of the open country is nearer to a mesh of the net than this, metres.
const FREE_M: f64 = 195.0;
/// Sites this far beyond the border close the cells at it.
const BEYOND: f64 = 1.15;

/// Makes the sites and the mesh over them; `seats` are those of the towns.
pub(super) fn mesh(seed: u64, lattice: &Lattice, outline: &Outline, seats: &[Point]) -> (Mesh, Vec<Atom>) {
    let mut dice = Dice::new(seed, "sites");
    let mut atoms = Vec::new();
    let mut sites = Vec::new();
    for row in 0..lattice.rows() {
        for column in 0..lattice.columns() {
            let atom = match lattice.community(column, row) {
                Some(community) => Atom::Urban { column, row, community },
                None if lattice.is_beside(column, row) => Atom::Beside { column, row },
                None => continue,
            };
            atoms.push(atom);
            // The borders come from the net, so a site may lie beside the middle; four sites of one circle would have no one net of triangles.
            let middle = lattice.inside(column, row, 0.5, 0.5);
            sites.push(middle.plus(dice.between(-3.0, 3.0), dice.between(-3.0, 3.0)));
        }
    }
    let net = sites.clone();
    let mut squares = vec![(Point::default(), SQUARE_M)];
    while let Some((middle, size)) = squares.pop() {
        if size > spacing(lattice, seats, middle) {
            let quarter = size / 4.0;
            squares.extend(
                [(-1.0, -1.0), (1.0, -1.0), (-1.0, 1.0), (1.0, 1.0)]
                    .map(|(x, y)| (middle.plus(x * quarter, y * quarter), size / 2.0)),
            );
            continue;
        }
        let point = middle.plus(dice.between(-0.42, 0.42) * size, dice.between(-0.42, 0.42) * size);
        let out = outline.part(point);
        let near = point.x.abs() < 5_000.0 && point.y.abs() < 5_000.0;
        if out > BEYOND || near && net.iter().any(|site| site.distance(point) < FREE_M) {
            continue;
        }
        atoms.push(if out < 1.0 { Atom::Rural } else { Atom::Outside });
        sites.push(point);
    }
    let shared_corner = |triangle: [usize; 3]| {
        let [a, b, c] = triangle.map(|site| atoms[site].mesh());
        let meshes = [a?, b?, c?];
        let low = |pick: fn(&(usize, usize)) -> usize| meshes.iter().map(pick).min();
        let high = |pick: fn(&(usize, usize)) -> usize| meshes.iter().map(pick).max();
        let (column, row) = (low(|mesh| mesh.0)?, low(|mesh| mesh.1)?);
        if high(|mesh| mesh.0)? != column + 1 || high(|mesh| mesh.1)? != row + 1 {
            return None;
        }
        Some((((column << 16) | row) as u64, lattice.crossing(column + 1, row + 1)))
    };
    let mesh = Mesh::new(sites, shared_corner);
    (mesh, atoms)
}

/// How far sites of the open country lie from each other at a place, metres.
fn spacing(lattice: &Lattice, seats: &[Point], point: Point) -> f64 {
    let to_seat = seats.iter().map(|seat| seat.distance(point)).fold(f64::MAX, f64::min);
    let by_town = NEAR_M + 0.16 * lattice.distance(point).max(0.0);
    let by_seat = NEAR_M + 0.22 * to_seat;
    by_town.min(by_seat).min(FAR_M)
}
