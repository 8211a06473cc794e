//! Writing a handbook back as the two-sheet workbook, so that what a city took in it can take out again.

use documents::write::{self, Cell, WorkbookSize, WorkbookWriter};

use super::{
    AreaClass, Column, Condition, Handbook, MandatoryItem, Merge, NINE_COLUMNS, columns::OWN_COLUMNS,
    limits::write_milestones, merges::merge_equal,
};
use crate::{
    dictionary::{ClassKind, Dictionary},
    error::GovernanceError,
};

/// Which columns to write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnSet {
    /// The nine of the field.
    Nine,
    /// The nine and this product's own behind them; nothing of a condition is lost.
    All,
}

/// A sheet to be written: every cell filled, with the cells to merge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetTable {
    /// 部件 or 事件.
    pub name: String,
    /// The headings.
    pub header: Vec<String>,
    /// The rows below the heading.
    pub rows: Vec<Vec<String>>,
    /// The vertical merges, over equal cells only.
    pub merges: Vec<Merge>,
}

/// The file of exported sheets: an XLSX workbook with its cells merged.
///
/// # Errors
/// `table_unwritable`.
pub fn write_xlsx(tables: &[SheetTable]) -> Result<Vec<u8>, GovernanceError> {
    let unwritable =
        |error: documents::DocumentError| GovernanceError::TableUnwritable { reason: error.to_string() };
    let mut workbook = WorkbookWriter::new(WorkbookSize::Small);
    for table in tables {
        let headings: Vec<write::Column> = table
            .header
            .iter()
            .map(|heading| write::Column {
                title: heading.clone(),
                width: match Column::of_heading(heading) {
                    Some(Column::Condition | Column::Closing | Column::ConditionEn | Column::ClosingEn) => {
                        48.0
                    }
                    Some(Column::Limit | Column::Id) => 28.0,
                    _ => 14.0,
                },
            })
            .collect();
        let mut sheet = workbook.sheet(&table.name, &headings).map_err(unwritable)?;
        let mut numbers = Vec::with_capacity(table.rows.len());
        for row in &table.rows {
            numbers.push(sheet.write_row(row.iter().map(|cell| Cell::Text(cell))).map_err(unwritable)?);
        }
        for merge in &table.merges {
            let (Ok(column), Some(first), Some(last), Some(text)) = (
                u16::try_from(merge.column),
                numbers.get(merge.first_row),
                numbers.get(merge.last_row),
                table.rows.get(merge.first_row).and_then(|row| row.get(merge.column)),
            ) else {
                return Err(GovernanceError::TableUnwritable {
                    reason: format!("sheet {}: a merge lies outside the rows", table.name),
                });
            };
            sheet.merge_down(column, *first, *last, text).map_err(unwritable)?;
        }
    }
    workbook.into_bytes().map_err(unwritable)
}

/// The two sheets of a handbook, components first. A class that the dictionary lacks is written without names.
#[must_use]
pub fn export(handbook: &Handbook, dictionary: &Dictionary, columns: ColumnSet) -> Vec<SheetTable> {
    [ClassKind::Component, ClassKind::Matter]
        .into_iter()
        .map(|kind| {
            let own: &[Column] = if columns == ColumnSet::All { &OWN_COLUMNS } else { &[] };
            let columns: Vec<Column> = NINE_COLUMNS.iter().chain(own).copied().collect();
            let rows: Vec<Vec<String>> = handbook
                .conditions()
                .iter()
                .filter(|condition| condition.kind == kind)
                .map(|condition| columns.iter().map(|column| cell(condition, dictionary, *column)).collect())
                .collect();
            // Major over its minors, minor over its conditions, a unit over the neighbours in its class.
            let mut merges = Vec::new();
            for column in [0, 1] {
                merges.extend(merge_equal(&rows, column, &[0]));
            }
            for column in [2, 3, 4, 5] {
                merges.extend(merge_equal(&rows, column, &[0, 2]));
            }
            SheetTable {
                name: kind.word_zh().to_owned(),
                header: columns.iter().map(|column| column.heading().to_owned()).collect(),
                rows,
                merges,
            }
        })
        .collect()
}

fn cell(condition: &Condition, dictionary: &Dictionary, column: Column) -> String {
    let major = condition.code.get(..2).unwrap_or_default();
    let area = |area: AreaClass| {
        condition
            .area_milestones
            .get(&area)
            .map_or_else(String::new, |milestones| write_milestones(milestones))
    };
    match column {
        Column::MajorCode => major.to_owned(),
        Column::MajorName => dictionary
            .major(&condition.edition, condition.kind, major)
            .map_or_else(String::new, |major| major.name_zh.clone()),
        Column::MinorCode => condition.code.clone(),
        Column::MinorName => dictionary
            .class(&condition.edition, condition.kind, &condition.code)
            .map_or_else(String::new, |class| class.name_zh.clone()),
        Column::HandlingUnit => condition.handling_unit.name.clone(),
        Column::SupervisingUnit => condition.supervising_unit.name.clone(),
        Column::Condition => condition.condition.clone(),
        Column::Closing => condition.closing.clone(),
        Column::Limit => write_milestones(&condition.milestones),
        Column::Kind => condition.kind.word_zh().to_owned(),
        Column::Id => condition.id.clone(),
        Column::ConditionEn => condition.condition_en.clone(),
        Column::ClosingEn => condition.closing_en.clone(),
        Column::LimitA => area(AreaClass::A),
        Column::LimitB => area(AreaClass::B),
        Column::LimitC => area(AreaClass::C),
        Column::Season => condition.season.map_or_else(String::new, |season| season.to_string()),
        Column::Priority => condition.priority.word().to_owned(),
        Column::Mandatory => {
            condition.mandatory.iter().map(|item| MandatoryItem::word(*item)).collect::<Vec<_>>().join(";")
        }
    }
}
