//! Random numbers that depend on a seed and a purpose only: the same on every machine and with every version of every library, because
//! nothing but integer arithmetic makes them (splitmix64).

/// A source of random numbers for one purpose.
#[derive(Debug, Clone)]
pub struct Dice {
    state: u64,
}

impl Dice {
    /// Dice for a purpose: what is thrown for one purpose does not change what is thrown for another.
    #[must_use]
    pub fn new(seed: u64, purpose: &str) -> Self {
        Self { state: purpose.bytes().fold(mix(seed), |state, byte| mix(state ^ u64::from(byte))) }
    }

    /// The next 64 bits.
    pub fn throw(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        finish(self.state)
    }

    /// A number from 0 to 1, without 1.
    pub fn part(&mut self) -> f64 {
        part(self.throw())
    }

    /// A number from `low` to `high`.
    pub fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.part()
    }

    /// A whole number below `count`; 0 for no count.
    pub fn below(&mut self, count: usize) -> usize {
        // The bias of the remainder is far below anything that a city shows.
        (self.throw() >> 16) as usize % count.max(1)
    }

    /// True with this chance from 0 to 1.
    pub fn chance(&mut self, chance: f64) -> bool {
        self.part() < chance
    }

    /// One of them; none of none.
    pub fn pick<'a, T>(&mut self, items: &'a [T]) -> Option<&'a T> {
        items.get(self.below(items.len()))
    }

    /// Index of one of them, drawn by its weight; none where no weight is above zero.
    pub fn pick_weighted(&mut self, weights: impl Iterator<Item = f64> + Clone) -> Option<usize> {
        let total: f64 = weights.clone().filter(|weight| *weight > 0.0).sum();
        let mut rest = self.part() * total;
        let mut last = None;
        for (index, weight) in weights.enumerate().filter(|(_, weight)| *weight > 0.0) {
            last = Some(index);
            if rest < weight {
                break;
            }
            rest -= weight;
        }
        last
    }

    /// Puts them in any order.
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for end in (1..items.len()).rev() {
            let other = self.below(end + 1);
            items.swap(end, other);
        }
    }
}

/// A number from -1 to 1 that depends on the seed and the keys only.
#[must_use]
pub(crate) fn noise(seed: u64, keys: &[u64]) -> f64 {
    2.0 * part(keys.iter().fold(mix(seed), |state, key| mix(state ^ key))) - 1.0
}

/// The upper 53 bits fit a double exactly.
fn part(bits: u64) -> f64 {
    (bits >> 11) as f64 / (1_u64 << 53) as f64
}

fn mix(value: u64) -> u64 {
    finish(value.wrapping_add(0x9E37_79B9_7F4A_7C15))
}

fn finish(value: u64) -> u64 {
    let value = (value ^ (value >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let value = (value ^ (value >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    value ^ (value >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dice_keep_to_their_seed_and_purpose() {
        let throws = |seed, purpose: &str| {
            let mut dice = Dice::new(seed, purpose);
            [dice.throw(), dice.throw(), dice.throw()]
        };
        assert_eq!(throws(7, "names"), throws(7, "names"));
        assert_ne!(throws(7, "names"), throws(8, "names"));
        assert_ne!(throws(7, "names"), throws(7, "roads"));
    }

    #[test]
    fn numbers_stay_in_their_range_and_spread_over_it() {
        let mut dice = Dice::new(1, "range");
        let parts: Vec<f64> = (0..4_000).map(|_| dice.part()).collect();
        assert!(parts.iter().all(|part| (0.0..1.0).contains(part)));
        let mean = parts.iter().sum::<f64>() / 4_000.0;
        assert!((mean - 0.5).abs() < 0.03, "{mean}");
        let mut seen = [0_u32; 7];
        for _ in 0..7_000 {
            seen[dice.below(7)] += 1;
        }
        assert!(seen.iter().all(|count| (800..1_200).contains(count)), "{seen:?}");
        assert_eq!(dice.below(0), 0);
        assert_eq!(dice.pick::<u8>(&[]), None);
    }

    #[test]
    fn weights_are_kept_and_nothing_without_weight_is_drawn() {
        let mut dice = Dice::new(3, "weights");
        let weights = [1.0, 0.0, 3.0];
        let mut seen = [0_u32; 3];
        for _ in 0..4_000 {
            seen[dice.pick_weighted(weights.iter().copied()).unwrap()] += 1;
        }
        assert_eq!(seen[1], 0);
        assert!((2_800..3_200).contains(&seen[2]), "{seen:?}");
        assert_eq!(dice.pick_weighted([0.0, 0.0].into_iter()), None);
    }
}
