use std::collections::{BTreeMap, BTreeSet};

use governance::division::DivisionLevel;
use map::{geodesy::area_m2, geometry::MultiPolygon};

use super::*;

fn pieces(ground: &Ground) -> Vec<(String, usize, usize)> {
    let shapes = ground.divisions.iter().map(|division| (&division.name_zh, &division.boundary));
    let cells = ground.cells.iter().map(|cell| (&cell.code, &cell.area));
    shapes
        .chain(cells)
        .map(|(name, area)| {
            (name.clone(), area.0.len(), area.0.iter().map(|polygon| polygon.holes.len()).sum())
        })
        .filter(|(_, pieces, holes)| *pieces != 1 || *holes > 0)
        .collect()
}

#[test]
fn look() {
    for seed in 0..12 {
        let ground = ground(seed).unwrap();
        eprintln!(
            "{seed} {} cells {} features {} people {:?}",
            area_m2(&ground.outline.boundary) / 1e6,
            ground.cells.len(),
            ground.features.len(),
            pieces(&ground)
        );
    }
}
