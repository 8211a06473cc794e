//! Points in time. A calendar day is the city's own and needs its time zone; a [`Moment`] does not.

use std::ops::{Add, Sub};

use jiff::{Timestamp, civil::Date, tz::TimeZone};
use serde::{Deserialize, Serialize};

/// Milliseconds in a minute.
pub const MINUTE_MS: i64 = 60_000;
/// Milliseconds in an hour.
pub const HOUR_MS: i64 = 60 * MINUTE_MS;
/// Milliseconds in a day of 24 hours.
pub const DAY_MS: i64 = 24 * HOUR_MS;

/// A point in time: milliseconds since 1970-01-01T00:00:00Z.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Moment(pub i64);

impl Moment {
    /// The milliseconds.
    #[must_use]
    pub const fn millis(self) -> i64 {
        self.0
    }

    /// As a timestamp of the time library; moments outside its range are clipped to it.
    #[must_use]
    pub fn timestamp(self) -> Timestamp {
        Timestamp::from_millisecond(self.0).unwrap_or(if self.0 < 0 {
            Timestamp::MIN
        } else {
            Timestamp::MAX
        })
    }

    /// The calendar day in a time zone.
    #[must_use]
    pub fn date(self, zone: &TimeZone) -> Date {
        self.timestamp().to_zoned_datetime(zone.clone()).date()
    }

    /// The first moment of a calendar day in a time zone; where the clocks skip midnight, the moment after the gap.
    #[must_use]
    pub fn of_day(day: Date, zone: &TimeZone) -> Self {
        let midnight = day.to_datetime(jiff::civil::Time::midnight());
        zone.to_ambiguous_timestamp(midnight).compatible().map_or(Self(0), Self::from)
    }

    /// ISO 8601 with the zone's offset, to the second, e.g. `2016-03-01T09:00:00+08:00`.
    #[must_use]
    pub fn iso(self, zone: &TimeZone) -> String {
        let zoned = self.timestamp().to_zoned_datetime(zone.clone());
        let offset = zoned.offset().seconds();
        let sign = if offset < 0 { '-' } else { '+' };
        let minutes = offset.abs() / 60;
        format!(
            "{}{sign}{:02}:{:02}",
            zoned.datetime().strftime("%Y-%m-%dT%H:%M:%S"),
            minutes / 60,
            minutes % 60
        )
    }

    /// Reads an ISO 8601 instant; the offset or `Z` is required.
    ///
    /// # Errors
    /// The time library's error when the text is no instant.
    pub fn parse_iso(text: &str) -> Result<Self, jiff::Error> {
        text.parse::<Timestamp>().map(Self::from)
    }
}

impl From<Timestamp> for Moment {
    fn from(timestamp: Timestamp) -> Self {
        Self(timestamp.as_millisecond())
    }
}

impl Add<i64> for Moment {
    type Output = Self;

    fn add(self, millis: i64) -> Self {
        Self(self.0.saturating_add(millis))
    }
}

impl Sub for Moment {
    type Output = i64;

    fn sub(self, other: Self) -> i64 {
        self.0.saturating_sub(other.0)
    }
}
