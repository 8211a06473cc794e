//! Draws the demonstration city as a picture, to look at what a seed gives: `cargo run -p demo --example draw -- 7 whole.svg [WEST SOUTH EAST NORTH]`.

use std::fmt::Write as _;

use demo::ground::Ground;
use map::geometry::{BoundingBox, Geometry, MultiPolygon, Position};

const WIDTH: f64 = 1_600.0;

struct Picture {
    bounds: BoundingBox,
    height: f64,
    text: String,
}

impl Picture {
    fn path(&self, positions: &[Position], closed: bool) -> String {
        let mut path = String::new();
        for (index, position) in positions.iter().enumerate() {
            let x = (position.lon - self.bounds.west) / (self.bounds.east - self.bounds.west) * WIDTH;
            let y =
                (self.bounds.north - position.lat) / (self.bounds.north - self.bounds.south) * self.height;
            let _ = write!(path, "{}{x:.1} {y:.1}", if index == 0 { "M" } else { "L" });
        }
        if closed { path + "Z" } else { path }
    }

    fn area(&mut self, area: &MultiPolygon, style: &str) {
        let path: String = area.rings().map(|ring| self.path(ring.positions(), true)).collect();
        let _ = writeln!(self.text, r#"<path d="{path}" {style}/>"#);
    }

    fn geometry(&mut self, geometry: &Geometry, style: &str) {
        match geometry {
            Geometry::LineString(line) => {
                let path = self.path(line.positions(), false);
                let _ = writeln!(self.text, r#"<path d="{path}" fill="none" {style}/>"#);
            }
            Geometry::Point(position) => {
                let path = self.path(&[*position, *position], false);
                let _ = writeln!(self.text, r#"<path d="{path}" stroke-linecap="round" {style}/>"#);
            }
            other => {
                if let Some(area) = other.clone().into_area() {
                    self.area(&area, style);
                }
            }
        }
    }
}

fn draw(ground: &Ground, bounds: BoundingBox) -> String {
    let height = WIDTH * (bounds.north - bounds.south) / (bounds.east - bounds.west) * 1.112;
    let mut picture = Picture { bounds, height, text: String::new() };
    let near = bounds.east - bounds.west < 0.15;
    for (index, division) in ground.divisions.iter().filter(|division| division.code.len() == 9).enumerate() {
        let hue = (index * 67) % 360;
        picture.area(&division.boundary, &format!(r#"fill="hsl({hue},35%,93%)" stroke="none""#));
    }
    let layers = [
        ("park", r##"fill="#bfdcae""##),
        ("block", r##"fill="#d9cfbb""##),
        (
            "road",
            if near {
                r##"stroke="#b5ae9c" stroke-width="4""##
            } else {
                r##"stroke="#b98" stroke-width="1""##
            },
        ),
        (
            "road",
            if near {
                r##"stroke="#fff" stroke-width="2.6""##
            } else {
                r##"stroke="#fd9" stroke-width=".5""##
            },
        ),
        ("water", r##"stroke="#6db3dc" stroke-width="4""##),
        ("landmark", r##"stroke="#c33" stroke-width="5""##),
    ];
    for (layer, style) in layers.iter().filter(|(layer, _)| near || !["block", "landmark"].contains(layer)) {
        for feature in ground.features.iter().filter(|feature| feature.layer == *layer) {
            let style = match (&feature.geometry, *layer) {
                (Geometry::Polygon(_), "water") => r##"fill="#a9d3ea""##,
                _ => style,
            };
            picture.geometry(&feature.geometry, style);
        }
    }
    for cell in &ground.cells {
        picture
            .area(&cell.area, r##"fill="none" stroke="#6f8896" stroke-width=".5" stroke-dasharray="3 2""##);
    }
    for division in &ground.divisions {
        let width = if division.code.len() == 9 { 2.4 } else { 1.0 };
        picture
            .area(&division.boundary, &format!(r##"fill="none" stroke="#0f4c6b" stroke-width="{width}""##));
    }
    picture.area(&ground.outline.boundary, r##"fill="none" stroke="#a02" stroke-width="3""##);
    format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height:.0}"><rect width="100%" height="100%" fill="white"/>{}</svg>"#,
        picture.text
    )
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [seed, file, bounds @ ..] = arguments.as_slice() else {
        return Err("SEED FILE [WEST SOUTH EAST NORTH]".into());
    };
    let ground = demo::ground(seed.parse()?)?;
    let bounds = match bounds {
        [west, south, east, north] => {
            BoundingBox::new(west.parse()?, south.parse()?, east.parse()?, north.parse()?)?
        }
        _ => ground.outline.boundary.bounds().ok_or("a city without a border")?,
    };
    std::fs::write(file, draw(&ground, bounds))?;
    Ok(())
}
