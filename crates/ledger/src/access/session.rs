//! Sessions: opened at sign-in, ended by idleness, by age, by signing out, or by somebody who may.

use db::Tx;
use kernel::{
    code::CityCode,
    id::AccountId,
    time::{HOUR_MS, MINUTE_MS, Moment},
};

use crate::{By, LedgerError, Vault, entry};

use super::{
    Token,
    account::{self, Account, AccountEvent},
};

/// A session ends when it was not used for so long, milliseconds.
pub const IDLE_MS_MAX: i64 = 30 * MINUTE_MS;
/// A session ends at this age, milliseconds.
pub const AGE_MS_MAX: i64 = 12 * HOUR_MS;
/// Use is noted at most so often, milliseconds: a request must not cost a write.
pub const TOUCH_MS: i64 = MINUTE_MS;
/// Open sessions of one account; one more closes the oldest.
pub const SESSIONS_MAX: u32 = 16;

/// An open session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// The city.
    pub city: CityCode,
    /// What it is called in lists: the hash of its token, which opens nothing.
    pub hash: String,
    /// Whose it is.
    pub account: AccountId,
    /// When it was opened.
    pub made_at: Moment,
    /// When it was last used, to the minute.
    pub seen_at: Moment,
}

impl Session {
    /// Is it still good?
    #[must_use]
    pub fn is_open(&self, now: Moment) -> bool {
        now - self.seen_at < IDLE_MS_MAX && now - self.made_at < AGE_MS_MAX
    }

    /// Should its use be noted by [`touch`]?
    #[must_use]
    pub fn wants_touch(&self, now: Moment) -> bool {
        now - self.seen_at >= TOUCH_MS
    }
}

/// Opens a session for a person whose password and code were checked: notes the success and forgets ended sessions. The token is shown once.
///
/// # Errors
/// [`LedgerError`] as the store says.
pub fn open(tx: &mut Tx<'_>, city: CityCode, account: AccountId, by: &By) -> Result<Token, LedgerError> {
    account::note_success(tx, city, account, by)?;
    sweep(tx, city, by.at)?;
    let key = account.to_string();
    tx.execute(
        "DELETE FROM session WHERE city = $1 AND hash IN (
            SELECT hash FROM session WHERE city = $1 AND account = $2 ORDER BY seen_at DESC, hash LIMIT 1000 OFFSET $3)",
        &[city.number().into(), (&key).into(), i64::from(SESSIONS_MAX - 1).into()],
    )?;
    let token = Token::fresh(city)?;
    tx.execute(
        "INSERT INTO session (city, hash, account, made_at, seen_at) VALUES ($1, $2, $3, $4, $4)",
        &[city.number().into(), token.hash().into(), key.into(), by.at.millis().into()],
    )?;
    Ok(token)
}

fn read_session(city: CityCode, row: &db::Row<'_>) -> Result<Session, LedgerError> {
    let key = row.text(1)?;
    Ok(Session {
        city,
        hash: row.text(0)?.to_owned(),
        account: key.parse().map_err(|_| LedgerError::Damaged(format!("session of {key}")))?,
        made_at: Moment(row.int(2)?),
        seen_at: Moment(row.int(3)?),
    })
}

/// The session that a token opens, with its account; none where it is unknown, ended, or its account is disabled. It only reads: call [`touch`]
/// in a write where [`Session::wants_touch`].
///
/// # Errors
/// [`LedgerError`] as the store says.
pub fn check(
    vault: &Vault,
    tx: &mut Tx<'_>,
    token: &Token,
    now: Moment,
) -> Result<Option<(Session, Account)>, LedgerError> {
    let city = token.city;
    let found = tx.first(
        "SELECT hash, account, made_at, seen_at FROM session WHERE city = $1 AND hash = $2",
        &[city.number().into(), token.hash().into()],
        |row| read_session(city, row),
    )?;
    let Some(session) = found.filter(|session| session.is_open(now)) else { return Ok(None) };
    let account = account::get(vault, tx, city, session.account)?;
    Ok(account.filter(|account| account.disabled_at.is_none()).map(|account| (session, account)))
}

/// Notes that a session is used.
///
/// # Errors
/// [`LedgerError`] as the store says.
pub fn touch(tx: &mut Tx<'_>, session: &Session, now: Moment) -> Result<(), LedgerError> {
    tx.execute(
        "UPDATE session SET seen_at = $3 WHERE city = $1 AND hash = $2 AND seen_at < $3",
        &[session.city.number().into(), (&session.hash).into(), now.millis().into()],
    )?;
    Ok(())
}

/// Ends a session by its hash; whose it was. Ending somebody else's is noted in the ledger.
///
/// # Errors
/// [`LedgerError::NotFound`], or as the store says.
pub fn close(tx: &mut Tx<'_>, city: CityCode, hash: &str, by: &By) -> Result<AccountId, LedgerError> {
    entry::hold(tx, city)?;
    let session = tx
        .first(
            "SELECT hash, account, made_at, seen_at FROM session WHERE city = $1 AND hash = $2",
            &[city.number().into(), hash.into()],
            |row| read_session(city, row),
        )?
        .ok_or(LedgerError::NotFound)?;
    tx.execute("DELETE FROM session WHERE city = $1 AND hash = $2", &[city.number().into(), hash.into()])?;
    if by.actor != kernel::role::ActorId::Account(session.account) {
        account::trail(tx, city, session.account, vec![AccountEvent::SessionsClosed { sessions: 1 }], by)?;
    }
    Ok(session.account)
}

/// Ends all sessions of an account; how many there were.
///
/// # Errors
/// [`LedgerError`] as the store says.
pub fn close_all_of(
    tx: &mut Tx<'_>,
    city: CityCode,
    account: AccountId,
    by: &By,
) -> Result<u64, LedgerError> {
    entry::hold(tx, city)?;
    let sessions = tx.execute(
        "DELETE FROM session WHERE city = $1 AND account = $2",
        &[city.number().into(), account.to_string().into()],
    )?;
    if sessions > 0 {
        account::trail(tx, city, account, vec![AccountEvent::SessionsClosed { sessions }], by)?;
    }
    Ok(sessions)
}

/// The open sessions of an account, the newest first.
///
/// # Errors
/// [`LedgerError`] as the store says.
pub fn list(
    tx: &mut Tx<'_>,
    city: CityCode,
    account: AccountId,
    now: Moment,
) -> Result<Vec<Session>, LedgerError> {
    let mut sessions = tx.rows(
        "SELECT hash, account, made_at, seen_at FROM session WHERE city = $1 AND account = $2 ORDER BY made_at DESC, hash LIMIT $3",
        &[city.number().into(), account.to_string().into(), i64::from(SESSIONS_MAX).into()],
        |row| read_session(city, row),
    )?;
    sessions.retain(|session| session.is_open(now));
    Ok(sessions)
}

/// Forgets ended sessions; how many.
///
/// # Errors
/// [`LedgerError`] as the store says.
pub fn sweep(tx: &mut Tx<'_>, city: CityCode, now: Moment) -> Result<u64, LedgerError> {
    Ok(tx.execute(
        "DELETE FROM session WHERE city = $1 AND (seen_at <= $2 OR made_at <= $3)",
        &[city.number().into(), (now + -IDLE_MS_MAX).millis().into(), (now + -AGE_MS_MAX).millis().into()],
    )?)
}
