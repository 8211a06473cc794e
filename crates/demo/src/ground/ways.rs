//! Ways along the sides of the mesh, and areas that grow over it: both by shortest distance (Dijkstra).

use std::{cmp::Reverse, collections::BinaryHeap};

use super::mesh::Mesh;

/// Lets owners grow from their starts (site and owner) over the mesh. `step` says how much longer than the distance between its sites the step
/// over a side is for an owner; none where the owner may not go. Each owner's area hangs together. Sites that nobody reaches have no owner.
pub(super) fn grow(
    mesh: &Mesh,
    starts: &[(usize, usize)],
    step: impl Fn(usize, usize, usize) -> Option<f64>,
) -> Vec<Option<usize>> {
    let mut owner_of: Vec<Option<usize>> = vec![None; mesh.sites.len()];
    let mut heap: BinaryHeap<Reverse<(u64, usize, usize)>> = BinaryHeap::new();
    heap.extend(starts.iter().map(|(site, owner)| Reverse((0, *site, *owner))));
    while let Some(Reverse((cost, site, owner))) = heap.pop() {
        if owner_of[site].is_some() {
            continue;
        }
        owner_of[site] = Some(owner);
        for side in &mesh.sides_of_site[site] {
            let other = mesh.other_site(*side, site);
            if owner_of[other].is_some() {
                continue;
            }
            if let Some(longer) = step(*side, other, owner) {
                let length = mesh.sites[site].distance(mesh.sites[other]) * longer;
                heap.push(Reverse((cost + whole(length), other, owner)));
            }
        }
    }
    owner_of
}

/// The shortest ways along sides from any of the starts to every corner: for each corner the one before it and the cost.
pub(super) struct Ways {
    before: Vec<Option<usize>>,
    reached: Vec<bool>,
}

impl Ways {
    /// `cost` of a side, in metres; none where no way may go.
    pub(super) fn from(mesh: &Mesh, starts: &[usize], cost: impl Fn(usize) -> Option<f64>) -> Self {
        let mut ways =
            Self { before: vec![None; mesh.corners.len()], reached: vec![false; mesh.corners.len()] };
        let mut heap: BinaryHeap<Reverse<(u64, usize, Option<usize>)>> = BinaryHeap::new();
        heap.extend(starts.iter().map(|corner| Reverse((0, *corner, None))));
        while let Some(Reverse((so_far, corner, before))) = heap.pop() {
            if ways.reached[corner] {
                continue;
            }
            ways.reached[corner] = true;
            ways.before[corner] = before;
            for side in &mesh.sides_of_corner[corner] {
                let next = mesh.other_corner(*side, corner);
                if let Some(step) = cost(*side).filter(|_| !ways.reached[next]) {
                    heap.push(Reverse((so_far + whole(step), next, Some(corner))));
                }
            }
        }
        ways
    }

    /// Was a way to the corner found?
    pub(super) fn reaches(&self, corner: usize) -> bool {
        self.reached[corner]
    }

    /// The corners from this one back to a start.
    pub(super) fn back(&self, corner: usize) -> Vec<usize> {
        std::iter::successors(Some(corner), |corner| self.before[*corner]).collect()
    }
}

/// Millimetres: whole numbers have an order.
fn whole(metres: f64) -> u64 {
    (metres.max(0.0) * 1_000.0) as u64
}
