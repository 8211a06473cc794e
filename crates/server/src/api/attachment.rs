//! Photos: taken in from anybody who reports, cleaned; shown small or whole.

use axum::{
    Json,
    extract::{Multipart, Path, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use governance::{desk, view::View};
use kernel::{
    error::ErrorKind,
    role::{Action, Actor},
};
use ledger::LedgerError;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::routes;

use super::report::photos;
use crate::{
    app::{AppState, BODY_BYTES_MAX},
    limits::Source,
    photo,
    problem::{Problem, ProblemBody},
    request::Arguments,
    rights::{Caller, City},
    routes::{Guard, Routes},
};

/// Largest upload of one photo with its form, bytes.
const UPLOAD_BYTES_MAX: usize = BODY_BYTES_MAX + photo::UPLOAD_BYTES_MAX;

pub(super) fn routes(routes: Routes) -> Routes {
    routes.route_large(Guard::Right(Action::CaseReport), routes!(add), UPLOAD_BYTES_MAX).route(
        Guard::Public("photos of public cases; the handler asks which case the photo is of"),
        routes!(show),
    )
}

/// A form with one photo.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes the form; the parts are read one by one")]
pub(crate) struct PhotoForm {
    /// The photo: JPEG, PNG, WebP or GIF, at most 10 MiB.
    #[schema(value_type = String, format = Binary)]
    photo: Vec<u8>,
}

/// A photo that was taken in.
#[derive(Serialize, ToSchema)]
pub(crate) struct PhotoFace {
    /// SHA-256 of the cleaned photo; also its name.
    hash: String,
    /// Width in pixels.
    width: u32,
    /// Height in pixels.
    height: u32,
    /// When the camera says it was taken, UTC milliseconds.
    taken_at: Option<i64>,
    /// Where the camera says it was taken, degrees; it is not kept.
    lon: Option<f64>,
    /// Likewise.
    lat: Option<f64>,
}

/// Take a photo in. Position and time are read, then everything but the picture is left out.
#[utoipa::path(post, path = "/api/v1/attachments", tag = "attachment", operation_id = "attachment_add",
    request_body(content = PhotoForm, content_type = "multipart/form-data"),
    responses((status = 201, body = PhotoFace), (status = 400, body = ProblemBody), (status = 413, body = ProblemBody)))]
pub(crate) async fn add(
    State(state): State<AppState>,
    caller: Caller,
    source: Source,
    City(city): City,
    parts: Result<Multipart, axum::extract::multipart::MultipartRejection>,
) -> Result<Response, Problem> {
    state.limits().check_report(source.0, &caller, None)?;
    let mut parts = parts.map_err(|rejection| Problem::of_status(rejection.status()))?;
    let mut found = None;
    while let Some(part) = parts.next_field().await.map_err(|error| Problem::of_status(error.status()))? {
        if part.name() == Some("photo") {
            found = Some(part.bytes().await.map_err(|error| Problem::of_status(error.status()))?);
        }
    }
    let bytes =
        found.filter(|bytes| !bytes.is_empty()).ok_or_else(|| Problem::field("photo", "value_missing"))?;
    let zone = state.view(city).await?.zone.clone();
    let taken = photo::take(&state, bytes, &zone).await?;
    let attachment = taken.attachment.clone();
    state.write(city, move |tx, at| ledger::attachment::note(tx, city, &attachment, at)).await?;
    let face = PhotoFace {
        hash: taken.attachment.hash,
        width: taken.attachment.width,
        height: taken.attachment.height,
        taken_at: taken.attachment.taken_at.map(kernel::time::Moment::millis),
        lon: taken.position.map(|[lon, _]| lon),
        lat: taken.position.map(|[_, lat]| lat),
    };
    Ok((StatusCode::CREATED, Json(face)).into_response())
}

/// Which copy, and by what right it is asked for: the case of a member of staff, or the reference of a case that everybody may see or whose
/// token is shown.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Copy {
    /// `1` gives the small copy.
    small: Option<u8>,
    /// The id of a case that the caller may see.
    case: Option<String>,
    /// The reference of a case.
    reference: Option<String>,
    /// Its reporter's secret.
    token: Option<String>,
}

/// May the caller see the photo? A hash alone shows nothing: it must be of a case that the caller may see, and at the residents' door one of
/// the photos that the case's face shows ([`photos`]).
fn may_see(
    tx: &mut db::Tx<'_>,
    view: &View,
    actor: &Actor,
    hash: &str,
    copy: &Copy,
) -> Result<bool, LedgerError> {
    if let Some(case) = &copy.case {
        let Ok(id) = case.parse() else { return Ok(false) };
        let record = desk::seen(tx, view, actor, id)?;
        let holds = record.state.attachments.iter().any(|attachment| attachment.hash == hash);
        return Ok(holds && desk::may(actor, Action::AttachmentView, &record.state, false));
    }
    let Some(reference) = &copy.reference else { return Ok(false) };
    let Some(record) = desk::find(tx, view, reference)? else { return Ok(false) };
    let case = &record.state;
    let is_reporter = match &copy.token {
        Some(token) if !desk::is_token_of(case, token) => return Ok(false),
        token => token.is_some(),
    };
    Ok(photos(view, case, is_reporter).iter().any(|attachment| attachment.hash == hash))
}

/// A photo by its hash, for who may see the case that it belongs to.
#[utoipa::path(get, path = "/api/v1/attachments/{hash}", tag = "attachment", operation_id = "attachment_show",
    params(("hash" = String, Path), Copy),
    responses((status = 200, content_type = "image/jpeg", body = [u8]), (status = 404, body = ProblemBody)))]
pub(crate) async fn show(
    State(state): State<AppState>,
    caller: Caller,
    City(city): City,
    Path(hash): Path<String>,
    Arguments(copy): Arguments<Copy>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let small = copy.small == Some(1);
    let (name, views) = (hash.clone(), state.views().clone());
    let known = state
        .read(move |tx| {
            let view = views.of(tx, city)?;
            if !may_see(tx, &view, &caller.actor, &name, &copy)? {
                return Ok(None);
            }
            ledger::attachment::find(tx, city, &name)
        })
        .await?;
    let known = known.ok_or_else(Problem::not_found)?;
    let tag = format!("\"{hash}{}\"", if small { ".small" } else { "" });
    let unchanged = headers.get(header::IF_NONE_MATCH).is_some_and(|seen| seen.as_bytes() == tag.as_bytes());
    let mut response = if unchanged {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        let folder = state.ledger().attachments().to_owned();
        let read = move || ledger::attachment::read_file(&folder, &hash, small);
        let internal = |_| Problem::new(ErrorKind::Internal, "internal");
        tokio::task::spawn_blocking(read).await.map_err(internal)??.into_response()
    };
    let parts = [
        (header::CONTENT_TYPE, known.media_type.as_str()),
        (header::CACHE_CONTROL, "private, max-age=86400, immutable"),
        (header::CONTENT_DISPOSITION, "inline; filename=\"photo.jpg\""),
        (header::ETAG, tag.as_str()),
    ];
    for (name, value) in parts {
        if let Ok(value) = HeaderValue::from_str(value) {
            response.headers_mut().insert(name, value);
        }
    }
    Ok(response)
}
