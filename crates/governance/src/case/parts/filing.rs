//! What the handbook asks for when a case is filed, and promises from then on.

use kernel::clock::Limit;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Something that a filing or closing condition asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MandatoryItem {
    /// A place on the map.
    Place,
    /// A description.
    Text,
    /// A picture of the problem.
    PhotoBefore,
    /// A picture after the work, of the present round.
    PhotoAfter,
    /// The component's identifier.
    Component,
}

/// One limit on the way to done, e.g. "stopped" within 4 working hours, "demolished" within 20 working days (standards 4.3).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Milestone {
    /// What must be reached.
    pub name: String,
    /// Counted from the start of the handling clock.
    pub limit: Limit,
}

/// What the handbook said when the case was filed; the case keeps it for life.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FilingRule {
    /// The id of the chosen condition in that handbook.
    pub condition: String,
    /// The handbook's version.
    pub handbook_version: u32,
    /// Edition, kind and code of the class.
    pub class: String,
    /// 1 to [`crate::case::MILESTONES_MAX`], in rising order; the last one is "done".
    pub milestones: Vec<Milestone>,
    /// What filing needs.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub filing_items: BTreeSet<MandatoryItem>,
    /// What closing needs.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub closing_items: BTreeSet<MandatoryItem>,
    /// The unit that the handbook proposes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub handling_unit: Option<String>,
}
