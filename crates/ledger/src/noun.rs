//! What a part declares about a kind of thing, so that one engine can keep it.

use std::marker::PhantomData;

use db::{Tx, Value, dialect::ColumnType};
use kernel::{code::CityCode, role::ActorId, time::Moment};
use serde::{Serialize, de::DeserializeOwned};

use crate::{LedgerError, record};

/// When, by whom and as which version an event entered the ledger.
#[derive(Debug, Clone)]
pub struct Stamp {
    /// When.
    pub at: Moment,
    /// By whom.
    pub actor: ActorId,
    /// The record's version after this event, from 1.
    pub version: u64,
}

/// A timer that a state implies: the ledger keeps exactly those of the present state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimerAt {
    /// Which one; unique within its record.
    pub kind: String,
    /// When it fires.
    pub at: Moment,
}

/// A kind of thing: its state, the events that change it and the columns by which its records are found.
pub trait Noun: Send + Sync + 'static {
    /// Lower case, also the record table's name.
    const NAME: &'static str;
    /// Columns for finding a record, beside key and version.
    const COLUMNS: &'static [(&'static str, ColumnType)];
    /// Indexes over those columns; the city stands before each by itself.
    const INDEXES: &'static [&'static [&'static str]] = &[];
    /// Columns that most records leave empty: an index that begins with one of them holds only the records that fill it, so that the others
    /// cost nothing.
    const SPARSE: &'static [&'static str] = &[];
    /// Columns of which one value has few records among all, and which an index of [`Noun::INDEXES`] begins with: a list under a condition
    /// on one of them goes by it and sorts what it finds.
    const NARROW: &'static [&'static str] = &[];
    /// Whether records are searched by words.
    const WORDS: bool = false;

    /// The present state.
    type State: Serialize + DeserializeOwned + Clone + Send + 'static;
    /// What can happen.
    type Event: Serialize + DeserializeOwned + Send + 'static;

    /// The event's kind, as it stands in the entry.
    fn kind(event: &Self::Event) -> &'static str;
    /// The state after an event. Pure: it sees nothing but its arguments.
    fn evolve(state: Option<Self::State>, event: &Self::Event, stamp: &Stamp) -> Self::State;
    /// The values of [`Noun::COLUMNS`], in their order.
    fn columns(state: &Self::State) -> Vec<Value<'_>>;
    /// The text that is searched by words; only asked where [`Noun::WORDS`].
    fn words(_state: &Self::State) -> String {
        String::new()
    }
    /// What the record is found by of which it may have several ([`crate::Condition::Tagged`]): who holds it, for example.
    fn tags(_state: &Self::State) -> Vec<String> {
        Vec::new()
    }
    /// The timers that run in this state.
    fn timers(_state: &Self::State) -> Vec<TimerAt> {
        Vec::new()
    }
}

/// A noun without its types, for what concerns all of them: shapes, rebuilding, checking.
pub(crate) trait AnyNoun: Send + Sync {
    fn name(&self) -> &'static str;
    fn shape(&self, engine: db::Engine) -> String;
    fn searched(&self) -> bool;
    /// Makes the record of one key anew from its entries and writes it.
    fn rebuild(&self, tx: &mut Tx<'_>, city: CityCode, rows: &[record::Replayed]) -> Result<(), LedgerError>;
    /// The columns of its records.
    fn columns(&self) -> &'static [(&'static str, ColumnType)];
    /// The values of the columns, and the tags, that entries of one record give.
    fn columns_of(&self, rows: &[record::Replayed]) -> Result<Option<Found>, LedgerError>;
    /// The state as text that the entries give.
    fn replay(&self, rows: &[record::Replayed]) -> Result<Option<String>, LedgerError>;
}

/// What a record is found by: the values of its columns, and its tags.
pub(crate) type Found = (Vec<Value<'static>>, Vec<String>);

pub(crate) struct Kept<N>(PhantomData<fn() -> N>);

impl<N> Default for Kept<N> {
    fn default() -> Self {
        Self(PhantomData)
    }
}

impl<N: Noun> AnyNoun for Kept<N> {
    fn name(&self) -> &'static str {
        N::NAME
    }

    fn shape(&self, engine: db::Engine) -> String {
        db::dialect::create_record(engine, N::NAME, N::COLUMNS, (N::INDEXES, N::SPARSE), N::WORDS)
    }

    fn searched(&self) -> bool {
        N::WORDS
    }

    fn rebuild(&self, tx: &mut Tx<'_>, city: CityCode, rows: &[record::Replayed]) -> Result<(), LedgerError> {
        record::rebuild::<N>(tx, city, rows)
    }

    fn columns(&self) -> &'static [(&'static str, ColumnType)] {
        N::COLUMNS
    }

    fn columns_of(&self, rows: &[record::Replayed]) -> Result<Option<Found>, LedgerError> {
        let Some((state, _)) = record::replay::<N>(rows)? else { return Ok(None) };
        let values = N::columns(&state).into_iter().map(Value::into_owned).collect();
        Ok(Some((values, N::tags(&state))))
    }

    fn replay(&self, rows: &[record::Replayed]) -> Result<Option<String>, LedgerError> {
        let Some((state, _)) = record::replay::<N>(rows)? else { return Ok(None) };
        record::state_text::<N>(&state).map(Some)
    }
}
