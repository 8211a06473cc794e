//! The mesh under the city: small areas around sites, each bounded by sides that it shares with its neighbours. Every border of the city, its
//! divisions and cells is made of these sides, so borders agree bit by bit and nothing overlaps or gapes.
//!
//! The areas are those nearest to each site (Voronoi); in the net of streets they are the meshes of the net.

use super::plane::{Point, turn};

/// How far a site stays from a side when corners are moved, as a part of the side's length: farther than the side's bends reach.
const CLEAR: f64 = 0.12;

/// A border between two sites' areas, from one corner to another; the left site lies left of that way.
#[derive(Debug, Clone, Copy)]
pub(super) struct Side {
    pub(super) left: usize,
    pub(super) right: usize,
    pub(super) from: usize,
    pub(super) to: usize,
}

/// Sites, corners and sides.
#[derive(Debug)]
pub(super) struct Mesh {
    pub(super) sites: Vec<Point>,
    pub(super) corners: Vec<Point>,
    pub(super) sides: Vec<Side>,
    /// For each site its sides, for each corner its sides.
    pub(super) sides_of_site: Vec<Vec<usize>>,
    pub(super) sides_of_corner: Vec<Vec<usize>>,
}

impl Mesh {
    /// Builds the mesh. `shared_corner` may give the triangle between three sites a corner that it shares with other triangles: the key of
    /// the corner and its place.
    pub(super) fn new(sites: Vec<Point>, shared_corner: impl Fn([usize; 3]) -> Option<(u64, Point)>) -> Self {
        let triangles = triangulate(&sites);
        let mut corners = Vec::with_capacity(triangles.len());
        let mut shared: std::collections::BTreeMap<u64, usize> = std::collections::BTreeMap::new();
        let mut corner_of = Vec::with_capacity(triangles.len());
        for triangle in &triangles {
            let place = match shared_corner(*triangle) {
                Some((key, point)) => *shared.entry(key).or_insert_with(|| {
                    corners.push(point);
                    corners.len() - 1
                }),
                None => {
                    corners.push(Circle::around(&sites, *triangle).middle);
                    corners.len() - 1
                }
            };
            corner_of.push(place);
        }
        let mut mesh = Self {
            sides_of_site: vec![Vec::new(); sites.len()],
            sides_of_corner: vec![Vec::new(); corners.len()],
            sites,
            corners,
            sides: Vec::new(),
        };
        mesh.lay_sides(&triangles, &corner_of);
        mesh
    }

    /// Each pair of neighbouring triangles gives a side between their corners.
    fn lay_sides(&mut self, triangles: &[[usize; 3]], corner_of: &[usize]) {
        let mut edges: Vec<(usize, usize, bool, usize)> = Vec::with_capacity(triangles.len() * 3);
        for (index, [a, b, c]) in triangles.iter().copied().enumerate() {
            for (from, to) in [(a, b), (b, c), (c, a)] {
                edges.push((from.min(to), from.max(to), from > to, corner_of[index]));
            }
        }
        edges.sort_unstable();
        for pair in edges.windows(2) {
            let ((low, high, leftward, left), (other_low, other_high, rightward, right)) = (pair[0], pair[1]);
            let neighbours = (low, high) == (other_low, other_high) && !leftward && rightward;
            if !neighbours || left == right {
                continue;
            }
            // Going from the right triangle's corner to the left one's, the lower site lies on the left hand.
            let side = Side { left: low, right: high, from: right, to: left };
            let index = self.sides.len();
            self.sides.push(side);
            for site in [low, high] {
                self.sides_of_site[site].push(index);
            }
            for corner in [right, left] {
                self.sides_of_corner[corner].push(index);
            }
        }
    }

    /// Moves a corner toward a place as far as every site around it stays well on its own side: so each site sees its whole border, and no
    /// borders cross.
    pub(super) fn move_corner(&mut self, corner: usize, place: Point) {
        let from = self.corners[corner];
        for part in [1.0, 0.6, 0.3] {
            self.corners[corner] = from.toward(place, part);
            if self.sides_of_corner[corner].iter().all(|side| self.is_clear(*side)) {
                return;
            }
        }
        self.corners[corner] = from;
    }

    /// Do both sites of a side lie clear of it?
    fn is_clear(&self, side: usize) -> bool {
        let Side { left, right, from, to } = self.sides[side];
        let (from, to) = (self.corners[from], self.corners[to]);
        // Twice the area over the length squared is the distance as a part of the length.
        let least = CLEAR * from.distance(to) * from.distance(to);
        turn(from, to, self.sites[left]) > least && turn(from, to, self.sites[right]) < -least
    }

    pub(super) fn length(&self, side: usize) -> f64 {
        let side = self.sides[side];
        self.corners[side.from].distance(self.corners[side.to])
    }

    /// The corner at the other end of a side.
    pub(super) fn other_corner(&self, side: usize, corner: usize) -> usize {
        let side = self.sides[side];
        if side.from == corner { side.to } else { side.from }
    }

    /// The site on the other side.
    pub(super) fn other_site(&self, side: usize, site: usize) -> usize {
        let side = self.sides[side];
        if side.left == site { side.right } else { side.left }
    }

    /// The side between two corners.
    pub(super) fn side_between(&self, from: usize, to: usize) -> Option<usize> {
        self.sides_of_corner[from].iter().copied().find(|side| self.other_corner(*side, from) == to)
    }
}

/// The circle through three sites.
struct Circle {
    middle: Point,
    radius_squared: f64,
}

impl Circle {
    fn around(sites: &[Point], [a, b, c]: [usize; 3]) -> Self {
        let (a, b, c) = (sites[a], sites[b], sites[c]);
        let (b, c) = (b.plus(-a.x, -a.y), c.plus(-a.x, -a.y));
        let twice = 2.0 * (b.x * c.y - b.y * c.x);
        let (b2, c2) = (b.x * b.x + b.y * b.y, c.x * c.x + c.y * c.y);
        let from_a = Point::new((c.y * b2 - b.y * c2) / twice, (b.x * c2 - c.x * b2) / twice);
        Self { middle: a.plus(from_a.x, from_a.y), radius_squared: from_a.x * from_a.x + from_a.y * from_a.y }
    }
}

/// The triangles between neighbouring sites (Delaunay), counter-clockwise. Sites are taken from west to east; a triangle whose circle lies
/// west of the present site is done.
fn triangulate(sites: &[Point]) -> Vec<[usize; 3]> {
    const FAR_M: f64 = 1e7;
    let mut order: Vec<usize> = (0..sites.len()).collect();
    order.sort_unstable_by(|a, b| {
        (sites[*a].x, sites[*a].y)
            .partial_cmp(&(sites[*b].x, sites[*b].y))
            .unwrap_or(std::cmp::Ordering::Equal)
    });
    let mut points = sites.to_vec();
    let first = points.len();
    points.extend([Point::new(-FAR_M, -FAR_M), Point::new(FAR_M, -FAR_M), Point::new(0.0, FAR_M)]);
    let whole = [first, first + 1, first + 2];
    let mut open = vec![(whole, Circle::around(&points, whole))];
    let mut done: Vec<[usize; 3]> = Vec::with_capacity(sites.len() * 2);
    for site in order {
        let point = points[site];
        let mut edges: Vec<(usize, usize)> = Vec::new();
        open.retain(|(triangle, circle)| {
            let (x, y) = (point.x - circle.middle.x, point.y - circle.middle.y);
            if x > 0.0 && x * x > circle.radius_squared {
                done.push(*triangle);
                return false;
            }
            let inside = x * x + y * y < circle.radius_squared;
            if inside {
                let [a, b, c] = *triangle;
                edges.extend([(a, b), (b, c), (c, a)]);
            }
            !inside
        });
        // What is left after pairs cancel is the outline of the hole.
        let outline: Vec<(usize, usize)> =
            edges.iter().copied().filter(|(from, to)| !edges.contains(&(*to, *from))).collect();
        for (from, to) in outline {
            let triangle = [from, to, site];
            open.push((triangle, Circle::around(&points, triangle)));
        }
    }
    done.extend(open.into_iter().map(|(triangle, _)| triangle));
    done.retain(|triangle| {
        let [a, b, c] = *triangle;
        triangle.iter().all(|corner| *corner < first) && turn(points[a], points[b], points[c]) > 0.0
    });
    done
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dice::Dice;

    fn scattered(count: usize) -> Vec<Point> {
        let mut dice = Dice::new(5, "mesh");
        (0..count).map(|_| Point::new(dice.between(0.0, 1_000.0), dice.between(0.0, 1_000.0))).collect()
    }

    #[test]
    fn no_site_lies_in_the_circle_of_a_triangle() {
        let sites = scattered(120);
        let triangles = triangulate(&sites);
        // Euler: 2n - 2 - hull.
        assert!(triangles.len() > 200 && triangles.len() < 2 * sites.len());
        for triangle in &triangles {
            let circle = Circle::around(&sites, *triangle);
            for (index, site) in sites.iter().enumerate().filter(|(index, _)| !triangle.contains(index)) {
                let distance = circle.middle.distance(*site);
                assert!(distance >= circle.radius_squared.sqrt() - 1e-6, "{index} in {triangle:?}");
            }
        }
    }

    #[test]
    fn a_side_lies_between_its_sites_and_each_inner_site_is_closed() {
        let sites = scattered(150);
        let mesh = Mesh::new(sites, |_| None);
        let inner = |site: &Point| (200.0..800.0).contains(&site.x) && (200.0..800.0).contains(&site.y);
        let mut looked_at = 0;
        for (site, point) in mesh.sites.iter().enumerate().filter(|(_, site)| inner(site)) {
            looked_at += 1;
            for side in &mesh.sides_of_site[site] {
                let Side { left, right, from, to } = mesh.sides[*side];
                let (from, to) = (mesh.corners[from], mesh.corners[to]);
                assert!(turn(from, to, mesh.sites[left]) > 0.0, "left is left");
                assert!(turn(from, to, mesh.sites[right]) < 0.0, "right is right");
                let middle = from.toward(to, 0.5);
                let (own, other) = (middle.distance(mesh.sites[left]), middle.distance(mesh.sites[right]));
                assert!((own - other).abs() < 1e-6, "as far from both");
            }
            let mut corners: Vec<usize> = mesh.sides_of_site[site]
                .iter()
                .flat_map(|side| [mesh.sides[*side].from, mesh.sides[*side].to])
                .collect();
            corners.sort_unstable();
            assert!(corners.chunks(2).all(|pair| pair[0] == pair[1]), "each corner twice: {point:?}");
        }
        assert!(looked_at > 30);
    }
}
