//! Imports that are under way or wait for their caller's word: kept in memory, a few at a time, for a while. What they wrote stands in the
//! ledger and outlives the process; what only waited is brought again.

use std::{
    collections::HashMap,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use exchange::{Account, Asked, Difference, Outcome, Reach, Sheet};
use kernel::{code::CityCode, error::ErrorKind, role::ActorId, time::Moment};
use parking_lot::Mutex;
use serde_json::{Map, Value};
use tokio::sync::{Semaphore, watch};

use crate::{app::AppState, problem::Problem};

/// Imports that are remembered at the most.
const IMPORTS_MAX: usize = 8;
/// How long one that does nothing is remembered, milliseconds.
const IMPORT_KEPT_MS_MAX: i64 = 60 * 60 * 1_000;
/// Files that are read, compared or written at once at the most.
const JOBS_MAX: usize = 2;
/// How long an answer waits for the work, so that small files are answered at once.
const ANSWER_WAIT: Duration = Duration::from_secs(2);

/// How far an import is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stage {
    Reading,
    Checking,
    Checked,
    Saving,
    Saved,
    Undone,
    Failed,
}

impl Stage {
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Reading => "reading",
            Self::Checking => "checking",
            Self::Checked => "checked",
            Self::Saving => "saving",
            Self::Saved => "saved",
            Self::Undone => "undone",
            Self::Failed => "failed",
        }
    }

    const fn is_at_work(self) -> bool {
        matches!(self, Self::Reading | Self::Checking | Self::Saving)
    }
}

/// A compared row as it is remembered: without the whole row where that was there before, else with it as text, which is small.
pub(super) struct Line {
    pub(super) difference: Difference,
    new: Option<Box<str>>,
}

impl Line {
    fn of(mut difference: Difference) -> Self {
        let fields = difference.take_fields();
        let is_new = matches!(difference.outcome, Outcome::New);
        let new = is_new.then(|| Value::Object(fields).to_string().into_boxed_str());
        Self { difference, new }
    }

    /// The fields of a new row.
    pub(super) fn new_fields(&self) -> Map<String, Value> {
        self.new.as_deref().and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default()
    }
}

/// What was found in a file.
#[derive(Default)]
pub(super) struct Found {
    pub(super) account: Account,
    pub(super) lines: Vec<Line>,
}

/// Rows so far.
#[derive(Default)]
pub(super) struct Counts {
    pub(super) read: AtomicUsize,
    pub(super) checked: AtomicUsize,
    pub(super) to_save: AtomicUsize,
    pub(super) saved: AtomicUsize,
}

/// An import.
pub(crate) struct Import {
    pub(super) id: String,
    pub(super) city: CityCode,
    pub(super) register: String,
    pub(super) by: ActorId,
    pub(super) file: String,
    pub(super) begun_at: Moment,
    pub(super) bytes: Vec<u8>,
    /// The unit of its caller, for files that name none.
    pub(super) unit: String,
    pub(super) counts: Counts,
    pub(super) found: Mutex<Arc<Found>>,
    pub(super) problem: Mutex<Option<Problem>>,
    stage: watch::Sender<Stage>,
}

impl Import {
    pub(super) fn stage(&self) -> Stage {
        *self.stage.borrow()
    }

    fn is(&self, stage: Stage) {
        self.stage.send_replace(stage);
    }

    /// Goes from one stage to another; false where it is not there.
    fn passes(&self, from: Stage, to: Stage) -> bool {
        self.stage.send_if_modified(|stage| {
            let passes = *stage == from;
            if passes {
                *stage = to;
            }
            passes
        })
    }

    fn fails(&self, problem: Problem) {
        *self.problem.lock() = Some(problem);
        self.is(Stage::Failed);
    }

    /// It was undone.
    pub(super) fn undone(&self) {
        self.is(Stage::Undone);
    }

    fn finds(&self, account: Account, differences: Vec<Difference>) {
        let lines = differences.into_iter().map(Line::of).collect();
        *self.found.lock() = Arc::new(Found { account, lines });
    }

    /// Waits until the work is done, or no longer than an answer may wait.
    pub(super) async fn settle(&self) {
        let mut stage = self.stage.subscribe();
        let settled = stage.wait_for(|stage| !stage.is_at_work());
        // Whoever waited long enough asks again.
        let _ = tokio::time::timeout(ANSWER_WAIT, settled).await;
    }
}

/// What is brought.
pub(super) struct Brought {
    pub(super) register: String,
    pub(super) by: ActorId,
    pub(super) unit: String,
    pub(super) file: String,
    pub(super) bytes: Vec<u8>,
}

/// The imports of this process.
pub(crate) struct Imports {
    kept: Mutex<HashMap<String, Arc<Import>>>,
    jobs: Arc<Semaphore>,
}

impl Default for Imports {
    fn default() -> Self {
        Self { kept: Mutex::default(), jobs: Arc::new(Semaphore::new(JOBS_MAX)) }
    }
}

impl Imports {
    /// Remembers an import. The caller's former one of the same register that only waits gives way, and what is old or done.
    ///
    /// # Errors
    /// 429 `imports_too_many`.
    pub(super) fn keep(
        &self,
        id: String,
        city: CityCode,
        brought: Brought,
        now: Moment,
    ) -> Result<Arc<Import>, Problem> {
        let Brought { register, by, unit, file, bytes } = brought;
        let mut kept = self.kept.lock();
        kept.retain(|_, import| {
            let replaced = import.by == by && import.register == register && import.city == city;
            import.stage().is_at_work() || (!replaced && now - import.begun_at < IMPORT_KEPT_MS_MAX)
        });
        if kept.len() >= IMPORTS_MAX {
            let done = |import: &&Arc<Import>| {
                !matches!(import.stage(), Stage::Checked) && !import.stage().is_at_work()
            };
            let oldest = kept.values().filter(done).min_by_key(|import| import.begun_at);
            match oldest.map(|import| import.id.clone()) {
                Some(oldest) => drop(kept.remove(&oldest)),
                None => {
                    let problem = Problem::new(ErrorKind::TooMany, "imports_too_many");
                    return Err(problem.detail("max", IMPORTS_MAX));
                }
            }
        }
        let import = Arc::new(Import {
            id: id.clone(),
            city,
            register,
            by,
            file,
            begun_at: now,
            bytes,
            unit,
            counts: Counts::default(),
            found: Mutex::default(),
            problem: Mutex::default(),
            stage: watch::Sender::new(Stage::Reading),
        });
        kept.insert(id, Arc::clone(&import));
        Ok(import)
    }

    /// An import by its id, if it is remembered and the caller's.
    pub(super) fn find(&self, id: &str, city: CityCode, register: &str, by: &ActorId) -> Option<Arc<Import>> {
        let found = self.kept.lock().get(id).cloned();
        found.filter(|import| import.city == city && import.register == register && import.by == *by)
    }
}

/// Runs work of an import beside the answer; what goes wrong becomes its problem.
fn run(
    state: &AppState,
    import: &Arc<Import>,
    work: impl FnOnce(&AppState, &Import) -> Result<(), exchange::ExchangeError> + Send + 'static,
) {
    let (state, import) = (state.clone(), Arc::clone(import));
    tokio::spawn(async move {
        let jobs = Arc::clone(&state.imports().jobs);
        // The semaphore is never closed.
        let Ok(_permit) = jobs.acquire_owned().await else { return };
        let own = Arc::clone(&import);
        let done = tokio::task::spawn_blocking(move || work(&state, &own)).await;
        match done {
            Ok(Ok(())) => {}
            Ok(Err(error)) => import.fails(Problem::from(error)),
            Err(_) => import.fails(Problem::new(ErrorKind::Internal, "internal")),
        }
    });
}

fn read(state: &AppState, import: &Import) -> Result<Arc<Sheet>, exchange::ExchangeError> {
    let register = state.ledger().register(&import.register)?;
    let note = |rows| import.counts.read.store(rows, Ordering::Relaxed);
    let sheet = parts::open_contracting::read(register, import.bytes.clone(), &import.unit, &note)?;
    Ok(Arc::new(sheet))
}

fn compare(
    state: &AppState,
    import: &Import,
    sheet: &Arc<Sheet>,
    reach: Reach,
) -> Result<Vec<Difference>, exchange::ExchangeError> {
    let (ledger, name) = (state.ledger(), &import.register);
    exchange::compare_all(ledger, import.city, name, sheet, reach, &mut |rows| {
        import.counts.checked.store(rows, Ordering::Relaxed);
    })
}

/// Reads and compares the file of an import; nothing is written.
pub(super) fn check(state: &AppState, import: &Arc<Import>, reach: Reach) {
    run(state, import, move |state, import| {
        let sheet = read(state, import)?;
        import.is(Stage::Checking);
        let differences = compare(state, import, &sheet, reach)?;
        let account = Account::of(&sheet, &differences);
        import
            .counts
            .to_save
            .store(usize::try_from(account.imported).unwrap_or(usize::MAX), Ordering::Relaxed);
        import.finds(account, differences);
        import.is(Stage::Checked);
        Ok(())
    });
}

/// Writes what was found. The file is compared again, and only what stands as it stood then is written: no row becomes what nobody saw.
///
/// # Errors
/// 409 `import_not_waiting`.
pub(super) fn apply(
    state: &AppState,
    import: &Arc<Import>,
    reach: Reach,
    now: Moment,
) -> Result<(), Problem> {
    if !import.passes(Stage::Checked, Stage::Saving) {
        return Err(Problem::new(ErrorKind::Conflict, "import_not_waiting"));
    }
    run(state, import, move |state, import| {
        let sheet = read(state, import)?;
        let mut differences = compare(state, import, &sheet, reach)?;
        let found = Arc::clone(&import.found.lock());
        for (difference, seen) in differences.iter_mut().zip(&found.lines) {
            if difference.writes() && (!seen.difference.writes() || seen.difference.seen != difference.seen) {
                difference.refuse(&sheet, "row_changed_meanwhile");
            }
        }
        drop(found);
        let asked = Asked { id: import.id.clone(), file: import.file.clone(), actor: import.by.clone(), now };
        let account = exchange::apply(
            state.ledger(),
            import.city,
            &import.register,
            &sheet,
            &mut differences,
            &asked,
            &mut |step| {
                import.counts.to_save.store(step.all, Ordering::Relaxed);
                import.counts.saved.store(step.done, Ordering::Relaxed);
            },
        )?;
        import.finds(account.account, differences);
        import.is(Stage::Saved);
        Ok(())
    });
    Ok(())
}
