//! The steps that entries are made of: what several of them change in the same way.

use kernel::{role::ActorId, time::Moment};

use crate::case::{
    deadlines::{Clock, Running},
    state::{
        Answer, AppealState, Case, DelayKind, DelayRequest, Finding, Lane, Level, Stage, TaskKind, UndoPoint,
        Undoable, UnitTask,
    },
};

pub(super) fn running(case: &mut Case, clock: Clock) -> Option<&mut Running> {
    case.clocks
        .iter_mut()
        .find(|running| running.clock.name == clock.name && running.clock.from == clock.from)
}

pub(super) fn count(counter: &mut u8) {
    *counter = counter.saturating_add(1);
}

pub(super) fn go(case: &mut Case, stage: Stage, at: Moment) {
    case.stage = stage;
    case.since = at;
}

/// Nothing is left to wait for.
pub(super) fn end(case: &mut Case, stage: Stage, at: Moment) {
    case.task = None;
    case.delay = None;
    case.suspended_until = None;
    case.urging = None;
    go(case, stage, at);
}

pub(super) fn hand(case: &mut Case, actor: &ActorId) {
    if !case.hands.contains(actor) {
        case.hands.push(actor.clone());
    }
}

pub(super) fn found(case: &mut Case, kind: TaskKind, answer: Answer, at: Moment) {
    let Some(task) = case.task.take() else { return };
    let finding = Some(Finding { answer, collector: task.collector, at });
    match kind {
        TaskKind::Verification => {
            case.verification = finding;
            go(case, Stage::ToFile, at);
        }
        TaskKind::Check => {
            case.check = finding;
            go(case, Stage::ToClose, at);
        }
    }
}

pub(super) fn dispatched(case: &mut Case, units: &[String], at: Moment) {
    undispatch(case);
    case.units = units
        .iter()
        .map(|unit| UnitTask {
            unit: unit.clone(),
            signed: None,
            worker: None,
            handled: None,
            confirmed: None,
        })
        .collect();
    case.units_ever.extend(units.iter().cloned());
    case.dispatched_at = Some(at);
    go(case, Stage::Dispatched, at);
}

/// Takes the case from its units; what they did stays in the entries.
pub(super) fn undispatch(case: &mut Case) {
    case.units.clear();
    case.dues.taken_from_units();
    case.dispatched_at = None;
    case.clock_from = None;
    case.confirmed_at = None;
    case.pauses.clear();
    case.extended.clear();
    case.milestones_reached.clear();
    case.joint = None;
    case.delay = None;
    case.urging = None;
}

pub(super) fn with_unit(case: &mut Case, unit: &str, change: impl FnOnce(&mut UnitTask)) {
    if let Some(task) = case.units.iter_mut().find(|task| task.unit == unit) {
        change(task);
    }
}

/// The stage of a case with several units follows from how far all of them are.
pub(super) fn settle_stage(case: &mut Case, at: Moment) {
    let all = |done: fn(&UnitTask) -> bool| case.units.iter().all(done);
    let stage = if all(|task| task.confirmed.is_some()) {
        Stage::UnitConfirmed
    } else if all(|task| task.handled.is_some()) {
        Stage::Handled
    } else if case.units.iter().any(|task| task.signed.is_some()) {
        Stage::Handling
    } else {
        Stage::Dispatched
    };
    if stage != case.stage {
        go(case, stage, at);
    }
}

pub(super) fn request_delay(case: &mut Case, kind: DelayKind, unit: &str, by_worker: bool) {
    count(&mut case.counts.delay_requests);
    let level = if by_worker { Level::Unit } else { Level::Dispatcher };
    case.delay = Some(DelayRequest { kind, unit: unit.to_owned(), level });
}

pub(super) fn appeal_reviewed(case: &mut Case, granted: bool) {
    let Some(appeal) = &mut case.appeal else { return };
    appeal.state = match (appeal.state, granted) {
        (AppealState::AtDispatcher, true) => AppealState::AtAcceptor,
        (_, true) => AppealState::Granted,
        (_, false) => AppealState::Refused,
    };
    if appeal.state == AppealState::Granted {
        for fact in case.overdues.iter_mut().filter(|fact| fact.units.contains(&appeal.unit)) {
            fact.exempt = true;
        }
    }
}

pub(super) fn reopened(case: &mut Case, at: Moment) {
    count(&mut case.counts.reopenings);
    case.round = case.round.saturating_add(1);
    case.closing = None;
    case.rating = None;
    case.check = None;
    case.confirmed_at = None;
    case.lane = Lane::Ordinary;
    case.counts.checks = 0;
    case.counts.reworks = 0;
    case.imported = false;
    if case.filing.is_some() && case.stage == Stage::Closed {
        undispatch(case);
        go(case, Stage::ToDispatch, at);
    } else {
        case.counts.verifications = 0;
        case.verification = None;
        go(case, Stage::Reported, at);
    }
}

pub(super) fn undone(case: &mut Case, act: Undoable, undo: Option<UndoPoint>) {
    count(&mut case.counts.undos);
    let Some(point) = undo else { return };
    match act {
        Undoable::Assign => {
            if let Some((unit, worker)) = point.assignment {
                with_unit(case, &unit, |task| task.worker = worker);
            }
        }
        Undoable::Dispatch => undispatch(case),
        Undoable::Close => case.closing = None,
        Undoable::Merge => case.merged = None,
    }
    case.stage = point.stage;
    case.since = point.since;
    // As they ran before, so that nothing is told twice.
    case.clocks = point.clocks;
}
