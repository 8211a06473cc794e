//! Small tables of rows as sheets of their own: first the key of the row, then their fields.

use std::collections::HashMap;

use documents::table::{SheetChoice, TableFile, TableFormat};
use ledger::register::{Description, FieldDescription, Title};
use serde_json::Value;

use crate::{
    ExchangeError, Language,
    header::Names,
    read::{Cells, Grid, Heading, Sheet, opened, small_tables, table_options},
    remark::Remark,
};

/// What the first column is called.
pub(crate) const ROW_KEY: Title = Title { zh: "所属行", en: "Row key" };
/// Characters of a sheet's name at the most, as in spreadsheet programs.
const SHEET_NAME_CHARACTERS_MAX: usize = 31;

/// The name of a sheet: without signs that a sheet's name cannot have, and short enough.
pub(crate) fn sheet_name(title: &str) -> String {
    let name: String = title
        .chars()
        .map(|sign| if matches!(sign, '[' | ']' | ':' | '*' | '?' | '/' | '\\' | '\'') { ' ' } else { sign })
        .take(SHEET_NAME_CHARACTERS_MAX)
        .collect();
    name.trim().to_owned()
}

/// The name of the sheet of a small table: its title, or its name where another sheet is called so.
pub(crate) fn table_sheet_name(
    description: &Description,
    field: &FieldDescription,
    language: Language,
) -> String {
    let name = sheet_name(language.title(field.title));
    let own = sheet_name(language.title(description.title));
    let others = description.fields.iter().filter(|other| other.name != field.name);
    let taken =
        name == own || others.into_iter().any(|other| sheet_name(language.title(other.title)) == name);
    if taken { sheet_name(field.name) } else { name }
}

/// Reads the sheets of a workbook that are small tables of its rows. A row of the main sheet without a row there has an empty table.
pub(crate) fn read(
    description: &'static Description,
    file: &mut TableFile,
    sheet: &mut Sheet,
) -> Result<(), ExchangeError> {
    if matches!(file.format(), TableFormat::Delimited { .. }) {
        return Ok(());
    }
    let sheet_names = file.sheet_names();
    for (field, fields) in small_tables(description) {
        let named: Vec<String> = Language::ALL
            .iter()
            .map(|language| table_sheet_name(description, field, *language))
            .chain([sheet_name(field.name)])
            .collect();
        let found = sheet_names.iter().position(|name| named.iter().any(|known| known == name.trim()));
        if let Some(index) = found.filter(|index| *index != sheet.place.sheet) {
            one(field, fields, file, index, sheet)?;
        }
    }
    Ok(())
}

fn one(
    field: &'static FieldDescription,
    fields: &'static [FieldDescription],
    file: &mut TableFile,
    index: usize,
    sheet: &mut Sheet,
) -> Result<(), ExchangeError> {
    let mut reader = file.read(&SheetChoice::Index(index), &table_options())?;
    let names = Names::of(fields, false);
    let Some((header, held)) = opened(&mut reader, &names, &[])? else { return Ok(()) };
    let mut grid = Grid::new(fields, &header, reader.sheet(), false);
    // The first column is the key of the row, whatever it is called.
    grid.columns.retain(|column| column.place > 0);
    let at = |remark: Remark| {
        let column = remark.place.and_then(|place| place.column);
        remark.at(grid.sheet, &grid.sheet_name, column)
    };
    sheet.warn(
        header
            .warnings
            .into_iter()
            .filter(|told| told.place.is_some_and(|place| place.column != Some(0)))
            .map(at),
    );
    for column in &grid.columns {
        if let crate::header::Target::Field { field: nested, .. } = column.target {
            let heading = Heading {
                text: column.heading.clone(),
                sheet: grid.sheet,
                sheet_name: grid.sheet_name.clone(),
                place: Some(column.place),
            };
            sheet.headings.insert(format!("{}.{}", field.name, fields[nested].name), heading);
        }
    }
    let owners: HashMap<String, usize> =
        sheet.rows.iter().enumerate().filter_map(|(place, row)| Some((row.key.clone()?, place))).collect();
    for row in &mut sheet.rows {
        row.fields.insert(field.name.to_owned(), Value::Array(Vec::new()));
    }
    for row in &held {
        take(field, &grid, &owners, sheet, &row);
    }
    while let Some(row) = reader.next_row()? {
        take(field, &grid, &owners, sheet, &row);
    }
    Ok(())
}

fn take<'a>(
    field: &'static FieldDescription,
    grid: &Grid,
    owners: &HashMap<String, usize>,
    sheet: &mut Sheet,
    row: &impl Cells<'a>,
) {
    if crate::total::of((0..row.len()).map(|place| row.get(place))).is_some() {
        return;
    }
    let key = row.get(0).trim();
    let Some(owner) = owners.get(key).copied() else {
        let told = Remark::new(row.number(), field.title.zh, key, "table_row_without_owner");
        sheet.warn([told.at(grid.sheet, &grid.sheet_name, Some(0))]);
        return;
    };
    let mut line = grid.line(row);
    line.fields.retain(|_, value| !value.is_null());
    sheet.warn(std::mem::take(&mut line.warnings));
    let proposed = &mut sheet.rows[owner];
    proposed.faults.append(&mut line.faults);
    proposed.table_rows.entry(field.name).or_default().push(line.row);
    if let Some(Value::Array(rows)) = proposed.fields.get_mut(field.name) {
        rows.push(Value::Object(line.fields));
    }
}
