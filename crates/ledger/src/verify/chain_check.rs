//! The chain of one city, its Merkle tree, its head and the receipts given for it.

use std::{ops::ControlFlow, sync::Arc};

use db::{Db, Tx};
use kernel::{code::CityCode, time::Moment};

use crate::{
    LedgerError, Receipt,
    chain::{self, Content, Hash, Head},
    entry,
};

use super::parallel::{Outcome, in_parts};

/// Entries of one part: a power of two, so that a part is a whole subtree.
const PART_ENTRIES: u64 = 1 << 14;

pub(super) struct ChainFound {
    pub(super) entries: u64,
    pub(super) root: String,
    pub(super) first_bad: Option<String>,
}

/// What one range of entries gave.
struct Part {
    entries: u64,
    /// Its subtree, or for the last part those that it has.
    peaks: Vec<Hash>,
    /// The subtrees as they stood at a receipt.
    receipts: Vec<(Receipt, Vec<Hash>)>,
    last: Option<(Hash, Moment)>,
    bad: Option<String>,
}

impl Outcome for Part {
    fn rows(&self) -> u64 {
        self.entries
    }

    fn is_bad(&self) -> bool {
        self.bad.is_some()
    }
}

pub(super) fn check(
    db: &Db,
    city: CityCode,
    receipts: Vec<Receipt>,
    progress: &mut dyn FnMut(u64),
) -> Result<ChainFound, LedgerError> {
    let (stored, beyond) = db.read_blocking(move |tx| {
        let stored = entry::head(tx, city)?;
        let beyond = tx.first(
            "SELECT seq FROM entry WHERE city = $1 AND seq > $2 ORDER BY seq LIMIT 1",
            &[city.number().into(), stored.entries.cast_signed().into()],
            |row| row.int(0),
        )?;
        Ok::<_, LedgerError>((stored, beyond))
    })?;
    let receipts = Arc::new(receipts);
    let mut begun = 0;
    let parts = in_parts(
        || {
            let first = begun + 1;
            if first > stored.entries {
                return Ok(None);
            }
            begun = (begun + PART_ENTRIES).min(stored.entries);
            Ok(Some((first, begun)))
        },
        |(first, last)| {
            let receipts = Arc::clone(&receipts);
            db.read_blocking(move |tx| check_part(tx, city, first, last, &receipts))
        },
        progress,
    )?;
    let mut head = Head::empty(city);
    for (number, part) in (0..).zip(parts) {
        head.entries += part.entries;
        if let Some((hash, at)) = part.last {
            (head.hash, head.at) = (hash, at);
        }
        for (receipt, peaks) in part.receipts {
            if chain::hex(&chain::root(&[head.peaks.as_slice(), &peaks].concat())) != receipt.root {
                return Ok(found(&head, Some(misfit(city, &receipt))));
            }
        }
        if part.bad.is_some() {
            return Ok(found(&head, part.bad));
        }
        if part.entries == PART_ENTRIES {
            part.peaks.into_iter().for_each(|subtree| chain::push_subtree(&mut head.peaks, number, subtree));
        } else {
            head.peaks.extend(part.peaks);
        }
    }
    let cut = receipts.iter().find(|receipt| receipt.entries.max(receipt.seq) > stored.entries);
    let first_bad = if let Some(receipt) = cut {
        Some(format!("city {city} entry {}: missing; a receipt was given for it", receipt.seq))
    } else if let Some(seq) = beyond {
        Some(format!("city {city} entry {seq}: it stands after the head"))
    } else if head != stored {
        Some(format!("city {city} head: it is not that of the {} entries", head.entries))
    } else {
        None
    };
    Ok(found(&head, first_bad))
}

fn found(head: &Head, first_bad: Option<String>) -> ChainFound {
    ChainFound { entries: head.entries, root: chain::hex(&head.root()), first_bad }
}

fn misfit(city: CityCode, receipt: &Receipt) -> String {
    format!("city {city} entry {}: the receipt given then does not fit", receipt.seq)
}

fn check_part(
    tx: &mut Tx<'_>,
    city: CityCode,
    first: u64,
    last: u64,
    receipts: &[Receipt],
) -> Result<Part, LedgerError> {
    let mut part = Part { entries: 0, peaks: Vec::new(), receipts: Vec::new(), last: None, bad: None };
    let mut previous: Option<Hash> = if first == 1 {
        Some(chain::GENESIS)
    } else {
        tx.first(
            "SELECT hash FROM entry WHERE city = $1 AND seq = $2",
            &[city.number().into(), (first - 1).cast_signed().into()],
            |row| Ok::<_, LedgerError>(row.blob(0)?.try_into().ok()),
        )?
        .flatten()
    };
    let mut buffer = Vec::with_capacity(2_048);
    let expected: Vec<&Receipt> = receipts
        .iter()
        .filter(|receipt| [receipt.seq, receipt.entries].iter().any(|seq| (first..=last).contains(seq)))
        .collect();
    tx.each(
        "SELECT seq, at, noun, key, version, kind, actor, body, hash FROM entry
         WHERE city = $1 AND seq BETWEEN $2 AND $3 ORDER BY seq",
        &[city.number().into(), first.cast_signed().into(), last.cast_signed().into()],
        |row| {
            let seq = row.int(0)?.cast_unsigned();
            if seq != first + part.entries {
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
            let content = content.hash(&mut buffer);
            let hash = previous.map(|previous| chain::link(&previous, &content));
            let Some(hash) = hash.filter(|hash| row.blob(8).is_ok_and(|stored| stored == hash)) else {
                part.bad = Some(format!(
                    "city {city} entry {seq}: its hash is not that of its content after entry {}",
                    seq - 1
                ));
                return Ok(ControlFlow::Break(()));
            };
            previous = Some(hash);
            chain::push_subtree(&mut part.peaks, part.entries, chain::leaf(&hash));
            part.entries += 1;
            part.last = Some((hash, at));
            for receipt in &expected {
                if receipt.seq == seq && receipt.hash != chain::hex(&hash) {
                    part.bad = Some(misfit(city, receipt));
                    return Ok(ControlFlow::Break(()));
                }
                if receipt.entries == seq {
                    part.receipts.push(((*receipt).clone(), part.peaks.clone()));
                }
            }
            Ok::<_, LedgerError>(ControlFlow::Continue(()))
        },
    )?;
    if part.bad.is_none() && part.entries < last + 1 - first {
        part.bad = Some(format!("city {city} entry {}: missing", first + part.entries));
    }
    Ok(part)
}
