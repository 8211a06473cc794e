//! The net of streets in the town: lines that bend a little, so that every block between them is nearly a rectangle and every street is long.
//! One mesh of the net is one unit grid cell (spatial principle: no cell crosses a road, standards.md 2.1).

use super::{
    plan::{BLOCK_COLUMNS, BLOCK_ROWS, BLOCKS, COLUMN_CELLS, ROW_CELLS},
    plane::{Point, swell},
};
use crate::dice::Dice;

/// A row or column of the net beside the town on each side, for the open country that touches it.
const MARGIN: usize = 1;
/// Narrowest and widest mesh of the net, metres, before the middle is drawn together.
const MESH_M: (f64, f64) = (130.0, 164.0);
/// How far a line bends to each side, metres, and how long its bends are.
const BEND_M: f64 = 170.0;
const BEND_STEP_M: f64 = 2_700.0;
/// The whole net is turned: the cosine and the sine of the angle.
const TURNED: (f64, f64) = (0.99, 0.141_067_4);

/// The net. Columns count from the west, rows from the north; line `i` lies before column or row `i`.
pub(super) struct Lattice {
    seed: u64,
    /// East of the middle of each line between columns, metres, before bending.
    east: Vec<f64>,
    /// North of the middle of each line between rows, falling.
    north: Vec<f64>,
    /// For each column which column of blocks it is in.
    block_columns: Vec<Option<usize>>,
    block_rows: Vec<Option<usize>>,
}

impl Lattice {
    pub(super) fn new(seed: u64) -> Self {
        let mut dice = Dice::new(seed, "lattice");
        let block_columns = blocks_of(&COLUMN_CELLS);
        let block_rows = blocks_of(&ROW_CELLS);
        let east = lines(block_columns.len(), &mut dice);
        let north = lines(block_rows.len(), &mut dice).iter().map(|line| -line).collect();
        Self { seed, east, north, block_columns, block_rows }
    }

    pub(super) fn columns(&self) -> usize {
        self.block_columns.len()
    }

    pub(super) fn rows(&self) -> usize {
        self.block_rows.len()
    }

    /// The last six digits of the community in whose block the mesh lies.
    pub(super) fn community(&self, column: usize, row: usize) -> Option<&'static str> {
        let block_column = (*self.block_columns.get(column)?)?;
        let block_row = (*self.block_rows.get(row)?)?;
        block(block_column, block_row)
    }

    /// Does the mesh touch the town without being in it?
    pub(super) fn is_beside(&self, column: usize, row: usize) -> bool {
        let around = |middle: usize| middle.saturating_sub(1)..=middle + 1;
        self.community(column, row).is_none()
            && around(row).any(|row| around(column).any(|column| self.community(column, row).is_some()))
    }

    /// Where two lines cross.
    pub(super) fn crossing(&self, column_line: usize, row_line: usize) -> Point {
        let at = |lines: &[f64], line: usize| lines.get(line).copied().unwrap_or_default();
        self.bend(Point::new(at(&self.east, column_line), at(&self.north, row_line)))
    }

    /// A place inside of a mesh, from parts of the way to the east and to the south.
    pub(super) fn inside(&self, column: usize, row: usize, across: f64, down: f64) -> Point {
        let upper = self.crossing(column, row).toward(self.crossing(column + 1, row), across);
        let lower = self.crossing(column, row + 1).toward(self.crossing(column + 1, row + 1), across);
        upper.toward(lower, down)
    }

    /// The first line of a column of blocks, or the last line of all.
    pub(super) fn block_column_line(&self, block_column: usize) -> usize {
        MARGIN + COLUMN_CELLS.iter().take(block_column).sum::<usize>()
    }

    /// Likewise for rows.
    pub(super) fn block_row_line(&self, block_row: usize) -> usize {
        MARGIN + ROW_CELLS.iter().take(block_row).sum::<usize>()
    }

    /// Metres from a point to the nearest block; less than nothing inside.
    pub(super) fn distance(&self, point: Point) -> f64 {
        let mut least = f64::MAX;
        for block_row in 0..BLOCK_ROWS {
            for block_column in (0..BLOCK_COLUMNS).filter(|column| block(*column, block_row).is_some()) {
                let (west, north) = (self.block_column_line(block_column), self.block_row_line(block_row));
                let (east, south) =
                    (self.block_column_line(block_column + 1), self.block_row_line(block_row + 1));
                let middle = self.crossing((west + east) / 2, (north + south) / 2);
                least = least.min(middle.distance(point) - 480.0);
            }
        }
        least
    }

    fn bend(&self, point: Point) -> Point {
        let bent = point.plus(
            BEND_M * swell(self.seed, 11, point, BEND_STEP_M),
            BEND_M * swell(self.seed, 12, point, BEND_STEP_M),
        );
        Point::new(bent.x * TURNED.0 + bent.y * TURNED.1, bent.y * TURNED.0 - bent.x * TURNED.1)
    }
}

/// The community of a block, if the town has one there.
pub(super) fn block(block_column: usize, block_row: usize) -> Option<&'static str> {
    BLOCKS.get(block_row)?.get(block_column).copied().filter(|code| !code.is_empty())
}

fn blocks_of(cells: &[usize]) -> Vec<Option<usize>> {
    let margin = || std::iter::repeat_n(None, MARGIN);
    let blocks = cells.iter().enumerate().flat_map(|(block, count)| std::iter::repeat_n(Some(block), *count));
    margin().chain(blocks).chain(margin()).collect()
}

/// Lines around the middle; the meshes are smaller there.
fn lines(meshes: usize, dice: &mut Dice) -> Vec<f64> {
    let mut lines = vec![0.0];
    for mesh in 0..meshes {
        let from_middle = (2.0 * (mesh as f64 + 0.5) / meshes as f64 - 1.0).abs();
        let width = dice.between(MESH_M.0, MESH_M.1) * (0.9 + 0.22 * from_middle);
        lines.push(lines.last().copied().unwrap_or_default() + width);
    }
    let middle = lines.last().copied().unwrap_or_default() / 2.0;
    lines.iter().map(|line| line - middle).collect()
}
