//! The books of finance agree with one another: what two registers say of the same thing is the same.

use std::collections::BTreeMap;

use db::Tx;
use finance::{
    balance_statement::{BalanceStatement, StatementScope},
    financing_approval::FinancingApproval,
    fund::{Fund, FundPhase},
    fund_call::FundCall,
    fund_commitment::FundCommitment,
    fund_investment::FundInvestment,
    investment_return::InvestmentReturn,
    payment::Payment,
    ppp_contract::PppContract,
    project::Project,
    restructuring::Restructuring,
};
use kernel::{code::CityCode, time::Moment};
use ledger::register::{Register, all};

type Sums = BTreeMap<String, i64>;

fn rows<R: Register>(tx: &mut Tx<'_>, city: CityCode) -> Vec<R> {
    let at = Moment::parse_iso("2016-06-30T23:00:00+08:00").unwrap();
    all::<R>(tx, city, at).unwrap()
}

/// Sums by key.
fn sums(parts: impl IntoIterator<Item = (Option<String>, i64)>) -> Sums {
    let mut sums = Sums::new();
    for (key, amount) in parts {
        if let Some(key) = key {
            *sums.entry(key).or_default() += amount;
        }
    }
    sums
}

fn stay_within(what: &str, spent: &Sums, limits: &Sums) {
    assert!(spent.len() > 5, "{what}");
    for (key, spent) in spent {
        assert!(*spent > 0 && *spent <= limits[key], "{what} of {key}: {spent} of {}", limits[key]);
    }
}

pub(super) fn finance(tx: &mut Tx<'_>, city: CityCode) {
    projects(tx, city);
    funds(tx, city);
    let statements = rows::<BalanceStatement>(tx, city);
    for restructuring in rows::<Restructuring>(tx, city) {
        let at_closing = statements.iter().find(|statement| {
            statement.scope == StatementScope::Consolidated
                && statement.organisation == restructuring.result
                && statement.as_of == restructuring.closed_on
        });
        let after = (restructuring.assets_after, restructuring.liabilities_after);
        assert_eq!(
            at_closing.map(|statement| (statement.total_assets, statement.total_liabilities)),
            Some(after),
            "{}",
            restructuring.code
        );
    }
}

fn projects(tx: &mut Tx<'_>, city: CityCode) {
    let budgets = sums(rows::<Project>(tx, city).into_iter().map(|row| (Some(row.code), row.budget.0)));
    for ppp in rows::<PppContract>(tx, city) {
        assert_eq!(budgets[&ppp.project], ppp.investment.0, "{}", ppp.code);
    }
    let invested = rows::<InvestmentReturn>(tx, city).into_iter();
    stay_within("invested", &sums(invested.map(|row| (Some(row.project), row.amount.0))), &budgets);
    let approved = rows::<FinancingApproval>(tx, city).into_iter();
    stay_within("approved", &sums(approved.map(|row| (row.project, row.amount.0))), &budgets);
    let from_funds = rows::<FundInvestment>(tx, city).into_iter();
    stay_within("funds", &sums(from_funds.map(|row| (row.project, row.amount.0))), &budgets);
    let paid = rows::<Payment>(tx, city).into_iter();
    stay_within("paid", &sums(paid.map(|row| (row.project, row.amount.0))), &budgets);
}

fn funds(tx: &mut Tx<'_>, city: CityCode) {
    let commitments = rows::<FundCommitment>(tx, city);
    let committed = sums(commitments.iter().map(|row| (Some(row.fund.clone()), row.amount.0)));
    for fund in rows::<Fund>(tx, city) {
        let is_found = committed[&fund.code] == fund.size.0;
        assert_eq!(is_found, fund.phase != FundPhase::Raising, "{}", fund.code);
    }
    let key = |fund: &str, partner: &str| Some(format!("{fund}/{partner}"));
    let calls = rows::<FundCall>(tx, city);
    let called = sums(calls.iter().flat_map(|call| {
        let paid = call.parts.iter().filter(|part| part.paid_on.is_some());
        paid.map(|part| (key(&call.fund, &part.partner), part.amount.0))
    }));
    let paid_in = commitments.iter().filter(|row| row.paid_in.0 > 0);
    assert_eq!(sums(paid_in.map(|row| (key(&row.fund, &row.partner), row.paid_in.0))), called);
    let paid_in = sums(commitments.iter().map(|row| (Some(row.fund.clone()), row.paid_in.0)));
    let invested = rows::<FundInvestment>(tx, city).into_iter();
    stay_within("invested", &sums(invested.map(|row| (Some(row.fund), row.amount.0))), &paid_in);
}
