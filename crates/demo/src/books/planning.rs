//! The books of planning: plans, zones, scenic areas, titles, parks, towns, statistics (P1–P5).

mod citywide;
mod firms;
mod jobs;
mod parks;
mod plans;
mod scenery;
mod statistics;
mod titles;
mod towns;
mod zones;

use super::Books;
use crate::DemoError;

pub(super) use parks::Parks;

pub(super) fn enter(books: &mut Books<'_>) -> Result<Parks, DemoError> {
    let plans = plans::enter(books);
    zones::enter(books, &plans);
    scenery::enter(books);
    titles::enter(books);
    let parks = parks::enter(books);
    let firms = firms::enter(books, &parks)?;
    jobs::enter(books, &parks, &firms)?;
    towns::enter(books, &plans);
    statistics::enter(books)?;
    Ok(parks)
}
