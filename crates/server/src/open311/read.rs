//! The calls that read: discovery, services, requests, tokens, updates.

use axum::{
    extract::{OriginalUri, Path, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::Response,
};
use kernel::error::ErrorKind;

use super::{
    bulk, catalogue,
    door::Found,
    filter::{RequestFilter, value},
    jurisdiction, pairs,
    wire::Format,
    wire_request, wire_service,
};
use crate::{app::AppState, problem::Problem, rights::Caller};

fn no_such_document() -> Problem {
    Problem::new(ErrorKind::NotFound, "not_found")
}

/// Splits the last part of an address, or 404.
fn split(file: &str) -> Result<(&str, Format), Problem> {
    Format::split(file).ok_or_else(no_such_document)
}

/// `GET discovery|services|requests|servicerequestupdates.{xml,json}` and the bulk export `requests.csv`, `bulk.{csv,json}`.
pub(super) async fn top(
    State(state): State<AppState>,
    caller: Caller,
    Path(file): Path<String>,
    OriginalUri(uri): OriginalUri,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let pairs = pairs(uri.query());
    let city = jurisdiction(&state, &caller, &pairs).await?;
    if matches!(file.as_str(), "requests.csv" | "bulk.csv") {
        return bulk::export(&state, city, &pairs, bulk::BulkFormat::Csv).await;
    }
    if file == "bulk.json" {
        return bulk::export(&state, city, &pairs, bulk::BulkFormat::Json).await;
    }
    let (name, format) = split(&file)?;
    match name {
        "discovery" => discovery(&state, city, format, &headers).await,
        "services" => {
            let catalogue = catalogue(&state, city).await?;
            Ok(wire_service::services(&catalogue.services).response(StatusCode::OK, "services", format))
        }
        "requests" => requests(&state, city, &pairs, format, &headers).await,
        "servicerequestupdates" => updates(&state, city, &pairs, format).await,
        _ => Err(no_such_document()),
    }
}

/// The address of this very door, as the caller knows it.
fn base(state: &AppState, headers: &HeaderMap) -> String {
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or("localhost");
    let scheme = if state.settings().tls { "https" } else { "http" };
    format!("{scheme}://{host}/open311/v2")
}

/// Photos are named from this door on; outside they have a whole address.
fn with_whole_addresses(mut found: Found, base: &str) -> Found {
    for request in found.requests.iter_mut().filter(|request| request.media_url.starts_with('/')) {
        request.media_url.insert_str(0, base);
    }
    found
}

async fn discovery(
    state: &AppState,
    city: kernel::code::CityCode,
    format: Format,
    headers: &HeaderMap,
) -> Result<Response, Problem> {
    let catalogue = catalogue(state, city).await?;
    let document = wire_service::Discovery {
        changeset: catalogue.changed_at.iso(&catalogue.zone),
        contact: catalogue.contact.clone(),
        key_service: catalogue.contact.clone(),
        url: base(state, headers),
        production: !catalogue.demonstration,
    };
    Ok(wire_service::discovery(&document).response(StatusCode::OK, "discovery", format))
}

async fn requests(
    state: &AppState,
    city: kernel::code::CityCode,
    pairs: &[(String, String)],
    format: Format,
    headers: &HeaderMap,
) -> Result<Response, Problem> {
    let filter = RequestFilter::read(pairs, state.now())?;
    let zone = catalogue(state, city).await?.zone.clone();
    let extensions = filter.extensions;
    let door = state.open311();
    let found = state.read(move |tx| door.list(tx, city, &filter)).await?;
    let found = with_whole_addresses(found, &base(state, headers));
    let document = wire_request::requests(&found.requests, &zone, extensions);
    Ok(document.response(StatusCode::OK, "service_requests", format))
}

async fn updates(
    state: &AppState,
    city: kernel::code::CityCode,
    pairs: &[(String, String)],
    format: Format,
) -> Result<Response, Problem> {
    let filter = RequestFilter::read(pairs, state.now())?;
    let zone = catalogue(state, city).await?.zone.clone();
    let door = state.open311();
    let found = state.read(move |tx| door.updates(tx, city, filter.from, filter.until)).await?;
    Ok(wire_request::updates(&found, &zone).response(StatusCode::OK, "service_request_updates", format))
}

/// `GET services/{code}.{xml,json}`.
pub(super) async fn service(
    State(state): State<AppState>,
    caller: Caller,
    Path(file): Path<String>,
    OriginalUri(uri): OriginalUri,
) -> Result<Response, Problem> {
    let (code, format) = split(&file)?;
    let city = jurisdiction(&state, &caller, &pairs(uri.query())).await?;
    let catalogue = catalogue(&state, city).await?;
    let service = catalogue.services.iter().find(|service| service.code == code);
    let service = service.ok_or_else(|| Problem::new(ErrorKind::NotFound, "service_unknown"))?;
    let mut response =
        wire_service::definition(service).response(StatusCode::OK, "service_definition", format);
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    Ok(response)
}

/// `GET requests/{id}.{xml,json}`.
pub(super) async fn request(
    State(state): State<AppState>,
    caller: Caller,
    Path(file): Path<String>,
    OriginalUri(uri): OriginalUri,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let (id, format) = split(&file)?;
    let mut arguments = pairs(uri.query());
    let city = jurisdiction(&state, &caller, &arguments).await?;
    if id.trim().is_empty() {
        return Err(Problem::new(ErrorKind::NotFound, "request_unknown"));
    }
    // A comma would make a list of it.
    arguments.push(("service_request_id".to_owned(), id.replace(',', " ")));
    let filter = RequestFilter::read(&arguments, state.now())?;
    let zone = catalogue(&state, city).await?.zone.clone();
    let extensions = filter.extensions;
    let door = state.open311();
    let found = state.read(move |tx| door.list(tx, city, &filter)).await?;
    let found = with_whole_addresses(found, &base(&state, &headers));
    if found.requests.is_empty() {
        return Err(Problem::new(ErrorKind::NotFound, "request_unknown"));
    }
    let document = wire_request::requests(&found.requests, &zone, extensions);
    Ok(document.response(StatusCode::OK, "service_requests", format))
}

/// `GET tokens/{id}.{xml,json}`.
pub(super) async fn token(
    State(state): State<AppState>,
    caller: Caller,
    Path(file): Path<String>,
    OriginalUri(uri): OriginalUri,
) -> Result<Response, Problem> {
    let (token, format) = split(&file)?;
    let city = jurisdiction(&state, &caller, &pairs(uri.query())).await?;
    let (door, asked) = (state.open311(), token.to_owned());
    let found = state.read(move |tx| door.of_token(tx, city, &asked)).await?;
    let id = found.ok_or_else(|| Problem::new(ErrorKind::NotFound, "token_unknown"))?;
    Ok(wire_request::of_token(token, &id).response(StatusCode::OK, "service_requests", format))
}

/// The last filled `api_key` of a form.
pub(super) fn form_key(pairs: &[(String, String)]) -> Option<&str> {
    value(pairs, "api_key")
}
