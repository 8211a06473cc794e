//! `import project FILE.xlsx`: register rows from a workbook, read, compared, checked and written as one import; then the same file again,
//! which stands, and the undoing.

use std::{fs, path::Path, sync::Arc, time::Instant};

use anyhow::{Context as _, Result};
use documents::write::{Cell, Column, WorkbookSize, WorkbookWriter};
use exchange::{Asked, Options, Reach};
use governance::unit::{Unit, UnitKind};
use kernel::{
    code::CityCode,
    id::{IdSource as _, SystemIds},
    role::ActorId,
    time::Moment,
};
use ledger::{By, Ledger, LedgerError, register};

use crate::{
    table::{Row, Table, Target, whole},
    town::{self, Lot},
};

/// Rows of the file.
const ROWS: u64 = 50_000;
const HEADINGS: [&str; 14] = [
    "项目代码",
    "项目名称",
    "建设规模及内容",
    "责任单位",
    "所属项目",
    "阶段",
    "建设性质",
    "行业领域",
    "收益属性",
    "总投资（万元）",
    "批复文号",
    "批复日期",
    "开工日期",
    "计划竣工日期",
];
const UNITS: [&str; 4] = ["housing", "water", "transport", "planning"];

/// Writes the workbook.
fn write() -> Result<Vec<u8>> {
    let mut book = WorkbookWriter::new(WorkbookSize::Large);
    let columns: Vec<Column> =
        HEADINGS.iter().map(|title| Column { title: (*title).to_owned(), width: 16.0 }).collect();
    let mut sheet = book.sheet("项目库", &columns)?;
    let mut lot = Lot::new(11);
    for number in 0..ROWS {
        let code = format!("2016-{number:06}");
        // Every tenth is a part of one that stands before it.
        let parent =
            if number % 10 == 9 { format!("2016-{:06}", number - 1 - number % 7) } else { String::new() };
        let (day, month) = (lot.below(28) + 1, lot.below(12) + 1);
        let approved = jiff::civil::date(2015, i8::try_from(month)?, i8::try_from(day)?);
        let name = format!("凯里市第{number}号道路及管网改造工程");
        let approval = format!("凯发改投〔2015〕{number}号");
        let tens_of_yuan = i64::try_from(lot.below(900_000_000))?;
        #[expect(clippy::cast_precision_loss, reason = "far below 2^52")]
        let invested = tens_of_yuan as f64 / 1_000.0;
        sheet.write_row([
            Cell::Text(&code),
            Cell::Text(&name),
            Cell::Text("新建道路及配套雨污管网、照明、绿化，长度与宽度按初步设计批复执行。"),
            Cell::Text(lot.one(&UNITS)?),
            Cell::Text(&parent),
            Cell::Text("implementation"),
            Cell::Text("construction"),
            Cell::Text("transport.road"),
            Cell::Text("non_commercial"),
            Cell::Number(invested),
            Cell::Text(&approval),
            Cell::Date(approved),
            Cell::Date(jiff::civil::date(2016, 1, 4)),
            Cell::Date(jiff::civil::date(2018, 12, 31)),
        ])?;
    }
    Ok(book.into_bytes()?)
}

/// The most memory that the process ever had, in megabytes.
fn peak_megabytes() -> Result<f64> {
    let text = fs::read_to_string("/proc/self/status")?;
    let line = text.lines().find(|line| line.starts_with("VmHWM:")).context("no VmHWM")?;
    let kibibytes: u64 = line.split_whitespace().nth(1).context("no number")?.parse()?;
    Ok(whole(kibibytes) * 1_024.0 / 1e6)
}

/// Brings the file; seconds of reading, comparing and writing, rows written, and how often progress was told.
fn import(
    ledger: &Ledger,
    city: CityCode,
    bytes: &[u8],
    now: Moment,
) -> Result<([f64; 3], u64, u64, String)> {
    let started = Instant::now();
    let mut told = 0;
    let sheet = Arc::new(exchange::read(ledger.register("project")?, bytes.to_vec(), &Options::default())?);
    let read = started.elapsed().as_secs_f64();
    let mut differences =
        exchange::compare_all(ledger, city, "project", &sheet, Reach::ALL, &mut |_| told += 1)?;
    let compared = started.elapsed().as_secs_f64();
    let id = SystemIds.next(now).to_string();
    let asked = Asked { id: id.clone(), file: "made-up.xlsx".to_owned(), actor: ActorId::System, now };
    let applied =
        exchange::apply(ledger, city, "project", &sheet, &mut differences, &asked, &mut |_| told += 1)?;
    let all = started.elapsed().as_secs_f64();
    let account = applied.account;
    anyhow::ensure!(account.refused == 0, "{:?}", account.refusals.first());
    Ok(([read, compared - read, all - compared], account.imported, told, id))
}

pub(crate) fn measure(base: &Path, table: &mut Table) -> Result<()> {
    let folder = crate::scratch(base)?;
    let ledger = town::open(folder.path())?;
    let city = CityCode::new(990_002)?;
    let now = Moment::parse_iso("2026-11-01T08:00:00+08:00")?;
    ledger.db().write_blocking(move |tx| {
        let by = By { actor: ActorId::System, at: now };
        for code in UNITS {
            let unit = Unit {
                code: code.to_owned(),
                name_zh: code.to_owned(),
                name_en: String::new(),
                kind: UnitKind::Bureau,
            };
            register::put(tx, city, unit, None, &by)?;
        }
        Ok::<_, LedgerError>(())
    })?;
    let bytes = write()?;
    let before = peak_megabytes()?;
    let (first, imported, told, id) = import(&ledger, city, &bytes, now)?;
    anyhow::ensure!(imported == ROWS, "{imported} of {ROWS} rows imported");
    let peak = peak_megabytes()?;
    let (again, imported, _, _) = import(&ledger, city, &bytes, now)?;
    anyhow::ensure!(imported == 0, "{imported} rows were not unchanged");
    let started = Instant::now();
    let own = ledger.clone();
    let undone = ledger.db().write_blocking(move |tx| {
        let by = By { actor: ActorId::System, at: ledger::moment(tx, city, now)? };
        exchange::undo(tx, city, &own, &id, &Reach::ALL, &by)
    })?;
    let undoing = started.elapsed().as_secs_f64();
    anyhow::ensure!(undone.restored == ROWS, "{} rows put back", undone.restored);
    let megabytes = whole(bytes.len() as u64) / 1e6;
    let row = |what: &str, value: f64, unit: &str, target, note: String, order| Row {
        what: what.to_owned(),
        size: ROWS,
        value,
        unit: unit.to_owned(),
        target,
        note,
        load: 0.0,
        grows: false,
        order,
    };
    let parts = |[read, compared, written]: [f64; 3]| {
        format!("read {read:.1} s, compared and checked {compared:.1} s, written {written:.1} s")
    };
    let rate = |parts: [f64; 3]| whole(ROWS) / parts.iter().sum::<f64>();
    let note = format!(
        "{} columns, {megabytes:.1} MB XLSX; {}; progress told {told} times",
        HEADINGS.len(),
        parts(first)
    );
    let target = Some(Target::AtLeast(5_000.0));
    table.put(row(
        "import of register rows from XLSX, fully checked",
        rate(first),
        "rows/s",
        target,
        note,
        72,
    ));
    table.put(row(
        "import of register rows, the same file again",
        rate(again),
        "rows/s",
        None,
        parts(again),
        73,
    ));
    let note = format!("peak of the process {peak:.0} MB, {before:.0} MB before");
    table.put(row("import of register rows, memory on top", peak - before, "MB", None, note, 74));
    let note = "one act; each row retired or put back".to_owned();
    table.put(row("undoing an import", whole(ROWS) / undoing, "rows/s", None, note, 75));
    Ok(())
}
