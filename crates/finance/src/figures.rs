//! The figures of finance (F1–F7): what platform companies have and owe ([`CAPITAL`]), what is approved, built and invested ([`PROJECTS`]).

mod capital;
mod projects;

pub use capital::CAPITAL;
pub use projects::PROJECTS;
