//! `wuhua import cases` and `wuhua export cases`: cases of other systems in, cases out.

use std::{
    fs,
    io::BufWriter,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result, bail};
use documents::table::TableFile;
use governance::{
    exchange::{self, ExportFormat, Ground, Mapping, Outcome, Progress},
    view::View,
};
use indicatif::{ProgressBar, ProgressStyle};
use kernel::{
    code::CityCode,
    role::{Actor, ActorId, Role},
};
use ledger::Ledger;

use crate::folder;

/// Remarks that are said one by one; the rest is only counted (`--json` lists them).
const REMARKS_SAID_MAX: usize = 50;

/// How `import cases` was asked for.
pub(crate) struct Asked<'a> {
    pub(crate) file: &'a Path,
    pub(crate) mapping: Option<&'a Path>,
    pub(crate) dry_run: bool,
    pub(crate) json: bool,
}

/// The program with the right to import.
fn importer() -> Actor {
    Actor { id: ActorId::System, role: Role::SystemAdministrator, ..Actor::resident() }
}

pub(crate) fn ground(view: &View) -> Result<Ground<'_>> {
    Ok(Ground::of(view, importer(), folder::now())?)
}

pub(crate) fn import(ledger: &Ledger, view: &View, asked: &Asked<'_>) -> Result<()> {
    let named = || asked.file.display().to_string();
    let mut file = TableFile::open(asked.file).with_context(named)?;
    let mapping = match asked.mapping {
        Some(path) => {
            let text = fs::read_to_string(path).with_context(|| path.display().to_string())?;
            let mut mapping: Mapping =
                serde_json::from_str(&text).with_context(|| format!("{}: no mapping", path.display()))?;
            if mapping.source.is_empty() {
                mapping.source = source_of(asked.file);
            }
            mapping
        }
        None => proposed(&mut file, asked).with_context(named)?,
    };
    let ground = ground(view)?;
    let bar = bar();
    let mut progress = |done: Progress| {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a share of bytes, for a bar"
        )]
        bar.set_position((done.share * 1_000.0) as u64);
        bar.set_message(format!("{} rows", done.rows));
    };
    let outcome = if asked.dry_run {
        exchange::check_cases(&ground, &mut file, &mapping, &mut progress)
    } else {
        exchange::import_cases(ledger, &ground, &mut file, &mapping, &mut progress)
    };
    bar.finish_and_clear();
    tell(&outcome.with_context(named)?, asked)
}

/// The mapping that the file's header and values propose; printed where it is only wanted to be seen or is not sure.
fn proposed(file: &mut TableFile, asked: &Asked<'_>) -> Result<Mapping> {
    let mut proposal = exchange::propose(file)?;
    if proposal.mapping.source.is_empty() {
        proposal.mapping.source = source_of(asked.file);
    }
    if asked.dry_run || !proposal.sure {
        for column in &proposal.columns {
            folder::say(&format!(
                "{}: {} ({} %, {}){}",
                column.column,
                column.role.name(),
                column.confidence_percent,
                column.why,
                column.examples.first().map_or_else(String::new, |example| format!(", e.g. {example}")),
            ));
        }
        let text = serde_json::to_string_pretty(&proposal.mapping)?;
        folder::say(&format!(
            "the proposed mapping; change it, keep it as a file and give it with --mapping:\n{text}"
        ));
    }
    if !proposal.sure {
        let doubts: Vec<String> = proposal
            .missing
            .iter()
            .map(|doubt| format!("{} {}: {}", doubt.role.name(), doubt.column, doubt.message))
            .collect();
        bail!(
            "the columns are not sure enough to import by themselves: {}; give a mapping with --mapping",
            doubts.join("; ")
        );
    }
    Ok(proposal.mapping)
}

/// The source's name where nobody gave one: the file's, so that the same file is known again.
fn source_of(file: &Path) -> String {
    file.file_stem().map_or_else(|| "import".to_owned(), |stem| stem.to_string_lossy().into_owned())
}

fn bar() -> ProgressBar {
    let bar = ProgressBar::new(1_000);
    let template = "{msg} {wide_bar} {percent} % {elapsed_precise}, {eta} left";
    bar.set_style(ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar()));
    bar
}

fn tell(outcome: &Outcome, asked: &Asked<'_>) -> Result<()> {
    for remark in outcome.refusals.iter().chain(&outcome.warnings).take(REMARKS_SAID_MAX) {
        folder::say(&format!(
            "row {}: {} {}: {} ({})",
            remark.row, remark.column, remark.value, remark.message, remark.code
        ));
    }
    for (code, count) in &outcome.counts {
        folder::say(&format!("{count} × {code}: {}", exchange::message(code)));
    }
    if !outcome.left_out.is_empty() {
        folder::say(&format!("left out, because they tell of persons: {}", outcome.left_out.join(", ")));
    }
    if asked.json {
        return folder::result(&serde_json::to_string(outcome)?);
    }
    let warnings: u64 = outcome.counts.values().sum::<u64>().saturating_sub(outcome.refused);
    folder::result(&format!(
        "{}{} rows: {} imported ({} corrected), {} unchanged, {} refused, {warnings} warnings",
        if asked.dry_run { "dry run, nothing kept: " } else { "" },
        outcome.rows,
        outcome.imported,
        outcome.corrected,
        outcome.unchanged,
        outcome.refused,
    ))
}

/// Cases that came in before the city had cells get theirs.
pub(crate) fn relocate(ledger: &Ledger, city: CityCode) -> Result<()> {
    let view = ledger.db().read_blocking(move |tx| View::load(tx, city))?;
    let bar = bar();
    let done = exchange::relocate(ledger, &ground(&view)?, &mut |done| {
        bar.set_message(format!("{} cases located", done.located));
    })?;
    bar.finish_and_clear();
    if done.looked_at > 0 {
        folder::say(&format!(
            "{} cases without a cell: {} are in one now, {} lie outside the city",
            done.looked_at, done.located, done.outside
        ));
    }
    Ok(())
}

pub(crate) fn export(
    ledger: &Ledger,
    city: CityCode,
    format: Option<&str>,
    output: Option<PathBuf>,
) -> Result<()> {
    let by_name = output.as_deref().and_then(Path::extension).and_then(|ending| ending.to_str());
    let word = format.or(by_name).unwrap_or("csv");
    let format = ExportFormat::parse(word)
        .with_context(|| format!("{word}: no format; there are csv, xlsx, geojson"))?;
    let view = ledger.db().read_blocking(move |tx| View::load(tx, city))?;
    let zone = view.zone;
    let done = match output {
        Some(path) => {
            let mut file =
                BufWriter::new(fs::File::create(&path).with_context(|| path.display().to_string())?);
            ledger
                .db()
                .read_blocking(move |tx| exchange::export(tx, (city, &zone), &[], format, &mut file))?
        }
        None => ledger.db().read_blocking(move |tx| {
            exchange::export(tx, (city, &zone), &[], format, &mut std::io::stdout())
        })?,
    };
    folder::say(&format!(
        "{} cases, {} columns, {} without a place",
        done.cases, done.columns, done.without_place
    ));
    Ok(())
}
