//! Chance as a life needs it: over the crate's dice, with ids and lots.

use kernel::{
    id::{IdSource, from_parts},
    time::Moment,
};
use uuid::Uuid;

/// The dice of a life.
#[derive(Debug, Clone)]
pub(crate) struct Dice(crate::dice::Dice);

impl Dice {
    pub(crate) fn new(seed: u64, purpose: &str) -> Self {
        Self(crate::dice::Dice::new(seed, purpose))
    }

    /// The dice below, for who throws by parts.
    pub(crate) fn plain(&mut self) -> &mut crate::dice::Dice {
        &mut self.0
    }

    /// True in so many of a thousand cases.
    pub(crate) fn permille(&mut self, of_thousand: usize) -> bool {
        self.0.below(1_000) < of_thousand
    }

    /// A number below another one; 0 where there is none.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        self.0.below(end)
    }

    /// A number between 0 and 1.
    pub(crate) fn share(&mut self) -> f64 {
        self.0.part()
    }

    /// One of several.
    pub(crate) fn one_of<'a, T>(&mut self, several: &'a [T]) -> Option<&'a T> {
        self.0.pick(several)
    }

    /// The place of one of several weights; 0 where all are 0.
    pub(crate) fn weighted(&mut self, weights: &[f64]) -> usize {
        self.0.pick_weighted(weights.iter().copied()).unwrap_or(0)
    }

    /// About so much: mostly between half and twice, seldom up to six times.
    pub(crate) fn about(&mut self, typical_ms: i64) -> i64 {
        let sum: f64 = (0..4).map(|_| self.share()).sum();
        let factor = ((sum - 2.0) * 1.3).exp2();
        let tail = if self.permille(40) { 1.0 + 3.0 * self.share() } else { 1.0 };
        #[expect(clippy::cast_possible_truncation, reason = "a few hours in milliseconds")]
        let spread = (typical_ms as f64 * factor * tail) as i64;
        spread.max(1_000)
    }
}

impl IdSource for Dice {
    fn next(&mut self, at: Moment) -> Uuid {
        let mut random = [0; 10];
        let (high, low) = random.split_at_mut(8);
        high.copy_from_slice(&self.0.throw().to_be_bytes());
        low.copy_from_slice(&self.0.throw().to_be_bytes()[..2]);
        from_parts(at, random)
    }
}
