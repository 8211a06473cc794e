//! GeoReport v2 over a real city: its classes, its rules, its desk, on both engines.

use std::collections::BTreeMap;

use axum::http::{Method, StatusCode};
use governance::{
    case::{Command, Import, Lane, Origin, Report, Source, Stage},
    city::City,
    desk::NewReport,
};
use kernel::{
    id::{CaseId, SystemIds},
    role::{Actor, ActorId, Role},
    time::{DAY_MS, HOUR_MS, MINUTE_MS, Moment},
};
use serde_json::{Value, json};

use crate::{
    photo::{BOUNDARY, parts, picture},
    real_city::{CELL, COVER, LOOSE, REFUSE, SPOT, Town, city},
    support::{Ask, START},
};

fn status(answer: &crate::support::Answer) -> u16 {
    answer.status.as_u16()
}

#[test]
fn every_call_answers_in_both_formats_over_the_city() {
    Town::each(|town| {
        let id = town.report(&format!("service_code={REFUSE}&{SPOT}&description=垃圾"));
        for call in [
            "discovery".to_owned(),
            "services".to_owned(),
            format!("services/{COVER}"),
            "requests".to_owned(),
            format!("requests/{id}"),
            format!("tokens/{id}"),
            "servicerequestupdates".to_owned(),
        ] {
            let xml = town.get(&format!("{call}.xml"));
            assert_eq!(
                (status(&xml), xml.header("content-type")),
                (200, "text/xml; charset=utf-8"),
                "{call}"
            );
            assert!(xml.text().starts_with("<?xml version=\"1.0\" encoding=\"utf-8\"?>"), "{call}");
            let json = town.get(&format!("{call}.json"));
            assert_eq!(status(&json), 200, "{call}: {}", json.text());
            json.json();
        }
        let made = town.post("requests.xml", &format!("service_code={REFUSE}&{SPOT}"));
        assert!(made.text().contains("<service_request_id>260302-000002-"), "{}", made.text());
    });
}

#[test]
fn services_are_the_classes_that_residents_may_report() {
    Town::each(|town| {
        let services = town.get("services.json").json();
        let services: BTreeMap<&str, &Value> = services
            .as_array()
            .unwrap()
            .iter()
            .map(|service| (service["service_code"].as_str().unwrap(), service))
            .collect();
        assert!(services.len() > 50 && services.keys().all(|code| code.starts_with("2026-matter-")));
        let refuse = services[REFUSE];
        assert_eq!((&refuse["service_name"], &refuse["group"]), (&json!("暴露垃圾"), &json!("市容环境类")));
        assert!(refuse["description"].as_str().unwrap().contains("散落暴露的生活垃圾"));
        assert_eq!((&refuse["type"], &refuse["metadata"]), (&json!("realtime"), &json!(true)));
        let cover = town.get(&format!("services/{COVER}.json")).json();
        let asked: Vec<&str> = cover["attributes"]
            .as_array()
            .unwrap()
            .iter()
            .map(|attribute| {
                assert_eq!(attribute["required"], false);
                attribute["code"].as_str().unwrap()
            })
            .collect();
        assert!(asked.contains(&"component_id") && asked.contains(&"area"), "{asked:?}");
    });
}

#[test]
fn each_form_of_place_is_put_on_the_map() {
    Town::each(|town| {
        let by_position =
            town.one(&town.report(&format!("service_code={REFUSE}&{SPOT}&address_string=桥头")));
        assert_eq!((&by_position["address_id"], &by_position["address"]), (&json!(CELL), &json!("桥头")));
        assert_eq!((&by_position["lat"], &by_position["long"]), (&json!(26.575), &json!(107.975)));
        let by_landmark =
            town.one(&town.report(&format!("service_code={REFUSE}&address_string=凯里市民族广场东侧")));
        assert_eq!(by_landmark["long"], json!(107.985));
        assert_eq!(by_landmark["address"], json!("凯里市民族广场东侧"));
        let by_road = town.one(&town.report(&format!("service_code={REFUSE}&address_string=人民路８号")));
        assert_eq!((&by_road["long"], &by_road["address_id"]), (&json!(107.972), &json!(CELL)));
        let by_cell = town.one(&town.report(&format!("service_code={REFUSE}&address_id={CELL}")));
        assert_eq!(by_cell["address_id"], json!(CELL));
        // What is not on the map is taken as it was said; the desk places it.
        let unplaced =
            town.one(&town.report(&format!("service_code={REFUSE}&address_string=无名小巷&description=臭")));
        assert_eq!((&unplaced["lat"], &unplaced["address"]), (&Value::Null, &json!("无名小巷")));
        assert_eq!(unplaced["description"], "臭");
        for bad in ["address_id=999999999999999", "lat=10&long=10", ""] {
            let answer = town.post("requests.json", &format!("service_code={REFUSE}&{bad}"));
            assert_eq!((status(&answer), &answer.json()[0]["code"]), (400, &json!(400)), "{bad}");
        }
    });
}

#[test]
fn what_was_said_is_masked_and_contact_data_stays_in_the_vault() {
    Town::each(|town| {
        let id = town.report(&format!(
            "service_code={REFUSE}&{SPOT}&description=找我13800138000&first_name=小明&last_name=欧阳&phone=13800138000&email=a@b.cn"
        ));
        let shown = town.get(&format!("requests/{id}.json?extensions=true")).text();
        for secret in ["13800138000", "小明", "欧阳", "a@b.cn"] {
            assert!(!shown.contains(secret), "{secret}: {shown}");
        }
        let key = town.one(&id)["service_request_id"].as_str().unwrap().to_owned();
        let acceptor = town.staff(Role::Acceptor, "");
        let revealed = town.at(acceptor, move |tx, desk| {
            let record = governance::desk::find(tx, desk.view, &key)?.unwrap();
            let case = governance::desk::id_of(&record)?;
            governance::desk::reveal(tx, desk, case, "回访")
        });
        assert_eq!(revealed["name"], "欧阳小明");
        assert_eq!((revealed["phone"].as_str(), revealed["email"].as_str()), ("13800138000", "a@b.cn"));
        let bad = town.post("requests.json", &format!("service_code={REFUSE}&{SPOT}&email=nonsense"));
        assert_eq!(status(&bad), 400);
    });
}

#[test]
fn answers_are_kept_and_given_back() {
    Town::each(|town| {
        let send = |rest: &str| town.post("requests.json", &format!("service_code={COVER}&{SPOT}&{rest}"));
        assert_eq!(status(&send("attribute[area]=many")), 400);
        let made = send(
            "description=井盖坏了&attribute[area]=30&attribute[component_id]=01-7&attribute[fixmystreet_id]=9",
        );
        let id = made.json()[0]["service_request_id"].as_str().unwrap().to_owned();
        assert!(made.json()[0]["service_notice"].as_str().unwrap().contains("供水公司"));
        let one = town.one(&id);
        assert_eq!(one["description"], "井盖坏了");
        assert_eq!(
            one["extended_attributes"]["attributes"],
            json!([{"code": "component_id", "values": ["01-7"]}, {"code": "area", "values": ["30"]}])
        );
        let text = "坑".repeat(4_000);
        let id = town.report(&format!("service_code={COVER}&{SPOT}&description={text}&attribute[area]=1"));
        assert_eq!(town.one(&id)["description"].as_str().unwrap().chars().count(), 4_000);
        assert_eq!(status(&send(&format!("description={text}坑"))), 400);
    });
}

#[test]
fn a_request_is_followed_from_report_to_closing() {
    Town::each(|town| {
        let id = town.report(&format!("service_code={COVER}&{SPOT}&description=井盖响"));
        let new = town.one(&id);
        assert_eq!((&new["status"], &new["status_notes"]), (&json!("open"), &json!("已收到")));
        assert_eq!(new["requested_datetime"], "2026-03-02T09:00:00+08:00");
        assert_eq!((&new["service_code"], &new["service_name"]), (&json!(COVER), &json!("供水井盖异常")));
        assert!(new["expected_datetime"].is_string(), "what the class promises: {new}");
        town.pass(5 * MINUTE_MS);
        town.file(&id, LOOSE);
        let filed = town.one(&id);
        assert_eq!(filed["service_code"], COVER, "outside it stays the class that was reported");
        assert_eq!(filed["agency_responsible"], "供水公司");
        town.pass(HOUR_MS);
        town.close(&id, "water");
        let closed = town.one(&id);
        assert_eq!((&closed["status"], &closed["status_notes"]), (&json!("closed"), &json!("已办结")));
        assert_eq!(closed["updated_datetime"], "2026-03-02T10:05:00+08:00", "when it was closed");
        // Two working days from dispatching on Monday.
        assert_eq!(closed["expected_datetime"], "2026-03-04T10:05:00+08:00");
        let kinds: Vec<&str> = closed["extended_attributes"]["notes"]
            .as_array()
            .unwrap()
            .iter()
            .map(|note| note["type"].as_str().unwrap())
            .collect();
        assert_eq!(kinds.first(), Some(&"case_reported"));
        assert_eq!(kinds.last(), Some(&"case_closed"));
        assert!(!town.get(&format!("requests/{id}.json?extensions=true")).text().contains("open311_"));
        // A later rating changes the case, not when it was closed.
        town.pass(HOUR_MS);
        let rate = Command::Note { note: "内部".to_owned(), public: false };
        town.act(Role::ShiftLeader, "", &id, rate);
        assert_eq!(town.one(&id)["updated_datetime"], closed["updated_datetime"]);
        assert_eq!(town.ids("status=closed"), [id.as_str()]);
        assert!(town.ids("status=open").is_empty());
        assert_eq!(town.ids(&format!("service_code={COVER}")), [id]);
    });
}

#[test]
fn lists_are_filtered_paged_and_spanned() {
    Town::each(|town| {
        let mut made = Vec::new();
        for number in 0..7 {
            let class = if number % 2 == 0 { REFUSE } else { COVER };
            made.push(town.report(&format!("service_code={class}&lat=26.575&long=107.97{number}")));
            town.pass(MINUTE_MS);
        }
        made.reverse();
        assert_eq!(town.ids(""), made);
        assert_eq!(town.ids(&format!("service_code={COVER}")).len(), 3);
        assert_eq!(town.ids(&format!("service_code={COVER},{REFUSE}")).len(), 7);
        assert_eq!(town.ids("page=2&page_size=3"), made[3..6]);
        assert!(town.ids("page=4&page_size=3").is_empty(), "past the end is empty");
        assert_eq!(town.ids("bbox=107.9735,26.57,107.9755,26.58"), [made[1].clone(), made[2].clone()]);
        assert_eq!(town.ids("bbox=107.97,26.57,107.98,26.58&page=2&page_size=4"), made[4..7]);
        let two = format!("service_request_id={},{},none&status=closed&service_code=none", made[0], made[4]);
        assert_eq!(town.ids(&two), [made[0].clone(), made[4].clone()], "ids override all");
        assert_eq!(town.ids(&format!("service_request_id={}", made[0].replace('-', ""))), [made[0].clone()]);
        let from = START + 2 * MINUTE_MS;
        let zone = jiff::tz::TimeZone::UTC;
        let span = |name: &str, at: Moment| format!("{name}={}", at.iso(&zone));
        let until = START + 4 * MINUTE_MS;
        assert_eq!(
            town.ids(&format!("{}&{}", span("start_date", from), span("end_date", until))),
            made[2..5]
        );
        town.pass(HOUR_MS);
        town.act(Role::Acceptor, "", &made[6], Command::Accept {});
        assert_eq!(town.ids(&span("updated_after", START + HOUR_MS)), [made[6].clone()]);
        town.pass(91 * DAY_MS);
        assert!(town.ids("").is_empty(), "90 days where nothing is said");
        assert_eq!(town.ids(&span("start_date", START)).len(), 7);
        assert_eq!(town.get("requests.csv").text().lines().count(), 8, "the bulk export knows everything");
    });
}

#[test]
fn what_is_private_shows_nowhere() {
    Town::each(|town| {
        let shown = town.report(&format!("service_code={REFUSE}&{SPOT}"));
        let hidden = town.report(&format!("service_code={COVER}&{SPOT}&description=秘密"));
        let letter =
            NewReport { class: Some(REFUSE.to_owned()), ..NewReport::new(Source::Letters, "信访") };
        let letter = town.at(town.staff(Role::Acceptor, ""), move |tx, desk| {
            governance::desk::report(tx, desk, letter).map(|reported| reported.reference)
        });
        let voided = town.report(&format!("service_code={REFUSE}&{SPOT}&description=作废"));
        town.act(Role::ShiftLeader, "", &voided, Command::Void { reason: "误报".to_owned() });
        let before = town.get("discovery.json").json()["changeset"].clone();
        town.pass(HOUR_MS);
        let (code, by) = (town.app.city, town.app.by());
        town.app.write(move |tx| {
            let private_classes = [COVER.to_owned()].into();
            ledger::register::put(tx, code, City { private_classes, ..city() }, None, &by).map(drop)
        });
        assert_ne!(town.get("discovery.json").json()["changeset"], before, "a service changed");
        assert_eq!(status(&town.get(&format!("services/{COVER}.json"))), 404);
        assert_eq!(status(&town.post("requests.json", &format!("service_code={COVER}&{SPOT}"))), 404);
        for id in [&hidden, &letter, &voided] {
            assert_eq!(status(&town.get(&format!("requests/{id}.json"))), 404, "{id}");
            assert_eq!(status(&town.get(&format!("tokens/{id}.json"))), 404, "{id}");
            for page in ["requests.json", "requests.csv", "bulk.json", "servicerequestupdates.json"] {
                assert!(!town.get(page).text().contains(id.as_str()), "{page} shows {id}");
            }
        }
        assert_eq!(town.ids(""), [shown.as_str()]);
        assert_eq!(
            town.ids(&format!("service_request_id={shown},{hidden},{letter},{voided}")),
            [shown.as_str()]
        );
        assert_eq!(town.ids("page=1&page_size=1"), [shown], "what is private takes no place on a page");
        assert!(town.ids("page=2&page_size=1").is_empty());
        // A case that was filed under the component is as private as the matter.
        town.file(&hidden, LOOSE);
        assert_eq!(status(&town.get(&format!("requests/{hidden}.json"))), 404);
    });
}

#[test]
fn a_retry_makes_one_request_even_at_once() {
    Town::each(|town| {
        let body = format!("api_key={}&service_code={REFUSE}&{SPOT}&client_id=7", town.key);
        let ask = || {
            let ask = Ask::new(Method::POST, "/open311/v2/requests.json");
            ask.body("application/x-www-form-urlencoded", body.clone())
        };
        let answers = town.app.call_all((0..8).map(|_| ask()).collect());
        assert!(answers.iter().all(|answer| answer.status == StatusCode::CREATED));
        assert!(answers.iter().all(|answer| answer.json() == answers[0].json()));
        assert_eq!(town.ids("").len(), 1);
    });
}

#[test]
fn updates_tell_what_happened_and_a_sender_adds_to_its_own() {
    Town::each(|town| {
        let id = town.report(&format!("service_code={REFUSE}&{SPOT}"));
        town.pass(MINUTE_MS);
        let add = |id: &str| {
            town.post(
                "servicerequestupdates.json",
                &format!("service_request_id={id}&description=还在，电话13800138000"),
            )
        };
        let made = add(&id);
        assert_eq!(status(&made), 201, "{}", made.text());
        let update = made.json()[0]["update_id"].as_str().unwrap().to_owned();
        let list = town.get("servicerequestupdates.json");
        let updates = list.json();
        let updates = updates.as_array().unwrap();
        assert_eq!(updates.len(), 2);
        assert_eq!((&updates[1]["update_id"], &updates[1]["status"]), (&json!(update), &json!("open")));
        assert!(!list.text().contains("13800138000"));
        let since = (START + MINUTE_MS).iso(&jiff::tz::TimeZone::UTC);
        let later = town.get(&format!("servicerequestupdates.json?start_date={since}")).json();
        assert_eq!(later.as_array().unwrap().len(), 1, "from then on");
        // What somebody else reported is not this sender's to add to.
        let foreign = town.at(Actor::resident(), |tx, desk| {
            let new = NewReport { class: Some(REFUSE.to_owned()), ..NewReport::new(Source::Web, "x") };
            governance::desk::report(tx, desk, new).map(|reported| reported.reference)
        });
        assert_eq!(status(&add(&foreign)), 404);
        town.act(Role::Acceptor, "", &id, Command::Refuse { reason: "不属城管".to_owned() });
        let updates = town.get("servicerequestupdates.json").json();
        let last = updates.as_array().unwrap().last().unwrap().clone();
        assert_eq!((&last["status"], &last["description"]), (&json!("closed"), &json!("不予受理")));
    });
}

#[test]
fn photos_of_public_things_are_shown_once_the_case_is_filed() {
    Town::each(|town| {
        let send = |class: &str| {
            let fields = [
                ("api_key", town.key.as_str()),
                ("service_code", class),
                ("description", "井盖坏了"),
                ("lat", "26.575"),
                ("long", "107.975"),
            ];
            let kind = format!("multipart/form-data; boundary={BOUNDARY}");
            let body = parts(&fields, &[("media", &picture())]);
            let ask = Ask::new(Method::POST, "/open311/v2/requests.json").body(&kind, body);
            town.app.call(ask).json()[0]["service_request_id"].as_str().unwrap().to_owned()
        };
        let (cover, refuse) = (send(COVER), send(REFUSE));
        assert_eq!(town.one(&cover)["media_url"], Value::Null, "nobody has looked at it yet");
        town.file(&cover, LOOSE);
        town.file(&refuse, "2026-matter-06010-01");
        assert_eq!(town.one(&refuse)["media_url"], Value::Null, "it may show a home or people");
        let address = town.one(&cover)["media_url"].as_str().unwrap().to_owned();
        let path = address.strip_prefix("http://localhost").unwrap();
        let shown = town.app.call(Ask::get(path));
        assert_eq!((status(&shown), shown.header("content-type")), (200, "image/jpeg"));
        assert_eq!(status(&town.app.call(Ask::get(&path.replace(&cover, &refuse)))), 404);
    });
}

#[test]
fn an_imported_case_keeps_the_name_of_its_kind() {
    Town::each(|town| {
        let import = Import {
            report: Report {
                reference: Some("SR-1".to_owned()),
                token_hash: None,
                source: Source::OtherPlatform,
                lane: Lane::Ordinary,
                reporter: None,
                text: "Pothole on Main St".to_owned(),
                place: None,
                class: None,
                component: None,
                urgent: false,
                attachments: Vec::new(),
                parent: None,
            },
            reported_at: START + -DAY_MS,
            updated_at: None,
            closed_at: Some(START + -HOUR_MS),
            stage: Stage::Closed,
            outcome: None,
            origin: Some(Origin {
                source: "sf".to_owned(),
                id: "SR-1".to_owned(),
                class: Some("Street Defects".to_owned()),
            }),
            fields: BTreeMap::new(),
        };
        let administrator = Actor { id: ActorId::System, ..town.staff(Role::SystemAdministrator, "") };
        town.at(administrator, move |tx, desk| {
            let id = CaseId::fresh(&mut SystemIds, desk.at);
            let command = Command::Import(Box::new(import));
            let office = &desk.view.office;
            let given = governance::case::act::Given::default();
            governance::case::act::act(tx, (desk.view.code, id), office, &command, desk.actor, given, desk.at)
                .map(drop)
        });
        let one = town.one("SR-1");
        assert_eq!((&one["service_name"], &one["status"]), (&json!("Street Defects"), &json!("closed")));
        assert_eq!(one["requested_datetime"], "2026-03-01T09:00:00+08:00");
        assert_eq!(one["updated_datetime"], "2026-03-02T08:00:00+08:00");
        assert_eq!(town.ids("service_code=Street%20Defects"), ["SR-1"]);
    });
}
