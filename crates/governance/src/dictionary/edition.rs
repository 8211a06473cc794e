//! An edition of the dictionary: how its codes are written and when it is in force.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::fold;
use crate::error::GovernanceError;

/// Digits of a minor code, at most; the smallest unsigned type of the range must hold it.
const MINOR_DIGITS_MAX: u8 = 4;

/// One edition: a national one or a city's own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edition {
    /// `2013`, `2026` or a city's own word.
    pub code: String,
    /// The name in Chinese.
    pub name_zh: String,
    /// The name in English.
    pub name_en: String,
    /// The number of the standard; empty for a local edition.
    pub standard: String,
    /// First day in force; none where the source does not say.
    pub in_force_from: Option<Date>,
    /// Last day in force; none while it is.
    pub in_force_to: Option<Date>,
    /// Whether every class of the standard is here. Where not, a workbook may bring classes that are missing.
    pub complete: bool,
    /// What stands between major and minor digits: `-` in 2013, nothing in 2026.
    pub separator: String,
    /// Digits of the minor code.
    pub minor_digits: u8,
    /// The first local minor number; local classes count down from it (standards 2.3).
    pub local_minor_first: u16,
    /// The last (lowest) local minor number.
    pub local_minor_last: u16,
    /// What the name of a new local class must end with; may be empty.
    pub local_name_suffix: String,
}

impl Edition {
    /// Whether the edition is in force on a day.
    #[must_use]
    pub fn is_in_force(&self, day: Date) -> bool {
        self.in_force_from.is_none_or(|from| from <= day) && self.in_force_to.is_none_or(|to| day <= to)
    }

    /// The canonical code from what people and spreadsheets write: full-width digits, a lost leading zero
    /// (`6010`), a number (`6010.0`), with or without the dash. `None` where it is no code of this edition.
    #[must_use]
    pub fn canonical(&self, text: &str) -> Option<String> {
        let folded = fold(text);
        if let Some((major, minor)) = folded.split_once('-') {
            let minor_fits = minor.len() <= usize::from(self.minor_digits);
            return if major.is_empty() || !minor_fits { None } else { self.canonical_pair(major, minor) };
        }
        let digits = digits_of(&folded)?;
        let width = 2 + usize::from(self.minor_digits);
        if digits.len() > width || digits.len() + 1 < width {
            return None;
        }
        let padded = format!("{digits:0>width$}");
        let (major, minor) = padded.split_at(2);
        Some(self.join(major, minor))
    }

    /// The canonical code from a major and a minor cell. The minor cell may hold the minor digits alone (`010`,
    /// `10`) or the whole code; then it must agree with the major cell, which may be empty.
    #[must_use]
    pub fn canonical_pair(&self, major: &str, minor: &str) -> Option<String> {
        let width = usize::from(self.minor_digits);
        let major = if major.trim().is_empty() { None } else { Some(self.canonical_major(major)?) };
        let digits = digits_of(&fold(minor)).filter(|digits| digits.len() <= width);
        let Some(digits) = digits else {
            let whole = self.canonical(minor)?;
            return major.is_none_or(|major| whole.starts_with(&major)).then_some(whole);
        };
        Some(self.join(&major?, &format!("{digits:0>width$}")))
    }

    /// The two digits of a major class from a cell (`6`, `06`, `6.0`).
    #[must_use]
    pub fn canonical_major(&self, text: &str) -> Option<String> {
        let digits = digits_of(&fold(text))?;
        (digits.len() <= 2).then(|| format!("{digits:0>2}"))
    }

    /// The code of a major and a minor number.
    #[must_use]
    pub fn code_of(&self, major: &str, minor: u16) -> String {
        let width = usize::from(self.minor_digits);
        self.join(major, &format!("{minor:0width$}"))
    }

    /// The minor number of a canonical code.
    #[must_use]
    pub fn minor_of(&self, code: &str) -> Option<u16> {
        code.get(2 + self.separator.len()..)?.parse().ok()
    }

    /// The two major digits of a canonical code.
    #[must_use]
    pub fn major_of<'a>(&self, code: &'a str) -> Option<&'a str> {
        code.get(..2)
    }

    fn join(&self, major: &str, minor: &str) -> String {
        format!("{major}{}{minor}", self.separator)
    }

    /// Refuses an edition whose numbers contradict each other.
    pub(super) fn check(&self) -> Result<(), GovernanceError> {
        let malformed = |reason: &str| GovernanceError::EditionMalformed {
            edition: self.code.clone(),
            reason: reason.to_owned(),
        };
        if !(1..=20).contains(&self.code.len()) || !self.code.bytes().all(|byte| byte.is_ascii_alphanumeric())
        {
            return Err(malformed("the code has 1 to 20 ASCII letters and digits"));
        }
        if self.minor_digits == 0 || self.minor_digits > MINOR_DIGITS_MAX {
            return Err(malformed("minor codes have 1 to 4 digits"));
        }
        if !(self.separator.is_empty() || self.separator == "-") {
            return Err(malformed("the separator is empty or a dash"));
        }
        if self.local_minor_last > self.local_minor_first
            || u32::from(self.local_minor_first) >= 10_u32.pow(u32::from(self.minor_digits))
        {
            return Err(malformed("local minor codes count down and fit the digits"));
        }
        if let (Some(from), Some(to)) = (self.in_force_from, self.in_force_to)
            && to < from
        {
            return Err(malformed("the last day in force is before the first"));
        }
        Ok(())
    }
}

/// The digits of a folded cell that holds nothing else; a spreadsheet number may end with a point and zeros.
fn digits_of(folded: &str) -> Option<String> {
    let whole = match folded.split_once('.') {
        Some((whole, fraction)) if fraction.bytes().all(|byte| byte == b'0') => whole,
        _ => folded,
    };
    (!whole.is_empty() && whole.bytes().all(|byte| byte.is_ascii_digit())).then(|| whole.to_owned())
}
