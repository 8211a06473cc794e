//! What is done with cases: a report that the staff takes in, acts under the version seen, a look at contact data.

use std::collections::BTreeMap;

use axum::{
    Json,
    extract::{Path, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use governance::{
    case::{Attachment, AttachmentRole, Command, Lane, Source, noun::CaseNoun},
    desk::{self, Desk, NewReport, Part, Wanted},
};
use kernel::{error::ErrorKind, id::CaseId, role::Action};
use ledger::Record;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::routes;

use super::{
    case_id,
    face::{CaseRow, acts_of, row},
};
use crate::{
    api::report::{ContactBody, NewPlaceBody, pointed},
    app::AppState,
    desk::at_desk,
    once::Once,
    problem::{Problem, ProblemBody},
    request::{JsonBody, seen_version, version_tag},
    rights::{Caller, City},
    routes::{Guard, Routes},
};

pub(super) fn routes(routes: Routes) -> Routes {
    routes
        .route(Guard::Right(Action::CaseReport), routes!(add))
        .route(Guard::Right(Action::CaseView), routes!(act))
        .route(Guard::Right(Action::ContactReveal), routes!(reveal))
}

/// A photo that was taken in before, and what it shows.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AttachmentBody {
    /// SHA-256, as the upload gave it.
    hash: String,
    /// `before`, `after` or `other`.
    #[schema(value_type = String)]
    role: AttachmentRole,
}

/// A report that a member of staff takes in.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewCase {
    /// Where it came from: `collector`, `hotline`, `leader` …
    #[schema(value_type = String)]
    source: Source,
    /// `ordinary`, or `self_handled` where the collector has put it right.
    #[serde(default)]
    #[schema(value_type = String)]
    lane: Lane,
    /// What was said.
    #[serde(default)]
    text: String,
    /// The class.
    #[serde(default)]
    class: Option<String>,
    /// Where it is.
    #[serde(default)]
    place: Option<NewPlaceBody>,
    /// The component's identifier.
    #[serde(default)]
    component: Option<String>,
    /// It goes first.
    #[serde(default)]
    urgent: bool,
    /// Photos.
    #[serde(default)]
    attachments: Vec<AttachmentBody>,
    /// Who may be asked back; goes to the vault.
    #[serde(default)]
    contact: Option<ContactBody>,
}

/// A case after an act.
#[derive(Serialize, Deserialize, ToSchema)]
pub(crate) struct Acted {
    /// As the list has it.
    row: CaseRow,
    /// The kinds of act that the caller may do now.
    acts: Vec<String>,
    /// The version that it has now.
    version: u64,
}

fn acted(at_desk: &Desk<'_>, id: CaseId, record: &Record<CaseNoun>) -> Acted {
    Acted {
        row: row(record, at_desk.at),
        acts: acts_of(at_desk, id, &record.state).into_iter().map(str::to_owned).collect(),
        version: record.version,
    }
}

/// Take a report in, as a member of staff. Residents use `/reports`.
#[utoipa::path(post, path = "/api/v1/cases", tag = "case", operation_id = "case_add", request_body = NewCase,
    params(("Idempotency-Key" = String, Header)),
    responses((status = 201, body = Acted), (status = 400, body = ProblemBody), (status = 403, body = ProblemBody), (status = 422, body = ProblemBody)))]
pub(crate) async fn add(
    State(state): State<AppState>,
    caller: Caller,
    City(city): City,
    once: Once<NewCase>,
) -> Result<Response, Problem> {
    let ticket = once.ticket.needed()?;
    if caller.city.is_none() {
        return Err(Problem::new(ErrorKind::Unauthenticated, "sign_in_needed"));
    }
    let body = once.body;
    let attachments = body.attachments.into_iter();
    let new = NewReport {
        lane: body.lane,
        class: body.class,
        place: body.place.map(NewPlaceBody::place).transpose()?,
        component: body.component,
        urgent: body.urgent,
        attachments: attachments.map(|one| Attachment { hash: one.hash, role: one.role, round: 0 }).collect(),
        contact: body.contact.map(ContactBody::contact),
        ..NewReport::new(body.source, &body.text)
    };
    let (inner, actor) = (state.clone(), caller.actor.clone());
    let (made, _) = state
        .write_once(city, &caller, ticket, move |tx, at| {
            at_desk(tx, (&inner, city), &actor, at, |tx, at_desk| {
                let reported = desk::report(tx, at_desk, new)?;
                Ok(acted(at_desk, reported.id, &reported.record))
            })
        })
        .await
        .map_err(pointed)?;
    let place = [(header::LOCATION, format!("/api/v1/cases/{}", made.row.id))];
    Ok((StatusCode::CREATED, version_tag(made.version), place, Json(made)).into_response())
}

/// A problem that becomes a case of its own.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PartBody {
    /// What it is.
    text: String,
}

/// What somebody wants done.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ActBody {
    /// One command: `{"<kind>": {…}}`.
    #[schema(value_type = Object)]
    command: Command,
    /// Beside `file`: the id of the filing condition.
    #[serde(default)]
    condition: Option<String>,
    /// Beside `merge` and `unmerge`: the other case. Beside `merge` it must be the one that the command names.
    #[serde(default)]
    other: Option<String>,
    /// Beside `split`: what becomes cases of their own.
    #[serde(default)]
    parts: Vec<PartBody>,
}

fn wanted(body: ActBody) -> Result<Wanted, Problem> {
    let mut command = body.command;
    match &mut command {
        Command::Merge { into } if body.other.is_some_and(|other| other != into.to_string()) => {
            return Err(Problem::malformed("other"));
        }
        // Whom the vault knows is not for a caller to name.
        Command::Follow { person } => *person = None,
        _ => {}
    }
    let parts = body.parts.into_iter().map(|part| Part { text: part.text }).collect();
    Ok(Wanted { command, condition: body.condition, parts, is_reporter: false })
}

/// Do something with a case, as it stands in the version seen.
#[utoipa::path(post, path = "/api/v1/cases/{id}/acts", tag = "case", operation_id = "case_act", request_body = ActBody,
    params(("id" = String, Path), ("If-Match" = String, Header), ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 200, body = Acted), (status = 403, body = ProblemBody), (status = 404, body = ProblemBody), (status = 409, body = ProblemBody),
        (status = 412, body = ProblemBody), (status = 422, body = ProblemBody), (status = 428, body = ProblemBody)))]
pub(crate) async fn act(
    State(state): State<AppState>,
    caller: Caller,
    City(city): City,
    Path(id): Path<String>,
    headers: HeaderMap,
    once: Once<ActBody>,
) -> Result<Response, Problem> {
    let id = case_id(&id)?;
    let seen = seen_version(&headers)?;
    let wanted = wanted(once.body)?;
    let (inner, actor) = (state.clone(), caller.actor.clone());
    let (done, _) = state
        .write_once(city, &caller, once.ticket, move |tx, at| {
            at_desk(tx, (&inner, city), &actor, at, |tx, at_desk| {
                let record = desk::act(tx, at_desk, id, Some(seen), wanted)?;
                Ok(acted(at_desk, id, &record))
            })
        })
        .await?;
    Ok((version_tag(done.version), Json(done)).into_response())
}

/// Why contact data is wanted.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RevealBody {
    /// Why; the reporter's page shows that somebody looked, the audit shows why.
    pub(in crate::api) reason: String,
}

/// Contact data of a reporter; what was not given is left out.
#[derive(Serialize, ToSchema)]
pub(crate) struct ContactFace {
    /// The name.
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    /// The telephone number.
    #[serde(skip_serializing_if = "Option::is_none")]
    phone: Option<String>,
    /// The e-mail address.
    #[serde(skip_serializing_if = "Option::is_none")]
    email: Option<String>,
}

impl ContactFace {
    /// Of what the vault gave.
    pub(in crate::api) fn of(found: &BTreeMap<String, String>) -> Self {
        let field = |name: &str| found.get(name).cloned();
        Self { name: field("name"), phone: field("phone"), email: field("email") }
    }
}

/// Show a reporter's contact data, with a reason. Each look is on record and the reporter sees that it happened: a request that is sent
/// again is another look, whatever key it carries.
#[utoipa::path(post, path = "/api/v1/cases/{id}/reveal", tag = "case", operation_id = "case_reveal", request_body = RevealBody,
    params(("id" = String, Path)),
    responses((status = 200, body = ContactFace), (status = 403, body = ProblemBody), (status = 404, body = ProblemBody), (status = 422, body = ProblemBody)))]
pub(crate) async fn reveal(
    State(state): State<AppState>,
    caller: Caller,
    City(city): City,
    Path(id): Path<String>,
    JsonBody(body): JsonBody<RevealBody>,
) -> Result<Json<ContactFace>, Problem> {
    let id = case_id(&id)?;
    let (inner, actor, reason) = (state.clone(), caller.actor.clone(), body.reason);
    let found = state
        .write(city, move |tx, at| {
            at_desk(tx, (&inner, city), &actor, at, |tx, at_desk| desk::reveal(tx, at_desk, id, &reason))
        })
        .await?;
    Ok(Json(ContactFace::of(&found)))
}
