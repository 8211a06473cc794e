//! Lots: the same numbers in every run.

use kernel::{id::IdSource, time::Moment};
use rand::{RngExt as _, SeedableRng as _};

/// A source of numbers and ids.
pub(crate) struct Lot(rand_chacha::ChaCha8Rng);

impl Lot {
    pub(crate) fn new(seed: u64) -> Self {
        Self(rand_chacha::ChaCha8Rng::seed_from_u64(seed))
    }

    /// A whole number below another.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        self.0.random_range(0..end.max(1))
    }

    /// A number between two others.
    pub(crate) fn between(&mut self, low: f64, high: f64) -> f64 {
        if low < high { self.0.random_range(low..high) } else { low }
    }

    /// One of several.
    pub(crate) fn one<'a, T>(&mut self, of: &'a [T]) -> anyhow::Result<&'a T> {
        let place = self.below(of.len());
        of.get(place).ok_or_else(|| anyhow::anyhow!("nothing to choose from"))
    }
}

impl IdSource for Lot {
    fn next(&mut self, at: Moment) -> uuid::Uuid {
        kernel::id::from_parts(at, self.0.random())
    }
}
