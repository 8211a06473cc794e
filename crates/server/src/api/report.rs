//! Residents: a report without account, and what its public face allows afterwards. Who shows the token is the reporter.

mod face;

use axum::{
    Json,
    extract::{Path, State},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use db::Tx;
use governance::{
    case::{Attachment, AttachmentRole, Command, Source, noun::CaseNoun},
    desk::{self, CaseFilter, Contact, Desk, NewPlace, NewReport, Wanted},
};
use kernel::role::{Action, Actor};
use ledger::{LedgerError, Record};
use map::geometry::Position;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::routes;

use self::face::{PublicCase, PublicFace, public_case, public_face};
pub(super) use self::face::{ReceiptFace, class_of, photos};
use super::{
    case::within,
    unit::{self, UnitFace},
};
use crate::{
    app::AppState,
    desk::at_desk,
    limits::Source as Peer,
    once::{Once, Ticket},
    problem::{Problem, ProblemBody},
    request::Arguments,
    rights::{Caller, City},
    routes::{Guard, Routes},
};

pub(super) fn routes(routes: Routes) -> Routes {
    routes
        .route(Guard::Right(Action::CaseReport), routes!(add))
        .route(Guard::Right(Action::CasePublicView), routes!(show))
        .route(Guard::Right(Action::CaseFollow), routes!(follow))
        .route(Guard::Right(Action::CaseRate), routes!(rate))
        .route(Guard::Right(Action::CaseReopen), routes!(reopen))
        .route(Guard::Right(Action::CasePublicView), routes!(public_cases))
}

/// Where a problem is.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewPlaceBody {
    /// Degrees east.
    lon: f64,
    /// Degrees north.
    lat: f64,
    /// Words for finding it.
    #[serde(default)]
    address: Option<String>,
}

impl NewPlaceBody {
    /// As the desk takes it.
    ///
    /// # Errors
    /// 422 where it is no place on earth.
    pub(super) fn place(self) -> Result<NewPlace, Problem> {
        let position =
            Position::new(self.lon, self.lat).map_err(|error| Problem::from(error).about("place"))?;
        Ok(NewPlace { position, address: self.address.unwrap_or_default() })
    }
}

/// Who may be asked back. It goes to the vault; everything may be left out.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ContactBody {
    /// The name.
    #[serde(default)]
    name: Option<String>,
    /// The telephone number.
    #[serde(default)]
    phone: Option<String>,
    /// The e-mail address.
    #[serde(default)]
    email: Option<String>,
}

impl ContactBody {
    /// As the desk takes it.
    pub(super) fn contact(self) -> Contact {
        Contact {
            name: self.name.unwrap_or_default(),
            phone: self.phone.unwrap_or_default(),
            email: self.email.unwrap_or_default(),
        }
    }
}

/// Says which field of a report a refusal is about, so that the form points to it.
pub(super) fn pointed(problem: Problem) -> Problem {
    let field = match problem.code.as_str() {
        "point_outside_city" | "point_outside_border" | "position_out_of_range" | "case_place_malformed" => {
            "place"
        }
        "class_unknown" => "class",
        "attachment_unknown" => "attachments",
        "case_text_too_long" | "case_report_empty" => "text",
        _ => return problem,
    };
    problem.about(field)
}

/// A resident's report.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewReportBody {
    /// What is wrong, at most 8,000 characters.
    #[serde(default)]
    text: String,
    /// The class, where the resident knows it.
    #[serde(default)]
    class: Option<String>,
    /// Where it is.
    #[serde(default)]
    place: Option<NewPlaceBody>,
    /// Hashes of photos that were taken in before.
    #[serde(default)]
    attachments: Vec<String>,
    /// Who may be asked back.
    #[serde(default)]
    contact: Option<ContactBody>,
    /// It goes first.
    #[serde(default)]
    urgent: bool,
}

/// A report that was taken in.
#[derive(Serialize, Deserialize, ToSchema)]
pub(crate) struct ReportedFace {
    /// The case's id.
    id: String,
    /// What it is called.
    reference: String,
    /// The secret that shows that one is the reporter; given here and never again.
    token: String,
    /// Proof that it stands in the ledger.
    receipt: ReceiptFace,
    /// Who will handle it by the handbook.
    unit: Option<UnitFace>,
    /// Until when it should be done, UTC milliseconds.
    expected_at: Option<i64>,
}

/// At the residents' door a member of staff is a resident too; a program stays what it is.
fn at_the_door(caller: &Caller) -> Actor {
    if caller.signed_in.is_some() { Actor::resident() } else { caller.actor.clone() }
}

/// Report a problem.
#[utoipa::path(post, path = "/api/v1/reports", tag = "report", operation_id = "report_add", request_body = NewReportBody,
    params(("Idempotency-Key" = String, Header)),
    responses((status = 201, body = ReportedFace), (status = 400, body = ProblemBody), (status = 404, body = ProblemBody), (status = 422, body = ProblemBody),
        (status = 429, body = ProblemBody)))]
pub(crate) async fn add(
    State(state): State<AppState>,
    caller: Caller,
    Peer(source): Peer,
    City(city): City,
    once: Once<NewReportBody>,
) -> Result<Response, Problem> {
    let ticket = once.ticket.needed()?;
    let body = once.body;
    let position = body.place.as_ref().map(|place| (place.lon, place.lat));
    state.limits().check_report(source, &caller, position)?;
    let before = |hash: String| Attachment { hash, role: AttachmentRole::Before, round: 0 };
    let new = NewReport {
        class: body.class,
        place: body.place.map(NewPlaceBody::place).transpose()?,
        urgent: body.urgent,
        attachments: body.attachments.into_iter().map(before).collect(),
        contact: body.contact.map(ContactBody::contact),
        ..NewReport::new(Source::Web, &body.text)
    };
    let (inner, actor) = (state.clone(), at_the_door(&caller));
    let (made, _) = state
        .write_once(city, &caller, ticket, move |tx, at| {
            at_desk(tx, (&inner, city), &actor, at, |tx, at_desk| {
                let reported = desk::report(tx, at_desk, new)?;
                let (view, case) = (at_desk.view, &reported.record.state);
                let promise = case.class.as_deref().map(|class| view.promise(class, at));
                Ok(ReportedFace {
                    id: reported.id.to_string(),
                    reference: reported.reference,
                    token: reported.token.unwrap_or_default(),
                    receipt: reported.receipt.into(),
                    unit: promise.and_then(|promise| unit::of_code(view, promise.unit.as_deref())),
                    expected_at: desk::expected_at(view, case).map(|at| at.millis()),
                })
            })
        })
        .await
        .map_err(pointed)?;
    let place = [(header::LOCATION, format!("/api/v1/reports/{}", made.reference))];
    Ok((StatusCode::CREATED, place, Json(made)).into_response())
}

/// The reporter's secret.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Shown {
    /// The token that the report was answered with.
    token: Option<String>,
}

/// A case at the residents' door: the record, and whether the reporter asks. Private cases, and any case under a wrong token, are as if they
/// did not exist.
fn at_face(
    tx: &mut Tx<'_>,
    at_desk: &Desk<'_>,
    reference: &str,
    token: Option<&str>,
) -> Result<(Record<CaseNoun>, bool), LedgerError> {
    let record = desk::find(tx, at_desk.view, reference)?.ok_or(LedgerError::NotFound)?;
    let is_seen = match token {
        Some(token) => desk::is_token_of(&record.state, token),
        None => desk::is_public(at_desk.view, &record.state),
    };
    if is_seen { Ok((record, token.is_some())) } else { Err(LedgerError::NotFound) }
}

/// The public face of a case. The reporter, who shows the token, sees more: what was said, the place, who looked at the contact data.
#[utoipa::path(get, path = "/api/v1/reports/{reference}", tag = "report", operation_id = "report_show",
    params(("reference" = String, Path), Shown),
    responses((status = 200, body = PublicFace), (status = 404, body = ProblemBody)))]
pub(crate) async fn show(
    State(state): State<AppState>,
    City(city): City,
    Path(reference): Path<String>,
    Arguments(shown): Arguments<Shown>,
) -> Result<Json<PublicFace>, Problem> {
    let found = state
        .read_at_desk(city, &Actor::resident(), move |tx, at_desk| {
            let (record, is_reporter) = at_face(tx, at_desk, &reference, shown.token.as_deref())?;
            public_face(tx, at_desk, &record, is_reporter)
        })
        .await?;
    Ok(Json(found))
}

/// Does something at the residents' door and gives the face that the case has afterwards.
async fn at_door(
    state: AppState,
    caller: Caller,
    city: kernel::code::CityCode,
    ticket: Ticket,
    (reference, token): (String, Option<String>),
    command: Command,
) -> Result<Json<PublicFace>, Problem> {
    let ticket = ticket.needed()?;
    let (inner, actor) = (state.clone(), at_the_door(&caller));
    let (face, _) = state
        .write_once(city, &caller, ticket, move |tx, at| {
            at_desk(tx, (&inner, city), &actor, at, |tx, at_desk| {
                let (record, is_reporter) = at_face(tx, at_desk, &reference, token.as_deref())?;
                let id = desk::id_of(&record)?;
                let wanted = Wanted { is_reporter, ..Wanted::from(command) };
                let record = desk::act(tx, at_desk, id, Some(record.version), wanted)?;
                public_face(tx, at_desk, &record, is_reporter)
            })
        })
        .await?;
    Ok(Json(face))
}

/// "Me too."
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct FollowBody {}

/// Say "me too".
#[utoipa::path(post, path = "/api/v1/reports/{reference}/follow", tag = "report", operation_id = "report_follow", request_body = FollowBody,
    params(("reference" = String, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 200, body = PublicFace), (status = 404, body = ProblemBody), (status = 409, body = ProblemBody), (status = 429, body = ProblemBody)))]
pub(crate) async fn follow(
    State(state): State<AppState>,
    caller: Caller,
    Peer(source): Peer,
    City(city): City,
    Path(reference): Path<String>,
    once: Once<FollowBody>,
) -> Result<Json<PublicFace>, Problem> {
    state.limits().check_report(source, &caller, None)?;
    let FollowBody {} = once.body;
    at_door(state, caller, city, once.ticket, (reference, None), Command::Follow { person: None }).await
}

/// The reporter's word after the end.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RateBody {
    /// The reporter's secret.
    token: String,
    /// It is solved.
    solved: bool,
    /// 1 (not at all) to 5 (very).
    satisfaction: u8,
}

/// Say whether it is solved and how content one is.
#[utoipa::path(post, path = "/api/v1/reports/{reference}/rate", tag = "report", operation_id = "report_rate", request_body = RateBody,
    params(("reference" = String, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 200, body = PublicFace), (status = 404, body = ProblemBody), (status = 409, body = ProblemBody), (status = 422, body = ProblemBody)))]
pub(crate) async fn rate(
    State(state): State<AppState>,
    caller: Caller,
    City(city): City,
    Path(reference): Path<String>,
    once: Once<RateBody>,
) -> Result<Json<PublicFace>, Problem> {
    let RateBody { token, solved, satisfaction } = once.body;
    let command = Command::Rate { solved, satisfaction };
    at_door(state, caller, city, once.ticket, (reference, Some(token)), command).await
}

/// Why it should be opened again.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ReopenBody {
    /// The reporter's secret.
    token: String,
    /// Why.
    reason: String,
}

/// Ask for a closed case to be opened again.
#[utoipa::path(post, path = "/api/v1/reports/{reference}/reopen", tag = "report", operation_id = "report_reopen", request_body = ReopenBody,
    params(("reference" = String, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 200, body = PublicFace), (status = 404, body = ProblemBody), (status = 409, body = ProblemBody), (status = 422, body = ProblemBody)))]
pub(crate) async fn reopen(
    State(state): State<AppState>,
    caller: Caller,
    City(city): City,
    Path(reference): Path<String>,
    once: Once<ReopenBody>,
) -> Result<Json<PublicFace>, Problem> {
    let ReopenBody { token, reason } = once.body;
    at_door(state, caller, city, once.ticket, (reference, Some(token)), Command::Reopen { reason }).await
}

/// Which cases.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct InBox {
    /// `west,south,east,north`, degrees.
    bbox: Option<String>,
    /// Cases at the most, at most 500.
    limit: Option<u32>,
}

/// The newest cases within a box that everybody may see, their places rounded.
#[utoipa::path(get, path = "/api/v1/public/cases", tag = "report", operation_id = "public_cases", params(InBox),
    responses((status = 200, body = Vec<PublicCase>), (status = 400, body = ProblemBody)))]
pub(crate) async fn public_cases(
    State(state): State<AppState>,
    City(city): City,
    Arguments(wanted): Arguments<InBox>,
) -> Result<Json<Vec<PublicCase>>, Problem> {
    let text = wanted.bbox.ok_or_else(|| Problem::malformed("bbox"))?;
    let filter = CaseFilter { within: Some(within(&text)?), ..CaseFilter::default() };
    let limit = wanted.limit.unwrap_or(desk::PAGE_MAX).clamp(1, desk::PAGE_MAX);
    let found = state
        .read_at_desk(city, &Actor::resident(), move |tx, at_desk| {
            let found = desk::list_public(tx, at_desk.view, &filter, None, limit)?;
            let view = at_desk.view;
            Ok(found.records.iter().filter_map(|record| public_case(view, record)).collect())
        })
        .await?;
    Ok(Json(found))
}
