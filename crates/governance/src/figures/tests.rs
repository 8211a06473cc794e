//! A small city kept in a ledger, and all figures over it: the rows of each give its value, and as of the head it is what it is now.

use std::{collections::BTreeMap, sync::Arc};

use db::Db;
use figures::{Ask, Figure, Scope, Side, evaluate, evaluate_as_of, open, written};
use jiff::tz::TimeZone;
use kernel::{code::CityCode, role::ActorId, time::Moment};
use ledger::{By, Ledger, LedgerError, Noun, Vault, VaultKey};

/// The key of a record and its life.
pub(crate) type Life<E> = (String, Vec<(Moment, ActorId, E)>);

fn city() -> CityCode {
    CityCode::new(522_601).unwrap()
}

/// A ledger in which these lives were lived, in the order of time.
pub(crate) fn kept<N: Noun>(db: &Db, lives: Vec<Life<N::Event>>) -> Ledger {
    let vault = Vault::new(&VaultKey::fresh().unwrap());
    let ledger = Ledger::open(db.clone(), crate::nouns(), vault, std::env::temp_dir()).unwrap();
    let mut steps: Vec<_> = lives
        .into_iter()
        .flat_map(|(key, steps)| steps.into_iter().map(move |(at, by, event)| (at, key.clone(), by, event)))
        .collect();
    steps.sort_by_key(|(at, ..)| *at);
    ledger
        .db()
        .write_blocking(move |tx| {
            for (at, key, actor, event) in steps {
                let by = By { actor, at };
                ledger::act::<N, LedgerError>(tx, city(), &key, None, &by, |_, _| Ok(vec![event]))?;
            }
            Ok::<_, LedgerError>(())
        })
        .unwrap();
    ledger
}

/// What each figure is, once it has been shown that its rows give it and that it is the same as of the head.
pub(crate) fn values(
    ledger: &Ledger,
    all: &'static [Figure],
    period: &str,
) -> impl Fn(&str) -> Option<String> + use<> {
    let zone = TimeZone::get("Asia/Shanghai").unwrap();
    let ask = Arc::new(Ask { city: city(), zone, period: period.parse().unwrap(), scope: Scope::City });
    let mut found = BTreeMap::new();
    for figure in all {
        let (own, ask) = (ledger.clone(), ask.clone());
        let value = ledger.db().read_blocking(move |tx| {
            let now = evaluate(&own, tx, figure, &ask)?;
            let again = evaluate_as_of(&own, tx, figure, &ask, now.certificate.entries)?;
            assert_eq!(again.certificate, now.certificate, "{}", figure.code);
            let (mut rows, mut after) = (Vec::new(), None);
            loop {
                let page = open(&own, tx, figure, &ask, after, 3)?;
                rows.extend(page.rows);
                after = page.next;
                if after.is_none() {
                    break;
                }
            }
            let sum = |side| {
                rows.iter().filter(|row| row.side == side).map(|row| i128::from(row.amount)).sum::<i128>()
            };
            assert_eq!(sum(Side::Part), now.numerator, "{}", figure.code);
            assert_eq!(sum(Side::Whole), now.denominator.unwrap_or(0), "{}", figure.code);
            assert!(
                now.denominator.is_none_or(|whole| now.numerator <= whole) || figure.code.contains("mean")
            );
            Ok::<_, figures::FigureError>(written(&now)?.value)
        });
        found.insert(figure.code, value.unwrap());
    }
    move |code| found.get(code).unwrap_or_else(|| panic!("no figure {code}")).clone()
}

#[test]
fn every_figure_has_a_code_and_words_of_its_own() {
    let all = || super::CASES.iter().chain(super::CALLS);
    let codes: std::collections::BTreeSet<_> = all().map(|figure| figure.code).collect();
    assert_eq!(codes.len(), all().count());
    for figure in all() {
        assert!(figure.code.starts_with("governance."), "{}", figure.code);
        let pair = figure.code.strip_suffix(".adjusted").map(|code| format!("{code}.raw"));
        assert!(pair.is_none_or(|raw| codes.contains(raw.as_str())), "{} stands alone", figure.code);
        for text in [figure.title, figure.formula] {
            assert!(!text.zh.is_empty() && !text.en.is_empty(), "{}", figure.code);
        }
    }
}

#[test]
fn inspected_classes_stand_in_the_dictionary() {
    let dictionary = crate::dictionary::Dictionary::standard().unwrap();
    for class in super::INSPECTED_CLASSES {
        let known: crate::dictionary::ClassKey = class.parse().unwrap();
        assert!(dictionary.class(&known.edition, known.kind, &known.code).is_some(), "{class}");
    }
}
