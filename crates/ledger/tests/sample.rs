//! A noun for the tests: a lamp post that is put up, found broken, mended and taken down.

use std::path::Path;

use db::{Db, Value, dialect::ColumnType, testing::TestStore};
use kernel::{code::CityCode, error::Refusal, role::ActorId, time::Moment};
use ledger::{
    By, FieldFault, Ledger, LedgerError, Noun, Nouns, Record, Register, Stamp, TimerAt, Vault, VaultKey, act,
};
use serde::{Deserialize, Serialize};

/// How long a broken lamp may stay so, milliseconds.
pub(crate) const MENDING_MS: i64 = 3_600_000;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct LampState {
    pub(crate) street: String,
    pub(crate) watts: i64,
    pub(crate) notes: Vec<String>,
    pub(crate) broken_at: Option<Moment>,
    pub(crate) late: u32,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum LampEvent {
    PutUp { street: String, watts: i64 },
    Broke { note: String },
    BecameLate {},
    Mended {},
}

#[derive(Debug)]
pub(crate) struct Lamp;

impl Noun for Lamp {
    const NAME: &'static str = "lamp";
    const COLUMNS: &'static [(&'static str, ColumnType)] =
        &[("street", ColumnType::Text), ("watts", ColumnType::Int), ("broken_at", ColumnType::Int)];
    const INDEXES: &'static [&'static [&'static str]] = &[&["street", "row"], &["watts", "row"]];
    const WORDS: bool = true;

    type State = LampState;
    type Event = LampEvent;

    fn kind(event: &LampEvent) -> &'static str {
        match event {
            LampEvent::PutUp { .. } => "put_up",
            LampEvent::Broke { .. } => "broke",
            LampEvent::BecameLate {} => "became_late",
            LampEvent::Mended {} => "mended",
        }
    }

    fn evolve(state: Option<LampState>, event: &LampEvent, stamp: &Stamp) -> LampState {
        let mut state = state.unwrap_or_else(|| LampState {
            street: String::new(),
            watts: 0,
            notes: Vec::new(),
            broken_at: None,
            late: 0,
        });
        match event {
            LampEvent::PutUp { street, watts } => {
                state.street.clone_from(street);
                state.watts = *watts;
            }
            LampEvent::Broke { note } => {
                state.notes.push(note.clone());
                state.broken_at = Some(stamp.at);
            }
            LampEvent::BecameLate {} => state.late += 1,
            LampEvent::Mended {} => state.broken_at = None,
        }
        state
    }

    fn columns(state: &LampState) -> Vec<Value<'_>> {
        vec![(&state.street).into(), state.watts.into(), state.broken_at.map(Moment::millis).into()]
    }

    fn words(state: &LampState) -> String {
        format!("{} {}", state.street, state.notes.join(" "))
    }

    fn timers(state: &LampState) -> Vec<TimerAt> {
        let due = state.broken_at.filter(|_| state.late == 0);
        due.map(|at| TimerAt { kind: "late".to_owned(), at: at + MENDING_MS }).into_iter().collect()
    }
}

pub(crate) fn city() -> CityCode {
    CityCode::new(522_601).unwrap()
}

pub(crate) fn by(at: i64) -> By {
    By { actor: ActorId::System, at: Moment(at) }
}

pub(crate) fn nouns() -> Nouns {
    Nouns::default().with::<Lamp>().with_register::<Bench>()
}

/// A register for the tests: benches, by number, some for a season only.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Bench {
    pub(crate) number: u32,
    pub(crate) seats: i64,
    pub(crate) from: Option<Moment>,
    pub(crate) to: Option<Moment>,
}

impl Register for Bench {
    const NAME: &'static str = "bench";
    const COLUMNS: &'static [(&'static str, ColumnType)] = &[("seats", ColumnType::Int)];
    const INDEXES: &'static [&'static [&'static str]] = &[&["seats"]];

    fn key(&self) -> String {
        format!("b{}", self.number)
    }

    fn validate(&self) -> Vec<FieldFault> {
        if self.seats > 0 { Vec::new() } else { vec![FieldFault::new("seats", "must_be_positive")] }
    }

    fn columns(&self) -> Vec<Value<'_>> {
        vec![self.seats.into()]
    }

    fn valid_from(&self) -> Option<Moment> {
        self.from
    }

    fn valid_to(&self) -> Option<Moment> {
        self.to
    }
}

pub(crate) fn ledger_over(db: &Db, folder: &Path) -> Ledger {
    let vault = Vault::new(&VaultKey::of_folder(folder).unwrap());
    Ledger::open(db.clone(), nouns(), vault, folder.join("attachments")).unwrap()
}

/// A ledger on each engine that is there, with its folder.
pub(crate) fn on_each(story: impl Fn(&Ledger, &TestStore)) {
    for store in db::testing::stores().unwrap() {
        let folder = tempfile::tempdir().unwrap();
        story(&ledger_over(&store.db, folder.path()), &store);
    }
}

/// Runs a closure in a write.
pub(crate) fn write<T: Send + 'static>(
    ledger: &Ledger,
    work: impl FnOnce(&Ledger, &mut db::Tx<'_>) -> Result<T, LedgerError> + Send + 'static,
) -> Result<T, LedgerError> {
    let inner = ledger.clone();
    ledger.db().write_blocking(move |tx| work(&inner, tx))
}

/// Runs a closure in a read.
pub(crate) fn read<T: Send + 'static>(
    ledger: &Ledger,
    work: impl FnOnce(&Ledger, &mut db::Tx<'_>) -> Result<T, LedgerError> + Send + 'static,
) -> T {
    let inner = ledger.clone();
    ledger.db().read_blocking(move |tx| work(&inner, tx)).unwrap()
}

pub(crate) fn put_up(
    tx: &mut db::Tx<'_>,
    key: &str,
    street: &str,
    watts: i64,
    at: i64,
) -> Result<Record<Lamp>, LedgerError> {
    act::<Lamp, LedgerError>(tx, city(), key, Some(0), &by(at), |_, _| {
        Ok(vec![LampEvent::PutUp { street: street.to_owned(), watts }])
    })
}

pub(crate) fn broke(
    tx: &mut db::Tx<'_>,
    key: &str,
    note: &str,
    seen: Option<u64>,
    at: i64,
) -> Result<Record<Lamp>, LedgerError> {
    act::<Lamp, LedgerError>(tx, city(), key, seen, &by(at), |_, lamp| {
        let lamp = lamp.ok_or(LedgerError::NotFound)?;
        if lamp.broken_at.is_some() {
            return Err(Refusal::conflict("already_broken").into());
        }
        Ok(vec![LampEvent::Broke { note: note.to_owned() }])
    })
}
