//! API keys of programs: a name that stands in the ledger, a list of acts that the key may do, a secret of which only the hash is kept.

use db::{Row, Tx, Value, dialect::ColumnType};
use kernel::{
    code::CityCode,
    error::Refusal,
    role::{Action, KEY_NAME_CHARS_MAX},
    text::mask_personal,
    time::Moment,
};
use serde::{Deserialize, Serialize};

use crate::{By, LedgerError, Noun, Stamp, act, entry};

use super::{Token, list_text, read_list};

/// Keys of one city at the most.
pub const KEYS_MAX: u32 = 1_000;

/// A program's key, without its secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiKey {
    /// The city.
    pub city: CityCode,
    /// The name; unique for ever, because entries name it.
    pub name: String,
    /// What it may do.
    pub rights: Vec<Action>,
    /// When it was made.
    pub made_at: Moment,
    /// Since when it counts no more.
    pub revoked_at: Option<Moment>,
}

/// What happened to a key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum KeyEvent {
    /// It was made.
    Made {
        /// What it may do.
        rights: Vec<Action>,
    },
    /// It counts no more.
    Revoked {},
}

/// The audit's view of a key.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyState {
    /// What it may do.
    pub rights: Vec<Action>,
    /// It counts no more.
    pub revoked: bool,
}

/// Keys in the ledger: noun `key`, by name.
#[derive(Debug)]
pub struct KeyTrail;

impl Noun for KeyTrail {
    const NAME: &'static str = "key";
    const COLUMNS: &'static [(&'static str, ColumnType)] = &[("revoked", ColumnType::Int)];

    type State = KeyState;
    type Event = KeyEvent;

    fn kind(event: &KeyEvent) -> &'static str {
        match event {
            KeyEvent::Made { .. } => "made",
            KeyEvent::Revoked {} => "revoked",
        }
    }

    fn evolve(state: Option<KeyState>, event: &KeyEvent, _: &Stamp) -> KeyState {
        match event {
            KeyEvent::Made { rights } => KeyState { rights: rights.clone(), revoked: false },
            KeyEvent::Revoked {} => KeyState { revoked: true, ..state.unwrap_or_default() },
        }
    }

    fn columns(state: &KeyState) -> Vec<Value<'_>> {
        vec![state.revoked.into()]
    }
}

/// Makes a key; its token is shown once.
///
/// # Errors
/// Refusals `key_name_invalid`, `key_rights_missing`, `keys_too_many`, `key_name_taken`; or as the store says.
pub fn add(
    tx: &mut Tx<'_>,
    city: CityCode,
    name: &str,
    rights: &[Action],
    by: &By,
) -> Result<Token, LedgerError> {
    let fits = (1..=KEY_NAME_CHARS_MAX).contains(&name.chars().count())
        && name.chars().all(|c| c.is_alphanumeric() || "-_.".contains(c))
        && mask_personal(name).found.is_empty();
    if !fits {
        return Err(Refusal::invalid("key_name_invalid").with("max", KEY_NAME_CHARS_MAX).into());
    }
    if rights.is_empty() {
        return Err(Refusal::invalid("key_rights_missing").into());
    }
    entry::hold(tx, city)?;
    let count = tx.first(
        "SELECT COUNT(*) FROM api_key WHERE city = $1 AND revoked_at IS NULL",
        &[city.number().into()],
        |row| row.int(0),
    )?;
    if count >= Some(i64::from(KEYS_MAX)) {
        return Err(Refusal::conflict("keys_too_many").with("max", KEYS_MAX).into());
    }
    let mut rights = rights.to_vec();
    rights.sort_unstable();
    rights.dedup();
    let token = Token::fresh(city)?;
    tx.execute(
        "INSERT INTO api_key (city, name, hash, rights, made_at, revoked_at) VALUES ($1, $2, $3, $4, $5, NULL)",
        &[
            city.number().into(),
            name.into(),
            token.hash().into(),
            list_text(&rights).into(),
            by.at.millis().into(),
        ],
    )
    .map_err(|error| match error {
        db::DbError::Unique => Refusal::conflict("key_name_taken").into(),
        other => LedgerError::from(other),
    })?;
    act::<KeyTrail, LedgerError>(tx, city, name, None, by, |_, _| Ok(vec![KeyEvent::Made { rights }]))?;
    Ok(token)
}

fn read_key(city: CityCode, row: &Row<'_>) -> Result<ApiKey, LedgerError> {
    Ok(ApiKey {
        city,
        name: row.text(0)?.to_owned(),
        rights: read_list(row.text(1)?, "api_key")?,
        made_at: Moment(row.int(2)?),
        revoked_at: row.int_or_null(3)?.map(Moment),
    })
}

/// The key that a token belongs to; none where it is unknown or revoked.
///
/// # Errors
/// [`LedgerError`] as the store says.
pub fn check(tx: &mut Tx<'_>, token: &Token) -> Result<Option<ApiKey>, LedgerError> {
    tx.first(
        "SELECT name, rights, made_at, revoked_at FROM api_key WHERE city = $1 AND hash = $2 AND revoked_at IS NULL",
        &[token.city.number().into(), token.hash().into()],
        |row| read_key(token.city, row),
    )
}

/// Takes a key's rights away for ever.
///
/// # Errors
/// [`LedgerError::NotFound`] where no such key counts; or as the store says.
pub fn revoke(tx: &mut Tx<'_>, city: CityCode, name: &str, by: &By) -> Result<(), LedgerError> {
    entry::hold(tx, city)?;
    let changed = tx.execute(
        "UPDATE api_key SET revoked_at = $3 WHERE city = $1 AND name = $2 AND revoked_at IS NULL",
        &[city.number().into(), name.into(), by.at.millis().into()],
    )?;
    if changed != 1 {
        return Err(LedgerError::NotFound);
    }
    act::<KeyTrail, LedgerError>(tx, city, name, None, by, |_, _| Ok(vec![KeyEvent::Revoked {}])).map(drop)
}

/// All keys of a city by name, revoked ones too, after a name; at most [`KEYS_MAX`].
///
/// # Errors
/// [`LedgerError`] as the store says.
pub fn list(tx: &mut Tx<'_>, city: CityCode, after: &str, limit: u32) -> Result<Vec<ApiKey>, LedgerError> {
    tx.rows(
        "SELECT name, rights, made_at, revoked_at FROM api_key WHERE city = $1 AND name > $2 ORDER BY name LIMIT $3",
        &[city.number().into(), after.into(), i64::from(limit.min(KEYS_MAX)).into()],
        |row| read_key(city, row),
    )
}
