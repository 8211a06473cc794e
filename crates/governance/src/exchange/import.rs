//! From a file to the ledger: one thread reads rows, one writes batches, and nothing is ever held but a few of these.

use std::{
    sync::mpsc::{Receiver, SyncSender, sync_channel},
    thread,
};

use documents::table::{Header, SheetChoice, TableFile, TableFormat, TableOptions, TableReader};
use ledger::{Ledger, LedgerError};
use rustc_hash::FxHashSet;

use super::{
    IMPORT_ROWS_MAX, Mapping, Outcome, Remark,
    ground::Ground,
    mapping::column_names,
    read::{Draft, RowReader},
    store::{Doer, Verdict},
};
use crate::error::GovernanceError;

/// Rows that share one transaction: many, because pages of the indexes that several rows touch are written once; few enough that who
/// writes beside an import waits for about a tenth of a second.
const BATCH_ROWS: usize = 2_000;
/// Batches that wait for the writer.
const BATCHES_WAITING: usize = 2;

/// How far an import has come.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Progress {
    /// Rows that are done: on disk, or refused.
    pub rows: u64,
    /// Share of the file that has been read, 0 to 1.
    pub share: f64,
    /// The file's size in bytes.
    pub bytes: u64,
}

/// Imports the cases of a file by a mapping. Rows are written in batches, each on disk before the next is counted: an import that was
/// broken off is simply begun again.
///
/// # Errors
/// [`GovernanceError::MappingColumnMissing`], [`GovernanceError::MappingMalformed`], [`GovernanceError::Document`] where the file cannot be
/// read on, [`GovernanceError::Ledger`] as the store says. What was written before stays.
pub fn import_cases(
    ledger: &Ledger,
    ground: &Ground<'_>,
    file: &mut TableFile,
    mapping: &Mapping,
    progress: &mut dyn FnMut(Progress),
) -> Result<Outcome, GovernanceError> {
    let doer = Doer::of(ground);
    thread::scope(|scope| {
        let (batches, waiting) = sync_channel::<Vec<Draft>>(BATCHES_WAITING);
        let (verdicts, done) = sync_channel(BATCHES_WAITING * 2);
        let writer = scope.spawn(move || write(ledger, &doer, &waiting, &verdicts));
        let read = read_all(ground, file, mapping, progress, &mut Pipe { batches: Some(batches), done });
        // A writer that failed is why the reader found nobody to hand its rows to.
        match writer.join() {
            Ok(Err(error)) => Err(error.into()),
            Ok(Ok(())) => read,
            Err(_) => Err(LedgerError::Damaged("the writer of the import panicked".to_owned()).into()),
        }
    })
}

/// Reads a file as [`import_cases`] would, and writes nothing: `imported` counts the rows that can be cases, known or not.
///
/// # Errors
/// As [`import_cases`], but for the store's.
pub fn check_cases(
    ground: &Ground<'_>,
    file: &mut TableFile,
    mapping: &Mapping,
    progress: &mut dyn FnMut(Progress),
) -> Result<Outcome, GovernanceError> {
    read_all(ground, file, mapping, progress, &mut Nowhere)
}

fn write(
    ledger: &Ledger,
    doer: &Doer,
    waiting: &Receiver<Vec<Draft>>,
    verdicts: &SyncSender<Vec<(u64, Verdict)>>,
) -> Result<(), LedgerError> {
    for batch in waiting {
        if verdicts.send(doer.write(ledger, batch)?).is_err() {
            break;
        }
    }
    Ok(())
}

/// Where batches go.
trait Sink {
    /// Hands a batch over and gives what has become of earlier ones; `None` where nobody takes it.
    fn put(&mut self, batch: Vec<Draft>) -> Option<Vec<(u64, Verdict)>>;
    /// What became of the rest.
    fn end(&mut self) -> Vec<(u64, Verdict)>;
}

struct Pipe {
    batches: Option<SyncSender<Vec<Draft>>>,
    done: Receiver<Vec<(u64, Verdict)>>,
}

impl Sink for Pipe {
    fn put(&mut self, batch: Vec<Draft>) -> Option<Vec<(u64, Verdict)>> {
        self.batches.as_ref()?.send(batch).ok()?;
        Some(self.done.try_iter().flatten().collect())
    }

    fn end(&mut self) -> Vec<(u64, Verdict)> {
        self.batches = None;
        self.done.iter().flatten().collect()
    }
}

struct Nowhere;

impl Sink for Nowhere {
    fn put(&mut self, batch: Vec<Draft>) -> Option<Vec<(u64, Verdict)>> {
        Some(batch.iter().map(|draft| (draft.row, Verdict::Imported)).collect())
    }

    fn end(&mut self) -> Vec<(u64, Verdict)> {
        Vec::new()
    }
}

/// The sheet that a mapping is about, from its first row on.
pub(super) fn open<'f>(
    file: &'f mut TableFile,
    mapping: &Mapping,
) -> Result<TableReader<'f>, GovernanceError> {
    let sheet = mapping.sheet.clone().map_or(SheetChoice::Index(0), SheetChoice::Name);
    let header = mapping.header_row.map_or(Header::First, Header::Row);
    Ok(file.read(&sheet, &TableOptions { header, ..TableOptions::default() })?)
}

fn read_all(
    ground: &Ground<'_>,
    file: &mut TableFile,
    mapping: &Mapping,
    progress: &mut dyn FnMut(Progress),
    sink: &mut dyn Sink,
) -> Result<Outcome, GovernanceError> {
    let bytes = file.bytes();
    let guarded = matches!(file.format(), TableFormat::Delimited { .. });
    let mut table = open(file, mapping)?;
    let names = column_names(&table.sheet().header);
    let plan = mapping.plan(&names, &ground.zone)?;
    classes_known(ground, mapping)?;
    let mut account = Account::new(mapping, plan.left_out.clone());
    let mut reader = RowReader::new(ground, mapping, plan, guarded);
    let mut batch = Vec::with_capacity(BATCH_ROWS);
    let mut remarks = Vec::new();
    let mut more = true;
    while more {
        more = match table.next_row()? {
            Some(row) => {
                account.outcome.rows += 1;
                match reader.read(row, &mut remarks) {
                    Ok(draft) => {
                        account.note_id(&draft);
                        batch.push(draft);
                    }
                    Err(refusal) => {
                        remarks.clear();
                        account.outcome.refuse(refusal);
                    }
                }
                remarks.drain(..).for_each(|remark| account.outcome.warn(remark));
                true
            }
            None => false,
        };
        if account.outcome.rows > IMPORT_ROWS_MAX {
            return Err(GovernanceError::ImportTooLong { rows_max: IMPORT_ROWS_MAX });
        }
        if batch.len() >= BATCH_ROWS || (!more && !batch.is_empty()) {
            let full = std::mem::replace(&mut batch, Vec::with_capacity(BATCH_ROWS));
            // Nobody takes it: the writer has failed and says why.
            let Some(verdicts) = sink.put(full) else { return Ok(account.outcome) };
            account.settle(&verdicts);
            progress(Progress { rows: account.done(), share: table.progress(), bytes });
        }
    }
    account.settle(&sink.end());
    progress(Progress { rows: account.done(), share: 1.0, bytes });
    account.outcome.sort();
    Ok(account.outcome)
}

/// A class that the mapping names and the city does not have is a fault of the mapping, not of each row.
fn classes_known(ground: &Ground<'_>, mapping: &Mapping) -> Result<(), GovernanceError> {
    let unknown = mapping.class.words.values().find(|class| (ground.class)(class).as_ref() != Some(class));
    unknown.map_or(Ok(()), |class| Err(GovernanceError::ClassUnknown { class: class.clone() }))
}

/// What is counted and remembered of the rows.
struct Account {
    outcome: Outcome,
    id_column: String,
    /// Ids of the rows read, shortened: a false match among ten million would only mark a correction as a double id.
    ids: FxHashSet<u64>,
    /// Rows whose id an earlier row of the file has.
    doubled: FxHashSet<u64>,
}

impl Account {
    fn new(mapping: &Mapping, left_out: Vec<String>) -> Self {
        Self {
            outcome: Outcome { left_out, ..Outcome::default() },
            id_column: mapping.id.clone(),
            ids: FxHashSet::default(),
            doubled: FxHashSet::default(),
        }
    }

    fn note_id(&mut self, draft: &Draft) {
        let (high, low) = draft.id.0.as_u64_pair();
        if !self.ids.insert(high ^ low) {
            self.doubled.insert(draft.row);
        }
    }

    fn done(&self) -> u64 {
        self.outcome.imported + self.outcome.unchanged + self.outcome.refused
    }

    fn settle(&mut self, verdicts: &[(u64, Verdict)]) {
        for (row, verdict) in verdicts {
            let doubled = self.doubled.remove(row);
            let mut warn = |code| self.outcome.warn(Remark::new(*row, &self.id_column, "", code));
            match verdict {
                Verdict::Corrected if doubled => warn("import_duplicate_id"),
                Verdict::Corrected => warn("import_row_corrected"),
                Verdict::Older => warn("import_row_older"),
                Verdict::Imported | Verdict::Unchanged | Verdict::Refused(_) => {}
            }
            match verdict {
                Verdict::Imported => self.outcome.imported += 1,
                Verdict::Corrected => {
                    self.outcome.imported += 1;
                    self.outcome.corrected += 1;
                }
                Verdict::Unchanged | Verdict::Older => self.outcome.unchanged += 1,
                Verdict::Refused(code) => {
                    self.outcome.refuse(Remark::new(*row, &self.id_column, "", code));
                }
            }
        }
    }
}
