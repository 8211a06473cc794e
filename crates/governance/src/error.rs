//! What can go wrong in this crate, apart from a rule's "no" ([`kernel::error::Refusal`]).

use kernel::error::{Coded, ErrorKind};
use serde_json::{Map, Value};
use thiserror::Error;

use crate::dictionary::RowFault;

/// An error of the governance rooms; the code of each is a translation key.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum GovernanceError {
    /// No such edition in the dictionary.
    #[error("dictionary edition {edition} is unknown")]
    EditionUnknown {
        /// The edition asked for.
        edition: String,
    },
    /// An edition of that code is there already.
    #[error("dictionary edition {edition} exists already")]
    EditionTaken {
        /// The edition offered.
        edition: String,
    },
    /// The edition's own numbers contradict each other.
    #[error("dictionary edition {edition}: {reason}")]
    EditionMalformed {
        /// The edition offered.
        edition: String,
        /// What is wrong.
        reason: String,
    },
    /// The text is not a class code of the edition.
    #[error("{code} is not a class code of edition {edition}")]
    ClassCodeMalformed {
        /// The edition.
        edition: String,
        /// The text offered.
        code: String,
    },
    /// The text names no class: `EDITION-KIND-CODE`.
    #[error("{class} names no class")]
    ClassUnknown {
        /// The text offered.
        class: String,
    },
    /// The major class is unknown in the edition.
    #[error("edition {edition} has no major class {major}")]
    MajorUnknown {
        /// The edition.
        edition: String,
        /// The two digits offered.
        major: String,
    },
    /// The code is in use, was in use, or is kept vacant: codes are never reused.
    #[error("class code {code} of edition {edition} is in use or was used before")]
    ClassCodeTaken {
        /// The edition.
        edition: String,
        /// The code offered.
        code: String,
    },
    /// The code is outside the range that the edition leaves to local extensions, or its name lacks the suffix.
    #[error("{code} breaks the local extension rule of edition {edition}: {reason}")]
    LocalClassMalformed {
        /// The edition.
        edition: String,
        /// The code offered.
        code: String,
        /// Which rule, in English.
        reason: String,
    },
    /// Every local code of the major class has been used.
    #[error("major class {major} of edition {edition} has no local code left")]
    LocalCodesExhausted {
        /// The edition.
        edition: String,
        /// The major class.
        major: String,
    },
    /// A CSV or workbook text cannot be read as a table at all.
    #[error("the table cannot be read: {reason}")]
    TableUnreadable {
        /// What the reader said.
        reason: String,
    },
    /// A workbook cannot be written.
    #[error("the workbook cannot be written: {reason}")]
    TableUnwritable {
        /// What the writer said.
        reason: String,
    },
    /// Rows that must all be good are not; nothing was taken.
    #[error("{} rows are not acceptable; the first is row {}: {}", faults.len(), first_row(faults), first_message(faults))]
    RowsRefused {
        /// Every bad row.
        faults: Vec<RowFault>,
    },
    /// A handbook version must be higher, and in force later, than the one before.
    #[error("handbook version {version} does not follow version {latest}")]
    HandbookVersionOutOfOrder {
        /// The version offered.
        version: u32,
        /// The latest version on the shelf.
        latest: u32,
    },
}

fn first_row(faults: &[RowFault]) -> u32 {
    faults.first().map_or(0, |fault| fault.row)
}

fn first_message(faults: &[RowFault]) -> &str {
    faults.first().map_or("", |fault| fault.message.as_str())
}

impl Coded for GovernanceError {
    fn code(&self) -> &'static str {
        match self {
            Self::EditionUnknown { .. } => "edition_unknown",
            Self::EditionTaken { .. } => "edition_taken",
            Self::EditionMalformed { .. } => "edition_malformed",
            Self::ClassCodeMalformed { .. } => "class_code_malformed",
            Self::ClassUnknown { .. } => "class_unknown",
            Self::MajorUnknown { .. } => "major_unknown",
            Self::ClassCodeTaken { .. } => "class_code_taken",
            Self::LocalClassMalformed { .. } => "local_class_malformed",
            Self::LocalCodesExhausted { .. } => "local_codes_exhausted",
            Self::TableUnreadable { .. } => "table_unreadable",
            Self::TableUnwritable { .. } => "table_unwritable",
            Self::RowsRefused { .. } => "rows_refused",
            Self::HandbookVersionOutOfOrder { .. } => "handbook_version_out_of_order",
        }
    }

    fn kind(&self) -> ErrorKind {
        match self {
            Self::EditionUnknown { .. } | Self::ClassUnknown { .. } => ErrorKind::NotFound,
            Self::EditionTaken { .. }
            | Self::ClassCodeTaken { .. }
            | Self::LocalCodesExhausted { .. }
            | Self::HandbookVersionOutOfOrder { .. } => ErrorKind::Conflict,
            Self::TableUnreadable { .. } => ErrorKind::Malformed,
            Self::TableUnwritable { .. } => ErrorKind::Internal,
            Self::EditionMalformed { .. }
            | Self::ClassCodeMalformed { .. }
            | Self::MajorUnknown { .. }
            | Self::LocalClassMalformed { .. }
            | Self::RowsRefused { .. } => ErrorKind::Invalid,
        }
    }

    fn details(&self) -> Map<String, Value> {
        let pairs: Vec<(&str, Value)> = match self {
            Self::EditionUnknown { edition } | Self::EditionTaken { edition } => {
                vec![("edition", edition.as_str().into())]
            }
            Self::EditionMalformed { edition, reason } => {
                vec![("edition", edition.as_str().into()), ("reason", reason.as_str().into())]
            }
            Self::ClassCodeMalformed { edition, code } | Self::ClassCodeTaken { edition, code } => {
                vec![("edition", edition.as_str().into()), ("code", code.as_str().into())]
            }
            Self::ClassUnknown { class } => vec![("class", class.as_str().into())],
            Self::MajorUnknown { edition, major } | Self::LocalCodesExhausted { edition, major } => {
                vec![("edition", edition.as_str().into()), ("major", major.as_str().into())]
            }
            Self::LocalClassMalformed { edition, code, reason } => vec![
                ("edition", edition.as_str().into()),
                ("code", code.as_str().into()),
                ("reason", reason.as_str().into()),
            ],
            Self::TableUnreadable { reason } | Self::TableUnwritable { reason } => {
                vec![("reason", reason.as_str().into())]
            }
            Self::RowsRefused { faults } => {
                vec![("faults", serde_json::to_value(faults).unwrap_or(Value::Null))]
            }
            Self::HandbookVersionOutOfOrder { version, latest } => {
                vec![("version", (*version).into()), ("latest", (*latest).into())]
            }
        };
        pairs.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
    }
}
