use jiff::civil::Date;

use super::fixture::{NINE, context, dictionary, import_bytes, prefecture, xlsx};
use crate::{
    dictionary::EDITION_2026,
    handbook::{
        ColumnSet, DefaultUnit, Handbook, Unit, default_2026, default_units, export, workbook::Import,
        write_xlsx,
    },
};

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

#[test]
fn the_nine_columns_come_out_as_they_went_in() {
    let dictionary = dictionary();
    let first = import_bytes(xlsx(&prefecture(&dictionary), None), &context(&dictionary));
    let handbook = first.into_handbook(1, "标准", EDITION_2026, day("2026-07-01")).unwrap();
    let tables = export(&handbook, &dictionary, ColumnSet::Nine);
    assert!(tables.iter().all(|table| table.header == NINE && !table.merges.is_empty()));
    for table in &tables {
        for merge in &table.merges {
            let value = &table.rows[merge.first_row][merge.column];
            assert!((merge.first_row..=merge.last_row).all(|row| table.rows[row][merge.column] == *value));
        }
    }
    let second = import_bytes(write_xlsx(&tables).unwrap(), &context(&dictionary));
    assert_eq!(second.report.refused, 0);
    assert_eq!(second.conditions, handbook.conditions());
    let again = second.into_handbook(1, "标准", EDITION_2026, day("2026-07-01")).unwrap();
    assert_eq!(export(&again, &dictionary, ColumnSet::Nine), tables);
}

#[test]
fn with_all_columns_nothing_of_the_default_handbook_is_lost() {
    let dictionary = dictionary();
    let handbook = default_2026(&dictionary, day("2026-07-01")).unwrap();
    let units: Vec<Unit> = default_units().unwrap().iter().map(DefaultUnit::unit).collect();
    let bytes = write_xlsx(&export(&handbook, &dictionary, ColumnSet::All)).unwrap();
    let outcome = import_bytes(bytes, &Import { units: &units, ..context(&dictionary) });
    assert_eq!(outcome.conditions, handbook.conditions());
}

#[test]
fn a_workbook_edited_outside_keeps_ids_and_what_it_has_no_column_for() {
    let dictionary = dictionary();
    let handbook = default_2026(&dictionary, day("2026-07-01")).unwrap();
    let units: Vec<Unit> = default_units().unwrap().iter().map(DefaultUnit::unit).collect();
    let context = Import { units: &units, previous: Some(&handbook), ..context(&dictionary) };
    let mut tables = export(&handbook, &dictionary, ColumnSet::Nine);
    let total = u32::try_from(handbook.conditions().len()).unwrap();
    let same = import_bytes(write_xlsx(&tables).unwrap(), &context);
    assert_eq!((same.report.rows, same.report.unchanged, same.report.refused), (total, total, 0));
    assert_eq!(same.conditions, handbook.conditions());

    // One limit changed, one condition reworded: the first keeps its id, the second gets a number never used.
    let of = |code: &str, tables: &[crate::handbook::SheetTable]| {
        tables[1].rows.iter().position(|row| row[2] == code).unwrap()
    };
    let place = of("06010", &tables);
    tables[1].rows[place][8] = "3小时".to_owned();
    tables[1].rows[place + 1][6] = "暴露垃圾面积2平方米以上".to_owned();
    let edited = import_bytes(write_xlsx(&tables).unwrap(), &context);
    assert_eq!((edited.report.imported, edited.report.unchanged), (2, total - 2));
    let own: Vec<_> = edited.conditions.iter().filter(|condition| condition.code == "06010").collect();
    assert_eq!(own[0].id, "2026-matter-06010-01");
    assert_eq!(own[0].milestones[0].limit.to_string(), "3工作时");
    assert!(!own[0].condition_en.is_empty(), "English has no column and stays");
    assert_eq!(own[1].id, "2026-matter-06010-05");
    assert!(Handbook::new(2, "标准", EDITION_2026, day("2027-01-01"), edited.conditions).is_ok());
}
