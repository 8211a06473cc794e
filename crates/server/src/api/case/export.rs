//! Cases as a file, as the list has them: page by page from the store, so that neither a slow reader nor a large file holds anything up.

use axum::{
    body::{Body, Bytes},
    extract::State,
    http::{HeaderMap, header},
    response::{IntoResponse, Response},
};
use documents::{
    DocumentError,
    write::{Cell, Column, CsvWriter, WorkbookSize, WorkbookWriter},
};
use futures_util::stream;
use governance::{
    case::noun::CaseNoun,
    desk::{self, CaseFilter, PageMark, Sort},
    view::View,
};
use jiff::civil::DateTime;
use kernel::{code::CityCode, error::ErrorKind, role::Actor, time::Moment};
use ledger::Record;
use serde::Deserialize;
use serde_json::{Map, Value, json};
use utoipa::IntoParams;

use super::{face::reference_of, filter::CaseQuery};
use crate::{
    app::AppState,
    language::Language,
    problem::{Problem, ProblemBody},
    request::Arguments,
    rights::{Caller, City},
};

/// Cases of one file that is sent while it is read.
const STREAMED_CASES_MAX: u64 = 1_000_000;
/// Cases of one workbook, which must be whole before it is sent.
const WORKBOOK_CASES_MAX: u64 = 100_000;

/// Which form.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct AsFile {
    /// `csv` (the default), `xlsx` or `geojson`.
    format: Option<String>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Format {
    Csv,
    Xlsx,
    GeoJson,
}

impl Format {
    fn of(name: Option<&str>) -> Result<Self, Problem> {
        match name {
            None | Some("csv") => Ok(Self::Csv),
            Some("xlsx") => Ok(Self::Xlsx),
            Some("geojson") => Ok(Self::GeoJson),
            Some(_) => Err(Problem::malformed("format")),
        }
    }

    const fn ending(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
            Self::GeoJson => "geojson",
        }
    }

    const fn media_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::GeoJson => "application/geo+json",
        }
    }

    const fn cases_max(self) -> u64 {
        match self {
            Self::Xlsx => WORKBOOK_CASES_MAX,
            Self::Csv | Self::GeoJson => STREAMED_CASES_MAX,
        }
    }
}

/// A value of a row.
#[derive(Debug, Clone, PartialEq)]
enum Field {
    Nothing,
    Text(String),
    Number(f64),
    Count(i64),
    Time(DateTime),
}

impl Field {
    fn text(text: Option<&str>) -> Self {
        text.filter(|text| !text.is_empty()).map_or(Self::Nothing, |text| Self::Text(text.to_owned()))
    }

    fn time(at: Option<Moment>, view: &View) -> Self {
        at.map_or(Self::Nothing, |at| {
            Self::Time(at.timestamp().to_zoned_datetime(view.zone.clone()).datetime())
        })
    }

    fn cell(&self) -> Cell<'_> {
        match self {
            Self::Nothing => Cell::Empty,
            Self::Text(text) => Cell::Text(text),
            Self::Number(number) => Cell::Number(*number),
            Self::Count(count) => Cell::Integer(*count),
            Self::Time(time) => Cell::DateTime(*time),
        }
    }

    fn json(&self) -> Value {
        match self {
            Self::Nothing => Value::Null,
            Self::Text(text) => text.as_str().into(),
            Self::Number(number) => json!(number),
            Self::Count(count) => (*count).into(),
            Self::Time(time) => time.strftime("%Y-%m-%dT%H:%M:%S").to_string().into(),
        }
    }
}

/// Names and widths of the columns; the titles are translation keys `column_<name>`.
const COLUMNS: [(&str, f64); 22] = [
    ("reference", 18.0),
    ("stage", 16.0),
    ("source", 12.0),
    ("class", 20.0),
    ("class_name", 24.0),
    ("text", 60.0),
    ("address", 30.0),
    ("lon", 12.0),
    ("lat", 12.0),
    ("cell", 18.0),
    ("street", 12.0),
    ("street_name", 16.0),
    ("units", 20.0),
    ("unit_name", 24.0),
    ("reported_at", 20.0),
    ("filed_at", 20.0),
    ("due_at", 20.0),
    ("closed_at", 20.0),
    ("outcome", 14.0),
    ("voices", 8.0),
    ("urgent", 8.0),
    ("id", 38.0),
];

/// A case as a row of a file: no contact data, no names of staff, times of the city's clock.
fn fields(record: &Record<CaseNoun>, view: &View, language: Language) -> [Field; COLUMNS.len()] {
    let case = &record.state;
    let place = case.place.as_ref();
    let of_place = |part: fn(&governance::case::Place) -> Option<&str>| Field::text(place.and_then(part));
    let said = |zh: &str, en: &str| {
        Field::text(Some(if language == Language::English && !en.is_empty() { en } else { zh }))
    };
    let class = case.class.as_deref().and_then(|class| view.class(class));
    let unit = case.units.first().and_then(|task| view.units.get(&task.unit));
    let street = place.and_then(|place| view.divisions.get(place.street.as_ref()?));
    let units: Vec<&str> = case.units.iter().map(|task| task.unit.as_str()).collect();
    let outcome = case.closing.as_ref().and_then(|closing| serde_json::to_value(closing.outcome).ok());
    [
        Field::Text(reference_of(record)),
        Field::text(Some(case.stage.name())),
        Field::text(Some(case.source.name())),
        Field::text(case.class_or_origin()),
        class.map_or(Field::Nothing, |class| said(&class.name_zh, &class.name_en)),
        Field::text(Some(&case.text)),
        of_place(|place| Some(&place.address)),
        place.map_or(Field::Nothing, |place| Field::Number(place.lon)),
        place.map_or(Field::Nothing, |place| Field::Number(place.lat)),
        of_place(|place| place.cell.as_deref()),
        of_place(|place| place.street.as_deref()),
        street.map_or(Field::Nothing, |street| said(&street.name, &street.name_en)),
        Field::text(Some(&units.join(" "))),
        unit.map_or(Field::Nothing, |unit| said(&unit.name_zh, &unit.name_en)),
        Field::time(Some(case.reported_at), view),
        Field::time(case.filed_at, view),
        Field::time(case.next_due(), view),
        Field::time(case.closing.as_ref().map(|closing| closing.at), view),
        Field::text(outcome.as_ref().and_then(Value::as_str)),
        Field::Count(i64::try_from(case.voices()).unwrap_or(i64::MAX)),
        Field::Count(i64::from(case.urgent)),
        Field::text(Some(&record.key)),
    ]
}

type Row = [Field; COLUMNS.len()];

/// What is read, page by page.
struct Reading {
    state: AppState,
    city: CityCode,
    actor: Actor,
    filter: CaseFilter,
    sort: Sort,
    language: Language,
    after: Option<PageMark>,
    is_over: bool,
}

impl Reading {
    /// The next page; nothing at the end.
    async fn next(&mut self) -> Result<Option<Vec<Row>>, Problem> {
        if self.is_over {
            return Ok(None);
        }
        let (filter, sort, after, language) = (self.filter.clone(), self.sort, self.after, self.language);
        let (rows, next) = self
            .state
            .read_at_desk(self.city, &self.actor, move |tx, at_desk| {
                let view = at_desk.view;
                let found = desk::list(tx, view, at_desk.actor, &filter, sort, after, desk::PAGE_MAX)?;
                let rows: Vec<Row> =
                    found.records.iter().map(|record| fields(record, view, language)).collect();
                Ok((rows, found.next))
            })
            .await?;
        self.after = next;
        self.is_over = next.is_none();
        Ok(Some(rows))
    }
}

fn titles(language: Language) -> Vec<String> {
    COLUMNS.iter().map(|(name, _)| language.text(&format!("column_{name}"), &Map::new())).collect()
}

fn csv_page(rows: &[Row], titles: Option<&[String]>) -> Result<Vec<u8>, DocumentError> {
    // The mark at the beginning makes spreadsheet programs read it as UTF-8.
    let mut writer = CsvWriter::new(Vec::new(), titles.is_some())?;
    if let Some(titles) = titles {
        writer.write_texts(titles.iter().map(String::as_str))?;
    }
    for row in rows {
        writer.write_row(row.iter().map(Field::cell))?;
    }
    writer.finish()
}

fn geojson_page(rows: &[Row], is_first: bool, is_last: bool) -> Vec<u8> {
    let mut text = String::new();
    if is_first {
        text.push_str("{\"type\":\"FeatureCollection\",\"features\":[");
    }
    for (number, row) in rows.iter().enumerate() {
        text.push_str(if is_first && number == 0 { "\n" } else { ",\n" });
        text.push_str(&feature(row).to_string());
    }
    if is_last {
        text.push_str("\n]}\n");
    }
    text.into_bytes()
}

/// A case without a place is a feature without a shape, so that the file has as many as the list.
fn feature(row: &Row) -> Value {
    let mut properties = Map::new();
    let mut position = (None, None);
    for ((name, _), field) in COLUMNS.iter().zip(row) {
        match (*name, field) {
            ("lon", Field::Number(lon)) => position.0 = Some(*lon),
            ("lat", Field::Number(lat)) => position.1 = Some(*lat),
            _ => drop(properties.insert((*name).to_owned(), field.json())),
        }
    }
    let geometry = match position {
        (Some(lon), Some(lat)) => json!({"type": "Point", "coordinates": [lon, lat]}),
        _ => Value::Null,
    };
    json!({"type": "Feature", "geometry": geometry, "properties": properties})
}

fn workbook(rows: &[Row], titles: &[String]) -> Result<Vec<u8>, DocumentError> {
    let mut writer = WorkbookWriter::new(WorkbookSize::Large);
    let columns: Vec<Column> = titles
        .iter()
        .zip(COLUMNS)
        .map(|(title, (_, width))| Column { title: title.clone(), width })
        .collect();
    let mut sheet = writer.sheet("cases", &columns)?;
    for row in rows {
        sheet.write_row(row.iter().map(Field::cell))?;
    }
    writer.into_bytes()
}

async fn whole_workbook(mut reading: Reading, titles: Vec<String>) -> Result<Body, Problem> {
    let mut rows = Vec::new();
    while let Some(page) = reading.next().await? {
        rows.extend(page);
    }
    let made = tokio::task::spawn_blocking(move || workbook(&rows, &titles));
    let bytes = made.await.map_err(|_| Problem::new(ErrorKind::Internal, "internal"))??;
    Ok(Body::from(bytes))
}

/// A body that is made while it is read. Where a page cannot be read the line breaks off, so that nobody takes a part for the whole.
fn streamed(reading: Reading, format: Format, titles: Vec<String>) -> Body {
    let pages = stream::unfold((reading, Some(titles)), move |(mut reading, titles)| async move {
        let rows = match reading.next().await {
            Ok(Some(rows)) => rows,
            Ok(None) => return None,
            Err(problem) => {
                let broken = std::io::Error::other(problem.code);
                reading.is_over = true;
                return Some((Err(broken), (reading, titles)));
            }
        };
        let page = match format {
            Format::GeoJson => Ok(geojson_page(&rows, titles.is_some(), reading.is_over)),
            Format::Csv | Format::Xlsx => {
                csv_page(&rows, titles.as_deref()).map_err(|error| std::io::Error::other(error.to_string()))
            }
        };
        Some((page.map(Bytes::from), (reading, None)))
    });
    Body::from_stream(pages)
}

/// Cases as a file: what the list shows under the same filters. Text never runs as a formula in a spreadsheet program.
#[utoipa::path(get, path = "/api/v1/cases/export", tag = "case", operation_id = "case_export", params(CaseQuery, AsFile),
    responses((status = 200, content_type = "text/csv", body = String), (status = 403, body = ProblemBody), (status = 422, body = ProblemBody)))]
pub(crate) async fn export(
    State(state): State<AppState>,
    caller: Caller,
    City(city): City,
    headers: HeaderMap,
    Arguments(query): Arguments<CaseQuery>,
    Arguments(form): Arguments<AsFile>,
) -> Result<Response, Problem> {
    let format = Format::of(form.format.as_deref())?;
    let view = state.view(city).await?;
    let filter = query.filter(&view, state.now())?;
    let counted = filter.clone();
    let counts = state
        .read_at_desk(city, &caller.actor, move |tx, at_desk| {
            desk::count(tx, at_desk.view, at_desk.actor, &counted, &[])
        })
        .await?;
    let cases: u64 = counts.iter().map(|(_, count)| count).sum();
    if cases > format.cases_max() {
        return Err(Problem::new(ErrorKind::Invalid, "export_too_large")
            .detail("cases", cases)
            .detail("max", format.cases_max()));
    }
    let language = Language::of(&headers);
    let titles = titles(language);
    let day = state.now().date(&view.zone).strftime("%Y%m%d").to_string();
    let reading = Reading {
        state,
        city,
        actor: caller.actor,
        filter,
        // By the report's time nothing moves while the file is written.
        sort: Sort::Newest,
        language,
        after: None,
        is_over: false,
    };
    let body = match format {
        Format::Xlsx => whole_workbook(reading, titles).await?,
        Format::Csv | Format::GeoJson => streamed(reading, format, titles),
    };
    let name = format!("attachment; filename=\"cases-{city}-{day}.{}\"", format.ending());
    let head = [(header::CONTENT_TYPE, format.media_type().to_owned()), (header::CONTENT_DISPOSITION, name)];
    Ok((head, body).into_response())
}
