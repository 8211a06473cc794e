use std::{collections::BTreeSet, sync::Arc};

use jiff::civil::Date;
use kernel::error::Coded;

use super::fixture::dictionary;
use crate::{
    dictionary::{ClassKind, EDITION_2026},
    error::GovernanceError,
    handbook::{AreaClass, Handbook, Priority, Shelf, default_2026, default_units},
};

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn default() -> Handbook {
    default_2026(&dictionary(), day("2026-07-01")).unwrap()
}

#[test]
fn the_default_handbook_covers_the_ten_frequent_matters_in_two_languages() {
    let handbook = default();
    assert!(handbook.conditions().len() >= 120, "{}", handbook.conditions().len());
    for code in ["06010", "06011", "06012", "06017", "06036", "06042", "06045", "07003", "09005", "09006"] {
        let own = handbook.find(ClassKind::Matter, code);
        assert!(own.len() >= 3, "{code}");
        assert!(own.iter().any(|condition| !condition.thresholds.is_empty()), "{code} has no threshold");
    }
    let units: BTreeSet<String> = default_units().unwrap().into_iter().map(|unit| unit.code).collect();
    for condition in handbook.conditions() {
        let id = &condition.id;
        for english in [&condition.condition_en, &condition.closing_en] {
            assert!(english.is_ascii() && !english.is_empty(), "{id}: {english}");
        }
        assert!(!condition.closing.is_empty(), "{id}");
        assert!(units.contains(&condition.handling_unit.code), "{id}");
        assert!(units.contains(&condition.supervising_unit.code), "{id}");
        assert_eq!(handbook.condition(id), Some(condition));
    }
}

#[test]
fn the_default_limits_are_those_of_the_field() {
    let handbook = default();
    let limits = |kind, code: &str, word: &str| -> Vec<String> {
        let found = handbook.find(kind, code).iter().find(|condition| condition.condition.contains(word));
        found.unwrap().milestones.iter().map(|milestone| milestone.limit.to_string()).collect()
    };
    assert_eq!(limits(ClassKind::Component, "01001", "丢失"), ["2紧急工作时"]);
    assert_eq!(limits(ClassKind::Component, "01001", "25平方厘米"), ["4工作时"]);
    assert_eq!(limits(ClassKind::Matter, "06001", "正在搭建"), ["4工作时", "7工作日", "20工作日"]);
    assert_eq!(limits(ClassKind::Matter, "06010", "不足1平方米"), ["4工作时"]);
    assert_eq!(limits(ClassKind::Matter, "09005", "超出门窗"), ["2紧急工作时"]);
}

#[test]
fn the_limit_follows_area_and_season() {
    let handbook = default();
    let first = &handbook.find(ClassKind::Matter, "06010")[0];
    let limit = |area| first.limit_for(area, day("2026-08-01")).unwrap()[0].limit.to_string();
    assert_eq!(limit(None), "4工作时");
    assert_eq!(limit(Some(AreaClass::A)), "2工作时");
    assert_eq!(limit(Some(AreaClass::B)), "4工作时");
    assert_eq!(limit(Some(AreaClass::C)), "1工作日");
    let snow = &handbook.find(ClassKind::Matter, "10001")[0];
    assert_eq!(snow.priority, Priority::Urgent);
    assert!(snow.limit_for(None, day("2026-08-01")).is_none());
    assert!(snow.limit_for(None, day("2027-01-10")).is_some());
}

#[test]
fn a_matter_of_2026_finds_the_conditions_of_its_component() {
    let handbook = default();
    assert!(handbook.find(ClassKind::Matter, "01001").is_empty());
    assert_eq!(
        handbook.find_with_mirror(ClassKind::Matter, "01001"),
        handbook.find(ClassKind::Component, "01001")
    );
    assert!(handbook.find_with_mirror(ClassKind::Matter, "06999").is_empty());
}

#[test]
fn a_handbook_survives_being_stored_and_refuses_bad_conditions() {
    let handbook = default();
    let stored = serde_json::to_string(&handbook).unwrap();
    let read: Handbook = serde_json::from_str(&stored).unwrap();
    assert_eq!(read, handbook);
    assert_eq!(read.find(ClassKind::Matter, "06010").len(), handbook.find(ClassKind::Matter, "06010").len());

    let mut conditions = handbook.conditions().to_vec();
    conditions[1].id = conditions[0].id.clone();
    conditions[2].milestones.clear();
    conditions[3].edition = "2013".to_owned();
    conditions[4].milestones[0].name = "第1步".to_owned();
    conditions[5].condition.clear();
    conditions[6].id = "有 空格".to_owned();
    let error = Handbook::new(1, "标准", EDITION_2026, day("2026-07-01"), conditions).unwrap_err();
    let GovernanceError::RowsRefused { faults } = &error else { panic!("{error}") };
    let found: Vec<_> = faults.iter().map(|fault| (fault.row, fault.code)).collect();
    assert_eq!(
        found,
        [
            (2, "condition_id_doubled"),
            (3, "limit_missing"),
            (4, "edition_differs"),
            (5, "milestone_name_malformed"),
            (6, "condition_missing"),
            (7, "condition_id_malformed"),
        ]
    );
    assert_eq!(error.code(), "rows_refused");
    assert_eq!(error.details()["faults"].as_array().map(Vec::len), Some(6));
}

#[test]
fn a_case_keeps_the_version_it_was_filed_under() {
    let version = |number, from| {
        let conditions = default().conditions().to_vec();
        Arc::new(Handbook::new(number, "标准", EDITION_2026, day(from), conditions).unwrap())
    };
    let mut shelf = Shelf::default();
    shelf.add(version(1, "2026-07-01")).unwrap();
    shelf.add(version(3, "2027-01-01")).unwrap();
    let on = |text| shelf.on(day(text)).map(|handbook| handbook.version());
    assert_eq!(
        (on("2026-06-30"), on("2026-07-01"), on("2026-12-31"), on("2027-01-01")),
        (None, Some(1), Some(1), Some(3))
    );
    assert_eq!(shelf.version(1).map(|handbook| handbook.in_force_from()), Some(day("2026-07-01")));
    assert!(shelf.version(2).is_none());
    let stored = serde_json::to_string(&shelf).unwrap();
    assert_eq!(serde_json::from_str::<Shelf>(&stored).unwrap(), shelf);
    for (number, from) in [(3, "2028-01-01"), (2, "2028-01-01"), (4, "2027-01-01")] {
        assert_eq!(shelf.add(version(number, from)).unwrap_err().code(), "handbook_version_out_of_order");
    }
    assert_eq!(shelf.latest().map(|handbook| handbook.version()), Some(3));
}
