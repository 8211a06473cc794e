//! What came in goes out again, value by value, in every kind of file.

use std::collections::BTreeMap;

use documents::{
    table::{SheetChoice, TableOptions},
    write::without_formula_guard,
};

use super::*;

/// Rows of a table by column name; text files lose the apostrophe before what would be a formula.
pub(super) fn rows(bytes: Vec<u8>, guarded: bool) -> Vec<BTreeMap<String, String>> {
    let mut file = TableFile::from_bytes(bytes).unwrap();
    let mut table = file.read(&SheetChoice::Index(0), &TableOptions::default()).unwrap();
    let header = table.sheet().header.clone();
    let mut rows = Vec::new();
    while let Some(row) = table.next_row().unwrap() {
        let cells = header.iter().zip(row.cells()).map(|(name, cell)| {
            let cell = if guarded { without_formula_guard(cell) } else { cell };
            (name.clone(), cell.to_owned())
        });
        rows.push(cells.filter(|(_, cell)| !cell.is_empty()).collect());
    }
    rows
}

/// Every value of each source row that is a case stands in the row of its case, under the same name.
pub(super) fn nothing_is_lost(source: &[BTreeMap<String, String>], exported: &[BTreeMap<String, String>]) {
    assert_eq!(source.len(), exported.len());
    for (before, after) in source.iter().zip(exported) {
        for (name, value) in before {
            assert_eq!(after.get(name), Some(value), "{name}");
        }
    }
}

#[test]
fn the_sample_goes_out_as_it_came_in() {
    on_each(|town| {
        let outcome = town.imports(SAMPLE, None);
        // One row for each case: the refused and the repeated ones apart, the corrected one as it is now, and the masked one.
        let mut expected = rows(SAMPLE.to_vec(), true);
        expected.truncate(36);
        let refused = |row: &BTreeMap<String, String>| {
            ["SRNumber", "CreatedDate", "RequestType"].iter().any(|name| !row.contains_key(*name))
                || row["CreatedDate"] == "yesterday"
        };
        expected.retain(|row| !refused(row));
        expected[0] = expected[30].clone();
        expected[25]
            .insert("ActionTaken".to_owned(), "call *********** or mail *******@*******.***".to_owned());
        expected.truncate(30);

        for (format, guarded) in [(ExportFormat::Csv, true), (ExportFormat::Xlsx, false)] {
            let (done, bytes) = town.exports(format);
            assert_eq!(done.cases, outcome.imported - outcome.corrected);
            let exported = rows(bytes, guarded);
            nothing_is_lost(&expected, &exported[..30]);
            let first = &exported[0];
            assert_eq!(first["reference"], "9-10001");
            assert_eq!(first["stage"], "closed");
            let time = if guarded { "2021-03-08T08:15:31-08:00" } else { "2021-03-08T08:15:31" };
            assert_eq!(first["reported_at"], time);
        }
        let (done, csv) = town.exports(ExportFormat::Csv);
        assert_eq!(done.without_place, 6);
        assert!(csv.starts_with(b"\xEF\xBB\xBF"));
        let text = String::from_utf8(csv.clone()).unwrap();
        assert!(text.contains(",'=1+1,"), "no spreadsheet program calculates it");

        // What was exported is known when it comes back under the same mapping.
        let back = town.imports(csv, Some(&sample_mapping()));
        assert_eq!((back.imported, back.unchanged, back.refused), (0, done.cases, 0), "{:?}", back.refusals);
    });
}

#[test]
fn geojson_has_each_case_once_and_no_geometry_for_none() {
    let store = db::testing::stores().unwrap().swap_remove(0);
    let town = Town::in_store(&store.db);
    town.imports(SAMPLE, None);
    let (done, bytes) = town.exports(ExportFormat::GeoJson);
    let json: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
    let features = json["features"].as_array().unwrap();
    assert_eq!(features.len() as u64, done.cases);
    let nowhere = features.iter().filter(|feature| feature["geometry"].is_null()).count();
    assert_eq!(nowhere as u64, done.without_place);
    assert_eq!(features[0]["geometry"]["type"], "Point");
    assert_eq!(features[0]["properties"]["SRNumber"], "9-10001");
}

#[test]
fn columns_of_ours_give_way_to_those_of_the_source() {
    let store = db::testing::stores().unwrap().swap_remove(0);
    let town = Town::in_store(&store.db);
    town.imports("id,created,type,stage,status\n1,2016-03-01,lamp,third,open\n", None);
    let (_, csv) = town.exports(ExportFormat::Csv);
    let rows = rows(csv, true);
    assert_eq!((rows[0]["stage"].as_str(), rows[0]["case_stage"].as_str()), ("third", "reported"));
    assert_eq!(rows[0]["id"], "1");
}
