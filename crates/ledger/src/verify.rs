//! Checking the ledger: every hash, every head, every record against its entries, every receipt.
//!
//! Entries are checked in ranges by several readers at once: an entry's hash is that of its content over the stored hash before it, so a
//! range needs only the hash before its first entry, and gives a whole subtree of the Merkle tree. Ranges are joined in order, so the
//! first bad row is named, however the work was shared out.

mod chain_check;
mod parallel;
mod record_check;

use std::sync::Arc;

use db::Db;
use kernel::code::CityCode;

use crate::{Ledger, LedgerError, Receipt, noun::AnyNoun};

/// What a check found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// Entries that were read.
    pub entries: u64,
    /// Records that were compared.
    pub records: u64,
    /// The tree's root of each city, hexadecimal.
    pub heads: Vec<(CityCode, String)>,
    /// The first row that is not what it should be.
    pub first_bad: Option<String>,
}

/// How far a check is; called with every few thousand rows.
pub type Progress<'a> = dyn FnMut(u64) + 'a;

/// Checks every city: the chain, the head and the receipts, and with `records` that each record is, byte for byte, what its entries give.
/// Others may write meanwhile; what they add is not checked. It waits for readers of the store: not for threads of an async runtime.
///
/// # Errors
/// [`LedgerError`] where the store cannot be read; what is read but wrong is the verdict, not an error.
pub fn verify(
    ledger: &Ledger,
    records: bool,
    receipts: &[Receipt],
    progress: &mut Progress<'_>,
) -> Result<Verdict, LedgerError> {
    verify_nouns(ledger.db(), ledger.nouns(), records, receipts, progress)
}

pub(crate) fn verify_nouns(
    db: &Db,
    nouns: &Arc<Vec<Box<dyn AnyNoun>>>,
    records: bool,
    receipts: &[Receipt],
    progress: &mut Progress<'_>,
) -> Result<Verdict, LedgerError> {
    let mut verdict = Verdict { entries: 0, records: 0, heads: Vec::new(), first_bad: None };
    let cities = db.read_blocking(crate::cities)?;
    for city in &cities {
        let of_city: Vec<Receipt> =
            receipts.iter().filter(|receipt| receipt.city == *city).cloned().collect();
        let chain = chain_check::check(db, *city, of_city, progress)?;
        verdict.entries += chain.entries;
        verdict.heads.push((*city, chain.root));
        verdict.first_bad = chain.first_bad;
        for noun in 0..if records { nouns.len() } else { 0 } {
            if verdict.first_bad.is_none() {
                let found = record_check::check(db, *city, nouns, noun, progress)?;
                verdict.records += found.records;
                verdict.first_bad = found.first_bad;
            }
        }
        if verdict.first_bad.is_some() {
            return Ok(verdict);
        }
    }
    if let Some(receipt) = receipts.iter().find(|receipt| !cities.contains(&receipt.city)) {
        verdict.first_bad =
            Some(format!("receipt {}: the city {} has no entries", receipt.seq, receipt.city));
    }
    Ok(verdict)
}
