//! The caller's language, Chinese first, and the texts of both: one file per language, key → text with `{name}` placeholders.

use std::{collections::BTreeMap, sync::LazyLock};

use axum::http::{HeaderMap, header};
use serde_json::{Map, Value};

/// A language that the product speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Language {
    /// Chinese, where the caller names none of ours.
    #[default]
    Chinese,
    /// English.
    English,
}

/// Texts by key.
pub(crate) type Texts = BTreeMap<String, String>;

/// A file that is no map of texts gives no texts; a test reads both.
static CHINESE: LazyLock<Texts> =
    LazyLock::new(|| serde_json::from_str(include_str!("../locales/zh.json")).unwrap_or_default());
static ENGLISH: LazyLock<Texts> =
    LazyLock::new(|| serde_json::from_str(include_str!("../locales/en.json")).unwrap_or_default());

impl Language {
    /// The language that `Accept-Language` weighs highest (RFC 9110 12.5.4); the first named among equals.
    #[must_use]
    pub fn of(headers: &HeaderMap) -> Self {
        let Some(wanted) = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()) else {
            return Self::default();
        };
        let mut best = (0_u32, Self::default());
        for part in wanted.split(',') {
            let (tag, parameters) = part.split_once(';').unwrap_or((part, ""));
            let language =
                match tag.trim().split('-').next().unwrap_or_default().to_ascii_lowercase().as_str() {
                    "zh" => Self::Chinese,
                    "en" => Self::English,
                    _ => continue,
                };
            let weight = parameters.trim().strip_prefix("q=").map_or(Some(1.0), |q| q.parse::<f32>().ok());
            let thousandths = weight.filter(|q| (0.0..=1.0).contains(q)).map_or(0, |q| (q * 1_000.0) as u32);
            if thousandths > best.0 {
                best = (thousandths, language);
            }
        }
        best.1
    }

    /// As in `Content-Language`.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Chinese => "zh-CN",
            Self::English => "en",
        }
    }

    /// All texts of the language.
    pub(crate) fn texts(self) -> &'static Texts {
        match self {
            Self::Chinese => &CHINESE,
            Self::English => &ENGLISH,
        }
    }

    /// The text of a key with its placeholders filled; the key itself where no text is known.
    #[must_use]
    pub fn text(self, key: &str, details: &Map<String, Value>) -> String {
        let Some(text) = self.texts().get(key) else { return key.to_owned() };
        let mut filled = text.clone();
        for (name, value) in details {
            let place = format!("{{{name}}}");
            if filled.contains(&place) {
                let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
                filled = filled.replace(&place, &value);
            }
        }
        filled
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn language(wanted: &str) -> Language {
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT_LANGUAGE, wanted.parse().unwrap());
        Language::of(&headers)
    }

    #[test]
    fn the_heaviest_known_language_wins() {
        assert_eq!(Language::of(&HeaderMap::new()), Language::Chinese);
        assert_eq!(language("en-GB,en;q=0.9,zh;q=0.8"), Language::English);
        assert_eq!(language("zh-CN,zh;q=0.9,en;q=0.8"), Language::Chinese);
        assert_eq!(language("fr;q=1, en;q=0.3"), Language::English);
        assert_eq!(language("en;q=0"), Language::Chinese);
        assert_eq!(language("en;q=nonsense"), Language::Chinese);
        assert_eq!(language("de"), Language::Chinese);
    }

    #[test]
    fn both_files_have_the_same_keys_and_placeholders() {
        let (chinese, english) = (Language::Chinese.texts(), Language::English.texts());
        assert!(!chinese.is_empty());
        let keys = |texts: &Texts| texts.keys().cloned().collect::<Vec<_>>();
        assert_eq!(keys(chinese), keys(english));
        let places = |text: &str| {
            let mut places: Vec<String> = text
                .split('{')
                .skip(1)
                .filter_map(|rest| rest.split('}').next())
                .map(str::to_owned)
                .collect();
            places.sort();
            places
        };
        for (key, text) in chinese {
            assert_eq!(places(text), places(&english[key]), "{key}");
            assert!(!text.trim().is_empty() && !english[key].trim().is_empty(), "{key}");
        }
    }

    #[test]
    fn placeholders_are_filled() {
        let mut details = Map::new();
        details.insert("limit".to_owned(), 3.into());
        let text = Language::English.text("password_too_short", &details);
        assert!(text.contains('3') && !text.contains('{'), "{text}");
        assert_eq!(Language::English.text("no_such_key", &details), "no_such_key");
    }
}
