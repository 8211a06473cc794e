//! Checking the ledger: every hash, every head, every record against its entries, every receipt.

use std::ops::ControlFlow;

use db::Tx;
use kernel::{code::CityCode, time::Moment};

use crate::{
    Ledger, LedgerError, Receipt,
    chain::{self, Content, Hash, Head},
    entry, record,
};

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

/// How far a check is; called every few thousand rows.
pub type Progress<'a> = dyn FnMut(u64) + 'a;

/// Rows between two signs of life.
const PROGRESS_ROWS: u64 = 16_384;

/// Checks every city: the chain, the head and the receipts, and with `records` that each record is, byte for byte, what its entries give.
///
/// # Errors
/// [`LedgerError`] where the store cannot be read; what is read but wrong is the verdict, not an error.
pub fn verify(
    ledger: &Ledger,
    tx: &mut Tx<'_>,
    records: bool,
    receipts: &[Receipt],
    progress: &mut Progress<'_>,
) -> Result<Verdict, LedgerError> {
    let mut verdict = Verdict { entries: 0, records: 0, heads: Vec::new(), first_bad: None };
    for city in crate::cities(tx)? {
        check_chain(tx, city, receipts, &mut verdict, progress)?;
        if records && verdict.first_bad.is_none() {
            for noun in ledger.nouns().iter() {
                check_records(tx, city, noun.as_ref(), &mut verdict, progress)?;
            }
        }
        if verdict.first_bad.is_some() {
            break;
        }
    }
    if verdict.first_bad.is_none()
        && let Some(receipt) =
            receipts.iter().find(|receipt| verdict.heads.iter().all(|(city, _)| *city != receipt.city))
    {
        verdict.first_bad =
            Some(format!("receipt {}: the city {} has no entries", receipt.seq, receipt.city));
    }
    Ok(verdict)
}

fn check_chain(
    tx: &mut Tx<'_>,
    city: CityCode,
    receipts: &[Receipt],
    verdict: &mut Verdict,
    progress: &mut Progress<'_>,
) -> Result<(), LedgerError> {
    let stored = entry::head(tx, city)?;
    let mut head = Head::empty(city);
    let mut bad = None;
    let mut buffer = Vec::with_capacity(2_048);
    let mut receipts: Vec<&Receipt> = receipts.iter().filter(|receipt| receipt.city == city).collect();
    receipts.sort_by_key(|receipt| receipt.entries);
    let mut open_receipts = receipts.into_iter().peekable();
    tx.each(
        "SELECT seq, at, noun, key, version, kind, actor, body, hash FROM entry WHERE city = $1 ORDER BY seq",
        &[city.number().into()],
        |row| {
            let seq = row.int(0)?.cast_unsigned();
            if seq != head.entries + 1 {
                bad = Some(format!("city {city} entry {}: missing; the next is {seq}", head.entries + 1));
                return Ok(ControlFlow::Break(()));
            }
            let at = Moment(row.int(1)?);
            let content = Content {
                city,
                seq,
                at,
                noun: row.text(2)?,
                key: row.text(3)?,
                version: row.int(4)?.cast_unsigned(),
                kind: row.text(5)?,
                actor: row.text(6)?,
                body: row.text(7)?,
            };
            let hash: Hash = chain::link(&head.hash, &content.hash(&mut buffer));
            if row.blob(8)? != hash {
                bad = Some(format!(
                    "city {city} entry {seq}: its hash is not that of its content after entry {}",
                    seq - 1
                ));
                return Ok(ControlFlow::Break(()));
            }
            head.push(hash, at);
            while let Some(receipt) = open_receipts.next_if(|receipt| receipt.entries == seq) {
                if chain::hex(&head.root()) != receipt.root
                    || (receipt.seq == seq && chain::hex(&hash) != receipt.hash)
                {
                    bad = Some(format!("city {city} entry {seq}: the receipt given then does not fit"));
                    return Ok(ControlFlow::Break(()));
                }
            }
            if head.entries.is_multiple_of(PROGRESS_ROWS) {
                progress(PROGRESS_ROWS);
            }
            Ok::<_, LedgerError>(ControlFlow::Continue(()))
        },
    )?;
    verdict.entries += head.entries;
    if bad.is_none()
        && let Some(receipt) = open_receipts.next()
    {
        bad = Some(format!("city {city} entry {}: missing; a receipt was given for it", receipt.entries));
    }
    if bad.is_none() && head != stored {
        bad = Some(format!(
            "city {city} head: it says {} entries, the chain has {} or another end",
            stored.entries, head.entries
        ));
    }
    verdict.heads.push((city, chain::hex(&head.root())));
    verdict.first_bad = bad;
    Ok(())
}

fn check_records(
    tx: &mut Tx<'_>,
    city: CityCode,
    noun: &dyn crate::noun::AnyNoun,
    verdict: &mut Verdict,
    progress: &mut Progress<'_>,
) -> Result<(), LedgerError> {
    let name = noun.name();
    let sql = format!("SELECT key, version, state FROM record_{name} WHERE city = $1 ORDER BY key");
    // Two passes in one snapshot: what the entries give, in order of the keys, beside what stands.
    let mut expected = ExpectedRecords::default();
    record::each_replay(tx, city, name, |rows| {
        let version = rows.last().map_or(0, |row| row.version);
        let seen = rows.len() as u64;
        let Some(first) = rows.first() else { return Ok(()) };
        let state = noun.replay(&rows)?.unwrap_or_default();
        expected.push(&first.key, version, &state);
        progress(seen);
        Ok(())
    })?;
    let mut place = 0;
    let mut bad = None;
    tx.each(&sql, &[city.number().into()], |row| {
        let (key, version, state) = (row.text(0)?, row.int(1)?.cast_unsigned(), row.text(2)?);
        match expected.prints.get(place) {
            Some(print) if *print == ExpectedRecords::print(key, version, state) => place += 1,
            _ => {
                bad = Some(format!("city {city} record {name} {key}: it is not what its entries give"));
                return Ok(ControlFlow::Break(()));
            }
        }
        Ok::<_, LedgerError>(ControlFlow::Continue(()))
    })?;
    if bad.is_none() && place < expected.prints.len() {
        bad =
            Some(format!("city {city} record {name}: {} records are missing", expected.prints.len() - place));
    }
    verdict.records += place as u64;
    verdict.first_bad = bad;
    Ok(())
}

/// What the entries give, 16 bytes a record, so that a million records are compared in little memory.
#[derive(Default)]
struct ExpectedRecords {
    prints: Vec<u128>,
}

impl ExpectedRecords {
    fn print(key: &str, version: u64, state: &str) -> u128 {
        use sha2::{Digest, Sha256};
        let mut digest = Sha256::new();
        digest.update((key.len() as u64).to_be_bytes());
        digest.update(key);
        digest.update(version.to_be_bytes());
        digest.update(state);
        let hash: Hash = digest.finalize().into();
        let mut half = [0; 16];
        half.copy_from_slice(&hash[..16]);
        u128::from_be_bytes(half)
    }

    fn push(&mut self, key: &str, version: u64, state: &str) {
        self.prints.push(Self::print(key, version, state));
    }
}
