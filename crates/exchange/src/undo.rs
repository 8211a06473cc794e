//! An import taken back: rows that it brought are used no more, rows that it changed get their former fields. A row that was changed since
//! stays as it is and is named.

use std::collections::HashMap;

use db::Tx;
use kernel::{code::CityCode, error::Refusal, id::PersonId};
use ledger::{By, Ledger, LedgerError, act, register};
use serde::Serialize;
use serde_json::Value;

use crate::{
    ExchangeError,
    apply::written,
    compare::stood,
    import::{Import, ImportEvent, ImportState},
    reach::Reach,
};

/// A row that stays as it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Kept {
    /// Its key.
    pub key: String,
    /// Why: `row_changed_since_import`, `row_of_another_unit`, or what the register says against its former fields.
    pub code: String,
}

/// What came of taking an import back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Undone {
    /// The import.
    pub import: String,
    /// Rows put back as they were.
    pub restored: u64,
    /// Rows that stay.
    pub kept: Vec<Kept>,
}

/// A row that the import wrote.
struct Wrote {
    key: String,
    /// Its version before; 0 where there was none.
    before: u64,
    /// Its version after.
    after: u64,
}

/// Puts every row of an import back as it was, in one act; rows beyond the reach stay.
///
/// # Errors
/// Refusals `import_unknown`, `import_undone_already`; or as the store says.
pub fn undo(
    tx: &mut Tx<'_>,
    city: CityCode,
    ledger: &Ledger,
    import: &str,
    reach: &Reach,
    by: &By,
) -> Result<Undone, ExchangeError> {
    let record = ledger::get::<Import>(tx, city, import)?;
    let state = record.ok_or_else(|| LedgerError::from(Refusal::not_found("import_unknown")))?.state;
    if state.undone_at.is_some() {
        return Err(LedgerError::from(Refusal::conflict("import_undone_already")).into());
    }
    let register = ledger.register(&state.register)?;
    let mut undone = Undone { import: import.to_owned(), restored: 0, kept: Vec::new() };
    // In the opposite order: what was written last may name what was written first.
    for wrote in wrote(tx, city, &state)?.into_iter().rev() {
        let standing = register::row(tx, city, register, &wrote.key)?;
        let code = match standing {
            Some(row) if !reaches(reach, register, &row) => Some("row_of_another_unit".to_owned()),
            Some(row) if row.version == wrote.after => put_back(tx, city, register, &wrote, reach, by)?,
            _ => Some("row_changed_since_import".to_owned()),
        };
        match code {
            None => undone.restored += 1,
            Some(code) => undone.kept.push(Kept { key: wrote.key, code }),
        }
    }
    let event = ImportEvent::Undone { restored: undone.restored, kept: undone.kept.len() as u64 };
    act::<Import, LedgerError>(tx, city, import, None, by, |_, _| Ok(vec![event]))?;
    Ok(undone)
}

/// Whether a row may be seen and changed.
fn reaches(reach: &Reach, register: &dyn register::AnyRegister, row: &register::Row) -> bool {
    let description = register.description();
    row.fields
        .as_object()
        .is_some_and(|fields| reach.sees.hold(description, fields) && reach.changes.hold(description, fields))
}

/// Puts a row back; the code of what stands against it.
fn put_back(
    tx: &mut Tx<'_>,
    city: CityCode,
    register: &dyn register::AnyRegister,
    wrote: &Wrote,
    reach: &Reach,
    by: &By,
) -> Result<Option<String>, ExchangeError> {
    let name = register.description().name;
    let Some(fields) = stood(tx, city, name, &wrote.key, wrote.before)? else {
        register.retire(tx, city, &wrote.key, Some(wrote.after), by)?;
        return Ok(None);
    };
    let retired = was_retired(tx, city, name, &wrote.key, wrote.before)?;
    if !reach.changes.hold(register.description(), &fields) {
        return Ok(Some("row_of_another_unit".to_owned()));
    }
    let fields = Value::Object(fields);
    // The row named them itself before.
    let named = register::people(register.description().fields, &fields);
    let known: Vec<PersonId> = named.into_iter().map(|named| named.person).collect();
    match written(tx, city, register, fields, wrote.after, by, &known)? {
        Ok(()) => {
            if retired {
                register.retire(tx, city, &wrote.key, None, by)?;
            }
            Ok(None)
        }
        // A row that was not in use need not be whole to be taken out of use again.
        Err(_) if retired => {
            register.retire(tx, city, &wrote.key, Some(wrote.after), by)?;
            Ok(None)
        }
        Err(faults) => Ok(Some(faults.into_iter().next().map_or_else(String::new, |(_, code)| code))),
    }
}

/// Whether a row was used no more at a version.
fn was_retired(
    tx: &mut Tx<'_>,
    city: CityCode,
    register: &str,
    key: &str,
    version: u64,
) -> Result<bool, ExchangeError> {
    let entries = ledger::history(tx, city, register, key)?;
    let last = entries
        .iter()
        .rev()
        .find(|entry| entry.version <= version && matches!(entry.kind.as_str(), "put" | "retired"));
    Ok(last.is_some_and(|entry| entry.kind == "retired"))
}

/// The rows that an import wrote, in the order in which it wrote them first.
fn wrote(tx: &mut Tx<'_>, city: CityCode, state: &ImportState) -> Result<Vec<Wrote>, ExchangeError> {
    let mut rows: Vec<Wrote> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    for range in &state.entries {
        let mut after = range.first - 1;
        while after < range.last {
            let left = u32::try_from(range.last - after).unwrap_or(ledger::entry::ENTRIES_MAX);
            let page = ledger::entries_after(tx, city, after, left.min(ledger::entry::ENTRIES_MAX))?;
            let Some(last) = page.last() else { break };
            after = last.seq;
            for entry in page.into_iter().filter(|entry| entry.noun == state.register) {
                match places.get(&entry.key) {
                    Some(place) => rows[*place].after = entry.version,
                    None => {
                        places.insert(entry.key.clone(), rows.len());
                        rows.push(Wrote { key: entry.key, before: entry.version - 1, after: entry.version });
                    }
                }
            }
        }
    }
    Ok(rows)
}
