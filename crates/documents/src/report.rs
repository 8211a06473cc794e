//! A report as a document: headings, paragraphs, tables, charts, maps. Who makes one knows figures and parts; here it is text,
//! numbers and links, written as HTML ([`html`]), Word ([`docx`]), a workbook ([`xlsx`]) or, by the crate `typeset`, as PDF.
//!
//! Texts are plain: nothing in them is ever read as markup, formula or code. A number is a whole count of its last decimal place,
//! so that what is printed is exact. Links lead to the rows behind a number; only `http`, `https`, `mailto`, `#…` and paths of
//! the same server pass ([`text::safe_link`]).

pub mod chart;
pub mod docx;
pub mod fonts;
pub mod html;
pub mod letter;
mod letter_docx;
pub mod picture;
mod plan;
pub mod text;
pub mod xlsx;

pub use chart::{Chart, ChartKind, Series};
pub use docx::docx;
pub use html::html;
pub use letter::LetterPaper;
pub use letter_docx::letter_docx;
pub use plan::{Ground, Layer, Plan};
pub use xlsx::xlsx;

use crate::error::DocumentError;

/// Most blocks of a report.
pub const BLOCKS_MAX: usize = 20_000;
/// Most rows of one table, its header left out.
pub const TABLE_ROWS_MAX: usize = 50_000;
/// Most columns of one table.
pub const TABLE_COLUMNS_MAX: usize = 60;
/// Most cells of all tables together.
pub const CELLS_MAX: usize = 500_000;
/// Most bytes of all texts and pictures together.
pub const REPORT_BYTES_MAX: usize = 64 << 20;

/// Width of a page in characters of a table.
const PAGE_EM: f64 = 44.2;
/// Characters of a cell's text that a column is made wide for, at most; longer ones wrap.
const CELL_EM_MAX: f64 = 18.0;
/// The same for a header's text.
const HEADER_EM_MAX: f64 = 3.2;
/// Empty space beside a cell's text, in characters.
const CELL_PADDING_EM: f64 = 0.9;

/// The language of a report's own words (page numbers, "Table", "Notes").
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Language {
    /// Chinese, simplified.
    #[default]
    Chinese,
    /// English.
    English,
}

impl Language {
    /// The tag of BCP 47.
    #[must_use]
    pub fn tag(self) -> &'static str {
        match self {
            Self::Chinese => "zh-CN",
            Self::English => "en",
        }
    }

    /// One of two words, or lists of words.
    #[must_use]
    pub fn pick<T>(self, chinese: T, english: T) -> T {
        match self {
            Self::Chinese => chinese,
            Self::English => english,
        }
    }
}

/// A whole report.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Report {
    /// Its title.
    pub title: String,
    /// A line under the title; empty: none.
    pub subtitle: String,
    /// Who issues it; empty: nobody is named.
    pub issuer: String,
    /// Its date as it is printed, for instance `2016年7月1日`; empty: none.
    pub date_text: String,
    /// The language of its own words.
    pub language: Language,
    /// Address of the server, such as `https://city.example`: where links that begin with `/` lead to in files that leave the
    /// server (docx, xlsx, pdf). Without it those files have no such links.
    pub address: Option<String>,
    /// What it says, in order.
    pub blocks: Vec<Block>,
    /// Lines at the end, such as what was left out and why.
    pub notes: Vec<String>,
}

/// One piece of a report.
#[derive(Debug, Clone, PartialEq)]
pub enum Block {
    /// A heading of a level from 1 to 3; others count as the nearest of them.
    Heading(u8, String),
    /// A paragraph.
    Paragraph(Vec<Span>),
    /// A table.
    Table(Table),
    /// A chart.
    Chart(Chart),
    /// A map.
    Map(Map),
    /// What follows begins on a new page.
    PageBreak,
}

/// A run of text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Span {
    /// The text.
    pub text: String,
    /// Whether it is stressed.
    pub strong: bool,
    /// Where it leads to.
    pub link: Option<String>,
    /// Code of the figure that the text is the value of.
    pub figure: Option<String>,
}

impl<T: Into<String>> From<T> for Span {
    fn from(text: T) -> Self {
        Self { text: text.into(), ..Self::default() }
    }
}

/// A table with a caption.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Table {
    /// What it shows.
    pub caption: String,
    /// Header rows, repeated on each page; a cell that reaches over several rows or columns stands where it begins only.
    pub header: Vec<Vec<HeaderCell>>,
    /// Rows; those that are shorter end with empty cells.
    pub rows: Vec<Vec<Cell>>,
    /// The last row, in bold. A number in it that is the sum of its column is a live formula in a workbook.
    pub total: Option<Vec<Cell>>,
}

/// A cell of a header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeaderCell {
    /// Its text.
    pub text: String,
    /// Columns that it covers, at least 1.
    pub columns: usize,
    /// Rows of the header that it covers, at least 1.
    pub rows: usize,
}

impl<T: Into<String>> From<T> for HeaderCell {
    fn from(text: T) -> Self {
        Self { text: text.into(), columns: 1, rows: 1 }
    }
}

/// A cell of a table.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Cell {
    /// What stands in it.
    pub value: Value,
    /// Where it leads to.
    pub link: Option<String>,
    /// Code of the figure that it is the value of.
    pub figure: Option<String>,
}

impl Cell {
    /// A number: a whole count of units of the last of so many decimals (12.50 is 1,250 with two).
    #[must_use]
    pub fn number(units: i64, decimals: u32) -> Self {
        Self { value: Value::Number { units, decimals }, ..Self::default() }
    }

    /// What is printed; numbers with a comma between thousands.
    #[must_use]
    pub fn text(&self) -> String {
        match &self.value {
            Value::Empty => String::new(),
            Value::Text(text) => text.clone(),
            Value::Number { units, decimals } => text::number_text(*units, *decimals),
        }
    }
}

impl<T: Into<String>> From<T> for Cell {
    fn from(text: T) -> Self {
        Self { value: Value::Text(text.into()), ..Self::default() }
    }
}

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Value {
    /// Nothing.
    #[default]
    Empty,
    /// Text.
    Text(String),
    /// A number.
    Number {
        /// Count of units of the last decimal place.
        units: i64,
        /// Decimals, at most 9 are printed.
        decimals: u32,
    },
}

/// A map, drawn by whoever made the report.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Map {
    /// A whole SVG document. Scripts in it do nothing; what it refers to elsewhere is left out, and refused by the writer of PDF.
    pub svg: String,
    /// What it shows; also what is read to those who do not see it.
    pub caption: String,
}

/// A header cell with its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Placed<'a> {
    /// The cell.
    pub cell: &'a HeaderCell,
    /// First column, from 0.
    pub column: usize,
    /// Columns covered.
    pub columns: usize,
    /// Rows covered.
    pub rows: usize,
    /// Whether this is the first of the rows covered.
    pub begins: bool,
}

impl Table {
    /// How many columns there are.
    #[must_use]
    pub fn columns(&self) -> usize {
        let header = self.placed().iter().flatten().map(|placed| placed.column + placed.columns).max();
        let rows = self.rows.iter().chain(&self.total).map(Vec::len).max();
        header.max(rows).unwrap_or(0)
    }

    /// Each header row's cells from left to right with their places, those that reach in from above included.
    #[must_use]
    pub fn placed(&self) -> Vec<Vec<Placed<'_>>> {
        let mut lines: Vec<Vec<Placed<'_>>> = vec![Vec::new(); self.header.len()];
        for (row, cells) in self.header.iter().enumerate() {
            let mut column = 0;
            for cell in cells {
                while let Some(taken) =
                    lines[row].iter().find(|p| (p.column..p.column + p.columns).contains(&column))
                {
                    column = taken.column + taken.columns;
                }
                let next = lines[row].iter().map(|p| p.column).filter(|at| *at > column).min();
                let space = next.unwrap_or(TABLE_COLUMNS_MAX.max(column + 1)) - column;
                let columns = cell.columns.clamp(1, space);
                let rows = cell.rows.clamp(1, self.header.len() - row);
                for (index, line) in lines[row..row + rows].iter_mut().enumerate() {
                    line.push(Placed { cell, column, columns, rows, begins: index == 0 });
                    line.sort_by_key(|placed| placed.column);
                }
                column += columns;
            }
        }
        lines
    }

    /// For each column whether it holds numbers and nothing else: those stand at the right.
    #[must_use]
    pub fn numeric(&self) -> Vec<bool> {
        let kinds = |column: usize| {
            let cells = self.rows.iter().filter_map(move |row| row.get(column));
            let mut some = false;
            for cell in cells {
                match cell.value {
                    Value::Number { .. } => some = true,
                    Value::Empty => {}
                    Value::Text(_) => return false,
                }
            }
            some
        };
        (0..self.columns()).map(kinds).collect()
    }

    /// For each column its share of the width, in thousandths: by the widest cell, within limits. Where not all has room, columns of text become
    /// narrower and their texts wrap; numbers do not.
    #[must_use]
    pub fn shares(&self) -> Vec<usize> {
        let mut widths = vec![2.0_f64; self.columns()];
        let mut most =
            |column: usize, width: f64| widths[column] = widths[column].max(width.min(CELL_EM_MAX));
        for cells in &self.rows {
            for (column, cell) in cells.iter().enumerate() {
                most(column, text::spaced_em(&cell.text()));
            }
        }
        for (column, cell) in self.total.iter().flatten().enumerate() {
            // Bold is a little wider.
            most(column, text::width_em(&cell.text()) * 1.1);
        }
        for placed in self.placed().iter().flatten().filter(|placed| placed.columns == 1) {
            most(placed.column, text::width_em(&placed.cell.text).clamp(2.0, HEADER_EM_MAX));
        }
        let numeric = self.numeric();
        widths.iter_mut().for_each(|width| *width += CELL_PADDING_EM);
        let sum = |of: bool| {
            widths.iter().zip(&numeric).filter(|(_, is)| **is == of).map(|(width, _)| width).sum::<f64>()
        };
        let (numbers, texts) = (sum(true), sum(false));
        if numbers + texts > PAGE_EM && texts > 0.0 && PAGE_EM - numbers > texts / 4.0 {
            let scale = (PAGE_EM - numbers) / texts;
            widths.iter_mut().zip(&numeric).filter(|(_, is)| !**is).for_each(|(width, _)| *width *= scale);
        }
        let all: f64 = widths.iter().sum();
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and 1000")]
        widths.iter().map(|width| ((width / all * 1000.0).round() as usize).max(1)).collect()
    }

    /// Whether the number in the total's column is the sum of the numbers above, all with the same decimals.
    #[must_use]
    pub fn is_sum(&self, column: usize) -> bool {
        let Some(Value::Number { units, decimals }) =
            self.total.as_ref().and_then(|total| total.get(column)).map(|cell| &cell.value)
        else {
            return false;
        };
        let mut sum = 0_i128;
        for cell in self.rows.iter().filter_map(|row| row.get(column)) {
            match &cell.value {
                Value::Number { units, decimals: own } if own == decimals => sum += i128::from(*units),
                Value::Number { .. } => return false,
                _ => {}
            }
        }
        sum == i128::from(*units)
    }
}

impl Report {
    /// Whether the report stays within the limits of this module; every writer but [`html()`] asks.
    ///
    /// # Errors
    /// [`DocumentError::ReportTooLarge`] with what there is too much of.
    pub fn check(&self) -> Result<(), DocumentError> {
        let mut cells = 0;
        let mut bytes = self.title.len() + self.subtitle.len() + self.issuer.len() + self.date_text.len();
        bytes += self.notes.iter().map(String::len).sum::<usize>();
        limit("blocks", self.blocks.len(), BLOCKS_MAX)?;
        for block in &self.blocks {
            match block {
                Block::Heading(_, text) => bytes += text.len(),
                Block::Paragraph(spans) => bytes += spans.iter().map(|span| span.text.len()).sum::<usize>(),
                Block::Table(table) => {
                    limit("table_rows", table.rows.len() + table.header.len(), TABLE_ROWS_MAX)?;
                    limit("table_columns", table.columns(), TABLE_COLUMNS_MAX)?;
                    for cell in table.rows.iter().chain(&table.total).flatten() {
                        cells += 1;
                        bytes += if let Value::Text(text) = &cell.value { text.len() } else { 16 };
                    }
                }
                Block::Chart(chart) => {
                    chart.check()?;
                    bytes += chart.bytes();
                }
                Block::Map(map) => bytes += map.svg.len() + map.caption.len(),
                Block::PageBreak => {}
            }
        }
        limit("cells", cells, CELLS_MAX)?;
        limit("bytes", bytes, REPORT_BYTES_MAX)
    }
}

/// Refuses a count over its limit.
pub(crate) fn limit(what: &'static str, value: usize, value_max: usize) -> Result<(), DocumentError> {
    if value > value_max {
        return Err(DocumentError::ReportTooLarge { what, value, value_max });
    }
    Ok(())
}

#[cfg(test)]
mod tests;
