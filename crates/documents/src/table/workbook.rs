//! XLSX sheets, streamed cell by cell and gathered into rows.

use std::collections::HashMap;
use std::io::BufReader;
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{Data, DataRef, Dimensions, ExcelDateTime, Reader, Style, Xlsx, XlsxCellReader, XlsxError};

use super::{CELL_CHARACTERS_MAX, CellSpan, RowFault, SheetChoice, Source, TABLE_COLUMNS_MAX, guard};
use crate::error::DocumentError;

/// Most bytes of the text of one row.
const SHEET_ROW_BYTES_MAX: usize = 4 * super::ROW_BYTES_MAX;

/// An opened workbook that has passed the guard.
pub(super) struct Workbook {
    xlsx: Xlsx<BufReader<Source>>,
}

/// Runs a call of the workbook library; garbage that makes it panic is a damaged workbook like any other.
fn contained<T>(call: impl FnOnce() -> Result<T, XlsxError>) -> Result<T, DocumentError> {
    match catch_unwind(AssertUnwindSafe(call)) {
        Ok(Ok(value)) => Ok(value),
        Ok(Err(XlsxError::Password)) => Err(DocumentError::WorkbookOldOrLocked),
        Ok(Err(error)) => Err(DocumentError::WorkbookMalformed { cause: error.to_string() }),
        Err(_) => Err(DocumentError::WorkbookMalformed { cause: "its content is contradictory".to_owned() }),
    }
}

impl Workbook {
    pub(super) fn open(mut source: Source, bytes: u64) -> Result<Self, DocumentError> {
        guard::check(&mut source, bytes)?;
        std::io::Seek::rewind(&mut source).map_err(DocumentError::Unreadable)?;
        let xlsx = contained(|| Xlsx::new(BufReader::with_capacity(64 * 1024, source)))?;
        Ok(Self { xlsx })
    }

    pub(super) fn sheet_names(&self) -> Vec<String> {
        self.xlsx.sheet_names()
    }

    pub(super) fn find_sheet(&self, choice: &SheetChoice) -> Result<(String, usize), DocumentError> {
        let mut names = self.sheet_names();
        let (index, wanted) = match choice {
            SheetChoice::Index(index) => (Some(*index), index.to_string()),
            SheetChoice::Name(name) => {
                (names.iter().position(|candidate| candidate.trim() == name.trim()), name.clone())
            }
        };
        match index.filter(|index| *index < names.len()) {
            Some(index) => Ok((names.swap_remove(index), index)),
            None => Err(DocumentError::SheetMissing { wanted, available: names.join(", ") }),
        }
    }

    pub(super) fn read(&mut self, name: &str, fill_merged: bool) -> Result<SheetReader<'_>, DocumentError> {
        let merged = if fill_merged {
            let mut merged = contained(|| self.xlsx.merge_cells_by_sheet_name(name))?;
            merged.retain(|range| {
                range.start.0 <= range.end.0
                    && range.start.1 <= range.end.1
                    && (range.end.1 as usize) < TABLE_COLUMNS_MAX
            });
            merged.sort_unstable_by_key(|range| range.start);
            merged
        } else {
            Vec::new()
        };
        let cells = contained(|| self.xlsx.worksheet_cells_reader(name))?;
        let rows_expected = u64::from(cells.dimensions().end.0) + 1;
        let percent = cells.styles().iter().map(shows_percent).collect();
        Ok(SheetReader {
            cells,
            percent,
            pending: None,
            ended: false,
            row: None,
            text: String::new(),
            spans: Vec::new(),
            fault: None,
            merged,
            merged_next: 0,
            open: HashMap::new(),
            rows_expected,
        })
    }
}

/// Reads one sheet row by row.
pub(super) struct SheetReader<'a> {
    cells: XlsxCellReader<'a, BufReader<Source>>,
    /// Of each style of the workbook, whether it shows a number as a percentage.
    percent: Vec<bool>,
    /// The first cell of the next row, read to see that the present row has ended.
    pending: Option<(u32, u32, DataRef<'a>, bool)>,
    ended: bool,
    /// The present row, from 0.
    row: Option<u32>,
    text: String,
    spans: Vec<CellSpan>,
    fault: Option<RowFault>,
    /// Merged ranges by their first row, and the place of the first that has not begun.
    merged: Vec<Dimensions>,
    merged_next: usize,
    /// Ranges that reach into the rows to come: by column, the last row and the value.
    open: HashMap<u32, (u32, String)>,
    rows_expected: u64,
}

impl SheetReader<'_> {
    pub(super) fn advance(&mut self) -> Result<bool, DocumentError> {
        loop {
            self.text.clear();
            self.spans.clear();
            self.fault = None;
            if !self.gather()? {
                return Ok(false);
            }
            let own = self.spans.iter().any(|(start, end)| start < end);
            self.fill_merged()?;
            if own {
                return Ok(true);
            }
        }
    }

    /// Gathers the cells of the next row; false after the last.
    fn gather(&mut self) -> Result<bool, DocumentError> {
        let mut row = None;
        loop {
            let cell = match self.pending.take() {
                Some(cell) => Some(cell),
                None if self.ended => None,
                None => contained(|| self.cells.next_cell_with_style_id())?.map(|(cell, style)| {
                    let (row, column) = cell.get_position();
                    let percent = self.percent.get(style).copied().unwrap_or_default();
                    (row, column, cell.get_value().clone(), percent)
                }),
            };
            let Some((cell_row, column, value, percent)) = cell else {
                self.ended = true;
                return Ok(row.is_some());
            };
            match row {
                None if self.row.is_some_and(|last| cell_row <= last) => {
                    return Err(DocumentError::WorkbookMalformed {
                        cause: format!("row {} comes twice", cell_row + 1),
                    });
                }
                None => {
                    row = Some(cell_row);
                    self.row = row;
                }
                Some(present) if present != cell_row => {
                    self.pending = Some((cell_row, column, value, percent));
                    return Ok(true);
                }
                Some(_) => {}
            }
            if !matches!(value, DataRef::Empty) {
                self.put(cell_row, column as usize, &value, percent)?;
            }
        }
    }

    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_precision_loss,
        reason = "the text of a row is limited, a number of a sheet is a double"
    )]
    fn put(
        &mut self,
        row: u32,
        column: usize,
        value: &DataRef<'_>,
        percent: bool,
    ) -> Result<(), DocumentError> {
        if column >= TABLE_COLUMNS_MAX {
            return Err(DocumentError::ColumnsTooMany {
                row: u64::from(row) + 1,
                columns: column as u64 + 1,
                columns_max: TABLE_COLUMNS_MAX as u64,
            });
        }
        let start = self.text.len();
        match value {
            DataRef::Error(error) => {
                self.fault.get_or_insert(RowFault::CellError { column });
                self.text.push_str(&error.to_string());
            }
            DataRef::Int(value) if percent => self.text.push_str(&percent_text(*value as f64)),
            DataRef::Float(value) if percent => self.text.push_str(&percent_text(*value)),
            other => push_value(&mut self.text, other),
        }
        let end = self.text.len();
        if end > SHEET_ROW_BYTES_MAX {
            return Err(DocumentError::RowTooLong {
                row: u64::from(row) + 1,
                bytes_max: SHEET_ROW_BYTES_MAX as u64,
            });
        }
        if end - start > CELL_CHARACTERS_MAX && self.text[start..].chars().count() > CELL_CHARACTERS_MAX {
            self.fault.get_or_insert(RowFault::CellTooLong { column });
        }
        self.set_span(column, (start as u32, end as u32));
        Ok(())
    }

    fn set_span(&mut self, column: usize, span: CellSpan) {
        if self.spans.len() <= column {
            self.spans.resize(column + 1, (0, 0));
        }
        self.spans[column] = span;
    }

    /// Repeats values of ranges that began above, then opens those that begin here.
    #[expect(clippy::cast_possible_truncation, reason = "the text of a row is limited")]
    fn fill_merged(&mut self) -> Result<(), DocumentError> {
        let Some(row) = self.row else { return Ok(()) };
        self.open.retain(|_, (last_row, _)| *last_row >= row);
        let mut open = std::mem::take(&mut self.open);
        for (column, (_, value)) in &open {
            let start = self.text.len() as u32;
            self.text.push_str(value);
            if self.text.len() > SHEET_ROW_BYTES_MAX {
                return Err(DocumentError::RowTooLong {
                    row: u64::from(row) + 1,
                    bytes_max: SHEET_ROW_BYTES_MAX as u64,
                });
            }
            self.set_span(*column as usize, (start, self.text.len() as u32));
        }
        while let Some(range) =
            self.merged.get(self.merged_next).copied().filter(|range| range.start.0 <= row)
        {
            self.merged_next += 1;
            // A range whose first row has no cell at all in the file has no value to repeat.
            let span = self.spans.get(range.start.1 as usize).copied().unwrap_or_default();
            if range.start.0 < row || span.0 == span.1 {
                continue;
            }
            for column in range.start.1..=range.end.1 {
                self.set_span(column as usize, span);
                if range.end.0 > row {
                    let value = self.text[span.0 as usize..span.1 as usize].to_owned();
                    open.insert(column, (range.end.0, value));
                }
            }
        }
        self.open = open;
        Ok(())
    }

    pub(super) fn current(&self) -> (u64, &str, &[CellSpan]) {
        (self.row.map_or(0, |row| u64::from(row) + 1), &self.text, &self.spans)
    }

    pub(super) fn take_fault(&mut self) -> Option<RowFault> {
        self.fault.take()
    }

    #[expect(clippy::cast_precision_loss, reason = "a share for a progress bar")]
    pub(super) fn progress(&self) -> f64 {
        let done = self.row.map_or(0.0, |row| f64::from(row) + 1.0);
        (done / self.rows_expected as f64).min(1.0)
    }
}

/// Writes a value as people type it: numbers without needless decimals, dates as ISO text.
fn push_value(text: &mut String, value: &DataRef<'_>) {
    match value {
        DataRef::String(value) | DataRef::DateTimeIso(value) | DataRef::DurationIso(value) => {
            text.push_str(value);
        }
        DataRef::SharedString(value) => text.push_str(value),
        DataRef::Int(value) => text.push_str(&value.to_string()),
        DataRef::Float(value) => text.push_str(&number_text(*value)),
        DataRef::Bool(value) => text.push_str(if *value { "TRUE" } else { "FALSE" }),
        DataRef::DateTime(value) => text.push_str(&date_time_text(*value)),
        DataRef::Error(_) | DataRef::Empty => text.push_str(&Data::from(value.clone()).to_string()),
    }
}

/// Fifteen significant digits, as spreadsheet programs show; 0.1 + 0.2 is 0.3 there.
fn number_text(value: f64) -> String {
    if value.fract() == 0.0 || !value.is_finite() {
        return value.to_string();
    }
    format!("{value:.14e}").parse::<f64>().unwrap_or(value).to_string()
}

/// What a cell with a percent format shows, all its digits: 0.059 is `5.9%` there.
fn percent_text(value: f64) -> String {
    format!("{}%", number_text(value * 100.0))
}

/// Whether a style shows a number as a percentage: its format has the sign, not as a text between quotes or behind a backslash.
fn shows_percent(style: &Style) -> bool {
    let Some(format) = &style.number_format else { return false };
    let (mut quoted, mut literal) = (false, false);
    for sign in format.format_code.chars() {
        match sign {
            _ if literal => literal = false,
            '"' => quoted = !quoted,
            _ if quoted => {}
            // What follows is shown as it stands, is a blank of its width, or fills the cell.
            '\\' | '_' | '*' => literal = true,
            '%' => return true,
            _ => {}
        }
    }
    false
}

/// `2016-03-01`, `2016-03-01T09:00:00`, or `09:00:00` where there is no day; durations as hours, minutes, seconds.
fn date_time_text(value: ExcelDateTime) -> String {
    if value.is_duration() {
        let seconds = (value.as_f64() * 86_400.0).round();
        let sign = if seconds < 0.0 { "-" } else { "" };
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "saturates, which is enough here"
        )]
        let seconds = seconds.abs() as u64;
        return format!("{sign}{:02}:{:02}:{:02}", seconds / 3_600, seconds / 60 % 60, seconds % 60);
    }
    let (year, month, day, hour, minute, second, millisecond) = value.to_ymd_hms_milli();
    let fraction = if millisecond == 0 { String::new() } else { format!(".{millisecond:03}") };
    let time = format!("{hour:02}:{minute:02}:{second:02}{fraction}");
    if (0.0..1.0).contains(&value.as_f64()) {
        return time;
    }
    let date = format!("{year:04}-{month:02}-{day:02}");
    if time == "00:00:00" { date } else { format!("{date}T{time}") }
}
