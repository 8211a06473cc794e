//! Tables as people make them: titles, group headings, merged cells, units, totals, formulas, encodings; and what bad cells get.

use exchange::{ExchangeError, Language, marked};
use kernel::error::Coded as _;
use rust_xlsxwriter::{Format, Formula, Workbook};
use serde_json::json;

use crate::sample::{account, csv, fields, ledger, proposed, put, refusals, rows, warnings};

fn store() -> (db::testing::TestStore, ledger::Ledger) {
    let store = db::testing::stores().unwrap().remove(0);
    let own = ledger(&store.db);
    (store, own)
}

#[test]
fn headings_are_found_below_titles_in_groups_and_with_units() {
    let (_store, own) = store();
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    let plain = Format::new();
    sheet.merge_range(0, 0, 0, 7, "凯里市公园基本情况表", &plain).unwrap();
    sheet.write(1, 0, "单位：公顷、万元").unwrap();
    sheet.merge_range(2, 0, 3, 0, "编 码*", &plain).unwrap();
    sheet.merge_range(2, 1, 3, 1, "年份", &plain).unwrap();
    sheet.merge_range(2, 2, 3, 2, "名称", &plain).unwrap();
    sheet.merge_range(2, 3, 2, 4, "投资额", &plain).unwrap();
    sheet.write(3, 3, "（亿元）").unwrap();
    sheet.write(3, 4, "其中：非国有").unwrap();
    sheet.merge_range(2, 5, 3, 5, "面积", &plain).unwrap();
    sheet.merge_range(2, 6, 2, 7, "运行", &plain).unwrap();
    sheet.write(3, 6, "性质").unwrap();
    sheet.write(3, 7, "开放").unwrap();
    for (row, code) in [(4, "A"), (5, "B")] {
        sheet.write(row, 0, code).unwrap();
        sheet.write(row, 2, format!("{code}公园")).unwrap();
        sheet.write(row, 3, 1.5).unwrap();
        sheet.write_formula(row, 5, Formula::new("=1+1").set_result("2")).unwrap();
        sheet.write(row, 6, "民办").unwrap();
        sheet.write(row, 7, "√").unwrap();
    }
    // The year is merged over both rows.
    sheet.merge_range(4, 1, 5, 1, "", &plain).unwrap();
    sheet.write(4, 1, 2016).unwrap();
    sheet.write(6, 0, "合计").unwrap();
    sheet.write(6, 3, 3).unwrap();
    sheet.write(6, 5, 5).unwrap();
    let bytes = workbook.save_to_buffer().unwrap();

    let sheet = proposed(&own, bytes.clone()).unwrap();
    assert_eq!(sheet.rows.len(), 2);
    for (place, key) in ["A/2016", "B/2016"].into_iter().enumerate() {
        assert_eq!(sheet.rows[place].key.as_deref(), Some(key));
        let row = fields(&sheet, place);
        assert_eq!((&row["invested"], &row["area"]), (&json!(15_000_000_000_i64), &json!(600_000_000)));
        assert_eq!((&row["kind"], &row["open"]), (&json!("private"), &json!(true)));
    }
    let account = account(&own, bytes);
    assert_eq!(refusals(&account), []);
    assert_eq!((account.rows, account.new), (2, 2));
    let told = [(4, "投资额/其中：非国有", "column_unknown"), (7, "面积", "total_differs")];
    assert_eq!(warnings(&account), told);
    assert_eq!(account.warnings[1].details["sum"], json!("60 亩"));
}

#[test]
fn a_row_of_units_below_the_headings_is_read_as_such() {
    let (_store, own) = store();
    let sheet =
        proposed(&own, csv(&["编码,年份,投资额,面积,步道", ",,亿元,公顷,km", "A,2016,1,2,3"])).unwrap();
    assert_eq!(sheet.rows.len(), 1);
    let row = fields(&sheet, 0);
    assert_eq!((&row["invested"], &row["area"]), (&json!(10_000_000_000_i64), &json!(600_000_000)));
    assert_eq!(sheet.warnings, []);
    let assumed = account(&own, csv(&["编码,年份,投资额", "A,2016,1"]));
    assert_eq!(warnings(&assumed), [(1, "投资额", "column_unit_assumed")]);
}

#[test]
fn a_cell_that_shows_a_percentage_is_read_as_shown() {
    let (_store, own) = store();
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    for (column, heading) in ["编码", "年份", "名称", "性质", "开放", "绿地率"].iter().enumerate()
    {
        sheet.write(0, u16::try_from(column).unwrap(), *heading).unwrap();
    }
    let shown = ["General", "0.0%", "0.00%;[Red]-0.00%", r#"0.00"%""#, r"0.00\%", "General", "0%"];
    for (row, (format, value)) in (1..).zip(shown.into_iter().zip([5.9, 0.059, 0.059, 5.9, 5.9, 0.059, 1.0]))
    {
        sheet.write(row, 0, format!("P{row}")).unwrap();
        sheet.write(row, 1, 2016).unwrap();
        sheet.write(row, 2, "公园").unwrap();
        sheet.write(row, 3, "公办").unwrap();
        sheet.write(row, 4, true).unwrap();
        let format = Format::new().set_num_format(format);
        sheet.write_number_with_format(row, 5, value, &format).unwrap();
    }
    let bytes = workbook.save_to_buffer().unwrap();
    let sheet = proposed(&own, bytes.clone()).unwrap();
    let rates: Vec<i64> = (0..7).map(|place| fields(&sheet, place)["green"].as_i64().unwrap()).collect();
    assert_eq!(rates, [59_000, 59_000, 59_000, 59_000, 59_000, 590, 1_000_000]);
    let account = account(&own, bytes);
    assert_eq!(warnings(&account), [(7, "绿地率", "rate_below_one")], "0.059 without a sign is doubted");
    for (heading, text, doubted) in [
        ("绿地率", "0.5", true),
        ("绿地率（%）", "0.5", false),
        ("绿地率", "0.5%", false),
        ("绿地率", "0", false),
    ] {
        let lines = [format!("编码,年份,{heading}"), format!("A,2016,{text}")];
        let sheet = proposed(&own, csv(&[&lines[0], &lines[1]])).unwrap();
        assert_eq!(!sheet.warnings.is_empty(), doubted, "{heading} {text}");
    }
}

#[test]
fn encodings_marks_and_names_of_fields_are_understood() {
    let (_store, own) = store();
    let text = "编码,年份,名称,性质,开放\nA,2016,金泉湖公园,公办,是\n小计,,,,\n";
    let (gb, _, _) = encoding_rs::GB18030.encode(text);
    let marked_utf8 = [b"\xEF\xBB\xBF", text.as_bytes()].concat();
    let english = csv(&["code;Year;NAME;kind;open", "A;2016;金泉湖公园;Public;yes"]);
    for bytes in [gb.into_owned(), marked_utf8, english] {
        let account = account(&own, bytes);
        assert_eq!((account.new, account.rows), (1, 1), "{:?}", account.refusals);
        assert_eq!(account.warnings, []);
    }
}

#[test]
fn each_bad_cell_says_where_and_why() {
    let (_store, own) = store();
    put(&own, rows().remove(0), 0);
    for (heading, text, code) in [
        ("投资额（万元）", "12.1234567", "number_decimals"),
        ("投资额（元）", "1.234", "number_decimals"),
        ("投资额（万元）", "很多", "number_malformed"),
        ("投资额（万元）", "-1", "number_range"),
        ("投资额（万元）", "99999999999999999", "number_range"),
        ("投资额（万元）", "3亩", "cell_unit_wrong"),
        ("面积（亩）", "x", "number_malformed"),
        ("绿地率（%）", "101", "number_range"),
        ("步道（公里）", "1.2345", "number_decimals"),
        ("职工人数（人）", "1.5", "number_decimals"),
        ("开放日期", "2016-02-30", "date_malformed"),
        ("巡查时间", "昨天", "moment_malformed"),
        ("建设期", "2016-H3", "period_malformed"),
        ("管理员", "nobody", "person_malformed"),
        ("平面图", "plan.pdf", "file_malformed"),
        ("大门", "26.57,107.98", "shape_outside"),
        ("主路", "here", "shape_malformed"),
        ("付款", "none", "table_malformed"),
        ("上级公园", "nothing/2016", "reference_unknown"),
        ("版本", "new", "version_malformed"),
    ] {
        let lines = [
            format!("编码,年份,名称,性质,开放,{heading}"),
            "A,2016,公园,公办,是,".to_owned(),
            format!("B,2016,公园,公办,是,\"{text}\""),
        ];
        let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        let account = account(&own, csv(&lines));
        assert_eq!((account.rows, account.imported, account.refused), (2, 1, 1), "{heading} {text}");
        let told = refusals(&account);
        assert_eq!(told.len(), 1, "{told:?}");
        assert_eq!((told[0].0, told[0].1, told[0].3), (3, heading, code), "{text}");
        let shown = told[0].2.replace('-', "");
        assert!(!shown.is_empty(), "{heading} {text} says its value");
    }
    let several = account(
        &own,
        csv(&[
            "编码,年份,名称,性质,开放,颜色",
            "A,1999,公园,合办,也许,",
            "B,2016,B,公办,是,绿",
            "C,2016,,公办,是,",
            ",2016,公园,公办,是,",
            "D,2016,公园,公办,是,",
            "D,2016,别的,公办,是,",
            "E,2016,公园,公办",
            "12345678901,2016,公园,公办,是,",
        ]),
    );
    assert_eq!(warnings(&several), [(1, "颜色", "column_unknown")]);
    let told = refusals(&several);
    let wanted = [
        (2, "年份", "1999", "number_range"),
        (2, "开放", "也许", "truth_malformed"),
        (2, "性质", "合办", "choice_unknown"),
        (3, "名称", "B", "name_is_code"),
        (4, "名称", "", "value_missing"),
        (5, "编码", "", "value_missing"),
        (7, "编码", "D/2016", "key_twice"),
        (8, "", "E", "row_ragged"),
        (9, "编码", "12345678901", "value_too_long"),
    ];
    assert_eq!(told, wanted);
    assert_eq!((several.rows, several.imported, several.refused), (8, 1, 7));
}

#[test]
fn files_that_are_no_table_of_the_register_are_refused_as_a_whole() {
    let (_store, own) = store();
    for (bytes, code) in [
        (csv(&["a,b", "1,2"]), "headings_missing"),
        (csv(&["编码,名称", "1,2"]), "headings_missing"),
        (csv(&["编码,年份,投资额（亩）", "1,2016,3"]), "column_unit_wrong"),
        (Vec::new(), "document_empty"),
        (csv(&["{\"code\": \"A\"}", "{"]), "json_malformed"),
        (b"{\"type\":\"FeatureCollection\"}".to_vec(), "geojson_malformed"),
    ] {
        let error = proposed(&own, bytes).unwrap_err();
        assert_eq!(error.code(), code, "{error}");
    }
}

#[test]
fn rows_of_small_tables_find_their_row_and_say_their_own_place() {
    let (_store, own) = store();
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet().set_name("公园").unwrap();
    for (column, heading) in ["编码", "年份", "名称", "性质", "开放"].iter().enumerate() {
        sheet.write(0, u16::try_from(column).unwrap(), *heading).unwrap();
    }
    for (row, code) in [(1, "A"), (2, "B"), (3, "C")] {
        sheet.write(row, 0, code).unwrap();
        sheet.write(row, 1, 2016).unwrap();
        sheet.write(row, 2, "公园").unwrap();
        sheet.write(row, 3, "公办").unwrap();
        sheet.write(row, 4, true).unwrap();
    }
    let payments = workbook.add_worksheet().set_name("付款").unwrap();
    for (column, heading) in ["所属行", "日期", "金额（万元）"].iter().enumerate() {
        payments.write(0, u16::try_from(column).unwrap(), *heading).unwrap();
    }
    for (row, key, day, amount) in [
        (1, "A/2016", "2016/3/5", "1.5"),
        (2, "A/2016", "2016.4.1", "2"),
        (3, "B/2016", "", "1"),
        (4, "C/2016", "2016-3-5", "x"),
        (5, "Z/2016", "2016-3-5", "1"),
    ] {
        payments.write(row, 0, key).unwrap();
        payments.write(row, 1, day).unwrap();
        payments.write(row, 2, amount).unwrap();
    }
    let bytes = workbook.save_to_buffer().unwrap();
    let sheet = proposed(&own, bytes.clone()).unwrap();
    let paid =
        json!([{ "day": "2016-03-05", "amount": 1_500_000 }, { "day": "2016-04-01", "amount": 2_000_000 }]);
    assert_eq!(fields(&sheet, 0)["payments"], paid);
    let account = account(&own, bytes.clone());
    let told = [(4, "日期", "", "value_missing"), (5, "金额（万元）", "x", "number_malformed")];
    assert_eq!(refusals(&account)[..], told);
    assert_eq!(warnings(&account), [(6, "付款", "table_row_without_owner")]);
    assert!(account.refusals.iter().all(|remark| remark.sheet == "付款"));
    assert_eq!(account.imported, 1);

    let copy = marked(bytes, &account.refusals, Language::Chinese).unwrap();
    let mut copy = documents::table::TableFile::from_bytes(copy).unwrap();
    assert_eq!(copy.sheet_names(), ["公园", "付款"]);
    let choice = documents::table::SheetChoice::Index(1);
    let mut reader = copy.read(&choice, &documents::table::TableOptions::default()).unwrap();
    let mut reasons = Vec::new();
    while let Some(row) = reader.next_row().unwrap() {
        reasons.push(row.get(3).to_owned());
    }
    assert_eq!(reasons, ["", "", "日期: value_missing", "金额（万元）: number_malformed", ""]);
    let json = marked(b"{}".to_vec(), &[], Language::Chinese).unwrap_err();
    assert!(matches!(json, ExchangeError::MarkNeedsTable));
}

#[test]
fn texts_are_said_by_code_in_the_readers_language() {
    let (_store, own) = store();
    let mut account = account(&own, csv(&["编码,年份,名称,性质,开放", "A,2016,公园,公办,也许"]));
    account.say(&|key, details| match key {
        "truth_malformed" => Some(format!("“{}”应为是或否。", details["field"].as_str().unwrap())),
        "mend_truth_malformed" => Some("写 是 或 否。".to_owned()),
        _ => None,
    });
    let told = &account.refusals[0];
    assert_eq!((told.message.as_str(), told.mend.as_str()), ("“开放”应为是或否。", "写 是 或 否。"));
    let written = serde_json::to_value(&account).unwrap();
    assert_eq!(written["refusals"][0]["row"], json!(2));
    assert_eq!(written["refusals"][0]["code"], json!("truth_malformed"));
}
