//! `wuhua map locate`, file to file, through the built binary.

use std::{fs, process::Command};

const CELLS: &str = r#"{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"code":"west"},"geometry":{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,1],[0,0]]]}},
{"type":"Feature","properties":{"code":"east"},"geometry":{"type":"Polygon","coordinates":[[[1,0],[2,0],[2,1],[1,1],[1,0]]]}}]}"#;

fn run(points: &str) -> (Option<i32>, String, String, String) {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    fs::write(path("cells.geojson"), CELLS).unwrap();
    fs::write(path("points.csv"), points).unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_wuhua"))
        .args(["map", "locate", "--json", "--cells"])
        .arg(path("cells.geojson"))
        .arg("--points")
        .arg(path("points.csv"))
        .arg("-o")
        .arg(path("out.csv"))
        .output()
        .unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    let out = fs::read_to_string(path("out.csv")).unwrap_or_default();
    (output.status.code(), text(output.stdout), text(output.stderr), out)
}

#[test]
fn each_point_is_in_at_most_one_cell() {
    let (code, answer, _, out) = run("lon,lat\n0.5,0.5\n1.5,0.5\n1,0.5\n3,3\n");
    assert_eq!(code, Some(0));
    let answer: serde_json::Value = serde_json::from_str(answer.trim()).unwrap();
    assert_eq!(answer, serde_json::json!({ "points": 4, "inside": 3, "outside": 1, "cells": 2 }));
    assert_eq!(out, "row,cell\n2,west\n3,east\n4,east\n5,\n");
}

#[test]
fn a_point_without_a_position_is_named_and_the_rest_is_located() {
    let (code, answer, talk, out) = run("lon,lat\n,0.5\n0.5,0.5\n");
    assert_eq!(code, Some(0));
    assert!(answer.contains("\"inside\":1"), "{answer}");
    assert!(talk.contains("row 2: coordinates_missing"), "{talk}");
    assert_eq!(out, "row,cell\n2,\n3,west\n");
}

#[test]
fn a_table_without_coordinates_is_an_error() {
    let (code, _, talk, _) = run("name\nx\n");
    assert_eq!(code, Some(1));
    assert!(talk.contains("points.csv"), "{talk}");
}
