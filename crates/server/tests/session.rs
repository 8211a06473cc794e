//! Signing in and out, lockout, ends of sessions, passwords, the second factor (reliability.md row 49).

use axum::http::{Method, StatusCode};
use kernel::{
    role::{Action, Role},
    time::{HOUR_MS, MINUTE_MS},
};
use ledger::access::Post;
use serde_json::json;

use crate::support::{App, Ask, PASSWORD};

const NEW: &str = "an altogether new one";

fn show(app: &App, cookie: &str) -> crate::support::Answer {
    app.call(Ask::get("/api/v1/session").cookie(cookie))
}

#[test]
fn a_person_signs_in_looks_and_signs_out() {
    App::each(|app| {
        app.account("Leader", Some(Role::ShiftLeader));
        let answer = app.sign_in("ＬＥＡＤＥＲ ", PASSWORD, None);
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
        let cookie = answer.header("set-cookie");
        assert!(cookie.ends_with("; HttpOnly; SameSite=Strict; Path=/"), "{cookie}");
        let face = answer.json();
        assert_eq!((&face["role"], &face["name"]), (&json!("shift_leader"), &json!("欧阳测试")));
        assert_eq!(
            (&face["rights"]["case_file"], &face["rights"]["case_dispatch"]),
            (&json!("city"), &json!(null))
        );
        let cookie = answer.cookie();
        assert_eq!(show(&app, &cookie).json(), face);
        let out = app.call(Ask::new(Method::DELETE, "/api/v1/session").cookie(&cookie));
        assert_eq!(out.status, StatusCode::NO_CONTENT);
        assert!(out.header("set-cookie").contains("Max-Age=0"));
        assert_eq!(show(&app, &cookie).status, StatusCode::UNAUTHORIZED);
        assert_eq!(show(&app, "").code(), "sign_in_needed");
    });
}

#[test]
fn unknown_name_and_wrong_password_look_the_same() {
    let app = App::new();
    app.account("anna", Some(Role::Acceptor));
    let faces: Vec<_> = [("anna", "wrong password"), ("nobody", "wrong password"), ("anna", "")]
        .into_iter()
        .map(|(name, password)| {
            let answer = app.sign_in(name, password, None);
            assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
            let mut problem = answer.json();
            problem["request_id"] = json!(null);
            problem
        })
        .collect();
    assert!(faces.iter().all(|face| *face == faces[0]), "{faces:?}");
}

#[test]
fn five_failures_lock_for_a_while() {
    App::each(|app| {
        app.account("anna", Some(Role::Acceptor));
        for _ in 0..5 {
            assert_eq!(app.sign_in("anna", "wrong password", None).code(), "sign_in_wrong");
        }
        let locked = app.sign_in("anna", PASSWORD, None);
        assert_eq!(
            (locked.status, locked.code()),
            (StatusCode::TOO_MANY_REQUESTS, "account_locked".to_owned())
        );
        assert!(locked.header("retry-after").parse::<u64>().unwrap() > 60);
        assert_eq!(
            app.sign_in("anna", "wrong password", None).code(),
            "sign_in_wrong",
            "a guess learns nothing"
        );
        app.clock.pass(16 * MINUTE_MS);
        assert_eq!(app.sign_in("anna", PASSWORD, None).status, StatusCode::OK);
    });
}

#[test]
fn a_session_ends_when_idle_and_when_old() {
    let app = App::new();
    let id = app.account("anna", Some(Role::Acceptor));
    let idle = app.session(id);
    app.clock.pass(29 * MINUTE_MS);
    assert_eq!(show(&app, &idle).status, StatusCode::OK, "and this use counts");
    app.clock.pass(29 * MINUTE_MS);
    assert_eq!(show(&app, &idle).status, StatusCode::OK);
    app.clock.pass(30 * MINUTE_MS);
    assert_eq!(show(&app, &idle).status, StatusCode::UNAUTHORIZED);
    let used = app.session(id);
    for _ in 0..36 {
        app.clock.pass(HOUR_MS / 3 - 1_000);
        assert_eq!(show(&app, &used).status, StatusCode::OK);
    }
    app.clock.pass(MINUTE_MS);
    assert_eq!(show(&app, &used).status, StatusCode::UNAUTHORIZED, "twelve hours are over");
}

#[test]
fn the_token_changes_at_sign_in() {
    let app = App::new();
    let id = app.account("anna", Some(Role::Acceptor));
    let planted = app.session(id);
    let body = json!({"sign_in": "anna", "password": PASSWORD});
    let answer = app.call(Ask::post("/api/v1/session", &body).cookie(&planted));
    assert_eq!(answer.status, StatusCode::OK);
    assert_ne!(answer.cookie(), planted);
    assert_eq!(show(&app, &planted).status, StatusCode::UNAUTHORIZED);
    assert_eq!(show(&app, &answer.cookie()).status, StatusCode::OK);
}

#[test]
fn a_password_is_changed_by_who_knows_the_old_one() {
    App::each(|app| {
        let id = app.account("anna", Some(Role::Acceptor));
        let (mine, other) = (app.session(id), app.session(id));
        let change = |old: &str, new: &str| {
            app.call(Ask::post("/api/v1/session/password", &json!({"old": old, "new": new})).cookie(&mine))
        };
        assert_eq!(change("wrong password", NEW).code(), "password_wrong");
        assert_eq!(change(PASSWORD, PASSWORD).code(), "password_same");
        assert_eq!(change(PASSWORD, "九个字符的密码不行").code(), "password_too_short");
        let changed = change(PASSWORD, NEW);
        assert_eq!(changed.status, StatusCode::OK, "{}", changed.text());
        assert_eq!(show(&app, &mine).status, StatusCode::UNAUTHORIZED);
        assert_eq!(show(&app, &other).status, StatusCode::UNAUTHORIZED, "others are signed out");
        assert_eq!(show(&app, &changed.cookie()).status, StatusCode::OK);
        assert_eq!(app.sign_in("anna", PASSWORD, None).status, StatusCode::UNAUTHORIZED);
        assert_eq!(app.sign_in("anna", NEW, None).status, StatusCode::OK);
    });
}

#[test]
fn a_first_password_must_be_changed_before_anything_else() {
    let app = App::new();
    let post = Post { role: Some(Role::SystemAdministrator), ..Post::default() };
    app.account_with("fresh", post, true);
    let answer = app.sign_in("fresh", PASSWORD, None);
    assert_eq!(answer.json()["must_change_password"], true);
    let cookie = answer.cookie();
    let accounts = || Ask::get("/api/v1/accounts");
    assert_eq!(app.call(accounts().cookie(&cookie)).code(), "password_change_needed");
    let change = json!({"old": PASSWORD, "new": NEW});
    let changed = app.call(Ask::post("/api/v1/session/password", &change).cookie(&cookie));
    assert_eq!(changed.json()["must_change_password"], false);
    assert_eq!(app.call(accounts().cookie(&changed.cookie())).status, StatusCode::OK);
}

/// The code that an authenticator app shows.
fn code(secret: &str, at: i64) -> String {
    let secret = totp_rs::Secret::try_from_base32(secret).unwrap();
    let totp = totp_rs::Builder::new().with_secret(secret).build().unwrap();
    totp.generate(u64::try_from(at / 1_000).unwrap()).to_string()
}

#[test]
fn the_second_factor_is_asked_for_and_each_code_counts_once() {
    App::each(|app| {
        use server::Clock as _;
        let id = app.account("anna", Some(Role::Acceptor));
        let cookie = app.session(id);
        let step =
            |body: serde_json::Value| app.call(Ask::post("/api/v1/session/totp", &body).cookie(&cookie));
        let proposed = step(json!({"step": "propose"})).json();
        let secret = proposed["secret"].as_str().unwrap();
        assert!(proposed["address"].as_str().unwrap().starts_with("otpauth://totp/Wuhua:anna?secret="));
        let now = || app.clock.now().millis();
        let confirm = |code: &str, password: &str| {
            step(json!({"step": "confirm", "secret": secret, "code": code, "password": password}))
        };
        assert_eq!(confirm("000000", PASSWORD).code(), "second_factor_code_wrong");
        assert_eq!(confirm(&code(secret, now()), "wrong password").code(), "password_wrong");
        assert_eq!(confirm(&code(secret, now()), PASSWORD).status, StatusCode::NO_CONTENT);
        assert_eq!(app.sign_in("anna", PASSWORD, None).code(), "second_factor_code_needed");
        assert_eq!(app.sign_in("anna", "wrong password", None).code(), "sign_in_wrong");
        let used = code(secret, now());
        assert_eq!(
            app.sign_in("anna", PASSWORD, Some(&used)).code(),
            "sign_in_wrong",
            "used when it was set up"
        );
        app.clock.pass(30_000);
        let fresh = code(secret, now());
        let answer = app.sign_in("anna", PASSWORD, Some(&fresh));
        assert_eq!(answer.json()["second_factor"], true);
        assert_eq!(app.sign_in("anna", PASSWORD, Some(&fresh)).code(), "sign_in_wrong", "replayed");
        app.clock.pass(60_000);
        let remove = json!({"step": "remove", "password": PASSWORD, "code": code(secret, now())});
        assert_eq!(step(remove).status, StatusCode::NO_CONTENT);
        assert_eq!(app.sign_in("anna", PASSWORD, None).json()["second_factor"], false);
    });
}

#[test]
fn another_site_cannot_write_with_the_cookie() {
    let app = App::new();
    let cookie = app.session(app.account("anna", Some(Role::Acceptor)));
    let out = || Ask::new(Method::DELETE, "/api/v1/session").cookie(&cookie);
    let refused = app.call(out().header("sec-fetch-site", "cross-site"));
    assert_eq!((refused.status, refused.code()), (StatusCode::FORBIDDEN, "origin_foreign".to_owned()));
    let refused = app.call(out().header("origin", "https://evil.example").header("host", "wuhua.example"));
    assert_eq!(refused.code(), "origin_foreign");
    let body = json!({"sign_in": "anna", "password": PASSWORD});
    let planted = app.call(Ask::post("/api/v1/session", &body).header("sec-fetch-site", "cross-site"));
    assert_eq!(planted.code(), "origin_foreign", "signing somebody in is a write as well");
    assert_eq!(app.call(out().header("sec-fetch-site", "same-origin")).status, StatusCode::NO_CONTENT);
}

#[test]
fn a_key_opens_what_it_names_and_no_more() {
    App::each(|app| {
        app.account("anna", None);
        let key = app.key("reader", &[Action::LedgerView]);
        let bearer = format!("Bearer {key}");
        let head = || Ask::get("/api/v1/ledger/head");
        assert_eq!(app.call(head().header("authorization", &bearer)).status, StatusCode::OK);
        assert_eq!(app.call(head()).code(), "sign_in_needed");
        assert_eq!(app.call(head().header("authorization", "Bearer 522601.00")).code(), "key_unknown");
        let accounts = Ask::get("/api/v1/accounts").header("authorization", &bearer);
        assert_eq!(app.call(accounts).code(), "right_missing");
        let (city, by) = (app.city, app.by());
        app.write(move |tx| ledger::access::api_key::revoke(tx, city, "reader", &by));
        assert_eq!(app.call(head().header("authorization", &bearer)).code(), "key_unknown");
    });
}

#[test]
fn a_city_may_ask_everybody_for_a_second_factor() {
    let app = App::with(server::Settings { second_factor_needed: true, ..server::Settings::default() });
    let cookie = app.session(app.account("anna", Some(Role::Acceptor)));
    let list = || app.call(Ask::get("/api/v1/accounts").cookie(&cookie));
    assert_eq!(list().code(), "second_factor_setup_needed");
    assert_eq!(show(&app, &cookie).status, StatusCode::OK, "the own session is still there to set it up");
}
