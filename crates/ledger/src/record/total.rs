//! What records give together under conditions: how many, and the sum of a column; the same conditions list what each of them gives. As
//! records stand now, or as they stood after an entry.

use std::{fmt::Write as _, ops::ControlFlow};

use db::{Tx, Value};
use kernel::code::CityCode;

use super::{Condition, KeyRange, PAGE_RECORDS_MAX, each_replay, find::where_sql, row_number};
use crate::{LedgerError, noun::AnyNoun};

/// How many records, and what they give together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Total {
    /// Records.
    pub records: u64,
    /// The sum of the column, where an empty one gives nothing; without a column, as many as there are records.
    pub sum: i128,
}

/// What one record gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    /// Its row number.
    pub row: i64,
    /// Its key.
    pub key: String,
    /// Its version.
    pub version: u64,
    /// What the column holds, 0 where it is empty; 1 without a column.
    pub amount: i64,
}

/// How many records there are under conditions, and the sum of a column.
///
/// # Errors
/// [`LedgerError`] as the store says.
pub fn total(
    tx: &mut Tx<'_>,
    city: CityCode,
    noun: &'static str,
    conditions: Vec<Condition<'_>>,
    column: Option<&'static str>,
) -> Result<Total, LedgerError> {
    let mut values = Vec::new();
    let wanted = where_sql(noun, city, conditions, &mut values);
    let sum = column.map_or_else(|| "COUNT(*)".to_owned(), |column| format!("COALESCE(SUM({column}), 0)"));
    // A sum may be larger than a column: as text it has no limit on PostgreSQL, and SQLite refuses to add further than 64 bits.
    let sql = format!("SELECT COUNT(*), CAST({sum} AS TEXT) FROM record_{noun} WHERE {wanted}");
    let found = tx.first(&sql, &values, |row| {
        let sum = row.text(1)?.parse().map_err(|_| LedgerError::Damaged(format!("{noun}: sum")))?;
        Ok::<_, LedgerError>(Total { records: row.int(0)?.cast_unsigned(), sum })
    })?;
    Ok(found.unwrap_or_default())
}

/// The same records one by one in the order of their rows, after one of them.
///
/// # Errors
/// [`LedgerError`] as the store says.
pub fn given(
    tx: &mut Tx<'_>,
    city: CityCode,
    noun: &'static str,
    conditions: Vec<Condition<'_>>,
    column: Option<&'static str>,
    (after, limit): (Option<i64>, u32),
) -> Result<Vec<Given>, LedgerError> {
    let mut listed = Vec::new();
    let limit = limit.min(PAGE_RECORDS_MAX);
    each_sql(tx, city, noun, conditions, column, (after, Some(limit)), |given| {
        listed.push(given);
        ControlFlow::Continue(())
    })?;
    Ok(listed)
}

/// As [`given`], all of them, each handed to a closure.
///
/// # Errors
/// [`LedgerError`] as the store says.
pub fn each_given(
    tx: &mut Tx<'_>,
    city: CityCode,
    noun: &'static str,
    conditions: Vec<Condition<'_>>,
    column: Option<&'static str>,
    visit: impl FnMut(Given) -> ControlFlow<()>,
) -> Result<(), LedgerError> {
    each_sql(tx, city, noun, conditions, column, (None, None), visit)
}

fn each_sql(
    tx: &mut Tx<'_>,
    city: CityCode,
    noun: &'static str,
    conditions: Vec<Condition<'_>>,
    column: Option<&'static str>,
    (after, limit): (Option<i64>, Option<u32>),
    mut visit: impl FnMut(Given) -> ControlFlow<()>,
) -> Result<(), LedgerError> {
    let mut values = Vec::new();
    let mut sql = where_sql(noun, city, conditions, &mut values);
    if let Some(after) = after {
        values.push(after.into());
        let _ = write!(sql, " AND row > ${}", values.len());
    }
    sql.push_str(" ORDER BY row");
    if let Some(limit) = limit {
        values.push(i64::from(limit).into());
        let _ = write!(sql, " LIMIT ${}", values.len());
    }
    let amount = column.map_or_else(|| "1".to_owned(), |column| format!("COALESCE({column}, 0)"));
    let sql = format!("SELECT row, key, version, CAST({amount} AS BIGINT) FROM record_{noun} WHERE {sql}");
    tx.each(&sql, &values, |row| {
        let given = Given {
            row: row.int(0)?,
            key: row.text(1)?.to_owned(),
            version: row.int(2)?.cast_unsigned(),
            amount: row.int(3)?,
        };
        Ok::<_, LedgerError>(visit(given))
    })
}

/// What records gave as they stood after an entry, in the order of their rows: each noun's entries up to it are replayed.
pub(crate) fn given_as_of(
    tx: &mut Tx<'_>,
    city: CityCode,
    noun: &dyn AnyNoun,
    conditions: &[Condition<'_>],
    column: Option<&'static str>,
    entries: u64,
) -> Result<Vec<Given>, LedgerError> {
    let mut listed = Vec::new();
    let names = noun.columns();
    let all = KeyRange { after: String::new(), last: None };
    each_replay(tx, city, noun.name(), &all, |rows| {
        let known = rows.iter().take_while(|row| row.seq <= entries).count();
        let (Some(first), Some(last)) = (rows.first(), rows[..known].last()) else { return Ok(()) };
        let Some((values, tags)) = noun.columns_of(&rows[..known])? else { return Ok(()) };
        let value = |wanted: &str| {
            let place = names.iter().position(|(name, _)| *name == wanted);
            place.and_then(|place| values.get(place)).unwrap_or(&Value::Null)
        };
        if conditions.iter().all(|condition| condition.holds(&value, &tags)) {
            let amount = match column.map(value) {
                None => 1,
                Some(Value::Int(amount)) => *amount,
                Some(_) => 0,
            };
            listed.push(Given {
                row: row_number(city, first.seq),
                key: first.key.clone(),
                version: last.version,
                amount,
            });
        }
        Ok(())
    })?;
    listed.sort_unstable_by_key(|given| given.row);
    Ok(listed)
}

impl Condition<'_> {
    /// Whether it holds for a record with these values of columns and these tags: what the store's own comparison says, where nothing
    /// compares with what is empty.
    fn holds<'v>(&self, value: &dyn Fn(&str) -> &'v Value<'v>, tags: &[String]) -> bool {
        let order = |column: &str, bound: &Value<'_>| match (value(column), bound) {
            (Value::Int(own), Value::Int(bound)) => Some(own.cmp(bound)),
            // Texts stand in the order of their bytes on both engines.
            (Value::Text(own), Value::Text(bound)) => Some(own.as_bytes().cmp(bound.as_bytes())),
            (Value::Real(own), Value::Real(bound)) => own.partial_cmp(bound),
            _ => None,
        };
        match self {
            Self::Is(column, wanted) => order(column, wanted).is_some_and(std::cmp::Ordering::is_eq),
            Self::In(column, wanted) => {
                wanted.iter().any(|wanted| order(column, wanted).is_some_and(std::cmp::Ordering::is_eq))
            }
            Self::NotIn(column, unwanted) => !unwanted
                .iter()
                .any(|unwanted| order(column, unwanted).is_some_and(std::cmp::Ordering::is_eq)),
            Self::From(column, bound) => order(column, bound).is_some_and(std::cmp::Ordering::is_ge),
            Self::Below(column, bound) => order(column, bound).is_some_and(std::cmp::Ordering::is_lt),
            Self::Ranges(column, ranges) => match value(column) {
                Value::Int(own) => ranges.iter().any(|(low, high)| (low..=high).contains(&own)),
                _ => false,
            },
            Self::Bits(column, among, set) => match value(column) {
                Value::Int(own) => own & among == *set,
                _ => false,
            },
            Self::Empty(column) => *value(column) == Value::Null,
            Self::Filled(column) => *value(column) != Value::Null,
            Self::Tagged(wanted) => wanted.iter().any(|wanted| match wanted {
                Value::Text(wanted) => tags.iter().any(|tag| tag == wanted.as_ref()),
                _ => false,
            }),
            Self::Any(conditions) => conditions.iter().any(|condition| condition.holds(value, tags)),
        }
    }
}
