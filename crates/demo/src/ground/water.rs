//! Rivers, a brook through the town, lakes in parks and a reservoir.

use map::geometry::{Geometry, LineString, Polygon};

use super::{
    Feature,
    border::{Borders, positions, ring},
    land::{Land, WayKind},
    plane::Point,
    register::Entry,
};
use crate::error::DemoError;

/// Villages with a reservoir: the last six digits of the code, its name.
const RESERVOIRS: [(&str, &str, &str); 2] =
    [("101205", "里禾水库", "Lihe Reservoir"), ("007223", "挂丁水库", "Guading Reservoir")];
/// How much of the way from the middle to the border of its site a reservoir fills.
const FILLED: f64 = 0.62;
/// Rounds in which the corners of a shore are cut.
const ROUNDED: usize = 2;

/// Everything of the layer `water` but the lakes of parks.
pub(super) fn water(
    land: &Land,
    borders: &Borders<'_>,
    communities: &[Entry],
) -> Result<Vec<Feature>, DemoError> {
    let mut water = Vec::new();
    for way in &land.ways {
        let (code, name_zh, name_en, zoom_min) = match way.kind {
            WayKind::River => ("river-1", "清水江", "Qingshui River", 6),
            WayKind::Tributary => ("river-2", "巴拉河", "Bala River", 8),
            WayKind::Brook => ("river-3", "洗马河", "Xima River", 11),
            WayKind::Trunk(_) | WayKind::Lane(_) => continue,
        };
        let line = LineString::new(positions(&borders.line(&way.corners)))?;
        water.push(feature(code, name_zh, name_en, Geometry::LineString(line), zoom_min));
    }
    for (number, (code, name_zh, name_en)) in RESERVOIRS.iter().enumerate() {
        let middle = communities
            .iter()
            .position(|entry| entry.code.ends_with(code))
            .and_then(|index| land.settled[index].middle);
        let Some(site) = middle else { continue };
        let shore = rounded(&land.corners_around(site), land.mesh.sites[site], FILLED);
        water.push(feature(&format!("reservoir-{}", number + 1), name_zh, name_en, area(&shore)?, 10));
    }
    Ok(water)
}

/// The shape drawn together toward a middle, its corners cut.
pub(super) fn rounded(corners: &[Point], middle: Point, part: f64) -> Vec<Point> {
    let mut shape: Vec<Point> = corners.iter().map(|corner| middle.toward(*corner, part)).collect();
    for _ in 0..ROUNDED {
        let next = shape.iter().cycle().skip(1);
        shape = shape
            .iter()
            .zip(next)
            .flat_map(|(from, to)| [from.toward(*to, 0.25), from.toward(*to, 0.75)])
            .collect();
    }
    shape
}

pub(super) fn area(points: &[Point]) -> Result<Geometry, DemoError> {
    Ok(Geometry::Polygon(Polygon { outer: ring(points)?, holes: Vec::new() }))
}

pub(super) fn feature(code: &str, name_zh: &str, name_en: &str, geometry: Geometry, zoom_min: u8) -> Feature {
    Feature {
        layer: "water".to_owned(),
        code: code.to_owned(),
        name_zh: name_zh.to_owned(),
        name_en: name_en.to_owned(),
        geometry,
        zoom_min,
    }
}
