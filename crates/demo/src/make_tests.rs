//! A small year, lived for real: the same seed gives the same ledger, every record follows from its entries, people go by the rules.

use db::testing::{TestStore, stores};
use governance::case::{Stage, noun::CaseNoun};
use jiff::civil::date;
use kernel::code::CityCode;
use ledger::{Condition, Ledger, Listing, Order, Record, Vault, VaultKey};

use crate::{KAILI, Made, Wanted, make};

pub(crate) fn wanted(seed: u64) -> Wanted {
    Wanted {
        seed,
        cases: 120,
        until: date(2026, 11, 1),
        password: "for the test".to_owned(),
        password_hash: String::new(),
        books: false,
    }
}

/// An empty ledger, with the store and the folder that it lives in.
pub(crate) fn fresh() -> (Ledger, (TestStore, tempfile::TempDir)) {
    let folder = tempfile::tempdir().unwrap();
    let vault = Vault::new(&VaultKey::fresh().unwrap());
    let store = stores().unwrap().swap_remove(0);
    let ledger = Ledger::open(store.db.clone(), parts::nouns(), vault, folder.path().to_owned()).unwrap();
    (ledger, (store, folder))
}

/// Each engine once, each in a folder of its own.
fn on_each(story: impl Fn(&Ledger)) {
    for store in stores().unwrap() {
        let folder = tempfile::tempdir().unwrap();
        let vault = Vault::new(&VaultKey::fresh().unwrap());
        let ledger = Ledger::open(store.db.clone(), parts::nouns(), vault, folder.path().to_owned()).unwrap();
        story(&ledger);
    }
}

fn head(ledger: &Ledger) -> String {
    let city = CityCode::new(KAILI).unwrap();
    ledger::hex(&ledger.db().read_blocking(move |tx| ledger::head(tx, city)).unwrap().root())
}

fn cases(ledger: &Ledger) -> Vec<Record<CaseNoun>> {
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
            ledger::list::<CaseNoun>(tx, city, listing)
        })
        .unwrap()
}

fn live(ledger: &Ledger, seed: u64) -> Made {
    make(ledger, &wanted(seed), &mut |_| {}).unwrap()
}

#[test]
fn a_seed_gives_one_city_on_both_engines_and_it_verifies() {
    let heads = std::cell::RefCell::new(std::collections::BTreeSet::new());
    on_each(|ledger| {
        let made = live(ledger, 7);
        assert_eq!(made.lived.reports, 120);
        assert!(made.lived.acts > 500, "{:?}", made.lived);
        assert!(made.lived.refused * 100 < made.lived.acts, "{:?}", made.lived);
        assert!(made.lived.calls > 20 && made.lived.call_acts > 60, "{:?}", made.lived);
        let verdict = ledger::verify(ledger, true, &[], &mut |_| {}).unwrap();
        assert_eq!(verdict.first_bad, None);
        heads.borrow_mut().insert(head(ledger));
    });
    // Once more on the first engine: nothing but the seed decides, whatever the vault's key is.
    let (ledger, _kept) = fresh();
    live(&ledger, 7);
    heads.borrow_mut().insert(head(&ledger));
    assert_eq!(heads.borrow().len(), 1, "the engines, or two runs, disagree");
}

#[test]
fn another_seed_gives_another_city_and_people_work_through_their_cases() {
    let (ledger, _kept) = fresh();
    live(&ledger, 8);
    let found = cases(&ledger);
    assert_eq!(found.len(), 120);
    let closed = found.iter().filter(|record| record.state.stage == Stage::Closed).count();
    assert!(closed > 60, "{closed} of 120 are closed");
    for record in &found {
        let case = &record.state;
        assert!(case.place.as_ref().is_some_and(|place| place.cell.is_some()), "{}", record.key);
        if let Some(closing) = &case.closing {
            assert!(!case.hands.contains(&closing.by), "{}: closed by who handled it", record.key);
        }
        assert!(!case.text.contains('{'), "a slot was left open: {}", case.text);
    }
}
