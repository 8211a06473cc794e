//! Cases out, as CSV, workbook or GeoJSON: what the ledger knows of them, and behind it every field that an import brought, under the name
//! that it had.

use std::{
    collections::{BTreeMap, BTreeSet},
    io::Write,
};

use db::Tx;
use documents::{
    DocumentError,
    geojson::{FeatureWriter, Shape},
    table::TABLE_COLUMNS_MAX,
    write::{Cell, Column, CsvWriter, WorkbookSize, WorkbookWriter},
};
use jiff::tz::TimeZone;
use kernel::{code::CityCode, time::Moment};
use ledger::{Condition, LedgerError, Listing, Noun as _, Order, Record};
use serde_json::{Map, Value};

use super::store::{KINDS, of_body};
use crate::{
    case::{Case, Outcome, noun::CaseNoun},
    error::GovernanceError,
};

/// Cases that are read at once.
const PAGE_CASES: u32 = 500;

/// The columns of what the ledger knows of a case, in their order.
pub(super) const COLUMNS: [&str; 24] = [
    "reference",
    "id",
    "origin_source",
    "origin_id",
    "origin_class",
    "class",
    "stage",
    "source",
    "urgent",
    "text",
    "address",
    "lon",
    "lat",
    "cell",
    "street",
    "community",
    "units",
    "reported_at",
    "filed_at",
    "dispatched_at",
    "due_at",
    "closed_at",
    "outcome",
    "changed_at",
];

/// What kind of file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExportFormat {
    /// CSV in UTF-8 with a byte order mark; times with their offset.
    Csv,
    /// A workbook; times are the clock of the city.
    Xlsx,
    /// GeoJSON; a case without a place has no geometry.
    GeoJson,
}

impl ExportFormat {
    /// By the word of the command line and of file names.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        match word.to_ascii_lowercase().as_str() {
            "csv" => Some(Self::Csv),
            "xlsx" => Some(Self::Xlsx),
            "geojson" | "json" => Some(Self::GeoJson),
            _ => None,
        }
    }
}

/// What was written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize)]
pub struct Exported {
    /// Cases.
    pub cases: u64,
    /// Of these, those without a place.
    pub without_place: u64,
    /// Columns, those of imports included.
    pub columns: usize,
}

/// Writes the cases of a city that fulfil some conditions, in the order in which they came in.
///
/// # Errors
/// [`GovernanceError::ExportTooWide`] where imports brought too many different fields, [`GovernanceError::Document`] from the target,
/// [`GovernanceError::Ledger`] as the store says.
pub fn export(
    tx: &mut Tx<'_>,
    (city, zone): (CityCode, &TimeZone),
    conditions: &[Condition<'_>],
    format: ExportFormat,
    target: &mut impl Write,
) -> Result<Exported, GovernanceError> {
    // Read twice: the header must stand before the first case, and any case may have brought a field of its own.
    let mut fields = BTreeSet::new();
    each_page(tx, city, conditions, |_, imported| {
        fields.extend(imported.values().flat_map(BTreeMap::keys).cloned());
        Ok(())
    })?;
    let header = header(&fields);
    if header.len() > TABLE_COLUMNS_MAX {
        return Err(GovernanceError::ExportTooWide { columns: header.len(), columns_max: TABLE_COLUMNS_MAX });
    }
    let mut done = Exported { columns: header.len(), ..Exported::default() };
    let none = BTreeMap::new();
    let mut each = |tx: &mut Tx<'_>, put: &mut dyn FnMut(&[Written<'_>], &Record<CaseNoun>) -> Put| {
        each_page(tx, city, conditions, |records, imported| {
            for record in records {
                done.cases += 1;
                done.without_place += u64::from(record.state.place.is_none());
                let brought = imported.get(&record.key).unwrap_or(&none);
                let mut row = known(record);
                row.extend(
                    fields
                        .iter()
                        .map(|name| brought.get(name).map_or(Written::Empty, |v| Written::Text(v.into()))),
                );
                put(&row, record)?;
            }
            Ok(())
        })
    };
    match format {
        ExportFormat::Csv => {
            let mut writer = CsvWriter::new(&mut *target, true)?;
            writer.write_texts(header.iter().map(String::as_str))?;
            each(tx, &mut |row, _| {
                let texts: Vec<Option<String>> = row.iter().map(|cell| cell.moment(zone)).collect();
                writer.write_row(row.iter().zip(&texts).map(|(cell, text)| match text {
                    Some(text) => Cell::Text(text),
                    None => cell.cell(zone),
                }))
            })?;
            writer.finish()?;
        }
        ExportFormat::Xlsx => {
            let mut workbook = WorkbookWriter::new(WorkbookSize::Large);
            let columns: Vec<Column> =
                header.iter().map(|title| Column { title: title.clone(), width: 18.0 }).collect();
            let mut sheet = workbook.sheet("cases", &columns)?;
            each(tx, &mut |row, _| sheet.write_row(row.iter().map(|cell| cell.cell(zone))).map(drop))?;
            target.write_all(&workbook.into_bytes()?).map_err(DocumentError::Unwritable)?;
        }
        ExportFormat::GeoJson => {
            let mut writer = FeatureWriter::new(target)?;
            each(tx, &mut |row, record| {
                let place = record.state.place.as_ref();
                let shape = place.map(|place| Shape::Point([place.lon, place.lat]));
                let properties: Map<String, Value> = header
                    .iter()
                    .zip(row)
                    .filter_map(|(name, cell)| Some((name.clone(), cell.json(zone)?)))
                    .collect();
                writer.write(Some(&record.key), shape.as_ref(), properties)
            })?;
            writer.finish()?;
        }
    }
    Ok(done)
}

type Put = Result<(), DocumentError>;

/// The fields that an import brought, by the key of its case.
type Brought = BTreeMap<String, BTreeMap<String, String>>;

fn each_page(
    tx: &mut Tx<'_>,
    city: CityCode,
    conditions: &[Condition<'_>],
    mut visit: impl FnMut(&[Record<CaseNoun>], &Brought) -> Put,
) -> Result<(), GovernanceError> {
    let mut after = None;
    loop {
        let listing = Listing {
            conditions: conditions.to_vec(),
            order: Order::Rising("row"),
            after,
            limit: PAGE_CASES,
        };
        let records = ledger::list::<CaseNoun>(tx, city, listing)?;
        let Some(last) = records.last() else { return Ok(()) };
        after = Some((last.row, last.row));
        let brought = brought(tx, city, &records)?;
        visit(&records, &brought)?;
    }
}

/// What the sources of imported cases said last.
fn brought(tx: &mut Tx<'_>, city: CityCode, records: &[Record<CaseNoun>]) -> Result<Brought, LedgerError> {
    let keys: Vec<&str> = records
        .iter()
        .filter(|record| record.state.origin.is_some())
        .map(|record| record.key.as_str())
        .collect();
    let mut brought = BTreeMap::new();
    for (key, body) in ledger::bodies(tx, city, CaseNoun::NAME, &KINDS, &keys)? {
        let fields = of_body(&key, &body)?.fields;
        brought.insert(key, fields);
    }
    Ok(brought)
}

/// The names of all columns. A field keeps its name; where it is one of ours, ours gives way.
fn header(fields: &BTreeSet<String>) -> Vec<String> {
    let ours = COLUMNS.iter().map(|name| {
        let mut name = (*name).to_owned();
        while fields.contains(&name) {
            name = format!("case_{name}");
        }
        name
    });
    ours.chain(fields.iter().cloned()).collect()
}

/// The places of our own columns in a table that was exported here; none in any other.
pub(super) fn own_columns(names: &[String]) -> Vec<usize> {
    let place = |name: &str| names.iter().position(|known| known == name);
    let ours: Option<Vec<usize>> =
        COLUMNS.iter().map(|name| place(&format!("case_{name}")).or_else(|| place(name))).collect();
    ours.unwrap_or_default()
}

/// A value before it is known in which kind of file it will stand.
enum Written<'a> {
    Empty,
    Text(std::borrow::Cow<'a, str>),
    Number(f64),
    Flag(bool),
    Moment(Moment),
}

impl Written<'_> {
    fn text(text: Option<&str>) -> Written<'_> {
        text.filter(|text| !text.is_empty()).map_or(Written::Empty, |text| Written::Text(text.into()))
    }

    fn moment(&self, zone: &TimeZone) -> Option<String> {
        match self {
            Self::Moment(moment) => Some(moment.iso(zone)),
            _ => None,
        }
    }

    /// A moment as the clock of the city.
    fn cell(&self, zone: &TimeZone) -> Cell<'_> {
        match self {
            Self::Empty => Cell::Empty,
            Self::Text(text) => Cell::Text(text),
            Self::Number(number) => Cell::Number(*number),
            Self::Flag(flag) => Cell::Integer(i64::from(*flag)),
            Self::Moment(moment) => Cell::DateTime(zone.to_datetime(moment.timestamp())),
        }
    }

    fn json(&self, zone: &TimeZone) -> Option<Value> {
        match self {
            Self::Empty => None,
            Self::Text(text) => Some(text.as_ref().into()),
            Self::Number(number) => Some((*number).into()),
            Self::Flag(flag) => Some((*flag).into()),
            Self::Moment(moment) => Some(moment.iso(zone).into()),
        }
    }
}

/// What the ledger knows of a case, in the order of [`COLUMNS`]. Nothing of it tells of a person.
fn known(record: &Record<CaseNoun>) -> Vec<Written<'_>> {
    let case: &Case = &record.state;
    let (place, origin) = (case.place.as_ref(), case.origin.as_ref());
    let moment = |moment: Option<Moment>| moment.map_or(Written::Empty, Written::Moment);
    let outcome = case.closing.as_ref().map(|closing| match closing.outcome {
        Outcome::Cured => "cured",
        Outcome::FixedForNow => "fixed_for_now",
        Outcome::Unresolved => "unresolved",
    });
    let units: Vec<&str> = case.units.iter().map(|task| task.unit.as_str()).collect();
    vec![
        Written::text(case.reference.as_deref()),
        Written::text(Some(&record.key)),
        Written::text(origin.map(|origin| origin.source.as_str())),
        Written::text(origin.map(|origin| origin.id.as_str())),
        Written::text(origin.and_then(|origin| origin.class.as_deref())),
        Written::text(case.class.as_deref()),
        Written::text(Some(case.stage.name())),
        Written::text(Some(case.source.name())),
        Written::Flag(case.urgent),
        Written::text(Some(&case.text)),
        Written::text(place.map(|place| place.address.as_str())),
        place.map_or(Written::Empty, |place| Written::Number(place.lon)),
        place.map_or(Written::Empty, |place| Written::Number(place.lat)),
        Written::text(place.and_then(|place| place.cell.as_deref())),
        Written::text(place.and_then(|place| place.street.as_deref())),
        Written::text(place.and_then(|place| place.community.as_deref())),
        if units.is_empty() { Written::Empty } else { Written::Text(units.join("; ").into()) },
        Written::Moment(case.reported_at),
        moment(case.filed_at),
        moment(case.dispatched_at),
        moment(case.next_due()),
        moment(case.closing.as_ref().map(|closing| closing.at)),
        Written::text(outcome),
        Written::Moment(case.changed_at),
    ]
}
