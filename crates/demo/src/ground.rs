//! The ground of the demonstration city: its shape, divisions, grid, base map, units, people and what its residents report. Pure data from a
//! seed; life is lived on top of it.
//!
//! What is real and what is not: names and codes of divisions are those of the real Kaili (state of 2023), some names of roads too. Every
//! shape and every place is made up, and so are all people. The city lies where the real one lies and is about as large.
//!
//! The same seed gives the same city byte for byte on every machine.

mod atoms;
mod blocks;
mod border;
mod division;
pub(crate) mod enquiries;
mod features;
mod grid;
mod land;
mod landmarks;
mod lattice;
mod mesh;
mod people;
pub(crate) mod person_names;
mod plan;
mod plane;
mod register;
pub mod reports;
mod roads;
mod rows;
mod sharing;
pub mod spots;
#[cfg(test)]
mod tests;
mod units;
mod water;
mod ways;

use governance::{division::DivisionLevel, handbook::AreaClass, unit::UnitKind};
use kernel::role::Role;
use map::geometry::{Geometry, MultiPolygon, Position};
use serde::{Deserialize, Serialize};

use crate::error::DemoError;

/// The city as it lies there before anybody lives in it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Ground {
    /// What it was made from.
    pub seed: u64,
    /// The city itself: its level is not one of a street or community, so it stands apart.
    pub outline: Outline,
    /// Streets and towns, then communities and villages, each by code.
    pub divisions: Vec<Division>,
    /// The unit grid, by code. No gaps, no overlaps, borders shared vertex by vertex.
    pub cells: Vec<Cell>,
    /// The base map.
    pub features: Vec<Feature>,
    /// Places that people name when they say where something is, and what kind of place they are.
    pub landmarks: Vec<Landmark>,
    /// Who handles cases.
    pub units: Vec<Unit>,
    /// Who works in the city.
    pub people: Vec<Person>,
}

/// The city's own border and name.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Outline {
    /// Six digits.
    pub code: String,
    /// The name in Chinese.
    pub name_zh: String,
    /// The name in English.
    pub name_en: String,
    /// The border; made up.
    pub boundary: MultiPolygon,
}

/// A street, town, community or village.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Division {
    /// 9 or 12 digits.
    pub code: String,
    /// The name in Chinese, as on a map (西门社区, not its committee).
    pub name_zh: String,
    /// The name in English.
    pub name_en: String,
    /// Which kind.
    pub level: DivisionLevel,
    /// The code of the division above.
    pub parent: String,
    /// The border; made up. Inside the parent's, without gaps or overlaps among its children.
    pub boundary: MultiPolygon,
}

/// A unit grid cell.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Cell {
    /// 15 digits: the community's code and a number, from west to east in rows from north to south (standards.md 2.1).
    pub code: String,
    /// The code of its community or village.
    pub community: String,
    /// Its area.
    pub area: MultiPolygon,
    /// A place inside of it, for labels and for sending somebody there.
    pub middle: Position,
    /// How busy the place is.
    pub area_class: AreaClass,
    /// The office of its street, which answers where nobody else does: code of the unit.
    pub unit: String,
    /// Who looks after it: index in [`Ground::people`].
    pub collector: usize,
    /// It lies in the town, not in the open country.
    pub urban: bool,
}

/// Something on the base map.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Feature {
    /// `road`, `water`, `block`, `park` or `landmark`.
    pub layer: String,
    /// Unique in its layer.
    pub code: String,
    /// The name in Chinese; empty for what has none.
    pub name_zh: String,
    /// The name in English; empty for what has none.
    pub name_en: String,
    /// Where it is; made up.
    pub geometry: Geometry,
    /// The zoom from which it is drawn.
    pub zoom_min: u8,
}

/// What kind of place a landmark is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LandmarkKind {
    /// 学校.
    School,
    /// 医院, 卫生院.
    Hospital,
    /// 农贸市场, 夜市.
    Market,
    /// 广场.
    Square,
    /// 公园.
    Park,
    /// 车站.
    Station,
    /// 政府, 服务中心.
    Office,
    /// 小区.
    Residence,
}

/// A place that people name.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Landmark {
    /// The name in Chinese, unique in the city.
    pub name_zh: String,
    /// The name in English.
    pub name_en: String,
    /// What it is.
    pub kind: LandmarkKind,
    /// Where it is.
    pub position: Position,
    /// The code of the cell that it lies in.
    pub cell: String,
}

/// A unit that handles cases.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unit {
    /// The code, a stable word.
    pub code: String,
    /// The name in Chinese.
    pub name_zh: String,
    /// The name in English.
    pub name_en: String,
    /// Which kind.
    pub kind: UnitKind,
    /// For the office of a street or town: its 9-digit code.
    pub street: Option<String>,
}

/// Somebody with an account. Made up: name and post belong to nobody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// The name to sign in with.
    pub sign_in: String,
    /// The name in Chinese.
    pub name_zh: String,
    /// The name in English spelling.
    pub name_en: String,
    /// The post.
    pub role: Role,
    /// The unit's code, for its manager and workers.
    pub unit: Option<String>,
    /// Codes of the cells that a collector looks after.
    pub cells: Vec<String>,
}

/// Makes the city of a seed.
///
/// # Errors
/// [`DemoError`] only where the data that ships with the program is damaged.
pub fn ground(seed: u64) -> Result<Ground, DemoError> {
    let (quarters, communities) = register::read()?;
    let land = land::Land::new(seed, &communities)?;
    let borders = border::Borders::draw(seed, &land.mesh, |side| land.is_straight(side));
    let (outline, divisions) = division::divisions(&land, &borders, &quarters, &communities)?;
    let units = units::units(&quarters)?;
    let (mut cells, cell_of) = grid::cells(&land, &borders, &communities, &units)?;
    let people = people::people(seed, &units, &mut cells);
    let places = landmarks::landmarks(seed, &land, &quarters, &communities, &cells, &cell_of);
    let features = features::features(seed, &land, &borders, &communities, &places)?;
    let landmarks = places.into_iter().map(|place| place.landmark).collect();
    Ok(Ground { seed, outline, divisions, cells, features, landmarks, units, people })
}
