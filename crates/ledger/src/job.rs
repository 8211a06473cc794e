//! Jobs: work that leaves the process (a mail, a call to another system). The transaction that wants it writes it, so none is lost and
//! none is sent for something that did not happen. A job may run twice where its runner died; runners make that harmless.

use db::{Tx, Value};
use kernel::{code::CityCode, time::Moment};
use uuid::Uuid;

use crate::LedgerError;

/// A job is given up after so many attempts; it stays as a row with its failure.
pub const JOB_ATTEMPTS_MAX: i64 = 12;
/// How long a claimed job is left to its runner, in milliseconds.
pub const JOB_CLAIM_MS_MAX: i64 = 60_000;
/// The longest wait between attempts, in milliseconds.
pub const JOB_WAIT_MS_MAX: i64 = 6 * 60 * 60 * 1_000;

/// Work to do outside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    /// The city.
    pub city: CityCode,
    /// Its id; also the idempotency key towards others.
    pub id: Uuid,
    /// Which runner takes it.
    pub kind: String,
    /// What to do, as JSON.
    pub body: String,
    /// How often it was tried before.
    pub attempts: i64,
}

/// Writes a job.
///
/// # Errors
/// [`LedgerError`] as the store says.
pub fn enqueue(tx: &mut Tx<'_>, job: &Job, run_at: Moment) -> Result<(), LedgerError> {
    tx.execute(
        "INSERT INTO job (city, id, kind, body, run_at, attempts, claimed_until) VALUES ($1, $2, $3, $4, $5, 0, 0)",
        &[
            job.city.number().into(),
            job.id.to_string().into(),
            (&job.kind).into(),
            (&job.body).into(),
            run_at.millis().into(),
        ],
    )?;
    Ok(())
}

/// Takes jobs whose time has come; nobody else takes them for [`JOB_CLAIM_MS_MAX`].
///
/// # Errors
/// [`LedgerError`] as the store says.
pub fn claim_jobs(tx: &mut Tx<'_>, city: CityCode, now: Moment, limit: u32) -> Result<Vec<Job>, LedgerError> {
    let sql = db::dialect::claim_jobs(tx.engine());
    tx.rows(
        sql,
        &[
            city.number().into(),
            now.millis().into(),
            (now + JOB_CLAIM_MS_MAX).millis().into(),
            JOB_ATTEMPTS_MAX.into(),
            i64::from(limit).into(),
        ],
        |row| {
            let id = row.text(0)?;
            let id = id.parse().map_err(|_| LedgerError::Damaged(format!("job {id}")))?;
            Ok(Job {
                city,
                id,
                kind: row.text(1)?.to_owned(),
                body: row.text(2)?.to_owned(),
                attempts: row.int(3)?,
            })
        },
    )
}

/// The job is done.
///
/// # Errors
/// [`LedgerError`] as the store says.
pub fn finish_job(tx: &mut Tx<'_>, job: &Job) -> Result<(), LedgerError> {
    tx.execute(
        "DELETE FROM job WHERE city = $1 AND id = $2",
        &[job.city.number().into(), job.id.to_string().into()],
    )?;
    Ok(())
}

/// The job failed; it is tried again after a wait that doubles.
///
/// # Errors
/// [`LedgerError`] as the store says.
pub fn retry_job(tx: &mut Tx<'_>, job: &Job, now: Moment, failure: &str) -> Result<(), LedgerError> {
    let doublings = u32::try_from(job.attempts.clamp(0, 20)).unwrap_or(20);
    let wait = 5_000_i64.saturating_mul(1 << doublings).min(JOB_WAIT_MS_MAX);
    tx.execute(
        "UPDATE job SET attempts = attempts + 1, run_at = $3, claimed_until = 0, failure = $4 WHERE city = $1 AND id = $2",
        &[
            job.city.number().into(),
            job.id.to_string().into(),
            (now + wait).millis().into(),
            Value::from(failure),
        ],
    )?;
    Ok(())
}
