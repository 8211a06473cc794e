//! What can go wrong with a figure.

use kernel::error::{Coded, ErrorKind};
use ledger::LedgerError;
use serde_json::{Map, Value};

/// An error of a figure.
#[derive(Debug, Clone, thiserror::Error)]
pub enum FigureError {
    /// No figure has this code.
    #[error("figure_unknown: {0}")]
    Unknown(String),
    /// The period has none before it, or none after it.
    #[error("period_malformed")]
    Period,
    /// The figure's rows do not say to which street, unit or cell they belong.
    #[error("figure_scope_unknown")]
    Scope,
    /// A sum that is larger than anything a city has.
    #[error("figure_too_large")]
    TooLarge,
    /// The ledger's own.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
}

impl From<db::DbError> for FigureError {
    fn from(error: db::DbError) -> Self {
        Self::Ledger(error.into())
    }
}

impl Coded for FigureError {
    fn code(&self) -> &'static str {
        match self {
            Self::Unknown(_) => "figure_unknown",
            Self::Period => "period_malformed",
            Self::Scope => "figure_scope_unknown",
            Self::TooLarge => "figure_too_large",
            Self::Ledger(error) => error.code(),
        }
    }

    fn kind(&self) -> ErrorKind {
        match self {
            Self::Unknown(_) => ErrorKind::NotFound,
            Self::Period | Self::Scope | Self::TooLarge => ErrorKind::Invalid,
            Self::Ledger(error) => error.kind(),
        }
    }

    fn details(&self) -> Map<String, Value> {
        match self {
            Self::Unknown(code) => {
                let shown: String = code.chars().take(60).collect();
                Map::from_iter([("figure".to_owned(), shown.into())])
            }
            Self::Ledger(error) => error.details(),
            _ => Map::new(),
        }
    }
}
