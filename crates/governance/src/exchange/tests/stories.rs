//! The same source again, before and after somebody acted, before and after the city has cells.

use super::*;
use crate::case::{
    Command, Stage,
    act::{self, Given},
};

const MARCH: &str = "id,created,updated,type,status,lon,lat\n\
    A1,2016-03-01 09:00,2016-03-01 09:00,暴露垃圾,open,-118.35,34.15\n\
    A2,2016-03-02 09:00,2016-03-02 09:00,lamp,open,-118.15,34.15\n\
    A3,2016-03-03 09:00,2016-03-03 09:00,lamp,open,,\n";
const APRIL: &str = "id,created,updated,type,status,lon,lat\n\
    A1,2016-03-01 09:00,2016-04-01 09:00,暴露垃圾,closed,-118.35,34.15\n\
    A2,2016-03-02 09:00,2016-03-02 09:00,lamp,open,-118.15,34.15\n\
    A3,2016-03-03 09:00,2016-04-03 09:00,lamp,closed,,\n\
    A4,2016-04-04 09:00,2016-04-04 09:00,lamp,open,-118.35,33.95\n";

fn source() -> String {
    sure(&mut TableFile::from_bytes(MARCH.into()).unwrap()).source
}

fn counts(outcome: &Outcome) -> (u64, u64, u64, u64) {
    (outcome.imported, outcome.corrected, outcome.unchanged, outcome.refused)
}

impl Town {
    fn acts(&self, id: &str, command: Command) -> crate::case::Stage {
        let view = self.view();
        let (office, id) = (view.office.clone(), case_id(code(), &source(), id));
        let acceptor = Actor { id: ActorId::System, role: Role::Acceptor, ..Actor::resident() };
        let acceptor = Actor { id: ActorId::Account(kernel::id::AccountId(id.0)), ..acceptor };
        self.ledger
            .db()
            .write_blocking(move |tx| {
                act::act(tx, (code(), id), &office, &command, &acceptor, Given::default(), now())
            })
            .unwrap()
            .state
            .stage
    }
}

#[test]
fn the_same_file_again_imports_nothing_and_says_so() {
    on_each(|town| {
        let first = town.imports(SAMPLE, None);
        let entries = town.entries();
        let again = town.imports(SAMPLE, None);
        assert_eq!(counts(&again), (0, 0, first.imported + first.unchanged, first.refused));
        assert_eq!(again.refusals, first.refusals);
        assert_eq!(town.entries(), entries, "nothing was written");
        // Cells change where a case lies, not what its source says of it.
        town.gets_cells();
        assert!(town.locates().located > 0);
        let entries = town.entries();
        assert_eq!(town.imports(SAMPLE, None).imported, 0);
        assert_eq!(town.entries(), entries);
    });
}

#[test]
fn the_source_corrects_what_nobody_here_has_touched() {
    on_each(|town| {
        assert_eq!(counts(&town.imports(MARCH, None)), (3, 0, 0, 0));
        assert_eq!(
            town.case(&source(), "A1").class.as_deref(),
            Some("2026-matter-06010"),
            "known by its name"
        );
        assert_eq!(town.acts("A3", Command::Accept {}), Stage::ToFile);
        let april = town.imports(APRIL, None);
        assert_eq!(counts(&april), (2, 1, 1, 1));
        assert_eq!(april.refusals[0].code, "case_acted_on_here");
        assert_eq!(april.refusals[0].row, 4);
        let corrected = town.case(&source(), "A1");
        assert_eq!((corrected.stage, corrected.counts.reimports), (Stage::Closed, 1));
        assert_eq!(town.case(&source(), "A3").stage, Stage::ToFile);
        // An old file does no harm, and the new one again changes nothing.
        assert_eq!(counts(&town.imports(MARCH, None)), (0, 0, 3, 0));
        assert_eq!(counts(&town.imports(APRIL, None)), (0, 0, 3, 1));
        assert_eq!(town.case(&source(), "A1").stage, Stage::Closed);
        // A mapping that was mended mends the cases.
        let mut mapping = sure(&mut TableFile::from_bytes(MARCH.into()).unwrap());
        mapping.class.words.insert("lamp".to_owned(), "2026-component-01037".to_owned());
        assert_eq!(counts(&town.imports(APRIL, Some(&mapping))), (2, 2, 1, 1));
        assert_eq!(town.case(&source(), "A2").class.as_deref(), Some("2026-component-01037"));
        let verdict = ledger::verify(&town.ledger, true, &[], &mut |_| {}).unwrap();
        assert_eq!(verdict.first_bad, None);
    });
}

#[test]
fn cases_that_came_before_the_cells_are_located_after() {
    on_each(|town| {
        town.imports(MARCH, None);
        assert_eq!(town.case(&source(), "A1").place.unwrap().cell, None);
        assert_eq!(town.locates(), Relocated { looked_at: 2, located: 0, outside: 0 });
        town.gets_cells();
        town.imports(APRIL, None);
        let found = town.locates();
        // A1 and A4 were located as they came in, corrected or new; A3 has no place.
        assert_eq!(found, Relocated { looked_at: 1, located: 1, outside: 0 });
        for (id, cell) in [("A1", 1), ("A2", 2), ("A4", 3)] {
            let place = town.case(&source(), id).place.unwrap();
            let cell = format!("99000100100100{cell}");
            assert_eq!(place.cell.as_deref(), Some(cell.as_str()), "{id}");
            assert_eq!(place.street.as_deref(), Some("990001001"));
            assert_eq!(place.community.as_deref(), Some("990001001001"));
        }
        assert_eq!(town.locates(), Relocated::default());
        let counted = town
            .ledger
            .db()
            .read_blocking(|tx| ledger::count::<CaseNoun>(tx, code(), Vec::new(), &["street"]))
            .unwrap();
        assert_eq!(counted.len(), 2, "found by their street, and one without: {counted:?}");
        let verdict = ledger::verify(&town.ledger, true, &[], &mut |_| {}).unwrap();
        assert_eq!(verdict.first_bad, None);
    });
}

#[test]
fn imported_cases_are_found_by_words_and_by_what_their_source_calls_them() {
    use crate::case::noun::origin_tag;
    on_each(|town| {
        town.imports(SAMPLE, None);
        let long = "X".repeat(ORIGIN_REFERENCE_CHARS_MAX + 1);
        town.imports(format!("id,created,type\n{long},2016-03-01,lamp\n"), None);
        let found = town
            .ledger
            .db()
            .read_blocking(move |tx| {
                let named = ledger::Listing {
                    conditions: vec![ledger::Condition::Is("reference", "9-10007".into())],
                    order: ledger::Order::Rising("row"),
                    after: None,
                    limit: 10,
                };
                let tagged = ledger::Listing {
                    conditions: vec![ledger::Condition::Tagged(vec![origin_tag(&long).into()])],
                    ..named.clone()
                };
                let words = |words: &str| vec![words.to_owned()];
                Ok::<_, ledger::LedgerError>([
                    ledger::list::<CaseNoun>(tx, code(), named)?.len(),
                    ledger::list::<CaseNoun>(tx, code(), tagged)?.len(),
                    ledger::search::<CaseNoun>(tx, code(), &words("120 n larkspur"), Vec::new(), None, 10)?
                        .len(),
                    ledger::search::<CaseNoun>(tx, code(), &words("fallen branch"), Vec::new(), None, 50)?
                        .len(),
                ])
            })
            .unwrap();
        assert_eq!(found[..2], [1, 1]);
        assert_eq!(found[2], 2, "by an address without coordinates, too");
        assert!(found[3] > 5);
    });
}

/// An id that looks like a number of ours, or is too long for one, is no reference; who types it finds the case all the same.
#[test]
fn what_only_its_source_calls_it_is_found_at_the_desk_and_by_everybody() {
    use crate::desk::{self, CaseFilter, Sort};
    on_each(|town| {
        let like_ours = crate::reference::written("260304", 1);
        let long = "X".repeat(ORIGIN_REFERENCE_CHARS_MAX + 1);
        town.imports(format!("id,created,type\n{like_ours},2016-03-01,lamp\n{long},2016-03-01,lamp\n"), None);
        let view = town.view();
        for id in [like_ours, long] {
            let (view, words) = (Arc::clone(&view), id.clone());
            let (listed, counted, open) = town
                .ledger
                .db()
                .read_blocking(move |tx| {
                    let actor = Actor { role: kernel::role::Role::Acceptor, ..Actor::resident() };
                    let filter = CaseFilter { words: Some(words.clone()), ..CaseFilter::default() };
                    Ok::<_, ledger::LedgerError>((
                        desk::list(tx, &view, &actor, &filter, Sort::Newest, None, 10)?.records.len(),
                        desk::count(tx, &view, &actor, &filter, &[])?,
                        desk::find_open(tx, &view, &[words])?.len(),
                    ))
                })
                .unwrap();
            assert_eq!((listed, counted, open), (1, vec![(Vec::new(), 1)], 1), "{id}");
        }
    });
}

#[test]
fn a_dry_run_writes_nothing() {
    let store = db::testing::stores().unwrap().swap_remove(0);
    let town = Town::in_store(&store.db);
    let entries = town.entries();
    let view = town.view();
    let mut file = TableFile::from_bytes(SAMPLE.to_vec()).unwrap();
    let mapping = sample_mapping();
    let ground = Ground::of(&view, system(), now()).unwrap();
    let outcome = check_cases(&ground, &mut file, &mapping, &mut |_| {}).unwrap();
    assert_eq!((outcome.rows, outcome.imported, outcome.refused), (40, 36, 4));
    assert_eq!(town.entries(), entries);
}

#[test]
fn an_id_is_the_same_for_ever() {
    let id = case_id(code(), "SRNumber-1", "9-10001");
    assert_eq!(id.to_string(), case_id(code(), "SRNumber-1", "9-10001").to_string());
    assert_eq!(id.0.get_version_num(), 8);
    assert_ne!(id, case_id(code(), "SRNumber-19", "-10001"));
    assert_ne!(id, case_id(CityCode::new(990_002).unwrap(), "SRNumber-1", "9-10001"));
}
