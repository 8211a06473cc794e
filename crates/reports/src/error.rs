//! The one error of this crate: why a report was not made.

use documents::DocumentError;
use figures::{FigureError, report::TemplateError};
use kernel::error::{Coded, ErrorKind};
use ledger::LedgerError;
use serde_json::{Map, Value};
use typeset::TypesetError;

/// Why a report was not made.
#[derive(Debug, thiserror::Error)]
pub enum ReportError {
    /// No report has this name.
    #[error("report_unknown: {0}")]
    Unknown(String),
    /// The template does not load.
    #[error(transparent)]
    Template(#[from] TemplateError),
    /// A figure has no answer.
    #[error(transparent)]
    Figure(#[from] FigureError),
    /// A file was not written.
    #[error(transparent)]
    Document(#[from] DocumentError),
    /// A page was not set.
    #[error(transparent)]
    Typeset(#[from] TypesetError),
}

impl From<LedgerError> for ReportError {
    fn from(error: LedgerError) -> Self {
        Self::Figure(error.into())
    }
}

impl From<db::DbError> for ReportError {
    fn from(error: db::DbError) -> Self {
        Self::Figure(error.into())
    }
}

impl Coded for ReportError {
    fn code(&self) -> &'static str {
        match self {
            Self::Unknown(_) => "report_unknown",
            Self::Template(error) => error.code(),
            Self::Figure(error) => error.code(),
            Self::Document(error) => error.code(),
            Self::Typeset(error) => error.code(),
        }
    }

    fn kind(&self) -> ErrorKind {
        match self {
            Self::Unknown(_) => ErrorKind::NotFound,
            Self::Template(error) => error.kind(),
            Self::Figure(error) => error.kind(),
            Self::Document(error) => error.kind(),
            Self::Typeset(error) => error.kind(),
        }
    }

    fn details(&self) -> Map<String, Value> {
        match self {
            Self::Unknown(name) => {
                let shown: String = name.chars().take(60).collect();
                Map::from_iter([("report".to_owned(), shown.into())])
            }
            Self::Template(error) => error.details(),
            Self::Figure(error) => error.details(),
            Self::Document(error) => error.details(),
            Self::Typeset(error) => error.details(),
        }
    }
}
