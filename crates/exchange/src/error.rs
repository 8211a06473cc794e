//! The one error of this crate: why a file as a whole was not read, written or applied.

use documents::DocumentError;
use kernel::error::{Coded, ErrorKind};
use ledger::LedgerError;
use serde_json::{Map, Value};

/// Why a file as a whole came to nothing.
#[derive(Debug, thiserror::Error)]
pub enum ExchangeError {
    /// The file itself.
    #[error(transparent)]
    Document(#[from] DocumentError),
    /// The ledger or a rule.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    /// No row of the table names fields of the register.
    #[error("no row of the table names the fields of {register}: {wanted}")]
    HeadingsMissing {
        /// The register.
        register: &'static str,
        /// The columns that say which row it is.
        wanted: String,
    },
    /// A column has a unit that its field cannot have.
    #[error("column {column}: the unit {unit} does not belong to this field")]
    UnitWrong {
        /// The heading.
        column: String,
        /// The unit in it.
        unit: String,
    },
    /// More rows than one import takes.
    #[error("the file has more than {rows_max} rows")]
    RowsTooMany {
        /// The limit.
        rows_max: u64,
    },
    /// The text is neither JSON rows nor GeoJSON.
    #[error("line {line}: this is no JSON: {cause}")]
    JsonMalformed {
        /// Line, from 1.
        line: u64,
        /// What the reader found.
        cause: String,
    },
    /// A register without shapes has no GeoJSON.
    #[error("rows of {register} have no place on the map")]
    WithoutShape {
        /// The register.
        register: &'static str,
    },
    /// A copy with marks is made of tables only.
    #[error("only a table can be marked")]
    MarkNeedsTable,
}

impl From<db::DbError> for ExchangeError {
    fn from(error: db::DbError) -> Self {
        Self::Ledger(error.into())
    }
}

impl Coded for ExchangeError {
    fn code(&self) -> &'static str {
        match self {
            Self::Document(error) => error.code(),
            Self::Ledger(error) => error.code(),
            Self::HeadingsMissing { .. } => "headings_missing",
            Self::UnitWrong { .. } => "column_unit_wrong",
            Self::RowsTooMany { .. } => "import_rows_too_many",
            Self::JsonMalformed { .. } => "json_malformed",
            Self::WithoutShape { .. } => "register_without_shape",
            Self::MarkNeedsTable => "mark_needs_table",
        }
    }

    fn kind(&self) -> ErrorKind {
        match self {
            Self::Document(error) => error.kind(),
            Self::Ledger(error) => error.kind(),
            Self::RowsTooMany { .. } => ErrorKind::TooLarge,
            Self::JsonMalformed { .. } => ErrorKind::Malformed,
            Self::HeadingsMissing { .. }
            | Self::UnitWrong { .. }
            | Self::WithoutShape { .. }
            | Self::MarkNeedsTable => ErrorKind::Invalid,
        }
    }

    fn details(&self) -> Map<String, Value> {
        match self {
            Self::Document(error) => error.details(),
            Self::Ledger(error) => error.details(),
            Self::HeadingsMissing { register, wanted } => {
                details(&[("register", (*register).into()), ("wanted", wanted.clone().into())])
            }
            Self::UnitWrong { column, unit } => {
                details(&[("column", column.clone().into()), ("unit", unit.clone().into())])
            }
            Self::RowsTooMany { rows_max } => details(&[("rows_max", (*rows_max).into())]),
            Self::JsonMalformed { line, cause } => {
                details(&[("line", (*line).into()), ("cause", cause.clone().into())])
            }
            Self::WithoutShape { register } => details(&[("register", (*register).into())]),
            Self::MarkNeedsTable => Map::new(),
        }
    }
}

fn details(values: &[(&str, Value)]) -> Map<String, Value> {
    values.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect()
}
