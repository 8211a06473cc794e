//! Writes with a session come from our own pages only (ASVS 3.5): `Sec-Fetch-Site`, or `Origin` where the browser sends none. The cookie
//! is `SameSite=Strict` besides.

use axum::{
    extract::Request,
    http::{HeaderMap, Method, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use kernel::error::ErrorKind;

use crate::{problem::Problem, session::COOKIE};

fn text<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

/// Did another site make the browser send this?
fn is_foreign(headers: &HeaderMap) -> bool {
    if let Some(site) = text(headers, "sec-fetch-site") {
        return !matches!(site, "same-origin" | "none");
    }
    let Some(origin) = text(headers, "origin") else { return false };
    let host = text(headers, header::HOST.as_str());
    origin.split_once("://").map(|(_, rest)| rest) != host
}

/// The layer: refuses writes that carry a cookie and come from elsewhere.
pub(crate) async fn check(request: Request, next: Next) -> Response {
    let writes = !matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    let with_cookie = request
        .headers()
        .get_all(header::COOKIE)
        .iter()
        .any(|value| value.to_str().is_ok_and(|text| text.contains(COOKIE)));
    // Signing in sets a cookie, so another site must not do that for somebody either.
    let signs_in = request.uri().path() == "/api/v1/session";
    if writes && (with_cookie || signs_in) && is_foreign(request.headers()) {
        return Problem::new(ErrorKind::Forbidden, "origin_foreign").into_response();
    }
    next.run(request).await
}

#[cfg(test)]
mod tests {
    use super::*;

    fn foreign(pairs: &[(&'static str, &str)]) -> bool {
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.insert(*name, value.parse().unwrap());
        }
        is_foreign(&headers)
    }

    #[test]
    fn only_our_own_pages_are_ours() {
        assert!(!foreign(&[]));
        assert!(!foreign(&[("sec-fetch-site", "same-origin")]));
        assert!(foreign(&[("sec-fetch-site", "cross-site"), ("origin", "http://a"), ("host", "a")]));
        assert!(foreign(&[("sec-fetch-site", "same-site")]));
        assert!(!foreign(&[("origin", "https://wuhua.example"), ("host", "wuhua.example")]));
        assert!(foreign(&[("origin", "https://evil.example"), ("host", "wuhua.example")]));
        assert!(foreign(&[("origin", "null"), ("host", "wuhua.example")]));
    }
}
