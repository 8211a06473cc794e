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
    Division "division",
    Organisation "organisation",
    Park "park",
    Project "project",
    ResidentialArea "residential_area",
    Unit "unit"
);

fn city() -> CityCode {
    CityCode::new(522_601).unwrap()
}

fn by(at: i64) -> By {
    By { actor: ActorId::System, at: Moment(at) }
}

fn nouns() -> Nouns {
    land::nouns(Nouns::default())
        .with_described::<Division>()
        .with_described::<Organisation>()
        .with_described::<Park>()
        .with_described::<Project>()
        .with_described::<ResidentialArea>()
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
            let kept = inner.register(name)?;
            let named = register::people(kept.description().fields, row);
            let known: Vec<_> = named.into_iter().map(|named| named.person).collect();
            let refused = kept.put_with(tx, city(), row.clone(), Some(0), &by(1), &known).unwrap_err();
            assert_eq!(refused.details()["fields"][0]["code"], "reference_unknown");

            for (register, codes) in [
                ("division", &["522601100", "522601100201"][..]),
                (
                    "organisation",
                    &["town-company", "mountain-farms", "xiasi-cooperative", "small-farm", "rural-bank"],
                ),
                ("park", &["xiasi-park"]),
                ("project", &["2015-017"]),
                ("residential_area", &["new-town-3"]),
                ("unit", &["agriculture", "land"]),
            ] {
                for code in codes {
                    inner.register(register)?.put(tx, city(), json!({ "code": code }), Some(0), &by(1))?;
                }
            }
            let arable = json!({ "list": "land_use", "code": "0101", "name_zh": "水田" });
            inner.register("code")?.put(tx, city(), arable, Some(0), &by(1))?;
            for (name, row) in samples {
                let kept = inner.register(name)?;
                let named = register::people(kept.description().fields, &row);
                let known: Vec<_> = named.into_iter().map(|named| named.person).collect();
                let put = kept.put_with(tx, city(), row.clone(), Some(0), &by(2), &known);
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
    let nouns = land::nouns(Nouns::default());
    // A ledger keeps some of its own beside those of the part.
    let described = nouns.registers().iter().map(|register| register.description());
    let own: BTreeSet<&str> = described.filter(|told| told.part == "land").map(|told| told.name).collect();
    let shown: BTreeSet<&str> = samples().into_iter().map(|(name, _)| name).collect();
    assert_eq!(own, shown);
}
