//! What can go wrong in this room.

/// Why the demonstration city cannot be made. None of them comes from outside: the data ships with the program.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    /// A data file of the crate does not hold what is expected.
    #[error("the demonstration city's {file} is damaged: {reason}")]
    Data {
        /// Which file.
        file: &'static str,
        /// What is wrong with it.
        reason: String,
    },
    /// A shape came out that the map does not take.
    #[error("the demonstration city's shapes are damaged: {0}")]
    Shape(#[from] map::error::MapError),
    /// The ledger's own.
    #[error(transparent)]
    Ledger(#[from] ledger::LedgerError),
    /// The store's own.
    #[error(transparent)]
    Store(#[from] db::DbError),
    /// A period of the books cannot be read.
    #[error(transparent)]
    Period(#[from] kernel::period::PeriodError),
    /// A figure of the half-year cannot be counted.
    #[error(transparent)]
    Figure(#[from] figures::FigureError),
    /// A picture could not be drawn.
    #[error("a picture of the demonstration city cannot be made: {0}")]
    Picture(String),
    /// More cases than a demonstration city may have.
    #[error("a demonstration city has {max} cases at most")]
    TooManyCases {
        /// How many.
        max: u64,
    },
    /// The shipped list of units is damaged.
    #[error("the demonstration city's units are damaged: {0}")]
    Governance(#[from] governance::error::GovernanceError),
}

impl DemoError {
    pub(crate) fn data(file: &'static str, reason: impl std::fmt::Display) -> Self {
        Self::Data { file, reason: reason.to_string() }
    }
}
