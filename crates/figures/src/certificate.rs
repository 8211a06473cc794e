//! What a figure carries so that anybody can evaluate it again: by which formula, as of which entry, over which rows.

use ledger::record::Given;
use serde::Serialize;
use sha2::{Digest as _, Sha256};

use crate::opened::Side;

/// By what a figure can be evaluated again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Certificate {
    /// The figure's code.
    pub figure: &'static str,
    /// The version of its formula.
    pub version: u32,
    /// The number of entries that the city's ledger held: the last one's place.
    pub entries: u64,
    /// SHA-256 over the rows, hexadecimal: of each, in the order in which they are listed, the side, the key, its version and what it
    /// gives.
    pub rows_hash: String,
}

/// The hash over rows as they come.
#[derive(Default)]
pub(crate) struct RowsHash(Sha256);

impl RowsHash {
    pub(crate) fn add(&mut self, side: Side, sign: i64, given: &Given) {
        let mark = match (side, sign) {
            (Side::Whole, _) => b'w',
            (Side::Part, -1) => b'-',
            (Side::Part, _) => b'+',
        };
        self.0.update([mark]);
        // Lengths before texts, so that no two lists of rows give the same bytes.
        self.0.update((given.key.len() as u64).to_be_bytes());
        self.0.update(given.key.as_bytes());
        self.0.update(given.version.to_be_bytes());
        self.0.update(given.amount.to_be_bytes());
    }

    pub(crate) fn finish(self) -> String {
        ledger::hex(&self.0.finalize())
    }
}
