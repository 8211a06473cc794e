//! The cities that are served, and what everybody may know of one.

use axum::{Json, extract::State};
use governance::view::View;
use kernel::time::Moment;
use ledger::{LedgerError, Vault, access::account};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::routes;

use crate::{
    app::AppState,
    problem::{Problem, ProblemBody},
    rights::City,
    routes::{Guard, Routes},
};

/// Accounts that a demonstration city offers at the most.
const OFFERED_ACCOUNTS_MAX: u32 = account::PAGE_ACCOUNTS_MAX;

pub(super) fn routes(routes: Routes) -> Routes {
    let public = Guard::Public("which city this is stands on its first page");
    routes.route(public, routes!(list)).route(public, routes!(show))
}

/// An account of a demonstration city. There is nobody behind it.
#[derive(Serialize, ToSchema)]
pub(crate) struct DemonstrationAccount {
    /// The name to sign in with.
    sign_in: String,
    /// The account, as cases name it.
    id: String,
    /// The unit's code, for managers and workers.
    #[serde(skip_serializing_if = "Option::is_none")]
    unit: Option<String>,
    /// The password.
    password: String,
    /// The post.
    role: String,
    /// The made-up name.
    name: String,
}

/// A city.
#[derive(Serialize, ToSchema)]
pub(crate) struct CityFace {
    /// The six-digit code.
    code: String,
    /// The name.
    name: String,
    /// In English; may be empty.
    name_en: String,
    /// Whom residents may ask; may be empty.
    contact: String,
    /// The time zone, e.g. `Asia/Shanghai`.
    zone: String,
    /// West, south, east, north in degrees; null where neither border nor cells are known.
    bounds: Option<[f64; 4]>,
    /// Longitude and latitude of the middle of where people live: maps open there.
    center: Option<[f64; 2]>,
    /// It is made up.
    demonstration: bool,
    /// The editions of the grid in force; null where there is no grid.
    grid_version: Option<String>,
    /// The version of the handbook in force.
    handbook_version: Option<u32>,
    /// The dictionary's edition.
    edition: String,
    /// Whom one may be in a demonstration city.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    accounts: Vec<DemonstrationAccount>,
}

/// Degrees as people may read and type them: six decimals.
fn to_decimetre(degrees: f64) -> f64 {
    (degrees * 1e6).round() / 1e6
}

fn face(tx: &mut db::Tx<'_>, view: &View, at: Moment) -> Result<CityFace, LedgerError> {
    let bounds = view.bounds();
    let editions = view.grid(at)?.editions().join("+");
    Ok(CityFace {
        code: view.code.to_string(),
        name: view.city.name.clone(),
        name_en: view.city.name_en.clone(),
        contact: view.city.contact.clone(),
        zone: view.city.calendar.zone.clone(),
        bounds: bounds.map(|found| [found.west, found.south, found.east, found.north]),
        center: view.middle(tx, at)?.map(|middle| [middle.lon, middle.lat].map(to_decimetre)),
        demonstration: view.city.demonstration,
        grid_version: Some(editions).filter(|editions| !editions.is_empty()),
        handbook_version: view.handbook(at).map(|handbook| handbook.version()),
        edition: view.city.edition.clone(),
        accounts: Vec::new(),
    })
}

/// Only where the city's row holds the password, which nobody but the maker of a demonstration city sets.
fn accounts(
    tx: &mut db::Tx<'_>,
    vault: &Vault,
    view: &View,
) -> Result<Vec<DemonstrationAccount>, LedgerError> {
    let Some(password) = view.city.demonstration_password.as_ref().filter(|_| view.city.demonstration) else {
        return Ok(Vec::new());
    };
    let found = account::list(vault, tx, view.code, "", OFFERED_ACCOUNTS_MAX)?;
    Ok(found
        .into_iter()
        .filter(|account| account.disabled_at.is_none())
        .filter_map(|account| {
            Some(DemonstrationAccount {
                sign_in: account.sign_in,
                id: account.id.to_string(),
                unit: account.post.unit.clone(),
                password: password.clone(),
                role: account.post.role?.name().to_owned(),
                name: account.name,
            })
        })
        .collect())
}

/// A list of cities.
#[derive(Serialize, ToSchema)]
pub(crate) struct CityList {
    /// The cities, by code.
    items: Vec<CityFace>,
}

/// The cities that are served.
#[utoipa::path(get, path = "/api/v1/cities", tag = "city", operation_id = "city_list",
    responses((status = 200, body = CityList)))]
pub(crate) async fn list(State(state): State<AppState>) -> Result<Json<CityList>, Problem> {
    let (views, at) = (state.views().clone(), state.now());
    let items = state
        .read(move |tx| {
            let mut items = Vec::new();
            for code in ledger::cities(tx)? {
                // One that has entries but no row of its own yet is being made.
                match views.of(tx, code) {
                    Ok(view) => items.push(face(tx, &view, at)?),
                    Err(LedgerError::NotFound) => {}
                    Err(error) => return Err(error),
                }
            }
            Ok::<_, LedgerError>(items)
        })
        .await?;
    Ok(Json(CityList { items }))
}

/// The city.
#[utoipa::path(get, path = "/api/v1/city", tag = "city", operation_id = "city_show",
    params(("city" = Option<String>, Query, description = "The city's code; may be left out where there is one")),
    responses((status = 200, body = CityFace), (status = 404, body = ProblemBody)))]
pub(crate) async fn show(State(state): State<AppState>, City(city): City) -> Result<Json<CityFace>, Problem> {
    let (views, ledger, at) = (state.views().clone(), state.ledger().clone(), state.now());
    let found = state
        .read(move |tx| {
            let view = views.of(tx, city)?;
            Ok::<_, LedgerError>(CityFace {
                accounts: accounts(tx, ledger.vault(), &view)?,
                ..face(tx, &view, at)?
            })
        })
        .await?;
    Ok(Json(found))
}
