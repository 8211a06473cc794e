//! The ledger as the audit reads it: its head, its entries, and the trail of sign-ins, posts, keys and looks at personal data.

use axum::{Json, extract::State};
use kernel::role::Action;
use ledger::{Entry, LedgerError};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::routes;

use super::{PAGE, PAGE_MAX};
use crate::{
    app::AppState,
    problem::{Problem, ProblemBody},
    request::Arguments,
    rights::City,
    routes::{Guard, Routes},
};

/// Nouns whose entries tell who came in and who looked.
const AUDITED: [&str; 3] = ["account", "key", "person"];
/// Entries that one request reads through at the most, looking for those.
const SCANNED_MAX: u32 = 20_000;

pub(super) fn routes(routes: Routes) -> Routes {
    routes
        .route(Guard::Right(Action::LedgerView), routes!(head))
        .route(Guard::Right(Action::LedgerView), routes!(entries))
        .route(Guard::Right(Action::AuditView), routes!(audit))
}

/// The end of the city's chain.
#[derive(Serialize, ToSchema)]
pub(crate) struct HeadFace {
    /// The city's code.
    city: String,
    /// How many entries there are.
    entries: u64,
    /// When the last one was written, UTC milliseconds.
    at: i64,
    /// The last link of the chain, hexadecimal.
    hash: String,
    /// The root of the Merkle tree over all entries, hexadecimal.
    root: String,
}

/// The end of the ledger's chain.
#[utoipa::path(get, path = "/api/v1/ledger/head", tag = "ledger", operation_id = "ledger_head",
    responses((status = 200, body = HeadFace), (status = 403, body = ProblemBody)))]
pub(crate) async fn head(State(state): State<AppState>, City(city): City) -> Result<Json<HeadFace>, Problem> {
    let head = state.read(move |tx| ledger::head(tx, city)).await?;
    Ok(Json(HeadFace {
        city: city.to_string(),
        entries: head.entries,
        at: head.at.millis(),
        hash: ledger::hex(&head.hash),
        root: ledger::hex(&head.root()),
    }))
}

/// One entry.
#[derive(Serialize, ToSchema)]
pub(crate) struct EntryFace {
    /// Its place in the chain.
    seq: u64,
    /// When, UTC milliseconds.
    at: i64,
    /// Of which noun.
    noun: String,
    /// Of which record.
    key: String,
    /// The record's version after it.
    version: u64,
    /// Which kind of event.
    kind: String,
    /// By whom.
    actor: String,
    /// The event.
    #[schema(value_type = Object)]
    body: serde_json::Value,
    /// Its link of the chain, hexadecimal.
    hash: String,
}

impl From<Entry> for EntryFace {
    fn from(entry: Entry) -> Self {
        Self {
            seq: entry.seq,
            at: entry.at.millis(),
            noun: entry.noun,
            key: entry.key,
            version: entry.version,
            kind: entry.kind,
            actor: entry.actor,
            body: serde_json::from_str(&entry.body).unwrap_or_default(),
            hash: ledger::hex(&entry.hash),
        }
    }
}

/// Which page of entries.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Page {
    /// `next` of the page before: the last sequence seen.
    after: Option<u64>,
    /// Entries on the page, at most 500.
    limit: Option<u32>,
}

/// A page of entries.
#[derive(Serialize, ToSchema)]
pub(crate) struct EntryPage {
    /// The entries, oldest first.
    items: Vec<EntryFace>,
    /// Goes into `after` for the next page; none where this is the last.
    next: Option<u64>,
}

/// Entries of the ledger.
#[utoipa::path(get, path = "/api/v1/ledger/entries", tag = "ledger", operation_id = "ledger_entries", params(Page),
    responses((status = 200, body = EntryPage), (status = 403, body = ProblemBody)))]
pub(crate) async fn entries(
    State(state): State<AppState>,
    City(city): City,
    Arguments(page): Arguments<Page>,
) -> Result<Json<EntryPage>, Problem> {
    let limit = page.limit.unwrap_or(PAGE).clamp(1, PAGE_MAX);
    let after = page.after.unwrap_or(0);
    let found = state.read(move |tx| ledger::entries_after(tx, city, after, limit)).await?;
    let next = found.last().filter(|_| found.len() == limit as usize).map(|entry| entry.seq);
    Ok(Json(EntryPage { items: found.into_iter().map(EntryFace::from).collect(), next }))
}

/// Who came in, who was given which post or key, who looked at personal data.
#[utoipa::path(get, path = "/api/v1/audit", tag = "ledger", operation_id = "audit", params(Page),
    responses((status = 200, body = EntryPage), (status = 403, body = ProblemBody)))]
pub(crate) async fn audit(
    State(state): State<AppState>,
    City(city): City,
    Arguments(page): Arguments<Page>,
) -> Result<Json<EntryPage>, Problem> {
    let limit = page.limit.unwrap_or(PAGE).clamp(1, PAGE_MAX) as usize;
    let mut after = page.after.unwrap_or(0);
    let (items, next) = state
        .read(move |tx| {
            let mut items = Vec::new();
            let mut scanned = 0;
            while scanned < SCANNED_MAX {
                let found = ledger::entries_after(tx, city, after, ledger::entry::ENTRIES_MAX)?;
                let Some(last) = found.last() else { return Ok((items, None)) };
                scanned += ledger::entry::ENTRIES_MAX;
                let end = last.seq;
                for entry in found.into_iter().filter(|entry| AUDITED.contains(&entry.noun.as_str())) {
                    let seq = entry.seq;
                    items.push(EntryFace::from(entry));
                    if items.len() == limit {
                        return Ok((items, Some(seq)));
                    }
                }
                after = end;
            }
            Ok::<_, LedgerError>((items, Some(after)))
        })
        .await?;
    Ok(Json(EntryPage { items, next }))
}
