//! Figures of a city with so many cases and the books of Kaili: the slowest figure of a month and of a half-year, the first page of its rows, and
//! the whole reform report in every format. Asked in the process, of the ledger as the binary opens it.

use std::{path::Path, time::Instant};

use anyhow::{Context as _, Result};
use figures::{Ask, FigureError, Scope, evaluate, open};
use kernel::time::Moment;
use ledger::Ledger;
use reports::{Format, make, report};

use crate::{
    machine,
    table::{Row, Table, Target},
    town,
};

/// The periods: one in twelve and one in two of the cases.
const PERIODS: [&str; 2] = ["2026-09", "2026-H1"];
/// Rows of a page.
const PAGE: u32 = 50;
/// From so many cases on the targets of issue 4 hold.
const TARGET_SIZE: u64 = 1_000_000;
/// Each is measured so often; the middle one counts.
const TIMES: usize = 3;

fn middle(mut work: impl FnMut() -> Result<()>) -> Result<f64> {
    let mut seconds = Vec::with_capacity(TIMES);
    for _ in 0..TIMES {
        let started = Instant::now();
        work()?;
        seconds.push(started.elapsed().as_secs_f64());
    }
    seconds.sort_by(f64::total_cmp);
    Ok(seconds[TIMES / 2])
}

/// The slowest of all figures: its code and seconds.
fn slowest(ledger: &Ledger, ask: &Ask, rows: bool) -> Result<(&'static str, f64)> {
    let mut worst = ("", 0.0);
    for figure in parts::figures().iter().copied().flatten() {
        let seconds = middle(|| {
            let (own, ask) = (ledger.clone(), ask.clone());
            ledger.db().read_blocking(move |tx| {
                if rows {
                    open(&own, tx, figure, &ask, None, PAGE)?;
                } else {
                    evaluate(&own, tx, figure, &ask)?;
                }
                Ok::<_, FigureError>(())
            })?;
            Ok(())
        })?;
        if seconds > worst.1 {
            worst = (figure.code, seconds);
        }
    }
    Ok(worst)
}

pub(crate) fn measure(base: &Path, size: u64, table: &mut Table) -> Result<()> {
    let ledger = town::open(&town::store_with_books(base, size)?)?;
    let view = town::view(&ledger)?;
    let zone = view.zone.clone();
    let mut put = |what: &str, value: f64, unit: &str, below: f64, order: u32, note: String| {
        table.put(Row {
            what: what.to_owned(),
            size,
            value,
            unit: unit.to_owned(),
            target: (size >= TARGET_SIZE).then_some(Target::Below(below)),
            note,
            load: machine::load(),
            grows: true,
            order,
        });
    };
    for (number, period) in (0_u32..).zip(PERIODS) {
        let ask =
            Ask { city: town::code()?, zone: zone.clone(), period: period.parse()?, scope: Scope::City };
        let (code, seconds) = slowest(&ledger, &ask, false)?;
        let note =
            format!("{code}; all {} figures asked", parts::figures().iter().copied().flatten().count());
        put(&format!("slowest figure of {period}"), seconds * 1_000.0, "ms", 100.0, 70 + number, note);
        let (code, seconds) = slowest(&ledger, &ask, true)?;
        put(
            &format!("first page of rows, slowest figure of {period}"),
            seconds * 1_000.0,
            "ms",
            50.0,
            72 + number,
            code.to_owned(),
        );
    }
    let template = report("kaili-reform")?.template(true)?;
    let period = PERIODS[1].parse()?;
    let at = Moment::parse_iso("2026-11-02T08:00:00+08:00")?;
    for (number, format) in (0_u32..).zip(Format::ALL) {
        let mut bytes = 0;
        let seconds = middle(|| {
            let (own, view, template) = (ledger.clone(), view.clone(), template.clone());
            let made = ledger
                .db()
                .read_blocking(move |tx| make(&own, tx, &view, (&template, true), (period, at)))
                .context("the report")?;
            bytes = made.write(format, None)?.len();
            Ok(())
        })?;
        let below = match format {
            Format::Html | Format::Json => 1.0,
            Format::Docx | Format::Xlsx => 2.0,
            Format::Pdf => 5.0,
        };
        let note = format!("kaili-reform of {}, {} kB, counted anew", PERIODS[1], bytes / 1_024);
        put(&format!("reform report as {}", format.name()), seconds, "s", below, 75 + number, note);
    }
    Ok(())
}
