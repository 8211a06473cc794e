//! The working calendar of a city: which days are worked, which hours of them, in which time zone. All of it is
//! versioned data ([`CalendarData`]); [`Calendar`] is the same data made ready for arithmetic.
//!
//! Working time is known for the years [`YEAR_FIRST`] to [`YEAR_LAST`]. Outside them time counts around the clock, so
//! that a moment out of range (a typing error in an import) still has a defined and bounded answer.

mod holidays;
#[cfg(test)]
mod tests;

use std::{collections::BTreeMap, ops::Range};

use jiff::{
    civil::{Date, DateTime, Time, Weekday},
    tz::{TimeZone, TimeZoneDatabase},
};
use serde::{Deserialize, Serialize};

pub use self::holidays::china_holidays;
use crate::{
    error::{Coded, ErrorKind},
    time::{DAY_MS, MINUTE_MS, Moment},
};

/// First year whose working time is known.
pub const YEAR_FIRST: i16 = 2000;
/// Last year whose working time is known.
pub const YEAR_LAST: i16 = 2100;
/// Most exceptions that a calendar may hold.
pub const EXCEPTIONS_MAX: usize = 10_000;
/// Most seasons in a year.
pub const SEASONS_MAX: usize = 12;
/// Most spans of office hours in a day.
pub const SPANS_MAX: usize = 8;
/// Longest run of days without any working time; more is taken for an error in the data.
pub const IDLE_DAYS_MAX: i64 = 400;

const MINUTES_A_DAY: u16 = 24 * 60;

/// How a day differs from Monday–Friday.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DayKind {
    /// A day off: a public holiday.
    Off,
    /// A day worked: a make-up working day 调休.
    Worked,
}

/// One span of office hours in local minutes since midnight, the end not included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct OfficeSpan {
    /// First minute, 0 to 1439.
    pub from_minute: u16,
    /// End, 1 to 1440.
    pub to_minute: u16,
}

/// Office hours in force from a day of the year until the next season begins; the last one runs over the new year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Season {
    /// Month of the first day, 1 to 12.
    pub from_month: i8,
    /// First day, 1 to 31.
    pub from_day: i8,
    /// Office hours of a working day, in rising order and apart from each other.
    pub spans: Vec<OfficeSpan>,
}

/// What "N working days" means (a city's choice).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DayPolicy {
    /// N times eight working hours.
    FoldHours,
    /// The close of the N-th working day after the day of the start.
    EndOfDay,
}

/// The calendar as it is stored: rows of a city, never a constant of the program.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CalendarData {
    /// Name of the time zone in the IANA database, e.g. `Asia/Shanghai`.
    pub zone: String,
    /// Days that differ from Monday–Friday.
    pub exceptions: BTreeMap<Date, DayKind>,
    /// Office hours by season; at least one.
    pub seasons: Vec<Season>,
    /// What a working day is.
    pub day_policy: DayPolicy,
    /// Number of this edition of the data, raised with each change.
    pub version: u32,
}

impl CalendarData {
    /// The default for a new city in China: `Asia/Shanghai`, 8–12 and 14–18 all year, the holidays of
    /// [`china_holidays`], working days of eight hours.
    #[must_use]
    pub fn china_default() -> Self {
        let spans = vec![
            OfficeSpan { from_minute: 8 * 60, to_minute: 12 * 60 },
            OfficeSpan { from_minute: 14 * 60, to_minute: 18 * 60 },
        ];
        Self {
            zone: "Asia/Shanghai".to_owned(),
            exceptions: china_holidays().into_iter().map(|(date, _, kind)| (date, kind)).collect(),
            seasons: vec![Season { from_month: 1, from_day: 1, spans }],
            day_policy: DayPolicy::FoldHours,
            version: 1,
        }
    }
}

/// Calendar data that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CalendarError {
    /// The time zone database does not know this name.
    #[error("calendar_zone_unknown")]
    ZoneUnknown {
        /// The name as given.
        zone: String,
    },
    /// No season at all, or more than [`SEASONS_MAX`].
    #[error("calendar_seasons_count")]
    SeasonsCount,
    /// A season begins on no day of the year, or on the same day as another.
    #[error("calendar_season_day")]
    SeasonDay {
        /// Month as given.
        month: i8,
        /// Day as given.
        day: i8,
    },
    /// Office hours that are missing, empty, overlapping, out of order or past midnight.
    #[error("calendar_office_hours")]
    OfficeHours {
        /// Month in which the season begins.
        month: i8,
        /// Day on which the season begins.
        day: i8,
    },
    /// More than [`EXCEPTIONS_MAX`] exceptions.
    #[error("calendar_exceptions_count")]
    ExceptionsCount,
    /// More than [`IDLE_DAYS_MAX`] days in a row without any working time.
    #[error("calendar_no_working_time")]
    NoWorkingTime,
}

impl Coded for CalendarError {
    fn code(&self) -> &'static str {
        match self {
            Self::ZoneUnknown { .. } => "calendar_zone_unknown",
            Self::SeasonsCount => "calendar_seasons_count",
            Self::SeasonDay { .. } => "calendar_season_day",
            Self::OfficeHours { .. } => "calendar_office_hours",
            Self::ExceptionsCount => "calendar_exceptions_count",
            Self::NoWorkingTime => "calendar_no_working_time",
        }
    }

    fn kind(&self) -> ErrorKind {
        ErrorKind::Invalid
    }

    fn details(&self) -> serde_json::Map<String, serde_json::Value> {
        let mut details = serde_json::Map::new();
        match self {
            Self::ZoneUnknown { zone } => {
                details.insert("zone".to_owned(), zone.as_str().into());
            }
            Self::SeasonDay { month, day } | Self::OfficeHours { month, day } => {
                details.insert("month".to_owned(), (*month).into());
                details.insert("day".to_owned(), (*day).into());
            }
            Self::SeasonsCount | Self::ExceptionsCount | Self::NoWorkingTime => {}
        }
        details
    }
}

/// One span of office hours on one day, UTC milliseconds, with the working time before it.
#[derive(Debug, Clone, Copy)]
struct Interval {
    from: i64,
    until: i64,
    before: i64,
}

/// One working day: its local midnight, opening and close, UTC milliseconds.
#[derive(Debug, Clone, Copy)]
pub(crate) struct WorkingDay {
    pub(crate) midnight: i64,
    pub(crate) open: i64,
    pub(crate) close: i64,
}

/// A calendar ready for arithmetic: every working span of [`YEAR_FIRST`] to [`YEAR_LAST`] laid out once, so that each
/// question is a binary search (well under a microsecond). Building one takes milliseconds: keep it, share it.
#[derive(Debug, Clone)]
pub struct Calendar {
    data: CalendarData,
    zone: TimeZone,
    intervals: Vec<Interval>,
    days: Vec<WorkingDay>,
    table: Range<i64>,
    total: i64,
}

impl Calendar {
    /// Checks the data and lays out the working time. The time zone comes from the database inside the program, so
    /// that the answer is the same on every machine.
    ///
    /// # Errors
    /// [`CalendarError`] names what is wrong with the data.
    pub fn new(mut data: CalendarData) -> Result<Self, CalendarError> {
        check(&mut data)?;
        let zone = TimeZoneDatabase::bundled()
            .get(&data.zone)
            .map_err(|_| CalendarError::ZoneUnknown { zone: data.zone.clone() })?;
        let first = Date::constant(YEAR_FIRST, 1, 1);
        let last = Date::constant(YEAR_LAST, 12, 31);
        let mut calendar = Self {
            table: utc_ms(&zone, first, 0)..utc_ms(&zone, last, MINUTES_A_DAY),
            data,
            zone,
            intervals: Vec::new(),
            days: Vec::new(),
            total: 0,
        };
        for date in first.series(jiff::Span::new().days(1)).take_while(|date| *date <= last) {
            calendar.lay_out(date);
        }
        let idle_max = IDLE_DAYS_MAX * DAY_MS;
        let ends = [calendar.table.start].into_iter().chain(calendar.days.iter().map(|day| day.close));
        let starts = calendar.days.iter().map(|day| day.open).chain([calendar.table.end]);
        if ends.zip(starts).any(|(end, start)| start - end > idle_max) {
            return Err(CalendarError::NoWorkingTime);
        }
        Ok(calendar)
    }

    /// The data that it was made from, seasons sorted.
    #[must_use]
    pub fn data(&self) -> &CalendarData {
        &self.data
    }

    /// The city's time zone.
    #[must_use]
    pub fn zone(&self) -> &TimeZone {
        &self.zone
    }

    /// What a working day means here.
    #[must_use]
    pub fn day_policy(&self) -> DayPolicy {
        self.data.day_policy
    }

    /// Is this local day worked? Any year; days without an exception follow Monday–Friday.
    #[must_use]
    pub fn is_working_day(&self, date: Date) -> bool {
        match self.data.exceptions.get(&date) {
            Some(DayKind::Off) => false,
            Some(DayKind::Worked) => true,
            None => !matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday),
        }
    }

    /// Does the moment lie inside office hours? A span's end is outside.
    #[must_use]
    pub fn is_working_time(&self, moment: Moment) -> bool {
        let at = moment.millis();
        let next = self.intervals.partition_point(|interval| interval.from <= at);
        next.checked_sub(1)
            .and_then(|index| self.intervals.get(index))
            .is_some_and(|interval| at < interval.until)
    }

    /// The office hours of a local day; none when it is not worked.
    #[must_use]
    pub fn office_hours(&self, date: Date) -> &[OfficeSpan] {
        if !self.is_working_day(date) {
            return &[];
        }
        let day = (date.month(), date.day());
        let index = self.data.seasons.partition_point(|season| (season.from_month, season.from_day) <= day);
        let season = index
            .checked_sub(1)
            .map_or_else(|| self.data.seasons.last(), |index| self.data.seasons.get(index));
        season.map_or(&[], |season| &season.spans)
    }

    /// Working milliseconds from one moment to another; negative when they are in reverse order.
    #[must_use]
    pub fn working_ms_between(&self, from: Moment, to: Moment) -> i64 {
        self.worked_until(to.millis()).saturating_sub(self.worked_until(from.millis()))
    }

    /// The earliest moment at which so many working milliseconds have passed since `from`; `from` itself for none.
    #[must_use]
    pub fn after_working_ms(&self, from: Moment, working_ms: i64) -> Moment {
        if working_ms <= 0 {
            return from;
        }
        let target = self.worked_until(from.millis()).saturating_add(working_ms);
        if target <= 0 {
            return Moment(self.table.start.saturating_add(target));
        }
        if target > self.total {
            return Moment(self.table.end.saturating_add(target - self.total));
        }
        let index = self.intervals.partition_point(|interval| interval.before < target);
        let interval = index.checked_sub(1).and_then(|index| self.intervals.get(index));
        Moment(interval.map_or(self.table.start, |interval| interval.from + (target - interval.before)))
    }

    /// Working days in rising order.
    pub(crate) fn working_days(&self) -> &[WorkingDay] {
        &self.days
    }

    /// First moment of the table.
    pub(crate) fn table_start(&self) -> i64 {
        self.table.start
    }

    /// Working milliseconds since the start of the table.
    fn worked_until(&self, at: i64) -> i64 {
        if at < self.table.start {
            return at.saturating_sub(self.table.start);
        }
        if at >= self.table.end {
            return self.total.saturating_add(at - self.table.end);
        }
        let index = self.intervals.partition_point(|interval| interval.from <= at);
        let interval = index.checked_sub(1).and_then(|index| self.intervals.get(index));
        interval.map_or(0, |interval| interval.before + at.min(interval.until) - interval.from)
    }

    /// Adds one local day to the table.
    fn lay_out(&mut self, date: Date) {
        let midnight = utc_ms(&self.zone, date, 0);
        let next_midnight = utc_ms(&self.zone, date, MINUTES_A_DAY);
        let ordinary = next_midnight - midnight == DAY_MS;
        let mut intervals = Vec::new();
        for span in self.office_hours(date) {
            // A day on which the clocks change needs each end looked up; every other day is a plain sum.
            let instant = |minute: u16| {
                if ordinary {
                    midnight + i64::from(minute) * MINUTE_MS
                } else {
                    utc_ms(&self.zone, date, minute)
                }
            };
            intervals.push((instant(span.from_minute), instant(span.to_minute)));
        }
        let mut worked: Option<WorkingDay> = None;
        for (from, until) in intervals.into_iter().filter(|(from, until)| from < until) {
            self.intervals.push(Interval { from, until, before: self.total });
            self.total += until - from;
            worked.get_or_insert(WorkingDay { midnight, open: from, close: until }).close = until;
        }
        self.days.extend(worked);
    }
}

/// Checks and sorts; the order of seasons in the data means nothing.
fn check(data: &mut CalendarData) -> Result<(), CalendarError> {
    if data.exceptions.len() > EXCEPTIONS_MAX {
        return Err(CalendarError::ExceptionsCount);
    }
    if data.seasons.is_empty() || data.seasons.len() > SEASONS_MAX {
        return Err(CalendarError::SeasonsCount);
    }
    data.seasons.sort_by_key(|season| (season.from_month, season.from_day));
    let mut previous = None;
    for season in &data.seasons {
        let (month, day) = (season.from_month, season.from_day);
        // 2000 was a leap year: 29 February counts as a day of the year.
        if Date::new(2000, month, day).is_err() || previous == Some((month, day)) {
            return Err(CalendarError::SeasonDay { month, day });
        }
        previous = Some((month, day));
        let mut free_from = 0;
        for span in &season.spans {
            let fits = free_from <= span.from_minute
                && span.from_minute < span.to_minute
                && span.to_minute <= MINUTES_A_DAY;
            if !fits {
                return Err(CalendarError::OfficeHours { month, day });
            }
            free_from = span.to_minute;
        }
        if season.spans.is_empty() || season.spans.len() > SPANS_MAX {
            return Err(CalendarError::OfficeHours { month, day });
        }
    }
    Ok(())
}

/// The instant of a local minute of a day; one that the clocks skip is the moment after the gap.
fn utc_ms(zone: &TimeZone, date: Date, minute: u16) -> i64 {
    let (date, minute) =
        if minute >= MINUTES_A_DAY { (date.tomorrow().unwrap_or(date), 0) } else { (date, minute) };
    let (hour, minute) = (i8::try_from(minute / 60).unwrap_or(0), i8::try_from(minute % 60).unwrap_or(0));
    let local = DateTime::from_parts(date, Time::constant(hour, minute, 0, 0));
    zone.to_ambiguous_timestamp(local).compatible().map_or(0, jiff::Timestamp::as_millisecond)
}
