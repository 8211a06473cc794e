//! Public holidays and make-up working days from a table: date, name, is_workday.

use std::collections::BTreeMap;

use jiff::civil::Date;
use kernel::calendar::DayKind;

use crate::{
    city::City,
    dictionary::{FieldFault, ImportReport, Table, cell},
    error::GovernanceError,
};

/// The days of a table, with the account of those that could not be read.
#[derive(Debug, Default)]
pub struct Holidays {
    days: BTreeMap<Date, DayKind>,
    report: ImportReport,
}

/// Reads days from CSV or a workbook with the headings `date` and `is_workday` (0 a day off, 1 a day worked).
///
/// # Errors
/// `table_unreadable` where the file is no such table.
pub fn holidays(bytes: &[u8]) -> Result<Holidays, GovernanceError> {
    let table = Table::read(bytes)?;
    let date = table.required(&["date", "日期"])?;
    let worked = table.required(&["is_workday", "是否工作日"])?;
    let mut found = Holidays::default();
    for (number, fault) in table.unreadable {
        found.report.refuse([fault.at("", number)]);
    }
    for (number, cells) in table.rows {
        let (day, worked) = (cell(&cells, Some(date)), cell(&cells, Some(worked)));
        let kind = match worked {
            "0" | "否" => Some(DayKind::Off),
            "1" | "是" => Some(DayKind::Worked),
            _ => None,
        };
        let (Ok(day), Some(kind)) = (day.parse::<Date>(), kind) else {
            found.report.refuse([FieldFault::new(
                "date",
                &format!("{day} {worked}"),
                "holiday_malformed",
                "no day, or neither worked nor off".to_owned(),
                "write the day as 2026-10-01 and 0 for a day off, 1 for a day worked",
            )
            .at("", number)]);
            continue;
        };
        found.days.insert(day, kind);
    }
    Ok(found)
}

impl Holidays {
    /// The city with these days in its calendar, and the account: days that stand so already are unchanged.
    #[must_use]
    pub fn into_city(self, mut city: City) -> (City, ImportReport) {
        let mut report = self.report;
        let mut changed = false;
        for (day, kind) in self.days {
            if city.calendar.exceptions.insert(day, kind) == Some(kind) {
                report.leave();
            } else {
                changed = true;
                report.take();
            }
        }
        if changed {
            city.calendar.version += 1;
        }
        (city, report)
    }
}
