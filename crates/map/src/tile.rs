//! Vector tiles: Mapbox Vector Tile 2.1 in web mercator, made from polygons, lines and points in memory.
//!
//! Each vertex is first snapped to the zoom's grid, wherever it comes from: so neighbours that share a border still share it, and so do
//! two tiles. Then the shape is cut at the tile with a margin, repeated vertices, straight-line vertices and spikes go, rings that have
//! lost their area go, and the others get the direction that the specification asks for.

mod clip;
mod protobuf;

use std::f64::consts::PI;

use rustc_hash::FxHashMap;

use crate::{
    error::MapError,
    geometry::{BoundingBox, Geometry, Polygon, Position},
};
use clip::Place;

#[cfg(test)]
mod tests;

/// The deepest zoom.
pub const ZOOM_MAX: u8 = 22;
/// Units along a side of a tile.
pub const EXTENT: u32 = 4096;
/// How far beyond its sides a tile holds shapes, units, so that outlines and labels meet across tiles.
pub const BUFFER: u32 = 64;
/// The most features of one tile; the rest is left out and counted.
pub const FEATURES_MAX: usize = 50_000;
/// The most bytes of one tile; features that do not fit are left out and counted.
pub const TILE_BYTES_MAX: usize = 500_000;
/// From this zoom on shapes keep every unit; before it they are snapped to [`COARSE_UNITS`].
pub const DETAIL_ZOOM: u8 = 14;
/// The coarser grid, units: half a pixel of a tile drawn at 512 pixels.
pub const COARSE_UNITS: u32 = 4;

/// Which tile: zoom, column from the west, row from the north.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct TileAddress {
    zoom: u8,
    column: u32,
    row: u32,
}

/// The value of an attribute.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Value<'a> {
    /// A text.
    Text(&'a str),
    /// A whole number.
    Integer(i64),
}

/// One shape with what the map's style or a click needs to know of it.
#[derive(Debug, Clone)]
pub struct Feature<'a> {
    /// A number by which the map tells features apart, if it has one.
    pub id: Option<u64>,
    /// The shape.
    pub geometry: &'a Geometry,
    /// Names and values.
    pub attributes: &'a [(&'a str, Value<'a>)],
}

/// Features of one kind, drawn in the order given. Names differ within a tile.
#[derive(Debug, Clone)]
pub struct Layer<'a> {
    /// The name by which a style finds it.
    pub name: &'a str,
    /// What is in it; features outside the tile cost little and are dropped.
    pub features: &'a [Feature<'a>],
}

/// An encoded tile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tile {
    /// The bytes, `application/vnd.mapbox-vector-tile`; none for an empty tile.
    pub bytes: Vec<u8>,
    /// How many features it holds.
    pub features: usize,
    /// How many features met the tile but not its limits.
    pub left_out: usize,
}

impl TileAddress {
    /// A tile of the pyramid.
    ///
    /// # Errors
    /// [`MapError::TileUnknown`].
    pub fn new(zoom: u8, column: u32, row: u32) -> Result<Self, MapError> {
        if zoom > ZOOM_MAX || column >> zoom != 0 || row >> zoom != 0 {
            return Err(MapError::TileUnknown);
        }
        Ok(Self { zoom, column, row })
    }

    /// The tile that a position is in.
    ///
    /// # Errors
    /// [`MapError::TileUnknown`] below [`ZOOM_MAX`], the errors of [`Position::check`].
    pub fn of(position: Position, zoom: u8) -> Result<Self, MapError> {
        position.check()?;
        let world = Self::new(zoom, 0, 0)?;
        let (x, y) = world.project(position);
        // Negative floats become 0 by the cast.
        let step = |units: f64| ((units / f64::from(EXTENT)) as u32).min((1 << zoom) - 1);
        Self::new(zoom, step(x), step(y))
    }

    /// The zoom.
    #[must_use]
    pub fn zoom(self) -> u8 {
        self.zoom
    }

    /// What to ask the store for: the tile and its margin.
    #[must_use]
    pub fn bounds(self) -> BoundingBox {
        let side = f64::from(1_u32 << self.zoom);
        let margin = f64::from(BUFFER) / f64::from(EXTENT);
        let lon = |column: f64| (column / side * 360.0 - 180.0).clamp(-180.0, 180.0);
        let lat = |row: f64| (PI * (1.0 - 2.0 * (row / side).clamp(0.0, 1.0))).sinh().atan().to_degrees();
        let (column, row) = (f64::from(self.column), f64::from(self.row));
        BoundingBox {
            west: lon(column - margin),
            south: lat(row + 1.0 + margin),
            east: lon(column + 1.0 + margin),
            north: lat(row - margin),
        }
    }

    /// Units east and south of the tile's north-west corner.
    fn project(self, position: Position) -> (f64, f64) {
        /// Where the square of web mercator ends, degrees.
        const LAT_MAX: f64 = 85.051_128_779_806_59;
        let units = f64::from(EXTENT) * f64::from(1_u32 << self.zoom);
        let sin = position.lat.clamp(-LAT_MAX, LAT_MAX).to_radians().sin();
        let x = (position.lon / 360.0 + 0.5) * units;
        let y = (0.5 - sin.atanh() / (2.0 * PI)) * units;
        (x - f64::from(self.column) * f64::from(EXTENT), y - f64::from(self.row) * f64::from(EXTENT))
    }

    fn snap(self, position: Position) -> Place {
        let step = f64::from(if self.zoom < DETAIL_ZOOM { COARSE_UNITS } else { 1 });
        let (x, y) = self.project(position);
        // At most 2^34 units: exact.
        Place { x: ((x / step).round() * step) as i64, y: ((y / step).round() * step) as i64 }
    }
}

/// Encodes a tile; the same input gives the same bytes. Layers without a feature in the tile are left out of it.
#[must_use]
pub fn encode(address: TileAddress, layers: &[Layer<'_>]) -> Tile {
    let mut tile = Tile { bytes: Vec::new(), features: 0, left_out: 0 };
    for layer in layers {
        let mut writer = LayerWriter::new(layer.name, TILE_BYTES_MAX.saturating_sub(tile.bytes.len()));
        for feature in layer.features {
            let shape = Shape::of(address, feature.geometry);
            if shape.commands.is_empty() {
                continue;
            }
            if tile.features < FEATURES_MAX && writer.add(feature, &shape) {
                tile.features += 1;
            } else {
                tile.left_out += 1;
            }
        }
        writer.finish(&mut tile.bytes);
    }
    tile
}

#[derive(Clone, Copy)]
enum Kind {
    Point = 1,
    Line = 2,
    Polygon = 3,
}

/// A shape in a tile, as drawing commands; none if nothing of it is in the tile.
struct Shape {
    kind: Kind,
    commands: Vec<u32>,
    cursor: Place,
}

impl Shape {
    const MOVE_TO: u32 = 1;
    const LINE_TO: u32 = 2;
    const CLOSE_PATH: u32 = 7;

    fn of(address: TileAddress, geometry: &Geometry) -> Self {
        let empty = |kind| Self { kind, commands: Vec::new(), cursor: Place { x: 0, y: 0 } };
        match geometry {
            Geometry::Point(position) => {
                let mut shape = empty(Kind::Point);
                let place = address.snap(*position);
                if clip::WINDOW.contains(place) {
                    shape.draw(Self::MOVE_TO, &[place]);
                }
                shape
            }
            Geometry::LineString(line) => {
                let mut shape = empty(Kind::Line);
                let places: Vec<Place> =
                    line.positions().iter().map(|position| address.snap(*position)).collect();
                for piece in clip::line(&places) {
                    shape.draw(Self::MOVE_TO, &piece[..1]);
                    shape.draw(Self::LINE_TO, &piece[1..]);
                }
                shape
            }
            Geometry::Polygon(polygon) => {
                let mut shape = empty(Kind::Polygon);
                shape.polygon(address, polygon);
                shape
            }
            Geometry::MultiPolygon(area) => {
                let mut shape = empty(Kind::Polygon);
                area.0.iter().for_each(|polygon| shape.polygon(address, polygon));
                shape
            }
        }
    }

    fn polygon(&mut self, address: TileAddress, polygon: &Polygon) {
        for (number, ring) in polygon.rings().enumerate() {
            let mut places: Vec<Place> =
                ring.positions().iter().map(|position| address.snap(*position)).collect();
            clip::ring(&mut places);
            let area = clip::doubled_area(&places);
            let outer = number == 0;
            if area == 0 {
                if outer {
                    return;
                }
                continue;
            }
            // Outer rings have a positive area where y runs down, holes a negative one (specification 4.3.4.4).
            if (area > 0) != outer {
                places.reverse();
            }
            self.draw(Self::MOVE_TO, &places[..1]);
            self.draw(Self::LINE_TO, &places[1..]);
            self.commands.push(Self::CLOSE_PATH | (1 << 3));
        }
    }

    fn draw(&mut self, command: u32, places: &[Place]) {
        // A clipped shape has no more vertices than RING_VERTICES_MAX and the corners, far below 2^29.
        self.commands.push(command | ((places.len() as u32) << 3));
        for place in places {
            // Inside the window: small numbers.
            let zigzag = |step: i64| ((step << 1) ^ (step >> 63)) as u32;
            self.commands.extend([zigzag(place.x - self.cursor.x), zigzag(place.y - self.cursor.y)]);
            self.cursor = *place;
        }
    }
}

struct LayerWriter<'a> {
    name: &'a str,
    room_bytes: usize,
    features: Vec<u8>,
    keys: FxHashMap<&'a str, u64>,
    values: FxHashMap<Value<'a>, u64>,
    /// Keys and values as they are written, in the order of their numbers.
    key_bytes: Vec<u8>,
    value_bytes: Vec<u8>,
}

impl<'a> LayerWriter<'a> {
    /// Room for the lengths and tags of one message, more than it ever needs.
    const FRAME_BYTES: usize = 24;

    fn new(name: &'a str, room_bytes: usize) -> Self {
        Self {
            name,
            room_bytes: room_bytes.saturating_sub(name.len() + 2 * Self::FRAME_BYTES),
            features: Vec::new(),
            keys: FxHashMap::default(),
            values: FxHashMap::default(),
            key_bytes: Vec::new(),
            value_bytes: Vec::new(),
        }
    }

    /// Whether there was room for the feature.
    fn add(&mut self, feature: &Feature<'a>, shape: &Shape) -> bool {
        let mut geometry = Vec::with_capacity(shape.commands.len() * 2);
        shape.commands.iter().for_each(|command| protobuf::varint(&mut geometry, u64::from(*command)));
        let text_bytes = |(key, value): &(&str, Value<'_>)| {
            let value_bytes = if let Value::Text(text) = value { text.len() } else { 0 };
            key.len() + value_bytes + 2 * Self::FRAME_BYTES
        };
        let most =
            geometry.len() + feature.attributes.iter().map(text_bytes).sum::<usize>() + 2 * Self::FRAME_BYTES;
        if self.features.len() + self.key_bytes.len() + self.value_bytes.len() + most > self.room_bytes {
            return false;
        }
        let mut tags = Vec::with_capacity(feature.attributes.len() * 4);
        for (key, value) in feature.attributes {
            let number = self.keys.len() as u64;
            let number = *self.keys.entry(*key).or_insert_with(|| {
                protobuf::bytes(&mut self.key_bytes, 3, key.as_bytes());
                number
            });
            protobuf::varint(&mut tags, number);
            let number = self.values.len() as u64;
            let number = *self.values.entry(*value).or_insert_with(|| {
                let mut message = Vec::new();
                match value {
                    Value::Text(text) => protobuf::bytes(&mut message, 1, text.as_bytes()),
                    Value::Integer(integer) => protobuf::signed(&mut message, 6, *integer),
                }
                protobuf::bytes(&mut self.value_bytes, 4, &message);
                number
            });
            protobuf::varint(&mut tags, number);
        }
        let mut message = Vec::with_capacity(geometry.len() + tags.len() + Self::FRAME_BYTES);
        if let Some(id) = feature.id {
            protobuf::unsigned(&mut message, 1, id);
        }
        if !tags.is_empty() {
            protobuf::bytes(&mut message, 2, &tags);
        }
        protobuf::unsigned(&mut message, 3, shape.kind as u64);
        protobuf::bytes(&mut message, 4, &geometry);
        protobuf::bytes(&mut self.features, 2, &message);
        true
    }

    fn finish(self, tile: &mut Vec<u8>) {
        if self.features.is_empty() {
            return;
        }
        let mut message =
            Vec::with_capacity(self.features.len() + self.key_bytes.len() + self.value_bytes.len() + 64);
        protobuf::unsigned(&mut message, 15, 2);
        protobuf::bytes(&mut message, 1, self.name.as_bytes());
        message.extend_from_slice(&self.features);
        message.extend_from_slice(&self.key_bytes);
        message.extend_from_slice(&self.value_bytes);
        protobuf::unsigned(&mut message, 5, u64::from(EXTENT));
        protobuf::bytes(tile, 3, &message);
    }
}
