//! What surrounds every route: problems, headers, limits, health, figures, the web app, the description.

use axum::http::{Method, StatusCode};
use kernel::role::Role;
use serde_json::{Value, json};
use server::{RateLimits, Rates, Settings};

use crate::support::{App, Ask};

#[test]
fn every_answer_carries_the_headers_that_keep_pages_safe() {
    let app = App::new();
    for path in ["/", "/desk/cases", "/healthz", "/api/v1/session", "/none", "/open311/v2/none.xml"] {
        let answer = app.call(Ask::get(path));
        let policy = answer.header("content-security-policy");
        assert!(policy.contains("script-src 'self';") && policy.contains("frame-ancestors 'none'"), "{path}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(answer.header("referrer-policy"), "no-referrer", "{path}");
        assert_eq!(answer.header("strict-transport-security"), "", "no TLS, no promise");
        assert_eq!(answer.header("access-control-allow-origin"), "", "{path}");
        assert!(!answer.header("x-request-id").is_empty() && !answer.header("cache-control").is_empty());
    }
    let app = App::with(Settings { tls: true, ..Settings::default() });
    assert!(app.call(Ask::get("/")).header("strict-transport-security").starts_with("max-age=63072000"));
    app.account("anna", Some(Role::Acceptor));
    let answer = app.sign_in("anna", crate::support::PASSWORD, None);
    assert!(answer.header("set-cookie").ends_with("; Secure"));
}

#[test]
fn a_problem_speaks_the_callers_language() {
    let app = App::new();
    let problem = |language: &str| {
        let ask = Ask::new(Method::GET, "/api/v1/nothing");
        let answer = app.call(ask.header("accept-language", language));
        assert_eq!((answer.status, answer.code()), (StatusCode::NOT_FOUND, "not_found".to_owned()));
        (answer.header("content-language").to_owned(), answer.json()["detail"].as_str().unwrap().to_owned())
    };
    // Every request of the tests asks for English first; a second header of the same name adds to it.
    assert_eq!(problem("zh;q=0.1").0, "en");
    let bare = axum::http::Request::builder().uri("/api/v1/nothing").body(axum::body::Body::empty()).unwrap();
    let answer = app.call_raw(bare);
    assert_eq!(answer.header("content-language"), "zh-CN");
    assert!(answer.json()["detail"].as_str().unwrap().chars().any(|c| c >= '\u{4e00}'));
}

#[test]
fn wrong_methods_bodies_and_sizes_are_problems() {
    let app = App::new();
    let answer = app.call(Ask::new(Method::PATCH, "/api/v1/session"));
    assert_eq!(
        (answer.status, answer.code()),
        (StatusCode::METHOD_NOT_ALLOWED, "method_not_allowed".to_owned())
    );
    assert!(answer.header("allow").contains("POST"));
    app.account("anna", None);
    let post =
        |kind: &str, body: Vec<u8>| app.call(Ask::new(Method::POST, "/api/v1/session").body(kind, body));
    let kind = "application/json";
    for (answer, status, code) in [
        (post("text/html", b"{}".to_vec()), 415, "media_type_not_taken"),
        (post(kind, b"{".to_vec()), 400, "body_not_json"),
        (post(kind, br#"{"sign_in": 1}"#.to_vec()), 400, "body_unreadable"),
        (post(kind, br#"{"sign_in":"a","password":"b","role":"leader"}"#.to_vec()), 400, "body_unreadable"),
        (post(kind, vec![b' '; 2 * 1024 * 1024]), 413, "body_too_large"),
    ] {
        assert_eq!((answer.status.as_u16(), answer.code().as_str()), (status, code), "{}", answer.text());
    }
}

#[test]
fn too_often_is_answered_with_when_to_come_again() {
    let rates = Rates { source_per_minute: 5, sign_in_per_minute: 2, ..Rates::default() };
    let app = App::with(Settings { rate_limits: RateLimits::On(rates), ..Settings::default() });
    let get = |peer: &str| app.call(Ask::get("/").from(peer));
    for _ in 0..5 {
        assert_eq!(get("[2001:db8:1:2::1]:9").status, StatusCode::OK);
    }
    let refused = get("[2001:db8:1:2:ffff::2]:9");
    assert_eq!(
        (refused.status, refused.code()),
        (StatusCode::TOO_MANY_REQUESTS, "requests_too_often".to_owned())
    );
    assert!(refused.header("retry-after").parse::<u64>().unwrap() >= 1);
    assert_eq!(get("[2001:db8:1:3::1]:9").status, StatusCode::OK, "another network");
    app.account("anna", None);
    let sign_in = |peer: &str| {
        let body = json!({"sign_in": "anna", "password": "wrong"});
        app.call(Ask::post("/api/v1/session", &body).from(peer)).status
    };
    let statuses: Vec<_> = (0..3).map(|_| sign_in("192.0.2.1:1")).collect();
    assert_eq!(statuses[2], StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(app.call(Ask::get("/healthz").from("192.0.2.1:1")).status, StatusCode::OK);
}

#[test]
fn load_tests_on_this_machine_are_not_limited_and_others_are() {
    let app = App::with(Settings { rate_limits: RateLimits::OffForLoopback, ..Settings::default() });
    let limit = Rates::default().source_per_minute;
    // Twice as many as fit, because the limit refills while the test asks.
    let refused = |peer: &str| {
        let mut statuses = (0..2 * limit).map(|_| app.call(Ask::get("/api/v1/nothing").from(peer)).status);
        statuses.any(|status| status == StatusCode::TOO_MANY_REQUESTS)
    };
    assert!(!refused("127.0.0.1:1"));
    assert!(refused("192.0.2.1:1"));
}

#[test]
fn health_says_whether_reads_and_writes_are_served() {
    App::each(|app| {
        let answer = app.call(Ask::get("/healthz"));
        let health = answer.json();
        assert_eq!(
            (&health["alive"], &health["reads"], &health["sealed"]),
            (&json!(true), &json!(true), &json!(null))
        );
        assert!(health["free_bytes"].as_u64().unwrap() > 0);
        app.account("anna", Some(Role::Acceptor));
        app.state.ledger().db().seal("a sync failed");
        let answer = app.call(Ask::get("/healthz"));
        assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
        let health = answer.json();
        assert_eq!((&health["ready"], &health["reads"]), (&json!(false), &json!(true)));
        assert_eq!(health["sealed"], "a sync failed");
        let refused = app.sign_in("anna", crate::support::PASSWORD, None);
        assert_eq!(
            (refused.status, refused.code()),
            (StatusCode::SERVICE_UNAVAILABLE, "storage_sealed".to_owned())
        );
        assert_eq!(refused.header("retry-after"), "1");
    });
}

#[test]
fn figures_name_routes_and_never_addresses() {
    let app = App::new();
    app.account("anna", None);
    app.call(Ask::get("/api/v1/session?secret=1"));
    app.call(Ask::get("/some/secret/path"));
    let answer = app.call(Ask::get("/metrics"));
    assert!(answer.header("content-type").starts_with("application/openmetrics-text"));
    let text = answer.text();
    assert!(
        text.contains("wuhua_http_requests_total{method=\"GET\",route=\"/api/v1/session\",status=\"401\"} 1"),
        "{text}"
    );
    assert!(text.contains("route=\"unmatched\",status=\"404\"} 1"), "{text}");
    assert!(text.contains("wuhua_ledger_entries{city=\"522601\"} 1"), "{text}");
    assert!(text.contains("wuhua_write_queue_jobs 0") && text.contains("wuhua_store_sealed 0"), "{text}");
    assert!(!text.contains("secret"), "{text}");
}

#[test]
fn addresses_of_the_app_give_the_page_and_others_do_not() {
    let app = App::new();
    for path in ["/", "/desk", "/desk/cases/1", "/field", "/board", "/r/261124-00001-7"] {
        let answer = app.call(Ask::get(path));
        assert_eq!(answer.status, StatusCode::OK, "{path}");
        assert_eq!(answer.header("content-type"), "text/html; charset=utf-8");
    }
    for path in ["/assets/none.js", "/../Cargo.toml", "/desktop"] {
        assert_eq!(app.call(Ask::get(path)).code(), "not_found", "{path}");
    }
    assert_eq!(app.call(Ask::new(Method::POST, "/")).code(), "not_found");
}

#[test]
fn the_description_is_as_stored() {
    let app = App::new();
    let answer = app.call(Ask::get("/api/v1/openapi.json"));
    let document = answer.json();
    assert_eq!(document["openapi"], "3.1.0");
    let text = format!("{document:#}\n");
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("openapi.json");
    if std::env::var_os("WUHUA_BLESS").is_some() {
        std::fs::write(&path, &text).unwrap();
    }
    let stored: Value =
        serde_json::from_str(&std::fs::read_to_string(&path).unwrap_or_default()).unwrap_or_default();
    assert!(stored == document, "the API changed: look at it, then run this test with WUHUA_BLESS=1");
}

#[test]
fn a_city_is_named_or_the_only_one() {
    let app = App::new();
    assert_eq!(app.sign_in("anna", "x", None).code(), "city_unknown");
    app.account("anna", None);
    app.clock.pass(10_000);
    let at = |query: &str| {
        let body = json!({"sign_in": "anna", "password": "x"});
        app.call(Ask::post(&format!("/api/v1/session{query}"), &body)).code()
    };
    assert_eq!(at(""), "sign_in_wrong");
    assert_eq!(at("?city="), "sign_in_wrong");
    assert_eq!(at("?city=522601"), "sign_in_wrong");
    assert_eq!(at("?city=110101"), "city_unknown");
    assert_eq!(at("?city=Kaili"), "city_unknown");
}

#[test]
fn large_answers_are_compressed_for_who_takes_it() {
    let app = App::new();
    let ask = || Ask::get("/api/v1/openapi.json");
    let plain = app.call(ask());
    assert_eq!(plain.header("content-encoding"), "");
    let small = app.call(ask().header("accept-encoding", "gzip"));
    assert_eq!((small.header("content-encoding"), &small.body[..2]), ("gzip", &[0x1F, 0x8B][..]));
    assert!(small.body.len() * 3 < plain.body.len());
}

/// Sends a request over a socket and gives the line with what came so far.
async fn ask(address: std::net::SocketAddr, head: &str) -> (tokio::net::TcpStream, String) {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    let mut stream = tokio::net::TcpStream::connect(address).await.unwrap();
    stream.write_all(format!("{head}\r\nHost: {address}\r\n\r\n").as_bytes()).await.unwrap();
    let mut buffer = [0; 4096];
    let count = stream.read(&mut buffer).await.unwrap();
    (stream, String::from_utf8_lossy(&buffer[..count]).into_owned())
}

#[test]
fn a_server_stops_though_a_reader_still_listens() {
    let app = App::new();
    let cookie = app.session(app.account("anna", Some(Role::Acceptor)));
    app.run(async {
        use tokio::io::AsyncReadExt as _;
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
        let wait = async { stopped.await.unwrap() };
        let served = tokio::spawn(server::serve(app.state.clone(), listener, wait));
        let (_, health) = ask(address, "GET /healthz HTTP/1.1").await;
        assert!(health.starts_with("HTTP/1.1 200 OK"), "{health}");
        let head = format!("GET /api/v1/events?after=0 HTTP/1.1\r\nCookie: {cookie}");
        let (mut line, first) = ask(address, &head).await;
        assert!(first.contains("text/event-stream"), "{first}");
        stop.send(()).unwrap();
        let mut rest = Vec::new();
        let end = async { (line.read_to_end(&mut rest).await, served.await) };
        let ended = tokio::time::timeout(std::time::Duration::from_secs(10), end).await;
        assert!(matches!(ended, Ok((Ok(_), Ok(Ok(()))))), "{ended:?}");
    });
}

/// Where the log goes while a test looks at it.
#[derive(Clone, Default)]
struct Log(std::sync::Arc<std::sync::Mutex<Vec<u8>>>);

impl std::io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[test]
fn the_log_names_routes_and_holds_no_personal_data() {
    let app = App::new();
    app.account("anna", Some(Role::Acceptor));
    let log = Log::default();
    let writer = log.clone();
    let subscriber = tracing_subscriber::fmt().json().with_writer(move || writer.clone()).finish();
    let id = tracing::subscriber::with_default(subscriber, || {
        app.sign_in("anna", crate::support::PASSWORD, None);
        app.call(Ask::get("/open311/v2/requests.json?phone=13800000000&first_name=Wang"));
        app.call(Ask::get("/secret-path?token=secret-token")).header("x-request-id").to_owned()
    });
    let text = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    let lines: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let answered: Vec<&Value> =
        lines.iter().map(|line| &line["fields"]).filter(|fields| fields["message"] == "answered").collect();
    assert_eq!(answered.len(), 3, "{text}");
    assert_eq!((&answered[0]["route"], &answered[0]["status"]), (&json!("/api/v1/session"), &json!(200)));
    assert_eq!((&answered[2]["route"], &answered[2]["request_id"]), (&json!("unmatched"), &json!(id)));
    for personal in ["anna", crate::support::PASSWORD, "13800000000", "Wang", "secret", "欧阳"] {
        assert!(!text.contains(personal), "{personal}: {text}");
    }
}
