//! The server through its router, without a socket, in a time of the test's own.
//!
//! Modules carry `#[cfg(test)]` so that the lints see their helpers as test code too.

#[cfg(test)]
mod account;
#[cfg(test)]
mod call;
#[cfg(test)]
mod case;
#[cfg(test)]
mod case_list;
#[cfg(test)]
mod city;
#[cfg(test)]
mod event;
#[cfg(test)]
mod figure;
#[cfg(test)]
mod import;
#[cfg(test)]
mod ledger_view;
#[cfg(test)]
mod letter;
#[cfg(test)]
mod map;
#[cfg(test)]
mod open311;
#[cfg(test)]
mod open311_city;
#[cfg(test)]
mod photo;
#[cfg(test)]
mod real_city;
#[cfg(test)]
mod register;
#[cfg(test)]
mod report;
mod rights;
#[cfg(test)]
mod session;
#[cfg(test)]
mod shell;
#[cfg(test)]
mod small_city;
#[cfg(test)]
mod support;
#[cfg(test)]
mod texts;
