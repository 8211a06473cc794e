//! How an entry changes a call sheet. Total: any entry of any order gives a state, because a stored history is never refused.

use kernel::{id::AccountId, role::ActorId, time::Moment};

use super::{
    deadlines::{Clock, ClockName, Running},
    event::{Event, Fact, Opening},
    state::{
        BehindCase, Call, Certification, CertificationState, Closing, Demand, DropReason, ExchangeCall,
        Filling, FollowUp, Loops, Outcome, Overdue, Problem, Signal, SignalKind, Stage,
    },
};

/// The sheet after an entry. The first entry of a sheet is its beginning; an entry of another kind without a sheet starts from an empty one.
#[must_use]
pub fn evolve(state: Option<Call>, event: &Event, at: Moment, actor: &ActorId) -> Call {
    let mut call = match &event.fact {
        Fact::Begun { opening, repeat, holder } => {
            Call { repeat: *repeat, ..begun(opening, *holder, at, actor) }
        }
        fact => {
            let nothing = Opening { reference: String::new(), exchange: None, filling: Filling::default() };
            let mut call = state.unwrap_or_else(|| begun(&nothing, None, at, actor));
            apply(&mut call, fact, at, actor);
            call
        }
    };
    call.changed_at = at;
    if let Some(clocks) = &event.clocks {
        set_clocks(&mut call, clocks, at);
    }
    call
}

/// A sheet as it begins.
fn begun(opening: &Opening, holder: Option<AccountId>, at: Moment, actor: &ActorId) -> Call {
    let stage = if opening.exchange.is_some() { Stage::Ringing } else { Stage::Open };
    let mut call = Call {
        stage,
        since: at,
        at,
        begun_by: actor.clone(),
        changed_at: at,
        reference: opening.reference.clone(),
        holder,
        exchange: None,
        demand: Demand::default().filled(&opening.filling),
        repeat: 0,
        outcome: None,
        note: String::new(),
        case: None,
        transferred_to: None,
        dropped: None,
        answer_from: at,
        passed_on_at: None,
        response_due: None,
        contacted_at: None,
        attempts: Vec::new(),
        follow_ups: Vec::new(),
        closing: None,
        problem: None,
        certification: None,
        counts: Loops::default(),
        clocks: Vec::new(),
        overdues: Vec::new(),
    };
    if let Some((id, signal)) = &opening.exchange {
        let unknown = ExchangeCall {
            id: id.clone(),
            rang_at: None,
            answered_at: None,
            ended_at: None,
            recording: None,
        };
        call.exchange = Some(unknown);
        signalled(&mut call, signal, at);
    }
    call
}

fn apply(call: &mut Call, fact: &Fact, at: Moment, actor: &ActorId) {
    match fact {
        Fact::Begun { .. } | Fact::ClocksRecomputed {} => {}
        Fact::Signalled { signal } => signalled(call, signal, at),
        Fact::Filled { filling, repeat } => {
            call.counts.fills = call.counts.fills.saturating_add(1);
            call.demand = std::mem::take(&mut call.demand).filled(filling);
            call.repeat = repeat.unwrap_or(call.repeat);
        }
        Fact::TakenOver { holder } => {
            count(&mut call.counts.take_overs);
            call.holder = Some(*holder);
            if call.stage == Stage::Ringing {
                go(call, Stage::Open, at);
            }
        }
        Fact::AnsweredAtOnce { answer, follow_up } => {
            decided(call, Outcome::Answered, answer);
            call.contacted_at.get_or_insert(at);
            answered(call, *follow_up, at);
        }
        Fact::HandedOver { case, note } | Fact::Joined { case, note } => {
            let own = matches!(fact, Fact::HandedOver { .. });
            decided(call, if own { Outcome::Case } else { Outcome::Joined }, note);
            call.case = Some(BehindCase { id: *case, merged: Vec::new() });
            call.passed_on_at.get_or_insert(at);
            go(call, Stage::WithCase, at);
        }
        Fact::Transferred { to, reason } => {
            count(&mut call.counts.transfers);
            decided(call, Outcome::Transferred, reason);
            call.transferred_to = Some(to.clone());
            call.passed_on_at.get_or_insert(at);
            go(call, Stage::Transferred, at);
        }
        Fact::ReplyRecorded { solved: true, reply, follow_up } => {
            call.note.clone_from(reply);
            answered(call, *follow_up, at);
        }
        Fact::ReplyRecorded { solved: false, .. } => taken_back(call, at),
        Fact::Dropped { reason, note } => dropped(call, *reason, note, at),
        Fact::Contacted { .. } => {
            call.contacted_at.get_or_insert(at);
        }
        Fact::CaseEnded { follow_up } => {
            count(&mut call.counts.case_turns);
            answered(call, *follow_up, at);
        }
        Fact::CaseTakenUp {} => {
            count(&mut call.counts.case_turns);
            again(call, at);
            go(call, Stage::WithCase, at);
        }
        Fact::CaseMerged { into } => {
            count(&mut call.counts.case_turns);
            if let Some(case) = &mut call.case {
                case.merged.push(std::mem::replace(&mut case.id, *into));
            }
        }
        Fact::CaseUnmerged { case } => {
            count(&mut call.counts.case_turns);
            if let Some(behind) = &mut call.case {
                behind.merged.truncate(behind.merged.iter().position(|merged| merged == case).unwrap_or(0));
                behind.id = *case;
            }
            if call.stage != Stage::WithCase {
                again(call, at);
                go(call, Stage::WithCase, at);
            }
        }
        Fact::NotReached { given_up } => {
            call.attempts.push(at);
            if *given_up {
                close(call, Closing::Unreachable, at);
            }
        }
        Fact::FollowedUp { solved, satisfaction, redo, case, .. } => {
            let (solved, satisfaction, redo) = (*solved, *satisfaction, *redo);
            call.contacted_at.get_or_insert(at);
            call.follow_ups.push(FollowUp { at, solved, satisfaction, redo });
            if redo {
                count(&mut call.counts.redos);
                done_again(call, *case, at);
            } else {
                close(call, Closing::FollowedUp, at);
            }
        }
        Fact::Lifted { cause } => call.problem = Some(Problem { at, cause: *cause }),
        Fact::Certified { ground, reason } => {
            count(&mut call.counts.certifications);
            call.certification = Some(Certification {
                ground: *ground,
                reason: reason.clone(),
                state: CertificationState::Proposed,
                by: vec![actor.clone()],
            });
        }
        Fact::CertificationConfirmed {} => {
            if let Some(certification) = &mut call.certification {
                certification.state = CertificationState::Confirmed;
                certification.by.push(actor.clone());
            }
            go(call, Stage::Unreasonable, at);
        }
        Fact::CertificationRejected { .. } => certification(call, CertificationState::Rejected),
        Fact::CertificationContested { .. } => {
            count(&mut call.counts.contests);
            certification(call, CertificationState::Contested);
            again(call, at);
            taken_back(call, at);
        }
        Fact::Reminded { clock, from, .. } => {
            if let Some(running) = running(call, *clock, *from) {
                running.reminded = true;
            }
        }
        Fact::Overdue { clock, from, due } => {
            if let Some(running) = running(call, *clock, *from) {
                running.overdue = true;
            }
            call.overdues.push(Overdue { clock: *clock, from: *from, due: *due, ended: None });
        }
    }
}

/// Messages of the exchange may come in any order: each sets its own moment, and only the stage asks what is known in all.
fn signalled(call: &mut Call, signal: &Signal, at: Moment) {
    let Some(exchange) = &mut call.exchange else { return };
    match signal.kind {
        SignalKind::Ringing => exchange.rang_at = Some(signal.at),
        SignalKind::Answered => exchange.answered_at = Some(signal.at),
        SignalKind::Ended => exchange.ended_at = Some(signal.at),
    }
    if signal.recording.is_some() {
        exchange.recording.clone_from(&signal.recording);
    }
    call.at = call.at.min(signal.at);
    call.holder = call.holder.or(signal.holder);
    let abandoned = call.stage == Stage::Dropped && call.dropped == Some(DropReason::Abandoned);
    match signal.kind {
        SignalKind::Answered if call.stage == Stage::Ringing || abandoned => taken_back(call, at),
        SignalKind::Ended if call.stage == Stage::Ringing => dropped(call, DropReason::Abandoned, "", at),
        _ => {}
    }
}

fn set_clocks(call: &mut Call, clocks: &[Clock], at: Moment) {
    crate::clocks::set(&mut call.clocks, &mut call.overdues, clocks, at);
    if let Some(response) = clocks.iter().find(|clock| clock.name == ClockName::Response) {
        call.response_due = Some(response.due);
    }
}

fn running(call: &mut Call, name: ClockName, from: Moment) -> Option<&mut Running> {
    call.clocks.iter_mut().find(|running| running.clock.name == name && running.clock.from == from)
}

fn count(counter: &mut u8) {
    *counter = counter.saturating_add(1);
}

fn go(call: &mut Call, stage: Stage, at: Moment) {
    call.stage = stage;
    call.since = at;
}

fn decided(call: &mut Call, outcome: Outcome, note: &str) {
    call.outcome = Some(outcome);
    note.clone_into(&mut call.note);
}

/// The answer is there; whether anybody is called back was decided with it.
fn answered(call: &mut Call, follow_up: bool, at: Moment) {
    call.attempts.clear();
    if follow_up { go(call, Stage::ToFollowUp, at) } else { close(call, Closing::NoFollowUp, at) }
}

fn close(call: &mut Call, closing: Closing, at: Moment) {
    call.closing = Some(closing);
    go(call, Stage::Closed, at);
}

fn dropped(call: &mut Call, reason: DropReason, note: &str, at: Moment) {
    decided(call, Outcome::Dropped, note);
    call.dropped = Some(reason);
    go(call, Stage::Dropped, at);
}

/// The desk has it again and decides anew.
fn taken_back(call: &mut Call, at: Moment) {
    call.outcome = None;
    call.case = None;
    call.dropped = None;
    call.note.clear();
    go(call, Stage::Open, at);
}

/// The demand is taken up anew: the answer's clock starts again.
fn again(call: &mut Call, at: Moment) {
    call.answer_from = at;
    call.closing = None;
    call.attempts.clear();
}

fn done_again(call: &mut Call, case: Option<kernel::id::CaseId>, at: Moment) {
    again(call, at);
    if let Some(id) = case {
        call.case = Some(BehindCase { id, merged: Vec::new() });
    }
    if call.case.is_some() { go(call, Stage::WithCase, at) } else { taken_back(call, at) }
}

fn certification(call: &mut Call, state: CertificationState) {
    if let Some(certification) = &mut call.certification {
        certification.state = state;
    }
}
