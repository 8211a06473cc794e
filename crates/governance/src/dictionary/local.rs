//! The local extension rule (standards 2.3): local minor classes count down from the top of the range, the name of
//! a 2026 one ends with (自定义), and a code is never used twice.

use super::{Class, ClassKind, Dictionary, Edition};
use crate::error::GovernanceError;

impl Edition {
    /// Whether a canonical code lies in the range that the edition leaves to local extensions.
    #[must_use]
    pub fn is_local_code(&self, code: &str) -> bool {
        self.minor_of(code)
            .is_some_and(|minor| (self.local_minor_last..=self.local_minor_first).contains(&minor))
    }

    /// The name with the suffix that a local class must carry.
    #[must_use]
    pub fn local_name(&self, name: &str) -> String {
        let name = name.trim();
        // The field writes the brackets in both widths.
        let bare = name.strip_suffix("（自定义）").or_else(|| name.strip_suffix("(自定义)")).unwrap_or(name);
        if self.local_name_suffix.is_empty() {
            name.to_owned()
        } else {
            format!("{}{}", bare.trim_end(), self.local_name_suffix)
        }
    }

    /// Refuses a class whose being local and whose code or name disagree.
    pub(super) fn check_local(&self, class: &Class) -> Result<(), GovernanceError> {
        let malformed = |reason: String| GovernanceError::LocalClassMalformed {
            edition: self.code.clone(),
            code: class.key.code.clone(),
            reason,
        };
        match (class.local, self.is_local_code(&class.key.code)) {
            (true, false) => Err(malformed(format!(
                "local minor codes run from {} down to {}",
                self.local_minor_first, self.local_minor_last
            ))),
            (false, true) => Err(malformed("a code of the local range is a local class".to_owned())),
            (true, true) if !class.name_zh.ends_with(&self.local_name_suffix) => {
                Err(malformed(format!("the name must end with {}", self.local_name_suffix)))
            }
            _ => Ok(()),
        }
    }
}

impl Dictionary {
    /// The next code for a local class: one below the lowest that was ever used, so that no code comes twice.
    ///
    /// # Errors
    /// `edition_unknown`, `major_unknown`, `local_codes_exhausted`.
    pub fn next_local_code(
        &self,
        edition: &str,
        kind: ClassKind,
        major: &str,
    ) -> Result<String, GovernanceError> {
        let rules = self.edition(edition)?;
        if self.major(edition, kind, major).is_none() {
            return Err(GovernanceError::MajorUnknown {
                edition: edition.to_owned(),
                major: major.to_owned(),
            });
        }
        let lowest = self
            .spent(edition, kind, major)
            .filter(|code| rules.is_local_code(code))
            .filter_map(|code| rules.minor_of(code))
            .min();
        let next = match lowest {
            None => Some(rules.local_minor_first),
            Some(lowest) => lowest.checked_sub(1).filter(|minor| *minor >= rules.local_minor_last),
        };
        next.map(|minor| rules.code_of(major, minor)).ok_or_else(|| GovernanceError::LocalCodesExhausted {
            edition: edition.to_owned(),
            major: major.to_owned(),
        })
    }
}
