//! Where reports come from: places by kind, each with its cell and the road and landmark that people name there.

use map::{
    geometry::{Geometry, MultiPolygon, Position},
    locate::CellIndex,
};

use super::{Ground, LandmarkKind, plane::Point, reports::PlaceKind};
use crate::{dice::Dice, error::DemoError};

/// A place is looked for at most so many times; one at the border may lie outside.
const TRIES_MAX: usize = 20;
/// Chance that a report of the town comes from a village or the seat of a town.
const RURAL: f64 = 0.1;
/// One point of a road every so many metres.
const STEP_M: f64 = 25.0;
/// How far a point of a cell's road may be from the cell's middle, metres.
const ROAD_NEAR_M: f64 = 140.0;
/// From the line of a road to where things happen beside it, metres.
const BESIDE_ROAD_M: f64 = 9.0;

/// A name in Chinese and English.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PlaceName<'a> {
    /// In Chinese.
    pub zh: &'a str,
    /// In English.
    pub en: &'a str,
}

/// A place in the city.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spot<'a> {
    /// Where.
    pub position: Position,
    /// Index of its cell in [`Ground::cells`].
    pub cell: usize,
    /// The road.
    pub road: PlaceName<'a>,
    /// A landmark near it.
    pub landmark: PlaceName<'a>,
    /// The community or village.
    pub community: PlaceName<'a>,
}

/// Draws places of a city.
#[derive(Debug)]
pub struct Spots<'a> {
    ground: &'a Ground,
    index: CellIndex,
    /// Points along named roads, and along water: which feature, where.
    along_roads: Vec<(usize, Point)>,
    along_water: Vec<Point>,
    urban_cells: Vec<usize>,
    busy: Vec<Point>,
    parks: Vec<Point>,
    /// Landmarks of the open country.
    rural: Vec<Point>,
    /// For each cell the features that are its roads, its nearest landmark, its division.
    roads: Vec<Vec<usize>>,
    landmark: Vec<Option<usize>>,
    community: Vec<Option<usize>>,
}

impl<'a> Spots<'a> {
    /// Prepares a city for drawing places.
    ///
    /// # Errors
    /// [`DemoError::Shape`] where its cells are no grid.
    pub fn new(ground: &'a Ground) -> Result<Self, DemoError> {
        let cells: Vec<(usize, MultiPolygon)> =
            ground.cells.iter().enumerate().map(|(index, cell)| (index, cell.area.clone())).collect();
        let index = CellIndex::build(&cells)?;
        let (mut along_roads, mut along_water) = (Vec::new(), Vec::new());
        for (number, feature) in ground.features.iter().enumerate() {
            let Geometry::LineString(line) = &feature.geometry else { continue };
            let points = along(line.positions());
            match feature.layer.as_str() {
                "road" if !feature.name_zh.is_empty() => {
                    along_roads.extend(points.into_iter().map(|point| (number, point)));
                }
                "water" => along_water.extend(points),
                _ => {}
            }
        }
        let urban = |code: &str| ground.cells.iter().any(|cell| cell.code == code && cell.urban);
        let of = |wanted: &dyn Fn(LandmarkKind, bool) -> bool| -> Vec<Point> {
            let fits =
                ground.landmarks.iter().filter(|landmark| wanted(landmark.kind, urban(&landmark.cell)));
            fits.map(|landmark| Point::of(landmark.position)).collect()
        };
        let is_busy = |kind| {
            matches!(
                kind,
                LandmarkKind::Market | LandmarkKind::Station | LandmarkKind::School | LandmarkKind::Square
            )
        };
        let mut spots = Self {
            ground,
            index,
            along_roads,
            along_water,
            urban_cells: (0..ground.cells.len()).filter(|cell| ground.cells[*cell].urban).collect(),
            busy: of(&|kind, urban| urban && is_busy(kind)),
            parks: of(&|kind, _| kind == LandmarkKind::Park),
            rural: of(&|_, urban| !urban),
            roads: vec![Vec::new(); ground.cells.len()],
            landmark: Vec::new(),
            community: Vec::new(),
        };
        spots.name_cells();
        Ok(spots)
    }

    /// Finds the names that people use in each cell.
    fn name_cells(&mut self) {
        for (road, point) in &self.along_roads {
            // Roads run along borders of cells: both sides name it.
            for (east, north) in [(BESIDE_ROAD_M, BESIDE_ROAD_M), (-BESIDE_ROAD_M, -BESIDE_ROAD_M)] {
                let cell = self.index.locate(point.plus(east, north).position());
                if let Some(roads) = cell
                    .and_then(|cell| self.roads.get_mut(cell as usize))
                    .filter(|roads| !roads.contains(road))
                {
                    roads.push(*road);
                }
            }
        }
        for (cell, roads) in self.ground.cells.iter().zip(&mut self.roads) {
            let middle = Point::of(cell.middle);
            if roads.is_empty() {
                let distance = |point: &Point| point.distance(middle);
                let nearest =
                    self.along_roads.iter().min_by(|a, b| distance(&a.1).total_cmp(&distance(&b.1)));
                roads.extend(nearest.map(|(road, _)| *road));
            }
            let distance =
                |landmark: &usize| Point::of(self.ground.landmarks[*landmark].position).distance(middle);
            let landmarks = 0..self.ground.landmarks.len();
            self.landmark.push(landmarks.min_by(|a, b| distance(a).total_cmp(&distance(b))));
            self.community
                .push(self.ground.divisions.iter().position(|division| division.code == cell.community));
        }
    }

    /// A place of a kind; none where the city has no such place.
    pub fn draw(&self, kind: PlaceKind, dice: &mut Dice) -> Option<Spot<'a>> {
        for _ in 0..TRIES_MAX {
            let Some((point, road)) = self.point(kind, dice) else { continue };
            let position = point.position();
            if let Some(cell) = self.index.locate(position) {
                return self.spot(position, cell as usize, road, dice);
            }
        }
        None
    }

    fn point(&self, kind: PlaceKind, dice: &mut Dice) -> Option<(Point, Option<usize>)> {
        let around = |point: Point, far_m: f64, dice: &mut Dice| {
            (point.plus(dice.between(-far_m, far_m), dice.between(-far_m, far_m)), None)
        };
        let in_town = !matches!(kind, PlaceKind::Green | PlaceKind::Water);
        if kind == PlaceKind::Village || in_town && dice.chance(RURAL) {
            return Some(around(*dice.pick(&self.rural)?, 90.0, dice));
        }
        Some(match kind {
            PlaceKind::Urban => {
                let kinds = [PlaceKind::Road, PlaceKind::Residence, PlaceKind::Residence, PlaceKind::Market];
                return self.point(*dice.pick(&kinds)?, dice);
            }
            PlaceKind::Road => {
                let (road, point) = self.town_road(dice)?;
                (around(point, BESIDE_ROAD_M, dice).0, Some(road))
            }
            PlaceKind::Market => around(*dice.pick(&self.busy)?, 80.0, dice),
            PlaceKind::Green => around(*dice.pick(&self.parks)?, 60.0, dice),
            PlaceKind::Water => around(*dice.pick(&self.along_water)?, 12.0, dice),
            PlaceKind::Residence | PlaceKind::Village => {
                let cell = self.ground.cells.get(*dice.pick(&self.urban_cells)?)?;
                around(Point::of(cell.middle), 50.0, dice)
            }
        })
    }

    /// A point of a road along a cell of the town.
    fn town_road(&self, dice: &mut Dice) -> Option<(usize, Point)> {
        let cell = *dice.pick(&self.urban_cells)?;
        let road = *dice.pick(self.roads.get(cell)?)?;
        let middle = Point::of(self.ground.cells.get(cell)?.middle);
        // The points of one road stand together.
        let first = self.along_roads.partition_point(|(number, _)| *number < road);
        let points = self.along_roads.iter().skip(first).take_while(|(number, _)| *number == road);
        let near: Vec<Point> =
            points.map(|(_, point)| *point).filter(|point| point.distance(middle) < ROAD_NEAR_M).collect();
        Some((road, *dice.pick(&near)?))
    }

    fn spot(
        &self,
        position: Position,
        cell: usize,
        road: Option<usize>,
        dice: &mut Dice,
    ) -> Option<Spot<'a>> {
        let road = road.or_else(|| dice.pick(self.roads.get(cell)?).copied())?;
        let road = self.ground.features.get(road)?;
        let landmark = self.ground.landmarks.get((*self.landmark.get(cell)?)?)?;
        let community = self.ground.divisions.get((*self.community.get(cell)?)?)?;
        Some(Spot {
            position,
            cell,
            road: PlaceName { zh: &road.name_zh, en: &road.name_en },
            landmark: PlaceName { zh: &landmark.name_zh, en: &landmark.name_en },
            community: PlaceName { zh: &community.name_zh, en: &community.name_en },
        })
    }
}

/// Points along a line.
fn along(line: &[Position]) -> Vec<Point> {
    let points: Vec<Point> = line.iter().map(|position| Point::of(*position)).collect();
    let mut along = Vec::new();
    for pair in points.windows(2) {
        let steps = (pair[0].distance(pair[1]) / STEP_M).ceil().max(1.0) as usize;
        along.extend((0..steps).map(|step| pair[0].toward(pair[1], (step as f64 + 0.5) / steps as f64)));
    }
    along
}
