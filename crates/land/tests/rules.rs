//! What a row may not say though each field by itself may: a changed sample and the faults that it has.

use ledger::Nouns;
use serde_json::{Value, json};

use crate::samples::{hectares, mu, person, samples};

/// The last sample of a register with these fields instead of its own.
fn changed(register: &str, change: &Value) -> Value {
    let (_, mut row) = samples().into_iter().rfind(|(name, _)| *name == register).unwrap();
    for (field, value) in change.as_object().unwrap() {
        row[field] = value.clone();
    }
    row
}

fn faults(register: &str, row: &Value) -> Vec<(String, &'static str)> {
    let nouns = land::nouns(Nouns::default());
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
    let mut cases = held();
    cases.extend(passed_on());
    cases.extend(rebuilt());
    cases
}

/// Who holds what.
fn held() -> Vec<Case> {
    let none = Value::Null;
    let member = |number| json!({"person": person(number), "relation": "child", "of_collective": true});
    vec![
        ("village_group", json!({"arable_area": mu(621)}), &[("arable_area", "part_above_whole")]),
        ("household", json!({"people": 3}), &[("people", "count_differs_from_table")]),
        ("household", json!({"people": 3, "members": []}), &[]),
        ("household", json!({"members": [member(2), member(2)]}), &[("members.1.person", "row_twice")]),
        ("household", json!({"contract_begins_on": none}), &[("contract_begins_on", "value_missing_here")]),
        (
            "household",
            json!({"contract_ends_on": "1997-12-31"}),
            &[("contract_ends_on", "dates_out_of_order")],
        ),
        ("parcel", json!({"measured_area": 0}), &[("measured_area", "area_missing")]),
        ("land_right", json!({"organisation": "town-company"}), &[("household", "one_party_only")]),
        ("land_right", json!({"household": none}), &[("household", "one_party_only")]),
        ("land_right", json!({"kind": "ownership"}), &[("kind", "right_of_other_holder")]),
        (
            "land_right",
            json!({"household": none, "organisation": "town-company"}),
            &[("kind", "right_of_other_holder")],
        ),
        ("land_right", json!({"household": none, "organisation": "town-company", "kind": "management"}), &[]),
        (
            "land_right",
            json!({"household": none, "village_group": "52260110020103", "kind": "ownership"}),
            &[],
        ),
        ("land_right", json!({"area": 0}), &[("area", "area_missing")]),
        ("land_right", json!({"share": 0}), &[("share", "number_range")]),
        ("land_right", json!({"share": 1_000_001}), &[("share", "number_range")]),
        ("land_right", json!({"ends_on": "1997-12-31"}), &[("ends_on", "dates_out_of_order")]),
        ("guide_price", json!({"grade_worst": 2}), &[("grade_worst", "grades_inverted")]),
        ("guide_price", json!({"ends_on": "2014-12-31"}), &[("ends_on", "dates_out_of_order")]),
        ("cooperative", json!({"members_share": 410_000}), &[("members_share", "shares_not_whole")]),
        ("cooperative", json!({"dissolved_on": "2014-06-17"}), &[("dissolved_on", "dates_out_of_order")]),
        ("cooperative_member", json!({"household": none}), &[("household", "one_party_only")]),
        (
            "cooperative_member",
            json!({"village_group": "52260110020103"}),
            &[("household", "one_party_only")],
        ),
        ("cooperative_member", json!({"land_area": 0}), &[("shares", "shares_for_nothing")]),
        ("cooperative_member", json!({"land_area": 0, "money": 100}), &[]),
        ("cooperative_member", json!({"left_on": "2014-06-17"}), &[("left_on", "dates_out_of_order")]),
        ("cooperative_account", json!({"members": 10_584_001}), &[("profit", "amount_differs_from_parts")]),
        ("cooperative_account", json!({"members": 10_584_001, "carried": -1}), &[]),
    ]
}

/// How it is passed on.
fn passed_on() -> Vec<Case> {
    let none = Value::Null;
    vec![
        ("transfer_contract", json!({"from_household": none}), &[("from_household", "one_party_only")]),
        ("transfer_contract", json!({"to_organisation": none}), &[("to_household", "one_party_only")]),
        (
            "transfer_contract",
            json!({"to_household": "522601100201030012"}),
            &[("to_household", "one_party_only")],
        ),
        ("transfer_contract", json!({"review": "pending"}), &[("review", "review_not_passed")]),
        ("transfer_contract", json!({"review": "failed"}), &[("review", "review_not_passed")]),
        ("transfer_contract", json!({"review": "pending", "filed_on": none}), &[]),
        (
            "transfer_contract",
            json!({"power_of_attorney": none}),
            &[("power_of_attorney", "value_missing_here")],
        ),
        ("transfer_contract", json!({"power_of_attorney": none, "by_agent": false}), &[]),
        ("transfer_contract", json!({"plots": []}), &[("plots", "value_missing_here")]),
        ("transfer_contract", json!({"area": mu(5)}), &[("area", "area_differs_from_table")]),
        (
            "transfer_contract",
            json!({"plots": [{"right": "R-0012-1", "area": mu(4)}, {"right": "R-0012-1", "area": 0}]}),
            &[("plots.1.right", "row_twice"), ("plots.1.area", "area_missing")],
        ),
        ("transfer_contract", json!({"ends_on": "2015-03-14"}), &[("ends_on", "dates_out_of_order")]),
        ("transfer_contract", json!({"ended_early_on": "2025-03-15"}), &[("ends_on", "dates_out_of_order")]),
        ("transfer_contract", json!({"filed_on": "2015-03-01"}), &[("filed_on", "dates_out_of_order")]),
        ("transfer_level", json!({"taker": none}), &[("taker", "value_missing_here")]),
        ("transfer_level", json!({"level": "group"}), &[("village_group", "value_missing_here")]),
        ("transfer_level", json!({"level": "guide", "parts": []}), &[]),
        ("transfer_level", json!({"parts": []}), &[("parts", "value_missing_here")]),
        ("transfer_level", json!({"rent": 86_001}), &[("rent", "rent_not_split_whole")]),
        ("transfer_level", json!({"area": mu(3)}), &[("area", "area_differs_from_table")]),
        ("transfer_level", json!({"ends_on": "2015-03-31"}), &[("ends_on", "dates_out_of_order")]),
        (
            "transfer_level",
            json!({"parts": [{"level": "XS-1-investor", "contract": "XS-2015-0031", "area": mu(4)}]}),
            &[("parts.0.level", "one_source_only"), ("parts.0.level", "refers_to_itself")],
        ),
        (
            "transfer_level",
            json!({"parts": [{"level": "XS-1-group", "area": mu(1)}, {"level": "XS-1-group", "area": mu(3)}]}),
            &[("parts.1.level", "row_twice")],
        ),
        ("rent_payment", json!({"paid": 320_001}), &[("paid", "part_above_whole")]),
        (
            "rent_payment",
            json!({"paid_on": none, "receipt": none}),
            &[("paid_on", "value_missing_here"), ("receipt", "value_missing_here")],
        ),
        ("rent_payment", json!({"paid_on": none, "receipt": none, "paid": 0}), &[]),
        (
            "lease_back",
            json!({"organisation": "mountain-farms"}),
            &[("household", "one_party_only"), ("organisation", "refers_to_itself")],
        ),
        ("lease_back", json!({"organisation": "small-farm", "household": none}), &[]),
        ("lease_back", json!({"area": 0}), &[("area", "area_missing")]),
        ("lease_back", json!({"ends_on": "2015-04-30"}), &[("ends_on", "dates_out_of_order")]),
        ("purchase_agreement", json!({"household": none}), &[("household", "one_party_only")]),
        (
            "purchase_agreement",
            json!({"household": none, "organisation": "mountain-farms"}),
            &[("organisation", "refers_to_itself")],
        ),
        ("purchase_agreement", json!({"delivered": 1_251}), &[("delivered", "quantity_differs_from_table")]),
        ("purchase_agreement", json!({"paid": 2_100_001}), &[("paid", "amount_differs_from_table")]),
        ("purchase_agreement", json!({"deliveries": [], "delivered": 0, "paid": 0}), &[]),
        (
            "purchase_agreement",
            json!({"ends_on": "2016-06-23"}),
            &[("deliveries.1.delivered_on", "outside_term")],
        ),
        (
            "purchase_agreement",
            json!({"floor_price": 1_600_001}),
            &[("deliveries.1.amount", "below_floor_price")],
        ),
        (
            "purchase_agreement",
            json!({"begins_on": "2017-01-01"}),
            &[
                ("ends_on", "dates_out_of_order"),
                ("deliveries.0.delivered_on", "outside_term"),
                ("deliveries.1.delivered_on", "outside_term"),
            ],
        ),
    ]
}

/// What is built on it.
fn rebuilt() -> Vec<Case> {
    let none = Value::Null;
    let used = json!({
        "source": "turnover", "target": "building", "settles": none, "accepted_on": none, "due_on": "2019-04-11",
    });
    let used_with = |field: &str, value: Value| {
        let mut change = used.clone();
        change[field] = value;
        change
    };
    vec![
        ("quota_movement", used.clone(), &[]),
        ("quota_movement", used_with("due_on", none.clone()), &[("due_on", "value_missing_here")]),
        ("quota_movement", used_with("due_on", json!("2019-04-12")), &[("due_on", "quota_return_too_late")]),
        ("quota_movement", used_with("due_on", json!("2016-04-10")), &[("due_on", "dates_out_of_order")]),
        ("quota_movement", json!({"target": "reclaimed"}), &[("target", "account_to_itself")]),
        (
            "quota_movement",
            json!({"area": 0}),
            &[("area", "area_missing"), ("paddy_area", "part_above_whole")],
        ),
        ("quota_movement", json!({"paddy_area": hectares(8)}), &[("paddy_area", "part_above_whole")]),
        ("quota_movement", json!({"settles": none}), &[("settles", "value_missing_here")]),
        ("quota_movement", json!({"settles": "2016-003"}), &[("settles", "refers_to_itself")]),
        ("quota_movement", json!({"accepted_on": none}), &[("accepted_on", "value_missing_here")]),
        (
            "quota_movement",
            json!({"source": "surplus", "target": "traded"}),
            &[("price", "value_missing_here")],
        ),
        ("quota_movement", json!({"source": "surplus", "target": "traded", "price": 1}), &[]),
        ("redevelopment", json!({"kind": "shanty"}), &[("village_kind", "only_of_urban_villages")]),
        ("redevelopment", json!({"village_kind": none}), &[("village_kind", "only_of_urban_villages")]),
        (
            "redevelopment",
            json!({"stage": "approved", "approved_on": none}),
            &[("approved_on", "value_missing_here")],
        ),
        ("redevelopment", json!({"started_on": none}), &[("started_on", "value_missing_here")]),
        ("redevelopment", json!({"stage": "completed"}), &[("completed_on", "value_missing_here")]),
        (
            "redevelopment",
            json!({"completed_on": "2016-01-01"}),
            &[("completed_on", "stage_differs_from_dates")],
        ),
        ("redevelopment", json!({"land_area": 0}), &[("land_area", "area_missing")]),
        ("redevelopment", json!({"started_on": "2015-02-09"}), &[("started_on", "dates_out_of_order")]),
        ("household_agreement", json!({"floor_area": 1}), &[("registered_area", "part_above_whole")]),
        (
            "household_agreement",
            json!({"resettlement_area": none}),
            &[("resettlement_area", "value_missing_here")],
        ),
        ("household_agreement", json!({"way": "money"}), &[("resettlement_area", "only_of_exchange")]),
        ("household_agreement", json!({"way": "money", "resettlement_area": none}), &[]),
        ("household_agreement", json!({"amount": 21_340_001}), &[("amount", "amount_differs_from_table")]),
        ("household_agreement", json!({"amount": 21_340_001, "items": []}), &[]),
        ("household_agreement", json!({"moved_out_on": none}), &[("moved_out_on", "value_missing_here")]),
        ("household_agreement", json!({"resettled_in": none}), &[("resettled_in", "value_missing_here")]),
        (
            "household_agreement",
            json!({"demolished_on": "2015-08-31"}),
            &[("demolished_on", "dates_out_of_order")],
        ),
        ("household_agreement", json!({"paid_on": "2015-08-11"}), &[("paid_on", "dates_out_of_order")]),
        (
            "household_agreement",
            json!({"resettled_on": "2015-08-11"}),
            &[("resettled_on", "dates_out_of_order")],
        ),
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
