//! The one error of this crate: why a document was not set.

use documents::DocumentError;
use kernel::error::{Coded, ErrorKind};
use serde_json::{Map, Value};
use thiserror::Error;

/// Why a document was not set.
#[derive(Debug, Error)]
pub enum TypesetError {
    /// It is over a limit.
    #[error(transparent)]
    Document(#[from] DocumentError),
    /// Typst did not set it: a drawing is no SVG, or a template is wrong.
    #[error("the document cannot be set: {cause}")]
    Unset {
        /// What typst said.
        cause: String,
    },
}

impl Coded for TypesetError {
    fn code(&self) -> &'static str {
        match self {
            Self::Document(cause) => cause.code(),
            Self::Unset { .. } => "document_unset",
        }
    }

    fn kind(&self) -> ErrorKind {
        match self {
            Self::Document(cause) => cause.kind(),
            Self::Unset { .. } => ErrorKind::Invalid,
        }
    }

    fn details(&self) -> Map<String, Value> {
        match self {
            Self::Document(cause) => cause.details(),
            Self::Unset { cause } => Map::from_iter([("cause".to_owned(), cause.clone().into())]),
        }
    }
}
