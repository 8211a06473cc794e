//! `wuhua demo`: an empty ledger becomes the city of Kaili with a year of life behind it.

use std::{collections::BTreeMap, sync::Arc};

use governance::view::View;
use jiff::civil::Date;
use kernel::{code::CityCode, role::Role, time::Moment};
use ledger::Ledger;

use crate::{
    DemoError, KAILI, books,
    ground::ground,
    half_year,
    life::{self, Cast, Dice, Hotline, Life, Lived, Reports},
    pictures,
    settle::{posts_of, settle},
};

/// Days that are lived through.
pub const DAYS: i64 = 365;
/// Most cases of one city.
pub const CASES_MAX: u64 = 10_000_000;

/// What a demonstration city is made of.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// Everything random comes from it.
    pub seed: u64,
    /// Reports within the year; each is one case. Calls to the hotline that become no case of their own come on top.
    pub cases: u64,
    /// The day after the last day of the year, in the city's zone.
    pub until: Date,
    /// The password of all demonstration accounts.
    pub password: String,
    /// Its hash, as the server keeps it.
    pub password_hash: String,
    /// With the books of the five parts, and with the cases and letters of the half-year that they tell of.
    pub books: bool,
}

/// What was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Made {
    /// The city.
    pub city: CityCode,
    /// Cells of its grid.
    pub cells: usize,
    /// People by post.
    pub people: BTreeMap<Role, usize>,
    /// What came of the half-year of the books; nothing without them.
    pub half_year: Lived,
    /// What came of the year.
    pub lived: Lived,
}

/// Makes the city. There are as many cases as wanted; those reported by telephone begin with a call sheet. Calls that are answered at once,
/// join a case, are handed on or dropped come on top of them. `progress` is told how many reports have come in.
///
/// # Errors
/// [`DemoError::TooManyCases`], or as the ledger says.
pub fn make(ledger: &Ledger, wanted: &Wanted, progress: &mut dyn FnMut(u64)) -> Result<Made, DemoError> {
    if wanted.cases > CASES_MAX {
        return Err(DemoError::TooManyCases { max: CASES_MAX });
    }
    let city = CityCode::new(KAILI).map_err(|error| DemoError::data("divisions.csv", error))?;
    let zone =
        jiff::tz::TimeZone::get("Asia/Shanghai").map_err(|error| DemoError::data("time zones", error))?;
    let first = wanted
        .until
        .checked_sub(jiff::Span::new().days(DAYS))
        .map_err(|error| DemoError::data("the calendar", error))?;
    let begins = Moment::of_day(first, &zone);
    let mut dice = Dice::new(wanted.seed, "city");
    let ground = ground(wanted.seed)?;
    let cells = ground.cells.len();
    let entered = (wanted.password.as_str(), wanted.password_hash.clone());
    let (settled, first_rules) = if wanted.books {
        (Moment::of_day(half_year::FIRST, &zone), half_year::FIRST)
    } else {
        (begins, first)
    };
    let people = settle(ledger, city, &ground, entered, (settled, first_rules), &mut dice)?;
    let pictures = pictures::make(ledger, city, settled, &mut dice)?;
    let posts = posts_of(&people);
    let cast = Cast::new(people);
    let mut before = Lived::default();
    if wanted.books {
        let (lived, end) = half_year::live(ledger, city, &ground, (&cast, &pictures), wanted.seed)?;
        books::keep(ledger, city, &ground, wanted.seed, end)?;
        before = lived;
    }
    let view = Arc::new(ledger.db().read_blocking(move |tx| View::load(tx, city))?);
    let reports = Reports::new(
        &ground,
        Arc::clone(&view),
        (cast.clone(), pictures.clone()),
        (first, wanted.until),
        wanted.cases,
        Dice::new(wanted.seed, "reports"),
    )?;
    let until = Moment::of_day(wanted.until, &zone);
    let chance = (Dice::new(wanted.seed, "life"), Hotline::new(wanted.seed, &view)?);
    let life = Life::new(view, Arc::clone(ledger.vault()), cast, pictures, chance, until);
    let reports = &mut reports.peekable();
    let life = if wanted.books {
        let letters = half_year::letters_of_today(&life, wanted.until);
        life::live_writing(ledger, life, reports, letters, until, progress)?
    } else {
        life::live(ledger, life, reports, until, progress)?
    };
    Ok(Made { city, cells, people: posts, half_year: before, lived: life.lived })
}
