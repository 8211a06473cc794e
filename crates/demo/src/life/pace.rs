//! When somebody does the next thing with a case: desks work around the clock, units in office hours, collectors by day; most keep their
//! limits, some do not.

use governance::{
    case::{AppealState, Case, Clock, ClockName, Lane, Source, Stage},
    view::View,
};
use kernel::time::{DAY_MS, HOUR_MS, MINUTE_MS, Moment};

use super::Dice;

/// The hours, counted in the city's zone, in which collectors are out.
const DAY_BEGINS_MS: i64 = 7 * HOUR_MS + 30 * MINUTE_MS;
const DAY_ENDS_MS: i64 = 21 * HOUR_MS;

/// When the next thing happens; never, where the case has ended and nobody has anything more to say.
pub(super) fn next(case: &Case, view: &View, now: Moment, dice: &mut Dice) -> Option<Moment> {
    if let Some(until) = case.suspended_until {
        return Some(until.max(now) + dice.about(30 * MINUTE_MS));
    }
    let minutes = |dice: &mut Dice, typical: i64| now + dice.about(typical * MINUTE_MS);
    let office = |dice: &mut Dice, typical: i64| {
        view.office.calendar.after_working_ms(now, dice.about(typical * MINUTE_MS))
    };
    let out = |dice: &mut Dice, typical: i64| by_day(view, now + dice.about(typical * MINUTE_MS), dice);
    Some(match case.stage {
        Stage::Reported => minutes(dice, if case.urgent { 2 } else { 6 }),
        Stage::PreFilingVerification => out(dice, 17),
        Stage::ToFile => minutes(dice, 6),
        Stage::Transferred => office(dice, 900),
        Stage::ToDispatch => minutes(dice, 6),
        Stage::Dispatched => at_unit(case, view, now, 22, dice),
        Stage::Handling => work(case, view, now, dice),
        Stage::Handled => at_unit(case, view, now, 20, dice),
        Stage::UnitConfirmed => minutes(dice, 7),
        Stage::PostHandlingCheck => out(dice, 18),
        Stage::ToClose => minutes(dice, 11),
        Stage::Closed => after_closing(case, now, dice)?,
        Stage::Refused | Stage::Voided | Stage::Merged => return None,
    })
}

/// The same step before any clock of the case runs out: where it would come too late, it comes in the middle of what is left.
pub(super) fn in_time(case: &Case, now: Moment, at: Moment) -> Moment {
    let due = case.clocks.iter().map(|running| running.clock.due).filter(|due| *due > now).min();
    due.filter(|due| at >= *due).map_or(at, |due| now + (due - now) / 2)
}

fn by_day(view: &View, at: Moment, dice: &mut Dice) -> Moment {
    let midnight = Moment::of_day(at.date(&view.zone), &view.zone);
    let time = at - midnight;
    if (DAY_BEGINS_MS..DAY_ENDS_MS).contains(&time) || dice.permille(150) {
        return at;
    }
    let morning = if time < DAY_BEGINS_MS { midnight } else { midnight + DAY_MS };
    morning + DAY_BEGINS_MS + dice.about(40 * MINUTE_MS)
}

fn handling_clock(case: &Case) -> Option<Clock> {
    let clocks = case.clocks.iter().map(|running| running.clock);
    clocks
        .filter(|clock| matches!(clock.name, ClockName::Handle(_) | ClockName::Joint))
        .min_by_key(|clock| clock.due)
}

/// Whether the case's limit runs around the clock.
fn is_urgent(case: &Case) -> bool {
    case.filing
        .as_ref()
        .and_then(|filing| filing.milestones.get(usize::from(case.next_milestone())))
        .is_some_and(|milestone| milestone.limit.unit.is_urgent())
}

fn at_unit(case: &Case, view: &View, now: Moment, typical: i64, dice: &mut Dice) -> Moment {
    let typical = dice.about(typical * MINUTE_MS);
    if is_urgent(case) { now + typical / 3 } else { view.office.calendar.after_working_ms(now, typical) }
}

/// While units are at work: small steps first, then the work itself within its limit, or not.
fn work(case: &Case, view: &View, now: Moment, dice: &mut Dice) -> Moment {
    let waits = case.delay.is_some()
        || case.urging.is_some()
        || case
            .units
            .iter()
            .any(|task| task.signed.is_none() || task.worker.is_none() && task.handled.is_none())
        || case.units.iter().any(|task| task.handled.is_some() && task.confirmed.is_none());
    if waits {
        return at_unit(case, view, now, 15, dice);
    }
    let Some(clock) = handling_clock(case) else { return at_unit(case, view, now, 60, dice) };
    let left = clock.due - now;
    if left <= 0 {
        return at_unit(case, view, now, 150, dice);
    }
    let share = if dice.permille(880) { 0.15 + 0.7 * dice.share() } else { 1.02 + 0.5 * dice.share() };
    #[expect(clippy::cast_possible_truncation, reason = "some days in milliseconds")]
    let wanted = now + (left as f64 * share) as i64;
    if is_urgent(case) {
        return wanted;
    }
    // Nobody mends a pavement at night: what would fall there comes as early as work begins.
    view.office
        .calendar
        .after_working_ms(wanted, dice.about(4 * MINUTE_MS))
        .min(wanted.max(clock.due + -MINUTE_MS))
}

fn after_closing(case: &Case, now: Moment, dice: &mut Dice) -> Option<Moment> {
    let by_public = matches!(case.source, Source::Web | Source::Hotline);
    let rates = by_public && case.rating.is_none() && case.lane != Lane::SelfHandled && dice.permille(450);
    let reopens = case.rating.as_ref().is_some_and(|rating| !rating.solved) && dice.permille(500);
    let late = case.overdues.iter().any(|fact| !fact.units.is_empty() && !fact.exempt);
    let appeals = late && case.appeal.is_none() && dice.permille(120);
    let reviewed = case
        .appeal
        .as_ref()
        .is_some_and(|appeal| matches!(appeal.state, AppealState::AtDispatcher | AppealState::AtAcceptor));
    (rates || reopens || appeals || reviewed).then(|| now + dice.about(9 * HOUR_MS))
}
