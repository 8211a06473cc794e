//! The vault and the attachments.

use std::{collections::BTreeMap, fs};

use kernel::{
    error::Coded,
    id::{PersonId, SystemIds},
    time::Moment,
};
use ledger::{Attachment, Ledger, LedgerError, Nouns, Vault, VaultKey, attachment, verify};

use crate::sample::{city, on_each, put_up, read, write};

fn keep(ledger: &Ledger, phone: &'static str) -> PersonId {
    let person = PersonId::fresh(&mut SystemIds, Moment(1_000));
    write(ledger, move |ledger, tx| {
        let fields = [("name", "李四"), ("phone", phone), ("empty", "")];
        let fields = fields.map(|(field, value)| (field.to_owned(), value.to_owned())).into();
        ledger.vault().keep(tx, city(), person, &fields, &["phone"], Moment(1_000))
    })
    .unwrap();
    person
}

#[test]
fn what_is_sealed_opens_again_is_found_by_its_value_and_stands_nowhere_in_clear() {
    on_each(|ledger, _| {
        let person = keep(ledger, "13800138000");
        let other = keep(ledger, "13900139000");
        let fields = read(ledger, move |ledger, tx| ledger.vault().reveal(tx, city(), person));
        let expected = [("name", "李四"), ("phone", "13800138000")];
        let expected: BTreeMap<_, _> =
            expected.map(|(field, value)| (field.to_owned(), value.to_owned())).into();
        assert_eq!(fields, expected);
        let find = |value: &'static str| {
            read(ledger, move |ledger, tx| ledger.vault().find(tx, city(), "phone", value, 10))
        };
        assert_eq!(find(" 13800138000"), [person]);
        assert_eq!(find("13900139000"), [other]);
        assert!(find("1380013800").is_empty());
        let sealed = read(ledger, |_, tx| {
            tx.rows("SELECT sealed FROM person_field", &[], |row| Ok::<_, LedgerError>(row.blob(0)?.to_vec()))
        });
        assert_eq!(sealed.len(), 4);
        assert!(sealed.iter().all(|bytes| !bytes.windows(3).any(|part| part == b"138")));
    });
}

#[test]
fn erasing_takes_the_person_away_and_leaves_the_ledger_whole() {
    on_each(|ledger, _| {
        write(ledger, |_, tx| put_up(tx, "a", "韶山路", 1, 10)).unwrap();
        let person = keep(ledger, "13800138000");
        write(ledger, move |ledger, tx| ledger.vault().erase(tx, city(), person, Moment(2_000))).unwrap();
        let gone = ledger.db().read_blocking({
            let ledger = ledger.clone();
            move |tx| ledger.vault().reveal(tx, city(), person)
        });
        assert!(matches!(gone, Err(LedgerError::PersonErased)));
        assert!(
            read(ledger, |ledger, tx| ledger.vault().find(tx, city(), "phone", "13800138000", 10)).is_empty()
        );
        assert_eq!(verify(ledger, true, &[], &mut |_| {}).unwrap().first_bad, None);
    });
}

#[test]
fn a_vault_of_another_key_is_refused_at_opening() {
    on_each(|ledger, store| {
        let folder = tempfile::tempdir().unwrap();
        let other = Vault::new(&VaultKey::fresh().unwrap());
        let refused =
            Ledger::open(store.db.clone(), Nouns::default(), other, folder.path().to_owned()).unwrap_err();
        assert_eq!(refused.code(), "vault_key_wrong");
        let sealed = ledger.vault().seal_secret(city(), "one", b"secret").unwrap();
        assert_eq!(ledger.vault().open_secret(city(), "one", &sealed).unwrap(), b"secret");
        assert!(ledger.vault().open_secret(city(), "two", &sealed).is_err(), "it opens for its purpose only");
    });
}

#[test]
fn an_attachment_comes_back_whole_or_not_at_all() {
    on_each(|ledger, _| {
        let folder = ledger.attachments();
        let hash = attachment::store_file(folder, b"photo", Some(b"small")).unwrap();
        assert_eq!(attachment::store_file(folder, b"photo", None).unwrap(), hash);
        assert_eq!(attachment::read_file(folder, &hash, false).unwrap(), b"photo");
        assert_eq!(attachment::read_file(folder, &hash, true).unwrap(), b"small");
        let note = Attachment {
            hash: hash.clone(),
            media_type: "image/jpeg".to_owned(),
            bytes: 5,
            width: 3,
            height: 4,
            look: u64::MAX - 1,
            taken_at: Some(Moment(-5)),
        };
        let kept = note.clone();
        write(ledger, move |_, tx| attachment::note(tx, city(), &kept, Moment(1))).unwrap();
        let asked = hash.clone();
        assert_eq!(read(ledger, move |_, tx| attachment::find(tx, city(), &asked)), Some(note));
        fs::write(folder.join(&hash[..2]).join(&hash), b"phoTo").unwrap();
        assert!(matches!(attachment::read_file(folder, &hash, false), Err(LedgerError::Damaged(_))));
        for name in ["", "..", "../../vault.key", &"g".repeat(64), &hash[1..]] {
            assert!(
                matches!(attachment::read_file(folder, name, false), Err(LedgerError::NotFound)),
                "{name}"
            );
        }
        let large = vec![0; ledger::ATTACHMENT_BYTES_MAX + 1];
        assert!(matches!(attachment::store_file(folder, &large, None), Err(LedgerError::AttachmentTooLarge)));
    });
}
