//! The web app inside the binary: built files under their hashed names for ever, the page for every address of the app anew.

use axum::{
    body::Body,
    extract::Request,
    http::{HeaderValue, Method, StatusCode, header},
    response::{IntoResponse, Response},
};
use rust_embed::{EmbeddedFile, RustEmbed};

use crate::problem::Problem;

/// What `npm run build` made, where it ran before this was compiled.
#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/../../web/dist"]
#[allow_missing = true]
struct Web;

/// Shown where the web app was not built before the program.
const NOT_BUILT: &str = "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Wuhua 五化</title>\
<h1>Wuhua 五化</h1><p>UI not built. 网页尚未构建。</p><p>Run <code>make web</code>, then build the program again; \
the API is at <a href=\"/api/v1/openapi.json\">/api/v1/openapi.json</a>.</p>";

/// Addresses of pages of the app.
fn is_page(path: &str) -> bool {
    ["/desk", "/field", "/board", "/find", "/r"]
        .iter()
        .any(|page| path.strip_prefix(page).is_some_and(|rest| rest.is_empty() || rest.starts_with('/')))
        || path == "/"
}

fn media_type(path: &str) -> &'static str {
    match path.rsplit_once('.').map(|(_, ending)| ending) {
        Some("html") => "text/html; charset=utf-8",
        Some("js" | "mjs") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("json" | "map") => "application/json",
        Some("webmanifest") => "application/manifest+json",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("ico") => "image/x-icon",
        Some("webp") => "image/webp",
        Some("woff2") => "font/woff2",
        Some("pbf") => "application/x-protobuf",
        Some("txt") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

fn file_response(path: &str, file: EmbeddedFile, request: &Request) -> Response {
    let tag = format!("\"{}\"", ledger::hex(&file.metadata.sha256_hash()));
    let cache = if path.starts_with("assets/") {
        "public, max-age=31536000, immutable"
    } else {
        // The page and the service worker name the hashed files: they are asked for each time and mostly unchanged.
        "no-cache"
    };
    let unchanged =
        request.headers().get(header::IF_NONE_MATCH).is_some_and(|seen| seen.as_bytes() == tag.as_bytes());
    let mut response = if unchanged {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        let kind = HeaderValue::from_static(media_type(path));
        ([(header::CONTENT_TYPE, kind)], Body::from(file.data)).into_response()
    };
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(cache));
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        headers.insert(header::ETAG, tag);
    }
    response
}

/// What no other route takes: a built file, the page for an address of the app, or 404.
pub(crate) async fn fallback(request: Request) -> Response {
    let path = request.uri().path();
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return Problem::not_found().into_response();
    }
    if is_page(path) {
        return match Web::get("index.html") {
            Some(file) => file_response("index.html", file, &request),
            None => axum::response::Html(NOT_BUILT).into_response(),
        };
    }
    let name = path.trim_start_matches('/').to_owned();
    match Web::get(&name) {
        Some(file) => file_response(&name, file, &request),
        None => Problem::not_found().into_response(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_told_from_files() {
        for page in ["/", "/desk", "/desk/cases/1", "/field/", "/board", "/find", "/r/261124-000001-7"] {
            assert!(is_page(page), "{page}");
        }
        for other in ["/desktop", "/assets/index.js", "/api/v1/none", "/robots.txt", "//"] {
            assert!(!is_page(other), "{other}");
        }
    }
}
