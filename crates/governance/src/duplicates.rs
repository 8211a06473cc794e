//! Duplicates 重复: which cases may tell of the same problem as a report, and why. Nothing is ever held back or joined by itself: a repeat may be
//! an escalation, so this only suggests, to the resident before filing ("me too") and to the acceptor, who merges or does not.
//!
//! [`score()`] is pure: points for and against, each with its reason, from distance, time, class, words, numbers, component and photos. Their sum,
//! drawn to 0 to 100, is the score, so what a person reads adds up. [`find()`] brings it the cases of a city that are worth comparing.
//! [`measure()`] tells how often it is right on pairs whose truth is known.

mod facts;
mod find;
mod measure;
mod queries;
mod score;
mod settings;
#[cfg(test)]
mod tests;
mod words;

pub use self::{
    facts::{Facts, facts_of},
    find::{Similar, find},
    measure::{Measured, Pair, Rate, measure},
    score::{POINTS_MAX, Reason, Score, score},
    settings::{Against, Points, RADIUS_M_MAX, Radius, Settings, WINDOW_DAYS_MAX},
    words::{NUMBERS_MAX, Number, NumberKind, WORDS_MAX, Words},
};

/// Cases that are read and scored for one report, at most.
pub const CANDIDATES_MAX: usize = 150;
/// Suggestions for one report, at most.
pub const SIMILAR_MAX: usize = 50;
/// Photos of a report that are compared, at most.
pub const LOOKS_MAX: usize = 12;
