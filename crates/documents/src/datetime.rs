//! Columns of date-times: which format they are in, and their cells as moments.
//!
//! A format is detected once from samples and then parsed by hand, since a general parser costs more than all else in
//! an import. The offset of a time zone is looked up once a day of the calendar, not once a cell.

use jiff::{
    civil,
    tz::{AmbiguousOffset, TimeZone},
};
use kernel::time::{DAY_MS, HOUR_MS, MINUTE_MS, Moment};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::encoding::Certainty;

/// Days whose offsets are remembered; a power of two.
const DAYS_REMEMBERED: usize = 1_024;
/// Days from 1899-12-30, where serial numbers start, to 1970-01-01.
const SERIAL_EPOCH_DAYS: f64 = 25_569.0;
/// Serial numbers that are taken for dates, 1900-03-01 to 9999-12-31. Earlier ones are off by a day in some programs.
const SERIAL_RANGE: std::ops::Range<f64> = 61.0..2_958_466.0;
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
    let mut fits = [0_usize; DateTimeFormat::ALL.len()];
    let (mut count, mut half_days) = (0, 0);
    for sample in samples {
        let text = sample.trim().as_bytes();
        if text.is_empty() {
            continue;
        }
        count += 1;
        half_days += usize::from(text.last().is_some_and(|last| last.eq_ignore_ascii_case(&b'M')));
        for (fit, format) in fits.iter_mut().zip(DateTimeFormat::ALL) {
            *fit += usize::from(parse(text, format).is_ok_and(|stamp| is_likely(stamp, format)));
        }
    }
    let fitting = fits.iter().copied().max().filter(|fitting| *fitting > 0)?;
    let mut best = DateTimeFormat::ALL.into_iter().zip(fits).filter(|(_, fit)| *fit == fitting).map(|(format, _)| format);
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

/// What a cell says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stamp {
    /// Milliseconds since 1970 in UTC.
    Moment(i64),
    /// What a clock on the wall shows, counted in milliseconds as if it were UTC.
    Local(i64),
}

impl Stamp {
    const fn days(self) -> i64 {
        match self {
            Self::Moment(millis) | Self::Local(millis) => millis.div_euclid(DAY_MS),
        }
    }
}

fn parse(text: &[u8], format: DateTimeFormat) -> Result<Stamp, DateTimeFault> {
    match format {
        DateTimeFormat::YearMonthDay | DateTimeFormat::MonthDayYear | DateTimeFormat::DayMonthYear => {
            parse_calendar(text, format)
        }
        DateTimeFormat::Compact => parse_compact(text),
        DateTimeFormat::Serial => parse_serial(text),
        DateTimeFormat::UnixSeconds => Ok(Stamp::Moment(integer(text, 9..=10)? * 1_000)),
        DateTimeFormat::UnixMilliseconds => Ok(Stamp::Moment(integer(text, 12..=13)?)),
    }
}

fn integer(text: &[u8], digits: std::ops::RangeInclusive<usize>) -> Result<i64, DateTimeFault> {
    let mut cursor = Cursor { text, position: 0 };
    let (value, count) = cursor.number().ok_or(DateTimeFault::FormatMismatch)?;
    if cursor.at_end() && digits.contains(&count) { Ok(value) } else { Err(DateTimeFault::FormatMismatch) }
}

fn parse_compact(text: &[u8]) -> Result<Stamp, DateTimeFault> {
    if !matches!(text.len(), 8 | 12 | 14) || !text.iter().all(u8::is_ascii_digit) {
        return Err(DateTimeFault::FormatMismatch);
    }
    let part = |range: std::ops::Range<usize>| {
        text.get(range).map_or(0, |digits| digits.iter().fold(0, |value, digit| value * 10 + i64::from(digit - b'0')))
    };
    let days = days(part(0..4), part(4..6), part(6..8))?;
    Ok(Stamp::Local(days * DAY_MS + time_of_day(part(8..10), part(10..12), part(12..14), 0)?))
}

fn parse_serial(text: &[u8]) -> Result<Stamp, DateTimeFault> {
    let numeric = text.iter().all(|byte| byte.is_ascii_digit() || *byte == b'.');
    let serial: f64 = std::str::from_utf8(text)
        .ok()
        .filter(|_| numeric)
        .and_then(|text| text.parse().ok())
        .ok_or(DateTimeFault::FormatMismatch)?;
    if !SERIAL_RANGE.contains(&serial) {
        return Err(DateTimeFault::OutOfRange);
    }
    #[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "within the range just checked")]
    let millis = ((serial - SERIAL_EPOCH_DAYS) * DAY_MS as f64).round() as i64;
    Ok(Stamp::Local(millis))
}

fn parse_calendar(text: &[u8], format: DateTimeFormat) -> Result<Stamp, DateTimeFault> {
    let (fields, hour, minute, second, millisecond, offset) =
        scan_calendar(text, format).ok_or(DateTimeFault::FormatMismatch)?;
    let [year, month, day] = fields;
    let local = days(year, month, day)? * DAY_MS + time_of_day(hour, minute, second, millisecond)?;
    Ok(offset.map_or(Stamp::Local(local), |offset| Stamp::Moment(local - offset)))
}

type Calendar = ([i64; 3], i64, i64, i64, i64, Option<i64>);

/// Splits a date-time into its numbers, without a look at their ranges.
fn scan_calendar(text: &[u8], format: DateTimeFormat) -> Option<Calendar> {
    let mut cursor = Cursor { text, position: 0 };
    let (first, first_digits) = cursor.number()?;
    let chinese = cursor.skip("年");
    let separator = if chinese { b' ' } else { cursor.one_of(b"-/.")? };
    let (second, second_digits) = cursor.number()?;
    if chinese {
        cursor.skip("月").then_some(())?;
    } else {
        (cursor.one_of(b"-/.")? == separator).then_some(())?;
    }
    let (third, third_digits) = cursor.number()?;
    if chinese {
        (cursor.skip("日") || cursor.skip("号")).then_some(())?;
    }
    let date = match (format, first_digits, second_digits, third_digits) {
        (DateTimeFormat::YearMonthDay, 4, 1..=2, 1..=2) => [first, second, third],
        (DateTimeFormat::MonthDayYear, 1..=2, 1..=2, 4) if !chinese => [third, first, second],
        (DateTimeFormat::DayMonthYear, 1..=2, 1..=2, 4) if !chinese => [third, second, first],
        _ => return None,
    };
    if cursor.at_end() {
        return Some((date, 0, 0, 0, 0, None));
    }
    let spaced = cursor.one_of(b"Tt").is_some() || cursor.spaces();
    (spaced || chinese).then_some(())?;
    let mut afternoon = if cursor.skip("上午") {
        Some(false)
    } else {
        cursor.skip("下午").then_some(true)
    };
    cursor.spaces();
    let (mut hour, hour_digits) = cursor.number()?;
    (hour_digits <= 2).then_some(())?;
    let (mut minute, mut second, mut millisecond) = (0, 0, 0);
    let hour_mark = cursor.skip("时") || cursor.skip("点");
    if hour_mark || cursor.one_of(b":").is_some() {
        match cursor.number() {
            Some((value, 1..=2)) => minute = value,
            None if hour_mark => {}
            _ => return None,
        }
        let minute_mark = cursor.skip("分");
        if minute_mark || cursor.one_of(b":").is_some() {
            match cursor.number() {
                Some((value, 1..=2)) => second = value,
                None if minute_mark => {}
                _ => return None,
            }
            if cursor.one_of(b".,").is_some() {
                millisecond = cursor.milliseconds()?;
            }
            cursor.skip("秒");
        }
    } else {
        // A bare hour is too little to be a time.
        return None;
    }
    cursor.spaces();
    if let Some(half) = cursor.one_of(b"AaPp") {
        cursor.one_of(b"Mm")?;
        afternoon = Some(half.eq_ignore_ascii_case(&b'P'));
        cursor.spaces();
    }
    if let Some(afternoon) = afternoon {
        match hour {
            0..=11 => hour += if afternoon { 12 } else { 0 },
            12 => hour = if afternoon { 12 } else { 0 },
            // 下午13时 says the same thing twice; 13 AM contradicts itself.
            _ => afternoon.then_some(())?,
        }
    }
    let offset = cursor.offset()?;
    cursor.at_end().then_some((date, hour, minute, second, millisecond, offset))
}

struct Cursor<'a> {
    text: &'a [u8],
    position: usize,
}

impl Cursor<'_> {
    fn at_end(&self) -> bool {
        self.position == self.text.len()
    }

    /// A number of at most 18 digits, and how many they were.
    #[inline]
    fn number(&mut self) -> Option<(i64, usize)> {
        let start = self.position;
        let mut value = 0;
        while let Some(digit) = self.text.get(self.position).filter(|byte| byte.is_ascii_digit()) {
            value = value * 10 + i64::from(digit - b'0');
            self.position += 1;
            if self.position - start > 18 {
                return None;
            }
        }
        (self.position > start).then_some((value, self.position - start))
    }

    #[inline]
    fn one_of(&mut self, bytes: &[u8]) -> Option<u8> {
        let byte = *self.text.get(self.position)?;
        bytes.contains(&byte).then(|| {
            self.position += 1;
            byte
        })
    }

    #[inline]
    fn skip(&mut self, text: &str) -> bool {
        let found = self.text[self.position..].starts_with(text.as_bytes());
        self.position += if found { text.len() } else { 0 };
        found
    }

    #[inline]
    fn spaces(&mut self) -> bool {
        let start = self.position;
        while self.one_of(b" ").is_some() {}
        self.position > start
    }

    /// Digits after the decimal point; what is finer than a millisecond is cut.
    fn milliseconds(&mut self) -> Option<i64> {
        let start = self.position;
        self.number()?;
        let digits = &self.text[start..self.position];
        Some((0..3).fold(0, |value, place| value * 10 + digits.get(place).map_or(0, |digit| i64::from(digit - b'0'))))
    }

    /// `Z`, `+08:00`, `+0800` or `+08` in milliseconds; `Some(None)` where there is none.
    fn offset(&mut self) -> Option<Option<i64>> {
        let sign = match self.one_of(b"Zz+-") {
            None => return Some(None),
            Some(b'Z' | b'z') => return Some(Some(0)),
            Some(b'+') => 1,
            Some(_) => -1,
        };
        let (hours, minutes) = match self.number()? {
            (value, 4) => (value / 100, value % 100),
            (hours, 2) if self.one_of(b":").is_some() => match self.number()? {
                (minutes, 2) => (hours, minutes),
                _ => return None,
            },
            (hours, 2) => (hours, 0),
            _ => return None,
        };
        (hours <= 14 && minutes < 60).then_some(Some(sign * (hours * HOUR_MS + minutes * MINUTE_MS)))
    }
}

/// Days since 1970-01-01 in the Gregorian calendar.
fn days(year: i64, month: i64, day: i64) -> Result<i64, DateTimeFault> {
    let leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    let length = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => return Err(DateTimeFault::OutOfRange),
    };
    if !(1..=9_999).contains(&year) || !(1..=length).contains(&day) {
        return Err(DateTimeFault::OutOfRange);
    }
    // Years are counted from March, so that the leap day is the last of its year.
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let day_of_year = (153 * month + 2) / 5 + day - 1;
    Ok(year * 365 + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400) + day_of_year - 719_468)
}

/// Milliseconds since midnight; 24:00 is the end of the day and 60 a leap second.
fn time_of_day(hour: i64, minute: i64, second: i64, millisecond: i64) -> Result<i64, DateTimeFault> {
    let end_of_day = hour == 24 && minute == 0 && second == 0;
    if (hour > 23 && !end_of_day) || minute > 59 || second > 60 {
        return Err(DateTimeFault::OutOfRange);
    }
    Ok(hour * HOUR_MS + minute * MINUTE_MS + second * 1_000 + millisecond)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn zone(name: &str) -> TimeZone {
        TimeZone::get(name).expect("zone")
    }

    fn read(format: DateTimeFormat, name: &str, text: &str) -> Result<String, &'static str> {
        let reading = DateTimeReader::new(format, zone(name)).read(text).map_err(DateTimeFault::code)?;
        Ok(reading.moment.timestamp().to_string())
    }

    #[test]
    fn formats_are_read() {
        use DateTimeFormat::{Compact, DayMonthYear, MonthDayYear, Serial, UnixMilliseconds, UnixSeconds, YearMonthDay};
        let cases = [
            (YearMonthDay, "2016-03-01T09:05:00+08:00", "2016-03-01T01:05:00Z"),
            (YearMonthDay, "2016-03-01T09:05:00.250Z", "2016-03-01T09:05:00.25Z"),
            (YearMonthDay, "2016-03-01T09:05:00-0700", "2016-03-01T16:05:00Z"),
            (YearMonthDay, "2016-03-01 09:05", "2016-03-01T01:05:00Z"),
            (YearMonthDay, "2016-03-01 09:05:07", "2016-03-01T01:05:07Z"),
            (YearMonthDay, " 2016/3/1 9:05 ", "2016-03-01T01:05:00Z"),
            (YearMonthDay, "2016.3.1", "2016-02-29T16:00:00Z"),
            (YearMonthDay, "2016年3月1日 9时5分7秒", "2016-03-01T01:05:07Z"),
            (YearMonthDay, "2016年3月1日下午3点", "2016-03-01T07:00:00Z"),
            (YearMonthDay, "2016年3月1日", "2016-02-29T16:00:00Z"),
            (YearMonthDay, "2016-03-01 24:00", "2016-03-01T16:00:00Z"),
            (MonthDayYear, "12/31/2017 11:59:58 PM", "2017-12-31T15:59:58Z"),
            (MonthDayYear, "12/31/2017 12:00:00 AM", "2017-12-30T16:00:00Z"),
            (MonthDayYear, "1/2/2017 12:30 pm", "2017-01-02T04:30:00Z"),
            (DayMonthYear, "31/12/2017 23:59", "2017-12-31T15:59:00Z"),
            (Compact, "20160301090507", "2016-03-01T01:05:07Z"),
            (Compact, "20160301", "2016-02-29T16:00:00Z"),
            (Serial, "42430.378472222", "2016-03-01T01:05:00Z"),
            (UnixSeconds, "1456794300", "2016-03-01T01:05:00Z"),
            (UnixMilliseconds, "1456794300250", "2016-03-01T01:05:00.25Z"),
        ];
        for (format, text, moment) in cases {
            assert_eq!(read(format, "Asia/Shanghai", text).as_deref(), Ok(moment), "{text}");
        }
    }

    #[test]
    fn what_is_no_date_is_said() {
        use DateTimeFormat::{Compact, DayMonthYear, MonthDayYear, Serial, YearMonthDay};
        let cases = [
            (YearMonthDay, "", "date_missing"),
            (YearMonthDay, "2016-02-30", "date_out_of_range"),
            (YearMonthDay, "2015-02-29 10:00", "date_out_of_range"),
            (YearMonthDay, "2016-03-01 25:00", "date_out_of_range"),
            (YearMonthDay, "2016-03/01", "date_format_mismatch"),
            (YearMonthDay, "2016-03-01 09", "date_format_mismatch"),
            (YearMonthDay, "昨天", "date_format_mismatch"),
            (MonthDayYear, "31/12/2017", "date_out_of_range"),
            (MonthDayYear, "12/31/2017 13:00 AM", "date_format_mismatch"),
            (DayMonthYear, "12/31/2017", "date_out_of_range"),
            (Compact, "20161301", "date_out_of_range"),
            (Serial, "-5", "date_format_mismatch"),
            (Serial, "1", "date_out_of_range"),
        ];
        for (format, text, code) in cases {
            assert_eq!(read(format, "Asia/Shanghai", text), Err(code), "{text}");
        }
    }

    #[test]
    fn changed_clocks_are_stated() {
        let mut reader = DateTimeReader::new(DateTimeFormat::MonthDayYear, zone("America/Los_Angeles"));
        let mut at = |text: &str| {
            let reading = reader.read(text).expect("reads");
            (reading.moment.timestamp().to_string(), reading.change)
        };
        assert_eq!(at("03/12/2017 02:30:00 AM"), ("2017-03-12T10:30:00Z".to_owned(), Some(ClockChange::Skipped)));
        assert_eq!(at("03/12/2017 01:30:00 AM"), ("2017-03-12T09:30:00Z".to_owned(), None));
        assert_eq!(at("03/12/2017 03:30:00 AM"), ("2017-03-12T10:30:00Z".to_owned(), None));
        assert_eq!(at("11/05/2017 01:30:00 AM"), ("2017-11-05T08:30:00Z".to_owned(), Some(ClockChange::Repeated)));
        assert_eq!(at("11/05/2017 02:30:00 AM"), ("2017-11-05T10:30:00Z".to_owned(), None));
    }

    fn detected(samples: &[&str]) -> (DateTimeFormat, Certainty, Option<DateTimeFormat>) {
        let found = detect(samples.iter().copied()).expect("detects");
        (found.format, found.certainty, found.alternative)
    }

    #[test]
    fn the_order_of_day_and_month_is_decided_by_numbers_above_twelve() {
        use DateTimeFormat::{DayMonthYear, MonthDayYear};
        assert_eq!(detected(&["03/04/2016", "12/31/2016"]), (MonthDayYear, Certainty::Certain, None));
        assert_eq!(detected(&["03/04/2016", "", "31/12/2016"]), (DayMonthYear, Certainty::Certain, None));
        assert_eq!(detected(&["03/04/2016"]), (MonthDayYear, Certainty::Unsure, Some(DayMonthYear)));
        assert_eq!(detected(&["03/04/2016 1:00 PM"]), (MonthDayYear, Certainty::Likely, Some(DayMonthYear)));
    }

    #[test]
    fn formats_are_detected() {
        use DateTimeFormat::{Compact, Serial, UnixMilliseconds, UnixSeconds, YearMonthDay};
        assert_eq!(detected(&["2016-03-01T00:00:00Z", "2016-03-02 10:00"]), (YearMonthDay, Certainty::Certain, None));
        assert_eq!(detected(&["2016年3月1日 9时5分"]), (YearMonthDay, Certainty::Certain, None));
        assert_eq!(detected(&["42430.378", "42431"]), (Serial, Certainty::Certain, None));
        assert_eq!(detected(&["1456794300"]), (UnixSeconds, Certainty::Certain, None));
        assert_eq!(detected(&["1456794300250"]), (UnixMilliseconds, Certainty::Certain, None));
        assert_eq!(detected(&["20160301"]), (Compact, Certainty::Certain, None));
        assert_eq!(detected(&["2016-03-01", "unknown"]).1, Certainty::Unsure);
        assert_eq!(detect(["井盖", "12", "522601", ""]), None);
    }

    proptest! {
        #[test]
        fn garbage_never_panics(text in "\\PC{0,30}") {
            for format in DateTimeFormat::ALL {
                let _ = DateTimeReader::new(format, TimeZone::UTC).read(&text);
            }
        }

        /// The remembered offset gives what the time library gives, on days with and without changed clocks.
        #[test]
        fn moments_agree_with_the_time_library(seconds in -2_000_000_000_i64..4_000_000_000, zone_index in 0..5_usize) {
            let name = ["Asia/Shanghai", "America/Los_Angeles", "America/Sao_Paulo", "Europe/Berlin", "Pacific/Apia"][zone_index];
            let local = civil_date_time(seconds * 1_000).expect("in range");
            let text = local.strftime("%Y-%m-%d %H:%M:%S").to_string();
            let expected = zone(name).to_ambiguous_timestamp(local).compatible().expect("in range");
            let reading = DateTimeReader::new(DateTimeFormat::YearMonthDay, zone(name)).read(&text).expect("reads");
            prop_assert_eq!(reading.moment.millis(), expected.as_millisecond());
        }
    }
}
