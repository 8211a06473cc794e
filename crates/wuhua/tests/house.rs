//! The house rules of docs/ARCHITECTURE.md that a program can check: floors, glossaries, sizes, what must not be there.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::metadata::{cargo_metadata, files, root, text_of};

/// The floor of each crate: it may import from lower floors only, so neither upward nor from its neighbours.
const FLOORS: &[(&str, u8)] = &[
    ("kernel", 0),
    ("db", 0),
    ("ledger-derive", 0),
    ("ledger", 1),
    ("map", 1),
    ("documents", 1),
    ("figures", 2),
    ("exchange", 2),
    ("typeset", 2),
    ("planning", 3),
    ("finance", 3),
    ("land", 3),
    ("services", 3),
    ("governance", 3),
    ("control", 3),
    ("parts", 4),
    ("reports", 5),
    ("demo", 5),
    ("server", 6),
    ("wuhua", 7),
    ("bench", 7),
];

/// A file longer than this holds two nouns.
const SOURCE_LINES_MAX: usize = 700;

/// Endings of the files that people write as source.
const SOURCE_ENDINGS: [&str; 8] = [".rs", ".ts", ".vue", ".mjs", ".js", ".css", ".py", ".sql"];

/// Beginnings of paths that exist on one machine only; split, so that this file does not hold what it forbids.
const MACHINE_PATHS: [&str; 3] = [concat!("/wo", "rk/"), concat!("/ro", "ot/"), concat!("/ho", "me/")];

/// Marks of work left undone, split likewise.
const UNDONE: [&str; 2] = [concat!("to", "do!"), concat!("unimple", "mented!")];

/// The workspace's crates with the workspace's crates they depend on, in whatever way.
fn arrows() -> BTreeMap<String, Vec<String>> {
    let metadata = cargo_metadata(&["--no-deps"]);
    let packages = metadata["packages"].as_array().expect("packages");
    let depends = |package: &Value| -> Vec<String> {
        let dependencies = package["dependencies"].as_array().expect("dependencies");
        let own = dependencies.iter().filter(|dependency| dependency["path"].is_string());
        own.map(|dependency| dependency["name"].as_str().expect("name").to_owned()).collect()
    };
    packages
        .iter()
        .map(|package| (package["name"].as_str().expect("name").to_owned(), depends(package)))
        .collect()
}

/// What is wrong with the arrows between crates, one line each.
fn wrong_arrows(arrows: &BTreeMap<String, Vec<String>>, floors: &BTreeMap<&str, u8>) -> Vec<String> {
    let mut wrong = Vec::new();
    for (from, targets) in arrows {
        let Some(from_floor) = floors.get(from.as_str()) else {
            wrong.push(format!("{from} has no floor: give it one here and in docs/ARCHITECTURE.md"));
            continue;
        };
        // A crate's tests may ask for itself with another feature.
        for to in targets.iter().filter(|to| *to != from) {
            match floors.get(to.as_str()) {
                Some(to_floor) if to_floor < from_floor => {}
                Some(to_floor) => {
                    wrong.push(format!("{from} (floor {from_floor}) imports {to} (floor {to_floor})"));
                }
                None => wrong.push(format!("{from} imports {to}, which has no floor")),
            }
        }
    }
    wrong
}

/// The numbers of the lines with a path of one machine in them. A letter before it makes it part of another path.
fn machine_path_lines(text: &str) -> Vec<usize> {
    let is_part =
        |before: &str| before.ends_with(|last: char| last.is_alphanumeric() || "._-}".contains(last));
    let has_one = |line: &str| {
        MACHINE_PATHS.iter().any(|path| line.match_indices(path).any(|(at, _)| !is_part(&line[..at])))
    };
    text.lines().enumerate().filter(|(_, line)| has_one(line)).map(|(index, _)| index + 1).collect()
}

/// Whether the crate's first comment explains its words.
fn has_glossary(source: &str) -> bool {
    source.lines().take_while(|line| line.starts_with("//!")).any(|line| line.contains("Glossary"))
}

#[test]
fn crates_import_from_lower_floors_only() {
    let wrong = wrong_arrows(&arrows(), &FLOORS.iter().copied().collect());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn arrows_upward_sideways_and_of_strangers_are_seen() {
    let arrow = |from: &str, to: &str| BTreeMap::from([(from.to_owned(), vec![to.to_owned()])]);
    let wrong =
        |from: &str, to: &str| wrong_arrows(&arrow(from, to), &FLOORS.iter().copied().collect()).len();
    assert_eq!(wrong("ledger", "db"), 0);
    assert_eq!(wrong("db", "db"), 0, "itself, for a feature in its tests");
    assert_eq!(wrong("ledger", "governance"), 1, "upward");
    assert_eq!(wrong("server", "demo"), 1, "sideways");
    assert_eq!(wrong("db", "kernel"), 1, "sideways on the ground floor");
    assert_eq!(wrong("stranger", "kernel"), 1);
    assert_eq!(wrong("wuhua", "stranger"), 1);
}

#[test]
fn every_crate_explains_its_words() {
    let explains = |name: &str| {
        let begins = ["lib", "main"].map(|file| format!("crates/{name}/src/{file}.rs"));
        let begin = begins.iter().find(|path| root().join(path).is_file());
        begin.and_then(|path| text_of(path)).is_some_and(|source| has_glossary(&source))
    };
    let silent: Vec<&str> = FLOORS.iter().map(|(name, _)| *name).filter(|name| !explains(name)).collect();
    assert!(silent.is_empty(), "no section \"# Glossary\" in the crate's //! header: {silent:?}");
}

#[test]
fn a_glossary_counts_in_the_header_only() {
    assert!(has_glossary("//! A room.\n//!\n//! # Glossary\n//! * word: meaning\n"));
    assert!(!has_glossary("//! A room.\n\n// Glossary\n"));
}

#[test]
fn no_source_file_is_too_long() {
    for path in files() {
        if SOURCE_ENDINGS.iter().any(|ending| path.ends_with(ending)) {
            let lines = text_of(&path).unwrap_or_default().lines().count();
            assert!(
                lines <= SOURCE_LINES_MAX,
                "{path}: {lines} lines, over {SOURCE_LINES_MAX}: split it by noun"
            );
        }
    }
}

#[test]
fn no_path_of_a_machine_is_committed() {
    for path in files() {
        if let Some(text) = text_of(&path) {
            let lines = machine_path_lines(&text);
            assert!(lines.is_empty(), "{path}: path of a machine in lines {lines:?}");
        }
    }
}

#[test]
fn paths_of_a_machine_are_seen() {
    let path = MACHINE_PATHS[0];
    assert_eq!(machine_path_lines(&format!("fine\nfile = \"{path}data\"\n")), [2]);
    assert_eq!(machine_path_lines(&format!("{path}data")), [1]);
    assert_eq!(machine_path_lines(&format!("https://example.org{path}of")), [0; 0], "a path on a web site");
}

#[test]
fn npm_lock_names_no_registry() {
    // The lock is made with `omit-lockfile-registry-resolved`: packages come from whatever registry a machine uses.
    if let Some(lock) =
        files().iter().find(|path| *path == "web/package-lock.json").and_then(|path| text_of(path))
    {
        let resolved = lock.lines().filter(|line| line.contains("\"resolved\"")).count();
        assert_eq!(resolved, 0, "web/package-lock.json names download addresses");
    }
}

#[test]
fn nothing_is_left_undone() {
    for path in files().iter().filter(|path| path.ends_with(".rs")) {
        let text = text_of(path).unwrap_or_default();
        for mark in UNDONE {
            assert!(!text.contains(mark), "{path}: {mark}");
        }
    }
}
