//! F2 and F3: bonds (34 亿元 approved in all; those for car parks raised 11 亿元, S7), other borrowings, guarantees and what is pledged.

mod bonds;
mod borrowed;
mod guarantees;

use ::finance::schedule::Due;
use jiff::{ToSpan, civil::Date};
use kernel::{
    money::{FEN_PER_WAN_YUAN, Fen},
    rate::{MILLIONTHS, Rate},
};

use super::{Books, Work, parties::Parties};

/// A debt as payments know it.
pub(super) struct Debt {
    pub(super) code: String,
    pub(super) is_bond: bool,
    pub(super) debtor: String,
    pub(super) creditor: Option<String>,
    pub(super) schedule: Vec<Due>,
}

/// Enters debts, guarantees and assets; gives the debts that have a schedule.
pub(super) fn enter(
    books: &mut Books<'_>,
    parties: &Parties,
    groups: &[String],
    works: &[Work],
) -> Vec<Debt> {
    let behind_bonds = guarantees::enter(books, parties, groups, works);
    let mut debts = bonds::enter(books, parties, groups, works, &behind_bonds);
    borrowed::enter(books, parties, groups, works, &mut debts);
    debts
}

/// Interest every year, the debt itself in even parts after some years in which nothing is repaid; the last part is what is left.
fn schedule(owed: Fen, rate: Rate, from: Date, years: i64, free: i64) -> Vec<Due> {
    let each = owed.0 / (years - free).max(1) / FEN_PER_WAN_YUAN * FEN_PER_WAN_YUAN;
    let mut left = owed.0;
    let mut due = Vec::new();
    for year in 1..=years {
        let interest = i128::from(left) * i128::from(rate.0) / i128::from(MILLIONTHS);
        let principal = match year {
            _ if year == years => left,
            _ if year > free => each,
            _ => 0,
        };
        left -= principal;
        due.push(Due {
            due_on: from.checked_add(year.years()).unwrap_or(from),
            principal: Fen(principal),
            interest: Fen(i64::try_from(interest).unwrap_or(0)),
        });
    }
    due
}

/// The key of the project whose name contains a text.
fn project_of(works: &[Work], text: &str) -> Option<String> {
    works.iter().find(|work| work.name.contains(text)).map(|work| work.project.clone())
}
