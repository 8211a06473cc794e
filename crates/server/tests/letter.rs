//! Letters between units through the API: written, sent, received, answered, on paper; who sees them.

use std::sync::atomic::{AtomicU64, Ordering};

use axum::http::{Method, StatusCode};
use governance::{
    handbook::default_units,
    letter::mark::LetterMark,
    unit::{Unit, UnitKind},
};
use kernel::role::Role;
use ledger::{access::Post, register};
use serde_json::{Value, json};

use crate::support::{Answer, App, Ask};

struct Offices {
    app: App,
    /// Of the water bureau.
    water: String,
    /// Of sanitation.
    sanitation: String,
    /// Of gardens, to whom nobody writes.
    gardens: String,
    leader: String,
}

impl Offices {
    fn each(story: impl Fn(Self)) {
        App::each_real(|app| {
            let (code, by) = (app.city, app.by());
            app.write(move |tx| {
                register::put(tx, code, crate::real_city::city(), None, &by)?;
                for unit in default_units().unwrap() {
                    let (name_zh, name_en) = (unit.name_zh, unit.name_en);
                    let row = Unit { code: unit.code, name_zh, name_en, kind: UnitKind::Bureau };
                    register::put(tx, code, row, None, &by)?;
                }
                for (unit, mark) in [("water", "凯供水"), ("sanitation", "凯环卫")] {
                    let row = LetterMark { unit: unit.to_owned(), mark: mark.to_owned() };
                    register::put(tx, code, row, None, &by)?;
                }
                Ok(())
            });
            let session = |name: &str, role: Role, unit: Option<&str>| {
                let post = Post { role: Some(role), unit: unit.map(str::to_owned), ..Post::default() };
                app.session(app.account_with(name, post, false))
            };
            let water = session("water", Role::Clerk, Some("water"));
            let sanitation = session("sanitation", Role::Clerk, Some("sanitation"));
            let gardens = session("gardens", Role::Clerk, Some("landscaping"));
            let leader = session("leader", Role::Leader, None);
            story(Self { app, water, sanitation, gardens, leader });
        });
    }

    fn get(&self, cookie: &str, path: &str) -> Answer {
        self.app.call(Ask::get(path).cookie(cookie))
    }

    fn draft(&self, cookie: &str, content: &Value) -> Answer {
        static NEXT: AtomicU64 = AtomicU64::new(1);
        let key = format!("letter-{}", NEXT.fetch_add(1, Ordering::Relaxed));
        self.app.call(Ask::post("/api/v1/letters", content).cookie(cookie).header("idempotency-key", &key))
    }

    fn act(&self, cookie: &str, id: &str, version: u64, act: &Value) -> Answer {
        let path = format!("/api/v1/letters/{id}/acts");
        let ask = Ask::new(Method::POST, &path).json(act).cookie(cookie);
        self.app.call(ask.header("if-match", &format!("\"{version}\"")))
    }
}

fn letter() -> Value {
    json!({ "from": "water", "to": ["sanitation"], "kind": "request", "subject": "关于清理清水江沿岸垃圾的函",
        "text": "清水江沿岸垃圾堆积。\n请于汛期前清理。" })
}

fn field(answer: &Answer, name: &str) -> String {
    answer.json()[name].as_str().unwrap_or_default().to_owned()
}

#[test]
fn a_letter_is_written_sent_received_and_answered() {
    Offices::each(|offices| {
        let drafted = offices.draft(&offices.water, &letter());
        assert_eq!(drafted.status, StatusCode::CREATED, "{}", drafted.text());
        let id = field(&drafted, "id");
        let path = format!("/api/v1/letters/{id}");
        // A draft is its writer's.
        for stranger in [&offices.sanitation, &offices.gardens, &offices.leader] {
            assert_eq!(offices.get(stranger, &path).status, StatusCode::NOT_FOUND);
        }
        let forged = offices.act(&offices.sanitation, &id, 1, &json!({"send": {}}));
        assert_eq!(forged.status, StatusCode::NOT_FOUND, "nobody sends what they do not see");
        let sent = offices.act(&offices.water, &id, 1, &json!({"send": {}}));
        assert_eq!(sent.status, StatusCode::OK, "{}", sent.text());
        let number = sent.json()["letter"]["number"].as_str().unwrap_or_default().to_owned();
        assert!(number.contains("函〔") && number.ends_with("1号"), "{number}");
        let again = offices.act(&offices.water, &id, 1, &json!({"send": {}}));
        assert_eq!(again.status, StatusCode::PRECONDITION_FAILED, "{}", again.text());
        // Who gets it sees it, others do not, a leader does.
        assert_eq!(offices.get(&offices.sanitation, &path).status, StatusCode::OK);
        assert_eq!(offices.get(&offices.leader, &path).status, StatusCode::OK);
        assert_eq!(offices.get(&offices.gardens, &path).status, StatusCode::NOT_FOUND);
        let todo = |cookie: &str| {
            let page = offices.get(cookie, "/api/v1/letters?box=todo").json();
            page["letters"].as_array().map_or(0, Vec::len)
        };
        assert_eq!((todo(&offices.sanitation), todo(&offices.gardens)), (1, 0));
        let version = sent.json()["version"].as_u64().unwrap_or_default();
        let received =
            offices.act(&offices.sanitation, &id, version, &json!({"receive": {"unit": "sanitation"}}));
        assert_eq!(received.status, StatusCode::OK, "{}", received.text());
        let others =
            offices.act(&offices.gardens, &id, version + 1, &json!({"receive": {"unit": "landscaping"}}));
        assert_eq!(others.status, StatusCode::NOT_FOUND);
        // The answer is a letter of its own; sending it settles the first one.
        let answer = json!({ "from": "sanitation", "to": ["water"], "kind": "reply", "subject": "关于清水江沿岸垃圾的复函",
            "text": "已安排清理。", "answers": id });
        let reply = offices.draft(&offices.sanitation, &answer);
        assert_eq!(reply.status, StatusCode::CREATED, "{}", reply.text());
        let replied = offices.act(&offices.sanitation, &field(&reply, "id"), 1, &json!({"send": {}}));
        assert_eq!(replied.status, StatusCode::OK, "{}", replied.text());
        let answered = offices.get(&offices.water, &path).json();
        assert_eq!(answered["letter"]["stage"], "answered", "{answered}");
        assert_eq!(todo(&offices.sanitation), 0);
    });
}

#[test]
fn a_letter_goes_to_paper_for_those_who_see_it() {
    Offices::each(|offices| {
        let id = field(&offices.draft(&offices.water, &letter()), "id");
        offices.act(&offices.water, &id, 1, &json!({"send": {}}));
        let paper =
            |cookie: &str, format: &str| offices.get(cookie, &format!("/api/v1/letters/{id}/paper{format}"));
        let pdf = paper(&offices.sanitation, "");
        assert_eq!(pdf.header("content-type"), "application/pdf");
        assert!(pdf.body.starts_with(b"%PDF-"));
        let word = paper(&offices.water, "?format=docx");
        assert!(
            word.header("content-disposition").ends_with(".docx\""),
            "{}",
            word.header("content-disposition")
        );
        assert!(word.body.starts_with(b"PK"));
        assert_eq!(paper(&offices.water, "?format=odt").status, StatusCode::BAD_REQUEST);
        assert_eq!(paper(&offices.gardens, "").status, StatusCode::NOT_FOUND);
    });
}
