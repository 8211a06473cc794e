//! Records: the present state of each thing, kept by one engine for all nouns, found by declared columns and by words.

mod find;
mod page;
mod span;
mod total;

use std::fmt::Write as _;

use db::{Engine, Tx, Value};
use kernel::{code::CityCode, time::Moment};

use crate::{LedgerError, Noun, Stamp, TimerAt, noun::AnyNoun};

pub use find::{
    Condition, Counted, Listing, Order, PAGE_RECORDS_MAX, count, count_found, count_spans, mark_after, search,
};
pub(crate) use find::{where_sql, words_sql};
pub use page::list;
pub use span::Spans;
pub(crate) use total::given_as_of;
pub use total::{Given, Total, each_given, given, total};

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
    tags: Vec<String>,
}

impl Before {
    pub(crate) fn of<N: Noun>(state: &N::State) -> Self {
        Self { words: N::WORDS.then(|| N::words(state)), timers: N::timers(state), tags: N::tags(state) }
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
    store_tags::<N>(tx, city, before.map_or(&[], |before| &before.tags), after)?;
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

fn store_tags<N: Noun>(
    tx: &mut Tx<'_>,
    city: CityCode,
    old: &[String],
    after: &Record<N>,
) -> Result<(), LedgerError> {
    let new = N::tags(&after.state);
    let of = |tag| -> [Value<'_>; 4] { [city.number().into(), N::NAME.into(), tag, after.row.into()] };
    for tag in old.iter().filter(|tag| !new.contains(tag)) {
        tx.execute(
            "DELETE FROM tag WHERE city = $1 AND noun = $2 AND tag = $3 AND record = $4",
            &of(tag.into()),
        )?;
    }
    for tag in new.iter().filter(|tag| !old.contains(tag)) {
        tx.execute(
            "INSERT INTO tag (city, noun, tag, record) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
            &of(tag.into()),
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

/// Keys that one question asks for at the most.
pub const KEYS_MAX: usize = 1_000;

/// `$first, …` for so many values.
pub(crate) fn places(first: usize, values: usize) -> String {
    let mut list = String::with_capacity(values * 5);
    for place in first..first + values {
        let _ = write!(list, "{}${place}", if place == first { "" } else { ", " });
    }
    list
}

fn read_record<N: Noun>(row: &db::Row<'_>) -> Result<Record<N>, LedgerError> {
    let key = row.text(0)?;
    let version = row.int(1)?.cast_unsigned();
    let state = serde_json::from_str(row.text(3)?)
        .map_err(|error| LedgerError::unreadable(N::NAME, key, version, &error))?;
    Ok(Record { key: key.to_owned(), version, row: row.int(2)?, state })
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
    store_tags::<N>(tx, city, &[], &record)?;
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
    tx.execute("DELETE FROM tag WHERE noun = $1", &[noun.name().into()])?;
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
