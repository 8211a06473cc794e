//! In which formats the columns of dates are written.

use std::collections::BTreeMap;

use documents::{
    datetime::{self, DateTimeDetector, DateTimeFormat, DateTimeReader},
    table::{SheetChoice, TableFile, TableOptions},
};
use jiff::tz::TimeZone;

use super::{Doubt, columns::Assigned};
use crate::{
    error::GovernanceError,
    exchange::{role::ColumnRole, sample::ColumnSample},
};

const ROLES: [ColumnRole; 4] =
    [ColumnRole::ReportedAt, ColumnRole::ClosedAt, ColumnRole::UpdatedAt, ColumnRole::DueAt];
/// Formats of one column.
const FORMATS_MAX: usize = 3;

/// The formats of each date column.
pub(super) type Formats = BTreeMap<ColumnRole, Vec<DateTimeFormat>>;

/// The formats of each date column, the commonest first, and those columns whose order of day and month nothing settles.
pub(super) fn formats(
    file: &mut TableFile,
    options: &TableOptions,
    columns: &[ColumnSample],
    assigned: &Assigned,
) -> Result<(Formats, Vec<Doubt>), GovernanceError> {
    let mut found = BTreeMap::new();
    let mut open = Vec::new();
    for role in ROLES {
        let Some(column) = assigned.get(&role).map(|found| &columns[found.place]) else { continue };
        let formats = of_values(&column.values);
        if order_open(&column.values) {
            open.push((role, column));
        }
        found.insert(role, formats);
    }
    let mut doubts = Vec::new();
    if !open.is_empty() {
        let places: Vec<usize> = open.iter().map(|(_, column)| column.place).collect();
        let whole = whole_columns(file, options, &places)?;
        open.retain(|(role, _)| {
            let Some(settled) = whole.get(&assigned.get(role).map_or(0, |found| found.place)) else {
                return true;
            };
            put_order(&mut found, *role, *settled);
            false
        });
    }
    // What one column of a table settles holds for the others.
    let settled = ROLES
        .into_iter()
        .filter(|role| open.iter().all(|(other, _)| other != role))
        .filter_map(|role| found.get(&role))
        .flatten()
        .copied()
        .find(|format| is_ordered(*format));
    for (role, column) in open {
        if let Some(order) = settled {
            put_order(&mut found, role, order);
            continue;
        }
        doubts.push(Doubt::new(
            role,
            &column.name,
            "mapping_date_order_unknown",
            "Nothing in the file says whether days or months come first; say it in the mapping.".to_owned(),
        ));
        if role != ColumnRole::ReportedAt {
            found.remove(&role);
        }
    }
    Ok((found, doubts))
}

/// The formats that read the values, the commonest first.
fn of_values(values: &[String]) -> Vec<DateTimeFormat> {
    let mut formats: Vec<DateTimeFormat> = Vec::new();
    let mut rest: Vec<&str> = values.iter().map(String::as_str).collect();
    while formats.len() < FORMATS_MAX
        && let Some(found) = datetime::detect(rest.iter().copied())
    {
        // Days first and months first in one column is more likely a wrong date than a second format.
        if is_ordered(found.format) && formats.iter().any(|format| is_ordered(*format)) {
            break;
        }
        formats.push(found.format);
        let mut reader = DateTimeReader::new(found.format, TimeZone::UTC);
        rest.retain(|value| reader.read(value).is_err());
    }
    formats
}

const fn is_ordered(format: DateTimeFormat) -> bool {
    matches!(format, DateTimeFormat::MonthDayYear | DateTimeFormat::DayMonthYear)
}

/// Whether the values fit both orders of day and month equally, and do not say AM and PM.
fn order_open(values: &[String]) -> bool {
    datetime::detect(values.iter().map(String::as_str)).is_some_and(|found| {
        is_ordered(found.format)
            && found.alternative.is_some_and(is_ordered)
            && found.certainty == documents::encoding::Certainty::Unsure
    })
}

/// The order of day and month that whole columns settle, by their places.
fn whole_columns(
    file: &mut TableFile,
    options: &TableOptions,
    places: &[usize],
) -> Result<BTreeMap<usize, DateTimeFormat>, GovernanceError> {
    let mut table = file.read(&SheetChoice::Index(0), options)?;
    let mut detectors: Vec<(usize, DateTimeDetector)> =
        places.iter().map(|place| (*place, DateTimeDetector::default())).collect();
    while let Some(row) = table.next_row()? {
        for (place, detector) in &mut detectors {
            detector.see(row.get(*place));
        }
    }
    let settled = detectors.into_iter().filter_map(|(place, detector)| {
        let found = detector.found()?;
        (is_ordered(found.format) && found.alternative.is_none()).then_some((place, found.format))
    });
    Ok(settled.collect())
}

/// Puts the settled order in place of the other one.
fn put_order(found: &mut Formats, role: ColumnRole, order: DateTimeFormat) {
    for format in found.get_mut(&role).into_iter().flatten() {
        if is_ordered(*format) {
            *format = order;
        }
    }
}
