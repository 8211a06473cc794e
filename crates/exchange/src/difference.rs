//! What was found of each row, and the account of all.

use serde::Serialize;
use serde_json::{Map, Value};

use crate::{
    read::Sheet,
    remark::{Account, Remark},
};

/// A cell that the file changes.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CellChange {
    /// The field.
    pub field: &'static str,
    /// What stands.
    pub before: Value,
    /// What the file says.
    pub after: Value,
}

/// A cell that was changed in the file and, since the file went out, here as well.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Clash {
    /// The field.
    pub field: &'static str,
    /// What the file says.
    pub file: Value,
    /// What stands now.
    pub now: Value,
    /// What stood when the file went out.
    pub then: Value,
}

/// What would become of a row.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum Outcome {
    /// It is not there yet, or used no more: it is entered.
    New,
    /// It stands as the file says.
    Unchanged,
    /// These cells are changed.
    Changed {
        /// Cell by cell.
        cells: Vec<CellChange>,
    },
    /// These cells were changed on both sides; nothing of the row is taken in.
    Conflict {
        /// Cell by cell.
        cells: Vec<Clash>,
        /// The same for people.
        remarks: Vec<Remark>,
    },
    /// It cannot be taken in.
    Refused {
        /// Why.
        remarks: Vec<Remark>,
    },
}

/// A proposed row beside what stands.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Difference {
    /// Where it stands in the file.
    pub row: u32,
    /// Its key; none where the file does not say it.
    pub key: Option<String>,
    /// What would become of it.
    #[serde(flatten)]
    pub outcome: Outcome,
    /// The version that was compared with; 0 where there was none.
    #[serde(skip)]
    pub seen: u64,
    /// The whole row as it would be.
    #[serde(skip)]
    pub(crate) fields: Map<String, Value>,
    #[serde(skip)]
    pub(crate) table_rows: std::collections::BTreeMap<&'static str, Vec<u32>>,
}

impl Difference {
    /// Whether something would be written.
    #[must_use]
    pub const fn writes(&self) -> bool {
        matches!(self.outcome, Outcome::New | Outcome::Changed { .. })
    }

    /// Takes the whole row as it would be out of it, for who keeps differences and writes nothing of them.
    #[must_use]
    pub fn take_fields(&mut self) -> Map<String, Value> {
        std::mem::take(&mut self.fields)
    }

    /// Nothing of the row is taken in after all.
    pub fn refuse(&mut self, sheet: &Sheet, code: &'static str) {
        let remark = sheet.remark(self.row, "", "", code, &self.table_rows);
        self.outcome = Outcome::Refused { remarks: vec![remark] };
        self.fields = Map::new();
    }
}

impl Account {
    /// The account of what would be done, with the file's own warnings.
    #[must_use]
    pub fn of(sheet: &Sheet, differences: &[Difference]) -> Self {
        let mut account = Self { warnings: sheet.warnings.clone(), ..Self::default() };
        for difference in differences {
            account.rows += 1;
            match &difference.outcome {
                Outcome::New => {
                    account.imported += 1;
                    account.new += 1;
                }
                Outcome::Changed { .. } => account.imported += 1,
                Outcome::Unchanged => account.unchanged += 1,
                Outcome::Conflict { remarks, .. } => {
                    account.conflicts += 1;
                    account.refuse(remarks.iter().cloned());
                }
                Outcome::Refused { remarks } => account.refuse(remarks.iter().cloned()),
            }
        }
        account
    }
}
