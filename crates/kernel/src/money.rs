//! Money in whole fen: exact, checked, never a floating-point number.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use crate::decimal::{self, NumberError};

/// Fen in a yuan.
pub const FEN_PER_YUAN: i64 = 100;
/// Fen in 万元, ten thousand yuan.
pub const FEN_PER_WAN_YUAN: i64 = 10_000 * FEN_PER_YUAN;
/// Fen in 亿元, a hundred million yuan.
pub const FEN_PER_YI_YUAN: i64 = 100_000_000 * FEN_PER_YUAN;

/// An amount of money in fen, 1/100 yuan. Text is yuan with two decimals: `-1234.50`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Fen(pub i64);

impl Fen {
    /// Nothing.
    pub const ZERO: Self = Self(0);

    /// The number of fen.
    #[must_use]
    pub const fn fen(self) -> i64 {
        self.0
    }

    /// The sum of two.
    ///
    /// # Errors
    /// [`NumberError::Range`] when it does not fit.
    pub fn checked_add(self, other: Self) -> Result<Self, NumberError> {
        self.0.checked_add(other.0).map(Self).ok_or(NumberError::Range)
    }

    /// The difference of two.
    ///
    /// # Errors
    /// [`NumberError::Range`] when it does not fit.
    pub fn checked_sub(self, other: Self) -> Result<Self, NumberError> {
        self.0.checked_sub(other.0).map(Self).ok_or(NumberError::Range)
    }

    /// The sum of many; only the result has to fit.
    ///
    /// # Errors
    /// [`NumberError::Range`] when it does not fit.
    pub fn sum(amounts: impl IntoIterator<Item = Self>) -> Result<Self, NumberError> {
        decimal::sum(amounts.into_iter().map(Self::fen)).map(Self)
    }
}

impl fmt::Display for Fen {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let fen = self.0.unsigned_abs();
        let per_yuan = FEN_PER_YUAN.unsigned_abs();
        write!(formatter, "{sign}{}.{:02}", fen / per_yuan, fen % per_yuan)
    }
}

impl FromStr for Fen {
    type Err = NumberError;

    /// Reads `12.34`, `1,234.5`, `¥12`, `12.34元`, `1.2万元`, `0.35亿元` (`万`, `亿` alone as well). The amount must be a
    /// whole number of fen.
    fn from_str(text: &str) -> Result<Self, NumberError> {
        const UNITS: [(&str, i64); 5] = [
            ("万元", FEN_PER_WAN_YUAN),
            ("亿元", FEN_PER_YI_YUAN),
            ("万", FEN_PER_WAN_YUAN),
            ("亿", FEN_PER_YI_YUAN),
            ("元", FEN_PER_YUAN),
        ];
        let text = text.trim();
        let number = text.strip_prefix(['¥', '￥']).unwrap_or(text);
        let found = UNITS.iter().find_map(|(word, fen)| Some((number.strip_suffix(word)?, *fen)));
        let (number, scale) = found.unwrap_or((number, FEN_PER_YUAN));
        decimal::parse_scaled(number, scale).map(Self)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(text: &str) -> Result<i64, NumberError> {
        text.parse().map(Fen::fen)
    }

    #[test]
    fn reads_what_people_write() {
        assert_eq!(read("12.34"), Ok(1_234));
        assert_eq!(read("12.3"), Ok(1_230));
        assert_eq!(read("12"), Ok(1_200));
        assert_eq!(read("-0.05"), Ok(-5));
        assert_eq!(read("+7"), Ok(700));
        assert_eq!(read("1,234,567.89"), Ok(123_456_789));
        assert_eq!(read("１，２３４．５"), Ok(123_450));
        assert_eq!(read("¥12.30"), Ok(1_230));
        assert_eq!(read("12.34元"), Ok(1_234));
        assert_eq!(read("1.234567万元"), Ok(1_234_567));
        assert_eq!(read("0.35 亿元"), Ok(3_500_000_000));
        assert_eq!(read("3亿"), Ok(30_000_000_000));
        assert_eq!(read("12.3400"), Ok(1_234));
        assert_eq!(read("-92233720368547758.08"), Ok(i64::MIN));
    }

    #[test]
    fn refuses_the_rest() {
        for text in [
            "", "-", ".5", "5.", "1.2.3", "12a", "1,23", "1234,567", ",123", "1,,234", "1.2,3", "--1", "元",
            "五元",
        ] {
            assert_eq!(read(text), Err(NumberError::Malformed), "{text}");
        }
        assert_eq!(read("12.345"), Err(NumberError::Decimals));
        assert_eq!(read("1.2345678万元"), Err(NumberError::Decimals));
        assert_eq!(read("92233720368547758.08"), Err(NumberError::Range));
        assert_eq!(read("99999999999亿元"), Err(NumberError::Range));
        assert_eq!(read(&"1".repeat(65)), Err(NumberError::Malformed));
    }

    #[test]
    fn sums_are_checked() {
        let most = Fen(i64::MAX);
        assert_eq!(most.checked_add(Fen(1)), Err(NumberError::Range));
        assert_eq!(Fen(i64::MIN).checked_sub(Fen(1)), Err(NumberError::Range));
        assert_eq!(Fen::sum([most, most, Fen(-i64::MAX), Fen(-i64::MAX), Fen(7)]), Ok(Fen(7)));
        assert_eq!(Fen::sum([most, Fen(1)]), Err(NumberError::Range));
        assert_eq!(Fen::sum([]), Ok(Fen::ZERO));
    }

    proptest! {
        #[test]
        fn text_round_trips(fen: i64) {
            prop_assert_eq!(Fen(fen).to_string().parse::<Fen>(), Ok(Fen(fen)));
        }

        #[test]
        fn any_text_gets_an_answer(text in "\\PC{0,20}") {
            let _ = text.parse::<Fen>();
        }

        #[test]
        fn subtraction_undoes_addition(one in -1_000_000_000_000_i64..1_000_000_000_000, other in -1_000_000_000_000_i64..1_000_000_000_000) {
            let sum = Fen(one).checked_add(Fen(other)).unwrap();
            prop_assert_eq!(sum.checked_sub(Fen(other)), Ok(Fen(one)));
        }
    }
}
