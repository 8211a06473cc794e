//! A made-up city, tables in many shapes, and what becomes of their rows.

mod export;
mod faults;
mod proposals;
mod source;
mod stories;

use std::sync::Arc;

use db::Db;
use documents::table::TableFile;
use kernel::{
    code::CityCode,
    role::{Actor, ActorId, Role},
    time::Moment,
};
use ledger::{By, Ledger, Record, Vault, VaultKey};
use map::{
    divide::tessellate,
    geometry::{BoundingBox, MultiPolygon},
};

use super::*;
use crate::{
    case::{Case, noun::CaseNoun},
    cell::Cell,
    city::City,
    view::View,
};

/// Made-up requests with every fault that such tables have.
const SAMPLE: &[u8] = include_bytes!("../../data/exchange/requests.csv");
const ZONE: &str = "America/Los_Angeles";

fn code() -> CityCode {
    CityCode::new(990_001).unwrap()
}

/// Monday 2026-03-02, 09:00 in Los Angeles.
fn now() -> Moment {
    Moment::parse_iso("2026-03-02T09:00:00-08:00").unwrap()
}

fn system() -> Actor {
    Actor { id: ActorId::System, role: Role::SystemAdministrator, ..Actor::resident() }
}

/// A ledger with one city in it, on each engine.
fn on_each(story: impl Fn(&Town)) {
    for store in db::testing::stores().unwrap() {
        story(&Town::in_store(&store.db));
    }
}

/// The town of a test.
struct Town {
    ledger: Ledger,
}

impl Town {
    fn in_store(db: &Db) -> Self {
        let vault = Vault::new(&VaultKey::fresh().unwrap());
        let ledger = Ledger::open(db.clone(), crate::nouns(), vault, std::env::temp_dir()).unwrap();
        let town = Self { ledger };
        town.put(City::new("Larkspur", ZONE));
        town
    }

    fn put<R: ledger::Register>(&self, row: R) {
        self.ledger
            .db()
            .write_blocking(move |tx| {
                let by = By { actor: ActorId::System, at: now() };
                ledger::register::put(tx, code(), row, None, &by)
            })
            .unwrap();
    }

    /// Gives it cells: four, from 33.9 to 34.2 north and 118.4 to 118.1 west.
    fn gets_cells(&self) {
        let bounds = BoundingBox::new(-118.4, 33.9, -118.1, 34.2).unwrap();
        for (number, area) in (1..).zip(tessellate(bounds, 2, 2, 4, 1).unwrap()) {
            self.put(Cell {
                code: format!("990001001001{number:03}"),
                edition: "2026".to_owned(),
                area: MultiPolygon::from(area),
                area_class: None,
                unit: None,
                valid_from: None,
                valid_to: None,
            });
        }
    }

    fn view(&self) -> Arc<View> {
        Arc::new(self.ledger.db().read_blocking(|tx| View::load(tx, code())).unwrap())
    }

    /// Imports with the mapping given, or with the proposal, which must be sure.
    fn imports(&self, bytes: impl Into<Vec<u8>>, mapping: Option<&Mapping>) -> Outcome {
        let view = self.view();
        let ground = Ground::of(&view, system(), now()).unwrap();
        let mut file = TableFile::from_bytes(bytes.into()).unwrap();
        let proposed = mapping.cloned().unwrap_or_else(|| sure(&mut file));
        let mut told = Vec::new();
        let outcome =
            import_cases(&self.ledger, &ground, &mut file, &proposed, &mut |done| told.push(done)).unwrap();
        assert_eq!(outcome.rows, outcome.imported + outcome.unchanged + outcome.refused, "{outcome:?}");
        assert_eq!(outcome.refusals.len() as u64, outcome.refused, "{outcome:?}");
        assert_eq!(told.last().map(|done| done.rows), Some(outcome.rows));
        assert!(told.windows(2).all(|pair| pair[0].rows <= pair[1].rows && pair[0].share <= pair[1].share));
        outcome
    }

    fn locates(&self) -> Relocated {
        let view = self.view();
        relocate(&self.ledger, &Ground::of(&view, system(), now()).unwrap(), &mut |_| {}).unwrap()
    }

    fn case(&self, source: &str, id: &str) -> Case {
        let key = case_id(code(), source, id).to_string();
        let record: Record<CaseNoun> = self
            .ledger
            .db()
            .read_blocking(move |tx| ledger::get::<CaseNoun>(tx, code(), &key))
            .unwrap()
            .unwrap_or_else(|| panic!("no case {id}"));
        record.state
    }

    fn entries(&self) -> u64 {
        self.ledger.db().read_blocking(|tx| ledger::head(tx, code())).unwrap().entries
    }

    fn exports(&self, format: ExportFormat) -> (Exported, Vec<u8>) {
        self.ledger
            .db()
            .read_blocking(move |tx| {
                let mut target = Vec::new();
                let zone = jiff::tz::TimeZone::get(ZONE).unwrap();
                let done = export(tx, (code(), &zone), &[], format, &mut target)?;
                Ok::<_, crate::error::GovernanceError>((done, target))
            })
            .unwrap()
    }
}

/// The mapping that a table suggests, which must be sure.
fn sure(file: &mut TableFile) -> Mapping {
    let proposal = propose(file).unwrap();
    assert!(proposal.sure, "{proposal:#?}");
    // What is written to a mapping file is what was proposed.
    let text = serde_json::to_string(&proposal.mapping).unwrap();
    assert_eq!(Mapping::from_json(&text).unwrap(), proposal.mapping);
    proposal.mapping
}

fn sample_mapping() -> Mapping {
    sure(&mut TableFile::from_bytes(SAMPLE.to_vec()).unwrap())
}
