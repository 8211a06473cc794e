//! The demonstration city of Kaili and the clockwork that lives days in it. The same seed gives the same city. Nothing here is needed by a
//! real city.
//!
//! # Glossary
//! * **seed**: the number from which everything random of the city is drawn.

/// The administrative code of Kaili (mission.md).
pub const KAILI: u32 = 522_601;
