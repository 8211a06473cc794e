//! Delimited text, split by searching for the next delimiter, quote or line end rather than byte by byte.

use std::io::{Read, Seek};

use memchr::{memchr, memchr3};

use super::{CELL_CHARACTERS_MAX, CellSpan, RowFault, Source, TABLE_COLUMNS_MAX};
use crate::{
    encoding::{Encoding, TextReader},
    error::DocumentError,
};

/// Delimiters that are tried, the likeliest first.
pub const DELIMITERS: [u8; 4] = *b",;\t|";
/// Most bytes of one row.
pub const ROW_BYTES_MAX: usize = 1024 * 1024;

/// Bytes of the buffer to begin with; it doubles where a row is longer.
const BUFFER_BYTES: usize = 256 * 1024;
/// Bytes from the top that decide on the delimiter.
const SAMPLE_BYTES: u64 = 64 * 1024;
/// Rows of the sample that decide on the delimiter.
const SAMPLE_ROWS: usize = 50;

/// Finds the delimiter: the one that splits the most rows of a sample into the same number of columns, more than one.
/// A table of a single column counts as delimited by commas.
pub(super) fn detect_delimiter(source: &mut Source, encoding: Encoding) -> Result<u8, DocumentError> {
    let mut sample = Vec::new();
    TextReader::new(&mut *source, encoding)?
        .take(SAMPLE_BYTES)
        .read_to_end(&mut sample)
        .map_err(DocumentError::Unreadable)?;
    if memchr(0, &sample).is_some() {
        return Err(DocumentError::NotATable { found: "binary data" });
    }
    let whole = (sample.len() as u64) < SAMPLE_BYTES;
    match sample.trim_ascii_start() {
        [] if whole => return Err(DocumentError::Empty),
        [b'<', ..] => return Err(DocumentError::NotATable { found: "a web page or XML" }),
        [b'{' | b'[', ..] => return Err(DocumentError::NotATable { found: "JSON" }),
        _ => {}
    }
    let mut best = (0, DELIMITERS[0]);
    for delimiter in DELIMITERS {
        let mut splitter = Splitter::new(delimiter);
        let (mut start, mut columns, mut rows) = (0, 0, 0);
        let mut agreeing = 0;
        while rows < SAMPLE_ROWS && start < sample.len() {
            match splitter.split(&sample, start, whole) {
                Split::Row { end } => start = end,
                Split::Unfinished { .. } | Split::TooManyColumns => break,
            }
            let cells = splitter.cells.len();
            if splitter.cells.iter().all(|(cell_start, cell_end)| cell_start == cell_end) {
                continue;
            }
            if rows == 0 {
                columns = cells;
            }
            rows += 1;
            agreeing += usize::from(cells == columns);
        }
        // Share of agreeing rows first, number of columns second.
        let score = if columns > 1 { agreeing * 1_000_000 / rows.max(1) + columns.min(999) } else { 0 };
        if score > best.0 {
            best = (score, delimiter);
        }
    }
    source.rewind().map_err(DocumentError::Unreadable)?;
    Ok(best.1)
}

/// What came of splitting.
enum Split {
    /// A whole row; the next starts at `end`.
    Row {
        end: usize,
    },
    /// The bytes end before the row does.
    Unfinished {
        in_quotes: bool,
    },
    TooManyColumns,
}

/// Splits one row at a time out of a buffer, and remembers where its cells are.
struct Splitter {
    delimiter: u8,
    cells: Vec<CellSpan>,
    /// Columns with doubled quotes, or a closing quote amid the text, which the buffer still holds as they came.
    doubled: Vec<usize>,
    misplaced: Option<usize>,
}

impl Splitter {
    const fn new(delimiter: u8) -> Self {
        Self { delimiter, cells: Vec::new(), doubled: Vec::new(), misplaced: None }
    }

    #[expect(clippy::cast_possible_truncation, reason = "a buffer never grows beyond a few ROW_BYTES_MAX")]
    fn push(&mut self, start: usize, end: usize) {
        self.cells.push((start as u32, end as u32));
    }

    /// Splits the row at `start`; cell spans count from the start of the buffer.
    fn split(&mut self, buffer: &[u8], start: usize, at_end: bool) -> Split {
        self.cells.clear();
        self.doubled.clear();
        self.misplaced = None;
        let mut position = start;
        loop {
            if self.cells.len() > TABLE_COLUMNS_MAX {
                return Split::TooManyColumns;
            }
            let quoted = buffer.get(position) == Some(&b'"');
            let cell = if quoted { position + 1 } else { position };
            let (cell_end, stop) = if quoted {
                let Some((close, doubled)) = closing_quote(buffer, cell) else {
                    return Split::Unfinished { in_quotes: true };
                };
                if close + 1 == buffer.len() && !at_end {
                    return Split::Unfinished { in_quotes: true };
                }
                if doubled {
                    self.doubled.push(self.cells.len());
                }
                match buffer.get(close + 1) {
                    None => (close, close + 1),
                    Some(&byte) if byte == self.delimiter || byte == b'\n' || byte == b'\r' => {
                        (close, close + 1)
                    }
                    Some(_) => {
                        let Some(stop) = self.find_stop(buffer, close + 1, at_end) else {
                            return Split::Unfinished { in_quotes: false };
                        };
                        self.misplaced.get_or_insert(self.cells.len());
                        (stop, stop)
                    }
                }
            } else {
                let Some(stop) = self.find_stop(buffer, position, at_end) else {
                    return Split::Unfinished { in_quotes: false };
                };
                (stop, stop)
            };
            self.push(cell, cell_end);
            match buffer.get(stop) {
                Some(&byte) if byte == self.delimiter => position = stop + 1,
                Some(b'\r') => match buffer.get(stop + 1) {
                    Some(b'\n') => return Split::Row { end: stop + 2 },
                    None if !at_end => return Split::Unfinished { in_quotes: false },
                    _ => return Split::Row { end: stop + 1 },
                },
                Some(_) => return Split::Row { end: stop + 1 },
                None => return Split::Row { end: stop },
            }
        }
    }

    #[inline]
    fn find_stop(&self, buffer: &[u8], from: usize, at_end: bool) -> Option<usize> {
        match memchr3(self.delimiter, b'\n', b'\r', &buffer[from..]) {
            Some(place) => Some(from + place),
            None => at_end.then_some(buffer.len()),
        }
    }
}

/// The quote that closes a cell, and whether quotes are doubled before it.
fn closing_quote(buffer: &[u8], from: usize) -> Option<(usize, bool)> {
    let (mut position, mut doubled) = (from, false);
    loop {
        let quote = position + memchr(b'"', buffer.get(position..)?)?;
        if buffer.get(quote + 1) != Some(&b'"') {
            return Some((quote, doubled));
        }
        doubled = true;
        position = quote + 2;
    }
}

/// Reads delimited text row by row.
pub(super) struct DelimitedReader<'a> {
    text: TextReader<&'a mut Source>,
    buffer: Vec<u8>,
    /// Bytes of the buffer that hold text.
    filled: usize,
    /// Where the next row starts.
    next: usize,
    ended: bool,
    splitter: Splitter,
    row_start: usize,
    row_end: usize,
    row_text: String,
    number: u64,
    fault: Option<RowFault>,
    bytes: u64,
}

impl<'a> DelimitedReader<'a> {
    pub(super) fn new(
        source: &'a mut Source,
        delimiter: u8,
        encoding: Encoding,
        bytes: u64,
    ) -> Result<Self, DocumentError> {
        Ok(Self {
            text: TextReader::new(source, encoding)?,
            buffer: vec![0; BUFFER_BYTES],
            filled: 0,
            next: 0,
            ended: false,
            splitter: Splitter::new(delimiter),
            row_start: 0,
            row_end: 0,
            row_text: String::new(),
            number: 0,
            fault: None,
            bytes,
        })
    }

    pub(super) fn advance(&mut self) -> Result<bool, DocumentError> {
        loop {
            if self.next == self.filled && self.ended {
                return Ok(false);
            }
            match self.splitter.split(&self.buffer[..self.filled], self.next, self.ended) {
                Split::Row { end } => {
                    if end == self.next {
                        self.ended = true;
                        return Ok(false);
                    }
                    if self.finish_row(end) {
                        return Ok(true);
                    }
                }
                Split::TooManyColumns => {
                    return Err(DocumentError::ColumnsTooMany {
                        row: self.number + 1,
                        columns: self.splitter.cells.len() as u64,
                        columns_max: TABLE_COLUMNS_MAX as u64,
                    });
                }
                Split::Unfinished { in_quotes } => {
                    let long = self.filled - self.next > ROW_BYTES_MAX;
                    if in_quotes && (self.ended || long) {
                        self.take_first_line()?;
                        return Ok(true);
                    }
                    if long {
                        return Err(self.too_long());
                    }
                    self.fill()?;
                }
            }
        }
    }

    fn too_long(&self) -> DocumentError {
        DocumentError::RowTooLong { row: self.number + 1, bytes_max: ROW_BYTES_MAX as u64 }
    }

    /// Makes the split row the present one; false where it is blank.
    fn finish_row(&mut self, end: usize) -> bool {
        (self.row_start, self.row_end) = (self.next, end);
        self.next = end;
        self.number += 1;
        self.fault = None;
        if self.splitter.cells.iter().all(|(start, end)| start == end) {
            return false;
        }
        for place in 0..self.splitter.doubled.len() {
            let column = self.splitter.doubled[place];
            self.unquote(column);
        }
        if let Some(column) = self.splitter.misplaced {
            self.fault = Some(RowFault::QuoteMisplaced { column });
        }
        self.set_text();
        true
    }

    /// Removes the second of each two quotes in place and pads the rest, so that the row stays valid text.
    #[expect(clippy::cast_possible_truncation, reason = "the cell only becomes shorter")]
    fn unquote(&mut self, column: usize) {
        let (start, end) = self.splitter.cells[column];
        let cell = &mut self.buffer[start as usize..end as usize];
        let (mut read, mut written) = (0, 0);
        while read < cell.len() {
            cell[written] = cell[read];
            read += if cell[read] == b'"' && cell.get(read + 1) == Some(&b'"') { 2 } else { 1 };
            written += 1;
        }
        cell[written..].fill(b' ');
        self.splitter.cells[column].1 = start + written as u32;
    }

    /// Validates the row's bytes, and makes its spans count from its own start.
    #[expect(clippy::cast_possible_truncation, reason = "a buffer never grows beyond a few ROW_BYTES_MAX")]
    fn set_text(&mut self) {
        let bytes = &self.buffer[self.row_start..self.row_end];
        self.row_text.clear();
        match std::str::from_utf8(bytes) {
            Ok(text) => self.row_text.push_str(text),
            // Only where the file changed after its encoding was found; replaced bytes keep their number.
            Err(_) => self
                .row_text
                .extend(bytes.iter().map(|&byte| if byte.is_ascii() { char::from(byte) } else { '?' })),
        }
        for (column, (start, end)) in self.splitter.cells.iter_mut().enumerate() {
            *start -= self.row_start as u32;
            *end -= self.row_start as u32;
            if (*end - *start) as usize > CELL_CHARACTERS_MAX && self.fault.is_none() {
                let cell = self.row_text.get(*start as usize..*end as usize).unwrap_or_default();
                if cell.chars().count() > CELL_CHARACTERS_MAX {
                    self.fault = Some(RowFault::CellTooLong { column });
                }
            }
        }
    }

    /// The way out of an unclosed quote: the first line alone, quotes taken as text.
    fn take_first_line(&mut self) -> Result<(), DocumentError> {
        let line = &self.buffer[self.next..self.filled];
        let length = memchr::memchr2(b'\n', b'\r', line).unwrap_or(line.len());
        if length > ROW_BYTES_MAX {
            return Err(self.too_long());
        }
        let end = self.next + length;
        self.splitter.cells.clear();
        let mut cell = self.next;
        while let Some(place) = memchr(self.splitter.delimiter, &self.buffer[cell..end]) {
            self.splitter.push(cell, cell + place);
            cell += place + 1;
        }
        self.splitter.push(cell, end);
        (self.row_start, self.row_end) = (self.next, end);
        self.next = match self.buffer.get(end..self.filled) {
            Some([b'\r', b'\n', ..]) => end + 2,
            Some([_, ..]) => end + 1,
            Some([]) | None => end,
        };
        self.number += 1;
        self.fault = Some(RowFault::QuoteUnclosed);
        self.set_text();
        Ok(())
    }

    /// Moves the unfinished row to the front and reads on behind it.
    fn fill(&mut self) -> Result<(), DocumentError> {
        self.buffer.copy_within(self.next..self.filled, 0);
        self.filled -= self.next;
        self.next = 0;
        if self.filled == self.buffer.len() {
            self.buffer.resize(self.buffer.len() * 2, 0);
        }
        let read = self.text.read(&mut self.buffer[self.filled..]).map_err(DocumentError::Unreadable)?;
        self.ended = read == 0;
        self.filled += read;
        Ok(())
    }

    pub(super) fn current(&self) -> (u64, &str, &[CellSpan]) {
        (self.number, &self.row_text, &self.splitter.cells)
    }

    pub(super) fn take_fault(&mut self) -> Option<RowFault> {
        self.fault.take()
    }

    #[expect(clippy::cast_precision_loss, reason = "a share for a progress bar")]
    pub(super) fn progress(&self) -> f64 {
        let done = self.text.taken().saturating_sub((self.filled - self.next) as u64) as f64;
        (done / self.bytes.max(1) as f64).min(1.0)
    }
}
