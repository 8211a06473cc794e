//! A box divided into cells with shared irregular borders: the demonstration city's illustrative grid, and the grid on which
//! locating is measured. Pure: the same arguments give the same cells on every machine.

use crate::{
    error::MapError,
    geometry::{BoundingBox, Polygon, Position, Ring},
};

#[cfg(test)]
mod tests;

/// The most vertices that one division may have, in all cells together.
pub const VERTICES_MAX: usize = 16_000_000;

/// How far a corner may lie from its place in a regular grid, as a part of a cell's side. With [`SWAY`] it keeps the four
/// sides of a cell apart: a side's slope stays under 2·0.15/0.7 + 0.3/0.7 < 1, and two opposite sides never meet (0.15 + 0.15 < 0.5).
const CORNER_SHIFT: f64 = 0.15;
/// How far a side sways, as a part of the distance to its nearer end.
const SWAY: f64 = 0.3;

/// Divides `bounds` into `columns` × `rows` cells of `4 * edges_per_side` edges each, row by row from the north-west as the
/// codes of unit grids run (standards.md 2.1). Neighbours share every vertex of their border bit by bit; the outermost sides
/// are straight.
///
/// # Errors
/// [`MapError::DivisionOutOfRange`] for no columns, rows or edges, a box without width or height, or more than
/// [`VERTICES_MAX`] vertices; the errors of [`BoundingBox::new`].
pub fn tessellate(
    bounds: BoundingBox,
    columns: u32,
    rows: u32,
    edges_per_side: u32,
    seed: u64,
) -> Result<Vec<Polygon>, MapError> {
    let bounds = BoundingBox::new(bounds.west, bounds.south, bounds.east, bounds.north)?;
    let vertices = [columns, rows, edges_per_side, 4].iter().try_fold(1_usize, |product, factor| {
        product.checked_mul(*factor as usize).filter(|product| (1..=VERTICES_MAX).contains(product))
    });
    if vertices.is_none() || bounds.west >= bounds.east || bounds.south >= bounds.north {
        return Err(MapError::DivisionOutOfRange);
    }
    let division = Division { bounds, columns, rows, edges_per_side, seed };
    let mut cells = Vec::with_capacity(columns as usize * rows as usize);
    for row in (0..rows).rev() {
        for column in 0..columns {
            cells.push(division.cell(column, row)?);
        }
    }
    Ok(cells)
}

struct Division {
    bounds: BoundingBox,
    columns: u32,
    rows: u32,
    edges_per_side: u32,
    seed: u64,
}

impl Division {
    /// The cell, counter-clockwise from its south-west corner; rows are counted from the south here.
    fn cell(&self, column: u32, row: u32) -> Result<Polygon, MapError> {
        let mut positions = Vec::with_capacity(self.edges_per_side as usize * 4);
        let steps = self.edges_per_side;
        positions.extend((0..steps).map(|step| self.along_row(column, row, step)));
        positions.extend((0..steps).map(|step| self.along_column(column + 1, row, step)));
        positions.extend((1..=steps).rev().map(|step| self.along_row(column, row + 1, step)));
        positions.extend((1..=steps).rev().map(|step| self.along_column(column, row, step)));
        Ok(Polygon { outer: Ring::new(positions)?, holes: Vec::new() })
    }

    /// A vertex of the side from corner (column, row) to the next corner east. Ends are taken from the corners, so that all
    /// sides that meet there agree bit by bit.
    fn along_row(&self, column: u32, row: u32, step: u32) -> Position {
        let inner = row > 0 && row < self.rows;
        let (from, to) = (self.corner(column, row), self.corner(column + 1, row));
        let sway = if inner { self.sway(1, column, row, step) } else { 0.0 };
        self.place(self.between(from, to, step, (0.0, sway)))
    }

    /// A vertex of the side from corner (column, row) to the next corner north.
    fn along_column(&self, column: u32, row: u32, step: u32) -> Position {
        let inner = column > 0 && column < self.columns;
        let (from, to) = (self.corner(column, row), self.corner(column, row + 1));
        let sway = if inner { self.sway(2, column, row, step) } else { 0.0 };
        self.place(self.between(from, to, step, (sway, 0.0)))
    }

    fn between(&self, from: (f64, f64), to: (f64, f64), step: u32, sway: (f64, f64)) -> (f64, f64) {
        if step == 0 {
            return from;
        }
        if step == self.edges_per_side {
            return to;
        }
        let part = f64::from(step) / f64::from(self.edges_per_side);
        (from.0 + (to.0 - from.0) * part + sway.0, from.1 + (to.1 - from.1) * part + sway.1)
    }

    /// Where a corner lies, in cells from the south-west; outer corners stay on the outline.
    fn corner(&self, column: u32, row: u32) -> (f64, f64) {
        let shift = |kind, inner| if inner { CORNER_SHIFT * self.noise(kind, column, row, 0) } else { 0.0 };
        let x = f64::from(column) + shift(3, column > 0 && column < self.columns);
        let y = f64::from(row) + shift(4, row > 0 && row < self.rows);
        (x, y)
    }

    /// How far a vertex lies beside the straight side, in cells: slow bends with some roughness, none at the ends.
    fn sway(&self, kind: u64, column: u32, row: u32, step: u32) -> f64 {
        const BENDS: f64 = 4.0;
        let part = f64::from(step) / f64::from(self.edges_per_side);
        let bend = (part * BENDS).floor();
        let within = part * BENDS - bend;
        let smooth = within * within * (3.0 - 2.0 * within);
        // Bends are few: the cast is exact.
        let at = |bend: f64| self.noise(kind + 4, column, row, bend as u32);
        let slow = at(bend) * (1.0 - smooth) + at(bend + 1.0) * smooth;
        let rough = self.noise(kind + 6, column, row, step);
        SWAY * part.min(1.0 - part) * (0.8 * slow + 0.2 * rough)
    }

    fn place(&self, (x, y): (f64, f64)) -> Position {
        let along = |part: f64, count: u32, low: f64, high: f64| {
            if part >= f64::from(count) { high } else { low + (high - low) * (part / f64::from(count)) }
        };
        Position {
            lon: along(x, self.columns, self.bounds.west, self.bounds.east),
            lat: along(y, self.rows, self.bounds.south, self.bounds.north),
        }
    }

    /// A number from -1 to 1 that depends on the seed and these four only (splitmix64 over each in turn).
    fn noise(&self, kind: u64, column: u32, row: u32, step: u32) -> f64 {
        let hash = [kind, u64::from(column), u64::from(row), u64::from(step)]
            .iter()
            .fold(mix(self.seed), |hash, value| mix(hash ^ value));
        // The upper 53 bits fit a double exactly.
        (hash >> 11) as f64 / (1_u64 << 52) as f64 - 1.0
    }
}

fn mix(value: u64) -> u64 {
    let value = value.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let value = (value ^ (value >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let value = (value ^ (value >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    value ^ (value >> 31)
}
