//! Small CSV tables with headings, as the dictionary's data files are.

use crate::error::GovernanceError;

/// Bytes of one table.
pub(crate) const TABLE_BYTES_MAX: usize = 16 << 20;

/// A CSV text read whole: headings and rows with their numbers.
pub(crate) struct CsvTable {
    /// The headings as written, without a byte order mark.
    pub(crate) header: Vec<String>,
    /// Row number (the heading is row 1) and cells, as many as there are headings.
    pub(crate) rows: Vec<(u32, Vec<String>)>,
}

impl CsvTable {
    /// Reads a UTF-8 CSV with a heading row. Short rows are padded; blank rows are left out.
    pub(crate) fn read(bytes: &[u8]) -> Result<Self, GovernanceError> {
        let unreadable = |reason: String| GovernanceError::TableUnreadable { reason };
        if bytes.len() > TABLE_BYTES_MAX {
            return Err(unreadable(format!("larger than {TABLE_BYTES_MAX} bytes")));
        }
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let mut reader = csv::ReaderBuilder::new()
            .flexible(true)
            .has_headers(true)
            .trim(csv::Trim::All)
            .from_reader(bytes);
        let header: Vec<String> = reader
            .headers()
            .map_err(|error| unreadable(error.to_string()))?
            .iter()
            .map(str::to_owned)
            .collect();
        let mut rows = Vec::new();
        for record in reader.records() {
            let record = record.map_err(|error| unreadable(error.to_string()))?;
            let line = record.position().map_or(0, csv::Position::line);
            let mut cells: Vec<String> = record.iter().map(str::to_owned).collect();
            if cells.iter().all(String::is_empty) {
                continue;
            }
            if cells.len() < header.len() {
                cells.resize(header.len(), String::new());
            }
            rows.push((u32::try_from(line).unwrap_or(u32::MAX), cells));
        }
        Ok(Self { header, rows })
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
        .map(|letter| match letter {
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(letter) - 0xfee0).unwrap_or(letter),
            '–' | '—' => '-',
            _ => letter,
        })
        .collect()
}
