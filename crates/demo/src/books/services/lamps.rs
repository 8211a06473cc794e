//! S4: the street lamps, road by road, before and after their renewal.

use jiff::civil::{Date, date};
use kernel::{decimal::Decimal, shape::Point};
use services::lamp::{Lamp, LightSource, RoadClass};

use super::LAST;
use crate::books::{
    Books,
    governance::{Road, metres, roads},
};

/// Metres between two lamps.
const APART_M: i64 = 42;
/// Lamps of the books; more would say nothing more.
const LAMPS_MAX: usize = 1_800;
/// Lamps that one box feeds.
const FED: usize = 28;

/// Who pays for the renewal of a road's lamps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Renewal {
    /// Out of what is saved.
    Savings,
    /// By instalments of the first and of the second contract.
    Instalments(usize),
    /// Not renewed yet.
    None,
}

/// The lamps of one road.
pub(super) struct LitRoad {
    name: String,
    class: RoadClass,
    places: Vec<Point>,
    pub(super) renewal: Renewal,
    renewed_on: Date,
    /// Tenths of a watt of each lamp before and now.
    before: i64,
    now: i64,
}

impl LitRoad {
    pub(super) fn lamps(&self) -> i64 {
        i64::try_from(self.places.len()).unwrap_or(0)
    }

    /// Tenths of a watt of all its lamps before and now.
    pub(super) fn power(&self) -> (i64, i64) {
        (self.before * self.lamps(), self.now * self.lamps())
    }
}

/// Places along a road, so many metres from each other.
fn along(road: &Road<'_>) -> Vec<Point> {
    let mut places = Vec::new();
    let mut past = 0;
    for pair in road.corners.windows(2) {
        let length = metres(pair[0], pair[1]);
        while past < length {
            let share = past as f64 / length as f64;
            let round = |degrees: f64| (degrees * 1e7).round() / 1e7;
            let at = |axis: usize| round(pair[0][axis] + (pair[1][axis] - pair[0][axis]) * share);
            places.push(Point::new(at(0), at(1)));
            past += APART_M;
        }
        past -= length;
    }
    places
}

/// Chooses how the lamps of each road are renewed: half of the roads by the end of 2015, others in the half-year, the rest not yet.
pub(super) fn lit_roads(books: &mut Books<'_>) -> Vec<LitRoad> {
    let ground = books.drawn.ground;
    let roads = roads(ground);
    let mut lit = Vec::new();
    let mut left = LAMPS_MAX;
    let town = roads.iter().filter(|road| !road.is_trunk());
    for (number, road) in town.enumerate() {
        let mut places = along(road);
        places.truncate(left);
        left -= places.len();
        if places.is_empty() {
            continue;
        }
        let class = if road.is_main() { RoadClass::Main } else { RoadClass::Secondary };
        let (renewal, renewed) = match number % 5 {
            0 => (Renewal::Savings, date(2015, 7, 13)..=date(2015, 8, 21)),
            1 => (Renewal::Instalments(0), date(2014, 9, 15)..=date(2014, 12, 19)),
            2 => (Renewal::Instalments(1), date(2016, 3, 7)..=date(2016, 5, 27)),
            3 if number % 2 == 1 => (Renewal::Savings, date(2015, 7, 13)..=date(2015, 8, 21)),
            _ => (Renewal::None, LAST..=LAST),
        };
        let (before, now) = match class {
            RoadClass::Main => (4_480, books.drawn.pick(&[1_850, 2_000, 2_200])),
            _ => (2_760, books.drawn.pick(&[1_050, 1_200, 1_350])),
        };
        lit.push(LitRoad {
            name: road.feature.name_zh.clone(),
            class,
            places,
            renewal,
            renewed_on: books.drawn.office_day(renewed),
            before,
            now: if renewal == Renewal::None { before } else { now },
        });
    }
    lit
}

/// Enters the lamps; the keys of the contracts that pay for them: of savings, of instalments.
pub(super) fn enter(books: &mut Books<'_>, roads: &[LitRoad], savings: &str, instalments: &[String; 2]) {
    for (number, road) in roads.iter().enumerate() {
        let is_renewed = road.renewal != Renewal::None;
        for (lamp, place) in road.places.iter().enumerate() {
            // A few poles were run down or gave way to a works entrance.
            let removed_on =
                books.drawn.dice.permille(6).then(|| books.drawn.office_day(date(2016, 5, 30)..=LAST));
            books.enter(Lamp {
                code: format!("LD{:03}-{:03}", number + 1, lamp + 1),
                road: road.name.clone(),
                road_class: road.class,
                feeder: Some(format!("PD{:03}-{:02}", number + 1, lamp / FED + 1)),
                source: if is_renewed { LightSource::Led } else { LightSource::Sodium },
                power: Decimal(road.now),
                power_before: is_renewed.then_some(Decimal(road.before)),
                renewed_on: is_renewed.then_some(road.renewed_on),
                energy_contract: (road.renewal == Renewal::Savings).then(|| savings.to_owned()),
                instalment_contract: match road.renewal {
                    Renewal::Instalments(contract) => Some(instalments[contract].clone()),
                    _ => None,
                },
                removed_on,
                place: Some(*place),
                unit: "street_lighting".to_owned(),
            });
        }
    }
}
