//! Tables for people: CSV and XLSX that open right in a spreadsheet program, and never run as formulas there.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;

use jiff::civil;
use rust_xlsxwriter::{ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet};

use crate::error::DocumentError;

/// Most rows of a sheet, as in spreadsheet programs, the header included.
pub const SHEET_ROWS_MAX: u64 = 1_048_576;
/// Largest whole number that a spreadsheet program holds without loss (15 digits); larger ones are written as text.
pub const SHEET_INTEGER_MAX: i64 = 999_999_999_999_999;

/// A cell to write.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Cell<'a> {
    /// Nothing.
    Empty,
    /// Text; whatever it begins with, it stays text.
    Text(&'a str),
    /// A whole number.
    Integer(i64),
    /// A number.
    Number(f64),
    /// A day.
    Date(civil::Date),
    /// A time of the clock, to the second.
    DateTime(civil::DateTime),
}

/// Signs at the start of a cell that make a spreadsheet program calculate; the full-width ones do so in Chinese ones.
const FORMULA_SIGNS: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// Whether a spreadsheet program would take the text for a formula. A plain negative number is none.
fn is_formula(text: &str) -> bool {
    let number = text.strip_prefix('-').is_some_and(|rest| {
        rest.bytes().any(|byte| byte.is_ascii_digit())
            && rest.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
            && rest.bytes().filter(|byte| *byte == b'.').count() <= 1
    });
    !number && text.trim_start_matches('\'').starts_with(FORMULA_SIGNS)
}

/// Takes off the apostrophe that [`CsvWriter`] puts before what would be a formula, so that a file that was written
/// here comes back as it was.
#[must_use]
pub fn without_formula_guard(text: &str) -> &str {
    text.strip_prefix('\'').filter(|rest| is_formula(rest)).unwrap_or(text)
}

/// Writes CSV: UTF-8, commas, CRLF.
pub struct CsvWriter<W: Write> {
    target: W,
    line: Vec<u8>,
    scratch: String,
}

impl<W: Write> CsvWriter<W> {
    /// Starts a file. The byte order mark is what makes older spreadsheet programs read it as UTF-8; programs that
    /// read the file may stumble over it.
    ///
    /// # Errors
    /// [`DocumentError::Unwritable`] from the target.
    pub fn new(mut target: W, byte_order_mark: bool) -> Result<Self, DocumentError> {
        if byte_order_mark {
            target.write_all(b"\xEF\xBB\xBF").map_err(DocumentError::Unwritable)?;
        }
        Ok(Self { target, line: Vec::new(), scratch: String::new() })
    }

    /// Writes a row of text, such as the header.
    ///
    /// # Errors
    /// [`DocumentError::Unwritable`] from the target.
    pub fn write_texts<'a>(&mut self, texts: impl IntoIterator<Item = &'a str>) -> Result<(), DocumentError> {
        self.write_row(texts.into_iter().map(Cell::Text))
    }

    /// Writes a row. Numbers have no more decimals than they need, days and times are ISO 8601.
    ///
    /// # Errors
    /// [`DocumentError::Unwritable`] from the target.
    pub fn write_row<'a>(&mut self, cells: impl IntoIterator<Item = Cell<'a>>) -> Result<(), DocumentError> {
        self.line.clear();
        let mut count = 0;
        for cell in cells {
            if count > 0 {
                self.line.push(b',');
            }
            count += 1;
            match cell {
                Cell::Empty => {}
                Cell::Text(text) if is_formula(text) => {
                    self.scratch.clear();
                    self.scratch.push('\'');
                    self.scratch.push_str(text);
                    push_quoted(&mut self.line, &self.scratch);
                }
                Cell::Text(text) => push_quoted(&mut self.line, text),
                Cell::Integer(value) => self.line.extend_from_slice(value.to_string().as_bytes()),
                Cell::Number(value) if !value.is_finite() => {}
                Cell::Number(value) => self.line.extend_from_slice(value.to_string().as_bytes()),
                Cell::Date(value) => self.line.extend_from_slice(value.to_string().as_bytes()),
                Cell::DateTime(value) => {
                    self.line.extend_from_slice(value.strftime("%Y-%m-%dT%H:%M:%S").to_string().as_bytes());
                }
            }
        }
        // A line without anything would be passed over as blank.
        if self.line.is_empty() && count == 1 {
            self.line.extend_from_slice(b"\"\"");
        }
        self.line.extend_from_slice(b"\r\n");
        self.target.write_all(&self.line).map_err(DocumentError::Unwritable)
    }

    /// Flushes and gives the target back.
    ///
    /// # Errors
    /// [`DocumentError::Unwritable`] from the target.
    pub fn finish(mut self) -> Result<W, DocumentError> {
        self.target.flush().map_err(DocumentError::Unwritable)?;
        Ok(self.target)
    }
}

fn push_quoted(line: &mut Vec<u8>, text: &str) {
    let outer_blank = text.starts_with(' ') || text.ends_with(' ');
    if !outer_blank && !text.bytes().any(|byte| matches!(byte, b',' | b'"' | b'\n' | b'\r' | b';' | b'\t')) {
        line.extend_from_slice(text.as_bytes());
        return;
    }
    line.push(b'"');
    for byte in text.bytes() {
        if byte == b'"' {
            line.push(b'"');
        }
        line.push(byte);
    }
    line.push(b'"');
}

/// A column of a sheet.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// Its name in the header.
    pub title: String,
    /// Its width in characters; a Chinese one counts as two.
    pub width: f64,
}

/// How many rows a workbook is made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WorkbookSize {
    /// Kept in memory; cells may be merged.
    Small,
    /// Written row by row to a temporary file; memory stays bounded, and cells cannot be merged.
    Large,
}

/// Writes a workbook of one or several sheets.
pub struct WorkbookWriter {
    workbook: Workbook,
    size: WorkbookSize,
}

impl WorkbookWriter {
    /// Starts an empty workbook.
    #[must_use]
    pub fn new(size: WorkbookSize) -> Self {
        Self { workbook: Workbook::new(), size }
    }

    /// Adds a sheet with a header row that stays in sight.
    ///
    /// # Errors
    /// [`DocumentError::WorkbookUnwritable`] where the name is longer than 31 characters, holds one of `[ ] : * ? / \`,
    /// or is there already; [`DocumentError::Unwritable`] where no temporary file can be made.
    pub fn sheet(&mut self, name: &str, columns: &[Column]) -> Result<SheetWriter<'_>, DocumentError> {
        let worksheet = match self.size {
            WorkbookSize::Small => self.workbook.add_worksheet(),
            WorkbookSize::Large => self.workbook.add_worksheet_with_constant_memory()?,
        };
        worksheet.set_name(name)?;
        let heading = Format::new()
            .set_bold()
            .set_background_color(0x00E8_EEF7)
            .set_border_bottom(FormatBorder::Thin)
            .set_align(FormatAlign::VerticalCenter)
            .set_text_wrap();
        for (index, column) in (0..).zip(columns) {
            worksheet.set_column_width(index, column.width)?;
            worksheet.write_string_with_format(0, index, &column.title, &heading)?;
        }
        worksheet.set_freeze_panes(1, 0)?;
        Ok(SheetWriter {
            worksheet,
            row: 0,
            mergeable: self.size == WorkbookSize::Small,
            merges: BTreeMap::new(),
            day: Format::new().set_num_format("yyyy-mm-dd"),
            time: Format::new().set_num_format("yyyy-mm-dd hh:mm:ss"),
            merged: Format::new().set_align(FormatAlign::VerticalCenter).set_text_wrap(),
        })
    }

    /// Writes the file.
    ///
    /// # Errors
    /// [`DocumentError`] from the target or the workbook.
    pub fn save(mut self, path: &Path) -> Result<(), DocumentError> {
        Ok(self.workbook.save(path)?)
    }

    /// Gives the file as bytes.
    ///
    /// # Errors
    /// [`DocumentError::WorkbookUnwritable`].
    pub fn into_bytes(mut self) -> Result<Vec<u8>, DocumentError> {
        Ok(self.workbook.save_to_buffer()?)
    }
}

/// Writes one sheet from top to bottom.
pub struct SheetWriter<'a> {
    worksheet: &'a mut Worksheet,
    /// The last row written, from 0; the header is row 0.
    row: u32,
    mergeable: bool,
    /// Last row of each merge, by column and first row.
    merges: BTreeMap<(u16, u32), u32>,
    day: Format,
    time: Format,
    merged: Format,
}

impl SheetWriter<'_> {
    /// Writes the next row and gives its number, as the spreadsheet program shows it.
    ///
    /// # Errors
    /// [`DocumentError::WorkbookUnwritable`] where the sheet is full ([`SHEET_ROWS_MAX`]) or a text is too long for a
    /// cell.
    #[expect(clippy::cast_precision_loss, reason = "whole numbers up to 15 digits are exact")]
    pub fn write_row<'a>(&mut self, cells: impl IntoIterator<Item = Cell<'a>>) -> Result<u64, DocumentError> {
        let row = self.row + 1;
        for (column, cell) in (0..).zip(cells) {
            match cell {
                Cell::Empty => {}
                Cell::Text(text) => drop(self.worksheet.write_string(row, column, text)?),
                Cell::Integer(value) if value.abs() > SHEET_INTEGER_MAX => {
                    self.worksheet.write_string(row, column, value.to_string())?;
                }
                Cell::Integer(value) => drop(self.worksheet.write_number(row, column, value as f64)?),
                Cell::Number(value) if !value.is_finite() => {}
                Cell::Number(value) => drop(self.worksheet.write_number(row, column, value)?),
                Cell::Date(value) => {
                    self.worksheet.write_datetime_with_format(row, column, &excel_date(value)?, &self.day)?;
                }
                Cell::DateTime(value) => {
                    let seconds = f64::from(value.second());
                    let moment = excel_date(value.date())?.and_hms(
                        u16::try_from(value.hour()).unwrap_or_default(),
                        u8::try_from(value.minute()).unwrap_or_default(),
                        seconds,
                    )?;
                    self.worksheet.write_datetime_with_format(row, column, &moment, &self.time)?;
                }
            }
        }
        self.row = row;
        Ok(u64::from(row) + 1)
    }

    /// Merges a column's cells over rows that are already written and shows the text in them. One row alone stays as
    /// it is.
    ///
    /// # Errors
    /// [`DocumentError::WorkbookUnwritable`] in a large workbook, and where the rows overlap an earlier merge.
    pub fn merge_down(
        &mut self,
        column: u16,
        first_number: u64,
        last_number: u64,
        text: &str,
    ) -> Result<(), DocumentError> {
        if first_number >= last_number {
            return Ok(());
        }
        let unwritable = |cause: &str| DocumentError::WorkbookUnwritable { cause: cause.to_owned() };
        if !self.mergeable {
            return Err(unwritable("a large workbook cannot merge cells"));
        }
        let row = |number: u64| {
            number
                .checked_sub(1)
                .and_then(|row| u32::try_from(row).ok())
                .filter(|row| *row <= self.row)
                .ok_or_else(|| unwritable("rows are merged before they are written"))
        };
        let (first, last) = (row(first_number)?, row(last_number)?);
        // Checked here, since the writer blanks the cells before it sees the overlap.
        let above = self.merges.range((column, 0)..=(column, last)).next_back();
        if above.is_some_and(|(_, above_last)| *above_last >= first) {
            return Err(unwritable("the rows are merged already"));
        }
        self.merges.insert((column, first), last);
        self.worksheet.merge_range(first, column, last, column, text, &self.merged)?;
        Ok(())
    }
}

fn excel_date(date: civil::Date) -> Result<ExcelDateTime, DocumentError> {
    let part = |value: i8| u8::try_from(value).unwrap_or_default();
    let year = u16::try_from(date.year()).unwrap_or_default();
    Ok(ExcelDateTime::from_ymd(year, part(date.month()), part(date.day()))?)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;
    use crate::table::{SheetChoice, TableFile, TableOptions};

    fn csv(cells: &[Cell<'_>]) -> String {
        let mut writer = CsvWriter::new(Vec::new(), false).expect("writes");
        writer.write_row(cells.iter().copied()).expect("writes");
        String::from_utf8(writer.finish().expect("flushes")).expect("text")
    }

    fn rows(bytes: Vec<u8>, sheet: usize, fill_merged: bool) -> Vec<Vec<String>> {
        let mut file = TableFile::from_bytes(bytes).expect("opens");
        let options = TableOptions { fill_merged, ..TableOptions::default() };
        let mut reader = file.read(&SheetChoice::Index(sheet), &options).expect("header");
        let mut rows = vec![reader.sheet().header.clone()];
        while let Some(row) = reader.next_row().expect("reads") {
            assert_eq!(row.fault(), None);
            rows.push(row.cells().map(str::to_owned).collect());
        }
        rows
    }

    #[test]
    fn csv_stays_text() {
        for (text, written) in [
            ("=1+1", "'=1+1\r\n"),
            ("+8613800000000", "'+8613800000000\r\n"),
            ("@SUM(A1)", "'@SUM(A1)\r\n"),
            ("-1+cmd|' /C calc'!A0", "'-1+cmd|' /C calc'!A0\r\n"),
            ("\t=1", "\"'\t=1\"\r\n"),
            ("＝1", "'＝1\r\n"),
            ("-12.5", "-12.5\r\n"),
            ("-", "'-\r\n"),
            ("say \"hi\", then", "\"say \"\"hi\"\", then\"\r\n"),
        ] {
            assert_eq!(csv(&[Cell::Text(text)]), written);
        }
        let moment = date(2016, 3, 1).at(9, 5, 0, 0);
        let typed = [
            Cell::Integer(-5),
            Cell::Number(0.5),
            Cell::Date(date(2016, 3, 1)),
            Cell::DateTime(moment),
            Cell::Empty,
        ];
        assert_eq!(csv(&typed), "-5,0.5,2016-03-01,2016-03-01T09:05:00,\r\n");
        assert!(
            CsvWriter::new(Vec::new(), true)
                .and_then(CsvWriter::finish)
                .expect("writes")
                .starts_with(b"\xEF\xBB\xBF")
        );
    }

    proptest! {
        #[test]
        fn csv_comes_back_as_it_was(texts in proptest::collection::vec("[-='+@＝,;\"\\n\\ra井1 .]{0,8}", 2..5)) {
            prop_assume!(texts.iter().any(|text| !text.is_empty()));
            let mut writer = CsvWriter::new(Vec::new(), true).expect("writes");
            writer.write_texts(vec!["a,"; texts.len()]).expect("writes");
            writer.write_texts(texts.iter().map(String::as_str)).expect("writes");
            let rows = rows(writer.finish().expect("flushes"), 0, false);
            let back: Vec<&str> = rows[1].iter().map(|text| without_formula_guard(text)).collect();
            prop_assert_eq!(back, texts.iter().map(String::as_str).collect::<Vec<_>>());
        }
    }

    fn columns(titles: &[&str]) -> Vec<Column> {
        titles.iter().map(|title| Column { title: (*title).to_owned(), width: 12.0 }).collect()
    }

    #[test]
    fn workbooks_come_back_typed_and_without_formulas() {
        for size in [WorkbookSize::Small, WorkbookSize::Large] {
            let mut writer = WorkbookWriter::new(size);
            for name in ["部件", "事件"] {
                let mut sheet =
                    writer.sheet(name, &columns(&["编号", "说明", "日期", "时间", "数"])).expect("sheet");
                let number = sheet
                    .write_row([
                        Cell::Integer(12_345_678_901_234_567),
                        Cell::Text("=HYPERLINK(\"http://127.0.0.1\")"),
                        Cell::Date(date(2016, 3, 1)),
                        Cell::DateTime(date(2016, 3, 1).at(9, 5, 7, 0)),
                        Cell::Number(-2.5),
                    ])
                    .expect("row");
                assert_eq!(number, 2);
            }
            let bytes = writer.into_bytes().expect("saves");
            let expected = vec![
                vec!["编号", "说明", "日期", "时间", "数"],
                vec![
                    "12345678901234567",
                    "=HYPERLINK(\"http://127.0.0.1\")",
                    "2016-03-01",
                    "2016-03-01T09:05:07",
                    "-2.5",
                ],
            ];
            assert_eq!(rows(bytes.clone(), 0, false), expected);
            assert_eq!(rows(bytes.clone(), 1, false), expected);
            let mut xlsx: calamine::Xlsx<_> =
                calamine::open_workbook_from_rs(std::io::Cursor::new(bytes)).expect("opens");
            let formulas = calamine::Reader::worksheet_formula(&mut xlsx, "部件").expect("reads");
            assert!(formulas.is_empty());
        }
    }

    #[test]
    fn merged_columns_come_back_filled() {
        let mut writer = WorkbookWriter::new(WorkbookSize::Small);
        let mut sheet = writer.sheet("部件", &columns(&["大类", "小类", "立案条件"])).expect("sheet");
        for condition in ["缺失", "破损", "松动"] {
            sheet
                .write_row([Cell::Text("公用设施"), Cell::Text("上水井盖"), Cell::Text(condition)])
                .expect("row");
        }
        sheet.write_row([Cell::Text("公用设施"), Cell::Text("污水井盖"), Cell::Text("缺失")]).expect("row");
        sheet.merge_down(0, 2, 5, "公用设施").expect("merges");
        sheet.merge_down(1, 2, 4, "上水井盖").expect("merges");
        assert!(sheet.merge_down(1, 3, 5, "again").is_err());
        assert!(sheet.merge_down(2, 5, 9, "beyond").is_err());
        let bytes = writer.into_bytes().expect("saves");
        assert_eq!(
            rows(bytes.clone(), 0, true)[1..],
            [
                ["公用设施", "上水井盖", "缺失"],
                ["公用设施", "上水井盖", "破损"],
                ["公用设施", "上水井盖", "松动"],
                ["公用设施", "污水井盖", "缺失"]
            ]
        );
        assert_eq!(rows(bytes, 0, false)[2], ["", "", "破损"]);
    }

    #[test]
    fn sheets_that_a_program_cannot_open_are_refused() {
        let mut writer = WorkbookWriter::new(WorkbookSize::Small);
        assert!(matches!(writer.sheet("a/b", &[]), Err(DocumentError::WorkbookUnwritable { .. })));
    }
}
