//! `wuhua map locate`: which cell each point is in, file to file, without a city.

use std::{
    fs,
    io::{BufWriter, Write as _},
    path::Path,
};

use anyhow::{Context as _, Result, bail};
use documents::{
    geojson::{self, Shape},
    points::PointReader,
    table::TableFile,
};
use map::{
    geometry::{MultiPolygon, Polygon, Position, Ring},
    locate::CellIndex,
};

use crate::folder;

/// Properties that may name a cell, the likeliest first.
const NAMES: [&str; 3] = ["code", "id", "name"];

fn polygon(rings: Vec<Vec<[f64; 2]>>) -> Result<Polygon> {
    let mut rings = rings.into_iter().map(|ring| {
        let positions = ring.into_iter().map(|[lon, lat]| Position { lon, lat }).collect();
        Ring::new(positions).map_err(anyhow::Error::from)
    });
    let outer = rings.next().context("a polygon without a ring")??;
    Ok(Polygon { outer, holes: rings.collect::<Result<_>>()? })
}

fn read_cells(path: &Path) -> Result<Vec<(String, MultiPolygon)>> {
    let bytes = fs::read(path).with_context(|| path.display().to_string())?;
    let features = geojson::read(&bytes).with_context(|| path.display().to_string())?;
    let mut cells = Vec::with_capacity(features.len());
    for (place, feature) in features.into_iter().enumerate() {
        let number = place + 1;
        let named = || format!("{}: feature {number}", path.display());
        let area = match feature.shape {
            Shape::Polygon(rings) => MultiPolygon(vec![polygon(rings).with_context(named)?]),
            Shape::MultiPolygon(polygons) => {
                MultiPolygon(polygons.into_iter().map(polygon).collect::<Result<_>>().with_context(named)?)
            }
            _ => bail!("{}: a cell is a polygon; remove it or draw its area", named()),
        };
        let name = NAMES.iter().find_map(|name| match feature.properties.get(*name) {
            Some(serde_json::Value::String(text)) => Some(text.clone()),
            Some(serde_json::Value::Number(number)) => Some(number.to_string()),
            _ => None,
        });
        cells.push((name.unwrap_or_else(|| number.to_string()), area));
    }
    Ok(cells)
}

/// Reads both files, locates, and writes `row,cell` for each point; a point without a position or outside has no cell.
pub(crate) fn run(cells: &Path, points: &Path, output: Option<&Path>, json: bool) -> Result<()> {
    let cells = read_cells(cells)?;
    let index = CellIndex::build(&cells).context("the cells")?;
    let mut file = TableFile::open(points).with_context(|| points.display().to_string())?;
    let mut reader = PointReader::new(&mut file).with_context(|| points.display().to_string())?;
    let mut writer = match output {
        Some(path) => {
            let mut writer =
                BufWriter::new(fs::File::create(path).with_context(|| path.display().to_string())?);
            writeln!(writer, "row,cell")?;
            Some(writer)
        }
        None => None,
    };
    let (mut inside, mut outside, mut faults) = (0_u64, 0_u64, 0_u64);
    while let Some((row, point)) = reader.next_point()? {
        let found = match point {
            Ok([lon, lat]) => index.locate(Position { lon, lat }),
            Err(fault) => {
                faults += 1;
                folder::say(&format!("row {}: {} ({fault})", row.number(), fault.code()));
                None
            }
        };
        let cell = found.and_then(|place| cells.get(place as usize));
        if cell.is_some() {
            inside += 1;
        } else {
            outside += 1;
        }
        if let Some(writer) = &mut writer {
            // A comma or quote in a name must not make a column of its own.
            let name = cell.map_or("", |(name, _)| name.as_str());
            let quoted = if name.contains([',', '"', '\n']) {
                format!("\"{}\"", name.replace('"', "\"\""))
            } else {
                name.to_owned()
            };
            writeln!(writer, "{},{quoted}", row.number())?;
        }
    }
    if let Some(mut writer) = writer {
        writer.flush()?;
    }
    let points = inside + outside;
    if json {
        let answer = serde_json::json!({ "points": points, "inside": inside, "outside": outside, "cells": cells.len() });
        return folder::result(&answer.to_string());
    }
    folder::result(&format!(
        "{points} points: {inside} inside, {outside} outside ({faults} without a position), {} cells",
        cells.len()
    ))
}
