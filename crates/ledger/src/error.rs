//! What can go wrong with the ledger.

use db::DbError;
use kernel::error::{Coded, ErrorKind, Refusal};
use serde_json::{Map, Value};

/// An error of the ledger.
#[derive(Debug, Clone, thiserror::Error)]
pub enum LedgerError {
    /// The store's own.
    #[error(transparent)]
    Db(#[from] DbError),
    /// A rule said no; nothing was changed.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The caller saw an older version than stands now.
    #[error("version_stale: {seen} < {now}")]
    Stale {
        /// The version that the caller named.
        seen: u64,
        /// The version that stands.
        now: u64,
    },
    /// No such record.
    #[error("not_found")]
    NotFound,
    /// The idempotency key was used with another body.
    #[error("idempotency_key_reused")]
    KeyReused,
    /// A stored body cannot be read: the program is older than the ledger, or the row is damaged.
    #[error("entry_unreadable: {noun} {key} {version}: {reason}")]
    Unreadable {
        /// The noun.
        noun: String,
        /// The record's key.
        key: String,
        /// The entry's version.
        version: u64,
        /// The reader's words.
        reason: String,
    },
    /// The vault's key file does not open what is sealed.
    #[error("vault_key_wrong")]
    VaultKey,
    /// The person was erased.
    #[error("person_erased")]
    PersonErased,
    /// An attachment is larger than its limit.
    #[error("attachment_too_large")]
    AttachmentTooLarge,
    /// A file of the data folder could not be read or written.
    #[error("file_failed: {0}")]
    File(String),
    /// A restore into this store was begun and not finished; nothing is served from it.
    #[error("restore_unfinished")]
    Unfinished,
    /// A restore goes into an empty store only.
    #[error("store_not_empty")]
    NotEmpty,
    /// A backup or another file is not what it says it is.
    #[error("file_damaged: {0}")]
    Damaged(String),
}

impl LedgerError {
    pub(crate) fn unreadable(noun: &str, key: &str, version: u64, reason: &serde_json::Error) -> Self {
        Self::Unreadable { noun: noun.to_owned(), key: key.to_owned(), version, reason: reason.to_string() }
    }
}

impl From<std::io::Error> for LedgerError {
    fn from(error: std::io::Error) -> Self {
        if error.kind() == std::io::ErrorKind::StorageFull {
            Self::Db(DbError::StorageFull)
        } else {
            Self::File(error.to_string())
        }
    }
}

impl Coded for LedgerError {
    fn code(&self) -> &'static str {
        match self {
            Self::Db(error) => error.code(),
            Self::Refused(refusal) => refusal.code(),
            Self::Stale { .. } => "version_stale",
            Self::NotFound => "not_found",
            Self::KeyReused => "idempotency_key_reused",
            Self::Unreadable { .. } => "entry_unreadable",
            Self::VaultKey => "vault_key_wrong",
            Self::PersonErased => "person_erased",
            Self::AttachmentTooLarge => "attachment_too_large",
            Self::File(_) => "file_failed",
            Self::Unfinished => "restore_unfinished",
            Self::NotEmpty => "store_not_empty",
            Self::Damaged(_) => "file_damaged",
        }
    }

    fn kind(&self) -> ErrorKind {
        match self {
            Self::Db(DbError::StorageFull) => ErrorKind::StorageFull,
            Self::Db(DbError::Unique) => ErrorKind::Conflict,
            Self::Db(DbError::Statement(_)) | Self::Unreadable { .. } | Self::VaultKey => ErrorKind::Internal,
            Self::Db(_) | Self::File(_) | Self::Unfinished => ErrorKind::Unavailable,
            Self::Refused(refusal) => refusal.kind(),
            Self::NotEmpty => ErrorKind::Conflict,
            Self::Stale { .. } => ErrorKind::Stale,
            Self::NotFound | Self::PersonErased => ErrorKind::NotFound,
            Self::KeyReused | Self::Damaged(_) => ErrorKind::Invalid,
            Self::AttachmentTooLarge => ErrorKind::TooLarge,
        }
    }

    fn details(&self) -> Map<String, Value> {
        match self {
            Self::Refused(refusal) => refusal.details(),
            Self::Stale { seen, now } => {
                let mut details = Map::new();
                details.insert("seen".to_owned(), (*seen).into());
                details.insert("now".to_owned(), (*now).into());
                details
            }
            _ => Map::new(),
        }
    }
}
