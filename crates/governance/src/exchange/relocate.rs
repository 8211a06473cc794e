//! Cases that came in before the city had cells are located once a grid is in force: an entry of its own for each.

use kernel::id::CaseId;
use ledger::{Condition, Ledger, LedgerError, Listing, Order, Record};
use map::geometry::Position;

use super::ground::{Ground, Whereabouts};
use crate::case::{
    Command,
    act::{self, Given},
    noun::CaseNoun,
};

/// Cases that are looked at in one transaction.
const PAGE_CASES: u32 = 500;

/// What was found.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize)]
pub struct Relocated {
    /// Cases that had a place but no cell.
    pub looked_at: u64,
    /// Of these, those that are in a cell now.
    pub located: u64,
    /// Of these, those whose place lies outside the city.
    pub outside: u64,
}

/// Locates the cases that have a place but no cell by the grid in force, whatever stage they are in. May be broken off and begun again.
///
/// # Errors
/// As the store says.
pub fn relocate(
    ledger: &Ledger,
    ground: &Ground<'_>,
    progress: &mut dyn FnMut(Relocated),
) -> Result<Relocated, LedgerError> {
    let city = ground.city;
    let system = kernel::role::Actor { id: kernel::role::ActorId::System, ..ground.actor.clone() };
    let mut done = Relocated::default();
    let mut after = None;
    loop {
        let page: Vec<Record<CaseNoun>> = ledger.db().read_blocking(move |tx| {
            let conditions = vec![Condition::Empty("cell"), Condition::Filled("near")];
            ledger::list(
                tx,
                city,
                Listing { conditions, order: Order::Rising("row"), after, limit: PAGE_CASES },
            )
        })?;
        let Some(last) = page.last() else { return Ok(done) };
        after = Some((last.row, last.row));
        let mut found = Vec::new();
        for record in &page {
            done.looked_at += 1;
            let place = record.state.place.as_ref();
            let Some(position) = place.map(|place| Position { lon: place.lon, lat: place.lat }) else {
                continue;
            };
            match (ground.locate)(position) {
                Whereabouts::Inside { cell, street, community } => {
                    let id: CaseId = record
                        .key
                        .parse()
                        .map_err(|_| LedgerError::Damaged(format!("case {}", record.key)))?;
                    found.push((id, Command::Locate { cell, street, community }));
                }
                Whereabouts::Outside => done.outside += 1,
                Whereabouts::NoCell => {}
            }
        }
        done.located += write(ledger, ground, &system, found)?;
        progress(done);
    }
}

/// Writes what was found; how many were not already located by somebody else in between.
fn write(
    ledger: &Ledger,
    ground: &Ground<'_>,
    system: &kernel::role::Actor,
    found: Vec<(CaseId, Command)>,
) -> Result<u64, LedgerError> {
    if found.is_empty() {
        return Ok(0);
    }
    let (city, office, now, system) =
        (ground.city, std::sync::Arc::clone(&ground.office), ground.now, system.clone());
    let located = ledger.db().write_blocking(move |tx| {
        let mut located = 0;
        for (id, command) in found {
            match act::act(tx, (city, id), &office, &command, &system, Given::default(), now) {
                Ok(_) => located += 1,
                Err(LedgerError::Refused(refusal)) if refusal.code == "case_located_already" => {}
                Err(error) => return Err(error),
            }
        }
        Ok(located)
    })?;
    ledger.announce();
    Ok(located)
}
