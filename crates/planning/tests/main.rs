//! The part's registers: their rules, and that rows of each are kept.
//!
//! Modules carry `#[cfg(test)]` so that the lints see their helpers as test code too.

#[cfg(test)]
mod kept;
#[cfg(test)]
mod rules;
#[cfg(test)]
mod samples;
