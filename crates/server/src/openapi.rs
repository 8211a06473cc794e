//! The description of the API (OpenAPI 3.1), made from the code. `crates/server/openapi.json` is its snapshot.

use axum::{Json, extract::State};
use utoipa::openapi::{InfoBuilder, OpenApi, OpenApiBuilder};

use crate::{
    app::AppState,
    problem::{FieldBody, ProblemBody},
};

/// What the description starts from.
pub(crate) fn base() -> OpenApi {
    #[derive(utoipa::OpenApi)]
    #[openapi(components(schemas(ProblemBody, FieldBody)))]
    struct Common;
    let components = <Common as utoipa::OpenApi>::openapi().components;
    let info = InfoBuilder::new()
        .title("Wuhua API")
        .version("1")
        .description(Some(
            "City by `?city=CODE`, which may be left out where there is one. Errors are `application/problem+json` whose `code` is the \
             translation key. What makes something needs `Idempotency-Key`; what changes something needs `If-Match` with the version seen. \
             Lists answer `{items, next}`; `next` goes into `?after=`.",
        ))
        .build();
    OpenApiBuilder::new().info(info).components(components).build()
}

/// The whole description.
#[must_use]
pub fn document(state: &AppState) -> OpenApi {
    crate::app::routes(state).finish().2
}

/// `GET /api/v1/openapi.json`.
pub(crate) async fn show(State(state): State<AppState>) -> Json<OpenApi> {
    Json(document(&state))
}
