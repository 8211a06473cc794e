//! Entering, changing and taking rows out of use; their files; looking at the people in them.

use std::collections::BTreeMap;

use axum::{
    Json,
    extract::{Path, State},
    http::{HeaderMap, HeaderName, StatusCode},
};
use db::Tx;
use kernel::{
    code::CityCode,
    error::Refusal,
    id::{IdSource as _, PersonId, SystemIds},
    role::Action,
    time::Moment,
};
use ledger::{
    LedgerError, Vault,
    access::person,
    register::{self, AnyRegister, FieldDescription, FieldFault, File, FileChange, Kind, Row, RowFile},
};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use super::{
    reach,
    rows::{FileFace, RowFace, location, seen_row},
};
use crate::{
    app::AppState,
    once::Once,
    problem::{Problem, ProblemBody},
    request::{JsonBody, seen_version, version_tag},
    rights::{Caller, City},
};

/// What is kept of a person that a row names.
const PERSON_FIELDS: [&str; 4] = ["name", "phone", "id_number", "address"];
/// By which of them a person is found again.
const PERSON_MARKS: [&str; 2] = ["phone", "id_number"];

/// People in the fields: those that are given by name go into the vault and stand in the row by id. Gives those that were made; other ids
/// are the register's to look at.
fn keep_people(
    tx: &mut Tx<'_>,
    kept: (&Vault, CityCode, Moment),
    (fields, before): (&[FieldDescription], &str),
    row: &mut Value,
    made: &mut Vec<PersonId>,
) -> Result<(), LedgerError> {
    for field in fields {
        let Some(given) = row.get_mut(field.name) else { continue };
        match (field.kind, given) {
            (Kind::Rows { fields, .. }, Value::Array(rows)) => {
                for (number, row) in rows.iter_mut().enumerate() {
                    let before = format!("{before}{}.{number}.", field.name);
                    keep_people(tx, kept, (fields, &before), row, made)?;
                }
            }
            (Kind::Person, given @ Value::Object(_)) => {
                let malformed = || {
                    register::refused(&[FieldFault::new(
                        format!("{before}{}", field.name),
                        "person_malformed",
                    )])
                };
                let known = told(given).ok_or_else(malformed)?;
                let (vault, city, at) = kept;
                let person = PersonId(SystemIds.next(at));
                vault.keep(tx, city, person, &known, &PERSON_MARKS, at)?;
                *given = person.to_string().into();
                made.push(person);
            }
            _ => {}
        }
    }
    Ok(())
}

/// What is told of a person; none where it is not what is kept of one.
fn told(given: &Value) -> Option<BTreeMap<String, String>> {
    let mut known = BTreeMap::new();
    for (field, value) in given.as_object()? {
        if !PERSON_FIELDS.contains(&field.as_str()) {
            return None;
        }
        known.insert(field.clone(), value.as_str()?.trim().to_owned());
    }
    known.get("name").is_some_and(|name| !name.is_empty()).then_some(known)
}

fn forbidden() -> LedgerError {
    Refusal::forbidden("row_of_another_unit").into()
}

/// A row that was entered.
#[derive(Serialize, Deserialize)]
pub(crate) struct Entered {
    row: RowFace,
    key: String,
}

/// Enters a row. People are given as `{"name": …, "phone": …, "id_number": …, "address": …}` and go into the vault.
#[utoipa::path(post, path = "/api/v1/registers/{name}/rows", tag = "register", operation_id = "register_row_enter",
    params(("name" = String, Path), ("Idempotency-Key" = String, Header)), request_body = Object,
    responses((status = 201, body = RowFace), (status = 401, body = ProblemBody), (status = 403, body = ProblemBody),
        (status = 404, body = ProblemBody), (status = 412, body = ProblemBody), (status = 422, body = ProblemBody)))]
pub(crate) async fn enter(
    State(state): State<AppState>,
    caller: Caller,
    City(city): City,
    Path(name): Path<String>,
    Once { ticket, body }: Once<Value>,
) -> Result<(StatusCode, [(HeaderName, String); 1], Json<RowFace>), Problem> {
    let (ledger, own, register_name) = (state.ledger().clone(), caller.clone(), name.clone());
    let (entered, _) = state
        .write_once(city, &caller, ticket.needed()?, move |tx, at| {
            let register = ledger.register(&register_name)?;
            let mut fields = body;
            if reach::seen(register, &own.actor).is_none() {
                return Err(LedgerError::NotFound);
            }
            if !reach::may_change(tx, city, register, &own.actor, Action::RegisterEdit, &fields)? {
                return Err(forbidden());
            }
            let mut made = Vec::new();
            let described = register.description().fields;
            keep_people(tx, (ledger.vault(), city, at), (described, ""), &mut fields, &mut made)?;
            // A row that was taken out of use is entered again over what it was; one that stands is another's.
            let key = register.key(&fields)?;
            let stands = register::row(tx, city, register, &key)?;
            if stands.as_ref().is_some_and(|row| row.retired_at.is_none()) {
                return Err(Refusal::conflict("row_exists").with("key", key).into());
            }
            if let Some(row) = &stands
                && !reach::may_change(tx, city, register, &own.actor, Action::RegisterEdit, &row.fields)?
            {
                return Err(forbidden());
            }
            let seen = stands.map(|row| row.version);
            let row = register.put_with(tx, city, fields, seen, &own.by(at), &made)?;
            Ok(Entered { key: row.key.clone(), row: row.into() })
        })
        .await?;
    Ok((StatusCode::CREATED, location(&name, &entered.key), Json(entered.row)))
}

/// The row as it stands, where the caller may change it.
fn changeable(
    tx: &mut Tx<'_>,
    city: CityCode,
    register: &dyn AnyRegister,
    caller: &Caller,
    key: &str,
) -> Result<Row, LedgerError> {
    let row = seen_row(tx, city, register, caller, key)?;
    if reach::may_change(tx, city, register, &caller.actor, Action::RegisterEdit, &row.fields)? {
        Ok(row)
    } else {
        Err(forbidden())
    }
}

/// Changes a row: the whole row as it is to be. The key stays; another key is another row.
#[utoipa::path(put, path = "/api/v1/registers/{name}/rows/{key}", tag = "register", operation_id = "register_row_put",
    params(("name" = String, Path), ("key" = String, Path), ("If-Match" = String, Header)), request_body = Object,
    responses((status = 200, body = RowFace), (status = 403, body = ProblemBody), (status = 404, body = ProblemBody),
        (status = 412, body = ProblemBody), (status = 422, body = ProblemBody), (status = 428, body = ProblemBody)))]
pub(crate) async fn put(
    State(state): State<AppState>,
    caller: Caller,
    City(city): City,
    Path((name, key)): Path<(String, String)>,
    headers: HeaderMap,
    JsonBody(mut fields): JsonBody<Value>,
) -> Result<([(HeaderName, String); 1], Json<RowFace>), Problem> {
    let seen = seen_version(&headers)?;
    let ledger = state.ledger().clone();
    let row = state
        .write(city, move |tx, at| {
            let register = ledger.register(&name)?;
            changeable(tx, city, register, &caller, &key)?;
            // Nobody hands a row to a unit that is not theirs either.
            if !reach::may_change(tx, city, register, &caller.actor, Action::RegisterEdit, &fields)? {
                return Err(forbidden());
            }
            let mut made = Vec::new();
            let described = register.description().fields;
            keep_people(tx, (ledger.vault(), city, at), (described, ""), &mut fields, &mut made)?;
            if register.key(&fields)? != key {
                return Err(Refusal::invalid("row_key_changed").into());
            }
            register.put_with(tx, city, fields, Some(seen), &caller.by(at), &made)
        })
        .await?;
    Ok((version_tag(row.version), Json(row.into())))
}

/// Takes a row out of use. It stays readable, with its history, for what names it; entering it again brings it back.
#[utoipa::path(delete, path = "/api/v1/registers/{name}/rows/{key}", tag = "register", operation_id = "register_row_retire",
    params(("name" = String, Path), ("key" = String, Path), ("If-Match" = String, Header)),
    responses((status = 200, body = RowFace), (status = 403, body = ProblemBody), (status = 404, body = ProblemBody),
        (status = 409, body = ProblemBody), (status = 412, body = ProblemBody), (status = 428, body = ProblemBody)))]
pub(crate) async fn retire(
    State(state): State<AppState>,
    caller: Caller,
    City(city): City,
    Path((name, key)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<([(HeaderName, String); 1], Json<RowFace>), Problem> {
    let seen = seen_version(&headers)?;
    let ledger = state.ledger().clone();
    let row = state
        .write(city, move |tx, at| {
            let register = ledger.register(&name)?;
            changeable(tx, city, register, &caller, &key)?;
            register.retire(tx, city, &key, Some(seen), &caller.by(at))
        })
        .await?;
    Ok((version_tag(row.version), Json(row.into())))
}

/// Adds a document or photo to a row; the file was added before under `/api/v1/attachments`.
#[utoipa::path(post, path = "/api/v1/registers/{name}/rows/{key}/files", tag = "register", operation_id = "register_row_file",
    params(("name" = String, Path), ("key" = String, Path), ("If-Match" = String, Header)), request_body = FileFace,
    responses((status = 200, body = RowFace), (status = 403, body = ProblemBody), (status = 404, body = ProblemBody),
        (status = 412, body = ProblemBody), (status = 422, body = ProblemBody), (status = 428, body = ProblemBody)))]
pub(crate) async fn file(
    State(state): State<AppState>,
    caller: Caller,
    City(city): City,
    Path((name, key)): Path<(String, String)>,
    headers: HeaderMap,
    JsonBody(face): JsonBody<FileFace>,
) -> Result<([(HeaderName, String); 1], Json<RowFace>), Problem> {
    let filed = RowFile { file: File(face.file), title: face.title.trim().to_owned() };
    change_file(&state, (caller, city), (name, key), &headers, FileChange::Add(filed)).await
}

/// Takes a document or photo from a row.
#[utoipa::path(delete, path = "/api/v1/registers/{name}/rows/{key}/files/{hash}", tag = "register", operation_id = "register_row_unfile",
    params(("name" = String, Path), ("key" = String, Path), ("hash" = String, Path), ("If-Match" = String, Header)),
    responses((status = 200, body = RowFace), (status = 403, body = ProblemBody), (status = 404, body = ProblemBody),
        (status = 412, body = ProblemBody), (status = 428, body = ProblemBody)))]
pub(crate) async fn unfile(
    State(state): State<AppState>,
    caller: Caller,
    City(city): City,
    Path((name, key, hash)): Path<(String, String, String)>,
    headers: HeaderMap,
) -> Result<([(HeaderName, String); 1], Json<RowFace>), Problem> {
    change_file(&state, (caller, city), (name, key), &headers, FileChange::Remove(File(hash))).await
}

async fn change_file(
    state: &AppState,
    (caller, city): (Caller, CityCode),
    (name, key): (String, String),
    headers: &HeaderMap,
    change: FileChange,
) -> Result<([(HeaderName, String); 1], Json<RowFace>), Problem> {
    let seen = seen_version(headers)?;
    let ledger = state.ledger().clone();
    let row = state
        .write(city, move |tx, at| {
            let register = ledger.register(&name)?;
            changeable(tx, city, register, &caller, &key)?;
            register.set_file(tx, city, &key, change, Some(seen), &caller.by(at))
        })
        .await?;
    Ok((version_tag(row.version), Json(row.into())))
}

/// Whom somebody wants to see, and why.
#[derive(Deserialize, ToSchema)]
pub(crate) struct RevealPersonBody {
    /// The field that names the person; within a small table with the row's number, from 0: `members.2.person`.
    field: String,
    /// Why; it is kept, and the person can see it.
    reason: String,
}

/// Who a person is that a row names. Each look is an entry with its reason.
#[utoipa::path(post, path = "/api/v1/registers/{name}/rows/{key}/reveal", tag = "register", operation_id = "register_row_reveal",
    params(("name" = String, Path), ("key" = String, Path)), request_body = RevealPersonBody,
    responses((status = 200, body = BTreeMap<String, String>), (status = 403, body = ProblemBody), (status = 404, body = ProblemBody),
        (status = 422, body = ProblemBody)))]
pub(crate) async fn reveal(
    State(state): State<AppState>,
    caller: Caller,
    City(city): City,
    Path((name, key)): Path<(String, String)>,
    JsonBody(body): JsonBody<RevealPersonBody>,
) -> Result<Json<BTreeMap<String, String>>, Problem> {
    let ledger = state.ledger().clone();
    let shown = state
        .write(city, move |tx, at| {
            let register = ledger.register(&name)?;
            let row = seen_row(tx, city, register, &caller, &key)?;
            if !reach::may_change(tx, city, register, &caller.actor, Action::PersonReveal, &row.fields)? {
                return Err(forbidden());
            }
            let named = register::people(register.description().fields, &row.fields).into_iter();
            let person = named
                .filter(|named| named.path == body.field)
                .map(|named| named.person)
                .next()
                .ok_or(LedgerError::NotFound)?;
            let record = format!("{name}:{key}");
            let asked = person::Reveal {
                person,
                fields: &[],
                case: &record,
                role: caller.actor.role,
                reason: &body.reason,
            };
            person::reveal(ledger.vault(), tx, city, &asked, &caller.by(at))
        })
        .await?;
    Ok(Json(shown))
}
