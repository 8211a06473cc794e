//! Administrative codes: GB/T 2260 (county, 6 digits), GB/T 10114 (street or town, 9), community or village (12) and the unit
//! grid's identifier (15 digits, GB/T 47678.3-2026).

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use crate::error::{Coded, ErrorKind};

/// A code that is not a code.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CodeError {
    /// Not the number of digits that this kind of code has.
    #[error("code_digits")]
    Digits {
        /// How many digits there should be.
        expected: usize,
    },
}

impl Coded for CodeError {
    fn code(&self) -> &'static str {
        "code_digits"
    }

    fn kind(&self) -> ErrorKind {
        ErrorKind::Malformed
    }
}

/// The six-digit code of a city or county (GB/T 2260): the first column of every key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct CityCode(u32);

impl CityCode {
    /// From the number; 100000 to 999999.
    ///
    /// # Errors
    /// [`CodeError::Digits`] outside that range.
    pub fn new(number: u32) -> Result<Self, CodeError> {
        if (100_000..=999_999).contains(&number) {
            Ok(Self(number))
        } else {
            Err(CodeError::Digits { expected: 6 })
        }
    }

    /// As it is stored.
    #[must_use]
    pub fn number(self) -> i64 {
        i64::from(self.0)
    }
}

impl fmt::Display for CityCode {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:06}", self.0)
    }
}

impl FromStr for CityCode {
    type Err = CodeError;

    fn from_str(text: &str) -> Result<Self, CodeError> {
        if text.len() != 6 || !text.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(CodeError::Digits { expected: 6 });
        }
        text.parse().map_err(|_| CodeError::Digits { expected: 6 }).and_then(Self::new)
    }
}

impl TryFrom<String> for CityCode {
    type Error = CodeError;

    fn try_from(text: String) -> Result<Self, CodeError> {
        text.parse()
    }
}

impl From<CityCode> for String {
    fn from(code: CityCode) -> Self {
        code.to_string()
    }
}

/// Checks that a text is a code of so many digits (9 street or town, 12 community or village, 15 unit grid).
///
/// # Errors
/// [`CodeError::Digits`] when it is not.
pub fn check_digits(text: &str, expected: usize) -> Result<(), CodeError> {
    if text.len() == expected && text.bytes().all(|byte| byte.is_ascii_digit()) {
        Ok(())
    } else {
        Err(CodeError::Digits { expected })
    }
}
