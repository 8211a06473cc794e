//! The records of one noun against what their entries give.

use std::{ops::ControlFlow, sync::Arc};

use db::{Db, Tx};
use kernel::code::CityCode;

use crate::{
    LedgerError,
    noun::AnyNoun,
    record::{self, KeyRange},
};

use super::parallel::{Outcome, in_parts};

/// Records of one part: their expected states are held while they are compared.
const PART_RECORDS: u32 = 1_000;

pub(super) struct RecordsFound {
    pub(super) records: u64,
    pub(super) first_bad: Option<String>,
}

struct Part {
    entries: u64,
    records: u64,
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
    nouns: &Arc<Vec<Box<dyn AnyNoun>>>,
    place: usize,
    progress: &mut dyn FnMut(u64),
) -> Result<RecordsFound, LedgerError> {
    let Some(noun) = nouns.get(place) else { return Err(LedgerError::NotFound) };
    let name = noun.name();
    let mut after = Some(String::new());
    let parts = in_parts(
        || {
            let Some(from) = after.take() else { return Ok(None) };
            let start = from.clone();
            let last = db.read_blocking(move |tx| record::key_ahead(tx, city, name, &start, PART_RECORDS))?;
            after.clone_from(&last);
            Ok(Some(KeyRange { after: from, last }))
        },
        |range| {
            let nouns = Arc::clone(nouns);
            db.read_blocking(move |tx| match nouns.get(place) {
                Some(noun) => check_part(tx, city, noun.as_ref(), &range),
                None => Err(LedgerError::NotFound),
            })
        },
        progress,
    )?;
    let records = parts.iter().map(|part| part.records).sum();
    Ok(RecordsFound { records, first_bad: parts.into_iter().find_map(|part| part.bad) })
}

fn check_part(
    tx: &mut Tx<'_>,
    city: CityCode,
    noun: &dyn AnyNoun,
    range: &KeyRange,
) -> Result<Part, LedgerError> {
    let name = noun.name();
    let mut part = Part { entries: 0, records: 0, bad: None };
    let mut expected: Vec<(String, u64, String)> = Vec::new();
    record::each_replay(tx, city, name, range, |rows| {
        let (Some(first), Some(last)) = (rows.first(), rows.last()) else { return Ok(()) };
        let state = noun.replay(rows)?.unwrap_or_default();
        part.entries += rows.len() as u64;
        expected.push((first.key.clone(), last.version, state));
        Ok(())
    })?;
    let mut expected = expected.into_iter().peekable();
    let (condition, [after, last]) = range.condition(2);
    tx.each(
        &format!(
            "SELECT key, version, state FROM record_{name} WHERE city = $1 AND {condition} ORDER BY key"
        ),
        &[city.number().into(), after, last],
        |row| {
            let (key, version, state) = (row.text(0)?, row.int(1)?.cast_unsigned(), row.text(2)?);
            match expected.peek() {
                Some((own, seen, gives)) if own == key && *seen == version && gives == state => {
                    part.records += 1;
                    expected.next();
                    Ok::<_, LedgerError>(ControlFlow::Continue(()))
                }
                Some((own, ..)) if own != key => {
                    part.bad =
                        Some(format!("city {city} record {name} {own}: missing, or {key} has no entries"));
                    Ok(ControlFlow::Break(()))
                }
                _ => {
                    part.bad =
                        Some(format!("city {city} record {name} {key}: it is not what its entries give"));
                    Ok(ControlFlow::Break(()))
                }
            }
        },
    )?;
    if part.bad.is_none()
        && let Some((key, ..)) = expected.next()
    {
        part.bad = Some(format!("city {city} record {name} {key}: missing"));
    }
    Ok(part)
}
