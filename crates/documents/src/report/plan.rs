//! Maps drawn as SVG: borders with their names as the ground, and on it the things of several registers, each with a mark of its own shape, so
//! that nobody needs to see colours; a legend, a scale and north.

use std::f64::consts::PI;
use std::fmt::Write;

use kernel::shape::{Coordinate, Ring, Shape, Surface};

use super::chart::{COLOURS, mark};
use super::text::{escape, shortened, width_em};
use super::{Language, Map};

/// Width of the drawing, in its own units.
const WIDTH: f64 = 640.0;
/// Largest height of the field that is drawn in.
const FIELD_MAX: f64 = 620.0;
/// Smallest height of it.
const FIELD_MIN: f64 = 200.0;
/// Space around the field.
const EDGE: f64 = 16.0;
/// A line's next place is drawn when it is so far from the one before.
const STEP: f64 = 0.4;
/// Names of grounds stand where two of them do not overlap.
const NAME_POINTS: f64 = 11.0;
/// Metres of a degree of latitude.
const METRES_PER_DEGREE: f64 = 111_320.0;

/// A piece of the ground.
#[derive(Debug, Clone, PartialEq)]
pub struct Ground {
    /// What it is called.
    pub name: String,
    /// Its surface.
    pub surface: Surface,
}

/// Things of one kind.
#[derive(Debug, Clone, PartialEq)]
pub struct Layer {
    /// What they are called.
    pub name: String,
    /// Where they are.
    pub shapes: Vec<Shape>,
    /// How many there are, with those that are not drawn.
    pub all: u64,
}

/// A map before it is drawn.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Plan {
    /// What it shows.
    pub caption: String,
    /// The ground.
    pub grounds: Vec<Ground>,
    /// What is on it, at most as many layers as there are marks; others are left out.
    pub layers: Vec<Layer>,
}

/// From degrees to the drawing.
struct Frame {
    west: f64,
    north: f64,
    /// Units of the drawing for a degree of longitude.
    per_longitude: f64,
    per_latitude: f64,
    height: f64,
}

impl Frame {
    /// Around all places; none where there is nothing to see.
    fn around(places: impl Iterator<Item = Coordinate>) -> Option<Self> {
        let mut bounds: Option<[f64; 4]> = None;
        for [x, y] in places {
            let [west, south, east, north] = bounds.unwrap_or([x, y, x, y]);
            bounds = Some([west.min(x), south.min(y), east.max(x), north.max(y)]);
        }
        let [west, south, east, north] = bounds?;
        // One place alone, or a row of them, gets a kilometre of ground around it.
        let wide = |low: f64, high: f64| {
            if high - low < 0.01 {
                (f64::midpoint(low, high) - 0.005, f64::midpoint(low, high) + 0.005)
            } else {
                (low, high)
            }
        };
        let ((west, east), (south, north)) = (wide(west, east), wide(south, north));
        let squeeze = (f64::midpoint(south, north) * PI / 180.0).cos().max(0.05);
        let (across, up) = ((east - west) * squeeze, north - south);
        let inside = WIDTH - 2.0 * EDGE;
        let per_latitude = (inside / across).min((FIELD_MAX - 2.0 * EDGE) / up);
        let height = (up * per_latitude + 2.0 * EDGE).clamp(FIELD_MIN, FIELD_MAX);
        let per_longitude = per_latitude * squeeze;
        let spare = (WIDTH - (east - west) * per_longitude) / 2.0;
        let above = (height - up * per_latitude) / 2.0;
        Some(Self {
            west: west - spare / per_longitude,
            north: north + above / per_latitude,
            per_longitude,
            per_latitude,
            height,
        })
    }

    fn place(&self, [x, y]: Coordinate) -> (f64, f64) {
        ((x - self.west) * self.per_longitude, (self.north - y) * self.per_latitude)
    }

    /// A line through places, without those that lie on one another in print.
    fn path(&self, places: &[Coordinate]) -> String {
        let mut path = String::new();
        let mut before: Option<(f64, f64)> = None;
        for (index, place) in places.iter().enumerate() {
            let (x, y) = self.place(*place);
            let is_near = before.is_some_and(|(px, py)| (px - x).abs() < STEP && (py - y).abs() < STEP);
            if is_near && index + 1 < places.len() {
                continue;
            }
            let _ = write!(path, "{}{x:.1} {y:.1}", if before.is_some() { 'L' } else { 'M' });
            before = Some((x, y));
        }
        path
    }

    fn rings(&self, surface: &Surface) -> String {
        surface.coordinates.iter().flatten().map(|ring| self.path(ring) + "z").collect()
    }
}

fn places(shape: &Shape) -> Box<dyn Iterator<Item = Coordinate> + '_> {
    match shape {
        Shape::Point(point) => Box::new(std::iter::once(point.coordinates)),
        Shape::Line(line) => Box::new(line.coordinates.iter().copied()),
        Shape::Surface(surface) => Box::new(surface.coordinates.iter().flatten().flatten().copied()),
    }
}

/// Twice the signed area of a ring and its centre.
fn centre_of(ring: &Ring) -> Option<(f64, Coordinate)> {
    let [x0, y0] = *ring.first()?;
    let (mut area, mut x, mut y) = (0.0, 0.0, 0.0);
    for pair in ring.windows(2) {
        // From the first place on: the numbers stay small and keep their digits.
        let ([ax, ay], [bx, by]) = ([pair[0][0] - x0, pair[0][1] - y0], [pair[1][0] - x0, pair[1][1] - y0]);
        let cross = ax * by - bx * ay;
        area += cross;
        x += (ax + bx) * cross;
        y += (ay + by) * cross;
    }
    (area.abs() > f64::EPSILON * 1e-6).then(|| (area, [x0 + x / (3.0 * area), y0 + y / (3.0 * area)]))
}

/// The centre of a surface's largest part.
fn centre(surface: &Surface) -> Option<Coordinate> {
    let outlines = surface.coordinates.iter().filter_map(|part| centre_of(part.first()?));
    outlines.max_by(|one, other| one.0.abs().total_cmp(&other.0.abs())).map(|(_, centre)| centre)
}

impl Plan {
    /// The map as a block of a report.
    #[must_use]
    pub fn draw(&self, language: Language) -> Map {
        Map { svg: self.svg(language), caption: self.caption.clone() }
    }

    fn svg(&self, language: Language) -> String {
        let shown = &self.layers[..self.layers.len().min(COLOURS.len())];
        let things = shown.iter().flat_map(|layer| &layer.shapes).flat_map(places);
        let ground =
            self.grounds.iter().flat_map(|ground| ground.surface.coordinates.iter().flatten().flatten());
        let mut body = String::new();
        let mut height = FIELD_MIN;
        if let Some(frame) = Frame::around(things.chain(ground.copied())) {
            height = frame.height;
            self.ground(&mut body, &frame);
            for (index, layer) in shown.iter().enumerate() {
                self::layer(&mut body, &frame, index, layer);
            }
            scale(&mut body, &frame, language);
        }
        height = legend(&mut body, shown, height + 22.0, language);
        let caption = escape(&self.caption);
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height:.0}\" width=\"{WIDTH}\" height=\"{height:.0}\" role=\"img\" \
             aria-label=\"{caption}\" font-family=\"'Noto Sans CJK SC','Microsoft YaHei','PingFang SC',sans-serif\" font-size=\"12\" \
             fill=\"#1a1a1a\"><title>{caption}</title>{body}</svg>"
        )
    }

    fn ground(&self, body: &mut String, frame: &Frame) {
        let mut names: Vec<[f64; 4]> = Vec::new();
        let mut labels = String::new();
        for ground in &self.grounds {
            let _ = write!(
                body,
                "<path d=\"{}\" fill=\"#f4f1ea\" fill-rule=\"evenodd\" stroke=\"#9a938a\" stroke-width=\"0.8\"/>",
                frame.rings(&ground.surface)
            );
            let Some((x, y)) = centre(&ground.surface).map(|centre| frame.place(centre)) else { continue };
            let name = shortened(&ground.name, 8.0);
            let half = width_em(&name) * NAME_POINTS / 2.0;
            let own = [x - half, y - NAME_POINTS, x + half, y + 3.0];
            // Where the names of small neighbours would overlap, the first stands.
            let overlaps = |other: &[f64; 4]| {
                own[0] < other[2] && other[0] < own[2] && own[1] < other[3] && other[1] < own[3]
            };
            if names.iter().any(overlaps) {
                continue;
            }
            names.push(own);
            let _ = write!(
                labels,
                "<text x=\"{x:.1}\" y=\"{y:.1}\" font-size=\"{NAME_POINTS}\" text-anchor=\"middle\" fill=\"#5a544c\">{}</text>",
                escape(&name)
            );
        }
        body.push_str(&labels);
    }
}

fn layer(body: &mut String, frame: &Frame, index: usize, layer: &Layer) {
    let colour = COLOURS[index];
    for shape in &layer.shapes {
        match shape {
            Shape::Point(point) => {
                let (x, y) = frame.place(point.coordinates);
                body.push_str(&mark(index, x, y));
            }
            Shape::Line(line) => {
                let _ = write!(
                    body,
                    "<path d=\"{}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\"/>",
                    frame.path(&line.coordinates)
                );
            }
            Shape::Surface(surface) => {
                let _ = write!(
                    body,
                    "<path d=\"{}\" fill=\"{colour}\" fill-opacity=\"0.25\" fill-rule=\"evenodd\" stroke=\"{colour}\" stroke-width=\"1.2\"/>",
                    frame.rings(surface)
                );
                // A small surface is not seen at this scale: its mark is.
                if let Some((x, y)) = centre(surface).map(|centre| frame.place(centre)) {
                    body.push_str(&mark(index, x, y));
                }
            }
        }
    }
}

/// A bar of a round length at the lower left, and north at the upper right.
fn scale(body: &mut String, frame: &Frame, language: Language) {
    let metres_per_unit = METRES_PER_DEGREE / frame.per_latitude;
    let most = metres_per_unit * WIDTH / 4.0;
    let power = 10_f64.powf(most.log10().floor());
    let metres = [5.0, 2.0, 1.0].into_iter().map(|one| one * power).find(|one| *one <= most).unwrap_or(power);
    let length = metres / metres_per_unit;
    let text = if metres >= 1_000.0 {
        format!("{} {}", metres / 1_000.0, language.pick("公里", "km"))
    } else {
        format!("{} {}", metres, language.pick("米", "m"))
    };
    let (x, y) = (EDGE, frame.height - 8.0);
    let _ = write!(
        body,
        "<path d=\"M{x} {:.1}v6h{length:.1}v-6\" fill=\"none\" stroke=\"#1a1a1a\" stroke-width=\"1.2\"/><text x=\"{:.1}\" y=\"{:.1}\" font-size=\"11\">{text}</text>\
         <path d=\"M{north} 34l5-16l5 16l-5-4z\"/><text x=\"{:.1}\" y=\"14\" text-anchor=\"middle\">{}</text>",
        y - 6.0,
        x + length + 6.0,
        y + 1.0,
        WIDTH - 20.0,
        language.pick("北", "N"),
        north = WIDTH - 25.0,
    );
}

/// What the marks mean, from `top` on; the height of the drawing.
fn legend(body: &mut String, layers: &[Layer], top: f64, language: Language) -> f64 {
    let (mut x, mut y) = (EDGE, top);
    for (index, layer) in layers.iter().enumerate() {
        let drawn = layer.shapes.len() as u64;
        let count = if drawn == layer.all {
            layer.all.to_string()
        } else {
            language
                .pick("{drawn}，共{all}", "{drawn} of {all}")
                .replace("{drawn}", &drawn.to_string())
                .replace("{all}", &layer.all.to_string())
        };
        let text = format!(
            "{}{}{count}{}",
            shortened(&layer.name, 16.0),
            language.pick("（", " ("),
            language.pick("）", ")")
        );
        let width = 34.0 + width_em(&text) * 12.0;
        if x + width > WIDTH - EDGE && x > EDGE {
            (x, y) = (EDGE, y + 22.0);
        }
        body.push_str(&mark(index, x + 6.0, y - 4.0));
        let _ = write!(body, "<text x=\"{:.1}\" y=\"{y:.1}\">{}</text>", x + 18.0, escape(&text));
        x += width;
    }
    if layers.is_empty() { top } else { y + 14.0 }
}

#[cfg(test)]
mod tests {
    use kernel::shape::{Line, Point};

    use super::*;

    fn square(west: f64, south: f64, side: f64) -> Surface {
        let (east, north) = (west + side, south + side);
        Surface::of(vec![[west, south], [east, south], [east, north], [west, north], [west, south]])
    }

    fn plan() -> Plan {
        let ground = |name: &str, west| Ground { name: name.to_owned(), surface: square(west, 26.5, 0.1) };
        let shapes =
            vec![Shape::Point(Point::new(108.0, 26.55)), Shape::Surface(square(108.02, 26.52, 0.01))];
        let road = Shape::Line(Line { coordinates: vec![[107.9, 26.5], [107.9, 26.500_001], [108.0, 26.6]] });
        Plan {
            caption: "园区<与>道路".to_owned(),
            grounds: vec![ground("大十字街道", 107.9), ground("西门街道", 108.0)],
            layers: vec![
                Layer { name: "园区".to_owned(), shapes, all: 5 },
                Layer { name: "道路".to_owned(), shapes: vec![road], all: 1 },
            ],
        }
    }

    #[test]
    fn a_map_shows_its_things_its_ground_and_how_many_are_not_drawn() {
        let svg = plan().draw(Language::Chinese).svg;
        for part in
            ["大十字街道", "西门街道", "园区（2，共5）", "道路（1）", "公里", "北", "园区&lt;与&gt;道路"]
        {
            assert!(svg.contains(part), "{part} in {svg}");
        }
        // Two places that print as one are one.
        let road = svg
            .split("fill=\"none\" stroke=\"#c04a00\"")
            .next()
            .and_then(|before| before.rsplit("d=\"").next());
        assert_eq!(road.map(|path| path.matches('L').count()), Some(1), "{road:?}");
        assert!(super::super::picture::picture(&svg).is_ok());
    }

    #[test]
    fn north_is_above_and_east_is_right() {
        let frame = Frame::around([[107.0, 26.0], [108.0, 27.0]].into_iter()).unwrap();
        let ((x1, y1), (x2, y2)) = (frame.place([107.0, 26.0]), frame.place([108.0, 27.0]));
        assert!(x2 > x1 && y2 < y1);
        // At 26.5° north a degree of longitude is 0.895 of one of latitude.
        assert!(((x2 - x1) / (y1 - y2) - 0.895).abs() < 0.001);
        assert!([x1, x2].iter().all(|x| (0.0..=WIDTH).contains(x)));
        assert!([y1, y2].iter().all(|y| (0.0..=frame.height).contains(y)));
    }

    #[test]
    fn one_place_and_no_place_are_drawn_as_well() {
        let mut plan = plan();
        plan.grounds.clear();
        plan.layers.truncate(1);
        plan.layers[0].shapes.truncate(1);
        let svg = plan.draw(Language::English).svg;
        assert!(!svg.contains("NaN") && !svg.contains("inf"), "{svg}");
        assert!(super::super::picture::picture(&svg).is_ok());
        plan.layers[0].shapes.clear();
        assert!(super::super::picture::picture(&plan.draw(Language::English).svg).is_ok());
    }

    #[test]
    fn a_name_stands_in_the_middle_of_the_largest_part() {
        let mut surface = square(0.0, 0.0, 1.0);
        surface.coordinates.push(square(10.0, 10.0, 4.0).coordinates.remove(0));
        let [x, y] = centre(&surface).unwrap();
        assert!((x - 12.0).abs() < 1e-9 && (y - 12.0).abs() < 1e-9, "{x} {y}");
    }
}
