//! The handbook's versions and the city's local classes as the ledger keeps them.

use ledger::{FieldFault, Register};
use serde::{Deserialize, Serialize};

use super::Handbook;
use crate::dictionary::Class;

/// A published version of the handbook: a row of its own, never changed, because cases filed under it keep their rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct HandbookVersion(pub Handbook);

impl Register for HandbookVersion {
    const NAME: &'static str = "handbook";

    fn key(&self) -> String {
        self.0.version().to_string()
    }
}

/// A class that the city has added to an edition 扩展类.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct LocalClass(pub Class);

impl Register for LocalClass {
    const NAME: &'static str = "local_class";

    fn key(&self) -> String {
        self.0.key.to_string()
    }

    fn validate(&self) -> Vec<FieldFault> {
        if self.0.local { Vec::new() } else { vec![FieldFault::new("local", "local_class_malformed")] }
    }
}
