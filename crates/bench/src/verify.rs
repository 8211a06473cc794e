//! `verify` and `verify --rebuild` over a store.

use std::{path::Path, time::Instant};

use anyhow::Result;

use crate::{
    table::{Row, Table, Target, whole},
    town,
};

pub(crate) fn measure(folder: &Path, size: u64, table: &mut Table) -> Result<()> {
    let ledger = town::open(folder)?;
    for (rebuild, name, least, order) in
        [(false, "verify", 500_000.0, 80), (true, "verify --rebuild", 100_000.0, 81)]
    {
        let started = Instant::now();
        let verdict = ledger::verify(&ledger, rebuild, &[], &mut |_| {})?;
        let wall = started.elapsed().as_secs_f64();
        anyhow::ensure!(verdict.first_bad.is_none(), "the store does not verify: {:?}", verdict.first_bad);
        table.put(Row {
            what: name.to_owned(),
            size,
            value: whole(verdict.entries) / wall,
            unit: "entries/s".to_owned(),
            target: (size >= 1_000_000).then_some(Target::AtLeast(least)),
            note: format!("{} entries, {} records compared", verdict.entries, verdict.records),
            load: 0.0,
            grows: true,
            order,
        });
    }
    Ok(())
}
