//! What the hotline's desk does, over the ledger: begin a sheet, fill it, decide what becomes of it, call back. What belongs to an act on
//! a case (the case that a call becomes, "me too", the redo) is done in the same transaction.

use std::collections::BTreeMap;

use db::Tx;
use kernel::{
    error::Refusal,
    id::{CallId, CaseId, PersonId},
    role::{Action, Actor, ActorId, Place as Belongs},
    time::Moment,
};
use ledger::{
    By, Condition, LedgerError, Listing, Order, Record,
    access::{
        account,
        person::{self, Reveal},
    },
};
use map::geometry::Position;

use super::{
    Call, Command, CommandKind, Context, Filling, Opening, SIGNAL_LATE_MS_MAX, Stage,
    act::{self as call_act, Given, Office},
    caller,
    exchange::{self, ExchangeEvent, Known},
    noun::{CallNoun, merged_tag},
};
use crate::{
    case::{self, Case, FOLLOWERS_MAX, Source, act as case_act, noun::CaseNoun},
    desk::{self, CONTACT_FIELDS, Contact, Desk, NewPlace, NewReport, class_key, relocated, report_of},
    reference,
    view::View,
};

/// Mergers that are followed to the case that lives.
const MERGERS_MAX: u8 = 16;

/// What somebody wants done with a sheet.
#[derive(Debug, Clone, PartialEq)]
pub enum Wanted {
    /// Fill it in. A place needs `lon`, `lat` and perhaps `address`; a class may be its code alone.
    Fill {
        /// What is known now; its `caller` is set from the contact.
        filling: Box<Filling>,
        /// Who calls; goes to the vault.
        contact: Option<Contact>,
    },
    /// Make it a case, which is reported here under the sheet's reference.
    MakeCase {
        /// A word for the file; may be empty.
        note: String,
    },
    /// Anything else. A joined case may be one that was merged: the case that it lives in is taken.
    Other(Command),
}

impl View {
    /// What the rules of calls need of the city.
    #[must_use]
    pub fn call_office(&self) -> Office<'_> {
        Office { calendar: &self.office.calendar, settings: &self.city.calls }
    }
}

/// May this person do this to the sheet?
#[must_use]
pub fn may(actor: &Actor, action: Action, call: &Call) -> bool {
    let owners: Vec<ActorId> = call.holder.into_iter().map(ActorId::Account).collect();
    let place = call.demand.place.as_ref();
    actor.may(
        action,
        &Belongs {
            street: place.and_then(|place| place.street.as_deref()),
            cell: place.and_then(|place| place.cell.as_deref()),
            owners: &owners,
            ..Belongs::default()
        },
    )
}

/// A sheet that the person may see; one that they may not is as if it did not exist.
///
/// # Errors
/// [`LedgerError::NotFound`], or as the store says.
pub fn seen(
    tx: &mut Tx<'_>,
    view: &View,
    actor: &Actor,
    id: CallId,
) -> Result<Record<CallNoun>, LedgerError> {
    let record = ledger::get::<CallNoun>(tx, view.code, &id.to_string())?.ok_or(LedgerError::NotFound)?;
    if may_finish(actor, Action::CallView, &record.state) { Ok(record) } else { Err(LedgerError::NotFound) }
}

/// Who took it may finish it, wherever the place turns out to be.
fn may_finish(actor: &Actor, action: Action, call: &Call) -> bool {
    let own = call.holder.map(ActorId::Account).as_ref() == Some(&actor.id);
    own && actor.reach(action).is_some() || may(actor, action, call)
}

/// Shows a caller's contact data to somebody who has the right and gives a reason: once, on record. Who calls back needs the number.
///
/// # Errors
/// [`LedgerError::NotFound`] for a sheet that the person may not see, `right_missing`, `call_caller_unknown`, `reason_missing`; or as the
/// store says.
pub fn reveal(
    tx: &mut Tx<'_>,
    desk: &mut Desk<'_>,
    id: CallId,
    reason: &str,
) -> Result<BTreeMap<String, String>, LedgerError> {
    let record = seen(tx, desk.view, desk.actor, id)?;
    if !may_finish(desk.actor, Action::ContactReveal, &record.state) {
        return Err(Refusal::forbidden("right_missing").with("action", Action::ContactReveal.name()).into());
    }
    let caller = record.state.demand.caller.ok_or_else(|| Refusal::conflict("call_caller_unknown"))?;
    let (fields, case, role) = (&CONTACT_FIELDS[..], record.key.as_str(), desk.actor.role);
    let by = By { actor: desk.actor.id.clone(), at: desk.at };
    person::reveal(
        desk.vault,
        tx,
        desk.view.code,
        &Reveal { person: caller, fields, case, role, reason },
        &by,
    )
}

/// All persons in the vault with the number of who called: their sheets are what the caller said before. Nobody where no number is known.
///
/// # Errors
/// As the store says.
pub fn persons_of_caller(
    tx: &mut Tx<'_>,
    desk: &Desk<'_>,
    call: &Call,
) -> Result<Vec<PersonId>, LedgerError> {
    let caller = call.demand.caller;
    caller.map_or(Ok(Vec::new()), |caller| caller::same_number(tx, desk.vault, desk.view.code, caller))
}

/// The id of a sheet's record.
///
/// # Errors
/// [`LedgerError::Damaged`] where its key is none.
pub fn id_of(record: &Record<CallNoun>) -> Result<CallId, LedgerError> {
    record.key.parse().map_err(|_| LedgerError::Damaged(format!("call {}", record.key)))
}

/// Begins a sheet.
///
/// # Errors
/// `class_unknown`, `point_outside_city`, what the contact or the rules refuse; or as the store says.
pub fn begin(
    tx: &mut Tx<'_>,
    desk: &mut Desk<'_>,
    filling: Filling,
    contact: Option<&Contact>,
) -> Result<Record<CallNoun>, LedgerError> {
    let (filling, repeat) = prepared(tx, desk, filling, contact, None)?;
    let (view, at) = (desk.view, desk.at);
    let reference = reference::next(tx, view.code, &view.zone, at)?;
    let id = CallId::fresh(desk.ids, at);
    let mut command = Command::Begin(Box::new(Opening { reference, exchange: None, filling }));
    mask(&mut command);
    let given = Given { seen: Some(0), repeat, case: None };
    call_act::act(tx, (view.code, id), view.call_office(), &command, desk.actor, given, at)
}

/// Does something with a sheet. `seen` is the version that the person saw.
///
/// # Errors
/// [`LedgerError::NotFound`] for a sheet or case that the person may not see, the rules' refusals (nothing is changed),
/// [`LedgerError::Stale`], or as the store says.
pub fn act(
    tx: &mut Tx<'_>,
    desk: &mut Desk<'_>,
    id: CallId,
    seen_version: Option<u64>,
    wanted: Wanted,
) -> Result<Record<CallNoun>, LedgerError> {
    let record = seen(tx, desk.view, desk.actor, id)?;
    let now = record.version;
    if let Some(seen) = seen_version
        && seen != now
    {
        return Err(LedgerError::Stale { seen, now });
    }
    let call = &record.state;
    let mut given = Given { seen: Some(now), ..Given::default() };
    match wanted {
        Wanted::Fill { filling, contact } => {
            let (filling, repeat) = prepared(tx, desk, *filling, contact.as_ref(), Some((id, call)))?;
            given.repeat = repeat;
            give(tx, desk, id, Command::Fill(Box::new(filling)), given)
        }
        Wanted::MakeCase { note } => {
            require(call, CommandKind::HandOver)?;
            let made = report_of(tx, desk, new_case(call), call.demand.caller)?;
            given.case = Some(&made.record.state);
            give(tx, desk, id, Command::HandOver { case: made.id, note }, given)
        }
        Wanted::Other(Command::Join { case, note }) => {
            let (case, joined) = living(tx, desk, case)?;
            given.case = Some(&joined.state);
            let done = give(tx, desk, id, Command::Join { case, note }, given)?;
            // The entry holds the city's chain: what another machine did to the case before shows now.
            let (_, joined) = living(tx, desk, case)?;
            if joined.state.stage.is_ended() {
                return Err(Refusal::invalid("call_case_ended_already").into());
            }
            me_too(tx, desk, case, &joined.state, call.demand.caller)?;
            Ok(done)
        }
        Wanted::Other(Command::FollowUp { solved, satisfaction, redo, case: _, note }) => {
            let behind = call.case_id().filter(|_| redo && call.stage == Stage::ToFollowUp);
            let redone = behind.map(|behind| redo_on(tx, desk, behind, call)).transpose()?.flatten();
            let command = Command::FollowUp { solved, satisfaction, redo, case: redone, note: note.clone() };
            let done = give(tx, desk, id, command, given)?;
            if let (Some(behind), None) = (behind, redone) {
                let command = case::Command::Reopen { reason: note };
                desk::act(tx, desk, behind, None, command.into())?;
            }
            Ok(done)
        }
        // How a sheet begins, what its case and its exchange do, is never asked for here.
        Wanted::Other(
            Command::Begin(_) | Command::Signal(_) | Command::Fill(_) | Command::HandOver { .. },
        ) => Err(Refusal::forbidden("call_not_your_right").into()),
        Wanted::Other(command) => give(tx, desk, id, command, given),
    }
}

/// What the exchange tells; nothing where it is known already.
///
/// # Errors
/// What the rules refuse, or as the store says.
pub fn signal(
    tx: &mut Tx<'_>,
    desk: &mut Desk<'_>,
    event: &ExchangeEvent,
) -> Result<Option<Record<CallNoun>>, LedgerError> {
    let (view, at) = (desk.view, desk.at);
    // Messages of one call may reach two machines at once: this row lets one pass after the other, so that the call has one sheet.
    ledger::running_number::take(tx, view.code, "exchange signals", 1)?;
    let recent = event.at + -SIGNAL_LATE_MS_MAX;
    let listing = Listing {
        // Exchanges begin to count anew: an old call of that id is another call.
        conditions: vec![
            Condition::Is("exchange_id", exchange::kept_id(&event.id).into()),
            Condition::From("at", recent.millis().into()),
        ],
        order: Order::Falling("at"),
        after: None,
        limit: 1,
    };
    let found = ledger::list::<CallNoun>(tx, view.code, listing)?.pop();
    let mut known = Known::default();
    if let Some(seat) = &event.seat {
        let account = account::find_by_sign_in(desk.vault, tx, view.code, seat)?;
        known.holder = account.map(|found| found.account.id);
    }
    let mut repeat = 0;
    let id = match &found {
        Some(record) => id_of(record)?,
        None => {
            let phone = event.number.as_deref().map(caller::plain_number).filter(|n| n.len() >= 3);
            if let Some(phone) = phone {
                let contact = Contact { phone, ..Contact::default() };
                if let Some((person, persons)) = caller::keep(tx, desk, &contact)? {
                    known.caller = Some(person);
                    repeat = caller::earlier_calls(tx, view, &persons, None, at)?;
                }
            }
            known.reference = reference::next(tx, view.code, &view.zone, at)?;
            CallId::fresh(desk.ids, at)
        }
    };
    let version = found.as_ref().map_or(0, |record| record.version);
    let Some(command) = exchange::command(event, found.as_ref().map(|record| &record.state), known) else {
        return Ok(found);
    };
    let given = Given { seen: Some(version), repeat, case: None };
    call_act::act(tx, (view.code, id), view.call_office(), &command, desk.actor, given, at).map(Some)
}

/// Tells the sheets of a case what has become of it: ended, taken up again, merged, taken out of another. `before` and `after` are the
/// case around one act.
///
/// # Errors
/// As the store says.
pub fn case_changed(
    tx: &mut Tx<'_>,
    view: &View,
    id: CaseId,
    before: &Case,
    after: &Case,
    now: Moment,
) -> Result<(), LedgerError> {
    let own = Condition::Is("case_id", id.to_string().into());
    let merged = after.merged.as_ref().map(|merged| merged.into);
    let (condition, command) = match (before.stage, after.stage) {
        (from, to) if from == to => return Ok(()),
        (_, case::Stage::Merged) => match merged {
            Some(into) => (own, Command::CaseMerged { into }),
            None => return Ok(()),
        },
        (case::Stage::Merged, _) => {
            (Condition::Tagged(vec![merged_tag(id).into()]), Command::CaseUnmerged { case: id })
        }
        (from, to) if !from.is_ended() && to.is_ended() => (own, Command::CaseEnded {}),
        (from, to) if from.is_ended() && !to.is_ended() => (own, Command::CaseTakenUp {}),
        _ => return Ok(()),
    };
    // All are found before the first is changed, because the change may take it out of the condition.
    let mut ids = Vec::new();
    let mut after_row = None;
    loop {
        let listing = Listing {
            conditions: vec![condition.clone()],
            order: Order::Rising("row"),
            after: after_row.map(|row| (row, row)),
            limit: ledger::record::PAGE_RECORDS_MAX,
        };
        let page = ledger::list::<CallNoun>(tx, view.code, listing)?;
        let Some(last) = page.last() else { break };
        after_row = Some(last.row);
        for record in &page {
            ids.push(id_of(record)?);
        }
    }
    let system = case_act::system();
    for call in ids {
        let office = view.call_office();
        match call_act::act(tx, (view.code, call), office, &command, &system, Given::default(), now) {
            // The sheet has gone its own way: certified, or followed up and done again already.
            Err(LedgerError::Refused(refusal))
                if matches!(refusal.code, "call_not_in_this_stage" | "call_case_turn_limit") => {}
            done => drop(done?),
        }
    }
    Ok(())
}

/// The acts that this person may do now, for buttons.
#[must_use]
pub fn allowed(desk: &Desk<'_>, id: CallId, call: &Call) -> Vec<CommandKind> {
    let Office { calendar, settings } = desk.view.call_office();
    let context = Context { id, now: desk.at, actor: desk.actor, calendar, settings, repeat: 0, case: None };
    super::allowed(Some(call), &context).into_iter().filter(|kind| *kind != CommandKind::Signal).collect()
}

fn give(
    tx: &mut Tx<'_>,
    desk: &Desk<'_>,
    id: CallId,
    mut command: Command,
    given: Given<'_>,
) -> Result<Record<CallNoun>, LedgerError> {
    mask(&mut command);
    let view = desk.view;
    call_act::act(tx, (view.code, id), view.call_office(), &command, desk.actor, given, desk.at)
}

fn mask(command: &mut Command) {
    for text in command.texts_mut() {
        *text = kernel::text::mask_personal(text).text;
    }
}

/// A filling with its class found, its place located and its caller in the vault; and how many calls came before.
fn prepared(
    tx: &mut Tx<'_>,
    desk: &mut Desk<'_>,
    mut filling: Filling,
    contact: Option<&Contact>,
    own: Option<(CallId, &Call)>,
) -> Result<(Filling, u32), LedgerError> {
    if let Some(class) = &mut filling.class {
        *class = class_key(desk, class)?;
    }
    if let Some(place) = &mut filling.place {
        *place = relocated(desk, place, desk.at)?;
    }
    // A person is made here, never taken from outside.
    filling.caller = None;
    let mut repeat = 0;
    if let Some((person, persons)) =
        contact.map(|contact| caller::keep(tx, desk, contact)).transpose()?.flatten()
    {
        filling.caller = Some(person);
        repeat = caller::earlier_calls(tx, desk.view, &persons, own, desk.at)?;
    }
    Ok((filling, repeat))
}

/// Refuses early what the rules would refuse after a case had been reported for it.
fn require(call: &Call, command: CommandKind) -> Result<(), Refusal> {
    if super::table::MACHINE.stands(call.stage, command) {
        return Ok(());
    }
    Err(Refusal::conflict("call_not_in_this_stage")
        .with("stage", call.stage.name())
        .with("command", command.name()))
}

/// The case that a call becomes.
fn new_case(call: &Call) -> NewReport {
    let demand = &call.demand;
    NewReport {
        place: demand.place.as_ref().map(|place| NewPlace {
            position: Position { lon: place.lon, lat: place.lat },
            address: place.address.clone(),
        }),
        class: demand.class.clone(),
        urgent: demand.urgent,
        reference: Some(call.reference.clone()),
        ..NewReport::new(Source::Hotline, &demand.text)
    }
}

/// The case that a case lives in, through mergers.
fn living(
    tx: &mut Tx<'_>,
    desk: &Desk<'_>,
    mut id: CaseId,
) -> Result<(CaseId, Record<CaseNoun>), LedgerError> {
    let mut record = desk::seen(tx, desk.view, desk.actor, id)?;
    for _ in 0..MERGERS_MAX {
        let Some(merged) = &record.state.merged else { break };
        id = merged.into;
        record = desk::seen(tx, desk.view, desk.actor, id)?;
    }
    Ok((id, record))
}

/// One more voice for a case, unless the caller is one of its voices already.
fn me_too(
    tx: &mut Tx<'_>,
    desk: &Desk<'_>,
    id: CaseId,
    case: &Case,
    caller: Option<PersonId>,
) -> Result<(), LedgerError> {
    let view = desk.view;
    if let Some(caller) = caller {
        let same = caller::same_number(tx, desk.vault, view.code, caller)?;
        let mut voices = case.followers.iter().chain(&case.reporter);
        if voices.any(|voice| same.contains(voice)) {
            return Ok(());
        }
    }
    let person = caller.filter(|_| case.followers.len() < FOLLOWERS_MAX);
    let command = case::Command::Follow { person };
    let (system, given) = (case_act::system(), case_act::Given::default());
    case_act::act(tx, (view.code, id), &view.office, &command, &system, given, desk.at).map(drop)
}

/// The case on which a redo goes on: a new one, split from the old, where the old cannot be opened again; otherwise none.
fn redo_on(
    tx: &mut Tx<'_>,
    desk: &mut Desk<'_>,
    behind: CaseId,
    call: &Call,
) -> Result<Option<CaseId>, LedgerError> {
    let old = desk::seen(tx, desk.view, desk.actor, behind)?;
    if desk::allowed(desk, behind, &old.state).contains(&case::CommandKind::Reopen) {
        return Ok(None);
    }
    // The sheet's reference stays with the first case.
    let new = NewReport { reference: None, parent: Some(behind), ..new_case(call) };
    Ok(Some(report_of(tx, desk, new, call.demand.caller)?.id))
}
