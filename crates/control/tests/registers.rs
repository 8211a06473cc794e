//! Each register of the control room: its description, its rules, its samples.

use std::collections::BTreeSet;

use kernel::{code::CityCode, error::Coded as _, role::ActorId, time::Moment};
use ledger::{By, Ledger, LedgerError, Nouns, Register, Vault, VaultKey, register::CODES};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// Stands for a register of another room.
macro_rules! stand_in {
    ($type:ident, $name:literal) => {
        /// A row of another room.
        #[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Register)]
        #[register(name = $name, part = "governance", zh = "他处", en = "Elsewhere", key(code))]
        struct $type {
            /// The code.
            #[field(zh = "编码", en = "Code")]
            code: String,
        }
    };
}

stand_in!(Unit, "unit");
stand_in!(Division, "division");
stand_in!(Organisation, "organisation");

fn nouns() -> Nouns {
    control::nouns(Nouns::default())
        .with_described::<Unit>()
        .with_described::<Division>()
        .with_described::<Organisation>()
}

fn city() -> CityCode {
    CityCode::new(522_601).unwrap()
}

/// 2016-03-05, that many seconds after eight in the morning in Kaili.
fn at(seconds: i64) -> i64 {
    1_457_136_000_000 + seconds * 1_000
}

const PERSON: &str = "01540000-0000-7000-8000-000000000001";

/// A row of each, in an order in which each finds what it refers to.
fn samples() -> Vec<(&'static str, Value)> {
    vec![
        ("unit", json!({"code": "traffic-police"})),
        ("division", json!({"code": "522601001"})),
        ("organisation", json!({"code": "11522626009470034X"})),
        (
            "squad",
            json!({"code": "chengdong", "name": "城东中队", "unit": "traffic-police", "street": "522601001",
                "station": {"type": "Point", "coordinates": [107.98, 26.58]}, "arrival_target_seconds": 300,
                "formed_on": "2010-01-01"}),
        ),
        (
            "officer",
            json!({"badge": "226001", "person": PERSON, "squad": "chengdong", "unit": "traffic-police",
                "kind": "police", "joined_on": "2012-07-01"}),
        ),
        (
            "road_section",
            json!({"code": "beijing-east", "name": "北京东路（大十字至东门）", "class": "main", "squad": "chengdong",
                "unit": "traffic-police", "line": {"type": "LineString", "coordinates": [[107.98, 26.58], [107.99, 26.58]]},
                "length": 996, "lanes": 4, "watched": true, "cameras": 3, "opened_on": "1998-10-01"}),
        ),
        (
            "duty_roster",
            json!({"squad": "chengdong", "day": "2016-03-05", "shift": "early", "unit": "traffic-police",
                "begins_at": at(0), "ends_at": at(28_800), "leader": "226001",
                "on_duty": [{"officer": "226001", "road_section": "beijing-east", "post": "大十字岗"}]}),
        ),
        (
            "traffic_incident",
            json!({"code": "J20160305-0001", "kind": "injury", "source": "video", "location": "大十字路口东侧",
                "place": {"type": "Point", "coordinates": [107.98, 26.58]}, "road_section": "beijing-east",
                "squad": "chengdong", "unit": "traffic-police", "detected_at": at(0), "called_at": at(20),
                "accepted_at": at(35), "arrived_at": at(290), "cleared_at": at(900),
                "officers": [{"officer": "226001", "arrived_at": at(290)}], "lanes_blocked": 1, "injured": 1,
                "killed": 0, "handling": "送医，事故车辆移离"}),
        ),
        (
            "public_building",
            json!({"code": "city-hall", "name": "市行政中心", "purpose": "office", "institution": "11522626009470034X",
                "unit": "traffic-police", "street": "522601001", "floor_area": 900_000_000, "users": 600,
                "built_year": 2009, "sub_metered": true, "audited_on": "2015-11-20", "used_from": "2009-09-01"}),
        ),
        (
            "energy_meter",
            json!({"code": "city-hall-e", "serial": "0012345678", "building": "city-hall", "unit": "traffic-police",
                "carrier": "electricity", "metered_use": "whole", "multiplier": 8_000, "remote": true,
                "installed_on": "2009-09-01"}),
        ),
        (
            "energy_meter",
            json!({"code": "city-hall-e-light", "serial": "0012345679", "building": "city-hall",
                "unit": "traffic-police", "carrier": "electricity", "metered_use": "lighting", "above": "city-hall-e",
                "multiplier": 100, "remote": false, "installed_on": "2009-09-01"}),
        ),
        (
            "meter_reading",
            json!({"meter": "city-hall-e", "period": "2016-03", "building": "city-hall", "unit": "traffic-police",
                "carrier": "electricity", "metered_use": "whole", "read_on": "2016-03-31",
                "reading_before": 1_000_000, "reading": 1_050_000, "consumption": 4_000_000,
                "standard_coal": 491_600, "cost": 2_400_000, "source": "remote"}),
        ),
    ]
}

fn sample(name: &str) -> Value {
    samples().into_iter().find(|(of, _)| *of == name).unwrap().1
}

/// What is wrong with the sample once it is changed.
fn faults(name: &str, change: &Value) -> Vec<(String, &'static str)> {
    let mut row = sample(name);
    for (field, value) in change.as_object().unwrap() {
        row[field] = value.clone();
    }
    let nouns = nouns();
    let register = nouns.registers().iter().find(|known| known.description().name == name).unwrap();
    register.faults(&row).into_iter().map(|fault| (fault.field.into_owned(), fault.code)).collect()
}

#[test]
fn samples_are_kept_and_come_out_as_they_went_in() {
    for store in db::testing::stores().unwrap() {
        let folder = tempfile::tempdir().unwrap();
        let vault = Vault::new(&VaultKey::fresh().unwrap());
        let ledger = Ledger::open(store.db.clone(), nouns(), vault, folder.path().to_path_buf()).unwrap();
        let mut kept = BTreeSet::new();
        for (name, row) in samples() {
            let (own, given) = (ledger.clone(), row.clone());
            let out = ledger.db().write_blocking(move |tx| {
                let by = By { actor: ActorId::System, at: Moment(at(0)) };
                let register = own.register(name)?;
                let named = ledger::register::people(register.description().fields, &given);
                let known: Vec<_> = named.into_iter().map(|named| named.person).collect();
                register.put_with(tx, city(), given, Some(0), &by, &known)
            });
            let out = out
                .unwrap_or_else(|error: LedgerError| panic!("{name}: {error} {:?}", error.details()))
                .fields;
            for (field, value) in row.as_object().unwrap() {
                assert_eq!(&out[field], value, "{name}.{field}");
            }
            if name == "traffic_incident" {
                assert_eq!(out["response_seconds"], 290, "kept with what was counted");
            }
            kept.insert(name);
        }
        let all: BTreeSet<&str> = ledger
            .registers()
            .iter()
            .map(|register| register.description().name)
            .filter(|name| *name != CODES)
            .collect();
        assert_eq!(kept, all, "a sample of each");
        let verdict = ledger::verify(&ledger, true, &[], &mut |_| {}).unwrap();
        assert_eq!(verdict.first_bad, None);
    }
}

#[test]
fn the_time_to_arrival_is_counted() {
    let read = |row: Value| {
        let mut incident: control::traffic_incident::TrafficIncident = serde_json::from_value(row).unwrap();
        incident.complete();
        incident
    };
    let incident = read(sample("traffic_incident"));
    assert_eq!((incident.response_seconds, incident.clearing_seconds), (Some(290), Some(900)));
    let mut open = sample("traffic_incident");
    open["response_seconds"] = json!(1);
    open.as_object_mut().unwrap().remove("arrived_at");
    open.as_object_mut().unwrap().remove("cleared_at");
    assert_eq!(read(open).response_seconds, None, "what somebody wrote does not count");
}

#[test]
fn samples_have_no_faults() {
    for (name, _) in samples() {
        assert_eq!(faults(name, &json!({})), [], "{name}");
    }
}

#[test]
fn rules_between_fields_are_kept() {
    let twice = json!([{"officer": "226001", "post": "岗"}, {"officer": "226001", "post": "岗"}]);
    for (name, change, field, code) in [
        ("squad", json!({"dissolved_on": "2009-12-31"}), "dissolved_on", "ends_before_it_begins"),
        ("officer", json!({"left_on": "2012-06-30"}), "left_on", "ends_before_it_begins"),
        ("road_section", json!({"closed_on": "1998-09-30"}), "closed_on", "ends_before_it_begins"),
        ("duty_roster", json!({"ends_at": at(0)}), "ends_at", "ends_before_it_begins"),
        ("duty_roster", json!({"ends_at": at(86_401)}), "ends_at", "shift_longer_than_a_day"),
        ("duty_roster", json!({"on_duty": twice}), "on_duty.1.officer", "officer_on_duty_twice"),
        ("duty_roster", json!({"leader": "226002"}), "leader", "leader_not_on_duty"),
        ("traffic_incident", json!({"called_at": at(-1)}), "called_at", "stamp_before_the_one_before"),
        ("traffic_incident", json!({"cleared_at": at(289)}), "cleared_at", "stamp_before_the_one_before"),
        ("traffic_incident", json!({"accepted_at": null, "squad": null}), "arrived_at", "squad_missing"),
        (
            "traffic_incident",
            json!({"officers": [{"officer": "226001", "arrived_at": at(289)}]}),
            "officers.0.arrived_at",
            "arrival_before_the_first",
        ),
        ("traffic_incident", json!({"kind": "damage"}), "kind", "casualties_without_casualty_kind"),
        ("public_building", json!({"used_until": "2009-08-31"}), "used_until", "ends_before_it_begins"),
        ("energy_meter", json!({"removed_on": "2009-08-31"}), "removed_on", "ends_before_it_begins"),
        ("energy_meter", json!({"above": "city-hall-x"}), "above", "main_meter_has_one_above"),
        ("energy_meter", json!({"metered_use": "power"}), "above", "sub_meter_without_one_above"),
        (
            "energy_meter",
            json!({"metered_use": "power", "above": "city-hall-e"}),
            "above",
            "refers_to_itself",
        ),
        ("meter_reading", json!({"read_on": "2016-02-29"}), "read_on", "read_before_the_period"),
        ("meter_reading", json!({"carrier": "water"}), "standard_coal", "water_has_no_standard_coal"),
        ("meter_reading", json!({"reading": 999_999}), "reading", "reading_runs_backwards"),
        ("meter_reading", json!({"reading": 1_000_000}), "consumption", "consumption_without_difference"),
    ] {
        assert_eq!(faults(name, &change), [(field.to_owned(), code)], "{name}: {change}");
        for texts in
            [include_str!("../../server/locales/en.json"), include_str!("../../server/locales/zh.json")]
        {
            assert!(texts.contains(&format!("\n  \"{code}\": ")), "{code} has no text");
        }
    }
}
