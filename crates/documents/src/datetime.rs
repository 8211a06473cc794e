//! Columns of date-times: which format they are in, and their cells as moments.
//!
//! A format is detected once from samples and then parsed by hand, since a general parser costs more than all else in
//! an import. The offset of a time zone is looked up once a day of the calendar, not once a cell.

mod scan;

use jiff::{
    civil,
    tz::{AmbiguousOffset, TimeZone},
};
use kernel::time::{DAY_MS, Moment};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use self::scan::{SERIAL_EPOCH_DAYS, Stamp, parse};
use crate::encoding::Certainty;

/// Days whose offsets are remembered; a power of two.
const DAYS_REMEMBERED: usize = 1_024;
/// Serial numbers that a bare number must lie in to be detected as a date: the years 1954 to 2119.
const SERIAL_LIKELY: std::ops::Range<f64> = 20_000.0..80_000.0;

/// How the cells of a column write a date-time. Each takes a date without a time as its midnight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DateTimeFormat {
    /// Year first: ISO 8601 with or without offset, `2016-3-1 9:05`, `2016/3/1`, `2016年3月1日 9时5分`.
    YearMonthDay,
    /// `03/01/2016 09:05:00 AM`, as in the United States.
    MonthDayYear,
    /// `01/03/2016 09:05`, as in most of the world.
    DayMonthYear,
    /// `20160301`, `201603010905` or `20160301090500`.
    Compact,
    /// Days since 1899-12-30 with a fraction, as a spreadsheet program holds them.
    Serial,
    /// Seconds since 1970 in UTC.
    UnixSeconds,
    /// Milliseconds since 1970 in UTC.
    UnixMilliseconds,
}

impl DateTimeFormat {
    /// Every format, in the order in which equals are preferred.
    pub const ALL: [Self; 7] = [
        Self::YearMonthDay,
        Self::MonthDayYear,
        Self::DayMonthYear,
        Self::Compact,
        Self::UnixSeconds,
        Self::UnixMilliseconds,
        Self::Serial,
    ];
}

/// What samples of a column say about its format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DateTimeDetection {
    /// The format that fits the most samples.
    pub format: DateTimeFormat,
    /// `Certain`: it fits all samples and no other does. `Likely`: it fits at least nine in ten, or AM and PM speak
    /// for the American order. `Unsure`: another format fits as well, or many samples fit none.
    pub certainty: Certainty,
    /// The format that fits just as many samples, where one does (03/04/2016 is in March or in April).
    pub alternative: Option<DateTimeFormat>,
    /// Samples that had a value.
    pub samples: usize,
    /// Samples that the format fits.
    pub fitting: usize,
}

/// Detects the format of a column from samples; blank ones say nothing. `None` where no sample fits any format.
pub fn detect<'a>(samples: impl IntoIterator<Item = &'a str>) -> Option<DateTimeDetection> {
    let mut detector = DateTimeDetector::default();
    samples.into_iter().for_each(|sample| detector.see(sample));
    detector.found()
}

/// Detects the format of a column cell by cell, where the cells are too many to be held.
#[derive(Debug, Clone, Copy, Default)]
pub struct DateTimeDetector {
    fits: [usize; DateTimeFormat::ALL.len()],
    count: usize,
    half_days: usize,
}

impl DateTimeDetector {
    /// Takes a cell into account; a blank one says nothing.
    pub fn see(&mut self, cell: &str) {
        let text = cell.trim().as_bytes();
        if text.is_empty() {
            return;
        }
        self.count += 1;
        self.half_days += usize::from(text.last().is_some_and(|last| last.eq_ignore_ascii_case(&b'M')));
        for (fit, format) in self.fits.iter_mut().zip(DateTimeFormat::ALL) {
            *fit += usize::from(parse(text, format).is_ok_and(|stamp| is_likely(stamp, format)));
        }
    }

    /// What the cells seen so far say; `None` where none fits any format.
    #[must_use]
    pub fn found(&self) -> Option<DateTimeDetection> {
        judge(self.fits, self.count, self.half_days)
    }
}

fn judge(
    fits: [usize; DateTimeFormat::ALL.len()],
    count: usize,
    half_days: usize,
) -> Option<DateTimeDetection> {
    let fitting = fits.iter().copied().max().filter(|fitting| *fitting > 0)?;
    let mut best = DateTimeFormat::ALL
        .into_iter()
        .zip(fits)
        .filter(|(_, fit)| *fit == fitting)
        .map(|(format, _)| format);
    let format = best.next()?;
    let alternative = best.next();
    let american = format == DateTimeFormat::MonthDayYear && half_days * 2 > count;
    let certainty = match alternative {
        Some(_) if american && fitting == count => Certainty::Likely,
        Some(_) => Certainty::Unsure,
        None if fitting == count => Certainty::Certain,
        None if fitting * 10 >= count * 9 => Certainty::Likely,
        None => Certainty::Unsure,
    };
    Some(DateTimeDetection { format, certainty, alternative, samples: count, fitting })
}

/// Whether a bare number would be a usual date; any number is some date.
fn is_likely(stamp: Stamp, format: DateTimeFormat) -> bool {
    let days = stamp.days();
    match format {
        DateTimeFormat::Serial => {
            #[expect(clippy::cast_precision_loss, reason = "days are small")]
            let serial = days as f64 + SERIAL_EPOCH_DAYS;
            SERIAL_LIKELY.contains(&serial)
        }
        // 1973 to 2286 is what ten digits of seconds hold; 1950 to 2100 is what a plan or an archive reaches.
        DateTimeFormat::UnixSeconds | DateTimeFormat::UnixMilliseconds => (1_157..115_741).contains(&days),
        DateTimeFormat::Compact => (-7_305..47_482).contains(&days),
        _ => true,
    }
}

/// Why a cell is no date-time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum DateTimeFault {
    /// The cell is blank.
    #[error("there is no date")]
    Empty,
    /// The cell is not written in the column's format.
    #[error("the date is not written in the format of the column")]
    FormatMismatch,
    /// It is, but there is no such day or time of day.
    #[error("there is no such day or time of day")]
    OutOfRange,
}

impl DateTimeFault {
    /// The translation key.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Empty => "date_missing",
            Self::FormatMismatch => "date_format_mismatch",
            Self::OutOfRange => "date_out_of_range",
        }
    }
}

/// A time of the clock that the zone did not have once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClockChange {
    /// Clocks sprang over this time; it is read as that much later (02:30 as 03:30).
    Skipped,
    /// Clocks showed this time twice; it is read as the earlier of the two.
    Repeated,
}

/// A cell that was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DateTimeReading {
    /// The moment.
    pub moment: Moment,
    /// What the change of clocks made of it.
    pub change: Option<ClockChange>,
}

/// Reads the cells of one column.
pub struct DateTimeReader {
    format: DateTimeFormat,
    zone: TimeZone,
    /// By day: the offset from UTC in milliseconds where it is the same all day.
    days: Vec<Option<(i64, Option<i64>)>>,
}

impl DateTimeReader {
    /// For a format and the zone in which the cells are meant, where they don't say themselves.
    #[must_use]
    pub fn new(format: DateTimeFormat, zone: TimeZone) -> Self {
        Self { format, zone, days: vec![None; DAYS_REMEMBERED] }
    }

    /// The format.
    #[must_use]
    pub const fn format(&self) -> DateTimeFormat {
        self.format
    }

    /// Reads a cell; blanks around it don't matter.
    ///
    /// # Errors
    /// [`DateTimeFault`].
    pub fn read(&mut self, text: &str) -> Result<DateTimeReading, DateTimeFault> {
        let text = text.trim().as_bytes();
        if text.is_empty() {
            return Err(DateTimeFault::Empty);
        }
        match parse(text, self.format)? {
            Stamp::Moment(millis) => Ok(DateTimeReading { moment: Moment(millis), change: None }),
            Stamp::Local(local) => self.locate(local),
        }
    }

    fn locate(&mut self, local: i64) -> Result<DateTimeReading, DateTimeFault> {
        let day = local.div_euclid(DAY_MS);
        let slot = usize::try_from(day.rem_euclid(DAYS_REMEMBERED as i64)).unwrap_or_default();
        let offset = match self.days[slot] {
            Some((remembered, offset)) if remembered == day => offset,
            _ => {
                let offset = self.offset_all_day(day);
                self.days[slot] = Some((day, offset));
                offset
            }
        };
        match offset {
            Some(offset) => Ok(DateTimeReading { moment: Moment(local - offset), change: None }),
            None => self.locate_exactly(local),
        }
    }

    /// The offset where clocks are not changed on that day.
    fn offset_all_day(&self, day: i64) -> Option<i64> {
        let first = self.zone.to_ambiguous_timestamp(civil_date_time(day * DAY_MS)?);
        let last = self.zone.to_ambiguous_timestamp(civil_date_time((day + 1) * DAY_MS)?);
        let (AmbiguousOffset::Unambiguous { offset: one }, AmbiguousOffset::Unambiguous { offset: other }) =
            (first.offset(), last.offset())
        else {
            return None;
        };
        let (start, end) = (first.compatible().ok()?, last.compatible().ok()?);
        let changes = self.zone.following(start).next().is_some_and(|change| change.timestamp() <= end);
        (one == other && !changes).then(|| i64::from(one.seconds()) * 1_000)
    }

    fn locate_exactly(&self, local: i64) -> Result<DateTimeReading, DateTimeFault> {
        let found = civil_date_time(local).map(|at| self.zone.to_ambiguous_timestamp(at));
        let found = found.ok_or(DateTimeFault::OutOfRange)?;
        let change = match found.offset() {
            AmbiguousOffset::Unambiguous { .. } => None,
            AmbiguousOffset::Gap { .. } => Some(ClockChange::Skipped),
            AmbiguousOffset::Fold { .. } => Some(ClockChange::Repeated),
        };
        let moment = found.compatible().map_err(|_| DateTimeFault::OutOfRange)?;
        Ok(DateTimeReading { moment: Moment(moment.as_millisecond()), change })
    }
}

fn civil_date_time(local: i64) -> Option<civil::DateTime> {
    Some(TimeZone::UTC.to_datetime(jiff::Timestamp::from_millisecond(local).ok()?))
}

#[cfg(test)]
mod tests;
