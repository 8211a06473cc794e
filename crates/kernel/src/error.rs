//! How an error is named: one code for program, translation and test.

use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// The family an error belongs to; doors translate it to an HTTP status or an exit code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ErrorKind {
    /// The input is malformed or misses something (400).
    Malformed,
    /// Well-formed, but a rule or limit of the data says no (422).
    Invalid,
    /// No such thing, or one that the asker may not see (404).
    NotFound,
    /// Not signed in (401).
    Unauthenticated,
    /// Signed in, but the key or session may not do this, and its existence is no secret (403).
    Forbidden,
    /// The present state does not allow it (409).
    Conflict,
    /// The caller saw an older version (412).
    Stale,
    /// The caller must name the version that it saw (428).
    VersionMissing,
    /// Larger than a named limit (413).
    TooLarge,
    /// Too often (429).
    TooMany,
    /// The disk is full; reads go on (507).
    StorageFull,
    /// The store cannot be written safely; reads may go on (503).
    Unavailable,
    /// A fault of the program (500).
    Internal,
}

/// An error that has a stable code, a family and named values for its message.
pub trait Coded: std::error::Error {
    /// The translation key, `snake_case`, stable for ever.
    fn code(&self) -> &'static str;
    /// The family.
    fn kind(&self) -> ErrorKind;
    /// Values that the translated message may name; never personal data.
    fn details(&self) -> Map<String, Value> {
        Map::new()
    }
}

/// A rule's "no": it has changed nothing. The code is the translation key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The translation key, `snake_case`.
    pub code: &'static str,
    /// The family; mostly [`ErrorKind::Conflict`] or [`ErrorKind::Invalid`].
    pub kind: ErrorKind,
    /// Values for the message; never personal data.
    pub details: Map<String, Value>,
}

impl Refusal {
    /// The present state does not allow the command.
    #[must_use]
    pub fn conflict(code: &'static str) -> Self {
        Self { code, kind: ErrorKind::Conflict, details: Map::new() }
    }

    /// The command's own content is not acceptable.
    #[must_use]
    pub fn invalid(code: &'static str) -> Self {
        Self { code, kind: ErrorKind::Invalid, details: Map::new() }
    }

    /// The person may not do this here.
    #[must_use]
    pub fn forbidden(code: &'static str) -> Self {
        Self { code, kind: ErrorKind::Forbidden, details: Map::new() }
    }

    /// The thing is not there, or not for this person's eyes.
    #[must_use]
    pub fn not_found(code: &'static str) -> Self {
        Self { code, kind: ErrorKind::NotFound, details: Map::new() }
    }

    /// Adds a named value for the message.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.details.insert(name.to_owned(), value.into());
        self
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.code)
    }
}

impl std::error::Error for Refusal {}

impl Coded for Refusal {
    fn code(&self) -> &'static str {
        self.code
    }

    fn kind(&self) -> ErrorKind {
        self.kind
    }

    fn details(&self) -> Map<String, Value> {
        self.details.clone()
    }
}
