//! Decimal numbers as people write them, exactly: shared by money and area.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use crate::error::{Coded, ErrorKind};

/// Longest text that is read as a number, bytes.
pub const NUMBER_BYTES_MAX: usize = 64;

/// A text or sum that is no amount.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NumberError {
    /// Not a number, or thousands separators in the wrong places.
    #[error("number_malformed")]
    Malformed,
    /// More decimals than the unit can hold exactly.
    #[error("number_decimals")]
    Decimals,
    /// Larger than the unit can hold.
    #[error("number_range")]
    Range,
}

impl Coded for NumberError {
    fn code(&self) -> &'static str {
        match self {
            Self::Malformed => "number_malformed",
            Self::Decimals => "number_decimals",
            Self::Range => "number_range",
        }
    }

    fn kind(&self) -> ErrorKind {
        ErrorKind::Invalid
    }
}

/// Reads a decimal number and gives it in units of which `scale` make one: `1.5` with scale 100 is 150.
///
/// Optional sign; thousands separators (`,` or `，`) in groups of three; full-width digits are read as ASCII.
///
/// # Errors
/// [`NumberError`]; `Decimals` when the number is no whole count of units.
pub(crate) fn parse_scaled(text: &str, scale: i64) -> Result<i64, NumberError> {
    if text.len() > NUMBER_BYTES_MAX {
        return Err(NumberError::Malformed);
    }
    let text: String = text.trim().chars().map(crate::text::fold_width).collect();
    let (negative, text) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(&text)),
    };
    let (whole, fraction) = match text.split_once('.') {
        Some((whole, fraction)) if !fraction.is_empty() => (whole, fraction),
        Some(_) => return Err(NumberError::Malformed),
        None => (text, ""),
    };
    let mut groups = whole.split(',');
    let first = groups.next().unwrap_or("");
    let grouped = whole.contains(',');
    if first.is_empty() || grouped && first.len() > 3 || groups.any(|group| group.len() != 3) {
        return Err(NumberError::Malformed);
    }
    let fraction = fraction.trim_end_matches('0');
    let digits: String = whole.chars().filter(|c| *c != ',').chain(fraction.chars()).collect();
    if digits.bytes().any(|byte| !byte.is_ascii_digit()) {
        return Err(NumberError::Malformed);
    }
    let number: i128 = digits.parse().map_err(|_| NumberError::Range)?;
    let decimals = u32::try_from(fraction.len()).map_err(|_| NumberError::Decimals)?;
    let divisor = 10_i128.checked_pow(decimals).ok_or(NumberError::Decimals)?;
    let scaled = number.checked_mul(i128::from(scale)).ok_or(NumberError::Range)?;
    if scaled % divisor != 0 {
        return Err(NumberError::Decimals);
    }
    let units = scaled / divisor;
    i64::try_from(if negative { -units } else { units }).map_err(|_| NumberError::Range)
}

/// Adds up in 128 bits, so that only the result has to fit.
pub(crate) fn sum(units: impl Iterator<Item = i64>) -> Result<i64, NumberError> {
    i64::try_from(units.map(i128::from).sum::<i128>()).map_err(|_| NumberError::Range)
}

/// A quantity with `D` decimals, kept as a whole number of its last place: 12.5 with three decimals is 12,500. The unit stands beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Decimal<const D: u32>(pub i64);

impl<const D: u32> Decimal<D> {
    /// Units of the last place in one.
    pub const SCALE: i64 = 10_i64.pow(D);
}

/// A whole number of the last of so many decimals, as people write it: 12,500 with three is `12.5`.
#[must_use]
pub fn scaled_text(units: i64, decimals: u32) -> String {
    let scale = 10_u64.checked_pow(decimals).unwrap_or(1);
    let (whole, fraction) = (units.unsigned_abs() / scale, units.unsigned_abs() % scale);
    let sign = if units < 0 { "-" } else { "" };
    if fraction == 0 {
        return format!("{sign}{whole}");
    }
    let width = usize::try_from(decimals).unwrap_or(0);
    format!("{sign}{whole}.{fraction:0width$}").trim_end_matches('0').to_owned()
}

/// Reads what [`scaled_text`] writes.
///
/// # Errors
/// [`NumberError`]; `Decimals` where there are more than so many.
pub fn parse_decimals(text: &str, decimals: u32) -> Result<i64, NumberError> {
    let scale = 10_i64.checked_pow(decimals).ok_or(NumberError::Range)?;
    parse_scaled(text, scale)
}

impl<const D: u32> fmt::Display for Decimal<D> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&scaled_text(self.0, D))
    }
}

impl<const D: u32> FromStr for Decimal<D> {
    type Err = NumberError;

    fn from_str(text: &str) -> Result<Self, NumberError> {
        parse_decimals(text, D).map(Self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantities_are_read_and_written_exactly() {
        for (text, units, written) in
            [("12.5", 12_500, "12.5"), ("-0.001", -1, "-0.001"), ("1,000", 1_000_000, "1000")]
        {
            let quantity: Decimal<3> = text.parse().unwrap();
            assert_eq!((quantity.0, quantity.to_string()), (units, written.to_owned()));
        }
        assert_eq!("0.0001".parse::<Decimal<3>>(), Err(NumberError::Decimals));
        assert_eq!(scaled_text(7, 0), "7");
    }
}
