//! The handbook (立案、处置与结案标准): filing conditions as versioned data.
//!
//! The unit of rule is the **filing condition**, not the class: one prefecture's handbook has 190 classes and 519
//! conditions, each with its own closing condition and limits (standards 0.4 and 4.3). A case keeps the version of
//! the handbook that it was filed under; a [`Shelf`] holds the versions.

mod columns;
mod condition;
mod export;
mod kept;
mod limits;
mod merges;
mod season;
mod shelf;
mod standard;
#[cfg(test)]
mod tests;
mod threshold;
pub mod workbook;

use std::{collections::BTreeMap, ops::Range};

use jiff::civil::Date;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

pub use self::{
    columns::{Column, NINE_COLUMNS},
    condition::{
        AreaClass, CONDITION_CHARACTERS_MAX, Condition, MILESTONES_MAX, MandatoryItem, Milestone, Priority,
        UNIT_CHARACTERS_MAX, Unit,
    },
    export::{ColumnSet, SheetTable, export, write_xlsx},
    kept::{HandbookVersion, LocalClass},
    limits::{DEFAULT_MILESTONE, parse_milestones, write_milestones},
    merges::Merge,
    season::SeasonSpan,
    shelf::Shelf,
    standard::{DefaultUnit, default_2026, default_units},
    threshold::{Comparison, Quantity, Threshold, UpperBound, parse_thresholds},
};
use crate::{
    dictionary::{ClassKind, FieldFault},
    error::GovernanceError,
};

/// Conditions of one handbook.
pub const CONDITIONS_MAX: usize = 20_000;

/// One version of a city's handbook.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "HandbookData", into = "HandbookData")]
pub struct Handbook {
    data: HandbookData,
    by_class: BTreeMap<(ClassKind, String), Range<usize>>,
    by_id: FxHashMap<String, usize>,
}

/// The handbook as stored: without its indexes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct HandbookData {
    version: u32,
    name: String,
    edition: String,
    in_force_from: Date,
    conditions: Vec<Condition>,
}

impl Handbook {
    /// A handbook of conditions of one edition. They are put in order of kind and class; within a class the given
    /// order stays.
    ///
    /// # Errors
    /// `rows_refused` with a fault for each condition whose fields are not acceptable, whose edition is another, or
    /// whose id comes twice; the row is the place in the list, counted from 1.
    pub fn new(
        version: u32,
        name: &str,
        edition: &str,
        in_force_from: Date,
        mut conditions: Vec<Condition>,
    ) -> Result<Self, GovernanceError> {
        let mut faults = Vec::new();
        let mut by_id = FxHashMap::default();
        for (place, condition) in conditions.iter().enumerate() {
            let row = u32::try_from(place + 1).unwrap_or(u32::MAX);
            faults.extend(condition.faults().into_iter().map(|fault| fault.at("", row)));
            if condition.edition != edition {
                faults.push(
                    FieldFault::new(
                        "edition",
                        &condition.edition,
                        "edition_differs",
                        format!("the handbook is of edition {edition}"),
                        "map the condition's class to the handbook's edition first",
                    )
                    .at("", row),
                );
            }
            if by_id.insert(condition.id.clone(), place).is_some() {
                faults.push(
                    FieldFault::new(
                        "id",
                        &condition.id,
                        "condition_id_doubled",
                        "another condition has the same id",
                        "leave the id empty to get a new one",
                    )
                    .at("", row),
                );
            }
        }
        if conditions.len() > CONDITIONS_MAX {
            faults.push(
                FieldFault::new(
                    "id",
                    &conditions.len().to_string(),
                    "conditions_too_many",
                    format!("a handbook has {CONDITIONS_MAX} conditions at most"),
                    "drop conditions that are no longer filed",
                )
                .at("", 0),
            );
        }
        if !faults.is_empty() {
            return Err(GovernanceError::RowsRefused { faults });
        }
        conditions.sort_by(|left, right| (left.kind, &left.code).cmp(&(right.kind, &right.code)));
        let mut by_class: BTreeMap<(ClassKind, String), Range<usize>> = BTreeMap::new();
        for (place, condition) in conditions.iter().enumerate() {
            by_class
                .entry((condition.kind, condition.code.clone()))
                .and_modify(|range| range.end = place + 1)
                .or_insert(place..place + 1);
            by_id.insert(condition.id.clone(), place);
        }
        let data = HandbookData {
            version,
            name: name.to_owned(),
            edition: edition.to_owned(),
            in_force_from,
            conditions,
        };
        Ok(Self { data, by_class, by_id })
    }

    /// The version; a case names it.
    #[must_use]
    pub const fn version(&self) -> u32 {
        self.data.version
    }

    /// The handbook's name, without the city's.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.data.name
    }

    /// The dictionary edition of all its conditions.
    #[must_use]
    pub fn edition(&self) -> &str {
        &self.data.edition
    }

    /// The first day on which cases are filed under it.
    #[must_use]
    pub const fn in_force_from(&self) -> Date {
        self.data.in_force_from
    }

    /// Every condition, in order of kind and class.
    #[must_use]
    pub fn conditions(&self) -> &[Condition] {
        &self.data.conditions
    }

    /// The conditions of a class; empty where there are none.
    #[must_use]
    pub fn find(&self, kind: ClassKind, code: &str) -> &[Condition] {
        self.by_class
            .get(&(kind, code.to_owned()))
            .and_then(|range| self.data.conditions.get(range.clone()))
            .unwrap_or_default()
    }

    /// The conditions of a class or, where it has none, of the class of the other kind with the same code: in
    /// edition 2026 the matter 供水井盖异常 and the component 供水井盖 share `01001`, and a handbook writes the
    /// conditions down once. Never for an edition whose kinds number their classes apart.
    #[must_use]
    pub fn find_with_mirror(&self, kind: ClassKind, code: &str) -> &[Condition] {
        let own = self.find(kind, code);
        if !own.is_empty() || self.data.edition != crate::dictionary::EDITION_2026 {
            return own;
        }
        match kind {
            ClassKind::Component => self.find(ClassKind::Matter, code),
            ClassKind::Matter => self.find(ClassKind::Component, code),
        }
    }

    /// A condition by its id.
    #[must_use]
    pub fn condition(&self, id: &str) -> Option<&Condition> {
        self.by_id.get(id).and_then(|place| self.data.conditions.get(*place))
    }
}

impl From<Handbook> for HandbookData {
    fn from(handbook: Handbook) -> Self {
        handbook.data
    }
}

impl TryFrom<HandbookData> for Handbook {
    type Error = GovernanceError;

    fn try_from(data: HandbookData) -> Result<Self, Self::Error> {
        Self::new(data.version, &data.name, &data.edition, data.in_force_from, data.conditions)
    }
}
