//! Registers: lists of things whose only rules are their fields (a unit, a division, a grid cell, a calendar's plan). One struct that
//! implements [`Register`] has history, versions, validation and finding like any noun.

mod check;
mod codes;
mod description;
mod erased;
mod faults;
mod files;
mod people;
mod query;
mod taken;
mod value;

use std::{borrow::Cow, marker::PhantomData};

use db::Tx;
use kernel::{code::CityCode, error::Refusal};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use crate::{
    By, LedgerError, Noun, Stamp, act, generation,
    record::{self, Condition, Listing, Order, PAGE_RECORDS_MAX, Record},
};

// What the derives of `ledger-derive` write names these.
pub use db::{Value, dialect::ColumnType};
pub use kernel::{shape::Bounds, time::Moment};

pub(crate) use self::erased::Erased;
pub use self::{
    check::{KEY_JOINT, check, check_json, check_key},
    codes::Code,
    description::{
        Choice, Described, Description, FieldDescription, Fields, Keep, Kind, Limits, TABLE_ROWS_MAX,
        TEXT_CHARS_MAX, Title,
    },
    erased::{AnyRegister, Row, unknown},
    faults::Faults,
    files::{FILES_MAX, FileChange, RowFile, set_file},
    people::{Named, names_people, people, strangers},
    query::{Comparison, Mark, Query, count_rows, filter, page, row, touches},
    value::{FieldValue, File},
};

/// Rows that [`all`] hands out at the most.
pub const REGISTER_ROWS_MAX: usize = 200_000;
/// Columns that a register may declare beside its own.
pub const REGISTER_COLUMNS_MAX: usize = 24;
/// Columns that every register has.
const OWN_COLUMNS: [(&str, ColumnType); 3] =
    [("retired_at", ColumnType::Int), ("valid_from", ColumnType::Int), ("valid_to", ColumnType::Int)];
/// Columns that every register with a shape has: the box around it, in whole 1/10,000,000 of a degree.
const BOX_COLUMNS: [(&str, ColumnType); 4] = [
    ("west", ColumnType::Int),
    ("south", ColumnType::Int),
    ("east", ColumnType::Int),
    ("north", ColumnType::Int),
];
/// Columns of a register at the most.
const COLUMNS_MAX: usize = OWN_COLUMNS.len() + BOX_COLUMNS.len() + REGISTER_COLUMNS_MAX;
/// The register of codes: lists that are data with dates. Its key is the list and the code.
pub const CODES: &str = "code";

/// What is wrong with a field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FieldFault {
    /// The field, as it stands in JSON; within a small table with the row's number: `schedule.2.amount`.
    pub field: Cow<'static, str>,
    /// The translation key.
    pub code: &'static str,
}

impl FieldFault {
    /// A fault of a field.
    #[must_use]
    pub fn new(field: impl Into<Cow<'static, str>>, code: &'static str) -> Self {
        Self { field: field.into(), code }
    }
}

/// One row of a list of things.
pub trait Register: Serialize + DeserializeOwned + Clone + PartialEq + Send + Sync + 'static {
    /// Lower case; the noun's name in entries.
    const NAME: &'static str;
    /// Columns for finding rows, at most [`REGISTER_COLUMNS_MAX`]; every register has `retired_at`, `valid_from` and `valid_to` beside them.
    const COLUMNS: &'static [(&'static str, ColumnType)] = &[];
    /// Indexes over the columns.
    const INDEXES: &'static [&'static [&'static str]] = &[];
    /// Whether rows are searched by words.
    const WORDS: bool = false;

    /// What makes the row this row and no other: its code, or its code and edition.
    fn key(&self) -> String;
    /// Fills in the fields that follow from its other ones (a time taken, done in time), so that figures can count by them and nobody
    /// writes them. Called before it is checked and kept.
    fn complete(&mut self) {}
    /// What is wrong with it; nothing where it may be kept.
    fn validate(&self) -> Vec<FieldFault> {
        Vec::new()
    }
    /// The values of [`Register::COLUMNS`], in their order.
    fn columns(&self) -> Vec<Value<'_>> {
        Vec::new()
    }
    /// The text that is searched by words.
    fn words(&self) -> String {
        String::new()
    }
    /// The rows of other registers that it names, each with the field that does. They must be there when it is entered.
    fn references(&self, _keep: &mut Keep<'_>) {}
    /// Whether rows have a shape on the map.
    const PLACED: bool = false;
    /// The box around its shapes.
    fn bounds(&self) -> Option<Bounds> {
        None
    }
    /// From when it is in force; always, where there is none.
    fn valid_from(&self) -> Option<Moment> {
        None
    }
    /// From when it is in force no more.
    fn valid_to(&self) -> Option<Moment> {
        None
    }
}

/// What happened to a row.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RegisterEvent<R> {
    /// It was entered or changed; the whole row as it is now.
    Put(R),
    /// It is used no more. It stays readable for what names it.
    Retired {},
    /// A document or photo was added to it, or called something else.
    Filed(RowFile),
    /// A document or photo belongs to it no more.
    Unfiled {
        /// The hash of its content.
        file: File,
    },
}

/// A row with what the register knows of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RegisterState<R> {
    /// The row; absent only where entries are damaged.
    pub row: Option<R>,
    /// Since when it is used no more.
    pub retired_at: Option<Moment>,
    /// Documents and photos that belong to it, in the order in which they were added.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<RowFile>,
}

/// The noun that keeps a register.
#[derive(Debug)]
pub struct Registered<R>(PhantomData<fn() -> R>);

impl<R: Register> Registered<R> {
    /// How many columns stand before those that the register declares.
    const BEFORE: usize = OWN_COLUMNS.len() + if R::PLACED { BOX_COLUMNS.len() } else { 0 };
    const PADDED: &'static [(&'static str, ColumnType); COLUMNS_MAX] = &{
        let mut padded = [("", ColumnType::Int); COLUMNS_MAX];
        let mut place = 0;
        while place < Self::BEFORE + R::COLUMNS.len() {
            padded[place] = if place < OWN_COLUMNS.len() {
                OWN_COLUMNS[place]
            } else if place < Self::BEFORE {
                BOX_COLUMNS[place - OWN_COLUMNS.len()]
            } else {
                taken::refuse_taken(R::COLUMNS[place - Self::BEFORE].0);
                R::COLUMNS[place - Self::BEFORE]
            };
            place += 1;
        }
        padded
    };
}

impl<R: Register> Noun for Registered<R> {
    const NAME: &'static str = R::NAME;
    const COLUMNS: &'static [(&'static str, ColumnType)] =
        Self::PADDED.split_at(Self::BEFORE + R::COLUMNS.len()).0;
    const INDEXES: &'static [&'static [&'static str]] = R::INDEXES;
    const WORDS: bool = R::WORDS;

    type State = RegisterState<R>;
    type Event = RegisterEvent<R>;

    fn kind(event: &RegisterEvent<R>) -> &'static str {
        match event {
            RegisterEvent::Put(_) => "put",
            RegisterEvent::Retired {} => "retired",
            RegisterEvent::Filed(_) => "filed",
            RegisterEvent::Unfiled { .. } => "unfiled",
        }
    }

    fn evolve(state: Option<RegisterState<R>>, event: &RegisterEvent<R>, stamp: &Stamp) -> RegisterState<R> {
        let mut state = state.unwrap_or(RegisterState { row: None, retired_at: None, files: Vec::new() });
        match event {
            RegisterEvent::Put(row) => {
                state.row = Some(row.clone());
                state.retired_at = None;
            }
            RegisterEvent::Retired {} => state.retired_at = Some(stamp.at),
            RegisterEvent::Filed(filed) => {
                match state.files.iter_mut().find(|known| known.file == filed.file) {
                    Some(known) => *known = filed.clone(),
                    None => state.files.push(filed.clone()),
                }
            }
            RegisterEvent::Unfiled { file } => state.files.retain(|known| known.file != *file),
        }
        state
    }

    fn columns(state: &RegisterState<R>) -> Vec<Value<'_>> {
        let row = state.row.as_ref();
        let mut values = vec![
            state.retired_at.map(Moment::millis).into(),
            row.and_then(R::valid_from).map(Moment::millis).into(),
            row.and_then(R::valid_to).map(Moment::millis).into(),
        ];
        if R::PLACED {
            let bounds = row.and_then(R::bounds);
            let side = |side: fn(&Bounds) -> i64| Value::from(bounds.as_ref().map(side));
            values.extend([side(|b| b.west), side(|b| b.south), side(|b| b.east), side(|b| b.north)]);
        }
        match row {
            Some(row) => values.extend(row.columns()),
            None => values.resize(Self::BEFORE + R::COLUMNS.len(), Value::Null),
        }
        values
    }

    fn words(state: &RegisterState<R>) -> String {
        state.row.as_ref().map(R::words).unwrap_or_default()
    }

    fn tags(state: &RegisterState<R>) -> Vec<String> {
        let mut tags = Vec::new();
        if let Some(row) = &state.row {
            row.references(&mut |_, register, key| tags.push(reference_tag(register, key)));
        }
        tags.sort_unstable();
        tags.dedup();
        tags
    }
}

/// The tag of a row that names a row of another register.
#[must_use]
pub fn reference_tag(register: &str, key: &str) -> String {
    format!("refers:{register}:{key}")
}

/// The references of a row that nothing stands behind: no such row, one that is used no more, or one that is not in force when this one
/// begins.
fn loose<R: Register>(tx: &mut Tx<'_>, city: CityCode, row: &R) -> Result<Vec<FieldFault>, LedgerError> {
    let mut named = Vec::new();
    row.references(&mut |field, register, key| named.push((field, register, key.to_owned())));
    let mut faults = Vec::new();
    for (field, register, key) in named {
        let sql = format!(
            "SELECT valid_from, valid_to FROM record_{register} WHERE city = $1 AND key = $2 AND retired_at IS NULL"
        );
        let found = tx.first(&sql, &[city.number().into(), (&key).into()], |found| {
            Ok::<_, LedgerError>((found.int_or_null(0)?, found.int_or_null(1)?))
        })?;
        match (found, row.valid_from().map(Moment::millis)) {
            (None, _) => faults.push(FieldFault::new(field, "reference_unknown")),
            (Some((from, to)), Some(begins))
                if from.is_some_and(|from| begins < from) || to.is_some_and(|to| begins >= to) =>
            {
                faults.push(FieldFault::new(field, "reference_outside_validity"));
            }
            _ => {}
        }
    }
    Ok(faults)
}

/// The refusal that names faults.
#[must_use]
pub fn refused(faults: &[FieldFault]) -> LedgerError {
    let fields: Vec<serde_json::Value> =
        faults.iter().map(|fault| serde_json::json!({ "field": fault.field, "code": fault.code })).collect();
    Refusal::invalid("fields_invalid").with("fields", fields).into()
}

/// Whether a register has a row of this key that is in use.
///
/// # Errors
/// [`LedgerError`] as the store says.
pub fn stands(
    tx: &mut Tx<'_>,
    city: CityCode,
    register: &'static str,
    key: &str,
) -> Result<bool, LedgerError> {
    let sql =
        format!("SELECT version FROM record_{register} WHERE city = $1 AND key = $2 AND retired_at IS NULL");
    Ok(tx.first(&sql, &[city.number().into(), key.into()], |found| found.int(0))?.is_some())
}

/// Enters or changes a row. One that stands as it is appends nothing. Where `seen` is given it must be the version that stands (0 for a
/// new one).
///
/// # Errors
/// Refusal `fields_invalid` with the faults under `fields`, [`LedgerError::Stale`], or as the store says.
pub fn put<R: Register>(
    tx: &mut Tx<'_>,
    city: CityCode,
    mut row: R,
    seen: Option<u64>,
    by: &By,
) -> Result<Record<Registered<R>>, LedgerError> {
    row.complete();
    let mut faults = row.validate();
    if faults.is_empty() {
        faults = loose(tx, city, &row)?;
    }
    if !faults.is_empty() {
        return Err(refused(&faults));
    }
    let key = row.key();
    act::<Registered<R>, LedgerError>(tx, city, &key, seen, by, |tx, state| {
        let stands =
            state.is_some_and(|state| state.retired_at.is_none() && state.row.as_ref() == Some(&row));
        if stands {
            return Ok(Vec::new());
        }
        generation::next(tx, city)?;
        Ok(vec![RegisterEvent::Put(row)])
    })
}

/// Takes a row out of use; one that is out of use already appends nothing.
///
/// # Errors
/// [`LedgerError::NotFound`], [`LedgerError::Stale`], or as the store says.
pub fn retire<R: Register>(
    tx: &mut Tx<'_>,
    city: CityCode,
    key: &str,
    seen: Option<u64>,
    by: &By,
) -> Result<Record<Registered<R>>, LedgerError> {
    act::<Registered<R>, LedgerError>(tx, city, key, seen, by, |tx, state| {
        let state = state.ok_or(LedgerError::NotFound)?;
        if state.retired_at.is_some() {
            return Ok(Vec::new());
        }
        generation::next(tx, city)?;
        Ok(vec![RegisterEvent::Retired {}])
    })
}

/// A row by its key, retired or not.
///
/// # Errors
/// [`LedgerError`] as the store says.
pub fn get<R: Register>(
    tx: &mut Tx<'_>,
    city: CityCode,
    key: &str,
) -> Result<Option<Record<Registered<R>>>, LedgerError> {
    record::get::<Registered<R>>(tx, city, key)
}

/// The conditions under which a row is in force at a moment.
#[must_use]
pub fn in_force(at: Moment) -> Vec<Condition<'static>> {
    let at = at.millis();
    let later = at.saturating_add(1);
    vec![
        Condition::Any(vec![Condition::Empty("retired_at"), Condition::From("retired_at", later.into())]),
        Condition::Any(vec![Condition::Empty("valid_from"), Condition::Below("valid_from", later.into())]),
        Condition::Any(vec![Condition::Empty("valid_to"), Condition::From("valid_to", later.into())]),
    ]
}

/// A page of rows in the order in which they were first entered, under conditions; `after` is the last page's last row number.
///
/// # Errors
/// [`LedgerError`] as the store says.
pub fn list<R: Register>(
    tx: &mut Tx<'_>,
    city: CityCode,
    conditions: Vec<Condition<'_>>,
    after: Option<i64>,
    limit: u32,
) -> Result<Vec<Record<Registered<R>>>, LedgerError> {
    let after = after.map(|row| (row, row));
    record::list(tx, city, Listing { conditions, order: Order::Rising("row"), after, limit })
}

/// All rows in force at a moment, in the order in which they were first entered; for lists that are held in memory.
///
/// # Errors
/// [`LedgerError::Damaged`] above [`REGISTER_ROWS_MAX`] rows; or as the store says.
pub fn all<R: Register>(tx: &mut Tx<'_>, city: CityCode, at: Moment) -> Result<Vec<R>, LedgerError> {
    let mut rows = Vec::new();
    let mut after = None;
    loop {
        let page = list::<R>(tx, city, in_force(at), after, PAGE_RECORDS_MAX)?;
        let Some(last) = page.last() else { return Ok(rows) };
        after = Some(last.row);
        rows.extend(page.into_iter().filter_map(|record| record.state.row));
        if rows.len() > REGISTER_ROWS_MAX {
            return Err(LedgerError::Damaged(format!("{}: more than {REGISTER_ROWS_MAX} rows", R::NAME)));
        }
    }
}

/// When one of these registers changed last, retired rows included; none where nothing was ever entered. For small registers: all their
/// entries are looked at.
///
/// # Errors
/// [`LedgerError`] as the store says.
pub fn changed_at(
    tx: &mut Tx<'_>,
    city: CityCode,
    registers: &[&'static str],
) -> Result<Option<Moment>, LedgerError> {
    let mut changed = None;
    for register in registers {
        let last = tx.first(
            "SELECT MAX(at) FROM entry WHERE city = $1 AND noun = $2",
            &[city.number().into(), (*register).into()],
            |row| row.int_or_null(0),
        )?;
        changed = changed.max(last.flatten().map(Moment));
    }
    Ok(changed)
}
