//! What the registers say of themselves: forms, lists and imports are drawn from it.

use std::collections::{BTreeMap, BTreeSet};

use ledger::{
    Nouns,
    register::{Description, FieldDescription, Kind},
};

use crate::samples::samples;

const PART: &str = "services";
/// Registers of other parts that rows here may name.
const ELSEWHERE: [&str; 7] =
    ["bond", "division", "organisation", "parcel", "ppp_contract", "project", "unit"];

/// The registers of the part; a ledger keeps some of its own beside them.
fn own() -> Vec<&'static Description> {
    let nouns = services::nouns(Nouns::default());
    nouns.registers().iter().map(|register| register.description()).filter(|told| told.part == PART).collect()
}

fn speaks_both(what: &str, zh: &str, en: &str) {
    assert!(zh.chars().any(kernel::text::is_han), "{what}: {zh}");
    assert!(en.is_ascii() && en.starts_with(|sign: char| sign.is_ascii_alphanumeric()), "{what}: {en}");
}

fn walk(what: &str, fields: &[FieldDescription], names: &BTreeSet<&str>) {
    let mut titles = BTreeSet::new();
    for field in fields {
        let what = format!("{what}.{}", field.name);
        speaks_both(&what, field.title.zh, field.title.en);
        assert!(titles.insert(field.title.zh), "{what}: two fields of one title");
        assert!(field.about.ends_with('.') && field.about.chars().count() > 10, "{what}: {}", field.about);
        assert!(field.refers.is_none_or(|name| names.contains(name)), "{what}: {:?}", field.refers);
        assert!(field.list.is_none(), "{what}: no list of codes here");
        match field.kind {
            Kind::Choice { choices } => {
                assert!(choices.len() > 1, "{what}: no choice");
                for choice in choices {
                    let codes =
                        |sign: char| sign.is_ascii_lowercase() || sign.is_ascii_digit() || sign == '_';
                    assert!(choice.code.chars().all(codes), "{what}: {}", choice.code);
                    assert!(!choice.title.zh.is_empty() && !choice.title.en.is_empty(), "{what}");
                }
            }
            Kind::Rows { fields, .. } => walk(&what, fields, names),
            Kind::Point | Kind::Line | Kind::Surface => assert!(!field.find, "{what}: a shape has no column"),
            _ => {}
        }
        let figure = matches!(
            field.kind,
            Kind::Choice { .. } | Kind::Truth | Kind::Period | Kind::Money { .. } | Kind::Area { .. }
        );
        assert!(field.find || !figure || what.matches('.').count() > 1, "{what}: figures count by it");
    }
}

#[test]
fn each_register_says_what_it_is_in_both_languages() {
    let own = own();
    let names: BTreeSet<&str> = own.iter().map(|told| told.name).chain(ELSEWHERE).collect();
    assert_eq!(names.len(), own.len() + ELSEWHERE.len(), "a name is used once");
    for told in own {
        speaks_both(told.name, told.title.zh, told.title.en);
        assert!(told.about.ends_with('.'), "{}: {}", told.name, told.about);
        assert!(told.mission.is_some_and(|mission| mission.starts_with('S')), "{}", told.name);
        walk(told.name, told.fields, &names);
        for key in told.key {
            let field = told.fields.iter().find(|field| field.name == *key);
            assert!(field.is_some_and(|field| !field.optional), "{}: key {key}", told.name);
        }
        let unit = told.unit.and_then(|unit| told.fields.iter().find(|field| field.name == unit));
        assert_eq!(unit.and_then(|unit| unit.refers), Some("unit"), "{}: who answers for it", told.name);
        for named in told.fields.iter().filter(|field| field.name == "name") {
            assert!(named.search, "{}: names are found by words", told.name);
        }
    }
}

#[test]
fn all_systems_of_the_part_have_registers() {
    let mut missions = BTreeMap::<&str, Vec<&str>>::new();
    for told in own() {
        missions.entry(told.mission.unwrap()).or_default().push(told.name);
    }
    assert_eq!(missions.into_keys().collect::<Vec<_>>(), ["S1", "S2", "S3", "S4", "S5", "S6", "S7", "S8"]);
}

#[test]
fn there_is_a_sample_of_each() {
    let own: BTreeSet<&str> = own().into_iter().map(|told| told.name).collect();
    let shown: BTreeSet<&str> = samples().into_iter().map(|(name, _)| name).collect();
    assert_eq!(own, shown);
}
