//! Registers: rows that are entered, changed, retired, and in force for a time.

use kernel::{error::Coded, time::Moment};
use ledger::{Condition, LedgerError, register};

use crate::sample::{Bench, by, city, on_each, read, write};

fn bench(number: u32, seats: i64) -> Bench {
    Bench { number, seats, from: None, to: None }
}

#[test]
fn a_row_is_entered_changed_and_retired_and_nothing_is_said_twice() {
    on_each(|ledger, _| {
        let put =
            |row: Bench, seen, at| write(ledger, move |_, tx| register::put(tx, city(), row, seen, &by(at)));
        assert_eq!(put(bench(1, 3), Some(0), 10).unwrap().version, 1);
        assert_eq!(put(bench(1, 3), None, 11).unwrap().version, 1, "unchanged");
        assert_eq!(put(bench(1, 4), Some(1), 12).unwrap().version, 2);
        assert!(matches!(put(bench(1, 5), Some(1), 13), Err(LedgerError::Stale { seen: 1, now: 2 })));
        let refused = put(bench(2, 0), None, 14).unwrap_err();
        assert_eq!(refused.code(), "fields_invalid");
        assert_eq!(refused.details()["fields"][0]["field"], "seats");
        let retire = |key: &'static str, at| {
            write(ledger, move |_, tx| register::retire::<Bench>(tx, city(), key, None, &by(at)))
        };
        assert_eq!(retire("b1", 20).unwrap().version, 3);
        assert_eq!(retire("b1", 21).unwrap().version, 3);
        assert!(matches!(retire("b9", 21), Err(LedgerError::NotFound)));
        let stands = read(ledger, |_, tx| register::get::<Bench>(tx, city(), "b1")).unwrap();
        assert_eq!(stands.state.retired_at, Some(Moment(20)));
        assert_eq!(stands.state.row, Some(bench(1, 4)), "a retired row stays readable");
        assert_eq!(put(bench(1, 4), None, 30).unwrap().state.retired_at, None, "it can come back");
        assert_eq!(read(ledger, |_, tx| ledger::head(tx, city())).entries, 4);
    });
}

#[test]
fn rows_are_in_force_from_their_first_day_to_before_their_last() {
    on_each(|ledger, _| {
        let spans = [(None, None), (Some(100), None), (None, Some(100)), (Some(50), Some(150))];
        for (number, (from, to)) in (1..).zip(spans) {
            let row =
                Bench { from: from.map(Moment), to: to.map(Moment), ..bench(number, i64::from(number)) };
            write(ledger, move |_, tx| register::put(tx, city(), row, None, &by(10))).unwrap();
        }
        let at = |at| {
            read(ledger, move |_, tx| register::all::<Bench>(tx, city(), Moment(at)))
                .iter()
                .map(|row| row.number)
                .collect::<Vec<_>>()
        };
        assert_eq!(at(0), [1, 3]);
        assert_eq!(at(49), [1, 3]);
        assert_eq!(at(50), [1, 3, 4]);
        assert_eq!(at(99), [1, 3, 4]);
        assert_eq!(at(100), [1, 2, 4]);
        assert_eq!(at(150), [1, 2]);
        let seats = read(ledger, |_, tx| {
            register::list::<Bench>(tx, city(), vec![Condition::From("seats", 2.into())], None, 2)
        });
        assert_eq!(seats.iter().map(|record| record.key.as_str()).collect::<Vec<_>>(), ["b2", "b3"]);
        let last = seats[1].row;
        let rest = read(ledger, move |_, tx| {
            register::list::<Bench>(tx, city(), vec![Condition::From("seats", 2.into())], Some(last), 2)
        });
        assert_eq!(rest.len(), 1);
    });
}
