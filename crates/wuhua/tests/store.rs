//! `wuhua verify`, `backup` and `restore` through the built binary.

use std::{path::Path, process::Command};

use db::{Db, Target};
use governance::case::{Event, Fact, Lane, Report, Source, noun::CaseNoun};
use kernel::{code::CityCode, role::ActorId, time::Moment};
use ledger::{By, Ledger, LedgerError, Vault, VaultKey};

/// A data folder with some reports.
fn city(folder: &Path, reports: i64) {
    let db = Db::open(&Target::Sqlite(folder.join("wuhua.db"))).unwrap();
    let vault = Vault::new(&VaultKey::of_folder(folder).unwrap());
    let ledger = Ledger::open(db, parts::nouns(), vault, folder.join("attachments")).unwrap();
    let city = CityCode::new(522_601).unwrap();
    ledger
        .db()
        .write_blocking(move |tx| {
            for number in 0..reports {
                let event = Event::from(Fact::Reported(Box::new(Report {
                    source: Source::Web,
                    lane: Lane::Ordinary,
                    reporter: None,
                    text: format!("第{number}个井盖破损"),
                    place: None,
                    class: None,
                    component: None,
                    urgent: false,
                    attachments: Vec::new(),
                    reference: None,
                    token_hash: None,
                    parent: None,
                })));
                let by = By { actor: ActorId::Resident, at: Moment(1_460_000_000_000 + number) };
                ledger::append::<CaseNoun>(tx, city, &format!("case-{number}"), None, &[event], &by)?;
            }
            Ok::<_, LedgerError>(())
        })
        .unwrap();
}

fn wuhua(arguments: &[&str]) -> (Option<i32>, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_wuhua")).args(arguments).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code(), text(output.stdout), text(output.stderr))
}

fn verified(data: &str) -> serde_json::Value {
    let (code, answer, talk) = wuhua(&["verify", "--rebuild", "--json", "--data", data]);
    assert_eq!(code, Some(0), "{talk}");
    serde_json::from_str(answer.trim()).unwrap()
}

#[test]
fn what_is_backed_up_comes_back_whole() {
    let old = tempfile::tempdir().unwrap();
    let new = tempfile::tempdir().unwrap();
    let data = old.path().to_str().unwrap();
    city(old.path(), 25);
    let file = old.path().join("city.backup");
    let file = file.to_str().unwrap();
    let (code, _, talk) = wuhua(&["backup", "--data", data, "--with-key", "-o", file]);
    assert_eq!(code, Some(0), "{talk}");
    let place = new.path().to_str().unwrap();
    let (code, _, talk) = wuhua(&["restore", file, "--data", place]);
    assert_eq!(code, Some(0), "{talk}");
    let (before, after) = (verified(data), verified(place));
    assert_eq!(before["entries"], 25);
    assert_eq!(before, after);
    let (code, _, talk) = wuhua(&["restore", file, "--data", place]);
    assert_eq!(code, Some(1), "a folder that holds a city is not restored over: {talk}");
}

#[test]
fn a_damaged_row_is_named() {
    let folder = tempfile::tempdir().unwrap();
    city(folder.path(), 5);
    let db = Db::open(&Target::Sqlite(folder.path().join("wuhua.db"))).unwrap();
    db.write_blocking(|tx| tx.execute("UPDATE entry SET body = '{}' WHERE seq = 3", &[])).unwrap();
    let (code, answer, _) = wuhua(&["verify", "--json", "--data", folder.path().to_str().unwrap()]);
    assert_eq!(code, Some(1));
    assert!(answer.contains("entry 3"), "{answer}");
}

#[test]
fn a_folder_without_a_city_is_an_error_and_stays_empty() {
    let folder = tempfile::tempdir().unwrap();
    let (code, _, talk) = wuhua(&["verify", "--data", folder.path().to_str().unwrap()]);
    assert_eq!(code, Some(1));
    assert!(talk.contains("no city is here"), "{talk}");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}
