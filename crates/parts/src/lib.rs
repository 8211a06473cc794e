//! The parts of the city put together: what they keep and what they count. The parts do not know each other; who serves or makes a city asks
//! here.
//!
//! # Glossary
//! * **part**: one of the five of the reform, and the control room.

pub mod open_contracting;
mod target;

use figures::Figure;

pub use target::{FigureTarget, TargetSide, target};

/// The nouns and registers of all parts, for the ledger that keeps them.
#[must_use]
pub fn nouns() -> ledger::Nouns {
    let nouns = finance::nouns(planning::nouns(governance::nouns()));
    exchange::nouns(control::nouns(services::nouns(land::nouns(nouns)))).with_described::<FigureTarget>()
}

/// The figures of all parts, in the order of the reform.
#[must_use]
pub fn figures() -> &'static [&'static [Figure]] {
    &[
        planning::figures::FIGURES,
        finance::figures::CAPITAL,
        finance::figures::PROJECTS,
        land::figures::FIGURES,
        services::figures::FIGURES,
        governance::figures::CASES,
        governance::figures::CALLS,
        governance::figures::registers::REGISTER_FIGURES,
        control::figures::FIGURES,
    ]
}

/// A figure by its code.
#[must_use]
pub fn figure(code: &str) -> Option<&'static Figure> {
    figures::find(figures(), code)
}
