//! The hotline over the API: a call with its case, the exchange's webhook, versions and keys, and the number in no answer but a reveal.

use axum::http::{Method, StatusCode};
use kernel::{role::Action, time::MINUTE_MS};
use serde_json::{Value, json};

use crate::{
    small_city::{NAME, PHONE, REFUSE, SmallCity, id, reference},
    support::{Answer, Ask},
};

fn sheet(text: &str) -> Value {
    json!({
        "text": text,
        "kind": "complaint",
        "class": REFUSE,
        "place": {"lon": 107.975, "lat": 26.575, "address": "小学正门右侧"},
        "contact": {"name": NAME, "phone": PHONE},
    })
}

fn begin(city: &SmallCity, key: &str, body: &Value) -> Value {
    let begun = city.post("acceptor", "/calls", key, body);
    assert_eq!(begun.status, StatusCode::CREATED, "{}", begun.text());
    assert_eq!(begun.header("location"), format!("/api/v1/calls/{}", row_id(&begun.json())));
    begun.json()
}

fn row_id(acted: &Value) -> String {
    acted["row"]["id"].as_str().unwrap().to_owned()
}

/// Does something with a sheet in the version that stands; the answer.
fn try_act(city: &SmallCity, name: &str, call: &str, command: &Value) -> Answer {
    let version = city.get("acceptor", &format!("/calls/{call}")).header("etag").to_owned();
    let ask = Ask::post(&format!("/api/v1/calls/{call}/acts"), &json!({ "command": command }));
    city.app.call(ask.cookie(city.cookie(name)).header("if-match", &version))
}

/// Does something with a sheet; its row then.
fn act(city: &SmallCity, call: &str, command: &Value) -> Value {
    let answer = try_act(city, "acceptor", call, command);
    assert_eq!(answer.status, StatusCode::OK, "{command}: {}", answer.text());
    answer.json()["row"].clone()
}

#[test]
fn a_call_becomes_a_case_and_is_followed_up() {
    SmallCity::each(|city| {
        let begun = begin(&city, "a", &json!({"text": "垃圾没有清走"}));
        assert_eq!(begun["row"]["stage"], "open");
        assert!(begun["acts"].as_array().unwrap().contains(&json!("hand_over")));
        let call = row_id(&begun);
        let filled = act(&city, &call, &json!({"fill": sheet("小学门口垃圾没有清走")}));
        assert_eq!((&filled["class"], &filled["has_caller"]), (&json!(REFUSE), &json!(true)));
        assert_eq!(filled["place"]["cell"], "522601001001001");

        let handed = act(&city, &call, &json!({"hand_over": {"note": "请尽快"}}));
        assert_eq!((&handed["stage"], &handed["outcome"]), (&json!("with_case"), &json!("case")));
        let case = handed["case"].as_str().unwrap().to_owned();
        let shown = city.found("acceptor", &format!("/calls/{call}"));
        assert_eq!(shown["case"]["reference"], shown["row"]["reference"], "one reference for both");
        assert_eq!(shown["case"]["source"], "hotline");
        assert_eq!(city.case("acceptor", &case).0["case"]["text"], "小学门口垃圾没有清走");

        city.act("acceptor", &case, &json!({"refuse": {"reason": "不属实"}}));
        let path = "/calls?stage=to_follow_up&sort=due";
        let due = city.found("shift_leader", path);
        assert_eq!((&due["items"][0]["id"], &due["next"]), (&json!(call), &Value::Null));
        let wrong = json!({"follow_up": {"solved": true, "satisfaction": 9}});
        let refused = try_act(&city, "acceptor", &call, &wrong);
        assert_eq!(refused.code(), "call_satisfaction_out_of_range");
        assert_eq!(refused.json()["fields"][0]["field"], "satisfaction");
        let closed = act(&city, &call, &json!({"follow_up": {"solved": true, "satisfaction": 5}}));
        assert_eq!((&closed["stage"], &closed["clock"]), (&json!("closed"), &Value::Null));
        let shown = city.found("acceptor", &format!("/calls/{call}"));
        let kinds: Vec<&str> =
            shown["history"].as_array().unwrap().iter().map(|item| item["kind"].as_str().unwrap()).collect();
        assert_eq!((kinds[0], shown["receipt"]["seq"].is_u64()), ("call_begun", true), "{kinds:?}");
        assert_eq!(shown["call"]["follow_ups"][0]["satisfaction"], 5);
    });
}

#[test]
fn a_call_about_a_known_case_joins_it_by_its_reference() {
    SmallCity::each(|city| {
        let reported = city.report("r", "垃圾没有清走");
        let call =
            row_id(&begin(&city, "a", &json!({"text": "还是那堆垃圾", "contact": {"phone": "13700000001"}})));
        let unknown = try_act(&city, "acceptor", &call, &json!({"join": {"case": "260302-99999-0"}}));
        assert_eq!(unknown.code(), "not_found");
        let joined = act(&city, &call, &json!({"join": {"case": reference(&reported)}}));
        assert_eq!((&joined["outcome"], &joined["case"]), (&json!("joined"), &json!(id(&reported))));
        assert_eq!(city.case("acceptor", id(&reported)).0["row"]["voices"], 2);
        let of_case = city.found("acceptor", &format!("/calls?case={}", id(&reported)));
        assert_eq!(of_case["items"][0]["id"], call);

        let answered = row_id(&begin(&city, "b", &json!({"text": "办证要带什么", "kind": "consultation"})));
        let done = act(&city, &answered, &json!({"answer_at_once": {"answer": "身份证即可"}}));
        assert_eq!((&done["stage"], &done["outcome"]), (&json!("closed"), &json!("answered")));
        let moved = row_id(&begin(&city, "c", &sheet("停电了")));
        let transfer = json!({"transfer": {"to": "供电局", "reason": "不归城管"}});
        assert_eq!(act(&city, &moved, &transfer)["transferred_to"], "供电局");
        let words = city.found("acceptor", "/calls?q=%E5%81%9C%E7%94%B5&outcome=transferred,answered");
        assert_eq!(words["items"].as_array().unwrap().len(), 1);
        assert_eq!(city.get("acceptor", "/calls?stage=none").code(), "value_malformed");
    });
}

#[test]
fn versions_keys_and_rights_keep_sheets_apart() {
    SmallCity::each(|city| {
        let body = sheet("垃圾没有清走");
        let begun = begin(&city, "a", &body);
        assert_eq!(begin(&city, "a", &body), begun, "the same key and body: the first answer");
        assert_eq!(city.post("acceptor", "/calls", "a", &json!({})).code(), "idempotency_key_reused");
        assert_eq!(city.post("acceptor", "/calls", "", &body).code(), "idempotency_key_missing");
        let call = row_id(&begun);
        let acts = format!("/api/v1/calls/{call}/acts");
        let fill = json!({"command": {"fill": {"text": "另一处"}}});
        let ask = || Ask::post(&acts, &fill).cookie(city.cookie("acceptor"));
        assert_eq!(city.app.call(ask()).code(), "version_missing");
        assert_eq!(city.app.call(ask().header("if-match", "\"1\"")).status, StatusCode::OK);
        let stale = city.app.call(ask().header("if-match", "\"1\""));
        assert_eq!((stale.status.as_u16(), stale.code().as_str()), (412, "version_stale"));
        for odd in [
            json!({}),
            json!({"fill": {"caller": "x"}}),
            json!({"none": {}}),
            json!({"fill": {}, "take_over": {}}),
        ] {
            let answer = try_act(&city, "acceptor", &call, &odd);
            assert_eq!((answer.status.as_u16(), answer.code().as_str()), (400, "value_malformed"), "{odd}");
        }
        let forged = try_act(&city, "acceptor", &call, &json!({"case_ended": {}}));
        assert_eq!(forged.code(), "call_not_your_right");
        let outside = json!({"fill": {"place": {"lon": 100.0, "lat": 20.0}}});
        let outside = try_act(&city, "acceptor", &call, &outside);
        assert_eq!(
            (outside.code().as_str(), &outside.json()["fields"][0]["field"]),
            ("point_outside_city", &json!("place"))
        );
        for name in ["dispatcher", "unit_manager", "collector", "evaluator", "audit_administrator"] {
            assert_eq!(city.get(name, "/calls").code(), "right_missing", "{name}");
            assert_eq!(city.post(name, "/calls", "x", &body).code(), "right_missing", "{name}");
        }
        assert_eq!(city.get("", "/calls").code(), "sign_in_needed");
        assert_eq!(city.get("acceptor", "/calls/none").code(), "not_found");
    });
}

#[test]
fn the_exchange_tells_of_calls_with_a_key() {
    SmallCity::each(|city| {
        let key = city.app.key("exchange", &[Action::CallTake]);
        let other = city.app.key("reader", &[Action::CaseReport]);
        let rang = city.app.clock_now().millis();
        let tell = |key: &str, body: &Value| {
            let ask = Ask::post("/api/v1/calls/events", body);
            city.app.call(if key.is_empty() {
                ask
            } else {
                ask.header("authorization", &format!("Bearer {key}"))
            })
        };
        let ringing = json!({"kind": "ringing", "id": "c-1", "number": PHONE, "at": rang});
        assert_eq!(tell("", &ringing).code(), "key_unknown");
        assert_eq!(tell(&other, &ringing).code(), "right_missing");
        let by_hand = Ask::post("/api/v1/calls/events", &ringing).cookie(city.cookie("acceptor"));
        assert_eq!(city.app.call(by_hand).code(), "key_unknown", "people begin sheets by hand");
        let told = tell(&key, &ringing);
        assert_eq!(told.status, StatusCode::OK, "{}", told.text());
        let told = told.json();
        assert_eq!(told["stage"], "ringing");
        city.app.clock.pass(5_000);
        let answered = json!({"kind": "answered", "id": "c-1", "seat": "acceptor", "at": rang + 5_000});
        assert_eq!(tell(&key, &answered).json()["stage"], "open");
        assert_eq!(tell(&key, &answered).json()["id"], told["id"], "the same message again changes nothing");
        let mine = city.found("acceptor", "/calls?mine=true");
        assert_eq!(mine["items"][0]["reference"], told["reference"]);
        let late = json!({"kind": "ended", "id": "c-1", "at": rang + 60 * MINUTE_MS});
        assert_eq!(tell(&key, &late).code(), "call_signal_time");
        assert_eq!(tell(&key, &json!({"kind": "ended", "id": "c-1"})).code(), "body_unreadable");

        // The same number again: who takes the call sees what was said before.
        let second = begin(&city, "b", &sheet("又来电"));
        assert_eq!(second["row"]["repeat"], 1);
        let before = city.found("acceptor", &format!("/calls?same_caller={}", row_id(&second)));
        assert_eq!(before["items"].as_array().unwrap().len(), 2);
        let nameless = begin(&city, "c", &json!({"text": "没有留号码"}));
        let none = city.found("acceptor", &format!("/calls?same_caller={}", row_id(&nameless)));
        assert_eq!(none["items"], json!([]));
    });
}

/// The caller's number and name stand in no answer of any route to anybody, but in that of a reveal.
#[test]
fn who_called_is_only_in_a_reveal() {
    SmallCity::each(|city| {
        let call = row_id(&begin(&city, "a", &sheet(&format!("垃圾没有清走，打{PHONE}找我"))));
        act(&city, &call, &json!({"fill": {"contact": {"name": NAME, "phone": PHONE}}}));
        act(&city, &call, &json!({"hand_over": {"note": format!("他的电话{PHONE}")}}));
        let reveal = format!("/calls/{call}/reveal");
        let reason = json!({"reason": "回访"});
        assert_eq!(city.post("acceptor", &reveal, "1", &json!({"reason": " "})).code(), "reason_missing");
        assert_eq!(city.post("dispatcher", &reveal, "2", &reason).code(), "right_missing");
        let shown = city.post("acceptor", &reveal, "3", &reason);
        assert_eq!(shown.json(), json!({"name": NAME, "phone": PHONE}), "{}", shown.text());
        assert_eq!(city.post("acceptor", &reveal, "3", &reason).json(), shown.json());
        let nameless = row_id(&begin(&city, "b", &json!({"text": "没有留号码"})));
        let path = format!("/calls/{nameless}/reveal");
        assert_eq!(city.post("acceptor", &path, "4", &reason).code(), "call_caller_unknown");

        let case =
            city.found("acceptor", &format!("/calls/{call}"))["row"]["case"].as_str().unwrap().to_owned();
        let paths: Vec<String> = server::table(&city.app.state)
            .iter()
            .filter(|row| row.method == Method::GET && row.path.starts_with("/api/v1/"))
            .filter(|row| row.path != "/api/v1/events" && row.path != "/api/v1/openapi.json")
            .map(|row| {
                let id = if row.path.contains("/calls/") { &call } else { &case };
                row.path.replace("/api/v1", "").replace("{id}", id)
            })
            .collect();
        assert!(paths.iter().any(|path| path.contains(&call)), "sheets were not looked at");
        for asker in city.names().into_iter().chain([String::new()]) {
            for path in &paths {
                let text = city.get(&asker, path).text();
                for secret in [PHONE, NAME, "\"caller\":"] {
                    assert!(!text.contains(secret), "{secret} for {asker} in {path}: {text}");
                }
            }
        }
    });
}
