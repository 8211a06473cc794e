//! Small tables with headings, as the dictionary's data files are. They come through the one door for tabular
//! input, so that a city's own table may be CSV in any known encoding or a workbook.

use documents::table::{SheetChoice, TableFile, TableOptions};

use super::FieldFault;
use crate::error::GovernanceError;

/// Bytes of one table.
pub(crate) const TABLE_BYTES_MAX: usize = 16 << 20;

/// A table read whole: headings and rows with their numbers.
pub(crate) struct Table {
    /// The headings as written.
    pub(crate) header: Vec<String>,
    /// Row number as the person sees it, and trimmed cells, as many as there are headings.
    pub(crate) rows: Vec<(u32, Vec<String>)>,
    /// Rows that cannot be read, with the fault to report.
    pub(crate) unreadable: Vec<(u32, FieldFault)>,
}

impl Table {
    /// Reads the first sheet of a table. Blank rows are left out.
    pub(crate) fn read(bytes: &[u8]) -> Result<Self, GovernanceError> {
        let unreadable = |reason: String| GovernanceError::TableUnreadable { reason };
        if bytes.len() > TABLE_BYTES_MAX {
            return Err(unreadable(format!("larger than {TABLE_BYTES_MAX} bytes")));
        }
        let broken = |error: documents::DocumentError| unreadable(error.to_string());
        let mut file = TableFile::from_bytes(bytes.to_vec()).map_err(broken)?;
        let mut reader = file.read(&SheetChoice::Index(0), &TableOptions::default()).map_err(broken)?;
        let header = reader.sheet().header.clone();
        let mut table = Self { rows: Vec::new(), unreadable: Vec::new(), header };
        while let Some(row) = reader.next_row().map_err(broken)? {
            let number = u32::try_from(row.number()).unwrap_or(u32::MAX);
            if let Some(fault) = row.fault() {
                let value = row.cells().next().unwrap_or_default();
                table.unreadable.push((
                    number,
                    FieldFault::new(
                        "",
                        value,
                        "row_unreadable",
                        fault.to_string(),
                        "give the row one cell for each heading, and close every quotation mark",
                    ),
                ));
            } else {
                let cells = (0..table.header.len()).map(|column| row.get(column).trim().to_owned()).collect();
                table.rows.push((number, cells));
            }
        }
        Ok(table)
    }

    /// The place of the first heading that is one of these, whatever its case.
    pub(crate) fn column(&self, names: &[&str]) -> Option<usize> {
        self.header.iter().position(|heading| {
            let heading = heading.trim().to_lowercase();
            names.iter().any(|name| *name == heading)
        })
    }

    /// The same, where the table is useless without it.
    pub(crate) fn required(&self, names: &[&str]) -> Result<usize, GovernanceError> {
        self.column(names).ok_or_else(|| GovernanceError::TableUnreadable {
            reason: format!("no column {}", names.first().copied().unwrap_or_default()),
        })
    }
}

/// A cell of a row, or nothing.
pub(crate) fn cell(cells: &[String], column: Option<usize>) -> &str {
    column.and_then(|column| cells.get(column)).map_or("", String::as_str)
}

/// The text with full-width digits, letters and punctuation made half-width, and without any white space.
pub(crate) fn fold(text: &str) -> String {
    text.chars()
        .filter(|letter| !letter.is_whitespace())
        .map(|letter| match kernel::text::fold_width(letter) {
            '–' | '—' => '-',
            folded => folded,
        })
        .collect()
}
