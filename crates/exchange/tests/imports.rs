//! Compared, applied, undone.

use exchange::{BATCH_ROWS, Clash, Difference, Format, Language, Outcome, Reach, Rows, import, undo};
use kernel::error::Coded as _;
use serde_json::json;

use crate::sample::{
    account, applied, asked, by, city, compared, compared_within, csv, ledger, put, refusals, rows, stands,
    with, written,
};

fn undone(ledger: &ledger::Ledger, id: &str) -> Result<exchange::Undone, exchange::ExchangeError> {
    let (own, id) = (ledger.clone(), id.to_owned());
    with(ledger, move |tx, _| {
        let at = ledger::moment(tx, city(), kernel::time::Moment(9))?;
        undo(tx, city(), &own, &id, &Reach::ALL, &ledger::By { at, ..by(9) })
    })
}

#[test]
fn a_file_changes_its_cells_and_is_undone_in_one_act() {
    for store in db::testing::stores().unwrap() {
        let own = ledger(&store.db);
        for row in rows() {
            put(&own, row, 0);
        }
        let before = [stands(&own, "=A1/2016"), stands(&own, "-B/2015"), stands(&own, "003/2016")];
        let file = csv(&[
            "编码,年份,名称,性质,开放,绿地率（%）,上级公园",
            "'=A1,2016,金泉湖公园,公办,否,,",
            "'-B,2015,'@民族公园,民办,否,12.5,NEW/2016",
            "NEW,2016,新公园,公办,是,,TOP/2016",
            "TOP,2016,总公园,公办,是,,",
            "003,2016,00123,公办,否,,",
            "X,2016,坏,公办,否,,none/2016",
        ]);
        let (_, differences) = compared(&own, file.clone());
        let of = |key: &str| {
            differences
                .iter()
                .find(|difference| difference.key.as_deref() == Some(key))
                .unwrap()
                .outcome
                .clone()
        };
        let Outcome::Changed { cells } = of("=A1/2016") else { panic!("{differences:#?}") };
        let told: Vec<_> = cells.iter().map(|cell| (cell.field, &cell.before, &cell.after)).collect();
        let (yes, no, rate, none) = (json!(true), json!(false), json!(59_001), json!(null));
        assert_eq!(told, [("green", &rate, &none), ("open", &yes, &no)]);
        assert_eq!((of("NEW/2016"), of("003/2016")), (Outcome::New, Outcome::Unchanged));

        let done = applied(&own, file.clone());
        let account = &done.account;
        assert_eq!(
            (account.rows, account.imported, account.new, account.unchanged, account.refused),
            (6, 4, 2, 1, 1)
        );
        assert_eq!(refusals(account), [(7, "上级公园", "none/2016", "reference_unknown")]);
        assert_eq!(stands(&own, "-B/2015").unwrap()["green"], json!(125_000));
        let first = stands(&own, "=A1/2016").unwrap();
        assert_eq!((&first["open"], &first["invested"]), (&no, &json!(1_377_912_345_678_901_i64)));
        assert!(first.get("green").is_none_or(serde_json::Value::is_null), "an empty cell empties");
        assert_eq!(applied(&own, file).import, None, "the same file again writes nothing");

        let id = done.import.unwrap();
        let listed = with(&own, |tx, _| import::list(tx, city(), Some("park"), None, 10)).unwrap();
        assert_eq!((listed.len(), listed[0].key.as_str()), (1, id.as_str()));
        let state = &listed[0].state;
        assert_eq!((state.new, state.changed, state.unchanged, state.refused), (2, 2, 1, 1));
        assert_eq!((state.file.as_str(), state.entries.len()), ("公园 ***********.xlsx", 1));
        assert_eq!(state.hash.len(), 64);

        let undone_once = undone(&own, &id).unwrap();
        assert_eq!((undone_once.restored, undone_once.kept), (4, vec![]));
        assert_eq!([stands(&own, "=A1/2016"), stands(&own, "-B/2015"), stands(&own, "003/2016")], before);
        assert_eq!((stands(&own, "NEW/2016"), stands(&own, "TOP/2016")), (None, None));
        assert_eq!(undone(&own, &id).unwrap_err().code(), "import_undone_already");
        assert_eq!(undone(&own, "nothing").unwrap_err().code(), "import_unknown");
        assert_eq!(ledger::verify(&own, true, &[], &mut |_| {}).unwrap().first_bad, None);
    }
}

#[test]
fn rows_changed_since_an_import_stay_when_it_is_undone() {
    for store in db::testing::stores().unwrap() {
        let own = ledger(&store.db);
        let file = csv(&["编码,年份,名称,性质,开放", "A,2016,甲,公办,否", "B,2016,乙,公办,否"]);
        let id = applied(&own, file).import.unwrap();
        put(&own, json!({ "code": "B", "edition": 2016, "name": "丙", "kind": "public", "open": true }), 1);
        let undone = undone(&own, &id).unwrap();
        assert_eq!(undone.restored, 1);
        assert_eq!(
            (undone.kept[0].key.as_str(), undone.kept[0].code.as_str()),
            ("B/2016", "row_changed_since_import")
        );
        assert_eq!(stands(&own, "A/2016"), None);
        assert_eq!(stands(&own, "B/2016").unwrap()["name"], json!("丙"));
        // What was taken back is entered anew by the same file; undoing that takes it back again.
        let file = csv(&["编码,年份,名称,性质,开放", "A,2016,甲,公办,否"]);
        let again = applied(&own, file);
        assert_eq!(again.account.new, 1);
        let undone = self::undone(&own, &again.import.unwrap()).unwrap();
        assert_eq!((undone.restored, stands(&own, "A/2016")), (1, None));
    }
}

#[test]
fn a_cell_changed_on_both_sides_is_a_conflict_and_nothing_of_its_row_is_taken() {
    for store in db::testing::stores().unwrap() {
        let own = ledger(&store.db);
        let row = |name: &str, staff: i64, open: bool| json!({ "code": "A", "edition": 2016, "name": name, "kind": "public", "open": open, "staff": staff });
        put(&own, row("甲", 5, false), 0);
        put(&own, row("乙", 5, true), 1);
        let heading = "编码,年份,名称,性质,开放,职工人数（人）,版本";
        // The name was changed here to 乙; the file, of version 1, says 丙 and 6 persons.
        let (sheet, mut differences) = compared(&own, csv(&[heading, "A,2016,丙,公办,否,6,1"]));
        let clash = Clash { field: "name", file: json!("丙"), now: json!("乙"), then: json!("甲") };
        let Outcome::Conflict { cells, remarks } = &differences[0].outcome else { panic!("{differences:?}") };
        assert_eq!((cells, remarks[0].code.as_ref()), (&vec![clash], "cell_changed_since"));
        assert_eq!(remarks[0].details["now"], json!("乙"));
        let told = exchange::Account::of(&sheet, &differences);
        assert_eq!((told.conflicts, told.refused, told.imported), (1, 1, 0));
        // Another cell than the one that was changed here: both changes stand.
        let done = applied(&own, csv(&[heading, "A,2016,甲,公办,否,6,1"]));
        assert_eq!(done.account.imported, 1);
        assert_eq!(stands(&own, "A/2016").unwrap(), row("乙", 6, true));
        // Of the present version, or of none, the file's word counts.
        assert_eq!(applied(&own, csv(&[heading, "A,2016,丙,公办,是,6,3"])).account.imported, 1);
        assert_eq!(applied(&own, csv(&[heading, "A,2016,丁,公办,是,6,"])).account.imported, 1);
        let ahead = account(&own, csv(&[heading, "A,2016,丙,公办,是,6,99"]));
        assert_eq!(refusals(&ahead), [(2, "编码", "A/2016", "version_ahead")]);
        with(&own, |tx, register| Ok(register.retire(tx, city(), "A/2016", None, &by(9))?)).unwrap();
        let retired = account(&own, csv(&[heading, "A,2016,丙,公办,是,6,5"]));
        assert_eq!(refusals(&retired), [(2, "编码", "A/2016", "row_retired_since")]);
    }
}

#[test]
fn a_row_changed_between_comparing_and_writing_is_refused_alone() {
    let store = db::testing::stores().unwrap().remove(0);
    let own = ledger(&store.db);
    put(&own, rows().remove(2), 0);
    let file = csv(&["编码,年份,名称,性质,开放", "003,2016,新名,公办,否", "B,2016,乙,公办,否"]);
    let (sheet, mut differences) = compared(&own, file);
    let mut changed = rows().remove(2);
    changed["name"] = json!("别名");
    put(&own, changed, 1);
    let asked = asked("a.csv");
    let done = exchange::apply(&own, city(), "park", &sheet, &mut differences, &asked, &mut |_| {}).unwrap();
    assert_eq!(
        (done.account.imported, refusals(&done.account)),
        (1, vec![(2, "", "", "row_changed_meanwhile")])
    );
    assert_eq!(stands(&own, "003/2016").unwrap()["name"], json!("别名"));
}

#[test]
fn many_rows_go_in_by_batches_and_out_and_back() {
    let store = db::testing::stores().unwrap().remove(0);
    let own = ledger(&store.db);
    let mut lines = vec!["编码,年份,名称,性质,开放,投资额（万元）,上级公园".to_owned()];
    // Each names the next: the last stands first.
    for number in 0..5_000 {
        let above = if number == 4_999 { String::new() } else { format!("P{}/2016", number + 1) };
        lines.push(format!("P{number},2016,公园{number},公办,是,{number}.25,{above}"));
    }
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    let (sheet, mut differences) = compared(&own, csv(&lines));
    let asked = asked("a.csv");
    let mut steps = Vec::new();
    let done = exchange::apply(&own, city(), "park", &sheet, &mut differences, &asked, &mut |step| {
        steps.push(step.done)
    });
    let done = done.unwrap();
    assert_eq!((done.account.new, done.account.refused), (5_000, 0));
    assert_eq!(
        (steps.len(), steps.first(), steps.last()),
        (5_000 / BATCH_ROWS, Some(&BATCH_ROWS), Some(&5_000))
    );
    let listed = with(&own, |tx, _| import::list(tx, city(), None, None, 10)).unwrap();
    assert_eq!(listed[0].state.entries.len(), 1, "batches without neighbours are one range");
    let back = account(&own, written(&own, Format::Xlsx, Language::English));
    assert_eq!((back.rows, back.unchanged), (5_000, 5_000));
    assert_eq!(undone(&own, &done.import.unwrap()).unwrap().restored, 5_000);
    assert_eq!(stands(&own, "P0/2016"), None);
}

#[test]
fn an_import_that_was_cut_short_is_undone_or_brought_to_its_end() {
    for store in db::testing::stores().unwrap() {
        let own = ledger(&store.db);
        let mut lines = vec!["编码,年份,名称,性质,开放".to_owned()];
        lines.extend((0..1_200).map(|number| format!("P{number},2016,公园{number},公办,是")));
        let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        let cut = |asked: &exchange::Asked| {
            let (sheet, mut differences) = compared(&own, csv(&lines));
            let dies = std::panic::AssertUnwindSafe(|| {
                let mut progress = |step: exchange::Progress| assert!(step.done < 1_000, "the machine stops");
                exchange::apply(&own, city(), "park", &sheet, &mut differences, asked, &mut progress)
            });
            assert!(std::panic::catch_unwind(dies).is_err());
            let listed = with(&own, |tx, _| import::list(tx, city(), None, None, 1)).unwrap();
            let state = &listed[0].state;
            assert_eq!((listed[0].key.as_str(), state.ended_at, state.new), (asked.id.as_str(), None, 1_000));
        };
        let first = asked("a.csv");
        cut(&first);
        let undone = undone(&own, &first.id).unwrap();
        assert_eq!((undone.restored, undone.kept.len(), stands(&own, "P0/2016")), (1_000, 0, None));
        cut(&asked("a.csv"));
        // The same file again writes what is left.
        let done = applied(&own, csv(&lines)).account;
        assert_eq!((done.new, done.unchanged, done.refused), (200, 1_000, 0));
        assert_eq!(ledger::verify(&own, true, &[], &mut |_| {}).unwrap().first_bad, None);
    }
}

fn codes(differences: &[Difference]) -> Vec<String> {
    let told = differences.iter().map(|difference| match &difference.outcome {
        Outcome::New => "new".to_owned(),
        Outcome::Unchanged => "unchanged".to_owned(),
        Outcome::Changed { .. } => "changed".to_owned(),
        Outcome::Conflict { .. } => "conflict".to_owned(),
        Outcome::Refused { remarks } => remarks[0].code.clone().into_owned(),
    });
    told.collect()
}

#[test]
fn rows_of_other_units_are_faults_and_unseen_ones_tell_nothing() {
    for store in db::testing::stores().unwrap() {
        let own = ledger(&store.db);
        for (code, unit) in [("A", "water"), ("B", "roads"), ("C", "")] {
            let row = json!({ "code": code, "edition": 2016, "name": "园", "kind": "public", "open": true, "unit": unit });
            put(&own, row, 0);
        }
        let file = csv(&[
            "编码,年份,名称,性质,开放,责任单位",
            "A,2016,甲,公办,是,water",
            "B,2016,乙,公办,是,water",
            "C,2016,丙,公办,是,",
            "D,2016,丁,公办,是,roads",
            "E,2016,戊,公办,是,water",
            "F,2016,己,公办,是,",
        ]);
        let water = |unnamed| Rows::Unit { unit: "water".to_owned(), unnamed };
        let clerk = Reach { sees: Rows::All, changes: water(false) };
        let other = "row_of_another_unit";
        let (_, differences) = compared_within(&own, file.clone(), clerk);
        assert_eq!(codes(&differences), ["changed", other, other, other, "new", other]);
        let keeper = Reach { sees: Rows::All, changes: water(true) };
        let (_, differences) = compared_within(&own, file.clone(), keeper);
        assert_eq!(codes(&differences), ["changed", other, "changed", other, "new", "new"]);
        let manager = Reach { sees: water(false), changes: water(false) };
        let (sheet, mut differences) = compared_within(&own, file, manager.clone());
        assert_eq!(codes(&differences), ["changed", "row_exists", "row_exists", other, "new", other]);
        let told = serde_json::to_string(&differences[1]).unwrap();
        assert!(!told.contains("roads") && !told.contains("园"), "{told}");

        let asked = asked("a.csv");
        exchange::apply(&own, city(), "park", &sheet, &mut differences, &asked, &mut |_| {}).unwrap();
        assert_eq!(stands(&own, "A/2016").unwrap()["name"], json!("甲"));
        assert_eq!(
            (stands(&own, "B/2016").unwrap()["name"].clone(), stands(&own, "D/2016")),
            (json!("园"), None)
        );
        // The row went to another unit since: who brought it in takes back only what is still theirs.
        let gone = json!({ "code": "E", "edition": 2016, "name": "戊", "kind": "public", "open": true, "unit": "roads" });
        put(&own, gone, 1);
        let own_of = own.clone();
        let undone = with(&own, move |tx, _| {
            let at = ledger::moment(tx, city(), kernel::time::Moment(9))?;
            undo(tx, city(), &own_of, &asked.id, &manager, &ledger::By { at, ..by(9) })
        });
        let undone = undone.unwrap();
        assert_eq!(
            (undone.restored, undone.kept[0].key.as_str(), undone.kept[0].code.as_str()),
            (1, "E/2016", other)
        );
        assert_eq!(stands(&own, "A/2016").unwrap()["name"], json!("园"));
    }
}

#[test]
fn no_file_brings_strangers_into_a_row() {
    for store in db::testing::stores().unwrap() {
        let own = ledger(&store.db);
        put(&own, rows().remove(0), 0);
        let (keeper, signer) =
            ("01890a5d-ac96-774b-bcce-b302099a8057", "01890a5d-ac96-774b-bcce-b302099a8058");
        let payments = |id: &str| {
            format!(
                "\"[{{\"\"day\"\":\"\"2016-03-05\"\",\"\"amount\"\":1,\"\"signed_by\"\":\"\"{id}\"\"}}]\""
            )
        };
        let lines = [
            "编码,年份,名称,性质,开放,管理员,付款".to_owned(),
            format!("X,2016,新园,公办,是,{keeper},"),
            format!("Y,2016,新园,公办,是,,{}", payments(signer)),
            format!("'=A1,2016,金泉湖公园,公办,是,{keeper},{}", payments(keeper)),
        ];
        let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        let done = applied(&own, csv(&lines));
        let told: Vec<_> =
            refusals(&done.account).into_iter().map(|(row, column, _, code)| (row, column, code)).collect();
        let unknown = "person_unknown";
        assert_eq!(told, [(2, "管理员", unknown), (3, "付款", unknown), (4, "付款", unknown)]);
        assert_eq!((done.import, stands(&own, "X/2016")), (None, None));
        // Taken out by an import, the person comes back with its undoing, and not by a file.
        let emptied = csv(&["编码,年份,管理员", "'=A1,2016,"]);
        let id = applied(&own, emptied).import.unwrap();
        let named = format!("'=A1,2016,{keeper}");
        let back = csv(&["编码,年份,管理员", &named]);
        assert_eq!(refusals(&account(&own, back))[0].3, unknown);
        assert_eq!(undone(&own, &id).unwrap().restored, 1);
        assert_eq!(stands(&own, "=A1/2016").unwrap()["keeper"], json!(keeper));
    }
}
