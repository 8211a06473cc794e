//! Free text: personal data masked before it can reach the ledger, and Han characters spaced apart for search.

/// Full-width forms (U+FF01–U+FF5E) and the ideographic space as their ASCII twins; anything else as it is.
#[must_use]
pub fn fold_width(character: char) -> char {
    match character {
        '\u{FF01}'..='\u{FF5E}' => {
            u8::try_from(u32::from(character) - 0xFF01 + 0x21).map_or(character, char::from)
        }
        '\u{3000}' => ' ',
        other => other,
    }
}
