//! GeoReport v2 as a strict client sees it.

use axum::http::{Method, StatusCode};
use kernel::{
    role::{Action, ActorId},
    time::DAY_MS,
};
use serde_json::{Value, json};

use crate::{
    photo::{BOUNDARY, parts, picture},
    support::{Answer, App, Ask, START},
};

const CALLS: [(&str, &str); 6] = [
    ("discovery", "discovery"),
    ("services", "services"),
    ("services/002", "service_definition"),
    ("requests", "service_requests"),
    ("requests/r1", "service_requests"),
    ("tokens/token-r1", "service_requests"),
];

fn app() -> App {
    let app = App::new();
    app.account("anna", None);
    app.doors.add("r1", "001", false, START);
    app
}

fn get(app: &App, rest: &str) -> Answer {
    app.call(Ask::get(&format!("/open311/v2/{rest}")))
}

fn ids(answer: &Answer) -> Vec<String> {
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    let list = answer.json();
    list.as_array()
        .unwrap()
        .iter()
        .map(|one| one["service_request_id"].as_str().unwrap().to_owned())
        .collect()
}

fn post_to(app: &App, file: &str, body: &str) -> Answer {
    let ask = Ask::new(Method::POST, &format!("/open311/v2/{file}"));
    app.call(ask.body("application/x-www-form-urlencoded", body.to_owned()))
}

fn key(app: &App) -> String {
    app.key("sender", &[Action::CaseReport])
}

/// The standard's array of errors with one status throughout; its descriptions.
fn errors(answer: &Answer, status: u16) -> Vec<String> {
    assert_eq!(answer.status.as_u16(), status, "{}", answer.text());
    assert_eq!(answer.header("content-type"), "application/json; charset=utf-8");
    let list = answer.json();
    let list = list.as_array().unwrap();
    assert!(!list.is_empty() && list.iter().all(|error| error["code"] == status), "{list:?}");
    list.iter().map(|error| error["description"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn every_call_answers_in_both_formats() {
    let app = app();
    for (call, root) in CALLS {
        let xml = get(&app, &format!("{call}.xml"));
        assert_eq!(xml.status, StatusCode::OK, "{call}: {}", xml.text());
        assert_eq!(xml.header("content-type"), "text/xml; charset=utf-8");
        let declared = format!("<?xml version=\"1.0\" encoding=\"utf-8\"?><{root}>");
        assert!(xml.text().starts_with(&declared), "{call}: {}", xml.text());
        let json = get(&app, &format!("{call}.json"));
        assert_eq!(json.header("content-type"), "application/json; charset=utf-8");
        let document = json.json();
        assert_eq!(
            document.is_array(),
            !matches!(call, "discovery" | "services/002"),
            "{call}: Spark arrays"
        );
    }
    let key = key(&app);
    for (file, start) in [
        ("requests.xml", "<?xml version=\"1.0\" encoding=\"utf-8\"?><service_requests><request>"),
        ("requests.json", "[{"),
    ] {
        let made = post_to(&app, file, &format!("api_key={key}&service_code=001&lat=26.5&long=107.9"));
        assert_eq!(made.status, StatusCode::CREATED);
        assert!(made.text().starts_with(start), "{}", made.text());
    }
}

#[test]
fn ids_are_text_degrees_are_numbers_and_dates_have_zones() {
    let app = app();
    let one = &get(&app, "requests/r1.json").json()[0];
    assert_eq!((&one["service_request_id"], &one["service_code"]), (&json!("r1"), &json!("001")));
    assert!(one["lat"].is_f64() && one["long"].is_f64());
    assert_eq!(one["requested_datetime"], "2026-03-02T09:00:00+08:00");
    assert_eq!(one["status"], "closed");
    assert_eq!(one["updated_datetime"], "2026-03-02T10:00:00+08:00", "when it was closed");
    assert_eq!(one["expected_datetime"], "2026-03-02T13:00:00+08:00", "the promise");
    assert_eq!((&one["zipcode"], &one["media_url"]), (&Value::Null, &Value::Null));
}

#[test]
fn an_empty_parameter_is_an_absent_one() {
    let app = app();
    let all = ids(&get(&app, "requests.json"));
    assert_eq!(
        ids(&get(&app, "requests.json?jurisdiction_id=&status=&service_code=&start_date=&page=")),
        all
    );
    errors(&get(&app, "requests.json?jurisdiction_id=110101"), 404);
    let key = key(&app);
    let body =
        format!("api_key={key}&jurisdiction_id=&service_code=001&address_string=人民路&lat=&long=&email=");
    assert_eq!(post_to(&app, "requests.json", &body).status, StatusCode::CREATED);
}

#[test]
fn each_of_the_three_forms_of_place_makes_a_request() {
    let app = app();
    let key = key(&app);
    for place in ["lat=26.5&long=107.9", "address_string=人民路1号", "address_id=522601001001001"] {
        let made = post_to(
            &app,
            "requests.json",
            &format!("api_key={key}&service_code=001&{place}&first_name=小明"),
        );
        let id = made.json()[0]["service_request_id"].as_str().unwrap().to_owned();
        let shown = get(&app, &format!("requests/{id}.json"));
        let one = &shown.json()[0];
        assert!(
            one["lat"].is_f64() || one["address"] == "人民路1号" || one["address_id"] == "522601001001001"
        );
    }
    errors(&post_to(&app, "requests.json", &format!("api_key={key}&service_code=001")), 400);
}

#[test]
fn attributes_are_checked_and_kept() {
    let app = app();
    let key = key(&app);
    let send = |rest: &str| {
        post_to(&app, "requests.json", &format!("api_key={key}&service_code=002&lat=26.5&long=107.9&{rest}"))
    };
    let described = errors(&send(""), 400);
    assert!(described[0].contains("attribute[size]"), "{described:?}");
    errors(&send("attribute[size]=huge"), 400);
    let id = send("attribute[size][]=s&attribute[size][]=l").json()[0]["service_request_id"].clone();
    let one = get(&app, &format!("requests/{}.json?extensions=true", id.as_str().unwrap()));
    assert_eq!(
        one.json()[0]["extended_attributes"]["attributes"],
        json!([{"code": "size", "values": ["s", "l"]}])
    );
}

#[test]
fn what_is_unknown_is_404_and_a_bad_key_403() {
    let app = app();
    let key = key(&app);
    for path in
        ["services/009.json", "requests/none.json", "tokens/none.json", "nothing.json", "requests/.json"]
    {
        errors(&get(&app, path), 404);
    }
    errors(&post_to(&app, "requests.json", &format!("api_key={key}&service_code=009&lat=1&long=1")), 404);
    let rest = "service_code=001&lat=26.5&long=107.9";
    errors(&post_to(&app, "requests.json", rest), 403);
    errors(&post_to(&app, "requests.json", &format!("api_key=nonsense&{rest}")), 403);
    let reader = app.key("reader", &[Action::CaseList]);
    errors(&post_to(&app, "requests.json", &format!("api_key={reader}&{rest}")), 403);
    let xml = post_to(&app, "requests.xml", rest);
    assert_eq!(xml.status, StatusCode::FORBIDDEN);
    assert!(xml.text().starts_with(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?><errors><error><code>403</code><description>"
    ));
    let cookie = app.session(app.account("staff", Some(kernel::role::Role::Acceptor)));
    let ask = Ask::new(Method::POST, "/open311/v2/requests.json").cookie(&cookie);
    errors(&app.call(ask.body("application/x-www-form-urlencoded", rest)), 403);
}

#[test]
fn a_key_may_stand_in_header_address_or_form() {
    let app = app();
    let key = key(&app);
    let rest = "service_code=001&lat=26.5&long=107.9";
    let kind = "application/x-www-form-urlencoded";
    let header =
        Ask::new(Method::POST, "/open311/v2/requests.json").header("authorization", &format!("Bearer {key}"));
    assert_eq!(app.call(header.body(kind, rest)).status, StatusCode::CREATED);
    let address = Ask::new(Method::POST, &format!("/open311/v2/requests.json?api_key={key}"));
    assert_eq!(app.call(address.body(kind, rest)).status, StatusCode::CREATED);
    assert_eq!(post_to(&app, "requests.json", &format!("{rest}&api_key={key}")).status, StatusCode::CREATED);
    let actor = app.doors.with(|held| held.last.as_ref().unwrap().1.clone());
    assert_eq!(actor, ActorId::Key("sender".to_owned()));
}

#[test]
fn lists_are_filtered_by_comma_lists_and_ids_override_all() {
    let app = app();
    app.doors.add("r2", "002", true, START + 1);
    app.doors.add("r3", "003", true, START + 2);
    let list = |query: &str| ids(&get(&app, &format!("requests.json?{query}")));
    assert_eq!(list("service_code=001,003"), ["r3", "r1"]);
    assert_eq!(list("status=open"), ["r3", "r2"]);
    assert_eq!(list("status=open,closed"), ["r3", "r2", "r1"]);
    assert_eq!(list("service_request_id=r1,r3&status=open&service_code=009"), ["r3", "r1"]);
    assert_eq!(list("service_request_id=r1,unknown"), ["r1"]);
    assert_eq!(list("bbox=107,26,108,27").len(), 3);
    assert!(list("bbox=0,0,1,1").is_empty());
    errors(&get(&app, "requests.json?status=in_progress"), 400);
}

#[test]
fn a_list_spans_ninety_days_and_a_thousand_requests() {
    let app = app();
    for number in 0..1_100 {
        app.doors.add(&format!("n{number}"), "001", true, START + -DAY_MS);
    }
    app.doors.add("old", "001", true, START + -91 * DAY_MS);
    let all = ids(&get(&app, "requests.json"));
    assert_eq!(all.len(), 1_000);
    assert!(!ids(&get(&app, "requests.json?page=2&page_size=1000")).contains(&"old".to_owned()));
    let older = "requests.json?start_date=2025-11-01T00:00:00Z&end_date=2026-01-01T00:00:00Z";
    assert_eq!(ids(&get(&app, older)), ["old"]);
    assert_eq!(ids(&get(&app, "requests/old.json")), ["old"], "a single one is found at any age");
    assert!(ids(&get(&app, "requests.json?page=900&page_size=50")).is_empty(), "past the end is empty");
    assert_eq!(ids(&get(&app, "requests.json?page=23&page_size=50")).len(), 1);
}

#[test]
fn the_description_is_limited_by_characters() {
    let app = app();
    let key = key(&app);
    let send = |count: usize| {
        let text = "坑".repeat(count);
        post_to(
            &app,
            "requests.json",
            &format!("api_key={key}&service_code=001&lat=26.5&long=107.9&description={text}"),
        )
    };
    assert_eq!(send(4_000).status, StatusCode::CREATED);
    errors(&send(4_001), 400);
}

#[test]
fn a_rules_refusal_is_an_array_too() {
    let app = app();
    let key = key(&app);
    let answer = post_to(&app, "requests.json", &format!("api_key={key}&service_code=001&lat=1&long=-1"));
    errors(&answer, 400);
}

#[test]
fn the_same_client_id_makes_one_request_even_at_once() {
    App::each(|app| {
        let key = key(&app);
        let body = format!("api_key={key}&service_code=001&lat=26.5&long=107.9&client_id=42");
        let ask = || {
            let ask = Ask::new(Method::POST, "/open311/v2/requests.json");
            ask.body("application/x-www-form-urlencoded", body.clone())
        };
        let answers = app.call_all((0..8).map(|_| ask()).collect());
        let first = answers[0].json();
        assert!(answers.iter().all(|answer| answer.status == StatusCode::CREATED && answer.json() == first));
        assert_eq!(app.doors.with(|held| held.requests.len()), 1);
        let other = body.replace("lat=26.5", "lat=26.6");
        errors(&post_to(&app, "requests.json", &other), 400);
        let again = Ask::new(Method::POST, "/open311/v2/requests.json").header("idempotency-key", "42");
        let again = app.call(again.body("application/x-www-form-urlencoded", body.clone()));
        assert_eq!(again.json(), first, "the header names it as well");
        assert_eq!(app.doors.with(|held| held.requests.len()), 1);
    });
}

#[test]
fn the_changeset_moves_when_a_service_changes() {
    let app = app();
    let changeset = || get(&app, "discovery.json").json()["endpoints"][0]["changeset"].clone();
    let before = changeset();
    app.doors.with(|held| held.changed_at = START);
    app.clock.pass(1_000);
    assert_ne!(changeset(), before);
    assert_eq!(changeset(), "2026-03-02T09:00:00+08:00");
}

#[test]
fn photos_come_with_the_form() {
    let app = app();
    let key = key(&app);
    let fields = [
        ("api_key", key.as_str()),
        ("service_code", "001"),
        ("lat", "26.5"),
        ("long", "107.9"),
        ("description", "有坑"),
    ];
    let kind = format!("multipart/form-data; boundary={BOUNDARY}");
    let send = |files: &[(&str, &[u8])]| {
        app.call(Ask::new(Method::POST, "/open311/v2/requests.json").body(&kind, parts(&fields, files)))
    };
    assert_eq!(send(&[("media", &picture())]).status, StatusCode::CREATED);
    let photos = app.doors.with(|held| held.last.take().unwrap().0);
    assert_eq!(photos.len(), 1);
    let kept = ledger::attachment::read_file(app.state.ledger().attachments(), &photos[0], false).unwrap();
    assert_eq!(&kept[..3], [0xFF, 0xD8, 0xFF], "encoded anew as JPEG");
    errors(&send(&[("media", b"<svg onload=alert(1)>")]), 400);
    let one = picture();
    let many: Vec<(&str, &[u8])> = (0..4).map(|_| ("media", one.as_slice())).collect();
    errors(&send(&many), 413);
}

#[test]
fn updates_are_read_and_added() {
    let app = app();
    let key = key(&app);
    let add = |rest: &str| post_to(&app, "servicerequestupdates.json", &format!("api_key={key}&{rest}"));
    let made = add("service_request_id=r1&description=还在漏水&update_id=7");
    assert_eq!((made.status, made.json()), (StatusCode::CREATED, json!([{"update_id": "1"}])));
    assert_eq!(
        add("service_request_id=r1&description=还在漏水&update_id=7").json(),
        made.json(),
        "sent again"
    );
    errors(&add("service_request_id=none&description=x"), 404);
    errors(&add("service_request_id=r1"), 400);
    let list = get(&app, "servicerequestupdates.json").json();
    assert_eq!((list.as_array().unwrap().len(), &list[0]["description"]), (1, &json!("还在漏水")));
    assert!(
        get(&app, "servicerequestupdates.xml")
            .text()
            .contains("<service_request_updates><request_update><update_id>1")
    );
}

#[test]
fn the_whole_history_comes_as_one_file() {
    let app = app();
    for number in 0..1_500 {
        app.doors.add(&format!("n{number}"), "001", true, START + -DAY_MS * number);
    }
    let csv = get(&app, "requests.csv");
    assert_eq!(csv.header("content-type"), "text/csv; charset=utf-8");
    let text = csv.text();
    assert_eq!(text.lines().count(), 1_502);
    assert!(text.starts_with("service_request_id,status,status_description,"), "{}", &text[..80]);
    assert!(text.contains("'=1+1") && !text.contains(",=1+1"), "formulas are text");
    let json = get(&app, "bulk.json").json();
    assert_eq!(json.as_array().unwrap().len(), 1_501);
    assert_eq!(get(&app, "bulk.csv?status=closed").text().lines().count(), 2);
}
