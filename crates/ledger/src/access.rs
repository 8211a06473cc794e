//! Who may come in: accounts, their sessions, API keys, and the trail of looks at personal data.
//!
//! Accounts, sessions and keys are tables, because they hold secrets and sealed names; what happens to them is also an entry, which holds
//! neither, so that the audit reads it from the ledger like everything else.

pub mod account;
pub mod api_key;
pub mod person;
pub mod session;

use std::{fmt, str::FromStr};

use kernel::{code::CityCode, error::Refusal};
use sha2::{Digest, Sha256};

use crate::{LedgerError, chain::hex};

pub use account::{Account, AccountTrail, Credentials, NewAccount, Post};
pub use api_key::{ApiKey, KeyTrail};
pub use person::{Look, PersonTrail, Reveal};
pub use session::Session;

/// Random bytes of a token.
const TOKEN_BYTES: usize = 32;

/// What a browser or a program shows to be let in: the city's code, a dot, 64 hexadecimal digits. Only its hash is kept.
#[derive(Clone, PartialEq, Eq)]
pub struct Token {
    /// The city in which it counts.
    pub city: CityCode,
    secret: String,
}

impl Token {
    /// A fresh one.
    ///
    /// # Errors
    /// [`LedgerError::File`] where the machine gives no random numbers.
    pub fn fresh(city: CityCode) -> Result<Self, LedgerError> {
        let mut bytes = [0; TOKEN_BYTES];
        getrandom::fill(&mut bytes).map_err(|error| LedgerError::File(error.to_string()))?;
        Ok(Self { city, secret: hex(&bytes) })
    }

    /// The text that is shown.
    #[must_use]
    pub fn text(&self) -> String {
        format!("{}.{}", self.city, self.secret)
    }

    /// Under which it is kept: SHA-256, hexadecimal.
    #[must_use]
    pub fn hash(&self) -> String {
        hex(&Sha256::digest(self.text()))
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Token({})", self.city)
    }
}

impl FromStr for Token {
    type Err = Refusal;

    fn from_str(text: &str) -> Result<Self, Refusal> {
        let refused = || Refusal::not_found("token_unknown");
        let (city, secret) = text.trim().split_once('.').ok_or_else(refused)?;
        if secret.len() != 2 * TOKEN_BYTES || !secret.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(refused());
        }
        Ok(Self { city: city.parse().map_err(|_| refused())?, secret: secret.to_ascii_lowercase() })
    }
}

/// A list of codes or names as it stands in a column.
fn list_text<T: serde::Serialize>(list: &[T]) -> String {
    // A list of texts is always JSON; an empty list is the safe answer.
    serde_json::to_string(list).unwrap_or_else(|_| "[]".to_owned())
}

fn read_list<T: serde::de::DeserializeOwned>(text: &str, table: &str) -> Result<Vec<T>, LedgerError> {
    serde_json::from_str(text).map_err(|error| LedgerError::Damaged(format!("{table}: {error}")))
}
