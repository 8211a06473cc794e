//! From a file to the sheets that the importer takes.

use documents::{
    DocumentError,
    table::{HEADER_ROWS_MAX, Header, SheetChoice, TableFile, TableOptions},
};

use super::{KNOWN_HEADINGS_MIN, SheetRows};
use crate::{dictionary::FieldFault, error::GovernanceError, handbook::Column};

/// Sheets of one workbook.
pub const SHEETS_MAX: usize = 20;
/// Rows of one sheet.
pub const SHEET_ROWS_MAX: usize = 50_000;

/// Reads every sheet of a workbook, or a CSV in any known encoding, with merged cells filled. Titles above the
/// headings are passed over; sheets without any row are left out.
///
/// # Errors
/// `table_unreadable` where the file as a whole cannot be read, or is larger than [`SHEETS_MAX`] ×
/// [`SHEET_ROWS_MAX`].
pub fn read_table(file: &mut TableFile) -> Result<Vec<SheetRows>, GovernanceError> {
    let names = file.sheet_names();
    if names.len() > SHEETS_MAX {
        return Err(GovernanceError::TableUnreadable { reason: format!("more than {SHEETS_MAX} sheets") });
    }
    let mut sheets = Vec::with_capacity(names.len());
    for index in 0..names.len() {
        match read_sheet(file, index) {
            Ok(sheet) => sheets.push(sheet?),
            Err(DocumentError::Empty) => {}
            Err(error) => return Err(GovernanceError::TableUnreadable { reason: error.to_string() }),
        }
    }
    Ok(sheets)
}

fn read_sheet(
    file: &mut TableFile,
    index: usize,
) -> Result<Result<SheetRows, GovernanceError>, DocumentError> {
    let options = TableOptions { header: Header::Absent, fill_merged: true };
    let mut reader = file.read(&SheetChoice::Index(index), &options)?;
    let mut sheet = SheetRows { name: reader.sheet().name.clone(), ..SheetRows::default() };
    while let Some(row) = reader.next_row()? {
        let number = u32::try_from(row.number()).unwrap_or(u32::MAX);
        if sheet.rows.len() + sheet.unreadable.len() >= SHEET_ROWS_MAX {
            let reason = format!("sheet {} has more than {SHEET_ROWS_MAX} rows", sheet.name);
            return Ok(Err(GovernanceError::TableUnreadable { reason }));
        }
        if let Some(fault) = row.fault() {
            let value = fault.column().map_or("", |column| row.get(column));
            let heading = fault
                .column()
                .and_then(|column| sheet.header.get(column))
                .and_then(|heading| Column::of_heading(heading))
                .map_or("", Column::heading);
            sheet.unreadable.push((
                number,
                FieldFault::new(
                    heading,
                    value,
                    "row_unreadable",
                    fault.to_string(),
                    "open the file in a spreadsheet program and write the row anew",
                ),
            ));
            continue;
        }
        let cells: Vec<String> = row.cells().map(str::to_owned).collect();
        let known = cells.iter().filter(|cell| Column::of_heading(cell).is_some()).count();
        if sheet.header.is_empty() && known >= KNOWN_HEADINGS_MIN && row.number() <= HEADER_ROWS_MAX {
            sheet.header = cells;
            // Titles above the headings are no rows.
            sheet.rows.clear();
            sheet.unreadable.clear();
        } else {
            sheet.rows.push((number, cells));
        }
    }
    Ok(Ok(sheet))
}
