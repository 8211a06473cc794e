//! Who works in the city: posts, units and the cells that each collector looks after.

use std::collections::BTreeMap;

use kernel::role::Role;

use super::{Cell, Person, Unit, person_names::Names, units::keeps_books};
use crate::dice::Dice;

/// Collectors of the city.
const COLLECTORS: usize = 60;
/// A cell of the open country is looked at less often than one of the town.
const RURAL_LOAD: f64 = 0.4;
/// Posts of the two centres and of those who look on: role, word to sign in with, how many.
const POSTS: [(Role, &str, usize); 8] = [
    (Role::Acceptor, "acceptor", 8),
    (Role::ShiftLeader, "shift_leader", 4),
    (Role::Dispatcher, "dispatcher", 5),
    (Role::Leader, "leader", 3),
    (Role::Evaluator, "evaluator", 2),
    (Role::SystemAdministrator, "system_administrator", 1),
    (Role::SecurityAdministrator, "security_administrator", 1),
    (Role::AuditAdministrator, "audit_administrator", 1),
];
/// Workers of a unit, fewest and most.
const WORKERS: (usize, usize) = (2, 4);

/// All people, the collectors first; tells each cell its collector.
pub(super) fn people(seed: u64, units: &[Unit], cells: &mut [Cell]) -> Vec<Person> {
    let mut names = Names::new(seed);
    let mut dice = Dice::new(seed, "people");
    let mut people: Vec<Person> = Vec::new();
    let mut person = |sign_in: String, role: Role, unit: Option<&Unit>| {
        let (name_zh, name_en) = names.draw();
        Person {
            sign_in,
            name_zh,
            name_en,
            role,
            unit: unit.map(|unit| unit.code.clone()),
            cells: Vec::new(),
        }
    };
    let shares = share_out(cells);
    let collectors = shares.iter().max().map_or(0, |last| last + 1);
    for number in 1..=collectors {
        people.push(person(format!("collector{number:02}"), Role::Collector, None));
    }
    for (cell, collector) in cells.iter_mut().zip(shares) {
        cell.collector = collector;
        if let Some(collector) = people.get_mut(collector) {
            collector.cells.push(cell.code.clone());
        }
    }
    for (role, word, count) in POSTS {
        for number in 1..=count {
            let sign_in = if count == 1 { word.to_owned() } else { format!("{word}{number:02}") };
            people.push(person(sign_in, role, None));
        }
    }
    for unit in units.iter().filter(|unit| !keeps_books(unit)) {
        people.push(person(format!("{}_manager", unit.code), Role::UnitManager, Some(unit)));
        for number in 1..=WORKERS.0 + dice.below(WORKERS.1 - WORKERS.0 + 1) {
            people.push(person(format!("{}_worker{number:02}", unit.code), Role::Worker, Some(unit)));
        }
    }
    for unit in units {
        people.push(person(format!("{}_clerk", unit.code), Role::Clerk, Some(unit)));
    }
    people
}

/// For each cell the number of its collector. No collector works in two streets; within a street each has about the same load, in the order
/// of the codes, so that the cells of one lie together. Every street has at least one.
fn share_out(cells: &[Cell]) -> Vec<usize> {
    let load = |cell: &Cell| if cell.urban { 1.0 } else { RURAL_LOAD };
    let mut streets: BTreeMap<&str, f64> = BTreeMap::new();
    for cell in cells {
        *streets.entry(cell.code.get(..9).unwrap_or_default()).or_default() += load(cell);
    }
    // One for each street, then the next always for the street whose collectors have most to do.
    let mut collectors: BTreeMap<&str, usize> = streets.keys().map(|street| (*street, 1)).collect();
    for _ in streets.len()..COLLECTORS {
        let busiest = collectors.iter_mut().max_by(|a, b| {
            let busy =
                |street: &str, count: usize| streets.get(street).copied().unwrap_or_default() / count as f64;
            busy(a.0, *a.1).total_cmp(&busy(b.0, *b.1))
        });
        if let Some((_, count)) = busiest {
            *count += 1;
        }
    }
    let mut first: BTreeMap<&str, usize> = BTreeMap::new();
    let mut next = 0;
    for (street, count) in &collectors {
        first.insert(street, next);
        next += count;
    }
    let mut done: BTreeMap<&str, f64> = BTreeMap::new();
    let mut shares = Vec::with_capacity(cells.len());
    for cell in cells {
        let street = cell.code.get(..9).unwrap_or_default();
        let (total, count) =
            (streets.get(street).copied().unwrap_or(1.0), collectors.get(street).copied().unwrap_or(1));
        let before = done.entry(street).or_default();
        let part = ((*before + load(cell) / 2.0) / total * count as f64) as usize;
        *before += load(cell);
        shares.push(first.get(street).copied().unwrap_or_default() + part.min(count - 1));
    }
    shares
}
