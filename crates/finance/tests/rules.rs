//! What a row may not say though each field by itself may: a changed sample and the faults that it has.

use kernel::money::FEN_PER_WAN_YUAN as WAN;
use ledger::Nouns;
use serde_json::{Value, json};

use crate::samples::samples;

/// The last sample of a register with these fields instead of its own.
fn changed(register: &str, change: &Value) -> Value {
    let (_, mut row) = samples().into_iter().rfind(|(name, _)| *name == register).unwrap();
    for (field, value) in change.as_object().unwrap() {
        row[field] = value.clone();
    }
    row
}

fn faults(register: &str, row: &Value) -> Vec<(String, &'static str)> {
    let nouns = finance::nouns(Nouns::default());
    let kept = nouns.registers().iter().find(|kept| kept.description().name == register).unwrap();
    kept.faults(row).into_iter().map(|fault| (fault.field.into_owned(), fault.code)).collect()
}

#[test]
fn the_samples_are_right() {
    for (name, row) in samples() {
        assert_eq!(faults(name, &row), [], "{name}");
    }
}

/// Register, change, the faults it makes.
type Case = (&'static str, Value, &'static [(&'static str, &'static str)]);

fn cases() -> Vec<Case> {
    [of_named(), of_companies(), of_money(), of_projects()].concat()
}

fn of_named() -> Vec<Case> {
    let none = Value::Null;
    vec![
        ("organisation", json!({"code": "91350100M000100Y44"}), &[("code", "credit_code_malformed")]),
        ("organisation", json!({"code": "own"}), &[]),
        ("organisation", json!({"parent": "91350100M000100Y43"}), &[("parent", "refers_to_itself")]),
        ("organisation", json!({"ended_on": "2009-04-30"}), &[("ended_on", "dates_out_of_order")]),
        ("project", json!({"oc4ids_id": "bu3kcz-1"}), &[("oc4ids_id", "oc4ids_id_malformed")]),
        ("project", json!({"parent": "2016-522601-46-01-000001"}), &[("parent", "refers_to_itself")]),
        ("project", json!({"budget": 12_001 * WAN}), &[("capital", "parts_differ_from_whole")]),
        ("project", json!({"budget": 12_001 * WAN, "capital": []}), &[]),
        (
            "project",
            json!({"capital": [{"year": 2016, "planned": 5_000 * WAN}, {"year": 2016, "planned": 7_000 * WAN}]}),
            &[("capital", "row_twice")],
        ),
        (
            "project",
            json!({"sources": [{"kind": "loan", "amount": 12_001 * WAN}]}),
            &[("sources", "part_above_whole")],
        ),
        ("project", json!({"sources": [{"kind": "loan", "amount": 12_000 * WAN}]}), &[]),
        ("project", json!({"status": "preparation"}), &[("started_on", "stage_differs_from_dates")]),
        ("project", json!({"status": "preparation", "started_on": none}), &[]),
        ("project", json!({"status": "maintenance"}), &[("completed_on", "value_missing_here")]),
        ("project", json!({"status": "maintenance", "completed_on": "2017-11-30"}), &[]),
        ("project", json!({"status": "cancelled"}), &[]),
        ("project", json!({"completed_on": "2016-02-29"}), &[("completed_on", "dates_out_of_order")]),
        ("project", json!({"due_on": "2016-02-29"}), &[("due_on", "dates_out_of_order")]),
        ("project", json!({"halted_for": "funds"}), &[("halted_on", "value_missing_here")]),
        ("project", json!({"halted_on": "2016-05-01"}), &[("halted_for", "value_missing_here")]),
        ("project", json!({"halted_for": "land", "halted_on": "2016-05-01"}), &[]),
        (
            "project",
            json!({"halted_for": "land", "halted_on": "2016-02-01"}),
            &[("halted_on", "dates_out_of_order")],
        ),
    ]
}

fn of_companies() -> Vec<Case> {
    let none = Value::Null;
    let company = |name: &str, assets: i64| json!({"company": name, "method": "absorption", "assets": assets * WAN, "liabilities": 0});
    vec![
        ("balance_statement", json!({"net_assets": 999_999 * WAN}), &[("net_assets", "balance_differs")]),
        (
            "balance_statement",
            json!({"total_liabilities": 1_600_000 * WAN, "net_assets": -100_000 * WAN}),
            &[],
        ),
        ("balance_statement", json!({"debt": 500_001 * WAN}), &[("debt", "part_above_whole")]),
        ("rating", json!({"agency": "kaiyuan"}), &[("agency", "parties_same")]),
        ("rating", json!({"valid_until": "2015-08-09"}), &[("valid_until", "dates_out_of_order")]),
        ("restructuring", json!({"assets_after": 1_100_000 * WAN}), &[("assets_after", "total_not_kept")]),
        (
            "restructuring",
            json!({"liabilities_after": 380_000 * WAN}),
            &[("liabilities_after", "total_not_kept")],
        ),
        (
            "restructuring",
            json!({"set_off": none, "assets_after": 1_100_000 * WAN, "liabilities_after": 380_000 * WAN}),
            &[],
        ),
        (
            "restructuring",
            json!({"merged": [], "set_off": 0, "assets_after": 0, "liabilities_after": 0}),
            &[("merged", "value_missing_here")],
        ),
        (
            "restructuring",
            json!({"merged": [company("a", 1), company("a", 2)], "set_off": 0, "assets_after": 3 * WAN, "liabilities_after": 0}),
            &[("merged", "row_twice")],
        ),
        ("restructuring", json!({"decided_on": "2015-07-01"}), &[("closed_on", "dates_out_of_order")]),
        ("guarantee", json!({"debtor": "guarantor"}), &[("debtor", "parties_same")]),
        ("guarantee", json!({"creditor": "kaiyuan"}), &[("creditor", "parties_same")]),
        ("guarantee", json!({"creditor": none}), &[]),
        ("guarantee", json!({"paid": 5_001 * WAN}), &[("paid", "part_above_whole")]),
        ("guarantee", json!({"ends_on": "2015-12-31"}), &[("ends_on", "dates_out_of_order")]),
        ("guarantee", json!({"released_on": "2015-12-31"}), &[("released_on", "dates_out_of_order")]),
        (
            "asset",
            json!({"public_welfare": true}),
            &[("injected_on", "asset_serves_public"), ("pledged_for", "asset_serves_public")],
        ),
        ("asset", json!({"public_welfare": true, "injected_on": none, "pledged_for": none}), &[]),
        ("asset", json!({"valued_on": none}), &[("valued_on", "value_missing_here")]),
        ("asset", json!({"disposed_on": "2015-06-29"}), &[("disposed_on", "dates_out_of_order")]),
    ]
}

fn of_money() -> Vec<Case> {
    let none = Value::Null;
    let due = |day: &str, principal: i64| json!({"due_on": day, "principal": principal * WAN, "interest": 0});
    vec![
        ("bond", json!({"approved_on": none}), &[("approved_on", "value_missing_here")]),
        ("bond", json!({"approved": none}), &[("approved", "value_missing_here")]),
        ("bond", json!({"issued_on": none}), &[("issued_on", "value_missing_here")]),
        ("bond", json!({"raised": none, "schedule": []}), &[("raised", "value_missing_here")]),
        ("bond", json!({"raised": none, "schedule": [], "issued_on": none, "proceeds": []}), &[]),
        ("bond", json!({"approved": 99_999 * WAN}), &[("raised", "bond_over_approval")]),
        (
            "bond",
            json!({"proceeds": [{"project": "a", "amount": 100_001 * WAN}]}),
            &[("proceeds", "part_above_whole")],
        ),
        (
            "bond",
            json!({"proceeds": [{"project": "a", "amount": 1}, {"project": "a", "amount": 2}]}),
            &[("proceeds", "row_twice")],
        ),
        ("bond", json!({"issued_on": "2015-12-19"}), &[("issued_on", "dates_out_of_order")]),
        ("bond", json!({"matures_on": "2016-03-14"}), &[("matures_on", "dates_out_of_order")]),
        (
            "bond",
            json!({"schedule": [due("2017-03-15", 99_999)]}),
            &[("schedule", "schedule_differs_from_debt")],
        ),
        (
            "bond",
            json!({"schedule": [due("2018-03-15", 50_000), due("2017-03-15", 50_000)]}),
            &[("schedule.1.due_on", "dates_out_of_order")],
        ),
        (
            "bond",
            json!({"schedule": [due("2016-03-15", 100_000)]}),
            &[("schedule.0.due_on", "dates_out_of_order")],
        ),
        ("financing", json!({"lender": "tourism-co"}), &[("lender", "parties_same")]),
        ("financing", json!({"drawn": 8_001 * WAN}), &[("drawn", "part_above_whole")]),
        ("financing", json!({"guarantee": none}), &[("guarantee", "value_missing_here")]),
        ("financing", json!({"guarantee": none, "security": "credit"}), &[]),
        ("financing", json!({"sector": none}), &[("sector", "value_missing_here")]),
        ("financing", json!({"sector": none, "kind": "trust"}), &[]),
        ("financing", json!({"matures_on": "2016-01-31"}), &[("matures_on", "dates_out_of_order")]),
        ("financing", json!({"repaid_on": "2016-01-31"}), &[("repaid_on", "dates_out_of_order")]),
        ("financing", json!({"amount": 9_000 * WAN}), &[("schedule", "schedule_differs_from_debt")]),
        ("fund", json!({"government_part": 400_001 * WAN}), &[("government_part", "part_above_whole")]),
        ("fund", json!({"invests_until": "2015-08-31"}), &[("invests_until", "dates_out_of_order")]),
        ("fund", json!({"ends_on": "2018-08-30"}), &[("ends_on", "dates_out_of_order")]),
        ("fund_commitment", json!({"paid_in": 80_001 * WAN}), &[("paid_in", "part_above_whole")]),
        ("fund_commitment", json!({"buy_back": true}), &[("buy_back", "buy_back_of_public_money")]),
        ("fund_commitment", json!({"buy_back": true, "public_money": false}), &[]),
        ("fund_call", json!({"amount": 50_001 * WAN}), &[("parts", "parts_differ_from_whole")]),
        ("fund_call", json!({"parts": []}), &[("parts", "parts_differ_from_whole")]),
        (
            "fund_call",
            json!({"amount": 3, "parts": [{"partner": "a", "amount": 1}, {"partner": "a", "amount": 2}]}),
            &[("parts", "row_twice")],
        ),
        ("fund_call", json!({"due_on": "2015-09-30"}), &[("due_on", "dates_out_of_order")]),
        ("fund_investment", json!({"returned": none}), &[("returned", "value_missing_here")]),
        ("fund_investment", json!({"exited_on": "2015-11-30"}), &[("exited_on", "dates_out_of_order")]),
        ("financing_approval", json!({"received": 30_001 * WAN}), &[("received", "part_above_whole")]),
        ("financing_approval", json!({"project": none}), &[]),
        (
            "financing_approval",
            json!({"project": none, "borrower": none}),
            &[("project", "approval_for_nobody")],
        ),
        ("financing_approval", json!({"amount": 0, "received": 0}), &[("amount", "number_range")]),
    ]
}

fn of_projects() -> Vec<Case> {
    let none = Value::Null;
    vec![
        ("fiscal_budget", json!({"year": "2016-H1"}), &[("year", "period_not_a_year")]),
        ("fiscal_budget", json!({"debt": 500_001 * WAN}), &[("debt", "debt_above_limit")]),
        (
            "ppp_contract",
            json!({"private_capital": 12_001 * WAN}),
            &[("private_capital", "part_above_whole")],
        ),
        (
            "ppp_contract",
            json!({"signed_on": none, "procurement": none, "partner": none}),
            &[("signed_on", "value_missing_here"), ("procurement", "value_missing_here")],
        ),
        (
            "ppp_contract",
            json!({"signed_on": none, "procurement": none, "partner": none, "phase": "procurement"}),
            &[],
        ),
        ("ppp_contract", json!({"partner": none}), &[("partner", "value_missing_here")]),
        ("ppp_contract", json!({"phase": "transfer", "ends_on": none}), &[("ends_on", "value_missing_here")]),
        ("ppp_contract", json!({"partner_share": 800_001}), &[("partner_share", "shares_above_whole")]),
        ("ppp_contract", json!({"ppp_value": 15_001 * WAN}), &[("ppp_value", "ppp_above_comparator")]),
        ("ppp_contract", json!({"ppp_value": 15_001 * WAN, "phase": "identification"}), &[]),
        ("ppp_contract", json!({"regime": "new_mechanism"}), &[("return_mechanism", "ppp_users_must_pay")]),
        ("ppp_contract", json!({"regime": "new_mechanism", "return_mechanism": "user_pays"}), &[]),
        ("ppp_contract", json!({"runs_from": "2016-01-09"}), &[("runs_from", "dates_out_of_order")]),
        ("ppp_contract", json!({"ends_on": "2017-12-31"}), &[("ends_on", "dates_out_of_order")]),
        (
            "ppp_contract",
            json!({"risks": [{"name": "建设", "borne_by": "private"}, {"name": "建设", "borne_by": "shared"}]}),
            &[("risks", "row_twice")],
        ),
        (
            "ppp_contract",
            json!({"supplements": [{"from": "2016-06-01", "about": "一"}, {"from": "2016-05-01", "about": "二"}]}),
            &[("supplements.1.from", "dates_out_of_order")],
        ),
        ("ppp_spending", json!({"year": "2016-01"}), &[("year", "period_not_a_year")]),
        ("ppp_spending", json!({"equity": i64::MAX}), &[("equity", "number_range")]),
        ("investment_return", json!({"amount": 3_001 * WAN}), &[("amount", "parts_differ_from_whole")]),
        ("investment_return", json!({"amount": 3_001 * WAN, "other": none}), &[]),
        (
            "investment_return",
            json!({"amount": 2_899 * WAN, "other": none}),
            &[("amount", "parts_differ_from_whole")],
        ),
        ("payment", json!({"ppp_contract": none}), &[("project", "payment_not_of_one_contract")]),
        ("payment", json!({"bond": "1680001"}), &[("project", "payment_not_of_one_contract")]),
        ("payment", json!({"ppp_contract": none, "bond": "1680001"}), &[]),
        ("payment", json!({"payee": "kaiyuan"}), &[("payee", "parties_same")]),
        ("payment", json!({"paid_on": none, "due_on": none}), &[("due_on", "value_missing_here")]),
        ("payment", json!({"due_on": none}), &[]),
    ]
}

#[test]
fn what_a_row_may_not_say_is_named_with_its_field() {
    for (register, change, wrong) in cases() {
        let found = faults(register, &changed(register, &change));
        let wrong: Vec<(String, &str)> =
            wrong.iter().map(|(field, code)| ((*field).to_owned(), *code)).collect();
        assert_eq!(found, wrong, "{register} {change}");
    }
}

#[test]
fn every_fault_has_words_in_both_languages() {
    for words in [include_str!("../../server/locales/zh.json"), include_str!("../../server/locales/en.json")]
    {
        let words: Value = serde_json::from_str(words).unwrap();
        for code in cases().iter().flat_map(|(_, _, wrong)| wrong.iter().map(|(_, code)| *code)) {
            assert!(words[code].as_str().is_some_and(|text| !text.is_empty()), "{code}");
        }
    }
}
