//! The one door for tabular input: CSV of any size and XLSX, row by row, in bounded memory.
//!
//! A [`TableFile`] is opened once; each of its sheets (a CSV has one) is read by a [`TableReader`]. Rows are borrowed
//! views, so that half a million rows a second need no allocation per cell. Rows without any value are passed over;
//! their numbers are not. What is wrong with one row is its [`RowFault`], and reading goes on.

mod delimited;
mod guard;
mod workbook;

use std::fs::File;
use std::io::{self, Cursor, Read, Seek, SeekFrom};
use std::path::Path;

pub use self::delimited::{DELIMITERS, ROW_BYTES_MAX};
pub use self::guard::{XLSX_ENTRIES_MAX, XLSX_RATIO_MAX, XLSX_UNPACKED_BYTES_MAX};
use self::{delimited::DelimitedReader, workbook::SheetReader};
use crate::{
    encoding::{self, Detected},
    error::DocumentError,
};

/// Most columns of a table.
pub const TABLE_COLUMNS_MAX: usize = 1_024;
/// Most characters of a cell, as in spreadsheet programs.
pub const CELL_CHARACTERS_MAX: usize = 32_767;
/// Most bytes of a workbook file. Delimited text is streamed and has no such limit.
pub const XLSX_BYTES_MAX: u64 = 200 * 1024 * 1024;
/// Rows from the top among which [`Header::Naming`] looks for the header.
pub const HEADER_ROWS_MAX: u64 = 50;

/// What a table file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TableFormat {
    /// Text with a delimiter.
    Delimited {
        /// The delimiter found: a comma, a semicolon, a tab or a bar.
        delimiter: char,
        /// The encoding found.
        detected: Detected,
    },
    /// A workbook in the format of 2007 and later.
    Xlsx,
}

/// Which sheet to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SheetChoice {
    /// By place, from 0.
    Index(usize),
    /// By the name on its tab.
    Name(String),
}

/// Where the column names stand.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Header {
    /// In the first row that has a value.
    #[default]
    First,
    /// In the row of this number; rows above it are passed over.
    Row(u64),
    /// In the first row, among the first [`HEADER_ROWS_MAX`], that has all these names; titles above it are passed over.
    Naming(Vec<String>),
    /// Nowhere: every row is content, and columns have numbers only.
    Absent,
}

/// How to read a sheet.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TableOptions {
    /// Where the column names stand.
    pub header: Header,
    /// Repeats the value of a merged range in each of its cells, as a handbook with vertically merged columns means
    /// it. A row that has nothing but repeated values is blank. Without effect on delimited text.
    pub fill_merged: bool,
}

/// A sheet that is being read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// The name on its tab; of delimited text, empty.
    pub name: String,
    /// Place among the sheets, from 0.
    pub index: usize,
    /// Column names, trimmed; empty with [`Header::Absent`].
    pub header: Vec<String>,
    /// Row number of the header, 0 where there is none.
    pub header_number: u64,
}

impl Sheet {
    /// The place of the first column of that name.
    #[must_use]
    pub fn column(&self, name: &str) -> Option<usize> {
        self.header.iter().position(|column| column == name)
    }
}

/// What is wrong with one row.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RowFault {
    /// More or fewer cells than the header has columns.
    #[error("the row has {cells} cells, the header {columns}")]
    Ragged {
        /// Cells found.
        cells: usize,
        /// Columns of the header.
        columns: usize,
    },
    /// A quotation mark opens a cell and none closes it. The row is its first line, taken without regard to quotes;
    /// reading goes on with the next line.
    #[error("a quotation mark is never closed")]
    QuoteUnclosed,
    /// Text follows a closing quotation mark.
    #[error("column {column}: text follows the closing quotation mark")]
    QuoteMisplaced {
        /// Column, from 0.
        column: usize,
    },
    /// A cell is longer than [`CELL_CHARACTERS_MAX`].
    #[error("column {column}: the cell has more than {CELL_CHARACTERS_MAX} characters")]
    CellTooLong {
        /// Column, from 0.
        column: usize,
    },
    /// The spreadsheet program has calculated an error, such as `#N/A`; the cell gives that text.
    #[error("column {column}: the cell holds a spreadsheet error")]
    CellError {
        /// Column, from 0.
        column: usize,
    },
}

impl RowFault {
    /// The translation key.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Ragged { .. } => "row_ragged",
            Self::QuoteUnclosed => "row_quote_unclosed",
            Self::QuoteMisplaced { .. } => "row_quote_misplaced",
            Self::CellTooLong { .. } => "cell_too_long",
            Self::CellError { .. } => "cell_spreadsheet_error",
        }
    }

    /// The column at fault, from 0, where it is one column.
    #[must_use]
    pub const fn column(&self) -> Option<usize> {
        match self {
            Self::Ragged { .. } | Self::QuoteUnclosed => None,
            Self::QuoteMisplaced { column } | Self::CellTooLong { column } | Self::CellError { column } => {
                Some(*column)
            }
        }
    }
}

/// One row, borrowed from its reader until the next is read.
#[derive(Debug, Clone, Copy)]
pub struct Row<'a> {
    number: u64,
    text: &'a str,
    cells: &'a [CellSpan],
    fault: Option<&'a RowFault>,
}

/// Start and end of a cell in the text of its row, in bytes.
type CellSpan = (u32, u32);

impl<'a> Row<'a> {
    /// The number that the spreadsheet program shows at the left edge, from 1. A line break within quotes does not
    /// count, a blank row does.
    #[must_use]
    pub const fn number(&self) -> u64 {
        self.number
    }

    /// The text of a cell, trimmed of nothing; empty where the row has no such column.
    #[must_use]
    #[inline]
    pub fn get(&self, column: usize) -> &'a str {
        self.cells
            .get(column)
            .and_then(|&(start, end)| self.text.get(start as usize..end as usize))
            .unwrap_or_default()
    }

    /// Number of cells, those beyond the header included.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.cells.len()
    }

    /// Whether there is no cell at all; a reader never gives such a row.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }

    /// All cells from left to right.
    pub fn cells(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        let row = *self;
        (0..row.cells.len()).map(move |column| row.get(column))
    }

    /// What is wrong with the row, where something is; the cells are then as good as they could be read.
    #[must_use]
    pub const fn fault(&self) -> Option<&'a RowFault> {
        self.fault
    }
}

/// Where the bytes come from.
enum Source {
    File(File),
    Memory(Cursor<Vec<u8>>),
}

impl Read for Source {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::File(file) => file.read(buffer),
            Self::Memory(bytes) => bytes.read(buffer),
        }
    }
}

impl Seek for Source {
    fn seek(&mut self, position: SeekFrom) -> io::Result<u64> {
        match self {
            Self::File(file) => file.seek(position),
            Self::Memory(bytes) => bytes.seek(position),
        }
    }
}

/// A table file, opened and checked: the encoding is known, a workbook is no bomb.
pub struct TableFile {
    content: Content,
    bytes: u64,
}

enum Content {
    Delimited { source: Source, delimiter: u8, detected: Detected },
    Workbook(Box<workbook::Workbook>),
}

impl TableFile {
    /// Opens a file by its path. What it is, is read from its bytes, never from its name.
    ///
    /// # Errors
    /// [`DocumentError`]: unreadable, empty, not a table, in no known encoding, or a workbook beyond a limit.
    pub fn open(path: &Path) -> Result<Self, DocumentError> {
        let file = File::open(path).map_err(DocumentError::Unreadable)?;
        Self::new(Source::File(file))
    }

    /// Opens a file that is in memory, such as an upload.
    ///
    /// # Errors
    /// As [`TableFile::open`].
    pub fn from_bytes(bytes: Vec<u8>) -> Result<Self, DocumentError> {
        Self::new(Source::Memory(Cursor::new(bytes)))
    }

    fn new(mut source: Source) -> Result<Self, DocumentError> {
        let bytes = source.seek(SeekFrom::End(0)).map_err(DocumentError::Unreadable)?;
        source.seek(SeekFrom::Start(0)).map_err(DocumentError::Unreadable)?;
        let mut start = Vec::with_capacity(8);
        source.by_ref().take(8).read_to_end(&mut start).map_err(DocumentError::Unreadable)?;
        let content = match start.as_slice() {
            [] => return Err(DocumentError::Empty),
            [b'P', b'K', 3 | 5, 4 | 6, ..] => {
                Content::Workbook(Box::new(workbook::Workbook::open(source, bytes)?))
            }
            [0xD0, 0xCF, 0x11, 0xE0, ..] => return Err(DocumentError::WorkbookOldOrLocked),
            [b'%', b'P', b'D', b'F', ..] => return Err(DocumentError::NotATable { found: "a PDF" }),
            [0xFF, 0xD8, 0xFF, ..] | [0x89, b'P', b'N', b'G', ..] | [b'G', b'I', b'F', b'8', ..] => {
                return Err(DocumentError::NotATable { found: "a picture" });
            }
            _ => {
                let detected = encoding::detect(&mut source)?;
                let delimiter = delimited::detect_delimiter(&mut source, detected.encoding)?;
                Content::Delimited { source, delimiter, detected }
            }
        };
        Ok(Self { content, bytes })
    }

    /// What the file is.
    #[must_use]
    pub fn format(&self) -> TableFormat {
        match &self.content {
            Content::Delimited { delimiter, detected, .. } => {
                TableFormat::Delimited { delimiter: char::from(*delimiter), detected: *detected }
            }
            Content::Workbook(_) => TableFormat::Xlsx,
        }
    }

    /// The file's size in bytes.
    #[must_use]
    pub const fn bytes(&self) -> u64 {
        self.bytes
    }

    /// The names of the sheets in the order of their tabs; of delimited text, one empty name.
    #[must_use]
    pub fn sheet_names(&self) -> Vec<String> {
        match &self.content {
            Content::Delimited { .. } => vec![String::new()],
            Content::Workbook(workbook) => workbook.sheet_names(),
        }
    }

    /// Starts to read a sheet from its top. Delimited text has one sheet, which any name finds.
    ///
    /// # Errors
    /// [`DocumentError`]: no such sheet, no header, no row at all, too many columns.
    pub fn read(
        &mut self,
        choice: &SheetChoice,
        options: &TableOptions,
    ) -> Result<TableReader<'_>, DocumentError> {
        let bytes = self.bytes;
        let (rows, name, index) = match &mut self.content {
            Content::Delimited { source, delimiter, detected } => {
                if let SheetChoice::Index(index @ 1..) = choice {
                    return Err(DocumentError::SheetMissing {
                        wanted: index.to_string(),
                        available: "0".to_owned(),
                    });
                }
                let reader = DelimitedReader::new(source, *delimiter, detected.encoding, bytes)?;
                (Rows::Delimited(Box::new(reader)), String::new(), 0)
            }
            Content::Workbook(workbook) => {
                let (name, index) = workbook.find_sheet(choice)?;
                (Rows::Sheet(Box::new(workbook.read(&name, options.fill_merged)?)), name, index)
            }
        };
        let sheet = Sheet { name, index, header: Vec::new(), header_number: 0 };
        let mut reader = TableReader { rows, sheet, fault: None };
        reader.read_header(&options.header)?;
        Ok(reader)
    }
}

enum Rows<'a> {
    Delimited(Box<DelimitedReader<'a>>),
    Sheet(Box<SheetReader<'a>>),
}

/// Reads one sheet, row by row.
pub struct TableReader<'a> {
    rows: Rows<'a>,
    sheet: Sheet,
    fault: Option<RowFault>,
}

impl TableReader<'_> {
    /// The sheet and its column names.
    #[must_use]
    pub const fn sheet(&self) -> &Sheet {
        &self.sheet
    }

    /// The next row that has a value, `None` after the last.
    ///
    /// # Errors
    /// [`DocumentError`] where the file as a whole cannot be read on: damaged, too many columns, a row of no end.
    pub fn next_row(&mut self) -> Result<Option<Row<'_>>, DocumentError> {
        if !self.rows.advance()? {
            return Ok(None);
        }
        self.fault = self.rows.take_fault().or_else(|| self.raggedness());
        let (number, text, cells) = self.rows.current();
        Ok(Some(Row { number, text, cells, fault: self.fault.as_ref() }))
    }

    /// Share of the sheet that has been read, 0 to 1, by bytes or by rows; for a progress bar.
    #[must_use]
    pub fn progress(&self) -> f64 {
        match &self.rows {
            Rows::Delimited(reader) => reader.progress(),
            Rows::Sheet(reader) => reader.progress(),
        }
    }

    /// A cell beyond the header has no name and would be lost; a missing one shifts its neighbours in delimited text
    /// (in a sheet each cell knows its column).
    fn raggedness(&self) -> Option<RowFault> {
        let columns = self.sheet.header.len();
        let (_, _, cells) = self.rows.current();
        let too_many =
            || cells.get(columns..).is_some_and(|beyond| beyond.iter().any(|(start, end)| start < end));
        let too_few = || matches!(self.rows, Rows::Delimited(_)) && cells.len() < columns;
        (columns > 0 && (too_many() || too_few())).then_some(RowFault::Ragged { cells: cells.len(), columns })
    }

    fn read_header(&mut self, header: &Header) -> Result<(), DocumentError> {
        let missing = |wanted: &[String]| DocumentError::HeaderMissing { wanted: wanted.join(", ") };
        let mut first = true;
        loop {
            if let (Header::Absent, true) = (header, first) {
                return Ok(());
            }
            if !self.rows.advance()? {
                return Err(match header {
                    _ if first => DocumentError::Empty,
                    Header::Naming(names) => missing(names),
                    Header::First | Header::Row(_) | Header::Absent => missing(&[]),
                });
            }
            first = false;
            let (number, text, cells) = self.rows.current();
            let row = Row { number, text, cells, fault: None };
            let found = match header {
                Header::First | Header::Absent => true,
                Header::Row(wanted) if number > *wanted => return Err(missing(&[])),
                Header::Row(wanted) => number == *wanted,
                Header::Naming(names) if number > HEADER_ROWS_MAX => return Err(missing(names)),
                Header::Naming(names) => names.iter().all(|name| row.cells().any(|cell| cell.trim() == name)),
            };
            if found {
                let mut names: Vec<String> = row.cells().map(|cell| cell.trim().to_owned()).collect();
                while names.last().is_some_and(String::is_empty) {
                    names.pop();
                }
                self.sheet.header = names;
                self.sheet.header_number = number;
                return Ok(());
            }
        }
    }
}

impl Rows<'_> {
    fn advance(&mut self) -> Result<bool, DocumentError> {
        match self {
            Self::Delimited(reader) => reader.advance(),
            Self::Sheet(reader) => reader.advance(),
        }
    }

    fn current(&self) -> (u64, &str, &[CellSpan]) {
        match self {
            Self::Delimited(reader) => reader.current(),
            Self::Sheet(reader) => reader.current(),
        }
    }

    fn take_fault(&mut self) -> Option<RowFault> {
        match self {
            Self::Delimited(reader) => reader.take_fault(),
            Self::Sheet(reader) => reader.take_fault(),
        }
    }
}

#[cfg(test)]
mod tests;
