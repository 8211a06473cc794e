//! The clockwork: people report, call, accept, file, dispatch, mend, check and close, day by day, by the same rules as in any city. What
//! happens depends on nothing but the seed and the span of time.

mod arrival;
mod call;
mod cast;
mod dice;
mod inspections;
mod letters;
mod letters_written;
mod move_of;
mod pace;
mod words;

use std::{
    cmp::Reverse,
    collections::{BinaryHeap, VecDeque},
    sync::Arc,
};

use db::Tx;
use governance::{
    case::{Case, CommandKind, Source, Stage, noun::CaseNoun},
    desk::{self, Desk},
    view::View,
};
use kernel::{
    id::{CallId, CaseId},
    role::Actor,
    time::Moment,
};
use ledger::{Ledger, LedgerError};
use rustc_hash::FxHashMap;

use crate::pictures::Pictures;

pub(crate) use self::{
    arrival::{Arrival, Reports},
    call::Hotline,
    cast::Cast,
    dice::Dice,
    inspections::inspections,
    letters::{Correspondence, enter_marks},
    letters_written::{OF_2016, OF_TODAY},
};

/// Acts in one transaction: so many share a commit.
const BATCH_ACTS: usize = 1_000;
/// Open cases that a new report may turn out to be the same as.
const RECENT_CASES: usize = 400;

/// How people work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Manner {
    /// Mostly right and in time, sometimes not.
    #[default]
    Ordinary,
    /// Nothing is put off, sent back or done again, and each clock stops before it runs out: a campaign under the eyes of everybody.
    Diligent,
}

/// What came of a life.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Lived {
    /// Reports that came in.
    pub reports: u64,
    /// Acts on cases.
    pub acts: u64,
    /// Calls to the hotline: those that became cases, and those that were answered, joined to a case, handed on or dropped.
    pub calls: u64,
    /// Acts on their sheets.
    pub call_acts: u64,
    /// Timers that fired.
    pub timers: u64,
    /// Acts that the rules refused, as happens to people; nothing came of them.
    pub refused: u64,
}

/// What somebody will do something with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum About {
    Case(CaseId),
    Call(CallId),
    /// A call that is still to come.
    Ringing,
}

/// That somebody will do something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Step {
    at: Moment,
    /// The order in which steps were made breaks ties.
    order: u64,
    about: About,
}

/// What goes on from one transaction to the next.
pub(crate) struct Life {
    pub(crate) view: Arc<View>,
    pub(crate) vault: Arc<ledger::Vault>,
    pub(crate) cast: Cast,
    pub(crate) dice: Dice,
    pub(crate) pictures: Pictures,
    hotline: Hotline,
    until: Moment,
    manner: Manner,
    /// No timer is due before; `None` where it is not known. Asking before every step would cost as much as a tenth of the steps.
    calm_until: Option<Moment>,
    steps: BinaryHeap<Reverse<Step>>,
    /// The step that counts for each: what a call does to its case replaces what was planned before.
    latest: FxHashMap<About, u64>,
    order: u64,
    recent: VecDeque<(String, CaseId)>,
    pub(crate) lived: Lived,
}

impl Life {
    pub(crate) fn new(
        view: Arc<View>,
        vault: Arc<ledger::Vault>,
        cast: Cast,
        pictures: Pictures,
        (dice, hotline): (Dice, Hotline),
        until: Moment,
    ) -> Self {
        let steps = BinaryHeap::new();
        Self {
            view,
            vault,
            cast,
            dice,
            pictures,
            hotline,
            until,
            manner: Manner::Ordinary,
            calm_until: None,
            steps,
            latest: FxHashMap::default(),
            order: 0,
            recent: VecDeque::new(),
            lived: Lived::default(),
        }
    }

    /// The same people, working like this.
    pub(crate) fn in_manner(self, manner: Manner) -> Self {
        Self { manner, ..self }
    }

    /// Whether somebody slips, as happens in so many of a thousand cases.
    fn slips(&mut self, of_thousand: usize) -> bool {
        self.dice.permille(of_thousand) && self.manner == Manner::Ordinary
    }

    fn plan(&mut self, id: CaseId, case: &Case, now: Moment) {
        if let Some(at) = pace::next(case, &self.view, now, &mut self.dice) {
            let at = if self.manner == Manner::Diligent { pace::in_time(case, now, at) } else { at };
            self.schedule(at, About::Case(id));
        }
    }

    fn schedule(&mut self, at: Moment, about: About) {
        self.order += 1;
        if about != About::Ringing {
            self.latest.insert(about, self.order);
        }
        self.steps.push(Reverse(Step { at, order: self.order, about }));
    }

    /// Fires what is due before a moment, each timer at its own time.
    fn keep_time(&mut self, tx: &mut Tx<'_>, until: Moment) -> Result<(), LedgerError> {
        while self.calm_until.is_none_or(|calm| calm <= until) {
            let next = ledger::due_timers(tx, self.view.code, Moment(i64::MAX), 1)?.pop();
            let at = next.map_or(Moment(i64::MAX), |timer| timer.at);
            if until < at {
                self.calm_until = Some(at);
                break;
            }
            let fired = desk::fire_due(tx, &self.view, at)?;
            self.calm_until = None;
            if fired == 0 {
                // One of another noun: it is somebody else's.
                break;
            }
            self.lived.timers += u64::from(fired);
        }
        Ok(())
    }

    /// An act has set timers: the earliest of them, or any where other records were touched as well (`alone` is false).
    fn stirred(&mut self, first: Option<Moment>, alone: bool) {
        self.calm_until = match (self.calm_until, first) {
            (Some(calm), Some(first)) if alone => Some(calm.min(first)),
            (calm, None) if alone => calm,
            _ => None,
        };
    }

    fn arrive(&mut self, tx: &mut Tx<'_>, arrival: Arrival) -> Result<(), LedgerError> {
        self.keep_time(tx, arrival.at)?;
        self.lived.reports += 1;
        if arrival.report.source == Source::Hotline {
            return self.take_call(tx, arrival);
        }
        let desk = &mut Desk {
            view: &self.view,
            vault: &self.vault,
            actor: &arrival.actor,
            at: arrival.at,
            ids: &mut self.dice,
        };
        let reported = desk::report(tx, desk, arrival.report)?;
        self.stirred(first_of_case(&reported.record.state), true);
        self.remember(reported.id, &reported.record.state);
        self.plan(reported.id, &reported.record.state, arrival.at);
        Ok(())
    }

    /// A new case: later ones may turn out to be the same.
    fn remember(&mut self, id: CaseId, case: &Case) {
        if let (Some(class), Some(cell)) =
            (&case.class, case.place.as_ref().and_then(|place| place.cell.as_ref()))
        {
            self.recent.push_back((format!("{class} {cell}"), id));
            if self.recent.len() > RECENT_CASES {
                self.recent.pop_front();
            }
        }
    }

    fn step(&mut self, tx: &mut Tx<'_>, step: Step) -> Result<(), LedgerError> {
        if step.about != About::Ringing {
            if self.latest.get(&step.about) != Some(&step.order) {
                return Ok(());
            }
            self.latest.remove(&step.about);
        }
        match step.about {
            About::Case(id) => self.case_step(tx, step.at, id),
            About::Call(id) => self.call_step(tx, step.at, id),
            About::Ringing => self.ring(tx, step.at),
        }
    }

    fn case_step(&mut self, tx: &mut Tx<'_>, at: Moment, id: CaseId) -> Result<(), LedgerError> {
        self.keep_time(tx, at)?;
        let key = id.to_string();
        let Some(record) = ledger::get::<CaseNoun>(tx, self.view.code, &key)? else { return Ok(()) };
        let twin = self.twin_of(tx, &record.state, id)?;
        let Some((actor, wanted)) = move_of::next(&record.state, twin, self, at) else { return Ok(()) };
        let kind = wanted.command.kind();
        match self.act(tx, &actor, at, id, wanted) {
            Ok(state) => {
                // A merger touches another case; an end or a new start touches sheets.
                let alone = record.state.stage.is_ended() == state.stage.is_ended();
                self.stirred(first_of_case(&state), alone);
                if !record.state.stage.is_ended() && state.stage.is_ended() {
                    self.call_back_of(tx, id, at)?;
                }
                self.plan(id, &state, at);
            }
            Err(LedgerError::Refused(refusal)) => {
                self.lived.refused += 1;
                tracing::debug!(
                    code = refusal.code,
                    kind = kind.name(),
                    stage = record.state.stage.name(),
                    "refused"
                );
                // Somebody comes back to it later, when it may stand otherwise.
                if kind != CommandKind::Rate && kind != CommandKind::Reopen {
                    self.plan(id, &record.state, at + kernel::time::HOUR_MS);
                }
            }
            Err(error) => return Err(error),
        }
        Ok(())
    }

    fn act(
        &mut self,
        tx: &mut Tx<'_>,
        actor: &Actor,
        at: Moment,
        id: CaseId,
        wanted: desk::Wanted,
    ) -> Result<Case, LedgerError> {
        let desk = &mut Desk { view: &self.view, vault: &self.vault, actor, at, ids: &mut self.dice };
        let record = desk::act(tx, desk, id, None, wanted)?;
        self.lived.acts += 1;
        Ok(record.state)
    }

    /// A case of the same class in the same cell that is not ended: the two may be one.
    fn twin_of(&self, tx: &mut Tx<'_>, case: &Case, id: CaseId) -> Result<Option<CaseId>, LedgerError> {
        if case.stage != Stage::Reported {
            return Ok(None);
        }
        let place = case.place.as_ref().and_then(|place| place.cell.as_ref());
        let (Some(class), Some(cell)) = (&case.class, place) else { return Ok(None) };
        let name = format!("{class} {cell}");
        for (known, other) in self.recent.iter().rev().filter(|(known, other)| *known == name && *other != id)
        {
            debug_assert_eq!(known, &name);
            let record = ledger::get::<CaseNoun>(tx, self.view.code, &other.to_string())?;
            if record.is_some_and(|record| {
                !record.state.stage.is_ended() && record.state.reported_at < case.reported_at
            }) {
                return Ok(Some(*other));
            }
        }
        Ok(None)
    }

    /// The moment of the next step, if one is planned.
    fn next_at(&self) -> Option<Moment> {
        self.steps.peek().map(|Reverse(step)| step.at)
    }
}

fn first_of_case(case: &Case) -> Option<Moment> {
    case.timers().first().map(|timer| timer.at)
}

/// Lives from the first report to the end of a span of time. `progress` is told how many reports have come in.
///
/// # Errors
/// As the store says; what the rules refuse is only counted.
pub(crate) fn live<R: Iterator<Item = Arrival>>(
    ledger: &Ledger,
    life: Life,
    arrivals: &mut std::iter::Peekable<R>,
    until: Moment,
    progress: &mut dyn FnMut(u64),
) -> Result<Life, LedgerError> {
    let mut life = life;
    loop {
        let mut batch = Vec::with_capacity(BATCH_ACTS);
        // Arrivals are made outside of the transaction; steps come of what it does and are taken inside.
        let horizon = loop {
            let Some(next) = arrivals.peek().filter(|next| next.at < until) else { break until };
            if batch.len() >= BATCH_ACTS / 8 {
                break next.at;
            }
            batch.extend(arrivals.next());
        };
        let is_last = horizon == until;
        life = ledger.db().write_blocking(move |tx| {
            let mut coming = batch.into_iter().peekable();
            loop {
                let step_at = life.next_at().filter(|at| *at < horizon);
                match (coming.peek(), step_at) {
                    (Some(arrival), step_at) if step_at.is_none_or(|at| arrival.at <= at) => {
                        if let Some(arrival) = coming.next() {
                            life.arrive(tx, arrival)?;
                        }
                    }
                    (_, Some(_)) => {
                        if let Some(Reverse(step)) = life.steps.pop() {
                            life.step(tx, step)?;
                        }
                    }
                    (None, None) => break,
                    (Some(_), None) => {}
                }
            }
            life.keep_time(tx, horizon)?;
            Ok::<_, LedgerError>(life)
        })?;
        progress(life.lived.reports);
        if is_last {
            tracing::info!(city = %life.view.code, lived = ?life.lived, "lived");
            return Ok(life);
        }
    }
}

/// As [`live`], with letters that are written on the way.
///
/// # Errors
/// As [`live`]; what the rules of letters refuse is an error, because nobody draws what is written.
pub(crate) fn live_writing<R: Iterator<Item = Arrival>>(
    ledger: &Ledger,
    life: Life,
    arrivals: &mut std::iter::Peekable<R>,
    mut letters: Correspondence,
    until: Moment,
    progress: &mut dyn FnMut(u64),
) -> Result<Life, LedgerError> {
    let mut life = life;
    while let Some(at) = letters.next_at().filter(|at| *at < until) {
        life = live(ledger, life, arrivals, at, progress)?;
        life = letters.go_on(ledger, life)?;
    }
    live(ledger, life, arrivals, until, progress)
}

/// Persons by account, for those who only know the account.
pub(crate) type ByAccount = FxHashMap<kernel::id::AccountId, Actor>;
