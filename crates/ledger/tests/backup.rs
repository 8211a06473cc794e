//! Backup while serving, restore into another place and another engine, damaged files.

use std::{
    fs,
    path::Path,
    sync::atomic::{AtomicBool, Ordering},
};

use db::{Db, Target};
use kernel::{
    error::Coded,
    id::{AccountId, PersonId, SystemIds},
    role::Action,
    time::Moment,
};
use ledger::{
    Attachment, Ledger, LedgerError, VaultKey,
    access::{NewAccount, Post, account, api_key},
    attachment, backup, head, restore, verify,
};

use crate::sample::{broke, by, city, ledger_over, nouns, put_up, read, write};

/// A little of everything that a backup must keep.
fn fill(ledger: &Ledger) -> PersonId {
    let person = PersonId::fresh(&mut SystemIds, Moment(1_000));
    for picture in [b"one".as_slice(), b"two"] {
        let hash = attachment::store_file(ledger.attachments(), picture, Some(b"small")).unwrap();
        let note = Attachment {
            hash,
            media_type: "image/jpeg".to_owned(),
            bytes: 3,
            width: 1,
            height: 1,
            look: u64::MAX,
            taken_at: None,
        };
        write(ledger, move |_, tx| attachment::note(tx, city(), &note, Moment(1))).unwrap();
    }
    write(ledger, move |ledger, tx| {
        for number in 0..50 {
            put_up(tx, &format!("lamp-{number}"), "韶山路 \"x\"\n", number, 10)?;
            broke(tx, &format!("lamp-{number}"), "不亮", None, 11)?;
        }
        let fields = [("phone".to_owned(), "13800138000".to_owned())].into();
        ledger.vault().keep(tx, city(), person, &fields, &["phone"], Moment(12))?;
        let new = NewAccount {
            sign_in: "w".to_owned(),
            name: "王秀英".to_owned(),
            post: Post::default(),
            password: "$x".to_owned(),
            must_change_password: false,
        };
        let id = AccountId::fresh(&mut SystemIds, Moment(13));
        account::create(ledger.vault(), tx, city(), id, &new, &by(13))?;
        api_key::add(tx, city(), "province", &[Action::CaseReport], &by(14))?;
        ledger::once(tx, city(), ("me", "k", b"b"), Moment(15), |_| {
            Ok::<_, LedgerError>("answer".to_owned())
        })?;
        Ok(())
    })
    .unwrap();
    person
}

fn key_of(folder: &Path) -> VaultKey {
    VaultKey::of_folder(folder).unwrap()
}

#[test]
fn a_backup_of_one_engine_is_restored_into_the_other_with_equal_heads() {
    let sources = db::testing::stores().unwrap();
    for source in &sources {
        let folder = tempfile::tempdir().unwrap();
        let ledger = ledger_over(&source.db, folder.path());
        let person = fill(&ledger);
        let file = folder.path().join("backup.tar.zst");
        let done = backup(&ledger, &file, Some(key_of(folder.path())), Moment(20), |_| {}).unwrap();
        assert_eq!((done.entries, done.attachments, done.lost), (102, 4, Vec::new()));
        assert_eq!(done.bytes, fs::metadata(&file).unwrap().len());
        for target in db::testing::stores().unwrap() {
            let place = tempfile::tempdir().unwrap();
            let mut seen = 0;
            let restored =
                restore(&file, &target.db, nouns(), place.path(), &mut |rows| seen += rows).unwrap();
            let again = restored.ledger.unwrap();
            assert_eq!((restored.entries, restored.records, restored.attachments), (102, 52, 4));
            assert!(seen > 0);
            assert_eq!(read(&again, |_, tx| head(tx, city())), read(&ledger, |_, tx| head(tx, city())));
            let fields = read(&again, move |ledger, tx| ledger.vault().reveal(tx, city(), person));
            assert_eq!(fields["phone"], "13800138000");
            let signed =
                read(&again, |ledger, tx| account::find_by_sign_in(ledger.vault(), tx, city(), "w")).unwrap();
            assert_eq!(signed.account.name, "王秀英");
            assert_eq!(read(&again, |_, tx| ledger::due_timers(tx, city(), Moment(i64::MAX), 100)).len(), 50);
            let answer = write(&again, |_, tx| {
                ledger::once(tx, city(), ("me", "k", b"b"), Moment(16), |_| {
                    Ok::<_, LedgerError>("other".to_owned())
                })
            });
            assert!(answer.unwrap().again);
            write(&again, |_, tx| put_up(tx, "new", "营盘路", 1, 30)).unwrap();
            assert_eq!(verify(&again, true, &[], &mut |_| {}).unwrap().first_bad, None);
            let once_more = restore(&file, &target.db, nouns(), place.path(), &mut |_| {}).unwrap_err();
            assert_eq!(once_more.code(), "store_not_empty");
            assert_eq!(
                read(&again, |_, tx| head(tx, city())).entries,
                103,
                "the refused restore changed nothing"
            );
        }
    }
}

#[test]
fn a_backup_under_load_is_one_moment_and_whole() {
    for store in db::testing::stores().unwrap() {
        let folder = tempfile::tempdir().unwrap();
        let ledger = ledger_over(&store.db, folder.path());
        fill(&ledger);
        let stop = AtomicBool::new(false);
        let file = folder.path().join("backup");
        std::thread::scope(|scope| {
            for writer in 0..4 {
                let (ledger, stop) = (&ledger, &stop);
                scope.spawn(move || {
                    let mut turn = 0;
                    while !stop.load(Ordering::Relaxed) {
                        let key = format!("under-load-{writer}-{turn}");
                        write(ledger, move |_, tx| put_up(tx, &key, "环城路", 1, 50)).unwrap();
                        turn += 1;
                    }
                });
            }
            for _ in 0..3 {
                backup(&ledger, &file, None, Moment(60), |_| {}).unwrap();
            }
            stop.store(true, Ordering::Relaxed);
        });
        let place = tempfile::tempdir().unwrap();
        let target = Db::open(&Target::Sqlite(place.path().join("city.db"))).unwrap();
        let restored = restore(&file, &target, nouns(), place.path(), &mut |_| {}).unwrap();
        assert!(restored.ledger.is_none(), "the key was not in the file");
        assert!(!place.path().join("vault.key").exists());
        assert!(restored.entries >= 102);
        // With the old folder's key in its place the vault opens; with a fresh one it is refused.
        let fresh = ledger::Vault::new(&VaultKey::fresh().unwrap());
        let refused =
            Ledger::open(target.clone(), nouns(), fresh, place.path().join("attachments")).unwrap_err();
        assert_eq!(refused.code(), "vault_key_wrong");
        fs::copy(folder.path().join("vault.key"), place.path().join("vault.key")).unwrap();
        let again = ledger_over(&target, place.path());
        assert_eq!(read(&again, |ledger, tx| account::list(ledger.vault(), tx, city(), "", 10)).len(), 1);
    }
}

fn sqlite_with_backup(folder: &Path) -> (Ledger, Vec<u8>) {
    let db = Db::open(&Target::Sqlite(folder.join("city.db"))).unwrap();
    let ledger = ledger_over(&db, folder);
    fill(&ledger);
    let file = folder.join("backup");
    backup(&ledger, &file, Some(key_of(folder)), Moment(20), |_| {}).unwrap();
    let bytes = fs::read(file).unwrap();
    (ledger, bytes)
}

#[test]
fn a_damaged_or_cut_file_is_refused_and_nothing_is_loaded() {
    let folder = tempfile::tempdir().unwrap();
    let (_, whole) = sqlite_with_backup(folder.path());
    let place = tempfile::tempdir().unwrap();
    let db = Db::open(&Target::Sqlite(place.path().join("city.db"))).unwrap();
    let file = place.path().join("damaged");
    let attempt = |bytes: &[u8]| {
        fs::write(&file, bytes).unwrap();
        restore(&file, &db, nouns(), place.path(), &mut |_| {}).map(drop)
    };
    for cut in 0..20 {
        let refused = attempt(&whole[..whole.len() * cut / 20]).unwrap_err();
        assert_eq!(refused.code(), "file_damaged", "{refused}");
    }
    for flip in 0..60 {
        let mut bytes = whole.clone();
        let place = bytes.len() * flip / 60;
        bytes[place] ^= 1 << (flip % 8);
        let refused = attempt(&bytes).unwrap_err();
        assert!(["file_damaged", "file_failed"].contains(&refused.code()), "{refused}");
    }
    assert!(attempt(&whole).is_ok(), "the refused attempts left the store empty");
}

/// Packs the members anew after a change, with a right checksum over the whole.
fn repacked(whole: &[u8], change: impl Fn(&str, &mut Vec<u8>) -> bool) -> Vec<u8> {
    use std::io::Read as _;
    let mut archive = tar::Archive::new(zstd::stream::read::Decoder::new(whole).unwrap());
    let mut packed = tar::Builder::new(zstd::stream::write::Encoder::new(Vec::new(), 1).unwrap());
    for entry in archive.entries().unwrap() {
        let mut entry = entry.unwrap();
        let name = entry.path().unwrap().to_string_lossy().into_owned();
        let mut content = Vec::new();
        entry.read_to_end(&mut content).unwrap();
        if change(&name, &mut content) {
            let mut header = tar::Header::new_gnu();
            header.set_size(content.len() as u64);
            packed.append_data(&mut header, &name, content.as_slice()).unwrap();
        }
    }
    packed.into_inner().unwrap().finish().unwrap()
}

#[test]
fn a_changed_or_missing_member_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let (_, whole) = sqlite_with_backup(folder.path());
    let place = tempfile::tempdir().unwrap();
    let db = Db::open(&Target::Sqlite(place.path().join("city.db"))).unwrap();
    for member in ["table/entry", "table/person_field", "attachment/", "manifest.json"] {
        for changed in [true, false] {
            let bytes = repacked(&whole, |name, content| {
                if !name.starts_with(member) {
                    return true;
                }
                let last = content.len() - 2;
                content[last] ^= 1;
                changed
            });
            let file = place.path().join("damaged");
            fs::write(&file, bytes).unwrap();
            let refused = restore(&file, &db, nouns(), place.path(), &mut |_| {}).unwrap_err();
            assert_eq!(refused.code(), "file_damaged");
            let named = if member == "attachment/" && !changed { "manifest.json" } else { member };
            assert!(refused.to_string().contains(named), "{member} {changed}: {refused}");
        }
    }
}

#[test]
fn an_unfinished_restore_serves_nobody_and_can_be_begun_again() {
    for store in db::testing::stores().unwrap() {
        let folder = tempfile::tempdir().unwrap();
        let (_, whole) = sqlite_with_backup(folder.path());
        let place = tempfile::tempdir().unwrap();
        let file = place.path().join("backup");
        fs::write(&file, &whole).unwrap();
        // As a kill after the first pieces leaves it: rows are there, and the mark.
        store.db.migrate(ledger::MIGRATIONS).unwrap();
        store
            .db
            .write_blocking(|tx| {
                tx.execute("INSERT INTO store_note (name, value) VALUES ('restore', 'unfinished')", &[])?;
                tx.execute(
                    "INSERT INTO entry (city, seq, at, noun, key, version, kind, actor, body, hash)
                     VALUES (522601, 1, 0, 'lamp', 'x', 1, 'put_up', 'system', '{}', $1)",
                    &[(&[0_u8; 32]).into()],
                )
            })
            .unwrap();
        let key = ledger::Vault::new(&key_of(folder.path()));
        let refused = Ledger::open(store.db.clone(), nouns(), key, place.path().to_owned()).unwrap_err();
        assert_eq!(refused.code(), "restore_unfinished");
        let restored = restore(&file, &store.db, nouns(), place.path(), &mut |_| {}).unwrap();
        assert_eq!((restored.entries, restored.ledger.is_some()), (102, true));
    }
}

#[test]
fn a_lost_photo_is_told_and_does_not_keep_the_rest_from_being_saved() {
    let folder = tempfile::tempdir().unwrap();
    let (ledger, _) = sqlite_with_backup(folder.path());
    let hash = attachment::store_file(ledger.attachments(), b"one", None).unwrap();
    fs::write(ledger.attachments().join(&hash[..2]).join(&hash), b"rot").unwrap();
    let file = folder.path().join("second");
    let done = backup(&ledger, &file, None, Moment(20), |_| {}).unwrap();
    assert_eq!(done.lost, [hash]);
    let place = tempfile::tempdir().unwrap();
    let db = Db::open(&Target::Sqlite(place.path().join("city.db"))).unwrap();
    let restored = restore(&file, &db, nouns(), place.path(), &mut |_| {}).unwrap();
    assert_eq!((restored.lost.len(), restored.attachments), (1, 3));
}
