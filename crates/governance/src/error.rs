//! What can go wrong in this crate, apart from a rule's "no" ([`kernel::error::Refusal`]).

use documents::DocumentError;
use kernel::error::{Coded, ErrorKind};
use ledger::LedgerError;
use serde_json::{Map, Value};
use thiserror::Error;

use crate::dictionary::RowFault;

/// An error of the governance rooms; the code of each is a translation key.
#[derive(Debug, Error)]
pub enum GovernanceError {
    /// The ledger's own.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    /// A file as a whole could not be read or written.
    #[error(transparent)]
    Document(#[from] DocumentError),
    /// A mapping file cannot be read, or contradicts itself.
    #[error("the mapping is not usable: {reason}")]
    MappingMalformed {
        /// What is wrong, in English.
        reason: String,
    },
    /// A mapping names a column that the table does not have.
    #[error("the table has no column {column}")]
    MappingColumnMissing {
        /// The name.
        column: String,
    },
    /// A file has more rows than one import takes.
    #[error("the file has more than {rows_max} rows")]
    ImportTooLong {
        /// The limit.
        rows_max: u64,
    },
    /// More columns than a table may have.
    #[error("the table would have {columns} columns, at most {columns_max} are written")]
    ExportTooWide {
        /// How many there would be.
        columns: usize,
        /// The limit.
        columns_max: usize,
    },
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

impl From<db::DbError> for GovernanceError {
    fn from(error: db::DbError) -> Self {
        Self::Ledger(error.into())
    }
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
            Self::Ledger(error) => error.code(),
            Self::Document(error) => error.code(),
            Self::MappingMalformed { .. } => "mapping_malformed",
            Self::MappingColumnMissing { .. } => "mapping_column_missing",
            Self::ImportTooLong { .. } => "import_too_long",
            Self::ExportTooWide { .. } => "export_too_wide",
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
            Self::Ledger(error) => error.kind(),
            Self::Document(error) => error.kind(),
            Self::ImportTooLong { .. } => ErrorKind::TooLarge,
            Self::MappingMalformed { .. } | Self::MappingColumnMissing { .. } => ErrorKind::Malformed,
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
            | Self::ExportTooWide { .. }
            | Self::RowsRefused { .. } => ErrorKind::Invalid,
        }
    }

    fn details(&self) -> Map<String, Value> {
        let pairs: Vec<(&str, Value)> = match self {
            Self::Ledger(error) => return error.details(),
            Self::Document(error) => return error.details(),
            Self::MappingMalformed { reason } => vec![("reason", reason.as_str().into())],
            Self::MappingColumnMissing { column } => vec![("column", column.as_str().into())],
            Self::ImportTooLong { rows_max } => vec![("rows_max", (*rows_max).into())],
            Self::ExportTooWide { columns, columns_max } => {
                vec![("columns", (*columns).into()), ("columns_max", (*columns_max).into())]
            }
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
