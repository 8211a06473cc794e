//! Lists of cases: filters, pages, counts and files, which must agree.

use axum::http::StatusCode;
use serde_json::json;

use crate::small_city::{REFUSE, SmallCity};

/// Twelve cases in two streets, from two sources, a minute apart.
fn fill(city: &SmallCity) {
    for number in 0..12 {
        let lon = if number % 3 == 0 { 107.985 } else { 107.975 };
        let text = if number % 2 == 0 {
            format!("垃圾桶满溢 {number}")
        } else {
            format!("路面坑洼 {number}")
        };
        let place = json!({"lon": lon, "lat": 26.575, "address": "=1+1"});
        let body = json!({"text": text, "class": REFUSE, "place": place});
        let made = if number % 4 == 0 {
            let mut body = body;
            body["source"] = json!("hotline");
            city.post("acceptor", "/cases", &format!("h{number}"), &body)
        } else {
            city.post("", "/reports", &format!("r{number}"), &body)
        };
        assert_eq!(made.status, StatusCode::CREATED, "{}", made.text());
        city.app.clock.pass(60_000);
    }
}

#[test]
fn lists_pages_counts_and_files_agree() {
    SmallCity::each(|city| {
        fill(&city);
        let all = |query: &str| -> Vec<String> {
            let mut ids = Vec::new();
            let mut after = String::new();
            loop {
                let page = city.found("acceptor", &format!("/cases?limit=5{query}{after}"));
                let items = page["items"].as_array().unwrap();
                assert!(items.len() <= 5);
                ids.extend(items.iter().map(|row| row["id"].as_str().unwrap().to_owned()));
                let Some(next) = page["next"].as_str() else { break };
                after = format!("&after={next}");
            }
            ids
        };
        let newest = all("");
        let mut oldest = all("&sort=oldest");
        oldest.reverse();
        assert_eq!((newest.len(), &newest), (12, &oldest));
        let bins = "%E5%9E%83%E5%9C%BE";
        for (query, expected) in [
            ("", 12),
            ("&street=522601001", 8),
            ("&street=522601001,522601002", 12),
            ("&cell=522601002001001", 4),
            ("&source=hotline", 3),
            ("&source=web&street=522601001", 6),
            ("&class=06010", 12),
            ("&class=2026-matter-06011", 0),
            ("&stage=reported", 12),
            ("&stage=closed,voided", 0),
            ("&open=true", 12),
            ("&open=false", 0),
            ("&unit=none", 0),
            ("&from=2026-03-02&to=2026-03-02", 12),
            ("&to=2026-03-01", 0),
            ("&from=2026-03-03", 0),
            (&format!("&q={bins}"), 6),
            (&format!("&q={bins}&street=522601002"), 2),
            ("&q=nothing", 0),
            ("&late=true", 0),
            ("&near=107.975,26.575,100", 8),
            ("&bbox=107.97,26.57,107.979,26.58", 8),
        ] {
            let ids = all(query);
            assert_eq!(ids.len(), expected, "{query}");
            let counts = city.found("acceptor", &format!("/cases/counts?by=stage,month,source{query}"));
            let sum: u64 = counts.as_array().unwrap().iter().map(|row| row["count"].as_u64().unwrap()).sum();
            assert_eq!(sum, expected as u64, "{query}: {counts}");
            for row in counts.as_array().unwrap() {
                assert_eq!(row["keys"]["month"], "2026-03", "{query}");
            }
            let csv = city.get("shift_leader", &format!("/cases/export?format=csv{query}")).text();
            assert_eq!(csv.trim_end().lines().count(), expected + 1, "{query}: {csv}");
            let features = city.found("leader", &format!("/cases/export?format=geojson{query}"));
            assert_eq!(features["features"].as_array().unwrap().len(), expected, "{query}");
        }
        city.app.clock.pass(1_200_000);
        assert_eq!(all("&late=true&sort=due").len(), 12);
        let row = city.found("acceptor", "/cases?sort=due&limit=1")["items"][0].clone();
        assert_eq!((&row["clock"]["name"], &row["clock"]["late"]), (&json!("accept"), &json!(true)));
        let found = city.found("acceptor", &format!("/cases?q={}", row["reference"].as_str().unwrap()));
        assert_eq!(found["items"][0]["id"], row["id"], "a reference finds its case");
        let counted = format!("/cases/counts?q={}", row["reference"].as_str().unwrap());
        assert_eq!(city.found("acceptor", &counted)[0]["count"], 1);
    });
}

#[test]
fn filters_that_are_none_are_named() {
    SmallCity::each(|city| {
        for (query, field) in [
            ("stage=none", "stage"),
            ("source=none", "source"),
            ("from=yesterday", "from"),
            ("to=2026-13-01", "to"),
            ("near=1,2", "near"),
            ("bbox=a,b,c,d", "bbox"),
            ("sort=best", "sort"),
            ("after=none", "after"),
        ] {
            let answer = city.get("acceptor", &format!("/cases?{query}"));
            assert_eq!((answer.status.as_u16(), answer.code().as_str()), (400, "value_malformed"), "{query}");
            assert_eq!(answer.json()["fields"][0]["field"], field);
        }
        for (path, code) in [
            ("/cases?bbox=108,27,107,26", "box_inverted"),
            ("/cases?near=200,0,10", "position_out_of_range"),
            ("/cases?near=107,26,-1", "radius_out_of_range"),
            ("/cases?limit=many", "value_malformed"),
            ("/cases/counts?by=text", "count_column_unknown"),
            ("/cases/counts?by=stage,unit,class,street", "value_malformed"),
            ("/cases/export?format=pdf", "value_malformed"),
        ] {
            assert_eq!(city.get("shift_leader", path).code(), code, "{path}");
        }
        let long = format!("/cases?q={}", "a".repeat(101));
        assert_eq!(city.get("acceptor", &long).code(), "characters_too_many");
        assert_eq!(city.get("acceptor", "/cases/export").code(), "right_missing");
    });
}

#[test]
fn files_open_in_a_spreadsheet_and_run_no_formula() {
    SmallCity::each(|city| {
        fill(&city);
        let ask = |format: &str| city.get("shift_leader", &format!("/cases/export?format={format}&limit=1"));
        let csv = ask("csv");
        assert_eq!(csv.header("content-type"), "text/csv; charset=utf-8");
        assert_eq!(csv.header("content-disposition"), "attachment; filename=\"cases-522601-20260302.csv\"");
        let text = csv.text();
        assert!(text.starts_with("\u{feff}Reference,Stage,"), "{text}");
        assert!(text.contains(",'=1+1,") && !text.contains(",=1+1"), "{text}");
        assert!(text.contains("2026-03-02T09:00:00") && text.contains("西门街道"), "{text}");
        let book = ask("xlsx");
        assert_eq!(&book.body[..2], b"PK");
        let features = ask("geojson").json();
        assert_eq!(features["features"][0]["geometry"]["type"], "Point");
        let of_unit = city.get("unit_manager", "/cases/export").text();
        assert_eq!(of_unit.trim_end().lines().count(), 1, "only what the unit has");
    });
}
