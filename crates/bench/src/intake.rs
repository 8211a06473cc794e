//! Durable intake inside the process: many writers, each waits until its case is on disk.

use std::{
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Instant,
};

use anyhow::Result;
use db::{Db, DbError, Target as Store, Tx};
use governance::{
    case::Source,
    desk::{self, Desk, NewPlace, NewReport},
    view::View,
};
use kernel::{id::SystemIds, role::Actor, time::Moment};
use ledger::Ledger;

use crate::{
    table::{Row, Table, Target, whole},
    town::{self, Cast, Lot},
};

/// Writers at once.
const WRITERS: u64 = 64;
/// Cases that are taken in.
const CASES: u64 = 50_000;
/// Bytes of a row of the floor: about what a case's entry, record and words have together.
const FLOOR_BYTES: usize = 2_400;
/// The most references of a day are a million: so many cases are reported on each day of the bench.
const CASES_A_DAY: u64 = 5_000;

pub(crate) fn measure(base: &Path, table: &mut Table) -> Result<()> {
    let folder = crate::scratch(base)?;
    let ledger = town::open(folder.path())?;
    town::found(&ledger)?;
    let view = town::view(&ledger)?;
    let start = Moment::parse_iso("2026-11-02T08:00:00+08:00")?;
    let cast = Cast::new(&view, start)?;
    let mut lot = Lot::new(11);
    let mut reports = Vec::with_capacity(usize::try_from(CASES)?);
    for number in 0..CASES {
        let place =
            NewPlace { position: cast.place(&mut lot)?, address: format!("韶山北路{}号", number % 300) };
        reports.push(NewReport {
            place: Some(place),
            class: Some(cast.class(&mut lot)?.to_owned()),
            ..NewReport::new(Source::Web, &format!("第{number}次反映：人行道井盖破损，影响通行，请尽快处理"))
        });
    }
    let wall = all(&ledger, &view, &reports, start)?;
    let verdict = ledger::verify(&ledger, true, &[], &mut |_| {})?;
    anyhow::ensure!(verdict.first_bad.is_none(), "what was taken in does not verify");
    let floor = floor(folder.path())?;
    let rate = whole(CASES) / wall;
    table.put(row("durable intake in the process", rate, Some(Target::AtLeast(5_000.0)), 20,
        &format!("{WRITERS} writers; a whole case: entry, hash chain, record, words, timers, reference; {:.0} % of the floor", rate / floor * 100.0)));
    table.put(row(
        "floor of intake: plain rows of the same bytes",
        floor,
        None,
        21,
        "same engine, same writers, one table with one key",
    ));
    Ok(())
}

fn row(what: &str, value: f64, target: Option<Target>, order: u32, note: &str) -> Row {
    Row {
        what: what.to_owned(),
        size: CASES,
        value,
        unit: "cases/s".to_owned(),
        target,
        note: note.to_owned(),
        load: 0.0,
        grows: false,
        order,
    }
}

/// Takes the reports in by all writers; wall seconds.
fn all(ledger: &Ledger, view: &Arc<View>, reports: &[NewReport], start: Moment) -> Result<f64> {
    at_once(|number| {
        let Some(report) = usize::try_from(number).ok().and_then(|place| reports.get(place)) else {
            return Ok(());
        };
        let (report, view, vault) = (report.clone(), Arc::clone(view), Arc::clone(ledger.vault()));
        let day = i64::try_from(number / CASES_A_DAY).unwrap_or(0) * kernel::time::DAY_MS;
        let at = start + (day + i64::try_from(number % CASES_A_DAY).unwrap_or(0));
        ledger.db().write_blocking(move |tx| {
            let at = ledger::moment(tx, view.code, at)?;
            let actor = Actor::resident();
            let desk = &mut Desk { view: &view, vault: &vault, actor: &actor, at, ids: &mut SystemIds };
            desk::report(tx, desk, report).map(drop)
        })?;
        Ok(())
    })
}

/// Runs one piece of work for each case by all writers; wall seconds.
fn at_once(work: impl Fn(u64) -> Result<()> + Sync) -> Result<f64> {
    let next = AtomicU64::new(0);
    let started = Instant::now();
    std::thread::scope(|scope| {
        let writers: Vec<_> = (0..WRITERS)
            .map(|_| {
                scope.spawn(|| -> Result<()> {
                    loop {
                        let number = next.fetch_add(1, Ordering::Relaxed);
                        if number >= CASES {
                            return Ok(());
                        }
                        work(number)?;
                    }
                })
            })
            .collect();
        writers
            .into_iter()
            .try_for_each(|writer| writer.join().map_err(|_| anyhow::anyhow!("a writer panicked"))?)
    })?;
    Ok(started.elapsed().as_secs_f64())
}

/// Rows a second of the same bytes, with nothing of ours.
fn floor(folder: &Path) -> Result<f64> {
    let db = Db::open(&Store::Sqlite(folder.join("floor.db")))?;
    db.write_blocking(|tx: &mut Tx<'_>| {
        tx.script("CREATE TABLE plain (number BIGINT NOT NULL PRIMARY KEY, body TEXT NOT NULL)")
    })?;
    let body = "x".repeat(FLOOR_BYTES);
    let wall = at_once(|number| {
        let body = body.clone();
        db.write_blocking(move |tx| {
            tx.execute(
                "INSERT INTO plain (number, body) VALUES ($1, $2)",
                &[number.cast_signed().into(), body.into()],
            )
            .map(drop)
        })
        .map_err(|error: DbError| error.into())
    })?;
    Ok(whole(CASES) / wall)
}
