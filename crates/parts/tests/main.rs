//! The parts together.

mod fill_once;
