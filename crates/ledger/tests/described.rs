//! Registers that are described by their derive: what each kind of field takes and refuses, references, finding.

use std::collections::BTreeSet;

use kernel::{
    area::Area,
    decimal::Decimal,
    error::Coded as _,
    id::PersonId,
    money::Fen,
    period::Period,
    rate::Rate,
    shape::{Point, Surface},
};
use ledger::{
    Condition, FieldFault, Fields, Ledger, LedgerError, Nouns, Register, Vault, VaultKey,
    register::{self, Described as _, File, Kind, check_json},
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::sample::{by, city};

ledger::choices! {
    /// How a park is run.
    ParkKind {
        /// By the city.
        Public = "public" ("公办", "Public"),
        /// By a firm.
        Private = "private" ("民办", "Private"),
    }
}

/// An owner.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Register)]
#[register(name = "owner", part = "services", zh = "业主", en = "Owner", key(code))]
struct Owner {
    /// The code.
    #[field(zh = "编码", en = "Code", max = 10)]
    code: String,
}

/// A payment of a park.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Fields)]
struct Payment {
    /// When.
    #[field(zh = "日期", en = "Day")]
    day: jiff::civil::Date,
    /// How much.
    #[field(zh = "金额", en = "Amount")]
    amount: Fen,
    /// Who paid.
    #[field(zh = "付款人", en = "Payer", refers = "owner")]
    payer: Option<String>,
}

/// A park.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Register)]
#[register(
    name = "park",
    part = "services",
    mission = "S1",
    zh = "公园",
    en = "Park",
    key(code, edition),
    check = "more"
)]
struct Park {
    /// The code.
    #[field(zh = "编码", en = "Code", max = 10)]
    code: String,
    /// The edition.
    #[field(zh = "版本", en = "Edition", min = 2000, max = 2100, find)]
    edition: i64,
    /// The name.
    #[field(zh = "名称", en = "Name", search)]
    name: String,
    /// How it is run.
    #[field(zh = "性质", en = "Kind", find)]
    kind: ParkKind,
    /// Whose it is.
    #[field(zh = "业主", en = "Owner", refers = "owner", find)]
    owner: Option<String>,
    /// How large.
    #[field(zh = "面积", en = "Area", find)]
    area: Option<Area>,
    /// Built in.
    #[field(zh = "建设期", en = "Built in", find)]
    built: Option<Period>,
    /// What was paid.
    #[field(zh = "付款", en = "Payments", max = 2)]
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    payments: Vec<Payment>,
    /// It is open.
    #[field(zh = "开放", en = "Open", find)]
    open: bool,
    /// How much of it is green.
    #[field(zh = "绿地率", en = "Green", find)]
    green: Option<Rate>,
    /// How long its paths are.
    #[field(zh = "步道", en = "Paths", unit = "km", max = 50_000, find)]
    paths: Option<Decimal<3>>,
    /// Where its gate is.
    #[field(zh = "大门", en = "Gate")]
    gate: Option<Point>,
    /// Its outline.
    #[field(zh = "范围", en = "Outline")]
    outline: Option<Surface>,
    /// Who keeps it.
    #[field(zh = "管理员", en = "Keeper")]
    keeper: Option<PersonId>,
    /// The plan of it.
    #[field(zh = "平面图", en = "Plan")]
    plan: Option<File>,
}

fn more(park: &Park) -> Vec<FieldFault> {
    if park.name == park.code { vec![FieldFault::new("name", "name_is_code")] } else { Vec::new() }
}

fn park() -> Value {
    json!({
        "code": "P1", "edition": 2016, "name": "金泉湖公园", "kind": "public", "owner": "water", "area": 20_000_000, "built": "2016-H1",
        "payments": [{"day": "2016-03-05", "amount": 1_000_000}], "open": true,
    })
}

fn read(row: &Value) -> Park {
    serde_json::from_value(row.clone()).unwrap()
}

/// What is wrong when one field is another one.
fn faults_with(field: &str, value: Value) -> Vec<(String, &'static str)> {
    let mut row = park();
    row[field] = value;
    check_json(Park::DESCRIPTION.fields, &row)
        .into_iter()
        .map(|fault| (fault.field.into_owned(), fault.code))
        .collect()
}

#[test]
fn every_kind_of_field_says_what_is_wrong_with_it() {
    assert_eq!(check_json(Park::DESCRIPTION.fields, &park()), []);
    for (field, value, code) in [
        ("code", json!(""), "value_missing"),
        ("code", json!("  "), "value_missing"),
        ("code", json!("12345678901"), "value_too_long"),
        ("code", json!(5), "text_malformed"),
        ("code", json!("a\nb"), "text_malformed"),
        ("edition", json!("2016"), "number_malformed"),
        ("edition", json!(2016.5), "number_malformed"),
        ("edition", json!(1999), "number_range"),
        ("kind", json!("both"), "choice_unknown"),
        ("kind", json!(null), "value_missing"),
        ("area", json!("20"), "number_malformed"),
        ("built", json!("2016-H3"), "period_malformed"),
        ("payments", json!("none"), "table_malformed"),
        ("payments", json!([{}, {}, {}]), "table_too_long"),
        ("open", json!(1), "truth_malformed"),
        ("green", json!(1_000_001), "number_range"),
        ("green", json!("5%"), "number_malformed"),
        ("paths", json!(50_001), "number_range"),
        ("paths", json!(-1), "number_range"),
        ("gate", json!({"type": "Point", "coordinates": [26.5, 107.9]}), "shape_outside"),
        ("gate", json!([107.9, 26.5]), "shape_malformed"),
        ("outline", json!({"type": "Point", "coordinates": [107.9, 26.5]}), "shape_malformed"),
        ("keeper", json!("Zhang San"), "person_malformed"),
        ("plan", json!("plan.pdf"), "file_malformed"),
        ("colour", json!("green"), "field_unknown"),
    ] {
        assert_eq!(faults_with(field, value.clone()), [(field.to_owned(), code)], "{field}: {value}");
    }
    let payments =
        json!([{"day": "2016-03-05", "amount": 1}, {"day": "2016-02-30", "amount": "1", "who": "x"}]);
    assert_eq!(
        faults_with("payments", payments),
        [
            ("payments.1.who".to_owned(), "field_unknown"),
            ("payments.1.day".to_owned(), "date_malformed"),
            ("payments.1.amount".to_owned(), "number_malformed"),
        ]
    );
    for (field, value) in [("owner", json!(null)), ("area", json!(null)), ("payments", json!([]))] {
        assert_eq!(faults_with(field, value.clone()), [], "{field} may be {value}");
    }
}

#[test]
fn the_description_is_what_the_struct_says() {
    let told = Park::DESCRIPTION;
    assert_eq!((told.name, told.part, told.mission, told.title.zh), ("park", "services", Some("S1"), "公园"));
    assert_eq!((told.about, told.key), ("A park.", &["code", "edition"][..]));
    let field = |name| *told.fields.iter().find(|field| field.name == name).unwrap();
    assert_eq!(field("edition").kind, Kind::Integer { min: 2000, max: 2100, unit: None });
    assert_eq!(field("name").kind, Kind::Text { chars_max: register::TEXT_CHARS_MAX, lines: false });
    assert_eq!((field("owner").refers, field("owner").optional), (Some("owner"), true));
    assert!(matches!(field("payments").kind, Kind::Rows { rows_max: 2, fields } if fields.len() == 3));
    let written = serde_json::to_value(field("kind")).unwrap();
    assert_eq!(
        written["kind"]["choices"][1],
        json!({"code": "private", "title": {"zh": "民办", "en": "Private"}})
    );
    assert_eq!(read(&park()).key(), "P1/2016");
}

#[test]
fn a_row_is_kept_with_its_references_and_found_by_its_fields() {
    for store in db::testing::stores().unwrap() {
        let nouns = Nouns::default().with_register::<Park>().with_register::<Owner>();
        let vault = Vault::new(&VaultKey::fresh().unwrap());
        let ledger = Ledger::open(store.db.clone(), nouns, vault, std::env::temp_dir()).unwrap();
        let db = ledger.db();
        let put = |row: Value| {
            db.write_blocking(move |tx| register::put(tx, city(), read(&row), Some(0), &by(1)).map(drop))
        };
        let fields = |error: LedgerError| error.details()["fields"].clone();
        assert_eq!(
            fields(put(park()).unwrap_err()),
            json!([{"field": "owner", "code": "reference_unknown"}])
        );
        let mut unpaid = park();
        unpaid["owner"] = json!(null);
        unpaid["payments"] =
            json!([{"day": "2016-03-05", "amount": 1}, {"day": "2016-03-06", "amount": 1, "payer": "fire"}]);
        let fault = json!([{"field": "payments.1.payer", "code": "reference_unknown"}]);
        assert_eq!(fields(put(unpaid).unwrap_err()), fault, "also in a small table");
        let mut slashed = park();
        slashed["code"] = json!("a/2016");
        assert_eq!(fields(put(slashed).unwrap_err()), json!([{"field": "code", "code": "key_malformed"}]));
        let mut named = park();
        named["name"] = json!("P1");
        assert_eq!(fields(put(named).unwrap_err()), json!([{"field": "name", "code": "name_is_code"}]));

        let owner = |code: &str| Owner { code: code.to_owned() };
        let water = owner("water");
        db.write_blocking(move |tx| register::put(tx, city(), water, Some(0), &by(1)).map(drop)).unwrap();
        put(park()).unwrap();
        let found = |condition: Condition<'static>| {
            db.read_blocking(move |tx| register::list::<Park>(tx, city(), vec![condition], None, 10))
                .unwrap()
                .len()
        };
        assert_eq!(found(Condition::Is("kind", "public".into())), 1);
        assert_eq!(found(Condition::Is("kind", "private".into())), 0);
        assert_eq!(found(Condition::From("area", 20_000_000.into())), 1);
        assert_eq!(found(Condition::Is("built", "2016-H1".into())), 1);
        assert_eq!(found(Condition::Is("open", 1.into())), 1);
        let tagged = |key: &str| Condition::Tagged(vec![register::reference_tag("owner", key).into()]);
        assert_eq!((found(tagged("water")), found(tagged("fire"))), (1, 0));
        let kinds: BTreeSet<&str> = ParkKind::ALL.iter().map(|kind| kind.name()).collect();
        assert_eq!(kinds, BTreeSet::from(["private", "public"]));

        // Who is used no more cannot be named anew.
        db.write_blocking(|tx| register::retire::<Owner>(tx, city(), "water", None, &by(2)).map(drop))
            .unwrap();
        let mut second = park();
        second["code"] = json!("P2");
        let error = put(second).unwrap_err();
        assert_eq!(error.code(), "fields_invalid");
        let verdict = ledger::verify(&ledger, true, &[], &mut |_| {}).unwrap();
        assert_eq!(verdict.first_bad, None);
    }
}
