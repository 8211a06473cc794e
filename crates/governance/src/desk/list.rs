//! Finding cases: by columns, words and place, as far as the person may see them.

use db::{Tx, Value};
use kernel::{
    code::CityCode,
    role::{Action, Actor, ScopeKind},
    time::Moment,
};
use ledger::{
    Condition, LedgerError, Listing, Order, Record,
    record::{Counted, Spans},
};
use map::{
    geodesy,
    geometry::{BoundingBox, Position},
    near,
};

use crate::{
    case::{
        Source, Stage,
        noun::{CaseNoun, holder_tag, late_tag, origin_tag, reporter_tag, unit_tag},
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
pub fn count_columns() -> [&'static str; 7] {
    ["stage", "unit", "class", "street", "cell", "source", MONTH]
}

/// The month of the report in the city's own calendar, `2026-03`: no column, but spans of the moment of the report.
const MONTH: &str = "month";
/// Months that are counted at a time: a century.
const MONTHS_MAX: usize = 1_200;

/// What this person may find. `None` where that is nothing at all.
fn reach(actor: &Actor, action: Action) -> Option<Vec<Condition<'static>>> {
    let text = |text: &String| Value::from(text.clone());
    Some(match actor.reach(action)? {
        ScopeKind::City => Vec::new(),
        ScopeKind::Street => vec![Condition::In("street", actor.streets.iter().map(text).collect())],
        ScopeKind::Unit => {
            let unit = actor.unit.clone()?;
            let beside = Condition::Tagged(vec![unit_tag(&unit).into(), late_tag(&unit).into()]);
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
            wanted.push(named(&reference));
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

/// The reference as it was written: what was imported keeps the name that it had there, as its reference or beside it, and that need not
/// look like one of ours.
pub(super) fn named(words: &str) -> Condition<'static> {
    let name = words.trim().to_owned();
    let origin = Condition::Tagged(vec![origin_tag(&name).into()]);
    Condition::Any(vec![Condition::Is("reference", name.into()), origin])
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
/// A column that is none, a place that is none; `count_months_too_many` above a century of months; or as the store says.
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
    let counter = Counter::new(tx, view, &wanted, &columns)?;
    let Some(words) = &filter.words else { return counter.count(tx, &[], wanted) };
    let reference = crate::reference::read(words);
    if reference.is_none() {
        let phrases = phrases(words);
        let found =
            if phrases.is_empty() { Vec::new() } else { counter.count(tx, &phrases, wanted.clone())? };
        if found.iter().any(|(_, number)| *number > 0) {
            return Ok(found);
        }
    }
    wanted.push(named(reference.as_deref().unwrap_or(words)));
    counter.count(tx, &[], wanted)
}

/// Counts by columns, of which the month may be one.
struct Counter {
    city: CityCode,
    columns: Vec<&'static str>,
    /// Where the month stands among the columns, its spans and their names.
    months: Option<(usize, Spans, Vec<String>)>,
}

impl Counter {
    fn new(
        tx: &mut Tx<'_>,
        view: &View,
        wanted: &[Condition<'static>],
        columns: &[&'static str],
    ) -> Result<Self, LedgerError> {
        let mut counter = Self { city: view.code, columns: columns.to_vec(), months: None };
        let Some(place) = columns.iter().position(|column| *column == MONTH) else { return Ok(counter) };
        counter.columns.retain(|column| *column != MONTH);
        // Only the bounds of time narrow the months that are looked at: more could make finding the first slow.
        let times: Vec<Condition<'static>> =
            wanted.iter().filter(|one| one.is_of("reported_at")).cloned().collect();
        let mut end = |order| ledger::record::mark_after::<CaseNoun>(tx, view.code, times.clone(), order, 0);
        let (first, last) = (end(Order::Rising("reported_at"))?, end(Order::Falling("reported_at"))?);
        let day = |mark: Option<(i64, i64)>| Moment(mark.map_or(0, |(at, _)| at)).date(&view.zone);
        let (mut month, last) = (day(first).first_of_month(), day(last));
        let (mut starts, mut names) = (Vec::new(), Vec::new());
        while starts.is_empty() || month <= last {
            if starts.len() == MONTHS_MAX {
                return Err(kernel::error::Refusal::invalid("count_months_too_many")
                    .with("max", MONTHS_MAX)
                    .into());
            }
            starts.push(Moment::of_day(month, &view.zone).millis());
            names.push(format!("{:04}-{:02}", month.year(), month.month()));
            let Ok(next) = month.checked_add(jiff::Span::new().months(1)) else { break };
            month = next;
        }
        counter.months = Some((place, Spans { column: "reported_at", starts }, names));
        Ok(counter)
    }

    fn count(
        &self,
        tx: &mut Tx<'_>,
        phrases: &[String],
        wanted: Vec<Condition<'_>>,
    ) -> Result<Vec<Counted>, LedgerError> {
        let Some((place, spans, names)) = &self.months else {
            return if phrases.is_empty() {
                ledger::count::<CaseNoun>(tx, self.city, wanted, &self.columns)
            } else {
                ledger::count_found::<CaseNoun>(tx, self.city, phrases, wanted, &self.columns)
            };
        };
        let mut found =
            ledger::record::count_spans::<CaseNoun>(tx, self.city, phrases, wanted, &self.columns, spans)?;
        for (groups, _) in &mut found {
            let number = groups.pop().flatten().and_then(|number| number.parse::<usize>().ok());
            groups.insert(*place, number.and_then(|number| names.get(number).cloned()));
        }
        Ok(found)
    }
}
