//! Acts on a call sheet in the ledger: the rule decides on the record as it stands, and what it decided is appended in the same transaction.

use db::Tx;
use kernel::{calendar::Calendar, code::CityCode, id::CallId, role::Actor, time::Moment};
use ledger::{By, DueTimer, LedgerError, Noun as _, Record, due_timers};

use super::{
    CallSettings, Command, Context, decide,
    noun::{CallNoun, timer_command},
};
use crate::case::{
    Case,
    act::{FIRED_TIMERS_MAX, system},
};

/// What the rules of a city need besides sheet and command.
#[derive(Debug, Clone, Copy)]
pub struct Office<'a> {
    /// The city's calendar.
    pub calendar: &'a Calendar,
    /// The city's settings for calls.
    pub settings: &'a CallSettings,
}

/// What the caller has found out for this one command.
#[derive(Debug, Clone, Copy, Default)]
pub struct Given<'a> {
    /// The version that the caller saw; `Some(0)` for a sheet that must be new.
    pub seen: Option<u64>,
    /// Earlier calls of the same person.
    pub repeat: u32,
    /// The case that the command names.
    pub case: Option<&'a Case>,
}

/// Does something with a call sheet.
///
/// # Errors
/// The rule's refusal (nothing is changed), [`LedgerError::Stale`], or as the store says.
pub fn act(
    tx: &mut Tx<'_>,
    (city, id): (CityCode, CallId),
    office: Office<'_>,
    command: &Command,
    actor: &Actor,
    given: Given<'_>,
    now: Moment,
) -> Result<Record<CallNoun>, LedgerError> {
    let now = ledger::moment(tx, city, now)?;
    let Office { calendar, settings } = office;
    let Given { seen, repeat, case } = given;
    let context = Context { id, now, actor, calendar, settings, repeat, case };
    let by = By { actor: actor.id.clone(), at: now };
    ledger::act::<CallNoun, LedgerError>(tx, city, &id.to_string(), seen, &by, |_, call| {
        Ok(decide(call, command, &context)?)
    })
}

/// Fires the city's timers of calls whose moment has come; how many. The entry that a timer makes takes the timer away in the same
/// transaction, so each is fired once, also where the machine stood still in between.
///
/// # Errors
/// As the store says; a timer that the sheet no longer implies is no error.
pub fn fire_due(
    tx: &mut Tx<'_>,
    city: CityCode,
    office: Office<'_>,
    now: Moment,
) -> Result<u32, LedgerError> {
    let system = system();
    let mut fired = 0;
    for timer in due_timers(tx, city, now, FIRED_TIMERS_MAX)? {
        if timer.noun != CallNoun::NAME {
            continue;
        }
        let (id, command) = of_timer(&timer)?;
        match act(tx, (city, id), office, &command, &system, Given::default(), now) {
            Ok(_) => fired += 1,
            // An earlier timer of the same sheet has already put this one on record.
            Err(LedgerError::Refused(refusal)) if refusal.code == "call_timer_not_running" => {}
            Err(error) => return Err(error),
        }
    }
    Ok(fired)
}

fn of_timer(timer: &DueTimer) -> Result<(CallId, Command), LedgerError> {
    let unreadable = || LedgerError::Damaged(format!("timer {} of call {}", timer.kind, timer.key));
    let id = timer.key.parse().map_err(|_| unreadable())?;
    let command = timer_command(&timer.kind, timer.at).ok_or_else(unreadable)?;
    Ok((id, command))
}
