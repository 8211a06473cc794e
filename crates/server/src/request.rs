//! The layer around everything: an id for each request, one line in the log without personal data (method, route, status, time, id, never
//! the address's query), figures, and problems written in the caller's language.

use std::time::Instant;

use axum::{
    body::Body,
    extract::{FromRequest, FromRequestParts, MatchedPath, Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, Method, header, request::Parts},
    middleware::Next,
    response::{IntoResponse, Response},
};
use kernel::{error::ErrorKind, id::IdSource as _};
use serde::de::DeserializeOwned;

use crate::{app::AppState, language::Language, open311, problem::Problem};

/// Where the request's id stands in the answer.
const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Writes the answer of a problem.
fn render(problem: &Problem, language: Language, id: &str, path: &str) -> Response {
    if let Some(format) = open311::Format::of_path(path) {
        return open311::failure_response(problem, language, format);
    }
    let body = serde_json::to_vec(&problem.body(language, id)).unwrap_or_default();
    let mut response = (problem.status, body).into_response();
    response
        .headers_mut()
        .insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json; charset=utf-8"));
    response.headers_mut().insert(header::CONTENT_LANGUAGE, HeaderValue::from_static(language.tag()));
    response
}

/// Is the body already what the caller should get, though the status tells of an error?
fn is_written(response: &Response) -> bool {
    response
        .headers()
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|kind| !kind.starts_with("text/plain"))
}

/// The layer.
pub(crate) async fn around(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let started = Instant::now();
    let id = kernel::id::SystemIds.next(state.now()).to_string();
    let method = request.method().clone();
    let path = request.uri().path().to_owned();
    let route = request
        .extensions()
        .get::<MatchedPath>()
        .map_or_else(|| "unmatched".to_owned(), |matched| matched.as_str().to_owned());
    let language = Language::of(request.headers());
    let mut response = next.run(request).await;
    let failed = response.status().is_client_error() || response.status().is_server_error();
    if failed && (response.extensions().get::<Problem>().is_some() || !is_written(&response)) {
        let problem = response
            .extensions_mut()
            .remove::<Problem>()
            .unwrap_or_else(|| Problem::of_status(response.status()));
        let mut written = render(&problem, language, &id, &path);
        // The headers of the first answer hold what belongs to the problem: Retry-After, Allow, WWW-Authenticate, Set-Cookie.
        for (name, value) in response.headers() {
            if name != header::CONTENT_TYPE && name != header::CONTENT_LENGTH {
                written.headers_mut().append(name.clone(), value.clone());
            }
        }
        if method == Method::HEAD {
            *written.body_mut() = Body::empty();
        }
        response = written;
    }
    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(REQUEST_ID, value);
    }
    let status = response.status().as_u16();
    let elapsed = started.elapsed();
    state.metrics().observe(&method, &route, status, elapsed);
    tracing::info!(
        method = method.as_str(),
        route,
        status,
        milliseconds = elapsed.as_secs_f64() * 1_000.0,
        request_id = id,
        "answered"
    );
    response
}

/// A JSON body; what cannot be read is a problem with the field's name where it is known.
pub(crate) struct JsonBody<T>(pub(crate) T);

impl<T: DeserializeOwned> FromRequest<AppState> for JsonBody<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &AppState) -> Result<Self, Problem> {
        let bytes = read_body(request, state).await?;
        json(&bytes).map(Self)
    }
}

/// The bytes of a JSON body with their type, for handlers that remember them for idempotency.
pub(crate) async fn read_body(request: Request, state: &AppState) -> Result<axum::body::Bytes, Problem> {
    let is_json = request
        .headers()
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|kind| kind.split(';').next().is_some_and(|kind| kind.trim() == "application/json"));
    if !is_json {
        return Err(Problem::with_status(
            axum::http::StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "media_type_not_taken",
        ));
    }
    axum::body::Bytes::from_request(request, state).await.map_err(|error| Problem::of_status(error.status()))
}

/// Reads a JSON text.
pub(crate) fn json<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Problem> {
    serde_json::from_slice(bytes).map_err(|error| {
        // Only the place goes back: the library's words may repeat what was sent.
        let code = if error.is_data() { "body_unreadable" } else { "body_not_json" };
        Problem::new(ErrorKind::Malformed, code).detail("line", error.line()).detail("column", error.column())
    })
}

/// Arguments after the `?`; unknown names are ignored, empty ones count as absent.
pub(crate) struct Arguments<T>(pub(crate) T);

impl<T: DeserializeOwned> FromRequestParts<AppState> for Arguments<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &AppState) -> Result<Self, Problem> {
        let query = parts.uri.query().unwrap_or_default();
        let filled: Vec<(String, String)> = form_urlencoded::parse(query.as_bytes())
            .filter(|(_, value)| !value.is_empty())
            .map(|(name, value)| (name.into_owned(), value.into_owned()))
            .collect();
        let text = form_urlencoded::Serializer::new(String::new()).extend_pairs(filled).finish();
        let uri = format!("/?{text}").parse::<axum::http::Uri>().map_err(|_| Problem::malformed("query"))?;
        axum::extract::Query::try_from_uri(&uri)
            .map(|axum::extract::Query(arguments)| Self(arguments))
            .map_err(|_| Problem::malformed("query"))
    }
}

/// The idempotency key of a write that makes something.
///
/// # Errors
/// 400 where it is missing or too long.
pub(crate) fn idempotency_key(headers: &HeaderMap) -> Result<String, Problem> {
    let key = headers.get("idempotency-key").and_then(|value| value.to_str().ok()).unwrap_or_default().trim();
    if key.is_empty() {
        return Err(Problem::new(ErrorKind::Malformed, "idempotency_key_missing"));
    }
    if key.len() > ledger::REQUEST_KEY_BYTES_MAX {
        return Err(Problem::new(ErrorKind::Malformed, "idempotency_key_too_long")
            .detail("limit", ledger::REQUEST_KEY_BYTES_MAX));
    }
    Ok(key.to_owned())
}

/// The version that the caller saw, from `If-Match`.
///
/// # Errors
/// 428 where it is missing, 400 where it is no version of ours.
pub(crate) fn seen_version(headers: &HeaderMap) -> Result<u64, Problem> {
    let Some(seen) = headers.get(header::IF_MATCH) else {
        return Err(Problem::new(ErrorKind::VersionMissing, "version_missing"));
    };
    let text = seen.to_str().unwrap_or_default().trim();
    // A cache on the way may have made the tag a weak one.
    let text = text.strip_prefix("W/").unwrap_or(text).trim_matches('"');
    text.parse().map_err(|_| Problem::malformed("If-Match"))
}

/// The tag of a version.
pub(crate) fn version_tag(version: u64) -> [(HeaderName, String); 1] {
    [(header::ETAG, format!("\"{version}\""))]
}

/// Numbers in one argument, with commas between them.
pub(crate) fn numbers<const N: usize>(text: &str, field: &'static str) -> Result<[f64; N], Problem> {
    let numbers: Result<Vec<f64>, _> = text.split(',').map(|part| part.trim().parse()).collect();
    numbers.ok().and_then(|numbers| numbers.try_into().ok()).ok_or_else(|| Problem::malformed(field))
}
