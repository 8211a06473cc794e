//! Finding cases: by columns, words and place, as far as the person may see them.

use db::{Tx, Value};
use kernel::{
    code::CityCode,
    role::{Action, Actor, ScopeKind},
    time::Moment,
};
use ledger::{Condition, LedgerError, Listing, Order, Record, record::Counted};
use map::{
    geodesy,
    geometry::{BoundingBox, Position},
    near,
};

use crate::{
    case::{
        Source, Stage,
        noun::{CaseNoun, holder_tag, reporter_tag, unit_tag},
    },
    view::View,
};

/// Cases on a page at the most.
pub const PAGE_MAX: u32 = 500;
/// Pages that are read for one page of cases within a circle or box: how many of the candidates may lie just outside.
const READS_MAX: usize = 20;

/// Which cases.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CaseFilter {
    /// In one of these stages.
    pub stages: Vec<Stage>,
    /// Not ended (`true`) or ended.
    pub open: Option<bool>,
    /// Handled by one of these units.
    pub units: Vec<String>,
    /// Of one of these classes.
    pub classes: Vec<String>,
    /// In one of these streets.
    pub streets: Vec<String>,
    /// In one of these cells.
    pub cells: Vec<String>,
    /// From one of these sources.
    pub sources: Vec<Source>,
    /// A clock has run out at this moment.
    pub late_at: Option<Moment>,
    /// Reported from then on.
    pub from: Option<Moment>,
    /// Reported before then.
    pub until: Option<Moment>,
    /// Changed from then on.
    pub changed_from: Option<Moment>,
    /// Changed before then.
    pub changed_until: Option<Moment>,
    /// Words that all occur, or a reference.
    pub words: Option<String>,
    /// Within so many metres of a place.
    pub near: Option<(Position, f64)>,
    /// Within a box.
    pub within: Option<BoundingBox>,
}

/// In which order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sort {
    /// The newest report first.
    #[default]
    Newest,
    /// The oldest report first.
    Oldest,
    /// The clock that runs out first; cases without a clock are left out.
    Due,
    /// What changed last first.
    Changed,
}

/// Where a page ended: the order's value and the row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PageMark {
    /// The order's value.
    pub value: i64,
    /// The row.
    pub row: i64,
}

/// A page of cases.
#[derive(Debug, Default)]
pub struct Found {
    /// The cases.
    pub records: Vec<Record<CaseNoun>>,
    /// Where the next page begins; none at the end.
    pub next: Option<PageMark>,
}

/// The columns by which cases may be counted.
#[must_use]
pub fn count_columns() -> [&'static str; 6] {
    ["stage", "unit", "class", "street", "cell", "source"]
}

/// What this person may find. `None` where that is nothing at all.
fn reach(actor: &Actor, action: Action) -> Option<Vec<Condition<'static>>> {
    let text = |text: &String| Value::from(text.clone());
    Some(match actor.reach(action)? {
        ScopeKind::City => Vec::new(),
        ScopeKind::Street => vec![Condition::In("street", actor.streets.iter().map(text).collect())],
        ScopeKind::Unit => {
            let unit = actor.unit.clone()?;
            let beside = Condition::Tagged(vec![unit_tag(&unit).into()]);
            vec![Condition::Any(vec![Condition::Is("unit", unit.into()), beside])]
        }
        ScopeKind::Cell => vec![Condition::Any(vec![
            Condition::In("cell", actor.cells.iter().map(text).collect()),
            Condition::Tagged(vec![holder_tag(&actor.id).into(), reporter_tag(&actor.id).into()]),
        ])],
        ScopeKind::Own => {
            vec![Condition::Tagged(vec![holder_tag(&actor.id).into(), reporter_tag(&actor.id).into()])]
        }
    })
}

pub(super) fn conditions(
    filter: &CaseFilter,
    conditions: &mut Vec<Condition<'static>>,
) -> Result<(), LedgerError> {
    let texts = |texts: &[String]| texts.iter().map(|text| Value::from(text.clone())).collect::<Vec<_>>();
    let mut stages = filter.stages.clone();
    if let Some(open) = filter.open {
        let wanted = |stage: &Stage| stage.is_ended() != open;
        stages = if stages.is_empty() { Stage::ALL.to_vec() } else { stages };
        stages.retain(wanted);
    }
    if !stages.is_empty() || filter.open.is_some() {
        conditions.push(Condition::In("stage", stages.iter().map(|stage| stage.name().into()).collect()));
    }
    if !filter.units.is_empty() {
        let tags = filter.units.iter().map(|unit| unit_tag(unit).into()).collect();
        conditions
            .push(Condition::Any(vec![Condition::In("unit", texts(&filter.units)), Condition::Tagged(tags)]));
    }
    for (column, wanted) in [("class", &filter.classes), ("street", &filter.streets), ("cell", &filter.cells)]
    {
        if !wanted.is_empty() {
            conditions.push(Condition::In(column, texts(wanted)));
        }
    }
    if !filter.sources.is_empty() {
        let names = filter.sources.iter().map(|source| source.name().into()).collect();
        conditions.push(Condition::In("source", names));
    }
    if let Some(late_at) = filter.late_at {
        conditions.push(Condition::Below("due_at", late_at.millis().into()));
    }
    for (column, from, until) in [
        ("reported_at", filter.from, filter.until),
        ("changed_at", filter.changed_from, filter.changed_until),
    ] {
        if let Some(from) = from {
            conditions.push(Condition::From(column, from.millis().into()));
        }
        if let Some(until) = until {
            conditions.push(Condition::Below(column, until.millis().into()));
        }
    }
    let malformed =
        |error: map::error::MapError| kernel::error::Refusal::invalid(kernel::error::Coded::code(&error));
    if let Some((center, radius_m)) = filter.near {
        conditions.push(Condition::Ranges("near", near::cover(center, radius_m).map_err(malformed)?));
    }
    if let Some(within) = filter.within {
        conditions.push(Condition::Ranges("near", near::cover_box(within)));
    }
    Ok(())
}

/// What no column can tell exactly: the covers of circle and box are a little larger than they.
fn lies_within(filter: &CaseFilter, record: &Record<CaseNoun>) -> bool {
    let position = record.state.place.as_ref().map(|place| Position { lon: place.lon, lat: place.lat });
    let near = filter.near.is_none_or(|(center, radius_m)| {
        position.is_some_and(|position| geodesy::distance_m(center, position) <= radius_m)
    });
    near && filter.within.is_none_or(|within| position.is_some_and(|position| within.contains(position)))
}

/// The words that a search asks for, at most so many.
const SEARCH_WORDS_MAX: usize = 8;

/// A page of the cases that a person may find.
///
/// # Errors
/// A place that is none, or as the store says.
pub fn list(
    tx: &mut Tx<'_>,
    view: &View,
    actor: &Actor,
    filter: &CaseFilter,
    sort: Sort,
    after: Option<PageMark>,
    limit: u32,
) -> Result<Found, LedgerError> {
    let Some(mut wanted) = reach(actor, Action::CaseList) else { return Ok(Found::default()) };
    conditions(filter, &mut wanted)?;
    if let Some(words) = &filter.words {
        if let Some(reference) = crate::reference::read(words) {
            wanted.push(Condition::Is("reference", reference.into()));
        } else {
            return search(tx, view.code, words, filter, wanted, after, limit);
        }
    }
    if sort == Sort::Due {
        wanted.push(Condition::Filled("due_at"));
    }
    ordered(tx, view.code, (filter, &wanted), sort, after, limit)
}

pub(super) const fn order(sort: Sort) -> Order {
    match sort {
        Sort::Newest => Order::Falling("reported_at"),
        Sort::Oldest => Order::Rising("reported_at"),
        Sort::Due => Order::Rising("due_at"),
        Sort::Changed => Order::Falling("changed_at"),
    }
}

/// A page under conditions, in order.
pub(super) fn ordered(
    tx: &mut Tx<'_>,
    city: CityCode,
    (filter, wanted): (&CaseFilter, &[Condition<'static>]),
    sort: Sort,
    after: Option<PageMark>,
    limit: u32,
) -> Result<Found, LedgerError> {
    let mark = |record: &Record<CaseNoun>| PageMark {
        value: match sort {
            Sort::Newest | Sort::Oldest => record.state.reported_at.millis(),
            Sort::Due => record.state.next_due().map_or(i64::MAX, Moment::millis),
            Sort::Changed => record.state.changed_at.millis(),
        },
        row: record.row,
    };
    pages(filter, after, limit, mark, |after, limit| {
        let listing = Listing {
            conditions: wanted.to_vec(),
            order: order(sort),
            after: after.map(|mark| (mark.value, mark.row)),
            limit,
        };
        ledger::list::<CaseNoun>(tx, city, listing)
    })
}

fn phrases(words: &str) -> Vec<String> {
    words.split_whitespace().take(SEARCH_WORDS_MAX).map(str::to_owned).collect()
}

/// The reference as it was written: what was imported keeps the name that it had there, which need not look like one of ours.
fn named(words: &str) -> Condition<'static> {
    Condition::Is("reference", words.trim().to_owned().into())
}

fn search(
    tx: &mut Tx<'_>,
    city: CityCode,
    words: &str,
    filter: &CaseFilter,
    wanted: Vec<Condition<'static>>,
    after: Option<PageMark>,
    limit: u32,
) -> Result<Found, LedgerError> {
    let phrases = phrases(words);
    let mark = |record: &Record<CaseNoun>| PageMark { value: record.row, row: record.row };
    let found = pages(filter, after, limit, mark, |after, limit| {
        ledger::search::<CaseNoun>(tx, city, &phrases, wanted.clone(), after.map(|mark| mark.row), limit)
    })?;
    if !found.records.is_empty() || after.is_some() {
        return Ok(found);
    }
    let mut wanted = wanted;
    wanted.push(named(words));
    let listing = Listing {
        conditions: wanted,
        order: Order::Falling("reported_at"),
        after: None,
        limit: limit.min(PAGE_MAX),
    };
    Ok(Found { records: ledger::list::<CaseNoun>(tx, city, listing)?, next: None })
}

/// Reads on until a page is full: what lies just outside of a circle is passed over.
fn pages(
    filter: &CaseFilter,
    mut after: Option<PageMark>,
    limit: u32,
    mark: impl Fn(&Record<CaseNoun>) -> PageMark,
    mut read: impl FnMut(Option<PageMark>, u32) -> Result<Vec<Record<CaseNoun>>, LedgerError>,
) -> Result<Found, LedgerError> {
    let limit = limit.clamp(1, PAGE_MAX);
    let mut records = Vec::new();
    for _ in 0..READS_MAX {
        // One more than asked tells whether there is a next page.
        let page = read(after, limit + 1)?;
        let is_last = page.len() <= limit as usize;
        after = page.last().map(&mark);
        for record in page {
            if !lies_within(filter, &record) {
                continue;
            }
            if records.len() == limit as usize {
                let next = records.last().map(&mark);
                return Ok(Found { records, next });
            }
            records.push(record);
        }
        if is_last {
            return Ok(Found { records, next: None });
        }
    }
    Ok(Found { next: after, records })
}

/// How many cases a person may find, by some of [`count_columns`]: as many as [`list`] gives on all its pages. Circle and box count by their covers, which are a little larger.
///
/// # Errors
/// A column that is none, a place that is none; or as the store says.
pub fn count(
    tx: &mut Tx<'_>,
    view: &View,
    actor: &Actor,
    filter: &CaseFilter,
    by: &[String],
) -> Result<Vec<Counted>, LedgerError> {
    let Some(mut wanted) = reach(actor, Action::CaseList) else { return Ok(Vec::new()) };
    conditions(filter, &mut wanted)?;
    let columns: Vec<&'static str> = by
        .iter()
        .map(|name| {
            count_columns().into_iter().find(|column| column == name).ok_or_else(|| {
                kernel::error::Refusal::invalid("count_column_unknown").with("column", name.as_str())
            })
        })
        .collect::<Result<_, _>>()?;
    let Some(words) = &filter.words else {
        return ledger::count::<CaseNoun>(tx, view.code, wanted, &columns);
    };
    let reference = crate::reference::read(words);
    if reference.is_none() {
        let found =
            ledger::count_found::<CaseNoun>(tx, view.code, &phrases(words), wanted.clone(), &columns)?;
        if found.iter().any(|(_, number)| *number > 0) {
            return Ok(found);
        }
    }
    wanted.push(reference.map_or_else(|| named(words), |text| Condition::Is("reference", text.into())));
    ledger::count::<CaseNoun>(tx, view.code, wanted, &columns)
}
