//! What a row may not say though each field by itself may: a changed sample and the faults that it has.

use kernel::{area::UNITS_PER_SQUARE_METRE as M2, money::FEN_PER_WAN_YUAN as WAN};
use ledger::{Nouns, Register, register::Described};
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
    let nouns = services::nouns(Nouns::default());
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
    [of_green(), of_bundles(), of_sites(), of_energy(), of_plants(), of_parking(), of_schools()].concat()
}

fn of_green() -> Vec<Case> {
    let none = Value::Null;
    vec![
        ("park_square", json!({"green_area": 200_001 * M2}), &[("green_area", "part_above_whole")]),
        ("park_square", json!({"built_on": "2014-04-30"}), &[("built_on", "dates_out_of_order")]),
        ("park_square", json!({"built_on": none}), &[]),
        ("residential_area", json!({"green_area": 40_001 * M2}), &[("green_area", "part_above_whole")]),
        (
            "residential_area",
            json!({"compensated_area": 40_001 * M2}),
            &[("compensated_area", "part_above_whole")],
        ),
        ("residential_area", json!({"site_area": 0}), &[("site_area", "number_range")]),
        (
            "green_obligation",
            json!({"project": none, "residential_area": none}),
            &[("project", "obligation_of_nothing")],
        ),
        ("green_obligation", json!({"project": none}), &[]),
        ("green_obligation", json!({"green_area": 10_000 * M2}), &[("green_area", "nothing_is_missing")]),
        ("green_obligation", json!({"settlement": "fee"}), &[("fee", "value_missing_here")]),
        ("green_obligation", json!({"settlement": "fee", "fee": 20 * WAN}), &[]),
        ("green_obligation", json!({"coefficient": 99}), &[("coefficient", "number_range")]),
        ("green_obligation", json!({"due_on": "2015-05-31"}), &[("due_on", "dates_out_of_order")]),
        ("green_obligation", json!({"met_on": "2015-05-31"}), &[("met_on", "dates_out_of_order")]),
        (
            "compensation_site",
            json!({"accepted_area": none, "outline": none}),
            &[("accepted_area", "value_missing_here"), ("outline", "value_missing_here")],
        ),
        ("compensation_site", json!({"accepted_area": none, "outline": none, "accepted_on": none}), &[]),
        (
            "compensation_site",
            json!({"accepted_area": 1_601 * M2}),
            &[("accepted_area", "more_than_planned")],
        ),
        ("compensation_site", json!({"accepted_on": "2015-08-31"}), &[("accepted_on", "dates_out_of_order")]),
    ]
}

fn of_bundles() -> Vec<Case> {
    let none = Value::Null;
    let year = |year: i64, income: i64, debt_service: i64| json!({"year": year, "income": income * WAN, "costs": 1_000 * WAN, "debt_service": debt_service * WAN});
    vec![
        (
            "bundle",
            json!({"approved_on": none, "years": [], "company": none}),
            &[
                ("approved_on", "value_missing_here"),
                ("years", "value_missing_here"),
                ("company", "value_missing_here"),
            ],
        ),
        ("bundle", json!({"approved_on": none, "years": [], "company": none, "stage": "draft"}), &[]),
        ("bundle", json!({"borrowed": 30_001 * WAN}), &[("borrowed", "part_above_whole")]),
        (
            "bundle",
            json!({"years": [year(2017, 5_000, 3_000), year(2017, 5_000, 3_000)]}),
            &[("years", "row_twice")],
        ),
        ("bundle", json!({"required_cover": 134}), &[("years", "bundle_does_not_pay")]),
        ("bundle", json!({"required_cover": 133}), &[]),
        ("bundle", json!({"required_cover": 134, "stage": "draft"}), &[]),
        (
            "bundle",
            json!({"years": [year(2017, 5_000, 3_000), year(2018, 3_900, 3_000)]}),
            &[("years", "bundle_does_not_pay"), ("years.1.income", "bundle_year_short")],
        ),
        // Nothing is due in that year: there is no cover, and still no money.
        (
            "bundle",
            json!({"years": [year(2017, 900, 0), year(2018, 5_000, 3_000)]}),
            &[("years.0.income", "bundle_year_short")],
        ),
        ("bundle", json!({"years": [year(2017, 900, 0)], "stage": "draft"}), &[]),
        ("bundle_member", json!({"role": "carries"}), &[("income", "member_carries_nothing")]),
        ("bundle_member", json!({"role": "carries", "income": 401 * WAN}), &[]),
        ("bundle_member", json!({"investment": 0}), &[("investment", "number_range")]),
    ]
}

fn of_sites() -> Vec<Case> {
    let none = Value::Null;
    vec![
        ("land_swap", json!({"taker": "school-board"}), &[("taker", "parties_same")]),
        ("land_swap", json!({"new_parcel": "p-1"}), &[("new_parcel", "swap_of_one_site")]),
        ("land_swap", json!({"new_parcel": none, "old_parcel": none}), &[]),
        ("land_swap", json!({"difference": 500 * WAN}), &[("difference", "swap_does_not_balance")]),
        (
            "land_swap",
            json!({"new_handed_over_on": "2015-02-28"}),
            &[("new_handed_over_on", "dates_out_of_order")],
        ),
        (
            "land_swap",
            json!({"old_handed_over_on": "2015-02-28"}),
            &[("old_handed_over_on", "dates_out_of_order")],
        ),
        ("agent_construction", json!({"used_by": "builder"}), &[("used_by", "parties_same")]),
        ("agent_construction", json!({"tenure": "rented"}), &[("rent", "value_missing_here")]),
        ("agent_construction", json!({"overrun": none}), &[("overrun", "value_missing_here")]),
        ("agent_construction", json!({"overrun": none, "audited": 8_000 * WAN}), &[]),
        ("agent_construction", json!({"fee": 100_001}), &[("fee", "number_range")]),
        ("agent_construction", json!({"due_on": "2015-03-04"}), &[("due_on", "dates_out_of_order")]),
        (
            "agent_construction",
            json!({"handed_over_on": "2015-03-04"}),
            &[("handed_over_on", "dates_out_of_order")],
        ),
        ("instalment_contract", json!({"price": 301 * WAN}), &[("instalments", "parts_differ_from_whole")]),
        ("instalment_contract", json!({"instalments": []}), &[("instalments", "parts_differ_from_whole")]),
        ("instalment_contract", json!({"cash_price": 301 * WAN}), &[("cash_price", "part_above_whole")]),
        (
            "instalment_contract",
            json!({"accepted_on": "2015-01-09"}),
            &[("accepted_on", "dates_out_of_order")],
        ),
        (
            "instalment_contract",
            json!({"signed_on": "2015-01-10", "instalments": [
                {"due_on": "2015-01-09", "amount": 100 * WAN}, {"due_on": "2015-01-08", "amount": 200 * WAN},
            ]}),
            &[("instalments.0.due_on", "dates_out_of_order"), ("instalments.1.due_on", "dates_out_of_order")],
        ),
        ("traffic_investment", json!({"returned_by": none}), &[("returned_by", "value_missing_here")]),
        ("traffic_investment", json!({"returned_by": none, "capital": "public"}), &[]),
        ("traffic_investment", json!({"runs_until": "2016-03-30"}), &[("runs_until", "dates_out_of_order")]),
    ]
}

fn of_energy() -> Vec<Case> {
    let none = Value::Null;
    vec![
        ("energy_contract", json!({"saving": 260_000_000}), &[("saving", "saving_above_baseline")]),
        // Wujin: 98 million invested; 90 % of 10.4 million a year for 8 years is 74.88 million.
        (
            "energy_contract",
            json!({
                "investment": 9_800 * WAN, "saving_value": 1_040 * WAN, "share": 900_000, "ends_on": "2023-06-30",
            }),
            &[("other_income", "saving_does_not_repay")],
        ),
        (
            "energy_contract",
            json!({
                "investment": 9_800 * WAN, "saving_value": 1_040 * WAN, "share": 900_000, "ends_on": "2023-06-30",
                "other_income": "节约的维护费用。",
            }),
            &[],
        ),
        ("energy_contract", json!({"investment": 962 * WAN}), &[("other_income", "saving_does_not_repay")]),
        ("energy_contract", json!({"investment": 962 * WAN, "kind": "guaranteed_savings"}), &[]),
        ("energy_contract", json!({"signed_on": "2015-07-02"}), &[("begins_on", "dates_out_of_order")]),
        (
            "energy_contract",
            json!({"ends_on": "2015-06-30"}),
            &[("other_income", "saving_does_not_repay"), ("ends_on", "dates_out_of_order")],
        ),
        (
            "energy_contract",
            json!({"handed_over_on": "2015-06-30"}),
            &[("handed_over_on", "dates_out_of_order")],
        ),
        ("saving_statement", json!({"claimed": 8_000_001}), &[("explanation", "value_missing_here")]),
        ("saving_statement", json!({"claimed": 8_000_001, "explanation": "扣除违约金前的金额。"}), &[]),
        ("saving_statement", json!({"claimed": 8_000_001, "agreed_on": none}), &[]),
        (
            "saving_statement",
            json!({"agreed_on": "2016-03-31"}),
            &[("agreed_on", "reported_before_period_ends")],
        ),
        (
            "saving_statement",
            json!({"baseline": i64::MAX, "price": 100_000, "share": 1_000_000, "claimed": none}),
            &[("baseline", "number_range")],
        ),
        ("lamp", json!({"renewed_on": none}), &[("renewed_on", "value_missing_here")]),
        ("lamp", json!({"power_before": none}), &[("power_before", "value_missing_here")]),
        ("lamp", json!({"renewed_on": none, "power_before": none, "energy_contract": none}), &[]),
        ("lamp", json!({"instalment_contract": "I-1"}), &[("instalment_contract", "lamp_paid_twice")]),
        ("lamp", json!({"instalment_contract": "I-1", "energy_contract": none}), &[]),
        ("lamp", json!({"removed_on": "2015-05-11"}), &[("removed_on", "dates_out_of_order")]),
    ]
}

fn of_plants() -> Vec<Case> {
    let none = Value::Null;
    vec![
        ("concession", json!({"guaranteed": 5_000_001}), &[("guaranteed", "part_above_whole")]),
        ("concession", json!({"price": none}), &[("price", "value_missing_here")]),
        ("concession", json!({"price": none, "guaranteed": none}), &[]),
        ("concession", json!({"runs_from": "2010-04-30"}), &[("runs_from", "dates_out_of_order")]),
        ("concession", json!({"ends_on": "2010-12-31"}), &[("ends_on", "dates_out_of_order")]),
        ("concession_volume", json!({"received": 150_000_001}), &[("received", "part_above_whole")]),
        ("concession_volume", json!({"treated": 147_000_001}), &[("treated", "part_above_whole")]),
        ("concession_volume", json!({"to_standard": 146_500_001}), &[("to_standard", "part_above_whole")]),
        (
            "concession_volume",
            json!({
                "arisen": i64::MAX, "received": i64::MAX, "treated": i64::MAX, "price": 10_000_000, "quality": 1_500_000,
            }),
            &[("treated", "number_range")],
        ),
    ]
}

fn of_parking() -> Vec<Case> {
    let none = Value::Null;
    let step = |from: i64, to: Option<i64>| json!({"from": from, "to": to, "price": 200, "interval": 60});
    vec![
        ("car_park", json!({"charger_bays": 421}), &[("charger_bays", "part_above_whole")]),
        ("car_park", json!({"accessible_bays": 421}), &[("accessible_bays", "part_above_whole")]),
        (
            "car_park",
            json!({"bays": 0, "charger_bays": 0, "accessible_bays": 0}),
            &[("bays", "number_range")],
        ),
        ("car_park", json!({"closed_on": "2016-01-14"}), &[("closed_on", "dates_out_of_order")]),
        ("parking_tariff", json!({"decision": none}), &[("decision", "value_missing_here")]),
        ("parking_tariff", json!({"decision": none, "pricing": "market"}), &[]),
        ("parking_tariff", json!({"steps": []}), &[("steps", "value_missing_here")]),
        ("parking_tariff", json!({"ends_on": "2016-01-14"}), &[("ends_on", "dates_out_of_order")]),
        ("parking_tariff", json!({"steps": [step(30, None)]}), &[("steps.0.from", "tariff_has_gap")]),
        (
            "parking_tariff",
            json!({"steps": [step(0, Some(120)), step(180, None)]}),
            &[("steps.1.from", "tariff_has_gap")],
        ),
        (
            "parking_tariff",
            json!({"steps": [step(0, None), step(120, None)]}),
            &[("steps.1.from", "tariff_has_gap")],
        ),
        (
            "parking_tariff",
            json!({"steps": [step(0, Some(120)), step(120, Some(120))]}),
            &[("steps.1.to", "tariff_has_gap")],
        ),
    ]
}

fn of_schools() -> Vec<Case> {
    let none = Value::Null;
    vec![
        ("school", json!({"holder": none}), &[("holder", "value_missing_here")]),
        ("school", json!({"holder": none, "nature": "public"}), &[]),
        ("school", json!({"work": none}), &[("work", "value_missing_here")]),
        ("school", json!({"work": none, "built_on": none}), &[]),
        ("school", json!({"places_added": 1_801}), &[("places_added", "part_above_whole")]),
        ("school", json!({"closed_on": "2016-02-19"}), &[("closed_on", "dates_out_of_order")]),
        ("hospital", json!({"holder": none}), &[("holder", "value_missing_here")]),
        ("hospital", json!({"work": none}), &[("work", "value_missing_here")]),
        ("hospital", json!({"beds_added": 301}), &[("beds_added", "part_above_whole")]),
        ("hospital", json!({"closed_on": "2016-05-09"}), &[("closed_on", "dates_out_of_order")]),
        ("service_purchase", json!({"evaluated_on": none}), &[("evaluated_on", "value_missing_here")]),
        ("service_purchase", json!({"ends_on": "2016-01-31"}), &[("ends_on", "dates_out_of_order")]),
        (
            "service_purchase",
            json!({"evaluated_on": "2016-01-31"}),
            &[("evaluated_on", "dates_out_of_order")],
        ),
        ("service_post", json!({"hospital": "H-5"}), &[("hospital", "post_at_two_places")]),
        ("service_post", json!({"hospital": "H-5", "school": none}), &[("kind", "post_of_other_kind")]),
        ("service_post", json!({"kind": "health_worker"}), &[("kind", "post_of_other_kind")]),
        ("service_post", json!({"kind": "health_worker", "hospital": "H-5", "school": none}), &[]),
        ("service_post", json!({"kind": "other"}), &[]),
        ("service_post", json!({"filled": 81}), &[("filled", "part_above_whole")]),
        ("service_post", json!({"ends_on": "2016-01-31"}), &[("ends_on", "dates_out_of_order")]),
        ("service_award", json!({"school": none}), &[("school", "award_for_one")]),
        ("service_award", json!({"hospital": "H-5"}), &[("school", "award_for_one")]),
        (
            "service_award",
            json!({"number": none, "each": none}),
            &[("number", "value_missing_here"), ("each", "value_missing_here")],
        ),
        ("service_award", json!({"number": none, "each": none, "kind": "award"}), &[]),
        ("service_award", json!({"number": 1_501}), &[("amount", "amount_not_number_times_each")]),
        ("service_award", json!({"paid_back": 1}), &[("paid_back", "only_of_advances")]),
        ("service_award", json!({"paid_back": 1, "kind": "advance"}), &[]),
        (
            "service_award",
            json!({"paid_back": 90 * WAN + 1, "kind": "advance"}),
            &[("paid_back", "part_above_whole")],
        ),
        ("service_award", json!({"paid_on": "2016-02-29"}), &[("paid_on", "dates_out_of_order")]),
    ]
}

/// A row as it is kept, with what follows from its fields.
fn completed<R: Register + Described>(name: &str, change: &Value) -> R {
    let mut row: R = serde_json::from_value(changed(name, change)).unwrap();
    row.complete();
    row
}

#[test]
fn what_follows_from_other_fields_is_reckoned() {
    use services::{
        bundle::Bundle, concession_volume::ConcessionVolume, green_obligation::GreenObligation,
        residential_area::ResidentialArea, saving_statement::SavingStatement,
    };
    let none = Value::Null;
    let area = |change: Value| completed::<ResidentialArea>("residential_area", &change);
    assert_eq!(
        area(json!({})).meets_ratio,
        Some(true),
        "9,000 and 1,000 of 40,000 m² are the quarter asked for"
    );
    assert_eq!(area(json!({"compensated_area": 1_000 * M2 - 1})).meets_ratio, Some(false));
    assert_eq!(area(json!({"compensated_area": none, "green_area": 10_000 * M2})).meets_ratio, Some(true));
    assert_eq!(
        area(json!({"meets_ratio": true, "compensated_area": none})).meets_ratio,
        Some(false),
        "not as written"
    );

    let owed =
        |change: Value| completed::<GreenObligation>("green_obligation", &change).owed_area.unwrap().units();
    assert_eq!(owed(json!({})), 1_500 * M2, "1,000 m² missing, by 1.5");
    assert_eq!(owed(json!({"green_area": 11_000 * M2})), 0);

    let cover = |change: Value| completed::<Bundle>("bundle", &change).lowest_cover.map(|cover| cover.0);
    assert_eq!(cover(json!({})), Some(133), "4,000 over 3,000, rounded down");
    assert_eq!(cover(json!({"years": []})), None);
    let year = json!({"year": 2017, "income": 0, "costs": 1, "debt_service": 1});
    assert_eq!(cover(json!({"years": [year]})), Some(0));

    // 125,000 kWh at 0.8 yuan, 80 % of it.
    let statement = |change: Value| completed::<SavingStatement>("saving_statement", &change);
    assert_eq!(statement(json!({})).payable.unwrap().0, 8_000_000);
    let more = statement(json!({"metered": 21_666_800}));
    assert_eq!((more.saved.unwrap().0, more.payable.unwrap().0), (-100, 0), "nobody pays for using more");

    // 1,465,000 t at 1.15 yuan.
    let payable =
        |change: Value| completed::<ConcessionVolume>("concession_volume", &change).payable.map(|fen| fen.0);
    assert_eq!(payable(json!({})), Some(168_475_000));
    assert_eq!(payable(json!({"quality": 900_000})), Some(151_627_500));
    assert_eq!(payable(json!({"quality": none})), None);
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
