//! `wuhua user add` and `wuhua key add`: who may come in.

use anyhow::{Result, bail};
use clap::{Args, Subcommand};
use kernel::{
    code::CityCode,
    id::{AccountId, SystemIds},
    role::{Action, ActorId, Role},
};
use ledger::{
    By, LedgerError,
    access::{
        account::{self, NewAccount, Post},
        api_key,
    },
};

use crate::{Data, folder};

#[derive(Subcommand)]
pub(crate) enum UserRole {
    /// An account; prints a one-time password.
    Add(User),
}

#[derive(Args)]
pub(crate) struct User {
    /// The name to sign in with.
    name: String,
    /// The post, e.g. `dispatcher`.
    #[arg(long)]
    role: Role,
    /// The person's name, where it is another.
    #[arg(long)]
    full_name: Option<String>,
    /// Code of the unit, for managers and workers.
    #[arg(long)]
    unit: Option<String>,
    /// Code of a street that the post is kept to; may be repeated.
    #[arg(long = "street")]
    streets: Vec<String>,
    /// Code of a grid cell; may be repeated.
    #[arg(long = "cell")]
    cells: Vec<String>,
    /// The city; may be left out where there is one.
    #[arg(long)]
    city: Option<CityCode>,
    #[command(flatten)]
    data: Data,
}

#[derive(Subcommand)]
pub(crate) enum KeyRole {
    /// An API key; prints it, and nothing else, on standard output.
    Add(Key),
}

#[derive(Args)]
pub(crate) struct Key {
    /// What it is called; entries name it.
    name: String,
    /// What it may do; may be repeated. Without: report problems.
    #[arg(long = "right")]
    rights: Vec<Action>,
    /// The city; may be left out where there is one.
    #[arg(long)]
    city: Option<CityCode>,
    #[command(flatten)]
    data: Data,
}

/// Letters and digits that nobody mistakes for each other: 58 bits in ten of them, twelve are given.
const PASSWORD_LETTERS: &[u8] = b"abcdefghjkmnpqrstuvwxyz23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
const PASSWORD_LENGTH: usize = 12;

fn one_time_password() -> String {
    use kernel::id::IdSource as _;
    (0..PASSWORD_LENGTH)
        .map(|_| {
            // The low bits of an id are random.
            let random = SystemIds.next(folder::now()).as_u128() & 0xffff_ffff;
            let place = usize::try_from(random).unwrap_or(0) % PASSWORD_LETTERS.len();
            char::from(PASSWORD_LETTERS.get(place).copied().unwrap_or(b'x'))
        })
        .collect()
}

pub(crate) fn add_user(role: UserRole) -> Result<()> {
    let UserRole::Add(user) = role;
    let ledger = folder::ledger(&user.data)?;
    let city = folder::city(&ledger, user.city)?;
    let works_for_unit = matches!(user.role, Role::UnitManager | Role::Worker);
    if works_for_unit && user.unit.is_none() {
        bail!("a {} works for a unit: give --unit CODE", user.role);
    }
    let password = one_time_password();
    let new = NewAccount {
        name: user.full_name.unwrap_or_else(|| user.name.clone()),
        sign_in: user.name,
        post: Post { role: Some(user.role), unit: user.unit, streets: user.streets, cells: user.cells },
        password: server::hash_password(&password)?,
        must_change_password: true,
    };
    let (vault, now) = (ledger.vault().clone(), folder::now());
    ledger.db().write_blocking(move |tx| {
        let by = By { actor: ActorId::System, at: ledger::moment(tx, city, now)? };
        let id = AccountId::fresh(&mut SystemIds, by.at);
        account::create(&vault, tx, city, id, &new, &by).map(drop)
    })?;
    folder::say("one-time password, to be changed at the first sign-in:");
    folder::result(&password)
}

pub(crate) fn add_key(role: KeyRole) -> Result<()> {
    let KeyRole::Add(key) = role;
    let ledger = folder::ledger(&key.data)?;
    let city = folder::city(&ledger, key.city)?;
    let rights = if key.rights.is_empty() { vec![Action::CaseReport] } else { key.rights };
    let now = folder::now();
    let token = ledger.db().write_blocking::<_, LedgerError, _>(move |tx| {
        let by = By { actor: ActorId::System, at: ledger::moment(tx, city, now)? };
        api_key::add(tx, city, &key.name, &rights, &by)
    })?;
    folder::result(&token.text())
}
