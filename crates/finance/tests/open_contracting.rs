//! Packages of the open standards: they validate with the published schemas where those are at hand, and come back as they went out.

use std::path::{Path, PathBuf};

use finance::{
    open_contracting::{Known, Published, oc4ids_package, ocds_package, read},
    ppp_contract::PppContract,
    project::Project,
};
use serde_json::{Value, json};

fn published() -> Published {
    Published {
        prefix: "bu3kcz".to_owned(),
        publisher: "凯里市发展和改革局".to_owned(),
        uri: "https://example.org/projects.json".to_owned(),
        at: "2016-07-01T09:00:00+08:00".to_owned(),
        offset: "+08:00".to_owned(),
    }
}

fn project(code: &str, more: &Value) -> Project {
    let mut row = json!({
        "code": code, "name": "凯里市城市生活垃圾焚烧发电项目", "unit": "housing", "status": "implementation", "kind": "construction",
        "sector": "waterAndWaste", "cash_flow": "quasi_commercial", "budget": 41_237_800_055_i64,
        "capital": [{ "year": 2015, "planned": 11_237_800_055_i64 }, { "year": 2016, "planned": 30_000_000_000_i64 }],
        "sources": [{ "kind": "private_capital", "provider": "91520000MA", "amount": 30_000_000_000_i64 }, { "kind": "bond", "amount": 1 }],
        "approved_on": "2015-03-05", "started_on": "2015-09-01", "due_on": "2017-12-31",
        "place": { "type": "Point", "coordinates": [107.98, 26.58] },
        "site": { "type": "MultiPolygon", "coordinates": [[[[107.9, 26.5], [107.91, 26.5], [107.91, 26.51], [107.9, 26.5]]]] },
    });
    for (name, value) in more.as_object().unwrap() {
        row[name] = value.clone();
    }
    serde_json::from_value(row).unwrap()
}

fn contract(phase: &str) -> PppContract {
    serde_json::from_value(json!({
        "code": "PPP-07", "project": "2015-017", "phase": phase, "regime": "library", "return_mechanism": "viability_gap", "mode": "bot",
        "procurement": "consultation", "listed_on": "2015-02-01", "investment": 41_237_800_055_i64, "private_capital": 30_000_000_000_i64,
        "unit": "housing", "partner": "91520000MA", "signed_on": "2015-08-01", "ends_on": "2045-07-31", "tariff": "每吨 76 元，三年一调",
        "risks": [{ "name": "建设", "borne_by": "private" }, { "name": "政策", "borne_by": "government" }, { "name": "市场", "borne_by": "shared" }],
    }))
    .unwrap()
}

fn known() -> Known {
    let mut known = Known::default();
    known.units.insert("housing".to_owned(), "住建局".to_owned());
    known.projects.insert(
        "2015-001".to_owned(),
        project("2015-001", &json!({ "status": "preparation", "started_on": null })),
    );
    known
}

/// A schema of the data folder; none on a machine without it.
fn schema(path: &str) -> Option<Value> {
    let found = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data").join(path);
    let text = std::fs::read_to_string::<PathBuf>(found).ok()?;
    Some(serde_json::from_str(&text).unwrap())
}

/// What the schema says against a document.
fn faults(schema: &Value, document: &Value) -> Vec<String> {
    let validator = jsonschema::validator_for(schema).unwrap();
    validator.iter_errors(document).map(|error| format!("{}: {error}", error.instance_path())).collect()
}

#[test]
fn packages_validate_with_the_published_schemas() {
    let (Some(oc4ids), Some(ocds)) =
        (schema("oc4ids/project-schema.json"), schema("ocds-ppp/release-schema.json"))
    else {
        eprintln!("skipped: the schemas of the standards are not on this machine");
        return;
    };
    let projects = [
        project(
            "2015-017",
            &json!({ "parent": "2015-001", "content": "日处理垃圾1200吨", "owner": "91520000MA" }),
        ),
        project(
            "2015-018",
            &json!({ "status": "identification", "started_on": null, "capital": [], "sources": [], "place": null, "site": null }),
        ),
    ];
    let contracts = [contract("execution"), contract("preparation"), contract("transfer")];
    let package = oc4ids_package(&published(), &known(), &projects, &contracts);
    for project in package["projects"].as_array().unwrap() {
        assert_eq!(faults(&oc4ids, project), [""; 0], "{project:#}");
    }
    let mut broken = package["projects"][0].clone();
    broken["status"] = json!("completed");
    assert_ne!(faults(&oc4ids, &broken), [""; 0], "the schema refuses something");
    let package = ocds_package(&published(), &known(), &contracts);
    for release in package["releases"].as_array().unwrap() {
        assert_eq!(faults(&ocds, release), [""; 0], "{release:#}");
    }
}

#[test]
fn projects_come_back_as_they_went_out() {
    let out = project("2015-017", &json!({ "content": "日处理垃圾1200吨" }));
    let package =
        oc4ids_package(&published(), &known(), std::slice::from_ref(&out), &[contract("execution")]);
    let (taken, refused) = read(&package, "planning").unwrap();
    assert_eq!((taken.len(), refused.len()), (1, 0));
    let back = &taken[0].fields;
    assert_eq!(back["oc4ids_id"], "oc4ids-bu3kcz-2015-017");
    let was = serde_json::to_value(&out).unwrap();
    for name in [
        "code",
        "name",
        "status",
        "kind",
        "sector",
        "cash_flow",
        "budget",
        "approved_on",
        "started_on",
        "due_on",
        "place",
        "site",
        "unit",
        "content",
    ] {
        assert_eq!(back[name], was[name], "{name}");
    }
    assert!(taken[0].left.contains(&"contractingProcesses".to_owned()), "what has no field is said back");
    assert_eq!(
        finance::nouns(ledger::Nouns::default())
            .registers()
            .iter()
            .find(|r| r.description().name == "project")
            .unwrap()
            .faults(back),
        []
    );
}

#[test]
fn what_cannot_be_read_is_named() {
    let refused = |project: Value| {
        let package = json!({ "projects": [project] });
        let (_, refused) = read(&package, "planning").unwrap();
        refused.first().map(|fault| (fault.path.clone(), fault.code))
    };
    let whole = json!({ "id": "oc4ids-x-1", "title": "甲", "status": "preparation", "sector": ["road"], "budget": { "amount": { "amount": 12.34 } } });
    assert_eq!(refused(whole.clone()), None);
    let with = |name: &str, value: Value| {
        let mut project = whole.clone();
        project[name] = value;
        refused(project)
    };
    assert_eq!(with("title", json!("")), Some(("title".to_owned(), "value_missing")));
    assert_eq!(with("sector", json!([])), Some(("sector".to_owned(), "value_missing")));
    assert_eq!(
        with("budget", json!({ "amount": { "amount": 1.234 } })),
        Some(("budget.amount".to_owned(), "number_decimals"))
    );
    assert_eq!(
        with("budget", json!({ "amount": { "amount": 1, "currency": "USD" } })),
        Some(("budget.amount".to_owned(), "currency_not_taken"))
    );
    assert_eq!(read(&json!({}), "planning").unwrap_err().code, "package_malformed");
}
