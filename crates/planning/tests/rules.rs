//! What a row may not say though each field by itself may: a changed sample and the faults that it has.

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
    let nouns = planning::nouns(Nouns::default());
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
    let none = Value::Null;
    vec![
        ("plan", json!({"first_year": 2021}), &[("last_year", "years_inverted")]),
        ("plan", json!({"approved_on": none}), &[("approved_on", "value_missing_here")]),
        ("plan", json!({"status": "drafting", "approved_on": none}), &[]),
        ("plan", json!({"status": "repealed"}), &[("ended_on", "value_missing_here")]),
        ("plan", json!({"ended_on": "2011-07-04"}), &[("ended_on", "dates_out_of_order")]),
        (
            "plan",
            json!({"editions": [
                {"number": "1", "approved_on": "2016-01-02"}, {"number": "2", "approved_on": "2016-01-01"},
            ]}),
            &[("editions.1.approved_on", "dates_out_of_order")],
        ),
        ("plan_adjustment", json!({"against": none}), &[("against", "value_missing_here")]),
        ("plan_adjustment", json!({"against": none, "reason": "project"}), &[]),
        ("plan_adjustment", json!({"against": "land-2006"}), &[("against", "refers_to_itself")]),
        ("plan_adjustment", json!({"decided_on": none}), &[("decided_on", "value_missing_here")]),
        ("plan_adjustment", json!({"agreed_on": "2016-02-02"}), &[("agreed_on", "dates_out_of_order")]),
        ("plan_adjustment", json!({"class_after": "一般农地区"}), &[("class_after", "nothing_changed")]),
        ("functional_line", json!({"kind": "living"}), &[("hard_line", "control_line_of_other_kind")]),
        (
            "functional_line",
            json!({"hard_line": "permanent_basic_farmland"}),
            &[("hard_line", "control_line_of_other_kind")],
        ),
        (
            "functional_line",
            json!({"hard_line": "urban_growth_boundary"}),
            &[("hard_line", "control_line_of_other_kind")],
        ),
        ("functional_line", json!({"hard_line": "urban_growth_boundary", "kind": "living"}), &[]),
        ("functional_line", json!({"ends_on": "2015-12-31"}), &[("ends_on", "dates_out_of_order")]),
        ("functional_line", json!({"area": 0}), &[("area", "area_missing")]),
        (
            "scenic_area",
            json!({"stage": "under_construction", "started_on": none}),
            &[("started_on", "value_missing_here"), ("opened_on", "stage_differs_from_dates")],
        ),
        ("scenic_area", json!({"opened_on": none}), &[("opened_on", "value_missing_here")]),
        ("scenic_area", json!({"rated_on": none}), &[("rated_on", "value_missing_here")]),
        ("scenic_area", json!({"rating": none}), &[("rating", "value_missing_here")]),
        ("scenic_area", json!({"rating": none, "rated_on": none}), &[]),
        ("scenic_area", json!({"opened_on": "2012-04-30"}), &[("opened_on", "dates_out_of_order")]),
        ("landmark", json!({"started_on": none}), &[("started_on", "value_missing_here")]),
        ("landmark", json!({"stage": "completed"}), &[("completed_on", "value_missing_here")]),
        ("landmark", json!({"completed_on": "2016-01-01"}), &[("completed_on", "stage_differs_from_dates")]),
        (
            "landmark",
            json!({"stage": "completed", "completed_on": "2015-03-08"}),
            &[("completed_on", "dates_out_of_order")],
        ),
        (
            "landmark",
            json!({"kind": "building"}),
            &[("length", "only_of_avenues"), ("course", "only_of_avenues")],
        ),
        ("title_campaign", json!({"applied_on": none}), &[("applied_on", "value_missing_here")]),
        ("title_campaign", json!({"stage": "inspected"}), &[("inspected_on", "value_missing_here")]),
        ("title_campaign", json!({"stage": "awarded"}), &[("awarded_on", "value_missing_here")]),
        (
            "title_campaign",
            json!({"awarded_on": "2017-01-01"}),
            &[("awarded_on", "stage_differs_from_dates")],
        ),
        ("title_campaign", json!({"applied_on": "2014-02-28"}), &[("applied_on", "dates_out_of_order")]),
        ("title_item", json!({"parent": "garden/3"}), &[("parent", "item_of_other_campaign")]),
        ("title_item", json!({"parent": "3"}), &[("parent", "item_of_other_campaign")]),
        ("title_item", json!({"parent": "sanitary/3.2"}), &[("parent", "refers_to_itself")]),
        (
            "title_item",
            json!({"required": none, "value_unit": none}),
            &[("required", "value_missing_here"), ("value_unit", "value_missing_here")],
        ),
        ("title_item", json!({"reached": 359_999}), &[("met", "met_differs_from_values")]),
        ("title_item", json!({"met": false}), &[("met", "met_differs_from_values")]),
        ("title_item", json!({"reached": none}), &[("met", "met_differs_from_values")]),
        ("title_item", json!({"measure": "at_most"}), &[("met", "met_differs_from_values")]),
        ("title_item", json!({"measure": "at_most", "reached": 360_000}), &[]),
        (
            "title_item",
            json!({"checked_on": none, "evidence": []}),
            &[("checked_on", "value_missing_here"), ("evidence", "value_missing_here")],
        ),
        ("park", json!({"built_area": 9_000_000_000_001_i64}), &[("built_area", "more_than_planned")]),
        ("park", json!({"kind": "cooperation_park"}), &[("partner", "value_missing_here")]),
        ("park", json!({"kind": "cooperation_park", "partner": "杭州市余杭区"}), &[]),
        ("park", json!({"closed_on": "2011-12-12"}), &[("closed_on", "dates_out_of_order")]),
        (
            "specialised_park",
            json!({"opened_on": none, "leading_firm": none}),
            &[("opened_on", "value_missing_here"), ("leading_firm", "value_missing_here")],
        ),
        ("specialised_park", json!({"stage": "planned"}), &[("opened_on", "stage_differs_from_dates")]),
        (
            "specialised_park",
            json!({"stage": "under_construction", "started_on": none, "opened_on": none}),
            &[("started_on", "value_missing_here")],
        ),
        ("specialised_park", json!({"opened_on": "2013-05-31"}), &[("opened_on", "dates_out_of_order")]),
        ("park_firm", json!({"stage": "signed", "signed_on": none}), &[("signed_on", "value_missing_here")]),
        (
            "park_firm",
            json!({"stage": "building", "building_began_on": none}),
            &[("building_began_on", "value_missing_here")],
        ),
        ("park_firm", json!({"production_began_on": none}), &[("production_began_on", "value_missing_here")]),
        ("park_firm", json!({"stage": "left"}), &[("left_on", "value_missing_here")]),
        ("park_firm", json!({"left_on": "2016-01-01"}), &[("left_on", "stage_differs_from_dates")]),
        ("park_firm", json!({"designated_on": none}), &[("designated_on", "value_missing_here")]),
        ("park_firm", json!({"signed_on": "2013-06-02"}), &[("building_began_on", "dates_out_of_order")]),
        (
            "park_return",
            json!({"reported_on": "2016-03-31"}),
            &[("reported_on", "reported_before_period_ends")],
        ),
        ("innovation_platform", json!({"ended_on": "2016-03-14"}), &[("ended_on", "dates_out_of_order")]),
        ("startup_base", json!({"closed_on": "2015-08-09"}), &[("closed_on", "dates_out_of_order")]),
        (
            "job_record",
            json!({"people": 8}),
            &[("returned_migrants", "part_above_whole"), ("hard_to_place", "part_above_whole")],
        ),
        (
            "job_record",
            json!({"people": 0, "returned_migrants": 0, "hard_to_place": 0}),
            &[("people", "number_range")],
        ),
        ("job_record", json!({"counted_on": "2016-03-31"}), &[("counted_on", "reported_before_period_ends")]),
        ("town", json!({"demonstration_on": none}), &[("demonstration_on", "value_missing_here")]),
        ("town", json!({"demonstration": "none"}), &[("demonstration_on", "stage_differs_from_dates")]),
        (
            "town_facility",
            json!({"completed_on": none, "built_size": none}),
            &[("completed_on", "value_missing_here"), ("built_size", "value_missing_here")],
        ),
        ("town_facility", json!({"stage": "planned"}), &[("completed_on", "stage_differs_from_dates")]),
        (
            "town_facility",
            json!({"stage": "under_construction", "started_on": none, "completed_on": none}),
            &[("started_on", "value_missing_here")],
        ),
        ("town_facility", json!({"completed_on": "2013-08-31"}), &[("completed_on", "dates_out_of_order")]),
        ("town_fund_movement", json!({"kind": "spending"}), &[("project", "value_missing_here")]),
        ("town_fund_movement", json!({"amount": 0}), &[("amount", "number_range")]),
        ("statistic", json!({"base_year": none}), &[("base_year", "value_missing_here")]),
        ("statistic", json!({"prices": "current"}), &[("base_year", "only_of_constant_prices")]),
        ("statistic", json!({"prices": "none", "base_year": none}), &[("prices", "prices_missing")]),
        ("statistic", json!({"measured_in": "percent"}), &[]),
        (
            "statistic",
            json!({"published_on": "2016-06-30"}),
            &[("published_on", "reported_before_period_ends")],
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
