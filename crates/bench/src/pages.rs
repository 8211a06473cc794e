//! What people at the desk wait for: lists, a case, search, circles, counts, and the server's start and memory. Asked over HTTP of the
//! release binary, one question after another.

use std::{path::Path, time::Instant};

use anyhow::{Context as _, Result};
use serde_json::Value;

use crate::{
    http::{Connection, percentile},
    machine,
    served::Server,
    table::{Row, Table, Target},
    town::{self, Cast, Lot, WORDS},
};

/// Questions of a kind.
const QUESTIONS: usize = 300;
/// Questions before, so that the first page of the disk is nobody's.
const WARMING: usize = 30;
/// Questions of the counts, which take longer.
const COUNTS: usize = 20;
/// From so many cases on the targets of issue 3 hold.
const TARGET_SIZE: u64 = 1_000_000;

/// Who asks.
struct Askers {
    dispatcher: String,
    manager: String,
}

/// One kind of question.
struct Kind<'a> {
    what: &'a str,
    below: Option<f64>,
    order: u32,
    times: usize,
}

pub(crate) fn measure(folder: &Path, size: u64, table: &mut Table) -> Result<()> {
    let ledger = town::open(folder)?;
    let view = town::view(&ledger)?;
    let cast = Cast::new(&view, kernel::time::Moment::parse_iso("2026-11-02T08:00:00+08:00")?)?;
    let units: Vec<String> = view.units.keys().cloned().collect();
    let streets: Vec<String> = view.streets().map(|street| street.code.clone()).collect();
    drop(ledger);
    let people = demo::ground(1)?.people;
    let named = |role| {
        people
            .iter()
            .find(|person| person.role == role)
            .map(|person| person.sign_in.clone())
            .context("a person")
    };
    let server = Server::start(folder)?;
    let askers = Askers {
        dispatcher: server.sign_in(&named(kernel::role::Role::Dispatcher)?)?,
        manager: server.sign_in(&named(kernel::role::Role::UnitManager)?)?,
    };
    server.rest()?;
    drop(server);

    let started = Instant::now();
    let server = Server::start(folder)?;
    let mut connection = Connection::open(&server.address, &askers.dispatcher)?;
    anyhow::ensure!(connection.get("/healthz")?.status == 200, "the server is not well");
    anyhow::ensure!(connection.get("/api/v1/cases?limit=50")?.status == 200, "no list");
    let start = started.elapsed().as_secs_f64();
    server.rest()?;
    let mut meter = Meter { size, table };
    meter.put(
        "start to the first list",
        start,
        "s",
        Some(1.0),
        60,
        "process start, /healthz, newest 50 of /api/v1/cases",
    );

    let mut lot = Lot::new(17);
    let mut list = |lot: &mut Lot| -> Result<String> {
        let (month, day) = (1 + lot.below(10), 1 + lot.below(28));
        Ok(match lot.below(4) {
            0 => format!(
                "/api/v1/cases?limit=50&stage=closed&class={}&from=2026-{month:02}-{day:02}",
                cast.class(lot)?
            ),
            1 => format!("/api/v1/cases?limit=50&open=false&street={}&source=hotline", lot.one(&streets)?),
            2 => format!("/api/v1/cases?limit=50&open=true&unit={}&source=collector", lot.one(&units)?),
            _ => format!(
                "/api/v1/cases?limit=50&stage=closed,refused&street={}&to=2026-{month:02}-{day:02}",
                lot.one(&streets)?
            ),
        })
    };
    let mut ids = Vec::new();
    meter.ask(
        &mut connection,
        &mut lot,
        &Kind { what: "desk list, three filters, newest 50", below: Some(20.0), order: 40, times: QUESTIONS },
        &mut list,
    )?;
    for _ in 0..WARMING {
        let path = list(&mut lot)?;
        ids.extend(ids_of(&connection.get(&path)?.body)?);
    }
    let mut of_unit = Connection::open(&server.address, &askers.manager)?;
    meter.ask(
        &mut of_unit,
        &mut lot,
        &Kind { what: "desk list as a unit's manager", below: Some(20.0), order: 41, times: QUESTIONS },
        &mut list,
    )?;
    meter.ask(
        &mut connection,
        &mut lot,
        &Kind { what: "case with its whole history", below: Some(10.0), order: 42, times: QUESTIONS },
        &mut |lot| Ok(format!("/api/v1/cases/{}", lot.one(&ids)?)),
    )?;
    meter.ask(
        &mut connection,
        &mut lot,
        &Kind {
            what: "search for two characters, first page",
            below: Some(20.0),
            order: 43,
            times: QUESTIONS,
        },
        &mut |lot| {
            let said: Vec<char> = lot.one(&WORDS)?.chars().collect();
            let place = lot.below(3);
            Ok(format!("/api/v1/cases?limit=50&q={}", escaped(&said[place..place + 2])))
        },
    )?;
    meter.ask(
        &mut connection,
        &mut lot,
        &Kind { what: "search for a seldom word", below: Some(20.0), order: 44, times: QUESTIONS },
        &mut |_| Ok(format!("/api/v1/cases?limit=50&q={}", escaped(&['燃', '气']))),
    )?;
    meter.ask(
        &mut connection,
        &mut lot,
        &Kind { what: "cases within 500 m, newest 50", below: Some(10.0), order: 45, times: QUESTIONS },
        &mut |lot| {
            let place = cast.place(lot)?;
            Ok(format!("/api/v1/cases?limit=50&near={:.6},{:.6},500", place.lon, place.lat))
        },
    )?;
    meter.ask(
        &mut connection,
        &mut lot,
        &Kind { what: "similar cases before filing", below: None, order: 47, times: QUESTIONS },
        &mut |lot| {
            let (place, class) = (cast.place(lot)?, cast.class(lot)?);
            let text: Vec<char> = lot.one(&WORDS)?.chars().collect();
            Ok(format!(
                "/api/v1/similar?lon={:.6}&lat={:.6}&class={class}&text={}",
                place.lon,
                place.lat,
                escaped(&text)
            ))
        },
    )?;
    meter.ask(
        &mut connection,
        &mut lot,
        &Kind { what: "counts by state × unit × month", below: Some(500.0), order: 46, times: COUNTS },
        &mut |_| Ok("/api/v1/cases/counts?by=stage,unit,month".to_owned()),
    )?;
    let memory = machine::resident_mb(server.process())?;
    meter.put("resident memory after all of this", memory, "MB", Some(400.0), 61, "VmRSS of the server");
    Ok(())
}

/// A path's text, as an address writes it.
fn escaped(text: &[char]) -> String {
    let text: String = text.iter().collect();
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

/// The ids on a page.
fn ids_of(body: &[u8]) -> Result<Vec<String>> {
    let page: Value = serde_json::from_slice(body)?;
    let items = page.get("items").and_then(Value::as_array).context("a page of cases")?;
    Ok(items.iter().filter_map(|item| item.get("id")?.as_str().map(str::to_owned)).collect())
}

struct Meter<'a> {
    size: u64,
    table: &'a mut Table,
}

impl Meter<'_> {
    fn put(&mut self, what: &str, value: f64, unit: &str, below: Option<f64>, order: u32, note: &str) {
        self.table.put(Row {
            what: what.to_owned(),
            size: self.size,
            value,
            unit: unit.to_owned(),
            target: below.filter(|_| self.size >= TARGET_SIZE).map(Target::Below),
            note: note.to_owned(),
            load: 0.0,
            grows: true,
            order,
        });
    }

    /// Asks questions of a kind; puts the 99th percentile down.
    fn ask(
        &mut self,
        connection: &mut Connection,
        lot: &mut Lot,
        kind: &Kind<'_>,
        question: &mut dyn FnMut(&mut Lot) -> Result<String>,
    ) -> Result<()> {
        let mut times = Vec::with_capacity(kind.times);
        let mut slowest = (0.0, String::new());
        for number in 0..WARMING.min(kind.times) + kind.times {
            let path = question(lot)?;
            let started = Instant::now();
            let answer = connection.get(&path)?;
            let took = started.elapsed().as_secs_f64() * 1_000.0;
            anyhow::ensure!(answer.status == 200, "{path}: {}", answer.status);
            if number >= WARMING.min(kind.times) {
                times.push(took);
                if took > slowest.0 {
                    slowest = (took, path);
                }
            }
        }
        crate::talk(&format!("slowest of {}: {:.1} ms, {}", kind.what, slowest.0, slowest.1));
        let median = percentile(&mut times, 50.0);
        let (percent, name) = if kind.times >= 100 { (99.0, "p99") } else { (100.0, "slowest") };
        let value = percentile(&mut times, percent);
        self.put(
            kind.what,
            value,
            "ms",
            kind.below,
            kind.order,
            &format!("{name} of {}; median {median:.1} ms", kind.times),
        );
        Ok(())
    }
}
