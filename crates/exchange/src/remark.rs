//! What is said of rows and cells: where, which value, which code, what is wrong and how to mend it; and the account of a whole import.

use std::borrow::Cow;

use serde::Serialize;
use serde_json::{Map, Value};

use crate::REMARKS_MAX;

/// Characters of a value that a remark repeats at the most.
const VALUE_CHARACTERS_MAX: usize = 120;

/// Says a translation key with its values in the reader's language; none where it has no text.
pub type Speak<'a> = dyn Fn(&str, &Map<String, Value>) -> Option<String> + 'a;

/// Where in a table something stands, for marking.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// Which sheet, from 0.
    pub sheet: usize,
    /// Which column, from 0; the row as a whole where there is none.
    pub column: Option<usize>,
}

/// What is said of a row or cell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Remark {
    /// The sheet's name; empty for CSV and JSON.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub sheet: String,
    /// The row as a spreadsheet program numbers it; of GeoJSON the number of the feature, of JSON the line.
    pub row: u32,
    /// The column's heading in the file, or the field's name where the file has no such column.
    pub column: String,
    /// The value found, shortened and without personal data.
    pub value: String,
    /// The translation key.
    pub code: Cow<'static, str>,
    /// What is wrong; the code until it is said ([`Account::say`]).
    pub message: String,
    /// How to mend it.
    pub mend: String,
    /// Where that is.
    #[serde(skip)]
    pub place: Option<Place>,
    /// Values for the texts.
    #[serde(skip)]
    pub details: Map<String, Value>,
}

impl Remark {
    pub(crate) fn new(row: u32, column: &str, value: &str, code: impl Into<Cow<'static, str>>) -> Self {
        let code = code.into();
        let value: String = value.chars().take(VALUE_CHARACTERS_MAX).collect();
        let mut details = Map::new();
        details.insert("field".to_owned(), column.into());
        Self {
            sheet: String::new(),
            row,
            column: column.to_owned(),
            value: kernel::text::mask_personal(&value).text,
            message: code.clone().into_owned(),
            code,
            mend: String::new(),
            place: None,
            details,
        }
    }

    pub(crate) fn at(mut self, sheet: usize, name: &str, column: Option<usize>) -> Self {
        name.clone_into(&mut self.sheet);
        self.place = Some(Place { sheet, column });
        self
    }

    pub(crate) fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.details.insert(name.to_owned(), value.into());
        self
    }

    /// Gives it its texts.
    pub fn say(&mut self, speak: &Speak<'_>) {
        if let Some(text) = speak(&self.code, &self.details) {
            self.message = text;
        }
        let mend = speak(&format!("mend_{}", self.code), &self.details);
        self.mend = mend.or_else(|| speak("mend_cell", &self.details)).unwrap_or_default();
    }
}

/// The account of an import: rows = imported + unchanged + refused.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Account {
    /// Rows that held anything.
    pub rows: u64,
    /// Rows taken in, or that would be.
    pub imported: u64,
    /// Of those, rows that were not there before.
    pub new: u64,
    /// Rows that say what stands already.
    pub unchanged: u64,
    /// Rows not taken in, conflicts among them.
    pub refused: u64,
    /// Rows not taken in because a cell was changed in the file and here.
    pub conflicts: u64,
    /// Why rows were refused; a row may have several reasons. At most [`REMARKS_MAX`].
    pub refusals: Vec<Remark>,
    /// What should be looked at. At most [`REMARKS_MAX`].
    pub warnings: Vec<Remark>,
    /// The import's id, where something was written: by it the import can be undone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub import: Option<String>,
}

impl Account {
    pub(crate) fn refuse(&mut self, remarks: impl IntoIterator<Item = Remark>) {
        self.refused += 1;
        let left = REMARKS_MAX.saturating_sub(self.refusals.len());
        self.refusals.extend(remarks.into_iter().take(left));
    }

    /// Gives every remark its texts.
    pub fn say(&mut self, speak: &Speak<'_>) {
        self.refusals.sort_by_key(|remark| remark.row);
        for remark in self.refusals.iter_mut().chain(&mut self.warnings) {
            remark.say(speak);
        }
    }
}
