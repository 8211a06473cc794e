//! Numbers that name a thing: a lamp's, a cover's, a door's. Numbers that count (days, metres, people) name nothing.

use kernel::text::is_han;

/// Numbers of one report that are kept, at most.
pub const NUMBERS_MAX: usize = 12;
/// Longest number that is one, characters.
const NUMBER_CHARS_MAX: usize = 24;
/// Digits without any word beside them name a thing from this length on.
const BARE_DIGITS_MIN: usize = 4;
/// Door numbers so far apart may be told by two people who stand at the same spot.
const DOORS_NEAR: u64 = 12;

/// What a number is the number of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NumberKind {
    /// A house at a street: people name the door that they happen to see.
    Door,
    /// A building, a stairway, a lane, a bus line.
    Building,
    /// A thing with a number on it: lamp, pole, cover, tree, box; a code of letters and digits, or a long number.
    Thing,
}

/// What may follow a door's number: where from there (门口, 旁边, 对面, 附近 …), or nothing.
const BESIDE_A_DOOR: &str = "门旁边对斜附近前后往靠的上下大左右外里内口处和与至到有";

/// A number that names a thing.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Number {
    /// Of what.
    pub kind: NumberKind,
    /// Folded: lower case, Arabic digits, no dash, no zero before.
    pub text: String,
}

/// How two reports' numbers stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::duplicates) enum Agreement<'a> {
    /// Nothing can be said.
    Unknown,
    /// Both name this one.
    Same(&'a Number),
    /// Both name a thing of this kind, and not the same.
    Other(NumberKind),
}

/// Compares the numbers of two reports. The same both ways round, but for which of two equal numbers is given.
pub(in crate::duplicates) fn agreement<'a>(new: &'a [Number], old: &[Number]) -> Agreement<'a> {
    let shared = new.iter().filter(|number| old.contains(number));
    // A thing's number says more than a building's, a building's more than a door's.
    if let Some(number) = shared.max_by(|a, b| a.cmp(b)) {
        return Agreement::Same(number);
    }
    let differs = |kind: NumberKind| {
        let of = |numbers: &[Number]| -> Vec<Option<u64>> {
            numbers
                .iter()
                .filter(|number| number.kind == kind)
                .map(|number| number.text.parse().ok())
                .collect()
        };
        let (new, old) = (of(new), of(old));
        let is_far = |a: Option<u64>, b: Option<u64>| {
            let apart = a.zip(b).map_or(u64::MAX, |(a, b)| a.abs_diff(b));
            kind != NumberKind::Door || apart > DOORS_NEAR
        };
        !new.is_empty() && !old.is_empty() && new.iter().all(|a| old.iter().all(|b| is_far(*a, *b)))
    };
    [NumberKind::Thing, NumberKind::Building, NumberKind::Door]
        .into_iter()
        .find(|kind| differs(*kind))
        .map_or(Agreement::Unknown, Agreement::Other)
}

/// The numbers of a folded lower-case text, each once.
pub(super) fn numbers(text: &str) -> Vec<Number> {
    let characters: Vec<char> = text.chars().collect();
    let mut numbers = Vec::new();
    let mut place = 0;
    while place < characters.len() && numbers.len() < NUMBERS_MAX {
        let rest = characters.get(place..).unwrap_or_default();
        let is_token = |character: &char| character.is_ascii_alphanumeric() || *character == '-';
        let token = rest.iter().take_while(|character| is_token(character)).count();
        let han = rest.iter().take_while(|character| digit_of(**character).is_some()).count();
        let length = token.max(han);
        if length == 0 {
            place += 1;
            continue;
        }
        let before = characters.get(..place).unwrap_or_default();
        let after = rest.get(length..).unwrap_or_default();
        let word = rest.get(..length).unwrap_or_default();
        let found = if token > 0 { of_token(word, before, after) } else { of_han(word, after) };
        if let Some(number) = found.filter(|number| !numbers.contains(number)) {
            numbers.push(number);
        }
        place += length;
    }
    numbers
}

fn of_token(word: &[char], before: &[char], after: &[char]) -> Option<Number> {
    let folded: String = word.iter().filter(|character| **character != '-').collect();
    let digits = folded.chars().filter(char::is_ascii_digit).count();
    if digits == 0
        || folded.len() > NUMBER_CHARS_MAX
        || before.last() == Some(&'*')
        || after.first() == Some(&'*')
    {
        return None;
    }
    if digits < folded.len() {
        return (digits >= 2).then_some(Number { kind: NumberKind::Thing, text: folded });
    }
    let text = folded.trim_start_matches('0').to_owned();
    if let Some(kind) = kind_after(after) {
        return Some(Number { kind, text });
    }
    if before.ends_with(&['编', '号']) || before.ends_with(&['号', '码']) {
        return Some(Number { kind: NumberKind::Thing, text });
    }
    let counts = after
        .first()
        .is_some_and(|character| "年月日天点时分秒元米吨户人次个台辆度多余几公平.:%".contains(*character));
    (digits >= BARE_DIGITS_MIN && !counts).then_some(Number { kind: NumberKind::Thing, text })
}

fn of_han(word: &[char], after: &[char]) -> Option<Number> {
    let kind = kind_after(after)?;
    Some(Number { kind, text: han_value(word)?.to_string() })
}

/// What a number is of, by what follows it.
fn kind_after(after: &[char]) -> Option<NumberKind> {
    let next = |place: usize| after.get(place).copied().unwrap_or(' ');
    match next(0) {
        '号' | '#' => Some(match next(1) {
            '楼' | '栋' | '幢' | '院' | '巷' => NumberKind::Building,
            '路' if next(2) != '灯' => NumberKind::Door,
            word if !is_han(word) || BESIDE_A_DOOR.contains(word) => NumberKind::Door,
            _ => NumberKind::Thing,
        }),
        '栋' | '幢' | '座' | '巷' | '弄' => Some(NumberKind::Building),
        '路' if next(1) == '公' || next(1) == '车' => Some(NumberKind::Building),
        _ => None,
    }
}

fn digit_of(character: char) -> Option<u64> {
    Some(match character {
        '〇' | '零' => 0,
        '一' => 1,
        '二' | '两' => 2,
        '三' => 3,
        '四' => 4,
        '五' => 5,
        '六' => 6,
        '七' => 7,
        '八' => 8,
        '九' => 9,
        '十' => 10,
        '百' => 100,
        _ => return None,
    })
}

/// 十二, 二十, 一百零八, and digits one after another as they are read out: 一二三.
fn han_value(word: &[char]) -> Option<u64> {
    if word.len() > 7 {
        return None;
    }
    let values: Vec<u64> = word.iter().filter_map(|character| digit_of(*character)).collect();
    if values.iter().all(|value| *value < 10) {
        return Some(values.iter().fold(0, |sum, value| sum * 10 + value));
    }
    let (mut sum, mut digit) = (0, None);
    for value in values {
        if value >= 10 {
            sum += digit.take().unwrap_or(1) * value;
        } else {
            digit = Some(value);
        }
    }
    Some(sum + digit.unwrap_or(0))
}
