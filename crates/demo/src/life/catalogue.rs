//! What people report: for each class how often, at which hours, on which days, in which months, at what kind of place, and in which words.
//! Read from data that ships with the crate; places come from the ground.

use governance::{
    case::Source,
    dictionary::{ClassKey, ClassKind, EDITION_2026},
    handbook::AreaClass,
};
use map::{
    geodesy::{distance_m, metres_per_degree},
    geometry::{Geometry, Position},
    locate::CellIndex,
};

use super::Dice;
use crate::{
    DemoError,
    ground::{Ground, LandmarkKind},
};

const CLASSES: &str = include_str!("../../data/report-classes.csv");
const TEXTS: &str = include_str!("../../data/report-texts.csv");
/// Between places on one road, metres.
const ROAD_STEP_M: f64 = 140.0;
/// Surnames of residents who leave one.
const SURNAMES: &[&str] = &[
    "王", "李", "张", "刘", "陈", "杨", "黄", "赵", "吴", "周", "潘", "龙", "石", "罗", "欧", "顾", "吴",
    "田",
];

/// What somebody says.
#[derive(Debug, Clone)]
pub(crate) struct Saying {
    /// By which way it comes in.
    pub(crate) source: Source,
    /// It cannot wait.
    pub(crate) urgent: bool,
    /// The words; `{road}`, `{landmark}`, `{community}` and `{number}` stand for the place.
    pub(crate) text: String,
}

/// A kind of problem as people report it.
#[derive(Debug, Clone)]
pub(crate) struct Kind {
    /// The class, whole.
    pub(crate) class: String,
    /// How often beside others.
    pub(crate) weight: f64,
    /// Weights of the hours of a day.
    pub(crate) hours: [f64; 24],
    /// Weights of Monday to Sunday.
    pub(crate) weekdays: [f64; 7],
    /// Weights of the months.
    pub(crate) months: [f64; 12],
    /// What is said of it.
    pub(crate) sayings: Vec<Saying>,
    /// At which places, by their index in [`Catalogue::groups`].
    pub(crate) group: usize,
}

/// A place around which problems lie.
#[derive(Debug, Clone)]
pub(crate) struct Anchor {
    pub(crate) position: Position,
    pub(crate) road: String,
    pub(crate) landmark: String,
    pub(crate) weight: f64,
}

/// What a life's reports are drawn from.
#[derive(Debug, Clone)]
pub(crate) struct Catalogue {
    pub(crate) kinds: Vec<Kind>,
    /// Places of each kind, in the order of [`PLACES`].
    pub(crate) groups: Vec<Vec<Anchor>>,
    pub(crate) surnames: &'static [&'static str],
}

/// The kinds of place that the data names.
const PLACES: [&str; 7] = ["road", "market", "residence", "green", "water", "urban", "village"];

impl Catalogue {
    /// What the ground's people report.
    pub(crate) fn of(ground: &Ground) -> Result<Self, DemoError> {
        let mut kinds = kinds()?;
        let mut rows = csv::Reader::from_reader(TEXTS.as_bytes());
        for row in rows.records() {
            let row = row.map_err(|error| DemoError::data("report-texts.csv", error))?;
            let cell = |column: usize| row.get(column).unwrap_or_default();
            let class = matter(cell(0));
            let source = Source::ALL.into_iter().find(|source| source.name() == cell(1));
            let source = source.ok_or_else(|| DemoError::data("report-texts.csv", cell(1)))?;
            let kind = kinds.iter_mut().find(|kind| kind.class == class);
            let kind = kind.ok_or_else(|| DemoError::data("report-texts.csv", cell(0)))?;
            kind.sayings.push(Saying { source, urgent: cell(2) == "yes", text: cell(4).to_owned() });
        }
        kinds.retain(|kind| !kind.sayings.is_empty());
        Ok(Self { kinds, groups: groups(ground)?, surnames: SURNAMES })
    }
}

fn matter(code: &str) -> String {
    ClassKey::new(EDITION_2026, ClassKind::Matter, code).to_string()
}

fn kinds() -> Result<Vec<Kind>, DemoError> {
    let mut rows = csv::Reader::from_reader(CLASSES.as_bytes());
    rows.records()
        .map(|row| {
            let row = row.map_err(|error| DemoError::data("report-classes.csv", error))?;
            let cell = |column: usize| row.get(column).unwrap_or_default();
            let damaged = |column: usize| DemoError::data("report-classes.csv", cell(column));
            Ok(Kind {
                class: matter(cell(0)),
                weight: cell(1).parse().map_err(|_| damaged(1))?,
                hours: hours(cell(2)).ok_or_else(|| damaged(2))?,
                weekdays: weekdays(cell(3)).ok_or_else(|| damaged(3))?,
                months: months(cell(4)).ok_or_else(|| damaged(4))?,
                sayings: Vec::new(),
                group: PLACES.iter().position(|place| *place == cell(5)).ok_or_else(|| damaged(5))?,
            })
        })
        .collect()
}

/// How a day goes, by a word.
fn hours(word: &str) -> Option<[f64; 24]> {
    let peaks: &[(f64, f64, f64)] = match word {
        "day" => &[(10.0, 3.0, 1.0), (15.5, 3.0, 0.9)],
        "morning" => &[(8.0, 2.0, 1.0), (11.0, 3.0, 0.4)],
        "commute" => &[(8.0, 1.2, 1.0), (17.8, 1.5, 1.0), (12.0, 4.0, 0.2)],
        "market" => &[(7.5, 2.0, 1.0), (17.5, 2.0, 0.8)],
        "evening" => &[(20.0, 2.2, 1.0), (15.0, 4.0, 0.2)],
        "night" => &[(23.0, 2.5, 1.0), (1.0, 2.0, 0.7)],
        "works" => &[(9.5, 2.0, 0.9), (15.0, 2.5, 0.9), (22.5, 2.0, 0.5)],
        _ => return None,
    };
    let mut weights = [0.03; 24];
    for (hour, weight) in weights.iter_mut().enumerate() {
        let hour = f64::from(u32::try_from(hour).unwrap_or(0)) + 0.5;
        for (middle, width, height) in peaks {
            let apart = (hour - middle).abs().min(24.0 - (hour - middle).abs());
            *weight += height * (-(apart / width).powi(2)).exp();
        }
    }
    Some(weights)
}

fn weekdays(word: &str) -> Option<[f64; 7]> {
    Some(match word {
        "even" => [1.0; 7],
        "weekdays" => [1.15, 1.1, 1.1, 1.1, 1.1, 0.8, 0.65],
        "weekends" => [0.85, 0.85, 0.85, 0.9, 1.1, 1.35, 1.3],
        _ => return None,
    })
}

fn months(word: &str) -> Option<[f64; 12]> {
    Some(match word {
        "even" => [1.0; 12],
        "spring" => [0.7, 0.9, 1.6, 1.7, 1.5, 1.0, 0.8, 0.7, 0.8, 0.8, 0.7, 0.6],
        "summer" => [0.5, 0.5, 0.7, 0.9, 1.3, 1.7, 1.9, 1.8, 1.2, 0.8, 0.6, 0.5],
        "autumn" => [0.7, 0.6, 0.7, 0.7, 0.8, 0.8, 0.9, 1.0, 1.4, 1.8, 1.7, 1.1],
        "winter" => [1.6, 1.5, 1.1, 0.9, 0.8, 0.7, 0.6, 0.7, 0.8, 1.0, 1.3, 1.6],
        "rain" => [0.5, 0.6, 0.9, 1.3, 1.7, 2.0, 1.7, 1.2, 0.9, 0.8, 0.6, 0.5],
        "snow" => [6.0, 3.5, 0.3, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.2, 2.0],
        "festival" => [1.6, 1.9, 0.9, 1.2, 1.2, 0.8, 0.8, 0.8, 1.1, 1.6, 0.9, 1.1],
        _ => return None,
    })
}

/// The places of each kind, busier ones with more weight, and a few that are always in the news.
fn groups(ground: &Ground) -> Result<Vec<Vec<Anchor>>, DemoError> {
    let mut dice = Dice::new(ground.seed, "places of reports");
    let areas: Vec<_> = ground.cells.iter().map(|cell| (cell.code.as_str(), cell.area.clone())).collect();
    let index = CellIndex::build(&areas)?;
    let roads: Vec<(Position, &str)> = ground
        .features
        .iter()
        .filter(|feature| feature.layer == "road" && !feature.name_zh.is_empty())
        .filter_map(|feature| match &feature.geometry {
            Geometry::LineString(line) => {
                Some(along(line.positions()).into_iter().map(|at| (at, feature.name_zh.as_str())))
            }
            _ => None,
        })
        .flatten()
        .collect();
    let nearest_road = |at: Position| {
        let nearest = roads.iter().min_by(|one, other| near(at, one.0).total_cmp(&near(at, other.0)));
        nearest.map_or_else(String::new, |(_, name)| (*name).to_owned())
    };
    let nearest_landmark = |at: Position| {
        let nearest = ground
            .landmarks
            .iter()
            .min_by(|one, other| near(at, one.position).total_cmp(&near(at, other.position)));
        nearest.map_or_else(String::new, |landmark| landmark.name_zh.clone())
    };
    let mut anchor = |position: Position| {
        let cell = index.locate(position).and_then(|place| ground.cells.get(place as usize))?;
        let busy = match cell.area_class {
            AreaClass::A => 4.0,
            AreaClass::B => 2.0,
            AreaClass::C => 0.5,
        };
        let weight = busy * (0.2 + 6.0 * dice.share().powi(4));
        Some(Anchor { position, road: nearest_road(position), landmark: nearest_landmark(position), weight })
    };
    let of_kinds = |kinds: &[LandmarkKind]| -> Vec<Position> {
        ground
            .landmarks
            .iter()
            .filter(|landmark| kinds.contains(&landmark.kind))
            .map(|landmark| landmark.position)
            .collect()
    };
    let cells = |urban: bool| -> Vec<Position> {
        ground.cells.iter().filter(|cell| cell.urban == urban).map(|cell| cell.middle).collect()
    };
    let water: Vec<Position> = ground
        .features
        .iter()
        .filter(|feature| feature.layer == "water")
        .flat_map(|feature| match &feature.geometry {
            Geometry::LineString(line) => along(line.positions()),
            Geometry::Polygon(polygon) => along(polygon.outer.positions()),
            Geometry::MultiPolygon(area) => {
                area.0.iter().flat_map(|one| along(one.outer.positions())).collect()
            }
            Geometry::Point(at) => vec![*at],
        })
        .collect();
    let positions: [Vec<Position>; PLACES.len()] = [
        roads.iter().map(|(at, _)| *at).collect(),
        of_kinds(&[LandmarkKind::Market, LandmarkKind::Station]),
        of_kinds(&[LandmarkKind::Residence, LandmarkKind::School, LandmarkKind::Hospital]),
        of_kinds(&[LandmarkKind::Park, LandmarkKind::Square]),
        water,
        cells(true),
        cells(false),
    ];
    let groups: Vec<Vec<Anchor>> =
        positions.into_iter().map(|places| places.into_iter().filter_map(&mut anchor).collect()).collect();
    if groups.iter().any(Vec::is_empty) {
        return Err(DemoError::data("report-classes.csv", "a kind of place that the ground has not"));
    }
    Ok(groups)
}

fn near(at: Position, other: Position) -> f64 {
    (at.lon - other.lon).powi(2) + (at.lat - other.lat).powi(2)
}

/// Places along a line, so many metres apart.
fn along(line: &[Position]) -> Vec<Position> {
    let mut places = Vec::new();
    for (from, to) in line.iter().zip(line.iter().skip(1)) {
        let steps = (distance_m(*from, *to) / ROAD_STEP_M).ceil().max(1.0);
        let mut step = 0.0;
        while step < steps {
            let share = step / steps;
            places.push(Position {
                lon: from.lon + (to.lon - from.lon) * share,
                lat: from.lat + (to.lat - from.lat) * share,
            });
            step += 1.0;
        }
    }
    places
}

/// A place some metres away in some direction.
pub(crate) fn nearby(at: Position, metres: f64, dice: &mut Dice) -> Position {
    let (east, north) = metres_per_degree(at.lat);
    let (angle, far) = (dice.share() * std::f64::consts::TAU, metres * dice.share().sqrt());
    Position { lon: at.lon + far * angle.cos() / east, lat: at.lat + far * angle.sin() / north }
}
