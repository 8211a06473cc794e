//! A real open data set, where it is at hand: taken in whole, its known faults reported, and out again without loss.

use std::path::PathBuf;

use super::{
    export::{nothing_is_lost, rows},
    *,
};

/// The folder of open data sets, where there is one.
fn shared() -> Option<PathBuf> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..");
    let folders = match std::env::var_os("WUHUA_SHARED") {
        Some(folder) => vec![PathBuf::from(folder)],
        None => vec![root.join("../shared"), root.join("../../shared")],
    };
    folders.into_iter().find(|folder| folder.is_dir())
}

#[test]
fn a_real_data_set_comes_in_whole_and_goes_out_again() {
    let path = shared().map(|folder| folder.join("data/311/la311-2017-subset.csv"));
    let Some(bytes) = path.and_then(|path| std::fs::read(path).ok()) else {
        println!("skipped: data/311 of the shared data sets is not here");
        return;
    };
    let store = db::testing::stores().unwrap().swap_remove(0);
    let town = Town::in_store(&store.db);
    let outcome = town.imports(bytes.clone(), None);
    assert_eq!((outcome.rows, outcome.imported, outcome.refused), (9_999, 9_999, 0));
    assert!(outcome.left_out.is_empty(), "{:?}", outcome.left_out);
    // What its description says of it.
    let count = |code| outcome.counts.get(code).copied().unwrap_or_default();
    assert_eq!(count("coordinates_missing"), 1_753);
    assert_eq!(count("import_closed_before_reported"), 12);
    assert_eq!(count("import_closed_at_once"), 1_490);
    assert_eq!(count("import_due_missing"), 500);
    assert_eq!(count("import_closed_without_state"), 255);
    println!("{:?}", outcome.counts);

    let (done, csv) = town.exports(ExportFormat::Csv);
    assert_eq!(done.cases, 9_999);
    nothing_is_lost(&rows(bytes.clone(), false), &rows(csv, true));

    let again = town.imports(bytes, None);
    assert_eq!((again.imported, again.unchanged, again.refused), (0, 9_999, 0));
}
