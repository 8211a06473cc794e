//! Cases for those who work on them: finding, counting, one with its story.

mod act;
mod export;
mod face;
mod filter;

use axum::{
    Json,
    extract::{Path, State},
    response::{IntoResponse, Response},
};
use governance::{
    case::noun::CaseNoun,
    desk::{self, PageMark},
};
use kernel::{id::CaseId, role::Action};
use ledger::{LedgerError, Noun as _};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::routes;

pub(super) use self::{
    act::{ContactFace, RevealBody},
    face::{CaseRow, ClockFace, Eyes, HistoryItem, covered, history, role_word, row},
    filter::{WORDS_CHARS_MAX, day, each, few, sort, within},
};
use self::{face::acts_of, filter::CaseQuery};
use super::{PAGE, report::ReceiptFace};
use crate::{
    app::AppState,
    problem::{Problem, ProblemBody},
    request::{Arguments, version_tag},
    rights::{Caller, City},
    routes::{Guard, Routes},
};

/// Columns that cases are counted by at a time.
const COUNT_COLUMNS_MAX: usize = 3;

pub(super) fn routes(routes: Routes) -> Routes {
    let routes = routes
        .route(Guard::Right(Action::CaseList), routes!(list))
        .route(Guard::Right(Action::CaseList), routes!(counts))
        .route(Guard::Right(Action::CaseExport), routes!(export::export))
        .route(Guard::Right(Action::CaseView), routes!(show));
    act::routes(routes)
}

/// The id in an address; what is none names no case.
fn case_id(text: &str) -> Result<CaseId, Problem> {
    text.parse().map_err(|_| Problem::not_found())
}

/// Which page.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Page {
    /// `next` of the page before, under the same filters and order.
    after: Option<String>,
    /// Cases on the page, at most 500.
    limit: Option<u32>,
    /// `newest` (the default), `oldest`, `due` (only cases with a clock) or `changed`. With words in `q` always the newest first.
    sort: Option<String>,
}

/// A cursor as text: where the last page ended. Its form is nobody's business.
pub(super) fn cursor_text(mark: PageMark) -> String {
    format!("{:x}.{:x}", mark.value.cast_unsigned(), mark.row.cast_unsigned())
}

/// Reads a cursor.
///
/// # Errors
/// 400 where it is none.
pub(super) fn cursor(text: &str) -> Result<PageMark, Problem> {
    let number = |part: &str| u64::from_str_radix(part, 16).ok().map(u64::cast_signed);
    text.split_once('.')
        .and_then(|(value, row)| Some(PageMark { value: number(value)?, row: number(row)? }))
        .ok_or_else(|| Problem::malformed("after"))
}

/// A page of cases.
#[derive(Serialize, ToSchema)]
pub(crate) struct CasePage {
    /// The cases.
    items: Vec<CaseRow>,
    /// Goes into `after` for the next page; null where this is the last.
    next: Option<String>,
}

/// Cases that the caller may see, under filters.
#[utoipa::path(get, path = "/api/v1/cases", tag = "case", operation_id = "case_list", params(CaseQuery, Page),
    responses((status = 200, body = CasePage), (status = 400, body = ProblemBody), (status = 401, body = ProblemBody)))]
pub(crate) async fn list(
    State(state): State<AppState>,
    caller: Caller,
    City(city): City,
    Arguments(query): Arguments<CaseQuery>,
    Arguments(page): Arguments<Page>,
) -> Result<Json<CasePage>, Problem> {
    let view = state.view(city).await?;
    let filter = query.filter(&view, state.now())?;
    let sort = filter::sort(page.sort.as_deref())?;
    let after = page.after.as_deref().map(cursor).transpose()?;
    let limit = page.limit.unwrap_or(PAGE).clamp(1, desk::PAGE_MAX);
    let found = state
        .read_at_desk(city, &caller.actor, move |tx, at_desk| {
            let found = desk::list(tx, at_desk.view, at_desk.actor, &filter, sort, after, limit)?;
            let items = found.records.iter().map(|record| row(record, at_desk.at)).collect();
            Ok(CasePage { items, next: found.next.map(cursor_text) })
        })
        .await?;
    Ok(Json(found))
}

/// By what to count.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct By {
    /// `stage`, `unit`, `class`, `street`, `cell`, `source`, `month` (of the report, in the city's calendar), with commas, at most three; left out: all together.
    by: Option<String>,
}

/// How many cases have the same values.
#[derive(Serialize, ToSchema)]
pub(crate) struct Count {
    /// The values by column; null where the case has none.
    #[schema(value_type = Object)]
    keys: serde_json::Map<String, serde_json::Value>,
    /// How many.
    count: u64,
}

/// How many cases the caller may see, under the filters of the list.
#[utoipa::path(get, path = "/api/v1/cases/counts", tag = "case", operation_id = "case_counts", params(CaseQuery, By),
    responses((status = 200, body = Vec<Count>), (status = 400, body = ProblemBody), (status = 422, body = ProblemBody)))]
pub(crate) async fn counts(
    State(state): State<AppState>,
    caller: Caller,
    City(city): City,
    Arguments(query): Arguments<CaseQuery>,
    Arguments(by): Arguments<By>,
) -> Result<Json<Vec<Count>>, Problem> {
    let view = state.view(city).await?;
    let filter = query.filter(&view, state.now())?;
    let columns = filter::values(by.by.as_deref());
    if columns.len() > COUNT_COLUMNS_MAX {
        return Err(Problem::malformed("by"));
    }
    let found = state
        .read_at_desk(city, &caller.actor, move |tx, at_desk| {
            let counted = desk::count(tx, at_desk.view, at_desk.actor, &filter, &columns)?;
            Ok(counted
                .into_iter()
                .map(|(values, count)| Count {
                    keys: columns
                        .iter()
                        .cloned()
                        .zip(values.into_iter().map(serde_json::Value::from))
                        .collect(),
                    count,
                })
                .collect())
        })
        .await?;
    Ok(Json(found))
}

/// A case with its story.
#[derive(Serialize, ToSchema)]
pub(crate) struct CaseAnswer {
    /// The state, without what is nobody's or not the caller's business: the reporter's secret, and for the handling side the reporter.
    #[schema(value_type = Object)]
    case: serde_json::Value,
    /// As the list has it.
    row: CaseRow,
    /// The kinds of act that the caller may do now.
    acts: Vec<&'static str>,
    /// What has happened, oldest first.
    history: Vec<HistoryItem>,
    /// Proof that the last of it stands in the ledger.
    receipt: Option<ReceiptFace>,
}

/// A case with its story and what the caller may do with it. One that the caller may not see is as if it did not exist.
#[utoipa::path(get, path = "/api/v1/cases/{id}", tag = "case", operation_id = "case_show", params(("id" = String, Path)),
    responses((status = 200, body = CaseAnswer), (status = 404, body = ProblemBody)))]
pub(crate) async fn show(
    State(state): State<AppState>,
    caller: Caller,
    City(city): City,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    let id = case_id(&id)?;
    let (answer, version) = state
        .read_at_desk(city, &caller.actor, move |tx, at_desk| {
            let record = desk::seen(tx, at_desk.view, at_desk.actor, id)?;
            let entries = ledger::history(tx, city, CaseNoun::NAME, &record.key)?;
            let head = ledger::head(tx, city)?;
            let eyes = Eyes::of(at_desk.actor);
            let answer = CaseAnswer {
                case: covered(&record.state, &eyes)?,
                row: row(&record, at_desk.at),
                acts: acts_of(at_desk, id, &record.state),
                receipt: entries.last().map(|entry| ReceiptFace::of(entry, &head)),
                history: history(tx, at_desk, &entries, &eyes)?,
            };
            Ok::<_, LedgerError>((answer, record.version))
        })
        .await?;
    Ok((version_tag(version), Json(answer)).into_response())
}
