use proptest::prelude::*;

use super::*;

/// The length of the meridian from the equator, by Simpson's rule over the radius of curvature.
fn meridian_arc_m(lat: f64) -> f64 {
    let e2 = FLATTENING * (2.0 - FLATTENING);
    let steps = 2_000;
    let width = lat.to_radians() / f64::from(steps);
    let radius = |step: i32| {
        let sin = (f64::from(step) * width).sin();
        EQUATOR_RADIUS_M * (1.0 - e2) / (1.0 - e2 * sin * sin).powf(1.5)
    };
    let inner: f64 = (1..steps).map(|step| radius(step) * if step % 2 == 1 { 4.0 } else { 2.0 }).sum();
    (radius(0) + inner + radius(steps)) * width / 3.0
}

/// The older series in powers of the longitude (Redfearn 1948), good to 0.1 mm within 3 degrees.
fn redfearn(position: Position, central_meridian: f64) -> PlanePosition {
    let e2 = FLATTENING * (2.0 - FLATTENING);
    let (sin, cos) = position.lat.to_radians().sin_cos();
    let t2 = (sin / cos).powi(2);
    let nu = EQUATOR_RADIUS_M / (1.0 - e2 * sin * sin).sqrt();
    let psi = nu / (nu * (1.0 - e2) / (1.0 - e2 * sin * sin));
    let w = (position.lon - central_meridian).to_radians();
    let (w2, c2) = (w * w, cos * cos);
    let north = w2 / 2.0
        + w2 * w2 / 24.0 * c2 * (4.0 * psi * psi + psi - t2)
        + w2.powi(3) / 720.0
            * c2.powi(2)
            * (8.0 * psi.powi(4) * (11.0 - 24.0 * t2) - 28.0 * psi.powi(3) * (1.0 - 6.0 * t2)
                + psi.powi(2) * (1.0 - 32.0 * t2)
                - 2.0 * psi * t2
                + t2 * t2)
        + w2.powi(4) / 40_320.0 * c2.powi(3) * (1_385.0 - 3_111.0 * t2 + 543.0 * t2.powi(2) - t2.powi(3));
    let east = 1.0
        + w2 / 6.0 * c2 * (psi - t2)
        + w2.powi(2) / 120.0
            * c2.powi(2)
            * (4.0 * psi.powi(3) * (1.0 - 6.0 * t2) + psi.powi(2) * (1.0 + 8.0 * t2) - 2.0 * psi * t2
                + t2 * t2)
        + w2.powi(3) / 5_040.0 * c2.powi(3) * (61.0 - 479.0 * t2 + 179.0 * t2.powi(2) - t2.powi(3));
    PlanePosition {
        east_m: FALSE_EAST_M + nu * w * cos * east,
        north_m: meridian_arc_m(position.lat) + nu * sin * cos * north,
    }
}

#[test]
fn zones_have_their_codes_and_meridians() {
    let zone = GaussKruger::new(ZoneWidth::Three, 36, true).unwrap();
    assert_eq!((zone.epsg(), zone.central_meridian()), (4524, 108.0));
    assert_eq!(GaussKruger::from_epsg(4545).unwrap(), GaussKruger::new(ZoneWidth::Three, 36, false).unwrap());
    assert_eq!(GaussKruger::at(107.98, ZoneWidth::Three, true).unwrap(), zone);
    assert_eq!(GaussKruger::at(107.98, ZoneWidth::Six, true).unwrap().central_meridian(), 105.0);
    assert_eq!(GaussKruger::of_prefixed(36_497_000.0).unwrap(), zone);
    assert_eq!(GaussKruger::of_prefixed(18_797_000.0).unwrap().epsg(), 4496);
    for code in 4491..=4554 {
        assert_eq!(GaussKruger::from_epsg(code).unwrap().epsg(), code);
    }
    assert_eq!(GaussKruger::from_epsg(4490), Err(MapError::ZoneUnknown { number: 4490 }));
    assert_eq!(GaussKruger::from_epsg(4555), Err(MapError::ZoneUnknown { number: 4555 }));
    assert_eq!(GaussKruger::new(ZoneWidth::Six, 24, false), Err(MapError::ZoneUnknown { number: 24 }));
    assert_eq!(GaussKruger::of_prefixed(497_000.0), Err(MapError::ZoneUnknown { number: 0 }));
    assert!(GaussKruger::at(f64::NAN, ZoneWidth::Three, true).is_err());
}

#[test]
fn the_central_meridian_is_as_long_as_the_meridian() {
    let plane = GaussKruger::from_epsg(4545).unwrap();
    for lat in [0.0, 10.0, 26.57, 45.0, 60.0, 90.0] {
        let place = plane.forward(Position { lon: 108.0, lat }).unwrap();
        assert!((place.north_m - meridian_arc_m(lat)).abs() < 1e-5, "{lat}: {}", place.north_m);
        assert!((place.east_m - FALSE_EAST_M).abs() < 1e-9);
    }
}

#[test]
fn an_independent_series_agrees_to_a_tenth_of_a_millimetre() {
    let plane = GaussKruger::from_epsg(4545).unwrap();
    for lon in [106.5, 107.3, 107.98, 108.4, 109.5] {
        for lat in [18.0, 26.57, 35.0, 53.0] {
            let position = Position { lon, lat };
            let (ours, other) = (plane.forward(position).unwrap(), redfearn(position, 108.0));
            assert!((ours.east_m - other.east_m).abs() < 1e-4, "{position:?} {ours:?} {other:?}");
            assert!((ours.north_m - other.north_m).abs() < 1e-4, "{position:?} {ours:?} {other:?}");
        }
    }
}

#[test]
fn places_of_another_zone_are_refused() {
    let plane = GaussKruger::from_epsg(4524).unwrap();
    assert_eq!(plane.forward(Position { lon: 120.0, lat: 26.0 }), Err(MapError::OutsideZone));
    assert_eq!(plane.forward(Position { lon: f64::NAN, lat: 26.0 }), Err(MapError::PositionNotFinite));
    let without_prefix = PlanePosition { east_m: 498_000.0, north_m: 2_939_000.0 };
    assert_eq!(plane.inverse(without_prefix), Err(MapError::OutsideZone));
    let exchanged = PlanePosition { east_m: 2_939_000.0, north_m: 36_498_000.0 };
    assert_eq!(plane.inverse(exchanged), Err(MapError::OutsideZone));
    let nothing = PlanePosition { east_m: f64::NAN, north_m: 0.0 };
    assert_eq!(plane.inverse(nothing), Err(MapError::PositionNotFinite));
}

proptest! {
    #[test]
    fn there_and_back(zone in 25..=45_u32, prefixed: bool, away in -4.0..4.0_f64, lat in -80.0..80.0_f64) {
        let plane = GaussKruger::new(ZoneWidth::Three, zone, prefixed).unwrap();
        let position = Position { lon: plane.central_meridian() + away, lat };
        let back = plane.inverse(plane.forward(position).unwrap()).unwrap();
        prop_assert!((back.lon - position.lon).abs() < 1e-10 && (back.lat - position.lat).abs() < 1e-10, "{:?}", back);
    }

    #[test]
    fn back_and_there(east in 1e5..9e5_f64, north in 1e6..7e6_f64) {
        let plane = GaussKruger::from_epsg(4524).unwrap();
        let given = PlanePosition { east_m: 36e6 + east, north_m: north };
        let again = plane.forward(plane.inverse(given).unwrap()).unwrap();
        prop_assert!((again.east_m - given.east_m).abs() < 1e-5 && (again.north_m - given.north_m).abs() < 1e-5);
    }
}
