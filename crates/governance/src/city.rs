//! The city itself: a register of one row. What it chooses (calendar, limits, what residents are told) is data with a history.

use jiff::tz::TimeZone;
use kernel::calendar::{Calendar, CalendarData};
use ledger::{FieldFault, Register};
use map::geometry::MultiPolygon;
use serde::{Deserialize, Serialize};

use crate::case::CaseSettings;

/// Longest name, characters.
pub const NAME_CHARS_MAX: usize = 60;
/// Longest contact line, characters.
pub const CONTACT_CHARS_MAX: usize = 200;

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
    /// The dictionary edition under which new reports are classified.
    pub edition: String,
    /// The working calendar with the city's time zone.
    pub calendar: CalendarData,
    /// Its choices for cases.
    #[serde(default)]
    pub cases: CaseSettings,
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
            edition: crate::dictionary::EDITION_2026.to_owned(),
            calendar,
            cases: CaseSettings::default(),
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
            faults.push(FieldFault { field: "name", code: "value_missing" });
        }
        for (field, text, max) in [
            ("name", &self.name, NAME_CHARS_MAX),
            ("name_en", &self.name_en, NAME_CHARS_MAX),
            ("contact", &self.contact, CONTACT_CHARS_MAX),
        ] {
            if text.chars().count() > max {
                faults.push(FieldFault { field, code: "value_too_long" });
            }
        }
        if let Err(error) = Calendar::new(self.calendar.clone()) {
            faults.push(FieldFault { field: "calendar", code: kernel::error::Coded::code(&error) });
        }
        if !self.duplicates.is_sound() {
            faults.push(FieldFault { field: "duplicates", code: "duplicate_settings_malformed" });
        }
        faults
    }
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}
