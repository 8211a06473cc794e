//! Reports with a known truth, by which the score of duplicates is measured: who reports the same problem twice, and what only looks like it.
//!
//! What makes it hard is made on purpose: people call one thing by many names, leave the place out, choose a wrong class, stand at the wrong
//! house, take their own photo; and the next lamp of the street is dark too. Some pairs nobody could tell apart, so no score reaches all of them.
//! It is nevertheless made by a program: it says how scores compare with one another, and not how a city's residents write.

mod kind;
mod say;
mod site;
#[cfg(test)]
mod tests;

use std::f64::consts::TAU;

use governance::duplicates::{Facts, Pair, Words};
use kernel::time::{DAY_MS, HOUR_MS, MINUTE_MS, Moment};
use map::geometry::Position;
use rand::{RngExt as _, SeedableRng as _, seq::IndexedRandom as _};
use rand_chacha::ChaCha8Rng;

use self::{
    kind::{KINDS, Kind},
    say::Sight,
    site::{Site, Street, moved},
};

/// Pairs of one set, at most.
pub const PAIRS_MAX: usize = 1_000_000;

/// The first moment that anything is reported: 2026-01-01 in Kaili.
const START: Moment = Moment(1_767_196_800_000);

/// How two reports stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Relation {
    /// Two people, one problem.
    Same,
    /// One person who sends it again, often with the same photo.
    SentAgain,
    /// Another thing of the kind nearby.
    NextOne,
    /// Another problem at the same place.
    SamePlace,
    /// Nearly the same words of another place.
    SameWords,
    /// The same thing has gone wrong again, weeks after it was set right.
    Recurred,
    /// Two problems near each other by chance.
    ByChance,
}

impl Relation {
    /// All.
    pub const ALL: [Self; 7] = [
        Self::Same,
        Self::SentAgain,
        Self::NextOne,
        Self::SamePlace,
        Self::SameWords,
        Self::Recurred,
        Self::ByChance,
    ];

    /// Whether both reports tell of one problem.
    #[must_use]
    pub const fn is_same(self) -> bool {
        matches!(self, Self::Same | Self::SentAgain)
    }
}

/// A report as it came in.
#[derive(Debug, Clone, PartialEq)]
pub struct Said {
    /// What was written.
    pub text: String,
    /// What the phone's map wrote as the address; may be empty.
    pub address: String,
    /// Where the pin was put.
    pub position: Position,
    /// When.
    pub reported_at: Moment,
    /// The class that was chosen, if any.
    pub class: Option<String>,
    /// The component that was scanned, if any.
    pub component: Option<String>,
    /// The looks of its photos.
    pub looks: Vec<u64>,
}

impl Said {
    /// What of it is compared.
    #[must_use]
    pub fn facts(&self) -> Facts {
        Facts {
            position: Some(self.position),
            class: self.class.clone(),
            component: self.component.clone(),
            looks: self.looks.clone(),
            words: Words::of_parts(&self.text, &self.address),
            ..Facts::new(self.reported_at)
        }
    }
}

/// Two reports and the truth about them.
#[derive(Debug, Clone, PartialEq)]
pub struct Labelled {
    /// The later one.
    pub new: Said,
    /// The earlier one.
    pub old: Said,
    /// The truth.
    pub relation: Relation,
}

impl Labelled {
    /// As it is measured.
    #[must_use]
    pub fn pair(&self) -> Pair {
        Pair { new: self.new.facts(), old: self.old.facts(), same: self.relation.is_same() }
    }
}

/// How often a pair is drawn at the most, on average.
const DRAWS_MAX: usize = 4;

/// So many pairs (at most [`PAIRS_MAX`]), of which two in five tell of one problem. The same seed gives the same pairs.
#[must_use]
pub fn labelled(seed: u64, size: usize) -> Vec<Labelled> {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let streets = Street::all(&mut random);
    let size = size.min(PAIRS_MAX);
    // Now and then no pair of the drawn kind fits the drawn street: then another one is drawn.
    (0..size * DRAWS_MAX).filter_map(|_| pair(&streets, &mut random)).take(size).collect()
}

/// A problem at its place.
struct Problem<'a> {
    kind: &'static Kind,
    street: &'a Street,
    site: Site,
    sight: Sight,
    /// The number on the thing.
    plate: Option<String>,
    /// The identifier of the survey.
    component: Option<String>,
    /// When it was first reported.
    at: Moment,
}

impl<'a> Problem<'a> {
    fn new(kind: &'static Kind, street: &'a Street, site: Site, at: Moment, random: &mut ChaCha8Rng) -> Self {
        let number = random.random_range(1..2_000_u32);
        let plate = kind.plate.map(|_| number.to_string());
        let component = kind.plate.map(|_| format!("5226010{:08}", random.random_range(0..99_999_999_u32)));
        Self { kind, street, site, sight: Sight::of(kind, random), plate, component, at }
    }

    fn any(streets: &'a [Street], random: &mut ChaCha8Rng) -> Option<Self> {
        let (kind, street) = (KINDS.choose(random)?, streets.choose(random)?);
        let site = Site::on(street, random.random_range(0.0..street.length_m()), random);
        let at = START + random.random_range(0..300 * DAY_MS);
        Some(Self::new(kind, street, site, at, random))
    }

    /// Another problem at another place.
    fn other(&self, kind: &'static Kind, site: Site, random: &mut ChaCha8Rng) -> Self {
        let mut other = Self::new(kind, self.street, site, self.at, random);
        // The next lamp has the next number.
        if let (Some(mine), true) = (&self.plate, std::ptr::eq(self.kind, kind)) {
            let next = mine.parse::<u32>().map_or(1, |number| number + random.random_range(1..=4_u32));
            other.plate = Some(next.to_string());
        }
        other
    }

    /// What one person reports of it.
    fn told(&self, at: Moment, random: &mut ChaCha8Rng) -> Said {
        let roll: f64 = random.random_range(0.0..1.0);
        let class = if roll < 0.75 {
            Some(self.kind.class)
        } else if roll < 0.9 {
            self.kind.mistaken.choose(random).copied()
        } else {
            None
        };
        let looks = if random.random_bool(0.55) { vec![random.random()] } else { Vec::new() };
        let position = pin(self.site.position, random);
        Said {
            text: say::text(self.kind, &self.site, self.sight, self.plate.as_deref(), random),
            address: if random.random_bool(0.6) {
                self.site.geocoded(position, random)
            } else {
                String::new()
            },
            position,
            reported_at: at,
            class: class.map(str::to_owned),
            component: self.component.clone().filter(|_| random.random_bool(0.2)),
            looks,
        }
    }
}

/// Where a phone puts its pin: mostly 5 to 60 m off; some report from home.
fn pin(place: Position, random: &mut ChaCha8Rng) -> Position {
    let off_m = if random.random_bool(0.05) {
        random.random_range(60.0..220.0)
    } else {
        // Many near, few far, as satellites between houses have it.
        5.0 + 55.0 * random.random_range(0.0_f64..1.0).powf(1.8)
    };
    moved(place, off_m, random.random_range(0.0..TAU))
}

/// After how long somebody else reports it: hours mostly, seldom weeks.
fn delay(random: &mut ChaCha8Rng) -> i64 {
    let days = -(1.0 - random.random_range(0.0_f64..1.0)).ln() * 3.0;
    #[expect(clippy::cast_possible_truncation, reason = "at most 30 days in milliseconds")]
    let millis = (days.min(30.0) * 86_400_000.0) as i64;
    millis + random.random_range(MINUTE_MS..HOUR_MS)
}

fn pair(streets: &[Street], random: &mut ChaCha8Rng) -> Option<Labelled> {
    let problem = Problem::any(streets, random)?;
    let mut old = problem.told(problem.at, random);
    let later = problem.at + delay(random);
    let relation = relation(random.random_range(0..100));
    let new = match relation {
        Relation::Same => problem.told(later, random),
        Relation::SentAgain => again(&problem, &mut old, later, random),
        Relation::NextOne => {
            let (near_m, far_m) = problem.kind.next_m;
            let metres = random.random_range(near_m..far_m) * f64::from(random.random_range(1..=4_u32));
            let site = problem.site.beside(problem.street, metres, random);
            problem.other(problem.kind, site, random).told(later, random)
        }
        Relation::SamePlace => {
            let kind = other_kind(problem.kind, random)?;
            let metres = random.random_range(0.0..15.0);
            let site = problem.site.beside(problem.street, metres, random);
            problem.other(kind, site, random).told(later, random)
        }
        Relation::SameWords => elsewhere(&problem, &old, streets, later, random)?,
        Relation::Recurred => {
            let at = problem.at + random.random_range(50 * DAY_MS..200 * DAY_MS);
            problem.told(at, random)
        }
        Relation::ByChance => {
            let kind = other_kind(problem.kind, random)?;
            let site = problem.site.beside(problem.street, random.random_range(15.0..250.0), random);
            problem.other(kind, site, random).told(later, random)
        }
    };
    Some(Labelled { new, old, relation })
}

/// Of a hundred pairs, how many are of which relation.
fn relation(roll: u32) -> Relation {
    match roll {
        0..=33 => Relation::Same,
        34..=39 => Relation::SentAgain,
        40..=61 => Relation::NextOne,
        62..=73 => Relation::SamePlace,
        74..=81 => Relation::SameWords,
        82..=87 => Relation::Recurred,
        _ => Relation::ByChance,
    }
}

fn other_kind(kind: &'static Kind, random: &mut ChaCha8Rng) -> Option<&'static Kind> {
    let others: Vec<&'static Kind> = KINDS.iter().filter(|other| !std::ptr::eq(*other, kind)).collect();
    others.choose(random).copied()
}

/// One person again: half of them copy their words, most of them send the same photo, which the way has pressed anew.
fn again(problem: &Problem<'_>, old: &mut Said, at: Moment, random: &mut ChaCha8Rng) -> Said {
    let mut new = problem.told(at, random);
    if random.random_bool(0.5) {
        new.text = say::slipped(&old.text, random);
    }
    if random.random_bool(0.7) {
        let look: u64 = random.random();
        let flips = random.random_range(0..=5_u32);
        let pressed = (0..flips).fold(look, |look, _| look ^ (1 << random.random_range(0..64_u32)));
        old.looks = vec![look];
        new.looks = vec![pressed];
    }
    new
}

/// The words of one report, told of another street: some people report every lamp of the town.
fn elsewhere(
    problem: &Problem<'_>,
    old: &Said,
    streets: &[Street],
    at: Moment,
    random: &mut ChaCha8Rng,
) -> Option<Said> {
    let street = streets.choose(random).filter(|street| street.name != problem.street.name)?;
    // A side street round the corner, or the other end of the town.
    let mut site = Site::on(street, random.random_range(0.0..street.length_m()), random);
    if random.random_bool(0.5) {
        let metres = random.random_range(60.0..300.0);
        site.position = moved(problem.site.position, metres, random.random_range(0.0..TAU));
    }
    let mut new = problem.other(problem.kind, site, random).told(at, random);
    if random.random_bool(0.7) {
        new.text = say::slipped(&old.text.replace(problem.street.name, street.name), random);
    }
    Some(new)
}
