//! How a bad row of an imported table is reported: where it is, what is wrong and how to mend it.

use std::borrow::Cow;

use serde::Serialize;

/// Characters of a refused value that a report repeats.
pub const FAULT_VALUE_CHARACTERS_MAX: usize = 120;

/// What is wrong with one field, before it is known in which row it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldFault {
    /// The column's heading in the handbook's field words.
    pub column: Cow<'static, str>,
    /// The value found, cut to [`FAULT_VALUE_CHARACTERS_MAX`].
    pub value: String,
    /// The translation key.
    pub code: &'static str,
    /// What is wrong, in English.
    pub message: String,
    /// How to mend it, in English.
    pub mend: &'static str,
}

impl FieldFault {
    /// A fault of a field.
    #[must_use]
    pub fn new(
        column: impl Into<Cow<'static, str>>,
        value: &str,
        code: &'static str,
        message: impl Into<String>,
        mend: &'static str,
    ) -> Self {
        let value = value.chars().take(FAULT_VALUE_CHARACTERS_MAX).collect();
        Self { column: column.into(), value, code, message: message.into(), mend }
    }

    /// The fault with its place.
    #[must_use]
    pub fn at(self, sheet: &str, row: u32) -> RowFault {
        RowFault {
            sheet: sheet.to_owned(),
            row,
            column: self.column,
            value: self.value,
            code: self.code,
            message: self.message,
            mend: self.mend,
        }
    }
}

/// One fault of one row; a row that is refused has at least one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RowFault {
    /// The sheet's name; empty for CSV.
    pub sheet: String,
    /// The row as the person sees it, counted from 1 with the heading.
    pub row: u32,
    /// The column's heading.
    pub column: Cow<'static, str>,
    /// The value found, cut to [`FAULT_VALUE_CHARACTERS_MAX`].
    pub value: String,
    /// The translation key.
    pub code: &'static str,
    /// What is wrong, in English.
    pub message: String,
    /// How to mend it, in English.
    pub mend: &'static str,
}

/// The account of an import: `rows = imported + unchanged + refused`, always.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct ImportReport {
    /// Rows that held anything.
    pub rows: u32,
    /// Rows taken in.
    pub imported: u32,
    /// Rows that say what is there already.
    pub unchanged: u32,
    /// Rows not taken in.
    pub refused: u32,
    /// Why rows were refused; a row may have several faults.
    pub refusals: Vec<RowFault>,
    /// What was taken in but should be looked at.
    pub warnings: Vec<RowFault>,
}

impl ImportReport {
    /// Counts a row that was refused for these faults.
    pub fn refuse(&mut self, faults: impl IntoIterator<Item = RowFault>) {
        self.rows += 1;
        self.refused += 1;
        self.refusals.extend(faults);
    }

    /// Counts a row that was taken in.
    pub fn take(&mut self) {
        self.rows += 1;
        self.imported += 1;
    }

    /// Counts a row that changes nothing.
    pub fn leave(&mut self) {
        self.rows += 1;
        self.unchanged += 1;
    }
}
