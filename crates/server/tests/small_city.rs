//! A small city behind the API: two streets with two cells each, the default units and handbook, and somebody in each post.

use axum::http::{Method, StatusCode};
use governance::{
    cell::Cell,
    city::City,
    dictionary::Dictionary,
    division::{Division, DivisionLevel},
    feature::Feature,
    handbook::{HandbookVersion, default_2026, default_units},
    unit::{Unit, UnitKind},
};
use kernel::{id::AccountId, role::Role};
use ledger::{LedgerError, access::Post, register};
use map::geometry::{Geometry, LineString, MultiPolygon, Polygon, Position, Ring};
use serde_json::{Value, json};

use crate::{
    photo::{BOUNDARY, parts},
    support::{Answer, App, Ask},
};

/// Refuse that lies about.
pub(crate) const REFUSE: &str = "2026-matter-06010";
/// The condition under which the tests file it.
pub(crate) const CONDITION: &str = "2026-matter-06010-01";
/// Who handles it by the default handbook.
pub(crate) const UNIT: &str = "sanitation";
/// A unit that has nothing to do with it.
pub(crate) const OTHER_UNIT: &str = "water";
/// The western street and its southern cell.
pub(crate) const STREET: &str = "522601001";
pub(crate) const CELL: &str = "522601001001001";
/// The eastern street's southern cell.
pub(crate) const OTHER_CELL: &str = "522601002001001";
/// The name of everybody of the staff.
pub(crate) const STAFF_NAME: &str = "欧阳测试";

/// What a resident leaves of themselves: must never be seen but after a reveal.
pub(crate) const NAME: &str = "金丝雀";
pub(crate) const PHONE: &str = "13912345678";
pub(crate) const EMAIL: &str = "canary@example.org";

/// The city.
pub(crate) struct SmallCity {
    pub(crate) app: App,
    people: Vec<(String, AccountId, String)>,
}

fn square(west: f64, south: f64, width: f64, height: f64) -> MultiPolygon {
    let corners = [(0.0, 0.0), (width, 0.0), (width, height), (0.0, height)];
    // Neighbours must share their borders to the last bit.
    let round = |degrees: f64| (degrees * 1e6).round() / 1e6;
    let ring = corners.map(|(x, y)| Position { lon: round(west + x), lat: round(south + y) });
    Polygon { outer: Ring::new(ring.to_vec()).unwrap(), holes: Vec::new() }.into()
}

fn division(code: &str, name: &str, level: DivisionLevel, parent: &str, west: f64) -> Division {
    Division {
        code: code.to_owned(),
        name: name.to_owned(),
        name_en: String::new(),
        level,
        parent: parent.to_owned(),
        boundary: Some(square(west, 26.57, 0.01, 0.02)),
        valid_from: None,
        valid_to: None,
    }
}

/// Enters the city's rows.
pub(crate) fn settle(app: &App, city: City) {
    let (code, by) = (app.city, app.by());
    app.write(move |tx| {
        register::put(tx, code, city, None, &by)?;
        for (street, name, west) in [(STREET, "西门街道", 107.97), ("522601002", "大十字街道", 107.98)]
        {
            let community = format!("{street}001");
            let street = division(street, name, DivisionLevel::Street, "522601", west);
            let parent = street.code.clone();
            register::put(tx, code, street, None, &by)?;
            let below = division(&community, "和平社区", DivisionLevel::Community, &parent, west);
            register::put(tx, code, below, None, &by)?;
            for (number, south) in [(1, 26.57), (2, 26.58)] {
                let cell = Cell {
                    code: format!("{community}{number:03}"),
                    edition: "2026".to_owned(),
                    area: square(west, south, 0.01, 0.01),
                    area_class: None,
                    unit: None,
                    valid_from: None,
                    valid_to: None,
                };
                register::put(tx, code, cell, None, &by)?;
            }
        }
        for unit in default_units().unwrap() {
            let (name_zh, name_en) = (unit.name_zh, unit.name_en);
            let unit = Unit { code: unit.code, name_zh, name_en, kind: UnitKind::Bureau };
            register::put(tx, code, unit, None, &by)?;
        }
        let dictionary = Dictionary::standard().unwrap();
        let handbook = default_2026(&dictionary, "2026-01-01".parse().unwrap()).unwrap();
        register::put(tx, code, HandbookVersion(handbook), None, &by)?;
        let line = [(107.971, 26.571), (107.979, 26.579)].map(|(lon, lat)| Position { lon, lat });
        let road = Feature {
            layer: "road".to_owned(),
            code: "1".to_owned(),
            name: "人民路".to_owned(),
            name_en: "Renmin Road".to_owned(),
            geometry: Geometry::LineString(LineString::new(line.to_vec()).unwrap()),
            zoom_min: 0,
        };
        register::put(tx, code, road, None, &by)?;
        Ok::<_, LedgerError>(())
    });
}

/// The city's row.
pub(crate) fn row() -> City {
    City { frequent_classes: vec![REFUSE.to_owned()], ..City::new("凯里", "Asia/Shanghai") }
}

impl SmallCity {
    /// Runs a story on each engine.
    pub(crate) fn each(story: impl Fn(Self)) {
        App::each_real(|app| {
            settle(&app, row());
            story(Self::people(app));
        });
    }

    /// Somebody in each post; two units with a manager and a worker each, a collector in each street.
    fn people(app: App) -> Self {
        let mut city = Self { app, people: Vec::new() };
        for role in Role::ALL {
            match role {
                Role::Resident => {}
                Role::Collector => {
                    city.add("collector", role, None, &[CELL]);
                    city.add("other_collector", role, None, &[OTHER_CELL]);
                }
                Role::UnitManager | Role::Worker => {
                    city.add(role.name(), role, Some(UNIT), &[]);
                    city.add(&format!("other_{}", role.name()), role, Some(OTHER_UNIT), &[]);
                }
                _ => city.add(role.name(), role, None, &[]),
            }
        }
        city
    }

    /// Adds somebody with a post.
    pub(crate) fn add(&mut self, name: &str, role: Role, unit: Option<&str>, cells: &[&str]) {
        let cells = cells.iter().map(|cell| (*cell).to_owned()).collect();
        let post = Post { role: Some(role), unit: unit.map(str::to_owned), cells, ..Post::default() };
        let id = self.app.account_with(name, post, false);
        let cookie = self.app.session(id);
        self.people.push((name.to_owned(), id, cookie));
    }

    /// Everybody's names.
    pub(crate) fn names(&self) -> Vec<String> {
        self.people.iter().map(|(name, ..)| name.clone()).collect()
    }

    /// Somebody's account.
    pub(crate) fn id(&self, name: &str) -> AccountId {
        self.people.iter().find(|(known, ..)| known == name).unwrap().1
    }

    /// Somebody's session.
    pub(crate) fn cookie(&self, name: &str) -> &str {
        &self.people.iter().find(|(known, ..)| known == name).unwrap().2
    }

    /// Gets as somebody; as a resident without account where the name is empty.
    pub(crate) fn get(&self, name: &str, path: &str) -> Answer {
        let ask = Ask::get(&format!("/api/v1{path}"));
        self.app.call(if name.is_empty() { ask } else { ask.cookie(self.cookie(name)) })
    }

    /// What somebody gets, which must be there.
    pub(crate) fn found(&self, name: &str, path: &str) -> Value {
        let answer = self.get(name, path);
        assert_eq!(answer.status, StatusCode::OK, "{name} {path}: {}", answer.text());
        answer.json()
    }

    /// Posts under a key.
    pub(crate) fn post(&self, name: &str, path: &str, key: &str, body: &Value) -> Answer {
        let mut ask = Ask::post(&format!("/api/v1{path}"), body);
        if !key.is_empty() {
            ask = ask.header("idempotency-key", key);
        }
        self.app.call(if name.is_empty() { ask } else { ask.cookie(self.cookie(name)) })
    }

    /// Takes a photo in; its hash.
    pub(crate) fn photo(&self, shade: u8) -> String {
        let mut bytes = std::io::Cursor::new(Vec::new());
        let picture = image::RgbImage::from_fn(8, 8, |x, y| image::Rgb([x as u8 * 30, y as u8 * 30, shade]));
        picture.write_to(&mut bytes, image::ImageFormat::Png).unwrap();
        let kind = format!("multipart/form-data; boundary={BOUNDARY}");
        let body = parts(&[], &[("photo", &bytes.into_inner())]);
        let taken = self.app.call(Ask::new(Method::POST, "/api/v1/attachments").body(&kind, body));
        assert_eq!(taken.status, StatusCode::CREATED, "{}", taken.text());
        taken.json()["hash"].as_str().unwrap().to_owned()
    }

    /// A resident's report in the southern cell of the western street.
    pub(crate) fn report(&self, key: &str, text: &str) -> Value {
        let body = json!({
            "text": text,
            "class": REFUSE,
            "place": {"lon": 107.975, "lat": 26.575, "address": "小学正门右侧"},
            "contact": {"name": NAME, "phone": PHONE, "email": EMAIL},
        });
        let answer = self.post("", "/reports", key, &body);
        assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text());
        answer.json()
    }

    /// The case as somebody sees it, and its version.
    pub(crate) fn case(&self, name: &str, id: &str) -> (Value, String) {
        let answer = self.get(name, &format!("/cases/{id}"));
        assert_eq!(answer.status, StatusCode::OK, "{name}: {}", answer.text());
        (answer.json(), answer.header("etag").to_owned())
    }

    /// Does something with a case in the version that stands; the answer.
    pub(crate) fn try_act(&self, name: &str, id: &str, body: &Value) -> Answer {
        let (_, version) = self.case(name, id);
        let ask = Ask::post(&format!("/api/v1/cases/{id}/acts"), body).cookie(self.cookie(name));
        self.app.call(ask.header("if-match", &version))
    }

    /// Does something with a case; the stage that it has then.
    pub(crate) fn act(&self, name: &str, id: &str, command: &Value) -> String {
        self.act_with(name, id, &json!({ "command": command }))
    }

    /// As [`Self::act`], with what stands beside the command.
    pub(crate) fn act_with(&self, name: &str, id: &str, body: &Value) -> String {
        let answer = self.try_act(name, id, body);
        assert_eq!(answer.status, StatusCode::OK, "{name} {body}: {}", answer.text());
        answer.json()["row"]["stage"].as_str().unwrap().to_owned()
    }

    /// The collector whom the lot has chosen.
    pub(crate) fn drawn(&self, id: &str) -> &'static str {
        let task = self.case("acceptor", id).0["case"]["task"]["collector"].as_str().unwrap().to_owned();
        ["collector", "other_collector"].into_iter().find(|name| self.id(name).to_string() == task).unwrap()
    }

    /// Verifies a report and files it.
    pub(crate) fn file(&self, id: &str) {
        self.act("acceptor", id, &json!({"request_verification": {}}));
        let collector = self.drawn(id);
        self.act(collector, id, &json!({"answer_verification": {"answer": "yes", "note": "属实"}}));
        let body = json!({"command": {"file": {}}, "condition": CONDITION});
        assert_eq!(self.act_with("shift_leader", id, &body), "to_dispatch");
    }

    /// Takes a filed case to its end.
    pub(crate) fn close(&self, id: &str) {
        self.act("dispatcher", id, &json!({"dispatch": {"units": [UNIT]}}));
        self.act("unit_manager", id, &json!({"sign": {}}));
        self.act("unit_manager", id, &json!({"assign": {"worker": self.id("worker")}}));
        let after = self.photo(200);
        let handle = json!({"handle": {"note": "已清运", "attachments": [{"hash": after, "role": "after"}]}});
        self.act("worker", id, &handle);
        self.act("unit_manager", id, &json!({"confirm": {}}));
        self.act("acceptor", id, &json!({"request_check": {}}));
        let collector = self.drawn(id);
        self.act(collector, id, &json!({"answer_check": {"answer": "yes"}}));
        let close = json!({"close": {"outcome": "cured", "condition_met": true, "note": "已恢复整洁"}});
        assert_eq!(self.act("shift_leader", id, &close), "closed");
    }
}

/// The id of a report that was answered.
pub(crate) fn id(reported: &Value) -> &str {
    reported["id"].as_str().unwrap()
}

/// Its reference.
pub(crate) fn reference(reported: &Value) -> &str {
    reported["reference"].as_str().unwrap()
}

/// Its secret.
pub(crate) fn token(reported: &Value) -> &str {
    reported["token"].as_str().unwrap()
}
