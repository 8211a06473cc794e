//! How an entry changes a case. Total: any entry of any order gives a state, because a stored history is never refused.

mod step;

use kernel::{clock::Pause, role::ActorId, time::Moment};

use self::step::{
    appeal_reviewed, count, dispatched, end, found, go, hand, reopened, request_delay, running, settle_stage,
    undispatch, undone, with_unit,
};
use super::{
    deadlines::Clock,
    event::{Event, Fact, Import, Report},
    state::{
        Answer, Appeal, AppealState, Case, Closing, DelayKind, Dues, Joint, Lane, Level, Loops, MergedInto,
        Outcome, Overdue, Rating, Return, SideTask, Stage, TaskKind, UndoPoint, Undoable, Urging,
    },
};

/// The case after an entry. The first entry of a case is a report or an import; an entry of another kind without a case starts from an
/// empty one.
#[must_use]
pub fn evolve(state: Option<Case>, event: &Event, at: Moment, actor: &ActorId) -> Case {
    let before = state.as_ref().map(|case| (case.stage, case.since, case.clocks.clone()));
    let mut case = match &event.fact {
        Fact::Reported(report) => reported(report, at, actor),
        Fact::Imported(import) => imported(import, at, actor),
        Fact::Reimported(import) => {
            let mut case = imported(import, at, actor);
            if let Some(old) = state {
                case.reported_by = old.reported_by;
                case.counts = old.counts;
                case.since = if old.stage == case.stage { old.since } else { at };
            }
            count(&mut case.counts.reimports);
            case
        }
        fact => {
            let mut case = state.unwrap_or_else(|| reported(&Report::empty(), at, actor));
            case.acted_on |= case.imported && !matches!(fact, Fact::Located { .. });
            let undo = case.undo.take();
            apply(&mut case, fact, undo, at, actor);
            case
        }
    };
    case.changed_at = at;
    if let Some(clocks) = &event.clocks {
        crate::clocks::set(&mut case.clocks, &mut case.overdues, clocks, at);
        case.dues.set(clocks);
    }
    if let (Some((stage, since, clocks)), Some(act)) = (before, undoable(&event.fact)) {
        let assignment = case.undo.take().and_then(|point| point.assignment);
        case.undo = Some(UndoPoint { act, by: actor.clone(), at, stage, since, clocks, assignment });
    }
    case
}

/// A case of another system as it comes in.
fn imported(import: &Import, at: Moment, actor: &ActorId) -> Case {
    let mut case = reported(&import.report, import.reported_at, actor);
    case.imported = true;
    case.stage = import.stage;
    case.since = at;
    case.origin.clone_from(&import.origin);
    if import.stage == Stage::Closed {
        case.closing = Some(Closing {
            at: import.closed_at.unwrap_or(import.reported_at),
            by: actor.clone(),
            outcome: import.outcome.unwrap_or(Outcome::FixedForNow),
        });
    }
    case
}

/// Which entries can be taken back.
const fn undoable(fact: &Fact) -> Option<Undoable> {
    match fact {
        Fact::Assigned { .. } => Some(Undoable::Assign),
        Fact::Dispatched { .. } | Fact::JointlyDecided { .. } => Some(Undoable::Dispatch),
        Fact::Closed { .. } => Some(Undoable::Close),
        Fact::Merged { .. } => Some(Undoable::Merge),
        _ => None,
    }
}

/// A case as it comes in.
fn reported(report: &Report, at: Moment, actor: &ActorId) -> Case {
    let self_handled = report.lane == Lane::SelfHandled;
    Case {
        stage: if self_handled { Stage::ToClose } else { Stage::Reported },
        since: at,
        reported_at: at,
        reported_by: actor.clone(),
        changed_at: at,
        reference: report.reference.clone(),
        token_hash: report.token_hash.clone(),
        origin: None,
        source: report.source,
        lane: report.lane,
        imported: false,
        acted_on: false,
        reporter: report.reporter,
        text: report.text.clone(),
        place: report.place.clone(),
        class: report.class.clone(),
        component: report.component.clone(),
        urgent: report.urgent,
        round: 0,
        attachments: report.attachments.clone(),
        owner: None,
        filed_at: None,
        filing: None,
        task: None,
        verification: None,
        check: None,
        dispatched_at: None,
        units: Vec::new(),
        clock_from: None,
        confirmed_at: None,
        pauses: Vec::new(),
        extended: Vec::new(),
        milestones_reached: Vec::new(),
        joint: None,
        returned: None,
        units_ever: std::collections::BTreeSet::new(),
        hands: if self_handled { vec![actor.clone()] } else { Vec::new() },
        delay: None,
        suspended_until: None,
        urging: None,
        appeal: None,
        transferred_to: None,
        closing: None,
        rating: None,
        parent: report.parent,
        children: Vec::new(),
        absorbed: Vec::new(),
        merged: None,
        followers: Vec::new(),
        followers_unnamed: 0,
        counts: Loops::default(),
        dues: Dues::default(),
        clocks: Vec::new(),
        overdues: Vec::new(),
        undo: None,
    }
}

fn apply(case: &mut Case, fact: &Fact, undo: Option<UndoPoint>, at: Moment, actor: &ActorId) {
    match fact {
        Fact::Reported(_) | Fact::Imported(_) | Fact::Reimported(_) | Fact::ClocksRecomputed {} => {}
        Fact::Located { cell, street, community } => {
            if let Some(place) = &mut case.place {
                place.cell = Some(cell.clone());
                place.street = Some(street.clone());
                place.community = Some(community.clone());
            }
        }
        Fact::Accepted {} => go(case, Stage::ToFile, at),
        Fact::Refused { .. } => end(case, Stage::Refused, at),
        Fact::Voided { .. } => end(case, Stage::Voided, at),
        Fact::AnsweredAtOnce { .. } => {
            case.lane = Lane::AnsweredAtOnce;
            hand(case, actor);
            go(case, Stage::ToClose, at);
        }
        Fact::Transferred { to, .. } => {
            case.transferred_to = Some(to.clone());
            count(&mut case.counts.transfers);
            go(case, Stage::Transferred, at);
        }
        Fact::ReplyRecorded { solved, .. } => {
            case.lane = if *solved { Lane::Transferred } else { Lane::Ordinary };
            go(case, if *solved { Stage::ToClose } else { Stage::Reported }, at);
        }
        Fact::Amended { place, class, text, component } => {
            count(&mut case.counts.amendments);
            let Case { place: old_place, class: old_class, text: old_text, component: old_component, .. } =
                case;
            if place.is_some() {
                old_place.clone_from(place);
            }
            if class.is_some() {
                old_class.clone_from(class);
            }
            if let Some(text) = text {
                old_text.clone_from(text);
            }
            if component.is_some() {
                old_component.clone_from(component);
            }
        }
        Fact::TaskRequested { task, collector } => {
            case.task = Some(SideTask { kind: *task, collector: *collector });
            match task {
                TaskKind::Verification => {
                    count(&mut case.counts.verifications);
                    go(case, Stage::PreFilingVerification, at);
                }
                TaskKind::Check => {
                    count(&mut case.counts.checks);
                    go(case, Stage::PostHandlingCheck, at);
                }
            }
        }
        Fact::TaskAnswered { task, answer, attachments, .. } => {
            case.attachments.extend_from_slice(attachments);
            found(case, *task, *answer, at);
        }
        Fact::TaskWithdrawn { task, .. } => found(case, *task, Answer::Cannot, at),
        Fact::Filed { rule } => {
            case.owner.get_or_insert_with(|| actor.clone());
            case.filed_at.get_or_insert(at);
            case.class = Some(rule.class.clone());
            case.filing = Some(rule.as_ref().clone());
            go(case, Stage::ToDispatch, at);
        }
        Fact::Dispatched { units, from_signing } => {
            dispatched(case, units, at);
            case.clock_from = (!from_signing).then_some(at);
        }
        Fact::JointlyDecided { form, units, due, .. } => {
            dispatched(case, units, at);
            case.joint = Some(Joint { form: form.clone(), due: *due });
        }
        Fact::SentBack { .. } => {
            count(&mut case.counts.send_backs);
            go(case, Stage::ToFile, at);
        }
        Fact::ForwardedToClosing { .. } => go(case, Stage::ToClose, at),
        Fact::Signed { unit } => {
            with_unit(case, unit, |task| task.signed = Some(at));
            case.clock_from.get_or_insert(at);
            settle_stage(case, at);
        }
        Fact::Assigned { unit, worker } => {
            count(&mut case.counts.assignments);
            let mut before = None;
            with_unit(case, unit, |task| before = task.worker.replace(*worker));
            // Completed by the caller, which knows the stage before.
            case.undo = Some(UndoPoint {
                act: Undoable::Assign,
                by: actor.clone(),
                at,
                stage: case.stage,
                since: case.since,
                clocks: Vec::new(),
                assignment: Some((unit.clone(), before)),
            });
        }
        Fact::Unassigned { unit } => with_unit(case, unit, |task| task.worker = None),
        Fact::MilestoneReached { .. } => case.milestones_reached.push(at),
        Fact::Handled { unit, attachments, .. } => {
            case.attachments.extend_from_slice(attachments);
            with_unit(case, unit, |task| task.handled = Some(at));
            hand(case, actor);
            settle_stage(case, at);
            if case.stage == Stage::Handled {
                case.delay = None;
            }
        }
        Fact::WorkRejected { unit, .. } => {
            count(&mut case.counts.rejections);
            with_unit(case, unit, |task| task.handled = None);
            settle_stage(case, at);
        }
        Fact::UnitConfirmed { unit } => {
            with_unit(case, unit, |task| task.confirmed = Some(at));
            hand(case, actor);
            settle_stage(case, at);
            if case.stage == Stage::UnitConfirmed {
                case.confirmed_at = Some(at);
                case.delay = None;
                case.urging = None;
            }
        }
        Fact::Returned { unit, proposal, .. } => {
            count(&mut case.counts.returns);
            case.returned = Some(Return { unit: unit.clone(), proposal: proposal.clone() });
            undispatch(case);
            go(case, Stage::ToDispatch, at);
        }
        Fact::ReworkOrdered { .. } => {
            count(&mut case.counts.reworks);
            case.round = case.round.saturating_add(1);
            case.counts.checks = 0;
            case.check = None;
            if let Some(from) = case.confirmed_at.take() {
                case.pauses.push(Pause { from, until: Some(at) });
            }
            for task in &mut case.units {
                task.handled = None;
                task.confirmed = None;
            }
            // Work goes back to its units; a case that never had any to the dispatcher; a quick answer to the desk.
            let stage = match (case.lane, case.units.is_empty()) {
                (Lane::Ordinary, false) => Stage::Handling,
                (Lane::Ordinary, true) => Stage::ToDispatch,
                _ => Stage::Reported,
            };
            case.lane = Lane::Ordinary;
            go(case, stage, at);
        }
        Fact::Closed { outcome, .. } => {
            case.closing = Some(Closing { at, by: actor.clone(), outcome: *outcome });
            end(case, Stage::Closed, at);
        }
        Fact::ExtensionRequested { unit, by_worker, .. } => {
            request_delay(case, DelayKind::Extension, unit, *by_worker);
        }
        Fact::SuspensionRequested { unit, by_worker, until, .. } => {
            request_delay(case, DelayKind::Suspension { until: *until }, unit, *by_worker);
        }
        Fact::DelayEndorsed {} => {
            if let Some(delay) = &mut case.delay {
                delay.level = Level::Dispatcher;
            }
        }
        Fact::DelayRefused { .. } => case.delay = None,
        Fact::Extended { milestone } => {
            case.delay = None;
            count(&mut case.counts.extensions);
            case.extended.push(*milestone);
        }
        Fact::Suspended { until } => {
            case.delay = None;
            count(&mut case.counts.suspensions);
            case.suspended_until = Some(*until);
            case.pauses.push(Pause { from: at, until: Some(*until) });
        }
        Fact::Resumed { from } => {
            case.suspended_until = None;
            if let Some(pause) = case.pauses.last_mut() {
                pause.until = Some(*from);
            }
        }
        Fact::Urged { limit, .. } => {
            count(&mut case.counts.urgings);
            case.urging = Some(Urging { at, limit: *limit });
        }
        Fact::UrgeAnswered { .. } => case.urging = None,
        Fact::OverdueAppealed { unit, .. } => {
            case.appeal = Some(Appeal { unit: unit.clone(), state: AppealState::AtDispatcher });
        }
        Fact::AppealReviewed { granted, .. } => appeal_reviewed(case, *granted),
        Fact::Split { children, .. } => case.children.extend_from_slice(children),
        Fact::Merged { into } => {
            count(&mut case.counts.merges);
            case.merged = Some(MergedInto {
                into: *into,
                stage: case.stage,
                since: case.since,
                clocks: case.clocks.clone(),
            });
            go(case, Stage::Merged, at);
        }
        Fact::Unmerged { .. } => {
            if let Some(merged) = case.merged.take() {
                // The reporter has waited all the while: the clock that ran then goes on from its own start.
                case.stage = merged.stage;
                case.since = merged.since;
                case.clocks = merged.clocks;
            }
        }
        Fact::Absorbed { child } => {
            count(&mut case.counts.absorptions);
            case.absorbed.push(*child);
        }
        Fact::Released { child } => case.absorbed.retain(|absorbed| absorbed != child),
        Fact::Followed { person: Some(person) } => case.followers.push(*person),
        Fact::Followed { person: None } => case.followers_unnamed = case.followers_unnamed.saturating_add(1),
        Fact::Rated { solved, satisfaction } => {
            case.rating = Some(Rating { solved: *solved, satisfaction: *satisfaction, at });
        }
        Fact::Reopened { .. } => reopened(case, at),
        Fact::Noted { .. } => count(&mut case.counts.notes),
        Fact::Attached { attachments } => case.attachments.extend_from_slice(attachments),
        Fact::UrgencySet { urgent } => {
            count(&mut case.counts.urgency_changes);
            case.urgent = *urgent;
        }
        Fact::Undone { act } => undone(case, *act, undo),
        Fact::Reminded { clock, from, .. } => {
            if let Some(running) =
                running(case, Clock { name: *clock, from: *from, due: *from, remind: None })
            {
                running.reminded = true;
            }
        }
        Fact::Overdue { clock, from, due, units } => {
            if let Some(running) = running(case, Clock { name: *clock, from: *from, due: *due, remind: None })
            {
                running.overdue = true;
            }
            let (clock, from, due, units) = (*clock, *from, *due, units.clone());
            case.overdues.push(Overdue { clock, from, due, ended: None, units, exempt: false });
        }
    }
}
