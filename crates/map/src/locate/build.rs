//! Building the raster of cells: edges that neighbours share are stored once, edges are put into the buckets they touch, and a sweep
//! over each row from the east tells which cells hold which corner.

use std::collections::BTreeSet;

use super::{
    BORDERS, BUCKETS_MAX, CELLS_MAX, CellIndex, EDGES_MAX, GROUP_CELLS, Group, MEETINGS_MAX, Meeting, NONE,
    Raster, side::Edge,
};
use crate::{
    error::MapError,
    geometry::{BoundingBox, MultiPolygon, Position},
};

/// Buckets for each edge: more are decided at once and cost memory.
const BUCKETS_PER_EDGE: usize = 12;
/// The least side of a bucket, degrees (1 cm): far above the rounding of coordinates, so that [`MARGIN`] covers it.
const BUCKET_DEGREES_MIN: f64 = 1e-7;
/// An edge this close to a bucket, in buckets, counts as touching it.
const MARGIN: f64 = 1e-3;

pub(super) fn build<'a>(
    areas: impl Iterator<Item = &'a MultiPolygon>,
    cells: usize,
) -> Result<CellIndex, MapError> {
    if cells > CELLS_MAX {
        return Err(MapError::CellsTooMany { cells });
    }
    let (edges, owners) = collect_edges(areas)?;
    let ends = edges.iter().flat_map(|edge| [&edge.low, &edge.high]);
    let Some(bounds) = BoundingBox::around(ends) else {
        let bounds = BoundingBox { west: 0.0, south: 0.0, east: 0.0, north: 0.0 };
        let raster = Raster { bounds, columns: 1, rows: 1, columns_per_degree: 0.0, rows_per_degree: 0.0 };
        return Ok(CellIndex {
            raster,
            buckets: vec![NONE],
            groups: Vec::new(),
            meetings: Vec::new(),
            group_cells: Vec::new(),
            edges,
            owners,
        });
    };
    let raster = choose_raster(bounds, &edges);
    let touched = Touched::new(&raster, &edges);
    let crossings = crossings(&raster, &edges, &owners);
    let sweep = Sweep {
        index: CellIndex {
            raster,
            buckets: vec![NONE; raster.columns * raster.rows],
            groups: Vec::new(),
            meetings: Vec::with_capacity(touched.edges.len()),
            group_cells: Vec::new(),
            edges,
            owners,
        },
        touched,
        holding: BTreeSet::new(),
        cells: Vec::new(),
        scratch: Vec::new(),
    };
    Ok(sweep.run(&crossings))
}

/// All edges once, with the one or two cells that have them. An edge of three cells is stored twice.
fn collect_edges<'a>(
    areas: impl Iterator<Item = &'a MultiPolygon>,
) -> Result<(Vec<Edge>, Vec<[u32; 2]>), MapError> {
    let mut edges: Vec<Edge> = Vec::new();
    let mut owners: Vec<[u32; 2]> = Vec::new();
    let mut table = EdgeTable::new();
    let mut seen = 0;
    for (cell, area) in areas.enumerate() {
        // At most CELLS_MAX cells.
        let cell = cell as u32;
        for ring in area.rings() {
            seen += ring.positions().len();
            if seen > EDGES_MAX {
                return Err(MapError::EdgesTooMany { edges: seen });
            }
            for edge in ring.edges().filter_map(|(a, b)| Edge::new(a, b)) {
                table.grow_for(&edges);
                let known = table.find_or_insert(&edge, &edges, |found| owners[found][1] == NONE);
                if let Some(found) = known {
                    owners[found][1] = cell;
                } else {
                    edges.push(edge);
                    owners.push([cell, NONE]);
                }
            }
        }
    }
    Ok((edges, owners))
}

/// An open table of edge numbers. Missing a shared edge costs memory, not correctness, so a search is short.
struct EdgeTable {
    slots: Vec<u32>,
}

impl EdgeTable {
    const PROBES_MAX: usize = 32;

    fn new() -> Self {
        Self { slots: vec![NONE; 1024] }
    }

    fn grow_for(&mut self, edges: &[Edge]) {
        if edges.len() * 2 < self.slots.len() {
            return;
        }
        self.slots = vec![NONE; self.slots.len() * 4];
        for (number, edge) in edges.iter().enumerate() {
            if let Some(slot) = self.probes(edge).find(|slot| self.slots[*slot] == NONE) {
                self.slots[slot] = number as u32;
            }
        }
    }

    /// The number of an equal edge that `suits`, or none, and then the edge is known under the next number.
    fn find_or_insert(
        &mut self,
        edge: &Edge,
        edges: &[Edge],
        suits: impl Fn(usize) -> bool,
    ) -> Option<usize> {
        for slot in self.probes(edge) {
            let number = self.slots[slot];
            if number == NONE {
                self.slots[slot] = edges.len() as u32;
                return None;
            }
            if edges[number as usize] == *edge && suits(number as usize) {
                return Some(number as usize);
            }
        }
        None
    }

    fn probes(&self, edge: &Edge) -> impl Iterator<Item = usize> + use<> {
        let numbers = [edge.low.lon, edge.low.lat, edge.high.lon, edge.high.lat];
        let hash = numbers.iter().fold(0_u64, |hash, number| {
            (hash.rotate_left(23) ^ number.to_bits()).wrapping_mul(0x9E37_79B9_7F4A_7C15)
        });
        let mask = self.slots.len() - 1;
        let first = (hash >> 20) as usize;
        (0..Self::PROBES_MAX).map(move |probe| (first + probe) & mask)
    }
}

/// As many buckets as [`BUCKETS_PER_EDGE`] asks for, nearly square in degrees, fewer while edges touch too many of them.
fn choose_raster(bounds: BoundingBox, edges: &[Edge]) -> Raster {
    let (width, height) = (bounds.east - bounds.west, bounds.north - bounds.south);
    let mut buckets = (edges.len() * BUCKETS_PER_EDGE).clamp(1, BUCKETS_MAX) as f64;
    loop {
        let least = BUCKET_DEGREES_MIN;
        let side = (width.max(least) * height.max(least) / buckets).sqrt();
        let count = |length: f64, other: f64| {
            // A long narrow box must not get more buckets than asked for.
            let most = (length / least).clamp(1.0, buckets);
            ((length / side).clamp(1.0, most) as usize, (other / least).clamp(1.0, buckets))
        };
        let (columns, _) = count(width, height);
        let (rows, _) = count(height, width);
        let (columns, rows) = (columns, rows.min((buckets as usize / columns).max(1)));
        let raster = Raster {
            bounds,
            columns,
            rows,
            columns_per_degree: if width > 0.0 { columns as f64 / width } else { 0.0 },
            rows_per_degree: if height > 0.0 { rows as f64 / height } else { 0.0 },
        };
        let mut meetings = 0_usize;
        for edge in edges {
            raster.touch(edge, |_, from, to| meetings += to - from + 1);
        }
        if meetings <= MEETINGS_MAX || columns * rows == 1 {
            return raster;
        }
        buckets = (buckets / 4.0).max(1.0);
    }
}

impl Raster {
    /// Calls back with each row that the edge touches and its first and last column there.
    fn touch(&self, edge: &Edge, mut visit: impl FnMut(usize, usize, usize)) {
        let place = |position: Position| {
            (
                (position.lon - self.bounds.west) * self.columns_per_degree,
                (position.lat - self.bounds.south) * self.rows_per_degree,
            )
        };
        let (low, high) = (place(edge.low), place(edge.high));
        let clip = |value: f64, count: usize| (value.max(0.0) as usize).min(count - 1);
        let (first, last) = (clip(low.1 - MARGIN, self.rows), clip(high.1 + MARGIN, self.rows));
        let height = high.1 - low.1;
        let steep = height > MARGIN;
        let slope = if steep { (high.0 - low.0) / height } else { 0.0 };
        for row in first..=last {
            let (from, to) = if steep {
                let (south, north) = (row as f64 - MARGIN, row as f64 + 1.0 + MARGIN);
                let at = |y: f64| low.0 + (y - low.1) * slope;
                let x = |y: f64| {
                    if y <= low.1 {
                        low.0
                    } else if y >= high.1 {
                        high.0
                    } else {
                        at(y)
                    }
                };
                (x(south), x(north))
            } else {
                (low.0, high.0)
            };
            let (west, east) = (from.min(to) - MARGIN, from.max(to) + MARGIN);
            visit(row, clip(west, self.columns), clip(east, self.columns));
        }
    }
}

/// The edges of each bucket.
struct Touched {
    /// Where the edges of each bucket begin; one more at the end.
    starts: Vec<u32>,
    edges: Vec<u32>,
}

impl Touched {
    fn new(raster: &Raster, edges: &[Edge]) -> Self {
        let mut starts = vec![0_u32; raster.columns * raster.rows + 1];
        for edge in edges {
            raster.touch(edge, |row, from, to| {
                let line = &mut starts[row * raster.columns..][..raster.columns];
                line[from..=to].iter_mut().for_each(|count| *count += 1);
            });
        }
        let mut total = 0;
        for start in &mut starts {
            total += *start;
            *start = total;
        }
        // Each start is now the end of its bucket; filling backwards turns it into the beginning and keeps the edges in order.
        let mut sorted = vec![0_u32; total as usize];
        for (number, edge) in edges.iter().enumerate().rev() {
            raster.touch(edge, |row, from, to| {
                let line = &mut starts[row * raster.columns..][..raster.columns];
                for start in &mut line[from..=to] {
                    *start -= 1;
                    sorted[*start as usize] = number as u32;
                }
            });
        }
        Self { starts, edges: sorted }
    }

    fn of(&self, bucket: usize) -> std::ops::Range<usize> {
        self.starts[bucket] as usize..self.starts[bucket + 1] as usize
    }
}

/// Where the south side of a row meets the border of a cell.
struct Crossing {
    row: u32,
    /// How many corners on that side, from the west, are west of the border.
    corners: u32,
    cell: u32,
}

/// All crossings, row by row, each from the east.
fn crossings(raster: &Raster, edges: &[Edge], owners: &[[u32; 2]]) -> Vec<Crossing> {
    let mut crossings = Vec::new();
    for (edge, owners) in edges.iter().zip(owners) {
        let first = raster.row(edge.low.lat);
        let last = raster.row(edge.high.lat);
        for row in first..=(last + 1).min(raster.rows - 1) {
            let lat = raster.lat(row);
            if !edge.spans_lat(lat) {
                continue;
            }
            let part = (lat - edge.low.lat) / (edge.high.lat - edge.low.lat);
            let mut corners = raster.column(edge.low.lon + (edge.high.lon - edge.low.lon) * part);
            let west_of = |column: usize| edge.has_left(Position { lon: raster.lon(column), lat });
            while corners <= raster.columns && west_of(corners) {
                corners += 1;
            }
            while corners > 0 && !west_of(corners - 1) {
                corners -= 1;
            }
            for cell in owners.iter().copied().filter(|cell| *cell != NONE) {
                crossings.push(Crossing { row: row as u32, corners: corners as u32, cell });
            }
        }
    }
    crossings.sort_unstable_by_key(|crossing| (crossing.row, u32::MAX - crossing.corners));
    crossings
}

struct Sweep {
    index: CellIndex,
    touched: Touched,
    /// The cells that hold the corner at hand.
    holding: BTreeSet<u32>,
    /// The cells with borders in the bucket at hand.
    cells: Vec<u32>,
    scratch: Vec<(u32, Meeting)>,
}

impl Sweep {
    fn run(mut self, crossings: &[Crossing]) -> CellIndex {
        let (columns, rows) = (self.index.raster.columns, self.index.raster.rows);
        let mut next = crossings.iter().peekable();
        for row in 0..rows {
            self.holding.clear();
            for column in (0..columns).rev() {
                let of_corner = |crossing: &&Crossing| {
                    crossing.row as usize == row && crossing.corners as usize > column + 1
                };
                while let Some(crossing) = next.next_if(of_corner) {
                    if !self.holding.remove(&crossing.cell) {
                        self.holding.insert(crossing.cell);
                    }
                }
                let bucket = row * columns + column;
                let touched = self.touched.of(bucket);
                self.index.buckets[bucket] = if touched.is_empty() {
                    self.holding.first().copied().unwrap_or(NONE)
                } else {
                    self.borders(touched)
                };
            }
            // What is west of the first bucket's corner does not matter.
            while next.next_if(|crossing| crossing.row as usize == row).is_some() {}
        }
        self.index.groups.shrink_to_fit();
        self.index.meetings.shrink_to_fit();
        self.index.group_cells.shrink_to_fit();
        self.index
    }

    /// Makes the groups of a bucket that edges touch.
    fn borders(&mut self, touched: std::ops::Range<usize>) -> u32 {
        let Self { index, cells, holding, scratch, .. } = self;
        let edges = &self.touched.edges[touched];
        cells.clear();
        cells.extend(edges.iter().flat_map(|edge| index.owners[*edge as usize]).filter(|cell| *cell != NONE));
        cells.sort_unstable();
        cells.dedup();
        let cover = holding.iter().copied().find(|cell| cells.binary_search(cell).is_err()).unwrap_or(NONE);
        // Cells above the one that covers the bucket can never be the lowest.
        cells.truncate(cells.partition_point(|cell| *cell < cover));
        if cells.is_empty() {
            return cover;
        }
        scratch.clear();
        for edge in edges {
            let [one, other] = index.owners[*edge as usize].map(|cell| cells.binary_search(&cell).ok());
            let bit = |place: usize| ((place / GROUP_CELLS) as u32, 1_u32 << (place % GROUP_CELLS));
            match (one.map(bit), other.map(bit)) {
                (Some((group, one)), Some((same, other))) if group == same => {
                    scratch.push((group, Meeting { edge: *edge, cells: one ^ other }));
                }
                (one, other) => {
                    let both = [one, other].into_iter().flatten();
                    scratch.extend(both.map(|(group, cells)| (group, Meeting { edge: *edge, cells })));
                }
            }
        }
        if cells.len() > GROUP_CELLS {
            scratch.sort_by_key(|(group, _)| *group);
        }
        let first = index.groups.len() as u32;
        let mut rest = scratch.as_slice();
        for (number, group_cells) in cells.chunks(GROUP_CELLS).enumerate() {
            let count = rest.partition_point(|(group, _)| *group as usize <= number);
            let (mine, others) = rest.split_at(count);
            rest = others;
            let corner = group_cells
                .iter()
                .enumerate()
                .filter(|(_, cell)| holding.contains(cell))
                .fold(0_u32, |corner, (place, _)| corner | (1 << place));
            index.groups.push(Group {
                first_meeting: index.meetings.len() as u32,
                meetings: mine.len() as u32,
                first_cell: index.group_cells.len() as u32,
                corner,
                cover,
                more: (number + 1) * GROUP_CELLS < cells.len(),
            });
            index.meetings.extend(mine.iter().map(|(_, meeting)| *meeting));
            index.group_cells.extend_from_slice(group_cells);
        }
        first | BORDERS
    }
}
