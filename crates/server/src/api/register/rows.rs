//! Rows of a register: lists, one with its version, its history, what refers to it.

use axum::{
    Json,
    extract::{Path, State},
    http::{HeaderName, header},
};
use ledger::{
    Condition, LedgerError,
    register::{self, AnyRegister, Query, Row},
};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use super::{
    ask::{Asked, mark_text},
    reach, seen_or_not_found,
};
use crate::{
    app::AppState,
    problem::{Problem, ProblemBody},
    request::version_tag,
    rights::{Caller, City},
};

/// A document or photo of a row.
#[derive(Serialize, Deserialize, ToSchema)]
pub(crate) struct FileFace {
    /// The hash of its content; also its address under `/api/v1/attachments/`.
    pub(super) file: String,
    /// What it is called.
    pub(super) title: String,
}

/// A row.
#[derive(Serialize, Deserialize, ToSchema)]
pub(crate) struct RowFace {
    /// Its key.
    key: String,
    /// Its version, for `If-Match`.
    pub(super) version: u64,
    /// Since when it is used no more, UTC milliseconds.
    retired_at: Option<i64>,
    /// Its fields, as the register's description says. People stand there by an id that says nothing of them.
    #[schema(value_type = Object)]
    fields: Value,
    /// Documents and photos that belong to it.
    files: Vec<FileFace>,
}

impl From<Row> for RowFace {
    fn from(row: Row) -> Self {
        let files = row.files.into_iter().map(|filed| FileFace { file: filed.file.0, title: filed.title });
        Self {
            key: row.key,
            version: row.version,
            retired_at: row.retired_at,
            fields: row.fields,
            files: files.collect(),
        }
    }
}

/// A page of rows.
#[derive(Serialize, ToSchema)]
pub(crate) struct RowPage {
    /// The rows.
    rows: Vec<RowFace>,
    /// How many rows there are under these filters.
    total: u64,
    /// Give it as `after` for the next page; absent on the last one.
    next: Option<String>,
}

/// Rows under filters. Each field that can be found by is a filter: `field=a,b`, `field.from=`, `field.to=`, `field.empty=true`; further
/// `q` (words), `box` (west,south,east,north), `refers` (`register:key`), `order` (`field` or `-field`), `limit`, `after`, `retired=true`.
#[utoipa::path(get, path = "/api/v1/registers/{name}/rows", tag = "register", operation_id = "register_rows",
    params(("name" = String, Path), ("q" = Option<String>, Query), ("box" = Option<String>, Query), ("refers" = Option<String>, Query),
        ("order" = Option<String>, Query), ("limit" = Option<u32>, Query), ("after" = Option<String>, Query), ("retired" = Option<bool>, Query)),
    responses((status = 200, body = RowPage), (status = 401, body = ProblemBody), (status = 404, body = ProblemBody), (status = 422, body = ProblemBody)))]
pub(crate) async fn list(
    State(state): State<AppState>,
    caller: Caller,
    City(city): City,
    Path(name): Path<String>,
    asked: Asked,
) -> Result<Json<RowPage>, Problem> {
    let ledger = state.ledger().clone();
    let page = state
        .read(move |tx| {
            let register = ledger.register(&name)?;
            let query = asked.query(register, seen_or_not_found(register, &caller)?)?;
            let counted = Query { after: None, order: None, ..query.clone() };
            let total = register::count_rows(tx, city, register, counted)?;
            let (rows, mark) = register::page(tx, city, register, query)?;
            Ok::<_, LedgerError>(RowPage {
                rows: rows.into_iter().map(RowFace::from).collect(),
                total,
                next: mark.as_ref().map(mark_text),
            })
        })
        .await?;
    Ok(Json(page))
}

/// The row of a key, where the caller may see it.
pub(super) fn seen_row(
    tx: &mut db::Tx<'_>,
    city: kernel::code::CityCode,
    register: &dyn AnyRegister,
    caller: &Caller,
    key: &str,
) -> Result<Row, LedgerError> {
    let row = register::row(tx, city, register, key)?.ok_or(LedgerError::NotFound)?;
    if reach::may_see(register, &caller.actor, &row.fields) { Ok(row) } else { Err(LedgerError::NotFound) }
}

/// A row, used or not.
#[utoipa::path(get, path = "/api/v1/registers/{name}/rows/{key}", tag = "register", operation_id = "register_row",
    params(("name" = String, Path), ("key" = String, Path)),
    responses((status = 200, body = RowFace), (status = 401, body = ProblemBody), (status = 404, body = ProblemBody)))]
pub(crate) async fn one(
    State(state): State<AppState>,
    caller: Caller,
    City(city): City,
    Path((name, key)): Path<(String, String)>,
) -> Result<([(HeaderName, String); 1], Json<RowFace>), Problem> {
    let ledger = state.ledger().clone();
    let row = state.read(move |tx| seen_row(tx, city, ledger.register(&name)?, &caller, &key)).await?;
    Ok((version_tag(row.version), Json(row.into())))
}

/// Something that happened to a row.
#[derive(Serialize, ToSchema)]
pub(crate) struct HappenedFace {
    /// The place in the city's ledger.
    seq: u64,
    /// When, UTC milliseconds.
    at: i64,
    /// By whom, as the ledger writes it.
    actor: String,
    /// The row's version after it.
    version: u64,
    /// `put`, `retired`, `filed` or `unfiled`.
    kind: String,
    /// What: the fields as they were put, or the file.
    #[schema(value_type = Object)]
    body: Value,
}

/// What happened to a row, oldest first.
#[utoipa::path(get, path = "/api/v1/registers/{name}/rows/{key}/history", tag = "register", operation_id = "register_row_history",
    params(("name" = String, Path), ("key" = String, Path)),
    responses((status = 200, body = Vec<HappenedFace>), (status = 401, body = ProblemBody), (status = 404, body = ProblemBody)))]
pub(crate) async fn history(
    State(state): State<AppState>,
    caller: Caller,
    City(city): City,
    Path((name, key)): Path<(String, String)>,
) -> Result<Json<Vec<HappenedFace>>, Problem> {
    let ledger = state.ledger().clone();
    let found = state
        .read(move |tx| {
            let register = ledger.register(&name)?;
            seen_row(tx, city, register, &caller, &key)?;
            ledger::history(tx, city, register.description().name, &key)
        })
        .await?;
    let happened = found.into_iter().map(|entry| HappenedFace {
        seq: entry.seq,
        at: entry.at.millis(),
        actor: entry.actor,
        version: entry.version,
        body: serde_json::from_str::<Value>(&entry.body)
            .ok()
            .and_then(|body| body.get(&entry.kind).cloned())
            .unwrap_or_default(),
        kind: entry.kind,
    });
    Ok(Json(happened.collect()))
}

/// A register whose rows name a row.
#[derive(Serialize, ToSchema)]
pub(crate) struct ReferringFace {
    /// The register.
    name: &'static str,
    /// What people call it.
    title: super::TitleFace,
    /// How many of its rows do.
    rows: u64,
    /// The filter of its list that shows them.
    refers: String,
}

/// What names a row: which registers, how many of their rows, and the filter that lists them.
#[utoipa::path(get, path = "/api/v1/registers/{name}/rows/{key}/referring", tag = "register", operation_id = "register_row_referring",
    params(("name" = String, Path), ("key" = String, Path)),
    responses((status = 200, body = Vec<ReferringFace>), (status = 401, body = ProblemBody), (status = 404, body = ProblemBody)))]
pub(crate) async fn referring(
    State(state): State<AppState>,
    caller: Caller,
    City(city): City,
    Path((name, key)): Path<(String, String)>,
) -> Result<Json<Vec<ReferringFace>>, Problem> {
    let ledger = state.ledger().clone();
    let found = state
        .read(move |tx| {
            let register = ledger.register(&name)?;
            let target = register.description().name;
            seen_row(tx, city, register, &caller, &key)?;
            let mut found = Vec::new();
            for other in ledger.registers().iter().map(AsRef::as_ref) {
                let described = other.description();
                let Some(mut conditions) = reach::seen(other, &caller.actor) else { continue };
                if !super::names(described.fields, target) {
                    continue;
                }
                conditions.push(Condition::Tagged(vec![register::reference_tag(target, &key).into()]));
                let rows = register::count_rows(tx, city, other, Query { conditions, ..Query::default() })?;
                if rows > 0 {
                    let refers = format!("{target}:{key}");
                    found.push(ReferringFace {
                        name: described.name,
                        title: described.title.into(),
                        rows,
                        refers,
                    });
                }
            }
            Ok::<_, LedgerError>(found)
        })
        .await?;
    Ok(Json(found))
}

/// The address of a row, for `Location`.
pub(super) fn location(name: &str, key: &str) -> [(HeaderName, String); 1] {
    let key: String = form_urlencoded::byte_serialize(key.as_bytes()).collect();
    [(header::LOCATION, format!("/api/v1/registers/{name}/rows/{}", key.replace('+', "%20")))]
}
