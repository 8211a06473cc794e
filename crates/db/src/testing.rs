//! Throw-away stores for tests, on both engines: SQLite always, PostgreSQL where `TEST_POSTGRES` names a server.

use std::sync::atomic::{AtomicU32, Ordering};

use crate::{Db, DbError, Target};

static MADE: AtomicU32 = AtomicU32::new(0);

/// An empty store that goes away with its guard.
pub struct TestStore {
    /// The store.
    pub db: Db,
    _folder: tempfile::TempDir,
    schema: Option<(String, String)>,
}

impl Drop for TestStore {
    fn drop(&mut self) {
        if let Some((address, schema)) = &self.schema
            && let Ok(mut client) = postgres::Client::connect(address, postgres::NoTls)
        {
            let _ = client.batch_execute(&format!("DROP SCHEMA IF EXISTS {schema} CASCADE"));
        }
    }
}

/// An address within a schema of its own on the server that `TEST_POSTGRES` names, or `None` without one.
///
/// # Errors
/// When the server refuses.
pub fn postgres_address() -> Result<Option<(String, String, String)>, DbError> {
    let Ok(address) = std::env::var("TEST_POSTGRES") else {
        return Ok(None);
    };
    let schema = format!("test_{}_{}", std::process::id(), MADE.fetch_add(1, Ordering::Relaxed));
    let mut client = postgres::Client::connect(&address, postgres::NoTls)?;
    client.batch_execute(&format!("CREATE SCHEMA {schema}"))?;
    let joint = if address.contains('?') { '&' } else { '?' };
    let within = format!("{address}{joint}options=-c%20search_path%3D{schema}");
    Ok(Some((address, schema, within)))
}

/// Runs one story on each engine that is there.
///
/// # Errors
/// When a store cannot be made.
pub fn on_each_engine(story: impl Fn(&Db)) -> Result<(), DbError> {
    for store in stores()? {
        story(&store.db);
    }
    Ok(())
}

/// An empty store on each engine that is there.
///
/// # Errors
/// When a store cannot be made.
pub fn stores() -> Result<Vec<TestStore>, DbError> {
    let folder = || tempfile::tempdir().map_err(|error| DbError::Device(error.to_string()));
    let sqlite = folder()?;
    let db = Db::open(&Target::Sqlite(sqlite.path().join("test.db")))?;
    let mut stores = vec![TestStore { db, _folder: sqlite, schema: None }];
    if let Some((address, schema, within)) = postgres_address()? {
        let db = Db::open(&Target::Postgres(within))?;
        stores.push(TestStore { db, _folder: folder()?, schema: Some((address, schema)) });
    }
    Ok(stores)
}
