//! Rows of a register as a file: CSV, workbook, GeoJSON, JSON; page by page, in bounded memory.

use std::io::Write;

use db::Tx;
use documents::{
    DocumentError,
    write::{Cell, Column, CsvWriter, SheetWriter, WorkbookSize, WorkbookWriter},
};
use kernel::code::CityCode;
use ledger::{
    record::PAGE_RECORDS_MAX,
    register::{self, AnyRegister, Description, FieldDescription, Kind, Query, Row},
};
use serde_json::{Map, Value, json};

use crate::{
    ExchangeError, Language,
    cell::{Shown, shown},
    geography::shape_field,
    header::{heading, version_title},
    read::small_tables,
    small_table::{ROW_KEY, sheet_name, table_sheet_name},
};

/// Digits of a number that a spreadsheet program holds.
const DIGITS_MAX: usize = 15;
/// Width of a column in characters.
const WIDTH: std::ops::RangeInclusive<usize> = 10..=40;

/// The format of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// CSV in UTF-8 with a byte order mark.
    Csv,
    /// A workbook; small tables are sheets of their own.
    Xlsx,
    /// GeoJSON, for registers with shapes.
    Geojson,
    /// One row a line as it is stored: `{"key", "version", "fields"}`.
    Json,
}

impl Format {
    /// A format by its name or a file's ending.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        match word.to_ascii_lowercase().as_str() {
            "csv" => Some(Self::Csv),
            "xlsx" => Some(Self::Xlsx),
            "geojson" => Some(Self::Geojson),
            "json" | "jsonl" => Some(Self::Json),
            _ => None,
        }
    }
}

/// What was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Written {
    /// Rows.
    pub rows: u64,
    /// Of those, rows without a place, in GeoJSON.
    pub without_place: u64,
}

/// Writes the rows that a query finds, whatever its page, to a target.
///
/// # Errors
/// [`ExchangeError::WithoutShape`], or as target or store say.
pub fn write(
    tx: &mut Tx<'_>,
    city: CityCode,
    register: &dyn AnyRegister,
    query: &Query,
    format: Format,
    language: Language,
    target: &mut impl Write,
) -> Result<Written, ExchangeError> {
    let mut pieces = Pieces::new(query.clone(), format, language);
    while let Some(piece) = pieces.next(tx, city, register)? {
        target.write_all(&piece).map_err(DocumentError::Unwritable)?;
    }
    Ok(pieces.written())
}

/// A file in pieces, each of a page of rows, so that it can be sent while it is read and no snapshot waits for a slow reader. A workbook,
/// which must be whole, is one piece.
#[derive(Debug, Clone)]
pub struct Pieces {
    query: Query,
    format: Format,
    language: Language,
    is_first: bool,
    is_over: bool,
    written: Written,
}

impl Pieces {
    /// Of the rows that a query finds, whatever its page.
    #[must_use]
    pub fn new(query: Query, format: Format, language: Language) -> Self {
        let query = Query { limit: PAGE_RECORDS_MAX, after: None, ..query };
        Self { query, format, language, is_first: true, is_over: false, written: Written::default() }
    }

    /// What was written so far.
    #[must_use]
    pub const fn written(&self) -> Written {
        self.written
    }

    /// The next piece; none at the end.
    ///
    /// # Errors
    /// [`ExchangeError::WithoutShape`], or as the store says.
    pub fn next(
        &mut self,
        tx: &mut Tx<'_>,
        city: CityCode,
        register: &dyn AnyRegister,
    ) -> Result<Option<Vec<u8>>, ExchangeError> {
        if self.is_over {
            return Ok(None);
        }
        if self.format == Format::Xlsx {
            self.is_over = true;
            return self.workbook(tx, city, register).map(Some);
        }
        let (rows, mark) = register::page(tx, city, register, self.query.clone())?;
        self.written.rows += rows.len() as u64;
        self.is_over = mark.is_none();
        self.query.after = mark;
        let piece = match self.format {
            Format::Csv => self.csv(register.description(), &rows)?,
            Format::Geojson => self.features(register.description(), rows)?,
            Format::Json | Format::Xlsx => lines(rows)?,
        };
        self.is_first = false;
        Ok(Some(piece))
    }
}

/// A value as a cell of a table; a number only where the program that opens it keeps all its digits.
fn as_cell(shown: &Shown) -> Cell<'_> {
    match shown {
        Shown::Empty => Cell::Empty,
        Shown::Text(text) => Cell::Text(text),
        Shown::Number(text) => {
            let digits = text.bytes().filter(u8::is_ascii_digit).count();
            match text.parse::<f64>() {
                Ok(number) if digits <= DIGITS_MAX => Cell::Number(number),
                _ => Cell::Text(text),
            }
        }
        // Spreadsheet programs know no day before.
        Shown::Day(day) if day.year() >= 1900 => Cell::Date(*day),
        Shown::Day(_) => Cell::Empty,
    }
}

/// The cells of a row in the order of the fields.
fn shown_row<'f>(
    fields: impl Iterator<Item = &'f FieldDescription>,
    row: &Value,
    language: Language,
) -> Vec<Shown> {
    fields
        .map(|field| match shown(field.kind, language, row.get(field.name)) {
            Shown::Day(day) if day.year() < 1900 => Shown::Text(day.to_string()),
            shown => shown,
        })
        .collect()
}

impl Pieces {
    fn csv(&self, description: &Description, rows: &[Row]) -> Result<Vec<u8>, ExchangeError> {
        let (fields, language) = (description.fields, self.language);
        let mut writer = CsvWriter::new(Vec::new(), self.is_first)?;
        if self.is_first {
            let mut headings: Vec<String> =
                fields.iter().map(|field| heading(field, fields, language)).collect();
            headings.push(version_title(fields, language).to_owned());
            writer.write_texts(headings.iter().map(String::as_str))?;
        }
        for row in rows {
            let cells = shown_row(fields.iter(), &row.fields, language);
            let version = Cell::Integer(row.version.cast_signed());
            writer.write_row(cells.iter().map(as_cell).chain([version]))?;
        }
        Ok(writer.finish()?)
    }

    /// Hands all rows to a closure, page by page.
    fn each(
        &self,
        tx: &mut Tx<'_>,
        city: CityCode,
        register: &dyn AnyRegister,
        mut take: impl FnMut(Row) -> Result<(), ExchangeError>,
    ) -> Result<u64, ExchangeError> {
        let mut query = self.query.clone();
        let mut count = 0;
        loop {
            let (rows, mark) = register::page(tx, city, register, query.clone())?;
            count += rows.len() as u64;
            rows.into_iter().try_for_each(&mut take)?;
            match mark {
                Some(mark) => query.after = Some(mark),
                None => return Ok(count),
            }
        }
    }

    fn workbook(
        &mut self,
        tx: &mut Tx<'_>,
        city: CityCode,
        register: &dyn AnyRegister,
    ) -> Result<Vec<u8>, ExchangeError> {
        let (description, language) = (register.description(), self.language);
        let fields = description.fields;
        let single = || fields.iter().filter(|field| !matches!(field.kind, Kind::Rows { .. }));
        let mut book = WorkbookWriter::new(WorkbookSize::Large);
        let headings = single().map(|field| heading(field, fields, language));
        let headings = columns(headings.chain([version_title(fields, language).to_owned()]));
        let mut sheet = book.sheet(&sheet_name(language.title(description.title)), &headings)?;
        self.written.rows = self.each(tx, city, register, |row| {
            let cells = shown_row(single(), &row.fields, language);
            put(&mut sheet, cells.iter().map(as_cell).chain([Cell::Integer(row.version.cast_signed())]))
        })?;
        for (field, nested) in small_tables(description) {
            let key = language.title(ROW_KEY).to_owned();
            let headings =
                columns([key].into_iter().chain(nested.iter().map(|field| heading(field, nested, language))));
            let mut sheet = book.sheet(&table_sheet_name(description, field, language), &headings)?;
            self.each(tx, city, register, |row| {
                for inner in row.fields.get(field.name).and_then(Value::as_array).into_iter().flatten() {
                    let cells = shown_row(nested.iter(), inner, language);
                    put(&mut sheet, [Cell::Text(&row.key)].into_iter().chain(cells.iter().map(as_cell)))?;
                }
                Ok(())
            })?;
        }
        Ok(book.into_bytes()?)
    }

    fn features(&mut self, description: &Description, rows: Vec<Row>) -> Result<Vec<u8>, ExchangeError> {
        let (fields, language) = (description.fields, self.language);
        let shape =
            shape_field(description).ok_or(ExchangeError::WithoutShape { register: description.name })?;
        let others: Vec<(String, &FieldDescription)> = fields
            .iter()
            .filter(|field| field.name != shape.name)
            .map(|field| (heading(field, fields, language), field))
            .collect();
        let mut text = String::new();
        if self.is_first {
            text.push_str("{\"type\":\"FeatureCollection\",\"features\":[");
        }
        for (number, row) in rows.into_iter().enumerate() {
            let mut properties: Map<String, Value> = others
                .iter()
                .map(|(heading, field)| {
                    (heading.clone(), property(**field, language, row.fields.get(field.name)))
                })
                .collect();
            properties.insert(version_title(fields, language).to_owned(), row.version.into());
            let geometry = row.fields.get(shape.name).cloned().unwrap_or_default();
            self.written.without_place += u64::from(geometry.is_null());
            let feature =
                json!({ "type": "Feature", "id": row.key, "geometry": geometry, "properties": properties });
            text.push_str(if self.is_first && number == 0 { "\n" } else { ",\n" });
            text.push_str(&feature.to_string());
        }
        if self.is_over {
            text.push_str("\n]}\n");
        }
        Ok(text.into_bytes())
    }
}

fn columns(headings: impl Iterator<Item = String>) -> Vec<Column> {
    headings
        .map(|title| {
            let width: usize = title.chars().map(|sign| if sign.is_ascii() { 1 } else { 2 }).sum();
            #[expect(clippy::cast_precision_loss, reason = "a few dozen characters")]
            let width = (width + 2).clamp(*WIDTH.start(), *WIDTH.end()) as f64;
            Column { title, width }
        })
        .collect()
}

fn put<'a>(sheet: &mut SheetWriter<'_>, cells: impl Iterator<Item = Cell<'a>>) -> Result<(), ExchangeError> {
    Ok(sheet.write_row(cells).map(drop)?)
}

/// A value as a property of a feature: numbers as numbers where JSON keeps them exactly.
fn property(description: FieldDescription, language: Language, value: Option<&Value>) -> Value {
    match description.kind {
        Kind::Rows { .. } | Kind::Point | Kind::Line | Kind::Surface => value.cloned().unwrap_or_default(),
        Kind::Truth => value.cloned().unwrap_or_default(),
        kind => match shown(kind, language, value) {
            Shown::Empty => Value::Null,
            Shown::Number(text) if text.bytes().filter(u8::is_ascii_digit).count() <= DIGITS_MAX => {
                let whole = text.parse::<i64>().map(Value::from).ok();
                whole.or_else(|| text.parse::<f64>().ok().map(|number| json!(number))).unwrap_or_default()
            }
            other => other.text().into(),
        },
    }
}

fn lines(rows: Vec<Row>) -> Result<Vec<u8>, ExchangeError> {
    let mut bytes = Vec::new();
    for row in rows {
        let line = json!({ "key": row.key, "version": row.version, "fields": row.fields });
        writeln!(bytes, "{line}").map_err(DocumentError::Unwritable)?;
    }
    Ok(bytes)
}
