//! Drafts into the ledger, a batch in each transaction: new cases as they are, known ones only where their source says something new.

use std::sync::Arc;

use db::Tx;
use kernel::{code::CityCode, role::Actor, time::Moment};
use ledger::{By, Ledger, LedgerError, Noun as _};
use rustc_hash::{FxHashMap, FxHashSet};

use super::{ground::Ground, read::Draft};
use crate::case::{
    Command, Event, Fact, Import, act,
    act::{Given, Office},
    noun::CaseNoun,
};

/// Entries that hold what a source said.
pub(super) const KINDS: [&str; 2] = ["case_imported", "case_reimported"];

/// What became of a draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// A new case.
    Imported,
    /// A known case was corrected.
    Corrected,
    /// Its source has said the same before.
    Unchanged,
    /// Its source has said something later before.
    Older,
    /// The case's rules said no.
    Refused(&'static str),
}

/// What the writing of a batch needs; shared with the writer's thread.
#[derive(Clone)]
pub(super) struct Doer {
    city: CityCode,
    office: Arc<Office>,
    actor: Actor,
    now: Moment,
}

impl Doer {
    pub(super) fn of(ground: &Ground<'_>) -> Self {
        Self {
            city: ground.city,
            office: Arc::clone(&ground.office),
            actor: ground.actor.clone(),
            now: ground.now,
        }
    }

    /// Writes a batch in one transaction; what became of each draft, in their order.
    pub(super) fn write(
        &self,
        ledger: &Ledger,
        batch: Vec<Draft>,
    ) -> Result<Vec<(u64, Verdict)>, LedgerError> {
        let doer = self.clone();
        let verdicts = ledger.db().write_blocking(move |tx| doer.write_in(tx, batch))?;
        ledger.announce();
        Ok(verdicts)
    }

    fn write_in(&self, tx: &mut Tx<'_>, batch: Vec<Draft>) -> Result<Vec<(u64, Verdict)>, LedgerError> {
        let now = ledger::moment(tx, self.city, self.now)?;
        let by = By { actor: self.actor.id.clone(), at: now };
        let keys: Vec<String> = batch.iter().map(|draft| draft.id.to_string()).collect();
        let known = self.said_before(tx, &keys)?;
        let mut verdicts = Vec::with_capacity(batch.len());
        let mut fresh: Vec<(String, Vec<Event>)> = Vec::new();
        let mut here = FxHashSet::default();
        for (draft, key) in batch.into_iter().zip(&keys) {
            let row = draft.row;
            let verdict = if !here.contains(key.as_str()) && !known.contains_key(key.as_str()) {
                fresh.push((key.clone(), draft.events));
                here.insert(key.as_str());
                Verdict::Imported
            } else {
                // What was new in this batch must stand before it can be said anew.
                ledger::append_new::<CaseNoun>(tx, self.city, &std::mem::take(&mut fresh), &by)?;
                let said = match known.get(key.as_str()) {
                    Some(said) if !here.contains(key.as_str()) => said.clone(),
                    _ => self
                        .said_before(tx, std::slice::from_ref(key))?
                        .remove(key.as_str())
                        .unwrap_or_default(),
                };
                here.insert(key.as_str());
                self.say_again(tx, &draft, &said, now)?
            };
            verdicts.push((row, verdict));
        }
        ledger::append_new::<CaseNoun>(tx, self.city, &fresh, &by)?;
        Ok(verdicts)
    }

    /// What the source has ever said of some cases, each from the oldest to the newest.
    fn said_before(
        &self,
        tx: &mut Tx<'_>,
        keys: &[String],
    ) -> Result<FxHashMap<String, Vec<Import>>, LedgerError> {
        let asked: Vec<&str> = keys.iter().map(String::as_str).collect();
        let mut said: FxHashMap<String, Vec<Import>> = FxHashMap::default();
        for (key, body) in ledger::bodies(tx, self.city, CaseNoun::NAME, &KINDS, &asked)? {
            let import = of_body(&key, &body)?;
            said.entry(key).or_default().push(import);
        }
        Ok(said)
    }

    fn say_again(
        &self,
        tx: &mut Tx<'_>,
        draft: &Draft,
        said: &[Import],
        now: Moment,
    ) -> Result<Verdict, LedgerError> {
        let unreadable = || LedgerError::Damaged(format!("row {}: no import", draft.row));
        let import = draft.import().ok_or_else(unreadable)?;
        if said.iter().any(|before| says_the_same(before, import)) {
            return Ok(Verdict::Unchanged);
        }
        let latest = said.iter().rev().find_map(|before| before.updated_at);
        if import.updated_at.zip(latest).is_some_and(|(new, latest)| new < latest) {
            return Ok(Verdict::Older);
        }
        let command = Command::Reimport(Box::new(import.clone()));
        let place = (self.city, draft.id);
        match act::act(tx, place, &self.office, &command, &self.actor, Given::default(), now) {
            Ok(_) => Ok(Verdict::Corrected),
            // Only an act of somebody here leads to a stage that no import knows.
            Err(LedgerError::Refused(refusal)) if refusal.code == "case_not_in_this_stage" => {
                Ok(Verdict::Refused("case_acted_on_here"))
            }
            Err(LedgerError::Refused(refusal)) => Ok(Verdict::Refused(refusal.code)),
            Err(error) => Err(error),
        }
    }
}

/// What an entry of [`KINDS`] holds.
pub(super) fn of_body(key: &str, body: &str) -> Result<Import, LedgerError> {
    match serde_json::from_str::<Event>(body).map(|event| event.fact) {
        Ok(Fact::Imported(import) | Fact::Reimported(import)) => Ok(*import),
        _ => Err(LedgerError::Damaged(format!("case {key}: no import"))),
    }
}

/// Whether two rows say the same, wherever the grid of their day put them.
fn says_the_same(one: &Import, other: &Import) -> bool {
    let placeless = |import: &Import| {
        let mut import = import.clone();
        if let Some(place) = &mut import.report.place {
            (place.cell, place.street, place.community) = (None, None, None);
        }
        import
    };
    one == other || placeless(one) == placeless(other)
}
