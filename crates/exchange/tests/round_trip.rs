//! Out and in again: nothing changes, in any format and language.

use std::io::Read as _;

use exchange::{Format, Language, Outcome, TOO_LONG_FOR_A_CELL};
use proptest::prelude::*;
use serde_json::json;

use crate::sample::{
    account, applied, compared, fields, ledger, proposed, put, refusals, rows, stands, written,
};

const FORMATS: [Format; 4] = [Format::Csv, Format::Xlsx, Format::Geojson, Format::Json];

#[test]
fn what_goes_out_comes_back_unchanged() {
    for store in db::testing::stores().unwrap() {
        let own = ledger(&store.db);
        for row in rows() {
            put(&own, row, 0);
        }
        for format in FORMATS {
            for language in Language::ALL {
                let bytes = written(&own, format, language);
                let account = account(&own, bytes);
                assert_eq!(refusals(&account), [], "{format:?} {language:?}");
                assert_eq!((account.rows, account.unchanged), (3, 3), "{format:?} {language:?}");
                assert!(account.warnings.is_empty(), "{format:?}: {:?}", account.warnings);
            }
        }
    }
}

#[test]
fn what_goes_out_of_one_city_store_makes_the_same_rows_in_an_empty_one() {
    let store = || db::testing::stores().unwrap().remove(0);
    let (one_store, mut one) = (store(), rows());
    let from = ledger(&one_store.db);
    // People do not travel.
    one[0]["keeper"] = json!(null);
    one[0]["payments"][0]["signed_by"] = json!(null);
    for row in one {
        put(&from, row, 0);
    }
    for format in FORMATS {
        let other = store();
        let to = ledger(&other.db);
        let done = applied(&to, written(&from, format, Language::Chinese));
        assert_eq!((done.account.new, refusals(&done.account)), (3, vec![]), "{format:?}");
        for key in ["=A1/2016", "-B/2015", "003/2016"] {
            let (one, two) = (stands(&from, key), stands(&to, key));
            assert_eq!(one.map(floats), two.map(floats), "{format:?} {key}");
        }
        assert_eq!(ledger::verify(&to, true, &[], &mut |_| {}).unwrap().first_bad, None);
    }
}

/// All numbers as floating-point ones: 108 is 108.0 in a shape.
fn floats(value: serde_json::Value) -> serde_json::Value {
    match value {
        serde_json::Value::Array(list) => list.into_iter().map(floats).collect(),
        serde_json::Value::Object(map) => {
            map.into_iter().map(|(name, value)| (name, floats(value))).collect()
        }
        serde_json::Value::Number(number) if number.as_f64().is_some_and(|number| number.abs() < 1e6) => {
            json!(number.as_f64())
        }
        other => other,
    }
}

#[test]
fn headings_carry_units_and_nothing_runs_as_a_formula() {
    let store = db::testing::stores().unwrap().remove(0);
    let own = ledger(&store.db);
    for row in rows() {
        put(&own, row, 0);
    }
    let text = String::from_utf8(written(&own, Format::Csv, Language::Chinese)).unwrap();
    let text = text.strip_prefix('\u{FEFF}').unwrap();
    let header = text.lines().next().unwrap();
    assert!(header.starts_with("编码,年份,名称,说明,性质,上级公园,投资额（万元）,总投资（亿元）,面积（亩）,建筑面积（平方米）,绿地率（%）,步道（公里）,职工人数（人）"));
    assert!(header.ends_with("责任单位,付款,版本"));
    assert!(text.contains("'=A1,2016") && text.contains("'@民族公园") && text.contains("1377912345.678901"));
    let english = String::from_utf8(written(&own, Format::Csv, Language::English)).unwrap();
    assert!(english.contains("Investment (10,000 yuan)") && english.contains("Private"));

    let workbook = written(&own, Format::Xlsx, Language::Chinese);
    let mut archive_text = String::new();
    let mut file = tempfile::tempfile().unwrap();
    std::io::Write::write_all(&mut file, &workbook).unwrap();
    let mut table = documents::table::TableFile::from_bytes(workbook).unwrap();
    assert_eq!(table.sheet_names(), ["公园", "付款"]);
    let options = documents::table::TableOptions::default();
    let mut reader = table.read(&documents::table::SheetChoice::Name("付款".to_owned()), &options).unwrap();
    assert_eq!(reader.sheet().header, ["所属行", "日期", "金额（万元）", "收款公园", "经手人"]);
    assert_eq!(reader.next_row().unwrap().unwrap().get(0), "=A1/2016");
    written(&own, Format::Geojson, Language::Chinese).as_slice().read_to_string(&mut archive_text).unwrap();
    let collection: serde_json::Value = serde_json::from_str(&archive_text).unwrap();
    let feature = &collection["features"][0];
    assert_eq!((&feature["id"], &feature["geometry"]["type"]), (&json!("=A1/2016"), &json!("Point")));
    assert_eq!(feature["properties"]["绿地率（%）"], json!(5.9001));
    assert_eq!(collection["features"][1]["geometry"], json!(null));
}

#[test]
fn a_shape_too_long_for_a_cell_stays_as_it_is() {
    let store = db::testing::stores().unwrap().remove(0);
    let own = ledger(&store.db);
    let mut row = rows().remove(0);
    let places: Vec<_> = (0..5_000).map(|step| [107.9 + f64::from(step) / 1e5, 26.512_345]).collect();
    row["way"] = json!({ "type": "LineString", "coordinates": places });
    put(&own, row, 0);
    for format in [Format::Csv, Format::Xlsx] {
        let bytes = written(&own, format, Language::Chinese);
        if format == Format::Csv {
            assert!(String::from_utf8_lossy(&bytes).contains(TOO_LONG_FOR_A_CELL));
        }
        let (_, differences) = compared(&own, bytes);
        assert_eq!(differences[0].outcome, Outcome::Unchanged, "{format:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn numbers_with_units_are_read_in_every_unit(wan in 0_i64..10_000_000, fraction in 0_u32..10_000, mu in 0_i64..1_000_000) {
        let store = ledger_without_rows();
        let exact = format!("{wan}.{fraction:04}");
        let fen = wan * 1_000_000 + i64::from(fraction) * 100;
        for (heading, text) in [
            ("投资额（万元）", exact.clone()),
            ("\"Investment (10,000 yuan)\"", exact.clone()),
            ("投资额（元）", format!("{}.{:02}", fen / 100, fen % 100)),
            ("投资额（亿元）", format!("{exact}万元")),
            ("invested(亿元)", format!("{}.{:010}", fen / 10_000_000_000, fen % 10_000_000_000)),
        ] {
            let lines = [format!("编码,年份,{heading},面积（亩）"), format!("A,2016,{text},{mu}.5"), format!("B,2016,,\"{mu}\"")];
            let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
            let sheet = proposed(&store, crate::sample::csv(&lines)).unwrap();
            prop_assert_eq!(fields(&sheet, 0)["invested"].as_i64(), Some(fen));
            prop_assert_eq!(fields(&sheet, 0)["area"].as_i64(), Some(mu * 20_000_000 + 10_000_000));
            prop_assert_eq!(fields(&sheet, 1)["area"].as_i64(), Some(mu * 20_000_000));
        }
    }
}

fn ledger_without_rows() -> ledger::Ledger {
    static STORE: std::sync::OnceLock<(db::testing::TestStore, ledger::Ledger)> = std::sync::OnceLock::new();
    let (_, own) = STORE.get_or_init(|| {
        let store = db::testing::stores().unwrap().remove(0);
        let own = ledger(&store.db);
        (store, own)
    });
    own.clone()
}
