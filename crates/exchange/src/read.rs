//! A file read into proposed rows: tables, GeoJSON, JSON.

use std::collections::{BTreeMap, HashMap, HashSet};

use documents::{
    table::{self, SheetChoice, TableFile, TableFormat, TableOptions, TableReader},
    write::without_formula_guard,
};
use kernel::text::fold_width;
use ledger::register::{AnyRegister, Description, FieldDescription, KEY_JOINT, Kind};
use serde_json::{Map, Value};
use sha2::{Digest as _, Sha256};

use crate::{
    ExchangeError, IMPORT_ROWS_MAX, REMARKS_MAX, TOO_LONG_FOR_A_CELL, cell, geography,
    header::{self, Column, Header, Names, Target},
    remark::Remark,
    small_table,
    total::{self, Sums},
};

/// How to read a file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Options {
    /// The sheet of a workbook; the first that has the key's columns where none is named.
    pub sheet: Option<String>,
}

/// What a row of a file says.
#[derive(Debug, Clone, PartialEq)]
pub struct Proposed {
    /// Where it stands, see [`Remark::row`].
    pub row: u32,
    /// The key that it says; none where a part of it is missing or cannot be read.
    pub key: Option<String>,
    /// The version of the row when the file was written.
    pub version: Option<u64>,
    /// Fields that the file has, as they are stored; `null` for what is emptied.
    pub fields: Map<String, Value>,
    /// What could not be read.
    pub faults: Vec<Remark>,
    /// Rows in the file of the rows of its small tables, by field.
    pub(crate) table_rows: BTreeMap<&'static str, Vec<u32>>,
}

/// Where a field stands in a file.
#[derive(Debug, Clone, Default)]
pub(crate) struct Heading {
    pub(crate) text: String,
    pub(crate) sheet: usize,
    pub(crate) sheet_name: String,
    pub(crate) place: Option<usize>,
}

/// The proposed rows of a file.
#[derive(Debug, Clone, Default)]
pub struct Sheet {
    /// Rows in the order of the file, totals left out.
    pub rows: Vec<Proposed>,
    /// What should be looked at.
    pub warnings: Vec<Remark>,
    /// The hash of the file (SHA-256, hex), by which it is known again.
    pub hash: String,
    /// Where fields stand, those of small tables as `table.field`.
    pub(crate) headings: HashMap<String, Heading>,
    pub(crate) place: Heading,
}

impl Sheet {
    pub(crate) fn warn(&mut self, remarks: impl IntoIterator<Item = Remark>) {
        let left = REMARKS_MAX.saturating_sub(self.warnings.len());
        self.warnings.extend(remarks.into_iter().take(left));
    }

    pub(crate) fn push(&mut self, row: Proposed) -> Result<(), ExchangeError> {
        if self.rows.len() >= IMPORT_ROWS_MAX {
            return Err(ExchangeError::RowsTooMany { rows_max: IMPORT_ROWS_MAX as u64 });
        }
        self.rows.push(row);
        Ok(())
    }
}

/// The key that fields give; none where a part of it is missing.
pub(crate) fn key_of(description: &Description, fields: &Map<String, Value>) -> Option<String> {
    let mut key = String::new();
    for (place, name) in description.key.iter().enumerate() {
        if place > 0 {
            key.push(KEY_JOINT);
        }
        match fields.get(*name)? {
            Value::String(text) if !text.trim().is_empty() => key.push_str(text),
            Value::Number(number) => key.push_str(&number.to_string()),
            _ => return None,
        }
    }
    Some(key)
}

/// Reads a file into proposed rows of a register. What it is, is read from its bytes.
///
/// # Errors
/// [`ExchangeError`] where the file as a whole is unreadable, beyond a limit, or no table of this register. What is wrong with one row is
/// among its faults.
pub fn read(register: &dyn AnyRegister, bytes: Vec<u8>, options: &Options) -> Result<Sheet, ExchangeError> {
    read_noting(register, bytes, options, &|_| {})
}

/// What is done with the number of rows read so far.
type Note<'a> = dyn Fn(usize) + 'a;

/// As [`read()`], and says on the way how many rows are read.
///
/// # Errors
/// As [`read()`].
pub fn read_noting(
    register: &dyn AnyRegister,
    bytes: Vec<u8>,
    options: &Options,
    note: &Note<'_>,
) -> Result<Sheet, ExchangeError> {
    let description = register.description();
    let hash = hash_of(&bytes);
    let mut sheet = if geography::is_json(&bytes) {
        geography::read(description, &bytes)?
    } else {
        tables(description, TableFile::from_bytes(bytes)?, options, note)?
    };
    sheet.hash = hash;
    refuse_twins(description, &mut sheet);
    note(sheet.rows.len());
    Ok(sheet)
}

fn hash_of(bytes: &[u8]) -> String {
    ledger::hex(&Sha256::digest(bytes))
}

/// A row that was read elsewhere, from a form that is no table of the register: a package of an open standard.
#[derive(Debug, Clone, PartialEq)]
pub struct Given {
    /// Its place in the file, see [`Remark::row`].
    pub row: u32,
    /// Fields that the file has, as they are stored.
    pub fields: Map<String, Value>,
    /// What could not be read: where, and the translation key.
    pub faults: Vec<(String, &'static str)>,
    /// What should be looked at, likewise.
    pub warnings: Vec<(String, &'static str)>,
}

/// Rows that were read elsewhere as the proposed rows of a file with these bytes.
///
/// # Errors
/// [`ExchangeError::RowsTooMany`].
pub fn given(register: &dyn AnyRegister, bytes: &[u8], rows: Vec<Given>) -> Result<Sheet, ExchangeError> {
    let description = register.description();
    let mut sheet = Sheet { hash: hash_of(bytes), ..Sheet::default() };
    for row in rows {
        let remark = |(place, code): (String, &'static str)| Remark::new(row.row, &place, "", code);
        sheet.warn(row.warnings.into_iter().map(remark));
        sheet.push(Proposed {
            row: row.row,
            key: key_of(description, &row.fields),
            version: None,
            faults: row.faults.into_iter().map(remark).collect(),
            fields: row.fields,
            table_rows: BTreeMap::new(),
        })?;
    }
    refuse_twins(description, &mut sheet);
    Ok(sheet)
}

/// Of rows with one key the first counts.
fn refuse_twins(description: &'static Description, sheet: &mut Sheet) {
    let mut seen = HashSet::new();
    let place = sheet.place.clone();
    for row in &mut sheet.rows {
        if let Some(key) = &row.key
            && !seen.insert(key.clone())
        {
            let column = description.key.first().copied().unwrap_or_default();
            let heading = sheet.headings.get(column);
            let told =
                Remark::new(row.row, heading.map_or(column, |heading| &heading.text), key, "key_twice");
            row.faults.push(told.at(
                place.sheet,
                &place.sheet_name,
                heading.and_then(|heading| heading.place),
            ));
        }
    }
}

/// One sheet that is read by its headings.
pub(crate) struct Grid {
    pub(crate) fields: &'static [FieldDescription],
    pub(crate) columns: Vec<Column>,
    pub(crate) sheet: usize,
    pub(crate) sheet_name: String,
    guarded: bool,
    width: Option<usize>,
}

/// What one row of a sheet says.
pub(crate) struct Line {
    pub(crate) row: u32,
    pub(crate) fields: Map<String, Value>,
    pub(crate) version: Option<u64>,
    pub(crate) faults: Vec<Remark>,
    pub(crate) warnings: Vec<Remark>,
}

/// Below this a rate without a sign may have been meant as a share: 0.059 for 5.9 %. Millionths.
const RATE_DOUBTFUL_BELOW: i64 = 10_000;

/// Whether a number that says no unit is read as a percentage and may be none.
fn is_doubtful(kind: Kind, column: &Column, text: &str, value: &Value) -> bool {
    matches!(kind, Kind::Rate { .. })
        && !column.unit_said
        && text.chars().next_back().is_some_and(|sign| fold_width(sign).is_ascii_digit())
        && value.as_i64().is_some_and(|rate| rate != 0 && rate.abs() < RATE_DOUBTFUL_BELOW)
}

impl Grid {
    pub(crate) fn new(
        fields: &'static [FieldDescription],
        header: &Header,
        reader: &table::Sheet,
        delimited: bool,
    ) -> Self {
        Self {
            fields,
            columns: header.columns.clone(),
            sheet: reader.index,
            sheet_name: reader.name.clone(),
            guarded: delimited,
            width: delimited.then_some(header.width),
        }
    }

    fn remark(
        &self,
        row: u32,
        heading: &str,
        value: &str,
        code: &'static str,
        place: Option<usize>,
    ) -> Remark {
        Remark::new(row, heading, value, code).at(self.sheet, &self.sheet_name, place)
    }

    pub(crate) fn line<'a>(&self, row: &impl Cells<'a>) -> Line {
        let number = row.number();
        let mut line =
            Line { row: number, fields: Map::new(), version: None, faults: Vec::new(), warnings: Vec::new() };
        if let Some((code, column)) = row.fault() {
            let at = column.map(|place| self.columns.iter().find(|column| column.place == place));
            match at {
                // A calculated error in a column that nobody reads harms nobody.
                Some(None) => {}
                Some(Some(column)) => {
                    let text = row.get(column.place);
                    line.faults.push(self.remark(number, &column.heading, text, code, Some(column.place)));
                }
                None => line.faults.push(self.remark(number, "", "", code, None)),
            }
        }
        // A missing or surplus delimiter shifts what follows it.
        if self.width.is_some_and(|width| {
            row.len() < width || (width..row.len()).any(|place| !row.get(place).trim().is_empty())
        }) {
            line.faults.push(self.remark(number, "", row.get(0), "row_ragged", None));
            return line;
        }
        for column in &self.columns {
            let text = row.get(column.place);
            let text = if self.guarded { without_formula_guard(text) } else { text }.trim();
            let wrong = |code| self.remark(number, &column.heading, text, code, Some(column.place));
            match column.target {
                Target::Version if text.is_empty() => {}
                Target::Version => match text.parse() {
                    Ok(version) => line.version = Some(version),
                    Err(_) => line.faults.push(wrong("version_malformed")),
                },
                Target::Field { .. } if text == TOO_LONG_FOR_A_CELL => {}
                Target::Field { field, measure } => {
                    let described = &self.fields[field];
                    let already = line
                        .faults
                        .iter()
                        .any(|fault| fault.place.is_some_and(|place| place.column == Some(column.place)));
                    if already {
                        continue;
                    }
                    let value = match text {
                        "" => Ok(Value::Null),
                        text => cell::read(described.kind, measure, text),
                    };
                    match value {
                        Ok(value) => {
                            if is_doubtful(described.kind, column, text, &value) {
                                line.warnings.push(wrong("rate_below_one"));
                            }
                            line.fields.insert(described.name.to_owned(), value);
                        }
                        Err(code) => line.faults.push(wrong(code)),
                    }
                }
            }
        }
        line
    }
}

/// A row of cells: of a reader, or of the first rows that were looked through for headings.
pub(crate) trait Cells<'a> {
    fn number(&self) -> u32;
    fn get(&self, place: usize) -> &'a str;
    fn len(&self) -> usize;
    fn fault(&self) -> Option<(&'static str, Option<usize>)>;
}

impl<'a> Cells<'a> for table::Row<'a> {
    fn number(&self) -> u32 {
        u32::try_from(table::Row::number(self)).unwrap_or(u32::MAX)
    }

    fn get(&self, place: usize) -> &'a str {
        table::Row::get(self, place)
    }

    fn len(&self) -> usize {
        table::Row::len(self)
    }

    fn fault(&self) -> Option<(&'static str, Option<usize>)> {
        table::Row::fault(self).map(|fault| (fault.code(), fault.column()))
    }
}

/// A row that was kept.
pub(crate) struct Held {
    number: u64,
    cells: Vec<String>,
    fault: Option<(&'static str, Option<usize>)>,
}

impl<'a> Cells<'a> for &'a Held {
    fn number(&self) -> u32 {
        u32::try_from(self.number).unwrap_or(u32::MAX)
    }

    fn get(&self, place: usize) -> &'a str {
        self.cells.get(place).map_or("", String::as_str)
    }

    fn len(&self) -> usize {
        self.cells.len()
    }

    fn fault(&self) -> Option<(&'static str, Option<usize>)> {
        self.fault
    }
}

/// The headings of a sheet and the rows that were read past them, if it has headings.
pub(crate) fn opened(
    reader: &mut TableReader<'_>,
    names: &Names,
    key: &[&str],
) -> Result<Option<(Header, Vec<Held>)>, ExchangeError> {
    let mut held: Vec<Held> = Vec::new();
    while (held.len() as u64) < table::HEADER_ROWS_MAX
        && let Some(row) = reader.next_row()?
    {
        held.push(Held {
            number: row.number(),
            cells: row.cells().map(str::to_owned).collect(),
            fault: row.fault().map(|fault| (fault.code(), fault.column())),
        });
    }
    let rows: Vec<(u64, Vec<String>)> = held.iter().map(|row| (row.number, row.cells.clone())).collect();
    let Some(header) = header::find(&rows, names, key)? else { return Ok(None) };
    let held = held.split_off(header.above);
    Ok(Some((header, held)))
}

pub(crate) fn table_options() -> TableOptions {
    TableOptions { header: table::Header::Absent, fill_merged: true }
}

fn tables(
    description: &'static Description,
    mut file: TableFile,
    options: &Options,
    note: &Note<'_>,
) -> Result<Sheet, ExchangeError> {
    let choices: Vec<SheetChoice> = match &options.sheet {
        Some(name) => vec![SheetChoice::Name(name.clone())],
        None => (0..file.sheet_names().len()).map(SheetChoice::Index).collect(),
    };
    let names = Names::of(description.fields, true);
    for choice in choices {
        if let Some(mut sheet) = table(description, &mut file, &choice, &names, note)? {
            small_table::read(description, &mut file, &mut sheet)?;
            return Ok(sheet);
        }
    }
    let titles = description.fields.iter().filter(|field| description.key.contains(&field.name));
    let wanted: Vec<&str> = titles.map(|field| field.title.zh).collect();
    Err(ExchangeError::HeadingsMissing { register: description.name, wanted: wanted.join(", ") })
}

/// Reads one sheet; none where it has not the key's columns.
fn table(
    description: &'static Description,
    file: &mut TableFile,
    choice: &SheetChoice,
    names: &Names,
    note: &Note<'_>,
) -> Result<Option<Sheet>, ExchangeError> {
    let delimited = matches!(file.format(), TableFormat::Delimited { .. });
    let mut reader = file.read(choice, &table_options())?;
    let Some((header, held)) = opened(&mut reader, names, description.key)? else { return Ok(None) };
    let grid = Grid::new(description.fields, &header, reader.sheet(), delimited);
    let mut sheet = Sheet {
        place: Heading { sheet: grid.sheet, sheet_name: grid.sheet_name.clone(), ..Heading::default() },
        ..Sheet::default()
    };
    for column in &grid.columns {
        if let Target::Field { field, .. } = column.target {
            let heading =
                Heading { text: column.heading.clone(), place: Some(column.place), ..sheet.place.clone() };
            sheet.headings.insert(description.fields[field].name.to_owned(), heading);
        }
    }
    if !description.key.iter().all(|name| sheet.headings.contains_key(*name)) {
        return Ok(None);
    }
    let at = |remark: Remark| {
        let column = remark.place.and_then(|place| place.column);
        remark.at(grid.sheet, &grid.sheet_name, column)
    };
    sheet.warn(header.warnings.into_iter().map(at));
    let mut sums = Sums::default();
    for row in &held {
        take(description, &grid, &mut sheet, &mut sums, &row)?;
    }
    while let Some(row) = reader.next_row()? {
        take(description, &grid, &mut sheet, &mut sums, &row)?;
        note(sheet.rows.len());
    }
    Ok(Some(sheet))
}

fn take<'a>(
    description: &'static Description,
    grid: &Grid,
    sheet: &mut Sheet,
    sums: &mut Sums,
    row: &impl Cells<'a>,
) -> Result<(), ExchangeError> {
    if let Some(total) = total::of((0..row.len()).map(|place| row.get(place))) {
        let remarks = sums.check(total, grid.fields, &grid.columns, row.number(), |place| row.get(place));
        let at = |remark: Remark| {
            let column = remark.place.and_then(|place| place.column);
            remark.at(grid.sheet, &grid.sheet_name, column)
        };
        sheet.warn(remarks.into_iter().map(at));
        return Ok(());
    }
    let line = grid.line(row);
    sums.add(grid.fields, &grid.columns, &line.fields);
    sheet.warn(line.warnings);
    sheet.push(Proposed {
        row: line.row,
        key: key_of(description, &line.fields),
        version: line.version,
        fields: line.fields,
        faults: line.faults,
        table_rows: BTreeMap::new(),
    })
}

/// The fields of a register that are small tables.
pub(crate) fn small_tables(
    description: &'static Description,
) -> impl Iterator<Item = (&'static FieldDescription, &'static [FieldDescription])> {
    description.fields.iter().filter_map(|field| match field.kind {
        Kind::Rows { fields, .. } => Some((field, fields)),
        _ => None,
    })
}
