//! The call sheet in the ledger, on both engines: what a rule decides is kept, what it refuses leaves no trace, a timer fires once.

use kernel::{code::CityCode, error::Coded as _, time::DAY_MS};
use ledger::{Ledger, LedgerError, Record, Vault, VaultKey};

use super::{super::act::*, super::noun::CallNoun, *};

/// One vault for both openings of a store, as a data folder has.
fn on_each(story: impl Fn(&Ledger, &dyn Fn() -> Ledger)) {
    for store in db::testing::stores().unwrap() {
        let key = VaultKey::fresh().unwrap();
        let again = || {
            Ledger::open(store.db.clone(), crate::nouns(), Vault::new(&key), std::env::temp_dir()).unwrap()
        };
        story(&again(), &again);
    }
}

fn city() -> CityCode {
    CityCode::new(522_601).unwrap()
}

fn give(
    ledger: &Ledger,
    id: CallId,
    seen: Option<u64>,
    name: &'static str,
    command: Command,
    now: Moment,
) -> Result<Record<CallNoun>, LedgerError> {
    ledger.db().write_blocking(move |tx| {
        let settings = CallSettings::default();
        let office = Office { calendar: &CALENDAR, settings: &settings };
        let case = case_of(REFERENCE);
        let given = Given { seen, case: Some(&case), ..Given::default() };
        act(tx, (city(), id), office, &command, &who(name), given, now)
    })
}

fn fire(ledger: &Ledger, now: Moment) -> u32 {
    ledger
        .db()
        .write_blocking(move |tx| {
            let settings = CallSettings::default();
            fire_due(tx, city(), Office { calendar: &CALENDAR, settings: &settings }, now)
        })
        .unwrap()
}

fn entries(ledger: &Ledger) -> u64 {
    ledger.db().read_blocking(|tx| ledger::head(tx, city())).unwrap().entries
}

#[test]
fn a_deadline_that_passed_while_nobody_ran_is_put_on_record_once() {
    on_each(|ledger, again| {
        let id = call_id(1);
        give(ledger, id, Some(0), "acceptor", begin(filled()), start()).unwrap();
        give(ledger, id, Some(1), "acceptor", hand_over(), start()).unwrap();
        assert_eq!(fire(ledger, start()), 0, "nothing is due yet");
        // The machine stood still for a month; another process takes the store over.
        let later = again();
        let month = start() + 30 * DAY_MS;
        assert!(fire(&later, month) > 0);
        let after = entries(&later);
        assert_eq!(fire(&later, month), 0);
        assert_eq!(fire(&again(), month + DAY_MS), 0);
        assert_eq!(entries(&later), after);
        let call = later
            .db()
            .read_blocking(move |tx| ledger::get::<CallNoun>(tx, city(), &id.to_string()))
            .unwrap()
            .unwrap();
        let late: Vec<ClockName> = call.state.overdues.iter().map(|fact| fact.clock).collect();
        assert_eq!(late, [ClockName::Response, ClockName::Answer]);
        let verdict = ledger::verify(&later, true, &[], &mut |_| {}).unwrap();
        assert_eq!(verdict.first_bad, None);
        assert_eq!(verdict.records, 1);
    });
}

#[test]
fn a_refused_act_leaves_no_trace() {
    on_each(|ledger, _| {
        let id = call_id(2);
        give(ledger, id, Some(0), "acceptor", begin(filled()), start()).unwrap();
        let before = entries(ledger);
        let refused = give(ledger, id, None, "acceptor", reply(true), start()).unwrap_err();
        assert_eq!(refused.code(), "call_not_in_this_stage");
        let stale = give(ledger, id, Some(0), "acceptor", begin(filled()), start()).unwrap_err();
        assert_eq!(stale.code(), "version_stale");
        assert_eq!(entries(ledger), before);
    });
}
