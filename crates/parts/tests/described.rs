//! What the registers say of themselves: forms, lists, imports and figures are drawn from it.

use std::collections::BTreeSet;

use ledger::register::{CODES, Description, FieldDescription, Kind};

/// Lists of codes that rows may take theirs from.
const LISTS: [&str; 4] = ["industry", "land_use", "statistic", "town_facility"];
/// The systems of the source that are kept as registers; cells, cases and calls (G1, G2) are nouns of their own.
const SYSTEMS: [&str; 33] = [
    "P1", "P2", "P3", "P4", "P5", "F1", "F2", "F3", "F4", "F5", "F6", "F7", "L1", "L2", "L3", "L4", "L5",
    "S1", "S2", "S3", "S4", "S5", "S6", "S7", "S8", "G3", "G4", "G5", "G6", "G7", "G8", "G9", "G10",
];
/// Of the city's own ground and of how it scores: they belong to no bureau.
const NOBODYS: [&str; 3] = ["unit", "score_sheet", "score_result"];

struct Walk {
    names: BTreeSet<&'static str>,
    wrong: Vec<String>,
}

impl Walk {
    fn unless(&mut self, holds: bool, what: &str, why: &str) {
        if !holds {
            self.wrong.push(format!("{what}: {why}"));
        }
    }

    fn both(&mut self, what: &str, zh: &str, en: &str) {
        self.unless(zh.chars().any(kernel::text::is_han), what, "has no Chinese title");
        let starts = en.starts_with(|sign: char| sign.is_ascii_alphanumeric());
        self.unless(en.is_ascii() && starts, what, "has no English title");
    }

    fn fields(&mut self, what: &str, fields: &[FieldDescription], inside: bool) {
        let mut titles = BTreeSet::new();
        for field in fields {
            let what = format!("{what}.{}", field.name);
            self.both(&what, field.title.zh, field.title.en);
            self.unless(titles.insert(field.title.zh), &what, "two fields have one title");
            let about = field.about;
            self.unless(about.ends_with('.') && about.chars().count() > 10, &what, "has no help");
            self.unless(
                field.refers.is_none_or(|name| self.names.contains(name)),
                &what,
                "refers to nothing",
            );
            self.unless(field.list.is_none_or(|name| LISTS.contains(&name)), &what, "has a list of its own");
            self.unless(
                !field.search || matches!(field.kind, Kind::Text { .. }),
                &what,
                "only texts have words",
            );
            let has_column = !matches!(
                field.kind,
                Kind::Rows { .. } | Kind::File | Kind::Point | Kind::Line | Kind::Surface
            );
            self.unless(!field.find || has_column, &what, "is found by a column that it has not");
            let counted = matches!(
                field.kind,
                Kind::Choice { .. } | Kind::Truth | Kind::Period | Kind::Money { .. } | Kind::Area { .. }
            );
            self.unless(inside || field.find || !counted, &what, "figures count by it");
            match field.kind {
                Kind::Choice { choices } => {
                    self.unless(choices.len() > 1, &what, "is no choice");
                    for choice in choices {
                        // Words of OC4IDS have capitals and dots.
                        let fits = |sign: char| sign.is_ascii_alphanumeric() || sign == '_' || sign == '.';
                        self.unless(choice.code.chars().all(fits), &what, choice.code);
                        let told = !choice.title.zh.is_empty() && !choice.title.en.is_empty();
                        self.unless(told, &what, "a choice has no title");
                    }
                }
                Kind::Rows { fields, .. } => self.fields(&what, fields, true),
                _ => {}
            }
        }
    }

    fn register(&mut self, told: &Description) {
        let name = told.name;
        self.both(name, told.title.zh, told.title.en);
        self.unless(told.about.ends_with('.') || told.about.ends_with(".)"), name, "is not explained");
        self.fields(name, told.fields, false);
        let field = |name: &str| told.fields.iter().find(|field| field.name == name);
        for key in told.key {
            self.unless(field(key).is_some_and(|field| !field.optional), name, "its key may be empty");
        }
        if told.mission.is_some() && !NOBODYS.contains(&name) {
            let unit = told.unit.and_then(field).and_then(|unit| unit.refers);
            self.unless(unit == Some("unit"), name, "nobody answers for it");
        }
        self.unless(field("name").is_none_or(|field| field.search), name, "names are found by words");
    }
}

#[test]
fn each_register_says_what_it_is_in_both_languages() {
    let nouns = parts::nouns();
    let told: Vec<_> = nouns.registers().iter().map(|register| register.description()).collect();
    let names: BTreeSet<&str> = told.iter().map(|told| told.name).chain(["division"]).collect();
    assert_eq!(names.len(), told.len() + 1, "a name is used once");
    let mut walk = Walk { names, wrong: Vec::new() };
    for told in told.iter().filter(|told| told.name != CODES) {
        walk.register(told);
    }
    assert!(walk.wrong.is_empty(), "{:#?}", walk.wrong);
}

#[test]
fn all_systems_of_the_source_have_registers() {
    let nouns = parts::nouns();
    let missions: BTreeSet<&str> =
        nouns.registers().iter().filter_map(|register| register.description().mission).collect();
    let missing: Vec<&str> = SYSTEMS.into_iter().filter(|system| !missions.contains(system)).collect();
    assert!(missing.is_empty(), "{missing:?}");
    for told in nouns.registers().iter().map(|register| register.description()) {
        let (letter, always) = match told.part {
            "planning" => ('P', true),
            "finance" => ('F', true),
            "land" => ('L', true),
            "services" => ('S', true),
            "control" => ('G', true),
            // Keepers and targets belong to no system.
            "governance" => ('G', false),
            _ => continue,
        };
        let fits = told.mission.map_or(!always, |mission| mission.starts_with(letter));
        assert!(fits, "{}", told.name);
    }
}
