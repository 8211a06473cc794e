//! Reading a handbook as every city holds it: the two-sheet workbook (部件/事件) of nine columns with vertically
//! merged cells (standards 4.3).
//!
//! Cells come in with merged values filled down within their merge, and only there: a blank cell that belongs to no
//! merge stays blank and its row is reported, because guessing the class would file cases under the wrong rule.
//! Every bad row is reported with all its faults: rows = imported + unchanged + refused.

mod file;
mod row;

use jiff::civil::Date;
use rustc_hash::{FxHashMap, FxHashSet};

pub use self::file::{SHEET_ROWS_MAX, SHEETS_MAX, read_table};
use self::row::RowReader;
use super::{Column, Condition, Handbook, Unit};
use crate::{
    dictionary::{Class, ClassKind, Dictionary, FieldFault, ImportReport, fold},
    error::GovernanceError,
};

/// Columns without which a sheet's rows cannot be conditions.
const REQUIRED: [Column; 3] = [Column::MinorCode, Column::Condition, Column::Limit];
/// A sheet with fewer known headings is not a handbook sheet (a cover, notes).
const KNOWN_HEADINGS_MIN: usize = 3;

/// A sheet as the importer takes it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SheetRows {
    /// The sheet's name; empty for CSV.
    pub name: String,
    /// The headings.
    pub header: Vec<String>,
    /// Row number as the person sees it, and cells, with merged values filled in.
    pub rows: Vec<(u32, Vec<String>)>,
    /// Rows that the file's reader could not give whole; they are refused.
    pub unreadable: Vec<(u32, FieldFault)>,
}

/// What an import is made against.
#[derive(Debug, Clone, Copy)]
pub struct Import<'a> {
    /// The city's dictionary.
    pub dictionary: &'a Dictionary,
    /// The edition of the workbook's codes.
    pub edition: &'a str,
    /// The city's units; empty to take names as they are.
    pub units: &'a [Unit],
    /// The version before. A condition with the same class and text keeps its id, and what the sheet has no column
    /// for.
    pub previous: Option<&'a Handbook>,
}

/// What came of an import.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// Every condition of the workbook, those unchanged included: the whole next version.
    pub conditions: Vec<Condition>,
    /// Classes that the dictionary lacks and the workbook brings: add them before publishing the handbook.
    pub classes: Vec<Class>,
    /// The account.
    pub report: ImportReport,
}

impl Outcome {
    /// The next version of the handbook.
    ///
    /// # Errors
    /// `rows_refused` as [`Handbook::new`].
    pub fn into_handbook(
        self,
        version: u32,
        name: &str,
        edition: &str,
        in_force_from: Date,
    ) -> Result<Handbook, GovernanceError> {
        Handbook::new(version, name, edition, in_force_from, self.conditions)
    }
}

/// Imports the sheets of a workbook, in any order.
///
/// # Errors
/// `edition_unknown`; `table_unreadable` where no sheet has the headings of a handbook.
pub fn import(sheets: &[SheetRows], context: &Import<'_>) -> Result<Outcome, GovernanceError> {
    context.dictionary.edition(context.edition)?;
    let mut state = State::new(context);
    let mut handbook_sheets = 0;
    for sheet in sheets {
        let columns: FxHashMap<Column, usize> = sheet
            .header
            .iter()
            .enumerate()
            .rev() // The first of two equal headings counts.
            .filter_map(|(place, heading)| Column::of_heading(heading).map(|column| (column, place)))
            .collect();
        if columns.len() < KNOWN_HEADINGS_MIN {
            state.report.warnings.push(
                FieldFault::new(
                    "",
                    &sheet.name,
                    "sheet_passed_over",
                    format!("the sheet with {} rows has no handbook headings", sheet.rows.len()),
                    "if it holds conditions, give it the nine headings 大类代码 … 处置时限",
                )
                .at(&sheet.name, 1),
            );
            continue;
        }
        handbook_sheets += 1;
        state.read_sheet(sheet, &columns, context);
    }
    if handbook_sheets == 0 {
        return Err(GovernanceError::TableUnreadable {
            reason: "no sheet has the headings of a handbook (大类代码, 小类代码, 立案条件, 处置时限 …)"
                .to_owned(),
        });
    }
    Ok(Outcome { conditions: state.conditions, classes: state.classes, report: state.report })
}

/// The kind that a sheet's name tells.
fn kind_of_sheet(name: &str) -> Option<ClassKind> {
    let name = fold(name).to_lowercase();
    let component = name.contains("部件") || name.contains("component");
    let matter =
        name.contains("事件") || name.contains("事项") || name.contains("matter") || name.contains("event");
    match (component, matter) {
        (true, false) => Some(ClassKind::Component),
        (false, true) => Some(ClassKind::Matter),
        _ => None,
    }
}

/// What is the same for two rows of which one is a copy.
type Sameness = (ClassKind, String, String, String);

/// What the import has seen so far.
struct State {
    dictionary: Dictionary,
    conditions: Vec<Condition>,
    classes: Vec<Class>,
    report: ImportReport,
    /// Conditions by class and text, to find copies.
    seen: FxHashMap<Sameness, Vec<usize>>,
    ids: FxHashSet<String>,
    /// The highest number given, by the stem of the ids.
    latest_number: FxHashMap<String, u32>,
}

impl State {
    fn new(context: &Import<'_>) -> Self {
        Self {
            dictionary: context.dictionary.clone(),
            conditions: Vec::new(),
            classes: Vec::new(),
            report: ImportReport::default(),
            seen: FxHashMap::default(),
            ids: FxHashSet::default(),
            latest_number: FxHashMap::default(),
        }
    }

    fn read_sheet(&mut self, sheet: &SheetRows, columns: &FxHashMap<Column, usize>, context: &Import<'_>) {
        let missing = REQUIRED.into_iter().find(|column| !columns.contains_key(column));
        let kind = kind_of_sheet(&sheet.name);
        for (number, fault) in &sheet.unreadable {
            self.report.refuse([fault.clone().at(&sheet.name, *number)]);
        }
        for (number, cells) in &sheet.rows {
            if cells.iter().all(|cell| cell.trim().is_empty()) {
                continue;
            }
            let refusal = if let Some(column) = missing {
                Err(vec![FieldFault::new(
                    column.heading(),
                    "",
                    "column_missing",
                    format!("the sheet has no column {}", column.heading()),
                    "add the heading",
                )])
            } else {
                RowReader { cells, columns, kind, context, dictionary: &self.dictionary }.read()
            };
            let outcome = refusal.and_then(|reading| self.accept(reading, context));
            match outcome {
                Ok(Acceptance { unchanged, warnings }) => {
                    if unchanged {
                        self.report.leave();
                    } else {
                        self.report.take();
                    }
                    let warnings = warnings.into_iter().map(|fault| fault.at(&sheet.name, *number));
                    self.report.warnings.extend(warnings);
                }
                Err(faults) => {
                    self.report.refuse(faults.into_iter().map(|fault| fault.at(&sheet.name, *number)));
                }
            }
        }
    }

    /// Gives the condition its id, looks for copies and takes it in.
    fn accept(
        &mut self,
        mut reading: row::Reading,
        context: &Import<'_>,
    ) -> Result<Acceptance, Vec<FieldFault>> {
        if self.conditions.len() >= super::CONDITIONS_MAX {
            return Err(vec![FieldFault::new(
                Column::Condition.heading(),
                &reading.condition.condition,
                "conditions_too_many",
                format!("a handbook has {} conditions at most", super::CONDITIONS_MAX),
                "drop conditions that are no longer filed",
            )]);
        }
        let condition = &mut reading.condition;
        let previous = self.previous_of(condition, context);
        if let Some(previous) = previous {
            reading.absent.carry_over(previous, condition);
        }
        let sameness: Sameness = (
            condition.kind,
            condition.code.clone(),
            fold(&condition.condition),
            condition.season.map_or_else(String::new, |season| season.to_string()),
        );
        let twins = self.seen.get(&sameness).map_or(&[][..], Vec::as_slice);
        let copied = twins
            .iter()
            .filter_map(|place| self.conditions.get(*place))
            .any(|twin| twin.says_the_same(condition));
        if copied {
            return Err(vec![FieldFault::new(
                Column::Condition.heading(),
                &condition.condition,
                "condition_doubled",
                "an earlier row says the same in every column",
                "delete one of the two rows",
            )]);
        }
        if !twins.is_empty() {
            reading.warnings.push(FieldFault::new(
                Column::Condition.heading(),
                &condition.condition,
                "condition_text_repeated",
                "an earlier row of the class has the same condition with other limits or units",
                "keep one row, or say in the text how the two differ",
            ));
        }
        if condition.id.is_empty() {
            condition.id = match previous {
                Some(previous) => previous.id.clone(),
                None => self.new_id(condition, context),
            };
        } else if self.ids.contains(&condition.id) {
            return Err(vec![FieldFault::new(
                Column::Id.heading(),
                &condition.id,
                "condition_id_doubled",
                "an earlier row has the same id",
                "leave the id empty to get a new one",
            )]);
        }
        let faults = condition.faults();
        if !faults.is_empty() {
            return Err(faults);
        }
        if let Some(class) = reading.class.take() {
            let code = class.key.code.clone();
            self.dictionary
                .add_class(class.clone())
                .map_err(|error| vec![crate::dictionary::rule_fault(&error, &code)])?;
            self.classes.push(class);
        }
        let unchanged = previous.is_some_and(|previous| previous == condition);
        if let Some((stem, number)) = numbered(&condition.id) {
            let latest = self.latest_number.entry(stem.to_owned()).or_default();
            *latest = number.max(*latest);
        }
        self.ids.insert(condition.id.clone());
        self.seen.entry(sameness).or_default().push(self.conditions.len());
        self.conditions.push(reading.condition);
        Ok(Acceptance { unchanged, warnings: reading.warnings })
    }

    /// The condition of the version before that a row carries on: by id, else by class and text.
    fn previous_of<'a>(&self, condition: &Condition, context: &Import<'a>) -> Option<&'a Condition> {
        let previous = context.previous?;
        if !condition.id.is_empty() {
            return previous.condition(&condition.id);
        }
        let text = fold(&condition.condition);
        previous
            .find(condition.kind, &condition.code)
            .iter()
            .find(|candidate| fold(&candidate.condition) == text && !self.ids.contains(&candidate.id))
    }

    /// The next number of the class that no condition has or had in the version before.
    fn new_id(&self, condition: &Condition, context: &Import<'_>) -> String {
        let stem = format!("{}-{}-{}", condition.edition, condition.kind.word(), condition.code);
        let before =
            context.previous.map_or(&[][..], |previous| previous.find(condition.kind, &condition.code));
        let latest = before
            .iter()
            .filter_map(|condition| numbered(&condition.id))
            .filter(|(own, _)| *own == stem)
            .map(|(_, number)| number)
            .chain(self.latest_number.get(&stem).copied())
            .max()
            .unwrap_or(0);
        format!("{stem}-{:02}", latest + 1)
    }
}

/// Stem and number of an id that was made here.
fn numbered(id: &str) -> Option<(&str, u32)> {
    let (stem, number) = id.rsplit_once('-')?;
    Some((stem, number.parse().ok().filter(|number| *number < u32::MAX)?))
}

/// A row that was taken.
struct Acceptance {
    unchanged: bool,
    warnings: Vec<FieldFault>,
}
