//! Rates: interest, shares, proportions; exact, in millionths.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use crate::decimal::{self, NumberError};

/// Millionths in one percent.
pub const MILLIONTHS_PER_PERCENT: i64 = 10_000;
/// Millionths in the whole.
pub const MILLIONTHS: i64 = 1_000_000;

/// A proportion in millionths: 5.9 % is 59,000. Text is percent: `5.9`, `5.9%`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Rate(pub i64);

impl Rate {
    /// The part of a whole, rounded half away from zero to a millionth; none of nothing.
    #[must_use]
    pub fn of(part: i64, whole: i64) -> Option<Self> {
        if whole == 0 {
            return None;
        }
        let (part, whole) = (i128::from(part) * i128::from(MILLIONTHS), i128::from(whole));
        let doubled = part.abs() * 2 + whole.abs();
        let rounded = doubled / (2 * whole.abs());
        let signed = if (part < 0) == (whole < 0) { rounded } else { -rounded };
        i64::try_from(signed).ok().map(Self)
    }

    /// Percent with so many decimals (at most 4), rounded half away from zero; without the sign `%`.
    #[must_use]
    pub fn percent(self, decimals: u32) -> String {
        let decimals = decimals.min(4);
        let step = 10_u64.pow(4 - decimals);
        let scaled = (self.0.unsigned_abs() + step / 2) / step;
        let power = 10_u64.pow(decimals);
        let sign = if self.0 < 0 && scaled > 0 { "-" } else { "" };
        let width = usize::try_from(decimals).unwrap_or(0);
        match decimals {
            0 => format!("{sign}{scaled}"),
            _ => format!("{sign}{}.{:0width$}", scaled / power, scaled % power),
        }
    }
}

impl fmt::Display for Rate {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = self.percent(4);
        formatter.write_str(text.trim_end_matches('0').trim_end_matches('.'))
    }
}

impl FromStr for Rate {
    type Err = NumberError;

    fn from_str(text: &str) -> Result<Self, NumberError> {
        let text = text.trim();
        let number = text.strip_suffix('%').or_else(|| text.strip_suffix('％')).unwrap_or(text);
        decimal::parse_scaled(number, MILLIONTHS_PER_PERCENT).map(Self)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn percents_are_read_and_written() {
        for (text, millionths, written) in [
            ("5.9", 59_000, "5.9"),
            ("5.9%", 59_000, "5.9"),
            ("100％", 1_000_000, "100"),
            ("-0.0001", -1, "-0.0001"),
        ] {
            let rate: Rate = text.parse().unwrap();
            assert_eq!((rate.0, rate.to_string()), (millionths, written.to_owned()), "{text}");
        }
        assert_eq!("5.90001".parse::<Rate>(), Err(NumberError::Decimals));
        assert_eq!("five".parse::<Rate>(), Err(NumberError::Malformed));
        assert_eq!(Rate::of(1, 3).map(|rate| rate.percent(2)), Some("33.33".to_owned()));
        assert_eq!(Rate::of(-2, 3).map(|rate| rate.percent(2)), Some("-66.67".to_owned()));
        assert_eq!(Rate::of(1, 0), None);
    }

    proptest! {
        #[test]
        fn a_rate_round_trips(millionths in -10_000_000_i64..10_000_000) {
            prop_assert_eq!(Rate(millionths).to_string().parse(), Ok(Rate(millionths)));
        }
    }
}
