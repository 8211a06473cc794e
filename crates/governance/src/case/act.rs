//! Acts on a case in the ledger: the rule decides on the record as it stands, and what it decided is appended in the same transaction.

use db::Tx;
use kernel::{
    calendar::Calendar,
    code::CityCode,
    id::CaseId,
    role::{Actor, ActorId, Role},
    time::Moment,
};
use ledger::{By, DueTimer, LedgerError, Noun as _, Record, due_timers};

use super::{
    Case, CaseSettings, Command, Context, Drawn, FilingRule, decide,
    noun::{CaseNoun, timer_command},
};

/// Timers that one call fires at the most, so that a long stop of the machine is worked off in short transactions.
pub const FIRED_TIMERS_MAX: u32 = 500;

/// What the rules of a city need besides case and command.
#[derive(Debug, Clone)]
pub struct Office {
    /// The city's calendar.
    pub calendar: Calendar,
    /// The city's settings for cases.
    pub settings: CaseSettings,
}

/// What the caller has found out for this one command.
#[derive(Debug, Clone, Copy, Default)]
pub struct Given<'a> {
    /// The version that the caller saw; `Some(0)` for a case that must be new.
    pub seen: Option<u64>,
    /// The filing condition that was chosen.
    pub rule: Option<&'a FilingRule>,
    /// The collector who was drawn.
    pub draw: Option<&'a Drawn>,
    /// The other case of a merger.
    pub other: Option<&'a Case>,
    /// The asker has shown the receipt's token.
    pub is_reporter: bool,
}

/// Does something with a case.
///
/// # Errors
/// The rule's refusal (nothing is changed), [`LedgerError::Stale`], or as the store says.
pub fn act(
    tx: &mut Tx<'_>,
    (city, id): (CityCode, CaseId),
    office: &Office,
    command: &Command,
    actor: &Actor,
    given: Given<'_>,
    now: Moment,
) -> Result<Record<CaseNoun>, LedgerError> {
    let now = ledger::moment(tx, city, now)?;
    let context = Context {
        id,
        now,
        actor,
        calendar: &office.calendar,
        settings: &office.settings,
        rule: given.rule,
        draw: given.draw,
        other: given.other,
        is_reporter: given.is_reporter,
    };
    let by = By { actor: actor.id.clone(), at: now };
    ledger::act::<CaseNoun, LedgerError>(tx, city, &id.to_string(), given.seen, &by, |_, case| {
        Ok(decide(case, command, &context)?)
    })
}

/// The program itself: what it does asks no table of rights, it has no post.
#[must_use]
pub fn system() -> Actor {
    Actor { id: ActorId::System, role: Role::Resident, ..Actor::resident() }
}

/// Fires the city's timers of cases whose moment has come; how many. The entry that a timer makes takes the timer away in the same
/// transaction, so each is fired once, also where the machine stood still in between.
///
/// # Errors
/// As the store says; a timer that the case no longer implies is no error.
pub fn fire_due(tx: &mut Tx<'_>, city: CityCode, office: &Office, now: Moment) -> Result<u32, LedgerError> {
    let system = system();
    let mut fired = 0;
    for timer in due_timers(tx, city, now, FIRED_TIMERS_MAX)? {
        if timer.noun != CaseNoun::NAME {
            continue;
        }
        let (id, command) = of_timer(&timer)?;
        match act(tx, (city, id), office, &command, &system, Given::default(), now) {
            Ok(_) => fired += 1,
            // An earlier timer of the same case has already put this one on record.
            Err(LedgerError::Refused(refusal)) if refusal.code == "case_timer_not_running" => {}
            Err(error) => return Err(error),
        }
    }
    Ok(fired)
}

fn of_timer(timer: &DueTimer) -> Result<(CaseId, Command), LedgerError> {
    let unreadable = || LedgerError::Damaged(format!("timer {} of case {}", timer.kind, timer.key));
    let id = timer.key.parse().map_err(|_| unreadable())?;
    let command = timer_command(&timer.kind, timer.at).ok_or_else(unreadable)?;
    Ok((id, command))
}
