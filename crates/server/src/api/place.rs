//! Where something is: streets, and the cell of a point.

use axum::{Json, extract::State};
use governance::view::View;
use kernel::{error::Coded as _, role::Action, time::Moment};
use ledger::LedgerError;
use map::geometry::Position;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::routes;

use super::unit::{self, UnitFace};
use crate::{
    app::AppState,
    problem::{Problem, ProblemBody},
    request::Arguments,
    rights::City,
    routes::{Guard, Routes},
};

/// Steps of a degree to which positions are rounded that everybody sees: about 50 m.
const PUBLIC_STEPS: f64 = 2_000.0;

pub(super) fn routes(routes: Routes) -> Routes {
    routes
        .route(Guard::Right(Action::GridView), routes!(streets))
        .route(Guard::Right(Action::GridView), routes!(locate))
}

/// A place, as a case holds it.
#[derive(Serialize, Deserialize, ToSchema)]
pub(crate) struct PlaceFace {
    /// Degrees east.
    pub(crate) lon: f64,
    /// Degrees north.
    pub(crate) lat: f64,
    /// The cell's 15 digits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) cell: Option<String>,
    /// The street's 9 digits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) street: Option<String>,
    /// The community's 12 digits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) community: Option<String>,
    /// Words for finding it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) address: Option<String>,
}

impl From<&governance::case::Place> for PlaceFace {
    fn from(place: &governance::case::Place) -> Self {
        Self {
            lon: place.lon,
            lat: place.lat,
            cell: place.cell.clone(),
            street: place.street.clone(),
            community: place.community.clone(),
            address: Some(place.address.clone()).filter(|address| !address.is_empty()),
        }
    }
}

/// A place as everybody may see it: rounded, without words.
pub(super) fn public_place(place: &governance::case::Place) -> PlaceFace {
    let round = |degrees: f64| (degrees * PUBLIC_STEPS).round() / PUBLIC_STEPS;
    PlaceFace {
        lon: round(place.lon),
        lat: round(place.lat),
        cell: None,
        street: place.street.clone(),
        community: place.community.clone(),
        address: None,
    }
}

/// A street or town.
#[derive(Serialize, ToSchema)]
pub(crate) struct StreetFace {
    /// 9 digits.
    code: String,
    /// The name.
    name: String,
    /// In English; may be empty.
    name_en: String,
}

/// The streets and towns, by code.
#[utoipa::path(get, path = "/api/v1/streets", tag = "place", operation_id = "street_list",
    responses((status = 200, body = Vec<StreetFace>)))]
pub(crate) async fn streets(
    State(state): State<AppState>,
    City(city): City,
) -> Result<Json<Vec<StreetFace>>, Problem> {
    let view = state.view(city).await?;
    let faces = view
        .streets()
        .map(|street| StreetFace {
            code: street.code.clone(),
            name: street.name.clone(),
            name_en: street.name_en.clone(),
        })
        .collect();
    Ok(Json(faces))
}

/// A point, and what is to be reported there.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Point {
    /// Degrees east.
    lon: f64,
    /// Degrees north.
    lat: f64,
    /// A class: who would handle it, and until when.
    class: Option<String>,
}

/// The nearest cell of a point outside.
#[derive(Serialize, ToSchema)]
pub(crate) struct NearestFace {
    /// The cell's 15 digits.
    cell: String,
    /// How far, metres.
    distance_m: f64,
    /// The nearest place inside, degrees.
    lon: f64,
    /// Likewise.
    lat: f64,
}

/// Where a point lies.
#[derive(Serialize, ToSchema)]
pub(crate) struct LocatedFace {
    /// It can be reported here.
    inside: bool,
    /// The cell's 15 digits; null where no grid is in force there.
    cell: Option<String>,
    /// The community's 12 digits.
    community: Option<String>,
    /// Its name.
    community_name: Option<String>,
    /// The street's 9 digits.
    street: Option<String>,
    /// Its name.
    street_name: Option<String>,
    /// For a point outside.
    nearest: Option<NearestFace>,
    /// Who handles the class by the handbook.
    unit: Option<UnitFace>,
    /// Until when it would be done, UTC milliseconds.
    expected_at: Option<i64>,
}

fn located(
    view: &View,
    position: Position,
    class: Option<&str>,
    at: Moment,
) -> Result<LocatedFace, LedgerError> {
    let place = match view.place(position, "", at) {
        Ok(place) => Some(place),
        Err(error) if matches!(error.code(), "point_outside_city" | "point_outside_border") => None,
        Err(error) => return Err(error),
    };
    let name = |code: &Option<String>| Some(view.divisions.get(code.as_ref()?)?.name.clone());
    let promise = class.map(|class| view.promise(class, at));
    let grid = view.grid(at)?;
    let nearest = if place.is_none() { grid.nearest(position) } else { None };
    let nearest = nearest.map(|found| NearestFace {
        cell: found.cell.to_owned(),
        distance_m: found.distance_m.round(),
        lon: found.position.lon,
        lat: found.position.lat,
    });
    let inside = place.is_some();
    let place = place.unwrap_or_default();
    Ok(LocatedFace {
        inside,
        community_name: name(&place.community),
        street_name: name(&place.street),
        cell: place.cell,
        community: place.community,
        street: place.street,
        nearest,
        unit: promise.as_ref().and_then(|promise| unit::of_code(view, promise.unit.as_deref())),
        expected_at: promise.and_then(|promise| promise.expected_at).map(Moment::millis),
    })
}

/// The cell, community and street of a point; outside of the city the nearest cell. With a class: who would handle it.
#[utoipa::path(get, path = "/api/v1/locate", tag = "place", operation_id = "locate", params(Point),
    responses((status = 200, body = LocatedFace), (status = 400, body = ProblemBody), (status = 422, body = ProblemBody)))]
pub(crate) async fn locate(
    State(state): State<AppState>,
    City(city): City,
    Arguments(point): Arguments<Point>,
) -> Result<Json<LocatedFace>, Problem> {
    let position = Position::new(point.lon, point.lat)?;
    let view = state.view(city).await?;
    if let Some(class) = point.class.as_deref()
        && view.class(class).is_none()
    {
        return Err(super::class::class_unknown(class));
    }
    Ok(Json(located(&view, position, point.class.as_deref(), state.now())?))
}
