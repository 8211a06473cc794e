//! Days that follow on each other, villages and offices of a street or town.

use std::ops::RangeInclusive;

use jiff::{
    Span,
    civil::{Date, Weekday},
};

use super::Drawn;
use crate::ground::Division;

/// Digits of the code of a community or village.
const COMMUNITY_DIGITS: usize = 12;

/// A day so many days later; the day itself where the calendar ends.
pub(crate) fn plus(day: Date, days: i64) -> Date {
    day.checked_add(Span::new().days(days)).unwrap_or(day)
}

/// The same day so many years later, less one day: the last day of a term.
pub(crate) fn term(begins: Date, years: i64) -> Date {
    // One step after the other: a span has one sign.
    begins.checked_add(Span::new().years(years)).and_then(Date::yesterday).unwrap_or(begins)
}

impl<'a> Drawn<'a> {
    /// A working day so many days after another one; a weekend is put off to Monday.
    pub(crate) fn after(&mut self, day: Date, days: RangeInclusive<i64>) -> Date {
        let drawn = plus(day, self.whole(days));
        match drawn.weekday() {
            Weekday::Saturday => plus(drawn, 2),
            Weekday::Sunday => plus(drawn, 1),
            _ => drawn,
        }
    }

    /// One of several, of which there is at least one.
    pub(crate) fn any_of<'b, T>(&mut self, several: &'b [T]) -> &'b T {
        &several[self.dice.below(several.len())]
    }

    /// The street or town of a name without the word for its kind.
    pub(crate) fn quarter_named(&self, stem: &str) -> &'a Division {
        let found = self.quarters().find(|quarter| quarter.name_zh.starts_with(stem));
        // A name of another ground's city falls back to its first street.
        found.unwrap_or(&self.ground.divisions[0])
    }

    /// The communities and villages of a street or town.
    pub(crate) fn villages(&self, quarter: &str) -> Vec<&'a Division> {
        let of_quarter =
            |division: &&Division| division.code.len() == COMMUNITY_DIGITS && division.parent == quarter;
        self.ground.divisions.iter().filter(of_quarter).collect()
    }

    /// The office of a street or town.
    pub(crate) fn office(&self, quarter: &str) -> String {
        let office = self.ground.units.iter().find(|unit| unit.street.as_deref() == Some(quarter));
        office.map_or_else(|| "government_office".to_owned(), |unit| unit.code.clone())
    }
}
