//! A register without its type: by name, rows as JSON. What serves all registers alike (API, import, export, figures) goes through here.

use db::{Tx, dialect::ColumnType};
use kernel::{
    code::CityCode,
    error::{ErrorKind, Refusal},
    id::PersonId,
    shape,
    text::mask_personal,
};
use serde_json::Value;

use super::{
    Described, Description, FieldDescription, FieldFault, Kind, RegisterState, Registered, RowFile,
    check_json, names_people, strangers,
};
use crate::{By, LedgerError, Noun as _, Record};

/// A row as JSON.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Its key.
    pub key: String,
    /// How many events it has seen.
    pub version: u64,
    /// Rises with the time of first entry within a city.
    pub row: i64,
    /// Since when it is used no more, UTC milliseconds.
    pub retired_at: Option<i64>,
    /// Its fields.
    pub fields: Value,
    /// Documents and photos that belong to it.
    pub files: Vec<RowFile>,
}

/// A register without its type.
pub trait AnyRegister: Send + Sync {
    /// What it is.
    fn description(&self) -> &'static Description;
    /// The columns of its records.
    fn columns(&self) -> &'static [(&'static str, ColumnType)];
    /// What is wrong with a row by itself, references aside.
    fn faults(&self, fields: &Value) -> Vec<FieldFault>;
    /// The references of a row without faults that nothing stands behind; what [`AnyRegister::put`] would refuse beside faults.
    ///
    /// # Errors
    /// Refusal `fields_invalid` with its faults, or as the store says.
    fn loose(&self, tx: &mut Tx<'_>, city: CityCode, fields: &Value) -> Result<Vec<FieldFault>, LedgerError>;
    /// The key that a row without faults has.
    ///
    /// # Errors
    /// Refusal `fields_invalid`.
    fn key(&self, fields: &Value) -> Result<String, LedgerError>;
    /// Enters or changes a row that comes from outside ([`super::put`]). It may name the people that it names already and no others
    /// ([`strangers`]).
    ///
    /// # Errors
    /// Refusal `fields_invalid` with the faults, [`LedgerError::Stale`], or as the store says.
    fn put(
        &self,
        tx: &mut Tx<'_>,
        city: CityCode,
        fields: Value,
        seen: Option<u64>,
        by: &By,
    ) -> Result<Row, LedgerError> {
        self.put_with(tx, city, fields, seen, by, &[])
    }
    /// As [`AnyRegister::put`]; it may name the people who are `known` as well: made in the same write, or named by the row before.
    ///
    /// # Errors
    /// As [`AnyRegister::put`].
    fn put_with(
        &self,
        tx: &mut Tx<'_>,
        city: CityCode,
        fields: Value,
        seen: Option<u64>,
        by: &By,
        known: &[PersonId],
    ) -> Result<Row, LedgerError>;
    /// Takes a row out of use ([`super::retire`]).
    ///
    /// # Errors
    /// [`LedgerError::NotFound`], [`LedgerError::Stale`], or as the store says.
    fn retire(
        &self,
        tx: &mut Tx<'_>,
        city: CityCode,
        key: &str,
        seen: Option<u64>,
        by: &By,
    ) -> Result<Row, LedgerError>;
    /// Adds a document or photo to a row, or takes it away ([`super::set_file`]).
    ///
    /// # Errors
    /// [`LedgerError::NotFound`], [`LedgerError::Stale`], refusals `file_unknown`, `files_too_many`, or as the store says.
    fn set_file(
        &self,
        tx: &mut Tx<'_>,
        city: CityCode,
        key: &str,
        file: super::FileChange,
        seen: Option<u64>,
        by: &By,
    ) -> Result<Row, LedgerError>;
}

pub(crate) struct Erased<R>(std::marker::PhantomData<fn() -> R>);

impl<R> Default for Erased<R> {
    fn default() -> Self {
        Self(std::marker::PhantomData)
    }
}

impl<R: Described> Erased<R> {
    fn read(fields: Value) -> Result<R, LedgerError> {
        let fields = normal(R::FIELDS, fields);
        let faults = check_json(R::FIELDS, &fields);
        if !faults.is_empty() {
            return Err(super::refused(&faults));
        }
        serde_json::from_value(fields).map_err(|error| {
            let fault = FieldFault::new("", "row_malformed");
            tracing::debug!(%error, register = R::NAME, "a row fits its description and not its type");
            super::refused(&[fault])
        })
    }

    fn row(record: Record<Registered<R>>) -> Result<Row, LedgerError> {
        let fields = serde_json::to_value(&record.state.row)
            .map_err(|error| LedgerError::unreadable(R::NAME, &record.key, record.version, &error))?;
        Ok(Row {
            key: record.key,
            version: record.version,
            row: record.row,
            retired_at: record.state.retired_at.map(kernel::time::Moment::millis),
            fields,
            files: record.state.files,
        })
    }
}

/// A row with its surfaces in the form in which they are kept, without what is empty, and without people's data in free text.
fn normal(fields: &[FieldDescription], mut row: Value) -> Value {
    if let Some(row) = row.as_object_mut() {
        row.retain(|_, value| !value.is_null());
        for field in fields {
            match (field.kind, row.get_mut(field.name)) {
                (Kind::Surface, Some(value)) => *value = shape::parted(value.take()),
                (Kind::Text { lines: true, .. }, Some(Value::String(text))) => {
                    *text = mask_personal(text).text;
                }
                _ => {}
            }
        }
    }
    row
}

impl<R: Described> AnyRegister for Erased<R> {
    fn description(&self) -> &'static Description {
        R::DESCRIPTION
    }

    fn columns(&self) -> &'static [(&'static str, ColumnType)] {
        Registered::<R>::COLUMNS
    }

    fn faults(&self, fields: &Value) -> Vec<FieldFault> {
        let fields = normal(R::FIELDS, fields.clone());
        let faults = check_json(R::FIELDS, &fields);
        match serde_json::from_value::<R>(fields) {
            Ok(mut row) if faults.is_empty() => {
                row.complete();
                row.validate()
            }
            Err(_) if faults.is_empty() => vec![FieldFault::new("", "row_malformed")],
            _ => faults,
        }
    }

    fn loose(&self, tx: &mut Tx<'_>, city: CityCode, fields: &Value) -> Result<Vec<FieldFault>, LedgerError> {
        super::loose(tx, city, &Self::read(fields.clone())?)
    }

    fn key(&self, fields: &Value) -> Result<String, LedgerError> {
        Ok(Self::read(fields.clone())?.key())
    }

    fn put_with(
        &self,
        tx: &mut Tx<'_>,
        city: CityCode,
        fields: Value,
        seen: Option<u64>,
        by: &By,
        known: &[PersonId],
    ) -> Result<Row, LedgerError> {
        if !names_people(R::FIELDS) {
            return Self::row(super::put(tx, city, Self::read(fields)?, seen, by)?);
        }
        let row = Self::read(fields.clone())?;
        let mut faults = strangers(R::FIELDS, &fields, None, known);
        if !faults.is_empty() {
            let stands = super::query::row(tx, city, self, &row.key())?;
            faults = strangers(R::FIELDS, &fields, stands.as_ref().map(|row| &row.fields), known);
        }
        if faults.is_empty() {
            Self::row(super::put(tx, city, row, seen, by)?)
        } else {
            Err(super::refused(&faults))
        }
    }

    fn retire(
        &self,
        tx: &mut Tx<'_>,
        city: CityCode,
        key: &str,
        seen: Option<u64>,
        by: &By,
    ) -> Result<Row, LedgerError> {
        Self::row(super::retire::<R>(tx, city, key, seen, by)?)
    }

    fn set_file(
        &self,
        tx: &mut Tx<'_>,
        city: CityCode,
        key: &str,
        file: super::FileChange,
        seen: Option<u64>,
        by: &By,
    ) -> Result<Row, LedgerError> {
        Self::row(super::set_file::<R>(tx, city, key, file, seen, by)?)
    }
}

/// The row of an erased register as it is stored.
pub(super) fn read_row(noun: &str, row: &db::Row<'_>) -> Result<Row, LedgerError> {
    let key = row.text(0)?;
    let version = row.int(1)?.cast_unsigned();
    let state: RegisterState<Value> = serde_json::from_str(row.text(3)?)
        .map_err(|error| LedgerError::unreadable(noun, key, version, &error))?;
    Ok(Row {
        key: key.to_owned(),
        version,
        row: row.int(2)?,
        retired_at: state.retired_at.map(kernel::time::Moment::millis),
        fields: state.row.unwrap_or_default(),
        files: state.files,
    })
}

/// The refusal that a register of this name is not kept.
#[must_use]
pub fn unknown(name: &str) -> Refusal {
    let shown: String = name.chars().take(60).collect();
    let details = serde_json::Map::from_iter([("register".to_owned(), shown.into())]);
    Refusal { code: "register_unknown", kind: ErrorKind::NotFound, details }
}
