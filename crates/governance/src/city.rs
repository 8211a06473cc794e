//! The city itself: a register of one row. What it chooses (calendar, limits, what residents are told) is data with a history.

use std::collections::BTreeSet;

use jiff::tz::TimeZone;
use kernel::calendar::{Calendar, CalendarData};
use ledger::{FieldFault, Register};
use map::geometry::MultiPolygon;
use serde::{Deserialize, Serialize};

use crate::{call::CallSettings, case::CaseSettings, dictionary::ClassKey, letter::LetterSettings};

/// Longest name, characters.
pub const NAME_CHARS_MAX: usize = 60;
/// Longest contact line, characters.
pub const CONTACT_CHARS_MAX: usize = 200;
/// Private classes at the most.
pub const PRIVATE_CLASSES_MAX: usize = 200;
/// Classes that are offered first at the most.
pub const FREQUENT_CLASSES_MAX: usize = 40;

/// What a new city offers residents first (standards 2.7, ten high-frequency matters), and two that people look for.
const FREQUENT_CLASSES: [&str; 12] = [
    "2026-matter-06010",
    "2026-matter-06012",
    "2026-matter-06042",
    "2026-matter-06036",
    "2026-matter-06011",
    "2026-matter-09006",
    "2026-matter-09005",
    "2026-matter-06017",
    "2026-matter-06045",
    "2026-matter-07003",
    "2026-matter-01037",
    "2026-matter-06013",
];

/// A city as it describes itself.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct City {
    /// Its name in its own language.
    pub name: String,
    /// Its name in English; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name_en: String,
    /// Whom residents may ask, e.g. `12345`; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub contact: String,
    /// Made by `demo`: its pages say so and offer its accounts.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub demonstration: bool,
    /// The password of every account of a demonstration city, which its start page offers; only ever set by `demo`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub demonstration_password: Option<String>,
    /// The classes that residents are offered first, as `EDITION-KIND-CODE`, in the order in which they are offered.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub frequent_classes: Vec<String>,
    /// The dictionary edition under which new reports are classified.
    pub edition: String,
    /// Classes that are nobody else's business (`2026-matter-06010`): no outsider is offered them or sees their cases.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub private_classes: BTreeSet<String>,
    /// The working calendar with the city's time zone.
    pub calendar: CalendarData,
    /// Its choices for cases.
    #[serde(default)]
    pub cases: CaseSettings,
    /// Its choices for the hotline.
    #[serde(default)]
    pub calls: CallSettings,
    /// Its choices for letters between units.
    #[serde(default, skip_serializing_if = "is_default")]
    pub letters: LetterSettings,
    /// How it scores duplicates.
    #[serde(default, skip_serializing_if = "is_default")]
    pub duplicates: crate::duplicates::Settings,
    /// Its border, where it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub boundary: Option<MultiPolygon>,
}

impl City {
    /// The key of the one row.
    pub const KEY: &'static str = "city";

    /// A city without anything but a name: China's calendar in a time zone, edition 2026.
    #[must_use]
    pub fn new(name: &str, zone: &str) -> Self {
        let mut calendar = CalendarData::china_default();
        if zone != calendar.zone {
            // China's holidays are no other country's.
            calendar.exceptions.clear();
        }
        zone.clone_into(&mut calendar.zone);
        Self {
            name: name.to_owned(),
            name_en: String::new(),
            contact: String::new(),
            demonstration: false,
            demonstration_password: None,
            frequent_classes: FREQUENT_CLASSES.map(str::to_owned).to_vec(),
            edition: crate::dictionary::EDITION_2026.to_owned(),
            private_classes: BTreeSet::new(),
            calendar,
            cases: CaseSettings::default(),
            calls: CallSettings::default(),
            letters: LetterSettings::default(),
            duplicates: crate::duplicates::Settings::default(),
            boundary: None,
        }
    }

    /// Its time zone; UTC where the name is unknown, which [`Register::validate`] keeps out.
    #[must_use]
    pub fn zone(&self) -> TimeZone {
        TimeZone::get(&self.calendar.zone).unwrap_or(TimeZone::UTC)
    }
}

impl Register for City {
    const NAME: &'static str = "city";

    fn key(&self) -> String {
        Self::KEY.to_owned()
    }

    fn validate(&self) -> Vec<FieldFault> {
        let mut faults = Vec::new();
        if self.name.trim().is_empty() {
            faults.push(FieldFault::new("name", "value_missing"));
        }
        for (field, text, max) in [
            ("name", &self.name, NAME_CHARS_MAX),
            ("name_en", &self.name_en, NAME_CHARS_MAX),
            ("contact", &self.contact, CONTACT_CHARS_MAX),
        ] {
            if text.chars().count() > max {
                faults.push(FieldFault::new(field, "value_too_long"));
            }
        }
        if self.private_classes.len() > PRIVATE_CLASSES_MAX {
            faults.push(FieldFault::new("private_classes", "value_too_long"));
        }
        if self.private_classes.iter().any(|class| class.parse::<ClassKey>().is_err()) {
            faults.push(FieldFault::new("private_classes", "class_unknown"));
        }
        if self.demonstration_password.is_some() && !self.demonstration {
            faults.push(FieldFault::new("demonstration_password", "demonstration_only"));
        }
        if self.frequent_classes.len() > FREQUENT_CLASSES_MAX {
            faults.push(FieldFault::new("frequent_classes", "value_too_long"));
        } else if self.frequent_classes.iter().any(|class| class.parse::<ClassKey>().is_err()) {
            faults.push(FieldFault::new("frequent_classes", "class_malformed"));
        }
        if let Err(error) = Calendar::new(self.calendar.clone()) {
            faults.push(FieldFault::new("calendar", kernel::error::Coded::code(&error)));
        }
        if !self.duplicates.is_sound() {
            faults.push(FieldFault::new("duplicates", "duplicate_settings_malformed"));
        }
        faults
    }
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}
