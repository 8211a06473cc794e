//! Accounts and keys: three administrators, each with a part of the power and none with all of it.

use axum::http::{Method, StatusCode};
use kernel::role::Role;
use serde_json::{Value, json};

use crate::support::{Answer, App, Ask};

/// The two administrators' cookies.
fn administrators(app: &App) -> (String, String) {
    let of = |role: Role| app.session(app.account(role.name(), Some(role)));
    (of(Role::SystemAdministrator), of(Role::SecurityAdministrator))
}

fn write(app: &App, method: Method, path: &str, cookie: &str, key: &str, body: &Value) -> Answer {
    app.call(Ask::new(method, path).cookie(cookie).header("idempotency-key", key).json(body))
}

#[test]
fn one_makes_the_account_and_another_gives_the_post() {
    App::each(|app| {
        let (system, security) = administrators(&app);
        let new = json!({"sign_in": "berta", "name": "白塔"});
        let made = write(&app, Method::POST, "/api/v1/accounts", &system, "1", &new);
        assert_eq!(made.status, StatusCode::CREATED, "{}", made.text());
        let (made, first) = (made.json(), made.json()["password"].as_str().unwrap().to_owned());
        let again = write(&app, Method::POST, "/api/v1/accounts", &system, "1", &new).json();
        assert_eq!(
            (&again["id"], &again["password"]),
            (&made["id"], &Value::Null),
            "the password is shown once"
        );
        let other = json!({"sign_in": "berta2", "name": "白塔"});
        assert_eq!(
            write(&app, Method::POST, "/api/v1/accounts", &system, "1", &other).code(),
            "idempotency_key_reused"
        );
        assert_eq!(write(&app, Method::POST, "/api/v1/accounts", &system, "2", &new).code(), "sign_in_taken");
        let bare = app.call(Ask::post("/api/v1/accounts", &other).cookie(&system));
        assert_eq!(bare.code(), "idempotency_key_missing");

        let session = app.sign_in("berta", &first, None);
        assert_eq!(
            (&session.json()["role"], &session.json()["must_change_password"]),
            (&json!("resident"), &json!(true))
        );
        let post = json!({"role": "dispatcher", "streets": ["522601001"]});
        let path = format!("/api/v1/accounts/{}/post", made["id"].as_str().unwrap());
        assert_eq!(write(&app, Method::PUT, &path, &system, "", &post).code(), "right_missing");
        assert_eq!(write(&app, Method::PUT, &path, &security, "", &post).status, StatusCode::NO_CONTENT);
        let face = app.call(Ask::get("/api/v1/session").cookie(&session.cookie())).json();
        assert_eq!(
            (&face["role"], &face["rights"]["case_dispatch"]),
            (&json!("dispatcher"), &json!("street"))
        );
        let unknown = json!({"role": "emperor"});
        assert_eq!(write(&app, Method::PUT, &path, &security, "", &unknown).code(), "role_unknown");
    });
}

#[test]
fn nobody_grants_to_themselves() {
    let app = App::new();
    let id = app.account("guard", Some(Role::SecurityAdministrator));
    let cookie = app.session(id);
    let path = format!("/api/v1/accounts/{id}/post");
    let answer = write(&app, Method::PUT, &path, &cookie, "", &json!({"role": "leader"}));
    assert_eq!((answer.status, answer.code()), (StatusCode::FORBIDDEN, "grant_to_oneself".to_owned()));
}

#[test]
fn a_disabled_account_is_out_at_once() {
    App::each(|app| {
        let (system, security) = administrators(&app);
        let id = app.account("berta", Some(Role::Worker));
        let cookie = app.session(id);
        let path = format!("/api/v1/accounts/{id}");
        let change = |what: &str| write(&app, Method::PATCH, &path, &system, "", &json!({"change": what}));
        assert_eq!(change("disable").status, StatusCode::OK);
        assert_eq!(app.call(Ask::get("/api/v1/session").cookie(&cookie)).code(), "sign_in_needed");
        assert_eq!(app.sign_in("berta", crate::support::PASSWORD, None).code(), "sign_in_wrong");
        assert_eq!(change("enable").status, StatusCode::OK);
        let password = change("reset_password").json()["password"].as_str().unwrap().to_owned();
        assert_eq!(app.sign_in("berta", crate::support::PASSWORD, None).code(), "sign_in_wrong");
        let answer = app.sign_in("berta", &password, None);
        assert_eq!(answer.json()["must_change_password"], true);
        let end = Ask::new(Method::DELETE, &format!("{path}/sessions")).cookie(&security);
        assert_eq!(app.call(end).json()["ended"], 1);
        assert_eq!(app.call(Ask::get("/api/v1/session").cookie(&answer.cookie())).code(), "sign_in_needed");
        assert_eq!(change("promote").code(), "body_unreadable");
    });
}

#[test]
fn lists_show_others_no_more_than_they_need() {
    let app = App::new();
    let (system, _) = administrators(&app);
    for number in 0..5 {
        app.account(&format!("worker{number}"), Some(Role::Worker));
    }
    let cookie = app.session(app.account("acceptor", Some(Role::Acceptor)));
    let page = app.call(Ask::get("/api/v1/accounts?limit=3").cookie(&cookie)).json();
    assert_eq!(page["items"].as_array().unwrap().len(), 3);
    assert!(page["items"].as_array().unwrap().iter().all(|item| item.get("sign_in").is_none()), "{page}");
    let mut names = Vec::new();
    let mut after = String::new();
    loop {
        let page =
            app.call(Ask::get(&format!("/api/v1/accounts?limit=3&after={after}")).cookie(&system)).json();
        names.extend(
            page["items"].as_array().unwrap().iter().map(|item| item["sign_in"].as_str().unwrap().to_owned()),
        );
        let Some(next) = page["next"].as_str() else { break };
        next.clone_into(&mut after);
    }
    let mut sorted = names.clone();
    sorted.sort();
    assert_eq!((names.len(), &names), (8, &sorted));
}

#[test]
fn a_key_is_shown_once_and_revoked_for_ever() {
    App::each(|app| {
        let (system, security) = administrators(&app);
        let new = json!({"name": "sender", "rights": ["case_report"]});
        assert_eq!(write(&app, Method::POST, "/api/v1/keys", &system, "1", &new).code(), "right_missing");
        let made = write(&app, Method::POST, "/api/v1/keys", &security, "1", &new);
        assert_eq!(made.status, StatusCode::CREATED, "{}", made.text());
        assert!(made.json()["key"].as_str().unwrap().starts_with("522601."));
        let again = write(&app, Method::POST, "/api/v1/keys", &security, "1", &new).json();
        assert_eq!(again, json!({"name": "sender", "key": null}));
        let list = app.call(Ask::get("/api/v1/keys").cookie(&security)).json();
        assert_eq!(
            (&list["items"][0]["rights"], &list["items"][0]["revoked_at"]),
            (&json!(["case_report"]), &Value::Null)
        );
        let revoke = || app.call(Ask::new(Method::DELETE, "/api/v1/keys/sender").cookie(&security));
        assert_eq!(revoke().status, StatusCode::NO_CONTENT);
        assert_eq!(revoke().code(), "not_found");
        let bad = json!({"name": "other", "rights": ["case_conquer"]});
        assert_eq!(write(&app, Method::POST, "/api/v1/keys", &security, "2", &bad).code(), "action_unknown");
    });
}
