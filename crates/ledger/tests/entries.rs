//! Appending, deciding, answering once, timers, jobs.

use std::{collections::BTreeSet, sync::Arc};

use db::{Db, Target};
use kernel::{error::Coded, time::Moment};
use ledger::{
    Job, Ledger, LedgerError, Remembered, append_lives, append_new, bodies, claim_jobs, due_timers, enqueue,
    entries_after, finish_job, get, head, history, moment, once, retry_job, verify,
};
use uuid::Uuid;

use crate::sample::{
    Lamp, LampEvent, MENDING_MS, broke, by, city, ledger_over, on_each, put_up, read, write,
};

#[test]
fn an_event_changes_its_record_and_nothing_else() {
    on_each(|ledger, _| {
        let lamp = write(ledger, |_, tx| put_up(tx, "a", "韶山路", 100, 10)).unwrap();
        assert_eq!((lamp.version, lamp.state.watts), (1, 100));
        write(ledger, |_, tx| put_up(tx, "b", "营盘路", 50, 11)).unwrap();
        let lamp = write(ledger, |_, tx| broke(tx, "a", "不亮", Some(1), 12)).unwrap();
        assert_eq!((lamp.version, lamp.state.broken_at), (2, Some(Moment(12))));
        let stands = read(ledger, |_, tx| get::<Lamp>(tx, city(), "a")).unwrap();
        assert_eq!((stands.version, stands.row, &stands.state), (2, lamp.row, &lamp.state));
        let kinds: Vec<String> = read(ledger, |_, tx| history(tx, city(), "lamp", "a"))
            .into_iter()
            .map(|entry| entry.kind)
            .collect();
        assert_eq!(kinds, ["put_up", "broke"]);
        let seqs: Vec<u64> = read(ledger, |_, tx| entries_after(tx, city(), 1, 10))
            .into_iter()
            .map(|entry| entry.seq)
            .collect();
        assert_eq!(seqs, [2, 3]);
    });
}

#[test]
fn whole_lives_come_in_as_if_they_were_lived_step_by_step() {
    on_each(|ledger, _| {
        let put_up = || LampEvent::PutUp { street: "韶山路".to_owned(), watts: 60 };
        let broke = || LampEvent::Broke { note: "不亮".to_owned() };
        write(ledger, move |_, tx| {
            let lives = [
                ("a".to_owned(), vec![(by(10), put_up()), (by(20), broke()), (by(25), LampEvent::Mended {})]),
                ("b".to_owned(), vec![(by(30), put_up()), (by(40), broke())]),
            ];
            append_lives::<Lamp>(tx, city(), &lives)
        })
        .unwrap();
        let lamp = read(ledger, |_, tx| get::<Lamp>(tx, city(), "a")).unwrap();
        assert_eq!((lamp.version, lamp.state.broken_at), (3, None));
        let lamp = read(ledger, |_, tx| get::<Lamp>(tx, city(), "b")).unwrap();
        assert_eq!((lamp.version, lamp.state.broken_at), (2, Some(Moment(40))));
        let moments: Vec<i64> =
            read(ledger, |_, tx| entries_after(tx, city(), 0, 10)).iter().map(|entry| entry.at.0).collect();
        assert_eq!(moments, [10, 20, 25, 30, 40]);
        let due = read(ledger, |_, tx| due_timers(tx, city(), Moment(i64::MAX), 10));
        assert_eq!(
            due.iter().map(|timer| (timer.key.as_str(), timer.at.0)).collect::<Vec<_>>(),
            [("b", 40 + MENDING_MS)]
        );
        let again = write(ledger, move |_, tx| {
            append_lives::<Lamp>(tx, city(), &[("b".to_owned(), vec![(by(50), put_up())])])
        });
        assert!(matches!(again, Err(LedgerError::Stale { .. })));
        assert_eq!(verify(ledger, true, &[], &mut |_| {}).unwrap().first_bad, None);
    });
}

#[test]
fn many_new_records_are_appended_as_one_by_one() {
    on_each(|ledger, _| {
        let up = |key: &str, street: &str| {
            (key.to_owned(), vec![LampEvent::PutUp { street: street.to_owned(), watts: 60 }])
        };
        let many: Vec<_> = (0..50).map(|number| up(&format!("k{number}"), "韶山路")).collect();
        write(ledger, move |_, tx| append_new::<Lamp>(tx, city(), &many, &by(10))).unwrap();
        write(ledger, |_, tx| broke(tx, "k7", "不亮", Some(1), 11)).unwrap();
        let (kinds, keys) = (["put_up", "broke"], ["k7", "k8", "nothing"]);
        let told = read(ledger, move |_, tx| bodies(tx, city(), "lamp", &kinds, &keys));
        let keys: Vec<&str> = told.iter().map(|(key, _)| key.as_str()).collect();
        assert_eq!(keys, ["k7", "k7", "k8"]);
        assert!(told[0].1.contains("put_up") && told[1].1.contains("broke"));

        // One that is there already takes all back.
        let before = read(ledger, |_, tx| head(tx, city()));
        let again = vec![up("new", "营盘路"), up("k7", "营盘路")];
        let stale = write(ledger, move |_, tx| append_new::<Lamp>(tx, city(), &again, &by(12)));
        assert!(matches!(stale, Err(LedgerError::Stale { .. })), "{stale:?}");
        assert_eq!(read(ledger, |_, tx| head(tx, city())), before);
        let verdict = verify(ledger, true, &[], &mut |_| {}).unwrap();
        assert_eq!((verdict.entries, verdict.first_bad), (51, None));
    });
}

#[test]
fn a_stale_or_refused_command_changes_nothing() {
    on_each(|ledger, _| {
        write(ledger, |_, tx| put_up(tx, "a", "韶山路", 100, 10)).unwrap();
        write(ledger, |_, tx| broke(tx, "a", "不亮", None, 11)).unwrap();
        let before = read(ledger, |_, tx| head(tx, city()));
        let stale = write(ledger, |_, tx| broke(tx, "a", "又坏", Some(1), 12)).unwrap_err();
        assert!(matches!(stale, LedgerError::Stale { seen: 1, now: 2 }));
        assert_eq!(
            write(ledger, |_, tx| broke(tx, "a", "又坏", Some(2), 12)).unwrap_err().code(),
            "already_broken"
        );
        assert!(matches!(
            write(ledger, |_, tx| broke(tx, "x", "没有", None, 12)),
            Err(LedgerError::NotFound)
        ));
        // A refusal after something was appended takes that back too.
        let refused = write(ledger, |_, tx| {
            put_up(tx, "c", "营盘路", 60, 12)?;
            broke(tx, "a", "又坏", None, 12)
        });
        assert_eq!(refused.unwrap_err().code(), "already_broken");
        assert!(read(ledger, |_, tx| get::<Lamp>(tx, city(), "c")).is_none());
        assert_eq!(read(ledger, |_, tx| head(tx, city())), before);
    });
}

#[test]
fn one_of_many_who_saw_the_same_version_wins() {
    on_each(|ledger, _| {
        write(ledger, |_, tx| put_up(tx, "a", "韶山路", 100, 10)).unwrap();
        let outcomes: Vec<_> = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..50)
                .map(|turn| {
                    scope.spawn(move || write(ledger, move |_, tx| broke(tx, "a", "x", Some(1), 20 + turn)))
                })
                .collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).collect()
        });
        assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 1);
        let stale = |outcome: &&Result<_, LedgerError>| {
            matches!(outcome, Err(LedgerError::Stale { seen: 1, now: 2 }))
        };
        assert_eq!(outcomes.iter().filter(stale).count(), 49);
    });
}

#[test]
fn the_same_key_gives_the_first_answer_and_does_the_work_once() {
    on_each(|ledger, _| {
        let ask = |body: &'static [u8], at: i64| {
            write(ledger, move |_, tx| {
                once(tx, city(), ("me", "k1", body), Moment(at), |tx| {
                    let lamp = put_up(tx, &format!("lamp-{at}"), "韶山路", at, at)?;
                    Ok(lamp.key)
                })
            })
        };
        let answers: Vec<Remembered> = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..100).map(|at| scope.spawn(move || ask(b"same", at).unwrap())).collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).collect()
        });
        assert_eq!(answers.iter().filter(|answer| !answer.again).count(), 1);
        let texts: BTreeSet<&str> = answers.iter().map(|answer| answer.answer.as_str()).collect();
        assert_eq!(texts.len(), 1);
        assert_eq!(read(ledger, |_, tx| head(tx, city())).entries, 1);
        assert!(matches!(ask(b"other", 500), Err(LedgerError::KeyReused)));
        let failing = |at: i64| {
            write(ledger, move |_, tx| {
                once(tx, city(), ("me", "k2", b"x"), Moment(at), |tx| {
                    broke(tx, "none", "x", None, at).map(|l| l.key)
                })
            })
        };
        assert!(matches!(failing(1), Err(LedgerError::NotFound)));
        assert!(
            matches!(failing(2), Err(LedgerError::NotFound)),
            "a failure is not an answer: the work is tried again"
        );
        let forgotten = ledger::request_key::REMEMBERED_MS_MAX + 1_000;
        assert_eq!(write(ledger, move |_, tx| ledger::forget_old(tx, city(), Moment(forgotten))).unwrap(), 1);
    });
}

#[test]
fn the_moment_never_lies_before_the_last_entry() {
    on_each(|ledger, _| {
        write(ledger, |_, tx| put_up(tx, "a", "韶山路", 100, 1_000)).unwrap();
        let at = |now| write(ledger, move |_, tx| moment(tx, city(), Moment(now))).unwrap();
        assert_eq!(at(400), Moment(1_000), "the machine's clock went back");
        assert_eq!(at(1_001), Moment(1_001));
        write(ledger, |_, tx| put_up(tx, "b", "韶山路", 100, 400)).unwrap();
        let times: Vec<Moment> = read(ledger, |_, tx| entries_after(tx, city(), 0, 10))
            .into_iter()
            .map(|entry| entry.at)
            .collect();
        assert_eq!(times, [Moment(1_000), Moment(1_000)]);
    });
}

fn fire(ledger: &Ledger, now: i64) -> usize {
    let due = read(ledger, move |_, tx| due_timers(tx, city(), Moment(now), 100));
    for timer in &due {
        let key = timer.key.clone();
        write(ledger, move |_, tx| {
            ledger::act::<Lamp, LedgerError>(tx, city(), &key, None, &by(now), |_, _| {
                Ok(vec![LampEvent::BecameLate {}])
            })
        })
        .unwrap();
    }
    due.len()
}

#[test]
fn a_timer_fires_once_also_over_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let target = Target::Sqlite(folder.path().join("city.db"));
    let open = || ledger_over(&Db::open(&target).unwrap(), folder.path());
    let first = open();
    for key in ["a", "b", "c"] {
        write(&first, move |_, tx| put_up(tx, key, "韶山路", 100, 10)).unwrap();
        write(&first, move |_, tx| broke(tx, key, "不亮", None, 1_000)).unwrap();
    }
    let mended = |ledger: &Ledger, key: &'static str| {
        write(ledger, move |_, tx| {
            ledger::act::<Lamp, LedgerError>(tx, city(), key, None, &by(2_000), |_, _| {
                Ok(vec![LampEvent::Mended {}])
            })
        })
        .unwrap();
    };
    mended(&first, "c");
    drop(first);
    let second = open();
    let due = 1_000 + MENDING_MS;
    assert_eq!(fire(&second, due - 1), 0);
    assert_eq!(fire(&second, due), 2, "the mended lamp has no timer any more");
    assert_eq!(fire(&second, due), 0);
    drop(second);
    let third = open();
    assert_eq!(fire(&third, due + 10), 0);
    let lamp = read(&third, |_, tx| get::<Lamp>(tx, city(), "a")).unwrap();
    assert_eq!(lamp.state.late, 1);
}

fn job(number: u128) -> Job {
    Job {
        city: city(),
        id: Uuid::from_u128(number),
        kind: "mail".to_owned(),
        body: "{}".to_owned(),
        attempts: 0,
    }
}

#[test]
fn a_job_is_claimed_by_one_runner() {
    on_each(|ledger, _| {
        write(ledger, |_, tx| (0..200).try_for_each(|number| enqueue(tx, &job(number), Moment(10)))).unwrap();
        let claimed: Vec<Uuid> = std::thread::scope(|scope| {
            let runner = || {
                let mut mine = Vec::new();
                loop {
                    let jobs = write(ledger, |_, tx| claim_jobs(tx, city(), Moment(20), 7)).unwrap();
                    if jobs.is_empty() {
                        return mine;
                    }
                    mine.extend(jobs.into_iter().map(|job| job.id));
                }
            };
            let threads: Vec<_> = (0..8).map(|_| scope.spawn(runner)).collect();
            threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
        });
        assert_eq!(claimed.len(), 200);
        assert_eq!(claimed.iter().collect::<BTreeSet<_>>().len(), 200);
    });
}

#[test]
fn a_failed_job_waits_longer_each_time_and_is_given_up_at_last() {
    on_each(|ledger, _| {
        write(ledger, |_, tx| enqueue(tx, &job(1), Moment(0))).unwrap();
        let claim = |now: i64| write(ledger, move |_, tx| claim_jobs(tx, city(), Moment(now), 10)).unwrap();
        let (mut now, mut waits) = (0, Vec::new());
        for attempt in 0..ledger::job::JOB_ATTEMPTS_MAX {
            let claimed = claim(now);
            assert_eq!(claimed.len(), 1, "attempt {attempt}");
            assert_eq!(claimed[0].attempts, attempt);
            assert!(claim(now).is_empty(), "it is with its runner");
            let failed = claimed[0].clone();
            write(ledger, move |_, tx| retry_job(tx, &failed, Moment(now), "no answer")).unwrap();
            let start = now;
            now = read(ledger, |_, tx| {
                Ok(tx.first("SELECT run_at FROM job", &[], |row| row.int(0))?.unwrap_or(0))
            });
            assert!(claim(now - 1).is_empty(), "not before its time");
            waits.push(now - start);
        }
        assert_eq!(&waits[..3], &[5_000, 10_000, 20_000]);
        assert_eq!(waits.iter().max(), waits.last());
        assert!(waits.iter().all(|wait| *wait <= ledger::job::JOB_WAIT_MS_MAX));
        assert!(claim(i64::MAX / 2).is_empty(), "given up, still there to be looked at");
        write(ledger, |_, tx| enqueue(tx, &job(2), Moment(0))).unwrap();
        let claimed = claim(0);
        assert_eq!(claim(ledger::job::JOB_CLAIM_MS_MAX)[0].id, claimed[0].id, "its runner died");
        write(ledger, |_, tx| finish_job(tx, &job(2))).unwrap();
        assert!(claim(i64::MAX / 2).is_empty());
    });
}

#[test]
fn several_machines_keep_one_chain_without_gaps() {
    for store in db::testing::stores().unwrap() {
        let folder = tempfile::tempdir().unwrap();
        // Several processes on one PostgreSQL; on SQLite one process with several ledgers over one store.
        let machines: Vec<Arc<Ledger>> = (0..4)
            .map(|_| {
                let db = match store.db.target() {
                    Target::Sqlite(_) => store.db.clone(),
                    target @ Target::Postgres(_) => Db::open(target).unwrap(),
                };
                Arc::new(ledger_over(&db, folder.path()))
            })
            .collect();
        std::thread::scope(|scope| {
            for (number, ledger) in machines.iter().enumerate() {
                for thread in 0..4 {
                    scope.spawn(move || {
                        for turn in 0..10 {
                            let key = format!("{number}-{thread}-{turn}");
                            write(ledger, move |_, tx| put_up(tx, &key, "韶山路", 1, 10)).unwrap();
                            write(ledger, |_, tx| {
                                once(tx, city(), ("all", "shared", b"x"), Moment(1), |tx| {
                                    Ok(put_up(tx, "shared", "韶山路", 1, 10)?.key)
                                })
                            })
                            .unwrap();
                        }
                    });
                }
            }
        });
        let verdict = verify(&machines[0], true, &[], &mut |_| {}).unwrap();
        assert_eq!((verdict.first_bad, verdict.entries, verdict.records), (None, 161, 161));
    }
}

#[test]
fn the_first_entry_since_a_moment_is_found() {
    on_each(|ledger, _| {
        let since = |at| read(ledger, move |_, tx| ledger::first_since(tx, city(), Moment(at)));
        assert_eq!(since(0), 1, "nothing has happened");
        for (number, at) in [1_000, 1_000, 2_000, 5_000].into_iter().enumerate() {
            write(ledger, move |_, tx| put_up(tx, &format!("l{number}"), "韶山路", 100, at)).unwrap();
        }
        for (at, seq) in [(0, 1), (1_000, 1), (1_001, 3), (2_000, 3), (2_001, 4), (5_000, 4), (5_001, 5)] {
            assert_eq!(since(at), seq, "{at}");
        }
    });
}
