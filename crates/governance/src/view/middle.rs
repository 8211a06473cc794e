//! Where people live: the place over which a city's map opens. The middle of the smallest box around a city is often countryside.

use db::Tx;
use kernel::time::{HOUR_MS, Moment};
use ledger::{LedgerError, record};
use map::{
    geodesy::metres_per_degree,
    geometry::{MultiPolygon, Position},
};
use rustc_hash::FxHashMap;

use super::{Grid, View};
use crate::case::noun::CaseNoun;

/// The newest cases that are counted at the most: what the middle costs does not grow with the city's history.
pub const COUNTED_CASES_MAX: u32 = 2_000;
/// Cases that say where people live. Fewer say little, and their middle would tell where the only one is.
pub const COUNTED_CASES_MIN: u64 = 100;
/// The side of the squares that weights are summed up in, metres; the middle is that of the heaviest three by three.
const SQUARE_M: f64 = 800.0;

impl View {
    /// The place over which a map of the city opens: the middle of its busiest quarter by the newest cases in each cell, or of its densest
    /// cells where there are too few cases (small cells are built-up land), or of its border. It lies in a cell where there are any. None
    /// where nothing is known of where the city is. Counted once an hour.
    ///
    /// # Errors
    /// [`LedgerError`] as the store says.
    pub fn middle(&self, tx: &mut Tx<'_>, at: Moment) -> Result<Option<Position>, LedgerError> {
        let hour = at.millis().div_euclid(HOUR_MS);
        if let Some((of, middle)) = *self.middle.read()
            && of == hour
        {
            return Ok(middle);
        }
        let grid = self.grid(at)?;
        let mut cases = FxHashMap::default();
        if !grid.is_empty() {
            for (columns, count) in self.newest_by_cell(tx)? {
                if let Some(Some(cell)) = columns.into_iter().next() {
                    cases.insert(cell, count);
                }
            }
        }
        let cells = || self.cells_in_force(at).filter_map(|cell| Some((cell, middle_of(&cell.area)?)));
        let counted: Vec<(Position, u64)> =
            cells().filter_map(|(cell, middle)| Some((middle, *cases.get(&cell.code)?))).collect();
        let enough = counted.iter().map(|(_, count)| count).sum::<u64>() >= COUNTED_CASES_MIN;
        let busiest = if enough {
            busiest(&counted)
        } else {
            busiest(&cells().map(|(_, middle)| (middle, 1)).collect::<Vec<_>>())
        };
        let middle = busiest
            .map(|middle| inside(&grid, middle))
            .or_else(|| self.bounds().map(|bounds| bounds.center()));
        *self.middle.write() = Some((hour, middle));
        Ok(middle)
    }

    fn newest_by_cell(&self, tx: &mut Tx<'_>) -> Result<Vec<record::Counted>, LedgerError> {
        let order = record::Order::Falling("reported_at");
        let oldest = record::mark_after::<CaseNoun>(tx, self.code, Vec::new(), order, COUNTED_CASES_MAX - 1)?;
        let since = oldest.map(|(reported_at, _)| record::Condition::From("reported_at", reported_at.into()));
        record::count::<CaseNoun>(tx, self.code, since.into_iter().collect(), &["cell"])
    }
}

fn middle_of(area: &MultiPolygon) -> Option<Position> {
    area.bounds().map(|bounds| bounds.center())
}

/// The middle itself, or the nearest place in a cell: a river or a border may run through it.
fn inside(grid: &Grid, middle: Position) -> Position {
    match grid.locate(middle) {
        Some(_) => middle,
        None => grid.nearest(middle).map_or(middle, |nearest| nearest.position),
    }
}

/// The weighted middle of the heaviest three by three squares. A mean over everything would lie between two towns, where nobody lives.
fn busiest(weights: &[(Position, u64)]) -> Option<Position> {
    let first = weights.first()?.0;
    let (east, north) = metres_per_degree(first.lat);
    #[expect(
        clippy::cast_possible_truncation,
        reason = "degrees in squares of a city are far below the largest number"
    )]
    let square = |place: Position| {
        ((place.lon * east / SQUARE_M).floor() as i64, (place.lat * north / SQUARE_M).floor() as i64)
    };
    let mut sums: FxHashMap<(i64, i64), u64> = FxHashMap::default();
    for (place, weight) in weights {
        *sums.entry(square(*place)).or_default() += weight;
    }
    let around = |(x, y): (i64, i64)| (-1..=1).flat_map(move |dx| (-1..=1).map(move |dy| (x + dx, y + dy)));
    // Equal ones are told apart by their place, so that the answer does not hang on the order of a map.
    let heaviest = sums.keys().copied().max_by_key(|middle| {
        (around(*middle).filter_map(|one| sums.get(&one)).sum::<u64>(), sums.get(middle), *middle)
    })?;
    let mut total = 0.0;
    let (mut lon, mut lat) = (0.0, 0.0);
    for (place, weight) in
        weights.iter().filter(|(place, _)| around(heaviest).any(|one| one == square(*place)))
    {
        #[expect(clippy::cast_precision_loss, reason = "counts of a few thousand")]
        let weight = *weight as f64;
        total += weight;
        lon += weight * (place.lon - first.lon);
        lat += weight * (place.lat - first.lat);
    }
    Some(Position { lon: first.lon + lon / total, lat: first.lat + lat / total })
}
