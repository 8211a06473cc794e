//! Which column is what: by its name, checked against its values; where names say nothing, by its values alone.

use std::collections::BTreeMap;

use documents::datetime;

use super::super::{
    coordinates,
    personal::{is_personal_header, looks_like_a_name, looks_personal},
    role::ColumnRole,
    sample::ColumnSample,
    words::{HEADERS, plain},
};

/// Below this, a column is no candidate, percent.
const CONFIDENCE_MIN: usize = 40;
/// Share of values that look like a person's data from which a column is left out, percent.
const PERSONAL_PERCENT: usize = 30;
/// Share of values that look like names of persons from which a column is left out, percent.
const NAMES_PERCENT: usize = 80;

/// The column of a role.
pub(super) struct Found {
    /// Its place, from 0.
    pub(super) place: usize,
    /// How sure it is.
    pub(super) confidence_percent: u8,
    why: String,
}

/// What each column is.
pub(super) struct Assigned {
    roles: BTreeMap<ColumnRole, Found>,
    left_out: BTreeMap<usize, &'static str>,
}

impl Assigned {
    pub(super) fn get(&self, role: &ColumnRole) -> Option<&Found> {
        self.roles.get(role)
    }

    pub(super) fn retain(&mut self, keep: impl FnMut(&ColumnRole, &mut Found) -> bool) {
        self.roles.retain(keep);
    }

    /// Columns that are left out for their values; those left out for their names are so without being listed.
    pub(super) fn left_out(&self) -> impl Iterator<Item = usize> {
        self.left_out.iter().filter(|(_, why)| **why != BY_NAME).map(|(place, _)| *place)
    }

    /// The role of a column, how sure it is and why.
    pub(super) fn of(&self, place: usize) -> (ColumnRole, u8, String) {
        if let Some(why) = self.left_out.get(&place) {
            return (ColumnRole::LeftOut, 100, (*why).to_owned());
        }
        self.roles.iter().find(|(_, found)| found.place == place).map_or_else(
            || (ColumnRole::Field, 100, "kept as a field under its own name".to_owned()),
            |(role, found)| (*role, found.confidence_percent, found.why.clone()),
        )
    }

    fn is_free(&self, place: usize) -> bool {
        !self.left_out.contains_key(&place) && self.roles.values().all(|found| found.place != place)
    }

    fn give(&mut self, role: ColumnRole, place: usize, percent: usize, why: String) {
        let confidence_percent = u8::try_from(percent.min(100)).unwrap_or(100);
        self.roles.insert(role, Found { place, confidence_percent, why });
    }
}

const BY_NAME: &str = "its name says that it tells of persons";
const BY_VALUES: &str = "its values look like telephone numbers, identity numbers or e-mail addresses";
const BY_NAMES: &str = "its values look like names of persons";

/// Decides for all columns.
pub(super) fn assign(columns: &[ColumnSample]) -> Assigned {
    let mut assigned = Assigned { roles: BTreeMap::new(), left_out: BTreeMap::new() };
    for column in columns {
        let why = if is_personal_header(&column.name) {
            Some(BY_NAME)
        } else if column.percent(|value| looks_personal(value) && !coordinates::are_decimals(value))
            >= PERSONAL_PERCENT
        {
            Some(BY_VALUES)
        } else if column.percent(looks_like_a_name) >= NAMES_PERCENT {
            Some(BY_NAMES)
        } else {
            None
        };
        assigned.left_out.extend(why.map(|why| (column.place, why)));
    }
    let mut candidates = Vec::new();
    for column in columns.iter().filter(|column| !assigned.left_out.contains_key(&column.place)) {
        for (role, names) in HEADERS {
            let by_name = by_name(&plain(&column.name), names);
            let percent = by_name * by_values(*role, column) / 100;
            if percent >= CONFIDENCE_MIN {
                candidates.push((percent, *role, column));
            }
        }
    }
    // The surest first; of equals, the leftmost.
    candidates.sort_by(|one, other| other.0.cmp(&one.0).then(one.2.place.cmp(&other.2.place)));
    for (percent, role, column) in candidates {
        let place_known = || {
            role == ColumnRole::Point
                && assigned.get(&ColumnRole::Lon).is_some()
                && assigned.get(&ColumnRole::Lat).is_some()
        };
        if assigned.is_free(column.place) && assigned.get(&role).is_none() && !place_known() {
            let why = format!("its name is usual for `{}` and {}", role.name(), values_say(role, column));
            assigned.give(role, column.place, percent, why);
        }
    }
    if assigned.get(&ColumnRole::Lon).is_some() != assigned.get(&ColumnRole::Lat).is_some() {
        assigned.retain(|role, _| !matches!(role, ColumnRole::Lon | ColumnRole::Lat));
    }
    by_values_alone(columns, &mut assigned);
    assigned
}

/// How well a name fits a role, percent: exact names by their rank, others that hold one less.
fn by_name(name: &str, names: &[&str]) -> usize {
    if let Some(rank) = names.iter().position(|known| *known == name) {
        return 100_usize.saturating_sub(rank / 2).max(75);
    }
    let long_enough =
        |known: &&&str| if known.is_ascii() { known.len() >= 6 } else { known.chars().count() >= 3 };
    if names.iter().filter(long_enough).any(|known| name.contains(*known)) { 65 } else { 0 }
}

/// How well values fit a role, percent.
fn by_values(role: ColumnRole, column: &ColumnSample) -> usize {
    if column.values.is_empty() {
        return 0;
    }
    let few_words = |words_max: usize| if column.distinct <= words_max { 100 } else { 30 };
    match role {
        ColumnRole::Id => match (column.distinct_percent(), column.filled_percent()) {
            (98.., 95..) => 100,
            (90.., 90..) => 80,
            _ => 40,
        },
        ColumnRole::ReportedAt | ColumnRole::ClosedAt | ColumnRole::UpdatedAt | ColumnRole::DueAt => {
            dates_percent(column)
        }
        ColumnRole::Class => {
            let repeated =
                column.distinct <= 60 || column.distinct_percent() <= 50 || column.values.len() < 60;
            let short = column.percent(|value| value.chars().count() <= 200) >= 90;
            if repeated && short && dates_percent(column) < 50 { 100 } else { 50 }
        }
        ColumnRole::State | ColumnRole::Channel => few_words(60),
        ColumnRole::Text => 100,
        ColumnRole::Address => column.percent(|value| {
            value.trim().chars().count() >= 3 && coordinates::two(value, false).is_none() && !is_number(value)
        }),
        ColumnRole::Lon => degrees_percent(column, 180.0),
        ColumnRole::Lat => degrees_percent(column, 90.0),
        ColumnRole::Point => column.percent(|value| coordinates::two(value, false).is_some()),
        ColumnRole::Field | ColumnRole::LeftOut => 0,
    }
}

/// What the values said, for the proposal.
fn values_say(role: ColumnRole, column: &ColumnSample) -> String {
    match role {
        ColumnRole::Id => format!("{} % of its values differ", column.distinct_percent()),
        role if role.is_date() => format!("{} % of its values are dates", dates_percent(column)),
        ColumnRole::Lon | ColumnRole::Lat | ColumnRole::Point => "its values can be coordinates".to_owned(),
        ColumnRole::Class | ColumnRole::State | ColumnRole::Channel => {
            format!("it has {} different words", column.distinct)
        }
        _ => "its values do not speak against it".to_owned(),
    }
}

/// What names left open: an id, a time of report and coordinates that only their values show. Never sure.
fn by_values_alone(columns: &[ColumnSample], assigned: &mut Assigned) {
    let full = |column: &&ColumnSample| column.filled_percent() == 100;
    if assigned.get(&ColumnRole::ReportedAt).is_none()
        && let Some(column) = columns
            .iter()
            .filter(full)
            .find(|column| assigned.is_free(column.place) && dates_percent(column) >= 95)
    {
        let why = "it is the first column of dates without a gap".to_owned();
        assigned.give(ColumnRole::ReportedAt, column.place, 50, why);
    }
    if assigned.get(&ColumnRole::Id).is_none()
        && let Some(column) = columns.iter().filter(full).find(|column| {
            assigned.is_free(column.place)
                && column.distinct == column.values.len()
                && dates_percent(column) < 50
                && !coordinates_like(column)
        })
    {
        let why = "it is the first column whose values all differ".to_owned();
        assigned.give(ColumnRole::Id, column.place, 50, why);
    }
    let known = [ColumnRole::Lon, ColumnRole::Lat, ColumnRole::Point];
    if known.iter().any(|role| assigned.get(role).is_some()) {
        return;
    }
    let free: Vec<&ColumnSample> =
        columns.iter().filter(|column| assigned.is_free(column.place) && coordinates_like(column)).collect();
    let beyond = |column: &ColumnSample| {
        column.percent(|value| value.trim().parse().is_ok_and(|value: f64| value.abs() > 90.0)) > 50
    };
    let lon = free.iter().find(|column| beyond(column));
    let lat = free.iter().find(|column| !beyond(column) && degrees_percent(column, 90.0) >= 95);
    if let (Some(lon), Some(lat)) = (lon, lat) {
        for (role, column) in [(ColumnRole::Lon, lon), (ColumnRole::Lat, lat)] {
            assigned.give(role, column.place, 60, "its values can be coordinates".to_owned());
        }
    }
}

/// Decimals with at least four places that can be degrees.
fn coordinates_like(column: &ColumnSample) -> bool {
    let fine = |value: &str| value.trim().split_once('.').is_some_and(|(_, places)| places.len() >= 4);
    degrees_percent(column, 180.0) >= 95 && column.percent(fine) >= 80
}

fn degrees_percent(column: &ColumnSample, degrees_max: f64) -> usize {
    column.percent(|value| {
        value.trim().replace(',', ".").parse().is_ok_and(|value: f64| value.abs() <= degrees_max)
    })
}

fn is_number(value: &str) -> bool {
    value.trim().parse::<f64>().is_ok()
}

fn dates_percent(column: &ColumnSample) -> usize {
    datetime::detect(column.values.iter().map(String::as_str))
        .and_then(|found| (found.fitting * 100).checked_div(found.samples))
        .unwrap_or_default()
}
