//! Which cell a position is in.
//!
//! # The rule
//! Edges are straight in longitude and latitude. A position is in a cell if a line from it to the east meets the cell's border an odd
//! number of times, where every position counts as if it stood a little further east and still less further north. So on a border
//! between two cells it belongs to the eastern one, on a level border to the northern one, and on a vertex to exactly one of the
//! cells around it. The test is exact and does not depend on the direction in which a ring runs: where neighbours share the
//! vertices of their border bit by bit, no position falls between two cells or into both. Where one has a vertex on the
//! border that the other lacks, rounding of that vertex may leave a sliver; the check of a new grid names such vertices.
//! * Cells that overlap: the one with the lowest index.
//! * A position that is in no cell by this rule but exactly on an edge (the outline's east and north side, the rim of
//!   a hole): the cell with the lowest index that has the edge. So a border of the city always belongs to the city.
//!
//! # How
//! A raster over all cells. Most buckets are wholly inside one cell or outside all, which one look tells. A bucket with borders
//! knows which of its cells hold its south-east corner; a walk from the position to that corner changes that for each edge it
//! crosses, and only edges in the bucket can be crossed.

mod build;
mod side;

use crate::{
    error::MapError,
    geodesy,
    geometry::{BoundingBox, MultiPolygon, Position},
};
use side::Edge;

#[cfg(test)]
mod tests;

/// The most cells of one index.
pub const CELLS_MAX: usize = 1_000_000;
/// The most edges of all cells of one index; with the limits below memory stays under about 1 GB.
pub const EDGES_MAX: usize = 8_000_000;
/// The most buckets of the raster (4 bytes each).
pub const BUCKETS_MAX: usize = 16_777_216;
/// The most meetings of an edge and a bucket (about 20 bytes each while building, 8 after). The raster is made coarser until it fits.
pub const MEETINGS_MAX: usize = 32_000_000;

/// Finds the cell of a position. Built once for an edition of the grid, then read by any number of threads.
#[derive(Debug)]
pub struct CellIndex {
    raster: Raster,
    /// For each bucket a cell, [`NONE`], or [`BORDERS`] and the number of its first group.
    buckets: Vec<u32>,
    groups: Vec<Group>,
    meetings: Vec<Meeting>,
    group_cells: Vec<u32>,
    edges: Vec<Edge>,
    /// The cells that have the edge in their border; the second may be [`NONE`].
    owners: Vec<[u32; 2]>,
}

/// Where the nearest cell of a position is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Nearest {
    /// The cell's index.
    pub cell: u32,
    /// How far it is, metres on the ellipsoid; 0 inside.
    pub distance_m: f64,
    /// The nearest place of the cell.
    pub position: Position,
}

const NONE: u32 = u32::MAX;
const BORDERS: u32 = 1 << 31;
/// How many cells a group holds: one bit each.
const GROUP_CELLS: usize = 32;

/// Up to 32 of the cells that have borders in a bucket.
#[derive(Debug, Clone, Copy)]
struct Group {
    first_meeting: u32,
    meetings: u32,
    first_cell: u32,
    /// One bit for each cell that holds the south-east corner of the bucket.
    corner: u32,
    /// The lowest cell that holds the whole bucket, or [`NONE`].
    cover: u32,
    /// Whether the next group is of the same bucket.
    more: bool,
}

/// An edge in a bucket, and which cells of the group it bounds.
#[derive(Debug, Clone, Copy)]
struct Meeting {
    edge: u32,
    cells: u32,
}

/// The rectangle that is cut into buckets.
#[derive(Debug, Clone, Copy)]
struct Raster {
    bounds: BoundingBox,
    columns: usize,
    rows: usize,
    columns_per_degree: f64,
    rows_per_degree: f64,
}

impl Raster {
    fn column(&self, lon: f64) -> usize {
        // A negative float becomes 0 by the cast.
        (((lon - self.bounds.west) * self.columns_per_degree) as usize).min(self.columns - 1)
    }

    fn row(&self, lat: f64) -> usize {
        (((lat - self.bounds.south) * self.rows_per_degree) as usize).min(self.rows - 1)
    }

    /// The west side of a column, or the east side of the one before.
    fn lon(&self, column: usize) -> f64 {
        self.bounds.west + (self.bounds.east - self.bounds.west) * (column as f64 / self.columns as f64)
    }

    fn lat(&self, row: usize) -> f64 {
        self.bounds.south + (self.bounds.north - self.bounds.south) * (row as f64 / self.rows as f64)
    }
}

impl CellIndex {
    /// Builds the index; a cell's index is its place in `cells`, its id is not looked at. No cells at all are fine, and so is a cell
    /// of no polygons: nothing is in it.
    ///
    /// # Errors
    /// [`MapError::CellsTooMany`], [`MapError::EdgesTooMany`].
    pub fn build<Id>(cells: &[(Id, MultiPolygon)]) -> Result<Self, MapError> {
        build::build(cells.iter().map(|(_, area)| area), cells.len())
    }

    /// The index of the cell that holds the position, by the rule of this module; none outside all cells and for NaN.
    #[must_use]
    #[inline]
    pub fn locate(&self, position: Position) -> Option<u32> {
        if !self.raster.bounds.contains(position) {
            return None;
        }
        let (column, row) = (self.raster.column(position.lon), self.raster.row(position.lat));
        let bucket = self.buckets[row * self.raster.columns + column];
        if bucket == NONE {
            None
        } else if bucket < BORDERS {
            Some(bucket)
        } else {
            self.locate_among((bucket ^ BORDERS) as usize, position, column, row)
        }
    }

    /// Locates every position; `found` is cleared and then holds one answer for each.
    pub fn locate_many(&self, positions: &[Position], found: &mut Vec<Option<u32>>) {
        found.clear();
        found.extend(positions.iter().map(|position| self.locate(*position)));
    }

    /// The nearest cell; the cell itself with distance 0 for a position inside. None for no cells and for numbers that are no position.
    ///
    /// "Nearest" is judged in a plane with the scale of the position's latitude, right to a thousandth within some hundred
    /// kilometres; the distance given is geodesic. The 180th meridian is not crossed.
    #[must_use]
    pub fn nearest(&self, position: Position) -> Option<Nearest> {
        position.check().ok()?;
        if let Some(cell) = self.locate(position) {
            return Some(Nearest { cell, distance_m: 0.0, position });
        }
        let search = Search::new(self, position);
        let (cell, nearest) = search.run()?;
        Some(Nearest { cell, distance_m: geodesy::geodesic_distance_m(position, nearest), position: nearest })
    }

    /// How much memory the index holds, bytes.
    #[must_use]
    pub fn size_bytes(&self) -> usize {
        size_of_val(self.buckets.as_slice())
            + size_of_val(self.groups.as_slice())
            + size_of_val(self.meetings.as_slice())
            + size_of_val(self.group_cells.as_slice())
            + size_of_val(self.edges.as_slice())
            + size_of_val(self.owners.as_slice())
    }

    fn locate_among(&self, first: usize, position: Position, column: usize, row: usize) -> Option<u32> {
        let corner = Position { lon: self.raster.lon(column + 1), lat: position.lat };
        let reference = Position { lon: corner.lon, lat: self.raster.lat(row) };
        let mut found = NONE;
        for group in self.groups_from(first) {
            let mut holding = group.corner;
            for meeting in self.meetings_of(group) {
                if self.edges[meeting.edge as usize].parts(position, corner, reference) {
                    holding ^= meeting.cells;
                }
            }
            found = found.min(group.cover);
            if holding != 0 {
                // Groups and the cells in them rise: the first is the lowest.
                let lowest = self.group_cells[group.first_cell as usize + holding.trailing_zeros() as usize];
                found = found.min(lowest);
                break;
            }
        }
        if found == NONE { self.on_edge(first, position) } else { Some(found) }
    }

    /// The lowest cell that has an edge of the bucket through the position.
    fn on_edge(&self, first: usize, position: Position) -> Option<u32> {
        self.groups_from(first)
            .flat_map(|group| self.meetings_of(group))
            .filter(|meeting| self.edges[meeting.edge as usize].holds(position))
            .map(|meeting| self.lowest_owner(meeting.edge))
            .min()
    }

    fn lowest_owner(&self, edge: u32) -> u32 {
        let [one, other] = self.owners[edge as usize];
        one.min(other)
    }

    /// The groups of a bucket.
    fn groups_from(&self, first: usize) -> impl Iterator<Item = &Group> {
        let mut more = true;
        self.groups[first..].iter().take_while(move |group| std::mem::replace(&mut more, group.more))
    }

    fn meetings_of(&self, group: &Group) -> &[Meeting] {
        &self.meetings[group.first_meeting as usize..][..group.meetings as usize]
    }
}

/// Whether the area holds the position: by the same rule as [`CellIndex`], its whole border included. For one area and few positions.
#[must_use]
pub fn contains(area: &MultiPolygon, position: Position) -> bool {
    let mut inside = false;
    for edge in area.rings().flat_map(|ring| ring.edges()).filter_map(|(a, b)| Edge::new(a, b)) {
        if edge.holds(position) {
            return true;
        }
        inside ^= edge.is_east_of(position);
    }
    inside
}

/// A search in growing squares of buckets around a position outside all cells.
struct Search<'a> {
    index: &'a CellIndex,
    from: Position,
    /// Metres in a degree of longitude and of latitude.
    scale: (f64, f64),
    column: usize,
    row: usize,
}

impl<'a> Search<'a> {
    fn new(index: &'a CellIndex, from: Position) -> Self {
        let raster = &index.raster;
        Self {
            index,
            from,
            scale: geodesy::metres_per_degree(from.lat),
            column: raster.column(from.lon),
            row: raster.row(from.lat),
        }
    }

    fn run(&self) -> Option<(u32, Position)> {
        let (columns, rows) = (self.index.raster.columns, self.index.raster.rows);
        let mut best: Option<(f64, u32, Position)> = None;
        for reach in 0..columns.max(rows) {
            let (west, east) = (self.column.checked_sub(reach), self.column + reach);
            let (south, north) = (self.row.checked_sub(reach), self.row + reach);
            let across = west.unwrap_or(0)..=east.min(columns - 1);
            for row in [south, (reach > 0).then_some(north)].into_iter().flatten().filter(|row| *row < rows) {
                across.clone().for_each(|column| self.improve(&mut best, column, row));
            }
            let (from, to) = (south.map_or(0, |south| south + 1), north.min(rows));
            for column in
                [west, Some(east)].into_iter().flatten().filter(|column| reach > 0 && *column < columns)
            {
                (from..to).for_each(|row| self.improve(&mut best, column, row));
            }
            if best.is_some_and(|(distance, ..)| distance <= self.beyond(reach)) {
                break;
            }
        }
        best.map(|(_, cell, position)| (cell, position))
    }

    /// How far at least everything is that the squares up to `reach` do not hold, squared metres.
    fn beyond(&self, reach: usize) -> f64 {
        let raster = &self.index.raster;
        let bounds = raster.bounds;
        let outside = |value: f64, low: f64, high: f64| (low - value).max(value - high).max(0.0);
        let square = |lon_degrees: f64, lat_degrees: f64| {
            (lon_degrees * self.scale.0).powi(2) + (lat_degrees * self.scale.1).powi(2)
        };
        let lon_out = outside(self.from.lon, bounds.west, bounds.east);
        let lat_out = outside(self.from.lat, bounds.south, bounds.north);
        let mut least = f64::INFINITY;
        if let Some(column) = self.column.checked_sub(reach).filter(|column| *column > 0) {
            least = least.min(square(outside(self.from.lon, bounds.west, raster.lon(column)), lat_out));
        }
        if self.column + reach + 1 < raster.columns {
            let side = raster.lon(self.column + reach + 1);
            least = least.min(square(outside(self.from.lon, side, bounds.east), lat_out));
        }
        if let Some(row) = self.row.checked_sub(reach).filter(|row| *row > 0) {
            least = least.min(square(lon_out, outside(self.from.lat, bounds.south, raster.lat(row))));
        }
        if self.row + reach + 1 < raster.rows {
            let side = raster.lat(self.row + reach + 1);
            least = least.min(square(lon_out, outside(self.from.lat, side, bounds.north)));
        }
        least
    }

    fn improve(&self, best: &mut Option<(f64, u32, Position)>, column: usize, row: usize) {
        let bucket = self.index.buckets[row * self.index.raster.columns + column];
        // What is wholly inside a cell lies behind that cell's border.
        if bucket < BORDERS || bucket == NONE {
            return;
        }
        for group in self.index.groups_from((bucket ^ BORDERS) as usize) {
            for meeting in self.index.meetings_of(group) {
                let edge = &self.index.edges[meeting.edge as usize];
                let position = self.nearest_on(edge);
                let distance = ((position.lon - self.from.lon) * self.scale.0).powi(2)
                    + ((position.lat - self.from.lat) * self.scale.1).powi(2);
                let cell = self.index.lowest_owner(meeting.edge);
                if best.is_none_or(|(least, lowest, _)| (distance, cell) < (least, lowest)) {
                    *best = Some((distance, cell, position));
                }
            }
        }
    }

    fn nearest_on(&self, edge: &Edge) -> Position {
        let along =
            ((edge.high.lon - edge.low.lon) * self.scale.0, (edge.high.lat - edge.low.lat) * self.scale.1);
        let away =
            ((self.from.lon - edge.low.lon) * self.scale.0, (self.from.lat - edge.low.lat) * self.scale.1);
        let part = (along.0 * away.0 + along.1 * away.1) / (along.0 * along.0 + along.1 * along.1);
        if part <= 0.0 {
            edge.low
        } else if part >= 1.0 {
            edge.high
        } else {
            Position {
                lon: edge.low.lon + (edge.high.lon - edge.low.lon) * part,
                lat: edge.low.lat + (edge.high.lat - edge.low.lat) * part,
            }
        }
    }
}
