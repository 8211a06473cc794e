//! Ways along the sides of the mesh, and areas that grow over it: both by shortest distance (Dijkstra).

use std::{cmp::Reverse, collections::BinaryHeap};

use super::mesh::Mesh;

/// Where growing begins.
#[derive(Debug, Clone, Copy)]
pub(super) struct Start {
    pub(super) site: usize,
    /// Who grows there.
    pub(super) owner: usize,
    /// Metres that it begins behind.
    pub(super) behind: f64,
}

/// Lets owners grow from their starts over the sites that are `free`, never across a `closed` side unless nothing else is left. Each owner's
/// area is in one piece. Sites that are not free or cannot be reached have no owner.
pub(super) fn grow(
    mesh: &Mesh,
    starts: &[Start],
    free: impl Fn(usize) -> bool,
    closed: impl Fn(usize) -> bool,
    rough: impl Fn(usize) -> f64,
) -> Vec<Option<usize>> {
    let mut owner_of: Vec<Option<usize>> = vec![None; mesh.sites.len()];
    let mut heap: BinaryHeap<Reverse<(u64, usize, usize)>> = BinaryHeap::new();
    heap.extend(starts.iter().map(|start| Reverse((whole(start.behind), start.site, start.owner))));
    for mind_closed in [true, false] {
        if !mind_closed {
            // What lies behind closed sides is taken from where there is an owner.
            let edge = owner_of.iter().enumerate().filter_map(|(site, owner)| Some((site, (*owner)?)));
            for (site, owner) in edge {
                let behind = mesh.sides_of_site[site].iter().map(|side| (*side, mesh.other_site(*side, site)));
                for (side, other) in behind.filter(|(_, other)| owner_of[*other].is_none() && free(*other)) {
                    heap.push(Reverse((whole(rough(side)), other, owner)));
                }
            }
        }
        while let Some(Reverse((cost, site, owner))) = heap.pop() {
            if owner_of[site].is_some() || !free(site) {
                continue;
            }
            owner_of[site] = Some(owner);
            for side in &mesh.sides_of_site[site] {
                let other = mesh.other_site(*side, site);
                if owner_of[other].is_none() && free(other) && !(mind_closed && closed(*side)) {
                    let step = mesh.sites[site].distance(mesh.sites[other]) * rough(*side);
                    heap.push(Reverse((cost + whole(step), other, owner)));
                }
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
