//! What a full disk and a failing device do to SQLite. Each test runs itself again as a child within the fault: in a small file system
//! of its own (needs root), or under strace, which makes syncs fail. Where the machine has no such means it says so.

use std::{env, fs, path::Path, process::Command};

use db::{Db, DbError, Migration, Target, Tx, Value};

const MIGRATIONS: &[Migration] = &[Migration {
    number: 1,
    name: "things",
    sql: "CREATE TABLE thing (id BIGINT PRIMARY KEY, content BYTEA NOT NULL);",
    sqlite: "",
    postgres: "",
}];

/// Names the folder to the child.
const FOLDER: &str = "WUHUA_TEST_FAULT_FOLDER";

fn insert(db: &Db, id: i64, bytes: usize) -> Result<u64, DbError> {
    db.write_blocking(move |tx: &mut Tx<'_>| {
        let content = vec![7; bytes];
        tx.execute(
            "INSERT INTO thing (id, content) VALUES ($1, $2)",
            &[id.into(), Value::Blob(content.into())],
        )
    })
}

fn count(db: &Db) -> i64 {
    db.read_blocking(|tx| tx.first("SELECT COUNT(*) FROM thing", &[], |row| row.int(0))).unwrap().unwrap()
}

fn open(folder: &Path) -> Db {
    let db = Db::open(&Target::Sqlite(folder.join("city.db"))).unwrap();
    db.migrate(MIGRATIONS).unwrap();
    db
}

/// Does the program run here at all?
fn runs(program: &str, arguments: &[&str]) -> bool {
    Command::new(program).args(arguments).output().is_ok_and(|output| output.status.success())
}

/// This very test, as the arguments of the test binary.
fn itself(test: &str) -> [String; 3] {
    [format!("faults::{test}"), "--exact".to_owned(), "--nocapture".to_owned()]
}

fn must_succeed(command: &mut Command) {
    let output = command.output().unwrap();
    let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success() && out.contains("1 passed"), "{out}\n{err}");
}

#[test]
fn disk_full_refuses_writes_and_serves_reads_until_there_is_space_again() {
    if let Some(folder) = env::var_os(FOLDER) {
        return fill_the_disk(Path::new(&folder));
    }
    if !runs("unshare", &["-m", "true"]) {
        println!("skipped: no file system of its own can be mounted here (unshare -m needs root)");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    must_succeed(
        Command::new("unshare")
            .args(["-m", "sh", "-c", "mount -t tmpfs -o size=6m tmpfs \"$0\" && exec \"$@\""])
            .arg(folder.path())
            .arg(env::current_exe().unwrap())
            .args(itself("disk_full_refuses_writes_and_serves_reads_until_there_is_space_again"))
            .env(FOLDER, folder.path()),
    );
}

fn fill_the_disk(folder: &Path) {
    let reserve = folder.join("reserve");
    fs::write(&reserve, vec![1; 1024 * 1024]).unwrap();
    let db = open(folder);
    let mut kept = 0;
    let refused = loop {
        match insert(&db, kept, 20_000) {
            Ok(_) => kept += 1,
            Err(error) => break error,
        }
        assert!(kept < 1_000, "6 MiB never filled up");
    };
    assert!(kept > 20);
    assert_eq!(refused.code(), "storage_full", "{refused}");
    for attempt in 0..5 {
        assert_eq!(insert(&db, 10_000 + attempt, 200_000).unwrap_err().code(), "storage_full");
        assert_eq!(count(&db), kept, "reads go on and see what was acknowledged");
    }
    assert_eq!(db.sealed(), None, "a full disk is no damage");
    fs::remove_file(reserve).unwrap();
    for id in 0..10 {
        insert(&db, 20_000 + id, 20_000).unwrap();
    }
    assert_eq!(count(&db), kept + 10);
}

#[test]
fn a_failed_sync_seals_the_store_and_loses_nothing_that_was_acknowledged() {
    let name = "a_failed_sync_seals_the_store_and_loses_nothing_that_was_acknowledged";
    if let Some(folder) = env::var_os(FOLDER) {
        return write_until_a_sync_fails(Path::new(&folder));
    }
    if !runs("strace", &["-qq", "-o", "/dev/null", "true"]) {
        println!("skipped: syncs cannot be made to fail here (needs strace)");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    must_succeed(
        Command::new("strace")
            .args(["-qq", "-f", "-o", "/dev/null", "-e", "trace=fsync,fdatasync"])
            .args(["-e", "inject=fsync,fdatasync:error=EIO:when=20+"])
            .arg(env::current_exe().unwrap())
            .args(itself(name))
            .env(FOLDER, folder.path()),
    );
    let acknowledged: i64 = fs::read_to_string(folder.path().join("acknowledged")).unwrap().parse().unwrap();
    let kept = count(&open(folder.path()));
    assert!(kept == acknowledged || kept == acknowledged + 1, "{kept} of {acknowledged}");
}

fn write_until_a_sync_fails(folder: &Path) {
    let db = open(folder);
    let mut acknowledged = 0;
    let failed = loop {
        match insert(&db, acknowledged, 100) {
            Ok(_) => acknowledged += 1,
            Err(error) => break error,
        }
        assert!(acknowledged < 100, "no sync failed");
    };
    assert!(acknowledged > 3);
    assert_eq!(failed.code(), "storage_failed", "{failed}");
    assert!(db.sealed().is_some());
    for id in 0..3 {
        assert_eq!(insert(&db, 1_000 + id, 100).unwrap_err().code(), "storage_sealed");
    }
    assert_eq!(count(&db), acknowledged, "reads go on");
    fs::write(folder.join("acknowledged"), acknowledged.to_string()).unwrap();
}
