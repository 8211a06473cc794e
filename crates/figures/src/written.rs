//! A figure as people read it: the value as a decimal text in its unit, exactly rounded.

use kernel::{
    area::{AreaUnit, UNITS_PER_SQUARE_METRE},
    money::{FEN_PER_WAN_YUAN, FEN_PER_YI_YUAN},
};
use ledger::register::Title;

use crate::{Evaluated, FigureError, Unit};

/// Decimals of money in 亿元 and of areas that are shown at the most.
const DECIMALS_MAX: u32 = 4;

/// A value in its unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The value as a decimal number; none where no row speaks for it.
    pub value: Option<String>,
    /// The unit.
    pub unit: Title,
}

const YI: Title = Title { zh: "亿元", en: "100 million CNY" };
const WAN: Title = Title { zh: "万元", en: "10,000 CNY" };
const MU: Title = Title { zh: "亩", en: "mu" };
const PERCENT: Title = Title { zh: "%", en: "%" };

/// `numerator / denominator` with so many decimals, rounded half away from zero.
fn divided(numerator: i128, denominator: i128, decimals: u32) -> Result<String, FigureError> {
    let power = 10_i128.checked_pow(decimals).ok_or(FigureError::TooLarge)?;
    let scaled = numerator.checked_mul(power).and_then(|n| n.checked_mul(2)).ok_or(FigureError::TooLarge)?;
    let (size, whole) = (scaled.unsigned_abs(), denominator.unsigned_abs());
    let rounded = (size + whole) / (2 * whole);
    let negative = (numerator < 0) != (denominator < 0) && rounded > 0;
    let power = power.unsigned_abs();
    let (units, fraction) = (rounded / power, rounded % power);
    let sign = if negative { "-" } else { "" };
    let width = usize::try_from(decimals).unwrap_or(0);
    Ok(if decimals == 0 { format!("{sign}{units}") } else { format!("{sign}{units}.{fraction:0width$}") })
}

/// Without noughts at the end of the decimals.
fn trimmed(text: String) -> String {
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
}

/// The value in its unit. Percent keep their decimals; amounts lose noughts at the end.
///
/// # Errors
/// [`FigureError::TooLarge`].
pub fn written(evaluated: &Evaluated) -> Result<Written, FigureError> {
    let unit = match evaluated.figure.unit {
        Unit::Count(title) | Unit::Number { title, .. } | Unit::PerSquareMetre { title, .. } => title,
        Unit::YiYuan => YI,
        Unit::WanYuan => WAN,
        Unit::Mu => MU,
        Unit::Percent(_) => PERCENT,
    };
    if !evaluated.has_value() {
        return Ok(Written { value: None, unit });
    }
    let (numerator, denominator) = (evaluated.numerator, evaluated.denominator.unwrap_or(1));
    let value = match evaluated.figure.unit {
        Unit::Count(_) => trimmed(divided(numerator, denominator, 0)?),
        Unit::YiYuan => trimmed(divided(numerator, denominator * i128::from(FEN_PER_YI_YUAN), DECIMALS_MAX)?),
        Unit::WanYuan => {
            trimmed(divided(numerator, denominator * i128::from(FEN_PER_WAN_YUAN), DECIMALS_MAX)?)
        }
        Unit::Mu => {
            trimmed(divided(numerator, denominator * i128::from(AreaUnit::Mu.units()), DECIMALS_MAX)?)
        }
        Unit::Percent(decimals) => divided(numerator * 100, denominator, decimals)?,
        Unit::Number { scale, decimals, .. } => {
            trimmed(divided(numerator, denominator * i128::from(scale), decimals)?)
        }
        Unit::PerSquareMetre { scale, decimals, .. } => {
            let part = numerator * i128::from(UNITS_PER_SQUARE_METRE);
            trimmed(divided(part, denominator * i128::from(scale), decimals)?)
        }
    };
    Ok(Written { value: Some(value), unit })
}
