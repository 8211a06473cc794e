use kernel::error::Coded;
use proptest::prelude::*;

use super::*;
use crate::{
    divide::tessellate,
    geometry::{LineString, MultiPolygon, Ring},
};

/// What a reader finds in a tile.
#[derive(Debug, Default, PartialEq)]
struct Read {
    layers: Vec<ReadLayer>,
}

#[derive(Debug, Default, PartialEq)]
struct ReadLayer {
    name: String,
    version: u64,
    extent: u64,
    features: Vec<ReadFeature>,
}

#[derive(Debug, Default, PartialEq)]
struct ReadFeature {
    id: Option<u64>,
    kind: u64,
    paths: Vec<Vec<(i64, i64)>>,
    closed: usize,
    attributes: Vec<(String, String)>,
}

fn varint(bytes: &mut &[u8]) -> u64 {
    let mut value = 0;
    for shift in 0.. {
        let byte = bytes[0];
        *bytes = &bytes[1..];
        value |= u64::from(byte & 0x7F) << (7 * shift);
        if byte < 0x80 {
            break;
        }
    }
    value
}

fn unzigzag(value: u64) -> i64 {
    (value >> 1) as i64 ^ -((value & 1) as i64)
}

/// Field numbers with either a number or bytes.
fn fields(mut bytes: &[u8]) -> Vec<(u64, u64, &[u8])> {
    let mut fields = Vec::new();
    while !bytes.is_empty() {
        let tag = varint(&mut bytes);
        let number = varint(&mut bytes);
        let mut content: &[u8] = &[];
        if tag & 7 == 2 {
            (content, bytes) = bytes.split_at(number as usize);
        } else {
            assert_eq!(tag & 7, 0);
        }
        fields.push((tag >> 3, number, content));
    }
    fields
}

fn packed(mut bytes: &[u8]) -> Vec<u64> {
    let mut numbers = Vec::new();
    while !bytes.is_empty() {
        numbers.push(varint(&mut bytes));
    }
    numbers
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

fn read(bytes: &[u8]) -> Read {
    let mut tile = Read::default();
    for (field, _, content) in fields(bytes) {
        assert_eq!(field, 3);
        let mut layer = ReadLayer::default();
        let (mut keys, mut values) = (Vec::new(), Vec::new());
        let all = fields(content);
        for (field, number, content) in &all {
            match field {
                15 => layer.version = *number,
                1 => layer.name = text(content),
                5 => layer.extent = *number,
                3 => keys.push(text(content)),
                4 => match fields(content)[0] {
                    (1, _, content) => values.push(text(content)),
                    (6, number, _) => values.push(unzigzag(number).to_string()),
                    other => panic!("{other:?}"),
                },
                2 => {}
                other => panic!("{other}"),
            }
        }
        for (_, _, content) in all.iter().filter(|(field, ..)| *field == 2) {
            layer.features.push(read_feature(content, &keys, &values));
        }
        tile.layers.push(layer);
    }
    tile
}

fn read_feature(bytes: &[u8], keys: &[String], values: &[String]) -> ReadFeature {
    let mut feature = ReadFeature::default();
    for (field, number, content) in fields(bytes) {
        match field {
            1 => feature.id = Some(number),
            3 => feature.kind = number,
            2 => {
                for pair in packed(content).chunks(2) {
                    feature
                        .attributes
                        .push((keys[pair[0] as usize].clone(), values[pair[1] as usize].clone()));
                }
            }
            4 => {
                let numbers = packed(content);
                let mut rest = numbers.as_slice();
                let mut cursor = (0, 0);
                while let [command, others @ ..] = rest {
                    rest = others;
                    let count = (command >> 3) as usize;
                    if command & 7 == 7 {
                        feature.closed += 1;
                        continue;
                    }
                    for _ in 0..count {
                        cursor = (cursor.0 + unzigzag(rest[0]), cursor.1 + unzigzag(rest[1]));
                        rest = &rest[2..];
                        if command & 7 == 1 {
                            feature.paths.push(vec![cursor]);
                        } else {
                            feature.paths.last_mut().unwrap().push(cursor);
                        }
                    }
                }
            }
            other => panic!("{other}"),
        }
    }
    feature
}

fn area(path: &[(i64, i64)]) -> i64 {
    path.iter().zip(path.iter().cycle().skip(1)).map(|(a, b)| a.0 * b.1 - b.0 * a.1).sum()
}

/// The place of units in a tile, back on the globe.
fn unproject(address: TileAddress, x: f64, y: f64) -> Position {
    let units = f64::from(EXTENT) * f64::from(1_u32 << address.zoom);
    let (x, y) = (x + f64::from(address.column * EXTENT), y + f64::from(address.row * EXTENT));
    Position {
        lon: (x / units - 0.5) * 360.0,
        lat: (PI * (1.0 - 2.0 * y / units)).sinh().atan().to_degrees(),
    }
}

fn kaili(zoom: u8) -> TileAddress {
    TileAddress::of(Position { lon: 107.98, lat: 26.57 }, zoom).unwrap()
}

fn shape(address: TileAddress, corners: &[(f64, f64)]) -> Vec<Position> {
    corners.iter().map(|(x, y)| unproject(address, *x, *y)).collect()
}

fn polygon(address: TileAddress, outer: &[(f64, f64)], holes: &[&[(f64, f64)]]) -> Geometry {
    let ring = |corners: &[(f64, f64)]| Ring::new(shape(address, corners)).unwrap();
    Geometry::Polygon(Polygon { outer: ring(outer), holes: holes.iter().map(|hole| ring(hole)).collect() })
}

/// Encodes one geometry and reads it again.
fn draw(address: TileAddress, geometry: &Geometry) -> Option<ReadFeature> {
    let features = [Feature { id: None, geometry, attributes: &[] }];
    let tile = encode(address, &[Layer { name: "one", features: &features }]);
    read(&tile.bytes).layers.pop().and_then(|mut layer| layer.features.pop())
}

#[test]
fn a_tile_holds_layers_names_and_values() {
    let address = kaili(14);
    let point = Geometry::Point(unproject(address, 25.0, 17.0));
    let square = polygon(address, &[(0.0, 0.0), (100.0, 0.0), (100.0, 100.0), (0.0, 100.0)], &[]);
    let cases = [
        Feature {
            id: Some(7),
            geometry: &point,
            attributes: &[("类", Value::Text("井盖")), ("n", Value::Integer(-3))],
        },
        Feature {
            id: None,
            geometry: &point,
            attributes: &[("n", Value::Integer(i64::MAX)), ("类", Value::Text("井盖"))],
        },
    ];
    let cells = [Feature { id: None, geometry: &square, attributes: &[] }];
    let far = Geometry::Point(Position { lon: 0.0, lat: 0.0 });
    let empty = [Feature { id: None, geometry: &far, attributes: &[] }];
    let layers = [
        Layer { name: "cases", features: &cases },
        Layer { name: "cells", features: &cells },
        Layer { name: "empty", features: &empty },
    ];
    let tile = encode(address, &layers);
    assert_eq!((tile.features, tile.left_out), (3, 0));
    let read = read(&tile.bytes);
    assert_eq!(read.layers.len(), 2);
    let layer = &read.layers[0];
    assert_eq!((layer.name.as_str(), layer.version, layer.extent), ("cases", 2, 4096));
    let pair = |key: &str, value: &str| (key.to_owned(), value.to_owned());
    assert_eq!(layer.features[0].id, Some(7));
    assert_eq!(layer.features[0].kind, 1);
    assert_eq!(layer.features[0].paths, vec![vec![(25, 17)]]);
    assert_eq!(layer.features[0].attributes, vec![pair("类", "井盖"), pair("n", "-3")]);
    assert_eq!(layer.features[1].attributes, vec![pair("n", &i64::MAX.to_string()), pair("类", "井盖")]);
    assert_eq!(read.layers[1].features[0].kind, 3);
    assert_eq!(encode(address, &[]).bytes, Vec::<u8>::new());
}

#[test]
fn the_example_of_the_specification_is_byte_equal() {
    // Vector tile specification 2.1, section 4.3.5.4: two polygons, the second with a hole.
    let address = TileAddress::new(14, 100, 100).unwrap();
    let ring = |corners: &[(f64, f64)]| Ring::new(shape(address, corners)).unwrap();
    let geometry = Geometry::MultiPolygon(MultiPolygon(vec![
        Polygon { outer: ring(&[(0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0)]), holes: vec![] },
        Polygon {
            outer: ring(&[(11.0, 11.0), (20.0, 11.0), (20.0, 20.0), (11.0, 20.0)]),
            holes: vec![ring(&[(13.0, 13.0), (13.0, 17.0), (17.0, 17.0), (17.0, 13.0)])],
        },
    ]));
    let commands = [
        9, 0, 0, 26, 20, 0, 0, 20, 19, 0, 15, 9, 22, 2, 26, 18, 0, 0, 18, 17, 0, 15, 9, 4, 13, 26, 0, 8, 8,
        0, 0, 7, 15,
    ];
    assert_eq!(Shape::of(address, &geometry).commands, commands);
}

#[test]
fn rings_turn_as_the_specification_says_whichever_way_they_came() {
    let address = kaili(15);
    let mut outer = vec![(0.0, 0.0), (1000.0, 0.0), (1000.0, 1000.0), (0.0, 1000.0)];
    let mut hole = vec![(200.0, 200.0), (300.0, 200.0), (300.0, 300.0), (200.0, 300.0)];
    for _ in 0..2 {
        for _ in 0..2 {
            let feature = draw(address, &polygon(address, &outer, &[&hole])).unwrap();
            assert_eq!(area(&feature.paths[0]), 2_000_000);
            assert_eq!(area(&feature.paths[1]), -20_000);
            assert_eq!(feature.closed, 2);
            outer.reverse();
        }
        hole.reverse();
    }
}

#[test]
fn what_lies_over_the_side_is_cut_at_the_margin() {
    let address = kaili(14);
    let feature =
        draw(address, &polygon(address, &[(-9e3, 2e3), (9e3, 2e3), (9e3, 9e3), (-9e3, 9e3)], &[])).unwrap();
    assert_eq!(area(&feature.paths[0]), 2 * (4096 + 128) * (4160 - 2000));
    let covered = polygon(address, &[(-9e3, -9e3), (9e3, -9e3), (9e3, 9e3), (-9e3, 9e3)], &[]);
    assert_eq!(area(&draw(address, &covered).unwrap().paths[0]), 2 * 4224 * 4224);
    assert_eq!(draw(address, &polygon(address, &[(5e3, 0.0), (9e3, 0.0), (9e3, 9e3)], &[])), None);
    let line =
        |corners: &[(f64, f64)]| Geometry::LineString(LineString::new(shape(address, corners)).unwrap());
    let zigzag = draw(
        address,
        &line(&[(-500.0, 10.0), (100.0, 10.0), (100.0, -500.0), (200.0, -500.0), (200.0, 50.0)]),
    );
    let expected = vec![vec![(-64, 10), (100, 10), (100, -64)], vec![(200, -64), (200, 50)]];
    assert_eq!(zigzag.unwrap().paths, expected);
    assert_eq!(draw(address, &line(&[(-500.0, 10.0), (10.0, -500.0)])), None);
    let straight = draw(address, &line(&[(0.0, 0.0), (10.0, 10.0), (20.0, 20.0), (15.0, 15.0)])).unwrap();
    assert_eq!(straight.paths, vec![vec![(0, 0), (20, 20), (15, 15)]]);
}

#[test]
fn nothing_without_area_is_left() {
    let address = kaili(14);
    assert_eq!(draw(address, &polygon(address, &[(0.0, 0.0), (0.2, 0.0), (0.2, 0.2)], &[])), None);
    assert_eq!(draw(address, &polygon(address, &[(0.0, 0.0), (50.0, 0.3), (100.0, 0.0)], &[])), None);
    let spike = [(0.0, 0.0), (100.0, 0.0), (100.0, 100.0), (300.0, 300.0), (100.0, 100.0), (0.0, 100.0)];
    let feature = draw(address, &polygon(address, &spike, &[])).unwrap();
    assert_eq!(feature.paths[0].len(), 4);
    let tip_first =
        [(50.0, -50.0), (50.0, 0.0), (100.0, 0.0), (100.0, 100.0), (0.0, 100.0), (0.0, 0.0), (50.0, 0.0)];
    let feature = draw(address, &polygon(address, &tip_first, &[])).unwrap();
    assert_eq!((feature.paths[0].len(), area(&feature.paths[0])), (4, 20_000));
    let big = [(0.0, 0.0), (100.0, 0.0), (100.0, 100.0), (0.0, 100.0)];
    let feature =
        draw(address, &polygon(address, &big, &[&[(10.0, 10.0), (10.2, 10.0), (10.2, 10.2)]])).unwrap();
    assert_eq!(feature.paths.len(), 1);
}

#[test]
fn neighbours_keep_their_shared_border_at_every_zoom() {
    let bounds = BoundingBox { west: 107.9, south: 26.5, east: 108.06, north: 26.64 };
    let cells: Vec<Geometry> =
        tessellate(bounds, 6, 6, 12, 5).unwrap().into_iter().map(Geometry::Polygon).collect();
    for zoom in [9, 12, 13, 14] {
        let address = kaili(zoom);
        let features: Vec<_> =
            cells.iter().map(|geometry| Feature { id: None, geometry, attributes: &[] }).collect();
        let tile = encode(address, &[Layer { name: "cells", features: &features }]);
        assert!(!tile.bytes.is_empty() && tile.bytes.len() < TILE_BYTES_MAX);
        let read = read(&tile.bytes);
        let sum: i64 =
            read.layers[0].features.iter().flat_map(|feature| &feature.paths).map(|path| area(path)).sum();
        // No gap and no overlap: the parts sum up to the box in the tile.
        let low = address.project(Position { lon: bounds.west, lat: bounds.north });
        let high = address.project(Position { lon: bounds.east, lat: bounds.south });
        let step = f64::from(if zoom < DETAIL_ZOOM { COARSE_UNITS } else { 1 });
        let snap = |value: f64| ((value / step).round() * step).clamp(-64.0, 4160.0);
        let expected = 2.0 * (snap(high.0) - snap(low.0)) * (snap(high.1) - snap(low.1));
        // Cut edges are rounded at the margin: half a unit each at most.
        assert!((sum as f64 - expected).abs() <= 4224.0, "zoom {zoom}: {sum} {expected}");
    }
}

#[test]
fn limits_leave_out_and_count() {
    let address = kaili(14);
    let point = Geometry::Point(unproject(address, 1.0, 1.0));
    let feature = Feature { id: None, geometry: &point, attributes: &[] };
    let many = vec![feature; FEATURES_MAX + 5];
    let tile = encode(address, &[Layer { name: "points", features: &many }]);
    assert!(tile.bytes.len() <= TILE_BYTES_MAX);
    assert_eq!(tile.features + tile.left_out, FEATURES_MAX + 5);
    assert!(tile.left_out >= 5);
    let long = "x".repeat(TILE_BYTES_MAX);
    let attributes = [("name", Value::Text(&long))];
    let features = [
        Feature { id: None, geometry: &point, attributes: &attributes },
        Feature { id: Some(2), geometry: &point, attributes: &[] },
    ];
    let tile = encode(address, &[Layer { name: "points", features: &features }]);
    assert_eq!((tile.features, tile.left_out), (1, 1));
    assert_eq!(read(&tile.bytes).layers[0].features[0].id, Some(2));
}

#[test]
fn addresses_are_of_the_pyramid() {
    assert_eq!(TileAddress::new(23, 0, 0).unwrap_err().code(), "tile_unknown");
    assert_eq!(TileAddress::new(1, 2, 0), Err(MapError::TileUnknown));
    assert_eq!(TileAddress::new(0, 0, 1), Err(MapError::TileUnknown));
    // Kaili at zoom 14, by the formula of the OpenStreetMap wiki worked out apart.
    assert_eq!(kaili(14), TileAddress::new(14, 13_106, 6_936).unwrap());
    let bounds = kaili(14).bounds();
    assert!(bounds.contains(Position { lon: 107.98, lat: 26.57 }));
    assert!((bounds.east - bounds.west - 360.0 / 16_384.0 * (1.0 + 1.0 / 32.0)).abs() < 1e-9);
    let corner = TileAddress::of(Position { lon: 180.0, lat: -90.0 }, 3).unwrap();
    assert_eq!(corner, TileAddress::new(3, 7, 7).unwrap());
    assert_eq!(TileAddress::new(0, 0, 0).unwrap().bounds().east, 180.0);
}

proptest! {
    /// Any polygon in any tile: rings closed, within the margin, with area, turned right, no vertex repeated.
    #[test]
    fn any_polygon_gives_a_proper_feature(
        corners in prop::collection::vec((-9000.0..9000.0_f64, -9000.0..9000.0_f64), 3..20), zoom in 2..18_u8,
    ) {
        let address = kaili(zoom);
        let inside = |position: &Position| position.lon.abs() <= 180.0 && position.lat.abs() < 85.0;
        let positions: Vec<Position> = shape(address, &corners).into_iter().filter(inside).collect();
        let Ok(ring) = Ring::new(positions) else { return Ok(()) };
        if let Some(feature) = draw(address, &Geometry::Polygon(Polygon { outer: ring, holes: vec![] })) {
            prop_assert_eq!((feature.kind, feature.closed, feature.paths.len()), (3, 1, 1));
            let path = &feature.paths[0];
            prop_assert!(area(path) > 0 && path.len() >= 3);
            let window = -64..=4160;
            prop_assert!(path.iter().all(|(x, y)| window.contains(x) && window.contains(y)));
            prop_assert!(path.iter().zip(path.iter().cycle().skip(1)).all(|(a, b)| a != b));
        }
    }
}
