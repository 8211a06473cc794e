use proptest::prelude::*;

use super::*;

fn place(lon: f64, lat: f64) -> Position {
    Position { lon, lat }
}

fn near(a: Position, b: Position, degrees: f64) -> bool {
    (a.lon - b.lon).abs() < degrees && (a.lat - b.lat).abs() < degrees
}

#[test]
fn published_pairs_agree() {
    // Pairs that the tests of open converters share (eviltransform and its ports).
    for (wgs84, gcj02) in [
        (place(121.527_210_6, 31.177_427_6), place(121.531_541_859_215, 31.175_303_983_645_97)),
        (place(113.912_316, 22.543_847), place(113.917_176_480_836_3, 22.540_796_131_694_766)),
        (place(116.377_817, 39.911_954), place(116.384_047_224_556_57, 39.913_345_455_360_69)),
    ] {
        assert!(near(from_wgs84(wgs84), gcj02, 1e-6), "{:?}", from_wgs84(wgs84));
        assert!(near(to_wgs84(gcj02), wgs84, 1e-6));
    }
}

#[test]
fn outside_the_box_nothing_moves() {
    for position in [place(-0.1276, 51.5072), place(139.6917, 35.6895), place(72.0, 30.0), place(100.0, 0.5)]
    {
        assert_eq!(from_wgs84(position), position);
        assert_eq!(to_wgs84(position), position);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn there_and_back(lon in 72.004..137.8347_f64, lat in 0.8293..55.8271_f64) {
        let position = place(lon, lat);
        let moved = from_wgs84(position);
        prop_assert!(!near(moved, position, 1e-6) && near(moved, position, 0.02));
        prop_assert!(near(to_wgs84(moved), position, 1e-9));
        prop_assert!(near(from_bd09(to_bd09(moved)), moved, 1e-9));
    }

    #[test]
    fn back_and_there(lon in 73.0..137.0_f64, lat in 1.0..55.0_f64) {
        let moved = place(lon, lat);
        prop_assert!(near(from_wgs84(to_wgs84(moved)), moved, 1e-9));
    }
}
