//! Cases that may tell of the same problem, with reasons: for a resident before filing, for the desk beside a case. Nothing is ever held
//! back: this only suggests.

use axum::{
    Json,
    extract::{Path, State},
};
use governance::{
    desk::{self, Desk, PublicState},
    duplicates::{self, Facts, Words},
    view::View,
};
use kernel::role::{Action, Actor};
use map::{geodesy, geometry::Position};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::routes;

use super::{place::public_place, report::class_of};
use crate::{
    app::AppState,
    problem::{Problem, ProblemBody},
    request::Arguments,
    rights::{Caller, City},
    routes::{Guard, Routes},
};

/// Longest text that is compared before filing, characters: the beginning says what it is about.
const TEXT_CHARS_MAX: usize = 1_000;
/// Suggestions that are shown at the most.
const SHOWN_MAX: usize = 10;

pub(super) fn routes(routes: Routes) -> Routes {
    routes
        .route(Guard::Right(Action::CasePublicView), routes!(similar))
        .route(Guard::Right(Action::CaseView), routes!(of_case))
}

/// Why two reports look alike.
#[derive(Serialize, ToSchema)]
pub(crate) struct ReasonFace {
    /// `distance`, `time`, `text` …: a translation key under `reason`.
    what: &'static str,
    /// Points for it; below zero against it.
    points: i16,
    /// What was found: metres, milliseconds, a share, a number that both name; null where the word says all.
    #[schema(value_type = Object)]
    value: serde_json::Value,
}

/// What somebody is about to report.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct About {
    /// Degrees east.
    lon: f64,
    /// Degrees north.
    lat: f64,
    /// The class.
    class: Option<String>,
    /// What it says.
    text: Option<String>,
}

/// A case that everybody may see and that may tell of the same problem.
#[derive(Serialize, ToSchema)]
pub(crate) struct SimilarFace {
    /// What it is called.
    reference: String,
    /// Metres to the place that everybody is shown of it; null where it has none.
    distance_m: Option<f64>,
    /// When it was reported, UTC milliseconds.
    reported_at: i64,
    /// The class.
    class: Option<String>,
    /// As in the public face.
    state: &'static str,
    /// 0 to 100.
    score: u8,
    /// The weightiest first.
    reasons: Vec<ReasonFace>,
}

/// To who may not know the exact place the distance is told to the rounded one; otherwise three questions would give the place away.
fn public_face(view: &View, position: Position, similar: duplicates::Similar) -> Option<SimilarFace> {
    let case = &similar.record.state;
    let shown = case.place.as_ref().map(public_place);
    let distance_m =
        shown.map(|place| geodesy::distance_m(position, Position { lon: place.lon, lat: place.lat }).round());
    Some(SimilarFace {
        reference: case.reference.clone()?,
        distance_m,
        reported_at: case.reported_at.millis(),
        class: class_of(view, case),
        state: PublicState::of(case.stage).name(),
        score: similar.score.points,
        reasons: similar
            .score
            .reasons
            .into_iter()
            .map(|reason| ReasonFace {
                what: reason.what,
                points: reason.points,
                value: if reason.what == "distance" { distance_m.into() } else { reason.value },
            })
            .collect(),
    })
}

/// Cases that may tell of the same problem as what somebody is about to report, the likeliest first.
#[utoipa::path(get, path = "/api/v1/similar", tag = "report", operation_id = "similar", params(About),
    responses((status = 200, body = Vec<SimilarFace>), (status = 400, body = ProblemBody), (status = 422, body = ProblemBody)))]
pub(crate) async fn similar(
    State(state): State<AppState>,
    City(city): City,
    Arguments(about): Arguments<About>,
) -> Result<Json<Vec<SimilarFace>>, Problem> {
    let position = Position::new(about.lon, about.lat)?;
    let text: String = about.text.unwrap_or_default().chars().take(TEXT_CHARS_MAX).collect();
    let found = state
        .read_at_desk(city, &Actor::resident(), move |tx, at_desk| {
            let view = at_desk.view;
            let class = about.class.as_deref().and_then(|class| view.class(class));
            let facts = Facts {
                position: Some(position),
                class: class.map(|class| class.key.to_string()),
                words: Words::of(&text),
                ..Facts::new(at_desk.at)
            };
            let settings = &view.city.duplicates;
            let found = duplicates::find(tx, city, &facts, settings, duplicates::SIMILAR_MAX)?;
            Ok(found
                .into_iter()
                .filter(|similar| desk::is_public(view, &similar.record.state))
                .filter_map(|similar| public_face(view, position, similar))
                .take(SHOWN_MAX)
                .collect())
        })
        .await?;
    Ok(Json(found))
}

/// A case that may tell of the same problem, as the desk sees it.
#[derive(Serialize, ToSchema)]
pub(crate) struct DuplicateFace {
    /// The id.
    id: String,
    /// What it is called.
    reference: String,
    /// Metres between them; null where either has no place.
    distance_m: Option<f64>,
    /// When it was reported, UTC milliseconds.
    reported_at: i64,
    /// The class.
    class: Option<String>,
    /// Where it stands.
    stage: &'static str,
    /// What was said.
    text: String,
    /// 0 to 100.
    score: u8,
    /// The weightiest first.
    reasons: Vec<ReasonFace>,
}

fn face(similar: duplicates::Similar) -> DuplicateFace {
    let case = &similar.record.state;
    DuplicateFace {
        id: similar.id.to_string(),
        reference: case.reference.clone().unwrap_or_else(|| similar.record.key.clone()),
        distance_m: similar.distance_m.map(f64::round),
        reported_at: case.reported_at.millis(),
        class: case.class_or_origin().map(str::to_owned),
        stage: case.stage.name(),
        text: case.text.clone(),
        score: similar.score.points,
        reasons: similar
            .score
            .reasons
            .into_iter()
            .map(|reason| ReasonFace { what: reason.what, points: reason.points, value: reason.value })
            .collect(),
    }
}

/// Cases that may tell of the same problem as a case, the likeliest first, as far as the caller may see them.
#[utoipa::path(get, path = "/api/v1/cases/{id}/duplicates", tag = "case", operation_id = "case_duplicates", params(("id" = String, Path)),
    responses((status = 200, body = Vec<DuplicateFace>), (status = 404, body = ProblemBody)))]
pub(crate) async fn of_case(
    State(state): State<AppState>,
    caller: Caller,
    City(city): City,
    Path(id): Path<String>,
) -> Result<Json<Vec<DuplicateFace>>, Problem> {
    let id = id.parse().map_err(|_| Problem::not_found())?;
    let found = state
        .read_at_desk(city, &caller.actor, move |tx, at_desk: &mut Desk<'_>| {
            let record = desk::seen(tx, at_desk.view, at_desk.actor, id)?;
            let facts = duplicates::facts_of(tx, city, id, &record.state)?;
            let settings = &at_desk.view.city.duplicates;
            let found = duplicates::find(tx, city, &facts, settings, duplicates::SIMILAR_MAX)?;
            Ok(found
                .into_iter()
                .filter(|similar| desk::may(at_desk.actor, Action::CaseView, &similar.record.state, false))
                .take(SHOWN_MAX)
                .map(face)
                .collect())
        })
        .await?;
    Ok(Json(found))
}
