//! The formats of a report.

use documents::report::{docx, html, xlsx};
use typeset::pdf;

use crate::{Made, ReportError, document::document};

/// What the file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// One page without scripts; each number leads to its rows.
    Html,
    /// For Word and WPS.
    Docx,
    /// A sheet a chapter, for a spreadsheet program.
    Xlsx,
    /// For paper and archive.
    Pdf,
    /// For programs: numbers with their certificates.
    Json,
}

impl Format {
    /// All formats.
    pub const ALL: [Self; 5] = [Self::Html, Self::Docx, Self::Xlsx, Self::Pdf, Self::Json];

    /// The word, which is also how a file's name ends.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Html => "html",
            Self::Docx => "docx",
            Self::Xlsx => "xlsx",
            Self::Pdf => "pdf",
            Self::Json => "json",
        }
    }

    /// What a browser is told that the file is.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Html => "text/html; charset=utf-8",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Pdf => "application/pdf",
            Self::Json => "application/json",
        }
    }

    /// The format from its word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.name() == word)
    }
}

impl Made {
    /// The report as a file. `address` is that of the server, such as `https://city.example`: files that leave it lead back there.
    ///
    /// # Errors
    /// [`ReportError::Document`] or [`ReportError::Typeset`] over a limit.
    pub fn write(&self, format: Format, address: Option<&str>) -> Result<Vec<u8>, ReportError> {
        let report = || document(self, address);
        Ok(match format {
            Format::Html => html(&report()).into_bytes(),
            Format::Docx => docx(&report())?,
            Format::Xlsx => xlsx(&report())?,
            Format::Pdf => pdf(&report())?.bytes,
            Format::Json => serde_json::to_vec_pretty(&self.filled)
                .map_err(|error| ledger::LedgerError::Damaged(error.to_string()))?,
        })
    }
}
