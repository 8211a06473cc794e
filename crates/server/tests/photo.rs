//! Photos at the door.

use axum::http::{Method, StatusCode};
use serde_json::json;

use crate::{
    small_city::{SmallCity, reference, row, settle, token},
    support::{Answer, App, Ask},
};

pub(crate) const BOUNDARY: &str = "wuhua-boundary";

/// A body of several parts: fields, then files.
pub(crate) fn parts(fields: &[(&str, &str)], files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut body = Vec::new();
    for (name, value) in fields {
        let head =
            format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
        body.extend_from_slice(head.as_bytes());
    }
    for (name, content) in files {
        let head = format!(
            "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"; filename=\"a.png\"\r\nContent-Type: image/png\r\n\r\n"
        );
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(content);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(format!("--{BOUNDARY}--\r\n").as_bytes());
    body
}

/// A picture of 8 by 8 pixels, as PNG.
pub(crate) fn picture() -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    let picture = image::RgbImage::from_fn(8, 8, |x, y| image::Rgb([x as u8 * 30, y as u8 * 30, 99]));
    picture.write_to(&mut bytes, image::ImageFormat::Png).unwrap();
    bytes.into_inner()
}

fn upload(app: &App, content: &[u8]) -> Answer {
    let kind = format!("multipart/form-data; boundary={BOUNDARY}");
    app.call(Ask::new(Method::POST, "/api/v1/attachments").body(&kind, parts(&[], &[("photo", content)])))
}

#[test]
fn a_photo_is_cleaned_kept_and_shown() {
    SmallCity::each(|city| {
        let app = &city.app;
        let taken = upload(app, &picture());
        assert_eq!(taken.status, StatusCode::CREATED, "{}", taken.text());
        let face = taken.json();
        assert_eq!((&face["width"], &face["height"], &face["lon"]), (&json!(8), &json!(8), &json!(null)));
        let hash = face["hash"].as_str().unwrap();
        let body = json!({"attachments": [hash], "place": {"lon": 107.975, "lat": 26.575}});
        let reported = city.post("", "/reports", "1", &body).json();
        let path = format!(
            "/api/v1/attachments/{hash}?reference={}&token={}",
            reference(&reported),
            token(&reported)
        );
        let shown = app.call(Ask::get(&path));
        assert_eq!(shown.header("content-type"), "image/jpeg");
        assert_eq!(&shown.body[..3], [0xFF, 0xD8, 0xFF], "encoded anew as JPEG");
        let small = app.call(Ask::get(&format!("{path}&small=1")));
        assert_eq!(&small.body[..3], [0xFF, 0xD8, 0xFF]);
        let again = app.call(Ask::get(&path).header("if-none-match", shown.header("etag")));
        assert_eq!((again.status, again.body.len()), (StatusCode::NOT_MODIFIED, 0));
        assert_eq!(upload(app, &picture()).json()["hash"], face["hash"], "kept once");
    });
}

#[test]
fn what_is_no_photo_is_refused() {
    let app = App::new();
    settle(&app, row());
    assert_eq!(upload(&app, b"<html><script>alert(1)</script>").code(), "photo_type_unknown");
    let cut = upload(&app, &picture()[..40]);
    assert_eq!(cut.code(), "photo_malformed");
    assert_eq!(upload(&app, b"").code(), "value_missing");
    let large = upload(&app, &vec![0xFF; 12 * 1024 * 1024]);
    assert_eq!((large.status, large.code()), (StatusCode::PAYLOAD_TOO_LARGE, "body_too_large".to_owned()));
    let none = "/api/v1/attachments/0000000000000000000000000000000000000000000000000000000000000000";
    assert_eq!(app.call(Ask::get(none)).code(), "not_found");
    assert_eq!(app.call(Ask::get("/api/v1/attachments/..%2F..%2Fvault.key")).code(), "not_found");
}
