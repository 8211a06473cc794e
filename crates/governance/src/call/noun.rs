//! The call sheet as the ledger keeps it: the columns by which it is found, its words and its timers.

use db::{Value, dialect::ColumnType};
use kernel::{
    id::{AccountId, CaseId, PersonId},
    role::ActorId,
    time::Moment,
};
use ledger::{Noun, Stamp, TimerAt};

use super::{Call, ClockName, Command, Event, TimerKind, evolve};

/// Nothing but a name for the ledger: the state is [`Call`], the events are [`Event`].
#[derive(Debug)]
pub struct CallNoun;

impl Noun for CallNoun {
    const NAME: &'static str = "call";
    const COLUMNS: &'static [(&'static str, ColumnType)] = &[
        ("reference", ColumnType::Text),
        ("stage", ColumnType::Text),
        ("kind", ColumnType::Text),
        ("outcome", ColumnType::Text),
        ("class", ColumnType::Text),
        ("street", ColumnType::Text),
        ("at", ColumnType::Int),
        ("due_at", ColumnType::Int),
        // `case` is a word of SQL.
        ("case_id", ColumnType::Text),
        ("exchange_id", ColumnType::Text),
        ("problem", ColumnType::Int),
        ("changed_at", ColumnType::Int),
        // What figures count ([`super::marks`]).
        ("marks", ColumnType::Int),
        ("satisfaction", ColumnType::Int),
        ("wait_ms", ColumnType::Int),
    ];
    const INDEXES: &'static [&'static [&'static str]] = &[
        &["stage", "at"],
        &["kind", "at"],
        &["outcome", "at"],
        &["class", "at"],
        &["at"],
        &["due_at"],
        &["case_id"],
        &["exchange_id"],
        &["changed_at"],
        &["reference"],
    ];
    const WORDS: bool = true;

    type State = Call;
    type Event = Event;

    fn kind(event: &Event) -> &'static str {
        event.kind()
    }

    fn evolve(state: Option<Call>, event: &Event, stamp: &Stamp) -> Call {
        evolve(state, event, stamp.at, &stamp.actor)
    }

    fn columns(call: &Call) -> Vec<Value<'_>> {
        let place = call.demand.place.as_ref();
        vec![
            call.reference.as_str().into(),
            call.stage.name().into(),
            call.demand.kind.map(super::DemandKind::name).into(),
            call.outcome.map(super::Outcome::name).into(),
            call.demand.class.as_deref().into(),
            place.and_then(|place| place.street.as_deref()).into(),
            call.at.millis().into(),
            call.next_due().map(Moment::millis).into(),
            call.case_id().map_or(Value::Null, |id| id.to_string().into()),
            call.exchange.as_ref().map(|exchange| exchange.id.as_str()).into(),
            call.problem.map(|problem| problem.at.millis()).into(),
            call.changed_at.millis().into(),
            super::marks::marks(call).into(),
            super::marks::satisfaction(call).map(i64::from).into(),
            super::marks::wait_ms(call).into(),
        ]
    }

    fn words(call: &Call) -> String {
        let address = call.demand.place.as_ref().map_or("", |place| place.address.as_str());
        format!("{} {address}", call.demand.text)
    }

    /// Who holds it, who called, and the cases that were merged on the way to the one in the column.
    fn tags(call: &Call) -> Vec<String> {
        let merged = call.case.iter().flat_map(|case| &case.merged).map(|id| merged_tag(*id));
        let holder = call.holder.map(holder_tag);
        let caller = call.demand.caller.map(caller_tag);
        let mut tags: Vec<String> = merged.chain(holder).chain(caller).collect();
        tags.sort_unstable();
        tags
    }

    fn timers(call: &Call) -> Vec<TimerAt> {
        call.timers()
            .into_iter()
            .map(|timer| TimerAt { kind: timer_name(timer.kind, timer.clock), at: timer.at })
            .collect()
    }
}

/// The tag of who holds a sheet.
pub(crate) fn holder_tag(holder: AccountId) -> String {
    format!("holder:{}", ActorId::Account(holder))
}

/// The tag of the person in the vault who called.
pub(crate) fn caller_tag(person: PersonId) -> String {
    format!("caller:{person}")
}

/// The tag of a case that was merged on the way to the sheet's present one.
pub(crate) fn merged_tag(case: CaseId) -> String {
    format!("merged:{case}")
}

/// What the ledger calls a timer of a call: its kind and its clock, as JSON.
#[must_use]
pub fn timer_name(kind: TimerKind, clock: ClockName) -> String {
    serde_json::json!([kind, clock]).to_string()
}

/// The command that a timer of this name gives when it fires; `None` for a name that is none of ours.
#[must_use]
pub fn timer_command(name: &str, at: Moment) -> Option<Command> {
    let (kind, clock) = serde_json::from_str(name).ok()?;
    Some(Command::TimerFired { kind, clock, at })
}
