//! What is done with call sheets: begun, filled while the caller talks, decided, followed up; a look at who called.

use axum::{
    Json,
    extract::{Path, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use db::Tx;
use governance::{
    call::{
        Command, DemandKind, Filling,
        desk::{self, Wanted},
        noun::CallNoun,
    },
    case::Place,
    desk::{Contact, Desk},
};
use kernel::{error::ErrorKind, id::CallId, role::Action};
use ledger::{LedgerError, Record};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use utoipa::ToSchema;
use utoipa_axum::routes;

use super::{
    call_id,
    face::{CallRow, acts_of, row},
};
use crate::{
    api::{
        case::{ContactFace, RevealBody},
        report::{ContactBody, NewPlaceBody},
    },
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
        .route(Guard::Right(Action::CallTake), routes!(begin))
        .route(Guard::Right(Action::CallView), routes!(act))
        .route(Guard::Right(Action::ContactReveal), routes!(reveal))
}

/// What a sheet is filled with; what is left out stays as it is.
#[derive(Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SheetBody {
    /// What was said, at most 2,000 characters.
    #[serde(default)]
    text: Option<String>,
    /// `consultation`, `request`, `complaint`, `suggestion` or `praise`.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    kind: Option<DemandKind>,
    /// The class.
    #[serde(default)]
    class: Option<String>,
    /// Where it is.
    #[serde(default)]
    place: Option<NewPlaceBody>,
    /// It goes first.
    #[serde(default)]
    urgent: Option<bool>,
    /// It needs several bodies, or a long time.
    #[serde(default)]
    complex: Option<bool>,
    /// The caller asks that nobody outside the desk learns who called.
    #[serde(default)]
    secret: Option<bool>,
    /// Who calls; goes to the vault.
    #[serde(default)]
    contact: Option<ContactBody>,
}

impl SheetBody {
    fn filling(self) -> Result<(Filling, Option<Contact>), Problem> {
        let place = self.place.map(NewPlaceBody::place).transpose()?.map(|new| Place {
            lon: new.position.lon,
            lat: new.position.lat,
            address: new.address,
            ..Place::default()
        });
        let filling = Filling {
            text: self.text,
            kind: self.kind,
            class: self.class,
            place,
            caller: None,
            urgent: self.urgent,
            complex: self.complex,
            secret: self.secret,
        };
        Ok((filling, self.contact.map(ContactBody::contact)))
    }
}

/// A sheet after an act.
#[derive(Serialize, Deserialize, ToSchema)]
pub(crate) struct CallActed {
    /// As the list has it.
    row: CallRow,
    /// The kinds of act that the caller may do now.
    acts: Vec<String>,
    /// The version that it has now.
    version: u64,
}

fn acted(at_desk: &Desk<'_>, id: CallId, record: &Record<CallNoun>) -> CallActed {
    CallActed {
        row: row(record, at_desk.at),
        acts: acts_of(at_desk, id, &record.state).into_iter().map(str::to_owned).collect(),
        version: record.version,
    }
}

/// Says which field of a sheet a refusal is about, so that the form points to it.
fn pointed(problem: Problem) -> Problem {
    let field = match problem.code.as_str() {
        "point_outside_city"
        | "point_outside_border"
        | "position_out_of_range"
        | "call_place_malformed"
        | "case_place_malformed" => "place",
        "class_unknown" => "class",
        "call_text_missing" | "case_report_empty" => "text",
        "call_satisfaction_out_of_range" => "satisfaction",
        "call_reason_missing" => "reason",
        _ => return problem,
    };
    problem.about(field)
}

/// Begin a call sheet at one's own seat.
#[utoipa::path(post, path = "/api/v1/calls", tag = "call", operation_id = "call_begin", request_body = SheetBody,
    params(("Idempotency-Key" = String, Header)),
    responses((status = 201, body = CallActed), (status = 400, body = ProblemBody), (status = 403, body = ProblemBody), (status = 422, body = ProblemBody)))]
pub(crate) async fn begin(
    State(state): State<AppState>,
    caller: Caller,
    City(city): City,
    once: Once<SheetBody>,
) -> Result<Response, Problem> {
    let ticket = once.ticket.needed()?;
    if caller.city.is_none() {
        return Err(Problem::new(ErrorKind::Unauthenticated, "sign_in_needed"));
    }
    let (filling, contact) = once.body.filling()?;
    let (inner, actor) = (state.clone(), caller.actor.clone());
    let (made, _) = state
        .write_once(city, &caller, ticket, move |tx, at| {
            at_desk(tx, (&inner, city), &actor, at, |tx, at_desk| {
                let record = desk::begin(tx, at_desk, filling, contact.as_ref())?;
                Ok(acted(at_desk, desk::id_of(&record)?, &record))
            })
        })
        .await
        .map_err(pointed)?;
    let place = [(header::LOCATION, format!("/api/v1/calls/{}", made.row.id))];
    Ok((StatusCode::CREATED, version_tag(made.version), place, Json(made)).into_response())
}

/// What somebody wants done with a sheet.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CallActBody {
    /// One command, `{"<kind>": {…}}`: `fill` takes what `POST /calls` takes, `hand_over` makes the case, `join` takes a case's id or
    /// reference.
    #[schema(value_type = Object)]
    command: serde_json::Map<String, serde_json::Value>,
}

/// It becomes a case of its own, made here.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct HandOverBody {
    #[serde(default)]
    note: String,
}

/// It is about a case that is there.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct JoinBody {
    /// Id or reference.
    case: String,
    #[serde(default)]
    note: String,
}

/// An act as it came in.
enum Asked {
    Plain(Box<Wanted>),
    Join(JoinBody),
}

fn read<T: DeserializeOwned>(value: serde_json::Value) -> Result<T, Problem> {
    serde_json::from_value(value).map_err(|_| Problem::malformed("command"))
}

fn asked(body: CallActBody) -> Result<Asked, Problem> {
    let mut commands = body.command.into_iter();
    let (Some((kind, value)), None) = (commands.next(), commands.next()) else {
        return Err(Problem::malformed("command"));
    };
    Ok(Asked::Plain(Box::new(match kind.as_str() {
        "fill" => {
            let (filling, contact) = read::<SheetBody>(value)?.filling()?;
            Wanted::Fill { filling: Box::new(filling), contact }
        }
        "hand_over" => Wanted::MakeCase { note: read::<HandOverBody>(value)?.note },
        "join" => return Ok(Asked::Join(read(value)?)),
        _ => {
            let mut command: Command = read(serde_json::json!({ kind: value }))?;
            // On which case a redo goes on is found out here.
            if let Command::FollowUp { case, .. } = &mut command {
                *case = None;
            }
            Wanted::Other(command)
        }
    })))
}

fn wanted(tx: &mut Tx<'_>, at_desk: &Desk<'_>, asked: Asked) -> Result<Wanted, LedgerError> {
    let JoinBody { case, note } = match asked {
        Asked::Plain(wanted) => return Ok(*wanted),
        Asked::Join(join) => join,
    };
    let found = governance::desk::find(tx, at_desk.view, &case)?.ok_or(LedgerError::NotFound)?;
    Ok(Wanted::Other(Command::Join { case: governance::desk::id_of(&found)?, note }))
}

/// Do something with a sheet, as it stands in the version seen.
#[utoipa::path(post, path = "/api/v1/calls/{id}/acts", tag = "call", operation_id = "call_act", request_body = CallActBody,
    params(("id" = String, Path), ("If-Match" = String, Header), ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 200, body = CallActed), (status = 400, body = ProblemBody), (status = 403, body = ProblemBody), (status = 404, body = ProblemBody),
        (status = 409, body = ProblemBody), (status = 412, body = ProblemBody), (status = 422, body = ProblemBody), (status = 428, body = ProblemBody)))]
pub(crate) async fn act(
    State(state): State<AppState>,
    caller: Caller,
    City(city): City,
    Path(id): Path<String>,
    headers: HeaderMap,
    once: Once<CallActBody>,
) -> Result<Response, Problem> {
    let id = call_id(&id)?;
    let seen = seen_version(&headers)?;
    let asked = asked(once.body)?;
    let (inner, actor) = (state.clone(), caller.actor.clone());
    let (done, _) = state
        .write_once(city, &caller, once.ticket, move |tx, at| {
            at_desk(tx, (&inner, city), &actor, at, |tx, at_desk| {
                let wanted = wanted(tx, at_desk, asked)?;
                let record = desk::act(tx, at_desk, id, Some(seen), wanted)?;
                Ok(acted(at_desk, id, &record))
            })
        })
        .await
        .map_err(pointed)?;
    Ok((version_tag(done.version), Json(done)).into_response())
}

/// Show a caller's contact data, with a reason: who calls back needs the number. Each look is on record: a request that is
/// sent again is another look, whatever key it carries.
#[utoipa::path(post, path = "/api/v1/calls/{id}/reveal", tag = "call", operation_id = "call_reveal", request_body = RevealBody,
    params(("id" = String, Path)),
    responses((status = 200, body = ContactFace), (status = 403, body = ProblemBody), (status = 404, body = ProblemBody), (status = 409, body = ProblemBody),
        (status = 422, body = ProblemBody)))]
pub(crate) async fn reveal(
    State(state): State<AppState>,
    caller: Caller,
    City(city): City,
    Path(id): Path<String>,
    JsonBody(body): JsonBody<RevealBody>,
) -> Result<Json<ContactFace>, Problem> {
    let id = call_id(&id)?;
    let (inner, actor, reason) = (state.clone(), caller.actor.clone(), body.reason);
    let found = state
        .write(city, move |tx, at| {
            at_desk(tx, (&inner, city), &actor, at, |tx, at_desk| desk::reveal(tx, at_desk, id, &reason))
        })
        .await?;
    Ok(Json(ContactFace::of(&found)))
}
