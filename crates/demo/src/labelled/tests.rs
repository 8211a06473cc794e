//! The labelled set: the same for a seed, as mixed as it says, and how well the default settings do on pairs that they were not tuned on.

use std::collections::BTreeMap;

use governance::duplicates::{Pair, Settings, measure};
use map::geodesy;

use super::*;

#[test]
fn a_seed_gives_the_same_pairs_and_another_others() {
    assert_eq!(labelled(7, 200), labelled(7, 200));
    assert_ne!(labelled(7, 200), labelled(8, 200));
    assert_eq!(labelled(7, 300)[..200], labelled(7, 200)[..]);
}

#[test]
fn every_relation_is_there_and_two_in_five_are_the_same() {
    let pairs = labelled(4, 4_000);
    let mut counts = BTreeMap::new();
    for pair in &pairs {
        *counts.entry(pair.relation).or_insert(0_usize) += 1;
        assert!(pair.new.reported_at > pair.old.reported_at);
        assert!(!pair.new.text.is_empty() || !pair.new.address.is_empty());
    }
    assert_eq!(counts.len(), Relation::ALL.len());
    let same = pairs.iter().filter(|pair| pair.relation.is_same()).count();
    assert!((0.36..0.44).contains(&(same as f64 / pairs.len() as f64)), "{same} of {}", pairs.len());
}

#[test]
fn neither_place_nor_words_tell_the_truth_alone() {
    let pairs = labelled(5, 4_000);
    let share = |relation: Relation, test: &dyn Fn(&Labelled) -> bool| {
        let of: Vec<_> = pairs.iter().filter(|pair| pair.relation == relation).collect();
        of.iter().filter(|pair| test(pair)).count() as f64 / of.len() as f64
    };
    let near = |pair: &Labelled| geodesy::distance_m(pair.new.position, pair.old.position) < 60.0;
    assert!(share(Relation::Same, &near) < 0.85 && share(Relation::SamePlace, &near) > 0.6);
    let likeness = |pair: &Labelled| {
        let pair = pair.pair();
        pair.new.words.likeness(&pair.old.words)
    };
    let alike = |pair: &Labelled| likeness(pair) > 0.5;
    assert!(share(Relation::Same, &alike) < 0.5 && share(Relation::SameWords, &alike) > 0.4);
}

#[test]
fn the_default_settings_keep_their_figures_on_pairs_they_were_not_tuned_on() {
    let pairs: Vec<Pair> = labelled(99, 6_000).iter().map(Labelled::pair).collect();
    let settings = Settings::default();
    let measured = measure(&pairs, &settings);
    let possible = measured.at(settings.possible);
    let likely = measured.at(settings.likely);
    assert!(possible.precision().unwrap() > 0.87 && possible.recall().unwrap() > 0.83, "{possible:?}");
    assert!(likely.precision().unwrap() > 0.94, "{likely:?}");
}
