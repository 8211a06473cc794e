//! Accounts of people: signing in, post, password, second factor, lockout. Hashing a password and checking a code is the caller's;
//! here only the texts are kept.

mod trail;

use std::{collections::BTreeMap, fmt};

use db::{Row, Tx, Value};
use kernel::{
    code::CityCode,
    error::Refusal,
    id::AccountId,
    role::{Actor, ActorId, Role},
    text::fold_width,
    time::{MINUTE_MS, Moment},
};
use serde::{Deserialize, Serialize};

use crate::{By, LedgerError, Vault, act, entry, generation};

use super::{list_text, read_list, session};

pub use trail::{AccountEvent, AccountState, AccountTrail};

/// Failed attempts to sign in before an account is locked (GB/T 22239-2019, 8.1.4.1).
pub const FAILURES_MAX: u32 = 5;
/// How long an account stays locked, milliseconds.
pub const LOCKED_MS: i64 = 15 * MINUTE_MS;
/// Longest name to sign in with, characters.
pub const SIGN_IN_CHARS_MAX: usize = 64;
/// Longest name of a person, characters.
pub const NAME_CHARS_MAX: usize = 64;
/// Streets and cells of one account at the most.
pub const PLACES_MAX: usize = 500;
/// Accounts on one page at the most.
pub const PAGE_ACCOUNTS_MAX: u32 = 500;

/// The post that an account has: its role and where it counts.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Post {
    /// The role; without one an account may do what a resident may.
    pub role: Option<Role>,
    /// Code of the unit.
    pub unit: Option<String>,
    /// Codes of the streets that the post is kept to.
    pub streets: Vec<String>,
    /// Codes of the grid cells.
    pub cells: Vec<String>,
}

/// A person who can sign in, without secrets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// The id.
    pub id: AccountId,
    /// The name to sign in with, folded.
    pub sign_in: String,
    /// The person's name; only for eyes that may see it.
    pub name: String,
    /// The post.
    pub post: Post,
    /// The password must be changed before anything else.
    pub must_change_password: bool,
    /// A second factor is set up.
    pub second_factor: bool,
    /// Locked until then, after too many failures.
    pub locked_until: Option<Moment>,
    /// Since when it may not sign in.
    pub disabled_at: Option<Moment>,
    /// When it was made.
    pub made_at: Moment,
}

impl Account {
    /// Who acts, for the table of rights.
    #[must_use]
    pub fn actor(&self) -> Actor {
        Actor {
            id: ActorId::Account(self.id),
            role: self.post.role.unwrap_or(Role::Resident),
            unit: self.post.unit.clone(),
            streets: self.post.streets.clone(),
            cells: self.post.cells.clone(),
        }
    }

    /// Is it locked at this moment?
    #[must_use]
    pub fn is_locked(&self, now: Moment) -> bool {
        self.locked_until.is_some_and(|until| now < until)
    }
}

/// An account with what signing in is checked against.
#[derive(Clone)]
pub struct Credentials {
    /// The account.
    pub account: Account,
    /// The password's hash as PHC text.
    pub password: String,
    /// The secret of the second factor, opened.
    pub totp_secret: Option<Vec<u8>>,
    /// The last time step whose code was used; it and earlier ones count no more.
    pub totp_step: i64,
}

impl fmt::Debug for Credentials {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Credentials({})", self.account.id)
    }
}

/// What an account is made from.
#[derive(Clone)]
pub struct NewAccount {
    /// The name to sign in with; case and width do not count.
    pub sign_in: String,
    /// The person's name.
    pub name: String,
    /// The post.
    pub post: Post,
    /// The password's hash as PHC text.
    pub password: String,
    /// The password must be changed before anything else.
    pub must_change_password: bool,
}

/// The name to sign in with as it is compared: trimmed, half-width, lower case.
#[must_use]
pub fn fold_sign_in(text: &str) -> String {
    text.trim().chars().map(fold_width).flat_map(char::to_lowercase).collect()
}

fn name_purpose(id: &str) -> String {
    format!("account name {id}")
}

fn totp_purpose(id: &str) -> String {
    format!("account totp {id}")
}

/// Appends what happened to an account.
pub(super) fn trail(
    tx: &mut Tx<'_>,
    city: CityCode,
    id: AccountId,
    events: Vec<AccountEvent>,
    by: &By,
) -> Result<(), LedgerError> {
    let changes_posts = events.iter().any(|event| {
        matches!(
            event,
            AccountEvent::Made(_)
                | AccountEvent::RoleGranted(_)
                | AccountEvent::Disabled {}
                | AccountEvent::Enabled {}
        )
    });
    act::<AccountTrail, LedgerError>(tx, city, &id.to_string(), None, by, |_, _| Ok(events))?;
    if changes_posts { generation::next(tx, city) } else { Ok(()) }
}

/// The posts of all accounts that may sign in, by account.
///
/// # Errors
/// [`LedgerError`] as the store says.
pub fn posts(tx: &mut Tx<'_>, city: CityCode) -> Result<Vec<(AccountId, Post)>, LedgerError> {
    tx.rows(
        "SELECT account, role, unit, streets, cells FROM account WHERE city = $1 AND disabled_at IS NULL ORDER BY account",
        &[city.number().into()],
        |row| {
            let key = row.text(0)?;
            let damaged = || LedgerError::Damaged(format!("account {key}"));
            let post = Post {
                role: row.text_or_null(1)?.map(str::parse).transpose().map_err(|_| damaged())?,
                unit: row.text_or_null(2)?.map(str::to_owned),
                streets: read_list(row.text(3)?, "account")?,
                cells: read_list(row.text(4)?, "account")?,
            };
            Ok((key.parse().map_err(|_| damaged())?, post))
        },
    )
}

fn check_post(post: &Post) -> Result<(), Refusal> {
    if post.streets.len() > PLACES_MAX || post.cells.len() > PLACES_MAX {
        return Err(Refusal::invalid("post_places_too_many").with("max", PLACES_MAX));
    }
    Ok(())
}

/// Makes an account.
///
/// # Errors
/// Refusals `sign_in_invalid`, `name_invalid`, `post_places_too_many`, `sign_in_taken`; or as the store says.
pub fn create(
    vault: &Vault,
    tx: &mut Tx<'_>,
    city: CityCode,
    id: AccountId,
    new: &NewAccount,
    by: &By,
) -> Result<Account, LedgerError> {
    let sign_in = fold_sign_in(&new.sign_in);
    let fits = (1..=SIGN_IN_CHARS_MAX).contains(&sign_in.chars().count());
    if !fits || sign_in.chars().any(|c| c.is_control() || c.is_whitespace()) {
        return Err(Refusal::invalid("sign_in_invalid").with("max", SIGN_IN_CHARS_MAX).into());
    }
    let name = new.name.trim();
    if name.is_empty() || name.chars().count() > NAME_CHARS_MAX {
        return Err(Refusal::invalid("name_invalid").with("max", NAME_CHARS_MAX).into());
    }
    check_post(&new.post)?;
    entry::hold(tx, city)?;
    let key = id.to_string();
    let sealed_name = vault.seal_secret(city, &name_purpose(&key), name.as_bytes())?;
    tx.execute(
        "INSERT INTO account (city, account, sign_in, sealed_name, role, unit, streets, cells, password, must_change,
                              sealed_totp, totp_step, failures, locked_until, disabled_at, made_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, NULL, 0, 0, NULL, NULL, $11)",
        &[
            city.number().into(),
            (&key).into(),
            (&sign_in).into(),
            (&sealed_name).into(),
            new.post.role.map(Role::name).into(),
            new.post.unit.as_deref().into(),
            list_text(&new.post.streets).into(),
            list_text(&new.post.cells).into(),
            (&new.password).into(),
            new.must_change_password.into(),
            by.at.millis().into(),
        ],
    )
    .map_err(|error| match error {
        db::DbError::Unique => Refusal::conflict("sign_in_taken").into(),
        other => LedgerError::from(other),
    })?;
    trail(tx, city, id, vec![AccountEvent::Made(new.post.clone())], by)?;
    Ok(Account {
        id,
        sign_in,
        name: name.to_owned(),
        post: new.post.clone(),
        must_change_password: new.must_change_password,
        second_factor: false,
        locked_until: None,
        disabled_at: None,
        made_at: by.at,
    })
}

const COLUMNS: &str = "account, sign_in, sealed_name, role, unit, streets, cells, must_change, sealed_totp, locked_until, \
                       disabled_at, made_at, password, totp_step";

fn read_account(vault: &Vault, city: CityCode, row: &Row<'_>) -> Result<Account, LedgerError> {
    let key = row.text(0)?;
    let damaged = || LedgerError::Damaged(format!("account {key}"));
    let name = vault.open_secret(city, &name_purpose(key), row.blob(2)?)?;
    Ok(Account {
        id: key.parse().map_err(|_| damaged())?,
        sign_in: row.text(1)?.to_owned(),
        name: String::from_utf8(name).map_err(|_| damaged())?,
        post: Post {
            role: row.text_or_null(3)?.map(str::parse).transpose().map_err(|_| damaged())?,
            unit: row.text_or_null(4)?.map(str::to_owned),
            streets: read_list(row.text(5)?, "account")?,
            cells: read_list(row.text(6)?, "account")?,
        },
        must_change_password: row.int(7)? != 0,
        second_factor: row.blob_or_null(8)?.is_some(),
        locked_until: row.int_or_null(9)?.map(Moment),
        disabled_at: row.int_or_null(10)?.map(Moment),
        made_at: Moment(row.int(11)?),
    })
}

fn read_credentials(vault: &Vault, city: CityCode, row: &Row<'_>) -> Result<Credentials, LedgerError> {
    let account = read_account(vault, city, row)?;
    let purpose = totp_purpose(&account.id.to_string());
    let totp_secret =
        row.blob_or_null(8)?.map(|sealed| vault.open_secret(city, &purpose, sealed)).transpose()?;
    Ok(Credentials { account, password: row.text(12)?.to_owned(), totp_secret, totp_step: row.int(13)? })
}

/// The account that signs in with this name, with what it is checked against.
///
/// # Errors
/// [`LedgerError`] as the store says.
pub fn find_by_sign_in(
    vault: &Vault,
    tx: &mut Tx<'_>,
    city: CityCode,
    sign_in: &str,
) -> Result<Option<Credentials>, LedgerError> {
    tx.first(
        &format!("SELECT {COLUMNS} FROM account WHERE city = $1 AND sign_in = $2"),
        &[city.number().into(), fold_sign_in(sign_in).into()],
        |row| read_credentials(vault, city, row),
    )
}

/// An account's secrets by its id, for a change of password or second factor.
///
/// # Errors
/// [`LedgerError`] as the store says.
pub fn credentials(
    vault: &Vault,
    tx: &mut Tx<'_>,
    city: CityCode,
    id: AccountId,
) -> Result<Option<Credentials>, LedgerError> {
    tx.first(
        &format!("SELECT {COLUMNS} FROM account WHERE city = $1 AND account = $2"),
        &[city.number().into(), id.to_string().into()],
        |row| read_credentials(vault, city, row),
    )
}

/// An account by its id.
///
/// # Errors
/// [`LedgerError`] as the store says.
pub fn get(
    vault: &Vault,
    tx: &mut Tx<'_>,
    city: CityCode,
    id: AccountId,
) -> Result<Option<Account>, LedgerError> {
    tx.first(
        &format!("SELECT {COLUMNS} FROM account WHERE city = $1 AND account = $2"),
        &[city.number().into(), id.to_string().into()],
        |row| read_account(vault, city, row),
    )
}

/// A page of accounts by the name to sign in with; `after` is the last page's last one. At most [`PAGE_ACCOUNTS_MAX`].
///
/// # Errors
/// [`LedgerError`] as the store says.
pub fn list(
    vault: &Vault,
    tx: &mut Tx<'_>,
    city: CityCode,
    after: &str,
    limit: u32,
) -> Result<Vec<Account>, LedgerError> {
    tx.rows(
        &format!("SELECT {COLUMNS} FROM account WHERE city = $1 AND sign_in > $2 ORDER BY sign_in LIMIT $3"),
        &[city.number().into(), after.into(), i64::from(limit.min(PAGE_ACCOUNTS_MAX)).into()],
        |row| read_account(vault, city, row),
    )
}

/// The names of the people behind some accounts; unknown ids are left out. At most [`PAGE_ACCOUNTS_MAX`] ids are looked up.
///
/// # Errors
/// [`LedgerError`] as the store says.
pub fn names_of(
    vault: &Vault,
    tx: &mut Tx<'_>,
    city: CityCode,
    ids: &[AccountId],
) -> Result<BTreeMap<AccountId, String>, LedgerError> {
    let mut names = BTreeMap::new();
    for id in ids.iter().take(PAGE_ACCOUNTS_MAX as usize) {
        if names.contains_key(id) {
            continue;
        }
        let key = id.to_string();
        let name = tx.first(
            "SELECT sealed_name FROM account WHERE city = $1 AND account = $2",
            &[city.number().into(), (&key).into()],
            |row| vault.open_secret(city, &name_purpose(&key), row.blob(0)?),
        )?;
        if let Some(name) = name {
            let name = String::from_utf8(name).map_err(|_| LedgerError::Damaged(format!("account {key}")))?;
            names.insert(*id, name);
        }
    }
    Ok(names)
}

/// Runs one statement on an account's row: `$1` city, `$2` account, then the values.
fn change(
    tx: &mut Tx<'_>,
    city: CityCode,
    id: AccountId,
    sql: &str,
    values: Vec<Value<'_>>,
) -> Result<(), LedgerError> {
    entry::hold(tx, city)?;
    let mut parameters: Vec<Value<'_>> = vec![city.number().into(), id.to_string().into()];
    parameters.extend(values);
    if tx.execute(sql, &parameters)? == 1 { Ok(()) } else { Err(LedgerError::NotFound) }
}

/// Sets the password (PHC text), unlocks the account and closes its sessions: the caller opens a new one where it is the person.
///
/// # Errors
/// [`LedgerError::NotFound`], or as the store says.
pub fn set_password(
    tx: &mut Tx<'_>,
    city: CityCode,
    id: AccountId,
    password: &str,
    must_change: bool,
    by: &By,
) -> Result<(), LedgerError> {
    change(
        tx,
        city,
        id,
        "UPDATE account SET password = $3, must_change = $4, failures = 0, locked_until = NULL WHERE city = $1 AND account = $2",
        vec![password.into(), must_change.into()],
    )?;
    trail(tx, city, id, vec![AccountEvent::PasswordSet { must_change }], by)?;
    session::close_all_of(tx, city, id, by).map(drop)
}

/// Notes a failed attempt; after [`FAILURES_MAX`] in a row the account is locked for [`LOCKED_MS`]. While it is locked nothing more
/// is noted, so that nobody can fill the ledger by guessing. Until when the account is locked, if it is.
///
/// # Errors
/// [`LedgerError::NotFound`], or as the store says.
pub fn note_failure(
    tx: &mut Tx<'_>,
    city: CityCode,
    id: AccountId,
    by: &By,
) -> Result<Option<Moment>, LedgerError> {
    entry::hold(tx, city)?;
    let key = id.to_string();
    let of_account: [Value<'_>; 2] = [city.number().into(), (&key).into()];
    let sql = db::dialect::locked(
        tx.engine(),
        "SELECT failures, locked_until FROM account WHERE city = $1 AND account = $2",
    );
    let (failures, locked_until) = tx
        .first(&sql, &of_account, |row| {
            Ok::<_, LedgerError>((u32::try_from(row.int(0)?).unwrap_or(0), row.int_or_null(1)?.map(Moment)))
        })?
        .ok_or(LedgerError::NotFound)?;
    if let Some(until) = locked_until.filter(|until| by.at < *until) {
        return Ok(Some(until));
    }
    let failures = failures.saturating_add(1);
    let mut events = vec![AccountEvent::SignInFailed { failures }];
    let until = (failures >= FAILURES_MAX).then(|| by.at + LOCKED_MS);
    if let Some(until) = until {
        events.push(AccountEvent::Locked { until });
    }
    let kept = if until.is_some() { 0 } else { i64::from(failures) };
    change(
        tx,
        city,
        id,
        "UPDATE account SET failures = $3, locked_until = $4 WHERE city = $1 AND account = $2",
        vec![kept.into(), until.map(Moment::millis).into()],
    )?;
    trail(tx, city, id, events, by)?;
    Ok(until)
}

/// Forgets earlier failures after somebody signed in.
///
/// # Errors
/// [`LedgerError`] as the store says.
pub fn note_success(tx: &mut Tx<'_>, city: CityCode, id: AccountId, by: &By) -> Result<(), LedgerError> {
    change(
        tx,
        city,
        id,
        "UPDATE account SET failures = 0, locked_until = NULL WHERE city = $1 AND account = $2",
        Vec::new(),
    )?;
    trail(tx, city, id, vec![AccountEvent::SignedIn {}], by)
}

/// Keeps an account from signing in and closes its sessions.
///
/// # Errors
/// [`LedgerError::NotFound`], or as the store says.
pub fn disable(tx: &mut Tx<'_>, city: CityCode, id: AccountId, by: &By) -> Result<(), LedgerError> {
    change(
        tx,
        city,
        id,
        "UPDATE account SET disabled_at = $3 WHERE city = $1 AND account = $2",
        vec![by.at.millis().into()],
    )?;
    trail(tx, city, id, vec![AccountEvent::Disabled {}], by)?;
    session::close_all_of(tx, city, id, by).map(drop)
}

/// Lets a disabled account sign in again.
///
/// # Errors
/// [`LedgerError::NotFound`], or as the store says.
pub fn enable(tx: &mut Tx<'_>, city: CityCode, id: AccountId, by: &By) -> Result<(), LedgerError> {
    change(
        tx,
        city,
        id,
        "UPDATE account SET disabled_at = NULL WHERE city = $1 AND account = $2",
        Vec::new(),
    )?;
    trail(tx, city, id, vec![AccountEvent::Enabled {}], by)
}

/// Grants a post; sessions that are open have it from their next request on.
///
/// # Errors
/// [`LedgerError::NotFound`], refusal `post_places_too_many`, or as the store says.
pub fn set_role(
    tx: &mut Tx<'_>,
    city: CityCode,
    id: AccountId,
    post: &Post,
    by: &By,
) -> Result<(), LedgerError> {
    check_post(post)?;
    change(
        tx,
        city,
        id,
        "UPDATE account SET role = $3, unit = $4, streets = $5, cells = $6 WHERE city = $1 AND account = $2",
        vec![
            post.role.map(Role::name).into(),
            post.unit.as_deref().into(),
            list_text(&post.streets).into(),
            list_text(&post.cells).into(),
        ],
    )?;
    trail(tx, city, id, vec![AccountEvent::RoleGranted(post.clone())], by)
}

/// Sets up the second factor by its secret, or takes it away.
///
/// # Errors
/// [`LedgerError::NotFound`], or as the store says.
pub fn set_totp(
    vault: &Vault,
    tx: &mut Tx<'_>,
    city: CityCode,
    id: AccountId,
    secret: Option<&[u8]>,
    by: &By,
) -> Result<(), LedgerError> {
    let purpose = totp_purpose(&id.to_string());
    let sealed = secret.map(|secret| vault.seal_secret(city, &purpose, secret)).transpose()?;
    change(
        tx,
        city,
        id,
        "UPDATE account SET sealed_totp = $3, totp_step = 0 WHERE city = $1 AND account = $2",
        vec![sealed.as_ref().into()],
    )?;
    trail(tx, city, id, vec![AccountEvent::SecondFactorSet { on: secret.is_some() }], by)
}

/// Uses the code of a time step up: `false` where it, or a later one, was used before (RFC 6238, section 5.2).
///
/// # Errors
/// [`LedgerError`] as the store says.
pub fn use_totp_step(tx: &mut Tx<'_>, city: CityCode, id: AccountId, step: i64) -> Result<bool, LedgerError> {
    let changed = tx.execute(
        "UPDATE account SET totp_step = $3 WHERE city = $1 AND account = $2 AND totp_step < $3",
        &[city.number().into(), id.to_string().into(), step.into()],
    )?;
    Ok(changed == 1)
}
