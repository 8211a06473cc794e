//! `/healthz`: does the process live, and may it be sent work? Reads may go on where writes may not, so both are said.

use axum::{Json, extract::State, http::StatusCode, response::IntoResponse};
use ledger::LedgerError;
use serde::Serialize;

use crate::app::AppState;

/// Less free room than this on the disk of the data folder makes the service not ready, bytes.
pub(crate) const FREE_BYTES_MIN: u64 = 256 * 1024 * 1024;

#[derive(Debug, Serialize)]
struct Health {
    /// Always true: who answers lives.
    alive: bool,
    /// Reads and writes are served.
    ready: bool,
    /// The store answers reads.
    reads: bool,
    /// Why the store refuses writes, if it does.
    sealed: Option<&'static str>,
    /// Jobs that wait for the writer.
    waiting_jobs: usize,
    /// Free room on the disk of the data folder, bytes.
    free_bytes: Option<u64>,
}

/// `GET /healthz`: 200 where it is ready, 503 where it is not.
pub(crate) async fn show(State(state): State<AppState>) -> impl IntoResponse {
    let db = state.ledger().db();
    let reads = db.read(|tx| ledger::cities(tx).map(drop)).await.map_err(|error: LedgerError| error).is_ok();
    let free_bytes = rustix::fs::statvfs(state.ledger().attachments())
        .ok()
        .map(|room| room.f_bavail.saturating_mul(room.f_frsize));
    let sealed = db.sealed();
    let roomy = free_bytes.is_none_or(|free| free >= FREE_BYTES_MIN);
    let ready = reads && sealed.is_none() && roomy;
    let health = Health { alive: true, ready, reads, sealed, waiting_jobs: db.waiting_jobs(), free_bytes };
    (if ready { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE }, Json(health))
}
