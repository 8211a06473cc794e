//! People, units, reports and where they come from.

use std::collections::{BTreeMap, BTreeSet};

use governance::{
    dictionary::{ClassKey, Dictionary},
    handbook::{default_2026, default_units},
};
use kernel::text::mask_personal;

use super::{
    super::{
        reports::{NUMBER_MAX, PlaceKind, TextLanguage, catalogue},
        spots::Spots,
        units::keeps_books,
        *,
    },
    SEEDS,
};
use crate::dice::Dice;

#[test]
fn every_cell_has_one_collector_and_every_collector_cells() {
    for seed in SEEDS {
        let ground = ground(seed).unwrap();
        let mut looked_after: BTreeMap<&str, usize> = BTreeMap::new();
        let collectors =
            ground.people.iter().enumerate().filter(|(_, person)| person.role == Role::Collector);
        for (index, person) in collectors.clone() {
            assert!(!person.cells.is_empty(), "{} has nothing to do", person.sign_in);
            assert!(person.cells.len() <= ledger::access::account::PLACES_MAX);
            let streets: BTreeSet<&str> = person.cells.iter().map(|cell| &cell[..9]).collect();
            assert_eq!(streets.len(), 1, "{} works in two streets", person.sign_in);
            for cell in &person.cells {
                assert_eq!(looked_after.insert(cell, index), None, "{cell} has two collectors");
            }
        }
        assert_eq!(collectors.count(), 60);
        assert_eq!(looked_after.len(), ground.cells.len());
        assert!(ground.cells.iter().all(|cell| looked_after[cell.code.as_str()] == cell.collector));
        let others = ground.people.iter().filter(|person| person.role != Role::Collector);
        assert!(others.clone().all(|person| person.cells.is_empty()));
    }
}

#[test]
fn every_unit_has_its_people_and_every_post_is_filled() {
    let ground = ground(SEEDS[0]).unwrap();
    let codes: BTreeSet<&str> = ground.units.iter().map(|unit| unit.code.as_str()).collect();
    assert_eq!(codes.len(), ground.units.len());
    assert!(default_units().unwrap().iter().all(|unit| codes.contains(unit.code.as_str())));
    for unit in &ground.units {
        let count = |role| {
            let own = ground.people.iter().filter(|person| person.unit.as_ref() == Some(&unit.code));
            own.filter(|person| person.role == role).count()
        };
        assert_eq!(count(Role::Clerk), 1, "{}", unit.code);
        if keeps_books(unit) {
            assert_eq!(count(Role::UnitManager) + count(Role::Worker), 0, "{}", unit.code);
            continue;
        }
        assert_eq!(count(Role::UnitManager), 1, "{}", unit.code);
        assert!((2..=4).contains(&count(Role::Worker)), "{}", unit.code);
    }
    let streets = ground.divisions.iter().filter(|division| division.code.len() == 9);
    for street in streets {
        let office: Vec<&Unit> =
            ground.units.iter().filter(|unit| unit.street.as_ref() == Some(&street.code)).collect();
        assert_eq!(office.len(), 1, "{}", street.name_zh);
        assert!(office[0].name_zh.starts_with(&street.name_zh));
        let own = ground.cells.iter().filter(|cell| cell.code.starts_with(&street.code));
        assert!(own.clone().count() > 0 && own.clone().all(|cell| cell.unit == office[0].code));
    }
    for role in Role::ALL.into_iter().filter(|role| *role != Role::Resident) {
        assert!(ground.people.iter().any(|person| person.role == role), "nobody is {role}");
    }
    let unique = |pick: fn(&Person) -> &str| ground.people.iter().map(pick).collect::<BTreeSet<_>>().len();
    assert_eq!(unique(|person| &person.sign_in), ground.people.len());
    assert_eq!(unique(|person| &person.name_zh), ground.people.len());
    let plain = |sign_in: &str| {
        sign_in.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
    };
    assert!(ground.people.iter().all(|person| plain(&person.sign_in)));
}

#[test]
fn the_catalogue_can_be_filed_under_the_default_handbook() {
    let catalogue = catalogue().unwrap();
    let dictionary = Dictionary::standard().unwrap();
    let handbook = default_2026(&dictionary, jiff::civil::date(2016, 1, 1)).unwrap();
    assert!(catalogue.len() >= 35);
    let texts = || catalogue.iter().flat_map(|class| &class.texts);
    assert!(texts().filter(|text| text.language == TextLanguage::Zh).count() >= 120);
    assert!(texts().filter(|text| text.language == TextLanguage::En).count() >= 10);
    let different: BTreeSet<&str> = texts().map(|text| text.template.as_str()).collect();
    assert_eq!(different.len(), texts().count());
    for class in &catalogue {
        let key: ClassKey = class.class.parse().unwrap();
        assert!(dictionary.class(&key.edition, key.kind, &key.code).is_some(), "{}", class.class);
        assert!(
            !handbook.find_with_mirror(key.kind, &key.code).is_empty(),
            "{} cannot be filed",
            class.class
        );
        assert!(class.texts.len() >= 2, "{}", class.class);
    }
}

#[test]
fn texts_are_filled_and_name_nobody() {
    for text in catalogue().unwrap().iter().flat_map(|class| &class.texts) {
        let (road, landmark, community) = match text.language {
            TextLanguage::Zh => ("北京东路", "大十字广场", "西门社区"),
            TextLanguage::En => ("Beijing East Road", "Dashizi Square", "Ximen Community"),
        };
        let filled = text.fill(road, landmark, community, NUMBER_MAX);
        assert!(!filled.contains(['{', '}']), "{filled}");
        assert_ne!(filled, text.template, "a text names its place");
        assert!(filled.chars().count() <= 200, "{filled}");
        assert_eq!(mask_personal(&filled).found, []);
    }
}

#[test]
fn reports_have_the_rhythm_of_their_class() {
    let catalogue = catalogue().unwrap();
    let of = |code: &str| catalogue.iter().find(|class| class.class.ends_with(code)).unwrap();
    for class in &catalogue {
        let hours = (1..=12)
            .flat_map(|month| (0..7).flat_map(move |day| (0..24).map(move |hour| (month, day, hour))));
        let sum: f64 = hours.map(|(month, day, hour)| class.weight_at(month, day, hour)).sum();
        assert!((sum / f64::from(12 * 7 * 24) - class.weight).abs() < 1e-9, "{}", class.class);
        assert_eq!(class.weight_at(0, 0, 0) + class.weight_at(13, 0, 0) + class.weight_at(1, 7, 0), 0.0);
    }
    let (rubbish, noise, lamp, snow) = (of("06010"), of("06028"), of("01037"), of("10001"));
    assert!(rubbish.weight_at(6, 1, 8) > 2.0 * rubbish.weight_at(6, 1, 20));
    assert!(noise.weight_at(6, 5, 22) > 4.0 * noise.weight_at(6, 5, 10));
    assert!(lamp.weight_at(1, 1, 20) > 1.5 * lamp.weight_at(6, 1, 20));
    assert!(snow.weight_at(7, 1, 8) == 0.0 && snow.weight_at(1, 1, 8) > 0.0);
}

#[test]
fn spots_lie_in_their_cell_and_have_names() {
    let ground = ground(SEEDS[0]).unwrap();
    let spots = Spots::new(&ground).unwrap();
    let mut dice = Dice::new(1, "spots");
    let kinds = [
        PlaceKind::Urban,
        PlaceKind::Road,
        PlaceKind::Market,
        PlaceKind::Residence,
        PlaceKind::Green,
        PlaceKind::Water,
        PlaceKind::Village,
    ];
    for kind in kinds {
        let mut urban = 0;
        let mut places = BTreeSet::new();
        for _ in 0..200 {
            let spot = spots.draw(kind, &mut dice).unwrap();
            let cell = &ground.cells[spot.cell];
            assert!(map::locate::contains(&cell.area, spot.position));
            let community = ground.divisions.iter().find(|division| division.code == cell.community).unwrap();
            assert_eq!(spot.community.zh, community.name_zh);
            for name in [spot.road, spot.landmark, spot.community] {
                assert!(!name.zh.is_empty() && name.en.is_ascii() || name.en.contains('–'), "{name:?}");
            }
            urban += u32::from(cell.urban);
            places.insert((spot.position.lon.to_bits(), spot.position.lat.to_bits()));
        }
        assert!(places.len() > 195, "{kind:?}: always in the same places");
        match kind {
            PlaceKind::Urban | PlaceKind::Road | PlaceKind::Market | PlaceKind::Residence => {
                assert!(urban > 150, "{kind:?}: {urban}");
            }
            PlaceKind::Village => assert_eq!(urban, 0),
            PlaceKind::Green | PlaceKind::Water => {}
        }
    }
    let again: Vec<_> = (0..5).map(|_| spots.draw(PlaceKind::Urban, &mut Dice::new(9, "again"))).collect();
    assert!(again.windows(2).all(|pair| pair[0] == pair[1]));
}
