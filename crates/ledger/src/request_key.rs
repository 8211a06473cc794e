//! Idempotency: the same key and body again gives the first answer; the same key with another body is refused.

use db::Tx;
use kernel::{code::CityCode, time::Moment};
use sha2::{Digest, Sha256};

use crate::LedgerError;

/// How long an answer is remembered, in milliseconds.
pub const REMEMBERED_MS_MAX: i64 = 30 * 24 * 60 * 60 * 1_000;
/// Longest idempotency key, bytes.
pub const REQUEST_KEY_BYTES_MAX: usize = 200;

/// An answer, and whether it was given before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remembered {
    /// The answer's text.
    pub answer: String,
    /// The work was done earlier; this is its first answer.
    pub again: bool,
}

/// Does some work once for a key. `scope` keeps callers apart (an account, an API key, an address).
///
/// # Errors
/// [`LedgerError::KeyReused`] for another body under the same key, the work's own error, or as the store says.
pub fn once<E: From<LedgerError>>(
    tx: &mut Tx<'_>,
    city: CityCode,
    (scope, key, body): (&str, &str, &[u8]),
    at: Moment,
    work: impl FnOnce(&mut Tx<'_>) -> Result<String, E>,
) -> Result<Remembered, E> {
    let print: [u8; 32] = Sha256::digest(body).into();
    let found = tx
        .first(
            "SELECT body, answer FROM request_key WHERE city = $1 AND scope = $2 AND key = $3",
            &[city.number().into(), scope.into(), key.into()],
            |row| Ok::<_, LedgerError>((row.blob(0)? == print, row.text(1)?.to_owned())),
        )
        .map_err(E::from)?;
    match found {
        Some((true, answer)) => return Ok(Remembered { answer, again: true }),
        Some((false, _)) => return Err(LedgerError::KeyReused.into()),
        None => {}
    }
    let answer = work(tx)?;
    tx.execute(
        "INSERT INTO request_key (city, scope, key, body, answer, at) VALUES ($1, $2, $3, $4, $5, $6)",
        &[
            city.number().into(),
            scope.into(),
            key.into(),
            (&print).into(),
            (&answer).into(),
            at.millis().into(),
        ],
    )
    .map_err(LedgerError::from)?;
    Ok(Remembered { answer, again: false })
}

/// Forgets answers older than [`REMEMBERED_MS_MAX`].
///
/// # Errors
/// [`LedgerError`] as the store says.
pub fn forget_old(tx: &mut Tx<'_>, city: CityCode, now: Moment) -> Result<u64, LedgerError> {
    let before = now + -REMEMBERED_MS_MAX;
    Ok(tx.execute(
        "DELETE FROM request_key WHERE city = $1 AND at < $2",
        &[city.number().into(), before.millis().into()],
    )?)
}
