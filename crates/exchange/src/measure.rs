//! Units that numbers are written in: which words name them, in headings and behind numbers, and reading numbers by them exactly.

use kernel::{
    area::AreaUnit,
    decimal::{NumberError, parse_decimals},
    text::fold_width,
};
use ledger::register::Kind;

use crate::Language;

/// What a number is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Measure {
    /// Money, in units of which each has ten to this power of fen.
    Money(u32),
    /// Area, in units of which each has so many 1/30,000 m².
    Area(i64),
    /// A proportion, in units of which each has ten to this power of millionths.
    Rate(u32),
    /// Ten to this power of what the field counts.
    Times(u32),
}

const SQUARE_METRE: Measure = Measure::Area(AreaUnit::SquareMetre.units());
const MU: Measure = Measure::Area(AreaUnit::Mu.units());
const HECTARE: Measure = Measure::Area(AreaUnit::Hectare.units());
/// A square kilometre is a hundred hectares.
const SQUARE_KILOMETRE: Measure = Measure::Area(100 * AreaUnit::Hectare.units());
const YUAN: Measure = Measure::Money(2);
const WAN_YUAN: Measure = Measure::Money(6);
const YI_YUAN: Measure = Measure::Money(10);
const PERCENT: Measure = Measure::Rate(4);

/// Words for units, as [`folded`] writes them; of several that end alike the longer first.
const WORDS: &[(&str, Measure)] = &[
    ("10,000yuan", WAN_YUAN),
    ("10kyuan", WAN_YUAN),
    ("wan_yuan", WAN_YUAN),
    ("wanyuan", WAN_YUAN),
    ("100millionyuan", YI_YUAN),
    ("yi_yuan", YI_YUAN),
    ("yiyuan", YI_YUAN),
    ("millionyuan", Measure::Money(8)),
    ("万元人民币", WAN_YUAN),
    ("亿元人民币", YI_YUAN),
    ("人民币万元", WAN_YUAN),
    ("人民币亿元", YI_YUAN),
    ("人民币元", YUAN),
    ("百万元", Measure::Money(8)),
    ("千元", Measure::Money(5)),
    ("万元", WAN_YUAN),
    ("亿元", YI_YUAN),
    ("yuan", YUAN),
    ("cny", YUAN),
    ("rmb", YUAN),
    ("元", YUAN),
    ("squarekilometres", SQUARE_KILOMETRE),
    ("squaremetres", SQUARE_METRE),
    ("squaremeters", SQUARE_METRE),
    ("平方公里", SQUARE_KILOMETRE),
    ("平方千米", SQUARE_KILOMETRE),
    ("平方米", SQUARE_METRE),
    ("平米", SQUARE_METRE),
    ("km2", SQUARE_KILOMETRE),
    ("km²", SQUARE_KILOMETRE),
    ("㎡", SQUARE_METRE),
    ("sqm", SQUARE_METRE),
    ("m2", SQUARE_METRE),
    ("m²", SQUARE_METRE),
    ("hectares", HECTARE),
    ("hectare", HECTARE),
    ("公顷", HECTARE),
    ("ha", HECTARE),
    ("mu", MU),
    ("亩", MU),
    ("百分比", PERCENT),
    ("percent", PERCENT),
    ("%", PERCENT),
    ("permille", Measure::Rate(3)),
    ("千分比", Measure::Rate(3)),
    ("‰", Measure::Rate(3)),
];

/// Titles of what fields count, by the unit's code; a code without a title stands for itself.
const COUNTED: &[(&str, &str, &str)] = &[
    ("persons", "人", "persons"),
    ("households", "户", "households"),
    ("shares", "股", "shares"),
    ("firms", "家", "firms"),
    ("units", "套", "units"),
    ("seconds", "秒", "seconds"),
    ("days", "天", "days"),
    ("years", "年", "years"),
    ("hours", "小时", "hours"),
    ("m", "米", "m"),
    ("km", "公里", "km"),
    ("m3", "立方米", "m³"),
    ("t", "吨", "t"),
    ("kg", "千克", "kg"),
    ("kgce", "千克标准煤", "kgce"),
    ("tce", "吨标准煤", "tce"),
    ("kw", "千瓦", "kW"),
    ("kwh", "千瓦时", "kWh"),
    ("beds", "张", "beds"),
    ("places", "个", "places"),
];

/// Without blanks and stars, full-width signs as their twins, in lower case.
pub(crate) fn folded(text: &str) -> String {
    text.chars()
        .map(fold_width)
        .filter(|sign| !sign.is_whitespace() && *sign != '*')
        .flat_map(char::to_lowercase)
        .collect()
}

/// The measure that a word names, whatever the field.
pub(crate) fn of_word(word: &str) -> Option<Measure> {
    let word = folded(word);
    WORDS.iter().find(|(known, _)| *known == word).map(|(_, measure)| *measure)
}

/// Whether two measures are of the same sort.
pub(crate) fn alike(one: Measure, other: Measure) -> bool {
    std::mem::discriminant(&one) == std::mem::discriminant(&other)
}

/// The measure in which a field is shown; none where it holds no number.
pub(crate) fn of_kind(kind: Kind) -> Option<Measure> {
    match kind {
        Kind::Money { unit, .. } => Some(of_word(unit).unwrap_or(YUAN)),
        Kind::Area { unit, .. } => Some(of_word(unit).unwrap_or(SQUARE_METRE)),
        Kind::Rate { .. } => Some(PERCENT),
        Kind::Decimal { .. } | Kind::Integer { .. } => Some(Measure::Times(0)),
        _ => None,
    }
}

/// What stands in brackets behind the title of a field.
pub(crate) fn title(kind: Kind, language: Language) -> Option<String> {
    match kind {
        Kind::Money { .. } | Kind::Area { .. } | Kind::Rate { .. } => {
            let word = match of_kind(kind)? {
                WAN_YUAN => language.pick("万元", "10,000 yuan"),
                YI_YUAN => language.pick("亿元", "100 million yuan"),
                Measure::Money(_) => language.pick("元", "yuan"),
                MU => language.pick("亩", "mu"),
                HECTARE => language.pick("公顷", "ha"),
                Measure::Area(_) => language.pick("平方米", "m²"),
                _ => "%",
            };
            Some(word.to_owned())
        }
        Kind::Decimal { unit, .. } | Kind::Integer { unit, .. } => {
            let unit = unit?;
            let known = COUNTED.iter().find(|(code, _, _)| *code == unit);
            Some(known.map_or(unit, |(_, zh, en)| language.pick(zh, en)).to_owned())
        }
        _ => None,
    }
}

/// What a unit in a heading is for a field.
pub(crate) enum Said {
    /// The field's numbers are counted in it.
    Fits(Measure),
    /// It is a unit of another sort: money for an area.
    Wrong,
    /// It is no unit.
    None,
}

/// What a text in the brackets of a heading says of a field's unit.
pub(crate) fn said(kind: Kind, text: &str) -> Said {
    let Some(own) = of_kind(kind) else { return Said::None };
    for word in text.split(['，', ',', '、', '；', ';']).chain([text]) {
        if let Some(measure) = of_word(word) {
            if alike(measure, own) {
                return Said::Fits(measure);
            }
            let counted =
                matches!(kind, Kind::Decimal { unit: Some(_), .. } | Kind::Integer { unit: Some(_), .. });
            if !counted || counts(kind, &folded(word)).is_none() {
                return Said::Wrong;
            }
        }
        if let Some(measure) = counts(kind, &folded(word)) {
            return Said::Fits(measure);
        }
    }
    Said::None
}

/// How many of what a field counts a folded word names: its unit, or ten thousand of them.
fn counts(kind: Kind, word: &str) -> Option<Measure> {
    let (Kind::Decimal { unit, .. } | Kind::Integer { unit, .. }) = kind else { return None };
    let (word, power) = match word.strip_prefix('万') {
        Some(rest) => (rest, 4),
        None => word.strip_prefix('亿').map_or((word, 0), |rest| (rest, 8)),
    };
    let named = unit.is_some_and(|unit| {
        let titles = COUNTED.iter().find(|(code, _, _)| *code == unit);
        folded(unit) == word || titles.is_some_and(|(_, zh, en)| folded(zh) == word || folded(en) == word)
    });
    (named || (power > 0 && word.is_empty())).then_some(Measure::Times(power))
}

/// Most decimals of a measured area that are looked at: far below the smallest unit.
const AREA_DECIMALS_MAX: usize = 12;

/// Reads a number. A unit behind it ("3.5亿元") holds for it, whatever the heading says.
///
/// # Errors
/// `number_malformed`, `number_decimals`, `number_range`, `cell_unit_wrong`.
pub(crate) fn number(text: &str, kind: Kind, heading: Option<Measure>) -> Result<i64, &'static str> {
    let own = of_kind(kind).ok_or("number_malformed")?;
    let text = text.trim();
    let text = text.strip_prefix(['¥', '￥']).unwrap_or(text);
    let ends_in_digit = text.chars().next_back().is_some_and(|sign| fold_width(sign).is_ascii_digit());
    let (digits, measure) = if ends_in_digit {
        (text, heading.unwrap_or(own))
    } else {
        let end = text.char_indices().rev().find(|(_, sign)| fold_width(*sign).is_ascii_digit());
        let (place, sign) = end.ok_or("number_malformed")?;
        let (digits, unit) = text.split_at(place + sign.len_utf8());
        match said(kind, unit.trim()) {
            Said::Fits(measure) => (digits, measure),
            Said::Wrong => return Err("cell_unit_wrong"),
            // 万 and 亿 alone behind money.
            Said::None => match (own, folded(unit).as_str()) {
                (Measure::Money(_), "万") => (digits, WAN_YUAN),
                (Measure::Money(_), "亿") => (digits, YI_YUAN),
                _ => return Err("number_malformed"),
            },
        }
    };
    let read = match (measure, kind) {
        (Measure::Area(units), _) => return area(digits, units),
        (Measure::Times(power), Kind::Decimal { decimals, .. }) => parse_decimals(digits, decimals + power),
        (Measure::Money(power) | Measure::Rate(power) | Measure::Times(power), _) => {
            parse_decimals(digits, power)
        }
    };
    read.map_err(|error| code(&error))
}

fn code(error: &NumberError) -> &'static str {
    kernel::error::Coded::code(error)
}

/// An area in units of so many 1/30,000 m². One that is no whole number of them was measured: it is rounded to the nearest.
fn area(text: &str, units: i64) -> Result<i64, &'static str> {
    let text: String = text.trim().chars().map(fold_width).collect();
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let fraction = fraction.trim_end_matches('0');
    if fraction.len() > AREA_DECIMALS_MAX {
        return Err("number_decimals");
    }
    // Checks the form of the whole number, its separators included.
    parse_decimals(whole, 0).map_err(|error| code(&error))?;
    if fraction.bytes().any(|byte| !byte.is_ascii_digit()) || text.ends_with('.') {
        return Err("number_malformed");
    }
    let negative = whole.starts_with('-');
    let digits: String = whole.chars().filter(char::is_ascii_digit).chain(fraction.chars()).collect();
    let number: i128 = digits.parse().map_err(|_| "number_range")?;
    let divisor = 10_i128.pow(u32::try_from(fraction.len()).map_err(|_| "number_decimals")?);
    let scaled = number.checked_mul(i128::from(units)).ok_or("number_range")?;
    let rounded = (scaled * 2 + divisor) / (2 * divisor);
    i64::try_from(if negative { -rounded } else { rounded }).map_err(|_| "number_range")
}

/// A number as it is shown in its field's measure, exactly as [`number`] reads it.
pub(crate) fn text(value: i64, kind: Kind) -> String {
    match (of_kind(kind), kind) {
        (Some(Measure::Area(units)), _) => area_text(value, units),
        (Some(Measure::Money(power) | Measure::Rate(power)), _) => kernel::decimal::scaled_text(value, power),
        (_, Kind::Decimal { decimals, .. }) => kernel::decimal::scaled_text(value, decimals),
        _ => value.to_string(),
    }
}

/// So many decimals that reading finds the same number of the smallest unit: 1/30,000 m² is 3.3 · 10⁻⁵ m², 5 · 10⁻⁸ mu, 3.3 · 10⁻⁹ ha.
fn area_text(value: i64, units: i64) -> String {
    let decimals = if units == AreaUnit::SquareMetre.units() {
        6
    } else if units == AreaUnit::Mu.units() {
        8
    } else {
        10
    };
    let power = 10_i128.pow(decimals);
    let units = i128::from(units);
    let scaled = (i128::from(value.unsigned_abs()) * power * 2 + units) / (2 * units);
    let (whole, fraction) = (scaled / power, scaled % power);
    let sign = if value < 0 && scaled > 0 { "-" } else { "" };
    if fraction == 0 {
        return format!("{sign}{whole}");
    }
    let width = decimals as usize;
    format!("{sign}{whole}.{fraction:0width$}").trim_end_matches('0').to_owned()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const MONEY: Kind = Kind::Money { min: 0, unit: "wan_yuan" };
    const LAND: Kind = Kind::Area { min: 0, unit: "mu" };
    const SHARE: Kind = Kind::Rate { min: 0, max: 1_000_000 };
    const PEOPLE: Kind = Kind::Integer { min: 0, max: i64::MAX, unit: Some("persons") };
    const LENGTH: Kind = Kind::Decimal { decimals: 3, min: 0, max: i64::MAX, unit: Some("km") };

    #[test]
    fn numbers_are_read_in_the_unit_of_the_heading_or_their_own() {
        for (kind, heading, text, wanted) in [
            (MONEY, "万元", "1,234.5", Ok(1_234_500_000)),
            (MONEY, "亿元", "１３７．７９", Ok(1_377_900_000_000)),
            (MONEY, "元", "12.34", Ok(1_234)),
            (MONEY, "元", "12.345", Err("number_decimals")),
            (MONEY, "元", "3.5万元", Ok(3_500_000)),
            (MONEY, "元", "3.5亩", Err("cell_unit_wrong")),
            (MONEY, "元", "many", Err("number_malformed")),
            (LAND, "亩", "1.5", Ok(30_000_000)),
            (LAND, "公顷", "1", Ok(300_000_000)),
            (LAND, "平方公里", "0.01", Ok(300_000_000)),
            (LAND, "平方米", "1.", Err("number_malformed")),
            (LAND, "平方米", "-0.5", Ok(-15_000)),
            (SHARE, "%", "5.9", Ok(59_000)),
            (SHARE, "‰", "5.9", Ok(5_900)),
            (SHARE, "%", "5.9‰", Ok(5_900)),
            (PEOPLE, "万人", "1.2", Ok(12_000)),
            (PEOPLE, "人", "12人", Ok(12)),
            (PEOPLE, "人", "1.5", Err("number_decimals")),
            (LENGTH, "公里", "12.345", Ok(12_345)),
            (LENGTH, "km", "12.3456", Err("number_decimals")),
        ] {
            let Said::Fits(measure) = said(kind, heading) else { panic!("{heading}") };
            assert_eq!(number(text, kind, Some(measure)), wanted, "{text} {heading}");
        }
        assert!(matches!(said(MONEY, "亩"), Said::Wrong));
        assert!(matches!(said(MONEY, "含税"), Said::None));
        assert!(matches!(said(MONEY, "万元，含税"), Said::Fits(WAN_YUAN)));
    }

    proptest! {
        #[test]
        fn a_number_comes_back_as_it_was(value in -9_000_000_000_000_000_i64..9_000_000_000_000_000, which in 0_usize..8) {
            let kind = [
                MONEY, LAND, SHARE, PEOPLE, LENGTH,
                Kind::Area { min: 0, unit: "m2" }, Kind::Area { min: 0, unit: "ha" }, Kind::Money { min: 0, unit: "yi_yuan" },
            ][which];
            prop_assert_eq!(number(&text(value, kind), kind, None), Ok(value));
        }

        #[test]
        fn areas_are_read_as_the_kernel_reads_them(whole in 0_i64..9_999_999, fraction in 0_u32..10_000, unit in 0_usize..3) {
            let unit = AreaUnit::ALL[unit];
            let text = format!("{whole}.{fraction:04}");
            prop_assert_eq!(area(&text, unit.units()).ok(), kernel::area::Area::parse(&text, unit).ok().map(kernel::area::Area::units));
        }

        #[test]
        fn any_text_gets_an_answer(text in "\\PC{0,20}") {
            let _ = (number(&text, MONEY, None), number(&text, LAND, None));
        }
    }
}
