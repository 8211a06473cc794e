use proptest::prelude::*;

use super::*;

fn holds(ranges: &[(i64, i64)], key: i64) -> bool {
    ranges.iter().any(|(first, last)| (*first..=*last).contains(&key))
}

/// Keys covered for each key of the box.
fn overscan(bounds: BoundingBox) -> f64 {
    let ranges = cover_box(bounds);
    let keys: i128 = ranges.iter().map(|(first, last)| i128::from(last - first + 1)).sum();
    let (west, south) = steps(Position { lon: bounds.west, lat: bounds.south });
    let (east, north) = steps(Position { lon: bounds.east, lat: bounds.north });
    keys as f64 / ((east - west + 1) * (north - south + 1)) as f64
}

#[test]
fn keys_are_fixed_for_ever() {
    assert_eq!(morton(Position { lon: -180.0, lat: -90.0 }), 0);
    assert_eq!(morton(Position { lon: 180.0, lat: 90.0 }), (1 << 62) - 1);
    assert_eq!(morton(Position { lon: 0.0, lat: -90.0 }), 1 << 60);
    assert_eq!(morton(Position { lon: -180.0, lat: 0.0 }), 1 << 61);
    // One step of the curve written out: column 1_717_986_918 and row 1_389_775_763 of 2³¹, bit by bit.
    let position = Position { lon: 107.98, lat: 26.57 };
    let (column, row) = (
        ((107.98 + 180.0) / 360.0 * 2_f64.powi(31)) as u64,
        ((26.57 + 90.0) / 180.0 * 2_f64.powi(31)) as u64,
    );
    let expected = (0..31).fold(0_u64, |key, bit| {
        key | (((column >> bit) & 1) << (2 * bit)) | (((row >> bit) & 1) << (2 * bit + 1))
    });
    assert_eq!(morton(position), expected.cast_signed());
}

#[test]
fn a_key_is_read_back_to_where_it_was_made() {
    for (lon, lat) in [(107.98, 26.57), (-179.999_999, -89.5), (0.0, 0.0), (179.999_999, 89.5)] {
        let position = Position { lon, lat };
        let read = super::position(morton(position));
        assert!((read.lon - lon).abs() < 1e-7 && (read.lat - lat).abs() < 1e-7, "{read:?}");
        assert_eq!(morton(read), morton(position));
    }
}

#[test]
fn circles_of_the_city_are_covered_tightly() {
    let mut worst: f64 = 0.0;
    let mut sum = 0.0;
    let mut count = 0.0;
    for step in 0..400 {
        let center =
            Position { lon: 107.5 + f64::from(step) * 0.002_37, lat: 26.2 + f64::from(step % 20) * 0.041 };
        for radius_m in [50.0, 500.0, 5_000.0] {
            let bounds = circle_boxes(center, radius_m).unwrap()[0];
            assert!(cover(center, radius_m).unwrap().len() <= RANGES_MAX);
            let overscan = overscan(bounds);
            worst = worst.max(overscan);
            sum += overscan;
            count += 1.0;
        }
    }
    println!("overscan: worst {worst:.2}, mean {:.2}", sum / count);
    assert!(worst < 3.0, "worst {worst}");
    assert!(sum / count < 1.6, "mean {}", sum / count);
}

#[test]
fn circles_over_the_rim_of_the_globe_are_covered() {
    let date_line = cover(Position { lon: 179.999, lat: -16.0 }, 1_000.0).unwrap();
    assert!(holds(&date_line, morton(Position { lon: -179.995, lat: -16.0 })));
    assert!(!holds(&date_line, morton(Position { lon: 0.0, lat: -16.0 })));
    let pole = cover(Position { lon: 10.0, lat: 89.999 }, 1_000.0).unwrap();
    assert!(holds(&pole, morton(Position { lon: -170.0, lat: 89.999 })));
    assert_eq!(cover(Position { lon: 0.0, lat: 0.0 }, -1.0), Err(MapError::RadiusOutOfRange));
    assert_eq!(cover(Position { lon: 0.0, lat: 0.0 }, f64::NAN), Err(MapError::RadiusOutOfRange));
    assert_eq!(cover(Position { lon: f64::NAN, lat: 0.0 }, 1.0), Err(MapError::PositionNotFinite));
}

#[test]
fn a_point_and_the_globe_are_boxes() {
    let place = Position { lon: 0.0, lat: 0.0 };
    let point = BoundingBox { west: 0.0, south: 0.0, east: 0.0, north: 0.0 };
    assert_eq!(cover_box(point), vec![(morton(place), morton(place))]);
    let globe = BoundingBox { west: -180.0, south: -90.0, east: 180.0, north: 90.0 };
    assert_eq!(cover_box(globe), vec![(0, (1 << 62) - 1)]);
}

proptest! {
    #[test]
    fn every_position_of_a_box_is_in_a_range(
        west in -180.0..180.0_f64, south in -90.0..90.0_f64,
        width in 0.0..1.0_f64, height in 0.0..1.0_f64, scale in 0..6_i32,
        x in 0.0..=1.0_f64, y in 0.0..=1.0_f64,
    ) {
        let scale = 10_f64.powi(1 - scale);
        let (east, north) = ((west + width * scale).min(180.0), (south + height * scale).min(90.0));
        let bounds = BoundingBox { west, south, east, north };
        let ranges = cover_box(bounds);
        prop_assert!(ranges.len() <= RANGES_MAX);
        prop_assert!(ranges.windows(2).all(|pair| pair[0].1 < pair[1].0));
        let inside = Position { lon: (west + (east - west) * x).min(east), lat: (south + (north - south) * y).min(north) };
        for position in [inside, Position { lon: west, lat: north }, Position { lon: east, lat: south }] {
            prop_assert!(holds(&ranges, morton(position)));
        }
    }

    #[test]
    fn every_position_of_a_circle_is_in_a_range(
        lon in -180.0..180.0_f64, lat in -89.0..89.0_f64, radius_m in 0.0..100_000.0_f64,
        azimuth in 0.0..360.0_f64, part in 0.0..=1.0_f64,
    ) {
        use geographiclib_rs::{DirectGeodesic, Geodesic};
        let ranges = cover(Position { lon, lat }, radius_m).unwrap();
        let (lat, lon): (f64, f64) = Geodesic::wgs84().direct(lat, lon, azimuth, radius_m * part);
        let position = Position { lon, lat };
        prop_assert!(holds(&ranges, morton(position)));
    }
}
