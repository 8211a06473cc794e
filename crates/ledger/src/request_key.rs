//! Idempotency: the same key and body again gives the first answer; the same key with another body is refused.

use db::{Tx, Value};
use kernel::{code::CityCode, time::Moment};
use sha2::{Digest, Sha256};

use crate::{LedgerError, entry};

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
    // The city is held before the key: two requests that meet at a key must not also wait for each other's chain.
    entry::hold(tx, city)?;
    let print: [u8; 32] = Sha256::digest(body).into();
    let of_key: [Value<'_>; 3] = [city.number().into(), scope.into(), key.into()];
    let mut row = of_key.to_vec();
    row.extend([(&print).into(), at.millis().into()]);
    // The row comes before the work, so that a second request with the same key finds it instead of doing the work as well.
    let fresh = tx
        .execute(
            "INSERT INTO request_key (city, scope, key, body, answer, at) VALUES ($1, $2, $3, $4, '', $5) ON CONFLICT DO NOTHING",
            &row,
        )
        .map_err(LedgerError::from)?;
    if fresh == 0 {
        let found = tx.first(
            "SELECT body, answer FROM request_key WHERE city = $1 AND scope = $2 AND key = $3",
            &of_key,
            |row| Ok::<_, LedgerError>((row.blob(0)? == print, row.text(1)?.to_owned())),
        )?;
        return match found {
            Some((true, answer)) => Ok(Remembered { answer, again: true }),
            _ => Err(LedgerError::KeyReused.into()),
        };
    }
    let answer = work(tx)?;
    row.truncate(3);
    row.push((&answer).into());
    tx.execute("UPDATE request_key SET answer = $4 WHERE city = $1 AND scope = $2 AND key = $3", &row)
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
