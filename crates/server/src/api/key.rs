//! API keys of programs: made and revoked by the security's administrator.

use axum::{
    Json,
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};
use kernel::role::{Action, RoleError};
use ledger::{
    LedgerError,
    access::{Token, api_key},
};
use parking_lot::Mutex;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::routes;

use super::{PAGE, PAGE_MAX};
use crate::{
    app::AppState,
    problem::{Problem, ProblemBody},
    request::{Arguments, JsonBody, idempotency_key},
    rights::{Caller, City},
    routes::{Guard, Routes},
};

pub(super) fn routes(routes: Routes) -> Routes {
    let manage = Guard::Right(Action::KeyManage);
    routes.route(manage, routes!(list)).route(manage, routes!(add)).route(manage, routes!(revoke))
}

/// A key, without its secret.
#[derive(Serialize, ToSchema)]
pub(crate) struct KeyFace {
    /// The name.
    name: String,
    /// What it may do.
    rights: Vec<&'static str>,
    /// When it was made, UTC milliseconds.
    made_at: i64,
    /// Since when it counts no more.
    revoked_at: Option<i64>,
}

/// Which page of keys.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Page {
    /// `next` of the page before.
    after: Option<String>,
    /// Keys on the page, at most 500.
    limit: Option<u32>,
}

/// A page of keys.
#[derive(Serialize, ToSchema)]
pub(crate) struct KeyPage {
    /// The keys by name.
    items: Vec<KeyFace>,
    /// Goes into `after` for the next page; none where this is the last.
    next: Option<String>,
}

/// API keys of the city.
#[utoipa::path(get, path = "/api/v1/keys", tag = "key", operation_id = "key_list", params(Page),
    responses((status = 200, body = KeyPage), (status = 403, body = ProblemBody)))]
pub(crate) async fn list(
    State(state): State<AppState>,
    City(city): City,
    Arguments(page): Arguments<Page>,
) -> Result<Json<KeyPage>, Problem> {
    let limit = page.limit.unwrap_or(PAGE).clamp(1, PAGE_MAX);
    let after = page.after.unwrap_or_default();
    let keys = state.read(move |tx| api_key::list(tx, city, &after, limit)).await?;
    let next = keys.last().filter(|_| keys.len() == limit as usize).map(|key| key.name.clone());
    let items = keys
        .into_iter()
        .map(|key| KeyFace {
            name: key.name,
            rights: key.rights.iter().map(|action| action.name()).collect(),
            made_at: key.made_at.millis(),
            revoked_at: key.revoked_at.map(kernel::time::Moment::millis),
        })
        .collect();
    Ok(Json(KeyPage { items, next }))
}

/// A new key.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewKey {
    /// The name; letters, digits, `-`, `_` and `.`.
    name: String,
    /// What it may do, by the names of acts.
    rights: Vec<String>,
}

/// A new key with its secret.
#[derive(Serialize, ToSchema)]
pub(crate) struct KeyMade {
    /// The name.
    name: String,
    /// Shown once; absent where this is the answer to a repeated request.
    key: Option<String>,
}

/// Make an API key.
#[utoipa::path(post, path = "/api/v1/keys", tag = "key", operation_id = "key_add", request_body = NewKey,
    params(("Idempotency-Key" = String, Header)),
    responses((status = 201, body = KeyMade), (status = 409, body = ProblemBody), (status = 422, body = ProblemBody)))]
pub(crate) async fn add(
    State(state): State<AppState>,
    caller: Caller,
    City(city): City,
    headers: HeaderMap,
    JsonBody(new): JsonBody<NewKey>,
) -> Result<Response, Problem> {
    let request_key = idempotency_key(&headers)?;
    let rights: Vec<Action> = new.rights.iter().map(|name| name.parse()).collect::<Result<_, RoleError>>()?;
    let name = new.name.clone();
    // The secret leaves by this way and never through the remembered answer.
    let made: Arc<Mutex<Option<Token>>> = Arc::default();
    let inner = Arc::clone(&made);
    state
        .write(city, move |tx, at| {
            let body = format!("{}\u{0}{}", new.name, new.rights.join(","));
            ledger::once::<LedgerError>(
                tx,
                city,
                (&caller.scope(), &request_key, body.as_bytes()),
                at,
                |tx| {
                    *inner.lock() = Some(api_key::add(tx, city, &new.name, &rights, &caller.by(at))?);
                    Ok(new.name.clone())
                },
            )
        })
        .await?;
    let key = made.lock().take().map(|token| token.text());
    Ok((StatusCode::CREATED, Json(KeyMade { name, key })).into_response())
}

/// Revoke an API key for ever.
#[utoipa::path(delete, path = "/api/v1/keys/{name}", tag = "key", operation_id = "key_revoke", params(("name" = String, Path)),
    responses((status = 204), (status = 404, body = ProblemBody)))]
pub(crate) async fn revoke(
    State(state): State<AppState>,
    caller: Caller,
    City(city): City,
    Path(name): Path<String>,
) -> Result<StatusCode, Problem> {
    state.write(city, move |tx, at| api_key::revoke(tx, city, &name, &caller.by(at))).await?;
    Ok(StatusCode::NO_CONTENT)
}
