//! The city as everybody sees it: itself, its classes, units and streets, where a point lies, the base map.

use axum::http::StatusCode;
use governance::{cell::Cell, city::City, view::COUNTED_CASES_MIN};
use kernel::time::HOUR_MS;
use ledger::register;
use map::geometry::{Polygon, Position, Ring};
use serde_json::json;

use crate::{
    small_city::{CELL, OTHER_CELL, REFUSE, STAFF_NAME, SmallCity, UNIT, row, settle},
    support::{App, Ask},
};

#[test]
fn the_city_tells_what_it_is() {
    SmallCity::each(|city| {
        let face = city.found("", "/city");
        assert_eq!((&face["code"], &face["zone"]), (&json!("522601"), &json!("Asia/Shanghai")));
        assert_eq!(face["grid_version"], "2026");
        assert_eq!((&face["handbook_version"], &face["edition"]), (&json!(1), &json!("2026")));
        assert_eq!(face["bounds"][0], 107.97);
        assert_eq!(face["accounts"], json!(null), "nobody is offered in a real city");
        assert_eq!(city.found("", "/cities")["items"][0]["code"], "522601");
        assert_eq!(city.get("", "/city?city=110101").code(), "city_unknown");
    });
}

/// A cell far in the west, which makes the box around the city many times as wide.
fn add_far_cell(city: &SmallCity) {
    let ring = [(107.5, 26.6), (107.52, 26.6), (107.52, 26.62), (107.5, 26.62)];
    let ring = ring.map(|(lon, lat)| Position { lon, lat }).to_vec();
    let far = Cell {
        code: "522601003001001".to_owned(),
        edition: "2026".to_owned(),
        area: Polygon { outer: Ring::new(ring).unwrap(), holes: Vec::new() }.into(),
        area_class: None,
        unit: None,
        valid_from: None,
        valid_to: None,
    };
    let (code, by) = (city.app.city, city.app.by());
    city.app.write(move |tx| register::put(tx, code, far, None, &by));
}

#[test]
fn the_map_opens_where_people_live() {
    SmallCity::each(|city| {
        let center = || {
            let center = city.found("", "/city")["center"].clone();
            (center[0].as_f64().unwrap(), center[1].as_f64().unwrap())
        };
        let near = |(lon, lat): (f64, f64), x: f64, y: f64| (lon - x).abs() < 1e-6 && (lat - y).abs() < 1e-6;
        add_far_cell(&city);
        assert!(near(center(), 107.98, 26.58), "among the four small cells, not half-way: {:?}", center());

        let report = |number: u64| {
            let place = json!({"lon": 107.505, "lat": 26.605});
            let body = json!({"source": "hotline", "text": "垃圾", "class": REFUSE, "place": place});
            // Hours have passed: the session of before is over.
            let cookie = city.app.session(city.id("acceptor"));
            let ask = Ask::post("/api/v1/cases", &body).cookie(&cookie);
            let answer = city.app.call(ask.header("idempotency-key", &format!("far-{number}")));
            assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text());
        };
        (1..COUNTED_CASES_MIN).for_each(report);
        city.app.clock.pass(HOUR_MS);
        assert!(near(center(), 107.98, 26.58), "too few cases to say where they are: {:?}", center());
        report(COUNTED_CASES_MIN);
        city.app.clock.pass(HOUR_MS);
        assert!(
            near(center(), 107.51, 26.61),
            "the middle of the cell, not where the cases are: {:?}",
            center()
        );
        assert_eq!(city.found("", "/cities")["items"][0]["center"], city.found("", "/city")["center"]);
    });
}

#[test]
fn only_a_demonstration_city_offers_accounts() {
    App::each_real(|app| {
        let password = Some("kaili-demo".to_owned());
        settle(&app, City { demonstration: true, demonstration_password: password, ..row() });
        let id = app.account("acceptor", Some(kernel::role::Role::Acceptor)).to_string();
        app.account("nobody", None);
        let face = app.call(Ask::get("/api/v1/city")).json();
        let account = json!({
            "id": id,
            "sign_in": "acceptor",
            "password": "kaili-demo",
            "role": "acceptor",
            "name": STAFF_NAME,
        });
        assert_eq!((&face["demonstration"], &face["accounts"]), (&json!(true), &json!([account])));
        let faults = ledger::Register::validate(&City {
            demonstration: false,
            ..City { demonstration_password: Some("x".to_owned()), ..row() }
        });
        assert_eq!(faults[0].code, "demonstration_only");
    });
}

#[test]
fn classes_conditions_units_and_streets() {
    SmallCity::each(|city| {
        let classes = city.found("", "/classes");
        let classes = classes.as_array().unwrap();
        assert_eq!(
            (&classes[0]["code"], &classes[0]["frequent"]),
            (&json!(REFUSE), &json!(true)),
            "the frequent ones first"
        );
        assert_eq!((&classes[0]["name_zh"], &classes[0]["major"]), (&json!("暴露垃圾"), &json!("06")));
        let part = classes.iter().find(|class| class["code"] == "2026-component-01001").unwrap();
        assert_eq!(part["reportable"], false, "residents are told of the matter of the same code");
        let matter = classes.iter().find(|class| class["code"] == "2026-matter-01001").unwrap();
        assert_eq!(matter["reportable"], true);
        let conditions = city.found("", "/conditions?class=06010");
        assert_eq!(conditions[0]["id"], "2026-matter-06010-01");
        assert_eq!(conditions[0]["milestones"][0]["limit"], json!({"value": 4, "unit": "working_hour"}));
        assert_eq!(conditions[0]["unit"], UNIT);
        assert_eq!(city.get("", "/conditions").code(), "value_malformed");
        assert_eq!(city.get("", "/conditions?class=99999").code(), "class_unknown");
        let units = city.found("collector", "/units");
        assert!(
            units.as_array().unwrap().iter().any(|unit| unit["code"] == UNIT && unit["kind"] == "bureau")
        );
        assert_eq!(city.get("", "/units").code(), "sign_in_needed");
        assert_eq!(city.found("", "/streets")[0]["name"], "西门街道");
    });
}

#[test]
fn a_point_has_its_cell_and_its_office() {
    SmallCity::each(|city| {
        let inside = city.found("", "/locate?lon=107.975&lat=26.575&class=06010");
        assert_eq!((&inside["inside"], &inside["cell"]), (&json!(true), &json!(CELL)));
        assert_eq!(
            (&inside["street_name"], &inside["community_name"]),
            (&json!("西门街道"), &json!("和平社区"))
        );
        assert_eq!(inside["unit"]["code"], UNIT);
        assert!(inside["expected_at"].is_i64());
        let border = city.found("", "/locate?lon=107.98&lat=26.575");
        assert!(
            [json!(CELL), json!(OTHER_CELL)].contains(&border["cell"]),
            "a point on a border has one cell"
        );
        let outside = city.found("", "/locate?lon=107.969&lat=26.575");
        assert_eq!((&outside["inside"], &outside["nearest"]["cell"]), (&json!(false), &json!(CELL)));
        assert_eq!(outside["nearest"]["distance_m"], 100.0);
        assert_eq!(city.get("", "/locate?lon=200&lat=26").code(), "position_out_of_range");
        assert_eq!(city.get("", "/locate?lon=east&lat=26").code(), "value_malformed");
        assert_eq!(city.get("", "/locate?lon=107.975&lat=26.575&class=no").code(), "class_unknown");
    });
}

#[test]
fn tiles_are_the_citys_own_layers() {
    SmallCity::each(|city| {
        let tile = |path: &str| city.app.call(Ask::get(&format!("/tiles/{path}")));
        let address = map::tile::TileAddress::of(map::geometry::Position { lon: 107.975, lat: 26.575 }, 14);
        let text = format!("{:?}", address.unwrap());
        let number =
            |name: &str| text.split(name).nth(1).unwrap().split([',', ' ', '}']).next().unwrap().to_owned();
        let (column, line) = (number("column: "), number("row: "));
        let here = |layer: &str| tile(&format!("{layer}/14/{column}/{line}.mvt"));
        for (layer, word) in
            [("street", "西门街道"), ("community", "和平社区"), ("cell", CELL), ("road", "Renmin Road")]
        {
            let answer = here(layer);
            assert_eq!(
                (answer.status, answer.header("content-type")),
                (StatusCode::OK, "application/vnd.mapbox-vector-tile")
            );
            assert!(answer.text().contains(word), "{layer} without {word}");
            assert_eq!(here(layer).body, answer.body, "the same from memory");
        }
        assert!(here("water").body.is_empty() && here("landmark").body.is_empty());
        assert!(tile("cell/6/0/0.mvt").body.is_empty(), "cells are for close looks");
        let first = here("road");
        assert_eq!(first.header("cache-control"), "public, max-age=300");
        let again = city.app.call(
            Ask::get(&format!("/tiles/road/14/{column}/{line}.mvt"))
                .header("if-none-match", first.header("etag")),
        );
        assert_eq!(again.status, StatusCode::NOT_MODIFIED);
        for path in
            ["none/1/0/0.mvt", "road/1/2/0.mvt", "road/23/0/0.mvt", "road/1/0/x.mvt", "road/-1/0/0.mvt"]
        {
            assert_eq!(tile(path).code(), "tile_unknown", "{path}");
        }

        // A road that is renamed is drawn anew at once.
        let (code, by) = (city.app.city, city.app.by());
        city.app.write(move |tx| {
            let key = "road/1";
            let known = ledger::register::get::<governance::feature::Feature>(tx, code, key)?;
            let mut road = known.unwrap().state.row.unwrap();
            road.name_en = "Victory Road".to_owned();
            ledger::register::put(tx, code, road, None, &by).map(drop)
        });
        assert!(here("road").text().contains("Victory Road"));
    });
}

#[test]
fn the_style_draws_what_the_tiles_give() {
    SmallCity::each(|city| {
        let style = city.found("", "/style");
        assert_eq!(style["version"], 8);
        let sources = style["sources"].as_object().unwrap();
        let address = sources["road"]["tiles"][0].as_str().unwrap();
        assert!(address.contains("/tiles/road/{z}/{x}/{y}.mvt?city=522601"), "{address}");
        for layer in style["layers"].as_array().unwrap() {
            if let Some(source) = layer["source"].as_str() {
                assert!(sources.contains_key(source), "{layer}");
            }
        }
    });
}
