//! Whose rows an import may see and change: those of whoever brings the file.

use ledger::register::Description;
use serde_json::{Map, Value};

/// Some rows of a register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rows {
    /// All.
    All,
    /// Those that name a unit as the one that answers for them.
    Unit {
        /// The unit.
        unit: String,
        /// Those that name no unit as well.
        unnamed: bool,
    },
    /// None.
    None,
}

impl Rows {
    /// Whether a row with these fields is among them.
    pub(crate) fn hold(&self, description: &Description, fields: &Map<String, Value>) -> bool {
        match self {
            Self::All => true,
            Self::Unit { unit, unnamed } => {
                let named = description.unit.and_then(|name| fields.get(name)?.as_str());
                named.filter(|named| !named.is_empty()).map_or(*unnamed, |named| named == unit)
            }
            Self::None => false,
        }
    }
}

/// Which rows somebody sees and which they change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reach {
    /// Rows that are seen; of any other nothing is told but that its key is taken.
    pub sees: Rows,
    /// Rows that may be entered and changed: as they stand and as they would be.
    pub changes: Rows,
}

impl Reach {
    /// All rows: whoever runs the program on the machine.
    pub const ALL: Self = Self { sees: Rows::All, changes: Rows::All };
}
