//! What an import needs to know of its city: who decides, what time it is there, which cell a place is in, what classes there are.

use std::{collections::BTreeMap, sync::Arc};

use jiff::tz::TimeZone;
use kernel::{code::CityCode, id::CaseId, role::Actor, time::Moment};
use ledger::LedgerError;
use map::geometry::Position;

use crate::{
    case::{Context, act::Office},
    view::View,
};

/// Where a place is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Whereabouts {
    /// In a cell.
    Inside {
        /// The cell's 15 digits.
        cell: String,
        /// The street's 9 digits.
        street: String,
        /// The community's 12 digits.
        community: String,
    },
    /// In the city, or in one whose border nobody knows, but in no cell.
    NoCell,
    /// Outside the city.
    Outside,
}

/// Says where a place is.
pub type Locate<'a> = Box<dyn Fn(Position) -> Whereabouts + 'a>;
/// Says which class a word means.
pub type FindClass<'a> = Box<dyn Fn(&str) -> Option<String> + 'a>;

/// The city as an import sees it.
pub struct Ground<'a> {
    /// Its code.
    pub city: CityCode,
    /// Calendar and settings, for the rules.
    pub office: Arc<Office>,
    /// Its time zone: what dates are meant in where the mapping names no other.
    pub zone: TimeZone,
    /// Who imports.
    pub actor: Actor,
    /// The moment of the import.
    pub now: Moment,
    /// Where a place is.
    pub locate: Locate<'a>,
    /// The whole key of the class that a word means (a code, a key or a name), where it means one.
    pub class: FindClass<'a>,
}

impl<'a> Ground<'a> {
    /// The city of a view, located by the grid in force at the moment of the import.
    ///
    /// # Errors
    /// As [`View::grid`].
    pub fn of(view: &'a View, actor: Actor, now: Moment) -> Result<Self, LedgerError> {
        let grid = view.grid(now)?;
        let locate = move |position: Position| {
            if let Some(located) = grid.locate(position) {
                return Whereabouts::Inside {
                    cell: located.cell.to_owned(),
                    street: located.street.to_owned(),
                    community: located.community.to_owned(),
                };
            }
            let inside =
                view.city.boundary.as_ref().map(|boundary| map::locate::contains(boundary, position));
            if inside.unwrap_or(grid.is_empty()) { Whereabouts::NoCell } else { Whereabouts::Outside }
        };
        let mut names: BTreeMap<&'a str, Option<String>> = BTreeMap::new();
        for class in view.classes() {
            // A name that two classes share names neither.
            names
                .entry(class.name_zh.as_str())
                .and_modify(|key| *key = None)
                .or_insert_with(|| Some(class.key.to_string()));
        }
        let class = move |word: &str| {
            let known = view.class(word).map(|class| class.key.to_string());
            known.or_else(|| names.get(word.trim()).cloned().flatten())
        };
        Ok(Self {
            city: view.code,
            office: Arc::new(view.office.clone()),
            zone: view.zone.clone(),
            actor,
            now,
            locate: Box::new(locate),
            class: Box::new(class),
        })
    }
}

impl Ground<'_> {
    /// What the rules may look at when a case is imported.
    pub(super) fn context(&self, id: CaseId) -> Context<'_> {
        Context {
            id,
            now: self.now,
            actor: &self.actor,
            calendar: &self.office.calendar,
            settings: &self.office.settings,
            rule: None,
            draw: None,
            other: None,
            is_reporter: false,
        }
    }
}

impl std::fmt::Debug for Ground<'_> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Ground")
            .field("city", &self.city)
            .field("now", &self.now)
            .finish_non_exhaustive()
    }
}
