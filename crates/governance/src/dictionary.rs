//! The class dictionary as versioned data: editions, major and minor classes, and the mapping between editions.
//!
//! The key of a class is (edition, kind, code), never the code alone: edition 2026 uses `01001` for the component
//! 供水井盖 and for the matter 供水井盖异常 (GB/T 47678.5-2026), and majors 04 and 05 changed places between the
//! editions of 2007 and 2013.
//!
//! Codes are canonical text: five digits in edition 2026 (`06010`), two pairs with a dash in edition 2013
//! (`01-10`), as the field writes them. [`Edition::canonical`] reads what workbooks make of them.

mod class_import;
mod edition;
mod fault;
mod local;
mod mapping;
mod standard;
mod table;
#[cfg(test)]
mod tests;

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
    str::FromStr,
};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

pub(crate) use self::{
    class_import::rule_fault,
    table::{Table, cell, fold},
};
pub use self::{
    edition::Edition,
    fault::{FAULT_VALUE_CHARACTERS_MAX, FieldFault, ImportReport, RowFault},
    mapping::{Certainty, Mapped, Mapping, MappingRow},
};
use crate::error::GovernanceError;

/// Classes that one dictionary may hold, all editions together.
pub const CLASSES_MAX: usize = 20_000;
/// Characters of a class name.
pub const CLASS_NAME_CHARACTERS_MAX: usize = 60;

/// The code of the edition of GB/T 30428.2-2013.
pub const EDITION_2013: &str = "2013";
/// The code of the edition of GB/T 47678.5-2026.
pub const EDITION_2026: &str = "2026";

/// Whether a class describes a surveyed object or an occurrence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClassKind {
    /// 管理部件: a surveyed public object.
    Component,
    /// 管理事项, in 2013 事件: an act or a state to be handled.
    Matter,
}

impl ClassKind {
    /// The kind from `component`/`matter` or the field's Chinese words.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        match text.trim().to_lowercase().as_str() {
            "component" | "components" | "部件" | "管理部件" => Some(Self::Component),
            "matter" | "matters" | "event" | "events" | "事件" | "事项" | "管理事项" => {
                Some(Self::Matter)
            }
            _ => None,
        }
    }

    /// `component` or `matter`, as in the data files.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Component => "component",
            Self::Matter => "matter",
        }
    }

    /// The word of the two-sheet workbook.
    #[must_use]
    pub const fn word_zh(self) -> &'static str {
        match self {
            Self::Component => "部件",
            Self::Matter => "事件",
        }
    }
}

/// What identifies a class.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ClassKey {
    /// The edition's code.
    pub edition: String,
    /// Component or matter.
    pub kind: ClassKind,
    /// The canonical code within edition and kind.
    pub code: String,
}

impl ClassKey {
    /// A key from its parts; the code must be canonical already.
    #[must_use]
    pub fn new(edition: &str, kind: ClassKind, code: &str) -> Self {
        Self { edition: edition.to_owned(), kind, code: code.to_owned() }
    }
}

/// `EDITION-KIND-CODE`, e.g. `2026-matter-06010`: the one form in which a class is named outside of this room.
impl fmt::Display for ClassKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}-{}-{}", self.edition, self.kind.word(), self.code)
    }
}

impl FromStr for ClassKey {
    type Err = GovernanceError;

    fn from_str(text: &str) -> Result<Self, GovernanceError> {
        let mut parts = text.splitn(3, '-');
        let (Some(edition), Some(kind), Some(code)) = (parts.next(), parts.next(), parts.next()) else {
            return Err(GovernanceError::ClassUnknown { class: text.to_owned() });
        };
        ClassKind::parse(kind)
            .map(|kind| Self::new(edition, kind, code))
            .ok_or_else(|| GovernanceError::ClassUnknown { class: text.to_owned() })
    }
}

/// A major class (大类).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Major {
    /// The edition's code.
    pub edition: String,
    /// Component or matter.
    pub kind: ClassKind,
    /// Two digits.
    pub code: String,
    /// The name in Chinese.
    pub name_zh: String,
    /// The name in English.
    pub name_en: String,
}

/// A minor class (小类).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Class {
    /// The key, flattened: `edition`, `kind`, `code`.
    #[serde(flatten)]
    pub key: ClassKey,
    /// Two digits of the major class.
    pub major: String,
    /// The name in Chinese.
    pub name_zh: String,
    /// The name in English; empty where a city gave none.
    pub name_en: String,
    /// Whether it is a local extension class (扩展类).
    pub local: bool,
}

/// Every edition a city knows, with its classes. Stored and sent as plain lists.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "DictionaryData", into = "DictionaryData")]
pub struct Dictionary {
    editions: BTreeMap<String, Edition>,
    majors: BTreeMap<ClassKey, Major>,
    classes: BTreeMap<ClassKey, Class>,
    vacant: BTreeSet<ClassKey>,
}

impl Dictionary {
    /// A dictionary without any edition.
    #[must_use]
    pub fn empty() -> Self {
        Self {
            editions: BTreeMap::new(),
            majors: BTreeMap::new(),
            classes: BTreeMap::new(),
            vacant: BTreeSet::new(),
        }
    }

    /// The editions, by code.
    pub fn editions(&self) -> impl Iterator<Item = &Edition> {
        self.editions.values()
    }

    /// An edition by its code.
    ///
    /// # Errors
    /// `edition_unknown`.
    pub fn edition(&self, code: &str) -> Result<&Edition, GovernanceError> {
        self.editions.get(code).ok_or_else(|| GovernanceError::EditionUnknown { edition: code.to_owned() })
    }

    /// The edition in force on a day; where several are, the one that began last.
    #[must_use]
    pub fn edition_on(&self, day: Date) -> Option<&Edition> {
        self.editions
            .values()
            .filter(|edition| edition.is_in_force(day))
            .max_by_key(|edition| edition.in_force_from)
    }

    /// A class by its key's parts; the code must be canonical.
    #[must_use]
    pub fn class(&self, edition: &str, kind: ClassKind, code: &str) -> Option<&Class> {
        self.classes.get(&ClassKey::new(edition, kind, code))
    }

    /// The classes of one kind in one edition, by code.
    pub fn classes<'a>(&'a self, edition: &'a str, kind: ClassKind) -> impl Iterator<Item = &'a Class> {
        self.classes
            .range(ClassKey::new(edition, kind, "")..)
            .take_while(move |(key, _)| key.edition == edition && key.kind == kind)
            .map(|(_, class)| class)
    }

    /// A major class.
    #[must_use]
    pub fn major(&self, edition: &str, kind: ClassKind, code: &str) -> Option<&Major> {
        self.majors.get(&ClassKey::new(edition, kind, code))
    }

    /// The major classes of one kind in one edition, by code.
    pub fn majors<'a>(&'a self, edition: &'a str, kind: ClassKind) -> impl Iterator<Item = &'a Major> {
        self.majors
            .range(ClassKey::new(edition, kind, "")..)
            .take_while(move |(key, _)| key.edition == edition && key.kind == kind)
            .map(|(_, major)| major)
    }

    /// Whether a code may never be given (again): a hole of the standard or a retired class.
    #[must_use]
    pub fn is_vacant(&self, edition: &str, kind: ClassKind, code: &str) -> bool {
        self.vacant.contains(&ClassKey::new(edition, kind, code))
    }

    /// Adds an edition with its major classes; a local edition is a city's own.
    ///
    /// # Errors
    /// `edition_taken`; `edition_malformed`; `major_unknown` where a major belongs to another edition or has not
    /// two digits.
    pub fn add_edition(&mut self, edition: Edition, majors: Vec<Major>) -> Result<(), GovernanceError> {
        if self.editions.contains_key(&edition.code) {
            return Err(GovernanceError::EditionTaken { edition: edition.code });
        }
        edition.check()?;
        for major in &majors {
            let two_digits = major.code.len() == 2 && major.code.bytes().all(|byte| byte.is_ascii_digit());
            if major.edition != edition.code || !two_digits {
                return Err(GovernanceError::MajorUnknown {
                    edition: edition.code,
                    major: major.code.clone(),
                });
            }
        }
        self.editions.insert(edition.code.clone(), edition);
        for major in majors {
            self.majors.insert(ClassKey::new(&major.edition, major.kind, &major.code), major);
        }
        Ok(())
    }

    /// Adds a class: a standard one, or a local extension under its edition's rule (standards 2.3).
    ///
    /// # Errors
    /// `edition_unknown`, `class_code_malformed`, `major_unknown`, `class_code_taken`, `local_class_malformed`.
    pub fn add_class(&mut self, class: Class) -> Result<(), GovernanceError> {
        let edition = self.edition(&class.key.edition)?;
        if edition.canonical(&class.key.code).as_deref() != Some(class.key.code.as_str())
            || !class.key.code.starts_with(&class.major)
        {
            return Err(GovernanceError::ClassCodeMalformed {
                edition: class.key.edition,
                code: class.key.code,
            });
        }
        if self.major(&class.key.edition, class.key.kind, &class.major).is_none() {
            return Err(GovernanceError::MajorUnknown { edition: class.key.edition, major: class.major });
        }
        if self.classes.contains_key(&class.key) || self.vacant.contains(&class.key) {
            return Err(GovernanceError::ClassCodeTaken { edition: class.key.edition, code: class.key.code });
        }
        edition.check_local(&class)?;
        self.classes.insert(class.key.clone(), class);
        Ok(())
    }

    /// Takes a local class out of use; its code stays vacant for ever.
    ///
    /// # Errors
    /// `class_code_malformed` where there is no such class, `local_class_malformed` where it is a standard one.
    pub fn retire_class(&mut self, key: &ClassKey) -> Result<Class, GovernanceError> {
        match self.classes.get(key) {
            None => {
                return Err(GovernanceError::ClassCodeMalformed {
                    edition: key.edition.clone(),
                    code: key.code.clone(),
                });
            }
            Some(class) if !class.local => {
                return Err(GovernanceError::LocalClassMalformed {
                    edition: key.edition.clone(),
                    code: key.code.clone(),
                    reason: "a class of the standard cannot be retired by a city".to_owned(),
                });
            }
            Some(_) => {}
        }
        self.vacant.insert(key.clone());
        self.classes.remove(key).ok_or_else(|| GovernanceError::ClassCodeMalformed {
            edition: key.edition.clone(),
            code: key.code.clone(),
        })
    }

    /// Keeps a code out of use for ever.
    ///
    /// # Errors
    /// `class_code_taken` where a class has it.
    pub fn keep_vacant(&mut self, key: ClassKey) -> Result<(), GovernanceError> {
        if self.classes.contains_key(&key) {
            return Err(GovernanceError::ClassCodeTaken { edition: key.edition, code: key.code });
        }
        self.vacant.insert(key);
        Ok(())
    }

    /// Every code of a kind and major that is or was in use, for the local extension rule.
    fn spent<'a>(
        &'a self,
        edition: &'a str,
        kind: ClassKind,
        major: &'a str,
    ) -> impl Iterator<Item = &'a str> {
        self.classes
            .keys()
            .chain(&self.vacant)
            .filter(move |key| key.edition == edition && key.kind == kind && key.code.starts_with(major))
            .map(|key| key.code.as_str())
    }
}

/// The dictionary as stored: lists, for the keys of JSON objects are texts.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct DictionaryData {
    editions: Vec<Edition>,
    majors: Vec<Major>,
    classes: Vec<Class>,
    vacant: Vec<ClassKey>,
}

impl From<Dictionary> for DictionaryData {
    fn from(dictionary: Dictionary) -> Self {
        Self {
            editions: dictionary.editions.into_values().collect(),
            majors: dictionary.majors.into_values().collect(),
            classes: dictionary.classes.into_values().collect(),
            vacant: dictionary.vacant.into_iter().collect(),
        }
    }
}

impl TryFrom<DictionaryData> for Dictionary {
    type Error = GovernanceError;

    fn try_from(data: DictionaryData) -> Result<Self, Self::Error> {
        let mut dictionary = Self::empty();
        let mut majors = data.majors;
        for edition in data.editions {
            let (own, others) = majors.into_iter().partition(|major| major.edition == edition.code);
            majors = others;
            dictionary.add_edition(edition, own)?;
        }
        for class in data.classes {
            dictionary.add_class(class)?;
        }
        for key in data.vacant {
            dictionary.keep_vacant(key)?;
        }
        Ok(dictionary)
    }
}
