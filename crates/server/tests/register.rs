//! Registers through the API: descriptions, rows under filters, entering and changing, whose rows they are, history, references, figures.

use axum::http::{Method, StatusCode};
use governance::{
    handbook::default_units,
    keeper::Keeper,
    unit::{Unit, UnitKind},
};
use kernel::role::Role;
use ledger::{access::Post, register};
use serde_json::{Value, json};

use crate::support::{Answer, App, Ask};

struct Office {
    app: App,
    clerk: String,
    leader: String,
}

const UNITS: &str = "/api/v1/registers/unit/rows";

impl Office {
    fn each(story: impl Fn(Self)) {
        App::each_real(|app| {
            let (code, by) = (app.city, app.by());
            app.write(move |tx| {
                register::put(tx, code, crate::real_city::city(), None, &by)?;
                for (number, unit) in default_units().unwrap().into_iter().enumerate() {
                    let kind = UnitKind::ALL[number % 3];
                    let (name_zh, name_en) = (unit.name_zh, unit.name_en);
                    register::put(tx, code, Unit { code: unit.code, name_zh, name_en, kind }, None, &by)?;
                }
                let keeper = Keeper { register: "unit".to_owned(), unit: "water".to_owned() };
                register::put(tx, code, keeper, None, &by).map(drop)
            });
            let post = Post { role: Some(Role::Clerk), unit: Some("water".to_owned()), ..Post::default() };
            let clerk = app.session(app.account_with("clerk", post, false));
            let leader = app.session(app.account("leader", Some(Role::Leader)));
            story(Self { app, clerk, leader });
        });
    }

    fn get(&self, path: &str) -> Answer {
        self.app.call(Ask::get(path).cookie(&self.leader))
    }

    fn enter(&self, cookie: &str, row: &Value, key: &str) -> Answer {
        self.app.call(Ask::post(UNITS, row).cookie(cookie).header("idempotency-key", key))
    }

    fn put(&self, key: &str, row: &Value, seen: u64) -> Answer {
        let ask = Ask::new(Method::PUT, &format!("{UNITS}/{key}")).json(row).cookie(&self.clerk);
        self.app.call(ask.header("if-match", &format!("\"{seen}\"")))
    }
}

fn unit(code: &str, name: &str) -> Value {
    json!({ "code": code, "name_zh": name, "kind": "firm" })
}

#[test]
fn registers_describe_themselves() {
    Office::each(|office| {
        let list = office.get("/api/v1/registers").json();
        let face =
            list.as_array().unwrap().iter().find(|register| register["name"] == "unit").unwrap().clone();
        assert_eq!((&face["part"], &face["title"]["zh"]), (&json!("governance"), &json!("单位")));
        assert_eq!(
            (face["rows"].as_u64(), &face["editable"]),
            (Some(default_units().unwrap().len() as u64), &json!(false))
        );
        let one = office.get("/api/v1/registers/unit").json();
        let kinds: Vec<&str> = one["fields"][3]["kind"]["choices"]
            .as_array()
            .unwrap()
            .iter()
            .map(|choice| choice["code"].as_str().unwrap())
            .collect();
        assert_eq!(kinds, ["bureau", "street_office", "firm"]);
        assert!(one["referred_by"].as_array().unwrap().contains(&json!("register_keeper")));
        let schema = office.get("/api/v1/registers/unit/schema").json();
        assert_eq!(schema["required"], json!(["code", "name_zh", "kind"]));
        let schema = office.get("/api/v1/registers/inspection/schema").json();
        assert_eq!(schema["properties"]["in_time"]["readOnly"], true, "it is reckoned from the moments");
        assert_eq!(schema["properties"]["due_at"]["readOnly"], Value::Null);
        assert_eq!(office.get("/api/v1/registers/dragon").code(), "register_unknown");
        assert_eq!(office.app.call(Ask::get("/api/v1/registers")).status, StatusCode::UNAUTHORIZED);
    });
}

#[test]
fn a_row_is_entered_once_changed_and_taken_out_of_use() {
    Office::each(|office| {
        let row = unit("lamp-works", "亮化公司");
        let entered = office.enter(&office.clerk, &row, "1");
        assert_eq!(entered.status, StatusCode::CREATED, "{}", entered.text());
        assert_eq!(entered.header("location"), "/api/v1/registers/unit/rows/lamp-works");
        assert_eq!(
            office.enter(&office.clerk, &row, "1").json(),
            entered.json(),
            "the same wish, the same answer"
        );
        assert_eq!(office.enter(&office.clerk, &row, "2").code(), "row_exists");
        assert_eq!(office.enter(&office.leader, &unit("x", "某"), "3").code(), "right_missing");

        let wrong = json!({ "code": "a b", "kind": "dragon", "colour": "red" });
        let refused = office.enter(&office.clerk, &wrong, "4");
        assert_eq!(
            (refused.status, refused.code()),
            (StatusCode::UNPROCESSABLE_ENTITY, "fields_invalid".to_owned())
        );
        let faults: Vec<(Value, Value)> = refused.json()["fields"]
            .as_array()
            .unwrap()
            .iter()
            .map(|fault| (fault["field"].clone(), fault["code"].clone()))
            .collect();
        let expected =
            [("colour", "field_unknown"), ("name_zh", "value_missing"), ("kind", "choice_unknown")];
        assert_eq!(faults, expected.map(|(field, code)| (json!(field), json!(code))));

        let renamed = unit("lamp-works", "城市亮化公司");
        let path = format!("{UNITS}/lamp-works");
        let unseen = office.app.call(Ask::new(Method::PUT, &path).json(&renamed).cookie(&office.clerk));
        assert_eq!(unseen.status, StatusCode::PRECONDITION_REQUIRED);
        assert_eq!(office.put("lamp-works", &renamed, 1).status, StatusCode::OK);
        assert_eq!(office.put("lamp-works", &row, 1).status, StatusCode::PRECONDITION_FAILED);
        assert_eq!(office.put("lamp-works", &unit("other", "别的"), 2).code(), "row_key_changed");
        let gone = Ask::new(Method::DELETE, &path).cookie(&office.clerk).header("if-match", "\"2\"");
        assert_eq!(office.app.call(gone).status, StatusCode::OK);
        assert!(office.get(&path).json()["retired_at"].is_number());
        let history = office.get(&format!("{path}/history")).json();
        let kinds: Vec<&str> =
            history.as_array().unwrap().iter().map(|entry| entry["kind"].as_str().unwrap()).collect();
        assert_eq!(kinds, ["put", "put", "retired"]);
        assert_eq!(history[1]["body"]["name_zh"], "城市亮化公司");
        let back = office.enter(&office.clerk, &row, "5");
        assert_eq!(
            (back.status, back.json()["version"].as_u64()),
            (StatusCode::CREATED, Some(4)),
            "it comes back"
        );
    });
}

#[test]
fn lists_are_filtered_ordered_and_paged() {
    Office::each(|office| {
        let all = office.get(&format!("{UNITS}?limit=500")).json();
        let total = all["total"].as_u64().unwrap();
        assert_eq!(all["rows"].as_array().unwrap().len() as u64, total);
        let (mut seen, mut after) = (Vec::new(), String::new());
        loop {
            let mut path = format!("{UNITS}?order=-kind&limit=7");
            if !after.is_empty() {
                path.push_str(&format!(
                    "&after={}",
                    form_urlencoded::byte_serialize(after.as_bytes()).collect::<String>()
                ));
            }
            let page = office.get(&path).json();
            seen.extend(
                page["rows"]
                    .as_array()
                    .unwrap()
                    .iter()
                    .map(|row| row["fields"]["kind"].as_str().unwrap().to_owned()),
            );
            match page["next"].as_str() {
                Some(next) => next.clone_into(&mut after),
                None => break,
            }
        }
        assert_eq!(seen.len() as u64, total);
        assert!(seen.is_sorted_by(|one, other| one >= other), "{seen:?}");
        let firms = office.get(&format!("{UNITS}?kind=firm,street_office")).json();
        let counted = seen.iter().filter(|kind| *kind != "bureau").count() as u64;
        assert_eq!(firms["total"].as_u64(), Some(counted));
        assert_eq!(office.get(&format!("{UNITS}?kind=dragon")).json()["fields"][0]["code"], "choice_unknown");
        assert_eq!(
            office.get(&format!("{UNITS}?name_zh=x")).json()["fields"][0]["code"],
            "field_not_found_by"
        );
        assert_eq!(
            office.get(&format!("{UNITS}?after=nonsense")).json()["fields"][0]["code"],
            "page_mark_malformed"
        );
        assert_eq!(
            office.get(&format!("{UNITS}?box=107,26,108,27")).json()["fields"][0]["code"],
            "register_without_place"
        );
        let referring = office.get(&format!("{UNITS}/water/referring")).json();
        let keepers =
            referring.as_array().unwrap().iter().find(|other| other["name"] == "register_keeper").unwrap();
        assert_eq!(keepers["rows"], 1);
        let listed = office.get(&format!(
            "/api/v1/registers/register_keeper/rows?refers={}",
            keepers["refers"].as_str().unwrap()
        ));
        assert_eq!(listed.json()["rows"][0]["key"], "unit/water");
        assert_eq!(office.get("/api/v1/registers/register_keeper/rows/unit%2Fwater").status, StatusCode::OK);
    });
}

#[test]
fn a_clerk_changes_what_the_unit_keeps_and_nothing_else() {
    Office::each(|office| {
        let keepers = "/api/v1/registers/register_keeper/rows";
        let more = json!({ "register": "register_keeper", "unit": "water" });
        let ask = Ask::post(keepers, &more).cookie(&office.clerk).header("idempotency-key", "1");
        assert_eq!(office.app.call(ask).code(), "row_of_another_unit", "nobody makes themselves a keeper");
        let post = Post { role: Some(Role::Clerk), unit: Some("sanitation".to_owned()), ..Post::default() };
        let other = office.app.session(office.app.account_with("other", post, false));
        assert_eq!(office.enter(&other, &unit("new", "新"), "2").code(), "row_of_another_unit");
        let manager =
            Post { role: Some(Role::UnitManager), unit: Some("water".to_owned()), ..Post::default() };
        let manager = office.app.session(office.app.account_with("manager", manager, false));
        let seen = office.app.call(Ask::get(UNITS).cookie(&manager));
        assert_eq!(seen.code(), "not_found", "a unit's post sees rows of its unit only");
    });
}
