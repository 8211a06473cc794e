//! The store's promises: on both engines, and under faults.
//!
//! Modules carry `#[cfg(test)]` so that the lints see their helpers as test code too.

#[cfg(test)]
mod faults;
#[cfg(test)]
mod store;
