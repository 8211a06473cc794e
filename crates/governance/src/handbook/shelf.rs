//! The versions of a city's handbook. A published version never changes, so cases filed under it keep their rules.

use std::sync::Arc;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::Handbook;
use crate::error::GovernanceError;

/// Versions on one shelf.
const HANDBOOK_VERSIONS_MAX: usize = 1_000;

/// All versions, oldest first.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(try_from = "Vec<Arc<Handbook>>", into = "Vec<Arc<Handbook>>")]
pub struct Shelf {
    versions: Vec<Arc<Handbook>>,
}

impl Shelf {
    /// Puts a version on the shelf.
    ///
    /// # Errors
    /// `handbook_version_out_of_order` where its number is not higher than the latest, its first day not later, or
    /// the shelf is full.
    pub fn add(&mut self, handbook: Arc<Handbook>) -> Result<(), GovernanceError> {
        let latest = self.versions.last();
        let follows = latest.is_none_or(|latest| {
            handbook.version() > latest.version() && handbook.in_force_from() > latest.in_force_from()
        });
        if !follows || self.versions.len() >= HANDBOOK_VERSIONS_MAX {
            return Err(GovernanceError::HandbookVersionOutOfOrder {
                version: handbook.version(),
                latest: latest.map_or(0, |latest| latest.version()),
            });
        }
        self.versions.push(handbook);
        Ok(())
    }

    /// The version under which cases are filed on a day of the city.
    #[must_use]
    pub fn on(&self, day: Date) -> Option<&Arc<Handbook>> {
        self.versions.iter().rev().find(|handbook| handbook.in_force_from() <= day)
    }

    /// The version that a case names.
    #[must_use]
    pub fn version(&self, version: u32) -> Option<&Arc<Handbook>> {
        self.versions
            .binary_search_by_key(&version, |handbook| handbook.version())
            .ok()
            .and_then(|place| self.versions.get(place))
    }

    /// The latest version, in force or not yet.
    #[must_use]
    pub fn latest(&self) -> Option<&Arc<Handbook>> {
        self.versions.last()
    }
}

impl TryFrom<Vec<Arc<Handbook>>> for Shelf {
    type Error = GovernanceError;

    fn try_from(versions: Vec<Arc<Handbook>>) -> Result<Self, Self::Error> {
        let mut shelf = Self::default();
        for handbook in versions {
            shelf.add(handbook)?;
        }
        Ok(shelf)
    }
}

impl From<Shelf> for Vec<Arc<Handbook>> {
    fn from(shelf: Shelf) -> Self {
        shelf.versions
    }
}
