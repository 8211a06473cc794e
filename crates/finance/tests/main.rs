//! The part of money, tested from outside.

mod open_contracting;
