//! Periods that figures are asked for and rows belong to: a day, a month, a quarter, a half-year, a year, or any span of days.

use std::{fmt, str::FromStr};

use jiff::{Span, civil::Date, tz::TimeZone};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::{
    error::{Coded, ErrorKind},
    time::Moment,
};

/// Longest text that is read as a period, bytes.
const PERIOD_BYTES_MAX: usize = 24;

/// A period of whole days of a city's own calendar.
///
/// Written `2016`, `2016-H1`, `2016-Q3`, `2016-03`, `2016-03-05`, or as a span of days, both included: `2016-01-15/2016-03-20` (ISO 8601).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Period {
    first: Date,
    last: Date,
    unit: Unit,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Unit {
    Year,
    Half,
    Quarter,
    Month,
    Day,
    Span,
}

/// A text that is no period.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("period_malformed")]
pub struct PeriodError;

impl Coded for PeriodError {
    fn code(&self) -> &'static str {
        "period_malformed"
    }

    fn kind(&self) -> ErrorKind {
        ErrorKind::Invalid
    }
}

impl Unit {
    /// Months of one; none for those that are counted in days.
    const fn months(self) -> Option<i8> {
        match self {
            Self::Year => Some(12),
            Self::Half => Some(6),
            Self::Quarter => Some(3),
            Self::Month => Some(1),
            Self::Day | Self::Span => None,
        }
    }
}

impl Period {
    /// One of so many months, by its number within the year from 0.
    fn of_months(year: i16, number: i8, unit: Unit) -> Result<Self, PeriodError> {
        let months = unit.months().ok_or(PeriodError)?;
        let first = Date::new(year, number * months + 1, 1).map_err(|_| PeriodError)?;
        Self::months_from(first, months, unit)
    }

    fn months_from(first: Date, months: i8, unit: Unit) -> Result<Self, PeriodError> {
        let next = first.checked_add(Span::new().months(months)).map_err(|_| PeriodError)?;
        Ok(Self { first, last: next.yesterday().map_err(|_| PeriodError)?, unit })
    }

    /// A span of days, both included.
    ///
    /// # Errors
    /// [`PeriodError`] where it ends before it begins.
    pub fn of_days(first: Date, last: Date) -> Result<Self, PeriodError> {
        match first.cmp(&last) {
            std::cmp::Ordering::Less => Ok(Self { first, last, unit: Unit::Span }),
            std::cmp::Ordering::Equal => Ok(Self { first, last, unit: Unit::Day }),
            std::cmp::Ordering::Greater => Err(PeriodError),
        }
    }

    /// The first day.
    #[must_use]
    pub const fn first(&self) -> Date {
        self.first
    }

    /// The last day, which belongs to it.
    #[must_use]
    pub const fn last(&self) -> Date {
        self.last
    }

    /// Whether a day belongs to it.
    #[must_use]
    pub fn contains(&self, day: Date) -> bool {
        self.first <= day && day <= self.last
    }

    /// From when and until when it lasts in a city's zone; the end does not belong to it.
    #[must_use]
    pub fn moments(&self, zone: &TimeZone) -> (Moment, Moment) {
        let end = self.last.tomorrow().map_or(Moment(i64::MAX), |day| Moment::of_day(day, zone));
        (Moment::of_day(self.first, zone), end)
    }

    /// The period of the same length just before it (环比).
    ///
    /// # Errors
    /// [`PeriodError`] before the first day that a calendar knows.
    pub fn previous(&self) -> Result<Self, PeriodError> {
        let back = |span: Span| self.first.checked_sub(span).map_err(|_| PeriodError);
        match self.unit.months() {
            Some(months) => Self::months_from(back(Span::new().months(months))?, months, self.unit),
            None => {
                let days = self.first.until(self.last).map_err(|_| PeriodError)?.get_days() + 1;
                Self::of_days(back(Span::new().days(days))?, back(Span::new().days(1))?)
            }
        }
    }

    /// The same period a year before (同比); the 29th of February becomes the 28th.
    ///
    /// # Errors
    /// [`PeriodError`] before the first day that a calendar knows.
    pub fn year_before(&self) -> Result<Self, PeriodError> {
        let back = |day: Date| day.checked_sub(Span::new().years(1)).map_err(|_| PeriodError);
        match self.unit.months() {
            Some(months) => Self::months_from(back(self.first)?, months, self.unit),
            None => Self::of_days(back(self.first)?, back(self.last)?),
        }
    }

    /// The years, half-years, quarters and months that lie within it, itself among them where it is one.
    #[must_use]
    pub fn parts(&self) -> Vec<Self> {
        let mut parts = Vec::new();
        for year in self.first.year()..=self.last.year() {
            for (unit, in_a_year) in [(Unit::Year, 1), (Unit::Half, 2), (Unit::Quarter, 4), (Unit::Month, 12)]
            {
                let all = (0..in_a_year).filter_map(|number| Self::of_months(year, number, unit).ok());
                parts.extend(all.filter(|part| self.first <= part.first && part.last <= self.last));
            }
        }
        parts
    }

    /// The month that a day lies in.
    ///
    /// # Errors
    /// [`PeriodError`] for the last month that a calendar knows.
    pub fn month_of(day: Date) -> Result<Self, PeriodError> {
        Self::of_months(day.year(), day.month() - 1, Unit::Month)
    }
}

impl fmt::Display for Period {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month) = (self.first.year(), self.first.month());
        match self.unit {
            Unit::Year => write!(formatter, "{year:04}"),
            Unit::Half => write!(formatter, "{year:04}-H{}", (month - 1) / 6 + 1),
            Unit::Quarter => write!(formatter, "{year:04}-Q{}", (month - 1) / 3 + 1),
            Unit::Month => write!(formatter, "{year:04}-{month:02}"),
            Unit::Day => write!(formatter, "{}", self.first),
            Unit::Span => write!(formatter, "{}/{}", self.first, self.last),
        }
    }
}

impl FromStr for Period {
    type Err = PeriodError;

    fn from_str(text: &str) -> Result<Self, PeriodError> {
        if text.len() > PERIOD_BYTES_MAX || !text.is_ascii() {
            return Err(PeriodError);
        }
        if let Some((first, last)) = text.split_once('/') {
            let period = Self::of_days(day(first)?, day(last)?)?;
            // One day has one way to be written.
            return if period.unit == Unit::Span { Ok(period) } else { Err(PeriodError) };
        }
        let (year, rest) = text.split_at_checked(4).ok_or(PeriodError)?;
        let year = i16::from(whole(year)?);
        let of = |number: Result<Whole, PeriodError>, most: i8, unit| {
            let number = i8::try_from(number?.0).map_err(|_| PeriodError)?;
            if (1..=most).contains(&number) {
                Self::of_months(year, number - 1, unit)
            } else {
                Err(PeriodError)
            }
        };
        match rest.as_bytes() {
            [] => Self::of_months(year, 0, Unit::Year),
            [b'-', b'H', _] => of(whole(&rest[2..]), 2, Unit::Half),
            [b'-', b'Q', _] => of(whole(&rest[2..]), 4, Unit::Quarter),
            [b'-', _, _] => of(whole(&rest[1..]), 12, Unit::Month),
            _ => {
                let day = day(text)?;
                Self::of_days(day, day)
            }
        }
    }
}

/// Digits and nothing else.
struct Whole(i16);

impl From<Whole> for i16 {
    fn from(number: Whole) -> Self {
        number.0
    }
}

fn whole(digits: &str) -> Result<Whole, PeriodError> {
    if digits.bytes().all(|byte| byte.is_ascii_digit()) {
        digits.parse().map(Whole).map_err(|_| PeriodError)
    } else {
        Err(PeriodError)
    }
}

/// `2016-03-05`.
fn day(text: &str) -> Result<Date, PeriodError> {
    let plain = text.len() == 10 && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    if plain { text.parse().map_err(|_| PeriodError) } else { Err(PeriodError) }
}

impl Serialize for Period {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Period {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    fn period(text: &str) -> Period {
        text.parse().unwrap()
    }

    #[test]
    fn each_is_written_as_it_is_read_and_lasts_its_days() {
        for (text, first, last) in [
            ("2016", date(2016, 1, 1), date(2016, 12, 31)),
            ("2016-H1", date(2016, 1, 1), date(2016, 6, 30)),
            ("2016-H2", date(2016, 7, 1), date(2016, 12, 31)),
            ("2016-Q1", date(2016, 1, 1), date(2016, 3, 31)),
            ("2016-Q4", date(2016, 10, 1), date(2016, 12, 31)),
            ("2016-02", date(2016, 2, 1), date(2016, 2, 29)),
            ("2016-02-29", date(2016, 2, 29), date(2016, 2, 29)),
            ("2016-01-15/2016-03-20", date(2016, 1, 15), date(2016, 3, 20)),
        ] {
            let read = period(text);
            assert_eq!((read.to_string().as_str(), read.first(), read.last()), (text, first, last));
            assert!(read.contains(first) && read.contains(last));
            assert!(!read.contains(first.yesterday().unwrap()) && !read.contains(last.tomorrow().unwrap()));
        }
    }

    #[test]
    fn nothing_else_is_a_period() {
        for text in [
            "",
            "16",
            "2016-",
            "2016-H3",
            "2016-H0",
            "2016-Q5",
            "2016-13",
            "2016-00",
            "2015-02-29",
            "2016-1-1",
            "2016/2017",
            "2016-03-05/2016-03-05",
            "2016-03-05/2016-03-04",
            "２０１６",
            "2016-h1",
            "+016",
            "2016-+1",
            "2016-03-05T00:00",
        ] {
            assert_eq!(text.parse::<Period>(), Err(PeriodError), "{text:?}");
        }
    }

    #[test]
    fn comparisons_go_back_by_the_same_length() {
        for (text, previous, year_before) in [
            ("2016", "2015", "2015"),
            ("2016-H1", "2015-H2", "2015-H1"),
            ("2016-Q1", "2015-Q4", "2015-Q1"),
            ("2016-03", "2016-02", "2015-03"),
            ("2016-01-01", "2015-12-31", "2015-01-01"),
            ("2016-02-29", "2016-02-28", "2015-02-28"),
            ("2016-01-11/2016-01-20", "2016-01-01/2016-01-10", "2015-01-11/2015-01-20"),
        ] {
            assert_eq!(period(text).previous().unwrap(), period(previous), "before {text}");
            assert_eq!(period(text).year_before().unwrap(), period(year_before), "a year before {text}");
        }
    }

    #[test]
    fn moments_are_those_of_the_citys_own_days() {
        let zone = TimeZone::get("Asia/Shanghai").unwrap();
        let (from, until) = period("2016-H1").moments(&zone);
        assert_eq!(from, Moment::parse_iso("2016-01-01T00:00:00+08:00").unwrap());
        assert_eq!(until, Moment::parse_iso("2016-07-01T00:00:00+08:00").unwrap());
    }

    proptest! {
        #[test]
        fn the_previous_ends_the_day_before(year in 1900_i16..2200, month in 1_i8..=12, unit in 0..4) {
            let text = match unit {
                0 => format!("{year}"),
                1 => format!("{year}-H{}", (month - 1) / 6 + 1),
                2 => format!("{year}-Q{}", (month - 1) / 3 + 1),
                _ => format!("{year}-{month:02}"),
            };
            let read = period(&text);
            prop_assert_eq!(read.previous().unwrap().last().tomorrow().unwrap(), read.first());
            prop_assert_eq!(serde_json::from_str::<Period>(&serde_json::to_string(&read).unwrap()).unwrap(), read);
        }

        #[test]
        fn no_text_panics(text in "\\PC{0,26}") {
            let _ = text.parse::<Period>();
        }
    }
}
