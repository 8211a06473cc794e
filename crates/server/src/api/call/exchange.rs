//! The webhook of a telephone exchange.

use axum::{Json, extract::State};
use governance::call::{desk, exchange::ExchangeEvent};
use kernel::{error::ErrorKind, role::Action, time::Moment};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::routes;

use crate::{
    app::AppState,
    desk::at_desk,
    problem::{Problem, ProblemBody},
    request::JsonBody,
    rights::{Caller, City},
    routes::{Guard, Routes},
};

pub(super) fn routes(routes: Routes) -> Routes {
    routes.route(Guard::Key(Action::CallTake), routes!(signal))
}

/// A message of the exchange, described.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SignalBody {
    /// `ringing`, `answered` or `ended`.
    #[schema(value_type = String)]
    kind: governance::call::SignalKind,
    /// What the exchange calls this call; the same in all its messages.
    id: String,
    /// The caller's number, where it is shown; goes to the vault and nowhere else.
    #[serde(default)]
    number: Option<String>,
    /// The name that the seat's holder signs in with.
    #[serde(default)]
    seat: Option<String>,
    /// When, milliseconds since 1970 UTC, by the exchange's clock.
    at: i64,
    /// Where the recording lies; an address that holds a telephone number is refused.
    #[serde(default)]
    recording: Option<String>,
}

/// The sheet of the call.
#[derive(Serialize, ToSchema)]
pub(crate) struct SignalFace {
    /// The sheet's id.
    id: String,
    /// What it is called towards people.
    reference: String,
    /// Where it stands.
    stage: &'static str,
}

/// Tell what happened to a call: it rings, somebody picked up, it is over. Messages may come again and in any order; what is known already
/// changes nothing.
#[utoipa::path(post, path = "/api/v1/calls/events", tag = "call", operation_id = "call_signal", request_body = SignalBody,
    responses((status = 200, body = Option<SignalFace>), (status = 400, body = ProblemBody), (status = 403, body = ProblemBody), (status = 422, body = ProblemBody)))]
pub(crate) async fn signal(
    State(state): State<AppState>,
    caller: Caller,
    City(city): City,
    JsonBody(body): JsonBody<SignalBody>,
) -> Result<Json<Option<SignalFace>>, Problem> {
    // Only a key has a city without a session: the exchange is a program.
    if caller.city.is_none() {
        return Err(Problem::new(ErrorKind::Forbidden, "key_unknown"));
    }
    let SignalBody { kind, id, number, seat, at, recording } = body;
    let event = ExchangeEvent { kind, id, number, seat, at: Moment(at), recording };
    let (inner, actor) = (state.clone(), caller.actor);
    let told = state
        .write(city, move |tx, at| {
            at_desk(tx, (&inner, city), &actor, at, |tx, at_desk| desk::signal(tx, at_desk, &event))
        })
        .await?;
    Ok(Json(told.map(|record| SignalFace {
        id: record.key,
        reference: record.state.reference,
        stage: record.state.stage.name(),
    })))
}
