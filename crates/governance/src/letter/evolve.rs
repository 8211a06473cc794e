//! How an entry changes a letter. Total: any entry of any order gives a state, because a stored history is never refused.

use kernel::{role::ActorId, time::Moment};

use super::{
    deadlines::{Clock, ClockName, Running},
    event::{Event, Fact},
    state::{Content, Letter, LetterKind, Overdue, Recipient, Return, Stage, Supervision},
};

/// The letter after an entry. The first entry of a letter is its beginning; an entry of another kind without a letter starts from an empty
/// one.
#[must_use]
pub fn evolve(state: Option<Letter>, event: &Event, at: Moment, actor: &ActorId) -> Letter {
    let mut letter = match (&event.fact, state) {
        (Fact::Drafted { content }, _) => drafted((**content).clone(), at, actor),
        (fact, state) => {
            let mut letter = state.unwrap_or_else(|| drafted(nothing(), at, actor));
            apply(&mut letter, fact, at);
            letter
        }
    };
    letter.changed_at = at;
    if let Some(clocks) = &event.clocks {
        set_clocks(&mut letter, clocks, at);
    }
    letter
}

const fn nothing() -> Content {
    Content {
        from: String::new(),
        to: Vec::new(),
        copies: Vec::new(),
        kind: LetterKind::Inform,
        subject: String::new(),
        text: String::new(),
        working_days: None,
        answers: None,
        attachments: Vec::new(),
        links: Vec::new(),
    }
}

fn drafted(content: Content, at: Moment, actor: &ActorId) -> Letter {
    Letter {
        stage: Stage::Draft,
        since: at,
        drafted_at: at,
        drafted_by: actor.clone(),
        changed_at: at,
        content,
        amendments: 0,
        number: None,
        dated: None,
        sent_at: None,
        recipients: Vec::new(),
        limit: None,
        extensions: Vec::new(),
        due_at: None,
        answered_at: None,
        supervisions: Vec::new(),
        note: String::new(),
        clocks: Vec::new(),
        overdues: Vec::new(),
    }
}

fn apply(letter: &mut Letter, fact: &Fact, at: Moment) {
    match fact {
        Fact::Drafted { .. } | Fact::ClocksRecomputed {} => {}
        Fact::Amended { content } => {
            letter.content.clone_from(content);
            letter.amendments = letter.amendments.saturating_add(1);
        }
        Fact::Sent { number, dated, limit } => {
            letter.number = Some(number.clone());
            letter.dated = Some(*dated);
            letter.sent_at = Some(at);
            letter.limit = *limit;
            let unread = |unit: &String| Recipient {
                unit: unit.clone(),
                received_at: None,
                answer: None,
                returned: None,
            };
            letter.recipients = letter.content.to.iter().map(unread).collect();
            go(letter, Stage::Sent, at);
        }
        Fact::Received { unit } => {
            if let Some(recipient) = recipient(letter, unit) {
                recipient.received_at.get_or_insert(at);
            }
            moved(letter, at);
        }
        Fact::Returned { unit, reason, proposed } => {
            if let Some(recipient) = recipient(letter, unit) {
                recipient.returned = Some(Return { at, reason: reason.clone(), proposed: proposed.clone() });
            }
            moved(letter, at);
        }
        Fact::Answered { unit, letter: answer } => {
            if let Some(recipient) = recipient(letter, unit) {
                // Who answers has read it.
                recipient.received_at.get_or_insert(at);
                recipient.answer = Some((*answer, at));
            }
            moved(letter, at);
        }
        Fact::Extended { limit, .. } => letter.extensions.push(*limit),
        Fact::Supervised { level, reason } => {
            letter.supervisions.push(Supervision { level: *level, at, reason: reason.clone() });
        }
        Fact::Withdrawn { reason } => {
            letter.note.clone_from(reason);
            go(letter, Stage::Withdrawn, at);
        }
        Fact::Closed { note } => {
            letter.note.clone_from(note);
            go(letter, Stage::Closed, at);
        }
        Fact::Reminded { clock, from, .. } => {
            if let Some(running) = running(letter, *clock, *from) {
                running.reminded = true;
            }
        }
        Fact::Overdue { clock, from, due } => {
            if let Some(running) = running(letter, *clock, *from) {
                running.overdue = true;
            }
            letter.overdues.push(Overdue { clock: *clock, from: *from, due: *due, ended: None });
        }
    }
}

/// Where the letter stands, by what its units have done.
fn moved(letter: &mut Letter, at: Moment) {
    let units = &letter.recipients;
    let stage = if units.iter().all(|unit| unit.returned.is_some()) {
        Stage::Returned
    } else if units.iter().any(Recipient::is_waiting) {
        Stage::Sent
    } else if !letter.content.kind.is_answered() {
        // Nobody has to answer: it is settled when everybody has it.
        Stage::Closed
    } else if units.iter().any(Recipient::is_open) {
        Stage::Received
    } else {
        letter.answered_at = Some(at);
        Stage::Answered
    };
    if stage != letter.stage {
        go(letter, stage, at);
    }
}

fn set_clocks(letter: &mut Letter, clocks: &[Clock], at: Moment) {
    crate::clocks::set(&mut letter.clocks, &mut letter.overdues, clocks, at);
    if let Some(answer) = clocks.iter().find(|clock| clock.name == ClockName::Answer) {
        letter.due_at = Some(answer.due);
    }
}

fn running(letter: &mut Letter, name: ClockName, from: Moment) -> Option<&mut Running> {
    letter.clocks.iter_mut().find(|running| running.clock.name == name && running.clock.from == from)
}

fn recipient<'a>(letter: &'a mut Letter, unit: &str) -> Option<&'a mut Recipient> {
    letter.recipients.iter_mut().find(|recipient| recipient.unit == unit)
}

fn go(letter: &mut Letter, stage: Stage, at: Moment) {
    letter.stage = stage;
    letter.since = at;
}
