//! What books are drawn from: shares of a total, days, places within a street or town, names of people.

use std::ops::RangeInclusive;

use jiff::{civil::Date, tz::TimeZone};
use kernel::{
    money::Fen,
    shape::{Point, Surface},
    time::Moment,
};

use super::PersonFields;
use crate::{
    DemoError, Ground,
    ground::{Division, person_names},
    life::Dice,
};

/// Chance, names and places of the books.
pub(crate) struct Drawn<'a> {
    /// Chance.
    pub(crate) dice: Dice,
    /// The city as it lies there.
    pub(crate) ground: &'a Ground,
    people: usize,
}

impl<'a> Drawn<'a> {
    pub(crate) fn new(ground: &'a Ground, seed: u64) -> Result<Self, DemoError> {
        Ok(Self { dice: Dice::new(seed, "books"), ground, people: 0 })
    }

    /// So many sizes that add up to a total: uneven as real ones are (the largest is some ten times the smallest), each a whole number of
    /// steps, the last with what is left of a step.
    pub(crate) fn shares(&mut self, total: i64, count: usize, step: i64) -> Vec<i64> {
        let weights: Vec<f64> =
            (0..count).map(|_| ((self.dice.share() + self.dice.share() - 1.0) * 1.7).exp2()).collect();
        let sum: f64 = weights.iter().sum();
        let mut left = total;
        let mut shares: Vec<i64> = weights
            .iter()
            .map(|weight| {
                #[expect(clippy::cast_possible_truncation, reason = "a share of the total")]
                let share = ((weight / sum) * (total as f64) / (step as f64)).round() as i64 * step;
                let share = share.clamp(step, left.max(step));
                left -= share;
                share
            })
            .collect();
        // What rounding left over goes to the largest, which shows it least.
        if let Some(largest) = shares.iter_mut().max() {
            *largest += left;
        }
        shares
    }

    /// As [`Drawn::shares`] of money, each a whole number of ten thousand yuan.
    pub(crate) fn money(&mut self, total: Fen, count: usize) -> Vec<Fen> {
        self.shares(total.0, count, 1_000_000).into_iter().map(Fen).collect()
    }

    /// A total split by weights that chance bends by a fifth, each a whole number of steps; what rounding leaves goes to the largest.
    pub(crate) fn split(&mut self, total: i64, weights: &[i64], step: i64) -> Vec<i64> {
        let bent: Vec<i128> = weights
            .iter()
            .map(|weight| {
                let bend = i128::try_from(self.dice.below(401)).unwrap_or(200);
                i128::from(*weight).max(1) * (800 + bend)
            })
            .collect();
        let sum = bent.iter().sum::<i128>().max(1);
        let mut left = total;
        let mut parts: Vec<i64> = bent
            .iter()
            .map(|weight| {
                let part = i64::try_from(i128::from(total) * weight / sum).unwrap_or(0) / step * step;
                left -= part;
                part
            })
            .collect();
        if let Some(largest) = parts.iter_mut().max() {
            *largest += left;
        }
        parts
    }

    /// A whole number between two, both included.
    pub(crate) fn between(&mut self, low: i64, high: i64) -> i64 {
        low + i64::try_from(self.dice.below(usize::try_from(high - low + 1).unwrap_or(1))).unwrap_or(0)
    }

    /// A day of a span.
    pub(crate) fn day(&mut self, span: RangeInclusive<Date>) -> Date {
        let days = span.start().until(*span.end()).map_or(0, |span| span.get_days());
        let drawn = self.dice.below(usize::try_from(days).unwrap_or(0) + 1);
        span.start()
            .checked_add(jiff::Span::new().days(i64::try_from(drawn).unwrap_or(0)))
            .unwrap_or(*span.start())
    }

    /// A working day of a span: offices sign nothing on Sundays.
    pub(crate) fn office_day(&mut self, span: RangeInclusive<Date>) -> Date {
        let drawn = self.day(span.clone());
        let back = match drawn.weekday() {
            jiff::civil::Weekday::Saturday => 1,
            jiff::civil::Weekday::Sunday => 2,
            _ => 0,
        };
        drawn.checked_sub(jiff::Span::new().days(back)).map_or(drawn, |day| day.max(*span.start()))
    }

    /// A street or town.
    pub(crate) fn quarter(&mut self) -> &'a Division {
        let quarters: Vec<&Division> = self.quarters().collect();
        quarters[self.dice.below(quarters.len())]
    }

    /// The streets and towns.
    pub(crate) fn quarters(&self) -> impl Iterator<Item = &'a Division> + use<'a> {
        self.ground.divisions.iter().filter(|division| division.code.len() == 9)
    }

    /// A place in a street or town: the middle of one of its grid cells, a little aside.
    pub(crate) fn place_in(&mut self, quarter: &str) -> Option<Point> {
        let cells: Vec<_> = self.ground.cells.iter().filter(|cell| cell.code.starts_with(quarter)).collect();
        let cell = *self.dice.one_of(&cells)?;
        let aside = |share: f64| ((share - 0.5) * 2e-4 * 1e7).round() / 1e7;
        let round = |degrees: f64| (degrees * 1e7).round() / 1e7;
        let (x, y) = (aside(self.dice.share()), aside(self.dice.share()));
        Some(Point::new(round(cell.middle.lon + x), round(cell.middle.lat + y)))
    }

    /// A four-sided surface around a place, so many metres wide and high.
    pub(crate) fn block(&mut self, middle: Point, width_m: f64, height_m: f64) -> Surface {
        let [lon, lat] = middle.coordinates;
        let round = |degrees: f64| (degrees * 1e7).round() / 1e7;
        let (half_x, half_y) =
            (width_m / 2.0 / (111_320.0 * lat.to_radians().cos()), height_m / 2.0 / 110_900.0);
        let mut skew = |half: f64| half * (0.8 + 0.4 * self.dice.share());
        let corners = [(-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0)]
            .map(|(x, y)| [round(lon + x * skew(half_x)), round(lat + y * skew(half_y))]);
        let mut ring = corners.to_vec();
        ring.push(corners[0]);
        Surface::of(ring)
    }

    /// A whole number of a span.
    pub(crate) fn whole(&mut self, span: RangeInclusive<i64>) -> i64 {
        let count = usize::try_from(span.end() - span.start() + 1).unwrap_or(1);
        span.start() + i64::try_from(self.dice.below(count)).unwrap_or(0)
    }

    /// A count of a span.
    pub(crate) fn count(&mut self, span: RangeInclusive<u32>) -> u32 {
        u32::try_from(self.whole(i64::from(*span.start())..=i64::from(*span.end()))).unwrap_or(*span.end())
    }

    /// One of a list that is not empty.
    pub(crate) fn pick<T: Copy>(&mut self, several: &[T]) -> T {
        several[self.dice.below(several.len())]
    }

    /// A made-up person for the vault.
    pub(crate) fn person(&mut self) -> PersonFields {
        self.people += 1;
        let name = person_names::any(self.dice.plain());
        let phone = format!("139{:08}", 10_000_000 + self.people);
        PersonFields::from([("name".to_owned(), name), ("phone".to_owned(), phone)])
    }
}

/// Seconds of an hour.
pub(crate) const HOUR_S: i64 = 3_600;
/// Kaili is so many hours before UTC; China has had no summer time since 1991.
const HOURS_EAST: i8 = 8;

/// The moment of a day in Kaili, so many seconds after midnight.
pub(crate) fn moment(day: Date, seconds: i64) -> Moment {
    Moment::of_day(day, &TimeZone::fixed(jiff::tz::offset(HOURS_EAST))) + seconds * 1_000
}

/// So many days later, or earlier where the number is negative.
pub(crate) fn days_on(day: Date, days: i64) -> Date {
    day.checked_add(jiff::Span::new().days(days)).unwrap_or(day)
}

/// How many days a span has.
pub(crate) fn days_of(span: &RangeInclusive<Date>) -> i64 {
    span.start().until(*span.end()).map_or(1, |span| i64::from(span.get_days()) + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_add_up_and_are_no_clones() {
        let ground = crate::ground(1).unwrap();
        let mut drawn = Drawn::new(&ground, 1).unwrap();
        for (total, count) in [(13_779_000_000, 47), (1_000, 3), (72_752_000_000, 92)] {
            let shares = drawn.shares(total, count, 10);
            assert_eq!(shares.iter().sum::<i64>(), total);
            assert!(shares.iter().all(|share| *share >= 10), "{shares:?}");
            let distinct: std::collections::BTreeSet<i64> = shares.iter().copied().collect();
            assert!(distinct.len() * 10 > count * 8, "{shares:?}");
        }
    }

    #[test]
    fn a_place_lies_in_its_quarter_and_offices_are_closed_on_sundays() {
        let ground = crate::ground(1).unwrap();
        let mut drawn = Drawn::new(&ground, 1).unwrap();
        let span = jiff::civil::date(2016, 1, 1)..=jiff::civil::date(2016, 6, 30);
        for _ in 0..200 {
            let quarter = drawn.quarter();
            assert!(drawn.place_in(&quarter.code).is_some(), "{}", quarter.code);
            let day = drawn.office_day(span.clone());
            assert!(span.contains(&day) && day.weekday().to_monday_zero_offset() < 5 || day == *span.start());
        }
    }
}
