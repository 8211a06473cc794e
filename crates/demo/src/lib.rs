//! The demonstration city of Kaili and the clockwork that lives days in it. The same seed gives the same city. Nothing here is needed by a
//! real city.
//!
//! # Glossary
//! * **labelled**: pairs of reports with a known truth ([`labelled`]).
//! * **seed**: the number from which everything random of the city is drawn.

pub mod labelled;

/// The administrative code of Kaili (mission.md).
pub const KAILI: u32 = 522_601;
