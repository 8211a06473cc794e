//! Open311 GeoReport v2, read and write, XML and JSON, strict (`open311.github.io`, GeoReport/v2, frozen), with the extensions in use:
//! pages, `updated_after`/`updated_before`, `bbox`, `media` upload, `extensions=true`, updates, bulk export.
//!
//! # Glossary
//! * **service**: a class of problem that residents may report; its code is the class's code.
//! * **request**: a case as the public sees it; its id is the case's reference.
//! * **jurisdiction**: a city, by its six-digit code.
//! * **Spark**: the JSON convention of the standard: wrappers of lists vanish, an empty element is `null`.

mod bulk;
mod door;
mod filter;
mod form;
mod media;
mod read;
mod wire;
mod wire_failure;
mod wire_request;
mod wire_service;
mod write;

use std::sync::Arc;

use axum::http::Method;
use kernel::{code::CityCode, role::Action, time::Moment};
use parking_lot::RwLock;
use rustc_hash::FxHashMap;

pub use self::{
    door::{Catalogue, Created, Found, Open311},
    filter::RequestFilter,
    form::{RequestForm, UpdateForm},
    wire_request::{Note, ServiceRequest, Update},
    wire_service::{Attribute, Service},
};
pub(crate) use self::{media::path as media_path, wire::Format, wire_failure::failure_response};

use crate::{
    app::AppState,
    problem::Problem,
    rights::Caller,
    routes::{Guard, Routes},
};

/// How long a catalogue is taken as known, milliseconds: it is asked for with every report.
const CATALOGUE_KNOWN_MS: i64 = 1_000;

/// Catalogues that were read lately.
pub(crate) type Catalogues = RwLock<FxHashMap<CityCode, (Moment, Arc<Catalogue>)>>;

/// All routes of the standard.
pub(crate) fn routes(routes: Routes) -> Routes {
    let open = Guard::Public("the standard reads without a key");
    let limit = write::FORM_BYTES_MAX;
    routes
        .plain(open, Method::GET, "/open311/v2/{file}", read::top)
        .plain(open, Method::GET, "/open311/v2/services/{file}", read::service)
        .plain(open, Method::GET, "/open311/v2/requests/{file}", read::request)
        .plain(open, Method::GET, "/open311/v2/tokens/{file}", read::token)
        .plain(
            Guard::Public("photos of public things whose case was filed; any other is not found"),
            Method::GET,
            "/open311/v2/media/{id}/{file}",
            media::show,
        )
        .plain_large(Guard::Key(Action::CaseReport), Method::POST, "/open311/v2/{file}", write::top, limit)
}

/// The arguments after the `?`.
pub(crate) fn pairs(query: Option<&str>) -> Vec<(String, String)> {
    form_urlencoded::parse(query.unwrap_or_default().as_bytes())
        .map(|(name, value)| (name.into_owned(), value.into_owned()))
        .collect()
}

/// The city that the arguments name as `jurisdiction_id`, the caller's own, or the only one.
async fn jurisdiction(
    state: &AppState,
    caller: &Caller,
    pairs: &[(String, String)],
) -> Result<CityCode, Problem> {
    state.city(filter::value(pairs, "jurisdiction_id"), caller.city).await
}

/// The catalogue of a city.
async fn catalogue(state: &AppState, city: CityCode) -> Result<Arc<Catalogue>, Problem> {
    let now = state.now();
    if let Some((at, known)) = state.catalogues().read().get(&city)
        && (0..CATALOGUE_KNOWN_MS).contains(&(now - *at))
    {
        return Ok(Arc::clone(known));
    }
    let door = state.open311();
    let found = state.read(move |tx| door.catalogue(tx, city, now)).await?;
    state.catalogues().write().insert(city, (now, Arc::clone(&found)));
    Ok(found)
}
