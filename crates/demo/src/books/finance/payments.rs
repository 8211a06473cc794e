//! Payments: for works, on PPP contracts, of interest and debt.

use ::finance::{
    payment::{Payment, PaymentKind},
    ppp_contract::ReturnMechanism,
};
use jiff::civil::{Date, date};
use kernel::{money::Fen, period::Period};

use super::{Books, Work, debt::Debt, part, ppp::Signed};
use crate::{DemoError, books::shared::later};

/// The day for which the books are made.
const TODAY: Date = date(2016, 6, 30);
/// The first day for which payments are on record.
const SINCE: Date = date(2015, 1, 1);

pub(super) fn enter(
    books: &mut Books<'_>,
    works: &[Work],
    signed: &[Signed],
    debts: &[Debt],
) -> Result<(), DemoError> {
    let mut number = 0;
    let mut empty = |books: &mut Books<'_>, kind, amount, (due_on, is_paid): (Date, bool)| {
        number += 1;
        let paid_on = books.drawn.office_day(due_on..=later(due_on, 20)).min(date(2016, 6, 29)).max(due_on);
        Payment {
            code: format!("PZ-{}-{number:05}", due_on.year()),
            kind,
            payer: None,
            payee: None,
            amount,
            period: None,
            due_on: Some(due_on),
            paid_on: is_paid.then_some(paid_on),
            unit: "finance".to_owned(),
            project: None,
            ppp_contract: None,
            bond: None,
            financing: None,
            concession: None,
            energy_contract: None,
            instalment_contract: None,
            service_purchase: None,
        }
    };
    for debt in debts {
        for due in debt.schedule.iter().filter(|due| due.due_on >= SINCE && due.due_on.year() <= 2017) {
            let parts = [(PaymentKind::Interest, due.interest), (PaymentKind::Principal, due.principal)];
            for (kind, amount) in parts.into_iter().filter(|(_, amount)| amount.0 > 0) {
                let row = empty(books, kind, amount, (due.due_on, due.due_on <= TODAY));
                let code = Some(debt.code.clone());
                let (bond, financing) = if debt.is_bond { (code, None) } else { (None, code) };
                books.enter(Payment {
                    payer: Some(debt.debtor.clone()),
                    payee: debt.creditor.clone(),
                    bond,
                    financing,
                    ..row
                });
            }
        }
    }
    for signed in signed.iter().filter(|signed| signed.signed_on < date(2015, 12, 1)) {
        if signed.mechanism == ReturnMechanism::UserPays {
            continue;
        }
        let due_on = books.drawn.office_day(date(2016, 2, 15)..=date(2016, 6, 20));
        let amount = part(signed.investment, books.drawn.between(3, 9));
        let is_paid = books.drawn.dice.permille(900);
        let kind = match signed.mechanism {
            ReturnMechanism::GovernmentPays => PaymentKind::Availability,
            _ => PaymentKind::Subsidy,
        };
        let row = empty(books, kind, amount, (due_on, is_paid));
        let period: Period = "2016-Q1".parse().map_err(|_| DemoError::data("payments", "no period"))?;
        books.enter(Payment {
            payee: Some(signed.company.clone()),
            period: Some(period),
            unit: signed.unit.clone(),
            ppp_contract: Some(signed.code.clone()),
            ..row
        });
    }
    for work in works.iter().filter(|work| work.owner.is_some()) {
        let from = work.started_on.max(SINCE);
        if from > date(2016, 5, 31) {
            continue;
        }
        for _ in 0..1 + books.drawn.dice.below(3) {
            let due_on = books.drawn.office_day(from..=date(2016, 6, 10));
            let amount = part(work.budget, books.drawn.between(8, 60));
            let is_paid = books.drawn.dice.permille(940);
            let row = empty(books, PaymentKind::Works, Fen(amount.0.max(1_000_000)), (due_on, is_paid));
            books.enter(Payment {
                payer: work.owner.clone(),
                unit: work.unit.clone(),
                project: Some(work.project.clone()),
                ..row
            });
        }
    }
    Ok(())
}
