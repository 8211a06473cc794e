//! Longitude and latitude out of cells.

use documents::geojson::{FeatureFault, check_position};
use map::geometry::Position;

use super::mapping::PointOrder;

/// What the cells say.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Coordinates {
    /// A place on Earth.
    At(Position),
    /// What is wrong, a code of [`super::WARNINGS`].
    Not(&'static str),
}

/// Two cells.
pub(super) fn of_two(lon: &str, lat: &str, decimal_comma: bool) -> Coordinates {
    let (lon, lat) = (lon.trim(), lat.trim());
    if lon.is_empty() || lat.is_empty() {
        return Coordinates::Not("coordinates_missing");
    }
    match (number(lon, decimal_comma), number(lat, decimal_comma)) {
        (Some(lon), Some(lat)) => checked(lon, lat),
        _ => Coordinates::Not("coordinate_not_a_number"),
    }
}

/// One cell with both, in brackets or not, with or without a word before.
pub(super) fn of_one(cell: &str, order: PointOrder, decimal_comma: bool) -> Coordinates {
    if cell.trim().is_empty() {
        return Coordinates::Not("coordinates_missing");
    }
    match two(cell, decimal_comma) {
        Some((first, second)) => match order {
            PointOrder::LonLat => checked(first, second),
            PointOrder::LatLon => checked(second, first),
        },
        None => Coordinates::Not("coordinate_not_a_number"),
    }
}

/// The two numbers of a cell; a word may stand before their bracket, and nothing else beside them.
pub(super) fn two(cell: &str, decimal_comma: bool) -> Option<(f64, f64)> {
    let cell = cell.trim();
    let numbers = match cell.split_once('(') {
        Some((word, numbers)) if word.chars().all(|c| c.is_alphabetic() || c == ' ') => numbers,
        _ => cell,
    };
    let separator = |character: char| {
        character.is_whitespace()
            || matches!(character, '(' | ')' | '[' | ']' | ';' | '，' | '；' | '（' | '）')
            || (character == ',' && !decimal_comma)
    };
    let mut parts = numbers.split(separator).filter(|part| !part.is_empty());
    let pair = (number(parts.next()?, decimal_comma)?, number(parts.next()?, decimal_comma)?);
    parts.next().is_none().then_some(pair)
}

/// Whether a cell holds nothing but numbers with a decimal point, as coordinates are: their digits are no telephone number.
pub(super) fn are_decimals(cell: &str) -> bool {
    let mut parts = cell
        .split(|character: char| {
            character.is_whitespace() || matches!(character, '(' | ')' | '[' | ']' | ',' | ';')
        })
        .filter(|part| !part.is_empty())
        .peekable();
    parts.peek().is_some() && parts.all(|part| part.contains('.') && number(part, false).is_some())
}

fn number(text: &str, decimal_comma: bool) -> Option<f64> {
    let parsed = if decimal_comma { text.replace(',', ".").parse() } else { text.parse() };
    parsed.ok().filter(|number: &f64| number.is_finite())
}

fn checked(lon: f64, lat: f64) -> Coordinates {
    if lon == 0.0 && lat == 0.0 {
        return Coordinates::Not("coordinates_zero");
    }
    match check_position([lon, lat]) {
        Ok(()) => Coordinates::At(Position { lon, lat }),
        Err(FeatureFault::Swapped { .. }) => Coordinates::Not("coordinates_swapped"),
        Err(FeatureFault::Projected { .. }) => Coordinates::Not("coordinates_projected"),
        Err(_) => Coordinates::Not("coordinate_not_a_number"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_cell_is_read_in_many_shapes() {
        let here = Coordinates::At(Position { lon: -118.266_861_909, lat: 34.073_216_645 });
        for (cell, order, comma) in [
            ("(34.073216645, -118.266861909)", PointOrder::LatLon, false),
            ("34.073216645,-118.266861909", PointOrder::LatLon, false),
            ("34.073216645，-118.266861909", PointOrder::LatLon, false),
            ("POINT (-118.266861909 34.073216645)", PointOrder::LonLat, false),
            ("[-118.266861909; 34.073216645]", PointOrder::LonLat, false),
            ("-118,266861909; 34,073216645", PointOrder::LonLat, true),
        ] {
            assert_eq!(of_one(cell, order, comma), here, "{cell}");
        }
        assert_eq!(two("101 N LARKSPUR AVE, 99001", false), None);
        let code = |cell| of_one(cell, PointOrder::LonLat, false);
        assert_eq!(code(" "), Coordinates::Not("coordinates_missing"));
        assert_eq!(code("1 2 3"), Coordinates::Not("coordinate_not_a_number"));
        assert_eq!(code("26.57 107.98"), Coordinates::Not("coordinates_swapped"));
        assert_eq!(code("0 0"), Coordinates::Not("coordinates_zero"));
        assert_eq!(of_two("6480000", "1840000", false), Coordinates::Not("coordinates_projected"));
        assert!(are_decimals("(34.07, -118.13912345678)") && are_decimals("107.13912345678"));
        assert!(!are_decimals("13912345678") && !are_decimals("1. 13912345678") && !are_decimals(" "));
        assert_eq!(of_two("NaN", "1", false), Coordinates::Not("coordinate_not_a_number"));
    }
}
