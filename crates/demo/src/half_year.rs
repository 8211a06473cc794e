//! The first half of 2016 as it was lived, before the books are entered: what inspectors found was handled in time (G5), and bureaus wrote to
//! each other (G8).

use std::{collections::BTreeMap, sync::Arc};

use figures::{Ask, Scope};
use governance::{
    score_result::ScoreResult,
    score_sheet::{Counted, defaults, score},
    view::View,
};
use jiff::{
    Span,
    civil::{Date, date},
    tz::TimeZone,
};
use kernel::{
    code::CityCode,
    period::Period,
    role::ActorId,
    time::{HOUR_MS, Moment},
};
use ledger::{By, Ledger, register};

use crate::{
    DemoError, Ground,
    life::{self, Cast, Correspondence, Dice, Hotline, Life, Lived, Manner, OF_2016, OF_TODAY, inspections},
    pictures::Pictures,
};

/// The first day of the half-year.
pub(crate) const FIRST: Date = date(2016, 1, 1);
/// The last day of it.
const LAST: Date = date(2016, 6, 30);
/// Inspectors are out on the days between these; what they find is closed before the half-year ends.
const ROUNDS: (Date, Date) = (date(2016, 1, 4), date(2016, 6, 24));
/// Cases of inspections.
pub(crate) const INSPECTION_CASES: usize = 300;
/// The hour of the last day at which the books are entered.
const BOOKS_HOUR: i64 = 18;

/// Lives the half-year; gives what came of it and the moment at which it is over.
pub(crate) fn live(
    ledger: &Ledger,
    city: CityCode,
    ground: &Ground,
    (cast, pictures): (&Cast, &Pictures),
    seed: u64,
) -> Result<(Lived, Moment), DemoError> {
    let view = Arc::new(ledger.db().read_blocking(move |tx| View::load(tx, city))?);
    let end = Moment::of_day(LAST, &view.zone) + BOOKS_HOUR * HOUR_MS;
    let mut dice = Dice::new(seed, "half-year");
    let found = inspections(ground, &view, (cast, pictures), ROUNDS, INSPECTION_CASES, &mut dice)?;
    let chance = (dice, Hotline::new(seed, &view)?);
    let zone = view.zone.clone();
    let life = Life::new(view, Arc::clone(ledger.vault()), cast.clone(), pictures.clone(), chance, end)
        .in_manner(Manner::Diligent);
    life::enter_marks(ledger, &life, Moment::of_day(FIRST, &zone))?;
    let sent = OF_2016.each_ref().map(|((month, day, hour), _)| {
        Moment::of_day(date(2016, *month, *day), &zone) + i64::from(*hour) * HOUR_MS
    });
    let letters = Correspondence::new(&life, OF_2016.iter().map(|(_, written)| written), &sent);
    let arrivals = &mut found.into_iter().peekable();
    let life = life::live_writing(ledger, life, arrivals, letters, end, &mut |_| {})?;
    scores(ledger, city, zone, end)?;
    Ok((life.lived, end))
}

/// Units whose work the months' results score: those that inspections are mostly about.
const SCORED: [&str; 3] = ["sanitation", "city_management", "urban_management"];
/// The sheet by which they are scored.
const SHEET: &str = "digital_jinniu";
const MONTHS: [&str; 6] = ["2016-01", "2016-02", "2016-03", "2016-04", "2016-05", "2016-06"];

/// Enters the shipped sheets, and for each month what one of them gives for each unit: counted from the cases, nothing else.
fn scores(ledger: &Ledger, city: CityCode, zone: TimeZone, at: Moment) -> Result<(), DemoError> {
    let own = ledger.clone();
    ledger.db().write_blocking(move |tx| {
        let by = By { actor: ActorId::System, at: ledger::moment(tx, city, at)? };
        for sheet in defaults() {
            register::put(tx, city, sheet, Some(0), &by)?;
        }
        let Some(sheet) = defaults().into_iter().find(|sheet| sheet.code == SHEET) else { return Ok(()) };
        let entries = ledger::head(tx, city)?.entries;
        for month in MONTHS {
            let period: Period = month.parse()?;
            for unit in SCORED {
                let scope = Scope::Unit(unit.to_owned());
                let ask = Ask { city, zone: zone.clone(), period, scope };
                let mut counted = BTreeMap::new();
                for line in &sheet.lines {
                    let Some(figure) = parts::figure(&line.figure) else { continue };
                    let evaluated = figures::evaluate(&own, tx, figure, &ask)?;
                    let whole = |sum: i128| i64::try_from(sum).unwrap_or(i64::MAX);
                    let denominator = evaluated.denominator.map(whole);
                    let numerator = whole(evaluated.numerator);
                    counted.insert(line.figure.clone(), Counted { numerator, denominator });
                }
                let score = score(&sheet, |figure| counted.get(figure).copied());
                let key = format!("{}/{}", sheet.code, sheet.edition);
                let entries = i64::try_from(entries).unwrap_or(i64::MAX);
                let result = ScoreResult::of(key, unit.to_owned(), period, &score, entries);
                register::put(tx, city, result, Some(0), &by)?;
            }
        }
        Ok::<_, DemoError>(())
    })
}

/// The letters that lie on the desks at the end of the year.
pub(crate) fn letters_of_today(life: &Life, until: Date) -> Correspondence {
    let sent = OF_TODAY.each_ref().map(|((days, hour), _)| {
        let day = until.checked_sub(Span::new().days(*days)).unwrap_or(until);
        Moment::of_day(day, &life.view.zone) + i64::from(*hour) * HOUR_MS
    });
    Correspondence::new(life, OF_TODAY.iter().map(|(_, written)| written), &sent)
}
