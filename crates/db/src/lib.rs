//! One synchronous transaction type over SQLite and PostgreSQL.
//!
//! Callers hand in closures: `db.write(|tx| …).await` runs on a writer and is answered only after the commit is on disk;
//! `db.read(|tx| …).await` runs on a reader in one snapshot. The SQL text is the same on both engines; what must differ stands in
//! [`dialect`]. Nothing here knows what an entry, a case or a city is.
//!
//! # Glossary
//! * **job**: one closure that waits for the writer; many jobs share one commit (group commit), each in its own savepoint.
//! * **snapshot**: all that one read closure sees, unchanged while it runs.
//! * **sealed**: the store refuses writes because a sync failed or a damage was found; reads go on.

pub mod dialect;
mod error;
mod migrate;
mod postgres_engine;
mod queue;
mod sqlite_engine;
#[cfg(feature = "testing")]
pub mod testing;
mod transaction;
mod value;

use std::{path::PathBuf, sync::Arc};

pub use error::DbError;
pub use migrate::{Migration, schema_text};
pub use queue::QUEUE_JOBS_MAX;
pub use transaction::{Row, Tx};
pub use value::Value;

use queue::{Gate, Queue};

/// Which engine a [`Db`] stands on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Engine {
    /// SQLite in WAL mode with full sync, in this process.
    Sqlite,
    /// A PostgreSQL server.
    Postgres,
}

/// Where the store is.
#[derive(Debug, Clone)]
pub enum Target {
    /// A SQLite file; it is made when absent.
    Sqlite(PathBuf),
    /// A `postgres://` address.
    Postgres(String),
}

/// A store: one or more writers and a few readers, shared by clones.
#[derive(Clone)]
pub struct Db {
    engine: Engine,
    writers: Queue,
    readers: Queue,
    gate: Arc<Gate>,
    target: Target,
}

impl std::fmt::Debug for Db {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Db").field("engine", &self.engine).finish_non_exhaustive()
    }
}

impl Db {
    /// Opens the store and starts its threads.
    ///
    /// # Errors
    /// When the file or the server cannot be opened.
    pub fn open(target: &Target) -> Result<Self, DbError> {
        let gate = Arc::new(Gate::default());
        let (engine, writers, readers) = match target {
            Target::Sqlite(path) => {
                let (writers, readers) = sqlite_engine::open(path, &gate)?;
                (Engine::Sqlite, writers, readers)
            }
            Target::Postgres(address) => {
                let (writers, readers) = postgres_engine::open(address, &gate)?;
                (Engine::Postgres, writers, readers)
            }
        };
        Ok(Self { engine, writers, readers, gate, target: target.clone() })
    }

    /// The engine.
    #[must_use]
    pub fn engine(&self) -> Engine {
        self.engine
    }

    /// Where the store is.
    #[must_use]
    pub fn target(&self) -> &Target {
        &self.target
    }

    /// Runs a closure on a writer and answers after its commit is on disk. An error of the closure undoes only what the
    /// closure did.
    ///
    /// # Errors
    /// The closure's own, or [`DbError`] when the queue is full, the disk is full or the store is sealed.
    pub async fn write<T, E, F>(&self, work: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
        F: FnOnce(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
    {
        self.gate.check_open()?;
        self.writers.submit(work)?.await.unwrap_or_else(|_| Err(DbError::Stopped.into()))
    }

    /// As [`Db::write`], for threads that may wait. It waits for a place in the queue.
    ///
    /// # Errors
    /// As [`Db::write`].
    pub fn write_blocking<T, E, F>(&self, work: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
        F: FnOnce(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
    {
        self.gate.check_open()?;
        self.writers.submit_waiting(work)?.blocking_recv().unwrap_or_else(|_| Err(DbError::Stopped.into()))
    }

    /// Runs a closure on a reader, in one snapshot. It cannot write.
    ///
    /// # Errors
    /// The closure's own, or [`DbError`].
    pub async fn read<T, E, F>(&self, work: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
        F: FnOnce(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
    {
        self.readers.submit(work)?.await.unwrap_or_else(|_| Err(DbError::Stopped.into()))
    }

    /// As [`Db::read`], for threads that may wait.
    ///
    /// # Errors
    /// As [`Db::read`].
    pub fn read_blocking<T, E, F>(&self, work: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
        F: FnOnce(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
    {
        self.readers.submit_waiting(work)?.blocking_recv().unwrap_or_else(|_| Err(DbError::Stopped.into()))
    }

    /// Refuses every later write, for the reason given; reads go on. Only a new start opens it again.
    pub fn seal(&self, reason: &'static str) {
        self.gate.seal(reason);
    }

    /// Why the store refuses writes, if it does.
    #[must_use]
    pub fn sealed(&self) -> Option<&'static str> {
        self.gate.sealed()
    }

    /// Jobs that wait for a writer now.
    #[must_use]
    pub fn waiting_jobs(&self) -> usize {
        self.writers.waiting()
    }

    /// Applies the migrations that the store has not seen yet, each in one transaction.
    ///
    /// # Errors
    /// A failing statement, or a store that is newer than this program.
    pub fn migrate(&self, migrations: &'static [Migration]) -> Result<u32, DbError> {
        self.write_blocking(move |tx| migrate::apply(tx, migrations))
    }
}
