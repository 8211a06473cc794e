//! How a case looks from the desk: its row, its state and story without what is not the reader's business.

use std::collections::BTreeMap;

use db::Tx;
use governance::{
    case::{AttachmentRole, Case, Lane, noun::CaseNoun},
    clocks::Running,
    desk::{self, Desk},
    view::View,
};
use kernel::{
    id::{AccountId, CaseId},
    role::{Action, Actor, ActorId},
    time::Moment,
};
use ledger::{Entry, LedgerError, Record, access::account};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use crate::api::{place::PlaceFace, unit::is_at_the_desk};

/// A clock that runs.
#[derive(Serialize, Deserialize, ToSchema)]
pub(crate) struct ClockFace {
    /// Which: a word, or `{"handle": 0}` for a milestone.
    #[schema(value_type = Object)]
    name: Value,
    /// When it started, UTC milliseconds.
    from: i64,
    /// When it runs out.
    due: i64,
    /// It has.
    late: bool,
}

impl ClockFace {
    /// A running clock at a moment.
    pub(in crate::api) fn of<N: Copy + Serialize>(running: &Running<N>, at: Moment) -> Self {
        Self {
            name: serde_json::to_value(running.clock.name).unwrap_or_default(),
            from: running.clock.from.millis(),
            due: running.clock.due.millis(),
            late: running.overdue || running.clock.due < at,
        }
    }
}

/// A case in a list.
#[derive(Serialize, Deserialize, ToSchema)]
pub(crate) struct CaseRow {
    /// The id.
    pub(super) id: String,
    /// The version; an act names it in `If-Match`.
    pub(super) version: u64,
    /// What it is called towards people.
    pub(super) reference: String,
    /// Where it stands.
    pub(super) stage: String,
    /// What else is so: `suspended`, `urged`, `late` …
    pub(super) flags: Vec<String>,
    /// The class; null where none was found yet.
    pub(super) class: Option<String>,
    /// What was said, personal data masked.
    pub(super) text: String,
    /// Where it is.
    pub(super) place: Option<PlaceFace>,
    /// Where it came from.
    pub(super) source: String,
    /// Code of the leading unit.
    pub(super) unit: Option<String>,
    /// Codes of all units that have it.
    pub(super) units: Vec<String>,
    /// When it was reported, UTC milliseconds.
    pub(super) reported_at: i64,
    /// When the next clock runs out.
    pub(super) due_at: Option<i64>,
    /// That clock.
    pub(super) clock: Option<ClockFace>,
    /// When it was closed.
    pub(super) closed_at: Option<i64>,
    /// How many people have said so.
    pub(super) voices: u64,
    /// It goes first.
    pub(super) urgent: bool,
}

/// What a case is called: the reference, or, for one that was imported without, its id.
pub(super) fn reference_of(record: &Record<CaseNoun>) -> String {
    record.state.reference.clone().unwrap_or_else(|| record.key.clone())
}

/// The row of a case at a moment.
pub(in crate::api) fn row(record: &Record<CaseNoun>, at: Moment) -> CaseRow {
    let case = &record.state;
    let next = case.clocks.iter().min_by_key(|running| running.clock.due);
    let units: Vec<String> = case.units.iter().map(|task| task.unit.clone()).collect();
    CaseRow {
        id: record.key.clone(),
        version: record.version,
        reference: reference_of(record),
        stage: case.stage.name().to_owned(),
        flags: flags(case, at).into_iter().map(str::to_owned).collect(),
        class: case.class_or_origin().map(str::to_owned),
        text: case.text.clone(),
        place: case.place.as_ref().map(PlaceFace::from),
        source: case.source.name().to_owned(),
        unit: units.first().cloned(),
        units,
        reported_at: case.reported_at.millis(),
        due_at: next.map(|running| running.clock.due.millis()),
        clock: next.map(|running| ClockFace::of(running, at)),
        closed_at: case.closing.as_ref().map(|closing| closing.at.millis()),
        voices: case.voices(),
        urgent: case.urgent,
    }
}

/// What is so beside the stage, in words that are translation keys.
fn flags(case: &Case, at: Moment) -> Vec<&'static str> {
    let late = case.clocks.iter().any(|running| running.overdue || running.clock.due < at);
    let place = case.place.as_ref();
    let all = [
        ("urgent", case.urgent),
        ("late", late),
        ("suspended", case.suspended_until.is_some()),
        ("urged", case.urging.is_some()),
        ("delay_requested", case.delay.is_some()),
        ("extended", !case.extended.is_empty()),
        ("appealed", case.appeal.is_some()),
        ("joint", case.joint.is_some()),
        ("returned", case.returned.is_some()),
        ("reworked", case.counts.reworks > 0),
        ("reopened", case.counts.reopenings > 0),
        ("overdue", !case.overdues.is_empty()),
        ("self_handled", case.lane == Lane::SelfHandled),
        ("split", case.parent.is_some() || !case.children.is_empty()),
        ("absorbed", !case.absorbed.is_empty()),
        ("imported", case.imported),
        ("place_missing", place.is_none()),
        ("outside", place.is_some_and(|place| place.cell.is_none())),
    ];
    all.into_iter().filter(|(_, is_so)| *is_so).map(|(name, _)| name).collect()
}

/// How much a reader may know of the people behind a case.
pub(in crate::api) struct Eyes {
    /// The reader may ask for contact data, so the reader may know that there is a reporter and who of the staff it is. The handling side
    /// may not (standards.md 11).
    reporter: bool,
    /// The reader works at the desk and knows the staff by name.
    staff: bool,
    own: ActorId,
    unit: Option<String>,
}

impl Eyes {
    /// Of a reader.
    pub(in crate::api) fn of(actor: &Actor) -> Self {
        Self {
            reporter: actor.reach(Action::ContactReveal).is_some(),
            staff: is_at_the_desk(actor),
            own: actor.id.clone(),
            unit: actor.unit.clone(),
        }
    }

    fn may_know(&self, name: &str) -> bool {
        match name {
            // Keys of the vault and a hash of a secret serve nobody who reads.
            "token_hash" | "person" | "followers" | "caller" => false,
            "reporter" | "reported_by" => self.reporter,
            // Who was drawn to check, who filed and who closed.
            "collector" | "hands" | "owner" | "by" => self.staff,
            _ => true,
        }
    }

    /// Takes away what the reader may not know, however deep it stands.
    fn cover(&self, value: &mut Value) {
        match value {
            Value::Object(fields) => {
                fields.retain(|name, _| self.may_know(name));
                fields.values_mut().for_each(|inner| self.cover(inner));
            }
            Value::Array(items) => items.iter_mut().for_each(|inner| self.cover(inner)),
            _ => {}
        }
    }
}

fn damaged<E>(_: E) -> LedgerError {
    LedgerError::Damaged("a record cannot be written as JSON".to_owned())
}

/// A state for a reader: without what the reader may not know.
pub(in crate::api) fn covered<S: Serialize>(state: &S, eyes: &Eyes) -> Result<Value, LedgerError> {
    let mut value = serde_json::to_value(state).map_err(damaged)?;
    eyes.cover(&mut value);
    Ok(value)
}

/// Who did something, as far as the reader may know.
#[derive(Serialize, ToSchema)]
pub(crate) struct ActorFace {
    /// `account`, `key`, `resident` or `system`.
    kind: &'static str,
    /// The post that the account has now.
    role: Option<&'static str>,
    /// The person's name, or the key's.
    name: Option<String>,
}

/// One thing that has happened.
#[derive(Serialize, ToSchema)]
pub(crate) struct HistoryItem {
    /// Its place in the city's ledger.
    seq: u64,
    /// When, UTC milliseconds.
    at: i64,
    /// Which kind.
    kind: String,
    /// By whom.
    actor: ActorFace,
    /// The event, as far as the reader may know it.
    #[schema(value_type = Object)]
    body: Value,
}

/// The story of a case for a reader.
pub(in crate::api) fn history(
    tx: &mut Tx<'_>,
    at_desk: &Desk<'_>,
    entries: &[Entry],
    eyes: &Eyes,
) -> Result<Vec<HistoryItem>, LedgerError> {
    let actors: Vec<ActorId> = entries
        .iter()
        .map(|entry| entry.actor.parse().map_err(|_| LedgerError::Damaged(format!("entry {}", entry.seq))))
        .collect::<Result<_, _>>()?;
    let mut accounts: Vec<AccountId> = actors
        .iter()
        .filter_map(|actor| if let ActorId::Account(id) = actor { Some(*id) } else { None })
        .filter(|id| knows_name(at_desk.view, eyes, *id))
        .collect();
    accounts.sort_unstable();
    accounts.dedup();
    let names = account::names_of(at_desk.vault, tx, at_desk.view.code, &accounts)?;
    entries
        .iter()
        .zip(&actors)
        .map(|(entry, actor)| {
            let mut body = serde_json::from_str(&entry.body).map_err(damaged)?;
            eyes.cover(&mut body);
            // Who first told of it stays with those who may ask the reporter.
            let covered = entry.version == 1 && !eyes.reporter && *actor != eyes.own;
            Ok(HistoryItem {
                seq: entry.seq,
                at: entry.at.millis(),
                kind: entry.kind.clone(),
                actor: actor_face(at_desk.view, actor, &names, eyes, covered),
                body,
            })
        })
        .collect()
}

/// Names are for the desk, for colleagues of the same unit, and everybody knows the own one.
fn knows_name(view: &View, eyes: &Eyes, account: AccountId) -> bool {
    let of_unit = || view.member(account).and_then(|member| member.post.unit.as_ref());
    eyes.staff
        || eyes.own == ActorId::Account(account)
        || eyes.unit.is_some() && of_unit() == eyes.unit.as_ref()
}

fn actor_face(
    view: &View,
    actor: &ActorId,
    names: &BTreeMap<AccountId, String>,
    eyes: &Eyes,
    covered: bool,
) -> ActorFace {
    let plain = |kind| ActorFace { kind, role: None, name: None };
    match actor {
        ActorId::Account(_) if covered => plain("account"),
        ActorId::Account(id) => ActorFace {
            kind: "account",
            role: view.member(*id).and_then(|member| member.post.role).map(|role| role.name()),
            name: names.get(id).cloned(),
        },
        ActorId::Key(name) => ActorFace { name: Some(name.clone()).filter(|_| eyes.staff), ..plain("key") },
        ActorId::Resident => plain("resident"),
        ActorId::System => plain("system"),
    }
}

/// The kinds of act that somebody may do now.
pub(super) fn acts_of(at_desk: &Desk<'_>, id: CaseId, case: &Case) -> Vec<&'static str> {
    desk::allowed(at_desk, id, case).into_iter().map(|kind| kind.name()).collect()
}

/// The word of a photo's role.
pub(in crate::api) const fn role_word(role: AttachmentRole) -> &'static str {
    match role {
        AttachmentRole::Before => "before",
        AttachmentRole::After => "after",
        AttachmentRole::Other => "other",
    }
}
