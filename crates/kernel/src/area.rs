//! Areas in a whole unit in which square metres, mu and hectares are all exact: 1/30 000 m². Then 1 ha = 15 mu without
//! a remainder, and amounts with four decimals in m² or mu and eight in ha are whole numbers.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::decimal::{self, NumberError};

/// Units in a square metre.
pub const UNITS_PER_SQUARE_METRE: i64 = 30_000;
/// Most decimals that [`Area::text`] writes.
pub const DECIMALS_MAX: u32 = 8;

/// What an area is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AreaUnit {
    /// 平方米.
    SquareMetre,
    /// 亩: 1/15 hectare.
    Mu,
    /// 公顷: 10 000 m².
    Hectare,
}

impl AreaUnit {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::SquareMetre, Self::Mu, Self::Hectare];

    /// Smallest units in one.
    #[must_use]
    pub const fn units(self) -> i64 {
        match self {
            Self::SquareMetre => UNITS_PER_SQUARE_METRE,
            Self::Mu => 20_000_000,
            Self::Hectare => 10_000 * UNITS_PER_SQUARE_METRE,
        }
    }
}

/// An area in 1/30 000 m²; differences may be negative. Largest about 3.07 · 10¹⁰ ha.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Area(i64);

impl Area {
    /// None.
    pub const ZERO: Self = Self(0);

    /// From the stored number, 1/30 000 m².
    #[must_use]
    pub const fn from_units(units: i64) -> Self {
        Self(units)
    }

    /// The number to store, 1/30 000 m².
    #[must_use]
    pub const fn units(self) -> i64 {
        self.0
    }

    /// A measured area, rounded to the nearest unit.
    ///
    /// # Errors
    /// [`NumberError::Range`] when it is not finite or does not fit.
    pub fn from_square_metres(square_metres: f64) -> Result<Self, NumberError> {
        // 2^53 units are 300 000 km²: up to there each unit has its own floating-point number.
        const EXACT_MAX: f64 = 9_007_199_254_740_992.0;
        let units = (square_metres * 30_000.0).round();
        if units.is_finite() && units.abs() <= EXACT_MAX {
            Ok(Self(units as i64))
        } else {
            Err(NumberError::Range)
        }
    }

    /// For geometry and display only.
    #[must_use]
    pub fn square_metres(self) -> f64 {
        self.0 as f64 / 30_000.0
    }

    /// Reads a decimal number of that unit, e.g. `1,234.5`.
    ///
    /// # Errors
    /// [`NumberError`]; `Decimals` when it is not a whole number of 1/30 000 m².
    pub fn parse(text: &str, unit: AreaUnit) -> Result<Self, NumberError> {
        decimal::parse_scaled(text, unit.units()).map(Self)
    }

    /// A decimal number of that unit, rounded half away from zero to so many decimals (at most [`DECIMALS_MAX`]).
    #[must_use]
    pub fn text(self, unit: AreaUnit, decimals: u32) -> String {
        let decimals = decimals.min(DECIMALS_MAX);
        let power = 10_u128.pow(decimals);
        let divisor = u128::from(unit.units().unsigned_abs());
        let scaled = (u128::from(self.0.unsigned_abs()) * power * 2 + divisor) / (2 * divisor);
        let sign = if self.0 < 0 && scaled > 0 { "-" } else { "" };
        let (whole, fraction) = (scaled / power, scaled % power);
        if decimals == 0 {
            return format!("{sign}{whole}");
        }
        let width = usize::try_from(decimals).unwrap_or(0);
        format!("{sign}{whole}.{fraction:0width$}")
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
    pub fn sum(areas: impl IntoIterator<Item = Self>) -> Result<Self, NumberError> {
        decimal::sum(areas.into_iter().map(Self::units)).map(Self)
    }
}

impl fmt::Display for Area {
    /// Square metres with four decimals.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.text(AreaUnit::SquareMetre, 4))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_hectare_is_fifteen_mu_and_ten_thousand_square_metres() {
        let hectare = Area::parse("1", AreaUnit::Hectare).unwrap();
        assert_eq!(hectare, Area::parse("15", AreaUnit::Mu).unwrap());
        assert_eq!(hectare, Area::parse("10,000", AreaUnit::SquareMetre).unwrap());
        assert_eq!(hectare, Area::sum([Area::parse("1", AreaUnit::Mu).unwrap(); 15]).unwrap());
        assert_eq!(Area::parse("1", AreaUnit::Mu).unwrap().to_string(), "666.6667");
    }

    #[test]
    fn rounds_half_away_from_zero() {
        let half = Area::from_units(15_000);
        assert_eq!(half.text(AreaUnit::SquareMetre, 0), "1");
        assert_eq!(Area::from_units(-15_000).text(AreaUnit::SquareMetre, 0), "-1");
        assert_eq!(Area::from_units(-1).text(AreaUnit::SquareMetre, 2), "0.00");
        assert_eq!(Area::from_units(-1).text(AreaUnit::Hectare, 99), "0.00000000");
    }

    #[test]
    fn refuses_what_does_not_fit() {
        assert_eq!(Area::parse("0.00001", AreaUnit::SquareMetre), Err(NumberError::Decimals));
        assert_eq!(Area::parse("99999999999", AreaUnit::Hectare), Err(NumberError::Range));
        assert_eq!(Area::from_square_metres(f64::NAN), Err(NumberError::Range));
        assert_eq!(Area::from_square_metres(1e300), Err(NumberError::Range));
        assert_eq!(Area::from_units(i64::MAX).checked_add(Area::from_units(1)), Err(NumberError::Range));
        assert_eq!(Area::from_units(i64::MIN).checked_sub(Area::from_units(1)), Err(NumberError::Range));
    }

    proptest! {
        #[test]
        fn four_decimals_round_trip_in_every_unit(whole in -9_999_999_i64..9_999_999, fraction in 0_u32..10_000, unit in 0_usize..3) {
            let unit = AreaUnit::ALL[unit];
            let text = format!("{whole}.{fraction:04}");
            let area = Area::parse(&text, unit).unwrap();
            prop_assert_eq!(area.text(unit, 4), text);
        }

        #[test]
        fn eight_decimals_round_trip_in_hectares(whole in 0_i64..9_999_999, fraction in 0_u32..100_000_000) {
            let text = format!("{whole}.{fraction:08}");
            prop_assert_eq!(Area::parse(&text, AreaUnit::Hectare).unwrap().text(AreaUnit::Hectare, 8), text);
        }

        #[test]
        fn the_stored_number_round_trips_through_floating_point(units in -9_007_199_254_740_i64..9_007_199_254_740) {
            let area = Area::from_units(units);
            prop_assert_eq!(Area::from_square_metres(area.square_metres()), Ok(area));
        }
    }
}
