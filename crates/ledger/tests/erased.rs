//! Registers by name: rows as JSON, filters, order, pages, the map's box, files, validity of what a row refers to.

use jiff::civil::Date;
use kernel::{error::Coded as _, id::PersonId, shape::Point};
use ledger::{
    By, Condition, Fields, Ledger, LedgerError, Nouns, Register, Vault, VaultKey,
    attachment::{self, Attachment},
    register::{self, AnyRegister, Comparison, File, FileChange, Query, Row, RowFile},
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::sample::{by, city};

/// Somebody who fishes in it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Fields)]
struct Angler {
    /// Who.
    #[field(zh = "钓者", en = "Angler")]
    person: PersonId,
}

/// A pond.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Register)]
#[register(
    name = "pond",
    part = "services",
    zh = "水塘",
    en = "Pond",
    key(code),
    unit = "unit",
    valid_from = "dug_on",
    valid_to = "filled_on",
    complete = "complete"
)]
struct Pond {
    /// The code.
    #[field(zh = "编码", en = "Code", max = 10)]
    code: String,
    /// The name.
    #[field(zh = "名称", en = "Name", search)]
    name: String,
    /// The first day.
    #[field(zh = "开挖日期", en = "Dug on", find)]
    dug_on: Date,
    /// The last day.
    #[field(zh = "回填日期", en = "Filled on", find)]
    filled_on: Option<Date>,
    /// Fish in it.
    #[field(zh = "鱼", en = "Fish", find, min = 0)]
    fish: Option<i64>,
    /// Fins in it; counted from the fish.
    #[field(zh = "鳍", en = "Fins", find, min = 0, derived)]
    fins: Option<i64>,
    /// Where.
    #[field(zh = "位置", en = "Place")]
    place: Option<Point>,
    /// The unit.
    #[field(zh = "责任单位", en = "Unit", find)]
    unit: Option<String>,
    /// Water comes from there.
    #[field(zh = "水源", en = "Source", refers = "pond")]
    source: Option<String>,
    /// Who looks after it.
    #[field(zh = "管护人", en = "Keeper")]
    keeper: Option<PersonId>,
    /// Who fish in it.
    #[field(zh = "钓者", en = "Anglers", max = 10)]
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    anglers: Vec<Angler>,
}

fn complete(pond: &mut Pond) {
    pond.fins = pond.fish.map(|fish| fish * 7);
}

fn pond(code: &str, fish: Option<i64>) -> Value {
    json!({ "code": code, "name": format!("{code}号塘"), "dug_on": "2016-01-15", "fish": fish,
        "place": { "type": "Point", "coordinates": [107.97, 26.58] } })
}

fn ledger(db: &db::Db) -> Ledger {
    let vault = Vault::new(&VaultKey::fresh().unwrap());
    Ledger::open(db.clone(), Nouns::default().with_described::<Pond>(), vault, std::env::temp_dir()).unwrap()
}

/// Does something with the register in one transaction.
fn with<T: Send + 'static>(
    ledger: &Ledger,
    run: impl FnOnce(&mut db::Tx<'_>, &dyn AnyRegister, &By) -> Result<T, LedgerError> + Send + 'static,
) -> Result<T, LedgerError> {
    let own = ledger.clone();
    ledger.db().write_blocking(move |tx| run(tx, own.register("pond")?, &by(1)))
}

fn put(ledger: &Ledger, row: Value, seen: u64) -> Result<Row, LedgerError> {
    with(ledger, move |tx, register, by| register.put(tx, city(), row, Some(seen), by))
}

fn codes(rows: &[Row]) -> Vec<&str> {
    rows.iter().map(|row| row.key.as_str()).collect()
}

fn found(ledger: &Ledger, filters: &[(&'static str, Comparison, &'static str)]) -> Vec<String> {
    let filters = filters.to_vec();
    let rows = with(ledger, move |tx, register, _| {
        let conditions = filters
            .iter()
            .map(|(field, by, text)| register::filter(register, field, *by, text).unwrap())
            .collect();
        let query = Query { conditions, limit: 10, ..Query::default() };
        let counted = register::count_rows(tx, city(), register, query.clone())?;
        let (rows, _) = register::page(tx, city(), register, query)?;
        assert_eq!(counted, rows.len() as u64);
        Ok(rows)
    });
    rows.unwrap().into_iter().map(|row| row.key).collect()
}

#[test]
fn rows_go_in_and_come_out_by_name() {
    for store in db::testing::stores().unwrap() {
        let ledger = ledger(&store.db);
        assert_eq!(ledger.register("lake").err().map(|error| error.code()), Some("register_unknown"));
        for (code, fish) in [("A", Some(30)), ("B", None), ("C", Some(10)), ("D", Some(30)), ("E", None)] {
            assert_eq!(put(&ledger, pond(code, fish), 0).unwrap().version, 1);
        }
        let mut wrong = pond("F", Some(-1));
        wrong["depth"] = json!(3);
        let error = put(&ledger, wrong, 0).unwrap_err();
        let faults =
            json!([{"field": "depth", "code": "field_unknown"}, {"field": "fish", "code": "number_range"}]);
        assert_eq!(error.details()["fields"], faults);

        // Any order, in pages, what is empty last.
        for (falling, wanted) in [(false, ["C", "A", "D", "B", "E"]), (true, ["D", "A", "C", "E", "B"])] {
            let mut after = None;
            let mut seen = Vec::new();
            loop {
                let (mark, rows) = with(&ledger, move |tx, register, _| {
                    let query = Query { order: Some("fish"), falling, after, limit: 2, ..Query::default() };
                    register::page(tx, city(), register, query).map(|(rows, mark)| (mark, rows))
                })
                .unwrap();
                seen.extend(rows.into_iter().map(|row| row.key));
                after = mark;
                if after.is_none() {
                    break;
                }
            }
            assert_eq!(seen, wanted);
        }

        assert_eq!(found(&ledger, &[("fish", Comparison::Is, "30,10")]), ["A", "C", "D"]);
        assert_eq!(
            found(&ledger, &[("fish", Comparison::From, "11"), ("fish", Comparison::To, "30")]),
            ["A", "D"]
        );
        assert_eq!(found(&ledger, &[("fish", Comparison::Empty, "true")]), ["B", "E"]);
        assert_eq!(
            found(&ledger, &[("dug_on", Comparison::To, "2016-01")]).len(),
            5,
            "a month holds its days"
        );
        assert_eq!(found(&ledger, &[("dug_on", Comparison::To, "2015")]).len(), 0);
        let own = ledger.clone();
        let register = own.register("pond").unwrap();
        for (field, text, code) in [
            ("name", "A", "field_not_found_by"),
            ("nothing", "A", "field_not_found_by"),
            ("fish", "many", "number_malformed"),
        ] {
            assert_eq!(register::filter(register, field, Comparison::Is, text).unwrap_err().code, code);
        }

        let by_words = with(&ledger, |tx, register, _| {
            let query = Query { phrases: vec!["C号".to_owned()], limit: 10, ..Query::default() };
            register::page(tx, city(), register, query)
        });
        assert_eq!(codes(&by_words.unwrap().0), ["C"]);
        let boxed = |west: i64| {
            let bounds =
                register::Bounds { west, south: 265_000_000, east: west + 100_000, north: 266_000_000 };
            with(&ledger, move |tx, register, _| {
                let conditions = register::touches(register, bounds).unwrap();
                register::count_rows(tx, city(), register, Query { conditions, ..Query::default() })
            })
            .unwrap()
        };
        assert_eq!((boxed(1_079_650_000), boxed(1_080_000_000)), (5, 0));

        with(&ledger, |tx, register, by| register.retire(tx, city(), "A", Some(1), by)).unwrap();
        assert_eq!(found(&ledger, &[]), ["B", "C", "D", "E"]);
        assert_eq!(ledger::verify(&ledger, true, &[], &mut |_| {}).unwrap().first_bad, None);
    }
}

#[test]
fn what_a_row_refers_to_is_in_force_when_it_begins() {
    for store in db::testing::stores().unwrap() {
        let ledger = ledger(&store.db);
        let mut spring = pond("S", None);
        spring["filled_on"] = json!("2016-03-31");
        put(&ledger, spring, 0).unwrap();
        let fed = |code: &str, dug_on: &str| {
            let mut row = pond(code, None);
            row["dug_on"] = json!(dug_on);
            row["source"] = json!("S");
            put(&ledger, row, 0).map_err(|error| error.details()["fields"][0]["code"].clone())
        };
        assert!(fed("A", "2016-01-15").is_ok(), "the first day counts");
        assert!(fed("B", "2016-03-31").is_ok(), "the last day counts");
        assert_eq!(fed("C", "2016-04-01").unwrap_err(), json!("reference_outside_validity"));
        assert_eq!(fed("D", "2016-01-14").unwrap_err(), json!("reference_outside_validity"));
        let referring = with(&ledger, |tx, register, _| {
            let conditions = vec![Condition::Tagged(vec![register::reference_tag("pond", "S").into()])];
            register::page(tx, city(), register, Query { conditions, limit: 10, ..Query::default() })
        });
        assert_eq!(codes(&referring.unwrap().0), ["A", "B"]);
    }
}

#[test]
fn files_belong_to_rows_and_stay_when_the_row_changes() {
    for store in db::testing::stores().unwrap() {
        let ledger = ledger(&store.db);
        put(&ledger, pond("A", None), 0).unwrap();
        let hash = "a".repeat(64);
        let add = |hash: &str, title: &str, seen: u64| {
            let filed = RowFile { file: File(hash.to_owned()), title: title.to_owned() };
            with(&ledger, move |tx, register, by| {
                register.set_file(tx, city(), "A", FileChange::Add(filed), Some(seen), by)
            })
        };
        assert_eq!(add(&hash, "平面图", 1).unwrap_err().code(), "file_unknown");
        let note = Attachment {
            hash: hash.clone(),
            media_type: "image/jpeg".to_owned(),
            bytes: 10,
            width: 0,
            height: 0,
            look: 0,
            taken_at: None,
        };
        with(&ledger, move |tx, _, by| attachment::note(tx, city(), &note, by.at)).unwrap();
        assert_eq!(add(&hash, " ", 1).unwrap_err().code(), "file_title_missing");
        assert_eq!(add(&hash, "平面图", 1).unwrap().version, 2);
        let changed = put(&ledger, pond("A", Some(5)), 2).unwrap();
        assert_eq!((changed.version, changed.files.len()), (3, 1));
        let gone = with(&ledger, move |tx, register, by| {
            register.set_file(tx, city(), "A", FileChange::Remove(File(hash)), Some(3), by)
        });
        assert_eq!(gone.unwrap().files, []);
    }
}

#[test]
fn what_is_derived_is_reckoned_whatever_somebody_gives_for_it() {
    for store in db::testing::stores().unwrap() {
        let ledger = ledger(&store.db);
        let derived = |field: &&register::FieldDescription| field.derived;
        let described = ledger.register("pond").unwrap().description();
        let names: Vec<&str> = described.fields.iter().filter(derived).map(|field| field.name).collect();
        assert_eq!(names, ["fins"]);
        assert_eq!(put(&ledger, pond("A", Some(3)), 0).unwrap().fields["fins"], 21);
        let mut row = pond("B", Some(2));
        row["fins"] = json!(999);
        assert_eq!(put(&ledger, row, 0).unwrap().fields["fins"], 14);
    }
}

#[test]
fn a_row_names_people_that_it_names_already_and_no_strangers() {
    let id = |number: u8| format!("01890a5d-ac96-774b-bcce-b3020000000{number}");
    let person = |number: u8| id(number).parse::<PersonId>().unwrap();
    let row = |code: &str, keeper: Option<u8>, anglers: &[u8]| {
        let mut row = pond(code, None);
        row["keeper"] = json!(keeper.map(id));
        row["anglers"] = anglers.iter().map(|number| json!({ "person": id(*number) })).collect();
        row
    };
    for store in db::testing::stores().unwrap() {
        let ledger = ledger(&store.db);
        let put_with = |row: Value, seen: u64, known: Vec<PersonId>| {
            with(&ledger, move |tx, register, by| register.put_with(tx, city(), row, Some(seen), by, &known))
        };
        let strangers = |row: Value, seen: u64| {
            put(&ledger, row, seen).map(drop).map_err(|error| error.details()["fields"].clone())
        };
        let fault = |field: &str| json!({ "field": field, "code": "person_unknown" });
        put_with(row("A", Some(1), &[2, 3]), 0, [1, 2, 3].map(person).to_vec()).unwrap();
        put_with(row("B", Some(4), &[]), 0, vec![person(4)]).unwrap();
        assert_eq!(
            strangers(row("B", Some(1), &[]), 1),
            Err(json!([fault("keeper")])),
            "another row's person"
        );
        assert_eq!(strangers(row("C", Some(1), &[]), 0), Err(json!([fault("keeper")])), "a new row has none");
        let wrong = json!([fault("keeper"), fault("anglers.0.person"), fault("anglers.2.person")]);
        assert_eq!(strangers(row("A", Some(2), &[1, 2, 4]), 1), Err(wrong), "each in its own field");
        assert_eq!(strangers(row("A", Some(1), &[3, 2]), 1), Ok(()), "rows of a small table may move");
        assert_eq!(strangers(row("A", None, &[3]), 2), Ok(()));
        assert_eq!(strangers(row("A", Some(1), &[3]), 3), Err(json!([fault("keeper")])), "gone is gone");
        put_with(row("A", Some(1), &[3]), 3, vec![person(1)]).unwrap();
    }
}
