//! Reports and letters as PDF, set by typst as a library: real Chinese typesetting, no files, no network, no packages.
//!
//! What people wrote never becomes source text: the templates of this crate are constant and read everything as strings from one
//! data file in memory, so no text can be read as markup. Fonts are those of [`documents::report::fonts`]; a character that none of them has is
//! printed as an empty box `□` and counted.
//!
//! It is a crate of its own because typst takes minutes to build: who changes a report's words or another writer does not wait for it.
//!
//! # Overview
//! * [`pdf()`]: a report.
//! * [`letter_pdf()`]: a letter 函 in the form of GB/T 9704-2012, clause 10.1.
//! * [`Pdf`]: the bytes, and what was found on the way.
//! * [`error`]: the one error of this crate.
//!
//! # Glossary
//! * **template**: one of the constant typst sources of this crate.
//! * **world**: what typst may read: a template, the data and the drawings of one document, three fonts.
//! * **archival**: meets PDF/A-2a, which offices keep for long; asks for a date.
//! * Abbreviations allowed in names: `pdf`, `json`, `svg`.

pub mod error;
mod letter;
mod printable;
mod report;
mod set;
mod world;

pub use error::TypesetError;
pub use letter::letter_pdf;
pub use report::{PDF_CELLS_MAX, pdf};

/// A document that was set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pdf {
    /// The file; equal documents give equal bytes.
    pub bytes: Vec<u8>,
    /// Pages.
    pub pages: usize,
    /// Characters that no font has, printed as empty boxes.
    pub characters_missing: usize,
    /// Whether the file meets PDF/A-2a: it has a date, and no drawing in it forbids it.
    pub is_archival: bool,
}

#[cfg(test)]
mod tests;
