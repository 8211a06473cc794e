//! Days of the year on which a condition holds, the same every year.

use std::{fmt, str::FromStr};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::dictionary::fold;

/// From a day of the year to another, both included; where the first is later, over the new year
/// (`11-01~03-15`). 29 February may be named; in other years it is simply no day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct SeasonSpan {
    from: (i8, i8),
    to: (i8, i8),
}

impl SeasonSpan {
    /// A span of (month, day) to (month, day); `None` where one is no day of a leap year.
    #[must_use]
    pub fn new(from: (i8, i8), to: (i8, i8)) -> Option<Self> {
        let exists = |(month, day): (i8, i8)| Date::new(2024, month, day).is_ok();
        (exists(from) && exists(to)).then_some(Self { from, to })
    }

    /// Whether a day lies in the span.
    #[must_use]
    pub fn contains(self, day: Date) -> bool {
        let day = (day.month(), day.day());
        if self.from <= self.to {
            self.from <= day && day <= self.to
        } else {
            self.from <= day || day <= self.to
        }
    }
}

impl fmt::Display for SeasonSpan {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:02}-{:02}~{:02}-{:02}", self.from.0, self.from.1, self.to.0, self.to.1)
    }
}

/// The text is no span of days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a season such as 05-01~10-31")]
pub struct SeasonMalformed;

impl FromStr for SeasonSpan {
    type Err = SeasonMalformed;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let folded = fold(text);
        let (from, to) = folded.split_once('~').or_else(|| folded.split_once('至')).ok_or(SeasonMalformed)?;
        let day = |text: &str| -> Option<(i8, i8)> {
            let (month, day) = text.split_once(['-', '.', '/', '月'])?;
            Some((month.parse().ok()?, day.trim_end_matches('日').parse().ok()?))
        };
        day(from).zip(day(to)).and_then(|(from, to)| Self::new(from, to)).ok_or(SeasonMalformed)
    }
}

impl TryFrom<String> for SeasonSpan {
    type Error = SeasonMalformed;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<SeasonSpan> for String {
    fn from(season: SeasonSpan) -> Self {
        season.to_string()
    }
}
