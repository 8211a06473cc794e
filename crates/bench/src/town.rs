//! The city that is measured: the ground of the demonstration, and so many cases lived by the real rules. A case's whole life is decided
//! in memory and enters the ledger at once, many lives in a transaction: that is what makes a million cheap.

mod lot;
mod path;

use std::{
    fs,
    path::{Path, PathBuf},
    sync::{Arc, mpsc::sync_channel},
    time::Instant,
};

use anyhow::{Context as _, Result};
use db::{Db, Target};
use governance::{
    case::{Event, noun::CaseNoun},
    view::View,
};
use jiff::civil::date;
use kernel::{code::CityCode, time::Moment};
use ledger::{Ledger, LedgerError, Life, Vault, VaultKey};

pub(crate) use self::{
    lot::Lot,
    path::{Cast, WORDS},
};

/// Changes whenever what is made changes, so that an older store is not taken for it.
const VERSION: u32 = 3;
/// The password of every account.
pub(crate) const PASSWORD: &str = "wuhua-kaili";
/// Lives in one transaction.
const LIVES: usize = 1_000;
/// Batches that wait for the writer.
const WAITING: usize = 2;

/// The city.
pub(crate) fn code() -> Result<CityCode> {
    Ok(CityCode::new(demo::KAILI)?)
}

/// The ledger of a folder, as the binary opens it.
pub(crate) fn open(folder: &Path) -> Result<Ledger> {
    fs::create_dir_all(folder)?;
    let key = VaultKey::of_folder(folder)?;
    let db = Db::open(&Target::Sqlite(folder.join("wuhua.db")))?;
    Ok(Ledger::open(db, parts::nouns(), Vault::new(&key), folder.join("attachments"))?)
}

/// The view of the city.
pub(crate) fn view(ledger: &Ledger) -> Result<Arc<View>> {
    let city = code()?;
    Ok(Arc::new(ledger.db().read_blocking(move |tx| View::load(tx, city))?))
}

/// The folder of a city with so many cases; made where it is not there yet.
pub(crate) fn store(base: &Path, cases: u64) -> Result<PathBuf> {
    kept(base, cases, false)
}

/// The same with the books of the demonstration: a hundred thousand rows of registers.
pub(crate) fn store_with_books(base: &Path, cases: u64) -> Result<PathBuf> {
    kept(base, cases, true)
}

fn kept(base: &Path, cases: u64, books: bool) -> Result<PathBuf> {
    let what = if books { "-books" } else { "" };
    let folder = base.join(format!("kaili{what}-{cases}-v{VERSION}"));
    if folder.join("made").exists() {
        // A noun that is declared otherwise now is rebuilt here, so that no measurement pays for it.
        drop(open(&folder)?);
        return Ok(folder);
    }
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    let started = Instant::now();
    let ledger = open(&folder)?;
    settle(&ledger, books)?;
    let rate = fill(&ledger, cases)?;
    drop(ledger);
    crate::talk(&format!(
        "{cases} cases made in {:.0} s ({rate:.0} cases/s)",
        started.elapsed().as_secs_f64()
    ));
    fs::write(folder.join("made"), format!("{cases}\n")).context("the mark of a finished store")?;
    Ok(folder)
}

/// The ground: cells, units, people, handbook, and nobody's case.
pub(crate) fn found(ledger: &Ledger) -> Result<()> {
    settle(ledger, false)
}

fn settle(ledger: &Ledger, books: bool) -> Result<()> {
    let wanted = demo::Wanted {
        seed: 1,
        cases: 0,
        until: until(),
        password: PASSWORD.to_owned(),
        password_hash: hash(PASSWORD)?,
        books,
    };
    demo::make(ledger, &wanted, &mut |_| {})?;
    Ok(())
}

/// As the server keeps passwords: a PHC string of Argon2id.
fn hash(password: &str) -> Result<String> {
    use argon2::PasswordHasher as _;
    let hashed = argon2::Argon2::default().hash_password(password.as_bytes());
    Ok(hashed.map_err(|error| anyhow::anyhow!("the password: {error}"))?.to_string())
}

/// The day after the last day of the year that is lived.
const fn until() -> jiff::civil::Date {
    date(2026, 11, 1)
}

/// Lives a year of so many cases; how many a second.
fn fill(ledger: &Ledger, cases: u64) -> Result<f64> {
    let (city, view) = (code()?, view(ledger)?);
    let end = Moment::of_day(until(), &view.zone);
    let span = demo::DAYS * kernel::time::DAY_MS;
    let cast = Cast::new(&view, end)?;
    let started = Instant::now();
    let (batches, waiting) = sync_channel::<Vec<Life<Event>>>(WAITING);
    let store = ledger.clone();
    let writer = std::thread::spawn(move || {
        for lives in waiting {
            store.db().write_blocking(move |tx| ledger::append_lives::<CaseNoun>(tx, city, &lives))?;
        }
        Ok::<_, LedgerError>(())
    });
    let mut lot = Lot::new(7);
    let (mut lives, mut day) = (Vec::with_capacity(LIVES), Numbers::default());
    for number in 0..cases {
        let at = end + (i64::try_from(number)? * span / i64::try_from(cases)? - span);
        let reference = day.next(ledger, city, &view, at, cases)?;
        let newest = number * 100 >= cases * 97;
        lives.push(cast.live(&view, &mut lot, at, span / i64::try_from(cases)?, (reference, newest))?);
        if lives.len() == LIVES {
            let full = std::mem::replace(&mut lives, Vec::with_capacity(LIVES));
            if batches.send(full).is_err() {
                break;
            }
            if number % 50_000 < LIVES as u64 {
                crate::talk(&format!("{number} of {cases} cases, {:.0} s", started.elapsed().as_secs_f64()));
            }
        }
    }
    // A writer that failed says why below.
    let _ = batches.send(lives);
    drop(batches);
    writer.join().map_err(|_| anyhow::anyhow!("the writer panicked"))??;
    fire(ledger, &view, end)?;
    #[expect(clippy::cast_precision_loss, reason = "a count of cases")]
    Ok(cases as f64 / started.elapsed().as_secs_f64())
}

/// Fires what is due at the end, so that no server that is measured has to.
fn fire(ledger: &Ledger, view: &Arc<View>, end: Moment) -> Result<()> {
    loop {
        let view = Arc::clone(view);
        let fired = ledger.db().write_blocking(move |tx| {
            governance::desk::fire_due(tx, &view, end + kernel::time::DAY_MS * 20)
        })?;
        if fired == 0 {
            return Ok(());
        }
    }
}

/// The references of a day, taken together.
#[derive(Default)]
struct Numbers {
    day: String,
    left: std::vec::IntoIter<String>,
}

impl Numbers {
    fn next(
        &mut self,
        ledger: &Ledger,
        city: CityCode,
        view: &View,
        at: Moment,
        cases: u64,
    ) -> Result<String> {
        let day = governance::reference::day(&view.zone, at);
        if day != self.day || self.left.len() == 0 {
            let some = u32::try_from(cases / demo::DAYS.unsigned_abs() + 1)?;
            self.day.clone_from(&day);
            self.left = ledger
                .db()
                .write_blocking(move |tx| governance::reference::take(tx, city, &day, some))?
                .into_iter();
        }
        self.left.next().context("a reference")
    }
}
