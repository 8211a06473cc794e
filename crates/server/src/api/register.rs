//! Registers: every list of things with fields, all served alike from their descriptions.

mod ask;
mod change;
mod export;
mod import;
mod reach;
mod rows;
mod schema;

use axum::{
    Json,
    extract::{Path, State},
};
use kernel::role::{Action, ScopeKind};
use ledger::{
    Condition, LedgerError,
    register::{self, AnyRegister, Kind, Query, Title},
};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;
use utoipa_axum::routes;

pub(crate) use self::import::Imports;
use crate::{
    app::AppState,
    problem::{Problem, ProblemBody},
    rights::{Caller, City},
    routes::{Guard, Routes},
};

pub(super) fn routes(routes: Routes) -> Routes {
    let view = Guard::Right(Action::RegisterView);
    let edit = Guard::Right(Action::RegisterEdit);
    routes
        .route(view, routes!(list))
        .route(view, routes!(one))
        .route(view, routes!(schema::show))
        .route(view, routes!(rows::list))
        .route(view, routes!(rows::one))
        .route(view, routes!(rows::history))
        .route(view, routes!(rows::referring))
        .route(view, routes!(export::export))
        .route(edit, routes!(import::list))
        .route_large(edit, routes!(import::bring), import::FORM_BYTES_MAX)
        .route(edit, routes!(import::one))
        .route(edit, routes!(import::differences))
        .route(edit, routes!(import::marked))
        .route(edit, routes!(import::apply))
        .route(edit, routes!(import::undo))
        .route(edit, routes!(change::enter))
        .route(edit, routes!(change::put))
        .route(edit, routes!(change::retire))
        .route(edit, routes!(change::file))
        .route(edit, routes!(change::unfile))
        .route(Guard::Right(Action::PersonReveal), routes!(change::reveal))
}

/// What people call something.
#[derive(Serialize, ToSchema)]
pub(crate) struct TitleFace {
    /// Chinese.
    zh: &'static str,
    /// English.
    en: &'static str,
}

impl From<Title> for TitleFace {
    fn from(title: Title) -> Self {
        Self { zh: title.zh, en: title.en }
    }
}

/// A register in the list of registers.
#[derive(Serialize, ToSchema)]
pub(crate) struct RegisterFace {
    /// Its name in addresses.
    name: &'static str,
    /// The part of the city that keeps it.
    part: &'static str,
    /// The system of the source that it belongs to.
    mission: Option<&'static str>,
    /// What people call it.
    title: TitleFace,
    /// Rows that the caller may see and that are in use.
    rows: u64,
    /// It has a layer on the map.
    placed: bool,
    /// The caller may enter rows.
    editable: bool,
}

/// A register with its fields: lists and forms are drawn from it.
#[derive(Serialize, ToSchema)]
pub(crate) struct DescriptionFace {
    #[serde(flatten)]
    register: RegisterFace,
    /// What it is.
    about: &'static str,
    /// The fields that make a row this row and no other; with several, the key has them with `/` between.
    key: Vec<&'static str>,
    /// The field that names the unit which answers for a row.
    unit: Option<&'static str>,
    /// The field that says from when a row is in force.
    valid_from: Option<&'static str>,
    /// The field that says until when.
    valid_to: Option<&'static str>,
    /// The fields in the order of the form: name, title, about, kind with its limits, optional, find, search, refers, list.
    #[schema(value_type = Vec<Object>)]
    fields: Value,
    /// The registers whose rows may name rows of this one.
    referred_by: Vec<&'static str>,
}

fn is_placed(register: &dyn AnyRegister) -> bool {
    register
        .description()
        .fields
        .iter()
        .any(|field| matches!(field.kind, Kind::Point | Kind::Line | Kind::Surface))
}

fn face(
    tx: &mut db::Tx<'_>,
    city: kernel::code::CityCode,
    register: &dyn AnyRegister,
    caller: &Caller,
) -> Result<Option<RegisterFace>, LedgerError> {
    let Some(conditions) = reach::seen(register, &caller.actor) else { return Ok(None) };
    let described = register.description();
    let query = Query { conditions, ..Query::default() };
    Ok(Some(RegisterFace {
        name: described.name,
        part: described.part,
        mission: described.mission,
        title: described.title.into(),
        rows: register::count_rows(tx, city, register, query)?,
        placed: is_placed(register),
        editable: reach::may_enter(tx, city, register, &caller.actor)?,
    }))
}

/// The registers that the caller may see, in the order of the parts.
#[utoipa::path(get, path = "/api/v1/registers", tag = "register", operation_id = "register_list",
    responses((status = 200, body = Vec<RegisterFace>), (status = 401, body = ProblemBody)))]
pub(crate) async fn list(
    State(state): State<AppState>,
    caller: Caller,
    City(city): City,
) -> Result<Json<Vec<RegisterFace>>, Problem> {
    let ledger = state.ledger().clone();
    let found = state
        .read(move |tx| {
            let mut found = Vec::new();
            for register in ledger.registers() {
                found.extend(face(tx, city, register.as_ref(), &caller)?);
            }
            Ok::<_, LedgerError>(found)
        })
        .await?;
    Ok(Json(found))
}

/// A register with its description.
#[utoipa::path(get, path = "/api/v1/registers/{name}", tag = "register", operation_id = "register_one",
    params(("name" = String, Path)),
    responses((status = 200, body = DescriptionFace), (status = 401, body = ProblemBody), (status = 404, body = ProblemBody)))]
pub(crate) async fn one(
    State(state): State<AppState>,
    caller: Caller,
    City(city): City,
    Path(name): Path<String>,
) -> Result<Json<DescriptionFace>, Problem> {
    let ledger = state.ledger().clone();
    let found = state
        .read(move |tx| {
            let register = ledger.register(&name)?;
            let face = face(tx, city, register, &caller)?.ok_or(LedgerError::NotFound)?;
            let described = register.description();
            let referred_by = ledger
                .registers()
                .iter()
                .map(|other| other.description())
                .filter(|other| names(other.fields, described.name))
                .map(|other| other.name)
                .collect();
            Ok::<_, LedgerError>(DescriptionFace {
                register: face,
                about: described.about,
                key: described.key.to_vec(),
                unit: described.unit,
                valid_from: described.valid_from,
                valid_to: described.valid_to,
                fields: serde_json::to_value(described.fields)
                    .map_err(|error| LedgerError::Damaged(error.to_string()))?,
                referred_by,
            })
        })
        .await?;
    Ok(Json(found))
}

/// Whether a field, also of a small table, names rows of a register.
fn names(fields: &[register::FieldDescription], register: &str) -> bool {
    fields.iter().any(|field| match field.kind {
        Kind::Rows { fields, .. } => names(fields, register),
        _ => field.refers == Some(register) || field.list.is_some() && register == register::CODES,
    })
}

/// Whose rows the caller sees: all of the city, or those of one unit.
fn scope_of(actor: &kernel::role::Actor) -> Option<ScopeKind> {
    actor.reach(Action::RegisterView)
}

/// The conditions that keep a list to what the caller may see.
///
/// # Errors
/// [`LedgerError::NotFound`] where that is nothing.
fn seen_or_not_found(
    register: &dyn AnyRegister,
    caller: &Caller,
) -> Result<Vec<Condition<'static>>, LedgerError> {
    reach::seen(register, &caller.actor).ok_or(LedgerError::NotFound)
}
