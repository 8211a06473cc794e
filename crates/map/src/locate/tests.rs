use kernel::error::Coded;
use proptest::prelude::*;

use super::{side::orientation, *};
use crate::{
    divide::tessellate,
    geometry::{Polygon, Ring},
};

const BOUNDS: BoundingBox = BoundingBox { west: 107.8, south: 26.4, east: 108.2, north: 26.8 };

fn place(lon: f64, lat: f64) -> Position {
    Position { lon, lat }
}

fn ring(corners: &[(f64, f64)]) -> Ring {
    Ring::new(corners.iter().map(|(lon, lat)| place(*lon, *lat)).collect()).unwrap()
}

fn square(west: f64, south: f64, side: f64) -> Ring {
    let (east, north) = (west + side, south + side);
    ring(&[(west, south), (east, south), (east, north), (west, north)])
}

fn cells(polygons: Vec<Polygon>) -> Vec<((), MultiPolygon)> {
    polygons.into_iter().map(|polygon| ((), polygon.into())).collect()
}

fn solid(rings: Vec<Ring>) -> Vec<((), MultiPolygon)> {
    cells(rings.into_iter().map(|outer| Polygon { outer, holes: vec![] }).collect())
}

/// How many cells hold the position by the line to the east, and the first of them.
fn holders(cells: &[((), MultiPolygon)], position: Position) -> (usize, Option<u32>) {
    let mut count = 0;
    let mut first = None;
    for (number, (_, area)) in cells.iter().enumerate() {
        let edges = area.rings().flat_map(Ring::edges).filter_map(|(a, b)| Edge::new(a, b));
        if edges.filter(|edge| edge.is_east_of(position)).count() % 2 == 1 {
            count += 1;
            first = first.or(Some(number as u32));
        }
    }
    (count, first)
}

/// The rule of the module, cell by cell and edge by edge.
fn brute(cells: &[((), MultiPolygon)], position: Position) -> Option<u32> {
    holders(cells, position).1.or_else(|| {
        let on = |area: &MultiPolygon| {
            area.rings()
                .flat_map(Ring::edges)
                .filter_map(|(a, b)| Edge::new(a, b))
                .any(|edge| edge.holds(position))
        };
        cells.iter().position(|(_, area)| on(area)).map(|number| number as u32)
    })
}

fn agree(index: &CellIndex, cells: &[((), MultiPolygon)], position: Position) {
    assert_eq!(index.locate(position), brute(cells, position), "{position:?}");
}

/// Evenly spread numbers from 0 to 1 (the additive recurrence of the golden ratio in the plane).
fn spread(number: u32) -> (f64, f64) {
    (f64::from(number) * 0.754_877_666_246_693 % 1.0, f64::from(number) * 0.569_840_290_998_053 % 1.0)
}

#[test]
fn the_side_is_exact() {
    // Whole numbers below 2^26 have exact products in i128; scaled by a power of two they stay exact in doubles.
    let scale = 2_f64.powi(-24);
    let mut close = 0;
    for number in 0..20_000_u32 {
        let draw = |salt: u32| (spread(number * 7 + salt).0 * f64::from(1_u32 << 25)) as i64;
        let (ax, ay, bx, by) = (draw(1), draw(2), draw(3), draw(4));
        let part = i64::from(number % 97);
        let nudge = i64::from(number % 3) - 1;
        let (px, py) = (ax + (bx - ax) * part / 97, ay + (by - ay) * part / 97 + nudge);
        let exact = i128::from(ax - px) * i128::from(by - py) - i128::from(ay - py) * i128::from(bx - px);
        let at = |x: i64, y: i64| place(x as f64 * scale, y as f64 * scale);
        let sign = orientation(at(ax, ay), at(bx, by), at(px, py));
        assert_eq!(sign.partial_cmp(&0.0), Some(exact.cmp(&0)), "{number}");
        close += i32::from(exact == 0);
    }
    assert!(close > 100, "only {close} positions on the line");
    // A case that plain doubles get wrong: 12 + n units in the last place along a diagonal (Kettner and others, 2008).
    let unit = 2_f64.powi(-53);
    for x in 0..64 {
        for y in 0..64 {
            let p = place(0.5 + f64::from(x) * unit, 0.5 + f64::from(y) * unit);
            let sign = orientation(place(12.0, 12.0), place(24.0, 24.0), p);
            assert_eq!(sign.partial_cmp(&0.0), p.lat.partial_cmp(&p.lon));
        }
    }
}

#[test]
fn shared_borders_belong_to_the_east_and_the_north_and_the_outline_to_the_city() {
    let cells = solid(vec![
        square(0.0, 0.0, 1.0),
        square(1.0, 0.0, 1.0),
        square(0.0, 1.0, 1.0),
        square(1.0, 1.0, 1.0),
    ]);
    let index = CellIndex::build(&cells).unwrap();
    for (lon, lat, cell) in [
        (0.5, 0.5, 0),
        (1.0, 0.5, 1),
        (0.5, 1.0, 2),
        (1.0, 1.0, 3),
        (0.0, 0.0, 0),
        (2.0, 0.5, 1),
        (2.0, 1.0, 1),
        (2.0, 2.0, 3),
        (1.0, 2.0, 2),
        (0.0, 2.0, 2),
    ] {
        assert_eq!(index.locate(place(lon, lat)), Some(cell), "{lon} {lat}");
        agree(&index, &cells, place(lon, lat));
    }
    for (lon, lat) in [
        (-1e-12, 0.5),
        (2.000_000_001, 0.5),
        (0.5, 2.1),
        (f64::NAN, 0.5),
        (0.5, f64::NAN),
        (f64::INFINITY, 0.0),
    ] {
        assert_eq!(index.locate(place(lon, lat)), None);
    }
}

#[test]
fn every_position_of_a_division_is_in_exactly_one_cell() {
    for seed in 0..3 {
        let cells = cells(tessellate(BOUNDS, 4, 4, 6, seed).unwrap());
        let index = CellIndex::build(&cells).unwrap();
        let mut places: Vec<Position> = (0..1_000)
            .map(spread)
            .map(|(x, y)| place(BOUNDS.west + 0.4 * x, BOUNDS.south + 0.4 * y))
            .collect();
        for (a, b) in cells.iter().flat_map(|(_, area)| area.rings()).flat_map(Ring::edges) {
            places.push(a);
            for part in [0.5, 0.25, 1.0 / 3.0, 0.9] {
                let on = place(a.lon + (b.lon - a.lon) * part, a.lat + (b.lat - a.lat) * part);
                places.extend([on, place(on.lon.next_up(), on.lat), place(on.lon, on.lat.next_down())]);
            }
            places.push(place(a.lon, b.lat));
        }
        for position in places {
            let (count, first) = holders(&cells, position);
            let found = index.locate(position);
            let inside = BOUNDS.west <= position.lon
                && position.lon < BOUNDS.east
                && BOUNDS.south <= position.lat
                && position.lat < BOUNDS.north;
            assert_eq!(count, usize::from(inside), "{position:?}");
            if inside {
                assert_eq!(found, first, "{position:?}");
            } else {
                assert_eq!(found, brute(&cells, position), "{position:?}");
                assert_eq!(found.is_some(), BOUNDS.contains(position), "{position:?}");
            }
        }
    }
}

#[test]
fn corners_and_sides_of_buckets_are_no_special_places() {
    let cells = cells(tessellate(BOUNDS, 4, 4, 5, 9).unwrap());
    let index = CellIndex::build(&cells).unwrap();
    let raster = &index.raster;
    assert!(raster.columns > 10 && raster.rows > 10);
    for column in 0..=raster.columns {
        for row in 0..=raster.rows {
            let corner = place(raster.lon(column), raster.lat(row));
            for position in [
                corner,
                place(corner.lon.next_down(), corner.lat),
                place(corner.lon.next_up(), corner.lat.next_down()),
                place(corner.lon, corner.lat.next_up()),
            ] {
                agree(&index, &cells, position);
            }
        }
    }
}

#[test]
fn overlaps_go_to_the_lowest_index_and_holes_stay_out() {
    let with_hole = Polygon { outer: square(0.0, 0.0, 10.0), holes: vec![square(2.0, 2.0, 4.0)] };
    let mut cells = cells(vec![with_hole]);
    cells.extend(solid(vec![square(5.0, 5.0, 10.0), square(3.0, 3.0, 1.0), square(5.0, 5.0, 10.0)]));
    let two = MultiPolygon(vec![
        Polygon { outer: square(20.0, 0.0, 1.0), holes: vec![] },
        Polygon { outer: square(22.0, 0.0, 1.0), holes: vec![] },
    ]);
    cells.push(((), two));
    let index = CellIndex::build(&cells).unwrap();
    for (lon, lat, cell) in [
        (1.0, 1.0, Some(0)),
        (4.5, 4.5, None),
        (2.0, 3.0, Some(0)),
        (6.0, 3.0, Some(0)),
        (5.5, 5.5, Some(1)),
        (7.0, 7.0, Some(0)),
        (12.0, 12.0, Some(1)),
        (3.5, 3.5, Some(2)),
        (20.5, 0.5, Some(4)),
        (21.5, 0.5, None),
        (22.5, 0.5, Some(4)),
        (23.0, 1.0, Some(4)),
    ] {
        assert_eq!(index.locate(place(lon, lat)), cell, "{lon} {lat}");
    }
    for number in 0..5_000 {
        let (x, y) = spread(number);
        agree(&index, &cells, place(x * 25.0 - 1.0, y * 17.0 - 1.0));
        agree(&index, &cells, place((x * 50.0).round() / 2.0, (y * 34.0).round() / 2.0));
    }
}

#[test]
fn none_one_and_degenerate_cells() {
    let none = CellIndex::build::<u8>(&[]).unwrap();
    assert_eq!(none.locate(place(0.0, 0.0)), None);
    assert_eq!(none.nearest(place(0.0, 0.0)), None);
    let empty = CellIndex::build(&[(1, MultiPolygon::default())]).unwrap();
    assert_eq!(empty.locate(place(0.0, 0.0)), None);
    for lines in [
        vec![ring(&[(1.0, 1.0), (2.0, 1.0), (3.0, 1.0)])],
        vec![ring(&[(1.0, 1.0), (1.0, 2.0), (1.0, 3.0)])],
        vec![ring(&[(1.0, 1.0), (2.0, 2.0), (3.0, 3.0), (2.0, 2.0)])],
        vec![ring(&[(1.0, 1.0), (1.0, 1.0), (2.0, 1.0), (2.0, 1.0), (2.0, 2.0), (1.0, 1.0)])],
        vec![square(1.0, 1.0, 1e-13), square(1.0, 1.0, 3.0)],
        vec![ring(&[(1.0, 1.0), (3.0, 3.0), (3.0, 1.0), (1.0, 3.0)])],
        vec![ring(&[(0.0, 1.0), (360e-15, 1.0), (0.0, 3.0)])],
    ] {
        let cells = solid(lines);
        let index = CellIndex::build(&cells).unwrap();
        for step in 0..=40 {
            for other in 0..=40 {
                agree(&index, &cells, place(f64::from(step) * 0.1, f64::from(other) * 0.1));
            }
            agree(&index, &cells, place(1.0 + f64::from(step) * 1e-14, 1.0 + 2e-14));
        }
    }
    let globe = solid(vec![ring(&[(-180.0, -90.0), (180.0, -90.0), (180.0, 90.0), (-180.0, 90.0)])]);
    let index = CellIndex::build(&globe).unwrap();
    assert_eq!(index.locate(place(180.0, 90.0)), Some(0));
    assert_eq!(index.locate(place(-180.0, -90.0)), Some(0));
}

#[test]
fn more_than_a_group_of_cells_may_meet_in_a_bucket() {
    // 100 triangles around one point, then 70 equal squares over them.
    let mut rings: Vec<Ring> = (0..100)
        .map(|number| {
            let at = |number: i32| {
                let (sin, cos) = (f64::from(number % 100) * 0.062_831_853_071_795_86).sin_cos();
                (108.0 + 0.1 * cos, 26.0 + 0.1 * sin)
            };
            ring(&[(108.0, 26.0), at(number), at(number + 1)])
        })
        .collect();
    rings.extend(vec![square(108.05, 26.0, 0.1); 70]);
    let cells = solid(rings);
    let index = CellIndex::build(&cells).unwrap();
    assert!(index.groups.iter().any(|group| group.more));
    for number in 0..600 {
        let (x, y) = spread(number);
        agree(&index, &cells, place(107.9 + 0.3 * x, 25.9 + 0.3 * y));
        agree(&index, &cells, place(108.0 + 1e-9 * (x - 0.5), 26.0 + 1e-9 * (y - 0.5)));
    }
    agree(&index, &cells, place(108.0, 26.0));
    agree(&index, &cells, place(108.05, 26.05));
}

#[test]
fn edges_of_neighbours_are_stored_once() {
    let cells = cells(tessellate(BOUNDS, 10, 10, 8, 3).unwrap());
    let index = CellIndex::build(&cells).unwrap();
    assert_eq!(index.edges.len(), 2 * 10 * 11 * 8);
    assert_eq!(index.owners.iter().filter(|owners| owners[1] == NONE).count(), 40 * 8);
    assert!(index.size_bytes() > index.edges.len() * 40);
}

#[test]
fn limits_refuse_with_codes() {
    let tiny = MultiPolygon::default();
    let many: Vec<(u8, MultiPolygon)> = vec![(0, tiny); CELLS_MAX + 1];
    assert_eq!(CellIndex::build(&many).unwrap_err().code(), "cells_too_many");
    let nan = Ring::new(vec![place(0.0, 0.0), place(f64::NAN, 1.0), place(1.0, 1.0)]);
    assert_eq!(nan.unwrap_err().code(), "position_not_finite");
}

#[test]
fn many_are_located_in_order() {
    let cells = cells(tessellate(BOUNDS, 3, 3, 4, 3).unwrap());
    let index = CellIndex::build(&cells).unwrap();
    let places = [place(0.0, 0.0), BOUNDS.center(), place(107.81, 26.79)];
    let mut found = vec![Some(7)];
    index.locate_many(&places, &mut found);
    assert_eq!(found, vec![None, Some(4), Some(0)]);
}

#[test]
fn the_nearest_cell_is_the_nearest() {
    // A division with its middle and one corner taken out, so that there are an inner and an outer outside.
    let mut polygons = tessellate(BOUNDS, 5, 5, 6, 11).unwrap();
    polygons.remove(12);
    polygons.remove(4);
    let cells = cells(polygons);
    let index = CellIndex::build(&cells).unwrap();
    let mut outside = 0;
    for number in 0..600 {
        let (x, y) = spread(number);
        let position = place(107.5 + 1.0 * x, 26.1 + 1.0 * y);
        let nearest = index.nearest(position).unwrap();
        if let Some(cell) = index.locate(position) {
            assert_eq!(nearest, Nearest { cell, distance_m: 0.0, position });
            continue;
        }
        outside += 1;
        let search = Search::new(&index, position);
        let (least, cell) = index
            .edges
            .iter()
            .enumerate()
            .map(|(number, edge)| {
                let on = search.nearest_on(edge);
                let (lon, lat) = (on.lon - position.lon, on.lat - position.lat);
                ((lon * search.scale.0).hypot(lat * search.scale.1), index.lowest_owner(number as u32))
            })
            .min_by(|a, b| a.partial_cmp(b).unwrap())
            .unwrap();
        assert!((nearest.distance_m / least - 1.0).abs() < 2e-3, "{position:?} {nearest:?} {least}");
        assert_eq!(nearest.cell, cell);
        let again = geodesy::geodesic_distance_m(position, nearest.position);
        assert!((nearest.distance_m - again).abs() < 1e-9);
    }
    assert!(outside > 300);
    assert_eq!(index.nearest(place(f64::NAN, 0.0)), None);
    let far = index.nearest(place(-70.0, -20.0)).unwrap();
    assert!(far.distance_m > 1e7);
}

#[test]
fn one_area_by_the_same_rule() {
    let area =
        MultiPolygon::from(Polygon { outer: square(0.0, 0.0, 3.0), holes: vec![square(1.0, 1.0, 1.0)] });
    for (lon, lat, inside) in [
        (0.5, 0.5, true),
        (1.5, 1.5, false),
        (1.0, 1.5, true),
        (2.0, 2.0, true),
        (3.0, 3.0, true),
        (3.1, 1.0, false),
    ] {
        assert_eq!(contains(&area, place(lon, lat)), inside, "{lon} {lat}");
    }
    assert!(!contains(&area, place(f64::NAN, 1.0)));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    /// Rings of few whole numbers cross, touch, overlap and lie on each other in every way.
    #[test]
    fn tangled_rings_are_like_brute_force(
        corners in prop::collection::vec(prop::collection::vec((0..7_i32, 0..7_i32), 3..8), 1..12),
        shift in -1e-9..1e-9_f64,
    ) {
        let rings = corners.iter().filter_map(|corners| {
            let corners = corners.iter().map(|(x, y)| place(100.0 + f64::from(*x) / 3.0, f64::from(*y) / 3.0));
            Ring::new(corners.collect()).ok()
        });
        let cells = solid(rings.collect());
        let index = CellIndex::build(&cells).unwrap();
        for x in -1..14 {
            for y in -1..14 {
                let position = place(100.0 + f64::from(x) / 6.0, f64::from(y) / 6.0);
                agree(&index, &cells, position);
                agree(&index, &cells, place(position.lon + shift, position.lat - shift));
            }
        }
    }
}
