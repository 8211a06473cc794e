//! Positions and shapes, with the layout of GeoJSON (RFC 7946 section 3.1) when read or written.
//!
//! What is checked: numbers finite and on the globe, rings of three distinct positions at least, lines of two, and a limit on
//! their length. What is not: whether borders cross; the import of a grid checks that apart.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::error::MapError;

#[cfg(test)]
mod tests;

/// The most positions that one ring or line may have.
pub const RING_VERTICES_MAX: usize = 500_000;

/// A place: degrees, CGCS2000. In GeoJSON `[lon, lat]`; a height behind them is read and dropped.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Position {
    /// Degrees east of Greenwich, -180 to 180.
    pub lon: f64,
    /// Degrees north of the equator, -90 to 90.
    pub lat: f64,
}

impl Position {
    /// A checked position.
    ///
    /// # Errors
    /// [`MapError::PositionNotFinite`], [`MapError::PositionOutOfRange`].
    pub fn new(lon: f64, lat: f64) -> Result<Self, MapError> {
        let position = Self { lon, lat };
        position.check()?;
        Ok(position)
    }

    /// Checks that both numbers are finite and on the globe.
    ///
    /// # Errors
    /// [`MapError::PositionNotFinite`], [`MapError::PositionOutOfRange`].
    pub fn check(self) -> Result<(), MapError> {
        if !self.lon.is_finite() || !self.lat.is_finite() {
            return Err(MapError::PositionNotFinite);
        }
        if self.lon.abs() > 180.0 || self.lat.abs() > 90.0 {
            return Err(MapError::PositionOutOfRange { lon: self.lon, lat: self.lat });
        }
        Ok(())
    }
}

impl Serialize for Position {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        [self.lon, self.lat].serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Position {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;

        impl<'de> de::Visitor<'de> for Visitor {
            type Value = Position;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("a position [longitude, latitude]")
            }

            fn visit_seq<A: de::SeqAccess<'de>>(self, mut sequence: A) -> Result<Position, A::Error> {
                let lon = sequence.next_element()?.ok_or_else(|| de::Error::invalid_length(0, &self))?;
                let lat = sequence.next_element()?.ok_or_else(|| de::Error::invalid_length(1, &self))?;
                while sequence.next_element::<de::IgnoredAny>()?.is_some() {}
                Position::new(lon, lat).map_err(de::Error::custom)
            }
        }

        deserializer.deserialize_seq(Visitor)
    }
}

/// A box along meridians and parallels; never over the 180th meridian.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct BoundingBox {
    /// Least longitude, degrees.
    pub west: f64,
    /// Least latitude, degrees.
    pub south: f64,
    /// Greatest longitude, degrees.
    pub east: f64,
    /// Greatest latitude, degrees.
    pub north: f64,
}

impl BoundingBox {
    /// A checked box; it may have no width or height.
    ///
    /// # Errors
    /// [`MapError::PositionNotFinite`], [`MapError::PositionOutOfRange`], [`MapError::BoxInverted`].
    pub fn new(west: f64, south: f64, east: f64, north: f64) -> Result<Self, MapError> {
        Position::new(west, south)?;
        Position::new(east, north)?;
        if west > east || south > north {
            return Err(MapError::BoxInverted);
        }
        Ok(Self { west, south, east, north })
    }

    /// The smallest box around the positions; none around none.
    #[must_use]
    pub fn around<'a>(positions: impl IntoIterator<Item = &'a Position>) -> Option<Self> {
        positions.into_iter().fold(None, |bounds: Option<Self>, position| {
            Some(match bounds {
                None => {
                    Self { west: position.lon, south: position.lat, east: position.lon, north: position.lat }
                }
                Some(bounds) => Self {
                    west: bounds.west.min(position.lon),
                    south: bounds.south.min(position.lat),
                    east: bounds.east.max(position.lon),
                    north: bounds.north.max(position.lat),
                },
            })
        })
    }

    /// Whether the position is inside or on the border.
    #[must_use]
    pub fn contains(&self, position: Position) -> bool {
        (self.west..=self.east).contains(&position.lon) && (self.south..=self.north).contains(&position.lat)
    }

    /// Whether the boxes share a position.
    #[must_use]
    pub fn meets(&self, other: &Self) -> bool {
        self.west <= other.east
            && other.west <= self.east
            && self.south <= other.north
            && other.south <= self.north
    }

    /// The middle, in degrees.
    #[must_use]
    pub fn center(&self) -> Position {
        Position { lon: f64::midpoint(self.west, self.east), lat: f64::midpoint(self.south, self.north) }
    }
}

/// A closed line of at least three distinct positions, in either direction. Kept without the repeated last position, which is
/// added in GeoJSON.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Vec<Position>", into = "Vec<Position>")]
pub struct Ring(Vec<Position>);

impl Ring {
    /// A checked ring; the last position may repeat the first or not.
    ///
    /// # Errors
    /// [`MapError::PositionNotFinite`], [`MapError::PositionOutOfRange`], [`MapError::RingTooLong`],
    /// [`MapError::RingTooFewPositions`].
    pub fn new(mut positions: Vec<Position>) -> Result<Self, MapError> {
        check_positions(&positions)?;
        if positions.len() > 1 && positions.first() == positions.last() {
            positions.pop();
        }
        let first = positions.first();
        let second = positions.iter().find(|position| Some(*position) != first);
        let third = positions.iter().find(|position| Some(*position) != first && Some(*position) != second);
        if third.is_none() {
            return Err(MapError::RingTooFewPositions);
        }
        Ok(Self(positions))
    }

    /// The positions, the first not repeated at the end.
    #[must_use]
    pub fn positions(&self) -> &[Position] {
        &self.0
    }

    /// The edges, each from one position to the next, the last back to the first.
    pub fn edges(&self) -> impl Iterator<Item = (Position, Position)> + '_ {
        self.0.iter().copied().zip(self.0.iter().copied().cycle().skip(1))
    }
}

impl TryFrom<Vec<Position>> for Ring {
    type Error = MapError;

    fn try_from(positions: Vec<Position>) -> Result<Self, MapError> {
        Self::new(positions)
    }
}

impl From<Ring> for Vec<Position> {
    fn from(ring: Ring) -> Self {
        let mut positions = ring.0;
        positions.extend(positions.first().copied());
        positions
    }
}

/// An outer ring and the holes in it. In GeoJSON an array of rings, the outer one first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Vec<Ring>", into = "Vec<Ring>")]
pub struct Polygon {
    /// The border.
    pub outer: Ring,
    /// What is not part of it.
    pub holes: Vec<Ring>,
}

impl Polygon {
    /// All rings, the outer one first.
    pub fn rings(&self) -> impl Iterator<Item = &Ring> {
        std::iter::once(&self.outer).chain(&self.holes)
    }
}

impl TryFrom<Vec<Ring>> for Polygon {
    type Error = MapError;

    fn try_from(rings: Vec<Ring>) -> Result<Self, MapError> {
        let mut rings = rings.into_iter();
        let outer = rings.next().ok_or(MapError::RingTooFewPositions)?;
        Ok(Self { outer, holes: rings.collect() })
    }
}

impl From<Polygon> for Vec<Ring> {
    fn from(polygon: Polygon) -> Self {
        std::iter::once(polygon.outer).chain(polygon.holes).collect()
    }
}

/// An area: any number of polygons.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct MultiPolygon(pub Vec<Polygon>);

impl MultiPolygon {
    /// All rings of all polygons.
    pub fn rings(&self) -> impl Iterator<Item = &Ring> {
        self.0.iter().flat_map(Polygon::rings)
    }

    /// The smallest box around it; none if it is empty.
    #[must_use]
    pub fn bounds(&self) -> Option<BoundingBox> {
        BoundingBox::around(self.0.iter().flat_map(|polygon| polygon.outer.positions()))
    }

    /// The same as plain data: rings end where they begin.
    #[must_use]
    pub fn surface(&self) -> kernel::shape::Surface {
        let ring = |ring: &Ring| {
            let positions = ring.positions();
            positions.iter().chain(positions.first()).map(|at| [at.lon, at.lat]).collect()
        };
        let coordinates = self.0.iter().map(|polygon| polygon.rings().map(ring).collect());
        kernel::shape::Surface { coordinates: coordinates.collect() }
    }
}

impl From<Polygon> for MultiPolygon {
    fn from(polygon: Polygon) -> Self {
        Self(vec![polygon])
    }
}

/// A line of at least two distinct positions.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Vec<Position>", into = "Vec<Position>")]
pub struct LineString(Vec<Position>);

impl LineString {
    /// A checked line.
    ///
    /// # Errors
    /// [`MapError::PositionNotFinite`], [`MapError::PositionOutOfRange`], [`MapError::RingTooLong`],
    /// [`MapError::LineTooFewPositions`].
    pub fn new(positions: Vec<Position>) -> Result<Self, MapError> {
        check_positions(&positions)?;
        if positions.iter().all(|position| Some(position) == positions.first()) {
            return Err(MapError::LineTooFewPositions);
        }
        Ok(Self(positions))
    }

    /// The positions.
    #[must_use]
    pub fn positions(&self) -> &[Position] {
        &self.0
    }
}

impl TryFrom<Vec<Position>> for LineString {
    type Error = MapError;

    fn try_from(positions: Vec<Position>) -> Result<Self, MapError> {
        Self::new(positions)
    }
}

impl From<LineString> for Vec<Position> {
    fn from(line: LineString) -> Self {
        line.0
    }
}

/// Any shape that the city keeps, as a GeoJSON geometry object.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", content = "coordinates")]
pub enum Geometry {
    /// One place.
    Point(Position),
    /// A line.
    LineString(LineString),
    /// A polygon.
    Polygon(Polygon),
    /// An area of several polygons.
    MultiPolygon(MultiPolygon),
}

impl Geometry {
    /// The smallest box around it; none around an area of no polygons.
    #[must_use]
    pub fn bounds(&self) -> Option<BoundingBox> {
        match self {
            Self::Point(position) => BoundingBox::around([position]),
            Self::LineString(line) => BoundingBox::around(line.positions()),
            Self::Polygon(polygon) => BoundingBox::around(polygon.outer.positions()),
            Self::MultiPolygon(area) => area.bounds(),
        }
    }

    /// The area, if this is a polygon or several.
    #[must_use]
    pub fn into_area(self) -> Option<MultiPolygon> {
        match self {
            Self::Polygon(polygon) => Some(polygon.into()),
            Self::MultiPolygon(area) => Some(area),
            Self::Point(_) | Self::LineString(_) => None,
        }
    }
}

fn check_positions(positions: &[Position]) -> Result<(), MapError> {
    if positions.len() > RING_VERTICES_MAX {
        return Err(MapError::RingTooLong { vertices: positions.len() });
    }
    positions.iter().try_for_each(|position| position.check())
}
