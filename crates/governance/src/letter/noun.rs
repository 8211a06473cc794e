//! The letter as the ledger keeps it: the columns by which it is found, its words and its timers.

use db::{Value, dialect::ColumnType};
use kernel::time::Moment;
use ledger::{Noun, Stamp, TimerAt, register::reference_tag};

use super::{ClockName, Command, Event, Letter, Link, Recipient, Stage, TimerKind, evolve};

/// Nothing but a name for the ledger: the state is [`Letter`], the events are [`Event`].
#[derive(Debug)]
pub struct LetterNoun;

impl Noun for LetterNoun {
    const NAME: &'static str = "letter";
    const COLUMNS: &'static [(&'static str, ColumnType)] = &[
        ("number", ColumnType::Text),
        ("stage", ColumnType::Text),
        ("kind", ColumnType::Text),
        ("from_unit", ColumnType::Text),
        ("drafted_at", ColumnType::Int),
        ("sent_at", ColumnType::Int),
        ("due_at", ColumnType::Int),
        ("answered_at", ColumnType::Int),
        ("in_time", ColumnType::Int),
        ("level", ColumnType::Int),
        ("answers", ColumnType::Text),
        ("changed_at", ColumnType::Int),
    ];
    const INDEXES: &'static [&'static [&'static str]] = &[
        &["number"],
        &["stage", "changed_at"],
        &["from_unit", "changed_at"],
        &["kind", "sent_at"],
        &["sent_at"],
        &["due_at"],
        &["answered_at"],
        &["answers"],
        &["changed_at"],
    ];
    const WORDS: bool = true;

    type State = Letter;
    type Event = Event;

    fn kind(event: &Event) -> &'static str {
        event.kind()
    }

    fn evolve(state: Option<Letter>, event: &Event, stamp: &Stamp) -> Letter {
        evolve(state, event, stamp.at, &stamp.actor)
    }

    fn columns(letter: &Letter) -> Vec<Value<'_>> {
        let moment = |at: Option<Moment>| Value::from(at.map(Moment::millis));
        vec![
            letter.number.as_deref().into(),
            letter.stage.name().into(),
            letter.content.kind.name().into(),
            letter.content.from.as_str().into(),
            letter.drafted_at.millis().into(),
            moment(letter.sent_at),
            moment(letter.due_at),
            moment(letter.answered_at),
            letter.in_time().map(i64::from).into(),
            i64::from(letter.level()).into(),
            letter.content.answers.map_or(Value::Null, |id| id.to_string().into()),
            letter.changed_at.millis().into(),
        ]
    }

    fn words(letter: &Letter) -> String {
        format!("{} {}", letter.content.subject, letter.content.text)
    }

    /// Who got it or a copy, who still has to do something, and what it is about. What is a draft is nobody's yet.
    fn tags(letter: &Letter) -> Vec<String> {
        let mut tags: Vec<String> = letter.content.links.iter().map(link_tag).collect();
        tags.extend(letter.recipients.iter().map(|recipient| recipient_tag(&recipient.unit)));
        if letter.sent_at.is_some() {
            tags.extend(letter.content.copies.iter().map(|unit| copy_tag(unit)));
        }
        if matches!(letter.stage, Stage::Sent | Stage::Received) {
            let asked = letter.limit.is_some();
            let acts = |unit: &&Recipient| if asked { unit.is_open() } else { unit.is_waiting() };
            tags.extend(letter.recipients.iter().filter(acts).map(|recipient| todo_tag(&recipient.unit)));
        }
        tags.sort_unstable();
        tags.dedup();
        tags
    }

    fn timers(letter: &Letter) -> Vec<TimerAt> {
        letter
            .timers()
            .into_iter()
            .map(|timer| TimerAt { kind: timer_name(timer.kind, timer.clock), at: timer.at })
            .collect()
    }
}

/// The tag of a unit that a letter was sent to.
#[must_use]
pub fn recipient_tag(unit: &str) -> String {
    format!("recipient:{unit}")
}

/// The tag of a unit that got a copy.
#[must_use]
pub fn copy_tag(unit: &str) -> String {
    format!("copy:{unit}")
}

/// The tag of a unit that has to receive or answer it.
#[must_use]
pub fn todo_tag(unit: &str) -> String {
    format!("todo:{unit}")
}

/// The tag of what a letter is about; of a row the same as that of any other reference to it.
#[must_use]
pub fn link_tag(link: &Link) -> String {
    match link {
        Link::Case(id) => format!("case:{id}"),
        Link::Letter(id) => format!("letter:{id}"),
        Link::Row { register, key } => reference_tag(register, key),
    }
}

/// What the ledger calls a timer of a letter: its kind and its clock, as JSON.
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
