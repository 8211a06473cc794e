//! `wuhua import` and `wuhua export`: registers, the handbook, layers, cases, from and to files.

use std::{
    fs,
    io::Write as _,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result, bail};
use clap::Args;
use governance::{
    city::City,
    dictionary::ImportReport,
    handbook::{ColumnSet, HandbookVersion, LocalClass},
    load::{self, HandbookChoice, LayerRows},
    view::{View, Views},
};
use jiff::civil::Date;
use kernel::{code::CityCode, role::ActorId, time::Moment};
use ledger::{By, Ledger, Register, register};

use crate::{
    Data,
    cases::{self, Asked},
    folder, registers,
};

fn language(word: &str) -> Result<exchange::Language, &'static str> {
    exchange::Language::parse(word).ok_or("zh or en")
}

#[derive(Args)]
pub(crate) struct Import {
    /// `cases`, `handbook`, `divisions`, `units`, `holidays`, `layer`, or a register by its name.
    #[arg(required_unless_present = "undo")]
    kind: Option<String>,
    /// CSV, XLSX, GeoJSON, JSON with one row a line, or for projects a package of OC4IDS.
    #[arg(required_unless_present = "undo")]
    file: Option<PathBuf>,
    /// Reads and checks everything, keeps nothing.
    #[arg(long)]
    dry_run: bool,
    /// For a register: a copy of the table with what is wrong in colour.
    #[arg(long, value_name = "OUT.xlsx", requires = "dry_run")]
    marked: Option<PathBuf>,
    /// For a register: takes an import back, by its id.
    #[arg(long, value_name = "ID", conflicts_with_all = ["kind", "file", "dry_run"])]
    undo: Option<String>,
    /// For a register: the language of what is said, `zh` or `en`.
    #[arg(long, default_value = "zh", value_parser = language)]
    language: exchange::Language,
    /// What the file is; its bytes say so as well: `csv`, `xlsx`, `geojson`, `json`, `oc4ids`.
    #[arg(long, value_parser = ["csv", "xlsx", "geojson", "json", "oc4ids", "ocds-ppp"])]
    format: Option<String>,
    /// For projects of a package: the unit that answers for those whose authority is none of the city's.
    #[arg(long, default_value = "")]
    unit: String,
    /// One JSON document on standard output.
    #[arg(long)]
    json: bool,
    /// For cases: which column is what (JSON); without one the proposal is used where it is sure.
    #[arg(long)]
    mapping: Option<PathBuf>,
    /// For a layer: `cell`, `division`, `boundary`, or a layer of the base map such as `road`.
    #[arg(long)]
    layer: Option<String>,
    /// The edition: of the handbook's codes, of the grid.
    #[arg(long)]
    edition: Option<String>,
    /// The first day on which it is in force; today where it is not given.
    #[arg(long)]
    from: Option<Date>,
    /// What the handbook is called.
    #[arg(long, default_value = "立案、处置与结案标准")]
    name: String,
    /// The city; may be left out where there is one.
    #[arg(long)]
    city: Option<CityCode>,
    #[command(flatten)]
    data: Data,
}

pub(crate) fn run(import: &Import) -> Result<()> {
    let ledger = folder::ledger(&import.data)?;
    let city = folder::city(&ledger, import.city)?;
    if let Some(id) = &import.undo {
        return registers::undo(&ledger, city, id, import.json);
    }
    let kind = import.kind.as_deref().context("what is in the file? give its kind")?;
    let file = import.file.as_deref().context("which file?")?;
    if registers::knows(&ledger, kind) {
        let asked = registers::Import {
            file,
            dry_run: import.dry_run,
            marked: import.marked.as_deref(),
            language: import.language,
            json: import.json,
            format: import.format.as_deref(),
            unit: &import.unit,
        };
        return registers::import(&ledger, city, kind, &asked);
    }
    let view = ledger.db().read_blocking(move |tx| View::load(tx, city))?;
    if kind == "cases" {
        let asked =
            Asked { file, mapping: import.mapping.as_deref(), dry_run: import.dry_run, json: import.json };
        return cases::import(&ledger, &view, &asked);
    }
    let bytes = fs::read(file).with_context(|| file.display().to_string())?;
    let from = import.from.map(|day| Moment::of_day(day, &view.zone));
    let keeper = Keeper { ledger: &ledger, city, dry_run: import.dry_run };
    let report = match kind {
        "divisions" => keeper.keep(load::divisions(&bytes, city, from)?)?,
        "units" => keeper.keep(load::units(&bytes)?)?,
        "holidays" => {
            let (with_days, report) = load::holidays(&bytes)?.into_city(view.city);
            keeper.put(with_days)?;
            keeper.recompute_clocks()?;
            report
        }
        "handbook" => handbook(&keeper, import, &bytes, &view)?,
        "layer" => {
            let name = import
                .layer
                .as_deref()
                .context("which layer? give --layer cell, division, boundary, road …")?;
            let edition =
                import.edition.clone().unwrap_or_else(|| folder::now().date(&view.zone).year().to_string());
            match load::layer(&bytes, name, &view, &edition, from)? {
                LayerRows::Cells(rows) => {
                    let report = keeper.keep(rows)?;
                    if !import.dry_run {
                        cases::relocate(&ledger, city)?;
                    }
                    report
                }
                LayerRows::Divisions(rows) => keeper.keep(rows)?,
                LayerRows::Boundary(rows) => keeper.keep(rows)?,
                LayerRows::Features(rows) => keeper.keep(rows)?,
            }
        }
        unknown => bail!(
            "nothing called {unknown} can be imported; there are cases, handbook, divisions, units, holidays, layer and the registers {}",
            registers::names(&ledger)
        ),
    };
    tell(&report, import.json)
}

struct Keeper<'a> {
    ledger: &'a Ledger,
    city: CityCode,
    dry_run: bool,
}

impl Keeper<'_> {
    fn keep<R: Register>(&self, loaded: load::Loaded<R>) -> Result<ImportReport> {
        let (city, dry_run, now) = (self.city, self.dry_run, folder::now());
        Ok(self.ledger.db().write_blocking(move |tx| {
            let by = By { actor: ActorId::System, at: ledger::moment(tx, city, now)? };
            loaded.keep(tx, city, dry_run, &by)
        })?)
    }

    fn put<R: Register>(&self, row: R) -> Result<()> {
        let (city, now) = (self.city, folder::now());
        if self.dry_run {
            return Ok(());
        }
        self.ledger.db().write_blocking(move |tx| {
            let by = By { actor: ActorId::System, at: ledger::moment(tx, city, now)? };
            register::put(tx, city, row, None, &by).map(drop)
        })?;
        Ok(())
    }
}

impl Keeper<'_> {
    /// Running clocks follow the calendar as it is now.
    fn recompute_clocks(&self) -> Result<()> {
        if self.dry_run {
            return Ok(());
        }
        let (city, now, mut after) = (self.city, folder::now(), None);
        let views = Views::default();
        loop {
            let views = views.clone();
            after = self.ledger.db().write_blocking(move |tx| {
                let view = views.of(tx, city)?;
                governance::desk::recompute_clocks(tx, &view, after, now)
            })?;
            if after.is_none() {
                return Ok(());
            }
        }
    }
}

fn handbook(keeper: &Keeper<'_>, import: &Import, bytes: &[u8], view: &View) -> Result<ImportReport> {
    let choice = HandbookChoice {
        edition: import.edition.clone(),
        name: import.name.clone(),
        in_force_from: import.from.unwrap_or_else(|| folder::now().date(&view.zone)),
    };
    let (handbook, classes, report) = load::handbook(bytes, view, &choice)?;
    for class in classes {
        keeper.put(LocalClass(class))?;
    }
    if let Some(handbook) = handbook {
        folder::say(&format!("handbook version {} from {}", handbook.version(), handbook.in_force_from()));
        keeper.put(HandbookVersion(handbook))?;
    }
    Ok(report)
}

/// Says what came of an import: every refusal and warning by row, then the sums.
pub(crate) fn tell(report: &ImportReport, json: bool) -> Result<()> {
    for fault in report.refusals.iter().chain(&report.warnings) {
        folder::say(&format!(
            "row {}: {} {}: {} ({}) {}",
            fault.row, fault.column, fault.value, fault.message, fault.code, fault.mend
        ));
    }
    if json {
        return folder::result(&serde_json::to_string(report)?);
    }
    folder::result(&format!(
        "{} rows: {} imported, {} unchanged, {} refused, {} warnings",
        report.rows,
        report.imported,
        report.unchanged,
        report.refused,
        report.warnings.len()
    ))
}

#[derive(Args)]
pub(crate) struct Export {
    /// `cases`, `handbook`, `divisions`, `units`, `cells`, `features`, `city`, or a register by its name.
    kind: String,
    /// `csv`, `xlsx`, `geojson`, for a register also `json`, one row a line, for projects `oc4ids`, for PPP contracts `ocds-ppp`; without it as the output's name ends. The handbook is always
    /// a workbook; divisions, units, cells, features and city are JSON, one row a line.
    #[arg(long)]
    format: Option<String>,
    /// For a register: the language of the headings, `zh` or `en`.
    #[arg(long, default_value = "zh", value_parser = language)]
    language: exchange::Language,
    /// Where to; standard output where it is not given.
    #[arg(short, long)]
    output: Option<PathBuf>,
    /// The city; may be left out where there is one.
    #[arg(long)]
    city: Option<CityCode>,
    #[command(flatten)]
    data: Data,
}

pub(crate) fn export(export: &Export) -> Result<()> {
    let ledger = folder::ledger(&export.data)?;
    let city = folder::city(&ledger, export.city)?;
    if export.kind == "cases" {
        return cases::export(&ledger, city, export.format.as_deref(), export.output.clone());
    }
    if registers::knows(&ledger, &export.kind) {
        let (format, output) = (export.format.as_deref(), export.output.clone());
        return registers::export(&ledger, city, &export.kind, format, export.language, output);
    }
    let view = ledger.db().read_blocking(move |tx| View::load(tx, city))?;
    let bytes = match export.kind.as_str() {
        "handbook" => {
            let latest = view.handbooks.latest().context("the city has no handbook yet")?;
            let tables = governance::handbook::export(latest, &view.dictionary, ColumnSet::All);
            governance::handbook::write_xlsx(&tables)?
        }
        "divisions" => lines(view.divisions.values())?,
        "units" => lines(view.units.values())?,
        "cells" => lines(view.cells())?,
        "features" => lines(&view.features)?,
        "city" => lines::<City>([&view.city])?,
        unknown => bail!(
            "nothing called {unknown} can be exported; there are cases, handbook, divisions, units, cells, features, city and the registers {}",
            registers::names(&ledger)
        ),
    };
    write(export.output.as_deref(), &bytes)
}

fn lines<'a, R: serde::Serialize + 'a>(rows: impl IntoIterator<Item = &'a R>) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    for row in rows {
        serde_json::to_writer(&mut bytes, row)?;
        bytes.push(b'\n');
    }
    Ok(bytes)
}

/// Writes a file, or standard output.
pub(crate) fn write(output: Option<&Path>, bytes: &[u8]) -> Result<()> {
    match output {
        Some(path) => fs::write(path, bytes).with_context(|| path.display().to_string()),
        None => std::io::stdout().write_all(bytes).context("standard output"),
    }
}
