//! A mapping out of a table itself: what its headers are called and what its values look like.

mod columns;
mod dates;

use std::collections::BTreeMap;

use documents::table::{Header, SheetChoice, TableFile, TableOptions};
use serde::Serialize;
use sha2::{Digest as _, Sha256};

use self::columns::{Assigned, assign};
use super::{
    coordinates,
    mapping::{DateColumn, Mapping, PlaceColumns, PointOrder, WordColumn},
    personal::shown,
    role::ColumnRole,
    sample::{self, ColumnSample},
    words,
};
use crate::{case::NAME_CHARS_MAX, error::GovernanceError};

/// Values of a column that a proposal shows.
const EXAMPLES: usize = 3;
/// Longest example, characters.
const EXAMPLE_CHARS_MAX: usize = 60;
/// Words of a column of states or channels that a proposal lists.
const WORDS_MAX: usize = 60;
/// From which confidence on a required column is sure, percent.
const SURE_PERCENT: u8 = 70;

/// A mapping that a table suggests, and how sure it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Proposal {
    /// The mapping; what is missing in it is empty.
    pub mapping: Mapping,
    /// It can be used without being looked at: every required column is sure.
    pub sure: bool,
    /// Each column of the table.
    pub columns: Vec<ColumnProposal>,
    /// Why it is not sure.
    pub missing: Vec<Doubt>,
    /// What else should be looked at.
    pub doubts: Vec<Doubt>,
}

/// What a column is taken for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ColumnProposal {
    /// Its name.
    pub column: String,
    /// What it is.
    pub role: ColumnRole,
    /// How sure that is, percent.
    pub confidence_percent: u8,
    /// Why, in English.
    pub why: String,
    /// Some of its values, masked; none of a column that is left out.
    pub examples: Vec<String>,
}

/// Something that a person should decide.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Doubt {
    /// About which role.
    pub role: ColumnRole,
    /// About which column; empty where none was found.
    pub column: String,
    /// The translation key.
    pub code: &'static str,
    /// What it means, in English.
    pub message: String,
}

impl Doubt {
    fn new(role: ColumnRole, column: &str, code: &'static str, message: String) -> Self {
        Self { role, column: column.to_owned(), code, message }
    }
}

/// Proposes a mapping for the first sheet of a table, from its header and its first rows; where these leave open whether days or months
/// come first, from the whole column.
///
/// # Errors
/// [`GovernanceError::Document`] where the table cannot be read.
pub fn propose(file: &mut TableFile) -> Result<Proposal, GovernanceError> {
    let header_row = sample::header_row(file)?;
    let header = header_row.map_or(Header::First, Header::Row);
    let options = TableOptions { header, ..TableOptions::default() };
    let columns = sample::take(&mut file.read(&SheetChoice::Index(0), &options)?)?;
    let mut assigned = assign(&columns);
    let (dates, date_doubts) = dates::formats(file, &options, &columns, &assigned)?;
    // A date that cannot be read for sure stays a field.
    assigned.retain(|role, _| !role.is_date() || *role == ColumnRole::ReportedAt || dates.contains_key(role));

    let mut mapping = Mapping { source: source_name(&columns, &assigned), header_row, ..Mapping::default() };
    let name = |role: ColumnRole| assigned.get(&role).map(|found| columns[found.place].name.clone());
    let date = |role: ColumnRole| {
        Some(DateColumn { column: name(role)?, formats: dates.get(&role).cloned().unwrap_or_default() })
    };
    mapping.id = name(ColumnRole::Id).unwrap_or_default();
    mapping.reported_at = date(ColumnRole::ReportedAt).unwrap_or_default();
    mapping.class.column = name(ColumnRole::Class).unwrap_or_default();
    mapping.closed_at = date(ColumnRole::ClosedAt);
    mapping.updated_at = date(ColumnRole::UpdatedAt);
    mapping.due_at = date(ColumnRole::DueAt);
    mapping.text = name(ColumnRole::Text);
    mapping.address = name(ColumnRole::Address);
    let sampled = |role: ColumnRole| assigned.get(&role).map(|found| &columns[found.place]);
    mapping.decimal_comma = decimal_comma(&sampled);
    mapping.place = place(&sampled, mapping.decimal_comma);
    let mut doubts = Vec::new();
    mapping.state = sampled(ColumnRole::State)
        .map(|column| word_column(column, ColumnRole::State, words::stage, &mut doubts));
    mapping.channel = sampled(ColumnRole::Channel)
        .map(|column| word_column(column, ColumnRole::Channel, words::channel, &mut doubts));
    mapping.leave_out = assigned.left_out().map(|place| columns[place].name.clone()).collect();

    let mut missing = missing(&columns, &assigned);
    for doubt in date_doubts {
        if doubt.role == ColumnRole::ReportedAt { missing.push(doubt) } else { doubts.push(doubt) }
    }
    let columns = columns.iter().map(|column| described(column, &assigned)).collect();
    Ok(Proposal { mapping, sure: missing.is_empty(), columns, missing, doubts })
}

/// The same for every file of the same shape, so that next month's file of a source knows this month's cases again: the id's column and a
/// mark of all column names.
fn source_name(columns: &[ColumnSample], assigned: &Assigned) -> String {
    let mut hash = Sha256::new();
    for column in columns {
        hash.update((column.name.len() as u64).to_be_bytes());
        hash.update(column.name.as_bytes());
    }
    let mark = ledger::hex(&hash.finalize()[..4]);
    let id = assigned.get(&ColumnRole::Id).map_or("table", |found| columns[found.place].name.as_str());
    let id: String = id.chars().take(NAME_CHARS_MAX / 2).collect();
    format!("{id}-{mark}")
}

fn missing(columns: &[ColumnSample], assigned: &Assigned) -> Vec<Doubt> {
    let of = |role: ColumnRole| match assigned.get(&role) {
        None => Some(Doubt::new(
            role,
            "",
            "mapping_column_not_found",
            format!("No column was found for `{}`; name it in the mapping.", role.name()),
        )),
        Some(found) if found.confidence_percent < SURE_PERCENT => Some(Doubt::new(
            role,
            &columns[found.place].name,
            "mapping_column_doubtful",
            format!("It is not sure that this column is `{}`.", role.name()),
        )),
        Some(_) => None,
    };
    ColumnRole::REQUIRED.into_iter().filter_map(of).collect()
}

fn described(column: &ColumnSample, assigned: &Assigned) -> ColumnProposal {
    let (role, confidence_percent, why) = assigned.of(column.place);
    let examples = if role == ColumnRole::LeftOut {
        Vec::new()
    } else {
        column.words(EXAMPLES).into_iter().map(|value| shown(value, EXAMPLE_CHARS_MAX)).collect()
    };
    ColumnProposal { column: column.name.clone(), role, confidence_percent, why, examples }
}

/// The words of a column that are known, and a doubt for each that is not.
fn word_column<T>(
    column: &ColumnSample,
    role: ColumnRole,
    meaning: impl Fn(&str) -> Option<T>,
    doubts: &mut Vec<Doubt>,
) -> WordColumn<T> {
    let mut known = BTreeMap::new();
    for word in column.words(WORDS_MAX) {
        match meaning(&words::plain(word)) {
            Some(meaning) => drop(known.insert(word.to_owned(), meaning)),
            None => doubts.push(Doubt::new(
                role,
                &column.name,
                "mapping_word_unknown",
                format!(
                    "The word `{}` is not known; say in the mapping what it means.",
                    shown(word, EXAMPLE_CHARS_MAX)
                ),
            )),
        }
    }
    WordColumn { column: column.name.clone(), words: known }
}

fn decimal_comma<'c>(sampled: &impl Fn(ColumnRole) -> Option<&'c ColumnSample>) -> bool {
    let commas = |column: &ColumnSample| {
        column.percent(|value| value.contains(',') && value.trim().replace(',', ".").parse::<f64>().is_ok())
            > 50
    };
    [ColumnRole::Lon, ColumnRole::Lat].into_iter().filter_map(sampled).any(commas)
}

fn place<'c>(
    sampled: &impl Fn(ColumnRole) -> Option<&'c ColumnSample>,
    decimal_comma: bool,
) -> Option<PlaceColumns> {
    if let (Some(lon), Some(lat)) = (sampled(ColumnRole::Lon), sampled(ColumnRole::Lat)) {
        return Some(PlaceColumns::Columns { lon: lon.name.clone(), lat: lat.name.clone() });
    }
    let column = sampled(ColumnRole::Point)?;
    let pairs = || column.values.iter().filter_map(|value| coordinates::two(value, decimal_comma));
    // Only a longitude can be beyond 90; where none is, a word before it means well-known text, which puts longitude first.
    let well_known = column.percent(|value| value.trim_start().starts_with(char::is_alphabetic)) > 50;
    let first_beyond = pairs().filter(|(first, _)| first.abs() > 90.0).count();
    let second_beyond = pairs().filter(|(_, second)| second.abs() > 90.0).count();
    let order = match first_beyond.cmp(&second_beyond) {
        std::cmp::Ordering::Greater => PointOrder::LonLat,
        std::cmp::Ordering::Equal if well_known => PointOrder::LonLat,
        _ => PointOrder::LatLon,
    };
    Some(PlaceColumns::Point { column: column.name.clone(), order })
}
