//! Reports of figures as files: the reform report, the monthly evaluation, the daily bulletin, briefs for leaders.

use std::sync::LazyLock;

use axum::{
    Json,
    extract::{Path, State},
    http::header,
    response::{IntoResponse, Response},
};
use kernel::{
    error::ErrorKind,
    period::Period,
    role::{Action, ScopeKind},
};
use reports::{Format, REPORTS, ReportError};
use serde::{Deserialize, Serialize};
use tokio::sync::Semaphore;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::routes;

use crate::{
    api::figure::NameFace,
    app::AppState,
    problem::{Problem, ProblemBody},
    request::Arguments,
    rights::{Caller, City},
    routes::{Guard, Routes},
};

/// Files that are written at the same time: a long one takes a core and some hundred megabytes.
const WRITTEN_AT_ONCE_MAX: usize = 2;

static DESKS: LazyLock<Semaphore> = LazyLock::new(|| Semaphore::new(WRITTEN_AT_ONCE_MAX));

pub(super) fn routes(routes: Routes) -> Routes {
    let view = Guard::Right(Action::FigureView);
    routes.route(view, routes!(list)).route(view, routes!(one))
}

/// A report that can be asked for.
#[derive(Serialize, ToSchema)]
pub(crate) struct FigureReportFace {
    /// By what it is asked for.
    name: &'static str,
    /// What people call it.
    title: NameFace,
    /// The formats that it comes in.
    formats: Vec<&'static str>,
}

/// Which report.
#[derive(Deserialize, IntoParams)]
pub(crate) struct FigureReportArguments {
    /// `2016`, `2016-H1`, `2016-Q3`, `2016-03`, `2016-03-05`.
    period: String,
    /// `html`, `docx`, `xlsx`, `pdf`, `json`; the page where nothing is said.
    format: Option<String>,
    /// `zh` or `en`; Chinese where nothing is said.
    language: Option<String>,
}

/// A report counts the whole city: who sees only a unit's figures has none.
fn of_city(caller: &Caller) -> Result<(), Problem> {
    match caller.actor.reach(Action::FigureView) {
        Some(ScopeKind::City) => Ok(()),
        _ => Err(Problem::not_found()),
    }
}

/// The reports that the caller may ask for.
#[utoipa::path(get, path = "/api/v1/figures/reports", tag = "figure", operation_id = "figure_report_list",
    responses((status = 200, body = Vec<FigureReportFace>), (status = 401, body = ProblemBody)))]
pub(crate) async fn list(caller: Caller) -> Json<Vec<FigureReportFace>> {
    let reports = if of_city(&caller).is_ok() { REPORTS } else { &[] };
    let formats = || Format::ALL.into_iter().map(Format::name).collect();
    let face = |report: &reports::Shipped| FigureReportFace {
        name: report.name,
        title: report.title.into(),
        formats: formats(),
    };
    Json(reports.iter().map(face).collect())
}

/// A report for a period, as a file. Every number in it leads to its rows.
#[utoipa::path(get, path = "/api/v1/figures/reports/{name}", tag = "figure", operation_id = "figure_report_one",
    params(("name" = String, Path), FigureReportArguments),
    responses((status = 200, content_type = "application/octet-stream"), (status = 401, body = ProblemBody),
        (status = 404, body = ProblemBody), (status = 422, body = ProblemBody)))]
pub(crate) async fn one(
    State(state): State<AppState>,
    caller: Caller,
    City(city): City,
    Path(name): Path<String>,
    Arguments(arguments): Arguments<FigureReportArguments>,
) -> Result<Response, Problem> {
    of_city(&caller)?;
    let chinese = match arguments.language.as_deref() {
        None | Some("zh") => true,
        Some("en") => false,
        Some(_) => return Err(Problem::malformed("language")),
    };
    let format = match arguments.format.as_deref() {
        None => Format::Html,
        Some(word) => Format::parse(word).ok_or_else(|| Problem::malformed("format"))?,
    };
    let period: Period = arguments.period.parse().map_err(Problem::from)?;
    let template = reports::report(&name)?.template(chinese)?;
    let view = state.view(city).await?;
    let (ledger, at) = (state.ledger().clone(), state.now());
    let made =
        state.read(move |tx| reports::make(&ledger, tx, &view, (&template, chinese), (period, at))).await?;
    let bytes = written(move || made.write(format, None)).await?;
    let kept = if format == Format::Html { "inline" } else { "attachment" };
    let file =
        format!("{kept}; filename=\"{name}-{}.{}\"", period.to_string().replace('/', "_"), format.name());
    let head = [(header::CONTENT_TYPE, format.media_type().to_owned()), (header::CONTENT_DISPOSITION, file)];
    Ok((head, bytes).into_response())
}

/// Writes a file beside the program's other work, a few at a time.
///
/// # Errors
/// As the writer says; `internal` where it fell over.
pub(crate) async fn written(
    write: impl FnOnce() -> Result<Vec<u8>, ReportError> + Send + 'static,
) -> Result<Vec<u8>, Problem> {
    let internal = || Problem::new(ErrorKind::Internal, "internal");
    let _desk = DESKS.acquire().await.map_err(|_| internal())?;
    let bytes = tokio::task::spawn_blocking(write).await.map_err(|_| internal())?;
    Ok(bytes?)
}
