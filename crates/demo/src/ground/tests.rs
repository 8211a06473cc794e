mod life;
mod shape;

use ledger::Register;

use super::*;

/// Seeds that tests look at; each is another city.
const SEEDS: [u64; 2] = [7, 20_160_601];

fn json(ground: &Ground) -> String {
    serde_json::to_string(ground).unwrap()
}

/// FNV-1a.
fn hash(bytes: &[u8]) -> u64 {
    bytes
        .iter()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}

#[test]
fn the_same_seed_gives_the_same_bytes_and_another_seed_another_city() {
    let (one, again, other) = (ground(7).unwrap(), ground(7).unwrap(), ground(8).unwrap());
    assert_eq!(hash(json(&one).as_bytes()), hash(json(&again).as_bytes()));
    assert_ne!(one.cells, other.cells);
    let read: Ground = serde_json::from_str(&json(&one)).unwrap();
    assert_eq!(read, one);
}

#[test]
fn every_machine_draws_the_same_borders() {
    // Only what the seed makes, so that words may change. A change of the shapes changes this number: then it is looked at and set anew.
    let shapes: Vec<MultiPolygon> = ground(7).unwrap().cells.into_iter().map(|cell| cell.area).collect();
    assert_eq!(hash(serde_json::to_string(&shapes).unwrap().as_bytes()), 1_940_759_445_859_025_042);
}

#[test]
fn divisions_are_those_of_the_list_with_names_in_two_languages() {
    let ground = ground(SEEDS[0]).unwrap();
    let count = |level| ground.divisions.iter().filter(|division| division.level == level).count();
    let counts =
        [DivisionLevel::Street, DivisionLevel::Town, DivisionLevel::Community, DivisionLevel::Village];
    assert_eq!(counts.map(count), [9, 11, 42, 166]);
    let named = |code: &str| {
        let division = ground.divisions.iter().find(|division| division.code == code).unwrap();
        (division.name_zh.as_str(), division.name_en.as_str())
    };
    assert_eq!(named("522601003"), ("西门街道", "Ximen Street"));
    assert_eq!(named("522601100"), ("三棵树镇", "Sankeshu Town"));
    assert_eq!(named("522601003008"), ("大桥路社区", "Daqiao Road Community"));
    assert_eq!(named("522601006206"), ("马安村", "Ma'an Village"));
    assert_eq!(named("522601104209"), ("米薅村", "Mihao Village"));
    assert!(ground.divisions.iter().all(|division| division.name_en.is_ascii()));
}

#[test]
fn everything_is_a_good_row_of_its_register() {
    let ground = ground(SEEDS[0]).unwrap();
    let faults = ground.divisions.iter().flat_map(|division| division.row(None).validate());
    let faults = faults.chain(ground.cells.iter().flat_map(|cell| cell.row("2016", None).validate()));
    let faults = faults.chain(ground.features.iter().flat_map(|feature| feature.row().validate()));
    let faults: Vec<_> = faults.chain(ground.units.iter().flat_map(|unit| unit.row().validate())).collect();
    assert_eq!(faults, []);
}
