//! Every crate in the tree has a licence that deny.toml allows, and comes from the one registry.
//! cargo-deny looks deeper where it is installed; this runs everywhere.

use std::collections::{BTreeMap, BTreeSet};

use crate::metadata::{cargo_metadata, printed, text_of};

/// What deny.toml allows: for every crate, and for single crates on top.
struct Allowed {
    licences: BTreeSet<String>,
    exceptions: BTreeMap<String, BTreeSet<String>>,
}

/// The quoted words of a piece of TOML.
fn quoted(text: &str) -> Vec<String> {
    text.split('"').skip(1).step_by(2).map(String::from).collect()
}

/// The lines of the list `name = [ … ]`, comments left out.
fn list<'a>(toml: &'a str, name: &str) -> Vec<&'a str> {
    let begin = format!("{name} = [");
    let after = toml.lines().skip_while(|line| *line != begin).skip(1);
    let lines: Vec<&str> =
        after.take_while(|line| *line != "]").filter(|line| !line.trim().starts_with('#')).collect();
    assert!(!lines.is_empty(), "deny.toml has a list {name}, one item a line");
    lines
}

fn allowed(toml: &str) -> Allowed {
    let exception = |line: &str| {
        let mut words = quoted(line).into_iter();
        (words.next().expect("the crate's name comes first"), words.collect())
    };
    Allowed {
        licences: list(toml, "allow").into_iter().flat_map(quoted).collect(),
        exceptions: list(toml, "exceptions").into_iter().map(exception).collect(),
    }
}

/// Whether an SPDX expression can be met with the given licences: one side of OR, both of AND; OR binds weaker.
/// The old spelling `MIT/Apache-2.0` means OR. `X WITH exception` grants more than `X`, so `X` is enough.
fn met(expression: &str, has: &dyn Fn(&str) -> bool) -> bool {
    let spaced = expression.replace('(', " ( ").replace(')', " ) ").replace('/', " OR ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    if words.is_empty() {
        return false;
    }
    let mut at = 0;
    let result = any(&words, &mut at, has);
    assert_eq!(at, words.len(), "understood to the end: {expression}");
    result
}

fn any(words: &[&str], at: &mut usize, has: &dyn Fn(&str) -> bool) -> bool {
    let mut result = all(words, at, has);
    while words.get(*at) == Some(&"OR") {
        *at += 1;
        result |= all(words, at, has);
    }
    result
}

fn all(words: &[&str], at: &mut usize, has: &dyn Fn(&str) -> bool) -> bool {
    let mut result = one(words, at, has);
    while words.get(*at) == Some(&"AND") {
        *at += 1;
        result &= one(words, at, has);
    }
    result
}

fn one(words: &[&str], at: &mut usize, has: &dyn Fn(&str) -> bool) -> bool {
    let word = words.get(*at).copied().unwrap_or_default();
    *at += 1;
    if word == "(" {
        let result = any(words, at, has);
        assert_eq!(words.get(*at), Some(&")"), "closed parenthesis");
        *at += 1;
        return result;
    }
    if words.get(*at) == Some(&"WITH") {
        *at += 2;
    }
    has(word)
}

#[test]
fn every_licence_is_allowed_and_every_source_is_the_registry() {
    let allowed = allowed(&text_of("deny.toml").expect("deny.toml"));
    let version = printed("rustc", &["-vV"]);
    let host = version.lines().find_map(|line| line.strip_prefix("host: ")).expect("rustc names its host");
    let metadata = cargo_metadata(&["--filter-platform", host]);
    let packages = metadata["packages"].as_array().expect("packages");
    let mut sources = BTreeSet::new();
    let mut wrong = Vec::new();
    for package in packages {
        let name = package["name"].as_str().expect("name");
        let licence = package["license"].as_str().unwrap_or_default();
        let excepted = allowed.exceptions.get(name);
        let has =
            |word: &str| allowed.licences.contains(word) || excepted.is_some_and(|set| set.contains(word));
        if !met(licence, &has) {
            wrong.push(format!("{name}: licence {licence:?} is not allowed by deny.toml"));
        }
        sources.extend(package["source"].as_str());
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(packages.len() > 100, "the whole tree was read, not {} crates", packages.len());
    assert!(
        sources.len() == 1 && sources.iter().all(|source| source.starts_with("registry+")),
        "{sources:?}"
    );
}

#[test]
fn licence_expressions_are_understood() {
    let has = |word: &str| ["MIT", "Zlib", "Unicode-3.0"].contains(&word);
    for good in [
        "MIT",
        "GPL-3.0 OR MIT",
        "MIT/GPL-3.0",
        "(MIT OR GPL-3.0) AND Unicode-3.0",
        "MIT WITH exception AND Zlib",
    ] {
        assert!(met(good, &has), "{good}");
    }
    for bad in ["", "GPL-3.0", "MIT AND GPL-3.0", "(MIT OR Zlib) AND GPL-3.0", "GPL-3.0 WITH MIT"] {
        assert!(!met(bad, &has), "{bad}");
    }
    // AND binds stronger than OR.
    assert!(met("MIT OR GPL-3.0 AND GPL-2.0", &has));
}

#[test]
fn allow_list_and_exceptions_are_read() {
    let toml = "allow = [\n  # why\n  \"MIT\",\n]\nexceptions = [\n  { crate = \"one\", allow = [\"MPL-2.0\"] },\n]\n";
    let read = allowed(toml);
    assert_eq!(read.licences, BTreeSet::from([String::from("MIT")]));
    assert_eq!(read.exceptions["one"], BTreeSet::from([String::from("MPL-2.0")]));
}
