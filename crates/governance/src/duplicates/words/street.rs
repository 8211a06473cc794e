//! Names of streets within a text.

use kernel::text::is_han;

/// Most characters of a street's name before the word for street.
const NAME_CHARS_MAX: usize = 4;
/// Most streets of a text.
const STREETS_MAX: usize = 6;

/// Before 路 and 街 these make another word (马路, 走路), or end what stands before a name.
const NO_NAME_BEFORE: &str = "马道公铁走让堵占半条线电网赌整的在了过到有和与沿从，。：一大";
/// After 路 these make another word (路灯, 路面).
const NO_STREET_AFTER: &str = "灯面沿牌基障过政人费况";

/// The text with a space for each street that it names, and the streets, by the two characters before the word for street.
pub(super) fn taken_out(text: &str) -> (String, Vec<u64>) {
    let characters: Vec<char> = text.chars().collect();
    let at = |place: usize| characters.get(place).copied().unwrap_or(' ');
    let mut kept: Vec<char> = Vec::with_capacity(characters.len());
    let mut streets = Vec::new();
    for (place, character) in characters.iter().copied().enumerate() {
        let is_avenue = character == '道' && place > 0 && at(place - 1) == '大';
        let is_street = matches!(character, '路' | '街') && !NO_STREET_AFTER.contains(at(place + 1));
        if streets.len() >= STREETS_MAX || !(is_avenue || is_street) {
            kept.push(character);
            continue;
        }
        let word = usize::from(is_avenue);
        let before = kept.get(..kept.len().saturating_sub(word)).unwrap_or_default();
        let name = before
            .iter()
            .rev()
            .take(NAME_CHARS_MAX)
            .take_while(|character| is_han(**character) && !NO_NAME_BEFORE.contains(**character))
            .count();
        if name < 2 {
            kept.push(character);
            continue;
        }
        let last = before.len();
        if let (Some(first), Some(second)) = (before.get(last - 2), before.get(last - 1)) {
            streets.push(u64::from(*first) << 21 | u64::from(*second));
        }
        kept.truncate(last - name);
        kept.push(' ');
    }
    (kept.into_iter().collect(), streets)
}
