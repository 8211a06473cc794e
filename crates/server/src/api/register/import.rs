//! A file brought into a register: read and compared first, written at the caller's word, taken back whole. Progress is what the work has
//! done, asked for at the import's address.

mod desk;
mod face;

use axum::{
    Json,
    body::Bytes,
    extract::{FromRequest as _, Multipart, Path, Request, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use exchange::{Reach, Remark, import::Import};
use kernel::{
    code::CityCode,
    error::{ErrorKind, Refusal},
    id::{IdSource as _, SystemIds},
};
use ledger::{LedgerError, Record};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

pub(crate) use self::desk::Imports;
use self::{
    desk::{Brought, Stage},
    face::{DifferencePage, ImportFace},
};
use super::{export::file_language, reach, seen_or_not_found};
use crate::{
    api::{PAGE, PAGE_MAX},
    app::AppState,
    language::Language,
    problem::{Problem, ProblemBody},
    request::Arguments,
    rights::{Caller, City},
};

/// Largest file of one import, bytes.
const IMPORT_BYTES_MAX: usize = 20 * 1024 * 1024;
/// Largest body with such a file.
pub(crate) const FORM_BYTES_MAX: usize = IMPORT_BYTES_MAX + 64 * 1024;
/// Imports that are looked through for those of the caller.
const IMPORTS_LISTED_MAX: usize = 1_000;
/// An import that wrote nothing for so long, milliseconds, writes no more: the process that did has ended.
const IMPORT_SILENT_MS: i64 = 60_000;

/// How a file is called where it is the body itself.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct FileName {
    /// The file's name.
    file: Option<String>,
}

/// Which lines of the difference.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct DifferenceArguments {
    /// `new`, `changed`, `unchanged`, `conflict`, `refused`, with commas between; all where it is absent.
    outcome: Option<String>,
    /// Where the last page ended.
    after: Option<usize>,
    /// How many.
    limit: Option<u32>,
}

/// A form with one file.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes the form; the parts are read one by one")]
pub(crate) struct ImportForm {
    /// CSV, XLSX, GeoJSON, JSON with one row a line, or for projects a package of OC4IDS; at most 20 MiB.
    #[schema(value_type = String, format = Binary)]
    file: Vec<u8>,
}

/// What came of taking an import back.
#[derive(Serialize, ToSchema)]
pub(crate) struct UndoneFace {
    /// The import.
    import: String,
    /// Rows put back as they were.
    restored: u64,
    /// Rows that stay.
    kept: Vec<KeptFace>,
}

/// A row that stays as it is.
#[derive(Serialize, ToSchema)]
pub(crate) struct KeptFace {
    /// Its key.
    key: String,
    /// Why, as a translation key.
    code: String,
    /// The same in the caller's language.
    message: String,
}

/// What the caller may see and change in a register.
async fn reach_of(state: &AppState, caller: &Caller, city: CityCode, name: &str) -> Result<Reach, Problem> {
    let (ledger, name, own) = (state.ledger().clone(), name.to_owned(), caller.clone());
    let work = move |tx: &mut db::Tx<'_>| {
        let register = ledger.register(&name)?;
        seen_or_not_found(register, &own)?;
        reach::of_file(tx, city, register, &own.actor)
    };
    state.read::<_, LedgerError>(work).await
}

/// The file of a request: the part of a form that is called `file`, or the body itself.
async fn file_of(request: Request, state: &AppState, named: FileName) -> Result<(String, Bytes), Problem> {
    let is_form = request
        .headers()
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|kind| kind.trim_start().starts_with("multipart/form-data"));
    let mut found = None;
    if is_form {
        let parts = Multipart::from_request(request, state).await;
        let mut parts = parts.map_err(|rejection| Problem::of_status(rejection.status()))?;
        while let Some(part) = parts.next_field().await.map_err(|error| Problem::of_status(error.status()))? {
            if part.name() == Some("file") {
                let name = part.file_name().unwrap_or_default().to_owned();
                let bytes = part.bytes().await.map_err(|error| Problem::of_status(error.status()))?;
                found = Some((name, bytes));
            }
        }
    } else {
        let bytes = Bytes::from_request(request, state).await;
        let bytes = bytes.map_err(|rejection| Problem::of_status(rejection.status()))?;
        found = Some((String::new(), bytes));
    }
    let (name, bytes) = found
        .filter(|(_, bytes)| !bytes.is_empty())
        .ok_or_else(|| Problem::field("file", "value_missing"))?;
    if bytes.len() > IMPORT_BYTES_MAX {
        return Err(Problem::of_status(StatusCode::PAYLOAD_TOO_LARGE));
    }
    Ok((named.file.unwrap_or(name), bytes))
}

/// Bring a file. It is read and compared with what stands, cell by cell; nothing is written. A small file is answered when that is done, of
/// another one the answer says how far it is; ask at the import's address. One that only waits is forgotten after an hour or when the
/// process ends. Rows of other units are refused like any row that the caller could not change by hand.
#[utoipa::path(post, path = "/api/v1/registers/{name}/imports", tag = "register", operation_id = "register_import_bring",
    params(("name" = String, Path), FileName),
    request_body(content = ImportForm, content_type = "multipart/form-data", description = "a form, or the file itself as the body"),
    responses((status = 201, body = ImportFace), (status = 400, body = ProblemBody), (status = 401, body = ProblemBody), (status = 403, body = ProblemBody),
        (status = 404, body = ProblemBody), (status = 413, body = ProblemBody), (status = 422, body = ProblemBody), (status = 429, body = ProblemBody)))]
pub(crate) async fn bring(
    State(state): State<AppState>,
    caller: Caller,
    City(city): City,
    Path(name): Path<String>,
    Arguments(named): Arguments<FileName>,
    request: Request,
) -> Result<Response, Problem> {
    let language = Language::of(request.headers());
    let reach = reach_of(&state, &caller, city, &name).await?;
    let (file, bytes) = file_of(request, &state, named).await?;
    let now = state.now();
    let id = SystemIds.next(now).to_string();
    let brought = Brought {
        register: name.clone(),
        by: caller.actor.id.clone(),
        unit: caller.actor.unit.clone().unwrap_or_default(),
        // The name of a file may name somebody.
        file: kernel::text::mask_personal(&file).text,
        bytes: bytes.into(),
    };
    let import = state.imports().keep(id, city, brought, now)?;
    desk::check(&state, &import, reach);
    import.settle().await;
    if let Some(problem) = import.problem.lock().clone() {
        return Err(problem);
    }
    let place = [(header::LOCATION, format!("/api/v1/registers/{name}/imports/{}", import.id))];
    Ok((StatusCode::CREATED, place, Json(ImportFace::of(&import, language))).into_response())
}

fn unknown() -> LedgerError {
    Refusal::not_found("import_unknown").into()
}

/// An import of the caller as the ledger knows it, and whether it was silent for so long that nobody writes it any more.
async fn recorded(
    state: &AppState,
    caller: &Caller,
    city: CityCode,
    (name, id): (&str, &str),
) -> Result<(Record<Import>, bool), Problem> {
    let (name, id, by) = (name.to_owned(), id.to_owned(), caller.actor.id.clone());
    let now = state.now();
    let work = move |tx: &mut db::Tx<'_>| {
        let record = ledger::get::<Import>(tx, city, &id)?;
        let record = record.filter(|record| record.state.register == name && record.state.by == by);
        let record = record.ok_or_else(unknown)?;
        let written_at = exchange::import::written_at(tx, city, &id)?;
        let is_silent = written_at.is_none_or(|at| now - at > IMPORT_SILENT_MS);
        Ok((record, is_silent))
    };
    state.read::<_, exchange::ExchangeError>(work).await
}

/// How far an import is, and what came of it: rows read, compared, written so far, of how many.
#[utoipa::path(get, path = "/api/v1/registers/{name}/imports/{id}", tag = "register", operation_id = "register_import",
    params(("name" = String, Path), ("id" = String, Path)),
    responses((status = 200, body = ImportFace), (status = 401, body = ProblemBody), (status = 403, body = ProblemBody), (status = 404, body = ProblemBody)))]
pub(crate) async fn one(
    State(state): State<AppState>,
    caller: Caller,
    City(city): City,
    Path((name, id)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Json<ImportFace>, Problem> {
    let language = Language::of(&headers);
    let Some(import) = state.imports().find(&id, city, &name, &caller.actor.id) else {
        let (record, is_silent) = recorded(&state, &caller, city, (&name, &id)).await?;
        return Ok(Json(ImportFace::of_record(&record, is_silent)));
    };
    let face = ImportFace::of(&import, language);
    if import.stage() == Stage::Undone {
        let (record, _) = recorded(&state, &caller, city, (&name, &id)).await?;
        return Ok(Json(face.with_undoing(&record.state)));
    }
    Ok(Json(face))
}

/// The caller's imports that wrote something, the newest first.
#[utoipa::path(get, path = "/api/v1/registers/{name}/imports", tag = "register", operation_id = "register_imports",
    params(("name" = String, Path)),
    responses((status = 200, body = Vec<ImportFace>), (status = 401, body = ProblemBody), (status = 403, body = ProblemBody), (status = 404, body = ProblemBody)))]
pub(crate) async fn list(
    State(state): State<AppState>,
    caller: Caller,
    City(city): City,
    Path(name): Path<String>,
) -> Result<Json<Vec<ImportFace>>, Problem> {
    let (ledger, now) = (state.ledger().clone(), state.now());
    let work = move |tx: &mut db::Tx<'_>| {
        seen_or_not_found(ledger.register(&name)?, &caller)?;
        let (mut found, mut after, mut seen) = (Vec::new(), None, 0);
        while found.len() < PAGE as usize && seen < IMPORTS_LISTED_MAX {
            let page = exchange::import::list(tx, city, Some(&name), after, PAGE)?;
            let Some(last) = page.last() else { break };
            after = Some(last.row);
            seen += page.len();
            found.extend(page.into_iter().filter(|record| record.state.by == caller.actor.id));
        }
        found.truncate(PAGE as usize);
        let mut faces = Vec::new();
        for record in found {
            let is_open = record.state.ended_at.is_none();
            let written_at =
                if is_open { exchange::import::written_at(tx, city, &record.key)? } else { None };
            let is_silent = written_at.is_none_or(|at| now - at > IMPORT_SILENT_MS);
            faces.push(ImportFace::of_record(&record, is_silent));
        }
        Ok(faces)
    };
    state.read::<_, exchange::ExchangeError>(work).await.map(Json)
}

/// An import of the caller that is remembered.
fn remembered(
    state: &AppState,
    caller: &Caller,
    city: CityCode,
    (name, id): (&str, &str),
) -> Result<std::sync::Arc<desk::Import>, Problem> {
    let found = state.imports().find(id, city, name, &caller.actor.id);
    found.ok_or_else(|| Problem::new(ErrorKind::NotFound, "import_unknown"))
}

/// What would become of each row, or what became of it: cell by cell, with what is wrong and how to mend it, page by page.
#[utoipa::path(get, path = "/api/v1/registers/{name}/imports/{id}/differences", tag = "register", operation_id = "register_import_differences",
    params(("name" = String, Path), ("id" = String, Path), DifferenceArguments),
    responses((status = 200, body = DifferencePage), (status = 400, body = ProblemBody), (status = 401, body = ProblemBody), (status = 403, body = ProblemBody),
        (status = 404, body = ProblemBody)))]
pub(crate) async fn differences(
    State(state): State<AppState>,
    caller: Caller,
    City(city): City,
    Path((name, id)): Path<(String, String)>,
    Arguments(asked): Arguments<DifferenceArguments>,
    headers: HeaderMap,
) -> Result<Json<DifferencePage>, Problem> {
    let import = remembered(&state, &caller, city, (&name, &id))?;
    let description = state.ledger().register(&name).map_err(Problem::from)?.description();
    let outcomes: Vec<&str> =
        asked.outcome.as_deref().map(|text| text.split(',').collect()).unwrap_or_default();
    let known = ["new", "changed", "unchanged", "conflict", "refused"];
    if outcomes.iter().any(|outcome| !known.contains(outcome)) {
        return Err(Problem::malformed("outcome"));
    }
    let limit = asked.limit.unwrap_or(PAGE).clamp(1, PAGE_MAX) as usize;
    let found = std::sync::Arc::clone(&import.found.lock());
    let page = (outcomes.as_slice(), asked.after.unwrap_or_default(), limit);
    Ok(Json(DifferencePage::of(&found, description, page, Language::of(&headers))))
}

/// A copy of the table with what is wrong in colour, as a note, and in a last column.
#[utoipa::path(get, path = "/api/v1/registers/{name}/imports/{id}/marked", tag = "register", operation_id = "register_import_marked",
    params(("name" = String, Path), ("id" = String, Path)),
    responses((status = 200, content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", body = [u8]),
        (status = 401, body = ProblemBody), (status = 403, body = ProblemBody), (status = 404, body = ProblemBody), (status = 422, body = ProblemBody)))]
pub(crate) async fn marked(
    State(state): State<AppState>,
    caller: Caller,
    City(city): City,
    Path((name, id)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let import = remembered(&state, &caller, city, (&name, &id))?;
    let language = Language::of(&headers);
    let make = move || {
        let found = std::sync::Arc::clone(&import.found.lock());
        let speak = face::speak(language);
        let said = |remark: &Remark| {
            let mut said = remark.clone();
            said.say(&speak);
            said
        };
        let account = &found.account;
        let remarks: Vec<Remark> = account.refusals.iter().chain(&account.warnings).map(said).collect();
        exchange::marked(import.bytes.clone(), &remarks, file_language(language))
    };
    let made = tokio::task::spawn_blocking(make).await;
    let bytes = made.map_err(|_| Problem::new(ErrorKind::Internal, "internal"))??;
    let head = [
        (
            header::CONTENT_TYPE,
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet".to_owned(),
        ),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}-marked.xlsx\"")),
    ];
    Ok((head, bytes).into_response())
}

/// Write what was found: rows that are new or changed, in batches, as one import that one undoing takes back. A row that was changed since it
/// was compared is refused. A file is written once: a second wish is a conflict.
#[utoipa::path(post, path = "/api/v1/registers/{name}/imports/{id}/apply", tag = "register", operation_id = "register_import_apply",
    params(("name" = String, Path), ("id" = String, Path)),
    responses((status = 202, body = ImportFace), (status = 401, body = ProblemBody), (status = 403, body = ProblemBody), (status = 404, body = ProblemBody),
        (status = 409, body = ProblemBody)))]
pub(crate) async fn apply(
    State(state): State<AppState>,
    caller: Caller,
    City(city): City,
    Path((name, id)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<(StatusCode, Json<ImportFace>), Problem> {
    let import = remembered(&state, &caller, city, (&name, &id))?;
    let reach = reach_of(&state, &caller, city, &name).await?;
    desk::apply(&state, &import, reach, state.now())?;
    import.settle().await;
    if let Some(problem) = import.problem.lock().clone() {
        return Err(problem);
    }
    Ok((StatusCode::ACCEPTED, Json(ImportFace::of(&import, Language::of(&headers)))))
}

/// Take an import back, in one act: its new rows are used no more, its changed rows get their former fields. What was changed since, or belongs
/// to another unit by now, stays and is named. One that was cut short is taken back as far as it came.
#[utoipa::path(post, path = "/api/v1/registers/{name}/imports/{id}/undo", tag = "register", operation_id = "register_import_undo",
    params(("name" = String, Path), ("id" = String, Path)),
    responses((status = 200, body = UndoneFace), (status = 401, body = ProblemBody), (status = 403, body = ProblemBody), (status = 404, body = ProblemBody),
        (status = 409, body = ProblemBody)))]
pub(crate) async fn undo(
    State(state): State<AppState>,
    caller: Caller,
    City(city): City,
    Path((name, id)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Json<UndoneFace>, Problem> {
    let kept = state.imports().find(&id, city, &name, &caller.actor.id);
    let (record, is_silent) = recorded(&state, &caller, city, (&name, &id)).await?;
    let is_written = match &kept {
        Some(import) => import.stage() == Stage::Saving,
        None => record.state.ended_at.is_none() && !is_silent,
    };
    if is_written {
        return Err(Problem::new(ErrorKind::Conflict, "import_running"));
    }
    let reach = reach_of(&state, &caller, city, &name).await?;
    let ledger = state.ledger().clone();
    let work = move |tx: &mut db::Tx<'_>, at| exchange::undo(tx, city, &ledger, &id, &reach, &caller.by(at));
    let undone = state.write::<_, exchange::ExchangeError>(city, work).await?;
    if let Some(import) = kept {
        import.undone();
    }
    let speak = face::speak(Language::of(&headers));
    let face = |kept: exchange::Kept| KeptFace {
        message: speak(&kept.code, &serde_json::Map::new()).unwrap_or_default(),
        key: kept.key,
        code: kept.code,
    };
    Ok(Json(UndoneFace {
        import: undone.import,
        restored: undone.restored,
        kept: undone.kept.into_iter().map(face).collect(),
    }))
}
