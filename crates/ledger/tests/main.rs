//! The ledger's promises, on both engines, with a noun made for them.
//!
//! Modules carry `#[cfg(test)]` so that the lints see their helpers as test code too.

#[cfg(test)]
mod access;
#[cfg(test)]
mod backup;
#[cfg(test)]
mod described;
#[cfg(test)]
mod entries;
#[cfg(test)]
mod erased;
#[cfg(test)]
mod finding;
#[cfg(test)]
mod register;
#[cfg(test)]
mod sample;
#[cfg(test)]
mod vault;
#[cfg(test)]
mod verify;
