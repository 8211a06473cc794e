//! The score: each reason, symmetry, that nearer, sooner and more alike never scores lower, and the figures of known pairs.

use kernel::time::{DAY_MS, HOUR_MS, Moment};
use map::geometry::Position;
use proptest::prelude::*;

use crate::duplicates::{Facts, POINTS_MAX, Pair, Score, Settings, Words, measure, score};

const LAMP: &str = "2026-matter-01037";

fn start() -> Moment {
    Moment(1_772_600_000_000)
}

/// A report so many metres north of a place.
fn report(text: &str, north_m: f64) -> Facts {
    Facts {
        position: Some(Position { lon: 107.98, lat: 26.57 + north_m / 110_790.0 }),
        class: Some(LAMP.to_owned()),
        words: Words::of(text),
        ..Facts::new(start())
    }
}

fn of(new: &Facts, old: &Facts) -> Score {
    score(new, old, &Settings::default())
}

fn points(score: &Score, what: &str) -> Option<i16> {
    score.reasons.iter().find(|reason| reason.what == what).map(|reason| reason.points)
}

#[test]
fn two_people_tell_of_one_lamp() {
    let old = report("人民路路灯不亮，晚上看不清路", 0.0);
    let mut new = report("我家门口的街灯熄了好几天", 25.0);
    new.reported_at = start() + 20 * HOUR_MS;
    let settings = Settings::default();
    let found = of(&new, &old);
    assert!(found.points >= settings.likely, "{found:?}");
    assert_eq!(points(&found, "thing"), Some(i16::from(settings.points.thing)));
    assert_eq!(found.reasons.iter().find(|reason| reason.what == "thing").unwrap().value, "路灯");
    let sum: i16 = found.reasons.iter().map(|reason| reason.points).sum();
    assert_eq!(i16::from(found.points), sum.clamp(0, 100), "what is shown adds up");
}

#[test]
fn what_only_looks_alike_is_not_suggested() {
    let settings = Settings::default();
    let lamp = report("12号路灯不亮", 0.0);
    let weak = |new: &Facts| {
        let found = of(new, &lamp);
        assert!(found.points < settings.possible, "{found:?}");
    };
    weak(&report("15号路灯不亮", 30.0));
    weak(&report("12号路灯不亮", 900.0));
    weak(&Facts {
        class: Some("2026-matter-06010".to_owned()), ..report("垃圾没人清，臭得很", 0.0)
    });
    weak(&Facts { reported_at: start() + 120 * DAY_MS, ..report("路灯不亮", 0.0) });
}

#[test]
fn classes_are_compared_by_what_they_mean() {
    let with = |a: &str, b: &str| {
        let class = |class: &str| Facts { class: Some(class.to_owned()), ..Facts::new(start()) };
        let found = of(&class(a), &class(b));
        found.reasons.iter().map(|reason| reason.what).find(|what| what.starts_with("class"))
    };
    assert_eq!(with(LAMP, LAMP), Some("class_same"));
    assert_eq!(with(LAMP, "2026-component-01037"), Some("class_same"), "the matter mirrors the component");
    assert_eq!(with(LAMP, "2026-matter-01060"), Some("class_major"));
    assert_eq!(with(LAMP, "2026-matter-06010"), Some("class_other"));
    assert_eq!(
        with("2013-component-01-10", "2013-matter-01-10"),
        Some("class_other"),
        "2013 numbers them apart"
    );
    assert_eq!(with(LAMP, "2013-matter-01-10"), None, "of two editions nothing can be said");
    assert_eq!(with("Street Light Out", "Street Light Out"), Some("class_same"));
    assert_eq!(with("Street Light Out", "Pothole"), None);
}

#[test]
fn a_component_and_a_photo_decide() {
    let bare = |facts: Facts| Facts { class: None, words: Words::default(), ..facts };
    let with = |component: &str| Facts { component: Some(component.to_owned()), ..bare(report("", 0.0)) };
    assert!(of(&with("A1"), &with("A1")).points >= Settings::default().likely);
    assert!(points(&of(&with("A1"), &with("A2")), "component_other").unwrap() < 0);
    let look = 0x0f0f_3c3c_55aa_9966_u64;
    let seen = |looks: &[u64]| Facts { looks: looks.to_vec(), ..bare(report("", 0.0)) };
    let alike = |flips: u64| points(&of(&seen(&[look]), &seen(&[1, look ^ flips])), "photo");
    assert_eq!(alike(0b111), Some(i16::from(Settings::default().points.photo)));
    assert!(alike(0x3ff).unwrap() < alike(0b111).unwrap());
    assert_eq!(alike(0xffff_ffff), None, "another picture says nothing");
    assert_eq!(points(&of(&seen(&[1]), &seen(&[1])), "photo"), None, "darkness looks like darkness");
}

#[test]
fn what_the_other_report_names_is_not_told() {
    let found = of(&report("12号路灯", 0.0), &report("99号路灯", 0.0));
    let number = found.reasons.iter().find(|reason| reason.what == "number_other").unwrap();
    assert!(number.value.is_null() && number.points < 0);
}

#[test]
fn precision_and_recall_are_counted() {
    let lamp = report("路灯不亮", 0.0);
    let far = report("垃圾", 5_000.0);
    let pair = |new: &Facts, same| Pair { new: new.clone(), old: lamp.clone(), same };
    let pairs = [pair(&lamp, true), pair(&lamp, false), pair(&far, true), pair(&far, false)];
    let measured = measure(&pairs, &Settings::default());
    assert_eq!(measured.pairs(), 4);
    let rate = measured.at(Settings::default().likely);
    assert_eq!((rate.suggested, rate.right, rate.same), (2, 1, 2));
    assert_eq!((rate.precision(), rate.recall()), (Some(0.5), Some(0.5)));
    let nothing = measure(&[], &Settings::default()).at(50);
    assert_eq!((nothing.precision(), nothing.recall()), (None, None));
    assert_eq!(measured.at(0).suggested, 4);
    assert!(measured.rates().windows(2).all(|pair| pair[0].suggested >= pair[1].suggested));
}

#[test]
fn settings_that_contradict_each_other_are_not_sound() {
    let sound = Settings::default();
    assert!(sound.is_sound());
    for unsound in [
        Settings { possible: 90, likely: 80, ..sound.clone() },
        Settings { possible: 0, ..sound.clone() },
        Settings { near_m: 5_000, ..sound.clone() },
        Settings { window_days: 0, ..sound.clone() },
        Settings { text_none_percent: 60, ..sound.clone() },
        Settings { likely: 101, ..sound },
        Settings { photo_other_bits: 3, ..Settings::default() },
    ] {
        assert!(!unsound.is_sound(), "{unsound:?}");
    }
    let partial: Settings = serde_json::from_str(r#"{"version": 2, "points": {"text": 50}}"#).unwrap();
    assert_eq!(
        (partial.points.text, partial.likely),
        (50, sound.likely),
        "what a city leaves out is the default"
    );
}

fn facts() -> impl Strategy<Value = Facts> {
    let class =
        prop::sample::select(vec![None, Some(LAMP), Some("2026-matter-06010"), Some("2026-component-01037")]);
    let component = prop::sample::select(vec![None, Some("A1"), Some("A2")]);
    (
        "[路灯井盖垃圾桶坏了不亮倒满，号人民南1-9]{0,30}",
        -300.0..300.0_f64,
        class,
        component,
        0..100 * DAY_MS,
        prop::collection::vec(any::<u64>(), 0..3),
    )
        .prop_map(|(text, north_m, class, component, later, looks)| Facts {
            class: class.map(str::to_owned),
            component: component.map(str::to_owned),
            reported_at: start() + later,
            looks,
            ..report(&text, north_m)
        })
}

proptest! {
    #[test]
    fn it_does_not_matter_which_is_new(a in facts(), b in facts()) {
        let (one, other) = (of(&a, &b), of(&b, &a));
        prop_assert_eq!(one.points, other.points);
        prop_assert!(one.points <= POINTS_MAX);
        let parts = |score: &Score| {
            let mut parts: Vec<_> = score.reasons.iter().map(|reason| (reason.what, reason.points)).collect();
            parts.sort_unstable();
            parts
        };
        prop_assert_eq!(parts(&one), parts(&other));
    }

    #[test]
    fn nearer_never_scores_lower(a in facts(), b in facts(), near in 0.0..800.0_f64, further in 0.0..800.0_f64) {
        let at = |north_m: f64| Facts { position: report("", north_m).position, ..b.clone() };
        let a = Facts { position: report("", 0.0).position, ..a };
        prop_assert!(of(&a, &at(near)).points >= of(&a, &at(near + further)).points);
    }

    #[test]
    fn sooner_never_scores_lower(a in facts(), b in facts(), soon in 0..200 * DAY_MS, later in 0..200 * DAY_MS) {
        let at = |wait: i64| Facts { reported_at: a.reported_at + wait, ..b.clone() };
        prop_assert!(of(&a, &at(soon)).points >= of(&a, &at(soon + later)).points);
    }

    #[test]
    fn the_same_photo_or_component_never_scores_lower(a in facts(), b in facts(), look in any::<u64>()) {
        let plain = of(&a, &b).points;
        let with = |facts: &Facts| Facts { component: Some("A1".to_owned()), ..facts.clone() };
        let without = |facts: &Facts| Facts { component: None, ..facts.clone() };
        prop_assert!(of(&with(&a), &with(&b)).points >= of(&without(&a), &without(&b)).points);
        let shot = |facts: &Facts| {
            let looks = facts.looks.iter().copied().chain([look]).collect();
            Facts { looks, ..facts.clone() }
        };
        prop_assert!(of(&shot(&a), &shot(&b)).points >= plain);
    }

    #[test]
    fn the_same_words_never_score_lower_than_others(
        text in prop::sample::select(vec!["路灯不亮", "井盖破了，很危险", "垃圾堆了一地没人清", "广告牌快掉下来"]),
        b in facts(),
    ) {
        let a = report(text, 0.0);
        let echo = Facts { words: a.words.clone(), ..b.clone() };
        prop_assert!(of(&a, &echo).points >= of(&a, &b).points);
    }
}
