//! The books of the city: what its bureaus had on record for 2015 and the first half of 2016, one file a part. Names, places, dates and sizes
//! are drawn; the totals are those that the source prints (mission.md), because each list ends with what is left. Nothing but this room
//! knows the source's figures.

mod codes;
mod control;
mod days;
mod drawn;
mod finance;
mod firms;
mod governance;
mod land;
mod planning;
mod services;
mod shared;
mod targets;

use std::collections::BTreeMap;

use ::governance::keeper::Keeper;
use db::Tx;
use kernel::{code::CityCode, id::PersonId, role::ActorId, time::Moment};
use ledger::{
    By, Ledger, LedgerError, Vault,
    register::{self, Described},
};

pub(crate) use drawn::Drawn;

use crate::{DemoError, Ground};

/// Rows that are entered in one transaction.
const ROWS: usize = 500;

type Entering = Box<dyn FnOnce(&mut Tx<'_>, &Vault, CityCode, &By) -> Result<(), LedgerError> + Send>;

/// Rows on their way into the ledger, in the order in which they are entered: what is referred to comes first.
pub(crate) struct Books<'a> {
    /// Chance, names and places.
    pub(crate) drawn: Drawn<'a>,
    at: Moment,
    rows: Vec<Entering>,
    shared: shared::Shared,
}

impl Books<'_> {
    /// A row.
    pub(crate) fn enter<R: Described>(&mut self, row: R) {
        self.rows.push(Box::new(move |tx, _, city, by| {
            let key = row.key();
            register::put(tx, city, row, Some(0), by).map(drop).map_err(|error| match error {
                LedgerError::Stale { .. } => LedgerError::Damaged(format!("{} {key} stands twice", R::NAME)),
                LedgerError::Refused(refusal) => {
                    LedgerError::Damaged(format!("{} {key}: {:?}", R::NAME, refusal.details))
                }
                other => other,
            })
        }));
    }

    /// A row that was entered before is used no more.
    pub(crate) fn retire<R: Described>(&mut self, key: String) {
        self.rows
            .push(Box::new(move |tx, _, city, by| register::retire::<R>(tx, city, &key, None, by).map(drop)));
    }

    /// A person with a made-up name and number in the vault; their id for the row that names them.
    pub(crate) fn person(&mut self) -> PersonId {
        let person = PersonId::fresh(&mut self.drawn.dice, self.at);
        let fields = self.drawn.person();
        self.rows.push(Box::new(move |tx, vault, city, by| {
            vault.keep(tx, city, person, &fields, &["phone"], by.at)
        }));
        person
    }
}

/// Enters the books at a moment.
pub(crate) fn keep(
    ledger: &Ledger,
    city: CityCode,
    ground: &Ground,
    seed: u64,
    at: Moment,
) -> Result<(), DemoError> {
    let mut books =
        Books { drawn: Drawn::new(ground, seed)?, at, rows: Vec::new(), shared: shared::Shared::default() };
    keepers(&mut books, ledger);
    codes::enter(&mut books);
    // The books of the other parts name its companies and projects.
    finance::enter(&mut books)?;
    let parks = planning::enter(&mut books)?;
    land::enter(&mut books, &parks)?;
    services::enter(&mut books)?;
    governance::enter(&mut books);
    control::enter(&mut books);
    targets::enter(&mut books)?;
    let mut rows = books.rows.into_iter();
    loop {
        let batch: Vec<Entering> = rows.by_ref().take(ROWS).collect();
        if batch.is_empty() {
            return Ok(());
        }
        let vault = ledger.vault().clone();
        ledger.db().write_blocking(move |tx| {
            let by = By { actor: ActorId::System, at: ledger::moment(tx, city, at)? };
            // All that is wrong with a batch is said at once.
            let wrong: Vec<String> = batch
                .into_iter()
                .filter_map(|enter| enter(tx, &vault, city, &by).err())
                .map(|error| error.to_string())
                .collect();
            if wrong.is_empty() { Ok(()) } else { Err(LedgerError::Damaged(wrong.join("; "))) }
        })?;
    }
}

/// The bureau that keeps the registers of a part whose rows name no unit.
fn keeper(part: &str) -> &'static str {
    match part {
        "planning" => "planning",
        "finance" => "finance",
        "land" => "land_resources",
        "services" => "development_reform",
        "control" => "public_security",
        "governance" => "city_management",
        _ => "government_office",
    }
}

/// Registers whose rows name no unit have a bureau that keeps them.
fn keepers(books: &mut Books<'_>, ledger: &Ledger) {
    let described = ledger.registers().iter().map(|register| register.description());
    let unnamed: Vec<_> =
        described.filter(|told| told.unit.is_none()).map(|told| (told.name, told.part)).collect();
    for (name, part) in unnamed {
        books.enter(Keeper { register: name.to_owned(), unit: keeper(part).to_owned() });
    }
}

/// What a person of the vault is known by.
pub(crate) type PersonFields = BTreeMap<String, String>;
