//! The case in the ledger, on both engines: what a rule decides is kept, what it refuses leaves no trace, a timer fires once.

use kernel::{code::CityCode, error::Coded as _, time::HOUR_MS};
use ledger::{Ledger, LedgerError, Record, Vault, VaultKey};

use super::{super::act::*, super::noun::CaseNoun, *};

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

fn office() -> Office {
    Office { calendar: CALENDAR.clone(), settings: CaseSettings::default() }
}

fn start() -> Moment {
    Moment(1_460_000_000_000)
}

fn report(text: &str) -> Command {
    let place = Place { lon: 107.98, lat: 26.57, address: "人民路12号".to_owned(), ..Place::default() };
    Command::Report(Box::new(Report {
        source: Source::Web,
        lane: Lane::Ordinary,
        reporter: None,
        text: text.to_owned(),
        place: Some(place),
        class: Some("2026-matter-06010".to_owned()),
        component: None,
        urgent: false,
        attachments: Vec::new(),
        reference: None,
        token_hash: None,
        parent: None,
    }))
}

fn give(
    ledger: &Ledger,
    id: CaseId,
    seen: Option<u64>,
    command: Command,
    now: Moment,
) -> Result<Record<CaseNoun>, LedgerError> {
    ledger.db().write_blocking(move |tx| {
        let given = Given { seen, ..Given::default() };
        act(tx, (city(), id), &office(), &command, &Actor::resident(), given, now)
    })
}

fn fire(ledger: &Ledger, now: Moment) -> u32 {
    ledger.db().write_blocking(move |tx| fire_due(tx, city(), &office(), now)).unwrap()
}

fn entries(ledger: &Ledger) -> u64 {
    ledger.db().read_blocking(|tx| ledger::head(tx, city())).unwrap().entries
}

#[test]
fn a_deadline_that_passed_while_nobody_ran_is_put_on_record_once() {
    on_each(|ledger, again| {
        let id = case_id(1);
        let reported = give(ledger, id, Some(0), report("垃圾没有清走"), start()).unwrap();
        let due = reported.state.next_due().unwrap();
        assert_eq!(fire(ledger, start()), 0, "nothing is due yet");

        // The machine stood still for an hour; another process takes the store over.
        let later = again();
        assert!(due < start() + HOUR_MS);
        assert!(fire(&later, start() + HOUR_MS) > 0);
        let after = entries(&later);
        assert_eq!(fire(&later, start() + HOUR_MS), 0);
        assert_eq!(fire(&again(), start() + 2 * HOUR_MS), 0);
        assert_eq!(entries(&later), after);
        let case = later
            .db()
            .read_blocking(move |tx| ledger::get::<CaseNoun>(tx, city(), &id.to_string()))
            .unwrap()
            .unwrap();
        assert_eq!(case.state.overdues.len(), 1);
        let verdict = ledger::verify(&later, true, &[], &mut |_| {}).unwrap();
        assert_eq!(verdict.first_bad, None);
        assert_eq!(verdict.records, 1);
    });
}

#[test]
fn a_refused_act_leaves_no_trace() {
    on_each(|ledger, _| {
        let id = case_id(2);
        give(ledger, id, Some(0), report("垃圾没有清走"), start()).unwrap();
        let before = entries(ledger);
        let refused = give(ledger, id, None, Command::File {}, start()).unwrap_err();
        assert!(matches!(refused, LedgerError::Refused(_)), "{refused:?}");
        let stale = give(ledger, id, Some(0), report("再报一次"), start()).unwrap_err();
        assert_eq!(stale.code(), "version_stale");
        assert_eq!(entries(ledger), before);
    });
}

#[test]
fn a_case_is_found_by_two_characters_and_by_its_columns() {
    on_each(|ledger, _| {
        for number in 0..20 {
            let text = if number % 4 == 0 { "井盖破损" } else { "垃圾没有清走" };
            give(ledger, case_id(100 + number), Some(0), report(text), start() + number).unwrap();
        }
        let found = ledger
            .db()
            .read_blocking(|tx| {
                ledger::search::<CaseNoun>(tx, city(), &["井盖".to_owned()], Vec::new(), None, 50)
            })
            .unwrap();
        assert_eq!(found.len(), 5);
        assert!(found.windows(2).all(|pair| pair[0].row > pair[1].row), "the newest first");
        let counted = ledger
            .db()
            .read_blocking(|tx| ledger::count::<CaseNoun>(tx, city(), Vec::new(), &["stage"]))
            .unwrap();
        assert_eq!(counted, [(vec![Some("reported".to_owned())], 20)]);
    });
}
