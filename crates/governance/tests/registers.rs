//! Each register of sanitation, joint work, pipes and society: its description, its rules, its samples.

use std::collections::BTreeSet;

use kernel::{code::CityCode, error::Coded as _, role::ActorId, time::Moment};
use ledger::{
    By, Ledger, LedgerError, Nouns, Register, Vault, VaultKey,
    register::{self, Description},
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// Stands for a register of another room.
macro_rules! stand_in {
    ($type:ident, $name:literal) => {
        /// A row of another room.
        #[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Register)]
        #[register(name = $name, part = "finance", zh = "他处", en = "Elsewhere", key(code))]
        struct $type {
            /// The code.
            #[field(zh = "编码", en = "Code")]
            code: String,
        }
    };
}

stand_in!(Organisation, "organisation");
stand_in!(Project, "project");

fn nouns() -> Nouns {
    governance::nouns().with_described::<Organisation>().with_described::<Project>()
}

fn city() -> CityCode {
    CityCode::new(522_601).unwrap()
}

/// 2016-03-05, that many seconds after eight in the morning in Kaili.
fn at(seconds: i64) -> i64 {
    1_457_136_000_000 + seconds * 1_000
}

fn point() -> Value {
    json!({"type": "Point", "coordinates": [107.98, 26.58]})
}

fn line() -> Value {
    json!({"type": "LineString", "coordinates": [[107.98, 26.58], [107.99, 26.58]]})
}

fn by() -> By {
    By { actor: ActorId::System, at: Moment(at(0)) }
}

fn street() -> governance::division::Division {
    let row = json!({"code": "522601001", "name": "西门街道", "level": "street", "parent": "522601"});
    serde_json::from_value(row).unwrap()
}

const PERSON: &str = "01540000-0000-7000-8000-000000000001";

/// A row of each, in an order in which each finds what it refers to.
fn samples() -> Vec<(&'static str, Value)> {
    vec![
        ("unit", json!({"code": "sanitation", "name_zh": "城市管理局", "kind": "bureau"})),
        ("unit", json!({"code": "police", "name_zh": "公安局", "kind": "bureau"})),
        ("letter_mark", json!({"unit": "sanitation", "mark": "凯城管"})),
        ("organisation", json!({"code": "91522601MA6DKY1234"})),
        ("organisation", json!({"code": "51522601MJ0000001A"})),
        ("project", json!({"code": "P-2016-031"})),
        (
            "facility",
            json!({"code": "toilet-017", "name": "大十字公厕", "kind": "public_toilet", "unit": "sanitation",
                "keeper": "91522601MA6DKY1234", "street": "522601001", "place": point(), "toilet_class": "second",
                "toilet_places": 18, "opened_on": "2008-05-01"}),
        ),
        (
            "inspection",
            json!({"code": "X20160305-001", "facility": "toilet-017", "place": point(), "street": "522601001",
                "inspected_at": at(0), "means": "on_foot", "inspector": PERSON, "finding": "dirty",
                "remarks": "地面积水", "unit": "sanitation", "due_at": at(14_400), "handled_at": at(14_400)}),
        ),
        (
            "joint_campaign",
            json!({"code": "2016-01", "name": "城区占道经营整治", "theme": "street", "unit": "sanitation",
                "units": [{"unit": "police", "task": "维持秩序", "people": 10}], "begins_on": "2016-03-01",
                "ends_on": "2016-04-30", "concluded": false}),
        ),
        (
            "patrol",
            json!({"code": "L20160305", "campaign": "2016-01", "unit": "sanitation",
                "units": [{"unit": "police", "task": "护送", "people": 4}], "street": "522601001", "began_at": at(0),
                "ended_at": at(7_200), "route": line(), "length": 2_500, "found": 9, "put_right": 6, "filed": 3}),
        ),
        (
            "joint_case",
            json!({"code": "LH-2016-004", "kind": "handling", "subject": "夜市油烟扰民", "campaign": "2016-01",
                "patrol": "L20160305", "unit": "sanitation",
                "units": [{"unit": "police", "task": "疏导交通", "due_on": "2016-03-20", "done_on": "2016-03-18"}],
                "street": "522601001", "place": point(), "opened_on": "2016-03-07", "due_on": "2016-03-25",
                "closed_on": "2016-03-22", "decision": "统一安装油烟净化设备", "fines": 200_000}),
        ),
        (
            "pipe_network",
            json!({"code": "water-old-town", "name": "老城给水管网", "kind": "water", "owner": "91522601MA6DKY1234",
                "unit": "sanitation", "monitored": true, "surveyed_on": "2015-12-01", "commissioned_on": "1985-01-01"}),
        ),
        (
            "pipe_segment",
            json!({"code": "JS-000123", "network": "water-old-town", "kind": "water", "unit": "sanitation",
                "street": "522601001", "road": "北京东路", "from_point": "JS123", "to_point": "JS124", "line": line(),
                "length": 4_850, "material": "iron", "diameter_mm": 300, "depth_from": 120, "depth_to": 135,
                "laid_in": "ground", "laid_on": "1998-06-01", "condition": "second", "looked_at_on": "2015-11-02"}),
        ),
        (
            "coordination_order",
            json!({"code": "GX-2016-011", "subject": "燃气支管敷设", "kind": "planned", "applicant": "91522601MA6DKY1234",
                "unit": "sanitation", "project": "P-2016-031", "street": "522601001", "road": "北京东路（大十字至东门）",
                "area": 3_600_000, "asked_on": "2016-02-20", "begins_on": "2016-03-10", "due_on": "2016-04-10",
                "protected_until": "2016-03-01",
                "networks": [{"network": "water-old-town", "answer": "joins_in", "answered_on": "2016-02-26"}],
                "status": "restored", "permission": "凯城管许〔2016〕7号", "restored_on": "2016-04-11"}),
        ),
        (
            "social_organisation",
            json!({"organisation": "51522601MJ0000001A", "kind": "association", "field": "community",
                "unit": "police", "street": "522601001", "helps_city": true, "grade": "3a", "staff": 6,
                "registered_on": "2012-03-05"}),
        ),
        (
            "volunteer_team",
            json!({"code": "traffic-1", "name": "文明交通志愿服务队", "field": "traffic",
                "organisation": "51522601MJ0000001A", "unit": "police", "street": "522601001",
                "formed_on": "2013-03-05"}),
        ),
        (
            "volunteer",
            json!({"number": "5226010000123", "person": PERSON, "team": "traffic-1", "unit": "police",
                "street": "522601001", "agreed": true, "registered_on": "2014-01-01"}),
        ),
        (
            "volunteer_activity",
            json!({"code": "HD20160305-1", "name": "学雷锋日文明劝导", "team": "traffic-1", "unit": "police",
                "field": "traffic", "street": "522601001", "place": point(), "held_on": "2016-03-05",
                "volunteers": 40, "hours": 1_600, "problems": 12}),
        ),
    ]
}

fn sample(name: &str) -> Value {
    samples().into_iter().find(|(of, _)| *of == name).unwrap().1
}

/// The sample with other fields.
fn changed(name: &str, change: &Value) -> Value {
    let mut row = sample(name);
    for (field, value) in change.as_object().unwrap() {
        row[field] = value.clone();
    }
    row
}

/// What is wrong with the sample once it is changed.
fn faults(name: &str, change: &Value) -> Vec<(String, &'static str)> {
    let row = changed(name, change);
    let nouns = nouns();
    let register = nouns.registers().iter().find(|known| known.description().name == name).unwrap();
    register.faults(&row).into_iter().map(|fault| (fault.field.into_owned(), fault.code)).collect()
}

/// Whether it is a register of sanitation, joint work, letters, pipes or society.
fn of_systems(told: &Description) -> bool {
    matches!(told.mission, Some("G5" | "G7" | "G8" | "G9" | "G10"))
}

#[test]
fn samples_are_kept_and_come_out_as_they_went_in() {
    for store in db::testing::stores().unwrap() {
        let folder = tempfile::tempdir().unwrap();
        let vault = Vault::new(&VaultKey::fresh().unwrap());
        let ledger = Ledger::open(store.db.clone(), nouns(), vault, folder.path().to_path_buf()).unwrap();
        ledger
            .db()
            .write_blocking(|tx| register::put(tx, city(), street(), Some(0), &by()).map(drop))
            .unwrap();
        let mut kept = BTreeSet::new();
        for (name, row) in samples() {
            let (own, given) = (ledger.clone(), row.clone());
            let out = ledger.db().write_blocking(move |tx| {
                let register = own.register(name)?;
                let named = register::people(register.description().fields, &given);
                let known: Vec<_> = named.into_iter().map(|named| named.person).collect();
                register.put_with(tx, city(), given, Some(0), &by(), &known)
            });
            let out = out
                .unwrap_or_else(|error: LedgerError| panic!("{name}: {error} {:?}", error.details()))
                .fields;
            for (field, value) in row.as_object().unwrap() {
                assert_eq!(&out[field], value, "{name}.{field}");
            }
            kept.insert(name);
        }
        let described = ledger.registers().iter().map(|register| register.description());
        let unseen: Vec<&str> = described
            .filter(|told| of_systems(told) && !kept.contains(told.name))
            .map(|told| told.name)
            .collect();
        assert_eq!(unseen, [""; 0], "a sample of each");
        let verdict = ledger::verify(&ledger, true, &[], &mut |_| {}).unwrap();
        assert_eq!(verdict.first_bad, None);
    }
}

#[test]
fn what_follows_from_other_fields_is_filled_in() {
    fn read<R: Register>(name: &str, change: &Value) -> R {
        let mut row: R = serde_json::from_value(changed(name, change)).unwrap();
        row.complete();
        row
    }
    let inspection = |change| read::<governance::inspection::Inspection>("inspection", &change).in_time;
    assert_eq!(inspection(json!({})), Some(true), "on the dot is in time");
    assert_eq!(inspection(json!({"handled_at": at(14_401)})), Some(false));
    assert_eq!(inspection(json!({"handled_at": null, "in_time": true})), None);
    let patrol = |change| read::<governance::patrol::Patrol>("patrol", &change).people;
    assert_eq!(patrol(json!({})), Some(4));
    assert_eq!(patrol(json!({"units": [{"unit": "police"}]})), None, "nobody said how many");
    let case = |change| read::<governance::joint_case::JointCase>("joint_case", &change).in_time;
    assert_eq!(case(json!({})), Some(true));
    assert_eq!(case(json!({"closed_on": "2016-03-26"})), Some(false));
    let order = read::<governance::coordination_order::CoordinationOrder>("coordination_order", &json!({}));
    assert_eq!((order.in_time, order.joining), (Some(false), Some(1)));
}

#[test]
fn samples_have_no_faults() {
    for (name, _) in samples() {
        assert_eq!(faults(name, &json!({})), [], "{name}");
    }
}

#[test]
fn rules_between_fields_are_kept() {
    let both = json!([{"unit": "police", "task": "x", "due_on": "2016-03-20", "done_on": "2016-03-18"},
        {"unit": "sanitation", "task": "x", "due_on": "2016-03-20", "done_on": "2016-03-18"}]);
    let late = json!([{"unit": "police", "task": "x", "due_on": "2016-03-26", "done_on": "2016-03-18"}]);
    let undone = json!([{"unit": "police", "task": "x", "due_on": "2016-03-20"}]);
    let water = |answer: &str| json!({"network": "water-old-town", "answer": answer});
    for (name, change, field, code) in [
        ("letter_mark", json!({"mark": "凯城管函〔2016〕"}), "mark", "letter_mark_malformed"),
        ("facility", json!({"closed_on": "2008-04-30"}), "closed_on", "ends_before_it_begins"),
        ("facility", json!({"toilet_class": null}), "toilet_class", "toilet_class_missing"),
        ("facility", json!({"kind": "market", "toilet_class": null}), "toilet_places", "toilets_only"),
        ("facility", json!({"kind": "market", "toilet_places": null}), "toilet_class", "toilets_only"),
        ("inspection", json!({"facility": null, "place": null}), "place", "place_or_facility_missing"),
        ("inspection", json!({"due_at": null}), "due_at", "due_missing"),
        ("inspection", json!({"finding": "good", "due_at": null}), "handled_at", "nothing_to_put_right"),
        ("inspection", json!({"handled_at": at(-1)}), "handled_at", "before_the_inspection"),
        ("joint_campaign", json!({"ends_on": "2016-02-29"}), "ends_on", "ends_before_it_begins"),
        ("joint_campaign", json!({"units": []}), "units", "joint_work_of_one_unit"),
        ("joint_campaign", json!({"units": [{"unit": "sanitation"}]}), "units.0.unit", "unit_named_twice"),
        ("patrol", json!({"units": []}), "units", "joint_work_of_one_unit"),
        (
            "patrol",
            json!({"units": [{"unit": "police"}, {"unit": "police"}]}),
            "units.1.unit",
            "unit_named_twice",
        ),
        ("patrol", json!({"ended_at": at(0)}), "ended_at", "ends_before_it_begins"),
        ("patrol", json!({"ended_at": at(86_401)}), "ended_at", "patrol_longer_than_a_day"),
        ("patrol", json!({"filed": 4}), "found", "more_handled_than_found"),
        ("joint_case", json!({"closed_on": "2016-03-06"}), "closed_on", "ends_before_it_begins"),
        ("joint_case", json!({"units": []}), "units", "joint_work_of_one_unit"),
        ("joint_case", json!({"units": both}), "units.1.unit", "unit_named_twice"),
        ("joint_case", json!({"units": late}), "units.0.due_on", "share_due_after_the_whole"),
        ("joint_case", json!({"units": undone}), "units.0.done_on", "share_not_done"),
        ("joint_case", json!({"decision": ""}), "decision", "decision_missing"),
        ("pipe_network", json!({"abandoned_on": "1984-12-31"}), "abandoned_on", "ends_before_it_begins"),
        ("pipe_segment", json!({"looked_at_on": "1998-05-31"}), "looked_at_on", "ends_before_it_begins"),
        ("pipe_segment", json!({"to_point": "JS123"}), "to_point", "segment_without_length"),
        ("pipe_segment", json!({"condition": null}), "looked_at_on", "condition_needs_its_day"),
        ("coordination_order", json!({"restored_on": "2016-03-09"}), "restored_on", "ends_before_it_begins"),
        (
            "coordination_order",
            json!({"networks": [water("guarded"), water("not_touched")]}),
            "networks.1.network",
            "network_asked_twice",
        ),
        (
            "coordination_order",
            json!({"networks": [water("open")]}),
            "networks.0.answer",
            "network_has_not_agreed",
        ),
        ("coordination_order", json!({"permission": null}), "permission", "permission_missing"),
        ("coordination_order", json!({"protected_until": "2016-03-10"}), "approval", "road_protected"),
        ("coordination_order", json!({"status": "under_way"}), "restored_on", "restored_needs_its_day"),
        (
            "social_organisation",
            json!({"deregistered_on": "2012-03-04"}),
            "deregistered_on",
            "ends_before_it_begins",
        ),
        ("volunteer_team", json!({"dissolved_on": "2013-03-04"}), "dissolved_on", "ends_before_it_begins"),
        ("volunteer", json!({"left_on": "2013-12-31"}), "left_on", "ends_before_it_begins"),
        ("volunteer", json!({"agreed": false}), "agreed", "person_has_not_agreed"),
        ("volunteer_activity", json!({"hours": 9_601}), "hours", "more_hours_than_the_day"),
    ] {
        assert_eq!(faults(name, &change), [(field.to_owned(), code)], "{name}: {change}");
        for texts in
            [include_str!("../../server/locales/en.json"), include_str!("../../server/locales/zh.json")]
        {
            assert!(texts.contains(&format!("\n  \"{code}\": ")), "{code} has no text");
        }
    }
}

#[test]
fn an_emergency_is_dug_first_and_agreed_afterwards() {
    let change = json!({"kind": "emergency", "permission": null, "protected_until": "2017-01-01",
        "networks": [{"network": "water-old-town", "answer": "open"}]});
    assert_eq!(faults("coordination_order", &change), []);
}
