//! SQLite: one writer thread that commits many jobs at once, reader threads with a snapshot each, and a thread that moves
//! the write-ahead log into the file so that no writer waits for it.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
    thread,
    time::{Duration, Instant},
};

use crossbeam_channel::Receiver;
use rusqlite::{Connection, OpenFlags};

use crate::{
    DbError, Tx,
    queue::{Gate, Job, Queue},
    transaction::{Deferred, Inner},
};

/// Jobs that share one commit at the most.
const BATCH_JOBS_MAX: usize = 256;
/// How long a commit may gather jobs: a long import must not make a resident wait.
const BATCH_MS_MAX: u64 = 40;
/// Reader threads.
const READERS: usize = 4;
/// Page cache of the writer, in KiB.
const WRITER_CACHE_KIB: i64 = 96 * 1024;
/// Page cache of each reader, in KiB.
const READER_CACHE_KIB: i64 = 24 * 1024;
/// Prepared statements kept by a connection.
const STATEMENTS_MAX: usize = 512;
/// The log is moved into the file from this size on.
const LOG_BYTES_SOFT: u64 = 8 * 1024 * 1024;
/// The log is cut back, even if writers must wait, from this size on.
const LOG_BYTES_MAX: u64 = 512 * 1024 * 1024;
/// How often the size of the log is looked at.
const LOG_LOOK_MS: u64 = 250;
/// How long cutting the log back may hold writers up while a long read (a backup) still needs it.
const LOG_CUT_MS_MAX: u64 = 20;

pub(crate) fn open(path: &Path, gate: &Arc<Gate>) -> Result<(Queue, Queue), DbError> {
    let writer = connect(path, WRITER_CACHE_KIB, false)?;
    let (writers, jobs) = Queue::new();
    let writer_gate = Arc::clone(gate);
    spawn("wuhua-writer", move || write_loop(&writer, &jobs, &writer_gate))?;

    let (readers, jobs) = Queue::new();
    for _ in 0..READERS {
        let connection = connect(path, READER_CACHE_KIB, true)?;
        let jobs = jobs.clone();
        spawn("wuhua-reader", move || read_loop(&connection, &jobs))?;
    }

    let keeper = connect(path, 1024, false)?;
    keeper.busy_timeout(Duration::from_millis(LOG_CUT_MS_MAX))?;
    let log = log_path(path);
    // The keeper ends with the process, or when the writer's queue is gone.
    let alive = writers.alive();
    spawn("wuhua-log", move || {
        while alive.strong_count() > 0 {
            thread::sleep(Duration::from_millis(LOG_LOOK_MS));
            keep_log_short(&keeper, &log);
        }
    })?;
    Ok((writers, readers))
}

fn spawn(name: &str, body: impl FnOnce() + Send + 'static) -> Result<(), DbError> {
    thread::Builder::new()
        .name(name.to_owned())
        .spawn(body)
        .map(|_| ())
        .map_err(|error| DbError::Device(error.to_string()))
}

fn connect(path: &Path, cache_kib: i64, reader: bool) -> Result<Connection, DbError> {
    let flags =
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(Duration::from_secs(10))?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "wal_autocheckpoint", 0)?;
    connection.pragma_update(None, "cache_size", -cache_kib)?;
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    if reader {
        connection.pragma_update(None, "query_only", true)?;
    }
    connection.set_prepared_statement_cache_capacity(STATEMENTS_MAX);
    Ok(connection)
}

fn log_path(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push("-wal");
    PathBuf::from(name)
}

fn keep_log_short(connection: &Connection, log: &Path) {
    let bytes = std::fs::metadata(log).map_or(0, |found| found.len());
    if bytes < LOG_BYTES_SOFT {
        return;
    }
    let mode = if bytes > LOG_BYTES_MAX {
        "PRAGMA wal_checkpoint(TRUNCATE)"
    } else {
        "PRAGMA wal_checkpoint(PASSIVE)"
    };
    if let Err(error) = connection.query_row(mode, [], |_| Ok(())) {
        // Not lost: the log holds everything, and the next look tries again.
        tracing::warn!(%error, "the log could not be moved into the file");
    }
}

fn write_loop(connection: &Connection, jobs: &Receiver<Job>, gate: &Gate) {
    while let Ok(first) = jobs.recv() {
        let (done, failed) = write_batch(connection, first, jobs, gate);
        for job in done {
            job.answer(failed.clone());
        }
    }
}

/// Runs the waiting jobs in one transaction; the caller answers them after the commit, or with what undid them all.
fn write_batch(
    connection: &Connection,
    first: Job,
    jobs: &Receiver<Job>,
    gate: &Gate,
) -> (Vec<Job>, Option<DbError>) {
    if let Err(error) = gate.check_open().and_then(|()| run(connection, "BEGIN IMMEDIATE")) {
        return (vec![first], Some(error));
    }
    let mut done = Vec::new();
    let started = Instant::now();
    let mut deferred = Vec::new();
    let mut next = Some(first);
    while let Some(mut job) = next.take() {
        let outcome = if done.is_empty() {
            first_job(connection, &mut job, &mut deferred)
        } else {
            one_job(connection, &mut job, &mut deferred)
        };
        done.push(job);
        if let Err(error) = outcome {
            // The engine gave the whole transaction up, so nobody's work stands.
            let failed = give_up(connection, error, done.len(), gate);
            return (done, Some(failed));
        }
        if done.len() < BATCH_JOBS_MAX && started.elapsed() < Duration::from_millis(BATCH_MS_MAX) {
            next = jobs.try_recv().ok();
        }
    }
    match run_deferred(connection, deferred).and_then(|()| run(connection, "COMMIT")) {
        Ok(()) => (done, None),
        Err(error) => {
            let failed = give_up(connection, error, done.len(), gate);
            (done, Some(failed))
        }
    }
}

/// Runs the job that begins a transaction. It needs no savepoint: where it shall not stand, nothing stands yet. A long job (a batch of an
/// import) is spared the copies of all pages that a savepoint keeps.
fn first_job(connection: &Connection, job: &mut Job, deferred: &mut Vec<Deferred>) -> Result<(), DbError> {
    let mut tx = Tx::new(Inner::Sqlite(connection));
    let keep = job.run(&mut tx);
    if let Some(fault) = tx.fault.take() {
        return Err(fault);
    }
    if keep {
        deferred.append(&mut tx.deferred);
        return Ok(());
    }
    run(connection, "ROLLBACK")?;
    run(connection, "BEGIN IMMEDIATE")
}

/// Runs one job in its savepoint. An error here is one of the whole transaction, not of the job.
fn one_job(connection: &Connection, job: &mut Job, deferred: &mut Vec<Deferred>) -> Result<(), DbError> {
    run(connection, "SAVEPOINT job")?;
    let mut tx = Tx::new(Inner::Sqlite(connection));
    let keep = job.run(&mut tx);
    if let Some(fault) = tx.fault.take() {
        return Err(fault);
    }
    if keep {
        deferred.append(&mut tx.deferred);
    } else {
        run(connection, "ROLLBACK TO job")?;
    }
    run(connection, "RELEASE job")
}

/// Runs what the kept jobs left for the end: of one order in the order of the jobs, otherwise rising.
fn run_deferred(connection: &Connection, mut deferred: Vec<Deferred>) -> Result<(), DbError> {
    deferred.sort_by_key(|statement| statement.order);
    let mut tx = Tx::new(Inner::Sqlite(connection));
    deferred.iter().try_for_each(|statement| tx.execute(&statement.sql, &statement.values).map(drop))
}

fn give_up(connection: &Connection, error: DbError, jobs: usize, gate: &Gate) -> DbError {
    if !connection.is_autocommit()
        && let Err(rollback) = run(connection, "ROLLBACK")
    {
        tracing::error!(error = %rollback, "a failed transaction could not be rolled back");
    }
    // After a failed sync nobody knows what the disk holds; trying again as if nothing had been would be a lie.
    if matches!(error, DbError::Device(_)) {
        gate.seal("a write or sync of the device failed");
    }
    tracing::error!(%error, jobs, "a commit failed");
    error
}

fn read_loop(connection: &Connection, jobs: &Receiver<Job>) {
    while let Ok(mut job) = jobs.recv() {
        let mut failed = run(connection, "BEGIN DEFERRED").err();
        if failed.is_none() {
            job.run(&mut Tx::new(Inner::Sqlite(connection)));
            failed = run(connection, "COMMIT").err();
            if failed.is_some() && !connection.is_autocommit() {
                let _ = run(connection, "ROLLBACK");
            }
        }
        job.answer(failed);
    }
}

fn run(connection: &Connection, sql: &str) -> Result<(), DbError> {
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.raw_query();
    while rows.next()?.is_some() {}
    Ok(())
}
