//! Shapes of things: points, lines, surfaces in longitude and latitude (CGCS2000), as GeoJSON writes its geometries (RFC 7946). Here is only
//! what data need: form, limits, the box around them. Arithmetic on shapes is the map's.

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Points of one shape at the most.
pub const SHAPE_POINTS_MAX: usize = 20_000;
/// Whole units of a degree in a box: 1 cm and less on the ground.
pub const UNITS_PER_DEGREE: f64 = 10_000_000.0;

/// Longitude and latitude in degrees.
pub type Coordinate = [f64; 2];
/// A closed ring: the last place is the first again.
pub type Ring = Vec<Coordinate>;

/// A place.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename = "Point")]
pub struct Point {
    /// Longitude, latitude.
    pub coordinates: Coordinate,
}

impl Point {
    /// The place at a longitude and a latitude.
    #[must_use]
    pub const fn new(longitude: f64, latitude: f64) -> Self {
        Self { coordinates: [longitude, latitude] }
    }
}

/// A line of two places or more.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename = "LineString")]
pub struct Line {
    /// Its places in order.
    pub coordinates: Vec<Coordinate>,
}

/// A surface of one or several parts, each with its outline and, after it, its holes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename = "MultiPolygon")]
pub struct Surface {
    /// Parts, rings, places.
    pub coordinates: Vec<Vec<Ring>>,
}

/// A shape of any form.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Shape {
    /// A place.
    Point(Point),
    /// A line.
    Line(Line),
    /// A surface.
    Surface(Surface),
}

/// The smallest box around a shape, in whole 1/10,000,000 of a degree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Bounds {
    /// Least longitude.
    pub west: i64,
    /// Least latitude.
    pub south: i64,
    /// Largest longitude.
    pub east: i64,
    /// Largest latitude.
    pub north: i64,
}

impl Bounds {
    /// Around places; none around nothing.
    #[must_use]
    pub fn around(places: impl IntoIterator<Item = Coordinate>) -> Option<Self> {
        places
            .into_iter()
            .map(|[longitude, latitude]| {
                let (x, y) = (
                    (longitude * UNITS_PER_DEGREE).round() as i64,
                    (latitude * UNITS_PER_DEGREE).round() as i64,
                );
                Self { west: x, south: y, east: x, north: y }
            })
            .reduce(Self::with)
    }

    /// Around both.
    #[must_use]
    pub fn with(self, other: Self) -> Self {
        Self {
            west: self.west.min(other.west),
            south: self.south.min(other.south),
            east: self.east.max(other.east),
            north: self.north.max(other.north),
        }
    }
}

impl Point {
    /// The box, which is the place itself.
    #[must_use]
    pub fn bounds(&self) -> Option<Bounds> {
        Bounds::around([self.coordinates])
    }
}

impl Line {
    /// The box around it.
    #[must_use]
    pub fn bounds(&self) -> Option<Bounds> {
        Bounds::around(self.coordinates.iter().copied())
    }
}

impl Surface {
    /// A surface of one part without holes.
    #[must_use]
    pub fn of(ring: Ring) -> Self {
        Self { coordinates: vec![vec![ring]] }
    }

    /// The box around it.
    #[must_use]
    pub fn bounds(&self) -> Option<Bounds> {
        Bounds::around(self.coordinates.iter().flatten().flatten().copied())
    }
}

/// What a geometry is asked to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// [`Point`].
    Point,
    /// [`Line`].
    Line,
    /// [`Surface`].
    Surface,
}

/// Whether a JSON value is a geometry of this form within the limits; the code of what is wrong where it is not.
///
/// # Errors
/// `shape_malformed` (another type, a number missing, an open ring), `shape_too_long`, `shape_outside` (no longitude or latitude).
pub fn check(form: Form, value: &Value) -> Result<(), &'static str> {
    let kind = value.get("type").and_then(Value::as_str);
    let coordinates = value.get("coordinates").ok_or("shape_malformed")?;
    let mut places = 0;
    match (form, kind) {
        (Form::Point, Some("Point")) => place(coordinates),
        (Form::Line, Some("LineString")) => chain(coordinates, 2, &mut places),
        (Form::Surface, Some("MultiPolygon")) => {
            let parts = list(coordinates)?;
            for ring in parts.iter().map(list).collect::<Result<Vec<_>, _>>()?.into_iter().flatten() {
                chain(ring, 4, &mut places)?;
                let ring = list(ring)?;
                if ring.first() != ring.last() {
                    return Err("shape_malformed");
                }
            }
            if parts.is_empty() || places == 0 { Err("shape_malformed") } else { Ok(()) }
        }
        _ => Err("shape_malformed"),
    }
}

/// A single surface as GeoJSON's `Polygon` becomes one of several parts, as it is kept; anything else stays.
#[must_use]
pub fn parted(mut value: Value) -> Value {
    if value.get("type").and_then(Value::as_str) == Some("Polygon")
        && let Some(rings) = value.get_mut("coordinates").map(Value::take)
    {
        return serde_json::json!({ "type": "MultiPolygon", "coordinates": [rings] });
    }
    value
}

fn list(value: &Value) -> Result<&Vec<Value>, &'static str> {
    value.as_array().ok_or("shape_malformed")
}

fn chain(value: &Value, least: usize, places: &mut usize) -> Result<(), &'static str> {
    let chain = list(value)?;
    *places += chain.len();
    if *places > SHAPE_POINTS_MAX {
        return Err("shape_too_long");
    }
    if chain.len() < least {
        return Err("shape_malformed");
    }
    chain.iter().try_for_each(place)
}

fn place(value: &Value) -> Result<(), &'static str> {
    let [longitude, latitude] = list(value)?.as_slice() else { return Err("shape_malformed") };
    let (longitude, latitude) =
        (longitude.as_f64().ok_or("shape_malformed")?, latitude.as_f64().ok_or("shape_malformed")?);
    if longitude.abs() <= 180.0 && latitude.abs() <= 90.0 { Ok(()) } else { Err("shape_outside") }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn shapes_are_checked_and_read() {
        let square = json!([[107.9, 26.5], [108.0, 26.5], [108.0, 26.6], [107.9, 26.5]]);
        let polygon = parted(json!({ "type": "Polygon", "coordinates": [square] }));
        assert_eq!(check(Form::Surface, &polygon), Ok(()));
        let surface: Surface = serde_json::from_value(polygon.clone()).unwrap();
        assert_eq!(serde_json::to_value(&surface).unwrap(), polygon);
        let bounds = surface.bounds().unwrap();
        assert_eq!((bounds.west, bounds.north), (1_079_000_000, 266_000_000));
        let point = json!({ "type": "Point", "coordinates": [107.98, 26.57] });
        assert_eq!(check(Form::Point, &point), Ok(()));
        assert_eq!(serde_json::from_value::<Point>(point.clone()).unwrap(), Point::new(107.98, 26.57));
        for (form, value, code) in [
            (Form::Line, point, "shape_malformed"),
            (Form::Point, json!({ "type": "Point", "coordinates": [26.57, 107.98] }), "shape_outside"),
            (Form::Point, json!({ "type": "Point", "coordinates": [26.57] }), "shape_malformed"),
            (Form::Line, json!({ "type": "LineString", "coordinates": [[1.0, 2.0]] }), "shape_malformed"),
            (Form::Surface, json!({ "type": "MultiPolygon", "coordinates": [] }), "shape_malformed"),
            (
                Form::Surface,
                json!({ "type": "MultiPolygon", "coordinates": [[[[1, 1], [2, 1], [2, 2], [1, 2]]]] }),
                "shape_malformed",
            ),
            (
                Form::Line,
                json!({ "type": "LineString", "coordinates": vec![[1, 1]; SHAPE_POINTS_MAX + 1] }),
                "shape_too_long",
            ),
        ] {
            assert_eq!(check(form, &value), Err(code), "{form:?}");
        }
    }
}
