//! What the check finds: each kind of damage is named by its first bad row; an untouched ledger is clean.

use db::Value;
use kernel::time::Moment;
use ledger::{Ledger, LedgerError, Receipt, Verdict, get, head, verify};

use crate::sample::{Lamp, broke, city, ledger_over, on_each, put_up, read, write};

/// Enough entries for two parts of the check and a bit.
fn fill(ledger: &Ledger, lamps: i64) {
    write(ledger, move |_, tx| {
        for number in 0..lamps {
            let key = format!("lamp-{number}");
            put_up(tx, &key, "韶山路", number % 9, 10 + number)?;
            broke(tx, &key, "不亮", None, 10 + number)?;
        }
        Ok(())
    })
    .unwrap();
}

fn check(ledger: &Ledger, receipts: &[Receipt]) -> Verdict {
    verify(ledger, true, receipts, &mut |_| {}).unwrap()
}

fn tamper(ledger: &Ledger, statements: &[&'static str]) {
    let statements = statements.to_vec();
    write(ledger, move |_, tx| Ok(statements.iter().try_for_each(|sql| tx.execute(sql, &[]).map(drop))?))
        .unwrap();
}

fn first_bad(ledger: &Ledger, receipts: &[Receipt]) -> String {
    check(ledger, receipts).first_bad.unwrap()
}

#[test]
fn an_untouched_ledger_is_clean_and_counted() {
    let folder = tempfile::tempdir().unwrap();
    let db = db::Db::open(&db::Target::Sqlite(folder.path().join("city.db"))).unwrap();
    let ledger = ledger_over(&db, folder.path());
    assert_eq!(check(&ledger, &[]).entries, 0);
    fill(&ledger, 8_300);
    let mut seen = 0;
    let receipt = read(&ledger, |_, tx| head(tx, city())).receipt();
    let verdict = verify(&ledger, true, std::slice::from_ref(&receipt), &mut |rows| seen += rows).unwrap();
    assert_eq!(verdict.first_bad, None);
    assert_eq!((verdict.entries, verdict.records, seen), (16_600, 8_300, 33_200));
    assert_eq!(verdict.heads, [(city(), receipt.root)]);
    // Of two damages far apart the first is named, though different readers meet them.
    tamper(&ledger, &["UPDATE entry SET body = '{}' WHERE seq IN (16400, 16590)"]);
    assert!(first_bad(&ledger, &[]).contains("entry 16400:"));
    tamper(&ledger, &["DELETE FROM entry WHERE seq = 16385"]);
    assert!(first_bad(&ledger, &[]).contains("entry 16385: missing"));
}

#[test]
fn edits_deletions_swaps_and_additions_are_named() {
    type Damage = (&'static [&'static str], &'static str);
    // From the end to the beginning, so that each is the first bad row although the ones before it stand.
    let damages: [Damage; 9] = [
        (&["UPDATE head SET at = at + 1"], "head:"),
        (&["DELETE FROM entry WHERE seq = 20"], "entry 20: missing"),
        (&["UPDATE head SET entries = 18"], "entry 19: it stands after the head"),
        (&["UPDATE entry SET body = REPLACE(body, '7', '8') WHERE seq = 15"], "entry 15:"),
        (&["DELETE FROM entry WHERE seq = 9"], "entry 9: missing"),
        (
            &[
                "UPDATE entry SET seq = 1000 WHERE seq = 5",
                "UPDATE entry SET seq = 5 WHERE seq = 6",
                "UPDATE entry SET seq = 6 WHERE seq = 1000",
            ],
            "entry 5:",
        ),
        (&["UPDATE entry SET actor = 'resident' WHERE seq = 4"], "entry 4:"),
        (&["UPDATE entry SET at = at + 1 WHERE seq = 3"], "entry 3:"),
        (&["UPDATE entry SET hash = (SELECT hash FROM entry WHERE seq = 1) WHERE seq = 2"], "entry 2:"),
    ];
    on_each(|ledger, _| {
        fill(ledger, 10);
        assert_eq!(check(ledger, &[]).first_bad, None);
        for (statements, named) in damages {
            tamper(ledger, statements);
            let bad = first_bad(ledger, &[]);
            assert!(bad.contains(named), "{bad} for {statements:?}");
        }
    });
}

#[test]
fn a_cut_tail_and_a_rewritten_history_do_not_fit_the_receipts() {
    on_each(|ledger, store| {
        fill(ledger, 3);
        let early = read(ledger, |_, tx| head(tx, city())).receipt();
        let kept = read(ledger, |_, tx| {
            let head = head(tx, city())?;
            Ok((head.entries, head.at, head.hash, head.peaks.concat()))
        });
        write(ledger, |_, tx| put_up(tx, "late", "营盘路", 1, 99)).unwrap();
        let late = read(ledger, |_, tx| head(tx, city())).receipt();
        let receipts = [late.clone(), early];
        assert_eq!(check(ledger, &receipts).first_bad, None);

        // The tail is cut and the head set back to match: only the receipt tells.
        tamper(ledger, &["DELETE FROM entry WHERE seq = 7", "DELETE FROM record_lamp WHERE key = 'late'"]);
        write(ledger, move |_, tx| {
            let (entries, at, hash, peaks) = kept;
            tx.execute(
                "UPDATE head SET entries = $1, at = $2, hash = $3, peaks = $4",
                &[
                    entries.cast_signed().into(),
                    at.millis().into(),
                    (&hash).into(),
                    Value::Blob(peaks.into()),
                ],
            )?;
            Ok(())
        })
        .unwrap();
        assert_eq!(check(ledger, &[]).first_bad, None);
        assert!(first_bad(ledger, &receipts).contains("entry 7: missing; a receipt was given"));

        // The whole history is written anew with one word changed.
        tamper(
            ledger,
            &["DELETE FROM entry", "DELETE FROM head", "DELETE FROM record_lamp", "DELETE FROM timer"],
        );
        let again = ledger.clone();
        write(&again, |_, tx| put_up(tx, "lamp-0", "伪造路", 0, 10)).unwrap();
        write(&again, |_, tx| broke(tx, "lamp-0", "不亮", None, 10)).unwrap();
        for number in 1..3 {
            write(&again, move |_, tx| put_up(tx, &format!("lamp-{number}"), "韶山路", number, 10 + number))
                .unwrap();
            write(&again, move |_, tx| broke(tx, &format!("lamp-{number}"), "不亮", None, 10 + number))
                .unwrap();
        }
        write(&again, |_, tx| put_up(tx, "late", "营盘路", 1, 99)).unwrap();
        assert_eq!(check(&again, &[]).first_bad, None, "{:?}", store.db);
        assert!(first_bad(&again, &receipts).contains("the receipt given then does not fit"));
        let elsewhere = Receipt { city: kernel::code::CityCode::new(522_602).unwrap(), ..late };
        assert!(first_bad(&again, &[elsewhere]).contains("522602 has no entries"));
    });
}

#[test]
fn a_damaged_record_is_named() {
    let damages = [
        ("DELETE FROM record_lamp WHERE key = 'lamp-9'", "lamp lamp-9: missing"),
        ("UPDATE record_lamp SET version = 9 WHERE key = 'lamp-4'", "lamp lamp-4: it is not"),
        (
            "UPDATE record_lamp SET state = REPLACE(state, '韶山路', '营盘路') WHERE key = 'lamp-3'",
            "lamp lamp-3: it is not",
        ),
        ("UPDATE record_lamp SET key = 'lamp-00' WHERE key = 'lamp-0'", "lamp lamp-0: missing"),
    ];
    on_each(|ledger, _| {
        fill(ledger, 10);
        for (statement, named) in damages {
            tamper(ledger, &[statement]);
            let bad = first_bad(ledger, &[]);
            assert!(bad.contains(named), "{bad}");
        }
        let chain = verify(ledger, false, &[], &mut |_| {}).unwrap();
        assert_eq!(chain.first_bad, None, "the entries are whole");
    });
}

#[test]
fn records_of_another_shape_are_made_anew_from_the_entries() {
    on_each(|ledger, store| {
        fill(ledger, 10);
        let timers =
            |ledger: &Ledger| read(ledger, |_, tx| ledger::due_timers(tx, city(), Moment(i64::MAX), 100));
        let before: Vec<_> = (0..10)
            .map(|number| {
                read(ledger, move |_, tx| get::<Lamp>(tx, city(), &format!("lamp-{number}"))).unwrap()
            })
            .collect();
        let due = timers(ledger);
        assert_eq!(due.len(), 10);
        tamper(
            ledger,
            &[
                "UPDATE record_shape SET shape = 'older' WHERE noun = 'lamp'",
                "UPDATE record_lamp SET state = '{}'",
                "DELETE FROM timer",
            ],
        );
        let vault = tempfile::tempdir().unwrap();
        let again = ledger::Ledger::open(
            store.db.clone(),
            crate::sample::nouns(),
            ledger.vault().clone(),
            vault.path().to_owned(),
        )
        .unwrap();
        for lamp in before {
            let key = lamp.key.clone();
            let now = read(&again, move |_, tx| get::<Lamp>(tx, city(), &key)).unwrap();
            assert_eq!((now.version, now.row, now.state), (lamp.version, lamp.row, lamp.state));
        }
        assert_eq!(timers(&again), due);
        assert_eq!(check(&again, &[]).first_bad, None);
        let found = read(&again, |_, tx| {
            ledger::search::<Lamp>(tx, city(), &["不亮".to_owned()], Vec::new(), None, 100)
        });
        assert_eq!(found.len(), 10, "words are found again");
        let refused: Result<(), LedgerError> =
            write(&again, |_, tx| broke(tx, "lamp-1", "again", Some(1), 99).map(drop));
        assert!(matches!(refused, Err(LedgerError::Stale { .. })));
    });
}
