//! When somebody does the next thing with a sheet: the desk talks at once, calls back by day; mostly in time, sometimes not.

use governance::{
    call::{Call, Stage},
    view::View,
};
use kernel::time::{DAY_MS, HOUR_MS, MINUTE_MS, Moment};

use super::super::Dice;

/// Of a thousand calls that become a case so many have one beside them that becomes none.
const FURTHER_PERMILLE: usize = 300;
/// The hours, counted in the city's zone, in which callers are called back.
const DAY_BEGINS_MS: i64 = 9 * HOUR_MS;
const DAY_ENDS_MS: i64 = 20 * HOUR_MS;

/// When the next thing happens; never, where the sheet waits for its case or is ended. `talks` while the caller is on the line.
pub(super) fn next(call: &Call, talks: bool, view: &View, now: Moment, dice: &mut Dice) -> Option<Moment> {
    let later = |dice: &mut Dice, typical: i64| Some(by_day(view, now + dice.about(typical), dice));
    match call.stage {
        Stage::Open if talks => Some(now + dice.about(MINUTE_MS + MINUTE_MS / 2)),
        // It is on the desk again.
        Stage::Open => later(dice, 2 * HOUR_MS),
        Stage::WithCase if call.contacted_at.is_none() && call.has_caller() => contact(view, now, dice),
        Stage::Transferred if call.contacted_at.is_none() && call.has_caller() => contact(view, now, dice),
        Stage::Transferred => later(dice, 26 * HOUR_MS),
        Stage::ToFollowUp if call.attempts.is_empty() => {
            let late = if dice.permille(40) { 5 * DAY_MS } else { 0 };
            later(dice, 7 * HOUR_MS + late)
        }
        Stage::ToFollowUp => later(dice, if call.attempts.len() == 1 { 5 * HOUR_MS } else { 22 * HOUR_MS }),
        Stage::WithCase | Stage::Ringing | Stage::Closed | Stage::Dropped | Stage::Unreasonable => None,
    }
}

/// Who deals with it speaks with the caller: within a day, seldom not.
fn contact(view: &View, now: Moment, dice: &mut Dice) -> Option<Moment> {
    let typical = if dice.permille(35) { 40 * HOUR_MS } else { 2 * HOUR_MS + HOUR_MS / 2 };
    Some(by_day(view, now + dice.about(typical), dice))
}

/// Nobody is called at night.
fn by_day(view: &View, at: Moment, dice: &mut Dice) -> Moment {
    let midnight = Moment::of_day(at.date(&view.zone), &view.zone);
    if (DAY_BEGINS_MS..DAY_ENDS_MS).contains(&(at - midnight)) {
        return at;
    }
    let morning = if at - midnight < DAY_BEGINS_MS { midnight } else { midnight + DAY_MS };
    morning + DAY_BEGINS_MS + dice.about(50 * MINUTE_MS)
}

/// When a call comes that becomes no case, for one that did.
pub(super) fn further_call(view: &View, now: Moment, dice: &mut Dice) -> Option<Moment> {
    dice.permille(FURTHER_PERMILLE).then(|| by_day(view, now + dice.about(3 * HOUR_MS), dice))
}
