//! Every error code has a text in both languages.

use std::{collections::BTreeSet, path::Path};

use serde_json::{Map, Value};
use server::language::Language;

/// Every `.rs` file under a folder, tests left out.
fn sources(folder: &Path, found: &mut Vec<String>) {
    for file in std::fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        if path.is_dir() {
            if !path.ends_with("tests") {
                sources(&path, found);
            }
        } else if path.extension().is_some_and(|ending| ending == "rs") && !path.ends_with("tests.rs") {
            let text = std::fs::read_to_string(&path).unwrap();
            found.push(text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default().to_owned());
        }
    }
}

fn is_code(text: &str) -> bool {
    !text.is_empty()
        && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
}

/// The texts in quotes of a piece of source.
fn quoted(source: &str) -> impl Iterator<Item = &str> {
    source.split('"').skip(1).step_by(2).filter(|text| is_code(text))
}

/// The codes in the source of a crate: what `fn code` gives, and what refusals and problems are made with.
fn codes(source: &str) -> BTreeSet<String> {
    let mut codes = BTreeSet::new();
    for body in source.split("fn code(&self)").skip(1) {
        let body = body.split("\n    }").next().unwrap_or_default();
        codes.extend(quoted(body).map(str::to_owned));
    }
    let makers = ["Refusal::conflict(", "Refusal::invalid(", "Refusal::forbidden(", "Refusal::not_found("];
    for maker in makers {
        for rest in source.split(maker).skip(1) {
            let argument = rest.trim_start();
            if argument.starts_with('"') {
                codes.extend(quoted(argument).take(1).map(str::to_owned));
            }
        }
    }
    for rest in source.split("Problem::").skip(1) {
        let call = rest.split(')').next().unwrap_or_default();
        if ["new(", "with_status(", "field("].iter().any(|maker| call.starts_with(maker)) {
            codes.extend(quoted(call).last().map(str::to_owned));
        }
    }
    codes
}

#[test]
fn every_code_has_a_text_in_both_languages() {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let mut all = BTreeSet::new();
    for name in ["kernel", "db", "ledger", "map", "documents", "exchange", "governance", "server"] {
        let mut found = Vec::new();
        sources(&crates.join(name).join("src"), &mut found);
        all.extend(found.iter().flat_map(|source| codes(source)));
    }
    let of_nouns = governance::case::REFUSALS
        .iter()
        .chain(governance::call::REFUSALS)
        .chain(governance::letter::REFUSALS)
        .chain(governance::letter::STORE_REFUSALS);
    all.extend(of_nouns.map(|code| (*code).to_owned()));
    assert!(all.len() > 100, "the codes were not found");
    let missing: Vec<&String> = all
        .iter()
        .filter(|code| {
            [Language::Chinese, Language::English]
                .iter()
                .any(|language| language.text(code, &Map::<String, Value>::new()) == **code)
        })
        .collect();
    assert!(missing.is_empty(), "no text for {missing:#?}");
}
