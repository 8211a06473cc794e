//! What can go wrong with the store.

/// An error of the store. It never carries values of rows.
#[derive(Debug, Clone, thiserror::Error)]
pub enum DbError {
    /// The disk is full; nothing was written.
    #[error("storage_full")]
    StorageFull,
    /// Too many jobs wait for the writer.
    #[error("queue_full")]
    QueueFull,
    /// The store refuses writes until it was looked at.
    #[error("storage_sealed: {0}")]
    Sealed(&'static str),
    /// A read or write of the device failed, or the file is damaged.
    #[error("storage_failed: {0}")]
    Device(String),
    /// A unique key stands already.
    #[error("already_exists")]
    Unique,
    /// Another transaction stood in the way; the caller may try again.
    #[error("busy")]
    Busy,
    /// The store was shut down.
    #[error("stopped")]
    Stopped,
    /// The store was made by a newer program.
    #[error("schema_newer: {found} > {known}")]
    SchemaNewer {
        /// The last migration in the store.
        found: u32,
        /// The last migration of this program.
        known: u32,
    },
    /// The statement is wrong, or a column has another type: a fault of the program.
    #[error("statement: {0}")]
    Statement(String),
}

impl DbError {
    /// The translation key.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::StorageFull => "storage_full",
            Self::QueueFull | Self::Busy => "busy",
            Self::Sealed(_) => "storage_sealed",
            Self::Device(_) => "storage_failed",
            Self::Unique => "already_exists",
            Self::Stopped => "stopped",
            Self::SchemaNewer { .. } => "schema_newer",
            Self::Statement(_) => "internal",
        }
    }
}

impl From<rusqlite::Error> for DbError {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode;
        match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => Self::StorageFull,
            Some(ErrorCode::ConstraintViolation) => {
                let extended = error.sqlite_error().map_or(0, |inner| inner.extended_code);
                let unique =
                    [rusqlite::ffi::SQLITE_CONSTRAINT_UNIQUE, rusqlite::ffi::SQLITE_CONSTRAINT_PRIMARYKEY];
                if unique.contains(&extended) { Self::Unique } else { Self::Statement(error.to_string()) }
            }
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy,
            Some(
                ErrorCode::SystemIoFailure
                | ErrorCode::DatabaseCorrupt
                | ErrorCode::NotADatabase
                | ErrorCode::CannotOpen,
            ) => Self::Device(error.to_string()),
            _ => Self::Statement(error.to_string()),
        }
    }
}

impl From<postgres::Error> for DbError {
    fn from(error: postgres::Error) -> Self {
        let Some(database) = error.as_db_error() else {
            return Self::Device(error.to_string());
        };
        // SQLSTATE classes: 23505 unique, 53100 disk full, 40001/40P01/55P03 contention, 58xxx system errors, XX001 corruption.
        match database.code().code() {
            "23505" => Self::Unique,
            "53100" => Self::StorageFull,
            "40001" | "40P01" | "55P03" => Self::Busy,
            code if code.starts_with("58") || code.starts_with("XX") => Self::Device(code.to_owned()),
            code => Self::Statement(format!("{code} {}", database.message())),
        }
    }
}
