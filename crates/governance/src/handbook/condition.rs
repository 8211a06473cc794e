//! A filing condition: when a case is filed, what must be true to close it, and how long each milestone may take.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use kernel::clock::Limit;
use serde::{Deserialize, Serialize};

use super::{SeasonSpan, Threshold, limits::is_milestone_name};
use crate::dictionary::{ClassKind, FieldFault};

/// Characters of a condition or closing text.
pub const CONDITION_CHARACTERS_MAX: usize = 2_000;
/// Milestones of one condition.
pub const MILESTONES_MAX: usize = 12;
/// Characters of a unit's name or code.
pub const UNIT_CHARACTERS_MAX: usize = 100;
/// Characters of an id.
const ID_CHARACTERS_MAX: usize = 60;

/// How busy an area is; busier areas get shorter limits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum AreaClass {
    /// The busiest.
    A,
    /// Between.
    B,
    /// The quietest.
    C,
}

/// How soon a case of the condition is looked at among others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Priority {
    /// 一般.
    #[default]
    Normal,
    /// 较急.
    High,
    /// 紧急: danger for people.
    Urgent,
}

impl Priority {
    /// The priority from its English or Chinese word.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        match text.trim().to_lowercase().as_str() {
            "normal" | "一般" => Some(Self::Normal),
            "high" | "较急" => Some(Self::High),
            "urgent" | "紧急" => Some(Self::Urgent),
            _ => None,
        }
    }

    /// The English word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Normal => "normal",
            Self::High => "high",
            Self::Urgent => "urgent",
        }
    }
}

/// What must be on record before the case may close. Empty by default: forced photos burden the grassroots.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MandatoryItem {
    /// A photo of the problem.
    PhotoBefore,
    /// A photo of the place after handling.
    PhotoAfter,
    /// The measured quantity of the threshold.
    Measurement,
    /// The identifier of the component.
    Component,
}

impl MandatoryItem {
    /// The item from its word.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        match text.trim() {
            "photo_before" => Some(Self::PhotoBefore),
            "photo_after" => Some(Self::PhotoAfter),
            "measurement" => Some(Self::Measurement),
            "component" => Some(Self::Component),
            _ => None,
        }
    }

    /// The word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::PhotoBefore => "photo_before",
            Self::PhotoAfter => "photo_after",
            Self::Measurement => "measurement",
            Self::Component => "component",
        }
    }
}

/// A step of handling with its own limit, counted from the start of handling: stop, penalty, demolition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Milestone {
    /// What is reached, in the handbook's language.
    pub name: String,
    /// How long it may take.
    pub limit: Limit,
}

/// A unit as the handbook names it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Unit {
    /// The code in the city's list of units; empty where the name is not in it.
    pub code: String,
    /// The name as written.
    pub name: String,
}

impl Unit {
    /// Whether nothing is named.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.code.is_empty() && self.name.is_empty()
    }
}

/// The unit of rule (standards 4.3).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Condition {
    /// A stable text key, the same in every version of the handbook that has the condition: `2026-matter-06010-01`.
    pub id: String,
    /// The dictionary edition of the class.
    pub edition: String,
    /// The kind of the class.
    pub kind: ClassKind,
    /// The canonical code of the class.
    pub code: String,
    /// 立案条件, in Chinese.
    pub condition: String,
    /// The same in English; may be empty.
    #[serde(default)]
    pub condition_en: String,
    /// The measurable parts of the condition; any one of them suffices. Empty where it only says what is seen.
    #[serde(default)]
    pub thresholds: Vec<Threshold>,
    /// 结案条件, in Chinese.
    pub closing: String,
    /// The same in English; may be empty.
    #[serde(default)]
    pub closing_en: String,
    /// The milestones, in order; the last one is the end of handling.
    pub milestones: Vec<Milestone>,
    /// The milestones in an area of another class, where they differ.
    #[serde(default)]
    pub area_milestones: BTreeMap<AreaClass, Vec<Milestone>>,
    /// 处置单位.
    pub handling_unit: Unit,
    /// 主管部门.
    pub supervising_unit: Unit,
    /// The days of the year on which the condition is filed; none for all year.
    #[serde(default)]
    pub season: Option<SeasonSpan>,
    /// How soon it is looked at.
    #[serde(default)]
    pub priority: Priority,
    /// What must be on record before closing.
    #[serde(default)]
    pub mandatory: BTreeSet<MandatoryItem>,
}

impl Condition {
    /// Whether cases are filed under the condition on a day of the city.
    #[must_use]
    pub fn is_in_season(&self, day: Date) -> bool {
        self.season.is_none_or(|season| season.contains(day))
    }

    /// The milestones in an area on a day: those of the area's class where there are, else the general ones.
    /// `None` out of season.
    #[must_use]
    pub fn limit_for(&self, area: Option<AreaClass>, day: Date) -> Option<&[Milestone]> {
        self.is_in_season(day).then(|| {
            area.and_then(|area| self.area_milestones.get(&area)).map_or(&self.milestones[..], Vec::as_slice)
        })
    }

    /// Whether two conditions say the same but for their id.
    #[must_use]
    pub fn says_the_same(&self, other: &Self) -> bool {
        let mut twin = other.clone();
        twin.id.clone_from(&self.id);
        *self == twin
    }

    /// What is not acceptable in the fields taken by themselves.
    #[must_use]
    pub fn faults(&self) -> Vec<FieldFault> {
        let mut faults = Vec::new();
        if self.id.is_empty()
            || self.id.len() > ID_CHARACTERS_MAX
            || !self.id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
        {
            faults.push(FieldFault::new(
                "条件编号",
                &self.id,
                "condition_id_malformed",
                format!("an id has 1 to {ID_CHARACTERS_MAX} ASCII letters, digits, dashes and underscores"),
                "leave the id empty to get one",
            ));
        }
        for (column, text, required) in [
            ("立案条件", &self.condition, true),
            ("结案条件", &self.closing, false),
            ("立案条件英文", &self.condition_en, false),
            ("结案条件英文", &self.closing_en, false),
        ] {
            if required && text.is_empty() {
                faults.push(FieldFault::new(
                    column,
                    text,
                    "condition_missing",
                    "the filing condition is empty",
                    "write when a case is filed; without it nobody can tell",
                ));
            }
            if text.chars().count() > CONDITION_CHARACTERS_MAX {
                faults.push(FieldFault::new(
                    column,
                    text,
                    "text_too_long",
                    format!("longer than {CONDITION_CHARACTERS_MAX} characters"),
                    "split the row into several conditions",
                ));
            }
        }
        for (column, unit) in [("处置单位", &self.handling_unit), ("主管部门", &self.supervising_unit)]
        {
            if unit.name.chars().count() > UNIT_CHARACTERS_MAX
                || unit.code.chars().count() > UNIT_CHARACTERS_MAX
            {
                faults.push(FieldFault::new(
                    column,
                    &unit.name,
                    "text_too_long",
                    format!("longer than {UNIT_CHARACTERS_MAX} characters"),
                    "name one unit, as in the list of units",
                ));
            }
        }
        faults.extend(milestone_faults("处置时限", &self.milestones));
        for milestones in self.area_milestones.values() {
            faults.extend(milestone_faults("处置时限", milestones));
        }
        faults
    }
}

fn milestone_faults(column: &'static str, milestones: &[Milestone]) -> Option<FieldFault> {
    if milestones.is_empty() {
        return Some(FieldFault::new(
            column,
            "",
            "limit_missing",
            "the limit is empty",
            "write a limit such as 4小时, 2天 or 2紧急工作时",
        ));
    }
    if milestones.len() > MILESTONES_MAX {
        return Some(FieldFault::new(
            column,
            &milestones.len().to_string(),
            "milestones_too_many",
            format!("a condition has {MILESTONES_MAX} milestones at most"),
            "join steps that end together",
        ));
    }
    milestones.iter().find(|milestone| !is_milestone_name(&milestone.name)).map(|milestone| {
        FieldFault::new(
            column,
            &milestone.name,
            "milestone_name_malformed",
            "a milestone's name has 1 to 20 characters, no digits and none of ; : ,",
            "name what is reached, for example 停工",
        )
    })
}
