//! What follows from a command: entries, or a refusal that changes nothing. The order of the questions is always the same: may this person,
//! does the stage allow it, does the letter allow it, is what was said acceptable. Only the last kind of "no" is [`ErrorKind::Invalid`],
//! which is how [`allowed`] knows that a button may be shown.

mod sender;
mod unit;

use kernel::{
    error::{ErrorKind, Refusal},
    id::LetterId,
    role::{Action, Actor, ActorId, Place as Belongs},
    time::Moment,
};

use super::{
    REASON_CHARS_MAX,
    command::{Command, CommandKind},
    context::Context,
    deadlines::{ClockName, TimerKind, clocks},
    event::{Event, Fact},
    evolve::evolve,
    state::{Content, Letter, LetterKind},
    table,
};

/// What follows from a command.
///
/// Where a clock has run out and no timer has said so yet, the entry for that comes first, and the lift to the next level with it: what is
/// on record never depends on how punctual a timer is.
///
/// # Errors
/// A [`Refusal`] with a code of [`super::REFUSALS`]; nothing has changed.
pub fn decide(
    state: Option<&Letter>,
    command: &Command,
    context: &Context<'_>,
) -> Result<Vec<Event>, Refusal> {
    let Some(letter) = state else {
        let Command::Draft(content) = command else { return Err(Refusal::not_found("letter_missing")) };
        may(context.actor, Action::LetterWrite, &content.from)?;
        let facts = vec![Fact::Drafted { content: Box::new(sender::written(content, context)?) }];
        return Ok(record(None, facts, context));
    };
    let mut facts = settle(letter, context);
    let settled = facts.iter().fold(letter.clone(), |letter, fact| {
        evolve(Some(letter), &Event::from(fact.clone()), context.now, &context.actor.id)
    });
    // A timer that is due was set for the state as it is on record, not as it has just been settled.
    let seen = if matches!(command, Command::TimerFired { .. }) { letter } else { &settled };
    facts.extend(follows(seen, command, context)?);
    Ok(record(Some(letter), facts, context))
}

/// Which commands this person may give now, by asking [`decide()`] itself with a sample of each: one that is only refused for what it says
/// ([`ErrorKind::Invalid`]) may be given with better words.
#[must_use]
pub fn allowed(state: Option<&Letter>, context: &Context<'_>) -> Vec<CommandKind> {
    let may = |command: &Command| match decide(state, command, context) {
        Ok(_) => true,
        Err(refusal) => refusal.kind == ErrorKind::Invalid,
    };
    samples(state, context).iter().filter(|command| may(command)).map(Command::kind).collect()
}

fn follows(letter: &Letter, command: &Command, context: &Context<'_>) -> Result<Vec<Fact>, Refusal> {
    let kind = command.kind();
    match (kind.action(), command) {
        (Some(action), Command::Receive { unit } | Command::Return { unit, .. }) => {
            may(context.actor, action, unit)?;
        }
        (Some(action), _) => may(context.actor, action, &letter.content.from)?,
        (None, _) => {
            require(context.actor.id == ActorId::System, || Refusal::forbidden("letter_not_your_right"))?;
        }
    }
    if kind == CommandKind::Draft {
        return Err(Refusal::conflict("letter_exists"));
    }
    if !table::MACHINE.stands(letter.stage, kind) {
        return Err(Refusal::conflict("letter_not_in_this_stage")
            .with("stage", letter.stage.name())
            .with("command", kind.name()));
    }
    match command {
        Command::Draft(_) => Err(Refusal::conflict("letter_exists")),
        Command::Amend(content) => sender::amend(letter, content, context),
        Command::Send {} => sender::send(letter, context),
        Command::Extend { working_days, reason } => sender::extend(letter, *working_days, reason, context),
        Command::Withdraw { reason } => sender::withdraw(letter, reason),
        Command::Close { note } => sender::close(letter, note),
        Command::Receive { unit } => unit::receive(letter, unit),
        Command::Return { unit, reason, proposed } => {
            unit::send_back(letter, unit, reason, proposed.as_deref())
        }
        Command::Answer { unit, letter: reply } => unit::answer(letter, unit, *reply),
        Command::Supervise { reason } => supervise(letter, reason, context),
        Command::TimerFired { kind, clock, at } => timer_fired(letter, *kind, *clock, *at, context),
        Command::RecomputeClocks {} => recompute(letter, context),
    }
}

/// Lifts it to the next level by hand.
fn supervise(letter: &Letter, reason: &str, context: &Context<'_>) -> Result<Vec<Fact>, Refusal> {
    require(letter.limit.is_some(), || Refusal::conflict("letter_needs_no_answer"))?;
    within(letter.level(), context.settings.levels_max, "letter_level_limit")?;
    Ok(vec![Fact::Supervised { level: letter.level() + 1, reason: said(reason)? }])
}

/// What has become true by the mere passing of time: clocks that ran out and, where an answer is late, the lift to the next level. However
/// many clocks ran out in between, it is one lift: the level above has not seen the letter yet.
fn settle(letter: &Letter, context: &Context<'_>) -> Vec<Fact> {
    let late = |running: &&super::Running| !running.overdue && running.clock.due < context.now;
    let late: Vec<_> = letter.clocks.iter().filter(late).map(|running| running.clock).collect();
    let lifts = late.iter().any(|clock| clock.name != ClockName::Receipt)
        && letter.level() < context.settings.levels_max;
    let lift = lifts.then(|| Fact::Supervised { level: letter.level() + 1, reason: String::new() });
    let told =
        late.into_iter().map(|clock| Fact::Overdue { clock: clock.name, from: clock.from, due: clock.due });
    told.chain(lift).collect()
}

/// What a timer adds to [`settle`]; refused when it no longer runs, so that it tells once and no more.
fn timer_fired(
    letter: &Letter,
    kind: TimerKind,
    clock: ClockName,
    at: Moment,
    context: &Context<'_>,
) -> Result<Vec<Fact>, Refusal> {
    let runs =
        letter.timers().iter().any(|timer| timer.kind == kind && timer.clock == clock && timer.at == at);
    require(runs && at <= context.now, || Refusal::conflict("letter_timer_not_running"))?;
    let reminded = letter.clocks.iter().map(|running| running.clock).find(|running| {
        // Too late to remind: that it has run out has just been put on record instead.
        kind == TimerKind::Reminder && running.name == clock && running.due >= context.now
    });
    Ok(reminded
        .map(|clock| Fact::Reminded { clock: clock.name, from: clock.from, due: clock.due })
        .into_iter()
        .collect())
}

fn recompute(letter: &Letter, context: &Context<'_>) -> Result<Vec<Fact>, Refusal> {
    let running = letter.clocks.iter().map(|running| running.clock);
    let same = running.eq(clocks(letter, context.calendar, context.settings));
    require(!same, || Refusal::conflict("letter_nothing_changes"))?;
    Ok(vec![Fact::ClocksRecomputed {}])
}

/// Makes entries of facts; the last one carries the clocks if they have changed.
fn record(state: Option<&Letter>, facts: Vec<Fact>, context: &Context<'_>) -> Vec<Event> {
    let mut events: Vec<Event> = facts.into_iter().map(Event::from).collect();
    let after = events
        .iter()
        .fold(state.cloned(), |letter, event| Some(evolve(letter, event, context.now, &context.actor.id)));
    let (Some(after), Some(last)) = (after, events.last_mut()) else { return events };
    let running = clocks(&after, context.calendar, context.settings);
    if !after.clocks.iter().map(|running| running.clock).eq(running.iter().copied()) {
        last.clocks = Some(running);
    }
    events
}

/// One sample of each command, as good as the context allows.
fn samples(state: Option<&Letter>, context: &Context<'_>) -> Vec<Command> {
    let text = String::new;
    let unit = context.actor.unit.clone().unwrap_or_default();
    let Some(letter) = state else {
        let content = Content {
            from: unit,
            to: Vec::new(),
            copies: Vec::new(),
            kind: LetterKind::Consult,
            subject: text(),
            text: text(),
            working_days: None,
            answers: None,
            attachments: Vec::new(),
            links: Vec::new(),
        };
        return vec![Command::Draft(Box::new(content))];
    };
    let timer = letter.timers().first().copied();
    vec![
        Command::Amend(Box::new(letter.content.clone())),
        Command::Send {},
        Command::Receive { unit: unit.clone() },
        Command::Return { unit: unit.clone(), reason: text(), proposed: None },
        Command::Answer { unit, letter: LetterId(context.id.0) },
        Command::Extend { working_days: 0, reason: text() },
        Command::Supervise { reason: text() },
        Command::Withdraw { reason: text() },
        Command::Close { note: text() },
        Command::TimerFired {
            kind: timer.map_or(TimerKind::Overdue, |timer| timer.kind),
            clock: timer.map_or(ClockName::Answer, |timer| timer.clock),
            at: timer.map_or(context.now, |timer| timer.at),
        },
        Command::RecomputeClocks {},
    ]
}

fn may(actor: &Actor, action: Action, unit: &str) -> Result<(), Refusal> {
    let units = [unit.to_owned()];
    let belongs = Belongs { units: &units, ..Belongs::default() };
    require(actor.may(action, &belongs), || Refusal::forbidden("letter_not_your_right"))
}

fn require(condition: bool, refusal: impl FnOnce() -> Refusal) -> Result<(), Refusal> {
    if condition { Ok(()) } else { Err(refusal()) }
}

/// A loop may be gone through once more.
fn within(count: impl Into<u64>, max: impl Into<u64>, code: &'static str) -> Result<(), Refusal> {
    let max = max.into();
    require(count.into() < max, || Refusal::conflict(code).with("max", max))
}

/// A reason that must be there.
fn said(text: &str) -> Result<String, Refusal> {
    require(!text.trim().is_empty(), || Refusal::invalid("letter_reason_missing"))?;
    short(text, REASON_CHARS_MAX)
}

fn short(text: &str, chars_max: usize) -> Result<String, Refusal> {
    require(text.chars().count() <= chars_max, || {
        Refusal::invalid("letter_text_too_long").with("max", chars_max)
    })?;
    Ok(text.trim().to_owned())
}
