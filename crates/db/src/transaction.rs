//! The one transaction type that domain code sees.

use std::ops::ControlFlow;

use postgres::fallible_iterator::FallibleIterator;
use rustc_hash::FxHashMap;

use crate::{DbError, Engine, Value};

/// Prepared statements of one PostgreSQL connection.
pub(crate) type Statements = FxHashMap<String, postgres::Statement>;

/// Statements kept prepared on one PostgreSQL connection.
const STATEMENTS_MAX: usize = 512;

/// A transaction in progress. Statements are the same text on both engines, with parameters `$1 … $n` in any order.
pub struct Tx<'c> {
    pub(crate) inner: Inner<'c>,
    /// A failure that spoils the whole transaction, even where the closure swallowed it.
    pub(crate) fault: Option<DbError>,
    /// What is to run just before the commit.
    pub(crate) deferred: Vec<Deferred>,
}

/// A statement that waits for the end of the batch.
pub(crate) struct Deferred {
    pub(crate) order: i64,
    pub(crate) sql: String,
    pub(crate) values: Vec<Value<'static>>,
}

pub(crate) enum Inner<'c> {
    Sqlite(&'c rusqlite::Connection),
    Postgres { client: &'c mut postgres::Client, statements: &'c mut Statements },
}

/// One row of an answer; columns by position from 0.
pub enum Row<'r> {
    /// A row of SQLite.
    #[doc(hidden)]
    Sqlite(&'r rusqlite::Row<'r>),
    /// A row of PostgreSQL.
    #[doc(hidden)]
    Postgres(&'r postgres::Row),
}

impl Row<'_> {
    /// A `BIGINT`.
    ///
    /// # Errors
    /// [`DbError::Statement`] where the column is null or of another type.
    pub fn int(&self, column: usize) -> Result<i64, DbError> {
        match self {
            Self::Sqlite(row) => Ok(row.get(column)?),
            Self::Postgres(row) => Ok(row.try_get(column)?),
        }
    }

    /// A `BIGINT` or null.
    ///
    /// # Errors
    /// [`DbError::Statement`] where the column is of another type.
    pub fn int_or_null(&self, column: usize) -> Result<Option<i64>, DbError> {
        match self {
            Self::Sqlite(row) => Ok(row.get(column)?),
            Self::Postgres(row) => Ok(row.try_get(column)?),
        }
    }

    /// A `DOUBLE PRECISION` or null.
    ///
    /// # Errors
    /// [`DbError::Statement`] where the column is of another type.
    pub fn real_or_null(&self, column: usize) -> Result<Option<f64>, DbError> {
        match self {
            Self::Sqlite(row) => Ok(row.get(column)?),
            Self::Postgres(row) => Ok(row.try_get(column)?),
        }
    }

    /// A `TEXT`.
    ///
    /// # Errors
    /// [`DbError::Statement`] where the column is null or of another type.
    pub fn text(&self, column: usize) -> Result<&str, DbError> {
        match self {
            Self::Sqlite(row) => row
                .get_ref(column)?
                .as_str()
                .map_err(|error| DbError::Statement(format!("column {column}: {error}"))),
            Self::Postgres(row) => Ok(row.try_get(column)?),
        }
    }

    /// A `TEXT` or null.
    ///
    /// # Errors
    /// [`DbError::Statement`] where the column is of another type.
    pub fn text_or_null(&self, column: usize) -> Result<Option<&str>, DbError> {
        match self {
            Self::Sqlite(row) => row
                .get_ref(column)?
                .as_str_or_null()
                .map_err(|error| DbError::Statement(format!("column {column}: {error}"))),
            Self::Postgres(row) => Ok(row.try_get(column)?),
        }
    }

    /// A `BYTEA`.
    ///
    /// # Errors
    /// [`DbError::Statement`] where the column is null or of another type.
    pub fn blob(&self, column: usize) -> Result<&[u8], DbError> {
        match self {
            Self::Sqlite(row) => row
                .get_ref(column)?
                .as_blob()
                .map_err(|error| DbError::Statement(format!("column {column}: {error}"))),
            Self::Postgres(row) => Ok(row.try_get(column)?),
        }
    }

    /// A `BYTEA` or null.
    ///
    /// # Errors
    /// [`DbError::Statement`] where the column is of another type.
    pub fn blob_or_null(&self, column: usize) -> Result<Option<&[u8]>, DbError> {
        match self {
            Self::Sqlite(row) => row
                .get_ref(column)?
                .as_blob_or_null()
                .map_err(|error| DbError::Statement(format!("column {column}: {error}"))),
            Self::Postgres(row) => Ok(row.try_get(column)?),
        }
    }
}

impl<'c> Tx<'c> {
    pub(crate) fn new(inner: Inner<'c>) -> Self {
        Self { inner, fault: None, deferred: Vec::new() }
    }

    fn note<T>(&mut self, result: Result<T, DbError>) -> Result<T, DbError> {
        if let Err(error @ (DbError::StorageFull | DbError::Device(_))) = &result {
            self.fault = Some(error.clone());
        }
        result
    }

    /// The engine that this transaction runs on.
    #[must_use]
    pub fn engine(&self) -> Engine {
        match self.inner {
            Inner::Sqlite(_) => Engine::Sqlite,
            Inner::Postgres { .. } => Engine::Postgres,
        }
    }

    /// Runs a statement; how many rows it changed.
    ///
    /// # Errors
    /// [`DbError`] as the engine says.
    pub fn execute(&mut self, sql: &str, parameters: &[Value<'_>]) -> Result<u64, DbError> {
        let result = self.try_execute(sql, parameters);
        self.note(result)
    }

    fn try_execute(&mut self, sql: &str, parameters: &[Value<'_>]) -> Result<u64, DbError> {
        match &mut self.inner {
            Inner::Sqlite(connection) => {
                let mut statement = connection.prepare_cached(sql)?;
                bind(&mut statement, parameters)?;
                Ok(statement.raw_execute().map(|changed| changed as u64)?)
            }
            Inner::Postgres { client, statements } => {
                let statement = prepared(client, statements, sql)?;
                let parameters: Vec<&(dyn postgres::types::ToSql + Sync)> =
                    parameters.iter().map(|value| value as &(dyn postgres::types::ToSql + Sync)).collect();
                Ok(client.execute(&statement, &parameters)?)
            }
        }
    }

    /// Runs a statement before this transaction commits, but not yet where that is cheaper: SQLite's index of words writes what it has
    /// gathered to its pages at every savepoint, so its rows go in together, in rising `order`, after all jobs of the commit. Nothing in the
    /// same transaction may read what the statement writes, and it must not fail by a rule of its own: its failure is one of all jobs.
    ///
    /// # Errors
    /// [`DbError`] as the engine says, where the statement runs at once.
    pub fn defer(&mut self, order: i64, sql: String, values: Vec<Value<'static>>) -> Result<(), DbError> {
        match self.engine() {
            Engine::Sqlite => {
                self.deferred.push(Deferred { order, sql, values });
                Ok(())
            }
            Engine::Postgres => self.execute(&sql, &values).map(drop),
        }
    }

    /// Hands each row of an answer to a closure, one at a time, until it breaks.
    ///
    /// # Errors
    /// [`DbError`] as the engine or the closure says.
    pub fn each<E: From<DbError>>(
        &mut self,
        sql: &str,
        parameters: &[Value<'_>],
        mut visit: impl FnMut(&Row<'_>) -> Result<ControlFlow<()>, E>,
    ) -> Result<(), E> {
        match &mut self.inner {
            Inner::Sqlite(connection) => {
                let mut statement = connection.prepare_cached(sql).map_err(DbError::from)?;
                bind(&mut statement, parameters)?;
                let mut rows = statement.raw_query();
                while let Some(row) = rows.next().map_err(DbError::from)? {
                    if visit(&Row::Sqlite(row))?.is_break() {
                        break;
                    }
                }
                Ok(())
            }
            Inner::Postgres { client, statements } => {
                let statement = prepared(client, statements, sql)?;
                let mut rows = client.query_raw(&statement, parameters.iter()).map_err(DbError::from)?;
                while let Some(row) = rows.next().map_err(DbError::from)? {
                    if visit(&Row::Postgres(&row))?.is_break() {
                        break;
                    }
                }
                Ok(())
            }
        }
    }

    /// All rows of an answer. The statement must bound them.
    ///
    /// # Errors
    /// [`DbError`] as the engine or the closure says.
    pub fn rows<T, E: From<DbError>>(
        &mut self,
        sql: &str,
        parameters: &[Value<'_>],
        mut read: impl FnMut(&Row<'_>) -> Result<T, E>,
    ) -> Result<Vec<T>, E> {
        let mut found = Vec::new();
        self.each(sql, parameters, |row| {
            found.push(read(row)?);
            Ok::<_, E>(ControlFlow::Continue(()))
        })?;
        Ok(found)
    }

    /// The first row of an answer, if there is one.
    ///
    /// # Errors
    /// [`DbError`] as the engine or the closure says.
    pub fn first<T, E: From<DbError>>(
        &mut self,
        sql: &str,
        parameters: &[Value<'_>],
        mut read: impl FnMut(&Row<'_>) -> Result<T, E>,
    ) -> Result<Option<T>, E> {
        let mut found = None;
        self.each(sql, parameters, |row| {
            found = Some(read(row)?);
            Ok::<_, E>(ControlFlow::Break(()))
        })?;
        Ok(found)
    }

    /// Runs several statements without parameters, as a migration or the maker of a record's table does.
    ///
    /// # Errors
    /// [`DbError`] as the engine says.
    pub fn script(&mut self, sql: &str) -> Result<(), DbError> {
        let result = self.try_script(sql);
        self.note(result)
    }

    fn try_script(&mut self, sql: &str) -> Result<(), DbError> {
        match &mut self.inner {
            Inner::Sqlite(connection) => Ok(connection.execute_batch(sql)?),
            Inner::Postgres { client, statements } => {
                // A changed table makes plans of prepared statements stale.
                statements.clear();
                Ok(client.batch_execute(sql)?)
            }
        }
    }
}

/// Binds by name, so that `$2` may stand before `$1` and twice, as on PostgreSQL.
fn bind(statement: &mut rusqlite::CachedStatement<'_>, parameters: &[Value<'_>]) -> Result<(), DbError> {
    for position in 1..=statement.parameter_count() {
        let number: usize = statement
            .parameter_name(position)
            .and_then(|name| name.strip_prefix('$'))
            .and_then(|digits| digits.parse().ok())
            .ok_or_else(|| DbError::Statement("a parameter is not $n".to_owned()))?;
        let value = parameters
            .get(number.wrapping_sub(1))
            .ok_or_else(|| DbError::Statement(format!("no value for ${number}")))?;
        statement.raw_bind_parameter(position, value)?;
    }
    Ok(())
}

fn prepared(
    client: &mut postgres::Client,
    statements: &mut Statements,
    sql: &str,
) -> Result<postgres::Statement, DbError> {
    if let Some(statement) = statements.get(sql) {
        return Ok(statement.clone());
    }
    if statements.len() >= STATEMENTS_MAX {
        statements.clear();
    }
    let statement = client.prepare(sql)?;
    statements.insert(sql.to_owned(), statement.clone());
    Ok(statement)
}
