//! Free text: personal data masked before it can reach the ledger, and Han characters spaced apart for search.

mod personal;
#[cfg(test)]
mod tests;

pub use self::personal::{Masked, PersonalKind, mask_personal};

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

/// Is it a Han character: the unified ideographs with all extensions, the compatibility ones, the radicals, 々, 〇 and
/// the Suzhou numerals?
#[must_use]
pub fn is_han(character: char) -> bool {
    matches!(
        character,
        '\u{4E00}'..='\u{9FFF}'
            | '\u{3400}'..='\u{4DBF}'
            | '\u{20000}'..='\u{2FA1F}'
            | '\u{30000}'..='\u{3347F}'
            | '\u{F900}'..='\u{FAFF}'
            | '\u{2E80}'..='\u{2FD5}'
            | '\u{3021}'..='\u{3029}'
            | '\u{3038}'..='\u{303B}'
            | '々'
            | '〇'
    )
}

/// The text as both engines index and query it: every Han character a word of its own, other words in lower-case
/// ASCII, full-width forms folded, everything else a space; one space between words. A phrase query for
/// `space_han(query)` then finds exactly the texts that contain the query, mixed ones such as `第12号` too, without a
/// dictionary.
#[must_use]
pub fn space_han(text: &str) -> String {
    let mut spaced = String::with_capacity(text.len() * 2);
    let mut apart = true;
    for character in text.chars().map(fold_width) {
        let han = is_han(character);
        if !han && !character.is_alphanumeric() {
            apart = true;
            continue;
        }
        if (han || apart) && !spaced.is_empty() {
            spaced.push(' ');
        }
        spaced.push(character.to_ascii_lowercase());
        apart = han;
    }
    spaced
}
