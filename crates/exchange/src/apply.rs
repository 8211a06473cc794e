//! What a file says is written: batch by batch, noted as one import.

use db::Tx;
use kernel::{
    code::CityCode, error::Coded as _, id::PersonId, role::ActorId, text::mask_personal, time::Moment,
};
use ledger::{By, Ledger, LedgerError, act, register::AnyRegister};
use serde_json::Value;

use crate::{
    BATCH_ROWS, ExchangeError,
    compare::{Difference, Outcome},
    import::{Import, ImportEvent, Range},
    read::Sheet,
    remark::{Account, Remark},
};

/// Characters of a file's name that are kept.
const FILE_NAME_CHARACTERS_MAX: usize = 120;

/// Who asks for an import, and of which file.
#[derive(Debug, Clone)]
pub struct Asked {
    /// The import's id; no import has it yet.
    pub id: String,
    /// The file's name.
    pub file: String,
    /// By whom.
    pub actor: ActorId,
    /// When.
    pub now: Moment,
}

/// How far an import is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Rows done.
    pub done: usize,
    /// Rows to do.
    pub all: usize,
}

/// What came of an import.
#[derive(Debug, Clone)]
pub struct Applied {
    /// The account.
    pub account: Account,
    /// The import's id; none where nothing was to be written.
    pub import: Option<String>,
}

/// A row that the register refused when it was written, and why: field and code.
type Refused = (usize, Vec<(String, String)>);

/// Writes what is new or changed, so many rows a transaction ([`BATCH_ROWS`]), each batch with its note in the import. A row that was changed
/// between comparing and writing is refused, like one whose reference is gone; the others are written. What became of each stands in its
/// difference.
///
/// # Errors
/// As the store says; batches written before stay, and are undone like a whole import.
pub fn apply(
    ledger: &Ledger,
    city: CityCode,
    register: &str,
    sheet: &Sheet,
    differences: &mut [Difference],
    asked: &Asked,
    progress: &mut dyn FnMut(Progress),
) -> Result<Applied, ExchangeError> {
    ledger.register(register)?;
    let all = differences.iter().filter(|difference| difference.writes()).count();
    if all == 0 {
        return Ok(Applied { account: Account::of(sheet, differences), import: None });
    }
    let id = asked.id.clone();
    begin(ledger, city, register, sheet, &id, asked)?;
    let mut done = 0;
    let mut place = 0;
    while place < differences.len() {
        // Rows that write nothing don't fill a batch.
        let mut end = place;
        let mut rows = Vec::new();
        while end < differences.len() && rows.len() < BATCH_ROWS {
            let difference = &mut differences[end];
            if difference.writes() {
                let fields = Value::Object(std::mem::take(&mut difference.fields));
                rows.push((end, fields, difference.seen, matches!(difference.outcome, Outcome::New)));
            }
            end += 1;
        }
        done += rows.len();
        if !rows.is_empty() {
            for (refused, faults) in batch(ledger, city, register, rows, &id, asked)? {
                refuse(sheet, &mut differences[refused], &faults);
            }
            progress(Progress { done, all });
        }
        place = end;
    }
    let mut account = Account::of(sheet, differences);
    end(ledger, city, &id, &account, asked)?;
    account.import = Some(id.clone());
    ledger.announce();
    Ok(Applied { account, import: Some(id) })
}

fn refuse(sheet: &Sheet, difference: &mut Difference, faults: &[(String, String)]) {
    let remarks: Vec<Remark> = faults
        .iter()
        .map(|(field, code)| sheet.remark(difference.row, field, "", code.clone(), &difference.table_rows))
        .collect();
    difference.outcome = Outcome::Refused { remarks };
}

fn by(tx: &mut Tx<'_>, city: CityCode, asked: &Asked) -> Result<By, LedgerError> {
    Ok(By { actor: asked.actor.clone(), at: ledger::moment(tx, city, asked.now)? })
}

fn note(tx: &mut Tx<'_>, city: CityCode, id: &str, event: ImportEvent, by: &By) -> Result<(), LedgerError> {
    act::<Import, LedgerError>(tx, city, id, None, by, |_, _| Ok(vec![event])).map(drop)
}

fn begin(
    ledger: &Ledger,
    city: CityCode,
    register: &str,
    sheet: &Sheet,
    id: &str,
    asked: &Asked,
) -> Result<(), ExchangeError> {
    let name: String = asked.file.chars().take(FILE_NAME_CHARACTERS_MAX).collect();
    let event = ImportEvent::Begun {
        register: register.to_owned(),
        file: mask_personal(&name).text,
        hash: sheet.hash.clone(),
        rows: sheet.rows.len() as u64,
    };
    let (id, asked) = (id.to_owned(), asked.clone());
    Ok(ledger.db().write_blocking(move |tx| {
        let by = by(tx, city, &asked)?;
        note(tx, city, &id, event, &by)
    })?)
}

/// A row to write: its place among the differences, its fields, the version that was compared with, whether it is new.
type Write = (usize, Value, u64, bool);

fn batch(
    ledger: &Ledger,
    city: CityCode,
    register: &str,
    rows: Vec<Write>,
    id: &str,
    asked: &Asked,
) -> Result<Vec<Refused>, ExchangeError> {
    let (own, name, id, asked) = (ledger.clone(), register.to_owned(), id.to_owned(), asked.clone());
    Ok(ledger.db().write_blocking(move |tx| {
        let register = own.register(&name)?;
        let by = by(tx, city, &asked)?;
        let before = ledger::head(tx, city)?.entries;
        let (mut new, mut changed) = (0, 0);
        let mut refused = Vec::new();
        for (place, fields, seen, is_new) in rows {
            match written(tx, city, register, fields, seen, &by, &[])? {
                Ok(()) if is_new => new += 1,
                Ok(()) => changed += 1,
                Err(faults) => refused.push((place, faults)),
            }
        }
        let last = ledger::head(tx, city)?.entries;
        if last > before {
            let entries = Range { first: before + 1, last };
            note(tx, city, &id, ImportEvent::Batch { entries, new, changed }, &by)?;
        }
        Ok::<_, LedgerError>(refused)
    })?)
}

/// Writes a row; what the register says against it is no error of the batch.
pub(crate) fn written(
    tx: &mut Tx<'_>,
    city: CityCode,
    register: &dyn AnyRegister,
    fields: Value,
    seen: u64,
    by: &By,
    known: &[PersonId],
) -> Result<Result<(), Vec<(String, String)>>, LedgerError> {
    match register.put_with(tx, city, fields, Some(seen), by, known) {
        Ok(_) => Ok(Ok(())),
        Err(LedgerError::Stale { .. }) => Ok(Err(vec![(String::new(), "row_changed_meanwhile".to_owned())])),
        Err(LedgerError::Refused(refusal)) => {
            let told = refusal.details.get("fields").and_then(Value::as_array);
            let text = |fault: &Value, name: &str| fault[name].as_str().unwrap_or_default().to_owned();
            let faults =
                told.map(|faults| faults.iter().map(|fault| (text(fault, "field"), text(fault, "code"))));
            Ok(
                Err(faults
                    .map_or_else(|| vec![(String::new(), refusal.code().to_owned())], Iterator::collect)),
            )
        }
        Err(error) => Err(error),
    }
}

fn end(
    ledger: &Ledger,
    city: CityCode,
    id: &str,
    account: &Account,
    asked: &Asked,
) -> Result<(), ExchangeError> {
    let event = ImportEvent::Ended { unchanged: account.unchanged, refused: account.refused };
    let (id, asked) = (id.to_owned(), asked.clone());
    Ok(ledger.db().write_blocking(move |tx| {
        let by = by(tx, city, &asked)?;
        note(tx, city, &id, event, &by)
    })?)
}
