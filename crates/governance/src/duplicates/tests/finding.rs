//! Finding on both engines: what is near, what has the same component or photo, what is left out, whom merged cases lead to.

use kernel::{
    code::CityCode,
    id::CaseId,
    role::ActorId,
    time::{DAY_MS, MINUTE_MS, Moment},
};
use ledger::{By, Ledger, Vault, VaultKey};
use map::geometry::Position;

use crate::{
    case::{Attachment, AttachmentRole, Event, Fact, Lane, Outcome, Place, Report, Source, noun::CaseNoun},
    duplicates::{CANDIDATES_MAX, Facts, SIMILAR_MAX, Settings, Similar, Words, facts_of, find},
};

const LAMP: &str = "2026-matter-01037";
const LOOK: u64 = 0x0f0f_3c3c_55aa_9966;

fn city() -> CityCode {
    CityCode::new(522_601).unwrap()
}

fn start() -> Moment {
    Moment(1_772_600_000_000)
}

fn id(number: u64) -> CaseId {
    format!("00000000-0000-7000-8000-{number:012x}").parse().unwrap()
}

struct Town(Ledger);

fn on_each(story: impl Fn(&Town)) {
    for store in db::testing::stores().unwrap() {
        let folder = tempfile::tempdir().unwrap();
        let vault = Vault::new(&VaultKey::fresh().unwrap());
        story(&Town(
            Ledger::open(store.db.clone(), crate::nouns(), vault, folder.path().to_owned()).unwrap(),
        ));
    }
}

fn lamp(north_m: f64) -> Report {
    Report {
        source: Source::Web,
        lane: Lane::Ordinary,
        reporter: None,
        text: "路灯不亮，晚上看不清路".to_owned(),
        place: Some(Place { lon: 107.98, lat: 26.57 + north_m / 110_790.0, ..Place::default() }),
        class: Some(LAMP.to_owned()),
        component: None,
        urgent: false,
        attachments: Vec::new(),
        reference: None,
        token_hash: None,
        parent: None,
    }
}

fn photo(hash: char) -> Attachment {
    Attachment { hash: hash.to_string().repeat(64), role: AttachmentRole::Before, round: 0 }
}

impl Town {
    fn tell(&self, number: u64, at: Moment, facts: Vec<Fact>) {
        let key = id(number).to_string();
        let events: Vec<Event> = facts.into_iter().map(Event::from).collect();
        self.0
            .db()
            .write_blocking(move |tx| {
                let by = By { actor: ActorId::Resident, at };
                let seen = ledger::get::<CaseNoun>(tx, city(), &key)?;
                ledger::append::<CaseNoun>(tx, city(), &key, seen, &events, &by).map(drop)
            })
            .unwrap();
    }

    fn report(&self, number: u64, at: Moment, report: Report) {
        self.tell(number, at, vec![Fact::Reported(Box::new(report))]);
    }

    fn note_photo(&self, hash: char, look: u64) {
        let attachment = ledger::Attachment {
            hash: photo(hash).hash,
            media_type: "image/jpeg".to_owned(),
            bytes: 1,
            width: 1,
            height: 1,
            look,
            taken_at: None,
        };
        self.0
            .db()
            .write_blocking(move |tx| ledger::attachment::note(tx, city(), &attachment, start()))
            .unwrap();
    }

    fn finds(&self, facts: &Facts) -> Vec<Similar> {
        let facts = facts.clone();
        self.0
            .db()
            .read_blocking(move |tx| find(tx, city(), &facts, &Settings::default(), SIMILAR_MAX))
            .unwrap()
    }

    fn ids(&self, facts: &Facts) -> Vec<CaseId> {
        self.finds(facts).into_iter().map(|similar| similar.id).collect()
    }
}

/// A new report of a dark lamp at the place where all begins.
fn new_lamp(at: Moment) -> Facts {
    Facts {
        position: Some(Position { lon: 107.98, lat: 26.57 }),
        class: Some(LAMP.to_owned()),
        words: Words::of("街灯熄了好几天"),
        ..Facts::new(at)
    }
}

#[test]
fn the_nearest_of_the_same_is_first_with_its_reasons() {
    on_each(|town| {
        town.report(1, start(), lamp(60.0));
        town.report(2, start(), lamp(8.0));
        town.report(3, start(), lamp(2_000.0));
        let rubbish = Report {
            text: "垃圾没人清".to_owned(),
            class: Some("2026-matter-06010".to_owned()),
            ..lamp(5.0)
        };
        town.report(4, start(), rubbish);
        let found = town.finds(&new_lamp(start() + MINUTE_MS));
        assert_eq!(found.iter().map(|similar| similar.id).collect::<Vec<_>>(), [id(2), id(1)]);
        let first = &found[0];
        assert!((first.distance_m.unwrap() - 8.0).abs() < 0.1);
        assert_eq!(first.record.state.text, "路灯不亮，晚上看不清路");
        let named: Vec<&str> = first.score.reasons.iter().map(|reason| reason.what).collect();
        assert!(named.contains(&"distance") && named.contains(&"class_same"), "{named:?}");
        let one = town
            .0
            .db()
            .read_blocking(|tx| find(tx, city(), &new_lamp(start()), &Settings::default(), 1))
            .unwrap();
        assert_eq!(one.len(), 1);
    });
}

#[test]
fn a_case_is_not_like_itself_nor_like_what_was_split_from_it() {
    on_each(|town| {
        town.report(1, start(), lamp(0.0));
        town.report(2, start(), Report { parent: Some(id(1)), ..lamp(0.0) });
        town.report(3, start(), lamp(1.0));
        let own = Facts { case: Some(id(1)), ..new_lamp(start()) };
        assert_eq!(town.ids(&own), [id(3)]);
    });
}

#[test]
fn what_ended_before_the_window_is_past_and_what_is_open_is_not() {
    on_each(|town| {
        let close = || Fact::Closed { outcome: Outcome::Cured, note: String::new(), component_present: None };
        // Long open: the same component outweighs the time.
        let known = || Report { component: Some("K7".to_owned()), ..lamp(0.0) };
        town.report(1, start(), known());
        town.report(2, start(), known());
        town.tell(2, start() + MINUTE_MS, vec![close()]);
        town.report(3, start(), known());
        town.tell(3, start() + MINUTE_MS, vec![Fact::Voided { reason: "错报".to_owned() }]);
        let settings = Settings::default();
        let late = start() + (i64::from(settings.window_days) + 5) * DAY_MS;
        let facts = Facts { component: Some("K7".to_owned()), ..new_lamp(late) };
        assert_eq!(town.ids(&facts), [id(1)]);
        // Within the window the closed one comes too: something may not have been set right.
        assert_eq!(town.ids(&Facts { reported_at: start() + DAY_MS, ..facts }), [id(2), id(1)]);
    });
}

#[test]
fn merged_cases_lead_to_the_one_that_goes_on() {
    on_each(|town| {
        town.report(1, start(), lamp(70.0));
        town.report(2, start(), lamp(3.0));
        town.report(3, start(), lamp(5.0));
        town.tell(2, start() + MINUTE_MS, vec![Fact::Merged { into: id(1) }]);
        town.tell(3, start() + MINUTE_MS, vec![Fact::Merged { into: id(2) }]);
        let found = town.finds(&new_lamp(start() + DAY_MS));
        assert_eq!(found.len(), 1, "each goes on in the same case, which comes once");
        assert_eq!((found[0].id, found[0].alike), (id(1), id(2)), "the likest speaks for it");
        assert_eq!(found[0].record.key, id(1).to_string());
        let own = Facts { case: Some(id(1)), ..new_lamp(start()) };
        assert!(town.ids(&own).is_empty(), "what went into it is no news to it");
    });
}

#[test]
fn the_same_component_and_the_same_photo_are_found_without_a_place() {
    on_each(|town| {
        town.note_photo('a', LOOK);
        town.note_photo('b', LOOK);
        town.note_photo('c', !LOOK);
        town.report(1, start(), Report { component: Some("K7".to_owned()), place: None, ..lamp(0.0) });
        town.report(2, start(), Report { attachments: vec![photo('a')], place: None, ..lamp(0.0) });
        town.report(3, start(), Report { attachments: vec![photo('c')], place: None, ..lamp(0.0) });
        let nowhere = Facts { position: None, ..new_lamp(start()) };
        assert!(town.ids(&nowhere).is_empty());
        assert_eq!(town.ids(&Facts { component: Some("K7".to_owned()), ..nowhere.clone() }), [id(1)]);
        let found = town.finds(&Facts { looks: vec![LOOK], ..nowhere });
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].id, found[0].distance_m), (id(2), None));
        assert!(found[0].score.reasons.iter().any(|reason| reason.what == "photo"));
        // The looks of a case's own photos are read with its facts.
        let facts = town
            .0
            .db()
            .read_blocking(|tx| {
                let case = ledger::get::<CaseNoun>(tx, city(), &id(2).to_string())?.unwrap();
                facts_of(tx, city(), id(2), &case.state)
            })
            .unwrap();
        assert_eq!(facts.looks, [LOOK]);
        assert!(town.ids(&facts).is_empty(), "nobody else sent that photo");
    });
}

#[test]
fn photos_of_near_cases_are_compared_though_they_were_pressed_anew() {
    on_each(|town| {
        town.note_photo('a', LOOK ^ 0b101);
        let plain =
            Report {
                text: "请看照片".to_owned(), class: None, attachments: vec![photo('a')], ..lamp(40.0)
            };
        town.report(1, start(), plain);
        let facts = Facts { class: None, words: Words::default(), looks: vec![LOOK], ..new_lamp(start()) };
        let found = town.finds(&facts);
        assert!(found[0].score.reasons.iter().any(|reason| reason.what == "photo"));
        assert!(found[0].score.points >= Settings::default().likely);
    });
}

#[test]
fn a_crowd_at_one_spot_does_not_hide_the_new_ones_nor_grow_the_work() {
    on_each(|town| {
        let crowd = u64::try_from(CANDIDATES_MAX).unwrap() * 2;
        town.0
            .db()
            .write_blocking(move |tx| {
                for number in 0..crowd {
                    let (key, event) = (id(100 + number), Event::from(Fact::Reported(Box::new(lamp(90.0)))));
                    let by = By { actor: ActorId::Resident, at: start() };
                    ledger::append::<CaseNoun>(tx, city(), &key.to_string(), None, &[event], &by)?;
                }
                Ok::<_, ledger::LedgerError>(())
            })
            .unwrap();
        town.report(1, start() + DAY_MS, lamp(2.0));
        let found = town.finds(&new_lamp(start() + DAY_MS));
        assert_eq!(found[0].id, id(1));
        assert!(found.len() <= SIMILAR_MAX);
        assert!(found.windows(2).all(|pair| pair[0].score.points >= pair[1].score.points));
    });
}
