//! Map features in and out as GeoJSON (RFC 7946): longitude and latitude on WGS 84, in plain nested vectors.
//!
//! The reader is strict where a mistake would put things in the wrong place: it names the feature and says what it
//! suspects (swapped axes, projected metres). What it does not check is whether a ring crosses itself; that is the
//! business of whoever computes with it.

use std::io::Write;

use serde_json::{Map, Value, json};
use thiserror::Error;

use crate::error::DocumentError;

/// Most bytes of a GeoJSON text.
pub const GEOJSON_BYTES_MAX: u64 = 256 * 1024 * 1024;
/// Most features of a file.
pub const FEATURES_MAX: u64 = 1_000_000;
/// Most vertices of a file.
pub const VERTICES_MAX: u64 = 20_000_000;

/// Longitude and latitude in degrees.
pub type Position = [f64; 2];

/// A shape. Rings are closed (the first vertex again as the last); the first ring of a polygon is its outline, the
/// others are holes.
#[derive(Debug, Clone, PartialEq)]
pub enum Shape {
    /// One place.
    Point(Position),
    /// Several places.
    MultiPoint(Vec<Position>),
    /// A line of at least two vertices.
    LineString(Vec<Position>),
    /// Several lines.
    MultiLineString(Vec<Vec<Position>>),
    /// Rings of at least four vertices.
    Polygon(Vec<Vec<Position>>),
    /// Several polygons.
    MultiPolygon(Vec<Vec<Vec<Position>>>),
}

/// A shape with properties.
#[derive(Debug, Clone, PartialEq)]
pub struct Feature {
    /// The file's own id, as text, where it gives one.
    pub id: Option<String>,
    /// The shape.
    pub shape: Shape,
    /// The properties, in the file's order of names as far as JSON keeps one.
    pub properties: Map<String, Value>,
}

/// What is wrong with a feature.
#[derive(Debug, Clone, PartialEq, Error)]
pub enum FeatureFault {
    /// It is not of the form of a feature.
    #[error("not of the form of a feature: {0}")]
    Malformed(&'static str),
    /// It has no geometry, or one without coordinates.
    #[error("there is no geometry")]
    Empty,
    /// A kind of geometry that is not read.
    #[error("geometry of the kind {0} is not read")]
    KindUnknown(String),
    /// A coordinate is no finite number.
    #[error("a coordinate is no number")]
    NotANumber,
    /// The second coordinate is no latitude but would be a longitude.
    #[error("{longitude}, {latitude}: latitude and longitude seem to be swapped")]
    Swapped {
        /// First coordinate.
        longitude: f64,
        /// Second coordinate.
        latitude: f64,
    },
    /// The coordinates are too large for degrees.
    #[error("{x}, {y}: these seem to be projected metres, not longitude and latitude")]
    Projected {
        /// First coordinate.
        x: f64,
        /// Second coordinate.
        y: f64,
    },
    /// A ring's last vertex is not its first.
    #[error("a ring is not closed")]
    RingOpen,
    /// A line has fewer than two vertices, or a ring fewer than four.
    #[error("too few vertices: {vertices}")]
    TooFewVertices {
        /// Vertices found.
        vertices: usize,
    },
}

impl FeatureFault {
    /// The translation key.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Malformed(_) => "feature_malformed",
            Self::Empty => "feature_without_geometry",
            Self::KindUnknown(_) => "feature_kind_unknown",
            Self::NotANumber => "coordinate_not_a_number",
            Self::Swapped { .. } => "coordinates_swapped",
            Self::Projected { .. } => "coordinates_projected",
            Self::RingOpen => "ring_not_closed",
            Self::TooFewVertices { .. } => "too_few_vertices",
        }
    }
}

/// Checks that a pair of numbers can be longitude and latitude.
///
/// # Errors
/// [`FeatureFault`] with what is suspected.
pub fn check_position(position: Position) -> Result<(), FeatureFault> {
    let [x, y] = position;
    if !x.is_finite() || !y.is_finite() {
        return Err(FeatureFault::NotANumber);
    }
    if x.abs() <= 180.0 && y.abs() <= 90.0 {
        return Ok(());
    }
    // A latitude of 90 to 180 beside a possible latitude in the first place: 北纬 and 东经 the wrong way round.
    if x.abs() <= 90.0 && y.abs() <= 180.0 {
        return Err(FeatureFault::Swapped { longitude: x, latitude: y });
    }
    Err(FeatureFault::Projected { x, y })
}

/// Reads a `FeatureCollection`, a single `Feature` or a bare geometry. A byte order mark is passed over; a third
/// coordinate (height) is dropped.
///
/// # Errors
/// [`DocumentError`]: too large, no GeoJSON, or the number and fault of the first wrong feature.
pub fn read(bytes: &[u8]) -> Result<Vec<Feature>, DocumentError> {
    let size = bytes.len() as u64;
    if size > GEOJSON_BYTES_MAX {
        return Err(DocumentError::TooLarge { bytes: size, bytes_max: GEOJSON_BYTES_MAX });
    }
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    if bytes.trim_ascii().is_empty() {
        return Err(DocumentError::Empty);
    }
    let malformed = |cause: String| DocumentError::GeojsonMalformed { cause };
    let document: Value = serde_json::from_slice(bytes).map_err(|error| malformed(error.to_string()))?;
    let Value::Object(mut document) = document else {
        return Err(malformed("the text is JSON, but no object".to_owned()));
    };
    let kind = document.get("type").and_then(Value::as_str).unwrap_or_default().to_owned();
    let members = match kind.as_str() {
        "FeatureCollection" => match document.remove("features") {
            Some(Value::Array(features)) => features,
            _ => return Err(malformed("a FeatureCollection without features".to_owned())),
        },
        "Feature" => vec![Value::Object(document)],
        "" => return Err(malformed("there is no type".to_owned())),
        _ => vec![json!({"type": "Feature", "geometry": document, "properties": {}})],
    };
    if members.len() as u64 > FEATURES_MAX {
        return Err(DocumentError::GeojsonTooMany { what: "features", count_max: FEATURES_MAX });
    }
    let mut vertices = 0;
    members
        .into_iter()
        .zip(1..)
        .map(|(member, feature)| {
            let read = read_feature(member, &mut vertices)
                .map_err(|cause| DocumentError::FeatureInvalid { feature, cause })?;
            if vertices > VERTICES_MAX {
                return Err(DocumentError::GeojsonTooMany { what: "vertices", count_max: VERTICES_MAX });
            }
            Ok(read)
        })
        .collect()
}

fn read_feature(member: Value, vertices: &mut u64) -> Result<Feature, FeatureFault> {
    let Value::Object(mut member) = member else { return Err(FeatureFault::Malformed("no object")) };
    if member.get("type").and_then(Value::as_str) != Some("Feature") {
        return Err(FeatureFault::Malformed("the type is not Feature"));
    }
    let properties = match member.remove("properties") {
        None | Some(Value::Null) => Map::new(),
        Some(Value::Object(properties)) => properties,
        Some(_) => return Err(FeatureFault::Malformed("the properties are no object")),
    };
    let id = match member.remove("id") {
        Some(Value::String(id)) => Some(id),
        Some(Value::Number(id)) => Some(id.to_string()),
        None | Some(Value::Null) => None,
        Some(_) => return Err(FeatureFault::Malformed("the id is neither text nor number")),
    };
    let geometry = match member.remove("geometry") {
        Some(Value::Object(geometry)) => geometry,
        None | Some(Value::Null) => return Err(FeatureFault::Empty),
        Some(_) => return Err(FeatureFault::Malformed("the geometry is no object")),
    };
    let kind = geometry.get("type").and_then(Value::as_str).unwrap_or_default();
    let coordinates = geometry.get("coordinates").unwrap_or(&Value::Null);
    let shape = match kind {
        "Point" => {
            if coordinates.as_array().is_none_or(Vec::is_empty) {
                return Err(FeatureFault::Empty);
            }
            *vertices += 1;
            Shape::Point(position(coordinates)?)
        }
        "MultiPoint" => Shape::MultiPoint(positions(coordinates, vertices)?),
        "LineString" => Shape::LineString(line(coordinates, vertices)?),
        "MultiLineString" => Shape::MultiLineString(each(coordinates, |part| line(part, vertices))?),
        "Polygon" => Shape::Polygon(each(coordinates, |part| ring(part, vertices))?),
        "MultiPolygon" => {
            Shape::MultiPolygon(each(coordinates, |polygon| each(polygon, |part| ring(part, vertices)))?)
        }
        "" => return Err(FeatureFault::Malformed("the geometry has no type")),
        other => return Err(FeatureFault::KindUnknown(other.chars().take(40).collect())),
    };
    Ok(Feature { id, shape, properties })
}

fn each<T>(
    value: &Value,
    read: impl FnMut(&Value) -> Result<T, FeatureFault>,
) -> Result<Vec<T>, FeatureFault> {
    match value {
        Value::Array(parts) if !parts.is_empty() => parts.iter().map(read).collect(),
        Value::Array(_) | Value::Null => Err(FeatureFault::Empty),
        _ => Err(FeatureFault::Malformed("the coordinates are not nested as the type asks")),
    }
}

fn positions(value: &Value, vertices: &mut u64) -> Result<Vec<Position>, FeatureFault> {
    let read = each(value, position)?;
    *vertices += read.len() as u64;
    Ok(read)
}

fn position(value: &Value) -> Result<Position, FeatureFault> {
    match value.as_array().map(Vec::as_slice) {
        Some([x, y, ..]) => {
            let number = |value: &Value| value.as_f64().ok_or(FeatureFault::NotANumber);
            let position = [number(x)?, number(y)?];
            check_position(position)?;
            Ok(position)
        }
        _ => Err(FeatureFault::Malformed("the coordinates are not nested as the type asks")),
    }
}

fn line(value: &Value, vertices: &mut u64) -> Result<Vec<Position>, FeatureFault> {
    let line = positions(value, vertices)?;
    if line.len() < 2 { Err(FeatureFault::TooFewVertices { vertices: line.len() }) } else { Ok(line) }
}

fn ring(value: &Value, vertices: &mut u64) -> Result<Vec<Position>, FeatureFault> {
    let ring = positions(value, vertices)?;
    if ring.first() != ring.last() {
        return Err(FeatureFault::RingOpen);
    }
    if ring.len() < 4 { Err(FeatureFault::TooFewVertices { vertices: ring.len() }) } else { Ok(ring) }
}

impl Shape {
    /// The geometry as a GeoJSON object.
    #[must_use]
    pub fn to_json(&self) -> Value {
        match self {
            Self::Point(at) => json!({"type": "Point", "coordinates": at}),
            Self::MultiPoint(points) => json!({"type": "MultiPoint", "coordinates": points}),
            Self::LineString(line) => json!({"type": "LineString", "coordinates": line}),
            Self::MultiLineString(lines) => json!({"type": "MultiLineString", "coordinates": lines}),
            Self::Polygon(rings) => json!({"type": "Polygon", "coordinates": rings}),
            Self::MultiPolygon(polygons) => json!({"type": "MultiPolygon", "coordinates": polygons}),
        }
    }
}

/// Writes a `FeatureCollection`, one feature a line, without holding more than one feature.
///
/// # Errors
/// [`DocumentError::Unwritable`] from the target.
pub fn write(
    target: &mut impl Write,
    features: impl IntoIterator<Item = Feature>,
) -> Result<(), DocumentError> {
    let mut writer = FeatureWriter::new(target)?;
    for feature in features {
        writer.write(feature.id.as_deref(), Some(&feature.shape), feature.properties)?;
    }
    writer.finish()
}

/// Writes a `FeatureCollection` feature by feature, one a line.
pub struct FeatureWriter<'a, W: Write> {
    target: &'a mut W,
    written: u64,
}

impl<'a, W: Write> FeatureWriter<'a, W> {
    /// Starts the collection.
    ///
    /// # Errors
    /// [`DocumentError::Unwritable`] from the target.
    pub fn new(target: &'a mut W) -> Result<Self, DocumentError> {
        let mut writer = Self { target, written: 0 };
        writer.put("{\"type\":\"FeatureCollection\",\"features\":[")?;
        Ok(writer)
    }

    fn put(&mut self, text: &str) -> Result<(), DocumentError> {
        self.target.write_all(text.as_bytes()).map_err(DocumentError::Unwritable)
    }

    /// Writes a feature; one without a shape has the geometry `null` (RFC 7946 section 3.2).
    ///
    /// # Errors
    /// [`DocumentError::Unwritable`] from the target.
    pub fn write(
        &mut self,
        id: Option<&str>,
        shape: Option<&Shape>,
        properties: Map<String, Value>,
    ) -> Result<(), DocumentError> {
        self.put(if self.written == 0 { "\n" } else { ",\n" })?;
        self.written += 1;
        let mut member = Map::new();
        member.insert("type".to_owned(), "Feature".into());
        if let Some(id) = id {
            member.insert("id".to_owned(), id.into());
        }
        member.insert("geometry".to_owned(), shape.map_or(Value::Null, Shape::to_json));
        member.insert("properties".to_owned(), Value::Object(properties));
        self.put(&Value::Object(member).to_string())
    }

    /// Ends the collection.
    ///
    /// # Errors
    /// [`DocumentError::Unwritable`] from the target.
    pub fn finish(mut self) -> Result<(), DocumentError> {
        self.put("\n]}\n")?;
        self.target.flush().map_err(DocumentError::Unwritable)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn fault(geometry: &str) -> (u64, &'static str) {
        let good = r#"{"type":"Feature","properties":null,"geometry":{"type":"Point","coordinates":[107.98,26.58]}}"#;
        let text = format!(
            r#"{{"type":"FeatureCollection","features":[{good},{{"type":"Feature","properties":{{}},"geometry":{geometry}}}]}}"#
        );
        match read(text.as_bytes()) {
            Err(DocumentError::FeatureInvalid { feature, cause }) => (feature, cause.code()),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_wrong_feature_is_named_with_its_cause() {
        let cases = [
            (r#"{"type":"Point","coordinates":[26.58,107.98]}"#, "coordinates_swapped"),
            (r#"{"type":"Point","coordinates":[598000.5,2940000.0]}"#, "coordinates_projected"),
            (r#"{"type":"Point","coordinates":["NaN",26.5]}"#, "coordinate_not_a_number"),
            (r#"{"type":"Point","coordinates":[]}"#, "feature_without_geometry"),
            ("null", "feature_without_geometry"),
            (r#"{"type":"Polygon","coordinates":[]}"#, "feature_without_geometry"),
            (
                r#"{"type":"Polygon","coordinates":[[[107,26],[108,26],[108,27],[107,27]]]}"#,
                "ring_not_closed",
            ),
            (r#"{"type":"Polygon","coordinates":[[[107,26],[108,26],[107,26]]]}"#, "too_few_vertices"),
            (r#"{"type":"LineString","coordinates":[[107,26]]}"#, "too_few_vertices"),
            (r#"{"type":"Polygon","coordinates":[[107,26],[108,26]]}"#, "feature_malformed"),
            (r#"{"type":"Circle","coordinates":[107,26]}"#, "feature_kind_unknown"),
        ];
        for (geometry, code) in cases {
            assert_eq!(fault(geometry), (2, code), "{geometry}");
        }
    }

    #[test]
    fn what_is_no_geojson_is_said() {
        for text in ["{", "[]", "{}", r#"{"type":"FeatureCollection"}"#] {
            assert!(matches!(read(text.as_bytes()), Err(DocumentError::GeojsonMalformed { .. })), "{text}");
        }
        assert!(matches!(read(b" \n"), Err(DocumentError::Empty)));
        let deep = "[".repeat(100_000);
        assert!(matches!(read(deep.as_bytes()), Err(DocumentError::GeojsonMalformed { .. })));
    }

    #[test]
    fn features_come_back_as_they_were_written() {
        let ring = vec![[107.9, 26.5], [108.0, 26.5], [108.0, 26.6], [107.9, 26.5]];
        let shapes = [
            Shape::Point([107.98, 26.58]),
            Shape::MultiPoint(vec![[107.98, 26.58], [108.0, 26.0]]),
            Shape::LineString(vec![[107.98, 26.58], [108.0, 26.0]]),
            Shape::MultiLineString(vec![vec![[107.98, 26.58], [108.0, 26.0]]]),
            Shape::Polygon(vec![ring.clone()]),
            Shape::MultiPolygon(vec![vec![ring.clone()], vec![ring]]),
        ];
        let features: Vec<Feature> = shapes
            .into_iter()
            .enumerate()
            .map(|(index, shape)| {
                let properties = Map::from_iter([("名称".to_owned(), json!(format!("单元网格{index}")))]);
                Feature { id: (index > 0).then(|| index.to_string()), shape, properties }
            })
            .collect();
        let mut bytes = Vec::new();
        write(&mut bytes, features.clone()).expect("writes");
        assert_eq!(read(&bytes).expect("reads"), features);
    }

    proptest! {
        #[test]
        fn garbage_never_panics(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
            let _ = read(&bytes);
        }

        #[test]
        fn positions_keep_every_bit(longitude in -180.0..=180.0, latitude in -90.0..=90.0) {
            let feature = Feature { id: None, shape: Shape::Point([longitude, latitude]), properties: Map::new() };
            let mut bytes = Vec::new();
            write(&mut bytes, [feature.clone()]).expect("writes");
            prop_assert_eq!(read(&bytes).expect("reads"), vec![feature]);
        }
    }
}
