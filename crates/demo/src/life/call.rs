//! A call to the hotline as it is lived: the sheet begins when it rings, is filled while the caller talks, becomes a case or is answered,
//! joined, handed on or dropped; after the answer the caller is called back.

mod callers;
mod coming;
mod move_of;
mod pace;

use db::Tx;
use governance::{
    call::{
        Call, Stage,
        desk::{self as calls, Wanted},
        noun::CallNoun,
    },
    case::noun::CaseNoun,
    desk::{self, Desk, NewReport},
};
use kernel::{
    id::{CallId, CaseId},
    role::{Actor, Role},
    time::{HOUR_MS, Moment},
};
use ledger::{Condition, LedgerError, Listing, Order};
use rustc_hash::FxHashMap;

pub(super) use self::callers::{NUMBERS, contact};
use self::{
    callers::Callers,
    coming::{Talk, Wishes},
};
use super::{About, Arrival, Dice, Life};
use crate::DemoError;

/// Sheets of one case that are followed to its end.
const SHEETS_OF_CASE_MAX: u32 = 100;

/// What the hotline's part of a life remembers from one step to the next.
pub(crate) struct Hotline {
    /// Apart from the dice of cases: calls do not change what becomes of a case.
    pub(super) dice: Dice,
    callers: Callers,
    wishes: Wishes,
    /// What callers say while their sheets are open.
    talks: FxHashMap<CallId, Talk>,
}

impl Hotline {
    /// With everything random drawn from a seed.
    ///
    /// # Errors
    /// [`DemoError::Data`] only where the shipped files are damaged.
    pub(crate) fn new(seed: u64, view: &governance::view::View) -> Result<Self, DemoError> {
        Ok(Self {
            dice: Dice::new(seed, "calls"),
            callers: Callers::default(),
            wishes: Wishes::new(view)?,
            talks: FxHashMap::default(),
        })
    }
}

impl Life {
    /// A report by telephone: its sheet begins now and becomes the case while they talk. More calls follow that become none.
    pub(super) fn take_call(&mut self, tx: &mut Tx<'_>, arrival: Arrival) -> Result<(), LedgerError> {
        let Arrival { at, actor, report } = arrival;
        let talk = self.hotline.talk_of(report);
        self.begin_call(tx, at, &actor, talk)?;
        if let Some(later) = pace::further_call(&self.view, at, &mut self.hotline.dice) {
            self.schedule(later, About::Ringing);
        }
        Ok(())
    }

    /// A call rings that becomes no case of its own.
    pub(super) fn ring(&mut self, tx: &mut Tx<'_>, at: Moment) -> Result<(), LedgerError> {
        self.keep_time(tx, at)?;
        let Some(actor) = self.cast.any(Role::Acceptor, &mut self.hotline.dice) else { return Ok(()) };
        let Some(talk) = self.coming_talk(tx)? else { return Ok(()) };
        self.begin_call(tx, at, &actor, talk)
    }

    fn begin_call(
        &mut self,
        tx: &mut Tx<'_>,
        at: Moment,
        actor: &Actor,
        talk: Talk,
    ) -> Result<(), LedgerError> {
        let desk = &mut Desk { view: &self.view, vault: &self.vault, actor, at, ids: &mut self.hotline.dice };
        let begun = calls::begin(tx, desk, governance::call::Filling::default(), None)?;
        let id = calls::id_of(&begun)?;
        self.stirred(first_of_call(&begun.state), true);
        self.lived.calls += 1;
        self.hotline.talks.insert(id, talk);
        self.plan_call(id, &begun.state, at);
        Ok(())
    }

    fn plan_call(&mut self, id: CallId, call: &Call, now: Moment) {
        let talks = self.hotline.talks.contains_key(&id);
        if let Some(at) = pace::next(call, talks, &self.view, now, &mut self.hotline.dice) {
            // A year does not end in the middle of a talk: every report has its case.
            let at = if talks { at.min(self.until + -1) } else { at };
            self.schedule(at, About::Call(id));
        }
    }

    /// Somebody does the next thing with a sheet.
    pub(super) fn call_step(&mut self, tx: &mut Tx<'_>, at: Moment, id: CallId) -> Result<(), LedgerError> {
        self.keep_time(tx, at)?;
        let Some(record) = ledger::get::<CallNoun>(tx, self.view.code, &id.to_string())? else {
            return Ok(());
        };
        let before = &record.state;
        let behind = self.case_behind(tx, before)?;
        let Some((actor, wanted)) = move_of::next(before, id, behind.as_ref(), self, at) else {
            return Ok(());
        };
        let ends_talk = !matches!(wanted, Wanted::Fill { .. });
        match self.act_on_call(tx, &actor, at, id, wanted) {
            Ok(after) => {
                // A sheet that goes to a case or comes from one touches it.
                let alone = before.stage == after.stage || after.case.is_none();
                self.stirred(first_of_call(&after), alone);
                if ends_talk {
                    self.hotline.talks.remove(&id);
                }
                self.case_lives(tx, before, &after, at)?;
                self.plan_call(id, &after, at);
            }
            Err(LedgerError::Refused(refusal)) => {
                self.lived.refused += 1;
                tracing::debug!(code = refusal.code, stage = before.stage.name(), "call refused");
                // What was joined may have ended in the meantime: the talk goes on to something else.
                if let Some(talk) = self.hotline.talks.get_mut(&id) {
                    talk.fall_back();
                }
                self.plan_call(id, before, at + HOUR_MS);
            }
            Err(error) => return Err(error),
        }
        Ok(())
    }

    fn act_on_call(
        &mut self,
        tx: &mut Tx<'_>,
        actor: &Actor,
        at: Moment,
        id: CallId,
        wanted: Wanted,
    ) -> Result<Call, LedgerError> {
        let desk = &mut Desk { view: &self.view, vault: &self.vault, actor, at, ids: &mut self.hotline.dice };
        let record = calls::act(tx, desk, id, None, wanted)?;
        self.lived.call_acts += 1;
        Ok(record.state)
    }

    /// The case that a caller is called back about, and whether it could be taken up again.
    fn case_behind(&mut self, tx: &mut Tx<'_>, call: &Call) -> Result<Option<move_of::Behind>, LedgerError> {
        let Some(id) = call.case_id().filter(|_| call.stage == Stage::ToFollowUp) else { return Ok(None) };
        let Some(record) = ledger::get::<CaseNoun>(tx, self.view.code, &id.to_string())? else {
            return Ok(None);
        };
        Ok(Some(move_of::Behind { id, case: record.state }))
    }

    /// A sheet has become a case, or its case is done again: people work on it from now on.
    fn case_lives(
        &mut self,
        tx: &mut Tx<'_>,
        before: &Call,
        after: &Call,
        at: Moment,
    ) -> Result<(), LedgerError> {
        let made = before.stage == Stage::Open && after.outcome == Some(governance::call::Outcome::Case);
        let again = before.stage == Stage::ToFollowUp;
        if !(made || again) || after.stage != Stage::WithCase {
            return Ok(());
        }
        let Some(id) = after.case_id() else { return Ok(()) };
        if let Some(record) = ledger::get::<CaseNoun>(tx, self.view.code, &id.to_string())? {
            if made {
                self.remember(id, &record.state);
            }
            self.plan(id, &record.state, at);
        }
        Ok(())
    }

    /// A case has ended: who called about it is called back.
    pub(super) fn call_back_of(
        &mut self,
        tx: &mut Tx<'_>,
        case: CaseId,
        at: Moment,
    ) -> Result<(), LedgerError> {
        let listing = Listing {
            conditions: vec![Condition::Is("case_id", case.to_string().into())],
            order: Order::Rising("row"),
            after: None,
            limit: SHEETS_OF_CASE_MAX,
        };
        for record in ledger::list::<CallNoun>(tx, self.view.code, listing)? {
            if record.state.stage == Stage::ToFollowUp {
                self.plan_call(calls::id_of(&record)?, &record.state, at);
            }
        }
        Ok(())
    }

    /// Whether somebody of the hotline could have the case done again.
    fn may_reopen(&mut self, actor: &Actor, behind: &move_of::Behind, at: Moment) -> bool {
        let desk = Desk { view: &self.view, vault: &self.vault, actor, at, ids: &mut self.hotline.dice };
        desk::allowed(&desk, behind.id, &behind.case).contains(&governance::case::CommandKind::Reopen)
    }
}

fn first_of_call(call: &Call) -> Option<Moment> {
    call.timers().first().map(|timer| timer.at)
}

impl Hotline {
    fn talk_of(&mut self, report: NewReport) -> Talk {
        let caller = self.callers.next(&mut self.dice);
        Talk::of_report(report, caller, &mut self.dice)
    }
}
