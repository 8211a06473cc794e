//! The grid in force: which cell a point is in.

use ledger::LedgerError;
use map::{
    geometry::{MultiPolygon, Position},
    locate::CellIndex,
};

use crate::{cell::Cell, handbook::AreaClass};

/// The cells in force at some time, with their index.
#[derive(Debug)]
pub struct Grid {
    cells: Vec<(String, Option<AreaClass>)>,
    editions: Vec<String>,
    index: CellIndex,
}

/// Where a point lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Located<'a> {
    /// The cell's 15 digits.
    pub cell: &'a str,
    /// The street's 9 digits.
    pub street: &'a str,
    /// The community's 12 digits.
    pub community: &'a str,
    /// How busy the place is.
    pub area_class: Option<AreaClass>,
}

/// The nearest cell of a point outside.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct NearestCell<'a> {
    /// The cell's 15 digits.
    pub cell: &'a str,
    /// How far, metres.
    pub distance_m: f64,
    /// The nearest place inside.
    pub position: Position,
}

impl Grid {
    /// The index over some cells.
    ///
    /// # Errors
    /// [`LedgerError::Damaged`] where they are too many.
    pub(super) fn build<'a>(cells: impl Iterator<Item = &'a Cell>) -> Result<Self, LedgerError> {
        let mut cells: Vec<&Cell> =
            cells.filter(|cell| cell.code.len() == 15 && cell.code.is_ascii()).collect();
        // A point on a border belongs to the lower code, whatever the order of the register.
        cells.sort_by(|one, other| (&one.code, &one.edition).cmp(&(&other.code, &other.edition)));
        let areas: Vec<(&str, MultiPolygon)> =
            cells.iter().map(|cell| (cell.code.as_str(), cell.area.clone())).collect();
        let index =
            CellIndex::build(&areas).map_err(|error| LedgerError::Damaged(format!("grid: {error}")))?;
        let mut editions: Vec<String> = cells.iter().map(|cell| cell.edition.clone()).collect();
        editions.sort_unstable();
        editions.dedup();
        Ok(Self {
            cells: cells.into_iter().map(|cell| (cell.code.clone(), cell.area_class)).collect(),
            editions,
            index,
        })
    }

    /// There is no cell.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }

    /// How many cells there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.cells.len()
    }

    /// The names of the editions in force, in order.
    #[must_use]
    pub fn editions(&self) -> &[String] {
        &self.editions
    }

    /// The cell that holds a point.
    #[must_use]
    pub fn locate(&self, position: Position) -> Option<Located<'_>> {
        self.index.locate(position).and_then(|place| self.located(place))
    }

    /// The nearest cell.
    #[must_use]
    pub fn nearest(&self, position: Position) -> Option<NearestCell<'_>> {
        let nearest = self.index.nearest(position)?;
        let (cell, _) = self.cells.get(nearest.cell as usize)?;
        Some(NearestCell { cell, distance_m: nearest.distance_m, position: nearest.position })
    }

    /// How busy the place of a cell is.
    #[must_use]
    pub fn area_class(&self, cell: &str) -> Option<AreaClass> {
        let place = self.cells.binary_search_by(|(code, _)| code.as_str().cmp(cell)).ok()?;
        self.cells.get(place).and_then(|(_, class)| *class)
    }

    fn located(&self, place: u32) -> Option<Located<'_>> {
        let (cell, area_class) = self.cells.get(place as usize)?;
        Some(Located { cell, street: cell.get(..9)?, community: cell.get(..12)?, area_class: *area_class })
    }
}
