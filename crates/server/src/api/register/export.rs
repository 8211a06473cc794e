//! Rows of a register as a file: what the list shows under the same filters.

use axum::{
    body::{Body, Bytes},
    extract::{Path, State},
    http::{HeaderMap, header},
    response::{IntoResponse, Response},
};
use exchange::{Format, Pieces};
use futures_util::{StreamExt as _, stream};
use kernel::{code::CityCode, error::Refusal};
use ledger::{
    LedgerError,
    register::{self, AnyRegister, Query},
};
use parts::open_contracting::{self, PACKAGE_ROWS_MAX, Package};

use super::{ask::Asked, reach, seen_or_not_found};
use crate::{
    app::AppState,
    language::Language,
    problem::{Problem, ProblemBody},
    rights::{Caller, City},
};

/// Rows of one file that is sent while it is read: as many as one import takes.
const EXPORT_ROWS_MAX: u64 = exchange::IMPORT_ROWS_MAX as u64;
/// Rows of one workbook, which must be whole before it is sent.
const WORKBOOK_ROWS_MAX: u64 = 100_000;

/// The form of a file.
#[derive(Clone, Copy)]
enum Form {
    Rows(Format),
    Package(Package),
}

impl Form {
    fn of(name: Option<&str>) -> Result<Self, Problem> {
        let name = name.unwrap_or("csv");
        let rows = Format::parse(name).map(Self::Rows);
        rows.or_else(|| Package::parse(name).map(Self::Package)).ok_or_else(|| Problem::malformed("format"))
    }

    const fn ending(self) -> &'static str {
        match self {
            Self::Rows(Format::Csv) => "csv",
            Self::Rows(Format::Xlsx) => "xlsx",
            Self::Rows(Format::Geojson) => "geojson",
            Self::Rows(Format::Json) => "jsonl",
            Self::Package(_) => "json",
        }
    }

    const fn media_type(self) -> &'static str {
        match self {
            Self::Rows(Format::Csv) => "text/csv; charset=utf-8",
            Self::Rows(Format::Xlsx) => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Rows(Format::Geojson) => "application/geo+json",
            Self::Rows(Format::Json) => "application/x-ndjson",
            Self::Package(_) => "application/json",
        }
    }

    const fn rows_max(self) -> u64 {
        match self {
            Self::Rows(Format::Xlsx) => WORKBOOK_ROWS_MAX,
            Self::Rows(_) => EXPORT_ROWS_MAX,
            Self::Package(_) => PACKAGE_ROWS_MAX as u64,
        }
    }
}

/// The language of headings and choices.
pub(super) const fn file_language(language: Language) -> exchange::Language {
    match language {
        Language::Chinese => exchange::Language::Chinese,
        Language::English => exchange::Language::English,
    }
}

/// A body that is made while it is read, after its first piece. Where a page cannot be read the line breaks off, so that nobody takes a part
/// for the whole.
fn streamed(state: AppState, city: CityCode, name: String, first: Vec<u8>, pieces: Pieces) -> Body {
    let rest = stream::unfold(Some(pieces), move |pieces| {
        let (state, name) = (state.clone(), name.clone());
        async move {
            match next(&state, city, name, pieces?).await {
                Ok((None, _)) => None,
                Ok((Some(piece), pieces)) => Some((Ok(Bytes::from(piece)), Some(pieces))),
                Err(problem) => Some((Err(std::io::Error::other(problem.code)), None)),
            }
        }
    });
    Body::from_stream(stream::once(std::future::ready(Ok(Bytes::from(first)))).chain(rest))
}

async fn next(
    state: &AppState,
    city: CityCode,
    name: String,
    mut pieces: Pieces,
) -> Result<(Option<Vec<u8>>, Pieces), Problem> {
    let ledger = state.ledger().clone();
    let read = move |tx: &mut db::Tx<'_>| {
        let piece = pieces.next(tx, city, ledger.register(&name)?)?;
        Ok::<_, exchange::ExchangeError>((piece, pieces))
    };
    state.read(read).await
}

/// What is sent.
enum Content {
    Document(String),
    Pieces(Pieces),
}

/// Rows as a file: what the list shows under the same filters, people by the id that says nothing of them. `format` is `csv` (the default),
/// `xlsx`, `geojson` for registers with a place, `json` (one row a line), for projects `oc4ids`, for PPP contracts `ocds-ppp`. Headings and
/// choices stand in the caller's language. Text never runs as a formula in a spreadsheet program.
#[utoipa::path(get, path = "/api/v1/registers/{name}/export", tag = "register", operation_id = "register_export",
    params(("name" = String, Path), ("format" = Option<String>, Query), ("q" = Option<String>, Query), ("box" = Option<String>, Query),
        ("refers" = Option<String>, Query), ("order" = Option<String>, Query), ("retired" = Option<bool>, Query)),
    responses((status = 200, content_type = "text/csv", body = String), (status = 400, body = ProblemBody), (status = 401, body = ProblemBody),
        (status = 404, body = ProblemBody), (status = 422, body = ProblemBody)))]
pub(crate) async fn export(
    State(state): State<AppState>,
    caller: Caller,
    City(city): City,
    Path(name): Path<String>,
    headers: HeaderMap,
    asked: Asked,
) -> Result<Response, Problem> {
    let form = Form::of(asked.format())?;
    let language = file_language(Language::of(&headers));
    let (ledger, register_name, now) = (state.ledger().clone(), name.clone(), state.now());
    let content = state
        .read(move |tx| {
            let register = ledger.register(&register_name)?;
            let query = asked.query(register, seen_or_not_found(register, &caller)?)?;
            let counted = Query { after: None, order: None, ..query.clone() };
            let rows = register::count_rows(tx, city, register, counted)?;
            if rows > form.rows_max() {
                let refusal = Refusal::invalid("export_rows_too_many");
                return Err(refusal.with("rows", rows).with("max", form.rows_max()).into());
            }
            match form {
                Form::Rows(format) => {
                    Ok::<_, LedgerError>(Content::Pieces(Pieces::new(query, format, language)))
                }
                Form::Package(package) => {
                    let sees = |register: &dyn AnyRegister, fields: &serde_json::Value| {
                        reach::may_see(register, &caller.actor, fields)
                    };
                    let ground = (&ledger, city);
                    let document =
                        open_contracting::write(tx, ground, package, &register_name, &query, &sees, now)?;
                    Ok(Content::Document(document.to_string()))
                }
            }
        })
        .await?;
    let day = now.date(&state.view(city).await?.zone).strftime("%Y%m%d").to_string();
    let file = format!("attachment; filename=\"{name}-{city}-{day}.{}\"", form.ending());
    let body = match content {
        Content::Document(text) => Body::from(text),
        Content::Pieces(pieces) => {
            // What the register has no form for is a problem before anything is sent.
            let (first, pieces) = next(&state, city, name.clone(), pieces).await?;
            streamed(state, city, name, first.unwrap_or_default(), pieces)
        }
    };
    let head = [(header::CONTENT_TYPE, form.media_type().to_owned()), (header::CONTENT_DISPOSITION, file)];
    Ok((head, body).into_response())
}
