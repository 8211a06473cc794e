//! Lists of any register: filters by the fields that can be found by, words, a box on the map, any order, pages.

use std::fmt::Write as _;

use db::{Tx, Value, dialect::ColumnType};
use kernel::{code::CityCode, shape::Bounds};

use super::{AnyRegister, FieldFault, Kind, Row, erased::read_row};
use crate::{
    Condition, LedgerError,
    record::{PAGE_RECORDS_MAX, where_sql, words_sql},
};

/// What a list asks for.
#[derive(Debug, Clone, Default)]
pub struct Query {
    /// All of these must hold.
    pub conditions: Vec<Condition<'static>>,
    /// The row's words hold all of these.
    pub phrases: Vec<String>,
    /// Rows that are used no more as well.
    pub retired: bool,
    /// Ordered by this column; by first entry where there is none.
    pub order: Option<&'static str>,
    /// The largest or newest first.
    pub falling: bool,
    /// Where the last page ended.
    pub after: Option<Mark>,
    /// Rows on the page, at most [`PAGE_RECORDS_MAX`].
    pub limit: u32,
}

/// Where a page ended: the value of the order's column and the row.
#[derive(Debug, Clone, PartialEq)]
pub struct Mark {
    /// The value, as the column holds it.
    pub value: Value<'static>,
    /// The row number.
    pub row: i64,
}

fn owned(row: &db::Row<'_>, column: usize, kind: ColumnType) -> Result<Value<'static>, LedgerError> {
    Ok(match kind {
        ColumnType::Int => row.int_or_null(column)?.into(),
        ColumnType::Real => row.real_or_null(column)?.into(),
        ColumnType::Text => row.text_or_null(column)?.map(str::to_owned).into(),
    })
}

impl Query {
    fn sql(
        mut self,
        city: CityCode,
        register: &dyn AnyRegister,
        tx: &Tx<'_>,
    ) -> (String, Vec<Value<'static>>) {
        let name = register.description().name;
        if !self.retired {
            self.conditions.push(Condition::Empty("retired_at"));
        }
        let mut values = Vec::new();
        let mut sql = where_sql(name, city, self.conditions, &mut values);
        words_sql(tx.engine(), city, name, &self.phrases, &mut values, &mut sql);
        (sql, values)
    }
}

/// A page of rows, with the mark after which the next one begins where there may be more.
///
/// # Errors
/// [`LedgerError`] as the store says.
pub fn page(
    tx: &mut Tx<'_>,
    city: CityCode,
    register: &dyn AnyRegister,
    mut query: Query,
) -> Result<(Vec<Row>, Option<Mark>), LedgerError> {
    let name = register.description().name;
    let (falling, after) = (query.falling, query.after.take());
    let (order, kind) = match query.order {
        Some(order) => register
            .columns()
            .iter()
            .find(|(column, _)| *column == order)
            .copied()
            .ok_or_else(|| super::refused(&[FieldFault::new(order, "field_not_ordered")]))?,
        None => ("row", ColumnType::Int),
    };
    let limit = query.limit.clamp(1, PAGE_RECORDS_MAX);
    let (mut sql, mut values) = query.sql(city, register, tx);
    let (sign, direction) = if falling { ('<', "DESC") } else { ('>', "ASC") };
    if let Some(mark) = after {
        values.push(mark.row.into());
        let row = values.len();
        if mark.value == Value::Null {
            let _ = write!(sql, " AND {order} IS NULL AND row {sign} ${row}");
        } else {
            values.push(mark.value);
            let value = row + 1;
            let _ = write!(
                sql,
                " AND ({order} {sign} ${value} OR ({order} = ${value} AND row {sign} ${row}) OR {order} IS NULL)"
            );
        }
    }
    values.push(i64::from(limit).into());
    let sql = format!(
        "SELECT key, version, row, state, {order} FROM record_{name} WHERE {sql}
         ORDER BY ({order} IS NULL), {order} {direction}, row {direction} LIMIT ${}",
        values.len()
    );
    let found =
        tx.rows(&sql, &values, |row| Ok::<_, LedgerError>((read_row(name, row)?, owned(row, 4, kind)?)))?;
    let full = found.len() == limit as usize;
    let mark = found.last().filter(|_| full).map(|(row, value)| Mark { value: value.clone(), row: row.row });
    Ok((found.into_iter().map(|(row, _)| row).collect(), mark))
}

/// How many rows there are.
///
/// # Errors
/// [`LedgerError`] as the store says.
pub fn count_rows(
    tx: &mut Tx<'_>,
    city: CityCode,
    register: &dyn AnyRegister,
    query: Query,
) -> Result<u64, LedgerError> {
    let name = register.description().name;
    let (sql, values) = query.sql(city, register, tx);
    let sql = format!("SELECT COUNT(*) FROM record_{name} WHERE {sql}");
    let found = tx.first(&sql, &values, |row| row.int(0))?;
    Ok(found.unwrap_or_default().cast_unsigned())
}

/// A row by its key, used or not.
///
/// # Errors
/// [`LedgerError`] as the store says.
pub fn row(
    tx: &mut Tx<'_>,
    city: CityCode,
    register: &dyn AnyRegister,
    key: &str,
) -> Result<Option<Row>, LedgerError> {
    let name = register.description().name;
    let sql = format!("SELECT key, version, row, state FROM record_{name} WHERE city = $1 AND key = $2");
    tx.first(&sql, &[city.number().into(), key.into()], |row| read_row(name, row))
}

/// The condition that a row's box touches another one; none for a register without shapes.
#[must_use]
pub fn touches(register: &dyn AnyRegister, bounds: Bounds) -> Option<Vec<Condition<'static>>> {
    let placed = register.columns().iter().any(|(name, _)| *name == "west");
    placed.then(|| {
        vec![
            Condition::Below("west", bounds.east.saturating_add(1).into()),
            Condition::From("east", bounds.west.into()),
            Condition::Below("south", bounds.north.saturating_add(1).into()),
            Condition::From("north", bounds.south.into()),
        ]
    })
}

/// How a filter compares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    /// It has one of these values, separated by commas.
    Is,
    /// It is at least this.
    From,
    /// It is at most this.
    To,
    /// It is empty (`true`) or not (`false`).
    Empty,
}

/// A filter as an address bar or a table of filters writes it.
///
/// # Errors
/// Fault `field_not_found_by` (unknown, or without a column), or what is wrong with the value.
pub fn filter(
    register: &dyn AnyRegister,
    field: &str,
    comparison: Comparison,
    text: &str,
) -> Result<Condition<'static>, FieldFault> {
    let fields = register.description().fields;
    let described = fields.iter().find(|described| described.name == field && described.find);
    let Some(described) = described else {
        let shown: String = field.chars().take(60).collect();
        return Err(FieldFault::new(shown, "field_not_found_by"));
    };
    let column = described.name;
    let value = |text: &str| value_of(described.kind, text).map_err(|code| FieldFault::new(column, code));
    Ok(match comparison {
        Comparison::Is => Condition::In(column, text.split(',').map(value).collect::<Result<_, _>>()?),
        Comparison::From => Condition::From(column, value(text)?),
        Comparison::To => match value(text)? {
            Value::Int(number) => Condition::Below(column, number.saturating_add(1).into()),
            // What begins with the text is within: the month holds its days.
            Value::Text(text) => Condition::Below(column, format!("{text}\u{10FFFF}").into()),
            other => Condition::Below(column, other),
        },
        Comparison::Empty => match text {
            "true" => Condition::Empty(column),
            "false" => Condition::Filled(column),
            _ => return Err(FieldFault::new(column, "truth_malformed")),
        },
    })
}

/// The value that a column holds for a text.
fn value_of(kind: Kind, text: &str) -> Result<Value<'static>, &'static str> {
    let whole = || text.parse::<i64>().map(Value::from).map_err(|_| "number_malformed");
    match kind {
        Kind::Integer { .. }
        | Kind::Decimal { .. }
        | Kind::Rate { .. }
        | Kind::Money { .. }
        | Kind::Area { .. }
        | Kind::Moment => whole(),
        Kind::Truth => match text {
            "true" => Ok(1.into()),
            "false" => Ok(0.into()),
            _ => Err("truth_malformed"),
        },
        Kind::Choice { choices } => match choices.iter().any(|choice| choice.code == text) {
            true => Ok(text.to_owned().into()),
            false => Err("choice_unknown"),
        },
        Kind::Text { .. } | Kind::Date | Kind::Period | Kind::Person | Kind::File => {
            Ok(text.to_owned().into())
        }
        Kind::Point | Kind::Line | Kind::Surface | Kind::Rows { .. } => Err("field_not_found_by"),
    }
}
