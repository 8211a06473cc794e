//! Figures through the API: held against their targets, opened to their rows, for whom; and their reports as files.

use axum::http::StatusCode;
use governance::unit::{Unit, UnitKind};
use kernel::{decimal::Decimal, role::Role};
use ledger::{access::Post, register};
use parts::{FigureTarget, TargetSide};

use crate::support::{Answer, App, Ask};

struct Desks {
    app: App,
    leader: String,
    /// Of one unit, who sees its own figures only.
    manager: String,
}

impl Desks {
    fn each(story: impl Fn(Self)) {
        App::each_real(|app| {
            let (code, by) = (app.city, app.by());
            app.write(move |tx| {
                register::put(tx, code, crate::real_city::city(), None, &by)?;
                for unit in ["water", "sanitation", "landscaping"] {
                    let row = Unit {
                        code: unit.to_owned(),
                        name_zh: format!("{unit}处"),
                        name_en: unit.to_owned(),
                        kind: UnitKind::Bureau,
                    };
                    register::put(tx, code, row, None, &by)?;
                }
                Ok(())
            });
            let session = |name: &str, role: Role, unit: Option<&str>| {
                let post = Post { role: Some(role), unit: unit.map(str::to_owned), ..Post::default() };
                app.session(app.account_with(name, post, false))
            };
            let leader = session("leader", Role::Leader, None);
            let manager = session("manager", Role::UnitManager, Some("water"));
            story(Self { app, leader, manager });
        });
    }

    fn get(&self, cookie: &str, path: &str) -> Answer {
        self.app.call(Ask::get(path).cookie(cookie))
    }

    fn project(&self, unit: &str, code: &str) {
        let (ledger, code_of_city, by) = (self.app.state.ledger().clone(), self.app.city, self.app.by());
        let row = serde_json::json!({ "code": code, "name": format!("{code}号工程"), "unit": unit, "status": "preparation",
            "kind": "construction", "sector": "transport.road", "cash_flow": "non_commercial", "budget": 12_345_000_000_i64,
            "approved_on": "2016-02-01" });
        self.app
            .write(move |tx| ledger.register("project")?.put(tx, code_of_city, row, Some(0), &by).map(drop));
    }

    fn aim(&self, figure: &str, value: i64, side: TargetSide) {
        let (code, by) = (self.app.city, self.app.by());
        let row = FigureTarget {
            figure: figure.to_owned(),
            period: "2016-H1".parse().unwrap(),
            value: Decimal(value),
            side,
        };
        self.app.write(move |tx| register::put(tx, code, row, None, &by).map(drop));
    }
}

#[test]
fn a_figure_is_held_against_its_target() {
    Desks::each(|desks| {
        // A city without an organisation has no number of them: a target says what is wanted, not that it is missed.
        let path = "/api/v1/figures/finance.projects?period=2016-H1";
        assert_eq!(desks.get(&desks.leader, path).json().get("target"), None);
        desks.aim("finance.projects", 30_000, TargetSide::AtMost);
        let seen = desks.get(&desks.leader, path).json();
        assert_eq!(
            seen["target"],
            serde_json::json!({"value": "3", "side": "at_most", "met": null}),
            "{seen}"
        );
        for (unit, code) in [("water", "一"), ("water", "二"), ("sanitation", "三"), ("sanitation", "四")]
        {
            desks.project(unit, code);
        }
        let seen = desks.get(&desks.leader, path).json();
        assert_eq!((&seen["value"], &seen["target"]["met"]), (&"4".into(), &false.into()), "{seen}");
        let other = desks.get(&desks.leader, "/api/v1/figures/finance.projects?period=2015-H1").json();
        assert_eq!(other.get("target"), None, "of another period");
    });
}

#[test]
fn who_sees_a_unit_sees_its_figures_and_no_others() {
    Desks::each(|desks| {
        let figure = |cookie: &str, rest: &str| {
            desks
                .get(cookie, &format!("/api/v1/figures/governance.due_to_handle?period=2016-H1{rest}"))
                .status
        };
        assert_eq!(figure(&desks.leader, ""), StatusCode::OK);
        assert_eq!(figure(&desks.leader, "&unit=sanitation"), StatusCode::OK);
        assert_eq!(figure(&desks.manager, ""), StatusCode::OK, "that of the own unit");
        assert_eq!(figure(&desks.manager, "&unit=water"), StatusCode::OK);
        assert_eq!(figure(&desks.manager, "&unit=sanitation"), StatusCode::NOT_FOUND);
        assert_eq!(figure(&desks.manager, "&street=522601001"), StatusCode::NOT_FOUND);
        let rows =
            desks.get(&desks.leader, "/api/v1/figures/governance.due_to_handle/rows?period=2016-H1").json();
        assert_eq!(rows, serde_json::json!({"rows": [], "next": null}));
        assert_eq!(desks.get(&desks.leader, "/api/v1/figures/luck?period=2016").code(), "figure_unknown");
    });
}

#[test]
fn reports_are_for_those_who_see_the_whole_city() {
    Desks::each(|desks| {
        let path = "/api/v1/figures/reports";
        let names = |cookie: &str| desks.get(cookie, path).json().as_array().map_or(0, Vec::len);
        assert_eq!((names(&desks.leader), names(&desks.manager)), (reports::REPORTS.len(), 0));
        let of = |cookie: &str, rest: &str| desks.get(cookie, &format!("{path}/{rest}"));
        assert_eq!(of(&desks.manager, "daily-bulletin?period=2016-03-05").status, StatusCode::NOT_FOUND);
        assert_eq!(of(&desks.leader, "yearly?period=2016").code(), "report_unknown");
        assert_eq!(
            of(&desks.leader, "daily-bulletin?period=yesterday").status,
            StatusCode::UNPROCESSABLE_ENTITY
        );
        assert_eq!(
            of(&desks.leader, "daily-bulletin?period=2016-03-05&format=txt").status,
            StatusCode::BAD_REQUEST
        );
        for (format, begins) in [
            ("html", &b"<!DOCTYPE html>"[..]),
            ("docx", b"PK"),
            ("xlsx", b"PK"),
            ("pdf", b"%PDF-"),
            ("json", b"{"),
        ] {
            let report =
                of(&desks.leader, &format!("daily-bulletin?period=2016-03-05&format={format}&language=en"));
            assert_eq!(report.status, StatusCode::OK, "{format}: {}", report.text());
            assert!(report.body.starts_with(begins), "{format}");
        }
        // A city without rows has nothing to say, and says so instead of noughts.
        let empty = of(&desks.leader, "daily-bulletin?period=2016-03-05&format=json").json();
        let left_out = empty["left_out"].as_array().map_or(0, Vec::len);
        assert!(left_out > 5, "{empty}");
    });
}
