//! Records: the present state of each thing, kept by one engine for all nouns, found by declared columns and by words.

use std::fmt::Write as _;

use db::{Engine, Tx, Value};
use kernel::{code::CityCode, time::Moment};

use crate::{LedgerError, Noun, Stamp, TimerAt, noun::AnyNoun};

/// Records on one page at the most.
pub const PAGE_RECORDS_MAX: u32 = 1_000;
/// Bits of a row number that hold the sequence of the record's first entry.
const SEQUENCE_BITS: u32 = 43;

/// A noun's present state.
#[derive(Debug, Clone)]
pub struct Record<N: Noun> {
    /// The key within its city and noun.
    pub key: String,
    /// How many events it has seen.
    pub version: u64,
    /// The city's number and the sequence of the first entry: rises with time within a city.
    pub row: i64,
    /// The state.
    pub state: N::State,
}

/// The row number of a record whose first entry has this sequence.
pub(crate) fn row_number(city: CityCode, first_seq: u64) -> i64 {
    (city.number() << SEQUENCE_BITS) | first_seq.cast_signed()
}

/// The row numbers that a city's records can have.
fn row_range(city: CityCode) -> (i64, i64) {
    let low = city.number() << SEQUENCE_BITS;
    (low, low | ((1 << SEQUENCE_BITS) - 1))
}

pub(crate) fn state_text<N: Noun>(state: &N::State) -> Result<String, LedgerError> {
    serde_json::to_string(state).map_err(|error| LedgerError::unreadable(N::NAME, "", 0, &error))
}

/// Statement texts of one noun; made once for each call, cheap beside the statement itself.
fn insert_sql<N: Noun>() -> String {
    let mut names = String::from("row, city, key, version, state");
    let mut values = String::from("$1, $2, $3, $4, $5");
    for (position, (name, _)) in N::COLUMNS.iter().enumerate() {
        let _ = write!(names, ", {name}");
        let _ = write!(values, ", ${}", position + 6);
    }
    format!("INSERT INTO record_{} ({names}) VALUES ({values})", N::NAME)
}

fn update_sql<N: Noun>() -> String {
    let mut sets = String::from("version = $4, state = $5");
    for (position, (name, _)) in N::COLUMNS.iter().enumerate() {
        let _ = write!(sets, ", {name} = ${}", position + 6);
    }
    format!("UPDATE record_{} SET {sets} WHERE city = $2 AND key = $3 AND row = $1", N::NAME)
}

/// What of a record's state before an event is compared with the state after it.
pub(crate) struct Before {
    words: Option<String>,
    timers: Vec<TimerAt>,
}

impl Before {
    pub(crate) fn of<N: Noun>(state: &N::State) -> Self {
        Self { words: N::WORDS.then(|| N::words(state)), timers: N::timers(state) }
    }
}

/// Writes a record with its words and timers, given what stood before.
pub(crate) fn store<N: Noun>(
    tx: &mut Tx<'_>,
    city: CityCode,
    before: Option<&Before>,
    after: &Record<N>,
) -> Result<(), LedgerError> {
    store_row(tx, city, before.is_some(), after)?;
    if N::WORDS {
        let words = N::words(&after.state);
        if before.is_none_or(|before| before.words.as_ref() != Some(&words)) {
            let (sql, values) =
                words_statement(tx.engine(), city, N::NAME, &after.key, after.row, before.is_some(), &words);
            tx.defer(after.row, sql, values)?;
        }
    }
    store_timers::<N>(tx, city, before.map_or(&[], |before| &before.timers), after)
}

fn store_row<N: Noun>(
    tx: &mut Tx<'_>,
    city: CityCode,
    stood: bool,
    after: &Record<N>,
) -> Result<(), LedgerError> {
    let state = state_text::<N>(&after.state)?;
    let mut values: Vec<Value<'_>> = Vec::with_capacity(5 + N::COLUMNS.len());
    values.push(after.row.into());
    values.push(city.number().into());
    values.push((&after.key).into());
    values.push(after.version.cast_signed().into());
    values.push((&state).into());
    values.extend(N::columns(&after.state));
    let sql = if stood { update_sql::<N>() } else { insert_sql::<N>() };
    if tx.execute(&sql, &values)? == 1 { Ok(()) } else { Err(LedgerError::NotFound) }
}

/// The statement that brings a record's words into the index.
fn words_statement(
    engine: Engine,
    city: CityCode,
    noun: &str,
    key: &str,
    row: i64,
    stood: bool,
    words: &str,
) -> (String, Vec<Value<'static>>) {
    let spaced = kernel::text::space_han(words);
    match engine {
        Engine::Sqlite => {
            let verb = if stood { "INSERT OR REPLACE" } else { "INSERT" };
            (
                format!("{verb} INTO words_{noun} (rowid, words) VALUES ($1, $2)"),
                vec![row.into(), spaced.into()],
            )
        }
        Engine::Postgres => (
            format!(
                "UPDATE record_{noun} SET words = to_tsvector('simple', $3) WHERE city = $1 AND key = $2"
            ),
            vec![city.number().into(), key.to_owned().into(), spaced.into()],
        ),
    }
}

fn store_timers<N: Noun>(
    tx: &mut Tx<'_>,
    city: CityCode,
    old: &[TimerAt],
    after: &Record<N>,
) -> Result<(), LedgerError> {
    let new = N::timers(&after.state);
    for timer in old.iter().filter(|timer| !new.contains(timer)) {
        tx.execute(
            "DELETE FROM timer WHERE city = $1 AND noun = $2 AND key = $3 AND kind = $4",
            &[city.number().into(), N::NAME.into(), (&after.key).into(), (&timer.kind).into()],
        )?;
    }
    for timer in new.iter().filter(|timer| !old.contains(timer)) {
        tx.execute(
            "INSERT INTO timer (city, noun, key, kind, at) VALUES ($1, $2, $3, $4, $5)
             ON CONFLICT (city, noun, key, kind) DO UPDATE SET at = excluded.at",
            &[
                city.number().into(),
                N::NAME.into(),
                (&after.key).into(),
                (&timer.kind).into(),
                timer.at.millis().into(),
            ],
        )?;
    }
    Ok(())
}

/// A record by its key.
///
/// # Errors
/// [`LedgerError`] as the store says.
pub fn get<N: Noun>(tx: &mut Tx<'_>, city: CityCode, key: &str) -> Result<Option<Record<N>>, LedgerError> {
    tx.first(
        &format!("SELECT key, version, row, state FROM record_{} WHERE city = $1 AND key = $2", N::NAME),
        &[city.number().into(), key.into()],
        read_record::<N>,
    )
}

fn read_record<N: Noun>(row: &db::Row<'_>) -> Result<Record<N>, LedgerError> {
    let key = row.text(0)?;
    let version = row.int(1)?.cast_unsigned();
    let state = serde_json::from_str(row.text(3)?)
        .map_err(|error| LedgerError::unreadable(N::NAME, key, version, &error))?;
    Ok(Record { key: key.to_owned(), version, row: row.int(2)?, state })
}

/// One condition on a declared column.
#[derive(Debug, Clone)]
pub enum Condition<'a> {
    /// The column has this value.
    Is(&'static str, Value<'a>),
    /// The column has one of these values.
    In(&'static str, Vec<Value<'a>>),
    /// The column is at least this.
    From(&'static str, Value<'a>),
    /// The column is below this.
    Below(&'static str, Value<'a>),
    /// The column lies in one of these inclusive ranges.
    Ranges(&'static str, Vec<(i64, i64)>),
    /// The column is empty.
    Empty(&'static str),
    /// The column is not empty.
    Filled(&'static str),
    /// One of these holds; none at all never holds.
    Any(Vec<Condition<'a>>),
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

fn condition_sql<'a>(condition: Condition<'a>, values: &mut Vec<Value<'a>>, sql: &mut String) {
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
        Condition::Empty(column) => {
            let _ = write!(sql, "{column} IS NULL");
        }
        Condition::Filled(column) => {
            let _ = write!(sql, "{column} IS NOT NULL");
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
                condition_sql(condition, values, sql);
            }
            sql.push(')');
        }
    }
}

fn where_sql<'a>(city: CityCode, conditions: Vec<Condition<'a>>, values: &mut Vec<Value<'a>>) -> String {
    values.push(city.number().into());
    let mut sql = String::from("city = $1");
    for condition in conditions {
        sql.push_str(" AND ");
        condition_sql(condition, values, &mut sql);
    }
    sql
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
    let mut values = Vec::new();
    let mut conditions = where_sql(city, listing.conditions, &mut values);
    let (column, direction, comparison) = match listing.order {
        Order::Rising(column) => (column, "ASC", '>'),
        Order::Falling(column) => (column, "DESC", '<'),
    };
    if let Some((value, row)) = listing.after {
        let first = values.len() + 1;
        values.push(value.into());
        values.push(row.into());
        let second = first + 1;
        let _ = write!(conditions, " AND ({column}, row) {comparison} (${first}, ${second})");
    }
    values.push(i64::from(listing.limit.min(PAGE_RECORDS_MAX)).into());
    let limit = values.len();
    let sql = format!(
        "SELECT key, version, row, state FROM record_{} WHERE {conditions} ORDER BY {column} {direction}, row {direction} LIMIT ${limit}",
        N::NAME
    );
    tx.rows(&sql, &values, read_record::<N>)
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
    let conditions = where_sql(city, conditions, &mut values);
    let columns = by.join(", ");
    let texts: Vec<String> = by.iter().map(|column| format!("CAST({column} AS TEXT)")).collect();
    let (select, group) = if by.is_empty() {
        (String::new(), String::new())
    } else {
        (format!("{}, ", texts.join(", ")), format!(" GROUP BY {columns} ORDER BY {columns}"))
    };
    let sql = format!("SELECT {select}COUNT(*) FROM record_{} WHERE {conditions}{group}", N::NAME);
    tx.rows(&sql, &values, |row| {
        let groups = (0..by.len()).map(|column| Ok(row.text_or_null(column)?.map(str::to_owned)));
        Ok((groups.collect::<Result<Vec<_>, LedgerError>>()?, row.int(by.len())?.cast_unsigned()))
    })
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
    let spaced: Vec<String> = phrases
        .iter()
        .map(|phrase| kernel::text::space_han(phrase).trim().to_owned())
        .filter(|p| !p.is_empty())
        .collect();
    if spaced.is_empty() {
        return Ok(Vec::new());
    }
    let (low, high) = row_range(city);
    let high = before_row.map_or(high, |row| row - 1);
    let mut values = Vec::new();
    let conditions = where_sql(city, conditions, &mut values);
    let limit = limit.min(PAGE_RECORDS_MAX);
    let noun = N::NAME;
    let sql = match tx.engine() {
        Engine::Sqlite => {
            // Each phrase in quotes; a quote inside a phrase cannot be, because spacing turned it into a space.
            let query: Vec<String> = spaced.iter().map(|phrase| format!("\"{phrase}\"")).collect();
            values.push(query.join(" AND ").into());
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
            for phrase in spaced {
                values.push(phrase.into());
                let _ = write!(matches, " AND words @@ phraseto_tsquery('simple', ${})", values.len());
            }
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

/// One stored event of a record, on its way to being replayed.
#[derive(Clone)]
pub(crate) struct Replayed {
    pub(crate) seq: u64,
    pub(crate) at: Moment,
    pub(crate) key: String,
    pub(crate) version: u64,
    pub(crate) actor: String,
    pub(crate) body: String,
}

/// The state that entries of one record give, with its version.
pub(crate) fn replay<N: Noun>(rows: &[Replayed]) -> Result<Option<(N::State, u64)>, LedgerError> {
    let mut state = None;
    let mut version = 0;
    for row in rows {
        let event: N::Event = serde_json::from_str(&row.body)
            .map_err(|error| LedgerError::unreadable(N::NAME, &row.key, row.version, &error))?;
        let actor = row
            .actor
            .parse()
            .map_err(|_| LedgerError::Damaged(format!("entry {} has no readable actor", row.seq)))?;
        version = row.version;
        state = Some(N::evolve(state, &event, &Stamp { at: row.at, actor, version }));
    }
    Ok(state.map(|state| (state, version)))
}

pub(crate) fn rebuild<N: Noun>(
    tx: &mut Tx<'_>,
    city: CityCode,
    rows: &[Replayed],
) -> Result<(), LedgerError> {
    let (Some(first), Some((state, version))) = (rows.first(), replay::<N>(rows)?) else { return Ok(()) };
    let record = Record::<N> { key: first.key.clone(), version, row: row_number(city, first.seq), state };
    store_row(tx, city, false, &record)?;
    if N::WORDS {
        // At once, not deferred: a rebuild is one long job, and would hold the words of the whole city until its end.
        let words = N::words(&record.state);
        let (sql, values) =
            words_statement(tx.engine(), city, N::NAME, &record.key, record.row, false, &words);
        tx.execute(&sql, &values)?;
    }
    store_timers::<N>(tx, city, &[], &record)
}

/// A part of a noun's records: the keys after one and up to another, both within a city.
#[derive(Debug, Clone)]
pub(crate) struct KeyRange {
    pub(crate) after: String,
    /// The last key, or none where the range goes on to the end.
    pub(crate) last: Option<String>,
}

impl KeyRange {
    /// The condition on the key, with two parameters from a number on, and their values.
    pub(crate) fn condition(&self, first: usize) -> (String, [Value<'_>; 2]) {
        let second = first + 1;
        match &self.last {
            Some(last) => {
                (format!("key > ${first} AND key <= ${second}"), [(&self.after).into(), last.into()])
            }
            None => {
                (format!("key > ${first} AND key > ${second}"), [(&self.after).into(), (&self.after).into()])
            }
        }
    }
}

/// The last of the next so many keys after one, by the entries; none where fewer are left.
pub(crate) fn key_ahead(
    tx: &mut Tx<'_>,
    city: CityCode,
    noun: &str,
    after: &str,
    keys: u32,
) -> Result<Option<String>, LedgerError> {
    tx.first(
        "SELECT key FROM entry WHERE city = $1 AND noun = $2 AND key > $3 AND version = 1 ORDER BY key LIMIT 1 OFFSET $4",
        &[city.number().into(), noun.into(), after.into(), i64::from(keys.saturating_sub(1)).into()],
        |row| Ok(row.text(0)?.to_owned()),
    )
}

/// Hands the entries of each record of a range to a closure, record by record.
pub(crate) fn each_replay(
    tx: &mut Tx<'_>,
    city: CityCode,
    noun: &str,
    range: &KeyRange,
    mut visit: impl FnMut(&[Replayed]) -> Result<(), LedgerError>,
) -> Result<(), LedgerError> {
    let mut rows: Vec<Replayed> = Vec::new();
    let (condition, [after, last]) = range.condition(3);
    tx.each(
        &format!(
            "SELECT seq, at, key, version, actor, body FROM entry
             WHERE city = $1 AND noun = $2 AND {condition} ORDER BY key, version"
        ),
        &[city.number().into(), noun.into(), after, last],
        |row| {
            let key = row.text(2)?;
            if rows.first().is_some_and(|first| first.key != key) {
                visit(&rows)?;
                rows.clear();
            }
            rows.push(Replayed {
                seq: row.int(0)?.cast_unsigned(),
                at: Moment(row.int(1)?),
                key: key.to_owned(),
                version: row.int(3)?.cast_unsigned(),
                actor: row.text(4)?.to_owned(),
                body: row.text(5)?.to_owned(),
            });
            Ok::<_, LedgerError>(std::ops::ControlFlow::Continue(()))
        },
    )?;
    if rows.is_empty() { Ok(()) } else { visit(&rows) }
}

/// Records that are rebuilt before their entries are read on: bounds the memory of a rebuild.
const REBUILD_KEYS: u32 = 2_000;

/// Makes the table of a noun's records where it is absent, or anew from the entries where its declaration changed.
pub(crate) fn keep_shape(tx: &mut Tx<'_>, noun: &dyn AnyNoun) -> Result<(), LedgerError> {
    let shape = noun.shape(tx.engine());
    let stored =
        tx.first("SELECT shape FROM record_shape WHERE noun = $1", &[noun.name().into()], |row| {
            Ok::<_, LedgerError>(row.text(0)?.to_owned())
        })?;
    if stored.as_deref() == Some(shape.as_str()) {
        return Ok(());
    }
    remake(tx, noun)
}

/// Makes a noun's records anew and notes their shape.
pub(crate) fn remake(tx: &mut Tx<'_>, noun: &dyn AnyNoun) -> Result<(), LedgerError> {
    rebuild_table(tx, noun)?;
    let shape = noun.shape(tx.engine());
    tx.execute(
        "INSERT INTO record_shape (noun, shape) VALUES ($1, $2) ON CONFLICT (noun) DO UPDATE SET shape = excluded.shape",
        &[noun.name().into(), shape.into()],
    )?;
    Ok(())
}

/// Drops a noun's records and makes them anew from the entries.
fn rebuild_table(tx: &mut Tx<'_>, noun: &dyn AnyNoun) -> Result<(), LedgerError> {
    let engine = tx.engine();
    tx.script(&db::dialect::drop_record(engine, noun.name(), noun.searched()))?;
    tx.script(&noun.shape(engine))?;
    tx.execute("DELETE FROM timer WHERE noun = $1", &[noun.name().into()])?;
    for city in crate::cities(tx)? {
        let mut after = String::new();
        loop {
            // Gathered first and written after, because a transaction reads or writes, never both at once.
            let last = key_ahead(tx, city, noun.name(), &after, REBUILD_KEYS)?;
            let range = KeyRange { after, last };
            let mut records = Vec::new();
            each_replay(tx, city, noun.name(), &range, |rows| {
                records.push(rows.to_vec());
                Ok(())
            })?;
            for rows in records {
                noun.rebuild(tx, city, &rows)?;
            }
            let Some(last) = range.last else { break };
            after = last;
        }
    }
    Ok(())
}
