//! What duplicates cost and how often they are right, printed: `cargo run --release -p demo --example duplicates [CASES]`.

#![expect(clippy::print_stdout, reason = "an example prints what it measures")]

use std::time::{Duration, Instant};

use db::{Db, Target};
use demo::labelled::{Relation, labelled};
use governance::{
    case::{Event, Fact, Lane, Place, Report, Source, noun::CaseNoun},
    duplicates::{Facts, Pair, SIMILAR_MAX, Settings, find, measure, score},
};
use kernel::{
    code::CityCode,
    id::{CaseId, IdSource as _, SystemIds},
    role::ActorId,
    time::{MINUTE_MS, Moment},
};
use ledger::{By, Ledger, LedgerError, Vault, VaultKey};

/// The seed that the default settings were not tuned on (that was 1), and how many pairs.
const HELD_OUT: (u64, usize) = (99, 20_000);
/// Cases written in one transaction.
const BATCH: u64 = 2_000;
/// Reports for which the like of them is looked for.
const ASKED: usize = 500;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    rightness();
    let cases = std::env::args().nth(1).map_or(Ok(100_000), |text| text.parse())?;
    cost(cases)
}

fn rightness() {
    let settings = Settings::default();
    let set = labelled(HELD_OUT.0, HELD_OUT.1);
    let pairs: Vec<Pair> = set.iter().map(demo::labelled::Labelled::pair).collect();
    let measured = measure(&pairs, &settings);
    println!("{} pairs, seed {}", measured.pairs(), HELD_OUT.0);
    let used = [measured.at(settings.possible), measured.at(settings.likely)];
    for rate in used.into_iter().chain(measured.rates()) {
        let (precision, recall) = (rate.precision().unwrap_or(f64::NAN), rate.recall().unwrap_or(f64::NAN));
        println!("{:>3} points: precision {precision:.3}, recall {recall:.3}", rate.threshold);
    }
    for relation in Relation::ALL {
        let of: Vec<&Pair> = set
            .iter()
            .zip(&pairs)
            .filter(|(one, _)| one.relation == relation)
            .map(|(_, pair)| pair)
            .collect();
        let suggested = of
            .iter()
            .filter(|pair| score(&pair.new, &pair.old, &settings).points >= settings.possible)
            .count();
        println!("{relation:?}: {suggested} of {} suggested", of.len());
    }
}

fn cost(cases: u64) -> Result<(), Box<dyn std::error::Error>> {
    let folder = tempfile::tempdir()?;
    let db = Db::open(&Target::Sqlite(folder.path().join("city.db")))?;
    let vault = Vault::new(&VaultKey::fresh()?);
    let ledger = Ledger::open(db, parts::nouns(), vault, folder.path().join("attachments"))?;
    let city = CityCode::new(demo::KAILI)?;
    let told = labelled(3, 10_000);
    // A report every minute: of a million, half lie within a year.
    let moment = |number: u64| Moment(1_700_000_000_000 + number.cast_signed() * MINUTE_MS);
    let started = Instant::now();
    for first in (0..cases).step_by(usize::try_from(BATCH)?) {
        let batch: Vec<(u64, Report)> = (first..(first + BATCH).min(cases))
            .filter_map(|number| {
                let said = &told.get(usize::try_from(number).ok()? % told.len())?.old;
                // Ten thousand places only: what lies around each is a hundredth of a city of a million.
                let place = Place { lon: said.position.lon, lat: said.position.lat, ..Place::default() };
                Some((number, report(&said.text, place, said.class.clone())))
            })
            .collect();
        ledger.db().write_blocking(move |tx| {
            for (number, report) in batch {
                let at = moment(number);
                let id = CaseId(SystemIds.next(at)).to_string();
                let by = By { actor: ActorId::Resident, at };
                let event = Event::from(Fact::Reported(Box::new(report)));
                ledger::append::<CaseNoun>(tx, city, &id, None, &[event], &by)?;
            }
            Ok::<_, LedgerError>(())
        })?;
    }
    println!("{cases} cases written in {:.0} s", started.elapsed().as_secs_f64());
    let now = moment(cases);
    let asked: Vec<Facts> =
        told.iter().take(ASKED).map(|pair| Facts { reported_at: now, ..pair.new.facts() }).collect();
    // Twice: what is not in memory yet costs the first time.
    for round in ["first", "again"] {
        let mut walls: Vec<Duration> = Vec::new();
        let mut found = 0;
        for facts in asked.clone() {
            let settings = Settings::default();
            let started = Instant::now();
            found +=
                ledger.db().read_blocking(move |tx| find(tx, city, &facts, &settings, SIMILAR_MAX))?.len();
            walls.push(started.elapsed());
        }
        walls.sort_unstable();
        let at = |share: usize| walls.get((walls.len() - 1) * share / 100).copied().unwrap_or_default();
        println!(
            "find, SQLite, {round}: median {:.1?}, p90 {:.1?}, p99 {:.1?}, slowest {:.1?}; {found} suggestions for {ASKED} reports",
            at(50),
            at(90),
            at(99),
            at(100)
        );
    }
    Ok(())
}

fn report(text: &str, place: Place, class: Option<String>) -> Report {
    Report {
        source: Source::Web,
        lane: Lane::Ordinary,
        reporter: None,
        text: text.to_owned(),
        place: Some(place),
        class,
        component: None,
        urgent: false,
        attachments: Vec::new(),
        reference: None,
        token_hash: None,
        parent: None,
    }
}
