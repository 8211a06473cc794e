//! Lists, pages, counts and search by words, against what a plain loop over all lamps finds.

use db::Value;
use ledger::{
    Condition, LedgerError, Listing, Order, Record, count, list,
    record::{Spans, count_spans},
    search,
};
use proptest::{
    prelude::*,
    test_runner::{Config, TestRunner},
};

use crate::sample::{Lamp, broke, city, on_each, put_up, read, write};

const STREETS: [&str; 5] = ["韶山路", "营盘路", "Ring Road", "环城路", "北京东路12号"];
const NOTES: [&str; 6] = ["灯不亮", "灯杆倾斜", "路灯破损 lamp", "电线外露", "第12号灯", "井盖丢失"];
const LAMPS: i64 = 120;

fn fill(ledger: &ledger::Ledger) -> Vec<Record<Lamp>> {
    write(ledger, |_, tx| {
        (0..LAMPS)
            .map(|number| {
                let place = usize::try_from(number).unwrap();
                let key = format!("lamp-{}", number * 7_919 % 1_000);
                let lamp = put_up(tx, &key, STREETS[place % STREETS.len()], number % 7 * 10, number)?;
                if number % 3 == 0 {
                    return Ok(lamp);
                }
                broke(tx, &key, NOTES[place % NOTES.len()], None, number)
            })
            .collect::<Result<Vec<_>, LedgerError>>()
    })
    .unwrap()
}

/// A condition as a plain test of a lamp, beside the real one.
#[derive(Debug, Clone)]
enum Wanted {
    Street(usize),
    Streets(Vec<usize>),
    NotStreets(Vec<usize>),
    WattsFrom(i64),
    WattsBelow(i64),
    WattsIn(Vec<(i64, i64)>),
    Whole,
    Broken,
    Either(Vec<Wanted>),
}

impl Wanted {
    fn holds(&self, lamp: &Record<Lamp>) -> bool {
        let state = &lamp.state;
        match self {
            Self::Street(place) => state.street == STREETS[*place],
            Self::Streets(places) => places.iter().any(|place| state.street == STREETS[*place]),
            Self::NotStreets(places) => !places.iter().any(|place| state.street == STREETS[*place]),
            Self::WattsFrom(watts) => state.watts >= *watts,
            Self::WattsBelow(watts) => state.watts < *watts,
            Self::WattsIn(ranges) => ranges.iter().any(|(low, high)| (*low..=*high).contains(&state.watts)),
            Self::Whole => state.broken_at.is_none(),
            Self::Broken => state.broken_at.is_some(),
            Self::Either(wanted) => wanted.iter().any(|wanted| wanted.holds(lamp)),
        }
    }

    fn condition(&self) -> Condition<'static> {
        match self {
            Self::Street(place) => Condition::Is("street", STREETS[*place].into()),
            Self::Streets(places) => {
                Condition::In("street", places.iter().map(|place| Value::from(STREETS[*place])).collect())
            }
            Self::NotStreets(places) => {
                Condition::NotIn("street", places.iter().map(|place| Value::from(STREETS[*place])).collect())
            }
            Self::WattsFrom(watts) => Condition::From("watts", (*watts).into()),
            Self::WattsBelow(watts) => Condition::Below("watts", (*watts).into()),
            Self::WattsIn(ranges) => Condition::Ranges("watts", ranges.clone()),
            Self::Whole => Condition::Empty("broken_at"),
            Self::Broken => Condition::Filled("broken_at"),
            Self::Either(wanted) => Condition::Any(wanted.iter().map(Self::condition).collect()),
        }
    }
}

fn wanted() -> impl Strategy<Value = Wanted> {
    let plain = prop_oneof![
        (0..STREETS.len()).prop_map(Wanted::Street),
        prop::collection::vec(0..STREETS.len(), 0..3).prop_map(Wanted::Streets),
        prop::collection::vec(0..STREETS.len(), 0..3).prop_map(Wanted::NotStreets),
        (0_i64..70).prop_map(Wanted::WattsFrom),
        (0_i64..70).prop_map(Wanted::WattsBelow),
        prop::collection::vec((0_i64..70, 0_i64..70), 0..3).prop_map(Wanted::WattsIn),
        Just(Wanted::Whole),
        Just(Wanted::Broken),
    ];
    prop_oneof![plain.clone(), prop::collection::vec(plain, 0..3).prop_map(Wanted::Either)]
}

#[test]
fn pages_are_what_a_loop_over_all_finds() {
    on_each(|ledger, _| {
        let lamps = fill(ledger);
        let mut runner = TestRunner::new(Config { cases: 40, ..Config::default() });
        let given = (prop::collection::vec(wanted(), 0..3), any::<bool>(), any::<bool>(), 1_u32..40);
        runner
            .run(&given, |(conditions, rising, by_watts, limit)| {
                let value = |lamp: &Record<Lamp>| if by_watts { lamp.state.watts } else { lamp.row };
                let mut expected: Vec<_> =
                    lamps.iter().filter(|lamp| conditions.iter().all(|wanted| wanted.holds(lamp))).collect();
                expected.sort_by_key(|lamp| (value(lamp), lamp.row));
                if !rising {
                    expected.reverse();
                }
                let expected: Vec<&str> = expected.iter().map(|lamp| lamp.key.as_str()).collect();
                let column = if by_watts { "watts" } else { "row" };
                let order = if rising { Order::Rising(column) } else { Order::Falling(column) };
                let (mut after, mut found) = (None, Vec::new());
                loop {
                    let real = conditions.iter().map(Wanted::condition).collect();
                    let listing = Listing { conditions: real, order, after, limit };
                    let page = read(ledger, move |_, tx| list::<Lamp>(tx, city(), listing));
                    let Some(last) = page.last() else { break };
                    after = Some((value(last), last.row));
                    prop_assert!(page.len() <= limit as usize);
                    found.extend(page.into_iter().map(|lamp| lamp.key));
                }
                prop_assert_eq!(&found, &expected);
                let real = conditions.iter().map(Wanted::condition).collect();
                let counted = read(ledger, move |_, tx| count::<Lamp>(tx, city(), real, &[]));
                prop_assert_eq!(counted, vec![(Vec::new(), expected.len() as u64)]);
                Ok(())
            })
            .unwrap();
    });
}

#[test]
fn counts_by_columns_add_up() {
    on_each(|ledger, _| {
        let lamps = fill(ledger);
        let counted = read(ledger, |_, tx| {
            count::<Lamp>(tx, city(), vec![Condition::Filled("broken_at")], &["street", "watts"])
        });
        for (group, number) in &counted {
            let expected = lamps.iter().filter(|lamp| {
                lamp.state.broken_at.is_some()
                    && group[0].as_deref() == Some(&lamp.state.street)
                    && group[1] == Some(lamp.state.watts.to_string())
            });
            assert_eq!(expected.count() as u64, *number, "{group:?}");
        }
        let sum: u64 = counted.iter().map(|(_, number)| number).sum();
        assert_eq!(sum, lamps.iter().filter(|lamp| lamp.state.broken_at.is_some()).count() as u64);
    });
}

#[test]
fn counts_by_spans_are_what_a_loop_counts() {
    on_each(|ledger, _| {
        let lamps = fill(ledger);
        for starts in [vec![0], vec![0, 20], vec![10, 20, 30, 40, 50], vec![60, 61, 62, 63]] {
            let spans = Spans { column: "watts", starts: starts.clone() };
            let counted = read(ledger, move |_, tx| {
                count_spans::<Lamp>(tx, city(), &[], Vec::new(), &["street"], &spans)
            });
            let span_of = |watts: i64| starts.iter().rposition(|start| *start <= watts).unwrap_or(0);
            for (group, number) in &counted {
                let expected = lamps.iter().filter(|lamp| {
                    group[0].as_deref() == Some(&lamp.state.street)
                        && group[1] == Some(span_of(lamp.state.watts).to_string())
                });
                assert_eq!(expected.count() as u64, *number, "{group:?} of {starts:?}");
            }
            assert_eq!(counted.iter().map(|(_, number)| number).sum::<u64>(), lamps.len() as u64);
        }
        let spans = Spans { column: "broken_at", starts: vec![0] };
        let of_words = read(ledger, move |_, tx| {
            count_spans::<Lamp>(tx, city(), &["韶山".to_owned()], Vec::new(), &[], &spans)
        });
        let whole =
            lamps.iter().filter(|lamp| lamp.state.street == "韶山路" && lamp.state.broken_at.is_none());
        let empty = of_words.iter().find(|(group, _)| group[0].is_none()).map_or(0, |(_, number)| *number);
        assert_eq!(empty, whole.count() as u64, "an empty column belongs to no span");
    });
}

#[test]
fn a_phrase_finds_exactly_the_texts_that_hold_it() {
    on_each(|ledger, _| {
        let lamps = fill(ledger);
        let texts: Vec<(String, String)> = lamps
            .iter()
            .map(|lamp| {
                let words = format!("{} {}", lamp.state.street, lamp.state.notes.join(" "));
                (lamp.key.clone(), format!(" {} ", kernel::text::space_han(&words)))
            })
            .collect();
        let phrases = [
            vec!["灯"],
            vec!["路灯"],
            vec!["不亮"],
            vec!["路"],
            vec!["12号"],
            vec!["第12号灯"],
            vec!["lamp"],
            vec!["LAMP"],
            vec!["Ring Road"],
            vec!["ring"],
            vec!["亮不"],
            vec!["灯", "韶山"],
            vec!["韶山", "Ring"],
            vec!["\""],
            vec!["*"],
            vec!["不亮\" OR \"灯"],
            vec!["北京东路12"],
        ];
        for asked in phrases {
            let spaced: Vec<String> =
                asked.iter().map(|phrase| kernel::text::space_han(phrase).trim().to_owned()).collect();
            let mut expected: Vec<&str> = texts
                .iter()
                .filter(|(_, text)| {
                    spaced.iter().any(|p| !p.is_empty())
                        && spaced
                            .iter()
                            .all(|phrase| phrase.is_empty() || text.contains(&format!(" {phrase} ")))
                })
                .map(|(key, _)| key.as_str())
                .collect();
            expected.reverse();
            let owned: Vec<String> = asked.iter().map(|phrase| (*phrase).to_owned()).collect();
            let (mut before, mut found) = (None, Vec::new());
            loop {
                let owned = owned.clone();
                let page =
                    read(ledger, move |_, tx| search::<Lamp>(tx, city(), &owned, Vec::new(), before, 7));
                let Some(last) = page.last() else { break };
                before = Some(last.row);
                found.extend(page.into_iter().map(|lamp| lamp.key));
            }
            assert_eq!(found, expected, "{asked:?}");
        }
        let broken = read(ledger, |_, tx| {
            search::<Lamp>(
                tx,
                city(),
                &["路".to_owned()],
                vec![Condition::Is("street", "韶山路".into())],
                None,
                1_000,
            )
        });
        assert!(!broken.is_empty() && broken.iter().all(|lamp| lamp.state.street == "韶山路"));
    });
}

#[test]
fn a_page_far_behind_is_found_by_what_stands_before_it() {
    on_each(|ledger, _| {
        fill(ledger);
        let order = Order::Falling("watts");
        let whole = || vec![Condition::Empty("broken_at")];
        let all = read(ledger, move |_, tx| {
            list::<Lamp>(tx, city(), Listing { conditions: whole(), order, after: None, limit: 1_000 })
        });
        assert_eq!(all.len(), 40);
        for place in [0, 1, 17, 39] {
            let mark = read(ledger, move |_, tx| {
                ledger::record::mark_after::<Lamp>(tx, city(), whole(), order, place)
            });
            let there = &all[place as usize];
            assert_eq!(mark, Some((there.state.watts, there.row)));
        }
        let behind =
            read(ledger, move |_, tx| ledger::record::mark_after::<Lamp>(tx, city(), whole(), order, 40));
        assert_eq!(behind, None);
    });
}
