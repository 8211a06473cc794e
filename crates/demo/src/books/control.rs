//! The books of the control room: traffic (G6), energy of public buildings (G4).

mod energy;
mod traffic;

use super::Books;

pub(super) fn enter(books: &mut Books<'_>) {
    traffic::enter(books);
    energy::enter(books);
}
