//! Rows of each register are kept, with what they name, on both engines, and read back as they were written.

use std::collections::BTreeSet;

use kernel::{code::CityCode, error::Coded as _, role::ActorId, time::Moment};
use ledger::{
    By, Ledger, LedgerError, Nouns, Register, Vault, VaultKey,
    register::{self, Query},
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::samples::samples;

/// Registers of other parts that rows here name, as small as can be.
macro_rules! neighbours {
    ($($type:ident $name:literal),+) => {$(
        #[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Register)]
        #[register(name = $name, part = "test", zh = "邻居", en = "Neighbour", key(code))]
        struct $type {
            /// The code.
            #[field(zh = "编码", en = "Code")]
            code: String,
        }
    )+};
}

neighbours!(
    Bond "bond",
    Division "division",
    Organisation "organisation",
    Parcel "parcel",
    PppContract "ppp_contract",
    Project "project",
    Unit "unit"
);

fn city() -> CityCode {
    CityCode::new(522_601).unwrap()
}

fn by(at: i64) -> By {
    By { actor: ActorId::System, at: Moment(at) }
}

fn nouns() -> Nouns {
    services::nouns(Nouns::default())
        .with_described::<Bond>()
        .with_described::<Division>()
        .with_described::<Organisation>()
        .with_described::<Parcel>()
        .with_described::<PppContract>()
        .with_described::<Project>()
        .with_described::<Unit>()
}

/// A row without its fields that are empty.
fn without_nothing(row: Value) -> Value {
    match row {
        Value::Object(fields) => fields
            .into_iter()
            .filter(|(_, value)| !value.is_null())
            .map(|(field, value)| (field, without_nothing(value)))
            .collect(),
        Value::Array(list) => list.into_iter().map(without_nothing).collect(),
        other => other,
    }
}

#[test]
fn rows_are_kept_with_what_they_name() {
    for store in db::testing::stores().unwrap() {
        let folder = tempfile::tempdir().unwrap();
        let vault = Vault::new(&VaultKey::fresh().unwrap());
        let ledger = Ledger::open(store.db.clone(), nouns(), vault, folder.path().to_owned()).unwrap();
        let inner = ledger.clone();
        let work = move |tx: &mut db::Tx<'_>| {
            let samples = samples();
            // What is named is not there yet: each reference of the first row is a fault.
            let (name, row) = &samples[0];
            let refused = inner.register(name)?.put(tx, city(), row.clone(), Some(0), &by(1)).unwrap_err();
            assert_eq!(refused.details()["fields"][0]["code"], "reference_unknown");

            for (register, codes) in [
                ("bond", &["1680001"][..]),
                ("division", &["522601001"]),
                ("organisation", &["builder", "garden-firm", "lamp-firm", "school-board", "water-firm"]),
                ("parcel", &["p-1", "p-2"]),
                ("ppp_contract", &["PPP-1"]),
                ("project", &["lake-park", "new-school", "renewal"]),
                ("unit", &["city"]),
            ] {
                for code in codes {
                    inner.register(register)?.put(tx, city(), json!({ "code": code }), Some(0), &by(1))?;
                }
            }
            for (name, row) in samples {
                let kept = inner.register(name)?;
                let put = kept.put(tx, city(), row.clone(), Some(0), &by(2));
                let put = put.unwrap_or_else(|error| panic!("{name}: {error} {:?}", error.details()));
                let read = register::row(tx, city(), kept, &put.key)?.unwrap();
                assert_eq!((read.fields.clone(), read.version), (put.fields, 1), "{name}");
                assert_eq!(without_nothing(read.fields), row, "{name}");
                // Entered again, nothing happens.
                assert_eq!(kept.put(tx, city(), row, Some(1), &by(3))?.version, 1, "{name}");
                assert!(register::count_rows(tx, city(), kept, Query::default())? >= 1, "{name}");
            }
            Ok::<_, LedgerError>(())
        };
        ledger.db().write_blocking(work).unwrap();
        let verdict = ledger::verify(&ledger, true, &[], &mut |_| {}).unwrap();
        assert_eq!(verdict.first_bad, None);
    }
}

#[test]
fn there_is_a_sample_of_each() {
    let nouns = services::nouns(Nouns::default());
    // A ledger keeps some of its own beside those of the part.
    let described = nouns.registers().iter().map(|register| register.description());
    let own: BTreeSet<&str> =
        described.filter(|told| told.part == "services").map(|told| told.name).collect();
    let shown: BTreeSet<&str> = samples().into_iter().map(|(name, _)| name).collect();
    assert_eq!(own, shown);
}
