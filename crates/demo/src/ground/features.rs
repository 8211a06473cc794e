//! The base map put together.

use map::geometry::Geometry;

use super::{
    Feature, LandmarkKind,
    blocks::{blocks, park},
    border::Borders,
    land::Land,
    landmarks::{Placed, park_meshes},
    register::Entry,
    roads::roads,
    water,
};
use crate::error::DemoError;

/// How much of a park a lake fills, and in which part of the parks there is one: every so many.
const LAKE_PART: f64 = 0.62;
const LAKE_EVERY: usize = 2;

/// Roads, water, parks, blocks, landmarks.
pub(super) fn features(
    seed: u64,
    land: &Land,
    borders: &Borders<'_>,
    communities: &[Entry],
    places: &[Placed],
) -> Result<Vec<Feature>, DemoError> {
    let mut features = roads(seed, land, borders, communities)?;
    features.extend(water::water(land, borders, communities)?);
    let mut open = Vec::new();
    let mut parks = 0;
    for place in places {
        let (landmark, Some(mesh)) = (&place.landmark, place.mesh) else { continue };
        if !matches!(landmark.kind, LandmarkKind::Park | LandmarkKind::Square) {
            continue;
        }
        if landmark.kind != LandmarkKind::Park {
            open.push(mesh);
            continue;
        }
        open.extend(park_meshes(mesh));
        parks += 1;
        features.push(Feature {
            layer: "park".to_owned(),
            code: format!("park-{parks:02}"),
            name_zh: landmark.name_zh.clone(),
            name_en: landmark.name_en.clone(),
            geometry: park(land, mesh)?,
            zoom_min: 12,
        });
        if parks % LAKE_EVERY == 0 {
            // Not where the park's name stands.
            let corner = |across, down| land.lattice.inside(mesh.0 + 1, mesh.1 + 1, across, down);
            let shore = [corner(0.0, 1.0), corner(1.0, 1.0), corner(1.0, 0.0), corner(0.0, 0.0)];
            let shore = water::rounded(&shore, corner(0.5, 0.5), LAKE_PART);
            let code = format!("lake-{parks:02}");
            features.push(water::feature(&code, "", "", water::area(&shore)?, 13));
        }
    }
    features.extend(blocks(seed, land, &open)?);
    features.extend(places.iter().enumerate().map(|(number, place)| Feature {
        layer: "landmark".to_owned(),
        code: format!("landmark-{:03}", number + 1),
        name_zh: place.landmark.name_zh.clone(),
        name_en: place.landmark.name_en.clone(),
        geometry: Geometry::Point(place.landmark.position),
        zoom_min: 14,
    }));
    Ok(features)
}
