//! The demonstration city of Kaili and the clockwork that lives days in it. The same seed gives the same city. Nothing here is needed by a
//! real city.
//!
//! # Glossary
//! * **ground**: the city before anybody lives in it: shapes, grid, base map, units, people, what residents report ([`ground`]).
//! * **landmark**: a place that people name when they say where something is.
//! * **seat**: where the government of a town is. **block**: a community's square of the town; on the base map a building.
//! * **books**: what the city's bureaus had on record of 2015 and the first half of 2016; from them the source's figures come.
//! * **half-year**: the first one of 2016 as it was lived, before the books are entered: inspection cases, letters.
//! * **life**: a year of reports and calls to the hotline, and of what people do with them, by the real rules.
//! * **talk**: what a caller has to say, and how the desk ends it. **enquiry**: what the desk answers at once. **errand**: what an outside
//!   body is handed.
//! * **labelled**: pairs of reports with a known truth ([`labelled`]).
//! * **seed**: the number from which everything random of the city is drawn. **dice**: random numbers of a seed and a purpose ([`dice`]).

mod books;
#[cfg(test)]
mod books_tests;
pub mod dice;
pub mod error;
pub mod ground;
mod half_year;
#[cfg(test)]
mod half_year_tests;
pub mod labelled;
mod life;
mod make;
#[cfg(test)]
mod make_calls_tests;
#[cfg(test)]
mod make_tests;
mod pictures;
mod settle;

pub use error::DemoError;
pub use ground::{Ground, ground};
pub use life::Lived;
pub use make::{CASES_MAX, DAYS, Made, Wanted, make};

/// The administrative code of Kaili (mission.md).
pub const KAILI: u32 = 522_601;
