//! Letters between units 函: lists by box, one with what may be done with it, writing one, acting on one.

use axum::{
    Json,
    extract::{Path, State},
    http::{HeaderMap, HeaderName, StatusCode, header},
    response::{IntoResponse, Response},
};
use db::Tx;
use governance::letter::{
    Command, CommandKind, Content, Context, Letter,
    act::act,
    allowed,
    noun::{LetterNoun, copy_tag, recipient_tag, todo_tag},
};
use kernel::{
    code::CityCode,
    error::Refusal,
    id::{LetterId, SystemIds},
    role::{Action, Actor, ScopeKind},
    time::Moment,
};
use ledger::{Condition, LedgerError, Listing, Order, Record};
use reports::{LetterFormat, letter_paper, write_letter};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::routes;

use crate::{
    api::{PAGE, PAGE_MAX, figure_report::written},
    app::AppState,
    once::Once,
    problem::{Problem, ProblemBody},
    request::{Arguments, JsonBody, seen_version, version_tag},
    rights::{Caller, City},
    routes::{Guard, Routes},
};

pub(super) fn routes(routes: Routes) -> Routes {
    let view = Guard::Right(Action::LetterView);
    routes
        .route(view, routes!(list))
        .route(view, routes!(one))
        .route(view, routes!(paper))
        .route(Guard::Right(Action::LetterWrite), routes!(draft))
        // Which post may do which act is the letter's own rule.
        .route(view, routes!(acts))
}

/// Which letters.
#[derive(Deserialize, IntoParams)]
pub(crate) struct LetterArguments {
    /// `in` (received or to be received by the unit), `out` (written by it), `todo` (it has to receive or answer); all that one may see
    /// where there is none.
    #[serde(rename = "box")]
    tray: Option<String>,
    /// Whose box; one's own unit where there is none.
    unit: Option<String>,
    /// Only those that stand there: `draft`, `sent`, `received`, `answered`, `closed`, `returned`, `withdrawn`.
    stage: Option<String>,
    /// Only those that are overdue at this moment, UTC milliseconds.
    due_before: Option<i64>,
    /// Where the last page ended.
    after: Option<String>,
    /// How many.
    limit: Option<u32>,
}

/// A letter.
#[derive(Serialize, Deserialize, ToSchema)]
pub(crate) struct LetterFace {
    /// Its id.
    id: String,
    /// Its version, for `If-Match`.
    version: u64,
    /// The letter: stage, number, content, recipients with their receipts and answers, deadlines, supervision.
    #[schema(value_type = Object)]
    letter: Value,
}

/// A letter with what the caller may do with it now.
#[derive(Serialize, ToSchema)]
pub(crate) struct LetterWithActs {
    #[serde(flatten)]
    face: LetterFace,
    /// The acts that would be taken now.
    allowed: Vec<&'static str>,
}

/// A page of letters, the newest change first.
#[derive(Serialize, ToSchema)]
pub(crate) struct LetterPage {
    /// The letters.
    letters: Vec<LetterFace>,
    /// Give it as `after` for the next page; absent on the last one.
    next: Option<String>,
}

fn face(record: &Record<LetterNoun>) -> Result<LetterFace, LedgerError> {
    let letter =
        serde_json::to_value(&record.state).map_err(|error| LedgerError::Damaged(error.to_string()))?;
    Ok(LetterFace { id: record.key.clone(), version: record.version, letter })
}

/// Whether somebody sees a letter: posts of the city all that were sent, a unit's post those of the unit. A draft is its writer's.
fn may_see(actor: &Actor, letter: &Letter) -> bool {
    let own = |unit: &String| actor.unit.as_ref() == Some(unit);
    let writes = own(&letter.content.from);
    let sent = letter.sent_at.is_some();
    let named = letter.recipients.iter().any(|recipient| own(&recipient.unit))
        || letter.content.copies.iter().any(own);
    match actor.reach(Action::LetterView) {
        Some(ScopeKind::City) => sent || writes,
        Some(ScopeKind::Unit) => writes || sent && named,
        _ => false,
    }
}

/// The letters of a unit.
fn of_unit(unit: &str) -> Condition<'static> {
    Condition::Any(vec![
        Condition::Is("from_unit", unit.to_owned().into()),
        Condition::Tagged(vec![recipient_tag(unit).into(), copy_tag(unit).into()]),
    ])
}

impl LetterArguments {
    fn conditions(&self, actor: &Actor) -> Result<Vec<Condition<'static>>, Problem> {
        let mut conditions = match (actor.reach(Action::LetterView), &actor.unit) {
            (Some(ScopeKind::City), own) => {
                let mut seen = vec![Condition::Filled("sent_at")];
                seen.extend(own.iter().map(|unit| Condition::Is("from_unit", unit.clone().into())));
                vec![Condition::Any(seen)]
            }
            (Some(ScopeKind::Unit), Some(own)) => vec![of_unit(own)],
            _ => return Err(Problem::not_found()),
        };
        let unit = self.unit.as_ref().or(actor.unit.as_ref());
        match (self.tray.as_deref(), unit) {
            (None, None) => {}
            (None, Some(_)) => conditions.extend(self.unit.as_deref().map(of_unit)),
            (Some("out"), Some(unit)) => conditions.push(Condition::Is("from_unit", unit.clone().into())),
            (Some("in"), Some(unit)) => {
                conditions.push(Condition::Tagged(vec![recipient_tag(unit).into(), copy_tag(unit).into()]));
            }
            (Some("todo"), Some(unit)) => conditions.push(Condition::Tagged(vec![todo_tag(unit).into()])),
            _ => return Err(Problem::malformed("box")),
        }
        conditions.extend(self.stage.clone().map(|stage| Condition::Is("stage", stage.into())));
        if let Some(moment) = self.due_before {
            conditions.push(Condition::Below("due_at", moment.into()));
            conditions.push(Condition::Empty("answered_at"));
        }
        Ok(conditions)
    }
}

/// Letters that the caller may see.
#[utoipa::path(get, path = "/api/v1/letters", tag = "letter", operation_id = "letter_list", params(LetterArguments),
    responses((status = 200, body = LetterPage), (status = 401, body = ProblemBody), (status = 404, body = ProblemBody)))]
pub(crate) async fn list(
    State(state): State<AppState>,
    caller: Caller,
    City(city): City,
    Arguments(arguments): Arguments<LetterArguments>,
) -> Result<Json<LetterPage>, Problem> {
    let conditions = arguments.conditions(&caller.actor)?;
    let limit = arguments.limit.unwrap_or(PAGE).clamp(1, PAGE_MAX);
    let after = match arguments.after.as_deref().map(|text| text.split_once('-')) {
        None => None,
        Some(Some((at, row))) => Some((
            at.parse().map_err(|_| Problem::malformed("after"))?,
            row.parse().map_err(|_| Problem::malformed("after"))?,
        )),
        Some(None) => return Err(Problem::malformed("after")),
    };
    let page = state
        .read(move |tx| {
            let order = Order::Falling("changed_at");
            let found = ledger::list::<LetterNoun>(tx, city, Listing { conditions, order, after, limit })?;
            let next = found.last().filter(|_| found.len() == limit as usize);
            let next = next.map(|last| format!("{}-{}", last.state.changed_at.millis(), last.row));
            let actor = &caller.actor;
            let letters = found.iter().filter(|record| may_see(actor, &record.state)).map(face);
            Ok::<_, LedgerError>(LetterPage { letters: letters.collect::<Result<_, _>>()?, next })
        })
        .await?;
    Ok(Json(page))
}

fn seen(
    tx: &mut Tx<'_>,
    city: CityCode,
    actor: &Actor,
    id: LetterId,
) -> Result<Record<LetterNoun>, LedgerError> {
    let record = ledger::get::<LetterNoun>(tx, city, &id.to_string())?.ok_or(LedgerError::NotFound)?;
    if may_see(actor, &record.state) { Ok(record) } else { Err(LedgerError::NotFound) }
}

fn id_of(text: &str) -> Result<LetterId, Problem> {
    text.parse().map_err(|_| Problem::not_found())
}

/// A letter with what the caller may do with it.
#[utoipa::path(get, path = "/api/v1/letters/{id}", tag = "letter", operation_id = "letter_one", params(("id" = String, Path)),
    responses((status = 200, body = LetterWithActs), (status = 401, body = ProblemBody), (status = 404, body = ProblemBody)))]
pub(crate) async fn one(
    State(state): State<AppState>,
    caller: Caller,
    City(city): City,
    Path(id): Path<String>,
) -> Result<([(HeaderName, String); 1], Json<LetterWithActs>), Problem> {
    let id = id_of(&id)?;
    let view = state.view(city).await?;
    let now = state.now();
    let found = state
        .read(move |tx| {
            let record = seen(tx, city, &caller.actor, id)?;
            let office = view.letter_office();
            let context = Context {
                id,
                now,
                actor: &caller.actor,
                calendar: office.calendar,
                settings: office.settings,
                number: Some(""),
                answered: None,
            };
            let acts = allowed(Some(&record.state), &context).into_iter();
            let open = acts.filter(|kind| kind.action().is_some()).map(CommandKind::name);
            Ok::<_, LedgerError>(LetterWithActs { face: face(&record)?, allowed: open.collect() })
        })
        .await?;
    Ok((version_tag(found.face.version), Json(found)))
}

/// What the file is.
#[derive(Deserialize, IntoParams)]
pub(crate) struct PaperArguments {
    /// `docx` or `pdf`; the latter where nothing is said.
    format: Option<String>,
}

/// A letter on paper, in the letter form of GB/T 9704-2012; a draft has neither number nor date.
#[utoipa::path(get, path = "/api/v1/letters/{id}/paper", tag = "letter", operation_id = "letter_paper",
    params(("id" = String, Path), PaperArguments),
    responses((status = 200, content_type = "application/pdf"), (status = 401, body = ProblemBody), (status = 404, body = ProblemBody),
        (status = 422, body = ProblemBody)))]
pub(crate) async fn paper(
    State(state): State<AppState>,
    caller: Caller,
    City(city): City,
    Path(id): Path<String>,
    Arguments(arguments): Arguments<PaperArguments>,
) -> Result<Response, Problem> {
    let id = id_of(&id)?;
    let format = match arguments.format.as_deref() {
        None | Some("pdf") => LetterFormat::Pdf,
        Some("docx") => LetterFormat::Docx,
        Some(_) => return Err(Problem::malformed("format")),
    };
    let view = state.view(city).await?;
    let letter = state.read(move |tx| Ok::<_, LedgerError>(seen(tx, city, &caller.actor, id)?.state)).await?;
    let paper = letter_paper(&view, &letter);
    let bytes = written(move || write_letter(&paper, format)).await?;
    let (ending, media) = (format.name(), format.media_type().to_owned());
    let head = [
        (header::CONTENT_TYPE, media),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"letter-{id}.{ending}\"")),
    ];
    Ok((head, bytes).into_response())
}

/// Begins a letter. The body is its content: `from`, `to`, `kind`, `subject`, `text`, and what goes with it.
#[utoipa::path(post, path = "/api/v1/letters", tag = "letter", operation_id = "letter_draft",
    params(("Idempotency-Key" = String, Header)), request_body = Object,
    responses((status = 201, body = LetterFace), (status = 401, body = ProblemBody), (status = 403, body = ProblemBody), (status = 422, body = ProblemBody)))]
pub(crate) async fn draft(
    State(state): State<AppState>,
    caller: Caller,
    City(city): City,
    Once { ticket, body }: Once<Content>,
) -> Result<(StatusCode, [(HeaderName, String); 1], Json<LetterFace>), Problem> {
    let view = state.view(city).await?;
    let (ledger, actor) = (state.ledger().clone(), caller.actor.clone());
    let (face, _) = state
        .write_once(city, &caller, ticket.needed()?, move |tx, at| {
            let id = LetterId::fresh(&mut SystemIds, at);
            let command = Command::Draft(Box::new(body));
            let record = act(tx, &ledger, (city, id), view.letter_office(), command, &actor, Some(0), at)?;
            face(&record)
        })
        .await?;
    let location = [(header::LOCATION, format!("/api/v1/letters/{}", face.id))];
    Ok((StatusCode::CREATED, location, Json(face)))
}

/// Does something with a letter: `{"send": {}}`, `{"receive": {"unit": …}}`, `{"return": …}`, `{"extend": …}`, `{"supervise": …}`,
/// `{"withdraw": …}`, `{"close": …}`, `{"amend": content}`. A reply is a letter of its own that names what it `answers`.
#[utoipa::path(post, path = "/api/v1/letters/{id}/acts", tag = "letter", operation_id = "letter_act",
    params(("id" = String, Path), ("If-Match" = String, Header)), request_body = Object,
    responses((status = 200, body = LetterFace), (status = 403, body = ProblemBody), (status = 404, body = ProblemBody),
        (status = 409, body = ProblemBody), (status = 412, body = ProblemBody), (status = 422, body = ProblemBody), (status = 428, body = ProblemBody)))]
pub(crate) async fn acts(
    State(state): State<AppState>,
    caller: Caller,
    City(city): City,
    Path(id): Path<String>,
    headers: HeaderMap,
    JsonBody(command): JsonBody<Command>,
) -> Result<([(HeaderName, String); 1], Json<LetterFace>), Problem> {
    let (id, version) = (id_of(&id)?, seen_version(&headers)?);
    let view = state.view(city).await?;
    let ledger = state.ledger().clone();
    let face = state
        .write(city, move |tx, at: Moment| {
            seen(tx, city, &caller.actor, id)?;
            // What no post holds is the program's own.
            if command.kind().action().is_none() {
                return Err(Refusal::forbidden("right_missing").into());
            }
            let office = view.letter_office();
            let record = act(tx, &ledger, (city, id), office, command, &caller.actor, Some(version), at)?;
            face(&record)
        })
        .await?;
    Ok((version_tag(face.version), Json(face)))
}
