//! PostgreSQL: a few connections that write, each committing many jobs at once, and a few that read, each in a snapshot.
//! A lost connection fails the jobs that it carried and is made anew for the next ones.

use std::{
    sync::Arc,
    thread,
    time::{Duration, Instant},
};

use crossbeam_channel::Receiver;
use postgres::{Client, NoTls};

use crate::{
    DbError, Tx,
    queue::{Gate, Job, Queue},
    transaction::{Inner, Statements},
};

/// Jobs that share one commit at the most.
const BATCH_JOBS_MAX: usize = 128;
/// How long a commit may gather jobs.
const BATCH_MS_MAX: u64 = 40;
/// Connections that write.
const WRITERS: usize = 4;
/// Connections that read.
const READERS: usize = 4;
/// How long to wait for a server that does not answer.
const CONNECT_S_MAX: u64 = 10;

struct Connection {
    address: String,
    client: Option<Client>,
    statements: Statements,
}

impl Connection {
    fn open(address: &str) -> Result<Self, DbError> {
        let mut connection =
            Self { address: address.to_owned(), client: None, statements: Statements::default() };
        connection.client()?;
        Ok(connection)
    }

    /// The live client, connected anew where the last one was lost.
    fn client(&mut self) -> Result<(&mut Client, &mut Statements), DbError> {
        if self.client.as_ref().is_some_and(Client::is_closed) {
            self.client = None;
        }
        if self.client.is_none() {
            self.statements.clear();
            let mut config: postgres::Config = self.address.parse().map_err(DbError::from)?;
            config.connect_timeout(Duration::from_secs(CONNECT_S_MAX));
            let mut client = config.connect(NoTls)?;
            // An acknowledged write is on disk, whatever the server's default is.
            client.batch_execute("SET synchronous_commit = on; SET client_min_messages = warning")?;
            self.client = Some(client);
        }
        match &mut self.client {
            Some(client) => Ok((client, &mut self.statements)),
            None => Err(DbError::Stopped),
        }
    }

    fn run(&mut self, sql: &str) -> Result<(), DbError> {
        let (client, _) = self.client()?;
        Ok(client.batch_execute(sql)?)
    }
}

pub(crate) fn open(address: &str, gate: &Arc<Gate>) -> Result<(Queue, Queue), DbError> {
    let (writers, jobs) = Queue::new();
    for _ in 0..WRITERS {
        let mut connection = Connection::open(address)?;
        let (jobs, gate) = (jobs.clone(), Arc::clone(gate));
        spawn("wuhua-writer", move || write_loop(&mut connection, &jobs, &gate))?;
    }
    let (readers, jobs) = Queue::new();
    for _ in 0..READERS {
        let mut connection = Connection::open(address)?;
        let jobs = jobs.clone();
        spawn("wuhua-reader", move || read_loop(&mut connection, &jobs))?;
    }
    Ok((writers, readers))
}

fn spawn(name: &str, body: impl FnOnce() + Send + 'static) -> Result<(), DbError> {
    thread::Builder::new()
        .name(name.to_owned())
        .spawn(body)
        .map(|_| ())
        .map_err(|error| DbError::Device(error.to_string()))
}

fn write_loop(connection: &mut Connection, jobs: &Receiver<Job>, gate: &Gate) {
    while let Ok(first) = jobs.recv() {
        let (done, failed) = write_batch(connection, first, jobs, gate);
        for job in done {
            job.answer(failed.clone());
        }
    }
}

fn write_batch(
    connection: &mut Connection,
    first: Job,
    jobs: &Receiver<Job>,
    gate: &Gate,
) -> (Vec<Job>, Option<DbError>) {
    if let Err(error) =
        gate.check_open().and_then(|()| connection.run("BEGIN ISOLATION LEVEL READ COMMITTED"))
    {
        return (vec![first], Some(error));
    }
    let mut done = Vec::new();
    let started = Instant::now();
    let mut next = Some(first);
    while let Some(mut job) = next.take() {
        let outcome = one_job(connection, &mut job);
        done.push(job);
        if let Err(error) = outcome {
            let failed = give_up(connection, error, done.len());
            return (done, Some(failed));
        }
        if done.len() < BATCH_JOBS_MAX && started.elapsed() < Duration::from_millis(BATCH_MS_MAX) {
            next = jobs.try_recv().ok();
        }
    }
    match connection.run("COMMIT") {
        Ok(()) => (done, None),
        Err(error) => {
            let failed = give_up(connection, error, done.len());
            (done, Some(failed))
        }
    }
}

fn one_job(connection: &mut Connection, job: &mut Job) -> Result<(), DbError> {
    connection.run("SAVEPOINT job")?;
    let (client, statements) = connection.client()?;
    let mut tx = Tx::new(Inner::Postgres { client, statements });
    let keep = job.run(&mut tx);
    if let Some(fault) = tx.fault.take() {
        return Err(fault);
    }
    connection.run(if keep {
        "RELEASE SAVEPOINT job"
    } else {
        "ROLLBACK TO SAVEPOINT job; RELEASE SAVEPOINT job"
    })
}

/// The server keeps its own promise after a failed sync (it stops and recovers), so the store is not sealed here.
fn give_up(connection: &mut Connection, error: DbError, jobs: usize) -> DbError {
    if connection.run("ROLLBACK").is_err() {
        connection.client = None;
    }
    tracing::error!(%error, jobs, "a commit failed");
    error
}

fn read_loop(connection: &mut Connection, jobs: &Receiver<Job>) {
    while let Ok(mut job) = jobs.recv() {
        let mut failed = connection.run("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY").err();
        if failed.is_none() {
            match connection.client() {
                Ok((client, statements)) => {
                    job.run(&mut Tx::new(Inner::Postgres { client, statements }));
                }
                Err(error) => failed = Some(error),
            }
            if let Err(error) = connection.run("COMMIT") {
                connection.client = None;
                failed = Some(error);
            }
        }
        job.answer(failed);
    }
}
