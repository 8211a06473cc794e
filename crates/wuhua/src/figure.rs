//! `wuhua figure`: a figure with its value, or the rows behind it.

use anyhow::{Context as _, Result, bail};
use clap::Args;
use figures::{
    Ask, Evaluated, Figure, FigureError, OpenedRow, Scope, evaluate, evaluate_as_of, open, written,
};
use governance::view::View;
use kernel::{code::CityCode, period::Period};
use ledger::Ledger;
use serde::Serialize;

use crate::{Data, folder};

/// Rows that are read at once.
const PAGE_ROWS: u32 = 1_000;

#[derive(Args)]
pub(crate) struct FigureOf {
    /// The figure's code.
    #[arg(required_unless_present = "all", conflicts_with = "all")]
    code: Option<String>,
    /// All figures.
    #[arg(long)]
    all: bool,
    /// `2016`, `2016-H1`, `2016-Q3`, `2016-03`, `2016-03-05` or `2016-01-15/2016-03-20`.
    #[arg(long)]
    period: Period,
    /// Also the rows that were counted.
    #[arg(long)]
    rows: bool,
    /// As the ledger stood after so many entries, beside the value of today.
    #[arg(long, value_name = "ENTRIES")]
    as_of: Option<u64>,
    /// Only what belongs to this street or town.
    #[arg(long, group = "scope")]
    street: Option<String>,
    /// Only what belongs to this unit.
    #[arg(long, group = "scope")]
    unit: Option<String>,
    /// Only what belongs to this grid cell.
    #[arg(long, group = "scope")]
    cell: Option<String>,
    /// One JSON document on standard output.
    #[arg(long)]
    json: bool,
    /// The city; may be left out where there is one.
    #[arg(long)]
    city: Option<CityCode>,
    #[command(flatten)]
    data: Data,
}

/// A figure as it is told.
#[derive(Serialize)]
struct Told {
    code: &'static str,
    mission: Option<&'static str>,
    title: ledger::register::Title,
    unit: ledger::register::Title,
    period: String,
    value: Option<String>,
    numerator: String,
    denominator: Option<String>,
    rows: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    year_before: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    previous: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    target: Option<Aim>,
    formula: ledger::register::Title,
    certificate: figures::Certificate,
    #[serde(skip_serializing_if = "Option::is_none")]
    as_of: Option<AsOf>,
    #[serde(skip_serializing_if = "Option::is_none")]
    opened: Option<Vec<OpenedRow>>,
}

/// What the figure should be, and whether it is.
#[derive(Serialize)]
struct Aim {
    value: String,
    side: parts::TargetSide,
    met: Option<bool>,
}

/// What the figure was, as the ledger stood then.
#[derive(Serialize)]
struct AsOf {
    value: Option<String>,
    rows: u64,
    certificate: figures::Certificate,
}

pub(crate) fn run(asked: &FigureOf) -> Result<()> {
    let wanted: Vec<&'static Figure> = match &asked.code {
        Some(code) => {
            let found = parts::figure(code);
            vec![found.with_context(|| format!("no figure is called {code}; --all lists them"))?]
        }
        None => parts::figures().iter().copied().flatten().collect(),
    };
    let ledger = folder::ledger(&asked.data)?;
    let city = folder::city(&ledger, asked.city)?;
    let view = ledger.db().read_blocking(move |tx| View::load(tx, city))?;
    if let Some(entries) = asked.as_of {
        let held = ledger.db().read_blocking(move |tx| ledger::head(tx, city))?.entries;
        if entries > held {
            bail!("the ledger holds {held} entries, not {entries}");
        }
    }
    let scope = match (&asked.street, &asked.unit, &asked.cell) {
        (Some(code), _, _) => Scope::Street(code.clone()),
        (_, Some(code), _) => Scope::Unit(code.clone()),
        (_, _, Some(code)) => Scope::Cell(code.clone()),
        _ => Scope::City,
    };
    let ask = Ask { city, zone: view.zone, period: asked.period, scope };
    let mut told = Vec::new();
    for figure in wanted {
        match tell(&ledger, figure, &ask, asked) {
            Ok(figure) => told.push(figure),
            // Among all, a figure that knows no streets has nothing to say of one.
            Err(FigureError::Scope) if asked.all => {}
            Err(error) => return Err(error).context(figure.code),
        }
    }
    if asked.json {
        return folder::result(&serde_json::to_string(&told)?);
    }
    for figure in &told {
        say(figure)?;
    }
    Ok(())
}

fn tell(ledger: &Ledger, figure: &'static Figure, ask: &Ask, asked: &FigureOf) -> Result<Told, FigureError> {
    let (own, ask, as_of, rows) = (ledger.clone(), ask.clone(), asked.as_of, asked.rows);
    ledger.db().read_blocking(move |tx| {
        let evaluated = evaluate(&own, tx, figure, &ask)?;
        let earlier = |tx: &mut db::Tx<'_>, period: Option<Period>| {
            let Some(period) = period else { return Ok(None) };
            Ok::<_, FigureError>(written(&evaluate(&own, tx, figure, &Ask { period, ..ask.clone() })?)?.value)
        };
        let year_before = earlier(tx, ask.period.year_before().ok())?;
        let previous = earlier(tx, ask.period.previous().ok())?;
        let then = match as_of {
            Some(entries) => {
                let then = evaluate_as_of(&own, tx, figure, &ask, entries)?;
                Some(AsOf { value: written(&then)?.value, rows: then.rows, certificate: then.certificate })
            }
            None => None,
        };
        let opened = if rows { Some(all_rows(&own, tx, figure, &ask)?) } else { None };
        // Targets are those of the whole city.
        let target = match ask.scope {
            Scope::City => parts::target(tx, ask.city, figure.code, ask.period)?,
            _ => None,
        };
        told(evaluated, (year_before, previous), target, then, opened)
    })
}

fn all_rows(
    ledger: &Ledger,
    tx: &mut db::Tx<'_>,
    figure: &Figure,
    ask: &Ask,
) -> Result<Vec<OpenedRow>, FigureError> {
    let (mut rows, mut after) = (Vec::new(), None);
    loop {
        let page = open(ledger, tx, figure, ask, after, PAGE_ROWS)?;
        rows.extend(page.rows);
        after = page.next;
        if after.is_none() {
            return Ok(rows);
        }
    }
}

fn told(
    evaluated: Evaluated,
    (year_before, previous): (Option<String>, Option<String>),
    target: Option<parts::FigureTarget>,
    as_of: Option<AsOf>,
    opened: Option<Vec<OpenedRow>>,
) -> Result<Told, FigureError> {
    let written = written(&evaluated)?;
    let figure = evaluated.figure;
    Ok(Told {
        code: figure.code,
        mission: figure.mission,
        title: figure.title,
        unit: written.unit,
        period: evaluated.ask.period.to_string(),
        target: target.map(|target| Aim {
            value: target.value.to_string(),
            side: target.side,
            met: written.value.as_deref().and_then(|value| target.is_met(value)),
        }),
        value: written.value,
        numerator: evaluated.numerator.to_string(),
        denominator: evaluated.denominator.map(|whole| whole.to_string()),
        rows: evaluated.rows,
        year_before,
        previous,
        formula: figure.formula,
        certificate: evaluated.certificate,
        as_of,
        opened,
    })
}

/// One figure for people: a line, and under it the rows where they were asked for.
fn say(figure: &Told) -> Result<()> {
    let value = figure.value.as_deref().unwrap_or("—");
    let mission = figure.mission.unwrap_or("");
    let mut line = format!(
        "{mission:<4}{}  {} {value} {}  ({} rows, {})",
        figure.code, figure.title.zh, figure.unit.zh, figure.rows, figure.period
    );
    if let Some(aim) = &figure.target {
        let side = if aim.side == parts::TargetSide::AtLeast { "≥" } else { "≤" };
        let met = match aim.met {
            Some(true) => "met",
            Some(false) => "missed",
            None => "open",
        };
        line.push_str(&format!("; target {side} {}: {met}", aim.value));
    }
    if let Some(then) = &figure.as_of {
        let value = then.value.as_deref().unwrap_or("—");
        line.push_str(&format!("; as of entry {}: {value} ({} rows)", then.certificate.entries, then.rows));
    }
    folder::result(&line)?;
    for row in figure.opened.iter().flatten() {
        let side = if row.side == figures::Side::Whole { "whole" } else { "" };
        folder::result(&format!("      {} {}  {} {side}", row.noun, row.key, row.amount))?;
    }
    Ok(())
}
