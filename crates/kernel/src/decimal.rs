//! Decimal numbers as people write them, exactly: shared by money and area.

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
