use std::collections::HashMap;

use super::*;

const BOUNDS: BoundingBox = BoundingBox { west: 107.8, south: 26.4, east: 108.2, north: 26.8 };

#[test]
fn every_inner_edge_is_shared_by_two_cells_and_the_sum_is_the_box() {
    let cells = tessellate(BOUNDS, 7, 5, 16, 42).unwrap();
    assert_eq!(cells.len(), 35);
    let mut owners: HashMap<[u64; 4], i32> = HashMap::new();
    let mut area = 0.0;
    for cell in &cells {
        assert_eq!(cell.outer.positions().len(), 64);
        for (a, b) in cell.outer.edges() {
            let bits = [a.lon.to_bits(), a.lat.to_bits(), b.lon.to_bits(), b.lat.to_bits()];
            *owners.entry(bits).or_default() += 1;
            area += (a.lon * b.lat - b.lon * a.lat) / 2.0;
        }
    }
    let lonely: Vec<_> = owners
        .iter()
        .filter(|(key, _)| !owners.contains_key(&[key[2], key[3], key[0], key[1]]))
        .map(|(key, _)| key.map(f64::from_bits))
        .collect();
    assert!(owners.values().all(|count| *count == 1), "an edge runs in the same direction in two cells");
    assert_eq!(lonely.len(), 2 * (7 + 5) * 16, "only the outline has edges of one cell");
    for [a_lon, a_lat, b_lon, b_lat] in lonely {
        let upright = a_lon == b_lon && (a_lon == BOUNDS.west || a_lon == BOUNDS.east);
        let level = a_lat == b_lat && (a_lat == BOUNDS.south || a_lat == BOUNDS.north);
        assert!(upright || level);
    }
    assert!((area - 0.16).abs() < 1e-9, "{area}");
}

#[test]
fn no_two_edges_of_a_cell_cross() {
    let side = |a: Position, b: Position, p: Position| {
        (b.lon - a.lon) * (p.lat - a.lat) - (b.lat - a.lat) * (p.lon - a.lon)
    };
    for seed in 0..20 {
        for cell in tessellate(BOUNDS, 3, 3, 12, seed).unwrap() {
            let edges: Vec<_> = cell.outer.edges().collect();
            for (index, (a, b)) in edges.iter().enumerate() {
                for (c, d) in edges.iter().skip(index + 1) {
                    let across = side(*a, *b, *c) * side(*a, *b, *d) < 0.0
                        && side(*c, *d, *a) * side(*c, *d, *b) < 0.0;
                    assert!(!across, "seed {seed}: {a:?} {b:?} crosses {c:?} {d:?}");
                }
            }
        }
    }
}

#[test]
fn the_seed_decides_and_the_first_cell_is_in_the_north_west() {
    let cells = tessellate(BOUNDS, 4, 3, 8, 1).unwrap();
    assert_eq!(cells, tessellate(BOUNDS, 4, 3, 8, 1).unwrap());
    assert_ne!(cells, tessellate(BOUNDS, 4, 3, 8, 2).unwrap());
    let corner = Position { lon: BOUNDS.west, lat: BOUNDS.north };
    assert!(cells[0].outer.positions().contains(&corner));
}

#[test]
fn impossible_divisions_are_refused() {
    let flat = BoundingBox { north: BOUNDS.south, ..BOUNDS };
    let refused = Err(MapError::DivisionOutOfRange);
    assert_eq!(tessellate(BOUNDS, 0, 1, 1, 0), refused);
    assert_eq!(tessellate(BOUNDS, 1, 1, 0, 0), refused);
    assert_eq!(tessellate(flat, 1, 1, 1, 0), refused);
    assert_eq!(tessellate(BOUNDS, 1, 1, u32::MAX, 0), refused);
    assert_eq!(tessellate(BOUNDS, u32::MAX, u32::MAX, u32::MAX, 0), refused);
    assert_eq!(
        tessellate(BoundingBox { west: f64::NAN, ..BOUNDS }, 1, 1, 1, 0),
        Err(MapError::PositionNotFinite)
    );
}
