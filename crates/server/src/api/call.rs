//! Call sheets of the hotline: finding, one with its story. Numbers of callers are in the vault and in no answer but that of a reveal.

mod act;
mod exchange;
mod face;

use axum::{
    Json,
    extract::{Path, State},
    response::{IntoResponse, Response},
};
use governance::{
    call::{
        DemandKind, Outcome, Stage,
        desk::{persons_of_caller, seen},
        list::{self, CallFilter},
        noun::CallNoun,
    },
    desk::{Desk, PAGE_MAX},
    view::View,
};
use kernel::{
    id::{CallId, CaseId},
    role::{Action, Actor, ActorId},
    time::Moment,
};
use ledger::{LedgerError, Noun as _};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::routes;

use self::face::{CallRow, acts_of, row};
use super::{
    PAGE,
    case::{
        self, CaseRow, Eyes, HistoryItem, WORDS_CHARS_MAX, covered, cursor, cursor_text, day, each, few,
        history,
    },
    report::ReceiptFace,
};
use crate::{
    app::AppState,
    problem::{Problem, ProblemBody},
    request::{Arguments, version_tag},
    rights::{Caller, City},
    routes::{Guard, Routes},
};

pub(super) fn routes(routes: Routes) -> Routes {
    let routes = routes
        .route(Guard::Right(Action::CallView), routes!(list_calls))
        .route(Guard::Right(Action::CallView), routes!(show));
    exchange::routes(act::routes(routes))
}

/// The id in an address; what is none names no sheet.
fn call_id(text: &str) -> Result<CallId, Problem> {
    text.parse().map_err(|_| Problem::not_found())
}

/// Which sheets. Several values of one filter stand with commas; a sheet must fit all filters.
#[derive(Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct CallQuery {
    /// Stages: `open`, `to_follow_up` …
    stage: Option<String>,
    /// Kinds of demand: `consultation`, `complaint` …
    kind: Option<String>,
    /// What became of it: `answered`, `case`, `joined`, `transferred`, `dropped`.
    outcome: Option<String>,
    /// Classes.
    class: Option<String>,
    /// `true`: at the caller's own seat.
    mine: Option<bool>,
    /// `true`: problem orders; `false`: none of them.
    problem: Option<bool>,
    /// `true`: a clock has run out.
    late: Option<bool>,
    /// Living in this case, by id.
    case: Option<String>,
    /// Of the same caller as this sheet, by id, itself included.
    same_caller: Option<String>,
    /// Came in on this day of the city or later, e.g. `2026-03-02`.
    from: Option<String>,
    /// Came in on this day or earlier.
    to: Option<String>,
    /// Words that all occur in text or address, or a reference.
    q: Option<String>,
}

fn word<T: Copy>(all: &[T], name: impl Fn(T) -> &'static str) -> impl Fn(&str) -> Option<T> {
    move |text| all.iter().copied().find(|one| name(*one) == text)
}

impl CallQuery {
    /// As the lower floor takes it; the persons of [`Self::same_caller`] are found there.
    fn filter(&self, view: &View, actor: &Actor, now: Moment) -> Result<CallFilter, Problem> {
        if self.q.as_ref().is_some_and(|words| words.chars().count() > WORDS_CHARS_MAX) {
            return Err(Problem::field("q", "characters_too_many").detail("limit", WORDS_CHARS_MAX));
        }
        let own = match actor.id {
            ActorId::Account(own) => Some(own),
            _ => None,
        };
        let class = |name: String| view.class(&name).map_or(name.clone(), |class| class.key.to_string());
        let case = |id: &str| id.parse::<CaseId>().map_err(|_| Problem::malformed("case"));
        Ok(CallFilter {
            stages: each(self.stage.as_deref(), "stage", word(Stage::ALL, Stage::name))?,
            kinds: each(self.kind.as_deref(), "kind", word(DemandKind::ALL, DemandKind::name))?,
            outcomes: each(self.outcome.as_deref(), "outcome", word(Outcome::ALL, Outcome::name))?,
            classes: few(self.class.as_deref(), "class")?.into_iter().map(class).collect(),
            holder: own.filter(|_| self.mine == Some(true)),
            callers: None,
            case: self.case.as_deref().map(case).transpose()?,
            problem: self.problem,
            late_at: self.late.filter(|late| *late).map(|_| now),
            from: day(self.from.as_deref(), false, view, "from")?,
            until: day(self.to.as_deref(), true, view, "to")?,
            words: self.q.as_ref().map(|words| words.trim().to_owned()).filter(|words| !words.is_empty()),
        })
    }
}

/// Which page.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct CallPages {
    /// `next` of the page before, under the same filters and order.
    after: Option<String>,
    /// Sheets on the page, at most 500.
    limit: Option<u32>,
    /// `newest` (the default), `oldest`, `due` (only sheets with a clock) or `changed`. With words in `q` always the newest first.
    sort: Option<String>,
}

/// A page of call sheets.
#[derive(Serialize, ToSchema)]
pub(crate) struct CallPage {
    /// The sheets.
    items: Vec<CallRow>,
    /// Goes into `after` for the next page; null where this is the last.
    next: Option<String>,
}

/// Call sheets that the caller may see, under filters.
#[utoipa::path(get, path = "/api/v1/calls", tag = "call", operation_id = "call_list", params(CallQuery, CallPages),
    responses((status = 200, body = CallPage), (status = 400, body = ProblemBody), (status = 401, body = ProblemBody)))]
pub(crate) async fn list_calls(
    State(state): State<AppState>,
    caller: Caller,
    City(city): City,
    Arguments(query): Arguments<CallQuery>,
    Arguments(page): Arguments<CallPages>,
) -> Result<Json<CallPage>, Problem> {
    let view = state.view(city).await?;
    let mut filter = query.filter(&view, &caller.actor, state.now())?;
    let same_caller = query.same_caller.as_deref().map(call_id).transpose()?;
    let sort = case::sort(page.sort.as_deref())?;
    let after = page.after.as_deref().map(cursor).transpose()?;
    let limit = page.limit.unwrap_or(PAGE).clamp(1, PAGE_MAX);
    let found = state
        .read_at_desk(city, &caller.actor, move |tx, at_desk| {
            if let Some(id) = same_caller {
                let sheet = seen(tx, at_desk.view, at_desk.actor, id)?;
                filter.callers = Some(persons_of_caller(tx, at_desk, &sheet.state)?);
            }
            // A caller without number has no other sheets.
            let found = match &filter.callers {
                Some(callers) if callers.is_empty() => list::Found::default(),
                _ => list::list(tx, at_desk.view, at_desk.actor, &filter, sort, after, limit)?,
            };
            let items = found.records.iter().map(|record| row(record, at_desk.at)).collect();
            Ok(CallPage { items, next: found.next.map(cursor_text) })
        })
        .await?;
    Ok(Json(found))
}

/// A call sheet with its story.
#[derive(Serialize, ToSchema)]
pub(crate) struct CallAnswer {
    /// The state, without who called.
    #[schema(value_type = Object)]
    call: serde_json::Value,
    /// As the list has it.
    row: CallRow,
    /// The case that it lives in, as its list has it.
    case: Option<CaseRow>,
    /// The kinds of act that the caller may do now.
    acts: Vec<&'static str>,
    /// What has happened, oldest first.
    history: Vec<HistoryItem>,
    /// Proof that the last of it stands in the ledger.
    receipt: Option<ReceiptFace>,
}

fn case_of(
    tx: &mut db::Tx<'_>,
    at_desk: &Desk<'_>,
    id: Option<CaseId>,
) -> Result<Option<CaseRow>, LedgerError> {
    let Some(id) = id else { return Ok(None) };
    match governance::desk::seen(tx, at_desk.view, at_desk.actor, id) {
        Ok(record) => Ok(Some(case::row(&record, at_desk.at))),
        Err(LedgerError::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
}

/// A call sheet with its story and what may be done with it. One that the caller may not see is as if it did not exist.
#[utoipa::path(get, path = "/api/v1/calls/{id}", tag = "call", operation_id = "call_show", params(("id" = String, Path)),
    responses((status = 200, body = CallAnswer), (status = 404, body = ProblemBody)))]
pub(crate) async fn show(
    State(state): State<AppState>,
    caller: Caller,
    City(city): City,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    let id = call_id(&id)?;
    let (answer, version) = state
        .read_at_desk(city, &caller.actor, move |tx, at_desk| {
            let record = seen(tx, at_desk.view, at_desk.actor, id)?;
            let entries = ledger::history(tx, city, CallNoun::NAME, &record.key)?;
            let head = ledger::head(tx, city)?;
            let eyes = Eyes::of(at_desk.actor);
            let answer = CallAnswer {
                call: covered(&record.state, &eyes)?,
                row: row(&record, at_desk.at),
                case: case_of(tx, at_desk, record.state.case_id())?,
                acts: acts_of(at_desk, id, &record.state),
                receipt: entries.last().map(|entry| ReceiptFace::of(entry, &head)),
                history: history(tx, at_desk, &entries, &eyes)?,
            };
            Ok::<_, LedgerError>((answer, record.version))
        })
        .await?;
    Ok((version_tag(version), Json(answer)).into_response())
}
