//! Cases over the API: a whole life, who sees what, versions, keys, lists.

use axum::http::{Method, StatusCode};
use serde_json::{Value, json};

use crate::{
    small_city::{
        CELL, EMAIL, NAME, OTHER_UNIT, PHONE, REFUSE, STAFF_NAME, STREET, SmallCity, UNIT, id, reference,
        token,
    },
    support::{Answer, Ask},
};

#[test]
fn a_case_goes_from_the_residents_phone_to_its_end() {
    SmallCity::each(|city| {
        let before = city.photo(10);
        let body = json!({
            "text": "人民路小学门口垃圾没有清走",
            "class": REFUSE,
            "place": {"lon": 107.975, "lat": 26.575, "address": "小学正门右侧"},
            "attachments": [before],
            "contact": {"phone": PHONE},
        });
        let reported = city.post("", "/reports", "phone", &body).json();
        assert_eq!(reported["unit"]["code"], UNIT);
        assert!(reported["expected_at"].as_i64().unwrap() > reported["receipt"]["at"].as_i64().unwrap());
        let (case, face) = (id(&reported), format!("/reports/{}", reference(&reported)));
        let mine = format!("{face}?token={}", token(&reported));
        assert_eq!(city.found("", &mine)["state"], "received");

        city.file(case);
        assert_eq!(city.found("", &mine)["state"], "assigned");
        city.act("dispatcher", case, &json!({"dispatch": {"units": [UNIT]}}));
        let (seen, _) = city.case("dispatcher", case);
        assert!(
            seen["acts"].as_array().unwrap().contains(&json!("undo")) && seen["case"]["undo"]["at"].is_i64()
        );
        assert_eq!(city.act("dispatcher", case, &json!({"undo": {}})), "to_dispatch");
        city.close(case);

        let face = city.found("", &mine);
        assert_eq!(
            (&face["state"], &face["outcome"], &face["can_rate"]),
            (&json!("done"), &json!("cured"), &json!(true))
        );
        let notes: Vec<&Value> =
            face["timeline"].as_array().unwrap().iter().map(|step| &step["note"]).collect();
        assert!(notes.contains(&&json!("已恢复整洁")) && !notes.contains(&&json!("属实")), "{notes:?}");
        let path = format!("/reports/{}/rate", reference(&reported));
        let rate = json!({"token": token(&reported), "solved": true, "satisfaction": 5});
        let rated = city.post("", &path, "rate", &rate);
        assert_eq!(rated.status, StatusCode::OK, "{}", rated.text());
        let (seen, _) = city.case("evaluator", case);
        assert_eq!(seen["case"]["rating"]["satisfaction"], 5);
        assert_eq!(seen["history"].as_array().unwrap().last().unwrap()["seq"], seen["receipt"]["seq"]);
    });
}

#[test]
fn what_is_not_ones_own_does_not_exist() {
    SmallCity::each(|city| {
        let reported = city.report("a", "垃圾没有清走");
        let case = id(&reported);
        city.file(case);
        city.act("dispatcher", case, &json!({"dispatch": {"units": [UNIT]}}));
        city.act("unit_manager", case, &json!({"sign": {}}));
        city.act("unit_manager", case, &json!({"assign": {"worker": city.id("worker")}}));
        let path = format!("/cases/{case}");
        let acts = format!("/api/v1{path}/acts");
        for name in ["other_collector", "other_unit_manager", "other_worker"] {
            assert_eq!(city.get(name, &path).code(), "not_found", "{name}");
            let note = json!({"command": {"note": {"note": "x"}}});
            let ask = Ask::post(&acts, &note).cookie(city.cookie(name)).header("if-match", "\"1\"");
            assert_eq!(city.app.call(ask).code(), "not_found", "{name}");
            assert_eq!(city.found(name, "/cases")["items"], json!([]), "{name}");
            assert_eq!(city.found(name, "/cases/counts"), json!([{"keys": {}, "count": 0}]), "{name}");
        }
        for name in ["collector", "worker", "unit_manager", "evaluator", "leader"] {
            assert_eq!(city.found(name, "/cases")["items"][0]["id"], case, "{name}");
        }
        for name in ["system_administrator", "security_administrator", "audit_administrator"] {
            assert_eq!(city.get(name, &path).code(), "right_missing", "{name}");
        }
        assert_eq!(city.get("", &path).code(), "not_found", "a resident shows a token elsewhere");
        assert_eq!(city.get("acceptor", "/cases/none").code(), "not_found");
        let workers = |name| city.get(name, &format!("/units/{UNIT}/workers"));
        for name in ["unit_manager", "dispatcher"] {
            let expected = json!([{"id": city.id("worker"), "name": STAFF_NAME}]);
            assert_eq!(workers(name).json(), expected, "{name}");
        }
        for name in ["other_unit_manager", "worker", "evaluator", "system_administrator"] {
            assert_eq!(workers(name).code(), "not_found", "{name}");
        }
        assert_eq!(city.get("dispatcher", "/units/none/workers").code(), "not_found");
    });
}

#[test]
fn versions_and_keys_keep_writes_apart() {
    SmallCity::each(|city| {
        let reported = city.report("a", "垃圾没有清走");
        assert_eq!(city.report("a", "垃圾没有清走"), reported, "the same key and body: the first answer");
        let other = json!({"text": "别的"});
        assert_eq!(city.post("", "/reports", "a", &other).code(), "idempotency_key_reused");
        let follow = format!("/reports/{}/follow", reference(&reported));
        assert_eq!(
            city.post("", &follow, "a", &json!({})).code(),
            "idempotency_key_reused",
            "another address"
        );
        assert_eq!(city.post("", "/reports", "", &other).code(), "idempotency_key_missing");
        assert_eq!(city.found("acceptor", "/cases")["items"].as_array().unwrap().len(), 1);

        let case = id(&reported);
        let acts = format!("/api/v1/cases/{case}/acts");
        let accept = || Ask::post(&acts, &json!({"command": {"accept": {}}})).cookie(city.cookie("acceptor"));
        let missing = city.app.call(accept());
        assert_eq!((missing.status.as_u16(), missing.code().as_str()), (428, "version_missing"));
        assert_eq!(city.app.call(accept().header("if-match", "none")).code(), "value_malformed");
        let keyed = || accept().header("if-match", "\"1\"").header("idempotency-key", "accept");
        let done = city.app.call(keyed());
        assert_eq!((done.status, done.header("etag")), (StatusCode::OK, "\"2\""), "{}", done.text());
        let again = city.app.call(keyed());
        assert_eq!((again.status, again.json()), (StatusCode::OK, done.json()), "sent again, done once");
        let stale = city.app.call(accept().header("if-match", "\"1\""));
        assert_eq!((stale.status.as_u16(), stale.code().as_str()), (412, "version_stale"));
        let refused = city.app.call(accept().header("if-match", "W/\"2\""));
        assert_eq!((refused.status.as_u16(), refused.code().as_str()), (409, "case_not_in_this_stage"));
        let history = city.case("acceptor", case).0["history"].as_array().unwrap().len();
        assert_eq!(history, 2, "what was refused changed nothing");
    });
}

#[test]
fn what_no_person_may_ask_for_is_refused() {
    SmallCity::each(|city| {
        let reported = city.report("a", "垃圾没有清走");
        let case = id(&reported);
        let code = |command: Value| city.try_act("shift_leader", case, &json!({"command": command})).code();
        let report = json!({"report": {"source": "web", "text": "x"}});
        assert_eq!(code(report), "case_not_your_right");
        assert_eq!(code(json!({"absorb": {"child": case}})), "case_not_your_right");
        assert_eq!(code(json!({"release": {"child": case}})), "case_not_your_right");
        let timer = json!({"timer_fired": {"kind": "overdue", "clock": "accept", "at": 1}});
        assert_ne!(city.try_act("shift_leader", case, &json!({"command": timer})).status, StatusCode::OK);
        let clocks = json!({"command": {"recompute_clocks": {}}});
        assert_ne!(city.try_act("shift_leader", case, &clocks).status, StatusCode::OK);
        assert_eq!(code(json!({"explode": {}})), "body_unreadable");
        assert_eq!(code(json!({"refuse": {"reason": " "}})), "case_reason_missing");
        assert_eq!(code(json!({"refuse": {"reason": "长".repeat(1_001)}})), "case_text_too_long");
        let photo = json!({"attach": {"attachments": [{"hash": "0".repeat(64), "role": "other"}]}});
        assert_eq!(code(photo), "attachment_unknown");
        let merge = json!({"command": {"merge": {"into": case}}, "other": "another"});
        assert_eq!(city.try_act("shift_leader", case, &merge).code(), "value_malformed");
        city.file(case);
        let units = |units: Value| {
            city.try_act("dispatcher", case, &json!({"command": {"dispatch": {"units": units}}})).code()
        };
        assert_eq!(units(json!(["none"])), "unit_unknown");
        assert_eq!(units(json!([])), "case_unit_names");
        assert_eq!(city.act("dispatcher", case, &json!({"dispatch": {"units": [UNIT]}})), "dispatched");
        city.act("unit_manager", case, &json!({"sign": {}}));
        let foreign = json!({"command": {"assign": {"worker": city.id("other_worker")}}});
        assert_eq!(city.try_act("unit_manager", case, &foreign).code(), "worker_unknown");
    });
}

#[test]
fn staff_takes_reports_in_as_its_post_may() {
    SmallCity::each(|city| {
        let body = |source: &str| {
            json!({"source": source, "text": "电话反映垃圾未清", "class": "06010", "place": {"lon": 107.985, "lat": 26.575},
                "contact": {"phone": PHONE}})
        };
        let made = city.post("acceptor", "/cases", "1", &body("hotline"));
        assert_eq!(made.status, StatusCode::CREATED, "{}", made.text());
        let row = &made.json()["row"];
        assert_eq!(
            (&row["class"], &row["source"], &made.json()["version"]),
            (&json!(REFUSE), &json!("hotline"), &json!(1))
        );
        assert_eq!(made.header("location"), format!("/api/v1/cases/{}", row["id"].as_str().unwrap()));
        assert_eq!(city.post("collector", "/cases", "1", &body("hotline")).code(), "case_not_your_source");
        assert_eq!(city.post("", "/cases", "1", &body("hotline")).code(), "sign_in_needed");
        assert_eq!(city.post("acceptor", "/cases", "", &body("hotline")).code(), "idempotency_key_missing");
        assert_eq!(city.post("acceptor", "/cases", "2", &body("rumour")).code(), "body_unreadable");
        assert_eq!(city.post("evaluator", "/cases", "1", &body("hotline")).code(), "right_missing");
        let photos = [city.photo(1), city.photo(2)];
        let fixed = json!({"source": "collector", "lane": "self_handled", "text": "随手清理", "class": REFUSE,
            "place": {"lon": 107.975, "lat": 26.575},
            "attachments": [{"hash": photos[0], "role": "before"}, {"hash": photos[1], "role": "after"}]});
        let made = city.post("collector", "/cases", "2", &fixed);
        assert_eq!(made.json()["row"]["stage"], "to_close", "{}", made.text());
        assert_eq!(made.json()["row"]["flags"], json!(["self_handled"]));
    });
}

#[test]
fn contact_data_is_shown_with_a_reason_and_the_reporter_sees_it() {
    SmallCity::each(|city| {
        let reported = city.report("a", "垃圾没有清走");
        let path = format!("/cases/{}/reveal", id(&reported));
        let reveal = |name, key, reason| city.post(name, &path, key, &json!({"reason": reason}));
        assert_eq!(reveal("acceptor", "1", " ").code(), "reason_missing");
        for name in ["dispatcher", "unit_manager", "worker", "collector", "leader", "audit_administrator"] {
            assert_eq!(reveal(name, "1", "回访").code(), "right_missing", "{name}");
        }
        let mine = format!("/reports/{}?token={}", reference(&reported), token(&reported));
        assert_eq!(city.found("", &mine)["looks"], json!([]));
        let contact = json!({"name": NAME, "phone": PHONE, "email": EMAIL});
        assert_eq!(reveal("acceptor", "2", "回访").json(), contact);
        assert_eq!(reveal("acceptor", "2", "回访").json(), contact, "sent again");
        let looks = city.found("", &mine)["looks"].clone();
        assert_eq!(looks.as_array().unwrap().len(), 2, "and shown twice: {looks}");
        assert_eq!(looks[0]["role"], "acceptor");
        let bare = city.post(
            "",
            "/reports",
            "bare",
            &json!({"text": "没有留下电话", "place": {"lon": 107.975, "lat": 26.575}}),
        );
        let path = format!("/cases/{}/reveal", id(&bare.json()));
        assert_eq!(city.post("acceptor", &path, "3", &json!({"reason": "回访"})).code(), "reporter_unnamed");
    });
}

/// What was left in confidence, and names of the staff outside of the house, in no answer of any route to anybody.
#[test]
fn nothing_that_was_left_in_confidence_leaks() {
    SmallCity::each(|city| {
        let reported = city.report("a", &format!("垃圾没有清走，电话 {PHONE}"));
        let second = city.report("b", "另一处垃圾");
        let case = id(&reported);
        city.file(case);
        city.act("shift_leader", case, &json!({"note": {"note": "内部说明", "public": false}}));
        city.close(case);
        let key = json!({"reason": "回访"});
        assert_eq!(city.post("acceptor", &format!("/cases/{case}/reveal"), "1", &key).status, StatusCode::OK);

        let (name, other) = (reference(&reported), reference(&second));
        let hash =
            city.case("acceptor", case).0["case"]["attachments"][0]["hash"].as_str().unwrap().to_owned();
        let mut paths: Vec<String> = server::table(&city.app.state)
            .iter()
            .filter(|row| row.method == Method::GET && row.path.starts_with("/api/v1/"))
            .filter(|row| row.path != "/api/v1/events" && row.path != "/api/v1/openapi.json")
            .map(|row| {
                row.path
                    .replace("/api/v1", "")
                    .replace("{hash}", &hash)
                    .replace("{reference}", name)
                    .replace("{code}", UNIT)
                    .replace("{id}", case)
            })
            .collect();
        let token = token(&reported);
        paths.extend([
            "/cases?q=垃圾".replace("垃圾", "%E5%9E%83%E5%9C%BE"),
            "/cases/counts?by=stage,unit,class".to_owned(),
            "/cases/export?format=geojson".to_owned(),
            "/cases/export?format=xlsx".to_owned(),
            "/conditions?class=06010".to_owned(),
            "/locate?lon=107.975&lat=26.575&class=06010".to_owned(),
            "/public/cases?bbox=107,26,108,27".to_owned(),
            format!("/reports/{name}?token={token}"),
            format!("/reports/{other}"),
            format!("/cases/{}", id(&second)),
            format!("/attachments/{hash}?case={case}"),
            format!("/attachments/{hash}?reference={name}"),
        ]);
        assert!(paths.len() > 30, "the table was not walked");
        let open311 = ["/open311/v2/services.json", "/open311/v2/requests.json?extensions=true"];
        let mut answered = 0;
        for asker in city.names().into_iter().chain([String::new()]) {
            for path in &paths {
                let answer = city.get(&asker, path);
                answered += usize::from(answer.status == StatusCode::OK);
                clean(&answer, &format!("{asker} {path}"));
                if asker.is_empty() {
                    let text = answer.text();
                    for inner in [STAFF_NAME, "内部说明", "属实", "reported_by", "token_hash", "hands"]
                    {
                        assert!(!text.contains(inner), "{inner} in {path}: {text}");
                    }
                }
            }
        }
        assert!(answered > 100, "{answered} answers were looked at");
        for path in open311 {
            clean(&city.app.call(Ask::get(path)), path);
        }
        // The handling side never learns who reported.
        for asker in ["unit_manager", "worker", "collector", "dispatcher"] {
            let text = city.get(asker, &format!("/cases/{case}")).text();
            for inner in ["token_hash", "\"reporter\"", "reported_by", "\"person\""] {
                assert!(!text.contains(inner), "{inner} for {asker}: {text}");
            }
        }
        let text = city.get("unit_manager", &format!("/cases/{case}")).text();
        for hidden in [city.id("collector"), city.id("other_collector"), city.id("shift_leader")] {
            assert!(!text.contains(&hidden.to_string()), "who checked and who closed: {text}");
        }
        let (seen, _) = city.case("acceptor", case);
        assert!(seen["case"]["reporter"].is_string(), "the desk may ask the reporter");
    });
}

fn clean(answer: &Answer, what: &str) {
    let text = answer.text();
    for secret in [NAME, PHONE, EMAIL, &PHONE[3..]] {
        assert!(!text.contains(secret), "{secret} in {what}: {text}");
    }
}

#[test]
fn names_of_the_staff_are_for_the_desk_and_for_colleagues() {
    SmallCity::each(|city| {
        let reported = city.report("a", "垃圾没有清走");
        let case = id(&reported);
        city.file(case);
        city.close(case);
        let named = |asker: &str| -> Vec<String> {
            let (seen, _) = city.case(asker, case);
            let items = seen["history"].as_array().unwrap().clone();
            let named = items.iter().filter(|item| item["actor"]["name"] == STAFF_NAME);
            named.map(|item| item["kind"].as_str().unwrap().to_owned()).collect()
        };
        assert!(named("acceptor").contains(&"case_closed".to_owned()));
        assert!(named("dispatcher").contains(&"case_handled".to_owned()));
        assert_eq!(
            named("unit_manager"),
            ["case_signed", "case_assigned", "case_handled", "case_unit_confirmed"]
        );
        assert!(named("evaluator").is_empty());
        let (seen, _) = city.case("evaluator", case);
        let closed = seen["history"]
            .as_array()
            .unwrap()
            .iter()
            .find(|item| item["kind"] == "case_closed")
            .unwrap()
            .clone();
        assert_eq!(closed["actor"], json!({"kind": "account", "role": "shift_leader", "name": null}));
    });
}

#[test]
fn merging_and_splitting_take_both_sides_along() {
    SmallCity::each(|city| {
        let (first, second) = (city.report("a", "垃圾没有清走"), city.report("b", "垃圾没人管"));
        let (one, other) = (id(&first), id(&second));
        let merge = json!({"command": {"merge": {"into": other}}, "other": other});
        assert_eq!(city.act_with("acceptor", one, &merge), "merged");
        let (seen, _) = city.case("acceptor", other);
        assert_eq!((&seen["case"]["absorbed"], &seen["row"]["voices"]), (&json!([one]), &json!(1)));
        assert_eq!(city.found("", &format!("/reports/{}", reference(&first)))["state"], "merged");
        let back = json!({"command": {"unmerge": {"reason": "不是同一处"}}, "other": other});
        assert_eq!(city.act_with("acceptor", one, &back), "reported");
        let split = json!({"command": {"split": {"children": [], "reason": "两件事"}}, "parts": [{"text": "路灯不亮"}]});
        city.act_with("acceptor", one, &split);
        let children = city.case("acceptor", one).0["case"]["children"].clone();
        let (child, _) = city.case("acceptor", children[0].as_str().unwrap());
        assert_eq!((&child["case"]["text"], &child["case"]["parent"]), (&json!("路灯不亮"), &json!(one)));
        assert_eq!(child["row"]["place"]["street"], STREET);
        assert_eq!(child["row"]["place"]["cell"], CELL);
        let none = json!({"command": {"split": {"children": [], "reason": "两件事"}}});
        assert_eq!(city.try_act("acceptor", one, &none).code(), "case_children_out_of_range");
        assert_ne!(UNIT, OTHER_UNIT);
    });
}

#[test]
fn what_may_be_the_same_is_shown_with_reasons_to_who_may_see_it() {
    SmallCity::each(|city| {
        let first = city.report("a", "人民路小学门口垃圾没有清走");
        let letter = json!({"source": "letters", "text": "人民路小学门口垃圾没有清走", "class": REFUSE,
            "place": {"lon": 107.975, "lat": 26.575}});
        let letter = city.post("acceptor", "/cases", "l", &letter).json();
        let text = "%E5%B0%8F%E5%AD%A6%E9%97%A8%E5%8F%A3%E5%9E%83%E5%9C%BE";
        let asked = format!("/similar?lon=107.9751&lat=26.575&class=06010&text={text}");
        let similar = city.found("", &asked);
        assert_eq!(similar.as_array().unwrap().len(), 1, "a letter is nobody's business: {similar}");
        assert_eq!(
            (&similar[0]["reference"], &similar[0]["state"]),
            (&first["reference"], &json!("received"))
        );
        assert!(
            similar[0]["score"].as_u64().unwrap() > 0
                && !similar[0]["reasons"].as_array().unwrap().is_empty()
        );
        assert_eq!(city.found("", "/similar?lon=107.985&lat=26.585&class=06010"), json!([]), "far away");
        assert_eq!(city.get("", "/similar?lat=26.575").code(), "value_malformed");

        let path = format!("/cases/{}/duplicates", id(&first));
        let found = city.found("acceptor", &path);
        assert_eq!(found[0]["id"], letter["row"]["id"], "{found}");
        assert_eq!(city.found("collector", &path)[0]["id"], letter["row"]["id"]);
        assert_eq!(city.get("other_collector", &path).code(), "not_found");
        assert_eq!(city.get("", &path).code(), "not_found");
    });
}
