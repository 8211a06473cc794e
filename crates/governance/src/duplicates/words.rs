//! The words of a report, ready to be compared. Words with one meaning count as one (`data/duplicates/words.csv`); of all others pairs of Han
//! characters need no dictionary and survive other word order, and single characters, worth less, survive a wrong one. Latin words stay whole.
//! Streets and numbers that name a thing are kept apart: near each other, everybody names the same street.

mod numbers;
mod street;
mod thesaurus;

use kernel::text::{fold_width, is_han};

use self::thesaurus::{Role, THESAURUS};

pub use self::numbers::{NUMBERS_MAX, Number, NumberKind};
pub(super) use self::{
    numbers::{Agreement, agreement},
    thesaurus::{meaning, things_of_class},
};

/// Different words of one report that are kept, at most.
pub const WORDS_MAX: usize = 600;

/// What a pair of Han characters counts, a single one, a Latin word.
const PAIR: u32 = 10;
const SINGLE: u32 = 4;
const LATIN: u32 = 20;
/// Against a text shorter than this nothing is contained for sure: two words in common are no proof.
const CONTAINED_IN_MIN: u32 = 40;

/// Characters that join and colour.
const PARTICLES: &str = "的得地了吗呢啊吧呀嘛哦很都就也又还在有是把被给请和与及之着";

/// The words of a text. Two texts are compared by [`Words::likeness`] and [`Words::streets_agree`].
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Words {
    /// Rising, each once: characters in the lower bits, hashes and meanings marked by the upper ones.
    codes: Vec<u64>,
    weight: u32,
    /// Rising: the things of known meaning that are named.
    things: Vec<u16>,
    /// Rising: the faults of known meaning that are named.
    faults: Vec<u16>,
    /// Rising: the streets that are named.
    streets: Vec<u64>,
    numbers: Vec<Number>,
}

const LATIN_BIT: u64 = 1 << 63;
const PAIR_SHIFT: u32 = 21;

fn weight_of(code: u64) -> u32 {
    if code & LATIN_BIT != 0 {
        LATIN
    } else if code >> PAIR_SHIFT != 0 {
        PAIR
    } else {
        SINGLE
    }
}

impl Words {
    /// The words of a text, which may be of several lines. Masked text has none where it is masked.
    #[must_use]
    pub fn of(text: &str) -> Self {
        Self::of_parts(text, "")
    }

    /// The words of a description, with the numbers and streets of the words for finding the place.
    #[must_use]
    pub fn of_parts(text: &str, address: &str) -> Self {
        let fold = |text: &str| -> String {
            text.chars().map(fold_width).map(|character| character.to_ascii_lowercase()).collect()
        };
        let (text, address) = (fold(text), fold(address));
        let mut words = Self::default();
        let (text, mut streets) = street::taken_out(&text);
        let (address, further) = street::taken_out(&address);
        streets.extend(further);
        words.numbers = numbers::numbers(&text);
        for number in numbers::numbers(&address) {
            // The door of an address is where the pin is, which the distance has counted already.
            if number.kind != NumberKind::Door && !words.numbers.contains(&number) {
                words.numbers.push(number);
            }
        }
        words.numbers.truncate(NUMBERS_MAX);
        words.streets = in_order(streets);
        words.read(&text);
        words
    }

    /// Takes the words of a folded text without its streets.
    fn read(&mut self, text: &str) {
        let mut before = None;
        let mut latin = String::new();
        let mut rest = text;
        while let Some(character) = rest.chars().next() {
            if let Some((meaning, length)) = THESAURUS.starts(rest) {
                match meaning.role {
                    Role::Filler => {}
                    Role::Fault => self.faults.push(meaning.place),
                    Role::Thing => self.things.push(meaning.place),
                }
                before = None;
                rest = rest.get(length..).unwrap_or_default();
                continue;
            }
            rest = rest.get(character.len_utf8()..).unwrap_or_default();
            if character.is_ascii_alphabetic() {
                latin.push(character);
            }
            let ends = !rest.starts_with(|next: char| next.is_ascii_alphabetic());
            if ends && latin.len() >= 2 {
                self.codes.push(hash(&latin));
            }
            if ends {
                latin.clear();
            }
            if PARTICLES.contains(character) {
                continue;
            }
            if !is_han(character) {
                before = None;
                continue;
            }
            let code = u64::from(character);
            self.codes.push(code);
            self.codes.extend(before.map(|before| before << PAIR_SHIFT | code));
            before = Some(code);
        }
        self.codes = in_order(std::mem::take(&mut self.codes));
        self.things = in_order(std::mem::take(&mut self.things));
        self.faults = in_order(std::mem::take(&mut self.faults));
        self.weight = self.codes.iter().copied().map(weight_of).sum();
    }

    /// Whether nothing was said.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.codes.is_empty()
    }

    /// The numbers that name something, in the order of the text.
    #[must_use]
    pub fn numbers(&self) -> &[Number] {
        &self.numbers
    }

    /// How alike two texts are, 0 to 1: the mean of what they share of all their words (Jaccard) and of the shorter one's (containment), by
    /// weight. The same both ways round.
    #[must_use]
    pub fn likeness(&self, other: &Self) -> f64 {
        let shared: u32 = common(&self.codes, &other.codes).map(weight_of).sum();
        if shared == 0 {
            return 0.0;
        }
        let all = self.weight + other.weight - shared;
        let shorter = self.weight.min(other.weight).max(CONTAINED_IN_MIN);
        f64::midpoint(f64::from(shared) / f64::from(all), f64::from(shared) / f64::from(shorter))
    }

    /// The things of known meaning that are named, rising.
    pub(super) fn things(&self) -> &[u16] {
        &self.things
    }

    /// The faults of known meaning that are named, rising.
    pub(super) fn faults(&self) -> &[u16] {
        &self.faults
    }

    /// Whether a street that both name is the same; none where either names none.
    #[must_use]
    pub fn streets_agree(&self, other: &Self) -> Option<bool> {
        let known = !self.streets.is_empty() && !other.streets.is_empty();
        known.then(|| common(&self.streets, &other.streets).next().is_some())
    }
}

/// Rising, each once, not too many.
fn in_order<T: Ord>(mut codes: Vec<T>) -> Vec<T> {
    codes.sort_unstable();
    codes.dedup();
    codes.truncate(WORDS_MAX);
    codes
}

/// What two rising lists have in common.
fn common<'a, T: Ord + Copy>(mine: &'a [T], theirs: &'a [T]) -> impl Iterator<Item = T> + 'a {
    let mut theirs = theirs.iter().peekable();
    mine.iter().copied().filter(move |code| {
        while theirs.next_if(|other| **other < *code).is_some() {}
        theirs.peek().is_some_and(|other| **other == *code)
    })
}

fn hash(word: &str) -> u64 {
    use std::hash::Hasher as _;
    let mut hasher = rustc_hash::FxHasher::default();
    hasher.write(word.as_bytes());
    hasher.finish() | LATIN_BIT
}
