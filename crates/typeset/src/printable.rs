//! Texts made fit for the fonts: what none of them has becomes an empty box, and words too long for a line get places to break.

use documents::report::text::clean;

use crate::world::is_covered;

/// Printed for a character that no font has.
pub(crate) const BOX: char = '□';
/// A place to break a line that is not seen.
const BREAK: char = '\u{200b}';
/// Letters between the places to break of a word that is too long.
const BREAK_EVERY: usize = 4;
/// A word of more letters than this gets places to break in a paragraph.
pub(crate) const PARAGRAPH_WORD_MAX: usize = 36;
/// The same in a cell of a table.
pub(crate) const CELL_WORD_MAX: usize = 13;

/// Makes texts printable and counts what no font has.
#[derive(Debug, Default)]
pub(crate) struct Printable {
    /// Characters that were replaced.
    pub(crate) missing: usize,
}

impl Printable {
    /// The text as it can be printed.
    pub(crate) fn text(&mut self, text: &str) -> String {
        let cover = |character| {
            if is_covered(character) {
                return character;
            }
            self.missing += 1;
            BOX
        };
        clean(text).chars().map(cover).collect()
    }

    /// The same, with places to break in words of more letters than `word_max`.
    pub(crate) fn broken(&mut self, text: &str, word_max: usize) -> String {
        let text = self.text(text);
        // Between Chinese characters a line may break anyway.
        let is_letter =
            |character: char| !character.is_whitespace() && character < '\u{2e80}' && character != '-';
        let mut broken = String::with_capacity(text.len());
        let mut word: Vec<char> = Vec::new();
        for character in text.chars().map(Some).chain([None]) {
            match character {
                Some(letter) if is_letter(letter) => word.push(letter),
                other => {
                    let is_long = word.len() > word_max;
                    for (index, letter) in word.drain(..).enumerate() {
                        if is_long && index > 0 && index.is_multiple_of(BREAK_EVERY) {
                            broken.push(BREAK);
                        }
                        broken.push(letter);
                    }
                    broken.extend(other);
                }
            }
        }
        broken
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_font_has_becomes_a_box_and_is_counted() {
        let mut printable = Printable::default();
        assert_eq!(printable.text("凯里 Kaili 1.5%，𠀀😀\u{202e}عa\u{e000}"), "凯里 Kaili 1.5%，□□□a□");
        assert_eq!(printable.missing, 4);
        assert_eq!(printable.text("㎡ № ① “引” —— …… 镕 喆 堃 犇"), "㎡ № ① “引” —— …… 镕 喆 堃 犇");
    }

    #[test]
    fn long_words_get_places_to_break() {
        let mut printable = Printable::default();
        assert_eq!(printable.broken("abcdefghij kl", 8), "abcd\u{200b}efgh\u{200b}ij kl");
        assert_eq!(printable.broken("abcdefgh 井盖井盖井盖井盖井盖", 8), "abcdefgh 井盖井盖井盖井盖井盖");
    }
}
