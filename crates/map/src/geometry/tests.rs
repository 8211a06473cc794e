use kernel::error::Coded;
use serde_json::json;

use super::*;

fn read(value: serde_json::Value) -> Result<Geometry, serde_json::Error> {
    serde_json::from_value(value)
}

#[test]
fn geojson_round_trips() {
    for value in [
        json!({"type": "Point", "coordinates": [107.98, 26.57]}),
        json!({"type": "LineString", "coordinates": [[107.0, 26.0], [108.0, 27.0]]}),
        json!({"type": "Polygon", "coordinates": [[[0.0, 0.0], [4.0, 0.0], [4.0, 4.0], [0.0, 0.0]],
            [[2.0, 1.0], [3.0, 1.0], [3.0, 2.0], [2.0, 1.0]]]}),
        json!({"type": "MultiPolygon", "coordinates": [[[[0.0, 0.0], [4.0, 0.0], [4.0, 4.0], [0.0, 0.0]]],
            [[[5.0, 5.0], [6.0, 5.0], [6.0, 6.0], [5.0, 5.0]]]]}),
    ] {
        let geometry = read(value.clone()).unwrap();
        assert_eq!(serde_json::to_value(&geometry).unwrap(), value);
    }
}

#[test]
fn geojson_takes_heights_boxes_and_open_rings() {
    let point = read(json!({"coordinates": [108, 26.5, 700.0], "type": "Point", "bbox": [108, 26, 108, 26]}))
        .unwrap();
    assert_eq!(point, Geometry::Point(Position { lon: 108.0, lat: 26.5 }));
    let open = read(json!({"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1]]]})).unwrap();
    let closed = read(json!({"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 0]]]})).unwrap();
    assert_eq!(open, closed);
    assert_eq!(open.bounds(), Some(BoundingBox { west: 0.0, south: 0.0, east: 1.0, north: 1.0 }));
    assert_eq!(open.into_area().unwrap().rings().next().unwrap().edges().count(), 3);
}

#[test]
fn bad_geojson_names_its_code() {
    for (value, code) in [
        (json!({"type": "Point", "coordinates": [181, 0]}), "position_out_of_range"),
        (json!({"type": "Point", "coordinates": [1]}), "invalid length 1"),
        (json!({"type": "LineString", "coordinates": [[1, 1], [1, 1]]}), "line_too_few_positions"),
        (
            json!({"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [0, 0], [1, 1]]]}),
            "ring_too_few_positions",
        ),
        (json!({"type": "Polygon", "coordinates": []}), "ring_too_few_positions"),
        (json!({"type": "Circle", "coordinates": [1, 1]}), "unknown variant"),
    ] {
        let error = read(value.clone()).unwrap_err().to_string();
        assert!(error.contains(code), "{value}: {error}");
    }
}

#[test]
fn checks_refuse_with_codes() {
    assert_eq!(Position::new(f64::NAN, 0.0), Err(MapError::PositionNotFinite));
    assert_eq!(Position::new(0.0, f64::INFINITY), Err(MapError::PositionNotFinite));
    assert_eq!(Position::new(0.0, 90.5), Err(MapError::PositionOutOfRange { lon: 0.0, lat: 90.5 }));
    assert_eq!(BoundingBox::new(1.0, 0.0, 0.0, 1.0), Err(MapError::BoxInverted));
    let long = vec![Position { lon: 1.0, lat: 1.0 }; RING_VERTICES_MAX + 1];
    let error = Ring::new(long).unwrap_err();
    assert_eq!(error, MapError::RingTooLong { vertices: RING_VERTICES_MAX + 1 });
    assert_eq!(error.details()["vertices_max"], RING_VERTICES_MAX);
    let hidden = Position { lon: f64::NAN, lat: 0.0 };
    let ring = [Position { lon: 0.0, lat: 0.0 }, Position { lon: 1.0, lat: 0.0 }, hidden];
    assert_eq!(Ring::new(ring.to_vec()).unwrap_err().code(), "position_not_finite");
}
