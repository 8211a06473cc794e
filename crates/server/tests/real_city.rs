//! A small real city for the tests: two cells, the default units and handbook, a landmark, a road, one person a post.

use governance::{
    case::{Answer, Command, Outcome},
    cell::Cell,
    city::City,
    desk::{self, Desk, Wanted},
    dictionary::Dictionary,
    feature::Feature,
    handbook::{HandbookVersion, default_2026, default_units},
    unit::{Unit, UnitKind},
};
use kernel::{
    id::{AccountId, SystemIds},
    role::{Action, Actor, ActorId, Role},
    time::Moment,
};
use ledger::{LedgerError, access::Post, register};
use map::geometry::{Geometry, LineString, MultiPolygon, Polygon, Position, Ring};

use crate::support::{Answer as Answered, App, Ask};

/// A fault of a water cover: its component has a class of the same code.
pub(crate) const COVER: &str = "2026-matter-01001";
/// The condition of a loose cover; it asks for no photo.
pub(crate) const LOOSE: &str = "2026-component-01001-03";
/// Refuse that lies about.
pub(crate) const REFUSE: &str = "2026-matter-06010";
/// The cell in the west of the city.
pub(crate) const CELL: &str = "522601001001001";
/// Where the tests report.
pub(crate) const SPOT: &str = "lat=26.575&long=107.975";

/// The city with its people.
pub(crate) struct Town {
    pub(crate) app: App,
    pub(crate) key: String,
    collector: AccountId,
}

fn square(west: f64, south: f64) -> MultiPolygon {
    let corners = [(0.0, 0.0), (0.01, 0.0), (0.01, 0.01), (0.0, 0.01)];
    let ring = corners.map(|(x, y)| Position { lon: west + x, lat: south + y });
    Polygon { outer: Ring::new(ring.to_vec()).unwrap(), holes: Vec::new() }.into()
}

fn feature(layer: &str, code: &str, name: &str, geometry: Geometry) -> Feature {
    Feature {
        layer: layer.to_owned(),
        code: code.to_owned(),
        name: name.to_owned(),
        name_en: String::new(),
        geometry,
        zoom_min: 0,
    }
}

/// The city as its register holds it.
pub(crate) fn city() -> City {
    City { contact: "12345".to_owned(), ..City::new("凯里", "Asia/Shanghai") }
}

impl Town {
    /// Runs a story on each engine.
    pub(crate) fn each(story: impl Fn(Self)) {
        App::each_real(|app| story(Self::settle(app)));
    }

    fn settle(app: App) -> Self {
        let (code, by) = (app.city, app.by());
        app.write(move |tx| {
            register::put(tx, code, city(), None, &by)?;
            for (cell, west) in [(CELL, 107.97), ("522601002001001", 107.98)] {
                let cell = Cell {
                    code: cell.to_owned(),
                    edition: "2026".to_owned(),
                    area: square(west, 26.57),
                    area_class: None,
                    unit: None,
                    valid_from: None,
                    valid_to: None,
                };
                register::put(tx, code, cell, None, &by)?;
            }
            for unit in default_units().unwrap() {
                let (name_zh, name_en) = (unit.name_zh, unit.name_en);
                let unit = Unit { code: unit.code, name_zh, name_en, kind: UnitKind::Bureau };
                register::put(tx, code, unit, None, &by)?;
            }
            let dictionary = Dictionary::standard().unwrap();
            let handbook = default_2026(&dictionary, "2026-01-01".parse().unwrap()).unwrap();
            register::put(tx, code, HandbookVersion(handbook), None, &by)?;
            let point = |lon, lat| Position { lon, lat };
            let road =
                LineString::new(vec![point(107.971, 26.571), point(107.972, 26.572), point(107.979, 26.579)]);
            let square = feature("landmark", "1", "民族广场", Geometry::Point(point(107.985, 26.575)));
            register::put(tx, code, square, None, &by)?;
            register::put(
                tx,
                code,
                feature("road", "1", "人民路", Geometry::LineString(road.unwrap())),
                None,
                &by,
            )?;
            Ok(())
        });
        let key = app.key("sender", &[Action::CaseReport]);
        let cells = vec![CELL.to_owned()];
        let post = Post { role: Some(Role::Collector), cells, ..Post::default() };
        let collector = app.account_with("collector", post, false);
        Self { app, key, collector }
    }

    /// Somebody with a post.
    pub(crate) fn staff(&self, role: Role, unit: &str) -> Actor {
        let id = AccountId::fresh(&mut SystemIds, self.app.clock_now());
        let id = ActorId::Account(if role == Role::Collector { self.collector } else { id });
        let cells = if role == Role::Collector { vec![CELL.to_owned()] } else { Vec::new() };
        Actor { id, role, unit: (!unit.is_empty()).then(|| unit.to_owned()), streets: Vec::new(), cells }
    }

    /// Works at the desk as somebody.
    pub(crate) fn at<T: Send + 'static>(
        &self,
        actor: Actor,
        work: impl FnOnce(&mut db::Tx<'_>, &mut Desk<'_>) -> Result<T, LedgerError> + Send + 'static,
    ) -> T {
        let (views, code, at) = (self.app.state.views().clone(), self.app.city, self.app.clock_now());
        let vault = self.app.state.ledger().vault().clone();
        self.app.write(move |tx| {
            let view = views.of(tx, code)?;
            let at = ledger::moment(tx, code, at)?;
            let desk = &mut Desk { view: &view, vault: &vault, actor: &actor, at, ids: &mut SystemIds };
            work(tx, desk)
        })
    }

    /// Does something with the request of this id.
    pub(crate) fn act(&self, role: Role, unit: &str, id: &str, wanted: impl Into<Wanted>) {
        let (actor, id, wanted) = (self.staff(role, unit), id.to_owned(), wanted.into());
        self.at(actor, move |tx, desk| {
            let record = desk::find(tx, desk.view, &id)?.unwrap();
            let case = desk::id_of(&record)?;
            desk::act(tx, desk, case, None, wanted).map(drop)
        });
    }

    /// Verifies and files the request under a condition.
    pub(crate) fn file(&self, id: &str, condition: &str) {
        self.act(Role::Acceptor, "", id, Command::RequestVerification {});
        let (answer, note, attachments) = (Answer::Yes, String::new(), Vec::new());
        self.act(Role::Collector, "", id, Command::AnswerVerification { answer, note, attachments });
        let file = Wanted { condition: Some(condition.to_owned()), ..Wanted::from(Command::File {}) };
        self.act(Role::ShiftLeader, "", id, file);
    }

    /// Takes a filed request to its end.
    pub(crate) fn close(&self, id: &str, unit: &str) {
        self.act(Role::Dispatcher, "", id, Command::Dispatch { units: vec![unit.to_owned()] });
        self.act(Role::UnitManager, unit, id, Command::Sign {});
        let handle = Command::Handle { note: "已处理".to_owned(), attachments: Vec::new() };
        self.act(Role::UnitManager, unit, id, handle);
        self.act(Role::UnitManager, unit, id, Command::Confirm {});
        self.act(Role::Acceptor, "", id, Command::RequestCheck {});
        let (answer, note, attachments) = (Answer::Yes, String::new(), Vec::new());
        self.act(Role::Collector, "", id, Command::AnswerCheck { answer, note, attachments });
        let note = "已修好".to_owned();
        let close =
            Command::Close { outcome: Outcome::Cured, condition_met: true, note, component_present: None };
        self.act(Role::ShiftLeader, "", id, close);
    }

    /// Posts to the standard's door with the key.
    pub(crate) fn post(&self, file: &str, body: &str) -> Answered {
        let ask = Ask::new(axum::http::Method::POST, &format!("/open311/v2/{file}"));
        let body = format!("api_key={}&{body}", self.key);
        self.app.call(ask.body("application/x-www-form-urlencoded", body))
    }

    /// Reports; the request's id.
    pub(crate) fn report(&self, body: &str) -> String {
        let answer = self.post("requests.json", body);
        assert_eq!(answer.status.as_u16(), 201, "{}", answer.text());
        answer.json()[0]["service_request_id"].as_str().unwrap().to_owned()
    }

    /// What the standard's door answers.
    pub(crate) fn get(&self, rest: &str) -> Answered {
        self.app.call(Ask::get(&format!("/open311/v2/{rest}")))
    }

    /// The one request.
    pub(crate) fn one(&self, id: &str) -> serde_json::Value {
        let answer = self.get(&format!("requests/{id}.json?extensions=true"));
        assert_eq!(answer.status.as_u16(), 200, "{}", answer.text());
        answer.json()[0].clone()
    }

    /// The ids of a list.
    pub(crate) fn ids(&self, query: &str) -> Vec<String> {
        let answer = self.get(&format!("requests.json?{query}"));
        assert_eq!(answer.status.as_u16(), 200, "{}", answer.text());
        let list = answer.json();
        let id = |one: &serde_json::Value| one["service_request_id"].as_str().unwrap().to_owned();
        list.as_array().unwrap().iter().map(id).collect()
    }

    /// Lets time pass.
    pub(crate) fn pass(&self, millis: i64) -> Moment {
        self.app.clock.pass(millis);
        self.app.clock_now()
    }
}
