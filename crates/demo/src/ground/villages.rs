//! Where the villages and communities outside of the town lie: as many for each street and town as it has, each around a middle.

use super::{
    lattice::Lattice,
    plan::{Outline, QUARTERS},
    plane::Point,
};
use crate::dice::Dice;

/// Places that are tried for each village; the one farthest from all others is taken.
const TRIES: usize = 60;
/// No village's middle lies nearer to the town, metres.
const FREE_M: f64 = 650.0;
/// Rounds of exchanging villages between streets and towns at the most.
const ROUNDS_MAX: usize = 200;

/// A village's middle and which of [`QUARTERS`] it belongs to.
#[derive(Debug, Clone, Copy)]
pub(super) struct Middle {
    pub(super) point: Point,
    pub(super) quarter: usize,
    /// The seat of a town.
    pub(super) seat: bool,
}

/// As many middles as `counts` says for each of [`QUARTERS`]: of each the given ones or the seat first, then from north to south.
pub(super) fn middles(seed: u64, lattice: &Lattice, outline: &Outline, counts: &[usize]) -> Vec<Middle> {
    let mut dice = Dice::new(seed, "villages");
    let mut middles: Vec<Middle> = Vec::new();
    for (quarter, plan) in QUARTERS.iter().enumerate() {
        middles.extend(plan.given.iter().map(|point| Middle {
            point: point.plus(dice.between(-80.0, 80.0), dice.between(-80.0, 80.0)),
            quarter,
            seat: false,
        }));
    }
    let given = middles.len();
    let mut wanted: Vec<usize> = counts
        .iter()
        .zip(&QUARTERS)
        .map(|(count, plan)| count.saturating_sub(plan.given.len()))
        .collect();
    for _ in 0..wanted.iter().sum() {
        let tries = (0..TRIES * 20).map(|_| outline.somewhere(dice.part(), dice.part()));
        let fits = tries.filter(|point| outline.part(*point) < 0.95 && lattice.distance(*point) > FREE_M);
        let apart = |point: Point| {
            let nearest = middles.iter().map(|middle| middle.point.distance(point)).fold(f64::MAX, f64::min);
            nearest / (900.0 + 0.14 * lattice.distance(point).max(0.0))
        };
        let best = fits.take(TRIES).map(|point| (apart(point), point)).max_by(|a, b| a.0.total_cmp(&b.0));
        if let Some((_, point)) = best {
            let quarter = nearest_open(point, &wanted);
            if let Some(rest) = wanted.get_mut(quarter) {
                *rest -= 1;
            }
            middles.push(Middle { point, quarter, seat: false });
        }
    }
    exchange(&mut middles, given);
    choose_seats(&mut middles);
    let mut order: Vec<usize> = (0..middles.len()).collect();
    order.sort_by(|a, b| {
        let key = |index: usize| {
            let middle = middles[index];
            (middle.quarter, !middle.seat, index.min(given))
        };
        let (first, second) = (middles[*a].point.y, middles[*b].point.y);
        key(*a).cmp(&key(*b)).then(second.total_cmp(&first))
    });
    order.into_iter().map(|index| middles[index]).collect()
}

/// The seat of a town is the village nearest to the middle of all its villages.
fn choose_seats(middles: &mut [Middle]) {
    for quarter in (0..QUARTERS.len()).filter(|quarter| QUARTERS[*quarter].town) {
        let own: Vec<usize> = (0..middles.len()).filter(|index| middles[*index].quarter == quarter).collect();
        let sum = own.iter().fold(Point::default(), |sum, index| {
            let point = middles[*index].point;
            sum.plus(point.x, point.y)
        });
        let middle = Point::default().toward(sum, 1.0 / own.len().max(1) as f64);
        let distance = |index: &usize| middles[*index].point.distance(middle);
        if let Some(seat) = own.iter().copied().min_by(|a, b| distance(a).total_cmp(&distance(b))) {
            middles[seat].seat = true;
        }
    }
}

fn nearest_open(point: Point, wanted: &[usize]) -> usize {
    let open = QUARTERS.iter().enumerate().filter(|(quarter, _)| wanted.get(*quarter).is_some_and(|rest| *rest > 0));
    open.map(|(quarter, plan)| (plan.around.distance(point), quarter))
        .min_by(|a, b| a.0.total_cmp(&b.0))
        .map_or(0, |(_, quarter)| quarter)
}

/// Streets and towns exchange villages as long as both together come nearer to where they belong. So each keeps its number and is in one
/// piece: what comes out is close to a power diagram.
fn exchange(middles: &mut [Middle], given: usize) {
    let cost = |middle: Middle, quarter: usize| {
        let distance = QUARTERS[quarter].around.distance(middle.point);
        distance * distance
    };
    for _ in 0..ROUNDS_MAX {
        let mut changed = false;
        for first in given..middles.len() {
            for second in first + 1..middles.len() {
                let (one, other) = (middles[first], middles[second]);
                let now = cost(one, one.quarter) + cost(other, other.quarter);
                if cost(one, other.quarter) + cost(other, one.quarter) < now - 1.0 {
                    middles[first].quarter = other.quarter;
                    middles[second].quarter = one.quarter;
                    changed = true;
                }
            }
        }
        if !changed {
            return;
        }
    }
}
