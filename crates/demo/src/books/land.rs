//! The books of land: groups and households, transfers at four levels, co-operatives, quota, redevelopment, lease-back (L1–L5).

mod blocks;
mod cooperatives;
mod lease_backs;
mod levels;
mod prices;
mod quota;
mod redevelopments;
mod villages;

use super::{Books, planning::Parks};
use crate::DemoError;

pub(super) fn enter(books: &mut Books<'_>, parks: &Parks) -> Result<(), DemoError> {
    prices::enter(books);
    let blocks = blocks::enter(books)?;
    cooperatives::enter(books, &blocks)?;
    lease_backs::enter(books, &blocks, parks);
    quota::enter(books);
    redevelopments::enter(books);
    Ok(())
}
