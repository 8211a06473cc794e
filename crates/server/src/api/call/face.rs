//! How a call sheet looks from the desk.

use governance::{
    call::{self, Call, CertificationState, noun::CallNoun},
    desk::Desk,
};
use kernel::{id::CallId, time::Moment};
use ledger::Record;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::api::{case::ClockFace, place::PlaceFace};

/// A call sheet in a list.
#[derive(Serialize, Deserialize, ToSchema)]
pub(crate) struct CallRow {
    /// The id.
    pub(super) id: String,
    /// The version; an act names it in `If-Match`.
    pub(super) version: u64,
    /// What it is called towards people; the case that it becomes has the same.
    reference: String,
    /// Where it stands.
    stage: String,
    /// What else is so: `urgent`, `late`, `problem` …
    flags: Vec<String>,
    /// What the caller wants: `consultation`, `complaint` …
    kind: Option<String>,
    /// The class; null where none was found yet.
    class: Option<String>,
    /// What was said, personal data masked.
    text: String,
    /// Where it is.
    place: Option<PlaceFace>,
    /// What became of it.
    outcome: Option<String>,
    /// The id of the case that it lives in.
    case: Option<String>,
    /// The outside body that has it or answered it.
    transferred_to: Option<String>,
    /// How many calls of the same person came before, within the city's days.
    repeat: u32,
    /// There is contact data in the vault.
    has_caller: bool,
    /// When the call came in, UTC milliseconds.
    at: i64,
    /// When anything last happened to it.
    changed_at: i64,
    /// When the next clock runs out.
    due_at: Option<i64>,
    /// That clock.
    clock: Option<ClockFace>,
}

/// The row of a sheet at a moment.
pub(super) fn row(record: &Record<CallNoun>, at: Moment) -> CallRow {
    let call = &record.state;
    let next = call.clocks.iter().min_by_key(|running| running.clock.due);
    CallRow {
        id: record.key.clone(),
        version: record.version,
        reference: call.reference.clone(),
        stage: call.stage.name().to_owned(),
        flags: flags(call, at).into_iter().map(str::to_owned).collect(),
        kind: call.demand.kind.map(|kind| kind.name().to_owned()),
        class: call.demand.class.clone(),
        text: call.demand.text.clone(),
        place: call.demand.place.as_ref().map(PlaceFace::from),
        outcome: call.outcome.map(|outcome| outcome.name().to_owned()),
        case: call.case_id().map(|id| id.to_string()),
        transferred_to: call.transferred_to.clone(),
        repeat: call.repeat,
        has_caller: call.has_caller(),
        at: call.at.millis(),
        changed_at: call.changed_at.millis(),
        due_at: next.map(|running| running.clock.due.millis()),
        clock: next.map(|running| ClockFace::of(running, at)),
    }
}

/// What is so beside the stage, in words that are translation keys.
fn flags(call: &Call, at: Moment) -> Vec<&'static str> {
    let late = call.clocks.iter().any(|running| running.overdue || running.clock.due < at);
    let certification = call.certification.as_ref().map(|certification| certification.state);
    let all = [
        ("urgent", call.demand.urgent),
        ("late", late),
        ("problem", call.problem.is_some()),
        ("complex", call.demand.complex),
        ("secret", call.demand.secret),
        ("redone", call.counts.redos > 0),
        ("overdue", !call.overdues.is_empty()),
        (
            "certification_pending",
            matches!(certification, Some(CertificationState::Proposed | CertificationState::Contested)),
        ),
    ];
    all.into_iter().filter(|(_, is_so)| *is_so).map(|(name, _)| name).collect()
}

/// The kinds of act that somebody may do now.
pub(super) fn acts_of(at_desk: &Desk<'_>, id: CallId, call: &Call) -> Vec<&'static str> {
    call::desk::allowed(at_desk, id, call).into_iter().map(call::CommandKind::name).collect()
}
