//! What `make bench` runs: the product's own doors under load, with the machine, the engine and the size printed.
//!
//! # Glossary
//! * **wall**: time on the clock. **size**: how many things were worked on.

#![expect(clippy::print_stdout, reason = "a bench prints its table")]

use std::{
    sync::atomic::{AtomicU64, Ordering},
    time::Instant,
};

use anyhow::Result;
use db::{Db, Target};
use governance::case::{Event, Fact, Place, Report, Source, noun::CaseNoun};
use kernel::{
    code::CityCode,
    id::{CaseId, IdSource as _, SystemIds},
    role::ActorId,
    time::Moment,
};
use ledger::{By, Ledger, LedgerError, Vault, VaultKey};
use map::{divide::tessellate, geometry::BoundingBox, locate::CellIndex};
use rand::{RngExt as _, SeedableRng as _};

/// Points that are located.
const POINTS: usize = 1_000_000;
/// Cases that are taken in.
const CASES: u64 = 100_000;
/// Writers at once.
const WRITERS: u64 = 64;

fn main() -> Result<()> {
    println!("machine: {} cores, {}", std::thread::available_parallelism()?, std::env::consts::ARCH);
    locate()?;
    let folder = tempfile::tempdir()?;
    let db = Db::open(&Target::Sqlite(folder.path().join("bench.db")))?;
    let ledger = Ledger::open(
        db,
        governance::nouns(),
        Vault::new(&VaultKey::fresh()?),
        folder.path().join("attachments"),
    )?;
    intake(&ledger)?;
    verify(&ledger, false)?;
    verify(&ledger, true)
}

fn locate() -> Result<()> {
    let bounds = BoundingBox::new(107.90, 26.50, 108.10, 26.70)?;
    let cells: Vec<_> = tessellate(bounds, 50, 40, 16, 7)?
        .into_iter()
        .enumerate()
        .map(|(place, cell)| (place, map::geometry::MultiPolygon::from(cell)))
        .collect();
    let mut random = rand_chacha::ChaCha8Rng::seed_from_u64(7);
    let points: Vec<_> = (0..POINTS)
        .map(|_| map::geometry::Position {
            lon: random.random_range(107.897..108.103),
            lat: random.random_range(26.497..26.703),
        })
        .collect();
    let started = Instant::now();
    let index = CellIndex::build(&cells)?;
    let mut found = Vec::with_capacity(points.len());
    index.locate_many(&points, &mut found);
    let wall = started.elapsed().as_secs_f64();
    let inside = found.iter().flatten().count();
    println!(
        "locate: {POINTS} points in {} cells of 64 edges: {wall:.3} s wall with building, one thread; {inside} inside",
        cells.len()
    );
    Ok(())
}

fn intake(ledger: &Ledger) -> Result<()> {
    let city = CityCode::new(522_601)?;
    let next = AtomicU64::new(0);
    let started = Instant::now();
    std::thread::scope(|scope| {
        let writers: Vec<_> = (0..WRITERS)
            .map(|_| {
                scope.spawn(|| -> Result<(), LedgerError> {
                    loop {
                        let number = next.fetch_add(1, Ordering::Relaxed);
                        if number >= CASES {
                            return Ok(());
                        }
                        report(ledger, city, number)?;
                    }
                })
            })
            .collect();
        writers.into_iter().try_for_each(|writer| {
            writer.join().map_err(|_| anyhow::anyhow!("a writer panicked"))?.map_err(anyhow::Error::from)
        })
    })?;
    let wall = started.elapsed().as_secs_f64();
    println!(
        "durable intake: {CASES} cases, {WRITERS} writers, SQLite, full sync: {:.0} cases/s (a report's entry, record, words and key; no clocks yet)",
        f64::from(u32::try_from(CASES)?) / wall
    );
    Ok(())
}

fn report(ledger: &Ledger, city: CityCode, number: u64) -> Result<(), LedgerError> {
    let at = Moment(1_700_000_000_000 + i64::try_from(number).unwrap_or(0) * 1_000);
    let id = CaseId(SystemIds.next(at)).to_string();
    let shift = f64::from(u32::try_from(number % 10_000).unwrap_or(0)) / 100_000.0;
    let event = Event::from(Fact::Reported(Box::new(Report {
        source: Source::Web,
        lane: governance::case::Lane::Ordinary,
        reporter: None,
        text: format!("人民路第{number}号门口井盖破损，影响通行"),
        place: Some(Place {
            lon: 107.95 + shift,
            lat: 26.55 + shift,
            cell: Some(format!("522601002001{:03}", number % 1_000)),
            street: Some("522601002".to_owned()),
            community: Some("522601002001".to_owned()),
            address: format!("人民路{number}号"),
        }),
        class: Some("2026-matter-01002".to_owned()),
        component: None,
        urgent: false,
        attachments: Vec::new(),
        reference: None,
        token_hash: None,
        parent: None,
    })));
    ledger.db().write_blocking(move |tx| {
        let by = By { actor: ActorId::Resident, at };
        ledger::once(tx, city, ("bench", &id, id.as_bytes()), at, |tx| {
            ledger::append::<CaseNoun>(tx, city, &id, None, &[event], &by)?;
            Ok::<_, LedgerError>(id.clone())
        })
        .map(drop)
    })
}

fn verify(ledger: &Ledger, rebuild: bool) -> Result<()> {
    let started = Instant::now();
    let verdict = ledger::verify(ledger, rebuild, &[], &mut |_| {})?;
    let wall = started.elapsed().as_secs_f64();
    anyhow::ensure!(verdict.first_bad.is_none(), "the ledger that the bench wrote does not verify");
    let name = if rebuild { "verify --rebuild" } else { "verify" };
    println!(
        "{name}: {} entries in {wall:.3} s: {:.0} entries/s",
        verdict.entries,
        f64::from(u32::try_from(verdict.entries)?) / wall
    );
    Ok(())
}
