//! placeholder

pub mod case;
