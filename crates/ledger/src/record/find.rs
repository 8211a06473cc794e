//! Finding records: by conditions on declared columns, in pages, counted, by words.

use std::fmt::Write as _;

use db::{Engine, Tx, Value};
use kernel::code::CityCode;

use crate::{LedgerError, Noun};

use super::{Record, SEQUENCE_BITS, Spans, read_record};

/// Records on one page at the most.
pub const PAGE_RECORDS_MAX: u32 = 1_000;

/// The row numbers that a city's records can have.
fn row_range(city: CityCode) -> (i64, i64) {
    let low = city.number() << SEQUENCE_BITS;
    (low, low | ((1 << SEQUENCE_BITS) - 1))
}

/// One condition on a declared column.
#[derive(Debug, Clone)]
pub enum Condition<'a> {
    /// The column has this value.
    Is(&'static str, Value<'a>),
    /// The column has one of these values.
    In(&'static str, Vec<Value<'a>>),
    /// The column is empty or has none of these values.
    NotIn(&'static str, Vec<Value<'a>>),
    /// The column is at least this.
    From(&'static str, Value<'a>),
    /// The column is below this.
    Below(&'static str, Value<'a>),
    /// The column lies in one of these inclusive ranges.
    Ranges(&'static str, Vec<(i64, i64)>),
    /// Of the bits of the second number, the column has exactly those of the third.
    Bits(&'static str, i64, i64),
    /// The column is empty.
    Empty(&'static str),
    /// The column is not empty.
    Filled(&'static str),
    /// The record has one of these tags ([`Noun::tags`]).
    Tagged(Vec<Value<'a>>),
    /// One of these holds; none at all never holds.
    Any(Vec<Condition<'a>>),
}

impl Condition<'_> {
    /// Whether it is about this column and no other.
    #[must_use]
    pub fn is_of(&self, name: &str) -> bool {
        match self {
            Self::Is(column, _)
            | Self::In(column, _)
            | Self::NotIn(column, _)
            | Self::From(column, _)
            | Self::Below(column, _)
            | Self::Ranges(column, _)
            | Self::Bits(column, _, _)
            | Self::Empty(column)
            | Self::Filled(column) => *column == name,
            Self::Tagged(_) | Self::Any(_) => false,
        }
    }
}

/// In which order a list comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// By this column, the smallest first, then by row.
    Rising(&'static str),
    /// By this column, the largest first, then by row.
    Falling(&'static str),
}

/// What a list asks for. Pages go by key, never by offset: give the last record's order value and row as `after`.
#[derive(Debug, Clone)]
pub struct Listing<'a> {
    /// All of these must hold.
    pub conditions: Vec<Condition<'a>>,
    /// The order.
    pub order: Order,
    /// Where the last page ended: the order column's value and the row.
    pub after: Option<(i64, i64)>,
    /// Records on a page, at most [`PAGE_RECORDS_MAX`].
    pub limit: u32,
}

pub(super) fn condition_sql<'a>(
    noun: &'static str,
    condition: Condition<'a>,
    values: &mut Vec<Value<'a>>,
    sql: &mut String,
) {
    let mut place = |value: Value<'a>| {
        values.push(value);
        format!("${}", values.len())
    };
    match condition {
        Condition::Is(column, value) => {
            let _ = write!(sql, "{column} = {}", place(value));
        }
        Condition::In(column, wanted) => {
            if wanted.is_empty() {
                sql.push_str("1 = 0");
                return;
            }
            let places: Vec<String> = wanted.into_iter().map(place).collect();
            let _ = write!(sql, "{column} IN ({})", places.join(", "));
        }
        Condition::NotIn(column, unwanted) => {
            if unwanted.is_empty() {
                sql.push_str("1 = 1");
                return;
            }
            let places: Vec<String> = unwanted.into_iter().map(place).collect();
            let _ = write!(sql, "({column} IS NULL OR {column} NOT IN ({}))", places.join(", "));
        }
        Condition::From(column, value) => {
            let _ = write!(sql, "{column} >= {}", place(value));
        }
        Condition::Below(column, value) => {
            let _ = write!(sql, "{column} < {}", place(value));
        }
        Condition::Ranges(column, ranges) => {
            let parts: Vec<String> = ranges
                .into_iter()
                .map(|(low, high)| {
                    format!("{column} BETWEEN {} AND {}", place(low.into()), place(high.into()))
                })
                .collect();
            let _ =
                write!(sql, "({})", if parts.is_empty() { "1 = 0".to_owned() } else { parts.join(" OR ") });
        }
        Condition::Bits(column, among, set) => {
            let (among, set) = (place(among.into()), place(set.into()));
            let _ = write!(sql, "({column} & {among}) = {set}");
        }
        Condition::Empty(column) => {
            let _ = write!(sql, "{column} IS NULL");
        }
        Condition::Filled(column) => {
            let _ = write!(sql, "{column} IS NOT NULL");
        }
        Condition::Tagged(wanted) => {
            if wanted.is_empty() {
                sql.push_str("1 = 0");
                return;
            }
            let places: Vec<String> = wanted.into_iter().map(place).collect();
            // The city is always the first value.
            let _ = write!(
                sql,
                "row IN (SELECT record FROM tag WHERE city = $1 AND noun = '{noun}' AND tag IN ({}))",
                places.join(", ")
            );
        }
        Condition::Any(conditions) => {
            sql.push('(');
            if conditions.is_empty() {
                sql.push_str("1 = 0");
            }
            for (position, condition) in conditions.into_iter().enumerate() {
                if position > 0 {
                    sql.push_str(" OR ");
                }
                condition_sql(noun, condition, values, sql);
            }
            sql.push(')');
        }
    }
}

pub(crate) fn where_sql<'a>(
    noun: &'static str,
    city: CityCode,
    conditions: Vec<Condition<'a>>,
    values: &mut Vec<Value<'a>>,
) -> String {
    values.push(city.number().into());
    let mut sql = String::from("city = $1");
    for condition in conditions {
        sql.push_str(" AND ");
        condition_sql(noun, condition, values, &mut sql);
    }
    sql
}

/// Where a list's record stands that comes after so many others: its order value and its row, for [`Listing::after`]. Reads no record, so
/// that a page far behind can be found.
///
/// # Errors
/// [`LedgerError`] as the store says.
pub fn mark_after<N: Noun>(
    tx: &mut Tx<'_>,
    city: CityCode,
    conditions: Vec<Condition<'_>>,
    order: Order,
    others: u32,
) -> Result<Option<(i64, i64)>, LedgerError> {
    let mut values = Vec::new();
    let conditions = where_sql(N::NAME, city, conditions, &mut values);
    let (Order::Rising(column) | Order::Falling(column)) = order;
    let direction = if matches!(order, Order::Rising(_)) { "ASC" } else { "DESC" };
    values.push(i64::from(others).into());
    let offset = values.len();
    let sql = format!(
        "SELECT {column}, row FROM record_{} WHERE {conditions} ORDER BY {column} {direction}, row {direction} LIMIT 1 OFFSET ${offset}",
        N::NAME
    );
    tx.first(&sql, &values, |row| Ok((row.int(0)?, row.int(1)?)))
}

/// The values of the grouping columns, empty ones as `None`, and how many records have them.
pub type Counted = (Vec<Option<String>>, u64);

/// How many records there are for each combination of some columns, under conditions. Empty columns count as a group of their own.
///
/// # Errors
/// [`LedgerError`] as the store says.
pub fn count<N: Noun>(
    tx: &mut Tx<'_>,
    city: CityCode,
    conditions: Vec<Condition<'_>>,
    by: &[&'static str],
) -> Result<Vec<Counted>, LedgerError> {
    let mut values = Vec::new();
    let conditions = where_sql(N::NAME, city, conditions, &mut values);
    counted::<N>(tx, &conditions, &values, by, None)
}

/// As [`count`], or as [`count_found`] where there are phrases, by some columns and then by the number of the span that a record lies in,
/// from 0.
///
/// # Errors
/// [`LedgerError`] as the store says.
pub fn count_spans<N: Noun>(
    tx: &mut Tx<'_>,
    city: CityCode,
    phrases: &[String],
    conditions: Vec<Condition<'_>>,
    by: &[&'static str],
    spans: &Spans,
) -> Result<Vec<Counted>, LedgerError> {
    let mut values = Vec::new();
    let mut conditions = where_sql(N::NAME, city, conditions, &mut values);
    words_sql(tx.engine(), city, N::NAME, phrases, &mut values, &mut conditions);
    counted::<N>(tx, &conditions, &values, by, Some(spans))
}

/// As [`count`], of the records that [`search`] finds for the phrases; none for no phrase.
///
/// # Errors
/// [`LedgerError`] as the store says.
pub fn count_found<N: Noun>(
    tx: &mut Tx<'_>,
    city: CityCode,
    phrases: &[String],
    conditions: Vec<Condition<'_>>,
    by: &[&'static str],
) -> Result<Vec<Counted>, LedgerError> {
    if spaced(phrases).is_empty() {
        return Ok(Vec::new());
    }
    let mut values = Vec::new();
    let mut conditions = where_sql(N::NAME, city, conditions, &mut values);
    words_sql(tx.engine(), city, N::NAME, phrases, &mut values, &mut conditions);
    counted::<N>(tx, &conditions, &values, by, None)
}

/// The condition that a record's words hold phrases; none for no phrase.
pub(crate) fn words_sql(
    engine: Engine,
    city: CityCode,
    noun: &str,
    phrases: &[String],
    values: &mut Vec<Value<'_>>,
    conditions: &mut String,
) {
    let spaced = spaced(phrases);
    if spaced.is_empty() {
        return;
    }
    match engine {
        Engine::Sqlite => {
            let (low, high) = row_range(city);
            values.extend([quoted(&spaced).into(), low.into(), high.into()]);
            let last = values.len();
            let _ = write!(
                conditions,
                " AND row IN (SELECT rowid FROM words_{noun} WHERE words MATCH ${} AND rowid BETWEEN ${} AND ${last})",
                last - 2,
                last - 1
            );
        }
        Engine::Postgres => match_phrases(spaced, values, conditions),
    }
}

fn counted<N: Noun>(
    tx: &mut Tx<'_>,
    conditions: &str,
    values: &[Value<'_>],
    by: &[&'static str],
    spans: Option<&Spans>,
) -> Result<Vec<Counted>, LedgerError> {
    let by: Vec<String> = by.iter().map(|column| (*column).to_owned()).chain(spans.map(Spans::sql)).collect();
    let columns = by.join(", ");
    let texts: Vec<String> = by.iter().map(|column| format!("CAST({column} AS TEXT)")).collect();
    let (select, group) = if by.is_empty() {
        (String::new(), String::new())
    } else {
        (format!("{}, ", texts.join(", ")), format!(" GROUP BY {columns} ORDER BY {columns}"))
    };
    let sql = format!("SELECT {select}COUNT(*) FROM record_{} WHERE {conditions}{group}", N::NAME);
    tx.rows(&sql, values, |row| {
        let groups = (0..by.len()).map(|column| Ok(row.text_or_null(column)?.map(str::to_owned)));
        Ok((groups.collect::<Result<Vec<_>, LedgerError>>()?, row.int(by.len())?.cast_unsigned()))
    })
}

/// Phrases as the words of records are kept; empty ones fall out.
fn spaced(phrases: &[String]) -> Vec<String> {
    phrases
        .iter()
        .map(|phrase| kernel::text::space_han(phrase).trim().to_owned())
        .filter(|phrase| !phrase.is_empty())
        .collect()
}

/// Each phrase in quotes; a quote inside a phrase cannot be, because spacing turned it into a space.
fn quoted(spaced: &[String]) -> String {
    let query: Vec<String> = spaced.iter().map(|phrase| format!("\"{phrase}\"")).collect();
    query.join(" AND ")
}

fn match_phrases<'a>(spaced: Vec<String>, values: &mut Vec<Value<'a>>, sql: &mut String) {
    for phrase in spaced {
        values.push(phrase.into());
        let _ = write!(sql, " AND words @@ phraseto_tsquery('simple', ${})", values.len());
    }
}

/// Records whose words hold a phrase, newest first, under further conditions on columns. `before_row` continues a page.
///
/// # Errors
/// [`LedgerError`] as the store says.
pub fn search<N: Noun>(
    tx: &mut Tx<'_>,
    city: CityCode,
    phrases: &[String],
    conditions: Vec<Condition<'_>>,
    before_row: Option<i64>,
    limit: u32,
) -> Result<Vec<Record<N>>, LedgerError> {
    let spaced = spaced(phrases);
    if spaced.is_empty() {
        return Ok(Vec::new());
    }
    let (low, high) = row_range(city);
    let high = before_row.map_or(high, |row| row - 1);
    let mut values = Vec::new();
    let conditions = where_sql(N::NAME, city, conditions, &mut values);
    let limit = limit.min(PAGE_RECORDS_MAX);
    let noun = N::NAME;
    let sql = match tx.engine() {
        Engine::Sqlite => {
            values.push(quoted(&spaced).into());
            let (q, l, h, n) = (values.len(), values.len() + 1, values.len() + 2, values.len() + 3);
            values.push(low.into());
            values.push(high.into());
            values.push(i64::from(limit).into());
            format!(
                "SELECT r.key, r.version, r.row, r.state FROM words_{noun} w CROSS JOIN record_{noun} r ON r.row = w.rowid
                 WHERE w.words MATCH ${q} AND w.rowid BETWEEN ${l} AND ${h} AND {conditions}
                 ORDER BY w.rowid DESC LIMIT ${n}"
            )
        }
        Engine::Postgres => {
            let mut matches = String::new();
            match_phrases(spaced, &mut values, &mut matches);
            let (h, n) = (values.len() + 1, values.len() + 2);
            values.push(high.into());
            values.push(i64::from(limit).into());
            format!(
                "SELECT key, version, row, state FROM record_{noun} WHERE {conditions}{matches} AND row <= ${h}
                 ORDER BY row DESC LIMIT ${n}"
            )
        }
    };
    tx.rows(&sql, &values, read_record::<N>)
}
