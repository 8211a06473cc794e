//! Different words for one thing and for one fault, as data (`data/duplicates/words.csv`): who says 街灯 means what others call 路灯.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::Words;
use crate::dictionary::{ClassKind, Dictionary};

const DATA: &str = include_str!("../../../data/duplicates/words.csv");

/// What a word stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Meaning {
    /// Its place in the data.
    pub(super) place: u16,
    /// What kind of word it is.
    pub(super) role: Role,
}

/// What kind of word it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// Something that can be seen in a street.
    Thing,
    /// What can be the matter with it.
    Fault,
    /// What people say around a problem: it is in every report and tells of none.
    Filler,
}

/// The words of the data.
pub(super) struct Thesaurus {
    words: FxHashMap<&'static str, Meaning>,
    names: Vec<&'static str>,
    /// The longest word, characters.
    longest: usize,
}

pub(super) static THESAURUS: LazyLock<Thesaurus> = LazyLock::new(|| {
    let mut thesaurus = Thesaurus { words: FxHashMap::default(), names: Vec::new(), longest: 0 };
    for line in DATA.lines().skip(1) {
        let mut cells = line.split(',');
        let (Some(kind), Some(name), Some(words)) = (cells.next(), cells.next(), cells.next()) else {
            continue;
        };
        let Ok(place) = u16::try_from(thesaurus.names.len()) else { break };
        thesaurus.names.push(name);
        let role = match kind {
            "thing" => Role::Thing,
            "fault" => Role::Fault,
            _ => Role::Filler,
        };
        for word in words.split(' ') {
            thesaurus.longest = thesaurus.longest.max(word.chars().count());
            thesaurus.words.insert(word, Meaning { place, role });
        }
    }
    thesaurus
});

impl Thesaurus {
    /// The longest word that a text begins with: its meaning and its length in bytes.
    pub(super) fn starts(&self, text: &str) -> Option<(Meaning, usize)> {
        let ends = text.char_indices().map(|(place, character)| place + character.len_utf8());
        let known = ends.take(self.longest).filter_map(|end| {
            let meaning = text.get(..end).and_then(|word| self.words.get(word))?;
            Some((*meaning, end))
        });
        known.last()
    }
}

/// What a thing or fault is called.
pub(in crate::duplicates) fn meaning(place: u16) -> &'static str {
    THESAURUS.names.get(usize::from(place)).copied().unwrap_or_default()
}

/// The things that the names of the standard's classes name.
static CLASSES: LazyLock<FxHashMap<String, Vec<u16>>> = LazyLock::new(|| {
    let Ok(dictionary) = Dictionary::standard() else { return FxHashMap::default() };
    let editions: Vec<String> = dictionary.editions().map(|edition| edition.code.clone()).collect();
    let kinds = [ClassKind::Component, ClassKind::Matter];
    let classes = editions
        .iter()
        .flat_map(|edition| kinds.into_iter().flat_map(|kind| dictionary.classes(edition, kind)))
        .map(|class| (class.key.to_string(), Words::of(&class.name_zh).things));
    classes.collect()
});

/// The things that a class's name names, rising; none for a city's own class.
pub(in crate::duplicates) fn things_of_class(class: &str) -> &'static [u16] {
    CLASSES.get(class).map_or(&[], Vec::as_slice)
}
