//! A page of records: which rows are on it is found out by columns alone, then only these are read.

use std::fmt::Write as _;

use db::{Engine, Tx, Value};
use kernel::code::CityCode;

use super::{Condition, Listing, Order, PAGE_RECORDS_MAX, Record, find::condition_sql, read_record};
use crate::{LedgerError, Noun};

/// Searches that one list is made of at the most; above that it is one search with "or".
const ARMS_MAX: usize = 8;
/// Records in the ranges of a listing that count as few: they are found by the ranges and put in order by themselves. Of a million this is
/// where going through an index of the order that holds the ranges' column takes as long: each record may have to be read for what else
/// is asked.
const FEW_RECORDS_MAX: i64 = 1_500;
/// As [`FEW_RECORDS_MAX`], where nothing else is asked and the ranges' own index is enough.
const FEW_RANGED_MAX: i64 = 15_000;

/// One search, as text.
struct Arm {
    /// Where rows come from.
    from: String,
    /// What must hold.
    wanted: String,
    /// It goes by what few records have, and sorts them, instead of going through all in the list's order.
    sorts: bool,
}

/// A page of records.
///
/// # Errors
/// [`LedgerError`] as the store says.
pub fn list<N: Noun>(
    tx: &mut Tx<'_>,
    city: CityCode,
    listing: Listing<'_>,
) -> Result<Vec<Record<N>>, LedgerError> {
    let engine = tx.engine();
    let (column, direction, comparison) = match listing.order {
        Order::Rising(column) => (column, "ASC", '>'),
        Order::Falling(column) => (column, "DESC", '<'),
    };
    let noun = N::NAME;
    let few = are_few::<N>(tx, city, &listing.conditions)?;
    let mut values: Vec<Value<'_>> = vec![city.number().into()];
    let mut arms = Vec::new();
    for conditions in arms_of(listing.conditions) {
        let mut arm = arm_sql::<N>((engine, few), column, conditions, &mut values);
        if let Some((value, row)) = listing.after {
            let first = values.len() + 1;
            values.push(value.into());
            values.push(row.into());
            let second = first + 1;
            let _ = write!(arm.wanted, " AND ({column}, row) {comparison} (${first}, ${second})");
        }
        arms.push(arm);
    }
    values.push(i64::from(listing.limit.min(PAGE_RECORDS_MAX)).into());
    let limit = values.len();
    let chosen = |fields: &str, arm: &Arm| {
        // A plus keeps SQLite from taking an index for the sake of the order.
        let plus = if arm.sorts { "+" } else { "" };
        format!(
            "SELECT {fields} FROM {} WHERE {} ORDER BY {plus}{column} {direction}, {plus}row {direction} LIMIT ${limit}",
            arm.from, arm.wanted
        )
    };
    let (name, fields) = match engine {
        Engine::Sqlite => ("row", "row"),
        // There the key is what has an index.
        Engine::Postgres => ("key", "row, key"),
    };
    let rows = match arms.as_slice() {
        [arm] => chosen(name, arm),
        arms => {
            let parts: Vec<String> = arms
                .iter()
                .map(|arm| {
                    let chosen = chosen(&format!("{column} AS place, {fields}"), arm);
                    format!("SELECT place, {fields} FROM ({chosen}) AS arm")
                })
                .collect();
            format!(
                "SELECT {name} FROM ({}) AS arms ORDER BY place {direction}, row {direction} LIMIT ${limit}",
                parts.join(" UNION ")
            )
        }
    };
    let ordered = format!("ORDER BY {column} {direction}, row {direction}");
    let sql = match (engine, arms.as_slice()) {
        (Engine::Postgres, [arm]) => chosen("key, version, row, state", arm),
        (Engine::Postgres, _) => format!(
            "SELECT key, version, row, state FROM record_{noun} WHERE city = $1 AND key IN ({rows}) {ordered}"
        ),
        // Without the city, whose indexes would tempt the planner: a row number belongs to one city.
        (Engine::Sqlite, _) => {
            format!("SELECT key, version, row, state FROM record_{noun} WHERE row IN ({rows}) {ordered}")
        }
    };
    tx.rows(&sql, &values, read_record::<N>)
}

/// Conditions with "one of these" as several lists of conditions without: each of them has an index that gives its rows in order, which
/// "or" has not.
fn arms_of(conditions: Vec<Condition<'_>>) -> Vec<Vec<Condition<'_>>> {
    let mut arms = vec![Vec::new()];
    for condition in conditions {
        match condition {
            Condition::Any(any) if !any.is_empty() && arms.len() * any.len() <= ARMS_MAX => {
                let mut split = Vec::with_capacity(arms.len() * any.len());
                for arm in &arms {
                    split.extend(any.iter().map(|one| arm.iter().chain([one]).cloned().collect()));
                }
                arms = split;
            }
            other => arms.iter_mut().for_each(|arm| arm.push(other.clone())),
        }
    }
    arms
}

/// The text of one search. SQLite keeps no statistics of columns and would go through the whole city in the list's order whatever is asked:
/// it is told by what to go. PostgreSQL knows by itself.
fn arm_sql<'a, N: Noun>(
    (engine, few): (Engine, bool),
    order: &str,
    conditions: Vec<Condition<'a>>,
    values: &mut Vec<Value<'a>>,
) -> Arm {
    let told = engine == Engine::Sqlite;
    let tagged = told && conditions.iter().any(|one| matches!(one, Condition::Tagged(_)));
    let narrow = conditions.iter().find_map(narrow_column::<N>).filter(|_| told);
    let ranged = conditions.iter().find_map(|one| match one {
        Condition::Ranges(column, _) => Some(*column),
        _ => None,
    });
    let index = match (narrow, ranged) {
        _ if !told || tagged => None,
        (Some(column), _) => index_of::<N>(column, column),
        (None, Some(column)) if !few => index_of::<N>(order, column),
        _ => None,
    };
    let narrow = narrow.is_some();
    let mut arm = Arm {
        from: match index {
            Some(index) => format!("record_{0} INDEXED BY record_{0}_{index}", N::NAME),
            None => format!("record_{}", N::NAME),
        },
        // Without an index that begins with the city the tag's rows are all there is to go by.
        wanted: if tagged { "+city = $1".to_owned() } else { "city = $1".to_owned() },
        sorts: tagged || narrow,
    };
    for condition in conditions {
        match condition {
            Condition::Ranges(column, ranges)
                if few && !arm.sorts && ranges.iter().any(|(low, high)| low <= high) =>
            {
                let mut spans = String::new();
                for (low, high) in apart(ranges) {
                    let first = values.len() + 1;
                    values.extend([low.into(), high.into()]);
                    let _ = write!(
                        spans,
                        "{}(${first}, ${})",
                        if spans.is_empty() { "" } else { ", " },
                        first + 1
                    );
                }
                // A cross join is done from left to right: the ranges lead, each by the column's index.
                arm.from = format!("(VALUES {spans}) AS span CROSS JOIN record_{}", N::NAME);
                let _ = write!(arm.wanted, " AND {column} BETWEEN span.column1 AND span.column2");
                arm.sorts = true;
            }
            other => {
                arm.wanted.push_str(" AND ");
                condition_sql(N::NAME, other, values, &mut arm.wanted);
            }
        }
    }
    arm
}

/// Whether only few records lie in the ranges of a listing. Where there are many, going through the order finds a page at once.
fn are_few<N: Noun>(
    tx: &mut Tx<'_>,
    city: CityCode,
    conditions: &[Condition<'_>],
) -> Result<bool, LedgerError> {
    if tx.engine() != Engine::Sqlite {
        return Ok(false);
    }
    let ranges = conditions.iter().find_map(|condition| match condition {
        Condition::Ranges(column, ranges) if !ranges.is_empty() => Some((*column, ranges)),
        _ => None,
    });
    let Some((column, ranges)) = ranges else { return Ok(false) };
    let mut left = if conditions.len() == 1 { FEW_RANGED_MAX } else { FEW_RECORDS_MAX };
    for (low, high) in ranges {
        let sql = format!(
            "SELECT COUNT(*) FROM (SELECT 1 FROM record_{} WHERE city = $1 AND {column} BETWEEN $2 AND $3 LIMIT $4)",
            N::NAME
        );
        let values = [city.number().into(), (*low).into(), (*high).into(), (left + 1).into()];
        left -= tx.first(&sql, &values, |row| row.int(0))?.unwrap_or(0);
        if left < 0 {
            return Ok(false);
        }
    }
    Ok(true)
}

/// The same ranges, none of which overlaps another: no row is found twice.
fn apart(mut ranges: Vec<(i64, i64)>) -> Vec<(i64, i64)> {
    ranges.retain(|(low, high)| low <= high);
    ranges.sort_unstable();
    let mut apart: Vec<(i64, i64)> = Vec::with_capacity(ranges.len());
    for (low, high) in ranges {
        match apart.last_mut() {
            Some((_, end)) if low <= *end => *end = high.max(*end),
            _ => apart.push((low, high)),
        }
    }
    apart
}

/// The column of a condition that few records fit, by what the noun says of it.
fn narrow_column<N: Noun>(condition: &Condition<'_>) -> Option<&'static str> {
    match condition {
        Condition::Is(column, _) | Condition::In(column, _) if N::NARROW.contains(column) => Some(*column),
        _ => None,
    }
}

/// The first of a noun's indexes that begins with one column and holds another.
fn index_of<N: Noun>(first: &str, held: &str) -> Option<usize> {
    N::INDEXES.iter().position(|index| index.first() == Some(&first) && index.contains(&held))
}
