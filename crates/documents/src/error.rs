//! The one error of this crate: why a file as a whole was not read or not written.

use std::io;

use kernel::error::{Coded, ErrorKind};
use serde_json::{Map, Value};
use thiserror::Error;

/// Why a file was not read or not written. Offsets count bytes from 0; rows, lines and features count from 1.
#[derive(Debug, Error)]
pub enum DocumentError {
    /// The operating system could not read the file or the stream.
    #[error("the file cannot be read")]
    Unreadable(#[source] io::Error),
    /// The operating system could not write the file or the stream.
    #[error("the file cannot be written")]
    Unwritable(#[source] io::Error),
    /// Nothing is in the file, or nothing but blank rows.
    #[error("the file is empty")]
    Empty,
    /// The file is larger than its named limit.
    #[error("the file has {bytes} bytes, at most {bytes_max} are read")]
    TooLarge {
        /// Size found.
        bytes: u64,
        /// The limit.
        bytes_max: u64,
    },
    /// A byte that is neither UTF-8 nor GB18030 (nor UTF-16 after its mark).
    #[error("line {line}: the byte at {offset} is neither UTF-8 nor GB18030")]
    EncodingUnknown {
        /// Offset of the byte from the start of the file.
        offset: u64,
        /// Line of the byte.
        line: u64,
    },
    /// Neither delimited text nor a workbook.
    #[error("the file is no table: it looks like {found}")]
    NotATable {
        /// What it looks like instead.
        found: &'static str,
    },
    /// A workbook of the format before 2007, or one with a password; both have the same envelope.
    #[error("the workbook is of the old .xls format or has a password: save it as .xlsx without one")]
    WorkbookOldOrLocked,
    /// The workbook's inner files contradict each other or are damaged.
    #[error("the workbook is damaged: {cause}")]
    WorkbookMalformed {
        /// What the reader found.
        cause: String,
    },
    /// The workbook would unpack to more than a limit allows (a decompression bomb).
    #[error("the workbook unpacks to too much: {measure} is {value}, at most {value_max}")]
    WorkbookBomb {
        /// `bytes`, `ratio`, `entries`, or `declared_bytes` where an inner file is larger than it says.
        measure: &'static str,
        /// Value found, as far as it was measured.
        value: u64,
        /// The limit.
        value_max: u64,
    },
    /// An inner file's name points outside the workbook, or is a link.
    #[error("the workbook holds an inner file with an unsafe name")]
    WorkbookEntryUnsafe,
    /// No sheet of that name or number.
    #[error("there is no sheet {wanted}; there are: {available}")]
    SheetMissing {
        /// Name or number asked for.
        wanted: String,
        /// The names that there are.
        available: String,
    },
    /// No row has the column names that were asked for.
    #[error("no header row with the columns {wanted}")]
    HeaderMissing {
        /// The names looked for; empty where any row would have done.
        wanted: String,
    },
    /// More columns than the named limit.
    #[error("row {row} has {columns} columns or more, at most {columns_max} are read")]
    ColumnsTooMany {
        /// The row.
        row: u64,
        /// Columns found.
        columns: u64,
        /// The limit.
        columns_max: u64,
    },
    /// A row longer than the named limit: most likely no table at all.
    #[error("row {row} is longer than {bytes_max} bytes")]
    RowTooLong {
        /// The row.
        row: u64,
        /// The limit.
        bytes_max: u64,
    },
    /// A photo of a type that is not taken in.
    #[error("the photo is neither JPEG, PNG, WebP nor GIF")]
    PhotoTypeUnknown,
    /// The header of the photo claims more pixels than a limit allows (a pixel flood).
    #[error("the photo is {width} by {height} pixels; at most {side_max} a side and {pixels_max} in all")]
    PhotoTooLarge {
        /// Width claimed.
        width: u32,
        /// Height claimed.
        height: u32,
        /// Limit of one side.
        side_max: u32,
        /// Limit of all pixels.
        pixels_max: u64,
    },
    /// The photo is cut short or damaged.
    #[error("the photo is damaged: {cause}")]
    PhotoMalformed {
        /// What the decoder found.
        cause: String,
    },
    /// The text is no GeoJSON.
    #[error("this is no GeoJSON: {cause}")]
    GeojsonMalformed {
        /// What the reader found.
        cause: String,
    },
    /// One feature is wrong.
    #[error("feature {feature}: {cause}")]
    FeatureInvalid {
        /// Number of the feature, from 1.
        feature: u64,
        /// What is wrong with it.
        cause: crate::geojson::FeatureFault,
    },
    /// More features or vertices than a limit allows.
    #[error("there are more than {count_max} {what}")]
    GeojsonTooMany {
        /// `features` or `vertices`.
        what: &'static str,
        /// The limit.
        count_max: u64,
    },
    /// No pair of columns can be longitude and latitude.
    #[error("no columns for longitude and latitude among: {available}")]
    PointColumnsMissing {
        /// The columns that there are.
        available: String,
    },
    /// A table that a workbook cannot hold (rows, columns, name of a sheet, merged ranges that overlap).
    #[error("the workbook cannot be written: {cause}")]
    WorkbookUnwritable {
        /// What the writer said.
        cause: String,
    },
    /// A report or a letter over a limit.
    #[error("the report has {value} {what}, at most {value_max} are written")]
    ReportTooLarge {
        /// What there is too much of: `blocks`, `cells`, `table_rows`, `bytes` …
        what: &'static str,
        /// Count found.
        value: usize,
        /// The limit.
        value_max: usize,
    },
    /// A drawing that is no SVG.
    #[error("the drawing cannot be read: {cause}")]
    PictureMalformed {
        /// What the reader found.
        cause: String,
    },
}

impl From<rust_xlsxwriter::XlsxError> for DocumentError {
    fn from(error: rust_xlsxwriter::XlsxError) -> Self {
        match error {
            rust_xlsxwriter::XlsxError::IoError(cause) => Self::Unwritable(cause),
            other => Self::WorkbookUnwritable { cause: other.to_string() },
        }
    }
}

impl Coded for DocumentError {
    fn code(&self) -> &'static str {
        match self {
            Self::Unreadable(_) => "document_unreadable",
            Self::Unwritable(_) => "document_unwritable",
            Self::Empty => "document_empty",
            Self::TooLarge { .. } => "document_too_large",
            Self::EncodingUnknown { .. } => "document_encoding_unknown",
            Self::NotATable { .. } => "document_not_a_table",
            Self::WorkbookOldOrLocked => "workbook_old_or_locked",
            Self::WorkbookMalformed { .. } => "workbook_malformed",
            Self::WorkbookBomb { .. } => "workbook_unpacks_too_large",
            Self::WorkbookEntryUnsafe => "workbook_entry_unsafe",
            Self::SheetMissing { .. } => "sheet_missing",
            Self::HeaderMissing { .. } => "header_missing",
            Self::ColumnsTooMany { .. } => "columns_too_many",
            Self::RowTooLong { .. } => "row_too_long",
            Self::PhotoTypeUnknown => "photo_type_unknown",
            Self::PhotoTooLarge { .. } => "photo_too_large",
            Self::PhotoMalformed { .. } => "photo_malformed",
            Self::GeojsonMalformed { .. } => "geojson_malformed",
            Self::FeatureInvalid { cause, .. } => cause.code(),
            Self::GeojsonTooMany { .. } => "geojson_too_many",
            Self::PointColumnsMissing { .. } => "point_columns_missing",
            Self::WorkbookUnwritable { .. } => "workbook_unwritable",
            Self::ReportTooLarge { .. } => "report_too_large",
            Self::PictureMalformed { .. } => "picture_malformed",
        }
    }

    fn kind(&self) -> ErrorKind {
        match self {
            Self::Unreadable(_) => ErrorKind::Internal,
            Self::Unwritable(cause) if cause.kind() == io::ErrorKind::StorageFull => ErrorKind::StorageFull,
            Self::Unwritable(_) => ErrorKind::Internal,
            Self::TooLarge { .. }
            | Self::WorkbookBomb { .. }
            | Self::ColumnsTooMany { .. }
            | Self::RowTooLong { .. }
            | Self::ReportTooLarge { .. }
            | Self::PhotoTooLarge { .. }
            | Self::GeojsonTooMany { .. } => ErrorKind::TooLarge,
            Self::SheetMissing { .. }
            | Self::HeaderMissing { .. }
            | Self::PointColumnsMissing { .. }
            | Self::FeatureInvalid { .. }
            | Self::PhotoTypeUnknown
            | Self::WorkbookUnwritable { .. } => ErrorKind::Invalid,
            Self::Empty
            | Self::EncodingUnknown { .. }
            | Self::NotATable { .. }
            | Self::WorkbookOldOrLocked
            | Self::WorkbookMalformed { .. }
            | Self::WorkbookEntryUnsafe
            | Self::PhotoMalformed { .. }
            | Self::PictureMalformed { .. }
            | Self::GeojsonMalformed { .. } => ErrorKind::Malformed,
        }
    }

    fn details(&self) -> Map<String, Value> {
        let mut details = Map::new();
        let mut put = |name: &str, value: Value| {
            details.insert(name.to_owned(), value);
        };
        match self {
            Self::Unreadable(_)
            | Self::Unwritable(_)
            | Self::Empty
            | Self::WorkbookOldOrLocked
            | Self::WorkbookEntryUnsafe
            | Self::PhotoTypeUnknown => {}
            Self::TooLarge { bytes, bytes_max } => {
                put("bytes", (*bytes).into());
                put("bytes_max", (*bytes_max).into());
            }
            Self::EncodingUnknown { offset, line } => {
                put("offset", (*offset).into());
                put("line", (*line).into());
            }
            Self::NotATable { found } => put("found", (*found).into()),
            Self::WorkbookMalformed { cause }
            | Self::PhotoMalformed { cause }
            | Self::PictureMalformed { cause }
            | Self::GeojsonMalformed { cause }
            | Self::WorkbookUnwritable { cause } => put("cause", cause.clone().into()),
            Self::WorkbookBomb { measure, value, value_max } => {
                put("measure", (*measure).into());
                put("value", (*value).into());
                put("value_max", (*value_max).into());
            }
            Self::SheetMissing { wanted, available } => {
                put("wanted", wanted.clone().into());
                put("available", available.clone().into());
            }
            Self::HeaderMissing { wanted } => put("wanted", wanted.clone().into()),
            Self::ColumnsTooMany { row, columns, columns_max } => {
                put("row", (*row).into());
                put("columns", (*columns).into());
                put("columns_max", (*columns_max).into());
            }
            Self::RowTooLong { row, bytes_max } => {
                put("row", (*row).into());
                put("bytes_max", (*bytes_max).into());
            }
            Self::PhotoTooLarge { width, height, side_max, pixels_max } => {
                put("width", (*width).into());
                put("height", (*height).into());
                put("side_max", (*side_max).into());
                put("pixels_max", (*pixels_max).into());
            }
            Self::FeatureInvalid { feature, cause } => {
                put("feature", (*feature).into());
                put("cause", cause.to_string().into());
            }
            Self::GeojsonTooMany { what, count_max } => {
                put("what", (*what).into());
                put("count_max", (*count_max).into());
            }
            Self::PointColumnsMissing { available } => put("available", available.clone().into()),
            Self::ReportTooLarge { what, value, value_max } => {
                put("what", (*what).into());
                put("value", (*value).into());
                put("value_max", (*value_max).into());
            }
        }
        details
    }
}
