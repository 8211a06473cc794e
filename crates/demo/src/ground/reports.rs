//! What residents, collectors and others report: texts by class, and when and where reports of a class come. Made up.

use std::collections::BTreeMap;

use governance::{
    case::Source,
    dictionary::{ClassKey, ClassKind, EDITION_2026},
};
use serde::{Deserialize, Serialize};

use super::register::rows;
use crate::error::DemoError;

const CLASSES_FILE: &str = "report-classes.csv";
const TEXTS_FILE: &str = "report-texts.csv";
const CLASSES: &str = include_str!("../../data/report-classes.csv");
const TEXTS: &str = include_str!("../../data/report-texts.csv");

/// The numbers that fill the slot `{number}`.
pub const NUMBER_MAX: usize = 12;

/// A class with its share of all reports, its rhythm and its texts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReportClass {
    /// The class as cases name it, e.g. `2026-matter-06010`.
    pub class: String,
    /// How often it is reported, against other classes.
    pub weight: f64,
    /// At which hours.
    pub hours: Hours,
    /// On which days of the week.
    pub days: Days,
    /// In which months.
    pub months: Months,
    /// Where.
    pub place: PlaceKind,
    /// What is said.
    pub texts: Vec<ReportText>,
}

impl ReportClass {
    /// How likely a report of this class is in one hour, against other classes and hours; its mean over a year is [`ReportClass::weight`].
    /// `month` 1 to 12, `weekday` 0 (Monday) to 6, `hour` 0 to 23; nothing beyond.
    #[must_use]
    pub fn weight_at(&self, month: usize, weekday: usize, hour: usize) -> f64 {
        let month = month.checked_sub(1).map_or(0.0, |month| share(&self.months.profile(), month));
        self.weight * month * share(&self.days.profile(), weekday) * share(&self.hours.profile(), hour)
    }
}

/// One way to say it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportText {
    /// Who speaks like this.
    pub source: Source,
    /// Whether it is reported as urgent.
    pub urgent: bool,
    /// In which language.
    pub language: TextLanguage,
    /// The text, with the slots `{road}`, `{landmark}`, `{community}` and `{number}`.
    pub template: String,
}

impl ReportText {
    /// The text with its slots filled.
    #[must_use]
    pub fn fill(&self, road: &str, landmark: &str, community: &str, number: usize) -> String {
        let number = number.to_string();
        let slots = [
            ("{road}", road),
            ("{landmark}", landmark),
            ("{community}", community),
            ("{number}", number.as_str()),
        ];
        slots.iter().fold(self.template.clone(), |text, (slot, word)| text.replace(slot, word))
    }
}

/// The language of a text, and so of the names that fill it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TextLanguage {
    /// Chinese.
    Zh,
    /// English.
    En,
}

/// When in the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Hours {
    /// Seen on the way to work and to school.
    Morning,
    /// While people are about.
    Day,
    /// Before noon and again before supper, when markets are full.
    Market,
    /// After dark.
    Evening,
    /// When people want to sleep.
    Night,
    /// When people drive to work and home.
    Commute,
    /// While there is building.
    Works,
}

impl Hours {
    const fn profile(self) -> [u8; 24] {
        match self {
            Self::Morning => [0, 0, 0, 0, 1, 3, 9, 14, 14, 10, 7, 5, 3, 3, 3, 4, 4, 4, 3, 2, 1, 1, 0, 0],
            Self::Day => [0, 0, 0, 0, 0, 1, 3, 6, 9, 11, 11, 8, 5, 5, 9, 10, 9, 7, 4, 3, 2, 1, 1, 0],
            Self::Market => [0, 0, 0, 0, 0, 2, 7, 11, 12, 10, 8, 6, 3, 2, 3, 6, 10, 11, 8, 4, 2, 1, 0, 0],
            Self::Evening => [1, 0, 0, 0, 0, 0, 1, 2, 2, 3, 3, 3, 3, 2, 2, 3, 4, 7, 12, 16, 15, 11, 6, 3],
            Self::Night => [9, 6, 3, 1, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 2, 2, 2, 2, 4, 7, 12, 16, 18, 14],
            Self::Commute => [0, 0, 0, 0, 0, 0, 3, 15, 14, 6, 4, 6, 6, 4, 4, 4, 8, 14, 13, 7, 4, 2, 1, 0],
            Self::Works => [1, 1, 1, 0, 0, 0, 2, 6, 10, 11, 10, 7, 4, 5, 9, 10, 9, 7, 4, 2, 2, 2, 2, 1],
        }
    }
}

/// On which days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Days {
    /// On any.
    Even,
    /// More on Monday to Friday.
    Weekdays,
    /// More on Saturday and Sunday.
    Weekends,
}

impl Days {
    const fn profile(self) -> [u8; 7] {
        match self {
            Self::Even => [11, 10, 10, 10, 10, 10, 9],
            Self::Weekdays => [13, 12, 12, 11, 11, 6, 5],
            Self::Weekends => [8, 7, 7, 8, 11, 16, 14],
        }
    }
}

/// In which months.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Months {
    /// In any.
    Even,
    /// More in the dry spring.
    Spring,
    /// More in the heat.
    Summer,
    /// More when leaves fall.
    Autumn,
    /// More while nights are long.
    Winter,
    /// More in the rainy months, May to September.
    Rain,
    /// More around the new year's feast.
    Festival,
    /// Only when it freezes.
    Snow,
}

impl Months {
    const fn profile(self) -> [u8; 12] {
        match self {
            Self::Even => [10, 9, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10],
            Self::Spring => [8, 9, 15, 16, 13, 9, 8, 8, 8, 9, 9, 8],
            Self::Summer => [5, 5, 7, 9, 12, 16, 18, 17, 13, 9, 6, 5],
            Self::Autumn => [8, 7, 7, 7, 7, 7, 7, 8, 11, 17, 19, 14],
            Self::Winter => [15, 13, 10, 8, 7, 6, 6, 7, 8, 11, 14, 16],
            Self::Rain => [5, 6, 8, 11, 16, 19, 17, 13, 10, 7, 6, 5],
            Self::Festival => [17, 19, 9, 8, 8, 8, 8, 8, 9, 10, 8, 10],
            Self::Snow => [45, 28, 3, 0, 0, 0, 0, 0, 0, 0, 2, 22],
        }
    }
}

/// In which kind of place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PlaceKind {
    /// Anywhere in the town.
    Urban,
    /// On a road.
    Road,
    /// Around markets, stations and schools.
    Market,
    /// Where people live.
    Residence,
    /// In parks.
    Green,
    /// By a river or brook.
    Water,
    /// In a village.
    Village,
}

/// A profile's value as a multiple of its mean; nothing beyond its end.
fn share(profile: &[u8], index: usize) -> f64 {
    let sum: f64 = profile.iter().map(|value| f64::from(*value)).sum();
    profile.get(index).map_or(0.0, |value| f64::from(*value) * profile.len() as f64 / sum)
}

/// Every class that is reported in the demonstration city, by code.
///
/// # Errors
/// [`DemoError::Data`] only where the shipped files are damaged.
pub fn catalogue() -> Result<Vec<ReportClass>, DemoError> {
    let mut texts: BTreeMap<String, Vec<ReportText>> = BTreeMap::new();
    for row in rows(TEXTS, TEXTS_FILE, 5)? {
        let [code, source, urgent, language, template] = row.as_slice() else { continue };
        let text = ReportText {
            source: word(source, TEXTS_FILE)?,
            urgent: match urgent.as_str() {
                "yes" => true,
                "no" => false,
                other => return Err(DemoError::data(TEXTS_FILE, format!("{other} is neither yes nor no"))),
            },
            language: word(language, TEXTS_FILE)?,
            template: template.clone(),
        };
        texts.entry(code.clone()).or_default().push(text);
    }
    let mut catalogue = Vec::new();
    for row in rows(CLASSES, CLASSES_FILE, 6)? {
        let [code, weight, hours, days, months, place] = row.as_slice() else { continue };
        catalogue.push(ReportClass {
            class: ClassKey::new(EDITION_2026, ClassKind::Matter, code).to_string(),
            weight: weight.parse().map_err(|error| DemoError::data(CLASSES_FILE, error))?,
            hours: word(hours, CLASSES_FILE)?,
            days: word(days, CLASSES_FILE)?,
            months: word(months, CLASSES_FILE)?,
            place: word(place, CLASSES_FILE)?,
            texts: texts.remove(code).unwrap_or_default(),
        });
    }
    match texts.keys().next() {
        Some(code) => Err(DemoError::data(TEXTS_FILE, format!("{code} is no class of {CLASSES_FILE}"))),
        None => Ok(catalogue),
    }
}

/// A word of a list, as serde writes it.
pub(super) fn word<T: serde::de::DeserializeOwned>(text: &str, file: &'static str) -> Result<T, DemoError> {
    serde_json::from_value(serde_json::Value::from(text)).map_err(|error| DemoError::data(file, error))
}
