//! Finding call sheets: by columns, words, caller and case, as far as the person may see them.

use db::{Tx, Value};
use kernel::{
    id::{AccountId, CaseId, PersonId},
    role::{Action, Actor, ActorId, ScopeKind},
    time::Moment,
};
use ledger::{Condition, LedgerError, Listing, Order, Record};

use super::{
    DemandKind, Outcome, Stage,
    noun::{CallNoun, caller_tag, holder_tag},
};
use crate::{
    desk::{PAGE_MAX, PageMark, Sort},
    view::View,
};

/// The words that a search asks for, at most so many.
const SEARCH_WORDS_MAX: usize = 8;

/// Which sheets.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CallFilter {
    /// In one of these stages.
    pub stages: Vec<Stage>,
    /// Of one of these kinds.
    pub kinds: Vec<DemandKind>,
    /// With one of these outcomes.
    pub outcomes: Vec<Outcome>,
    /// Of one of these classes.
    pub classes: Vec<String>,
    /// Held by this account.
    pub holder: Option<AccountId>,
    /// Of one of these persons; `None` of anybody.
    pub callers: Option<Vec<PersonId>>,
    /// Living in this case.
    pub case: Option<CaseId>,
    /// Problem orders only (`true`) or none of them.
    pub problem: Option<bool>,
    /// A clock has run out at this moment.
    pub late_at: Option<Moment>,
    /// Came in from then on.
    pub from: Option<Moment>,
    /// Came in before then.
    pub until: Option<Moment>,
    /// Words that all occur, or a reference.
    pub words: Option<String>,
}

/// A page of sheets.
#[derive(Debug, Default)]
pub struct Found {
    /// The sheets.
    pub records: Vec<Record<CallNoun>>,
    /// Where the next page begins; none at the end.
    pub next: Option<PageMark>,
}

/// What this person may find. `None` where that is nothing at all.
fn reach(actor: &Actor) -> Option<Vec<Condition<'static>>> {
    Some(match actor.reach(Action::CallView)? {
        ScopeKind::City => Vec::new(),
        ScopeKind::Street => {
            let streets = actor.streets.iter().map(|street| street.clone().into()).collect();
            vec![Condition::In("street", streets)]
        }
        ScopeKind::Unit | ScopeKind::Cell | ScopeKind::Own => {
            let ActorId::Account(own) = actor.id else { return None };
            vec![Condition::Tagged(vec![holder_tag(own).into()])]
        }
    })
}

fn conditions(filter: &CallFilter, wanted: &mut Vec<Condition<'static>>) {
    let stages = filter.stages.iter().map(|stage| Value::from(stage.name())).collect::<Vec<_>>();
    let kinds = filter.kinds.iter().map(|kind| Value::from(kind.name())).collect::<Vec<_>>();
    let outcomes = filter.outcomes.iter().map(|outcome| Value::from(outcome.name())).collect::<Vec<_>>();
    let classes = filter.classes.iter().map(|class| Value::from(class.clone())).collect::<Vec<_>>();
    for (column, values) in [("stage", stages), ("kind", kinds), ("outcome", outcomes), ("class", classes)] {
        if !values.is_empty() {
            wanted.push(Condition::In(column, values));
        }
    }
    wanted.extend(filter.holder.map(|holder| Condition::Tagged(vec![holder_tag(holder).into()])));
    wanted.extend(filter.callers.as_ref().map(|callers| of_callers(callers)));
    wanted.extend(filter.case.map(|case| Condition::Is("case_id", case.to_string().into())));
    wanted.extend(
        filter.problem.map(
            |problem| {
                if problem { Condition::Filled("problem") } else { Condition::Empty("problem") }
            },
        ),
    );
    wanted.extend(filter.late_at.map(|at| Condition::Below("due_at", at.millis().into())));
    wanted.extend(filter.from.map(|from| Condition::From("at", from.millis().into())));
    wanted.extend(filter.until.map(|until| Condition::Below("at", until.millis().into())));
}

/// Sheets of these persons.
pub(super) fn of_callers(callers: &[PersonId]) -> Condition<'static> {
    Condition::Tagged(callers.iter().map(|caller| caller_tag(*caller).into()).collect())
}

/// A page of the sheets that a person may find; words bring them newest first whatever the order.
///
/// # Errors
/// As the store says.
pub fn list(
    tx: &mut Tx<'_>,
    view: &View,
    actor: &Actor,
    filter: &CallFilter,
    sort: Sort,
    after: Option<PageMark>,
    limit: u32,
) -> Result<Found, LedgerError> {
    let Some(mut wanted) = reach(actor) else { return Ok(Found::default()) };
    conditions(filter, &mut wanted);
    let limit = limit.clamp(1, PAGE_MAX);
    let words = filter.words.as_deref().map(str::trim).filter(|words| !words.is_empty());
    let by_words = match words.map(|words| (words, crate::reference::read(words))) {
        Some((_, Some(reference))) => {
            wanted.push(Condition::Is("reference", reference.into()));
            None
        }
        Some((words, None)) => Some(words),
        None => None,
    };
    // One more than asked tells whether there is a next page.
    let mut records = if let Some(words) = by_words {
        let phrases: Vec<String> =
            words.split_whitespace().take(SEARCH_WORDS_MAX).map(str::to_owned).collect();
        ledger::search::<CallNoun>(tx, view.code, &phrases, wanted, after.map(|mark| mark.row), limit + 1)?
    } else {
        let order = match sort {
            Sort::Newest => Order::Falling("at"),
            Sort::Oldest => Order::Rising("at"),
            Sort::Changed => Order::Falling("changed_at"),
            Sort::Due => {
                wanted.push(Condition::Filled("due_at"));
                Order::Rising("due_at")
            }
        };
        let after = after.map(|mark| (mark.value, mark.row));
        ledger::list::<CallNoun>(
            tx,
            view.code,
            Listing { conditions: wanted, order, after, limit: limit + 1 },
        )?
    };
    let more = records.len() > limit as usize;
    records.truncate(limit as usize);
    let mark = |record: &Record<CallNoun>| PageMark {
        value: match sort {
            _ if by_words.is_some() => record.row,
            Sort::Newest | Sort::Oldest => record.state.at.millis(),
            Sort::Due => record.state.next_due().map_or(i64::MAX, Moment::millis),
            Sort::Changed => record.state.changed_at.millis(),
        },
        row: record.row,
    };
    let next = records.last().filter(|_| more).map(mark);
    Ok(Found { records, next })
}

/// Every sheet whose call came in within a period and which the person may find, page by page: what the figures of [`super::rates`] count.
/// `each` gets them in the order in which they came in.
///
/// # Errors
/// As the store says.
pub fn of_period(
    tx: &mut Tx<'_>,
    view: &View,
    actor: &Actor,
    (from, until): (Moment, Moment),
    each: &mut dyn FnMut(Record<CallNoun>),
) -> Result<(), LedgerError> {
    let filter = CallFilter { from: Some(from), until: Some(until), ..CallFilter::default() };
    let mut after = None;
    loop {
        let found = list(tx, view, actor, &filter, Sort::Oldest, after, PAGE_MAX)?;
        found.records.into_iter().for_each(&mut *each);
        after = found.next;
        if after.is_none() {
            return Ok(());
        }
    }
}
