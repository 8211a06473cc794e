//! Every route has a row, and every row is kept: each role and a caller without account against the table of rights (reliability.md row 33).

use std::collections::BTreeSet;

use axum::http::StatusCode;
use kernel::role::{Role, right};
use server::{Guard, RateLimits, Rates, Row, Settings};

use crate::support::{App, Ask};

/// A path of the table with its parameters filled.
fn filled(path: &str) -> String {
    path.replace("{hash}", &"0".repeat(64))
        .replace("{layer}/{z}/{x}/{y}", "cell/0/0/0")
        .replace("{reference}", "260302-00001-0")
        .replace("{file}", "services.json")
        .replace("{id}", "00000000-0000-7000-8000-000000000000")
        .split('/')
        .map(|part| if part.starts_with('{') { "none" } else { part })
        .collect::<Vec<_>>()
        .join("/")
}

/// Did the guard let the caller pass? What the handler says afterwards (404, 400 …) is its own business.
fn passed(app: &App, row: &Row, cookie: Option<&str>) -> Result<(), (StatusCode, String)> {
    let mut ask = Ask::new(row.method.clone(), &filled(&row.path));
    if let Some(cookie) = cookie {
        ask = ask.cookie(cookie);
    }
    // A line of live events does not end: only the answer of a refusal is read.
    let response = app.open(ask);
    if row.path.starts_with("/open311/") || !response.status().is_client_error() {
        return Ok(());
    }
    let answer = app.read(response);
    let code = answer.code();
    let refused = matches!(code.as_str(), "sign_in_needed" | "right_missing" | "password_change_needed");
    if refused { Err((answer.status, code)) } else { Ok(()) }
}

#[test]
fn each_route_is_kept_as_its_row_says() {
    // More requests than one address may send in a minute, so that no limit answers in the guard's place.
    let rates = Rates { source_per_minute: 100_000, ..Rates::default() };
    let app = App::with(Settings { rate_limits: RateLimits::On(rates), ..Settings::default() });
    let table = server::table(&app.state);
    let callers: Vec<(Option<Role>, String)> = Role::ALL
        .into_iter()
        .map(|role| (Some(role), app.account(role.name(), Some(role))))
        .chain([(None, app.account("without_post", None))])
        .map(|(role, account)| (role, app.session(account)))
        .collect();
    let mut surprises = Vec::new();
    // Signing out would end the very session that asks.
    for row in table.iter().filter(|row| row.method != "DELETE" || row.path != "/api/v1/session") {
        for (role, cookie) in &callers {
            let expected = match row.guard {
                Guard::Right(action) => {
                    right(role.unwrap_or(Role::Resident), action).map(drop).ok_or(StatusCode::FORBIDDEN)
                }
                Guard::Key(_) | Guard::SignedIn(_) | Guard::Public(_) => Ok(()),
            };
            let seen = passed(&app, row, Some(cookie)).map_err(|(status, _)| status);
            if seen != expected {
                surprises.push(format!("{} {} {role:?}: {seen:?}, not {expected:?}", row.method, row.path));
            }
        }
        let expected = match row.guard {
            Guard::Right(action) => right(Role::Resident, action).map(drop).ok_or(StatusCode::UNAUTHORIZED),
            Guard::SignedIn(_) => Err(StatusCode::UNAUTHORIZED),
            Guard::Key(_) | Guard::Public(_) => Ok(()),
        };
        let seen = passed(&app, row, None).map_err(|(status, _)| status);
        if seen != expected {
            surprises
                .push(format!("{} {} without account: {seen:?}, not {expected:?}", row.method, row.path));
        }
    }
    assert!(surprises.is_empty(), "{}", surprises.join("\n"));
}

#[test]
fn the_table_has_each_route_once_and_the_description_knows_no_other() {
    let app = App::new();
    let table = server::table(&app.state);
    let rows: BTreeSet<(String, String)> =
        table.iter().map(|row| (row.method.to_string(), row.path.clone())).collect();
    assert_eq!(rows.len(), table.len(), "a route stands twice");
    let document = serde_json::to_value(server::openapi_document(&app.state)).unwrap();
    for (path, item) in document["paths"].as_object().unwrap() {
        for method in item.as_object().unwrap().keys() {
            assert!(rows.contains(&(method.to_uppercase(), path.clone())), "{method} {path} has no row");
        }
    }
    for row in &table {
        if let Guard::Public(reason) | Guard::SignedIn(reason) = row.guard {
            assert!(!reason.is_empty(), "{} {} gives no reason", row.method, row.path);
        }
    }
}

/// A route that is added past the table would be kept by nothing.
#[test]
fn routes_are_added_in_one_place_only() {
    let mut found = Vec::new();
    let mut folders = vec![std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
    while let Some(folder) = folders.pop() {
        for file in std::fs::read_dir(folder).unwrap() {
            let path = file.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if !path.ends_with("routes.rs") {
                let text = std::fs::read_to_string(&path).unwrap();
                let past = [concat!("Router", "::new"), "nest(", "nest_service(", "route_service("];
                found.extend(
                    past.iter().filter(|word| text.contains(**word)).map(|word| format!("{path:?}: {word}")),
                );
            }
        }
    }
    assert!(found.is_empty(), "{found:?}");
}
