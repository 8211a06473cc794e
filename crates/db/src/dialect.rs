//! The few texts that must differ between the engines, all in one place: types and tables of records, phrase search and the
//! claim of a job.

use std::{borrow::Cow, fmt::Write as _};

use crate::Engine;

/// The type of a column that a noun declares for finding its records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnType {
    /// Whole numbers, truth, money in fen, milliseconds.
    Int,
    /// Longitude and latitude.
    Real,
    /// Codes and words.
    Text,
}

impl ColumnType {
    fn sql(self) -> &'static str {
        match self {
            Self::Int => "BIGINT",
            Self::Real => "DOUBLE PRECISION",
            Self::Text => "TEXT",
        }
    }
}

/// Statements that make the table of a noun's records: `record_<noun>` with its columns and indexes, and where it is searched
/// by words its index of words. `row` is the city's number times 2⁴³ plus the sequence of the first entry: it rises with time
/// within a city, and is what the word index points at. An index that
/// begins with a sparse column holds only the records that fill it.
#[must_use]
pub fn create_record(
    engine: Engine,
    noun: &str,
    columns: &[(&str, ColumnType)],
    (indexes, sparse): (&[&[&str]], &[&str]),
    words: bool,
) -> String {
    let mut sql = String::new();
    let mut declared = String::new();
    for (name, kind) in columns {
        let _ = write!(declared, "{name} {}, ", kind.sql());
    }
    let words_column = if words && engine == Engine::Postgres { "words TSVECTOR, " } else { "" };
    let (keys, head) = match engine {
        Engine::Sqlite => (
            "UNIQUE (city, key)",
            "row INTEGER PRIMARY KEY, city BIGINT NOT NULL, key TEXT NOT NULL, version BIGINT NOT NULL, state TEXT NOT NULL, ",
        ),
        Engine::Postgres => (
            "PRIMARY KEY (city, key)",
            "row BIGINT NOT NULL, city BIGINT NOT NULL, key TEXT NOT NULL, version BIGINT NOT NULL, state TEXT NOT NULL, ",
        ),
    };
    let _ = writeln!(sql, "CREATE TABLE record_{noun} ({head}{declared}{words_column}{keys});");
    for (position, index) in indexes.iter().enumerate() {
        let first = index.first().filter(|first| sparse.contains(first));
        let filled = first.map(|first| format!(" WHERE {first} IS NOT NULL")).unwrap_or_default();
        let _ = writeln!(
            sql,
            "CREATE INDEX record_{noun}_{position} ON record_{noun} (city, {}){filled};",
            index.join(", ")
        );
    }
    // What words and tags point at is the key of SQLite's table itself.
    if engine == Engine::Postgres {
        let _ = writeln!(sql, "CREATE INDEX record_{noun}_row ON record_{noun} (city, row);");
    }
    if words {
        match engine {
            Engine::Sqlite => {
                let _ = writeln!(
                    sql,
                    "CREATE VIRTUAL TABLE words_{noun} USING fts5(words, content='', contentless_delete=1, tokenize='unicode61');"
                );
            }
            Engine::Postgres => {
                let _ = writeln!(sql, "CREATE INDEX words_{noun} ON record_{noun} USING GIN (words);");
            }
        }
    }
    sql
}

/// Statements that drop what [`create_record`] made.
#[must_use]
pub fn drop_record(engine: Engine, noun: &str, words: bool) -> String {
    match engine {
        Engine::Sqlite if words => {
            format!("DROP TABLE IF EXISTS record_{noun}; DROP TABLE IF EXISTS words_{noun};")
        }
        _ => format!("DROP TABLE IF EXISTS record_{noun};"),
    }
}

/// A `SELECT` of rows that no other writer may change before this transaction ends. SQLite has one writer anyway.
#[must_use]
pub fn locked(engine: Engine, select: &str) -> Cow<'_, str> {
    match engine {
        Engine::Sqlite => Cow::Borrowed(select),
        Engine::Postgres => Cow::Owned(format!("{select} FOR UPDATE")),
    }
}

/// Claims due jobs of a city: `$1` city, `$2` now, `$3` claimed until, `$4` most attempts, `$5` how many. Yields id, kind, body, attempts.
#[must_use]
pub fn claim_jobs(engine: Engine) -> &'static str {
    match engine {
        Engine::Sqlite => {
            "UPDATE job SET claimed_until = $3 WHERE city = $1 AND id IN (
                SELECT id FROM job WHERE city = $1 AND run_at <= $2 AND claimed_until <= $2 AND attempts < $4
                ORDER BY run_at LIMIT $5)
             RETURNING id, kind, body, attempts"
        }
        Engine::Postgres => {
            "UPDATE job SET claimed_until = $3 WHERE city = $1 AND id IN (
                SELECT id FROM job WHERE city = $1 AND run_at <= $2 AND claimed_until <= $2 AND attempts < $4
                ORDER BY run_at LIMIT $5 FOR UPDATE SKIP LOCKED)
             RETURNING id, kind, body, attempts"
        }
    }
}
