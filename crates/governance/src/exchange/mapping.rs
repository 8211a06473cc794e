//! Which column of a table is what: written by [`super::propose()`], mended by hand, kept as a JSON file.

use std::collections::BTreeMap;

use documents::datetime::DateTimeFormat;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use super::{export::own_columns, personal::is_personal_header, role::ColumnRole};
use crate::{
    case::{NAME_CHARS_MAX, Source, Stage},
    error::GovernanceError,
};

/// Which column of a table is what. Columns are named as in the header; a second column of one name is `NAME (2)`, one without a name
/// `column N`. What is not named here is kept as a field under its own name.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mapping {
    /// The name of the source: with it and its id a case is known again. Never change it between imports of one source.
    pub source: String,
    /// The time zone in which dates are meant that don't say it themselves, e.g. `America/Los_Angeles`; otherwise the city's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub zone: Option<String>,
    /// The sheet of a workbook; otherwise the first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sheet: Option<String>,
    /// The row of the column names; otherwise the first that has a value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub header_row: Option<u64>,
    /// What the source calls the case.
    pub id: String,
    /// When it was reported.
    pub reported_at: DateColumn,
    /// What kind of problem it is: the source's words, and for each the city's class (`2026-matter-06010`) where there is one.
    pub class: WordColumn<String>,
    /// When it was closed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closed_at: Option<DateColumn>,
    /// When the source last changed it: of two rows of one case the later one is right.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub updated_at: Option<DateColumn>,
    /// For when it was promised.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_at: Option<DateColumn>,
    /// Where it stands: `reported`, `closed`, `refused` or `voided`. Usual words are known without being listed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<WordColumn<Stage>>,
    /// How it came in. Usual words are known without being listed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channel: Option<WordColumn<Source>>,
    /// What was said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// Words for finding the place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// Longitude and latitude.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<PlaceColumns>,
    /// Coordinates are written with a decimal comma.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub decimal_comma: bool,
    /// Columns that are not taken in, beside those whose name says that they tell of persons.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub leave_out: Vec<String>,
    /// Columns that are taken in although their name sounds like a person's data.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub keep: Vec<String>,
}

/// A column of dates.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DateColumn {
    /// Its name.
    pub column: String,
    /// How its cells are written; tried in this order.
    pub formats: Vec<DateTimeFormat>,
}

/// A column of words that stand for something.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WordColumn<T> {
    /// Its name.
    pub column: String,
    /// What its words stand for.
    #[serde(default = "BTreeMap::new", skip_serializing_if = "BTreeMap::is_empty")]
    pub words: BTreeMap<String, T>,
}

/// Where longitude and latitude stand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum PlaceColumns {
    /// In two columns.
    Columns {
        /// Longitude, degrees.
        lon: String,
        /// Latitude, degrees.
        lat: String,
    },
    /// In one cell: `34.07, -118.26`, `(34.07, -118.26)`, `POINT (-118.26 34.07)`.
    Point {
        /// Its name.
        column: String,
        /// Which comes first.
        order: PointOrder,
    },
}

/// Which of two coordinates comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PointOrder {
    /// Latitude, longitude.
    LatLon,
    /// Longitude, latitude.
    LonLat,
}

impl Mapping {
    /// Reads a mapping file.
    ///
    /// # Errors
    /// [`GovernanceError::MappingMalformed`] with the reader's words.
    pub fn from_json(text: &str) -> Result<Self, GovernanceError> {
        serde_json::from_str(text).map_err(|error| malformed(&error.to_string()))
    }

    /// The columns that it names, with their roles.
    pub(super) fn columns(&self) -> Vec<(ColumnRole, &str)> {
        let date = |role, column: &'_ Option<DateColumn>| column.as_ref().map(|_| role);
        let mut columns = vec![
            (ColumnRole::Id, self.id.as_str()),
            (ColumnRole::ReportedAt, self.reported_at.column.as_str()),
            (ColumnRole::Class, self.class.column.as_str()),
        ];
        for (role, column) in [
            (ColumnRole::ClosedAt, &self.closed_at),
            (ColumnRole::UpdatedAt, &self.updated_at),
            (ColumnRole::DueAt, &self.due_at),
        ] {
            columns.extend(date(role, column).zip(column.as_ref().map(|column| column.column.as_str())));
        }
        columns.extend(self.state.as_ref().map(|column| (ColumnRole::State, column.column.as_str())));
        columns.extend(self.channel.as_ref().map(|column| (ColumnRole::Channel, column.column.as_str())));
        columns.extend(self.text.as_deref().map(|column| (ColumnRole::Text, column)));
        columns.extend(self.address.as_deref().map(|column| (ColumnRole::Address, column)));
        match &self.place {
            Some(PlaceColumns::Columns { lon, lat }) => {
                columns.extend([(ColumnRole::Lon, lon.as_str()), (ColumnRole::Lat, lat.as_str())]);
            }
            Some(PlaceColumns::Point { column, .. }) => columns.push((ColumnRole::Point, column.as_str())),
            None => {}
        }
        columns
    }

    /// The mapping over the columns of a header that [`column_names`] named.
    pub(super) fn plan(&self, names: &[String], city: &TimeZone) -> Result<Plan, GovernanceError> {
        if self.source.trim().is_empty() || self.source.chars().count() > NAME_CHARS_MAX {
            return Err(malformed(&format!("`source` must have 1 to {NAME_CHARS_MAX} characters")));
        }
        let zone = match &self.zone {
            Some(name) => TimeZone::get(name).map_err(|_| malformed(&format!("unknown time zone {name}")))?,
            None => city.clone(),
        };
        let importable = [Stage::Reported, Stage::Closed, Stage::Refused, Stage::Voided];
        for stage in self.state.iter().flat_map(|state| state.words.values()) {
            if !importable.contains(stage) {
                return Err(malformed(&format!("no case is imported as {}", stage.name())));
            }
        }
        for date in
            [Some(&self.reported_at), self.closed_at.as_ref(), self.updated_at.as_ref(), self.due_at.as_ref()]
                .into_iter()
                .flatten()
        {
            if date.formats.is_empty() {
                return Err(malformed(&format!("{}: no date format", date.column)));
            }
        }
        let mut roles = BTreeMap::new();
        for (role, column) in self.columns() {
            let found = names
                .iter()
                .position(|name| name == column)
                .ok_or_else(|| GovernanceError::MappingColumnMissing { column: column.to_owned() })?;
            roles.insert(role, found);
        }
        let used: Vec<usize> = roles.values().copied().collect();
        let own = own_columns(names);
        let mut left_out = Vec::new();
        let fields = names
            .iter()
            .enumerate()
            .map(|(place, name)| {
                // What we wrote ourselves is no field of the source.
                if own.contains(&place) {
                    return None;
                }
                let kept = self.keep.contains(name)
                    || used.contains(&place)
                    || (!self.leave_out.contains(name) && !is_personal_header(name));
                if !kept {
                    left_out.push(name.clone());
                }
                kept.then(|| name.clone())
            })
            .collect();
        Ok(Plan { roles, fields, left_out, zone })
    }
}

fn malformed(reason: &str) -> GovernanceError {
    GovernanceError::MappingMalformed { reason: reason.to_owned() }
}

/// A mapping over the columns of one file.
pub(super) struct Plan {
    /// The place of each role's column, from 0.
    pub(super) roles: BTreeMap<ColumnRole, usize>,
    /// The name of each column, `None` where it is left out.
    pub(super) fields: Vec<Option<String>>,
    /// Columns that are left out because they tell of persons, or because the mapping says so.
    pub(super) left_out: Vec<String>,
    /// The zone of dates without one.
    pub(super) zone: TimeZone,
}

impl Plan {
    pub(super) fn column(&self, role: ColumnRole) -> Option<usize> {
        self.roles.get(&role).copied()
    }
}

/// The names of columns as a mapping speaks of them: each different, none empty.
pub(super) fn column_names(header: &[String]) -> Vec<String> {
    let mut names: Vec<String> = Vec::with_capacity(header.len());
    for (place, name) in header.iter().enumerate() {
        let base = if name.is_empty() { nameless(place) } else { name.clone() };
        let mut unique = base.clone();
        let mut copy = 1;
        while names.contains(&unique) {
            copy += 1;
            unique = format!("{base} ({copy})");
        }
        names.push(unique);
    }
    names
}

/// The name of a column that has none, by its place from 0.
pub(super) fn nameless(place: usize) -> String {
    format!("column {}", place + 1)
}
