//! `wuhua import NAME`, `wuhua import --undo ID`, `wuhua export NAME`: any register from and to files.

use std::{
    fs,
    io::{BufWriter, Write as _},
    path::{Path, PathBuf},
    sync::Arc,
};

use anyhow::{Context as _, Result};
use exchange::{Account, Asked, Format, Language, Options, Reach, Remark};
use indicatif::{ProgressBar, ProgressStyle};
use kernel::{
    code::CityCode,
    id::{IdSource as _, SystemIds},
    role::ActorId,
};
use ledger::{By, Ledger, register::Query};
use serde_json::{Map, Value};

use crate::folder;

/// Remarks that are said one by one; `--json` lists more.
const REMARKS_SAID_MAX: usize = 50;

/// How an import was asked for.
pub(crate) struct Import<'a> {
    pub(crate) file: &'a Path,
    pub(crate) dry_run: bool,
    pub(crate) marked: Option<&'a Path>,
    pub(crate) language: Language,
    pub(crate) json: bool,
}

/// Whether a register of this name is kept.
pub(crate) fn knows(ledger: &Ledger, name: &str) -> bool {
    ledger.register(name).is_ok()
}

/// The names of all registers, for whoever asked for another one.
pub(crate) fn names(ledger: &Ledger) -> String {
    let names: Vec<&str> = ledger.registers().iter().map(|register| register.description().name).collect();
    names.join(", ")
}

fn speak(language: Language) -> impl Fn(&str, &Map<String, Value>) -> Option<String> {
    let language = match language {
        Language::Chinese => server::language::Language::Chinese,
        Language::English => server::language::Language::English,
    };
    move |key, details| Some(language.text(key, details)).filter(|text| text != key)
}

pub(crate) fn import(ledger: &Ledger, city: CityCode, name: &str, asked: &Import<'_>) -> Result<()> {
    let named = || asked.file.display().to_string();
    let bytes = fs::read(asked.file).with_context(named)?;
    let copied = asked.marked.map(|_| bytes.clone());
    let sheet = exchange::read(ledger.register(name)?, bytes, &Options::default()).with_context(named)?;
    let sheet = Arc::new(sheet);
    let bar = bar();
    bar.set_length(sheet.rows.len() as u64);
    let mut differences = exchange::compare_all(ledger, city, name, &sheet, Reach::ALL, &mut |done| {
        bar.set_position(done as u64);
    })?;
    let mut account = if asked.dry_run {
        Account::of(&sheet, &differences)
    } else {
        let file = asked.file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let now = folder::now();
        let id = SystemIds.next(now).to_string();
        let by = Asked { id, file, actor: ActorId::System, now };
        bar.reset();
        let applied = exchange::apply(ledger, city, name, &sheet, &mut differences, &by, &mut |progress| {
            bar.set_length(progress.all as u64);
            bar.set_position(progress.done as u64);
        });
        applied?.account
    };
    bar.finish_and_clear();
    account.say(&speak(asked.language));
    if let (Some(path), Some(bytes)) = (asked.marked, copied) {
        let remarks: Vec<Remark> = account.refusals.iter().chain(&account.warnings).cloned().collect();
        let copy = exchange::marked(bytes, &remarks, asked.language)?;
        fs::write(path, copy).with_context(|| path.display().to_string())?;
        folder::say(&format!("a copy with what is wrong in colour: {}", path.display()));
    }
    tell(&account, asked)
}

fn bar() -> ProgressBar {
    let bar = ProgressBar::new(0);
    let style = ProgressStyle::with_template("{pos}/{len} {wide_bar} {elapsed_precise}, {eta} left");
    bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
    bar
}

fn tell(account: &Account, asked: &Import<'_>) -> Result<()> {
    for remark in account.refusals.iter().chain(&account.warnings).take(REMARKS_SAID_MAX) {
        let sheet = if remark.sheet.is_empty() { String::new() } else { format!("{} ", remark.sheet) };
        folder::say(&format!(
            "{sheet}row {}: {} {}: {} ({}) {}",
            remark.row, remark.column, remark.value, remark.message, remark.code, remark.mend
        ));
    }
    if asked.json {
        return folder::result(&serde_json::to_string(account)?);
    }
    if let Some(import) = &account.import {
        folder::say(&format!("to take it back: wuhua import --undo {import}"));
    }
    folder::result(&format!(
        "{}{} rows: {} imported ({} new), {} unchanged, {} refused ({} conflicts), {} warnings",
        if asked.dry_run { "dry run, nothing kept: " } else { "" },
        account.rows,
        account.imported,
        account.new,
        account.unchanged,
        account.refused,
        account.conflicts,
        account.warnings.len()
    ))
}

/// Takes an import back.
pub(crate) fn undo(ledger: &Ledger, city: CityCode, import: &str, json: bool) -> Result<()> {
    let (own, id, now) = (ledger.clone(), import.to_owned(), folder::now());
    let undone = ledger.db().write_blocking(move |tx| {
        let by = By { actor: ActorId::System, at: ledger::moment(tx, city, now)? };
        exchange::undo(tx, city, &own, &id, &Reach::ALL, &by)
    })?;
    if json {
        return folder::result(&serde_json::to_string(&undone)?);
    }
    let speak = speak(Language::default());
    for kept in undone.kept.iter().take(REMARKS_SAID_MAX) {
        let text = speak(&kept.code, &Map::new()).unwrap_or_default();
        folder::say(&format!("{}: {text} ({})", kept.key, kept.code));
    }
    folder::result(&format!("{} rows put back, {} stay as they are", undone.restored, undone.kept.len()))
}

/// Writes a register to a file or to standard output.
pub(crate) fn export(
    ledger: &Ledger,
    city: CityCode,
    name: &str,
    format: Option<&str>,
    language: Language,
    output: Option<PathBuf>,
) -> Result<()> {
    let by_name = output.as_deref().and_then(Path::extension).and_then(|ending| ending.to_str());
    let word = format.or(by_name).unwrap_or("json");
    let format = Format::parse(word)
        .with_context(|| format!("{word}: no format; there are csv, xlsx, geojson, json"))?;
    let (own, register) = (ledger.clone(), name.to_owned());
    let written = ledger.db().read_blocking(move |tx| {
        let register = own.register(&register)?;
        let query = Query::default();
        let failed = |error| exchange::ExchangeError::from(documents::DocumentError::Unwritable(error));
        match output {
            Some(path) => {
                let mut file = BufWriter::new(fs::File::create(&path).map_err(failed)?);
                let written = exchange::write(tx, city, register, &query, format, language, &mut file)?;
                file.flush().map_err(failed)?;
                Ok(written)
            }
            None => exchange::write(tx, city, register, &query, format, language, &mut std::io::stdout()),
        }
    })?;
    let places = match written.without_place {
        0 => String::new(),
        count => format!(", {count} without a place"),
    };
    folder::say(&format!("{} rows{places}", written.rows));
    Ok(())
}
