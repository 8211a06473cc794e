//! What somebody does next with a case, as its stage asks for and people are: mostly right, sometimes not.

use governance::{
    case::{
        Answer, AppealState, Attachment, AttachmentRole, Case, Command, JointForm, Lane, Level,
        MandatoryItem, Outcome, Source, Stage, TaskKind, UnitTask,
    },
    desk::Wanted,
};
use kernel::{
    clock::{Limit, LimitUnit},
    id::CaseId,
    role::{Actor, Role},
    time::{DAY_MS, Moment},
};

use super::{Life, Manner, words};

/// Who does what.
type Move = (Actor, Wanted);

/// The next move on a case; none where nobody can move. `twin` is a case that this one may be the same as.
pub(super) fn next(case: &Case, twin: Option<CaseId>, life: &mut Life, at: Moment) -> Option<Move> {
    match case.stage {
        Stage::Reported => reported(case, twin, life, at),
        Stage::PreFilingVerification | Stage::PostHandlingCheck => answer_task(case, life),
        Stage::ToFile => to_file(case, life, at),
        Stage::Transferred => {
            let solved = life.dice.permille(850);
            let reply = said(life, words::REPLIES);
            by(life, Role::Acceptor, Command::RecordReply { solved, reply })
        }
        Stage::ToDispatch => to_dispatch(case, life, at),
        Stage::Dispatched | Stage::Handling | Stage::Handled => at_units(case, life, at),
        Stage::UnitConfirmed => by(life, Role::Acceptor, Command::RequestCheck {}),
        Stage::ToClose => to_close(case, life),
        Stage::Closed => closed(case, life),
        Stage::Refused | Stage::Voided | Stage::Merged => None,
    }
}

fn by(life: &mut Life, role: Role, command: Command) -> Option<Move> {
    Some((life.cast.any(role, &mut life.dice)?, command.into()))
}

fn said(life: &mut Life, words: &[&str]) -> String {
    life.dice.one_of(words).map_or_else(String::new, |text| (*text).to_owned())
}

fn photo(life: &mut Life, role: AttachmentRole) -> Vec<Attachment> {
    let pictures = if role == AttachmentRole::After { &life.pictures.after } else { &life.pictures.before };
    let hash = life.dice.one_of(pictures).cloned();
    hash.map(|hash| Attachment { hash, role, round: 0 }).into_iter().collect()
}

fn reported(case: &Case, twin: Option<CaseId>, life: &mut Life, at: Moment) -> Option<Move> {
    if case.source.may_file_directly() {
        return file(case, life, at);
    }
    if let Some(into) = twin
        && life.slips(600)
    {
        return by(life, Role::Acceptor, Command::Merge { into });
    }
    let roll = if life.manner == Manner::Diligent { 999 } else { life.dice.below(1_000) };
    if case.source == Source::Hotline && roll < 110 {
        let answer = said(life, words::ANSWERS);
        return by(life, Role::Acceptor, Command::AnswerAtOnce { answer });
    }
    if roll < 130 {
        let (to, reason) = (said(life, words::OUTSIDE), "权属不在本市。".to_owned());
        return by(life, Role::Acceptor, Command::Transfer { to, reason });
    }
    if roll < 160 {
        let reason = said(life, words::REFUSALS);
        return by(life, Role::Acceptor, Command::Refuse { reason });
    }
    if case.source.needs_verification() && case.verification.is_none() {
        return by(life, Role::Acceptor, Command::RequestVerification {});
    }
    by(life, Role::Acceptor, Command::Accept {})
}

fn answer_task(case: &Case, life: &mut Life) -> Option<Move> {
    let task = case.task.as_ref()?;
    let collector = life.cast.person(task.collector)?.clone();
    let roll = if life.manner == Manner::Diligent { 0 } else { life.dice.below(1_000) };
    let good = if task.kind == TaskKind::Verification { 900 } else { 920 };
    let answer = match roll {
        roll if roll < good => Answer::Yes,
        roll if roll < 975 => Answer::No,
        _ => Answer::Cannot,
    };
    let note = match (answer, task.kind) {
        (Answer::Yes, TaskKind::Verification) => words::TRUE_FINDINGS,
        (Answer::No, TaskKind::Verification) => words::FALSE_FINDINGS,
        (Answer::Yes, TaskKind::Check) => words::DONE_FINDINGS,
        (Answer::No, TaskKind::Check) => words::UNDONE_FINDINGS,
        (Answer::Cannot, _) => words::UNCLEAR,
    };
    let note = said(life, note);
    let command = match task.kind {
        TaskKind::Verification => {
            let attachments =
                if answer == Answer::Yes { photo(life, AttachmentRole::Before) } else { Vec::new() };
            Command::AnswerVerification { answer, note, attachments }
        }
        TaskKind::Check => {
            let attachments =
                if answer == Answer::Yes { photo(life, AttachmentRole::After) } else { Vec::new() };
            Command::AnswerCheck { answer, note, attachments }
        }
    };
    Some((collector, command.into()))
}

fn to_file(case: &Case, life: &mut Life, at: Moment) -> Option<Move> {
    match case.verification.as_ref().map(|finding| finding.answer) {
        Some(Answer::No) => {
            return by(life, Role::ShiftLeader, Command::Refuse { reason: "现场核实不属实。".to_owned() });
        }
        Some(Answer::Cannot) if case.counts.verifications < life.view.office.settings.max.verifications => {
            return by(life, Role::Acceptor, Command::RequestVerification {});
        }
        None if case.source.needs_verification() => {
            return by(life, Role::Acceptor, Command::RequestVerification {});
        }
        _ => {}
    }
    file(case, life, at)
}

/// Files under one of the class's conditions; a class or component that is missing is found out first.
fn file(case: &Case, life: &mut Life, at: Moment) -> Option<Move> {
    let view = std::sync::Arc::clone(&life.view);
    let conditions = case.class.as_deref().map(|class| view.conditions(class, at)).unwrap_or_default();
    if conditions.is_empty() {
        return by(
            life,
            Role::ShiftLeader,
            Command::Void { reason: "手册中没有对应的立案条件。".to_owned() },
        );
    }
    let condition = life.dice.one_of(&conditions)?.id.clone();
    let rule = view.filing_rule(case, &condition, at).ok()?;
    if rule.filing_items.contains(&MandatoryItem::Component) && case.component.is_none() {
        let component = Some(component(case, life));
        return by(life, Role::Acceptor, Command::Amend { place: None, class: None, text: None, component });
    }
    let leader = life.cast.any(Role::ShiftLeader, &mut life.dice)?;
    Some((leader, Wanted { condition: Some(condition), ..Wanted::from(Command::File {}) }))
}

/// The component that somebody reads off its sign: 6 digits of the city, 5 of the class, 6 of its own.
fn component(case: &Case, life: &mut Life) -> String {
    let class = case.class.as_deref().and_then(|class| class.rsplit('-').next()).unwrap_or("01001");
    format!("{}{class:0>5}{:06}", life.view.code, life.dice.below(20_000))
}

fn to_dispatch(case: &Case, life: &mut Life, at: Moment) -> Option<Move> {
    let proposed = case.filing.as_ref().and_then(|filing| filing.handling_unit.clone());
    let units: Vec<String> = life.cast.units().into_iter().map(str::to_owned).collect();
    let named = proposed.filter(|unit| units.contains(unit)).or_else(|| life.dice.one_of(&units).cloned())?;
    let mut chosen = vec![named.clone()];
    let exhausted = case.counts.returns >= life.view.office.settings.max.returns;
    if exhausted || life.slips(30) {
        let other = life.dice.one_of(&units).cloned().filter(|other| *other != named);
        chosen.extend(other);
    } else if case.returned.is_none() && life.slips(45) {
        // The wrong one: it comes back with a word on whose it is.
        chosen = vec![life.dice.one_of(&units)?.clone()];
    }
    if exhausted {
        let form = if chosen.len() > 1 {
            JointForm::JointDispatch
        } else {
            JointForm::Letter("凯城管函〔2026〕1号".to_owned())
        };
        let due = at + 7 * DAY_MS;
        let reason = "多次退回，联席会议确定。".to_owned();
        return by(life, Role::Dispatcher, Command::DecideJointly { form, units: chosen, due, reason });
    }
    by(life, Role::Dispatcher, Command::Dispatch { units: chosen })
}

fn at_units(case: &Case, life: &mut Life, at: Moment) -> Option<Move> {
    if let Some(delay) = &case.delay {
        let grants = life.dice.permille(750) && !case.units_are_late(at);
        return match delay.level {
            Level::Unit => {
                let manager = life.cast.of_unit(Role::UnitManager, &delay.unit, &mut life.dice)?;
                Some((manager, Command::EndorseDelay {}.into()))
            }
            _ if grants => by(life, Role::Dispatcher, Command::GrantDelay {}),
            _ => by(life, Role::Dispatcher, Command::RefuseDelay { reason: "理由不充分。".to_owned() }),
        };
    }
    let lead = case.units.first()?;
    if case.urging.is_some() && lead.signed.is_some() {
        let manager = life.cast.of_unit(Role::UnitManager, &lead.unit, &mut life.dice)?;
        let answer = said(life, words::URGE_ANSWERS);
        return Some((manager, Command::AnswerUrge { answer }.into()));
    }
    let late = case.units_are_late(at);
    if late && case.urging.is_none() && case.counts.urgings == 0 && life.dice.permille(250) {
        let limit = Limit::new(4, LimitUnit::WorkingHour);
        let reason = said(life, words::URGES);
        return by(life, Role::Leader, Command::Urge { limit, reason });
    }
    let task = case.units.iter().find(|task| task.confirmed.is_none())?.clone();
    at_unit(case, &task, life, at)
}

fn at_unit(case: &Case, task: &UnitTask, life: &mut Life, at: Moment) -> Option<Move> {
    let manager = life.cast.of_unit(Role::UnitManager, &task.unit, &mut life.dice)?;
    if task.handled.is_some() {
        if case.counts.rejections == 0 && life.slips(40) {
            let reason = said(life, words::REJECTIONS);
            return Some((manager, Command::RejectWork { reason }.into()));
        }
        return Some((manager, Command::Confirm {}.into()));
    }
    if task.signed.is_none() {
        let rightful = case.filing.as_ref().and_then(|filing| filing.handling_unit.as_deref());
        let not_ours = rightful.is_some_and(|rightful| rightful != task.unit) && case.units.len() == 1;
        let may_return = case.joint.is_none() && case.counts.reworks == 0;
        if may_return && (not_ours && life.slips(930) || life.slips(8)) {
            let proposal = rightful.unwrap_or("环卫站").to_owned();
            let reason = said(life, words::RETURNS);
            return Some((manager, Command::Return { reason, proposal }.into()));
        }
        return Some((manager, Command::Sign {}.into()));
    }
    let Some(worker) = task.worker else {
        let worker = life.cast.of_unit(Role::Worker, &task.unit, &mut life.dice)?;
        let kernel::role::ActorId::Account(worker) = worker.id else { return None };
        return Some((manager, Command::Assign { worker }.into()));
    };
    let worker = life.cast.person(worker)?.clone();
    let may_wait = case.joint.is_none() && !case.units_are_late(at) && case.counts.delay_requests == 0;
    if may_wait && life.slips(35) {
        let reason = said(life, words::EXTENSIONS);
        return Some((worker, Command::RequestExtension { reason }.into()));
    }
    if may_wait && life.slips(8) {
        let until = at + DAY_MS * (5 + i64::try_from(life.dice.below(20)).unwrap_or(0));
        let reason = said(life, words::SUSPENSIONS);
        return Some((worker, Command::RequestSuspension { until, reason }.into()));
    }
    let milestones = case.filing.as_ref().map_or(0, |filing| filing.milestones.len());
    let leads = case.units.first().is_some_and(|lead| lead.unit == task.unit);
    if leads && case.joint.is_none() && usize::from(case.next_milestone()) + 1 < milestones {
        return Some((worker, Command::ReachMilestone {}.into()));
    }
    let (note, attachments) = (said(life, words::WORK), photo(life, AttachmentRole::After));
    Some((worker, Command::Handle { note, attachments }.into()))
}

fn to_close(case: &Case, life: &mut Life) -> Option<Move> {
    let max = &life.view.office.settings.max;
    let (checks, reworks) = (max.checks, max.reworks);
    let found = case.check.as_ref().map(|finding| finding.answer);
    let outcome = match (case.lane, found) {
        (Lane::Ordinary, Some(Answer::No)) if case.counts.reworks < reworks => {
            let reason = said(life, words::REWORKS);
            return by(life, Role::ShiftLeader, Command::OrderRework { reason });
        }
        (Lane::Ordinary, Some(Answer::No)) => Outcome::Unresolved,
        (Lane::Ordinary, None) => return by(life, Role::Acceptor, Command::RequestCheck {}),
        (Lane::Ordinary, Some(Answer::Cannot)) if case.counts.checks < checks => {
            return by(life, Role::Acceptor, Command::RequestCheck {});
        }
        _ if life.dice.permille(930) => Outcome::Cured,
        _ => Outcome::FixedForNow,
    };
    let note = said(life, words::CLOSINGS);
    by(
        life,
        Role::ShiftLeader,
        Command::Close { outcome, condition_met: true, note, component_present: None },
    )
}

fn closed(case: &Case, life: &mut Life) -> Option<Move> {
    match case.appeal.as_ref().map(|appeal| appeal.state) {
        Some(AppealState::AtDispatcher) => {
            let granted = life.dice.permille(600);
            let reason = "经核对，同意转受理员审核。".to_owned();
            return by(life, Role::Dispatcher, Command::ReviewAppeal { granted, reason });
        }
        Some(AppealState::AtAcceptor) => {
            let granted = life.dice.permille(700);
            let reason = "依据值班记录审核。".to_owned();
            return by(life, Role::Acceptor, Command::DecideAppeal { granted, reason });
        }
        _ => {}
    }
    let resident =
        |command: Command| Some((Actor::resident(), Wanted { is_reporter: true, ..command.into() }));
    let public = matches!(case.source, Source::Web | Source::Hotline);
    if public && case.rating.is_none() && case.lane != Lane::SelfHandled && life.dice.permille(800) {
        let solved = life.dice.permille(930);
        let satisfaction = if solved {
            4 + u8::from(life.dice.permille(650))
        } else {
            1 + u8::from(life.dice.permille(500))
        };
        return resident(Command::Rate { solved, satisfaction });
    }
    if case.rating.as_ref().is_some_and(|rating| !rating.solved) && case.counts.reopenings == 0 {
        let reason = said(life, words::REOPENINGS);
        return resident(Command::Reopen { reason });
    }
    let unit = case.overdues.iter().find_map(|fact| fact.units.first())?.clone();
    let manager = life.cast.of_unit(Role::UnitManager, &unit, &mut life.dice)?;
    let reason = said(life, words::APPEALS);
    case.appeal.is_none().then(|| (manager, Command::AppealOverdue { reason }.into()))
}
