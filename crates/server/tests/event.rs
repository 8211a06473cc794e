//! Live events: in order, from where the reader stopped, and nothing that the reader may not see.

use axum::http::StatusCode;
use kernel::role::{Action, Role};

use crate::support::{App, Ask};

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
