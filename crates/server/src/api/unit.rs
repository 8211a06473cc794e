//! Units that handle cases, and who works for them.

use axum::{
    Json,
    extract::{Path, State},
};
use governance::{unit::Unit, view::View};
use kernel::{
    id::AccountId,
    role::{Action, Actor, ScopeKind},
};
use ledger::{LedgerError, access::account};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::routes;

use crate::{
    app::AppState,
    problem::{Problem, ProblemBody},
    rights::{Caller, City},
    routes::{Guard, Routes},
};

pub(super) fn routes(routes: Routes) -> Routes {
    routes
        .route(Guard::Right(Action::UnitView), routes!(list))
        .route(Guard::Right(Action::UnitView), routes!(workers))
}

/// A unit.
#[derive(Serialize, Deserialize, ToSchema)]
pub(crate) struct UnitFace {
    /// The code; cases name it.
    pub(crate) code: String,
    /// The name in Chinese.
    pub(crate) name_zh: String,
    /// In English; may be empty.
    pub(crate) name_en: String,
    /// `bureau`, `street_office` or `firm`.
    pub(crate) kind: String,
}

impl From<&Unit> for UnitFace {
    fn from(unit: &Unit) -> Self {
        Self {
            code: unit.code.clone(),
            name_zh: unit.name_zh.clone(),
            name_en: unit.name_en.clone(),
            kind: unit.kind.name().to_owned(),
        }
    }
}

/// The unit of a code, where the city has it.
pub(super) fn of_code(view: &View, code: Option<&str>) -> Option<UnitFace> {
    code.and_then(|code| view.units.get(code)).map(UnitFace::from)
}

/// The units, by code.
#[utoipa::path(get, path = "/api/v1/units", tag = "unit", operation_id = "unit_list",
    responses((status = 200, body = Vec<UnitFace>), (status = 401, body = ProblemBody)))]
pub(crate) async fn list(
    State(state): State<AppState>,
    City(city): City,
) -> Result<Json<Vec<UnitFace>>, Problem> {
    let view = state.view(city).await?;
    Ok(Json(view.units.values().map(UnitFace::from).collect()))
}

/// Somebody who works for a unit.
#[derive(Serialize, ToSchema)]
pub(crate) struct WorkerFace {
    /// The account.
    id: String,
    /// The person's name.
    name: String,
}

/// Those who see cases of the whole city or of whole streets, and do more with them than count them.
pub(super) fn is_at_the_desk(actor: &Actor) -> bool {
    matches!(actor.reach(Action::CaseNote), Some(ScopeKind::City | ScopeKind::Street))
}

/// Who works for a unit: for the unit's own manager and for the desk. For others it is as if there were none.
#[utoipa::path(get, path = "/api/v1/units/{code}/workers", tag = "unit", operation_id = "unit_workers",
    params(("code" = String, Path)),
    responses((status = 200, body = Vec<WorkerFace>), (status = 401, body = ProblemBody), (status = 404, body = ProblemBody)))]
pub(crate) async fn workers(
    State(state): State<AppState>,
    caller: Caller,
    City(city): City,
    Path(code): Path<String>,
) -> Result<Json<Vec<WorkerFace>>, Problem> {
    let actor = &caller.actor;
    let is_own =
        actor.unit.as_deref() == Some(code.as_str()) && actor.reach(Action::CaseAssignWorker).is_some();
    if !is_own && !is_at_the_desk(actor) {
        return Err(Problem::not_found());
    }
    let (views, ledger) = (state.views().clone(), state.ledger().clone());
    let found = state
        .read(move |tx| {
            let view = views.of(tx, city)?;
            if !view.units.contains_key(&code) {
                return Err(LedgerError::NotFound);
            }
            let ids: Vec<AccountId> = view.workers(&code).map(|member| member.account).collect();
            account::names_of(ledger.vault(), tx, city, &ids)
        })
        .await?;
    Ok(Json(found.into_iter().map(|(id, name)| WorkerFace { id: id.to_string(), name }).collect()))
}
