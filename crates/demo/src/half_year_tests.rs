//! The half-year of the books: its inspection cases were handled in time (G5) by the real rules, its letters came and went (G8).

use figures::{Ask, FigureError, Scope, evaluate, open, written};
use governance::letter::{Letter, LetterKind, Stage, noun::LetterNoun};
use governance::score_result::ScoreResult;
use jiff::{civil::date, tz::TimeZone};
use kernel::{code::CityCode, time::Moment};
use ledger::{Condition, Ledger, Listing, Order, register};

use crate::{
    KAILI, Wanted,
    half_year::INSPECTION_CASES,
    make,
    make_tests::{fresh, wanted},
};

/// Figures of a period.
fn values(ledger: &Ledger, period: &str, codes: &[&'static str]) -> Vec<(Option<String>, u64)> {
    let (own, city) = (ledger.clone(), CityCode::new(KAILI).unwrap());
    let zone = TimeZone::get("Asia/Shanghai").unwrap();
    let ask = Ask { city, zone, period: period.parse().unwrap(), scope: Scope::City };
    let codes = codes.to_vec();
    ledger
        .db()
        .read_blocking(move |tx| {
            codes
                .into_iter()
                .map(|code| {
                    let figure = parts::figure(code).unwrap_or_else(|| panic!("no figure {code}"));
                    let evaluated = evaluate(&own, tx, figure, &ask)?;
                    let rows = open(&own, tx, figure, &ask, None, 1_000)?.rows.len();
                    assert_eq!(u64::try_from(rows).unwrap(), evaluated.rows, "{code} opens to its rows");
                    Ok((written(&evaluated)?.value, evaluated.rows))
                })
                .collect::<Result<Vec<_>, FigureError>>()
        })
        .unwrap()
}

fn all<R: register::Register>(ledger: &Ledger) -> Vec<R> {
    let city = CityCode::new(KAILI).unwrap();
    let at = Moment::parse_iso("2016-07-01T00:00:00+08:00").unwrap();
    ledger.db().read_blocking(move |tx| register::all::<R>(tx, city, at)).unwrap()
}

fn letters(ledger: &Ledger) -> Vec<Letter> {
    let city = CityCode::new(KAILI).unwrap();
    ledger
        .db()
        .read_blocking(move |tx| {
            let listing = Listing {
                conditions: Vec::<Condition<'_>>::new(),
                order: Order::Rising("row"),
                after: None,
                limit: 1_000,
            };
            ledger::list::<LetterNoun>(tx, city, listing)
        })
        .unwrap()
        .into_iter()
        .map(|record| record.state)
        .collect()
}

#[test]
fn the_half_year_is_lived_in_time_and_its_letters_come_and_go() {
    let (ledger, _kept) = fresh();
    let wanted = Wanted { cases: 30, until: date(2026, 11, 1), books: true, ..wanted(5) };
    let made = make(&ledger, &wanted, &mut |_| {}).unwrap();
    let half_year = made.half_year;
    assert_eq!(half_year.reports, u64::try_from(INSPECTION_CASES).unwrap());
    assert!(half_year.acts > 6 * half_year.reports, "{half_year:?}");
    assert_eq!(half_year.refused, 0, "{half_year:?}");
    let figures = values(
        &ledger,
        "2016-H1",
        &[
            "governance.inspection_cases",
            "governance.inspection_cases_on_time",
            "governance.closed",
            "governance.closed_on_time_rate.raw",
            "governance.sanitation_on_time",
        ],
    );
    let [(cases, _), (on_time, rows), (closed, _), (closed_on_time, _), (inspections, _)] =
        figures.as_slice()
    else {
        panic!("{figures:?}");
    };
    assert_eq!(cases.as_deref(), Some("300"));
    assert_eq!(on_time.as_deref(), Some("100.00"), "{rows} rows");
    assert_eq!(*rows, 600, "all of them had to be handled, part and whole");
    assert_eq!(closed.as_deref(), Some("300"));
    assert_eq!(closed_on_time.as_deref(), Some("100.00"));
    assert_eq!(inspections.as_deref(), Some("100.00"), "the books of inspections say the same");
    for month in ["2016-01", "2016-02", "2016-03", "2016-04", "2016-05", "2016-06"] {
        let (on_time, rows) = values(&ledger, month, &["governance.inspection_cases_on_time"]).remove(0);
        assert!(on_time.as_deref() == Some("100.00") && rows > 60, "{month}: {on_time:?} of {rows}");
    }

    let results = all::<ScoreResult>(&ledger);
    assert_eq!(results.len(), 18, "three units, six months");
    let sanitation = results.iter().filter(|result| result.scored == "sanitation");
    let totals: Vec<_> = sanitation.filter_map(|result| result.total).collect();
    assert!(totals.len() >= 5 && totals.iter().all(|total| total.0 == 100_000), "{totals:?}");
    assert!(results.iter().all(|result| result.lines.len() == 5));

    let letters = letters(&ledger);
    let (replies, first): (Vec<&Letter>, Vec<&Letter>) =
        letters.iter().partition(|letter| letter.content.kind == LetterKind::Reply);
    let old = |letter: &&&Letter| letter.drafted_at.iso(&TimeZone::UTC).starts_with("2016");
    assert_eq!(first.iter().filter(old).count(), 12);
    assert_eq!(replies.iter().filter(old).count(), 13);
    assert!(replies.iter().all(|reply| reply.stage == Stage::Closed), "each was received");
    let lifted: Vec<&&Letter> = first.iter().filter(old).filter(|letter| letter.level() > 0).collect();
    assert_eq!(lifted.len(), 1, "one came too late");
    assert!(!lifted[0].overdues.is_empty() && lifted[0].stage == Stage::Closed);
    assert_eq!(lifted[0].in_time(), Some(false));
    let stages = |wanted: Stage| first.iter().filter(|letter| letter.stage == wanted).count();
    for stage in [Stage::Draft, Stage::Received, Stage::Closed, Stage::Returned, Stage::Withdrawn] {
        assert!(stages(stage) > 0, "no letter is {}", stage.name());
    }
    let number = first.iter().find_map(|letter| letter.number.clone()).unwrap();
    assert_eq!(number, "凯城管函〔2016〕1号");
}
