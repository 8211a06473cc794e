//! Finds what identifies a person in free text: telephone numbers, resident identity numbers, e-mail addresses, vehicle
//! plates. Exact shapes only, so that the numbers of the city's own things (15-digit grid codes, 17-digit part
//! identifiers, lamp numbers, dates) stay.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::fold_width;

/// What was masked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PersonalKind {
    /// A mobile telephone number, 11 digits.
    Mobile,
    /// A telephone number with its area code.
    Landline,
    /// A resident identity number, 18 places with a valid check digit (GB 11643).
    IdentityNumber,
    /// An e-mail address.
    Email,
    /// A vehicle plate (GA 36).
    VehiclePlate,
}

/// A text without what identifies a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Masked {
    /// The text; every letter and digit of a hit is `*`.
    pub text: String,
    /// What was found, in the order of the text.
    pub found: Vec<PersonalKind>,
}

/// Masks mobile and landline numbers (also in groups and with +86), identity numbers, e-mail addresses and vehicle
/// plates; full-width digits and letters are seen like ASCII ones.
#[must_use]
pub fn mask_personal(text: &str) -> Masked {
    // Every shape has a digit or an @: most texts end here.
    if !text.chars().map(fold_width).any(|c| c.is_ascii_digit() || c == '@') {
        return Masked { text: text.to_owned(), found: Vec::new() };
    }
    let mut characters: Vec<char> = text.chars().collect();
    let folded: Vec<char> = characters.iter().map(|c| fold_width(*c).to_ascii_uppercase()).collect();
    let mut hits = emails(&folded);
    hits.extend(plates(&folded));
    hits.extend(numbers(&folded));
    hits.sort_by_key(|(range, _)| (range.start, std::cmp::Reverse(range.end)));
    let mut found = Vec::new();
    let mut masked_to = 0;
    for (range, kind) in hits {
        if range.end <= masked_to {
            continue;
        }
        masked_to = range.end;
        found.push(kind);
        if let Some(part) = characters.get_mut(range) {
            part.iter_mut().filter(|c| c.is_alphanumeric()).for_each(|c| *c = '*');
        }
    }
    Masked { text: characters.into_iter().collect(), found }
}

type Hit = (Range<usize>, PersonalKind);

fn at(folded: &[char], index: usize) -> Option<char> {
    folded.get(index).copied()
}

/// A run of ASCII digits and how many separators stand before it since the last one (`None`: other text).
struct Run {
    range: Range<usize>,
    joined: bool,
}

/// Characters that people put between the groups of a number; no full stop, since coordinates have one.
fn is_separator(character: char) -> bool {
    matches!(
        character,
        ' ' | '\u{A0}' | '\t' | '-' | '\u{2010}'..='\u{2015}' | '·' | '(' | ')' | '\u{200B}'..='\u{200D}' | '\u{FEFF}'
    )
}

/// Digit runs; joined ones follow the last with at most [`SEPARATORS_MAX`] separators between.
fn runs(folded: &[char]) -> Vec<Run> {
    const SEPARATORS_MAX: usize = 3;
    let mut runs: Vec<Run> = Vec::new();
    let mut index = 0;
    while index < folded.len() {
        let from = index;
        while at(folded, index).is_some_and(|c| c.is_ascii_digit()) {
            index += 1;
        }
        if index == from {
            index += 1;
            continue;
        }
        let joined = runs.last().is_some_and(|last| {
            let between = folded.get(last.range.end..from).unwrap_or(&[]);
            between.len() <= SEPARATORS_MAX && between.iter().all(|c| is_separator(*c))
        });
        runs.push(Run { range: from..index, joined });
    }
    runs
}

/// Identity numbers, then telephone numbers, longest reading first at each run.
fn numbers(folded: &[char]) -> Vec<Hit> {
    let runs = runs(folded);
    let mut hits = Vec::new();
    let mut index = 0;
    while index < runs.len() {
        match number_at(folded, runs.get(index..).unwrap_or(&[])) {
            Some((taken, hit)) => {
                hits.push(hit);
                index += taken;
            }
            None => index += 1,
        }
    }
    hits
}

/// The number that begins with the first run, and how many runs it takes.
fn number_at(folded: &[char], runs: &[Run]) -> Option<(usize, Hit)> {
    const GROUPS_MAX: usize = 18;
    let start = runs.first()?.range.start;
    let mut digits = String::new();
    let mut lengths = Vec::new();
    let mut best = None;
    for (index, run) in runs.iter().take(GROUPS_MAX).enumerate() {
        if index > 0 && !run.joined {
            break;
        }
        digits.extend(folded.get(run.range.clone()).unwrap_or(&[]));
        lengths.push(run.range.len());
        if digits.len() > GROUPS_MAX {
            break;
        }
        let end = run.range.end;
        let next = at(folded, end);
        if digits.len() == 17
            && next == Some('X')
            && !at(folded, end + 1).is_some_and(|c| c.is_ascii_alphanumeric())
        {
            let whole = format!("{digits}X");
            if is_identity_number(&whole) {
                return Some((index + 1, (start..end + 1, PersonalKind::IdentityNumber)));
            }
        }
        if is_identity_number(&digits) {
            return Some((index + 1, (start..end, PersonalKind::IdentityNumber)));
        }
        if is_mobile(&digits, &lengths) {
            best = Some((index + 1, (start..end, PersonalKind::Mobile)));
        } else if is_landline(&digits, &lengths) {
            best = Some((index + 1, (start..end, PersonalKind::Landline)));
        }
    }
    best
}

/// GB 11643: region, a date of birth that can be, and the check digit (ISO 7064 MOD 11-2).
fn is_identity_number(places: &str) -> bool {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    const CHECKS: &[u8; 11] = b"10X98765432";
    if places.len() != 18 || !places.is_ascii() {
        return false;
    }
    let number =
        |range: Range<usize>| places.get(range).and_then(|part| part.parse::<i16>().ok()).unwrap_or(0);
    let (year, month, day) = (number(6..10), number(10..12), number(12..14));
    let date = i8::try_from(month).ok().zip(i8::try_from(day).ok());
    let born = date.is_some_and(|(month, day)| jiff::civil::Date::new(year, month, day).is_ok());
    let sum: Option<u32> = places
        .chars()
        .zip(WEIGHTS)
        .map(|(place, weight)| place.to_digit(10).map(|digit| digit * weight))
        .sum();
    let check = sum.and_then(|sum| usize::try_from(sum % 11).ok()).and_then(|rest| CHECKS.get(rest));
    (1850..=2150).contains(&year)
        && born
        && matches!(places.as_bytes().first(), Some(b'1'..=b'9'))
        && check.is_some_and(|check| places.as_bytes().last() == Some(check))
}

/// The digits after +86, 86 or 0086 and the lengths of their groups.
fn without_country<'a>(digits: &'a str, lengths: &[usize]) -> Option<(&'a str, Vec<usize>)> {
    let prefix = ["0086", "86"].into_iter().find(|prefix| digits.starts_with(prefix))?;
    let mut lengths = lengths.to_vec();
    let first = lengths.first_mut()?;
    *first = first.checked_sub(prefix.len())?;
    if *first == 0 {
        lengths.remove(0);
    }
    Some((digits.get(prefix.len()..)?, lengths))
}

/// 1, then 3 to 9, then nine more, in the groups that people use.
fn is_mobile(digits: &str, lengths: &[usize]) -> bool {
    fn plain(digits: &str, lengths: &[usize]) -> bool {
        let shape = matches!(lengths, [11] | [3, 4, 4] | [3, 8] | [4, 3, 4] | [4, 4, 3] | [3, 3, 5] | [7, 4])
            || lengths.iter().all(|length| *length == 1);
        digits.len() == 11 && shape && matches!(digits.as_bytes(), [b'1', b'3'..=b'9', ..])
    }
    plain(digits, lengths)
        || without_country(digits, lengths).is_some_and(|(digits, lengths)| plain(digits, &lengths))
}

/// Area code (010, 02x, 03xx–09xx) and a local number of seven or eight digits, in one piece, two or three.
fn is_landline(digits: &str, lengths: &[usize]) -> bool {
    fn plain(digits: &str, lengths: &[usize]) -> bool {
        let area = match digits.as_bytes() {
            [b'0', b'1', b'0', ..] | [b'0', b'2', ..] => 3,
            [b'0', b'3'..=b'9', ..] => 4,
            _ => return false,
        };
        let local = digits.len().saturating_sub(area);
        let size = if area == 3 { local == 8 } else { local == 7 || local == 8 };
        let shape = match lengths {
            [_] => true,
            [first, ..] if *first != area => false,
            [_, _] => true,
            [_, middle, last] => *last == 4 && (*middle == 3 || *middle == 4),
            _ => false,
        };
        size && shape && matches!(digits.as_bytes().get(area), Some(b'2'..=b'8'))
    }
    if plain(digits, lengths) {
        return true;
    }
    // Abroad the area code is written without its 0: +86 855 8222222.
    without_country(digits, lengths).is_some_and(|(digits, mut lengths)| {
        if plain(digits, &lengths) {
            return true;
        }
        if let Some(first) = lengths.first_mut() {
            *first += 1;
        }
        plain(&format!("0{digits}"), &lengths)
    })
}

fn is_mail_part(character: char) -> bool {
    character.is_ascii_alphanumeric() || matches!(character, '.' | '_' | '-' | '+' | '%')
}

/// `local@domain.top`, around each `@`.
fn emails(folded: &[char]) -> Vec<Hit> {
    let mut hits = Vec::new();
    for (index, _) in folded.iter().enumerate().filter(|(_, c)| **c == '@') {
        let before = folded.get(..index).unwrap_or(&[]);
        let local = before.iter().rev().take_while(|c| is_mail_part(**c)).count();
        let after = folded.get(index + 1..).unwrap_or(&[]);
        let domain_character = |c: &char| c.is_ascii_alphanumeric() || matches!(*c, '.' | '-');
        let domain: String = after.iter().take_while(|c| domain_character(c)).collect();
        let domain = domain.trim_end_matches(['.', '-']);
        let top = domain.rsplit('.').next().unwrap_or("");
        let named = domain.contains('.') && top.len() >= 2 && top.chars().all(|c| c.is_ascii_alphabetic());
        let local_named = before.iter().rev().take(local).any(|c| c.is_ascii_alphanumeric());
        if local_named && named && !domain.starts_with('.') {
            hits.push((index - local..index + 1 + domain.len(), PersonalKind::Email));
        }
    }
    hits
}

/// The character of a province on its plates.
fn is_province(character: char) -> bool {
    matches!(
        character,
        '京' | '津'
            | '沪'
            | '渝'
            | '冀'
            | '豫'
            | '云'
            | '辽'
            | '黑'
            | '湘'
            | '皖'
            | '鲁'
            | '新'
            | '苏'
            | '浙'
            | '赣'
            | '鄂'
            | '桂'
            | '甘'
            | '晋'
            | '蒙'
            | '陕'
            | '吉'
            | '闽'
            | '贵'
            | '粤'
            | '青'
            | '藏'
            | '川'
            | '宁'
            | '琼'
    )
}

/// A province's character, a letter, then five or six letters or digits (or four and a character such as 警).
fn plates(folded: &[char]) -> Vec<Hit> {
    let mut hits = Vec::new();
    for (start, _) in folded.iter().enumerate().filter(|(_, c)| is_province(**c)) {
        let gap = |index: usize| {
            let spaces = folded.get(index..).unwrap_or(&[]).iter().take(2);
            spaces.take_while(|c| is_separator(**c) || matches!(**c, '.' | '•' | '・' | '∙')).count()
        };
        let letter = start + 1 + gap(start + 1);
        if !at(folded, letter).is_some_and(|c| c.is_ascii_uppercase()) {
            continue;
        }
        let from = letter + 1 + gap(letter + 1);
        let rest = folded.get(from..).unwrap_or(&[]);
        let length = rest.iter().take_while(|c| c.is_ascii_alphanumeric()).count();
        let digits = rest.iter().take(length).filter(|c| c.is_ascii_digit()).count();
        let special =
            matches!(at(folded, from + length), Some('警' | '学' | '挂' | '港' | '澳' | '领' | '试' | '超'));
        let end = match length {
            5 | 6 => from + length,
            4 if special => from + length + 1,
            _ => continue,
        };
        if digits >= 2 {
            hits.push((start..end, PersonalKind::VehiclePlate));
        }
    }
    hits
}
