//! Each fault that a row can have is said once where it is, and only what cannot be a case stays out.

use std::collections::{BTreeMap, BTreeSet};

use super::*;
use crate::case::{IMPORT_FIELDS_BYTES_MAX, Source, Stage, TEXT_CHARS_MAX};

fn by_row(remarks: &[Remark]) -> BTreeMap<u64, Vec<&'static str>> {
    let mut rows: BTreeMap<u64, Vec<&'static str>> = BTreeMap::new();
    for remark in remarks {
        rows.entry(remark.row).or_default().push(remark.code);
    }
    rows
}

#[test]
fn the_sample_is_taken_in_with_all_its_faults() {
    on_each(|town| {
        town.gets_cells();
        let mapping = sample_mapping();
        let outcome = town.imports(SAMPLE, None);
        assert_eq!(
            by_row(&outcome.refusals),
            BTreeMap::from([
                (35, vec!["import_id_missing"]),
                (36, vec!["import_reported_at_missing"]),
                (37, vec!["import_reported_at_unreadable"]),
                (38, vec!["import_class_missing"]),
            ])
        );
        let expected: BTreeMap<u64, Vec<&str>> = BTreeMap::from([
            (8, vec!["coordinates_missing"]),
            (9, vec!["import_closed_before_reported"]),
            (10, vec!["import_closed_at_once"]),
            (11, vec!["import_closed_without_state"]),
            (12, vec!["import_closed_without_state"]),
            (13, vec!["import_closed_without_state"]),
            (14, vec!["import_state_unknown"]),
            (15, vec!["import_state_missing"]),
            (16, vec!["import_closing_date_missing"]),
            (18, vec!["import_date_unreadable"]),
            (19, vec!["import_due_missing"]),
            (20, vec!["import_due_before_reported"]),
            (21, vec!["coordinates_swapped"]),
            (22, vec!["coordinates_projected"]),
            (23, vec!["coordinate_not_a_number"]),
            (24, vec!["coordinates_zero"]),
            (25, vec!["import_outside_city"]),
            (26, vec!["import_channel_unknown"]),
            (27, vec!["import_personal_masked"]),
            (28, vec!["import_reported_in_future"]),
            (29, vec!["import_clock_changed"]),
            (32, vec!["import_duplicate_id"]),
            (33, vec!["import_row_older"]),
            (39, vec!["row_ragged"]),
            (40, vec!["row_quote_misplaced"]),
            // Without its quotation marks the row's address falls apart, and what follows it is shifted.
            (41, vec!["row_quote_unclosed", "coordinates_projected"]),
        ]);
        assert_eq!(by_row(&outcome.warnings), expected);
        assert_eq!((outcome.rows, outcome.imported, outcome.unchanged), (40, 34, 2));
        assert_eq!(outcome.corrected, 1);
        assert_eq!(outcome.counts.values().sum::<u64>(), 27 + 4);
        let say = |row: u64| outcome.warnings.iter().find(|remark| remark.row == row).unwrap();
        assert_eq!((say(14).column.as_str(), say(14).value.as_str()), ("Status", "Parked"));
        assert_eq!(say(27).value, "call *********** or mail *******@*******.***");

        let case = |number: u32| town.case(&mapping.source, &format!("9-{}", 10_000 + number));
        assert_eq!(case(7).place, None);
        assert_eq!(case(7).text, "120 N LARKSPUR AVE, 99001", "search must find it");
        assert_eq!(case(8).closing.unwrap().at, Moment::parse_iso("2021-03-01T08:00:00-08:00").unwrap());
        let stages: Vec<Stage> = (9..=16).map(|number| case(number).stage).collect();
        let (closed, reported) = (Stage::Closed, Stage::Reported);
        assert_eq!(
            stages,
            [closed, Stage::Voided, reported, Stage::Refused, closed, closed, closed, reported]
        );
        assert_eq!(case(1).place.unwrap().cell.as_deref(), Some("990001001001004"));
        assert_eq!(case(24).place.unwrap().cell, None, "outside, but kept");
        assert_eq!(case(2).source, Source::Web);
        assert_eq!(case(2).class, None);
        assert_eq!(case(2).class_or_origin(), Some("Overflowing Bin"));
        assert_eq!(case(1).reference.as_deref(), Some("9-10001"));
        assert!(case(11).timers().is_empty(), "nobody here has promised anything");
        let verdict = ledger::verify(&town.ledger, true, &[], &mut |_| {}).unwrap();
        assert_eq!(verdict.first_bad, None);
    });
}

#[test]
fn what_is_too_long_for_a_case_stays_whole_in_its_fields() {
    let store = db::testing::stores().unwrap().swap_remove(0);
    let town = Town::in_store(&store.db);
    let id = "K".repeat(120);
    let long = "井".repeat(TEXT_CHARS_MAX + 1);
    let text = format!(
        "id,created,type,description,address\r\n{id},2016-03-01,{},{long},{}\r\n",
        "c".repeat(101),
        "d".repeat(201)
    );
    let outcome = town.imports(text, None);
    let codes: BTreeSet<&str> = outcome.counts.keys().copied().collect();
    assert_eq!(
        codes,
        BTreeSet::from(["import_address_cut", "import_class_cut", "import_id_cut", "import_text_cut"])
    );
    let (_, csv) = town.exports(ExportFormat::Csv);
    let csv = String::from_utf8(csv).unwrap();
    assert!(csv.contains(&long) && csv.contains(&id) && csv.contains(&"d".repeat(201)));

    // More than an entry takes: named, and cut.
    let cells = IMPORT_FIELDS_BYTES_MAX / 30_000 + 1;
    let header: Vec<String> = (0..cells).map(|number| format!("note{number}")).collect();
    let wide = format!(
        "id,created,type,{}\n1,2016-03-01,lamp{}\n",
        header.join(","),
        format!(",{}", "x".repeat(30_000)).repeat(cells)
    );
    let outcome = town.imports(wide, None);
    assert_eq!((outcome.imported, outcome.counts["import_fields_cut"]), (1, 1));
    let cell = format!("id,created,type,note\n1,2016-03-01,lamp,{}\n", "x".repeat(40_000));
    assert_eq!(town.imports(cell, None).counts["cell_too_long"], 1);
}

#[test]
fn every_code_is_reached_and_has_its_texts() {
    let mut file = rust_xlsxwriter::Workbook::new();
    let sheet = file.add_worksheet();
    for (column, name) in (0..).zip(["id", "created", "type", "note"]) {
        sheet.write_string(0, column, name).unwrap();
    }
    for row in 1..3 {
        sheet.write_string(row, 0, format!("K{row}")).unwrap();
        // Excel's day number of 2016-03-01, without a date's format.
        sheet.write_number(row, 1, 42_430.378_472_222).unwrap();
        sheet.write_string(row, 2, "lamp").unwrap();
        sheet.write_formula(row, 3, rust_xlsxwriter::Formula::new("=NA()").set_result("#N/A")).unwrap();
    }
    let store = db::testing::stores().unwrap().swap_remove(0);
    let town = Town::in_store(&store.db);
    let outcome = town.imports(file.save_to_buffer().unwrap(), None);
    assert_eq!(outcome.imported, 2);
    let case = town.case(&outcome_source(&outcome, &town), "K1");
    assert_eq!(case.reported_at, Moment::parse_iso("2016-03-01T09:05:00-08:00").unwrap());

    let texts: [BTreeMap<String, String>; 2] = [
        include_str!("../../../../server/locales/en.json"),
        include_str!("../../../../server/locales/zh.json"),
    ]
    .map(|text| serde_json::from_str(text).unwrap());
    for (code, message) in REFUSALS.iter().chain(WARNINGS) {
        assert_eq!(texts[0].get(*code).map(String::as_str), Some(*message), "{code}");
        assert!(texts[1].contains_key(*code), "{code}");
    }
    for code in crate::case::REFUSALS.iter().chain(&[
        "mapping_malformed",
        "mapping_column_missing",
        "mapping_column_not_found",
        "mapping_column_doubtful",
        "mapping_date_order_unknown",
        "mapping_word_unknown",
        "import_too_long",
        "export_too_wide",
    ]) {
        assert!(texts.iter().all(|texts| texts.contains_key(*code)), "{code}");
    }
    let sorted = |list: &[(&str, &str)]| list.windows(2).all(|pair| pair[0].0 < pair[1].0);
    assert!(sorted(REFUSALS) && sorted(WARNINGS));
}

/// The source's name of the only case of a town.
fn outcome_source(outcome: &Outcome, town: &Town) -> String {
    assert!(outcome.imported > 0);
    let listing = ledger::Listing {
        conditions: Vec::new(),
        order: ledger::Order::Rising("row"),
        after: None,
        limit: 1,
    };
    let cases = town.ledger.db().read_blocking(|tx| ledger::list::<CaseNoun>(tx, code(), listing)).unwrap();
    cases[0].state.origin.as_ref().unwrap().source.clone()
}

#[test]
fn persons_stay_out() {
    let store = db::testing::stores().unwrap().swap_remove(0);
    let town = Town::in_store(&store.db);
    let secrets = ["张建国", "13800138000", "zhang@example.org", "522601198001011234", "李梅"];
    let text = format!(
        "工单号,受理时间,问题类型,市民姓名,联系电话,邮箱,证件号码,承办人,诉求内容,备注\r\n\
         G1,2016-03-01 09:00,噪声扰民,{0},{1},{2},{3},{4},请回电 {1} 谢谢,{2}\r\n",
        secrets[0], secrets[1], secrets[2], secrets[3], secrets[4]
    );
    let outcome = town.imports(text.clone(), None);
    assert_eq!(outcome.imported, 1);
    assert_eq!(outcome.left_out[..5], ["市民姓名", "联系电话", "邮箱", "证件号码", "承办人"]);
    let bodies: Vec<String> = town
        .ledger
        .db()
        .read_blocking(|tx| ledger::entries_after(tx, code(), 0, 100))
        .unwrap()
        .into_iter()
        .map(|entry| entry.body)
        .collect();
    let told = serde_json::to_string(&outcome).unwrap();
    for secret in secrets {
        assert!(!told.contains(secret), "{secret} in the outcome");
        assert!(bodies.iter().all(|body| !body.contains(secret)), "{secret} in an entry");
    }
    // A mapping may say that a column's name misleads.
    let mut mapping = sure(&mut TableFile::from_bytes(text.clone().into_bytes()).unwrap());
    mapping.source = "kept".to_owned();
    mapping.keep = vec!["承办人".to_owned()];
    assert!(!town.imports(text, Some(&mapping)).left_out.contains(&"承办人".to_owned()));
}
