use kernel::error::Coded;

use super::fixture::{NINE, context, dictionary, import_bytes, prefecture, refuse_row, sheet, xlsx};
use crate::{
    dictionary::{ClassKind, EDITION_2013, EDITION_2026},
    handbook::{
        Merge, SheetTable, Unit,
        workbook::{Import, Outcome, SheetRows, import},
    },
};

fn take(sheets: &[SheetRows]) -> Outcome {
    let dictionary = dictionary();
    let outcome = import(sheets, &context(&dictionary)).unwrap();
    let report = &outcome.report;
    assert_eq!(report.rows, report.imported + report.unchanged + report.refused);
    assert_eq!(outcome.conditions.len(), usize::try_from(report.imported + report.unchanged).unwrap());
    outcome
}

fn refusals(outcome: &Outcome) -> Vec<(u32, &str, &'static str)> {
    outcome.report.refusals.iter().map(|fault| (fault.row, fault.column.as_ref(), fault.code)).collect()
}

fn warnings(outcome: &Outcome) -> Vec<(u32, &'static str)> {
    outcome.report.warnings.iter().map(|fault| (fault.row, fault.code)).collect()
}

#[test]
fn a_workbook_of_519_conditions_with_merged_cells_comes_in_whole() {
    let dictionary = dictionary();
    let tables = prefecture(&dictionary);
    assert_eq!(tables.iter().map(|table| table.rows.len()).sum::<usize>(), 519);
    assert!(tables.iter().map(|table| table.merges.len()).sum::<usize>() > 400);
    let outcome = import_bytes(xlsx(&tables, Some("城市管理立案、处置与结案标准")), &context(&dictionary));
    let report = &outcome.report;
    assert_eq!((report.rows, report.imported, report.unchanged, report.refused), (519, 519, 0, 0));
    assert_eq!(report.warnings, []);
    let texts: Vec<_> = tables.iter().flat_map(|table| table.rows.iter().map(|row| row[6].clone())).collect();
    let read: Vec<_> = outcome.conditions.iter().map(|condition| condition.condition.clone()).collect();
    assert_eq!(read, texts);
    let of_kind = |kind| outcome.conditions.iter().filter(|condition| condition.kind == kind).count();
    assert_eq!((of_kind(ClassKind::Component), of_kind(ClassKind::Matter)), (375, 144));
    assert!(outcome.conditions.iter().all(|condition| condition.thresholds.len() == 1));
    assert!(outcome.conditions.iter().any(|condition| condition.milestones.len() == 3));
}

#[test]
fn every_bad_row_of_a_workbook_is_reported_and_none_is_lost() {
    let dictionary = dictionary();
    let mut tables = prefecture(&dictionary);
    // Rows are damaged in the file itself; the heading is row 1.
    tables[1].merges.clear();
    tables[1].rows[3][8] = "尽快".to_owned();
    tables[1].rows[10][2] = String::new();
    tables[1].rows[20][6] = String::new();
    tables[1].rows[20][8] = "0天".to_owned();
    tables[1].rows[30][2] = "078".to_owned();
    tables[1].rows[40] = vec![String::new(); 9];
    let outcome = import_bytes(xlsx(&tables, None), &context(&dictionary));
    let report = &outcome.report;
    assert_eq!((report.rows, report.imported, report.refused), (518, 514, 4));
    assert_eq!(
        refusals(&outcome),
        [
            (5, "处置时限", "limit_malformed"),
            (12, "小类代码", "class_code_missing"),
            (22, "处置时限", "limit_malformed"),
            (22, "立案条件", "condition_missing"),
            (32, "小类代码", "class_code_unknown"),
        ]
    );
    let first = &report.refusals[0];
    assert_eq!((first.sheet.as_str(), first.value.as_str()), ("事件", "尽快"));
    assert!(!first.message.is_empty() && !first.mend.is_empty());
}

#[test]
fn values_are_filled_down_within_a_merge_only() {
    let dictionary = dictionary();
    let row = |code: &str, condition: &str| {
        let mut cells = refuse_row(condition, "4小时").map(str::to_owned).to_vec();
        cells[2] = code.to_owned();
        cells[3] = String::new();
        cells
    };
    let table = SheetTable {
        name: "事件".to_owned(),
        header: NINE.map(str::to_owned).to_vec(),
        rows: vec![row("010", "甲"), row("010", "乙"), row("", "丙")],
        merges: vec![Merge { column: 2, first_row: 0, last_row: 1 }],
    };
    let outcome = import_bytes(xlsx(&[table], None), &context(&dictionary));
    assert_eq!(outcome.conditions.len(), 2);
    assert_eq!(refusals(&outcome), [(4, "小类代码", "class_code_missing")]);
}

#[test]
fn codes_that_a_spreadsheet_keeps_as_numbers_are_codes_all_the_same() {
    let dictionary = dictionary();
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.set_name("事件").unwrap();
    for (column, heading) in (0..).zip(NINE) {
        sheet.write_string(0, column, heading).unwrap();
    }
    for (row, major, minor) in [(1, 6.0, 10.0), (2, 6.0, 6011.0), (3, 10.0, 1.0), (4, 6.5, 10.0)] {
        for (column, text) in (0..).zip(refuse_row("甲", "4小时")) {
            sheet.write_string(row, column, text).unwrap();
        }
        sheet.write_number(row, 0, major).unwrap();
        sheet.write_number(row, 2, minor).unwrap();
    }
    let outcome = import_bytes(workbook.save_to_buffer().unwrap(), &context(&dictionary));
    let codes: Vec<_> = outcome.conditions.iter().map(|condition| condition.code.as_str()).collect();
    assert_eq!(codes, ["06010", "06011", "10001"]);
    assert_eq!(refusals(&outcome), [(5, "小类代码", "class_code_malformed")]);
}

#[test]
fn sheets_may_come_alone_in_any_order_and_in_english() {
    let english = [
        "Major code",
        "Major name",
        "Minor code",
        "Minor name",
        "Handling unit",
        "Supervising unit",
        "Filing condition",
        "Closing condition",
        "Time limit",
    ];
    let matter = sheet("Matters", &english, &[&refuse_row("甲", "4小时")]);
    let component = sheet(
        "部件（2026）",
        &NINE,
        &[&["1", "", "1", "供水井盖", "供水公司", "住建局", "井盖丢失", "恢复", "2紧急工作时"]],
    );
    let notes = sheet("说明", &["填表说明"], &[&["请勿改动表头"]]);
    let outcome = take(&[notes, matter.clone(), component]);
    let keys: Vec<_> = outcome.conditions.iter().map(|condition| condition.id.as_str()).collect();
    assert_eq!(keys, ["2026-matter-06010-01", "2026-component-01001-01"]);
    assert_eq!(warnings(&outcome), [(1, "sheet_passed_over")]);
    assert_eq!(take(&[matter]).report.imported, 1);

    // One sheet without a telling name: code and class name decide, or the row is refused.
    let mixed = sheet(
        "Sheet1",
        &NINE,
        &[
            &refuse_row("甲", "4小时"),
            &["01", "", "001", "供水井盖", "", "", "丢失", "恢复", "2紧急工作时"],
            &["01", "", "001", "供水井盖异常", "", "", "丢失", "恢复", "2紧急工作时"],
            &["01", "", "001", "", "", "", "丢失", "恢复", "2紧急工作时"],
        ],
    );
    let outcome = take(&[mixed]);
    let kinds: Vec<_> = outcome.conditions.iter().map(|condition| condition.kind).collect();
    assert_eq!(kinds, [ClassKind::Matter, ClassKind::Component, ClassKind::Matter]);
    assert_eq!(refusals(&outcome), [(5, "类别", "kind_unknown")]);
}

#[test]
fn a_file_without_the_headings_is_refused_as_a_whole_and_one_without_a_column_row_by_row() {
    let dictionary = dictionary();
    let plain = sheet("事件", &["a", "b"], &[&["1", "2"]]);
    assert_eq!(import(&[plain], &context(&dictionary)).unwrap_err().code(), "table_unreadable");
    let short =
        sheet("事件", &["大类代码", "小类代码", "立案条件"], &[&["06", "010", "甲"], &["06", "010", "乙"]]);
    let outcome = take(&[short]);
    assert_eq!(refusals(&outcome), [(2, "处置时限", "column_missing"), (3, "处置时限", "column_missing")]);
    let context = Import { edition: "1999", ..context(&dictionary) };
    assert_eq!(import(&[], &context).unwrap_err().code(), "edition_unknown");
}

#[test]
fn an_unknown_class_comes_in_only_where_the_edition_leaves_room() {
    let row = |major, minor, name| [major, "", minor, name, "环卫站", "", "甲", "乙", "1天"];
    let outcome = take(&[sheet(
        "事件",
        &NINE,
        &[
            &row("06", "999", "油烟井"),
            &row("06", "999", "油烟井"),
            &row("06", "998", ""),
            &row("06", "031", "空号"),
            &row("06", "053", "新类"),
            &row("11", "999", "新大类"),
            &row("07", "06010", "暴露垃圾"),
            &row("06", "x10", "暴露垃圾"),
        ],
    )]);
    assert_eq!(
        refusals(&outcome),
        [
            (3, "立案条件", "condition_doubled"),
            (4, "小类名称", "class_name_missing"),
            (5, "小类代码", "class_code_vacant"),
            (6, "小类代码", "class_code_unknown"),
            (7, "小类代码", "class_code_unknown"),
            (8, "小类代码", "class_code_malformed"),
            (9, "小类代码", "class_code_malformed"),
        ]
    );
    assert_eq!(warnings(&outcome), [(2, "local_class_added")]);
    assert_eq!(outcome.classes.len(), 1);
    assert!(outcome.classes[0].local);
    assert_eq!(outcome.classes[0].name_zh, "油烟井(自定义)");
    let mut dictionary = dictionary();
    dictionary.add_class(outcome.classes[0].clone()).unwrap();
    assert!(dictionary.class(EDITION_2026, ClassKind::Matter, "06999").is_some());
}

#[test]
fn a_workbook_of_2013_brings_the_classes_that_the_shipped_edition_lacks() {
    let dictionary = dictionary();
    let context = Import { edition: EDITION_2013, ..context(&dictionary) };
    let outcome = import(
        &[sheet(
            "事件",
            &NINE,
            &[
                &["01", "市容环境", "10", "暴露垃圾", "环卫站", "", "甲", "乙", "4小时"],
                &["01", "市容环境", "0111", "积存垃圾渣土", "环卫站", "", "甲", "乙", "4小时"],
                &["04", "街面秩序", "04-05", "店外经营", "环卫站", "", "甲", "乙", "2紧急工作时"],
                &["07", "", "01", "无此大类", "环卫站", "", "甲", "乙", "4小时"],
            ],
        )],
        &context,
    )
    .unwrap();
    assert_eq!((outcome.report.imported, outcome.report.refused), (3, 1));
    assert_eq!(warnings(&outcome), [(3, "class_added")]);
    assert_eq!(outcome.classes[0].key.code, "01-11");
    assert!(!outcome.classes[0].local);
}

#[test]
fn what_may_be_a_slip_is_taken_with_a_warning() {
    let dictionary = dictionary();
    let units = [Unit { code: "sanitation".to_owned(), name: "环卫站".to_owned() }];
    let context = Import { units: &units, ..context(&dictionary) };
    let mut named_otherwise = refuse_row("丙", "4小时");
    named_otherwise[3] = "道路不洁";
    let mut unknown_unit = refuse_row("丁", "4小时");
    unknown_unit[4] = "某公司";
    unknown_unit[7] = "";
    let mut no_unit = refuse_row("戊", "4小时");
    no_unit[4] = "";
    let mut by_code = refuse_row("己", "4小时");
    by_code[4] = "sanitation";
    let mut rows = vec![
        refuse_row("甲", "4小时"),
        refuse_row("甲", "2天"),
        named_otherwise,
        unknown_unit,
        no_unit,
        by_code,
    ];
    for row in &mut rows {
        row[5] = "";
    }
    let rows: Vec<&[&str]> = rows.iter().map(|row| &row[..]).collect();
    let outcome = import(&[sheet("事件", &NINE, &rows)], &context).unwrap();
    assert_eq!((outcome.report.imported, outcome.report.refused), (6, 0));
    assert_eq!(
        warnings(&outcome),
        [
            (3, "condition_text_repeated"),
            (4, "class_name_differs"),
            (5, "closing_missing"),
            (5, "unit_unknown"),
            (6, "unit_missing"),
        ]
    );
    assert_eq!(outcome.conditions[5].handling_unit, units[0]);
    let ids: Vec<_> = outcome.conditions.iter().map(|condition| condition.id.as_str()).collect();
    assert_eq!(ids[..2], ["2026-matter-06010-01", "2026-matter-06010-02"]);
}

#[test]
fn the_own_columns_are_read_and_their_faults_reported_together() {
    let header: Vec<&str> =
        NINE.into_iter().chain(["处置时限A类", "limit_c", "季节", "优先级", "mandatory"]).collect();
    let row = |extra: [&'static str; 5]| -> Vec<&'static str> {
        refuse_row("甲", "4小时").into_iter().chain(extra).collect()
    };
    let good = row(["2小时", "1天", "05-01~10-31", "urgent", "photo_before;photo_after"]);
    let bad = row(["快", "慢", "夏天", "急急急", "video"]);
    let outcome = take(&[sheet("事件", &header, &[&good, &bad])]);
    let condition = &outcome.conditions[0];
    assert_eq!((condition.area_milestones.len(), condition.mandatory.len()), (2, 2));
    assert_eq!(
        refusals(&outcome),
        [
            (3, "处置时限A类", "limit_malformed"),
            (3, "处置时限C类", "limit_malformed"),
            (3, "季节", "season_malformed"),
            (3, "优先级", "priority_unknown"),
            (3, "必备材料", "mandatory_item_unknown"),
        ]
    );
}

#[test]
fn a_text_over_the_limit_is_refused_and_its_value_cut() {
    let long = "长".repeat(crate::handbook::CONDITION_CHARACTERS_MAX + 1);
    let outcome = take(&[sheet("事件", &NINE, &[&refuse_row(&long, "4小时"), &refuse_row("甲", "4小时")])]);
    assert_eq!(refusals(&outcome), [(2, "立案条件", "text_too_long")]);
    assert!(
        outcome.report.refusals[0].value.chars().count() <= crate::dictionary::FAULT_VALUE_CHARACTERS_MAX
    );
}

#[test]
fn a_row_that_the_file_reader_cannot_give_is_refused_too() {
    let dictionary = dictionary();
    let good = "事件,06,市容环境类,06010,暴露垃圾,环卫站,城管局,甲,乙,4小时";
    let text = format!(
        "类别,{}\n{good}\n事件,06,市容环境类,06010,\"暴露垃圾\"x,环卫站,城管局,丙,乙,4小时\n",
        NINE.join(",")
    );
    let outcome = import_bytes(text.into_bytes(), &context(&dictionary));
    assert_eq!((outcome.report.rows, outcome.report.imported, outcome.report.refused), (2, 1, 1));
    assert_eq!(refusals(&outcome), [(3, "小类名称", "row_unreadable")]);
}
