//! The whole history as one file (GeoReport/bulk): CSV or JSON, page by page, so that its size does not matter.

use axum::{
    body::Body,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use documents::write::CsvWriter;
use futures_util::stream;
use jiff::tz::TimeZone;
use kernel::{code::CityCode, error::ErrorKind, time::Moment};

use super::{
    catalogue,
    filter::{REQUESTS_MAX, RequestFilter, value},
    wire_request::{BULK_COLUMNS, ServiceRequest, bulk_row},
};
use crate::{app::AppState, problem::Problem};

/// How the file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum BulkFormat {
    /// With a header row; opened as text by spreadsheet programs, never as formulas.
    Csv,
    /// An array of objects.
    Json,
}

fn unwritable() -> Problem {
    Problem::new(ErrorKind::Internal, "internal")
}

/// One page as a piece of the file.
fn piece(
    requests: &[ServiceRequest],
    zone: &TimeZone,
    format: BulkFormat,
    first: bool,
) -> Result<Vec<u8>, Problem> {
    match format {
        BulkFormat::Csv => {
            let mut writer = CsvWriter::new(Vec::new(), false).map_err(|_| unwritable())?;
            if first {
                writer.write_texts(BULK_COLUMNS).map_err(|_| unwritable())?;
            }
            for request in requests {
                let row = bulk_row(request, zone);
                writer.write_texts(row.iter().map(String::as_str)).map_err(|_| unwritable())?;
            }
            writer.finish().map_err(|_| unwritable())
        }
        BulkFormat::Json => {
            let mut text = String::new();
            for (place, request) in requests.iter().enumerate() {
                text.push_str(if first && place == 0 { "\n" } else { ",\n" });
                let pairs = BULK_COLUMNS.into_iter().zip(bulk_row(request, zone));
                let object: serde_json::Map<String, serde_json::Value> = pairs
                    .map(|(name, value)| {
                        let value = if value.is_empty() { serde_json::Value::Null } else { value.into() };
                        (name.to_owned(), value)
                    })
                    .collect();
                text.push_str(&serde_json::Value::Object(object).to_string());
            }
            Ok(text.into_bytes())
        }
    }
}

/// What is left to write.
enum Left {
    Start,
    Page(Option<String>, bool),
    Nothing,
}

/// The export. Without dates it is the whole history.
pub(super) async fn export(
    state: &AppState,
    city: CityCode,
    pairs: &[(String, String)],
    format: BulkFormat,
) -> Result<Response, Problem> {
    let mut filter = RequestFilter::read(pairs, state.now())?;
    if value(pairs, "start_date").is_none() {
        filter.from = None;
    }
    if value(pairs, "end_date").is_none() {
        filter.until = None;
    }
    (filter.offset, filter.limit) = (0, REQUESTS_MAX);
    let zone = catalogue(state, city).await?.zone.clone();
    let today: Moment = state.now();
    let state = state.clone();
    let pages = stream::try_unfold(Left::Start, move |left| {
        let (state, zone, mut filter) = (state.clone(), zone.clone(), filter.clone());
        async move {
            let (after, first) = match left {
                Left::Start if format == BulkFormat::Json => {
                    return Ok(Some((b"[".to_vec(), Left::Page(None, true))));
                }
                Left::Start => (None, true),
                Left::Page(after, first) => (after, first),
                Left::Nothing => return Ok(None),
            };
            filter.after = after;
            let door = state.open311();
            let found = state
                .read(move |tx| door.list(tx, city, &filter))
                .await
                .map_err(|problem| std::io::Error::other(problem.code))?;
            let mut bytes = piece(&found.requests, &zone, format, first)
                .map_err(|problem| std::io::Error::other(problem.code))?;
            let left = match found.next {
                Some(next) => Left::Page(Some(next), false),
                None => {
                    if format == BulkFormat::Json {
                        bytes.extend_from_slice(b"\n]\n");
                    }
                    Left::Nothing
                }
            };
            Ok::<_, std::io::Error>(Some((bytes, left)))
        }
    });
    let (kind, ending) = match format {
        BulkFormat::Csv => ("text/csv; charset=utf-8", "csv"),
        BulkFormat::Json => ("application/json; charset=utf-8", "json"),
    };
    let name = format!("attachment; filename=\"requests-{city}-{}.{ending}\"", today.date(&TimeZone::UTC));
    let mut response = Body::from_stream(pages).into_response();
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    if let Ok(name) = HeaderValue::from_str(&name) {
        response.headers_mut().insert(header::CONTENT_DISPOSITION, name);
    }
    Ok(response)
}
