//! What everybody may find, without a post: lists, single cases and what has happened lately. What is not public is as if it did not exist:
//! it is left out before anything is counted or paged.

use db::Tx;
use kernel::{error::Refusal, time::Moment};
use ledger::{Condition, LedgerError, Listing, Noun as _, Record};
use rustc_hash::FxHashMap;

use super::{
    list::{CaseFilter, Found, PAGE_MAX, PageMark, Sort, conditions, order, ordered},
    public::{PRIVATE_SOURCES, PublicStep, is_public, step},
};
use crate::{
    case::{
        Case, Stage,
        noun::{CaseNoun, origin_tag},
    },
    view::View,
};

/// Cases within a circle or box that may be passed over to reach a page: they have to be looked at one by one.
pub const OPEN_SKIP_MAX: u32 = 20_000;
/// Entries that are looked at for one list of updates, in pages of [`ledger::entry::ENTRIES_MAX`].
const UPDATE_READS_MAX: usize = 50;

/// That a case is public, as far as columns tell: all of [`is_public`].
fn open_conditions(view: &View) -> Vec<Condition<'static>> {
    let classes = view.private_classes().into_iter().map(Into::into).collect();
    vec![
        Condition::NotIn("stage", vec![Stage::Voided.name().into()]),
        Condition::NotIn("source", PRIVATE_SOURCES.iter().map(|source| source.name().into()).collect()),
        Condition::NotIn("class", classes),
    ]
}

/// So many cases that everybody may find, in order: after a mark, and after so many others behind it.
///
/// # Errors
/// A place that is none; `page_too_deep` above [`OPEN_SKIP_MAX`] within a circle or box; or as the store says.
pub fn list_open(
    tx: &mut Tx<'_>,
    view: &View,
    filter: &CaseFilter,
    sort: Sort,
    (mut after, mut others): (Option<PageMark>, u32),
    limit: u32,
) -> Result<Found, LedgerError> {
    let mut wanted = open_conditions(view);
    conditions(filter, &mut wanted)?;
    let is_shaped = filter.near.is_some() || filter.within.is_some();
    if is_shaped && others > OPEN_SKIP_MAX {
        return Err(Refusal::invalid("page_too_deep").with("max", OPEN_SKIP_MAX).into());
    }
    if let Some(before) = others.checked_sub(1).filter(|_| !is_shaped && after.is_none()) {
        let mark =
            ledger::record::mark_after::<CaseNoun>(tx, view.code, wanted.clone(), order(sort), before)?;
        let Some((value, row)) = mark else { return Ok(Found::default()) };
        after = Some(PageMark { value, row });
        others = 0;
    }
    let mut found = Found::default();
    loop {
        let missing = limit.saturating_sub(u32::try_from(found.records.len()).unwrap_or(u32::MAX));
        let page = ordered(
            tx,
            view.code,
            (filter, &wanted),
            sort,
            after,
            missing.saturating_add(others).min(PAGE_MAX),
        )?;
        let skipped = others.min(u32::try_from(page.records.len()).unwrap_or(u32::MAX));
        others -= skipped;
        found.records.extend(page.records.into_iter().skip(skipped as usize));
        (after, found.next) = (page.next, page.next);
        if after.is_none() || others == 0 && found.records.len() >= limit as usize {
            return Ok(found);
        }
    }
}

/// A page of the cases that everybody may find ([`is_public`]), the newest report first.
///
/// # Errors
/// As [`list_open`].
pub fn list_public(
    tx: &mut Tx<'_>,
    view: &View,
    filter: &CaseFilter,
    after: Option<PageMark>,
    limit: u32,
) -> Result<Found, LedgerError> {
    list_open(tx, view, filter, Sort::Newest, (after, 0), limit)
}

/// The public cases of some references, ids or names in the source of an import, as people write them, newest report first; what is unknown or not public is left out.
///
/// # Errors
/// As the store says.
pub fn find_open(
    tx: &mut Tx<'_>,
    view: &View,
    names: &[String],
) -> Result<Vec<Record<CaseNoun>>, LedgerError> {
    let (mut references, mut origins) = (Vec::with_capacity(names.len()), Vec::with_capacity(names.len()));
    let mut found = Vec::new();
    for name in names {
        if name.parse::<kernel::id::CaseId>().is_ok() {
            found.extend(ledger::get::<CaseNoun>(tx, view.code, name)?);
        } else {
            let name = crate::reference::read(name).unwrap_or_else(|| name.trim().to_owned());
            origins.push(origin_tag(&name).into());
            references.push(name.into());
        }
    }
    if !references.is_empty() {
        let listing = Listing {
            conditions: vec![Condition::Any(vec![
                Condition::In("reference", references),
                Condition::Tagged(origins),
            ])],
            order: order(Sort::Newest),
            after: None,
            limit: ledger::record::PAGE_RECORDS_MAX,
        };
        found.extend(ledger::list::<CaseNoun>(tx, view.code, listing)?);
    }
    found.retain(|record| is_public(view, &record.state));
    found.sort_by_key(|record| std::cmp::Reverse((record.state.reported_at, record.row)));
    found.dedup_by_key(|record| record.row);
    Ok(found)
}

/// Something that has happened to a public case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenUpdate {
    /// The case's reference.
    pub reference: String,
    /// The case's version after it: with the reference it names the update for ever.
    pub version: u64,
    /// The case was open after it.
    pub open: bool,
    /// What and when.
    pub step: PublicStep,
}

/// What has happened to public cases from one moment to another (both included), oldest first; at most so many.
///
/// # Errors
/// As the store says.
pub fn open_updates(
    tx: &mut Tx<'_>,
    view: &View,
    (from, until): (Option<Moment>, Option<Moment>),
    limit: usize,
) -> Result<Vec<OpenUpdate>, LedgerError> {
    let mut seq = ledger::first_since(tx, view.code, from.unwrap_or(Moment(i64::MIN)))?.saturating_sub(1);
    let mut updates = Vec::new();
    let mut cases: FxHashMap<String, Option<Case>> = FxHashMap::default();
    for _ in 0..UPDATE_READS_MAX {
        let entries = ledger::entries_after(tx, view.code, seq, ledger::entry::ENTRIES_MAX)?;
        let Some(last) = entries.last() else { break };
        seq = last.seq;
        for entry in entries {
            if until.is_some_and(|until| entry.at > until) || updates.len() >= limit {
                return Ok(updates);
            }
            if entry.noun != CaseNoun::NAME {
                continue;
            }
            let Some(step) = step(&entry, false)? else { continue };
            if !cases.contains_key(&entry.key) {
                let record = ledger::get::<CaseNoun>(tx, view.code, &entry.key)?;
                let case = record.map(|record| record.state).filter(|case| is_public(view, case));
                cases.insert(entry.key.clone(), case);
            }
            let Some(Some(case)) = cases.get(&entry.key) else { continue };
            updates.push(OpenUpdate {
                reference: case.reference.clone().unwrap_or_else(|| entry.key.clone()),
                version: entry.version,
                open: was_open(case, &step),
                step,
            });
        }
    }
    Ok(updates)
}

/// Whether a case was open after a step: the end that it has now, or an end that was taken back later.
fn was_open(case: &Case, step: &PublicStep) -> bool {
    let ended = matches!(step.event, "case_closed" | "case_refused" | "case_merged" | "case_voided")
        || case.stage.is_ended() && step.at >= case.since;
    !ended
}
