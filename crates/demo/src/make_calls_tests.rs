//! The hotline of a small year: its sheets stand in several stages, its rates have numbers, its callers come again.

use std::collections::{BTreeMap, BTreeSet};

use governance::{
    call::{self, Call, Closing, DemandKind, Outcome, noun::CallNoun},
    case::{Source, noun::CaseNoun},
    view::View,
};
use kernel::{code::CityCode, time::Moment};
use ledger::{Condition, Ledger, Listing, Noun, Order, Record};

use crate::{
    KAILI, Wanted, make,
    make_tests::{fresh, wanted},
};

const CASES: u64 = 400;

fn all<N: Noun>(ledger: &Ledger) -> Vec<Record<N>> {
    let city = CityCode::new(KAILI).unwrap();
    ledger
        .db()
        .read_blocking(move |tx| {
            let listing = Listing {
                conditions: Vec::<Condition<'_>>::new(),
                order: Order::Rising("row"),
                after: None,
                limit: ledger::record::PAGE_RECORDS_MAX,
            };
            ledger::list::<N>(tx, city, listing)
        })
        .unwrap()
}

/// The end of the year and what came of it.
struct Year {
    end: Moment,
    made: crate::Made,
    calls: Vec<Call>,
    cases: BTreeMap<String, governance::case::Case>,
    due: Vec<ledger::DueTimer>,
    rates: call::rates::Rates,
}

fn lived(ledger: &Ledger) -> Year {
    let wanted = Wanted { cases: CASES, ..wanted(11) };
    let made = make(ledger, &wanted, &mut |_| {}).unwrap();
    let city = CityCode::new(KAILI).unwrap();
    let view = ledger.db().read_blocking(move |tx| View::load(tx, city)).unwrap();
    let end = Moment::of_day(wanted.until, &view.zone);
    let calls: Vec<Call> = all::<CallNoun>(ledger).into_iter().map(|record| record.state).collect();
    let cases = all::<CaseNoun>(ledger).into_iter().map(|record| (record.key, record.state)).collect();
    let due = ledger.db().read_blocking(move |tx| ledger::due_timers(tx, city, end, 10)).unwrap();
    let rates = call::rates::rates(&calls, (Moment(0), end), &view.city.calls, end);
    Year { end, made, calls, cases, due, rates }
}

#[test]
fn the_hotline_lives() {
    let (ledger, _kept) = fresh();
    let year = lived(&ledger);
    let verdict = ledger::verify(&ledger, true, &[], &mut |_| {}).unwrap();
    assert_eq!(verdict.first_bad, None);
    assert_eq!(year.cases.len() as u64, CASES, "calls that become no case come on top");
    assert_eq!(year.made.lived.calls, year.calls.len() as u64);
    assert!(year.calls.iter().all(|call| call.at < year.end));

    // Every report by telephone has its sheet, under one reference, and the other way round.
    let by_phone: BTreeSet<&String> = year
        .cases
        .values()
        .filter(|case| case.source == Source::Hotline)
        .filter_map(|case| case.reference.as_ref())
        .collect();
    let made: BTreeSet<&String> = year
        .calls
        .iter()
        .filter(|call| call.outcome == Some(Outcome::Case))
        .map(|call| &call.reference)
        .collect();
    assert!(by_phone.len() > 60, "{}", by_phone.len());
    assert_eq!(by_phone, made);

    let stages: BTreeSet<_> = year.calls.iter().map(|call| call.stage).collect();
    assert!(stages.len() >= 3, "{stages:?}");
    for outcome in Outcome::ALL {
        assert!(year.calls.iter().any(|call| call.outcome == Some(*outcome)), "{outcome:?} never happens");
    }
    let closings = |closing| year.calls.iter().filter(|call| call.closing == Some(closing)).count();
    let followed_up = closings(Closing::FollowedUp);
    assert!(followed_up > 50, "{followed_up}");
    assert!(closings(Closing::Unreachable) >= 1 && closings(Closing::NoFollowUp) >= 1);
    assert!(closings(Closing::Unreachable) * 8 < followed_up, "few are not reached");
    assert!(year.calls.iter().any(|call| call.counts.redos > 0), "nobody wants it done again");
    assert!(year.calls.iter().any(|call| call.repeat > 0), "nobody calls again");
    assert!(year.calls.iter().filter(|call| call.repeat > 0).count() * 3 < year.calls.len());

    for call in year.calls.iter().filter(|call| call.outcome == Some(Outcome::Answered)) {
        assert!(!call.note.is_empty() && !call.demand.text.contains('{'), "{call:?}");
    }
    let asked = |call: &&Call| call.demand.kind == Some(DemandKind::Consultation);
    assert!(year.calls.iter().filter(asked).count() > 5);
    for call in year.calls.iter().filter(|call| call.outcome == Some(Outcome::Joined)) {
        let case = &year.cases[&call.case_id().unwrap().to_string()];
        assert_ne!(case.reference.as_ref(), Some(&call.reference));
        assert!(case.text.len() > 6, "{call:?}");
    }
}

#[test]
fn its_three_rates_have_numbers_and_its_clocks_are_kept() {
    let (ledger, _kept) = fresh();
    let year = lived(&ledger);
    let rates = year.rates;
    let percent = |rate: call::rates::Rate| rate.basis_points().unwrap() / 100;
    assert!(rates.response.denominator > 60 && rates.resolution.denominator > 50, "{rates:?}");
    assert!((80..100).contains(&percent(rates.response)), "{rates:?}");
    assert!((75..100).contains(&percent(rates.resolution)), "{rates:?}");
    assert!((75..100).contains(&percent(rates.satisfaction)), "{rates:?}");
    assert!(rates.unreachable >= 1 && rates.excluded.consultations > 0 && rates.excluded.duplicates > 0);
    // Nothing that fell due within the year is left for the server's first minute.
    assert!(year.due.is_empty(), "{:?}", year.due);
    assert!(year.calls.iter().any(|call| !call.overdues.is_empty()), "no sheet is ever late");
    for call in &year.calls {
        let late = call.clocks.iter().filter(|running| running.clock.due < year.end);
        assert!(late.clone().all(|running| running.overdue), "{}: {:?}", call.reference, call.clocks);
    }
}
