//! What the checks of several nouns have in common.

use kernel::{
    area::Area,
    money::Fen,
    rate::{MILLIONTHS, Rate},
};

/// The sum in 128 bits, so that no amounts are too large for it.
pub(crate) fn total(amounts: impl IntoIterator<Item = Fen>) -> i128 {
    amounts.into_iter().map(|amount| i128::from(amount.0)).sum()
}

/// Whether no two of them are the same.
pub(crate) fn are_once<T: Ord>(all: impl IntoIterator<Item = T>) -> bool {
    let mut all: Vec<T> = all.into_iter().collect();
    all.sort_unstable();
    all.windows(2).all(|pair| pair[0] != pair[1])
}

/// Whether a part is within a whole; so it is where one of them is not known.
pub(crate) fn within<T: PartialOrd>(part: Option<T>, whole: Option<T>) -> bool {
    part.zip(whole).is_none_or(|(part, whole)| part <= whole)
}

/// How much of a site has to be green, rounded up to the smallest unit of area.
pub(crate) fn green_needed(site: Area, ratio: Rate) -> Option<Area> {
    let needed = i128::from(site.units()) * i128::from(ratio.0);
    let whole = i128::from(MILLIONTHS);
    let rounded = (needed + whole - 1).div_euclid(whole);
    i64::try_from(rounded).ok().map(Area::from_units)
}
