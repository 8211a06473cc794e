//! Entries: appending to a city's chain, and reading what happened.

use db::{Engine, Tx, Value};
use kernel::{code::CityCode, role::ActorId, time::Moment};

use crate::{
    LedgerError, Noun, Stamp,
    chain::{self, Content, Head},
    record::{self, Before, Record},
};

/// Entries that one read hands out at the most.
pub const ENTRIES_MAX: u32 = 1_000;

/// By whom and when something is done.
#[derive(Debug, Clone)]
pub struct By {
    /// By whom.
    pub actor: ActorId,
    /// When; taken from [`crate::moment`] so that it never lies before the last entry.
    pub at: Moment,
}

/// One event, as it stands in the ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The city.
    pub city: CityCode,
    /// Its place in the city's chain, from 1.
    pub seq: u64,
    /// When.
    pub at: Moment,
    /// Of which noun.
    pub noun: String,
    /// Of which record.
    pub key: String,
    /// The record's version after it.
    pub version: u64,
    /// Which kind of event.
    pub kind: String,
    /// By whom, as [`ActorId`] writes it.
    pub actor: String,
    /// The event as JSON.
    pub body: String,
    /// Its hash.
    pub hash: Vec<u8>,
}

/// The end of a city's chain.
///
/// # Errors
/// [`LedgerError`] as the store says.
pub fn head(tx: &mut Tx<'_>, city: CityCode) -> Result<Head, LedgerError> {
    read_head(tx, city, "SELECT entries, at, hash, peaks FROM head WHERE city = $1")
}

/// Takes a city's chain for this transaction, so that what a rule decides on stays as it was read. SQLite has one writer anyway.
pub(crate) fn hold(tx: &mut Tx<'_>, city: CityCode) -> Result<(), LedgerError> {
    if tx.engine() == Engine::Postgres { head_to_write(tx, city).map(drop) } else { Ok(()) }
}

/// The end of the chain, held against other writers until the commit.
fn head_to_write(tx: &mut Tx<'_>, city: CityCode) -> Result<Head, LedgerError> {
    let sql = db::dialect::locked(tx.engine(), "SELECT entries, at, hash, peaks FROM head WHERE city = $1");
    let head = read_head(tx, city, sql.as_ref())?;
    if head.entries == 0 {
        // The row must stand before it can be held; two machines that start a city at once meet at its key.
        tx.execute(
            "INSERT INTO head (city, entries, at, hash, peaks) VALUES ($1, 0, $2, $3, $4) ON CONFLICT (city) DO NOTHING",
            &[city.number().into(), i64::MIN.into(), (&chain::GENESIS).into(), Value::Blob((&[] as &[u8]).into())],
        )?;
        return read_head(tx, city, sql.as_ref());
    }
    Ok(head)
}

fn read_head(tx: &mut Tx<'_>, city: CityCode, sql: &str) -> Result<Head, LedgerError> {
    let found = tx.first(sql, &[city.number().into()], |row| {
        let mut hash = chain::GENESIS;
        if let Ok(bytes) = row.blob(2)?.try_into() {
            hash = bytes;
        }
        Ok::<_, LedgerError>(Head {
            city,
            entries: row.int(0)?.cast_unsigned(),
            at: Moment(row.int(1)?),
            hash,
            peaks: Head::peaks_from(row.blob(3)?),
        })
    })?;
    Ok(found.unwrap_or_else(|| Head::empty(city)))
}

/// Appends events of one record and brings the record, its words and its timers to the new state.
///
/// `seen` is the record as the caller decided on it (`None` for a new one). On PostgreSQL another machine may have been faster: then the
/// version stands already and [`LedgerError::Stale`] comes back.
///
/// # Errors
/// [`LedgerError::Stale`], or as the store says.
pub fn append<N: Noun>(
    tx: &mut Tx<'_>,
    city: CityCode,
    key: &str,
    seen: Option<Record<N>>,
    events: &[N::Event],
    by: &By,
) -> Result<Record<N>, LedgerError> {
    let mut head = head_to_write(tx, city)?;
    let after = append_to(tx, &mut head, key, seen, events.iter().map(|event| (by, event)))?;
    write_head(tx, &head)?;
    Ok(after)
}

/// Appends the events of many records that are all new, with one look at the chain's end.
///
/// # Errors
/// As [`append`]; a record that is there already is [`LedgerError::Stale`].
pub fn append_new<N: Noun>(
    tx: &mut Tx<'_>,
    city: CityCode,
    records: &[(String, Vec<N::Event>)],
    by: &By,
) -> Result<(), LedgerError> {
    if records.is_empty() {
        return Ok(());
    }
    let mut head = head_to_write(tx, city)?;
    for (key, events) in records {
        append_to::<N>(tx, &mut head, key, None, events.iter().map(|event| (by, event)))?;
    }
    write_head(tx, &head)
}

/// The key of a record and all that has happened to it: each event with by whom and when.
pub type Life<E> = (String, Vec<(By, E)>);

/// Appends whole lives of records that are all new, each event with who did it and when, in the order of time: what was lived elsewhere
/// (a simulation, another system's history) comes in without a record written for each step of it.
///
/// # Errors
/// As [`append_new`].
pub fn append_lives<N: Noun>(
    tx: &mut Tx<'_>,
    city: CityCode,
    lives: &[Life<N::Event>],
) -> Result<(), LedgerError> {
    if lives.is_empty() {
        return Ok(());
    }
    let mut head = head_to_write(tx, city)?;
    for (key, life) in lives {
        append_to::<N>(tx, &mut head, key, None, life.iter().map(|(by, event)| (by, event)))?;
    }
    write_head(tx, &head)
}

/// Appends to a chain whose end the caller holds and writes.
fn append_to<'e, N: Noun>(
    tx: &mut Tx<'_>,
    head: &mut Head,
    key: &str,
    seen: Option<Record<N>>,
    events: impl Iterator<Item = (&'e By, &'e N::Event)>,
) -> Result<Record<N>, LedgerError> {
    let city = head.city;
    let first = head.entries + 1;
    let before = seen.as_ref().map(|record| Before::of::<N>(&record.state));
    let (mut version, row, mut state) = match seen {
        Some(record) => (record.version, record.row, Some(record.state)),
        None => (0, record::row_number(city, first), None),
    };
    let mut buffer = Vec::with_capacity(1_024);
    for (by, event) in events {
        version += 1;
        let at = by.at.max(head.at);
        let actor = chain::actor_text(&by.actor);
        let body = serde_json::to_string(event)
            .map_err(|error| LedgerError::unreadable(N::NAME, key, version, &error))?;
        let seq = head.entries + 1;
        let kind = N::kind(event);
        let content =
            Content { city, seq, at, noun: N::NAME, key, version, kind, actor: &actor, body: &body };
        let hash = chain::link(&head.hash, &content.hash(&mut buffer));
        tx.execute(
            "INSERT INTO entry (city, seq, at, noun, key, version, kind, actor, body, hash)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
            &[
                city.number().into(),
                seq.cast_signed().into(),
                at.millis().into(),
                N::NAME.into(),
                key.into(),
                version.cast_signed().into(),
                kind.into(),
                (&actor).into(),
                (&body).into(),
                (&hash).into(),
            ],
        )
        .map_err(|error| match error {
            db::DbError::Unique => LedgerError::Stale { seen: version - 1, now: version },
            other => other.into(),
        })?;
        head.push(hash, at);
        state = Some(N::evolve(state, event, &Stamp { at, actor: by.actor.clone(), version }));
    }
    let Some(state) = state else { return Err(LedgerError::NotFound) };
    let after = Record { key: key.to_owned(), version, row, state };
    record::store::<N>(tx, city, before.as_ref(), &after)?;
    Ok(after)
}

fn write_head(tx: &mut Tx<'_>, head: &Head) -> Result<(), LedgerError> {
    tx.execute(
        "UPDATE head SET entries = $2, at = $3, hash = $4, peaks = $5 WHERE city = $1",
        &[
            head.city.number().into(),
            head.entries.cast_signed().into(),
            head.at.millis().into(),
            (&head.hash).into(),
            Value::Blob(head.peak_bytes().into()),
        ],
    )?;
    Ok(())
}

/// Loads a record, lets a rule decide and appends what it decided. Where `seen_version` is given it must be the record's version.
///
/// # Errors
/// The rule's refusal (nothing is changed), [`LedgerError::Stale`], or as the store says.
pub fn act<N: Noun, E: From<LedgerError>>(
    tx: &mut Tx<'_>,
    city: CityCode,
    key: &str,
    seen_version: Option<u64>,
    by: &By,
    decide: impl FnOnce(&mut Tx<'_>, Option<&N::State>) -> Result<Vec<N::Event>, E>,
) -> Result<Record<N>, E> {
    hold(tx, city)?;
    let record = record::get::<N>(tx, city, key)?;
    if let Some(seen) = seen_version {
        let now = record.as_ref().map_or(0, |record| record.version);
        if seen != now {
            return Err(LedgerError::Stale { seen, now }.into());
        }
    }
    let events = decide(tx, record.as_ref().map(|record| &record.state))?;
    if events.is_empty()
        && let Some(record) = record
    {
        return Ok(record);
    }
    Ok(append::<N>(tx, city, key, record, &events, by)?)
}

fn read_entry(row: &db::Row<'_>, city: CityCode) -> Result<Entry, LedgerError> {
    Ok(Entry {
        city,
        seq: row.int(0)?.cast_unsigned(),
        at: Moment(row.int(1)?),
        noun: row.text(2)?.to_owned(),
        key: row.text(3)?.to_owned(),
        version: row.int(4)?.cast_unsigned(),
        kind: row.text(5)?.to_owned(),
        actor: row.text(6)?.to_owned(),
        body: row.text(7)?.to_owned(),
        hash: row.blob(8)?.to_vec(),
    })
}

/// What happened to one record, oldest first; at most [`ENTRIES_MAX`].
///
/// # Errors
/// [`LedgerError`] as the store says.
pub fn history(tx: &mut Tx<'_>, city: CityCode, noun: &str, key: &str) -> Result<Vec<Entry>, LedgerError> {
    tx.rows(
        "SELECT seq, at, noun, key, version, kind, actor, body, hash FROM entry
         WHERE city = $1 AND noun = $2 AND key = $3 ORDER BY version LIMIT $4",
        &[city.number().into(), noun.into(), key.into(), i64::from(ENTRIES_MAX).into()],
        |row| read_entry(row, city),
    )
}

/// The bodies of some kinds of entry of some records, as (key, body), each record's from the oldest to the newest.
///
/// # Errors
/// [`LedgerError`] as the store says.
pub fn bodies(
    tx: &mut Tx<'_>,
    city: CityCode,
    noun: &str,
    kinds: &[&str],
    keys: &[&str],
) -> Result<Vec<(String, String)>, LedgerError> {
    let mut found = Vec::new();
    if kinds.is_empty() {
        return Ok(found);
    }
    for keys in keys.chunks(record::KEYS_MAX) {
        let mut values: Vec<Value<'_>> = vec![city.number().into(), noun.into()];
        values.extend(kinds.iter().chain(keys).map(|text| Value::from(*text)));
        let sql = format!(
            "SELECT key, body FROM entry WHERE city = $1 AND noun = $2 AND kind IN ({}) AND key IN ({}) ORDER BY key, version",
            record::places(3, kinds.len()),
            record::places(3 + kinds.len(), keys.len())
        );
        found.extend(tx.rows(&sql, &values, |row| {
            Ok::<_, LedgerError>((row.text(0)?.to_owned(), row.text(1)?.to_owned()))
        })?);
    }
    Ok(found)
}

/// What happened in a city after a sequence, oldest first; at most `limit` and [`ENTRIES_MAX`].
///
/// # Errors
/// [`LedgerError`] as the store says.
pub fn entries_after(
    tx: &mut Tx<'_>,
    city: CityCode,
    seq: u64,
    limit: u32,
) -> Result<Vec<Entry>, LedgerError> {
    tx.rows(
        "SELECT seq, at, noun, key, version, kind, actor, body, hash FROM entry
         WHERE city = $1 AND seq > $2 ORDER BY seq LIMIT $3",
        &[city.number().into(), seq.cast_signed().into(), i64::from(limit.min(ENTRIES_MAX)).into()],
        |row| read_entry(row, city),
    )
}

/// The sequence of a city's first entry at or after a moment; one more than there are entries where all are older. Entries stand in the
/// order of time, so it is found by halving.
///
/// # Errors
/// [`LedgerError`] as the store says.
pub fn first_since(tx: &mut Tx<'_>, city: CityCode, at: Moment) -> Result<u64, LedgerError> {
    let (mut low, mut high) = (1, head(tx, city)?.entries + 1);
    while low < high {
        let middle = low + (high - low) / 2;
        let found = tx.first(
            "SELECT at FROM entry WHERE city = $1 AND seq = $2",
            &[city.number().into(), middle.cast_signed().into()],
            |row| row.int(0),
        )?;
        if found.is_some_and(|found| found < at.millis()) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    Ok(low)
}
