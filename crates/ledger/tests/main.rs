//! The ledger's promises, on both engines, with a noun made for them.

mod access;
mod backup;
mod entries;
mod finding;
mod register;
mod sample;
mod vault;
mod verify;
