//! The case as the ledger keeps it: the columns by which it is found, its words and its timers.

use db::{Value, dialect::ColumnType};
use kernel::{role::ActorId, time::Moment};
use ledger::{Noun, Stamp, TimerAt};
use map::geometry::Position;

use super::{AttachmentRole, Case, ClockName, Command, Event, TimerKind, evolve};

/// Nothing but a name for the ledger: the state is [`Case`], the events are [`Event`].
#[derive(Debug)]
pub struct CaseNoun;

impl Noun for CaseNoun {
    const NAME: &'static str = "case";
    const COLUMNS: &'static [(&'static str, ColumnType)] = &[
        ("reference", ColumnType::Text),
        ("stage", ColumnType::Text),
        ("source", ColumnType::Text),
        ("class", ColumnType::Text),
        ("unit", ColumnType::Text),
        ("street", ColumnType::Text),
        ("cell", ColumnType::Text),
        ("reported_at", ColumnType::Int),
        ("due_at", ColumnType::Int),
        ("closed_at", ColumnType::Int),
        ("changed_at", ColumnType::Int),
        ("near", ColumnType::Int),
        ("filed_at", ColumnType::Int),
        ("verify_due_at", ColumnType::Int),
        ("dispatch_due_at", ColumnType::Int),
        ("handle_due_at", ColumnType::Int),
        ("check_due_at", ColumnType::Int),
        ("close_due_at", ColumnType::Int),
        // What figures count ([`super::marks`]).
        ("marks", ColumnType::Int),
    ];
    const INDEXES: &'static [&'static [&'static str]] = &[
        &["stage", "reported_at"],
        // With what lists of a unit are filtered by: none of its cases is read that does not fit.
        &["unit", "stage", "reported_at", "source", "class", "street", "cell"],
        &["class", "stage", "reported_at"],
        &["street", "stage", "reported_at"],
        // With what lists are filtered by, so that going through time reads no record that does not fit.
        &["reported_at", "stage", "street", "class", "unit", "source", "cell", "near"],
        &["due_at"],
        // The last two let duplicates be chosen from the index alone.
        &["near", "reported_at", "closed_at"],
        &["changed_at"],
        &["reference"],
        // Of figures. A report fills none of these, so they cost nothing before there is something to count; the moment alone, because what
        // a figure counts it reads anyway, and marks change with every step.
        &["filed_at"],
        &["verify_due_at"],
        &["dispatch_due_at"],
        &["handle_due_at"],
        &["check_due_at"],
        &["close_due_at"],
    ];
    const SPARSE: &'static [&'static str] =
        &["filed_at", "verify_due_at", "dispatch_due_at", "handle_due_at", "check_due_at", "close_due_at"];
    const NARROW: &'static [&'static str] = &["unit", "reference"];
    const WORDS: bool = true;

    type State = Case;
    type Event = Event;

    fn kind(event: &Event) -> &'static str {
        event.kind()
    }

    fn evolve(state: Option<Case>, event: &Event, stamp: &Stamp) -> Case {
        evolve(state, event, stamp.at, &stamp.actor)
    }

    fn columns(case: &Case) -> Vec<Value<'_>> {
        let place = case.place.as_ref();
        let near = place.and_then(|place| Position::new(place.lon, place.lat).ok()).map(map::near::morton);
        vec![
            case.reference.as_deref().into(),
            case.stage.name().into(),
            case.source.name().into(),
            case.class_or_origin().into(),
            case.units.first().map(|task| task.unit.as_str()).into(),
            place.and_then(|place| place.street.as_deref()).into(),
            place.and_then(|place| place.cell.as_deref()).into(),
            case.reported_at.millis().into(),
            case.next_due().map(Moment::millis).into(),
            case.closing.as_ref().map(|closing| closing.at.millis()).into(),
            case.changed_at.millis().into(),
            near.into(),
            case.filed_at.map(Moment::millis).into(),
            case.dues.verify.map(Moment::millis).into(),
            case.dues.dispatch.map(Moment::millis).into(),
            case.dues.handle.map(Moment::millis).into(),
            case.dues.check.map(Moment::millis).into(),
            case.dues.close.map(Moment::millis).into(),
            super::marks::marks(case).into(),
        ]
    }

    fn words(case: &Case) -> String {
        let address = case.place.as_ref().map_or("", |place| place.address.as_str());
        let class = case.origin.as_ref().and_then(|origin| origin.class.as_deref()).unwrap_or_default();
        [case.text.as_str(), address, class].join(" ").trim_end().to_owned()
    }

    /// Units beside the leading one, which has its column; units that were late with it and no longer have it; who holds it; who of the staff reported it; what its source calls it, where
    /// that is not its reference; its component, its photos of the problem.
    fn tags(case: &Case) -> Vec<String> {
        let others = case.units.iter().skip(1).map(|task| unit_tag(&task.unit));
        let late = case.units_concerned().skip(case.units.len()).map(late_tag);
        let workers = case.units.iter().filter_map(|task| task.worker);
        let holders = case.task.iter().map(|task| task.collector).chain(workers);
        let reporter =
            matches!(case.reported_by, ActorId::Account(_)).then(|| reporter_tag(&case.reported_by));
        let origin = case.origin.as_ref().filter(|origin| case.reference.as_ref() != Some(&origin.id));
        let photos = case.attachments.iter().filter(|photo| photo.role != AttachmentRole::After);
        let mut tags: Vec<String> = others
            .chain(late)
            .chain(holders.map(|id| holder_tag(&ActorId::Account(id))))
            .chain(reporter)
            .chain(origin.map(|origin| origin_tag(&origin.id)))
            .chain(case.component.as_deref().map(component_tag))
            .chain(photos.map(|photo| photo_tag(&photo.hash)))
            .collect();
        tags.sort_unstable();
        tags.dedup();
        tags
    }

    fn timers(case: &Case) -> Vec<TimerAt> {
        case.timers()
            .into_iter()
            .map(|timer| TimerAt { kind: timer_name(timer.kind, timer.clock), at: timer.at })
            .collect()
    }
}

/// The tag of a unit that handles a case beside the leading one.
pub(crate) fn unit_tag(unit: &str) -> String {
    format!("unit:{unit}")
}

/// The tag of a unit that was late with a case that has ended, and from which it was taken before.
pub(crate) fn late_tag(unit: &str) -> String {
    format!("late:{unit}")
}

/// The tag of who has been given a case: its worker, the collector with a task.
pub(crate) fn holder_tag(holder: &ActorId) -> String {
    format!("holder:{holder}")
}

/// The tag of the member of staff who reported a case.
pub(crate) fn reporter_tag(reporter: &ActorId) -> String {
    format!("reporter:{reporter}")
}

/// The tag of an imported case whose id in its source is not its reference.
#[must_use]
pub fn origin_tag(id: &str) -> String {
    format!("origin:{id}")
}

/// The tag of the component that a case is about.
pub(crate) fn component_tag(component: &str) -> String {
    format!("component:{component}")
}

/// The tag of a photo of the problem; half of its hash tells it from every other.
pub(crate) fn photo_tag(hash: &str) -> String {
    format!("photo:{}", hash.get(..32).unwrap_or(hash))
}

/// What the ledger calls a timer of a case: its kind and its clock, as JSON.
#[must_use]
pub fn timer_name(kind: TimerKind, clock: Option<ClockName>) -> String {
    serde_json::json!([kind, clock]).to_string()
}

/// The command that a timer of this name gives when it fires; `None` for a name that is none of ours.
#[must_use]
pub fn timer_command(name: &str, at: Moment) -> Option<Command> {
    let (kind, clock) = serde_json::from_str(name).ok()?;
    Some(Command::TimerFired { kind, clock, at })
}
