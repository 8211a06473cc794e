//! What the checks of several nouns have in common: sums, rows that stand once.

use kernel::money::Fen;

/// The sum in 128 bits, so that no amounts are too large for it.
pub(crate) fn total(amounts: impl IntoIterator<Item = Fen>) -> i128 {
    amounts.into_iter().map(|amount| i128::from(amount.0)).sum()
}

/// Whether amounts make a whole.
pub(crate) fn make(amounts: impl IntoIterator<Item = Fen>, whole: Fen) -> bool {
    total(amounts) == i128::from(whole.0)
}

/// Whether no two of them are the same.
pub(crate) fn are_once<T: Ord>(all: impl IntoIterator<Item = T>) -> bool {
    let mut all: Vec<T> = all.into_iter().collect();
    all.sort_unstable();
    all.windows(2).all(|pair| pair[0] != pair[1])
}

/// Whether a part is within a whole; nobody knows it where one of them is not known.
pub(crate) fn within(part: Option<Fen>, whole: Option<Fen>) -> bool {
    part.zip(whole).is_none_or(|(part, whole)| part <= whole)
}
