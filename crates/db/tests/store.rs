//! What every store promises, on both engines.

use std::{ops::ControlFlow, sync::Arc};

use db::{Db, DbError, Migration, Value, testing};

const MIGRATIONS: &[Migration] = &[
    Migration {
        number: 1,
        name: "things",
        sql: "CREATE TABLE thing (id BIGINT PRIMARY KEY, name TEXT NOT NULL, place DOUBLE PRECISION, print BYTEA);",
        sqlite: "",
        postgres: "",
    },
    Migration {
        number: 2,
        name: "index",
        sql: "CREATE INDEX thing_name ON thing (name);",
        sqlite: "",
        postgres: "",
    },
];

fn insert(tx: &mut db::Tx<'_>, id: i64, name: &str) -> Result<u64, DbError> {
    tx.execute("INSERT INTO thing (name, id) VALUES ($2, $1)", &[id.into(), name.into()])
}

fn count(db: &Db) -> i64 {
    db.read_blocking(|tx| tx.first("SELECT COUNT(*) FROM thing", &[], |row| row.int(0))).unwrap().unwrap()
}

#[test]
fn values_come_back_as_they_went_in() {
    testing::on_each_engine(|db| {
        assert_eq!(db.migrate(MIGRATIONS).unwrap(), 2);
        assert_eq!(db.migrate(MIGRATIONS).unwrap(), 0, "a second run finds nothing to do");
        db.write_blocking(|tx| {
            tx.execute(
                "INSERT INTO thing (id, name, place, print) VALUES ($1, $2, $3, $4)",
                &[7.into(), "井盖 'x'".into(), 26.57.into(), (&[0_u8, 255]).into()],
            )?;
            tx.execute(
                "INSERT INTO thing (id, name, place, print) VALUES ($1, $2, $3, $4)",
                &[8.into(), "".into(), Value::Null, Value::Null],
            )
        })
        .unwrap();
        db.read_blocking(|tx| {
            let rows = tx.rows("SELECT id, name, place, print FROM thing ORDER BY id", &[], |row| {
                Ok::<_, DbError>((
                    row.int(0)?,
                    row.text(1)?.to_owned(),
                    row.real_or_null(2)?,
                    row.blob_or_null(3)?.map(<[u8]>::to_vec),
                ))
            })?;
            assert_eq!(rows[0], (7, "井盖 'x'".to_owned(), Some(26.57), Some(vec![0, 255])));
            assert_eq!(rows[1], (8, String::new(), None, None));
            assert!(tx.first("SELECT name FROM thing WHERE id = 7", &[], |row| row.int(0)).is_err());
            Ok::<_, DbError>(())
        })
        .unwrap();
    })
    .unwrap();
}

#[test]
fn a_failing_job_undoes_only_itself() {
    testing::on_each_engine(|db| {
        db.migrate(MIGRATIONS).unwrap();
        let db = Arc::new(db.clone());
        let writers: Vec<_> = (0..8_i64)
            .map(|writer| {
                let db = Arc::clone(&db);
                std::thread::spawn(move || {
                    let mut kept = 0;
                    for turn in 0..50_i64 {
                        let id = writer * 1_000 + turn;
                        let result = db.write_blocking(move |tx| {
                            insert(tx, id, "kept")?;
                            if turn % 3 == 0 {
                                // A statement error and a rule's refusal must both leave the neighbours alone.
                                insert(tx, id, "twice")?;
                            }
                            Ok::<_, DbError>(())
                        });
                        match result {
                            Ok(()) => kept += 1,
                            Err(error) => assert_eq!(error.code(), "already_exists"),
                        }
                    }
                    kept
                })
            })
            .collect();
        let kept: i64 = writers.into_iter().map(|writer| writer.join().unwrap()).sum();
        assert_eq!(kept, 8 * 33);
        assert_eq!(count(&db), kept);
    })
    .unwrap();
}

#[test]
fn a_panicking_job_is_an_error_and_the_writer_lives() {
    testing::on_each_engine(|db| {
        db.migrate(MIGRATIONS).unwrap();
        let result: Result<(), DbError> = db.write_blocking(|tx| {
            insert(tx, 1, "gone")?;
            panic!("on purpose")
        });
        assert!(result.is_err());
        db.write_blocking(|tx| insert(tx, 2, "kept")).unwrap();
        assert_eq!(count(db), 1);
    })
    .unwrap();
}

#[test]
fn a_reader_cannot_write_and_sees_one_snapshot() {
    testing::on_each_engine(|db| {
        db.migrate(MIGRATIONS).unwrap();
        assert!(db.read_blocking(|tx| insert(tx, 1, "no")).is_err());
        let writer = db.clone();
        db.read_blocking(move |tx| {
            let before = tx.first("SELECT COUNT(*) FROM thing", &[], |row| row.int(0))?;
            writer.write_blocking(|tx| insert(tx, 1, "later"))?;
            let after = tx.first("SELECT COUNT(*) FROM thing", &[], |row| row.int(0))?;
            assert_eq!(before, after);
            Ok::<_, DbError>(())
        })
        .unwrap();
        assert_eq!(count(db), 1);
    })
    .unwrap();
}

#[test]
fn a_sealed_store_refuses_writes_and_still_reads() {
    testing::on_each_engine(|db| {
        db.migrate(MIGRATIONS).unwrap();
        db.seal("found damaged");
        let refused = db.write_blocking(|tx| insert(tx, 1, "no")).unwrap_err();
        assert_eq!(refused.code(), "storage_sealed");
        assert_eq!(count(db), 0);
    })
    .unwrap();
}

#[test]
fn a_newer_store_is_not_touched_by_an_older_program() {
    testing::on_each_engine(|db| {
        db.migrate(MIGRATIONS).unwrap();
        let refused = db.migrate(&MIGRATIONS[..1]).unwrap_err();
        assert!(matches!(refused, DbError::SchemaNewer { found: 2, known: 1 }), "{refused:?}");
    })
    .unwrap();
}

#[test]
fn rows_can_be_left_early() {
    testing::on_each_engine(|db| {
        db.migrate(MIGRATIONS).unwrap();
        db.write_blocking(|tx| (0..100).try_for_each(|id| insert(tx, id, "x").map(drop))).unwrap();
        let seen = db
            .read_blocking(|tx| {
                let mut seen = 0;
                tx.each("SELECT id FROM thing ORDER BY id", &[], |_| {
                    seen += 1;
                    Ok::<_, DbError>(if seen == 10 {
                        ControlFlow::Break(())
                    } else {
                        ControlFlow::Continue(())
                    })
                })?;
                Ok::<_, DbError>(seen)
            })
            .unwrap();
        assert_eq!(seen, 10);
        assert_eq!(count(db), 100, "the connection is usable after an unfinished answer");
    })
    .unwrap();
}

#[test]
fn what_is_deferred_stands_with_its_job_and_falls_with_it() {
    testing::on_each_engine(|db| {
        db.migrate(MIGRATIONS).unwrap();
        let outcomes: Vec<Result<(), DbError>> = std::thread::scope(|scope| {
            let jobs: Vec<_> = (0..60_i64)
                .map(|id| {
                    scope.spawn(move || {
                        db.write_blocking(move |tx| {
                            insert(tx, id, "first")?;
                            let sql = "UPDATE thing SET name = 'after' WHERE id = $1".to_owned();
                            tx.defer(1_000 - id, sql, vec![id.into()])?;
                            let sql = "INSERT INTO thing (id, name) VALUES ($1, 'deferred')".to_owned();
                            tx.defer(1_000 - id, sql, vec![(1_000 + id).into()])?;
                            if id % 2 == 0 { Ok(()) } else { Err(DbError::Busy) }
                        })
                    })
                })
                .collect();
            jobs.into_iter().map(|job| job.join().unwrap()).collect()
        });
        assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 30);
        let names = db
            .read_blocking(|tx| {
                tx.rows("SELECT name FROM thing ORDER BY id", &[], |row| {
                    Ok::<_, DbError>(row.text(0)?.to_owned())
                })
            })
            .unwrap();
        assert_eq!(names, [vec!["after"; 30], vec!["deferred"; 30]].concat());
    })
    .unwrap();
}
