//! What follows from a command: entries, or a refusal that changes nothing. The order of the questions is always the same: may this
//! person, does the stage allow it, does the sheet allow it, is what was said acceptable. Only the last kind of "no" is
//! [`ErrorKind::Invalid`], which is how [`allowed`] knows that a button may be shown.

mod certify;
mod follow_up;
mod intake;
mod outcome;

use kernel::{
    error::{ErrorKind, Refusal},
    id::CaseId,
    role::{Action, Actor, ActorId, Place as Belongs},
    time::Moment,
};

use super::{
    NAME_CHARS_MAX, REASON_CHARS_MAX,
    command::{Command, CommandKind},
    context::Context,
    deadlines::{ClockName, TimerKind, clocks},
    event::{Event, Fact, Opening},
    evolve::evolve,
    state::{Call, DropReason, Filling, Ground, Signal, SignalKind},
    table,
};

/// What follows from a command.
///
/// Where a clock has run out and no timer has said so yet, the entry for that comes first: what is on record never depends on how
/// punctual a timer is.
///
/// # Errors
/// A [`Refusal`] with a code of [`super::REFUSALS`]; nothing has changed.
pub fn decide(state: Option<&Call>, command: &Command, context: &Context<'_>) -> Result<Vec<Event>, Refusal> {
    let Some(call) = state else {
        let Command::Begin(opening) = command else { return Err(Refusal::not_found("call_missing")) };
        may(context.actor, command.kind().action(), &Belongs::default())?;
        return Ok(record(None, intake::begin(opening, context)?, context));
    };
    let mut facts = settle(call, context.now);
    let settled = facts.iter().fold(call.clone(), |call, fact| {
        evolve(Some(call), &Event::from(fact.clone()), context.now, &context.actor.id)
    });
    // A timer that is due was set for the state as it is on record, not as it has just been settled.
    let seen = if matches!(command, Command::TimerFired { .. }) { call } else { &settled };
    facts.extend(follows(seen, command, context)?);
    Ok(record(Some(call), facts, context))
}

/// Which commands this person may give now, by asking [`decide()`] itself with a sample of each: one that is only refused for what
/// it says ([`ErrorKind::Invalid`]) may be given with better words.
#[must_use]
pub fn allowed(state: Option<&Call>, context: &Context<'_>) -> Vec<CommandKind> {
    let may = |command: &Command| match decide(state, command, context) {
        Ok(_) => true,
        Err(refusal) => refusal.kind == ErrorKind::Invalid,
    };
    samples(state, context).iter().filter(|command| may(command)).map(Command::kind).collect()
}

fn follows(call: &Call, command: &Command, context: &Context<'_>) -> Result<Vec<Fact>, Refusal> {
    let kind = command.kind();
    match kind.action() {
        action @ Some(_) => {
            let owners: Vec<ActorId> = call.holder.into_iter().map(ActorId::Account).collect();
            let place = call.demand.place.as_ref();
            let belongs = Belongs {
                street: place.and_then(|place| place.street.as_deref()),
                cell: place.and_then(|place| place.cell.as_deref()),
                owners: &owners,
                ..Belongs::default()
            };
            may(context.actor, action, &belongs)?;
        }
        None => require(context.actor.id == ActorId::System, || Refusal::forbidden("call_not_your_right"))?,
    }
    if kind == CommandKind::Begin {
        return Err(Refusal::conflict("call_exists"));
    }
    if !table::MACHINE.stands(call.stage, kind) {
        return Err(Refusal::conflict("call_not_in_this_stage")
            .with("stage", call.stage.name())
            .with("command", kind.name()));
    }
    match command {
        Command::Begin(_) => Err(Refusal::conflict("call_exists")),
        Command::Signal(signal) => intake::signal(call, signal, context),
        Command::Fill(filling) => intake::fill(call, filling, context),
        Command::TakeOver {} => intake::take_over(call, context),
        Command::AnswerAtOnce { answer } => outcome::answer_at_once(call, answer, context),
        Command::HandOver { case, note } => outcome::hand_over(call, *case, note, context),
        Command::Join { case, note } => outcome::join(call, *case, note, context),
        Command::Transfer { to, reason } => outcome::transfer(call, to, reason, context),
        Command::RecordReply { solved, reply } => outcome::record_reply(call, *solved, reply),
        Command::Drop { reason, note } => {
            Ok(vec![Fact::Dropped { reason: *reason, note: short(note, REASON_CHARS_MAX)? }])
        }
        Command::Contact { note } => outcome::contact(call, note),
        Command::CaseEnded {} => Ok(vec![Fact::CaseEnded { follow_up: call.has_caller() }]),
        Command::CaseTakenUp {} => follow_up::case_taken_up(call, context),
        Command::CaseMerged { into } => follow_up::case_merged(call, *into, context),
        Command::CaseUnmerged { case } => follow_up::case_unmerged(call, *case, context),
        Command::NotReached {} => follow_up::not_reached(call, context),
        Command::FollowUp { solved, satisfaction, redo, case, note } => {
            let said =
                follow_up::Said { solved: *solved, satisfaction: *satisfaction, redo: *redo, case: *case };
            follow_up::follow_up(call, &said, note, context)
        }
        Command::Certify { ground, reason } => certify::certify(call, *ground, reason, context),
        Command::ConfirmCertification {} => certify::confirm(call, context),
        Command::RejectCertification { reason } => certify::reject(call, reason),
        Command::ContestCertification { reason } => certify::contest(call, reason, context),
        Command::TimerFired { kind, clock, at } => timer_fired(call, *kind, *clock, *at, context),
        Command::RecomputeClocks {} => recompute(call, context),
    }
}

/// What has become true by the mere passing of time.
fn settle(call: &Call, now: Moment) -> Vec<Fact> {
    let late = call.clocks.iter().filter(|running| !running.overdue && running.clock.due < now);
    late.map(|running| {
        let clock = running.clock;
        Fact::Overdue { clock: clock.name, from: clock.from, due: clock.due }
    })
    .collect()
}

/// What a timer adds to [`settle`]; refused when it no longer runs, so that it tells once and no more.
fn timer_fired(
    call: &Call,
    kind: TimerKind,
    clock: ClockName,
    at: Moment,
    context: &Context<'_>,
) -> Result<Vec<Fact>, Refusal> {
    let runs = call.timers().iter().any(|timer| timer.kind == kind && timer.clock == clock && timer.at == at);
    require(runs && at <= context.now, || Refusal::conflict("call_timer_not_running"))?;
    let reminded = call.clocks.iter().map(|running| running.clock).find(|running| {
        // Too late to remind: that it has run out has just been put on record instead.
        kind == TimerKind::Reminder && running.name == clock && running.due >= context.now
    });
    Ok(reminded
        .map(|clock| Fact::Reminded { clock: clock.name, from: clock.from, due: clock.due })
        .into_iter()
        .collect())
}

fn recompute(call: &Call, context: &Context<'_>) -> Result<Vec<Fact>, Refusal> {
    let same =
        call.clocks.iter().map(|running| running.clock).eq(clocks(call, context.calendar, context.settings));
    require(!same, || Refusal::conflict("call_nothing_changes"))?;
    Ok(vec![Fact::ClocksRecomputed {}])
}

/// Makes entries of facts; the last one carries the clocks if they have changed.
fn record(state: Option<&Call>, facts: Vec<Fact>, context: &Context<'_>) -> Vec<Event> {
    let mut events: Vec<Event> = facts.into_iter().map(Event::from).collect();
    let after = events
        .iter()
        .fold(state.cloned(), |call, event| Some(evolve(call, event, context.now, &context.actor.id)));
    let (Some(after), Some(last)) = (after, events.last_mut()) else { return events };
    let running = clocks(&after, context.calendar, context.settings);
    if !after.clocks.iter().map(|running| running.clock).eq(running.iter().copied()) {
        last.clocks = Some(running);
    }
    events
}

/// One sample of each command, as good as the context allows.
fn samples(state: Option<&Call>, context: &Context<'_>) -> Vec<Command> {
    let text = String::new;
    let case = CaseId(context.id.0);
    let Some(call) = state else {
        let opening = Opening { reference: text(), exchange: None, filling: Filling::default() };
        return vec![Command::Begin(Box::new(opening))];
    };
    let timer = call.timers().first().copied();
    let signal = Signal { kind: SignalKind::Ended, at: context.now, holder: None, recording: None };
    vec![
        Command::Signal(signal),
        Command::Fill(Box::default()),
        Command::TakeOver {},
        Command::AnswerAtOnce { answer: text() },
        Command::HandOver { case, note: text() },
        Command::Join { case, note: text() },
        Command::Transfer { to: text(), reason: text() },
        Command::RecordReply { solved: true, reply: text() },
        Command::Drop { reason: DropReason::Silent, note: text() },
        Command::Contact { note: text() },
        Command::CaseEnded {},
        Command::CaseTakenUp {},
        Command::CaseMerged { into: case },
        Command::CaseUnmerged { case },
        Command::NotReached {},
        Command::FollowUp { solved: true, satisfaction: None, redo: false, case: None, note: text() },
        Command::Certify { ground: Ground::NotInPower, reason: text() },
        Command::ConfirmCertification {},
        Command::RejectCertification { reason: text() },
        Command::ContestCertification { reason: text() },
        Command::TimerFired {
            kind: timer.map_or(TimerKind::Overdue, |timer| timer.kind),
            clock: timer.map_or(ClockName::Answer, |timer| timer.clock),
            at: timer.map_or(context.now, |timer| timer.at),
        },
        Command::RecomputeClocks {},
    ]
}

fn may(actor: &Actor, action: Option<Action>, belongs: &Belongs<'_>) -> Result<(), Refusal> {
    require(action.is_some_and(|action| actor.may(action, belongs)), || {
        Refusal::forbidden("call_not_your_right")
    })
}

fn require(condition: bool, refusal: impl FnOnce() -> Refusal) -> Result<(), Refusal> {
    if condition { Ok(()) } else { Err(refusal()) }
}

/// A loop may be gone through once more.
fn within(count: impl Into<u16>, max: impl Into<u16>, code: &'static str) -> Result<(), Refusal> {
    let max = max.into();
    require(count.into() < max, || Refusal::conflict(code).with("max", max))
}

/// A reason, answer or reply that must be there.
fn said(text: &str, chars_max: usize) -> Result<String, Refusal> {
    require(!text.trim().is_empty(), || Refusal::invalid("call_reason_missing"))?;
    short(text, chars_max)
}

fn named(text: &str) -> Result<String, Refusal> {
    said(text, NAME_CHARS_MAX)
}

fn short(text: &str, chars_max: usize) -> Result<String, Refusal> {
    require(text.chars().count() <= chars_max, || {
        Refusal::invalid("call_text_too_long").with("max", chars_max)
    })?;
    Ok(text.trim().to_owned())
}
