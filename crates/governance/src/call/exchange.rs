//! The door of a telephone exchange: what its webhook tells, and what follows from it on the sheet of the same call. No exchange is needed;
//! without one the desk begins the sheets.
//!
//! `POST /api/v1/calls/events` with an API key that may take calls, one JSON object a message:
//! `{"kind": "ringing" | "answered" | "ended", "id": …, "number"?: …, "seat"?: …, "at": milliseconds, "recording"?: …}`.
//! Messages may come again and in any order: what is known already changes nothing.

use kernel::{
    id::{AccountId, PersonId},
    text::mask_personal,
    time::Moment,
};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::{
    command::Command,
    event::Opening,
    state::{Call, Filling, Signal, SignalKind},
};

/// A message of the exchange, as it comes in.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExchangeEvent {
    /// What happened.
    pub kind: SignalKind,
    /// What the exchange calls this call, at most [`super::NAME_CHARS_MAX`] characters.
    pub id: String,
    /// The caller's number, where it is shown; goes to the vault and nowhere else.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// The name that the seat's holder signs in with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seat: Option<String>,
    /// When, by the exchange's clock.
    pub at: Moment,
    /// Where the recording lies, at most [`super::RECORDING_CHARS_MAX`] characters; must not name the number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recording: Option<String>,
}

impl std::fmt::Debug for ExchangeEvent {
    /// Without number, seat and recording: they are about people.
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "ExchangeEvent({:?} at {})", self.kind, self.at.millis())
    }
}

/// What was found out about a message before the rules see it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Known {
    /// The reference for a new sheet.
    pub reference: String,
    /// The person in the vault whose number it is.
    pub caller: Option<PersonId>,
    /// Whose seat it is.
    pub holder: Option<AccountId>,
}

/// The exchange's id as sheets keep it: as it is, or a print of it where it holds a telephone number.
#[must_use]
pub fn kept_id(id: &str) -> String {
    let id = id.trim();
    if mask_personal(id).found.is_empty() {
        return id.to_owned();
    }
    ledger::hex(&Sha256::digest(id.as_bytes()))
}

/// Which command follows on the sheet of the call; none where the message tells nothing new. Without a sheet the first message, whichever
/// it is, begins one: a call that was abandoned before anybody noticed still counts.
#[must_use]
pub fn command(event: &ExchangeEvent, call: Option<&Call>, known: Known) -> Option<Command> {
    let Known { reference, caller, holder } = known;
    let signal = Signal { kind: event.kind, at: event.at, holder, recording: event.recording.clone() };
    let Some(call) = call else {
        let filling = Filling { caller, ..Filling::default() };
        let opening = Opening { reference, exchange: Some((kept_id(&event.id), signal)), filling };
        return Some(Command::Begin(Box::new(opening)));
    };
    let exchange = call.exchange.as_ref()?;
    let told = match event.kind {
        SignalKind::Ringing => exchange.rang_at,
        SignalKind::Answered => exchange.answered_at,
        SignalKind::Ended => exchange.ended_at,
    };
    told.is_none().then_some(Command::Signal(signal))
}
