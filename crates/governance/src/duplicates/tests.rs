//! The score's vectors and properties, and finding on both engines.

mod finding;
mod scoring;
mod wording;
