//! Photos of requests, for everybody: only those that the door calls open.

use axum::{
    extract::{OriginalUri, Path, State},
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use kernel::{code::CityCode, error::ErrorKind};

use super::{jurisdiction, pairs};
use crate::{app::AppState, problem::Problem, rights::Caller};

/// The address of a photo below the standard's own.
pub(crate) fn path(city: CityCode, id: &str, photo: &str) -> String {
    format!("/media/{id}/{photo}.jpg?jurisdiction_id={city}")
}

/// `GET media/{id}/{photo}.jpg`.
pub(super) async fn show(
    State(state): State<AppState>,
    caller: Caller,
    Path((id, file)): Path<(String, String)>,
    OriginalUri(uri): OriginalUri,
) -> Result<Response, Problem> {
    let photo = file.strip_suffix(".jpg").ok_or_else(Problem::not_found)?.to_owned();
    let city = jurisdiction(&state, &caller, &pairs(uri.query())).await?;
    let (door, asked) = (state.open311(), photo.clone());
    if !state.read(move |tx| door.is_photo_open(tx, city, &id, &asked)).await? {
        return Err(Problem::not_found());
    }
    let folder = state.ledger().attachments().to_owned();
    let read = move || ledger::attachment::read_file(&folder, &photo, false);
    let internal = |_| Problem::new(ErrorKind::Internal, "internal");
    let mut response = tokio::task::spawn_blocking(read).await.map_err(internal)??.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("image/jpeg"));
    // It may become private again: nobody keeps it without asking.
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    Ok(response)
}
