//! The land: which site of the mesh belongs to which cell, community and street; where water and roads run.

use super::{
    atoms::{self, Atom},
    border::doubled_area,
    lattice::Lattice,
    mesh::Mesh,
    plan::{BROOK_LINE, Outline, RIVER, TOWNS, TRIBUTARY},
    plane::Point,
    register::Entry,
    sharing::Sharing,
    ways::{Ways, grow},
};
use crate::{
    dice::{Dice, noise},
    error::DemoError,
};

/// Rounds in which the corners of a way are drawn to the middle of their neighbours.
const SMOOTHED: usize = 2;
/// Cells of an ordinary village at the most, and the area from which it has one more.
const VILLAGE_CELLS_MAX: usize = 3;
const VILLAGE_CELL_M2: f64 = 3.5e6;
/// A step over water is this much longer, so that few areas lie on both banks.
pub(super) const ACROSS_WATER: f64 = 6.0;
/// Cells of a town's seat at the most.
const SEAT_CELLS_MAX: usize = 14;

/// A way over the mesh.
#[derive(Debug, Clone)]
pub(super) struct Way {
    pub(super) kind: WayKind,
    /// Corners that sides join.
    pub(super) corners: Vec<usize>,
}

/// What a way is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum WayKind {
    /// 清水江.
    River,
    /// 巴拉河.
    Tributary,
    /// 洗马河.
    Brook,
    /// From the town to the seat of a town: index of the community there.
    Trunk(usize),
    /// To a village: index of it.
    Lane(usize),
}

/// A community or village on the land.
#[derive(Debug, Clone, Copy)]
pub(super) struct Settled {
    /// The site in its middle, where it lies outside of the town.
    pub(super) middle: Option<usize>,
    /// The seat of a town.
    pub(super) seat: bool,
}

/// All of it. Communities are counted as in the register.
pub(super) struct Land {
    pub(super) lattice: Lattice,
    pub(super) mesh: Mesh,
    pub(super) atoms: Vec<Atom>,
    pub(super) settled: Vec<Settled>,
    /// The community of each site; none beyond the border.
    pub(super) community_of: Vec<Option<usize>>,
    /// The cell of each site, and the community of each cell.
    pub(super) cell_of: Vec<Option<usize>>,
    pub(super) community_of_cell: Vec<usize>,
    /// The site in the middle of each cell.
    pub(super) middle_of_cell: Vec<usize>,
    pub(super) ways: Vec<Way>,
}

impl Land {
    /// Makes the land for the communities of the register.
    pub(super) fn new(seed: u64, communities: &[Entry]) -> Result<Self, DemoError> {
        let lattice = Lattice::new(seed);
        let outline = Outline::new(seed);
        let mut dice = Dice::new(seed, "seats");
        let seats: Vec<Point> = TOWNS
            .iter()
            .map(|town| town.seat.plus(dice.between(-400.0, 400.0), dice.between(-400.0, 400.0)))
            .collect();
        let (mesh, atoms) = atoms::mesh(seed, &lattice, &outline, &seats);
        let mut land = Self {
            settled: Vec::new(),
            community_of: Vec::new(),
            cell_of: vec![None; atoms.len()],
            community_of_cell: Vec::new(),
            middle_of_cell: Vec::new(),
            ways: Vec::new(),
            lattice,
            mesh,
            atoms,
        };
        land.lay_water(seed);
        (land.settled, land.community_of) = Sharing::new(seed, &land, &seats, communities)?.share_out();
        land.lay_roads(seed);
        land.smooth();
        land.divide();
        land.soften();
        Ok(land)
    }

    /// Sides of the net of streets are drawn straight.
    pub(super) fn is_straight(&self, side: usize) -> bool {
        let side = self.mesh.sides[side];
        let (left, right) = (self.atoms[side.left], self.atoms[side.right]);
        left.mesh().is_some() && right.mesh().is_some() && (left.is_urban() || right.is_urban())
    }

    /// The area of sites together, m² of the plane.
    pub(super) fn area_m2(&self, sites: &[usize]) -> f64 {
        let doubled = sites.iter().map(|site| doubled_area(&self.corners_around(*site)));
        doubled.sum::<f64>() / 2.0
    }

    /// The corners of a site's area, counter-clockwise.
    pub(super) fn corners_around(&self, site: usize) -> Vec<Point> {
        let ends = |side: usize| {
            let side = self.mesh.sides[side];
            if side.left == site { (side.from, side.to) } else { (side.to, side.from) }
        };
        let sides = &self.mesh.sides_of_site[site];
        let mut corners = Vec::with_capacity(sides.len());
        let mut next = sides.first().map(|side| ends(*side).0);
        while let Some(corner) =
            next.filter(|corner| !corners.contains(corner) && corners.len() < sides.len())
        {
            corners.push(corner);
            next = sides.iter().map(|side| ends(*side)).find(|(from, _)| *from == corner).map(|(_, to)| to);
        }
        corners.into_iter().map(|corner| self.mesh.corners[corner]).collect()
    }

    fn lay_water(&mut self, seed: u64) {
        let open = |site: usize| self.atoms[site] == Atom::Rural;
        let wild = |side: usize| {
            let sites = self.mesh.sides[side];
            let winding = 1.0 + 0.9 * noise(seed, &[31, side as u64]).abs();
            (open(sites.left) && open(sites.right)).then(|| self.mesh.length(side) * winding)
        };
        let river = self.course(&RIVER, &wild);
        let mut tributary = self.course(&TRIBUTARY, &wild);
        if let Some(mouth) = tributary.iter().position(|corner| river.contains(corner)) {
            tributary.truncate(mouth + 1);
        }
        let lattice = &self.lattice;
        let lines = lattice.block_row_line(0)..=lattice.block_row_line(5);
        let mut brook: Vec<usize> = lines
            .rev()
            .map(|line| {
                self.nearest_corner(lattice.crossing(lattice.block_column_line(BROOK_LINE), line), |_| true)
            })
            .collect();
        // From the town on it takes the shortest way down to the river.
        if let Some(end) = brook.last().copied() {
            let down = |side: usize| {
                let sites = self.mesh.sides[side];
                let free = |site: usize| self.atoms[site].is_rural();
                (free(sites.left) && free(sites.right)).then(|| self.mesh.length(side))
            };
            let ways = Ways::from(&self.mesh, &river, down);
            if ways.reaches(end) {
                brook.extend(ways.back(end).into_iter().skip(1));
            }
        }
        self.ways.extend([
            Way { kind: WayKind::River, corners: river },
            Way { kind: WayKind::Tributary, corners: tributary },
            Way { kind: WayKind::Brook, corners: brook },
        ]);
    }

    /// A winding course by the given places, from border to border or into the last place. It never meets itself.
    fn course(&self, places: &[Point], cost: &impl Fn(usize) -> Option<f64>) -> Vec<usize> {
        let passable =
            |corner: usize| self.mesh.sides_of_corner[corner].iter().any(|side| cost(*side).is_some());
        let stops: Vec<usize> = places.iter().map(|place| self.nearest_corner(*place, passable)).collect();
        let mut course: Vec<usize> = Vec::new();
        for leg in stops.windows(2) {
            let ways = Ways::from(&self.mesh, &leg[1..], cost);
            if ways.reaches(leg[0]) {
                course.extend(ways.back(leg[0]));
            }
        }
        without_loops(&course)
    }

    fn nearest_corner(&self, place: Point, fits: impl Fn(usize) -> bool) -> usize {
        let distance = |corner: &usize| self.mesh.corners[*corner].distance(place);
        (0..self.mesh.corners.len())
            .filter(|corner| fits(*corner))
            .min_by(|a, b| distance(a).total_cmp(&distance(b)))
            .unwrap_or(0)
    }

    fn lay_roads(&mut self, seed: u64) {
        let wet = self.wet_sides();
        let cost = |side: usize| {
            let sites = self.mesh.sides[side];
            let (left, right) = (self.atoms[sites.left], self.atoms[sites.right]);
            let inside = left.is_rural() && right.is_rural();
            let winding =
                1.0 + 0.4 * noise(seed, &[32, side as u64]).abs() + if wet[side] { 4.0 } else { 0.0 };
            inside.then(|| self.mesh.length(side) * winding)
        };
        let mut on_road: Vec<bool> =
            (0..self.mesh.corners.len()).map(|corner| self.is_at_town(corner)).collect();
        let gates: Vec<usize> = (0..on_road.len()).filter(|corner| on_road[*corner]).collect();
        let ways = Ways::from(&self.mesh, &gates, cost);
        let mut roads = Vec::new();
        for seats in [true, false] {
            for (community, settled) in
                self.settled.iter().enumerate().filter(|(_, settled)| settled.seat == seats)
            {
                let Some(site) = settled.middle else { continue };
                let corners = self.mesh.sides_of_site[site].iter().map(|side| self.mesh.sides[*side].from);
                let Some(start) = corners.filter(|corner| ways.reaches(*corner)).min_by(|a, b| {
                    let distance =
                        |corner: &usize| self.mesh.corners[*corner].distance(self.mesh.sites[site]);
                    distance(a).total_cmp(&distance(b))
                }) else {
                    continue;
                };
                let back = ways.back(start);
                let joined =
                    back.iter().position(|corner| on_road[*corner]).unwrap_or(back.len().saturating_sub(1));
                let corners: Vec<usize> = back.into_iter().take(joined + 1).collect();
                for corner in &corners {
                    on_road[*corner] = true;
                }
                if corners.len() > 1 {
                    let kind = if seats { WayKind::Trunk(community) } else { WayKind::Lane(community) };
                    roads.push(Way { kind, corners });
                }
            }
        }
        self.ways.extend(roads);
    }

    /// Is the corner on the outer edge of the town?
    fn is_at_town(&self, corner: usize) -> bool {
        let mut sites = self.mesh.sides_of_corner[corner].iter().flat_map(|side| {
            let side = self.mesh.sides[*side];
            [self.atoms[side.left], self.atoms[side.right]]
        });
        sites.clone().any(Atom::is_urban) && sites.any(Atom::is_rural)
    }

    /// For each side whether a river or brook runs along it.
    pub(super) fn wet_sides(&self) -> Vec<bool> {
        let mut wet = vec![false; self.mesh.sides.len()];
        let water = [WayKind::River, WayKind::Tributary, WayKind::Brook];
        for way in self.ways.iter().filter(|way| water.contains(&way.kind)) {
            for pair in way.corners.windows(2) {
                if let Some(side) = self.mesh.side_between(pair[0], pair[1]) {
                    wet[side] = true;
                }
            }
        }
        wet
    }

    /// Takes the zigzag out of water and roads. The corners of the net of streets and those at the border stay.
    fn smooth(&mut self) {
        let fixed: Vec<bool> = (0..self.mesh.corners.len())
            .map(|corner| {
                self.mesh.sides_of_corner[corner].iter().any(|side| {
                    let side = self.mesh.sides[*side];
                    [side.left, side.right].iter().any(|site| self.atoms[*site] != Atom::Rural)
                })
            })
            .collect();
        for way in &self.ways {
            for _ in 0..SMOOTHED {
                for three in way.corners.windows(3).filter(|three| !fixed[three[1]]) {
                    let middle = self.mesh.corners[three[0]].toward(self.mesh.corners[three[2]], 0.5);
                    self.mesh.move_corner(three[1], self.mesh.corners[three[1]].toward(middle, 0.5));
                }
            }
        }
    }

    /// Divides the communities into cells: in the town each mesh is one, outside each village has a few.
    fn divide(&mut self) {
        let mut starts = Vec::new();
        let mut cells = 0;
        let mut sites_of: Vec<Vec<usize>> = vec![Vec::new(); self.settled.len()];
        for (site, community) in self.community_of.iter().enumerate() {
            if let Some(community) = community {
                sites_of[*community].push(site);
            }
        }
        for (community, settled) in self.settled.iter().enumerate() {
            let middles = match settled.middle {
                None => sites_of[community].clone(),
                Some(middle) => self.cell_middles(middle, settled.seat, &mut sites_of[community]),
            };
            for site in middles {
                starts.push((site, cells));
                self.community_of_cell.push(community);
                self.middle_of_cell.push(site);
                cells += 1;
            }
        }
        let wet = self.wet_sides();
        self.cell_of = grow(&self.mesh, &starts, |side, site, cell| {
            let own =
                self.community_of[site] == Some(self.community_of_cell[cell]) && self.atoms[site].is_rural();
            own.then_some(if wet[side] { ACROSS_WATER } else { 1.0 })
        });
    }

    /// Takes the steps out of borders in the open country and around the city, as far as no water or road runs along them.
    fn soften(&mut self) {
        let mut fixed: Vec<bool> = (0..self.mesh.corners.len())
            .map(|corner| {
                let mut sides = self.mesh.sides_of_corner[corner].iter().map(|side| self.mesh.sides[*side]);
                sides.any(|side| {
                    self.atoms[side.left].mesh().is_some() || self.atoms[side.right].mesh().is_some()
                })
            })
            .collect();
        for corner in self.ways.iter().flat_map(|way| &way.corners) {
            fixed[*corner] = true;
        }
        for _ in 0..SMOOTHED {
            let before = self.mesh.corners.clone();
            for corner in (0..before.len()).filter(|corner| !fixed[*corner]) {
                let is_border = |side: &&usize| {
                    let side = self.mesh.sides[**side];
                    self.cell_of[side.left] != self.cell_of[side.right]
                };
                let borders = self.mesh.sides_of_corner[corner].iter().filter(is_border);
                let ends: Vec<Point> =
                    borders.map(|side| before[self.mesh.other_corner(*side, corner)]).collect();
                if let [one, other] = ends.as_slice() {
                    self.mesh.move_corner(corner, before[corner].toward(one.toward(*other, 0.5), 0.5));
                }
            }
        }
    }

    /// Sites around which a village's cells grow: few and far apart, in the seat of a town denser toward its middle.
    fn cell_middles(&self, middle: usize, seat: bool, sites: &mut [usize]) -> Vec<usize> {
        let distance = |a: usize, b: usize| self.mesh.sites[a].distance(self.mesh.sites[b]);
        let mut middles = vec![middle];
        if seat {
            sites.sort_by(|a, b| distance(*a, middle).total_cmp(&distance(*b, middle)));
            for site in sites.iter().copied() {
                let apart = 210.0 + 0.45 * distance(site, middle);
                if middles.len() < SEAT_CELLS_MAX
                    && middles.iter().all(|other| distance(site, *other) > apart)
                {
                    middles.push(site);
                }
            }
            return middles;
        }
        let wanted = 1 + (self.area_m2(sites) / VILLAGE_CELL_M2) as usize;
        let wanted = wanted.min(VILLAGE_CELLS_MAX);
        while middles.len() < wanted.min(sites.len()) {
            let apart =
                |site: &usize| middles.iter().map(|other| distance(*site, *other)).fold(f64::MAX, f64::min);
            let Some(next) = sites.iter().copied().max_by(|a, b| apart(a).total_cmp(&apart(b))) else {
                break;
            };
            if apart(&next) <= 0.0 {
                break;
            }
            middles.push(next);
        }
        middles
    }
}

/// Cuts out what lies between two passes of the same corner.
fn without_loops(corners: &[usize]) -> Vec<usize> {
    let mut course: Vec<usize> = Vec::new();
    for corner in corners {
        match course.iter().position(|earlier| earlier == corner) {
            Some(earlier) => course.truncate(earlier + 1),
            None => course.push(*corner),
        }
    }
    course
}
