use std::collections::BTreeMap;

use kernel::error::Coded;

use super::*;

fn standard() -> Dictionary {
    Dictionary::standard().unwrap()
}

fn count_by_major(dictionary: &Dictionary, kind: ClassKind) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for class in dictionary.classes(EDITION_2026, kind) {
        *counts.entry(class.major.clone()).or_default() += 1;
    }
    counts
}

fn counts(pairs: &[(&str, usize)]) -> BTreeMap<String, usize> {
    pairs.iter().map(|(major, count)| ((*major).to_owned(), *count)).collect()
}

#[test]
fn edition_2026_has_the_counts_of_the_standard() {
    let dictionary = standard();
    let parts = [("01", 76), ("02", 44), ("03", 16), ("04", 14), ("05", 3)];
    let matters = [("06", 51), ("07", 7), ("08", 16), ("09", 21), ("10", 2)];
    assert_eq!(count_by_major(&dictionary, ClassKind::Component), counts(&parts));
    let both: Vec<_> = parts.into_iter().chain(matters).collect();
    assert_eq!(count_by_major(&dictionary, ClassKind::Matter), counts(&both));
    assert_eq!(dictionary.classes(EDITION_2026, ClassKind::Component).count(), 153);
    assert_eq!(dictionary.classes(EDITION_2026, ClassKind::Matter).count(), 250);
}

#[test]
fn every_component_of_2026_has_its_mirrored_matter() {
    let dictionary = standard();
    for component in dictionary.classes(EDITION_2026, ClassKind::Component) {
        let matter = dictionary.class(EDITION_2026, ClassKind::Matter, &component.key.code).unwrap();
        assert_eq!(matter.name_zh, format!("{}异常", component.name_zh));
    }
}

#[test]
fn every_class_and_major_has_a_short_english_name_of_its_own() {
    let dictionary = standard();
    for edition in [EDITION_2013, EDITION_2026] {
        for kind in [ClassKind::Component, ClassKind::Matter] {
            let mut seen: BTreeMap<(String, String), String> = BTreeMap::new();
            for class in dictionary.classes(edition, kind) {
                let name = class.name_en.as_str();
                assert!(name.is_ascii() && (3..=60).contains(&name.len()), "{}: {name}", class.key.code);
                assert!(name.starts_with(|letter: char| letter.is_ascii_uppercase()), "{name}");
                let before = seen.insert((class.major.clone(), name.to_owned()), class.name_zh.clone());
                assert!(before.is_none_or(|zh| zh == class.name_zh), "{name} names two classes");
                assert!(
                    dictionary
                        .major(edition, kind, &class.major)
                        .is_some_and(|major| !major.name_en.is_empty())
                );
            }
        }
    }
}

#[test]
fn the_key_is_edition_kind_and_code() {
    let dictionary = standard();
    let name = |kind| dictionary.class(EDITION_2026, kind, "01001").unwrap().name_zh.clone();
    assert_eq!(name(ClassKind::Component), "供水井盖");
    assert_eq!(name(ClassKind::Matter), "供水井盖异常");
    assert_eq!(dictionary.class(EDITION_2013, ClassKind::Matter, "04-05").unwrap().name_zh, "店外经营");
    assert!(dictionary.class(EDITION_2013, ClassKind::Component, "04-05").is_none());
}

#[test]
fn codes_are_read_as_spreadsheets_write_them() {
    let dictionary = standard();
    let new = dictionary.edition(EDITION_2026).unwrap();
    for text in ["06010", "6010", "6010.0", " ０６０１０ ", "06-010"] {
        assert_eq!(new.canonical(text).as_deref(), Some("06010"), "{text}");
    }
    for text in ["", "610", "060100", "06a10", "暴露垃圾", "60.1", "-6010", "06-", "06-0-10", "2026-06-10"]
    {
        assert_eq!(new.canonical(text), None, "{text}");
    }
    for (major, minor) in [("06", "010"), ("6", "10"), ("6.0", "10.0"), ("", "06010"), ("06", "6010")] {
        assert_eq!(new.canonical_pair(major, minor).as_deref(), Some("06010"), "{major} {minor}");
    }
    assert_eq!(new.canonical_pair("07", "06010"), None);
    assert_eq!(new.canonical_pair("", "010"), None);
    let old = dictionary.edition(EDITION_2013).unwrap();
    for text in ["01-10", "0110", "110", "01－10", "1-10"] {
        assert_eq!(old.canonical(text).as_deref(), Some("01-10"), "{text}");
    }
    // 1.1 may be 01-10 or 01-01: a spreadsheet has lost it.
    for text in ["1.1", "01.10", "1月10日"] {
        assert_eq!(old.canonical(text), None, "{text}");
    }
    assert_eq!(old.canonical_pair("1", "01-10").as_deref(), Some("01-10"));
    assert_eq!(old.canonical_pair("4", "5").as_deref(), Some("04-05"));
}

#[test]
fn the_edition_in_force_changes_on_the_first_of_july_2026() {
    let dictionary = standard();
    let on = |text: &str| dictionary.edition_on(text.parse().unwrap()).map(|edition| edition.code.clone());
    assert_eq!(on("2026-06-30").as_deref(), Some("2013"));
    assert_eq!(on("2026-07-01").as_deref(), Some("2026"));
}

#[test]
fn local_codes_count_down_and_are_never_reused() {
    let mut dictionary = standard();
    let matter = ClassKind::Matter;
    assert_eq!(dictionary.next_local_code(EDITION_2026, matter, "06").unwrap(), "06999");
    let class = |code: &str, name: &str, local| Class {
        key: ClassKey::new(EDITION_2026, matter, code),
        major: code[..2].to_owned(),
        name_zh: name.to_owned(),
        name_en: String::new(),
        local,
    };
    dictionary.add_class(class("06999", "油烟井(自定义)", true)).unwrap();
    dictionary.add_class(class("06998", "灯杆贴(自定义)", true)).unwrap();
    dictionary.retire_class(&ClassKey::new(EDITION_2026, matter, "06998")).unwrap();
    assert_eq!(dictionary.next_local_code(EDITION_2026, matter, "06").unwrap(), "06997");
    let refused = |class: Class, dictionary: &mut Dictionary| dictionary.add_class(class).unwrap_err().code();
    assert_eq!(refused(class("06998", "灯杆贴(自定义)", true), &mut dictionary), "class_code_taken");
    assert_eq!(refused(class("06031", "空号", false), &mut dictionary), "class_code_taken");
    assert_eq!(refused(class("06079", "甲(自定义)", true), &mut dictionary), "local_class_malformed");
    assert_eq!(refused(class("06500", "甲", true), &mut dictionary), "local_class_malformed");
    assert_eq!(refused(class("06500", "甲(自定义)", false), &mut dictionary), "local_class_malformed");
    assert_eq!(refused(class("11001", "甲", false), &mut dictionary), "major_unknown");
    assert_eq!(refused(class("0601", "甲", false), &mut dictionary), "class_code_malformed");
    dictionary.add_class(class("06080", "末(自定义)", true)).unwrap();
    let none_left = dictionary.next_local_code(EDITION_2026, matter, "06").unwrap_err();
    assert_eq!(none_left.code(), "local_codes_exhausted");
    // In 2013 the lowest code seen in use is 78, so the next is 77.
    assert_eq!(dictionary.next_local_code(EDITION_2013, ClassKind::Component, "01").unwrap(), "01-77");
}

#[test]
fn the_mapping_gives_what_the_source_states_and_says_how_sure_it_is() {
    let dictionary = standard();
    let mapping = Mapping::standard(&dictionary).unwrap();
    let to = |kind, code| {
        mapping
            .target(&dictionary, EDITION_2013, kind, code, EDITION_2026)
            .map(|mapped| (mapped.class.map(|class| class.key.code.clone()), mapped.certainty))
    };
    let some = |code: &str, certainty| Some((Some(code.to_owned()), certainty));
    assert_eq!(to(ClassKind::Matter, "01-10"), some("06010", Certainty::Stated));
    assert_eq!(to(ClassKind::Matter, "04-05"), some("09005", Certainty::Stated));
    assert_eq!(to(ClassKind::Matter, "02-03"), some("07003", Certainty::Stated));
    assert_eq!(to(ClassKind::Component, "05-06"), some("01069", Certainty::Stated));
    assert_eq!(to(ClassKind::Matter, "01-92"), some("06042", Certainty::Stated));
    assert_eq!(to(ClassKind::Matter, "01-11"), some("06011", Certainty::Inferred));
    assert_eq!(to(ClassKind::Component, "02-01"), some("02001", Certainty::Presumed));
    assert_eq!(to(ClassKind::Matter, "05-01"), Some((None, Certainty::Presumed)));
    // 06031 is vacant, a local class has no successor by pattern, and 06-xx is not in the table.
    assert_eq!(to(ClassKind::Matter, "01-31"), None);
    assert_eq!(to(ClassKind::Component, "01-99"), None);
    assert_eq!(to(ClassKind::Matter, "06-01"), None);
    for row in mapping.rows() {
        assert!(!row.note.is_empty(), "{} has no note", row.from_code);
    }
}

#[test]
fn a_mapping_edited_by_hand_is_read_and_its_bad_rows_are_reported() {
    let dictionary = standard();
    let text = "from_edition,from_kind,from_code,to_edition,to_kind,to_code,certainty,note\n\
        2013,matter,01-92,2026,matter,06042,stated,ours\n\
        2013,matter,01-92,2026,matter,06010,stated,twice\n\
        2013,matter,01-50,2026,matter,06031,stated,vacant\n\
        2013,matter,01-xx,2026,matter,06010,stated,half a pattern\n\
        1999,matter,01-10,2026,matter,06010,stated,edition\n\
        2013,thing,01-10,2026,matter,06010,stated,kind\n\
        2013,matter,01-10,2026,matter,06010,sure,certainty\n";
    let (mapping, report) = Mapping::read(text.as_bytes(), &dictionary).unwrap();
    assert_eq!((report.rows, report.imported, report.refused), (7, 1, 6));
    assert_eq!(mapping.rows().len(), 1);
    let found: Vec<_> = report.refusals.iter().map(|fault| (fault.row, fault.code)).collect();
    assert_eq!(
        found,
        [
            (3, "mapping_row_doubled"),
            (4, "mapping_target_unknown"),
            (5, "mapping_target_unknown"),
            (6, "edition_unknown"),
            (7, "kind_unknown"),
            (8, "certainty_unknown"),
        ]
    );
    assert_eq!(Mapping::read(b"a,b\n1,2\n", &dictionary).unwrap_err().code(), "table_unreadable");
}

#[test]
fn a_city_adds_classes_and_an_edition_of_its_own() {
    let mut dictionary = standard();
    let text = "\u{feff}类别,小类代码,小类名称\n事件,06999,灯杆张贴(自定义)\n事件,06999,灯杆张贴(自定义)\n\
        事件,06010,暴露垃圾\n事件,06010,别名\n事件,06031,空号\n部件,abc,甲\n物,01001,甲\n事件,06500,无后缀\n";
    let report = dictionary.import_classes(EDITION_2026, text.as_bytes()).unwrap();
    assert_eq!((report.rows, report.imported, report.unchanged, report.refused), (8, 1, 2, 5));
    let found: Vec<_> = report.refusals.iter().map(|fault| (fault.row, fault.code)).collect();
    assert_eq!(
        found,
        [
            (5, "class_code_taken"),
            (6, "class_code_taken"),
            (7, "class_code_malformed"),
            (8, "kind_unknown"),
            (9, "local_class_malformed"),
        ]
    );
    assert!(dictionary.class(EDITION_2026, ClassKind::Matter, "06999").unwrap().local);

    let mut edition = dictionary.edition(EDITION_2013).unwrap().clone();
    assert_eq!(dictionary.add_edition(edition.clone(), vec![]).unwrap_err().code(), "edition_taken");
    edition.code = "kaili".to_owned();
    let major = Major {
        edition: "kaili".to_owned(),
        kind: ClassKind::Matter,
        code: "01".to_owned(),
        name_zh: "市容环境".to_owned(),
        name_en: String::new(),
    };
    dictionary.add_edition(edition.clone(), vec![major]).unwrap();
    let report =
        dictionary.import_classes("kaili", "kind,code,name_zh\nmatter,01-10,垃圾\n".as_bytes()).unwrap();
    assert_eq!(report.imported, 1);
    assert_eq!(dictionary.class("kaili", ClassKind::Matter, "01-10").unwrap().name_zh, "垃圾");
    edition.code = "broken".to_owned();
    edition.local_minor_last = 100;
    assert_eq!(dictionary.add_edition(edition, vec![]).unwrap_err().code(), "edition_malformed");
}

#[test]
fn a_dictionary_survives_being_stored() {
    let mut dictionary = standard();
    dictionary
        .import_classes(EDITION_2026, "kind,code,name_zh\nmatter,06999,甲(自定义)\n".as_bytes())
        .unwrap();
    dictionary.retire_class(&ClassKey::new(EDITION_2026, ClassKind::Matter, "06999")).unwrap();
    let stored = serde_json::to_string(&dictionary).unwrap();
    let read: Dictionary = serde_json::from_str(&stored).unwrap();
    assert_eq!(read, dictionary);
    assert!(read.is_vacant(EDITION_2026, ClassKind::Matter, "06999"));
    assert!(
        serde_json::from_str::<Dictionary>(&stored.replacen("\"minor_digits\":2", "\"minor_digits\":9", 1))
            .is_err()
    );
}
