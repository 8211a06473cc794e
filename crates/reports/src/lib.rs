//! The city's reports and letters as files: a shipped template is filled with the city's figures, made into a document, and written as HTML, Word,
//! workbook, PDF or JSON.
//!
//! # Overview
//! * [`REPORTS`], [`report()`]: the templates that come with the program, each in both languages.
//! * [`read()`]: a template of the city's own.
//! * [`make()`]: a template with a city's figures and ground, a [`Made`] report.
//! * [`Made::write`]: as a file of a [`Format`].
//! * [`letter_paper()`]: a letter 函 as it is printed.
//!
//! # Glossary
//! * **ground**: streets and towns with their borders, on which a map's things stand.

mod document;
mod error;
mod format;
mod ground;
mod letter;
mod make;
mod shipped;

pub use error::ReportError;
pub use format::Format;
pub use letter::{LetterFormat, letter_paper, write_letter};
pub use make::{Made, make};
pub use shipped::{REPORTS, Shipped, read, report};
