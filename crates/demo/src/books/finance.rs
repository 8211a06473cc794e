//! The books of finance: platform companies, bonds and borrowings, funds, the project list, PPP, approvals, investment, payments (F1–F7).

mod approvals;
mod debt;
mod funds;
mod parties;
mod payments;
mod platforms;
mod ppp;
mod ppp_list;
mod returns;
mod works;

use ::finance::{
    investment_return::{InvestorOwnership, StatisticalFrame},
    project::ProjectSector,
};
use jiff::civil::Date;
use kernel::money::{FEN_PER_WAN_YUAN, Fen};

pub(super) use works::estates_listed;

use super::Books;
use crate::DemoError;

/// A project that is being built, as the other books of finance know it.
pub(super) struct Work {
    project: String,
    name: String,
    unit: String,
    sector: ProjectSector,
    budget: Fen,
    owner: Option<String>,
    ownership: InvestorOwnership,
    frame: StatisticalFrame,
    /// From when until when money is spent on it.
    started_on: Date,
    completed_on: Option<Date>,
}

/// So many 万元.
const fn wan(wan: i64) -> Fen {
    Fen(wan * FEN_PER_WAN_YUAN)
}

/// A part of an amount in so many thousandths, whole 万元.
const fn part(amount: Fen, permille: i64) -> Fen {
    Fen(amount.0 / 1_000 * permille / FEN_PER_WAN_YUAN * FEN_PER_WAN_YUAN)
}

pub(super) fn enter(books: &mut Books<'_>) -> Result<(), DemoError> {
    let parties = parties::enter(books);
    let groups = platforms::enter(books, &parties);
    let mut works = works::enter(books, &groups);
    let ppp = ppp::enter(books, &mut works);
    let debts = debt::enter(books, &parties, &groups, &works);
    funds::enter(books, &parties, &groups, &works);
    approvals::enter(books, &parties, &groups, &works);
    returns::enter(books, &works)?;
    payments::enter(books, &works, &ppp, &debts)
}
