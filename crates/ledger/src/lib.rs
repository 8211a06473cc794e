//! Everything that happens is an entry in an append-only ledger; what the screens show (records) is derived from entries and can
//! be rebuilt from them, byte for byte. Here are entries, records, the vault for personal data, attachments, timers, jobs, receipts,
//! checking, backup. No part of the city is known by name here: parts declare their nouns ([`Noun`]).
//!
//! # Glossary
//! * **entry**: one event of one noun, with its place in the city's hash chain.
//! * **noun**: a kind of thing with a state that events change ([`Noun`]).
//! * **record**: a noun's present state, with the columns by which it is found.
//! * **tag**: a text by which a record is found, of which it may have several.
//! * **version**: how many events a record has seen; an update names the one it saw.
//! * **generation**: how often a city's registers and accounts have changed.
//! * **head**: the end of a city's chain and the root of its Merkle tree.
//! * **receipt**: proof for a resident that an entry stands in the chain.
//! * **vault**: where personal data lives, encrypted with a key per person.

// What the derives write names this crate by its name.
extern crate self as ledger;

pub mod access;
pub mod attachment;
pub mod backup;
pub mod chain;
pub mod entry;
mod error;
pub mod generation;
pub mod job;
mod note;
mod noun;
pub mod record;
pub mod register;
pub mod request_key;
pub mod running_number;
pub mod timer;
pub mod vault;
pub mod verify;

use std::{path::PathBuf, sync::Arc};

use db::{Db, Migration};
use kernel::{code::CityCode, time::Moment};

pub use attachment::{ATTACHMENT_BYTES_MAX, Attachment};
pub use backup::{BackedUp, Restored, backup, restore};
pub use chain::{Head, Receipt, hex};
pub use entry::{
    By, Entry, Life, act, append, append_lives, append_new, bodies, entries_after, first_since, head, history,
};
pub use error::LedgerError;
pub use job::{Job, claim_jobs, enqueue, finish_job, retry_job};
pub use ledger_derive::{Fields, Register};
pub use noun::{Noun, Stamp, TimerAt};
pub use record::{Condition, Listing, Order, Record, count, count_found, get, list, search};
pub use register::{FieldFault, Register, Registered};
pub use request_key::{REQUEST_KEY_BYTES_MAX, Remembered, forget_old, once};
pub use timer::{DueTimer, due_timers};
pub use vault::{Vault, VaultKey};
pub use verify::{Verdict, verify};

/// The fixed tables, in steps.
pub const MIGRATIONS: &[Migration] = &[
    Migration {
        number: 1,
        name: "ledger",
        sql: include_str!("../migrations/0001_ledger.sql"),
        sqlite: "",
        postgres: "",
    },
    Migration {
        number: 2,
        name: "access",
        sql: include_str!("../migrations/0002_access.sql"),
        sqlite: "",
        postgres: "",
    },
    Migration {
        number: 3,
        name: "store",
        sql: include_str!("../migrations/0003_store.sql"),
        sqlite: "",
        postgres: "",
    },
    Migration {
        number: 4,
        name: "tag",
        sql: include_str!("../migrations/0004_tag.sql"),
        sqlite: "",
        postgres: "",
    },
    Migration {
        number: 5,
        name: "look",
        sql: include_str!("../migrations/0005_look.sql"),
        sqlite: "",
        postgres: "",
    },
];

/// The ledger over one store: which nouns it keeps, its vault and its folder of attachments.
#[derive(Clone)]
pub struct Ledger {
    db: Db,
    nouns: SharedNouns,
    vault: Arc<Vault>,
    attachments: PathBuf,
    written: Arc<tokio::sync::watch::Sender<u64>>,
}

impl std::fmt::Debug for Ledger {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Ledger").field("db", &self.db).finish_non_exhaustive()
    }
}

/// What [`Nouns`] became when the ledger was opened.
#[derive(Clone)]
pub(crate) struct SharedNouns {
    pub(crate) nouns: Arc<Vec<Box<dyn noun::AnyNoun>>>,
    registers: Arc<Vec<Box<dyn register::AnyRegister>>>,
}

/// Which nouns a ledger keeps: its own trails, and what parts add.
pub struct Nouns {
    nouns: Vec<Box<dyn noun::AnyNoun>>,
    registers: Vec<Box<dyn register::AnyRegister>>,
}

impl Default for Nouns {
    fn default() -> Self {
        Self { nouns: Vec::new(), registers: Vec::new() }
            .with::<access::AccountTrail>()
            .with::<access::KeyTrail>()
            .with::<access::PersonTrail>()
            .with_described::<register::Code>()
    }
}

impl Nouns {
    /// Adds a register.
    #[must_use]
    pub fn with_register<R: Register>(self) -> Self {
        self.with::<Registered<R>>()
    }

    /// Adds a register that is served by its description ([`Ledger::registers`]).
    #[must_use]
    pub fn with_described<R: register::Described>(mut self) -> Self {
        self.registers.push(Box::new(register::Erased::<R>::default()));
        self.with_register::<R>()
    }

    /// The registers that are served by their description.
    #[must_use]
    pub fn registers(&self) -> &[Box<dyn register::AnyRegister>] {
        &self.registers
    }

    /// Adds a noun.
    #[must_use]
    pub fn with<N: Noun>(mut self) -> Self {
        self.nouns.push(Box::new(noun::Kept::<N>::default()));
        self
    }

    pub(crate) fn shared(self) -> SharedNouns {
        SharedNouns { nouns: Arc::new(self.nouns), registers: Arc::new(self.registers) }
    }
}

impl Ledger {
    /// Opens the ledger: applies migrations, makes or remakes the tables of records whose declaration changed (rebuilding them from
    /// the entries).
    ///
    /// # Errors
    /// [`LedgerError::VaultKey`] where the key is not the store's, [`LedgerError::Unfinished`] after a killed restore, or as the store says.
    pub fn open(
        db: Db,
        nouns: Nouns,
        vault: impl Into<Arc<Vault>>,
        attachments: PathBuf,
    ) -> Result<Self, LedgerError> {
        db.migrate(MIGRATIONS)?;
        Self::open_with(db, nouns.shared(), vault.into(), attachments)
    }

    fn open_with(
        db: Db,
        nouns: SharedNouns,
        vault: Arc<Vault>,
        attachments: PathBuf,
    ) -> Result<Self, LedgerError> {
        let shared = Arc::clone(&nouns.nouns);
        let print = vault.print();
        db.write_blocking(move |tx| {
            if note::read(tx, note::RESTORE)?.is_some() {
                return Err(LedgerError::Unfinished);
            }
            match note::read(tx, note::VAULT)? {
                Some(known) if known != print => return Err(LedgerError::VaultKey),
                Some(_) => {}
                None => note::write(tx, note::VAULT, &print)?,
            }
            for noun in shared.iter() {
                record::keep_shape(tx, noun.as_ref())?;
            }
            Ok::<_, LedgerError>(())
        })?;
        let (written, _) = tokio::sync::watch::channel(0);
        Ok(Self { db, nouns, vault, attachments, written: Arc::new(written) })
    }

    /// The store.
    #[must_use]
    pub fn db(&self) -> &Db {
        &self.db
    }

    /// The vault.
    #[must_use]
    pub fn vault(&self) -> &Arc<Vault> {
        &self.vault
    }

    /// The folder of attachments.
    #[must_use]
    pub fn attachments(&self) -> &std::path::Path {
        &self.attachments
    }

    /// Tells listeners that something was committed; they read what is new from the entries.
    pub fn announce(&self) {
        self.written.send_modify(|count| *count = count.wrapping_add(1));
    }

    /// A listener that wakes after commits of this process.
    #[must_use]
    pub fn listen(&self) -> tokio::sync::watch::Receiver<u64> {
        self.written.subscribe()
    }

    pub(crate) fn nouns(&self) -> &Arc<Vec<Box<dyn noun::AnyNoun>>> {
        &self.nouns.nouns
    }

    /// What records of a noun gave as they stood after an entry, under conditions, in the order of their rows: the column's value, or 1
    /// without a column. The noun's entries are replayed, so this takes as long as they are many.
    ///
    /// # Errors
    /// [`LedgerError::NotFound`] for a noun that is not kept, or as the store says.
    pub fn given_as_of(
        &self,
        tx: &mut db::Tx<'_>,
        city: CityCode,
        noun: &str,
        conditions: &[Condition<'_>],
        column: Option<&'static str>,
        entries: u64,
    ) -> Result<Vec<record::Given>, LedgerError> {
        let noun = self.nouns().iter().find(|kept| kept.name() == noun).ok_or(LedgerError::NotFound)?;
        record::given_as_of(tx, city, noun.as_ref(), conditions, column, entries)
    }

    /// The registers that are served by their description, in the order of the parts.
    #[must_use]
    pub fn registers(&self) -> &[Box<dyn register::AnyRegister>] {
        &self.nouns.registers
    }

    /// A register by its name.
    ///
    /// # Errors
    /// Refusal `register_unknown`.
    pub fn register(&self, name: &str) -> Result<&dyn register::AnyRegister, LedgerError> {
        let found = self.registers().iter().find(|register| register.description().name == name);
        Ok(found.ok_or_else(|| register::unknown(name))?.as_ref())
    }
}

/// The cities that have entries, in order of their codes.
///
/// # Errors
/// [`LedgerError`] as the store says.
pub fn cities(tx: &mut db::Tx<'_>) -> Result<Vec<CityCode>, LedgerError> {
    let numbers = tx.rows("SELECT city FROM head ORDER BY city", &[], |row| row.int(0))?;
    Ok(numbers
        .into_iter()
        .filter_map(|number| u32::try_from(number).ok().and_then(|n| CityCode::new(n).ok()))
        .collect())
}

/// The moment at which the next entry of a city may stand: now, or the last entry's moment where the machine's clock went back. A write
/// begins with it, and holds the city's chain from then on: whoever took other rows first and the chain later could wait for another
/// machine that waits for it.
///
/// # Errors
/// [`LedgerError`] as the store says.
pub fn moment(tx: &mut db::Tx<'_>, city: CityCode, now: Moment) -> Result<Moment, LedgerError> {
    entry::hold(tx, city)?;
    let last = tx.first("SELECT at FROM head WHERE city = $1", &[city.number().into()], |row| row.int(0))?;
    Ok(last.map_or(now, |last| now.max(Moment(last))))
}
