//! A million points in two thousand irregular cells, index included.

use std::time::Instant;

use anyhow::Result;
use map::{
    divide::tessellate,
    geometry::{BoundingBox, MultiPolygon, Position},
    locate::CellIndex,
};

use crate::{
    machine,
    table::{Row, Table, Target},
    town::Lot,
};

/// Points that are located.
const POINTS: usize = 1_000_000;
/// Times; the best counts, because other work on the machine only ever makes it slower.
const TIMES: usize = 5;

pub(crate) fn measure(table: &mut Table) -> Result<()> {
    let bounds = BoundingBox::new(107.90, 26.50, 108.10, 26.70)?;
    let cells: Vec<_> =
        tessellate(bounds, 50, 40, 16, 7)?.into_iter().map(MultiPolygon::from).enumerate().collect();
    let mut lot = Lot::new(7);
    let points: Vec<_> = (0..POINTS)
        .map(|_| Position { lon: lot.between(107.897, 108.103), lat: lot.between(26.497, 26.703) })
        .collect();
    let (mut cpu_s, mut wall_s, mut inside) = (f64::MAX, f64::MAX, 0);
    for _ in 0..TIMES {
        let (started, cpu) = (Instant::now(), machine::thread_cpu_s()?);
        let index = CellIndex::build(&cells)?;
        let mut found = Vec::with_capacity(points.len());
        index.locate_many(&points, &mut found);
        wall_s = wall_s.min(started.elapsed().as_secs_f64());
        cpu_s = cpu_s.min(machine::thread_cpu_s()? - cpu);
        inside = found.iter().flatten().count();
    }
    table.put(Row {
        what: "locating points in cells, with building the index".to_owned(),
        size: u64::try_from(POINTS)?,
        value: cpu_s,
        unit: "s CPU".to_owned(),
        target: Some(Target::Below(0.5)),
        note: format!(
            "{} cells of 64 edges, one thread, {wall_s:.3} s wall, {inside} inside, best of {TIMES}",
            cells.len()
        ),
        load: 0.0,
        grows: false,
        order: 10,
    });
    Ok(())
}
