//! Layers of the map from GeoJSON: cells of the grid, borders of divisions and of the city, and what the base map shows.

use documents::geojson::{self, Shape};
use kernel::{error::Coded as _, time::Moment};
use map::{
    error::MapError,
    geometry::{Geometry, LineString, MultiPolygon, Polygon, Position, Ring},
};
use serde_json::{Map, Value};

use super::Loaded;
use crate::{
    cell::Cell, city::City, dictionary::FieldFault, division::Division, error::GovernanceError,
    feature::Feature, handbook::AreaClass, view::View,
};

/// The rows of a layer, by what it is.
#[derive(Debug)]
pub enum LayerRows {
    /// Layer `cell`: cells of the grid.
    Cells(Loaded<Cell>),
    /// Layer `division`: divisions that have their border now.
    Divisions(Loaded<Division>),
    /// Layer `boundary`: the city with its border.
    Boundary(Loaded<City>),
    /// Any other layer: the base map.
    Features(Loaded<Feature>),
}

/// Reads a layer from GeoJSON. Properties: `code`, `name`, `name_en`; for cells also `area_class` (A, B, C) and `unit`. `edition` names the
/// grid's edition, in force from a moment.
///
/// # Errors
/// `table_unreadable` with the first wrong feature.
pub fn layer(
    bytes: &[u8],
    name: &str,
    view: &View,
    edition: &str,
    valid_from: Option<Moment>,
) -> Result<LayerRows, GovernanceError> {
    let features = geojson::read(bytes)
        .map_err(|error| GovernanceError::TableUnreadable { reason: error.to_string() })?;
    let shapes = features.into_iter().enumerate().map(|(place, feature)| {
        let number = u32::try_from(place + 1).unwrap_or(u32::MAX);
        (number, geometry(feature.shape), feature.properties)
    });
    Ok(match name {
        "cell" => LayerRows::Cells(loaded(shapes, |_, area, properties| {
            let class = match text(properties, "area_class").as_str() {
                "A" => Some(AreaClass::A),
                "B" => Some(AreaClass::B),
                "C" => Some(AreaClass::C),
                _ => None,
            };
            Ok(Cell {
                code: text(properties, "code"),
                edition: edition.to_owned(),
                area: area_of(area)?,
                area_class: class,
                unit: Some(text(properties, "unit")).filter(|unit| !unit.is_empty()),
                valid_from,
                valid_to: None,
            })
        })),
        "division" => LayerRows::Divisions(loaded(shapes, |_, area, properties| {
            let mut division =
                view.divisions.get(&text(properties, "code")).cloned().ok_or("division_unknown")?;
            division.boundary = Some(area_of(area)?);
            Ok(division)
        })),
        "boundary" => LayerRows::Boundary(loaded(shapes, |_, area, _| {
            let mut city = view.city.clone();
            city.boundary = Some(area_of(area)?);
            Ok(city)
        })),
        _ => LayerRows::Features(loaded(shapes, |number, geometry, properties| {
            let code = Some(text(properties, "code")).filter(|code| !code.is_empty());
            Ok(Feature {
                layer: name.to_owned(),
                code: code.unwrap_or_else(|| number.to_string()),
                name: text(properties, "name"),
                name_en: text(properties, "name_en"),
                geometry,
                zoom_min: 0,
            })
        })),
    })
}

fn text(properties: &Map<String, Value>, name: &str) -> String {
    match properties.get(name) {
        Some(Value::String(text)) => text.trim().to_owned(),
        Some(Value::Number(number)) => number.to_string(),
        _ => String::new(),
    }
}

type Shaped = (u32, Result<Geometry, &'static str>, Map<String, Value>);

fn loaded<R>(
    shapes: impl Iterator<Item = Shaped>,
    row: impl Fn(u32, Geometry, &Map<String, Value>) -> Result<R, &'static str>,
) -> Loaded<R> {
    let mut loaded = Loaded::default();
    for (number, geometry, properties) in shapes {
        match geometry.and_then(|geometry| row(number, geometry, &properties)) {
            Ok(row) => loaded.rows.push((number, row)),
            Err(code) => {
                let fault = FieldFault::new(
                    "geometry",
                    &text(&properties, "code"),
                    code,
                    "the feature cannot be taken".to_owned(),
                    "correct the feature in the program that drew it",
                );
                loaded.report.refuse([fault.at("", number)]);
            }
        }
    }
    loaded
}

fn area_of(geometry: Geometry) -> Result<MultiPolygon, &'static str> {
    geometry.into_area().ok_or("area_missing")
}

fn positions(line: Vec<[f64; 2]>) -> Vec<Position> {
    line.into_iter().map(|[lon, lat]| Position { lon, lat }).collect()
}

fn polygon(rings: Vec<Vec<[f64; 2]>>) -> Result<Polygon, MapError> {
    let rings: Vec<Ring> =
        rings.into_iter().map(|ring| Ring::new(positions(ring))).collect::<Result<_, _>>()?;
    Polygon::try_from(rings)
}

fn geometry(shape: Shape) -> Result<Geometry, &'static str> {
    let shaped = match shape {
        Shape::Point([lon, lat]) => Position::new(lon, lat).map(Geometry::Point),
        Shape::LineString(line) => LineString::new(positions(line)).map(Geometry::LineString),
        Shape::Polygon(rings) => polygon(rings).map(Geometry::Polygon),
        Shape::MultiPolygon(polygons) => polygons
            .into_iter()
            .map(polygon)
            .collect::<Result<_, _>>()
            .map(|polygons| Geometry::MultiPolygon(MultiPolygon(polygons))),
        Shape::MultiPoint(_) | Shape::MultiLineString(_) => return Err("feature_kind_unknown"),
    };
    shaped.map_err(|error| error.code())
}
