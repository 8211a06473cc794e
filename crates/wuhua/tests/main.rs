//! The tests of the whole: the house keeps its own rules, and the built binary keeps its promises.
//!
//! Modules carry `#[cfg(test)]` so that the lints see their helpers as test code too.

#[cfg(test)]
mod clients;
#[cfg(test)]
mod disk_full;
#[cfg(test)]
mod house;
#[cfg(test)]
mod kill;
#[cfg(test)]
mod licences;
#[cfg(test)]
mod locate;
#[cfg(test)]
mod metadata;
#[cfg(test)]
mod served;
#[cfg(test)]
mod store;
#[cfg(test)]
mod sync_order;
