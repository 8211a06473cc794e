//! Charts drawn as SVG: read by eyes that see no colours (a pattern for each series) and by programs that read aloud.

use std::fmt::Write;

use super::text::{clean, escape, shortened, width_em};
use super::{Language, limit};
use crate::error::DocumentError;

/// Most series of a chart: more cannot be told apart.
pub const SERIES_MAX: usize = 8;
/// Most categories of a chart.
pub const CATEGORIES_MAX: usize = 400;

/// Width of the drawing, in its own units.
const WIDTH: f64 = 640.0;
/// Left edge of the field that is drawn in.
const LEFT: f64 = 70.0;
/// Its right edge.
const RIGHT: f64 = 624.0;
/// Its upper edge.
const ABOVE: f64 = 64.0;
/// Its height.
const FIELD: f64 = 250.0;

/// Dark enough on white (3:1 at least) and different for every kind of colour vision; the order is that of the series.
pub(super) const COLOURS: [&str; SERIES_MAX] =
    ["#0072b2", "#c04a00", "#007a5a", "#a64d79", "#8a6100", "#3a3a3a", "#5b4db2", "#006b75"];
/// Strokes of the lines.
const DASHES: [&str; SERIES_MAX] = ["none", "8 4", "2 3", "12 3 2 3", "5 2", "1 4", "14 5", "6 2 1 2 1 2"];
/// What is drawn on a tile of 8 × 8 for each series; the first is plain.
const TILES: [&str; SERIES_MAX] = [
    "M0 0h8v8h-8z",
    "M-2 2l4-4M0 8l8-8M6 10l4-4",
    "M2 1v2M6 5v2",
    "M0 4h8",
    "M4 0v8",
    "M-2 6l4 4M0 0l8 8M6-2l4 4",
    "M0 4h8M4 0v8",
    "M0 2h4M4 6h4",
];

/// The kinds of chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ChartKind {
    /// Bars side by side.
    Bar,
    /// Lines.
    Line,
    /// Shares of the first series; values below zero have none.
    Pie,
    /// Bars on one another; values below zero are left out.
    StackedBar,
}

/// A row of values.
#[derive(Debug, Clone, PartialEq)]
pub struct Series {
    /// Its name.
    pub name: String,
    /// A value for each category; `None` and what is missing at the end: no value, which is not zero.
    pub values: Vec<Option<f64>>,
}

/// A chart.
#[derive(Debug, Clone, PartialEq)]
pub struct Chart {
    /// Its kind.
    pub kind: ChartKind,
    /// What it shows.
    pub title: String,
    /// Unit of the values.
    pub unit: String,
    /// What the values stand over, from left to right.
    pub categories: Vec<String>,
    /// The values.
    pub series: Vec<Series>,
}

/// A value as it is printed: two decimals at most.
#[must_use]
pub fn value_text(value: f64) -> String {
    let text = format!("{value:.2}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

/// The step of the axis: 1, 2 or 5 times a power of ten, for about five steps.
fn step_of(range: f64) -> f64 {
    let rough = range / 5.0;
    let power = 10_f64.powf(rough.log10().floor());
    [1.0, 2.0, 5.0, 10.0].into_iter().map(|one| one * power).find(|step| *step >= rough).unwrap_or(rough)
}

#[expect(clippy::cast_precision_loss, reason = "counts within the limits of this module")]
fn float(count: usize) -> f64 {
    count as f64
}

impl Chart {
    /// The value of a series over a category; what is no number is no value.
    #[must_use]
    pub fn value(&self, series: usize, category: usize) -> Option<f64> {
        let value = self.series.get(series)?.values.get(category).copied().flatten()?;
        value.is_finite().then_some(value.clamp(-1e15, 1e15))
    }

    /// Bytes of its texts and values.
    pub(crate) fn bytes(&self) -> usize {
        let names = self.series.iter().map(|series| series.name.len() + series.values.len() * 8);
        names.chain(self.categories.iter().map(String::len)).sum::<usize>() + self.title.len()
    }

    pub(crate) fn check(&self) -> Result<(), DocumentError> {
        limit("chart_series", self.series.len(), SERIES_MAX)?;
        limit("chart_categories", self.categories.len(), CATEGORIES_MAX)
    }

    /// The series that are drawn.
    fn shown(&self) -> usize {
        self.series.len().min(if self.kind == ChartKind::Pie { 1 } else { SERIES_MAX })
    }

    fn categories_shown(&self) -> usize {
        self.categories.len().min(CATEGORIES_MAX)
    }

    /// The chart in words, for those who do not see it: each series with its values.
    #[must_use]
    pub fn description(&self, language: Language) -> String {
        let mut text = self.title.clone();
        for series in 0..self.shown() {
            let _ = write!(text, "{}{}: ", language.pick("；", "; "), self.series[series].name);
            let values = (0..self.categories_shown()).map(|category| {
                let value = self.value(series, category).map(value_text);
                format!("{} {}", self.categories[category], value.as_deref().unwrap_or("—"))
            });
            text.push_str(&values.collect::<Vec<_>>().join(language.pick("，", ", ")));
        }
        let _ = write!(text, "{}{}{}", language.pick("（", " ("), self.unit, language.pick("）", ")"));
        clean(&text).into_owned()
    }

    /// The drawing, a whole SVG document. `name` tells it from the others of a page: letters and digits.
    #[must_use]
    pub fn svg(&self, name: &str, language: Language) -> String {
        let mut body = String::new();
        let height =
            if self.kind == ChartKind::Pie { self.pie(&mut body, name) } else { self.field(&mut body, name) };
        let (title, unit) = (escape(&self.title), escape(&self.unit));
        let description = self.description(language);
        let mut svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height:.0}\" width=\"{WIDTH}\" height=\"{height:.0}\" role=\"img\" \
             aria-labelledby=\"{name}-title {name}-text\" font-family=\"'Noto Sans CJK SC','Microsoft YaHei','PingFang SC',sans-serif\" \
             font-size=\"12\" fill=\"#1a1a1a\"><title id=\"{name}-title\">{title}</title><desc id=\"{name}-text\">{}</desc><defs>",
            escape(&description)
        );
        let patterns = if self.kind == ChartKind::Pie { self.categories_shown() } else { self.shown() };
        for index in 0..patterns.min(SERIES_MAX) {
            let (colour, tile) = (COLOURS[index], TILES[index]);
            let (ground, fill) = if index == 0 { ("1", colour) } else { ("0.28", "none") };
            let _ = write!(
                svg,
                "<pattern id=\"{name}-{index}\" width=\"8\" height=\"8\" patternUnits=\"userSpaceOnUse\"><path d=\"M0 0h8v8h-8z\" \
                 fill=\"{colour}\" fill-opacity=\"{ground}\"/><path d=\"{tile}\" fill=\"{fill}\" stroke=\"{colour}\" stroke-width=\"2\"/></pattern>"
            );
        }
        let _ = write!(
            svg,
            "</defs><text x=\"320\" y=\"22\" font-size=\"15\" text-anchor=\"middle\">{title}</text>"
        );
        if self.kind != ChartKind::Pie {
            let _ = write!(svg, "<text x=\"{LEFT}\" y=\"46\" text-anchor=\"end\">{unit}</text>");
        }
        svg.push_str(&body);
        svg.push_str("</svg>");
        svg
    }

    /// Bars and lines; the height of the drawing.
    fn field(&self, body: &mut String, name: &str) -> f64 {
        let (categories, series) = (self.categories_shown(), self.shown());
        let each = || (0..series).flat_map(|s| (0..categories).filter_map(move |c| self.value(s, c)));
        let (mut low, mut high) = (each().fold(0.0, f64::min), each().fold(0.0, f64::max));
        if self.kind == ChartKind::StackedBar {
            let stack = |c| (0..series).filter_map(|s| self.value(s, c)).filter(|v| *v > 0.0).sum::<f64>();
            (low, high) = (0.0, (0..categories).map(stack).fold(0.0, f64::max));
        }
        let step = step_of(if high > low { high - low } else { 1.0 });
        (low, high) = ((low / step).floor() * step, (high / step).ceil() * step);
        if high <= low {
            high = low + step;
        }
        let bottom = ABOVE + FIELD;
        let y = |value: f64| bottom - (value - low) / (high - low) * FIELD;
        let mut tick = low;
        while tick <= high + step / 2.0 {
            let at = y(tick);
            let _ = write!(
                body,
                "<path d=\"M{LEFT} {at:.1}H{RIGHT}\" stroke=\"#d5d5d5\"/><text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"end\">{}</text>",
                LEFT - 6.0,
                at + 4.0,
                value_text(tick)
            );
            tick += step;
        }
        let band = (RIGHT - LEFT) / float(categories.max(1));
        let centre = |category: usize| LEFT + band * (float(category) + 0.5);
        if self.kind == ChartKind::Line {
            self.lines(body, &centre, &y);
        } else {
            self.bars(body, name, band, &y);
        }
        let zero = y(0.0);
        let _ = write!(body, "<path d=\"M{LEFT} {zero:.1}H{RIGHT}\" stroke=\"#1a1a1a\"/>");
        let below = self.labels(body, band, &centre, bottom);
        let names = self.series[..series].iter().map(|series| series.name.as_str());
        self.legend(body, name, &names.collect::<Vec<_>>(), below + 14.0)
    }

    fn bars(&self, body: &mut String, name: &str, band: f64, y: &dyn Fn(f64) -> f64) {
        let (categories, series) = (self.categories_shown(), self.shown());
        let is_stacked = self.kind == ChartKind::StackedBar;
        let side_by_side = if is_stacked { 1.0 } else { float(series.max(1)) };
        let width = (band * 0.76 / side_by_side).min(56.0);
        for category in 0..categories {
            let from = LEFT + band * (float(category) + 0.5) - width * side_by_side / 2.0;
            let mut stacked = 0.0;
            for (one, colour) in COLOURS.iter().enumerate().take(series) {
                let Some(value) = self.value(one, category) else { continue };
                if is_stacked && value <= 0.0 {
                    continue;
                }
                let (begin, end) = if is_stacked { (stacked, stacked + value) } else { (0.0, value) };
                stacked += if is_stacked { value } else { 0.0 };
                let (top, foot) = (y(begin.max(end)), y(begin.min(end)));
                let x = if is_stacked { from } else { from + width * float(one) };
                let _ = write!(
                    body,
                    "<rect x=\"{x:.1}\" y=\"{top:.1}\" width=\"{width:.1}\" height=\"{:.1}\" fill=\"url(#{name}-{one})\" stroke=\"{colour}\"/>",
                    foot - top
                );
                let label = value_text(value);
                if !is_stacked && width_em(&label) * 11.0 <= width + 4.0 {
                    let at = if value < 0.0 { foot + 12.0 } else { top - 4.0 };
                    let _ = write!(
                        body,
                        "<text x=\"{:.1}\" y=\"{at:.1}\" font-size=\"11\" text-anchor=\"middle\">{label}</text>",
                        x + width / 2.0
                    );
                }
            }
        }
    }

    fn lines(&self, body: &mut String, centre: &dyn Fn(usize) -> f64, y: &dyn Fn(f64) -> f64) {
        let categories = self.categories_shown();
        for one in 0..self.shown() {
            let (mut path, mut marks, mut is_down) = (String::new(), String::new(), false);
            for category in 0..categories {
                let Some(value) = self.value(one, category) else {
                    is_down = false;
                    continue;
                };
                let (x, y) = (centre(category), y(value));
                let _ = write!(path, "{}{x:.1} {y:.1}", if is_down { 'L' } else { 'M' });
                is_down = true;
                marks.push_str(&mark(one, x, y));
                if self.shown() == 1 && categories <= 14 {
                    let label = value_text(value);
                    let _ = write!(
                        marks,
                        "<text x=\"{x:.1}\" y=\"{:.1}\" font-size=\"11\" text-anchor=\"middle\">{label}</text>",
                        y - 8.0
                    );
                }
            }
            let (colour, dash) = (COLOURS[one], DASHES[one]);
            let _ = write!(
                body,
                "<path d=\"{path}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2.2\" stroke-dasharray=\"{dash}\"/>{marks}"
            );
        }
    }

    /// The categories' names under the field; where the next thing may stand below.
    fn labels(&self, body: &mut String, band: f64, centre: &dyn Fn(usize) -> f64, bottom: f64) -> f64 {
        let categories = self.categories_shown();
        let widest =
            self.categories.iter().take(categories).map(|name| width_em(name)).fold(0.0, f64::max) * 12.0;
        let is_flat = widest <= band - 6.0;
        // Slanted names need the height of a line each.
        let every = if is_flat { 1 } else { (1..).find(|count| band * float(*count) >= 15.0).unwrap_or(1) };
        for category in (0..categories).step_by(every) {
            let (x, y) = (centre(category), bottom + 18.0);
            let name = shortened(&self.categories[category], 9.0);
            let place = if is_flat {
                format!("x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"middle\"")
            } else {
                format!(
                    "transform=\"translate({:.1} {:.1}) rotate(-38)\" text-anchor=\"end\"",
                    x + 4.0,
                    y - 4.0
                )
            };
            let _ = write!(body, "<text {place}>{}</text>", escape(&name));
        }
        bottom + if is_flat { 26.0 } else { 14.0 + widest.min(108.0) * 0.66 }
    }

    /// Shares of the first series; the height of the drawing.
    fn pie(&self, body: &mut String, name: &str) -> f64 {
        let (x, y, radius) = (190.0, 190.0, 140.0);
        let categories = self.categories_shown();
        let value = |category| self.value(0, category).filter(|value| *value > 0.0).unwrap_or(0.0);
        let all: f64 = (0..categories).map(value).sum();
        let mut turned = 0.0;
        for category in (0..categories).filter(|category| value(*category) > 0.0) {
            let share = value(category) / all;
            let end = turned + share;
            let point = |part: f64| {
                let angle = std::f64::consts::TAU * part;
                (x + radius * angle.sin(), y - radius * angle.cos())
            };
            let ((from_x, from_y), (to_x, to_y)) = (point(turned), point(end));
            let path = if share > 0.9999 {
                format!("M{x} {}a{radius} {radius} 0 1 1 -0.1 0z", y - radius)
            } else {
                let is_large = u8::from(share > 0.5);
                format!(
                    "M{x} {y}L{from_x:.2} {from_y:.2}A{radius} {radius} 0 {is_large} 1 {to_x:.2} {to_y:.2}z"
                )
            };
            let style = category % SERIES_MAX;
            let _ = write!(
                body,
                "<path d=\"{path}\" fill=\"url(#{name}-{style})\" stroke=\"#ffffff\" stroke-width=\"2\"/>"
            );
            turned = end;
        }
        let shown = categories.min(40);
        for category in 0..shown {
            let at = 64.0 + 24.0 * float(category);
            let style = category % SERIES_MAX;
            let share = if all > 0.0 { value(category) / all * 100.0 } else { 0.0 };
            let text = format!(
                "{} {} {}（{}%）",
                shortened(&self.categories[category], 12.0),
                self.value(0, category).map_or_else(|| "—".to_owned(), value_text),
                clean(&self.unit),
                value_text((share * 10.0).round() / 10.0)
            );
            let _ = write!(
                body,
                "<rect x=\"370\" y=\"{:.1}\" width=\"18\" height=\"14\" fill=\"url(#{name}-{style})\" stroke=\"{}\"/><text x=\"396\" y=\"{:.1}\">{}</text>",
                at - 11.0,
                COLOURS[style],
                at + 1.0,
                escape(&text)
            );
        }
        (64.0 + 24.0 * float(shown)).max(350.0)
    }

    /// The names of the series from `top` on; the height of the drawing. One series needs no legend: the title says it.
    fn legend(&self, body: &mut String, name: &str, names: &[&str], top: f64) -> f64 {
        if names.len() < 2 {
            return top;
        }
        let (mut x, mut y) = (LEFT, top + 8.0);
        for (index, series) in names.iter().enumerate() {
            let text = shortened(series, 16.0);
            let width = 40.0 + width_em(&text) * 12.0;
            if x + width > RIGHT && x > LEFT {
                (x, y) = (LEFT, y + 22.0);
            }
            if self.kind == ChartKind::Line {
                let (colour, dash) = (COLOURS[index % SERIES_MAX], DASHES[index % SERIES_MAX]);
                let _ = write!(
                    body,
                    "<path d=\"M{x:.1} {:.1}h24\" stroke=\"{colour}\" stroke-width=\"2.2\" stroke-dasharray=\"{dash}\"/>{}",
                    y - 4.0,
                    mark(index, x + 12.0, y - 4.0)
                );
            } else {
                let _ = write!(
                    body,
                    "<rect x=\"{x:.1}\" y=\"{:.1}\" width=\"20\" height=\"13\" fill=\"url(#{name}-{index})\" stroke=\"{}\"/>",
                    y - 11.0,
                    COLOURS[index % SERIES_MAX]
                );
            }
            let _ = write!(body, "<text x=\"{:.1}\" y=\"{y:.1}\">{}</text>", x + 28.0, escape(&text));
            x += width + 12.0;
        }
        y + 16.0
    }
}

/// The mark on a line: of a shape of its own.
pub(super) fn mark(series: usize, x: f64, y: f64) -> String {
    let shape = match series % 4 {
        0 => "m-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0z",
        1 => "m-4-4h8v8h-8z",
        2 => "m0-5l5 9h-10z",
        _ => "m0-5l5 5l-5 5l-5-5z",
    };
    let colour = COLOURS[series % SERIES_MAX];
    let fill = if series < 4 { colour } else { "#ffffff" };
    format!("<path d=\"M{x:.1} {y:.1}{shape}\" fill=\"{fill}\" stroke=\"{colour}\" stroke-width=\"1.5\"/>")
}
