//! Writes that are done once for their `Idempotency-Key`: the same key and body again gives the first answer. What is remembered may hold a
//! reporter's secret, so it is sealed with the vault's key.

use axum::{
    extract::{FromRequest, Request},
    http::HeaderMap,
};
use kernel::{code::CityCode, error::ErrorKind, time::Moment};
use ledger::LedgerError;
use serde::{Serialize, de::DeserializeOwned};

use crate::{
    app::AppState,
    problem::Problem,
    request::{idempotency_key, json, read_body},
    rights::Caller,
};

/// What the sealed answers are sealed for.
const PURPOSE: &str = "remembered answer";

/// A JSON body with what tells its request from another.
pub(crate) struct Once<T> {
    pub(crate) ticket: Ticket,
    pub(crate) body: T,
}

/// One wish of one caller: key, and the address and body that belong to it.
pub(crate) struct Ticket {
    key: Option<String>,
    print: Vec<u8>,
}

impl<T: DeserializeOwned> FromRequest<AppState> for Once<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &AppState) -> Result<Self, Problem> {
        let key = key_if_given(request.headers())?;
        // The same key at another address is another wish.
        let mut print = request.uri().path().as_bytes().to_vec();
        print.push(0);
        let bytes = read_body(request, state).await?;
        print.extend_from_slice(&bytes);
        Ok(Self { ticket: Ticket { key, print }, body: json(&bytes)? })
    }
}

fn key_if_given(headers: &HeaderMap) -> Result<Option<String>, Problem> {
    if headers.contains_key("idempotency-key") { idempotency_key(headers).map(Some) } else { Ok(None) }
}

impl Ticket {
    /// The ticket of a write that makes something.
    ///
    /// # Errors
    /// 400 where the key is missing.
    pub(crate) fn needed(self) -> Result<Self, Problem> {
        if self.key.is_none() {
            return Err(Problem::new(ErrorKind::Malformed, "idempotency_key_missing"));
        }
        Ok(self)
    }
}

impl AppState {
    /// Writes for a city at its next moment: once for a ticket with a key, else each time. Gives the answer, and whether it was given
    /// before.
    ///
    /// # Errors
    /// 422 for a key that was used with another body, the work's own, or as the store says.
    pub(crate) async fn write_once<T>(
        &self,
        city: CityCode,
        caller: &Caller,
        ticket: Ticket,
        work: impl FnOnce(&mut db::Tx<'_>, Moment) -> Result<T, LedgerError> + Send + 'static,
    ) -> Result<(T, bool), Problem>
    where
        T: Serialize + DeserializeOwned + Send + 'static,
    {
        let (ledger, scope) = (self.ledger().clone(), caller.scope());
        self.write(city, move |tx, at| {
            let Some(key) = ticket.key else { return Ok::<_, LedgerError>((work(tx, at)?, false)) };
            let vault = ledger.vault();
            let mut fresh = None;
            let done = ledger::once::<LedgerError>(tx, city, (&scope, &key, &ticket.print), at, |tx| {
                let answer = work(tx, at)?;
                let text = serde_json::to_vec(&answer).map_err(|_| unreadable())?;
                fresh = Some(answer);
                Ok(ledger::hex(&vault.seal_secret(city, PURPOSE, &text)?))
            })?;
            if let Some(answer) = fresh {
                return Ok((answer, false));
            }
            let sealed = unhex(&done.answer).ok_or_else(unreadable)?;
            let text = vault.open_secret(city, PURPOSE, &sealed)?;
            Ok((serde_json::from_slice(&text).map_err(|_| unreadable())?, true))
        })
        .await
    }
}

fn unreadable() -> LedgerError {
    LedgerError::Damaged("a remembered answer".to_owned())
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    let digit = |byte: &u8| char::from(*byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    text.as_bytes()
        .chunks(2)
        .map(|pair| match pair {
            [high, low] => Some(digit(high)? << 4 | digit(low)?),
            _ => None,
        })
        .collect()
}
