//! A figure is a question asked of rows. Parts declare theirs as data ([`Figure`]); here they are evaluated, opened to the rows that they
//! counted, compared with other periods, and given a certificate. No part of the city is known by name here.
//!
//! # Glossary
//! * **figure**: a number with a stable code, a title, a unit and a formula in words ([`Figure`]).
//! * **rows**: which records a figure counts: of one noun, within the period, under filters ([`Rows`]).
//! * **total**: how many rows, or the sum of one of their columns ([`Total`]).
//! * **measure**: what a figure is made of: one total, the ratio of two, or the growth of one ([`Measure`]).
//! * **part**, **whole**: numerator and denominator of a ratio ([`Side`]).
//! * **scope**: the city, or a street, unit or cell of it ([`Scope`]).
//! * **certificate**: by which version of which formula, as of which entry, over which rows ([`Certificate`]).

mod ask;
mod certificate;
pub mod declare;
mod error;
mod evaluate;
mod figure;
mod opened;
pub mod report;
mod written;

pub use ask::{Ask, Scope};
pub use certificate::Certificate;
pub use error::FigureError;
pub use evaluate::{Evaluated, evaluate, evaluate_as_of};
pub use figure::{Figure, Filter, Measure, Rows, ScopedBy, Total, Unit, When, find};
pub use opened::{Opened, OpenedRow, Place, Side, open};
pub use written::{Written, written};
