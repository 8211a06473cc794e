//! The running figures, in the OpenMetrics text format. They hold no personal data: routes, statuses, counts.

use std::{sync::Arc, time::Duration};

use axum::{
    extract::State,
    http::{Method, header},
    response::{IntoResponse, Response},
};
use parking_lot::Mutex;
use prometheus_client::{
    encoding::{EncodeLabelSet, text::encode},
    metrics::{counter::Counter, family::Family, gauge::Gauge, histogram::Histogram},
    registry::{Registry, Unit},
};

use crate::{app::AppState, problem::Problem};

/// Upper bounds of the classes of time, seconds.
const SECONDS: [f64; 12] = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.5, 10.0];

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Answered {
    method: String,
    route: String,
    status: u16,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Timed {
    route: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct OfCity {
    city: String,
}

/// The figures.
#[derive(Clone)]
pub(crate) struct Metrics {
    registry: Arc<Mutex<Registry>>,
    answered: Family<Answered, Counter>,
    seconds: Family<Timed, Histogram>,
    waiting: Gauge,
    sealed: Gauge,
    entries: Family<OfCity, Gauge>,
}

impl Metrics {
    pub(crate) fn new() -> Self {
        let mut registry = Registry::with_prefix("wuhua");
        let answered = Family::<Answered, Counter>::default();
        registry.register(
            "http_requests",
            "Requests answered, by method, route and status",
            answered.clone(),
        );
        let seconds = Family::<Timed, Histogram>::new_with_constructor(|| Histogram::new(SECONDS));
        registry.register_with_unit(
            "http_request",
            "Time to the answer's head",
            Unit::Seconds,
            seconds.clone(),
        );
        let waiting = Gauge::default();
        registry.register("write_queue_jobs", "Jobs that wait for the writer", waiting.clone());
        let sealed = Gauge::default();
        registry.register(
            "store_sealed",
            "1 where the store refuses writes until it was looked at",
            sealed.clone(),
        );
        let entries = Family::<OfCity, Gauge>::default();
        registry.register("ledger_entries", "Entries of a city's ledger", entries.clone());
        Self { registry: Arc::new(Mutex::new(registry)), answered, seconds, waiting, sealed, entries }
    }

    /// Notes one answered request.
    pub(crate) fn observe(&self, method: &Method, route: &str, status: u16, elapsed: Duration) {
        // A made-up method must not become a figure of its own.
        let method = match *method {
            Method::GET | Method::POST | Method::PUT | Method::PATCH | Method::DELETE | Method::HEAD => {
                method.as_str()
            }
            _ => "other",
        };
        let labels = Answered { method: method.to_owned(), route: route.to_owned(), status };
        self.answered.get_or_create(&labels).inc();
        self.seconds.get_or_create(&Timed { route: route.to_owned() }).observe(elapsed.as_secs_f64());
    }

    fn text(&self) -> Option<String> {
        let mut text = String::new();
        encode(&mut text, &self.registry.lock()).ok()?;
        Some(text)
    }
}

/// `GET /metrics`.
pub(crate) async fn show(State(state): State<AppState>) -> Result<Response, Problem> {
    let metrics = state.metrics();
    let db = state.ledger().db();
    metrics.waiting.set(i64::try_from(db.waiting_jobs()).unwrap_or(i64::MAX));
    metrics.sealed.set(i64::from(db.sealed().is_some()));
    let heads = db
        .read(|tx| {
            ledger::cities(tx)?.into_iter().map(|city| ledger::head(tx, city)).collect::<Result<Vec<_>, _>>()
        })
        .await?;
    for head in heads {
        let labels = OfCity { city: head.city.to_string() };
        metrics.entries.get_or_create(&labels).set(head.entries.cast_signed());
    }
    let text = metrics.text().ok_or_else(|| Problem::new(kernel::error::ErrorKind::Internal, "internal"))?;
    let kind = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    Ok(([(header::CONTENT_TYPE, kind)], text).into_response())
}
