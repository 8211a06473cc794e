//! Live events: what was committed, as server-sent events with the entry's sequence as id, so that a reader goes on where it stopped.

use std::{collections::VecDeque, convert::Infallible, time::Duration};

use axum::{
    extract::State,
    http::HeaderMap,
    response::sse::{Event, KeepAlive, Sse},
};
use futures_util::{Stream, stream};
use kernel::{
    code::CityCode,
    role::{Action, Actor},
};
use ledger::{Entry, LedgerError};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::routes;

use crate::{
    app::AppState,
    problem::{Problem, ProblemBody},
    request::Arguments,
    rights::{Caller, City},
    routes::{Guard, Routes},
};

/// A comment so often keeps proxies from closing the line, and tells a reader that is gone.
const KEEP_ALIVE: Duration = Duration::from_secs(15);

pub(super) fn routes(routes: Routes) -> Routes {
    routes.route(Guard::Right(Action::LiveEvents), routes!(listen))
}

/// What happened, as far as the reader may see the thing it happened to.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct EventFace {
    /// Its place in the city's ledger; also the event's id.
    seq: u64,
    /// When, UTC milliseconds.
    at: i64,
    /// Of which noun.
    noun: String,
    /// Of which record.
    key: String,
    /// Which kind of event.
    kind: String,
    /// The record's version after it.
    version: u64,
}

/// Where to begin.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct From {
    /// As `Last-Event-ID`, for readers that cannot set headers. Without either it begins now.
    after: Option<u64>,
}

/// One reader's line.
struct Line {
    state: AppState,
    city: CityCode,
    actor: Actor,
    wake: tokio::sync::watch::Receiver<u64>,
    stopping: tokio::sync::watch::Receiver<bool>,
    after: u64,
    waiting: VecDeque<Event>,
}

impl Line {
    /// The next event; waits for commits. `None` where the process stops.
    async fn next(mut self) -> Option<(Result<Event, Infallible>, Self)> {
        loop {
            if let Some(event) = self.waiting.pop_front() {
                return Some((Ok(event), self));
            }
            self.wake.mark_unchanged();
            let (read, city, after, actor) = (self.state.clone(), self.city, self.after, self.actor.clone());
            let found = self
                .state
                .read(move |tx| {
                    let entries = ledger::entries_after(tx, city, after, ledger::entry::ENTRIES_MAX)?;
                    let last = entries.last().map(|entry| entry.seq);
                    let mut seen = Vec::new();
                    for entry in entries {
                        if read.visibility().may_see(tx, city, &actor, &entry)? {
                            seen.push(entry);
                        }
                    }
                    Ok::<_, LedgerError>((seen, last))
                })
                .await;
            match found {
                // A store that cannot be read now is asked again at the next commit; the reader misses nothing.
                Err(_) | Ok((_, None)) => {
                    // A process that shares the store does not wake us: look again from time to time.
                    let woken = tokio::time::timeout(KEEP_ALIVE, self.wake.changed());
                    tokio::select! {
                        woken = woken => if matches!(woken, Ok(Err(_))) { return None },
                        _ = self.stopping.wait_for(|stopping| *stopping) => return None,
                    }
                }
                Ok((entries, Some(last))) => {
                    self.after = last;
                    self.waiting.extend(entries.into_iter().filter_map(event));
                }
            }
        }
    }
}

fn event(entry: Entry) -> Option<Event> {
    let (id, noun) = (entry.seq.to_string(), entry.noun.clone());
    let face = EventFace {
        seq: entry.seq,
        at: entry.at.millis(),
        noun: entry.noun,
        key: entry.key,
        kind: entry.kind,
        version: entry.version,
    };
    Event::default().id(id).event(noun).json_data(face).ok()
}

/// Live events of what the caller may see. `Last-Event-ID` goes on where a reader stopped.
#[utoipa::path(get, path = "/api/v1/events", tag = "event", operation_id = "event_listen",
    params(From, ("Last-Event-ID" = Option<u64>, Header)),
    responses((status = 200, content_type = "text/event-stream", body = EventFace), (status = 401, body = ProblemBody)))]
pub(crate) async fn listen(
    State(state): State<AppState>,
    caller: Caller,
    City(city): City,
    headers: HeaderMap,
    Arguments(from): Arguments<From>,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, Problem> {
    let last =
        headers.get("last-event-id").and_then(|id| id.to_str().ok()).and_then(|id| id.trim().parse().ok());
    // Listening begins before the end is read, so that nothing falls between.
    let wake = state.ledger().listen();
    let after = match last.or(from.after) {
        Some(after) => after,
        None => state.read(move |tx| ledger::head(tx, city)).await?.entries,
    };
    let stopping = state.stopping();
    let line = Line { state, stopping, city, actor: caller.actor, wake, after, waiting: VecDeque::new() };
    Ok(Sse::new(stream::unfold(line, Line::next)).keep_alive(KeepAlive::new().interval(KEEP_ALIVE)))
}
