//! The ledger's promises, on both engines, with a noun made for them.

mod access;
mod sample;
