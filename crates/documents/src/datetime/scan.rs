//! The hand parser: one cell in a known format to a moment, or to what a clock on the wall shows.

use kernel::time::{DAY_MS, HOUR_MS, MINUTE_MS};

use super::{DateTimeFault, DateTimeFormat};

/// Days from 1899-12-30, where serial numbers start, to 1970-01-01.
pub(super) const SERIAL_EPOCH_DAYS: f64 = 25_569.0;
/// Serial numbers that are taken for dates, 1900-03-01 to 9999-12-31. Earlier ones are off by a day in some programs.
const SERIAL_RANGE: std::ops::Range<f64> = 61.0..2_958_466.0;

/// What a cell says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stamp {
    /// Milliseconds since 1970 in UTC.
    Moment(i64),
    /// What a clock on the wall shows, counted in milliseconds as if it were UTC.
    Local(i64),
}

impl Stamp {
    pub(super) const fn days(self) -> i64 {
        match self {
            Self::Moment(millis) | Self::Local(millis) => millis.div_euclid(DAY_MS),
        }
    }
}

pub(super) fn parse(text: &[u8], format: DateTimeFormat) -> Result<Stamp, DateTimeFault> {
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
        text.get(range)
            .map_or(0, |digits| digits.iter().fold(0, |value, digit| value * 10 + i64::from(digit - b'0')))
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
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_precision_loss,
        reason = "within the range just checked"
    )]
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
    let mut afternoon =
        if cursor.skip("上午") { Some(false) } else { cursor.skip("下午").then_some(true) };
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
        Some((0..3).fold(0, |value, place| {
            value * 10 + digits.get(place).map_or(0, |digit| i64::from(digit - b'0'))
        }))
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
