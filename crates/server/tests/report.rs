//! The residents' door: good reports, bad ones, the public face and its secrets.

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::{
    small_city::{CELL, OTHER_UNIT, REFUSE, SmallCity, id, reference, token},
    support::{Answer, Ask},
};

fn sent(city: &SmallCity, key: &str, body: &Value) -> Answer {
    city.post("", "/reports", key, body)
}

#[test]
fn bad_reports_are_told_what_where_and_what_to_do() {
    SmallCity::each(|city| {
        let place = json!({"lon": 107.975, "lat": 26.575});
        let cases: Vec<(Value, u16, &str, &str)> = vec![
            (
                json!({"text": "长".repeat(governance::case::TEXT_CHARS_MAX + 1), "place": place}),
                422,
                "case_text_too_long",
                "text",
            ),
            (json!({"text": " ", "place": place}), 422, "case_report_empty", "text"),
            (json!({"text": "x", "class": "99999", "place": place}), 404, "class_unknown", "class"),
            (
                json!({"text": "x", "place": {"lon": 107.90, "lat": 26.575}}),
                422,
                "point_outside_city",
                "place",
            ),
            (
                json!({"text": "x", "place": {"lon": 300.0, "lat": 26.575}}),
                422,
                "position_out_of_range",
                "place",
            ),
            (
                json!({"text": "x", "place": place, "attachments": ["0".repeat(64)]}),
                422,
                "attachment_unknown",
                "attachments",
            ),
            (
                json!({"text": "x", "place": place, "contact": {"phone": "call me"}}),
                422,
                "fields_invalid",
                "phone",
            ),
            (
                json!({"text": "x", "place": place, "contact": {"email": "none"}}),
                422,
                "fields_invalid",
                "email",
            ),
        ];
        for (number, (body, status, code, field)) in cases.iter().enumerate() {
            let answer = sent(&city, &format!("bad{number}"), body);
            assert_eq!(answer.status.as_u16(), *status, "{body}: {}", answer.text());
            assert_eq!(
                (answer.status.as_u16(), answer.code().as_str()),
                (*status, *code),
                "{}",
                answer.text()
            );
            let problem = answer.json();
            assert_eq!(problem["fields"][0]["field"], *field, "{problem}");
            assert_ne!(problem["fields"][0]["message"], problem["fields"][0]["code"], "{problem}");
            assert_ne!(problem["detail"], problem["code"], "{problem}");
        }
        let outside =
            sent(&city, "outside", &json!({"text": "x", "place": {"lon": 107.969, "lat": 26.575}})).json();
        assert_eq!(outside["details"]["cell"], CELL);
        assert_eq!(outside["details"]["distance_m"], 100.0);
        assert_eq!(sent(&city, "unknown", &json!({"text": "x", "colour": "red"})).code(), "body_unreadable");
        assert_eq!(sent(&city, &"k".repeat(201), &json!({"text": "x"})).code(), "idempotency_key_too_long");
        let torn = Ask::new(axum::http::Method::POST, "/api/v1/reports").header("idempotency-key", "torn");
        assert_eq!(city.app.call(torn.body("application/json", "{\"text\"")).code(), "body_not_json");
        let huge = json!({"text": "x".repeat(1_100_000)});
        assert_eq!(sent(&city, "huge", &huge).status, StatusCode::PAYLOAD_TOO_LARGE);
        assert_eq!(city.found("acceptor", "/cases")["items"], json!([]), "nothing half-done");
        let good = sent(&city, "bad1", &json!({"text": "x", "place": place}));
        assert_eq!(good.status, StatusCode::CREATED, "a refused wish leaves its key free: {}", good.text());
    });
}

#[test]
fn the_public_face_shows_the_case_and_nobody() {
    SmallCity::each(|city| {
        let photo = city.photo(7);
        let body = json!({"text": "垃圾没有清走", "class": REFUSE, "attachments": [photo],
            "place": {"lon": 107.975_123, "lat": 26.575_123, "address": "三单元门口"}});
        let reported = sent(&city, "a", &body).json();
        let path = format!("/reports/{}", reference(&reported));
        let face = city.found("", &path);
        assert_eq!(
            (&face["mine"], &face["text"], &face["photos"]),
            (&json!(false), &Value::Null, &json!([]))
        );
        assert_eq!(
            (&face["place"]["lon"], &face["place"]["lat"]),
            (&json!(107.975), &json!(26.575)),
            "rounded"
        );
        assert_eq!(face["place"]["address"], Value::Null);
        assert_eq!((&face["can_rate"], &face["can_reopen"]), (&json!(false), &json!(false)));
        let mine = city.found("", &format!("{path}?token={}", token(&reported)));
        assert_eq!((&mine["mine"], &mine["text"]), (&json!(true), &json!("垃圾没有清走")));
        assert_eq!(mine["place"]["address"], "三单元门口");
        assert_eq!(mine["photos"], json!([{"hash": photo, "role": "before"}]));
        let wrong = "0".repeat(32);
        for path in [
            format!("{path}?token={wrong}"),
            format!("{path}?token=x"),
            "/reports/260302-000009-9".to_owned(),
            "/reports/none".to_owned(),
        ] {
            assert_eq!(city.get("", &path).code(), "not_found", "{path}");
        }
        let spaced = reference(&reported).replace('-', "");
        assert_eq!(city.found("", &format!("/reports/{spaced}"))["reference"], *reference(&reported));
    });
}

#[test]
fn photos_are_for_who_may_see_the_case() {
    SmallCity::each(|city| {
        let photo = city.photo(7);
        let body = json!({"text": "井盖松动", "class": "2026-matter-01001", "attachments": [photo],
            "place": {"lon": 107.975, "lat": 26.575}});
        let reported = sent(&city, "a", &body).json();
        let (case, name) = (id(&reported), reference(&reported));
        let shown = |asker: &str, query: &str| {
            city.get(asker, &format!("/attachments/{photo}{query}")).status.as_u16()
        };
        assert_eq!(shown("", ""), 404, "the hash alone shows nothing");
        assert_eq!(shown("acceptor", ""), 404);
        assert_eq!(shown("", &format!("?reference={name}&token={}", token(&reported))), 200);
        assert_eq!(shown("", &format!("?reference={name}&token=x")), 404);
        assert_eq!(shown("", &format!("?reference={name}")), 404, "nobody has looked at it yet");
        assert_eq!(shown("acceptor", &format!("?case={case}&small=1")), 200);
        assert_eq!(shown("", &format!("?case={case}")), 404);
        assert_eq!(shown("other_unit_manager", &format!("?case={case}")), 404);
        let another = city.report("b", "垃圾");
        assert_eq!(shown("acceptor", &format!("?case={}", id(&another))), 404, "of another case");
        city.act("acceptor", case, &json!({"request_verification": {}}));
        let collector = city.drawn(case);
        city.act(collector, case, &json!({"answer_verification": {"answer": "yes"}}));
        let file = json!({"command": {"file": {}}, "condition": "2026-component-01001-03"});
        city.act_with("shift_leader", case, &file);
        assert_eq!(shown("", &format!("?reference={name}")), 200, "a public thing, filed");
        assert_eq!(city.found("", &format!("/reports/{name}"))["photos"][0]["hash"], photo);
        city.act("shift_leader", case, &json!({"void": {"reason": "测试"}}));
        assert_eq!(shown("", &format!("?reference={name}")), 404);
        assert_eq!(
            city.get("", &format!("/reports/{name}")).code(),
            "not_found",
            "voided: as if it never was"
        );
    });
}

#[test]
fn me_too_counts_and_the_secret_decides_who_rates() {
    SmallCity::each(|city| {
        let reported = city.report("a", "垃圾没有清走");
        let path = |act: &str| format!("/reports/{}/{act}", reference(&reported));
        let followed = city.post("", &path("follow"), "f1", &json!({}));
        assert_eq!(followed.json()["followers"], 1, "{}", followed.text());
        assert_eq!(city.post("", &path("follow"), "f1", &json!({})).json()["followers"], 1, "sent again");
        assert_eq!(city.post("acceptor", &path("follow"), "f2", &json!({})).json()["followers"], 2);
        assert_eq!(city.post("", &path("follow"), "", &json!({})).code(), "idempotency_key_missing");
        let rate = |token: &str, stars: u8, key: &str| {
            let body = json!({"token": token, "solved": false, "satisfaction": stars});
            city.post("", &path("rate"), key, &body)
        };
        assert_eq!(rate(token(&reported), 1, "r1").code(), "case_not_in_this_stage");
        city.file(id(&reported));
        city.close(id(&reported));
        assert_eq!(rate("x", 1, "r1").code(), "not_found");
        assert_eq!(rate(token(&reported), 6, "r1").code(), "case_satisfaction_out_of_range");
        assert_eq!(rate(token(&reported), 1, "r1").status, StatusCode::OK);
        let reopen = |reason: &str| {
            city.post("", &path("reopen"), "o", &json!({"token": token(&reported), "reason": reason}))
        };
        assert_eq!(reopen(" ").code(), "case_reason_missing");
        let opened = reopen("又有垃圾了");
        assert_eq!(opened.status, StatusCode::OK, "{}", opened.text());
        let (seen, _) = city.case("acceptor", id(&reported));
        assert!(seen["row"]["flags"].as_array().unwrap().contains(&json!("reopened")));
    });
}

#[test]
fn what_is_nobodys_business_is_on_no_map() {
    SmallCity::each(|city| {
        let open = city.report("a", "垃圾没有清走");
        let body = json!({"source": "letters", "text": "来信反映", "class": REFUSE, "place": {"lon": 107.975, "lat": 26.575}});
        let letter = city.post("acceptor", "/cases", "l", &body).json();
        let map = city.found("", "/public/cases?bbox=107.9,26.5,108,26.6");
        assert_eq!(map.as_array().unwrap().len(), 1, "{map}");
        assert_eq!((&map[0]["reference"], &map[0]["state"]), (&open["reference"], &json!("received")));
        let path = format!("/reports/{}", letter["row"]["reference"].as_str().unwrap());
        assert_eq!(city.get("", &path).code(), "not_found");
        assert_eq!(city.post("", &format!("{path}/follow"), "f", &json!({})).code(), "not_found");
        assert_eq!(city.found("", "/public/cases?bbox=108,26.5,108.1,26.6"), json!([]));
        assert_eq!(city.get("", "/public/cases").code(), "value_malformed");
        assert_ne!(OTHER_UNIT, "");
    });
}

#[test]
fn reports_without_account_are_not_a_flood() {
    SmallCity::each(|city| {
        let mut statuses = Vec::new();
        for number in 0..40 {
            let body = json!({"text": format!("第 {number} 次"), "place": {"lon": 107.975, "lat": 26.575}});
            statuses.push(sent(&city, &format!("n{number}"), &body).status.as_u16());
        }
        assert!(statuses.contains(&201) && statuses.contains(&429), "{statuses:?}");
    });
}
