//! F5: financing approved: 137.79 亿元 in the first half of 2016, 610.99 % more than the 19.38 亿元 of a year before.

use std::collections::BTreeMap;

use ::finance::{
    financing_approval::FinancingApproval,
    investment_return::{InvestorOwnership, StatisticalFrame},
    project::SourceKind,
};
use jiff::civil::{Date, date};
use kernel::money::{FEN_PER_WAN_YUAN, Fen};

use super::{Books, Work, part, parties::Parties, wan};

/// Half-years: days, 万元, approvals.
const HALVES: [(Date, Date, i64, usize); 5] = [
    (date(2014, 1, 6), date(2014, 6, 27), 112_460, 6),
    (date(2014, 7, 1), date(2014, 12, 26), 148_920, 9),
    (date(2015, 1, 5), date(2015, 6, 26), 193_800, 14),
    (date(2015, 7, 1), date(2015, 12, 31), 637_250, 27),
    (date(2016, 1, 4), date(2016, 6, 30), 1_377_900, 58),
];

pub(super) fn enter(books: &mut Books<'_>, parties: &Parties, groups: &[String], works: &[Work]) {
    let mut number = 0;
    let mut promised = BTreeMap::new();
    for (first, last, total, count) in HALVES {
        for amount in books.drawn.money(wan(total), count) {
            number += 1;
            let approved_on = books.drawn.office_day(first..=last);
            approved(books, (parties, groups, works), &mut promised, number, (approved_on, amount));
        }
    }
    // A promise that the bank took back.
    let code = "凯融复〔2016〕900号".to_owned();
    books.enter(FinancingApproval {
        code: code.clone(),
        kind: SourceKind::Loan,
        provider: Some(parties.banks[5].clone()),
        borrower: Some(groups[1].clone()),
        project: None,
        approved_on: date(2016, 2, 18),
        amount: wan(36_000),
        received: None,
        unit: "finance_office".to_owned(),
    });
    books.retire::<FinancingApproval>(code);
}

fn approved(
    books: &mut Books<'_>,
    (parties, groups, works): (&Parties, &[String], &[Work]),
    promised: &mut BTreeMap<String, i64>,
    number: usize,
    (approved_on, amount): (Date, Fen),
) {
    let (kind, providers) = match number % 12 {
        0..=3 => (SourceKind::Loan, &parties.policy_banks),
        4..=7 => (SourceKind::Loan, &parties.banks),
        8 => (SourceKind::Fund, &parties.fund_managers),
        9 => (SourceKind::OtherFinancing, &parties.trusts),
        10 => (SourceKind::OtherFinancing, &parties.lessors),
        _ => (SourceKind::Bond, &parties.securities),
    };
    let provider = books.drawn.dice.one_of(providers).cloned();
    // Money is promised before building begins or while it goes on, and for less than the whole.
    let fitting: Vec<&Work> = works
        .iter()
        .filter(|work| work.frame == StatisticalFrame::Projects)
        .filter(|work| work.budget.0 / 10 * 7 > amount.0 + promised.get(&work.project).copied().unwrap_or(0))
        .filter(|work| work.completed_on.is_none_or(|on| on > approved_on))
        .filter(|work| kind == SourceKind::Loan || work.ownership == InvestorOwnership::State)
        .collect();
    let work = books.drawn.dice.one_of(&fitting).copied();
    if let Some(work) = work {
        *promised.entry(work.project.clone()).or_default() += amount.0;
    }
    let months = (2016 - i64::from(approved_on.year())) * 12 + 7 - i64::from(approved_on.month());
    let received = part(amount, (books.drawn.between(60, 240) + months * 45).min(1_000));
    let received = books.drawn.dice.permille(870).then_some(received);
    books.enter(FinancingApproval {
        code: format!("凯融复〔{}〕{number:03}号", approved_on.year()),
        kind,
        provider,
        borrower: Some(
            work.and_then(|work| work.owner.clone()).unwrap_or_else(|| groups[number % groups.len()].clone()),
        ),
        project: work.map(|work| work.project.clone()),
        approved_on,
        amount: Fen(amount.0 / FEN_PER_WAN_YUAN * FEN_PER_WAN_YUAN),
        received,
        unit: "finance_office".to_owned(),
    });
}
