//! Live events: in order, from where the reader stopped, and nothing that the reader may not see.

use axum::http::StatusCode;
use governance::{
    case::Command,
    unit::{Unit, UnitKind},
};
use kernel::role::{Action, Role};
use ledger::access::Post;

use crate::{
    real_city::{COVER, LOOSE, SPOT, Town},
    support::{App, Ask},
};

#[test]
fn a_reader_goes_on_where_it_stopped_and_hears_what_comes() {
    App::each(|app| {
        let cookie = app.session(app.account("anna", Some(Role::Acceptor)));
        app.key("hidden", &[Action::CaseReport]);
        let listen =
            |after: &str| app.open(Ask::get("/api/v1/events").cookie(&cookie).header("last-event-id", after));
        let answer = listen("1");
        assert_eq!(answer.status(), StatusCode::OK);
        assert_eq!(answer.headers()["content-type"], "text/event-stream");
        assert_eq!(answer.headers()["cache-control"], "no-cache");
        let mut body = answer.into_body().into_data_stream();
        let first = app.piece(&mut body);
        assert!(
            first.starts_with("id: 2\nevent: account\ndata: {") && first.contains("\"kind\":\"signed_in\""),
            "{first}"
        );
        app.account("berta", None);
        app.state.ledger().announce();
        let second = app.piece(&mut body);
        assert!(
            second.contains("id: 4\n") && second.contains("\"kind\":\"made\""),
            "the key is not seen: {second}"
        );
        let now = app.open(Ask::get("/api/v1/events").cookie(&cookie));
        let mut body = now.into_body().into_data_stream();
        app.account("carla", None);
        app.state.ledger().announce();
        assert!(app.piece(&mut body).contains("id: 5\n"), "without an id it begins now");
    });
}

/// The pieces of a line up to one that holds a text.
fn heard(app: &App, body: &mut axum::body::BodyDataStream, until: &str) -> String {
    let mut all = String::new();
    while !all.contains(until) {
        all.push_str(&app.piece(body));
    }
    all
}

#[test]
fn a_reader_hears_of_the_cases_of_its_post_and_never_of_accounts_and_keys() {
    Town::each(|town| {
        let app = &town.app;
        let manager = |unit: &str| Post {
            role: Some(Role::UnitManager),
            unit: Some(unit.to_owned()),
            ..Post::default()
        };
        let water = app.session(app.account_with("water", manager("water"), false));
        let parks = app.session(app.account_with("parks", manager("landscaping"), false));
        let desk = app.session(app.account("desk", Some(Role::Acceptor)));
        let mine = town.report(&format!("service_code={COVER}&{SPOT}&description=井盖响"));
        town.file(&mine, LOOSE);
        town.act(Role::Dispatcher, "", &mine, Command::Dispatch { units: vec!["water".to_owned()] });
        // The last entry is of a register, which everybody with a post hears of.
        let (code, by) = (app.city, app.by());
        app.write(move |tx| {
            let unit = Unit {
                code: "last".to_owned(),
                name_zh: "最后".to_owned(),
                name_en: String::new(),
                kind: UnitKind::Bureau,
            };
            ledger::register::put(tx, code, unit, None, &by).map(drop)
        });
        let all = |cookie: &str| {
            let ask = Ask::get("/api/v1/events").cookie(cookie).header("last-event-id", "0");
            heard(app, &mut app.open(ask).into_body().into_data_stream(), "\"key\":\"last\"")
        };
        for (cookie, hears) in [(&water, true), (&parks, false), (&desk, true)] {
            let line = all(cookie);
            assert_eq!(line.contains("\"kind\":\"case_reported\""), hears);
            for noun in ["account", "key", "person"] {
                assert!(!line.contains(&format!("\"noun\":\"{noun}\"")), "{noun}");
            }
        }
        let auditor = app.session(app.account("auditor", Some(Role::AuditAdministrator)));
        let refused = app.call(Ask::get("/api/v1/events").cookie(&auditor));
        assert_eq!(refused.status, StatusCode::FORBIDDEN);
    });
}
