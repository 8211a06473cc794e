use proptest::prelude::*;

use super::*;
use crate::geometry::Polygon;

fn ring(corners: &[(f64, f64)]) -> Ring {
    Ring::new(corners.iter().map(|(lon, lat)| Position { lon: *lon, lat: *lat }).collect()).unwrap()
}

/// The area between two parallels and two meridians in closed form (Snyder 1987, authalic latitude).
fn band_m2(south: f64, north: f64, degrees: f64) -> f64 {
    let e = (FLATTENING * (2.0 - FLATTENING)).sqrt();
    let q = |lat: f64| {
        let sin = lat.to_radians().sin();
        (1.0 - e * e) * (sin / (1.0 - e * e * sin * sin) + (e * sin).atanh() / e)
    };
    EQUATOR_RADIUS_M * EQUATOR_RADIUS_M * degrees.to_radians() * (q(north) - q(south)) / 2.0
}

#[test]
fn areas_agree_with_the_closed_form_along_parallels() {
    // A parallel is no geodesic: with vertices each 0.0005 degree the difference is under the 1e-9 asked for.
    let (west, south, north, steps) = (107.9, 26.5, 26.6, 200);
    let lon = |step: i32| west + f64::from(step) * 0.0005;
    let mut corners: Vec<_> = (0..=steps).map(|step| (lon(step), south)).collect();
    corners.extend((0..=steps).rev().map(|step| (lon(step), north)));
    let area = MultiPolygon::from(Polygon { outer: ring(&corners), holes: vec![] });
    let expected = band_m2(south, north, 0.1);
    assert!((area_m2(&area) / expected - 1.0).abs() < 1e-9, "{} {expected}", area_m2(&area));
}

#[test]
fn holes_are_taken_away_whichever_way_they_run() {
    let outer = [(107.0, 26.0), (108.0, 26.0), (108.0, 27.0), (107.0, 27.0)];
    let mut hole = [(107.2, 26.2), (107.4, 26.2), (107.4, 26.4), (107.2, 26.4)];
    let whole = area_m2(&Polygon { outer: ring(&outer), holes: vec![] }.into());
    let taken = area_m2(&Polygon { outer: ring(&hole), holes: vec![] }.into());
    for _ in 0..2 {
        let rest = area_m2(&Polygon { outer: ring(&outer), holes: vec![ring(&hole)] }.into());
        assert!((rest - (whole - taken)).abs() < 1e-3, "{rest}");
        hole.reverse();
    }
}

#[test]
fn lengths_along_the_equator_and_a_meridian() {
    let place = |lon, lat| Position { lon, lat };
    let degree = EQUATOR_RADIUS_M.to_radians();
    assert!((geodesic_distance_m(place(10.0, 0.0), place(11.0, 0.0)) - degree).abs() < 1e-6);
    // The quarter meridian of GRS80, whose ellipsoid CGCS2000 shares: 10,001,965.7293 m (Moritz 1980).
    assert!((geodesic_distance_m(place(10.0, 0.0), place(10.0, 90.0)) - 10_001_965.729_3).abs() < 1e-4);
    let line = LineString::new(vec![place(10.0, 0.0), place(11.0, 0.0), place(12.0, 0.0)]).unwrap();
    assert!((length_m(&line) - 2.0 * degree).abs() < 1e-6);
    let there_and_back = ring(&[(10.0, 0.0), (11.0, 0.0), (12.0, 0.0)]);
    let flat = MultiPolygon::from(Polygon { outer: there_and_back, holes: vec![] });
    assert!((perimeter_m(&flat) - 4.0 * degree).abs() < 1e-6);
    assert!(area_m2(&flat).abs() < 1e-3);
}

proptest! {
    #[test]
    fn the_fast_distance_keeps_its_promise(
        lon in -179.0..179.0_f64, lat in -70.0..70.0_f64, azimuth in 0.0..360.0_f64, far in 1.0..10_000.0_f64,
    ) {
        use geographiclib_rs::DirectGeodesic;
        let (to_lat, to_lon): (f64, f64) = ELLIPSOID.direct(lat, lon, azimuth, far);
        let fast = distance_m(Position { lon, lat }, Position { lon: to_lon, lat: to_lat });
        prop_assert!((fast / far - 1.0).abs() < 3e-6, "{} {}", fast, far);
    }
}
