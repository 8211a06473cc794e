//! What follows from a command: entries, or a refusal that changes nothing. The order of the questions is always the same: may this
//! person, does the stage allow it, does the case allow it, is what was said acceptable. Only the last kind of "no" is
//! [`ErrorKind::Invalid`], which is how [`allowed`] knows that a button may be shown.

mod appeal;
mod checking;
mod delay;
mod dispatch;
mod filing;
mod handling;
mod intake;
mod joining;

use kernel::{
    clock::{Limit, LimitUnit},
    error::{ErrorKind, Refusal},
    id::{AccountId, CaseId},
    role::{Action, Actor, ActorId, Place as Belongs},
    time::Moment,
};

use super::{
    ATTACHMENTS_MAX, NAME_CHARS_MAX, REASON_CHARS_MAX,
    command::{Command, CommandKind},
    context::Context,
    deadlines::{Clock, ClockName, TimerKind, clocks},
    event::{Event, Fact, Import, Report},
    evolve::evolve,
    state::{Answer, Attachment, Case, JointForm, Lane, Outcome, Source, Stage, UnitTask},
    table,
};

/// What follows from a command.
///
/// Where a clock has run out or a suspension has ended and no timer has said so yet, the entries for that come first: what is on
/// record never depends on how punctual a timer is.
///
/// # Errors
/// A [`Refusal`] with a code of [`super::REFUSALS`]; nothing has changed.
pub fn decide(state: Option<&Case>, command: &Command, context: &Context<'_>) -> Result<Vec<Event>, Refusal> {
    let Some(case) = state else {
        let facts = born(command, context)?;
        return Ok(record(None, facts, context));
    };
    if matches!(command, Command::Report(_) | Command::Import(_)) {
        return Err(Refusal::conflict("case_exists"));
    }
    let mut facts = settle(case, context.now);
    let settled = facts.iter().fold(case.clone(), |case, fact| {
        evolve(Some(case), &Event::from(fact.clone()), context.now, &context.actor.id)
    });
    // A timer that is due was set for the state as it is on record, not as it has just been settled.
    let seen = if matches!(command, Command::TimerFired { .. }) { case } else { &settled };
    facts.extend(follows(seen, command, context)?);
    Ok(record(Some(case), facts, context))
}

/// Which commands this person may give now, by asking [`decide()`] itself with a sample of each: one that is only refused for what
/// it says ([`ErrorKind::Invalid`]) may be given with better words.
#[must_use]
pub fn allowed(state: Option<&Case>, context: &Context<'_>) -> Vec<CommandKind> {
    let may = |command: &Command| match decide(state, command, context) {
        Ok(_) => true,
        Err(refusal) => refusal.kind == ErrorKind::Invalid,
    };
    let mut kinds: Vec<CommandKind> =
        samples(state, context).iter().filter(|command| may(command)).map(Command::kind).collect();
    kinds.dedup();
    kinds
}

fn born(command: &Command, context: &Context<'_>) -> Result<Vec<Fact>, Refusal> {
    let (action, belongs) = match command {
        Command::Report(report) => (command.action(), belongs_of_report(report)),
        Command::Import(_) => (command.action(), Belongs::default()),
        _ => return Err(Refusal::not_found("case_missing")),
    };
    may(context.actor, action, &belongs)?;
    match command {
        Command::Report(report) => intake::report(report, context),
        Command::Import(import) => intake::import(import),
        _ => Err(Refusal::not_found("case_missing")),
    }
}

fn follows(case: &Case, command: &Command, context: &Context<'_>) -> Result<Vec<Fact>, Refusal> {
    let kind = command.kind();
    let holders = case.holders();
    let belongs = holders.belongs(case, context.is_reporter);
    match kind {
        CommandKind::Undo => {}
        CommandKind::TimerFired | CommandKind::RecomputeClocks | CommandKind::Locate => {
            require(context.actor.id == ActorId::System, || Refusal::forbidden("case_not_your_right"))?;
        }
        _ => may(context.actor, command.action(), &belongs)?,
    }
    if !table::MACHINE.stands(case.stage, kind) {
        return Err(Refusal::conflict("case_not_in_this_stage")
            .with("stage", case.stage.name())
            .with("command", kind.name()));
    }
    if case.suspended_until.is_some() && waits_for_resumption(kind) {
        return Err(Refusal::conflict("case_suspended"));
    }
    match command {
        Command::Report(_) | Command::Import(_) => Err(Refusal::conflict("case_exists")),
        Command::Reimport(import) => intake::reimport(case, import, context),
        Command::Locate { cell, street, community } => intake::locate(case, cell, street, community),
        Command::Accept {} => Ok(vec![Fact::Accepted {}]),
        Command::Refuse { reason } => Ok(vec![Fact::Refused { reason: said(reason)? }]),
        Command::Void { reason } => Ok(vec![Fact::Voided { reason: said(reason)? }]),
        Command::AnswerAtOnce { answer } => Ok(vec![Fact::AnsweredAtOnce { answer: said(answer)? }]),
        Command::Transfer { to, reason } => intake::transfer(case, to, reason, context),
        Command::RecordReply { solved, reply } => {
            Ok(vec![Fact::ReplyRecorded { solved: *solved, reply: said(reply)? }])
        }
        Command::Amend { place, class, text, component } => intake::amend(
            case,
            place.as_ref(),
            class.as_deref(),
            text.as_deref(),
            component.as_deref(),
            context,
        ),
        Command::RequestVerification {} => filing::request_verification(case, context),
        Command::AnswerVerification { answer, note, attachments }
        | Command::AnswerCheck { answer, note, attachments } => {
            checking::answer(case, *answer, note, attachments, context)
        }
        Command::WithdrawTask { reason } => checking::withdraw(case, reason),
        Command::File {} => filing::file(case, context),
        Command::Dispatch { units } => dispatch::dispatch(case, units, context),
        Command::DecideJointly { form, units, due, reason } => {
            dispatch::decide_jointly(form, units, *due, reason, context)
        }
        Command::SendBack { reason } => dispatch::send_back(case, reason, context),
        Command::ForwardToClosing { reason } => dispatch::forward(case, reason),
        Command::Sign {} => handling::sign(case, context),
        Command::Assign { worker } => handling::assign(case, *worker, context),
        Command::Unassign {} => handling::unassign(case, context),
        Command::ReachMilestone {} => handling::reach_milestone(case, context),
        Command::Handle { note, attachments } => handling::handle(case, note, attachments, context),
        Command::RejectWork { reason } => handling::reject_work(case, reason, context),
        Command::Confirm {} => handling::confirm(case, context),
        Command::Return { reason, proposal } => handling::give_back(case, reason, proposal, context),
        Command::RequestCheck {} => checking::request_check(case, context),
        Command::OrderRework { reason } => checking::order_rework(case, reason, context),
        Command::Close { outcome, condition_met, note, component_present } => {
            checking::close(case, *outcome, *condition_met, note, *component_present, context)
        }
        Command::RequestExtension { reason } => delay::request(case, None, reason, context),
        Command::RequestSuspension { until, reason } => delay::request(case, Some(*until), reason, context),
        Command::EndorseDelay {} => delay::endorse(case, context),
        Command::RefuseDelay { reason } => delay::refuse(case, reason, context),
        Command::GrantDelay {} => delay::grant(case, &belongs, context),
        Command::Resume {} => delay::resume(case, context),
        Command::Urge { limit, reason } => appeal::urge(case, *limit, reason, context),
        Command::AnswerUrge { answer } => appeal::answer_urge(case, answer, context),
        Command::AppealOverdue { reason } => appeal::appeal(case, reason, context),
        Command::ReviewAppeal { granted, reason } | Command::DecideAppeal { granted, reason } => {
            appeal::review(case, kind, *granted, reason)
        }
        Command::Rate { solved, satisfaction } => appeal::rate(case, *solved, *satisfaction, context),
        Command::Reopen { reason } => appeal::reopen(case, reason, context),
        Command::Split { children, reason } => joining::split(case, children, reason, context),
        Command::Merge { into } => joining::merge(case, *into, context),
        Command::Unmerge { reason } => Ok(vec![Fact::Unmerged { reason: said(reason)? }]),
        Command::Absorb { child } => joining::absorb(case, *child, context),
        Command::Release { child } => joining::release(case, *child),
        Command::Follow { person } => joining::follow(case, *person),
        Command::Note { note, public } => intake::note(case, note, *public, context),
        Command::Attach { attachments } => {
            require(!attachments.is_empty(), || Refusal::invalid("case_nothing_changes"))?;
            Ok(vec![Fact::Attached { attachments: of_round(case, attachments)? }])
        }
        Command::SetUrgent { urgent } => intake::set_urgent(case, *urgent, context),
        Command::Undo {} => joining::undo(case, context),
        Command::TimerFired { kind, clock, at } => timer_fired(case, *kind, *clock, *at, context),
        Command::RecomputeClocks {} => recompute(case, context),
    }
}

/// Acts that wait while a case is suspended.
const fn waits_for_resumption(kind: CommandKind) -> bool {
    matches!(
        kind,
        CommandKind::Sign
            | CommandKind::ReachMilestone
            | CommandKind::Handle
            | CommandKind::RejectWork
            | CommandKind::Confirm
            | CommandKind::Return
            | CommandKind::RequestExtension
            | CommandKind::RequestSuspension
            | CommandKind::GrantDelay
            | CommandKind::Urge
            | CommandKind::Merge
    )
}

/// What has become true by the mere passing of time: the end of a suspension, clocks that ran out.
fn settle(case: &Case, now: Moment) -> Vec<Fact> {
    let resumed = case.suspended_until.filter(|until| *until <= now).map(|from| Fact::Resumed { from });
    let overdue = case
        .clocks
        .iter()
        .filter(|running| !running.overdue && running.clock.due < now)
        .map(|running| overdue(case, running.clock));
    resumed.into_iter().chain(overdue).collect()
}

fn overdue(case: &Case, clock: Clock) -> Fact {
    let units = if clock.name.is_of_units() {
        case.units.iter().filter(|task| task.confirmed.is_none()).map(|task| task.unit.clone()).collect()
    } else {
        Vec::new()
    };
    Fact::Overdue { clock: clock.name, from: clock.from, due: clock.due, units }
}

/// What a timer adds to [`settle`]; refused when it no longer runs, so that it tells once and no more.
fn timer_fired(
    case: &Case,
    kind: TimerKind,
    clock: Option<ClockName>,
    at: Moment,
    context: &Context<'_>,
) -> Result<Vec<Fact>, Refusal> {
    let runs = case.timers().iter().any(|timer| timer.kind == kind && timer.clock == clock && timer.at == at);
    require(runs && at <= context.now, || Refusal::conflict("case_timer_not_running"))?;
    let reminded = case.clocks.iter().map(|running| running.clock).find(|running| {
        // Too late to remind: that it has run out has just been put on record instead.
        kind == TimerKind::Reminder && Some(running.name) == clock && running.due >= context.now
    });
    Ok(reminded
        .map(|clock| Fact::Reminded { clock: clock.name, from: clock.from, due: clock.due })
        .into_iter()
        .collect())
}

fn recompute(case: &Case, context: &Context<'_>) -> Result<Vec<Fact>, Refusal> {
    let same =
        case.clocks.iter().map(|running| running.clock).eq(clocks(case, context.calendar, context.settings));
    require(!same, || Refusal::conflict("case_nothing_changes"))?;
    Ok(vec![Fact::ClocksRecomputed {}])
}

/// Makes entries of facts; the last one carries the clocks if they have changed.
fn record(state: Option<&Case>, facts: Vec<Fact>, context: &Context<'_>) -> Vec<Event> {
    let mut events: Vec<Event> = facts.into_iter().map(Event::from).collect();
    let after = events
        .iter()
        .fold(state.cloned(), |case, event| Some(evolve(case, event, context.now, &context.actor.id)));
    let (Some(after), Some(last)) = (after, events.last_mut()) else { return events };
    let running = clocks(&after, context.calendar, context.settings);
    // A clock that was stopped and runs on as if nothing had been also takes up its overdue fact again.
    let taken_up = matches!(last.fact, Fact::Undone { .. } | Fact::Unmerged { .. });
    if taken_up || !after.clocks.iter().map(|running| running.clock).eq(running.iter().copied()) {
        last.clocks = Some(running);
    }
    events
}

/// One sample of each command, as good as the context allows.
fn samples(state: Option<&Case>, context: &Context<'_>) -> Vec<Command> {
    let text = String::new;
    let nobody = AccountId(context.id.0);
    let report = |source, lane| Report { source, lane, ..Report::empty() };
    let import = Import {
        report: report(Source::OtherPlatform, Lane::Ordinary),
        reported_at: context.now,
        closed_at: None,
        updated_at: None,
        stage: Stage::Reported,
        outcome: None,
        origin: None,
        fields: std::collections::BTreeMap::new(),
    };
    let Some(case) = state else {
        return vec![
            Command::Report(Box::new(report(Source::Web, Lane::Ordinary))),
            Command::Import(Box::new(import)),
        ];
    };
    let timer = case.timers().first().copied();
    vec![
        Command::Reimport(Box::new(import)),
        Command::Locate { cell: text(), street: text(), community: text() },
        Command::Accept {},
        Command::Refuse { reason: text() },
        Command::AnswerAtOnce { answer: text() },
        Command::Transfer { to: text(), reason: text() },
        Command::RecordReply { solved: true, reply: text() },
        Command::Amend { place: None, class: None, text: None, component: None },
        Command::RequestVerification {},
        Command::AnswerVerification { answer: Answer::Yes, note: text(), attachments: Vec::new() },
        Command::WithdrawTask { reason: text() },
        Command::File {},
        Command::Void { reason: text() },
        Command::Dispatch { units: Vec::new() },
        Command::DecideJointly {
            form: JointForm::JointDispatch,
            units: Vec::new(),
            due: context.now,
            reason: text(),
        },
        Command::SendBack { reason: text() },
        Command::ForwardToClosing { reason: text() },
        Command::Sign {},
        Command::Assign { worker: nobody },
        Command::Unassign {},
        Command::ReachMilestone {},
        Command::Handle { note: text(), attachments: Vec::new() },
        Command::RejectWork { reason: text() },
        Command::Confirm {},
        Command::Return { reason: text(), proposal: text() },
        Command::RequestCheck {},
        Command::AnswerCheck { answer: Answer::Yes, note: text(), attachments: Vec::new() },
        Command::OrderRework { reason: text() },
        Command::Close {
            outcome: Outcome::Cured,
            condition_met: false,
            note: text(),
            component_present: None,
        },
        Command::RequestExtension { reason: text() },
        Command::RequestSuspension { until: context.now, reason: text() },
        Command::EndorseDelay {},
        Command::RefuseDelay { reason: text() },
        Command::GrantDelay {},
        Command::Resume {},
        Command::Urge { limit: Limit { value: 0, unit: LimitUnit::UrgentHour }, reason: text() },
        Command::AnswerUrge { answer: text() },
        Command::AppealOverdue { reason: text() },
        Command::ReviewAppeal { granted: false, reason: text() },
        Command::DecideAppeal { granted: false, reason: text() },
        Command::Split { children: Vec::new(), reason: text() },
        Command::Merge { into: context.id },
        Command::Unmerge { reason: text() },
        Command::Absorb { child: context.id },
        Command::Release { child: case.absorbed.first().copied().unwrap_or(context.id) },
        Command::Follow { person: None },
        Command::Rate { solved: true, satisfaction: 0 },
        Command::Reopen { reason: text() },
        Command::Note { note: text(), public: false },
        Command::Attach { attachments: Vec::new() },
        Command::SetUrgent { urgent: !case.urgent },
        Command::Undo {},
        Command::TimerFired {
            kind: timer.map_or(TimerKind::Overdue, |timer| timer.kind),
            clock: timer.and_then(|timer| timer.clock),
            at: timer.map_or(context.now, |timer| timer.at),
        },
        Command::RecomputeClocks {},
    ]
}

fn belongs_of_report(report: &Report) -> Belongs<'_> {
    let place = report.place.as_ref();
    Belongs {
        units: &[],
        street: place.and_then(|place| place.street.as_deref()),
        cell: place.and_then(|place| place.cell.as_deref()),
        owners: &[],
        reporter: None,
        token_shown: false,
    }
}

fn may(actor: &Actor, action: Option<Action>, belongs: &Belongs<'_>) -> Result<(), Refusal> {
    // The program itself reports for sensors, imports and joins duplicates; everything else needs a person.
    let system = actor.id == ActorId::System
        && matches!(action, Some(Action::CaseReport | Action::DataImport | Action::CaseFollow));
    require(system || action.is_some_and(|action| actor.may(action, belongs)), || {
        Refusal::forbidden("case_not_your_right")
    })
}

fn require(condition: bool, refusal: impl FnOnce() -> Refusal) -> Result<(), Refusal> {
    if condition { Ok(()) } else { Err(refusal()) }
}

/// A loop may be gone through once more.
fn within(count: u8, max: u8, code: &'static str) -> Result<(), Refusal> {
    require(count < max, || Refusal::conflict(code).with("max", max))
}

/// A reason, answer or note that must be there.
fn said(text: &str) -> Result<String, Refusal> {
    require(!text.trim().is_empty(), || Refusal::invalid("case_reason_missing"))?;
    short(text, REASON_CHARS_MAX)
}

fn named(text: &str) -> Result<String, Refusal> {
    require(!text.trim().is_empty(), || Refusal::invalid("case_reason_missing"))?;
    short(text, NAME_CHARS_MAX)
}

fn short(text: &str, chars_max: usize) -> Result<String, Refusal> {
    require(text.chars().count() <= chars_max, || {
        Refusal::invalid("case_text_too_long").with("max", chars_max)
    })?;
    Ok(text.trim().to_owned())
}

/// The attachments, marked with the present round.
fn of_round(case: &Case, attachments: &[Attachment]) -> Result<Vec<Attachment>, Refusal> {
    require(case.attachments.len() + attachments.len() <= ATTACHMENTS_MAX, || {
        Refusal::invalid("case_attachment_limit").with("max", ATTACHMENTS_MAX)
    })?;
    Ok(attachments.iter().map(|attachment| Attachment { round: case.round, ..attachment.clone() }).collect())
}

/// The share of the actor's own unit.
fn own_unit<'a>(case: &'a Case, context: &Context<'_>) -> Result<&'a UnitTask, Refusal> {
    let unit = context.actor.unit.as_deref();
    unit.and_then(|unit| case.unit_task(unit)).ok_or_else(|| Refusal::forbidden("case_not_your_unit"))
}

fn in_days(date: Moment, days_max: u16, now: Moment) -> Result<(), Refusal> {
    let latest = now + i64::from(days_max) * kernel::time::DAY_MS;
    require(now < date && date <= latest, || {
        Refusal::invalid("case_date_out_of_range").with("days_max", days_max)
    })
}

/// Ids are made by the program; one's own id is never another case's.
fn is_other(id: CaseId, context: &Context<'_>) -> bool {
    id != context.id
}
