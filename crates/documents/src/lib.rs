//! Files for people: what comes in from a spreadsheet, a map or a phone, and what goes out to one. Everything that
//! arrives here is hostile until read: sizes, pixels, rows, columns and vertices have named limits, and a fault says
//! what is wrong and where, so that a clerk can find it. Nothing here knows what the rows mean.
//!
//! # Overview
//! * [`encoding`]: bytes to text, with the encoding that was found.
//! * [`table`]: the one door for tabular input, CSV and XLSX, row by row in bounded memory.
//! * [`datetime`]: the format of a column of date-times, and its cells as UTC milliseconds.
//! * [`points`]: a CSV of points read straight into longitudes and latitudes.
//! * [`geojson`]: features in and out, in plain nested vectors.
//! * [`mark`]: a copy of a table with cells marked.
//! * [`photo`]: a photo inspected, cleaned of metadata and of whatever rode along, and fingerprinted.
//! * [`report`]: a report or a letter as a document of headings, paragraphs, tables, charts and maps; HTML, Word, workbook.
//! * [`write`]: CSV and XLSX that open right in a spreadsheet program and never run as formulas.
//! * [`error`]: the one error of this crate; the faults of a single row are [`table::RowFault`].
//!
//! # Glossary
//! * **row number**: what the spreadsheet program shows at the left edge, from 1, the header included.
//! * **fault**: something wrong with one row; reading goes on. An **error** ends the reading of the file.
//! * **feature**: a shape with properties; its number counts from 1 in the order of the file.
//! * **clean**: decoded to pixels and encoded anew, so that nothing but the picture is left.
//! * **span**: a run of text of a paragraph. **Block**: a heading, paragraph, table, chart or map of a report.
//! * **serial number**: how spreadsheet programs hold a date-time: days since 1899-12-30, with a fraction.
//! * Abbreviations allowed in names: `csv`, `docx`, `html`, `svg`, `xlsx`, `lon`, `lat`, `max`, `utf8`, `ms`.

pub mod datetime;
pub mod encoding;
pub mod error;
pub mod geojson;
pub mod mark;
pub mod photo;
pub mod points;
pub mod report;
pub mod table;
pub mod write;

pub use error::DocumentError;
