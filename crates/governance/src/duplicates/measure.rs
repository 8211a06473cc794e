//! How often the score is right, on pairs of reports whose truth is known.

use super::{Facts, POINTS_MAX, Settings, score};

/// Two reports and the truth about them.
#[derive(Debug, Clone, PartialEq)]
pub struct Pair {
    /// The later report.
    pub new: Facts,
    /// The earlier one.
    pub old: Facts,
    /// Whether both tell of one problem.
    pub same: bool,
}

/// How the scores of known pairs are spread.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Measured {
    /// How many pairs of one problem have each score, 0 to [`POINTS_MAX`].
    same: [u64; POINTS_MAX as usize + 1],
    /// Likewise, pairs of two problems.
    other: [u64; POINTS_MAX as usize + 1],
}

/// What comes of suggesting every pair from some score on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate {
    /// The score.
    pub threshold: u8,
    /// Pairs suggested.
    pub suggested: u64,
    /// Those of them that tell of one problem.
    pub right: u64,
    /// All pairs that do.
    pub same: u64,
}

impl Rate {
    /// Of what is suggested, how much is right; none where nothing is suggested.
    #[must_use]
    pub fn precision(&self) -> Option<f64> {
        share(self.right, self.suggested)
    }

    /// Of what is the same, how much is suggested; none where nothing is the same.
    #[must_use]
    pub fn recall(&self) -> Option<f64> {
        share(self.right, self.same)
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts of pairs are far below 2^52")]
fn share(part: u64, whole: u64) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}

impl Measured {
    /// Pairs measured.
    #[must_use]
    pub fn pairs(&self) -> u64 {
        self.same.iter().sum::<u64>() + self.other.iter().sum::<u64>()
    }

    /// The figures of one threshold.
    #[must_use]
    pub fn at(&self, threshold: u8) -> Rate {
        let from = usize::from(threshold.min(POINTS_MAX));
        let above = |counts: &[u64]| counts.iter().skip(from).sum::<u64>();
        let right = above(&self.same);
        Rate { threshold, suggested: right + above(&self.other), right, same: self.same.iter().sum() }
    }

    /// The figures of every fifth threshold, rising.
    #[must_use]
    pub fn rates(&self) -> Vec<Rate> {
        (5..=95).step_by(5).map(|threshold| self.at(threshold)).collect()
    }
}

/// Scores known pairs.
pub fn measure<'a>(pairs: impl IntoIterator<Item = &'a Pair>, settings: &Settings) -> Measured {
    let mut measured = Measured { same: [0; POINTS_MAX as usize + 1], other: [0; POINTS_MAX as usize + 1] };
    for pair in pairs {
        let points = usize::from(score(&pair.new, &pair.old, settings).points);
        let counts = if pair.same { &mut measured.same } else { &mut measured.other };
        if let Some(count) = counts.get_mut(points) {
            *count += 1;
        }
    }
    measured
}
