//! The figures of running the city.

pub mod registers;
