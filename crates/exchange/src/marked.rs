//! A copy of a table with what is wrong in colour.

use documents::{
    mark::{self, Mark},
    table::TableFile,
};

pub use documents::mark::MARKS_MAX;

use crate::{ExchangeError, Language, Remark, geography};

/// A workbook with the rows of a table file: each cell of a remark coloured, with the reason as a note, and a last column that lists the
/// reasons of its row. Take remarks that were said before ([`crate::Account::say`]). Cells beyond [`MARKS_MAX`] are listed only.
///
/// # Errors
/// [`ExchangeError::MarkNeedsTable`] for GeoJSON and JSON; or as the file says.
pub fn marked(bytes: Vec<u8>, remarks: &[Remark], language: Language) -> Result<Vec<u8>, ExchangeError> {
    if geography::is_json(&bytes) {
        return Err(ExchangeError::MarkNeedsTable);
    }
    let marks: Vec<Mark> = remarks
        .iter()
        .filter_map(|remark| {
            let place = remark.place?;
            let mut text = remark.message.clone();
            if !remark.mend.is_empty() {
                text.push(' ');
                text.push_str(&remark.mend);
            }
            let column = place.column;
            let heading = remark.column.clone();
            Some(Mark { sheet: place.sheet, row: remark.row.into(), column, heading, text })
        })
        .collect();
    let mut file = TableFile::from_bytes(bytes)?;
    Ok(mark::copy(&mut file, marks, language.pick("问题", "What is wrong"))?)
}
