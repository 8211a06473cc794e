//! A copy of a table file with cells marked: coloured, with a note, and a last column that lists what is said of the row.

use std::collections::HashMap;

use rust_xlsxwriter::{Format, Note, Workbook};

use crate::{
    error::DocumentError,
    table::{Header, SheetChoice, TABLE_COLUMNS_MAX, TableFile, TableOptions},
};

/// Notes in a copy at the most; what is beyond is listed in the last column only.
pub const MARKS_MAX: usize = 10_000;
/// Characters of a note or of a list of reasons at the most.
const TEXT_CHARACTERS_MAX: usize = 2_000;
/// Digits of a number that a spreadsheet program holds.
const DIGITS_MAX: usize = 15;

/// Something to be said of a cell, or of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// The sheet, from 0.
    pub sheet: usize,
    /// The row's number.
    pub row: u64,
    /// The column, from 0; the row as a whole where there is none.
    pub column: Option<usize>,
    /// What the column is called.
    pub heading: String,
    /// What is to be said.
    pub text: String,
}

/// Whether a text is a number as programs write it, which is a number in the copy as well.
fn number(text: &str) -> Option<f64> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let plain = digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
        && digits.bytes().filter(u8::is_ascii_digit).count() <= DIGITS_MAX
        && !(digits.len() > 1 && digits.starts_with('0') && !digits.starts_with("0."));
    text.parse::<f64>().ok().filter(|number| plain && number.to_string() == text)
}

fn short(text: &str) -> String {
    text.chars().take(TEXT_CHARACTERS_MAX).collect()
}

/// Makes the copy, all sheets of it.
///
/// # Errors
/// [`DocumentError`] where the file cannot be read or the copy not be made.
pub fn copy(file: &mut TableFile, marks: Vec<Mark>, title: &str) -> Result<Vec<u8>, DocumentError> {
    let mut by_row: HashMap<(usize, u64), Vec<Mark>> = HashMap::new();
    for mark in marks {
        by_row.entry((mark.sheet, mark.row)).or_default().push(mark);
    }
    let wrong = Format::new().set_background_color(0x00FF_C7CE).set_font_color(0x009C_0006);
    let reason = Format::new().set_font_color(0x009C_0006);
    let options = TableOptions { header: Header::Absent, fill_merged: false };
    let mut workbook = Workbook::new();
    let mut notes = 0;
    for (index, name) in file.sheet_names().into_iter().enumerate() {
        let choice = SheetChoice::Index(index);
        let width = width(file, &choice, &options)?;
        let sheet = workbook.add_worksheet_with_constant_memory()?;
        if !name.is_empty() {
            sheet.set_name(&name)?;
        }
        let list = u16::try_from(width).unwrap_or(u16::MAX);
        let first_marked = by_row.keys().filter(|(sheet, _)| *sheet == index).map(|(_, row)| *row).min();
        sheet.set_column_width(list, 60)?;
        let mut titled = first_marked.is_none();
        let mut reader = match file.read(&choice, &options) {
            Ok(reader) => reader,
            Err(DocumentError::Empty) => continue,
            Err(error) => return Err(error),
        };
        while let Some(row) = reader.next_row()? {
            let number_of_row = row.number();
            let at = u32::try_from(number_of_row.saturating_sub(1)).unwrap_or(u32::MAX);
            let said = by_row.remove(&(index, number_of_row)).unwrap_or_default();
            for (column, text) in (0_u16..).zip(row.cells()) {
                let marked: Vec<&Mark> =
                    said.iter().filter(|mark| mark.column == Some(usize::from(column))).collect();
                match (marked.is_empty(), number(text)) {
                    (true, Some(number)) => drop(sheet.write_number(at, column, number)?),
                    (true, None) if text.is_empty() => {}
                    (true, None) => drop(sheet.write_string(at, column, text)?),
                    (false, Some(number)) => {
                        sheet.write_number_with_format(at, column, number, &wrong)?;
                    }
                    (false, None) if text.is_empty() => drop(sheet.write_blank(at, column, &wrong)?),
                    (false, None) => drop(sheet.write_string_with_format(at, column, text, &wrong)?),
                }
                if !marked.is_empty() && notes < MARKS_MAX {
                    notes += 1;
                    let texts: Vec<&str> = marked.iter().map(|mark| mark.text.as_str()).collect();
                    sheet.insert_note(at, column, &Note::new(short(&texts.join("\n"))))?;
                }
            }
            // Cells beyond the last that the row has are empty ones of which something is said.
            for mark in said.iter().filter(|mark| mark.column.is_some_and(|column| column >= row.len())) {
                let column = u16::try_from(mark.column.unwrap_or_default()).unwrap_or(u16::MAX);
                if column < list {
                    sheet.write_blank(at, column, &wrong)?;
                    if notes < MARKS_MAX {
                        notes += 1;
                        sheet.insert_note(at, column, &Note::new(short(&mark.text)))?;
                    }
                }
            }
            if !said.is_empty() {
                let texts: Vec<String> = said
                    .iter()
                    .map(|mark| {
                        if mark.heading.is_empty() {
                            mark.text.clone()
                        } else {
                            format!("{}: {}", mark.heading, mark.text)
                        }
                    })
                    .collect();
                sheet.write_string_with_format(at, list, short(&texts.join("\n")), &reason)?;
            } else if !titled && first_marked.is_some_and(|first| number_of_row < first) {
                // Above the first reason, beside the headings as a rule.
                sheet.write_string_with_format(at, list, title, &reason)?;
                titled = true;
            }
        }
    }
    Ok(workbook.save_to_buffer()?)
}

/// Columns of the widest row.
fn width(file: &mut TableFile, choice: &SheetChoice, options: &TableOptions) -> Result<usize, DocumentError> {
    let mut reader = match file.read(choice, options) {
        Ok(reader) => reader,
        Err(DocumentError::Empty) => return Ok(0),
        Err(error) => return Err(error),
    };
    let mut width = 0;
    while let Some(row) = reader.next_row()? {
        width = width.max(row.len());
    }
    Ok(width.min(TABLE_COLUMNS_MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_has_the_rows_the_reasons_and_the_colour() {
        let csv = "名称,数\n甲,1\n乙,many\n007,\n".as_bytes().to_vec();
        let mut file = TableFile::from_bytes(csv).expect("opens");
        let mark = |row, column, text: &str| Mark {
            sheet: 0,
            row,
            column: Some(column),
            heading: "数".to_owned(),
            text: text.to_owned(),
        };
        let marks = vec![mark(3, 1, "not a number"), mark(4, 1, "missing")];
        let bytes = copy(&mut file, marks, "问题").expect("copies");
        let mut copied = TableFile::from_bytes(bytes.clone()).expect("opens");
        let mut reader = copied.read(&SheetChoice::Index(0), &TableOptions::default()).expect("reads");
        assert_eq!(reader.sheet().header, ["名称", "数", "问题"]);
        let mut rows = Vec::new();
        while let Some(row) = reader.next_row().expect("reads") {
            rows.push(row.cells().map(str::to_owned).collect::<Vec<_>>());
        }
        assert_eq!(rows[1..], [["乙", "many", "数: not a number"], ["007", "", "数: missing"]]);
        let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("a workbook");
        let mut text = String::new();
        std::io::Read::read_to_string(&mut archive.by_name("xl/comments1.xml").expect("notes"), &mut text)
            .expect("text");
        assert!(text.contains("not a number") && text.contains("missing"));
        let mut styles = String::new();
        std::io::Read::read_to_string(&mut archive.by_name("xl/styles.xml").expect("styles"), &mut styles)
            .expect("text");
        assert!(styles.contains("FFC7CE"));
    }
}
