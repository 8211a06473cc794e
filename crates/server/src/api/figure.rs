//! Figures: each with its value, formula and certificate, compared with other periods, opened to the rows that it counted.

use axum::{
    Json,
    extract::{Path, State},
};
use figures::{Ask, Evaluated, Figure, FigureError, Place, Scope, Side, evaluate, open, written};
use kernel::{
    code::CityCode,
    error::ErrorKind,
    period::Period,
    role::{Action, Actor, ScopeKind},
};
use parts::FigureTarget;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::routes;

use crate::{
    api::{PAGE, PAGE_MAX},
    app::AppState,
    problem::{Problem, ProblemBody},
    request::Arguments,
    rights::{Caller, City},
    routes::{Guard, Routes},
};

/// Periods of a trend at the most.
const TREND_PERIODS_MAX: u32 = 60;
/// Periods of a trend that says nothing else.
const TREND_PERIODS: u32 = 12;

pub(super) fn routes(routes: Routes) -> Routes {
    let view = Guard::Right(Action::FigureView);
    routes
        .route(view, routes!(list))
        .route(view, routes!(one))
        .route(view, routes!(rows))
        .route(view, routes!(trend))
}

/// For what figures are asked.
#[derive(Deserialize, IntoParams)]
pub(crate) struct FigureArguments {
    /// `2016`, `2016-H1`, `2016-Q3`, `2016-03`, `2016-03-05`, `2016-01-15/2016-03-20`.
    period: String,
    /// Only what belongs to this street or town.
    street: Option<String>,
    /// Only what belongs to this unit.
    unit: Option<String>,
    /// Only what belongs to this grid cell.
    cell: Option<String>,
    /// Of the list: only figures of this system of the source, or of those that begin so (`F` for part 2).
    mission: Option<String>,
    /// Of rows: where the last page ended.
    after: Option<String>,
    /// Of rows: how many; of a trend: periods.
    limit: Option<u32>,
}

/// What something is called.
#[derive(Serialize, ToSchema)]
pub(crate) struct NameFace {
    /// Chinese.
    zh: &'static str,
    /// English.
    en: &'static str,
}

impl From<ledger::register::Title> for NameFace {
    fn from(title: ledger::register::Title) -> Self {
        Self { zh: title.zh, en: title.en }
    }
}

/// By what a figure can be evaluated again.
#[derive(Serialize, ToSchema)]
pub(crate) struct CertificateFace {
    /// The version of the formula.
    version: u32,
    /// How many entries the city's ledger held.
    entries: u64,
    /// SHA-256 over the rows, hexadecimal.
    rows_hash: String,
}

/// A figure with its value.
#[derive(Serialize, ToSchema)]
pub(crate) struct FigureFace {
    /// The code.
    code: &'static str,
    /// The system of the source that it belongs to.
    mission: Option<&'static str>,
    /// What people call it.
    title: NameFace,
    /// How it is made, in words.
    formula: NameFace,
    /// The period.
    period: String,
    /// The value as a decimal number; none where no row speaks for it.
    value: Option<String>,
    /// Its unit.
    unit: NameFace,
    /// The sum over the rows of the numerator, or of the value, in the smallest unit.
    numerator: String,
    /// The sum over the rows of the denominator.
    denominator: Option<String>,
    /// How many rows it counted.
    rows: u64,
    /// The value of the same period a year before.
    #[serde(skip_serializing_if = "Option::is_none")]
    year_before: Option<String>,
    /// The value of the period before.
    #[serde(skip_serializing_if = "Option::is_none")]
    previous: Option<String>,
    /// What it should be, where the city has said so.
    #[serde(skip_serializing_if = "Option::is_none")]
    target: Option<TargetFace>,
    /// By what it can be evaluated again.
    certificate: CertificateFace,
}

/// What a figure should be.
#[derive(Serialize, ToSchema)]
pub(crate) struct TargetFace {
    /// The value, in the figure's unit.
    value: String,
    /// On which side of it the figure should be: `at_least`, `at_most`.
    side: &'static str,
    /// Whether it is there; none without a value.
    met: Option<bool>,
}

impl TargetFace {
    fn of(target: &FigureTarget, value: Option<&str>) -> Self {
        let met = value.and_then(|value| target.is_met(value));
        Self { value: target.value.to_string(), side: target.side.name(), met }
    }
}

fn face(
    evaluated: Evaluated,
    year_before: Option<String>,
    previous: Option<String>,
    target: Option<&FigureTarget>,
) -> Result<FigureFace, FigureError> {
    let written = written(&evaluated)?;
    let figure = evaluated.figure;
    Ok(FigureFace {
        code: figure.code,
        mission: figure.mission,
        title: figure.title.into(),
        formula: figure.formula.into(),
        period: evaluated.ask.period.to_string(),
        target: target.map(|target| TargetFace::of(target, written.value.as_deref())),
        value: written.value,
        unit: written.unit.into(),
        numerator: evaluated.numerator.to_string(),
        denominator: evaluated.denominator.map(|whole| whole.to_string()),
        rows: evaluated.rows,
        year_before,
        previous,
        certificate: CertificateFace {
            version: evaluated.certificate.version,
            entries: evaluated.certificate.entries,
            rows_hash: evaluated.certificate.rows_hash,
        },
    })
}

/// The scope that is asked for, kept to what the caller may see: a unit's post sees its unit's figures.
fn scope(arguments: &FigureArguments, actor: &Actor) -> Result<Scope, Problem> {
    let asked = match (&arguments.street, &arguments.unit, &arguments.cell) {
        (None, None, None) => None,
        (Some(code), None, None) => Some(Scope::Street(code.clone())),
        (None, Some(code), None) => Some(Scope::Unit(code.clone())),
        (None, None, Some(code)) => Some(Scope::Cell(code.clone())),
        _ => return Err(Problem::malformed("scope")),
    };
    match (actor.reach(Action::FigureView), asked, &actor.unit) {
        (Some(ScopeKind::City), asked, _) => Ok(asked.unwrap_or_default()),
        (Some(ScopeKind::Unit), None, Some(own)) => Ok(Scope::Unit(own.clone())),
        (Some(ScopeKind::Unit), Some(Scope::Unit(unit)), Some(own)) if unit == *own => Ok(Scope::Unit(unit)),
        _ => Err(Problem::not_found()),
    }
}

async fn ask(
    state: &AppState,
    city: CityCode,
    arguments: &FigureArguments,
    actor: &Actor,
) -> Result<Ask, Problem> {
    let period: Period = arguments.period.parse().map_err(Problem::from)?;
    let view = state.view(city).await?;
    Ok(Ask { city, zone: view.zone.clone(), period, scope: scope(arguments, actor)? })
}

fn figure_of(code: &str) -> Result<&'static Figure, Problem> {
    parts::figure(code).ok_or_else(|| Problem::from(FigureError::Unknown(code.to_owned())))
}

/// The figures of the city for a period. Those whose rows know nothing of the scope are left out.
#[utoipa::path(get, path = "/api/v1/figures", tag = "figure", operation_id = "figure_list", params(FigureArguments),
    responses((status = 200, body = Vec<FigureFace>), (status = 401, body = ProblemBody), (status = 422, body = ProblemBody)))]
pub(crate) async fn list(
    State(state): State<AppState>,
    caller: Caller,
    City(city): City,
    Arguments(arguments): Arguments<FigureArguments>,
) -> Result<Json<Vec<FigureFace>>, Problem> {
    let ask = ask(&state, city, &arguments, &caller.actor).await?;
    let ledger = state.ledger().clone();
    let mission = arguments.mission.unwrap_or_default();
    let found = state
        .read(move |tx| {
            let mut found = Vec::new();
            let wanted = parts::figures().iter().copied().flatten();
            for figure in wanted.filter(|figure| figure.mission.unwrap_or_default().starts_with(&mission)) {
                match evaluate(&ledger, tx, figure, &ask) {
                    Ok(evaluated) => found.push(face(evaluated, None, None, None)?),
                    Err(FigureError::Scope) => {}
                    Err(error) => return Err(error),
                }
            }
            Ok::<_, FigureError>(found)
        })
        .await?;
    Ok(Json(found))
}

/// A figure, compared with the period before and with the same period a year before.
#[utoipa::path(get, path = "/api/v1/figures/{code}", tag = "figure", operation_id = "figure_one",
    params(("code" = String, Path), FigureArguments),
    responses((status = 200, body = FigureFace), (status = 401, body = ProblemBody), (status = 404, body = ProblemBody),
        (status = 422, body = ProblemBody)))]
pub(crate) async fn one(
    State(state): State<AppState>,
    caller: Caller,
    City(city): City,
    Path(code): Path<String>,
    Arguments(arguments): Arguments<FigureArguments>,
) -> Result<Json<FigureFace>, Problem> {
    let figure = figure_of(&code)?;
    let ask = ask(&state, city, &arguments, &caller.actor).await?;
    let ledger = state.ledger().clone();
    let found = state
        .read(move |tx| {
            let mut earlier = |period: Option<Period>| {
                let Some(period) = period else { return Ok(None) };
                let evaluated = evaluate(&ledger, tx, figure, &Ask { period, ..ask.clone() })?;
                Ok::<_, FigureError>(written(&evaluated)?.value)
            };
            let year_before = earlier(ask.period.year_before().ok())?;
            let previous = earlier(ask.period.previous().ok())?;
            // Targets are those of the whole city.
            let target = match ask.scope {
                Scope::City => parts::target(tx, city, figure.code, ask.period)?,
                _ => None,
            };
            face(evaluate(&ledger, tx, figure, &ask)?, year_before, previous, target.as_ref())
        })
        .await?;
    Ok(Json(found))
}

/// A row that a figure counted.
#[derive(Serialize, ToSchema)]
pub(crate) struct CountedRow {
    /// Of which register or noun.
    noun: &'static str,
    /// Its key.
    key: String,
    /// Its version.
    version: u64,
    /// `part` (numerator, or the only side) or `whole` (denominator).
    side: &'static str,
    /// What it gives to that side, in the smallest unit.
    amount: String,
}

/// A page of the rows that a figure counted.
#[derive(Serialize, ToSchema)]
pub(crate) struct CountedPage {
    /// The rows.
    rows: Vec<CountedRow>,
    /// Give it as `after` for the next page; absent on the last one.
    next: Option<String>,
}

/// The rows that a figure counted: their amounts add up to its numerator and denominator.
#[utoipa::path(get, path = "/api/v1/figures/{code}/rows", tag = "figure", operation_id = "figure_rows",
    params(("code" = String, Path), FigureArguments),
    responses((status = 200, body = CountedPage), (status = 401, body = ProblemBody), (status = 404, body = ProblemBody),
        (status = 422, body = ProblemBody)))]
pub(crate) async fn rows(
    State(state): State<AppState>,
    caller: Caller,
    City(city): City,
    Path(code): Path<String>,
    Arguments(arguments): Arguments<FigureArguments>,
) -> Result<Json<CountedPage>, Problem> {
    let figure = figure_of(&code)?;
    let ask = ask(&state, city, &arguments, &caller.actor).await?;
    let limit = arguments.limit.unwrap_or(PAGE).clamp(1, PAGE_MAX);
    let after = arguments.after.as_deref().map(place).transpose()?;
    let ledger = state.ledger().clone();
    let opened = state.read(move |tx| open(&ledger, tx, figure, &ask, after, limit)).await?;
    let rows = opened.rows.into_iter().map(|row| CountedRow {
        noun: row.noun,
        key: row.key,
        version: row.version,
        side: match row.side {
            Side::Part => "part",
            Side::Whole => "whole",
        },
        amount: row.amount.to_string(),
    });
    let next = opened.next.map(|place| format!("{}-{}", place.stage, place.row));
    Ok(Json(CountedPage { rows: rows.collect(), next }))
}

fn place(text: &str) -> Result<Place, Problem> {
    let malformed = || Problem::new(ErrorKind::Invalid, "page_mark_malformed");
    let (stage, row) = text.split_once('-').ok_or_else(malformed)?;
    let (stage, row) = (stage.parse().map_err(|_| malformed())?, row.parse().map_err(|_| malformed())?);
    Ok(Place { stage, row })
}

/// A figure in one period of a trend.
#[derive(Serialize, ToSchema)]
pub(crate) struct TrendPoint {
    /// The period.
    period: String,
    /// The value; none where no row speaks for it.
    value: Option<String>,
    /// How many rows it counted.
    rows: u64,
}

/// A figure over the periods up to one, oldest first.
#[utoipa::path(get, path = "/api/v1/figures/{code}/trend", tag = "figure", operation_id = "figure_trend",
    params(("code" = String, Path), FigureArguments),
    responses((status = 200, body = Vec<TrendPoint>), (status = 401, body = ProblemBody), (status = 404, body = ProblemBody),
        (status = 422, body = ProblemBody)))]
pub(crate) async fn trend(
    State(state): State<AppState>,
    caller: Caller,
    City(city): City,
    Path(code): Path<String>,
    Arguments(arguments): Arguments<FigureArguments>,
) -> Result<Json<Vec<TrendPoint>>, Problem> {
    let figure = figure_of(&code)?;
    let ask = ask(&state, city, &arguments, &caller.actor).await?;
    let periods = arguments.limit.unwrap_or(TREND_PERIODS).clamp(1, TREND_PERIODS_MAX);
    let ledger = state.ledger().clone();
    let points = state
        .read(move |tx| {
            let mut points = Vec::new();
            let mut period = Some(ask.period);
            while let Some(now) = period.filter(|_| points.len() < periods as usize) {
                let evaluated = evaluate(&ledger, tx, figure, &Ask { period: now, ..ask.clone() })?;
                let value = written(&evaluated)?.value;
                points.push(TrendPoint { period: now.to_string(), value, rows: evaluated.rows });
                period = now.previous().ok();
            }
            points.reverse();
            Ok::<_, FigureError>(points)
        })
        .await?;
    Ok(Json(points))
}
