//! The calls that write: a new request, a new line in a request's story.

use axum::{
    body::Bytes,
    extract::{FromRequest, Multipart, Path, Request, State},
    http::{HeaderMap, StatusCode, header},
    response::Response,
};
use kernel::{
    code::CityCode,
    error::ErrorKind,
    role::{Action, ActorId},
};
use ledger::LedgerError;

use super::{
    catalogue,
    door::Created,
    filter::value,
    form::{RequestForm, UpdateForm},
    jurisdiction, pairs, read,
    wire::{Format, Node},
    wire_request,
};
use crate::{
    app::{AppState, BODY_BYTES_MAX},
    limits::{self, Source},
    photo,
    problem::Problem,
    rights::{Caller, caller_of_key},
};

/// Photos of one request at the most.
const PHOTOS_MAX: usize = 3;
/// Fields of one form at the most.
const FIELDS_MAX: usize = 1_000;
/// Largest form with photos, bytes.
pub(super) const FORM_BYTES_MAX: usize = BODY_BYTES_MAX + PHOTOS_MAX * photo::UPLOAD_BYTES_MAX;

/// A form with its photos.
struct Form {
    pairs: Vec<(String, String)>,
    photos: Vec<Bytes>,
}

/// Reads an url-encoded form, or one of several parts with photos in `media`.
async fn form(request: Request, state: &AppState) -> Result<Form, Problem> {
    let mut found = Form { pairs: pairs(request.uri().query()), photos: Vec::new() };
    let kind =
        request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    if !kind.starts_with("multipart/form-data") {
        let bytes = Bytes::from_request(request, state)
            .await
            .map_err(|rejection| Problem::of_status(rejection.status()))?;
        if bytes.len() > BODY_BYTES_MAX {
            return Err(Problem::of_status(StatusCode::PAYLOAD_TOO_LARGE));
        }
        let fields = form_urlencoded::parse(&bytes).take(FIELDS_MAX);
        found.pairs.extend(fields.map(|(name, value)| (name.into_owned(), value.into_owned())));
        return Ok(found);
    }
    let unreadable = |status: StatusCode| {
        Problem::of_status(if status.is_server_error() { StatusCode::BAD_REQUEST } else { status })
    };
    let mut parts =
        Multipart::from_request(request, state).await.map_err(|rejection| unreadable(rejection.status()))?;
    while let Some(part) = parts.next_field().await.map_err(|error| unreadable(error.status()))? {
        let name = part.name().unwrap_or_default().to_owned();
        let is_photo = name == "media" || name == "media[]";
        let bytes = part.bytes().await.map_err(|error| unreadable(error.status()))?;
        if bytes.is_empty() {
            continue;
        }
        if is_photo {
            found.photos.push(bytes);
        } else {
            let text = String::from_utf8(bytes.to_vec()).map_err(|_| Problem::malformed("form"))?;
            found.pairs.push((name, text));
        }
        if found.photos.len() > PHOTOS_MAX || found.pairs.len() > FIELDS_MAX {
            return Err(Problem::of_status(StatusCode::PAYLOAD_TOO_LARGE));
        }
    }
    Ok(found)
}

/// The sender: the key in the header or address, which the guard has read, or the one in the form.
async fn sender(state: &AppState, caller: Caller, form: &Form, source: Source) -> Result<Caller, Problem> {
    if matches!(caller.actor.id, ActorId::Key(_)) {
        return Ok(caller);
    }
    let key = read::form_key(&form.pairs).ok_or_else(|| Problem::new(ErrorKind::Forbidden, "key_unknown"))?;
    let caller = caller_of_key(state, key, Action::CaseReport).await?;
    limits::check_account(state, &caller, source.0)?;
    Ok(caller)
}

/// The sender's own name of this very call, by which a repeated call is known.
fn request_key(headers: &HeaderMap, pairs: &[(String, String)], what: &str) -> Option<String> {
    let header = headers.get("idempotency-key").and_then(|key| key.to_str().ok()).map(str::trim);
    let client = || value(pairs, "client_id").or_else(|| value(pairs, "attribute[fixmystreet_id]"));
    let key = header.filter(|key| !key.is_empty()).or_else(client)?;
    let limit = ledger::REQUEST_KEY_BYTES_MAX - what.len() - 1;
    (key.len() <= limit).then(|| format!("{what} {key}"))
}

/// `POST requests.{xml,json}` and `POST servicerequestupdates.{xml,json}`.
pub(super) async fn top(
    State(state): State<AppState>,
    caller: Caller,
    source: Source,
    Path(file): Path<String>,
    request: Request,
) -> Result<Response, Problem> {
    let (name, format) = Format::split(&file).ok_or_else(Problem::not_found)?;
    let headers = request.headers().clone();
    let form = form(request, &state).await?;
    match name {
        "requests" => {
            let caller = sender(&state, caller, &form, source).await?;
            create(&state, caller, &headers, form, format).await
        }
        "servicerequestupdates" => {
            let caller = sender(&state, caller, &form, source).await?;
            update(&state, caller, &headers, &form, format).await
        }
        _ => Err(Problem::not_found()),
    }
}

async fn create(
    state: &AppState,
    caller: Caller,
    headers: &HeaderMap,
    form: Form,
    format: Format,
) -> Result<Response, Problem> {
    let city = jurisdiction(state, &caller, &form.pairs).await?;
    let report = RequestForm::read(&form.pairs)?;
    let catalogue = catalogue(state, city).await?;
    let service = catalogue.services.iter().find(|service| service.code == report.service_code);
    let service = service.ok_or_else(|| Problem::new(ErrorKind::NotFound, "service_unknown"))?;
    report.check_attributes(service)?;
    let key = request_key(headers, &form.pairs, "request");
    let body = fingerprint(&form);
    let mut photos = Vec::with_capacity(form.photos.len());
    for bytes in form.photos {
        photos.push(photo::take(state, bytes, &catalogue.zone).await?.attachment);
    }
    let created = write_request(state, city, caller, report, photos, key, body).await?;
    let document = wire_request::created(&created.id, &created.notice);
    Ok(document.response(StatusCode::CREATED, "service_requests", format))
}

/// What makes two calls the same: the fields without the key's secret, and the photos.
fn fingerprint(form: &Form) -> Vec<u8> {
    let mut bytes = Vec::new();
    for (name, value) in form.pairs.iter().filter(|(name, _)| name != "api_key") {
        bytes.extend_from_slice(format!("{}:{name}{}:{value}", name.len(), value.len()).as_bytes());
    }
    for photo in &form.photos {
        bytes.extend_from_slice(photo);
    }
    bytes
}

async fn write_request(
    state: &AppState,
    city: CityCode,
    caller: Caller,
    report: RequestForm,
    photos: Vec<ledger::Attachment>,
    key: Option<String>,
    body: Vec<u8>,
) -> Result<Created, Problem> {
    let door = state.open311();
    state
        .write(city, move |tx, at| {
            let work = |tx: &mut db::Tx<'_>| {
                for photo in &photos {
                    ledger::attachment::note(tx, city, photo, at)?;
                }
                let hashes: Vec<String> = photos.iter().map(|photo| photo.hash.clone()).collect();
                door.report(tx, city, &caller.actor, &report, &hashes, at)
            };
            let Some(key) = key else { return work(tx) };
            let done = ledger::once::<LedgerError>(tx, city, (&caller.scope(), &key, &body), at, |tx| {
                let created = work(tx)?;
                Ok(format!("{}\n{}", created.id, created.notice))
            })?;
            let (id, notice) = done.answer.split_once('\n').unwrap_or((&done.answer, ""));
            Ok::<_, LedgerError>(Created { id: id.to_owned(), notice: notice.to_owned() })
        })
        .await
}

async fn update(
    state: &AppState,
    caller: Caller,
    headers: &HeaderMap,
    form: &Form,
    format: Format,
) -> Result<Response, Problem> {
    let city = jurisdiction(state, &caller, &form.pairs).await?;
    let update = UpdateForm::read(&form.pairs)?;
    let client = value(&form.pairs, "update_id").map(|id| format!("update {id}"));
    let key = request_key(headers, &form.pairs, "update").or(client);
    let body = fingerprint(form);
    let door = state.open311();
    let id = state
        .write(city, move |tx, at| {
            let work = |tx: &mut db::Tx<'_>| door.add_update(tx, city, &caller.actor, &update, at);
            match key {
                None => work(tx),
                Some(key) => ledger::once::<LedgerError>(tx, city, (&caller.scope(), &key, &body), at, work)
                    .map(|done| done.answer),
            }
        })
        .await?;
    let one = Node::Map(vec![("update_id", Node::text(id))]);
    let document = Node::List("request_update", vec![one]);
    Ok(document.response(StatusCode::CREATED, "service_request_updates", format))
}
