//! Acts on a case: what the command needs is found (the rule of the handbook, the drawn collector, the other case), and what belongs to
//! it on other cases is done in the same transaction.

use db::Tx;
use kernel::{error::Refusal, id::CaseId, time::Moment};
use ledger::{LedgerError, Record};

use super::{
    Desk, NewPlace, NewReport, PAGE_MAX, PageMark, check_attachments, report, report::class_key,
    report::relocated,
};
use crate::{
    case::{
        self, CHILDREN_MAX, Case, Command, CommandKind, Context, Undoable,
        act::{self as case_act, Given},
        noun::CaseNoun,
    },
    view::View,
};

/// A problem that becomes a case of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// What it is.
    pub text: String,
}

/// An act as somebody wants it.
#[derive(Debug, Clone, PartialEq)]
pub struct Wanted {
    /// What.
    pub command: Command,
    /// For filing: the id of the chosen condition.
    pub condition: Option<String>,
    /// For splitting: what becomes cases of their own.
    pub parts: Vec<Part>,
    /// The resident has shown the case's token.
    pub is_reporter: bool,
}

impl From<Command> for Wanted {
    fn from(command: Command) -> Self {
        Self { command, condition: None, parts: Vec::new(), is_reporter: false }
    }
}

/// Does something with a case. `seen` is the version that the person saw.
///
/// # Errors
/// [`LedgerError::NotFound`] for a case that the person may not see, the rules' refusals (nothing is changed), [`LedgerError::Stale`], or as
/// the store says.
pub fn act(
    tx: &mut Tx<'_>,
    desk: &mut Desk<'_>,
    id: CaseId,
    seen: Option<u64>,
    wanted: Wanted,
) -> Result<Record<CaseNoun>, LedgerError> {
    let record =
        ledger::get::<CaseNoun>(tx, desk.view.code, &id.to_string())?.ok_or(LedgerError::NotFound)?;
    let may_look = super::may(desk.actor, kernel::role::Action::CaseView, &record.state, wanted.is_reporter);
    // "Me too" is said to cases that one sees only from outside.
    if !may_look && !matches!(wanted.command, Command::Follow { .. }) {
        return Err(LedgerError::NotFound);
    }
    let now = record.version;
    if let Some(seen) = seen
        && seen != now
    {
        return Err(LedgerError::Stale { seen, now });
    }
    let Wanted { mut command, condition, parts, is_reporter } = wanted;
    for text in command.texts_mut() {
        *text = kernel::text::mask_personal(text).text;
    }
    check_attachments(tx, desk.view, command.attachments())?;
    let case = &record.state;
    match &mut command {
        Command::Amend { place, class, .. } => {
            if let Some(class) = class {
                *class = class_key(desk, class)?;
            }
            if let Some(place) = place {
                *place = relocated(desk, place, desk.at)?;
            }
        }
        Command::Dispatch { units } | Command::DecideJointly { units, .. } => check_units(desk.view, units)?,
        Command::Assign { worker } => {
            let unit = desk.actor.unit.as_deref().unwrap_or_default();
            if !desk.view.workers(unit).any(|member| member.account == *worker) {
                return Err(Refusal::invalid("worker_unknown").into());
            }
        }
        Command::Split { children, .. } => {
            if parts.is_empty() || parts.len() > CHILDREN_MAX {
                return Err(Refusal::invalid("case_children_out_of_range").with("max", CHILDREN_MAX).into());
            }
            let made = split_off(tx, desk, id, case, parts)?;
            *children = made;
        }
        // What belongs to an act on another case is done here, never asked for.
        Command::Absorb { .. } | Command::Release { .. } | Command::Report(_) | Command::Import(_) => {
            return Err(Refusal::forbidden("case_not_your_right").into());
        }
        _ => {}
    }
    let rule = match (&command, condition) {
        (Command::File {}, Some(condition)) => Some(desk.view.filing_rule(case, &condition, desk.at)?),
        _ => None,
    };
    let drawn = match command {
        Command::RequestVerification {} | Command::RequestCheck {} => desk.view.draw(case, desk.at, desk.ids),
        _ => None,
    };
    let other = match &command {
        Command::Merge { into } => Some(super::seen(tx, desk.view, desk.actor, *into)?),
        _ => None,
    };
    let companion = companion(&command, case, id);
    let given = Given {
        seen: Some(now),
        rule: rule.as_ref(),
        draw: drawn.as_ref(),
        other: other.as_ref().map(|other| &other.state),
        is_reporter,
    };
    let office = &desk.view.office;
    let done = case_act::act(tx, (desk.view.code, id), office, &command, desk.actor, given, desk.at)?;
    crate::call::desk::case_changed(tx, desk.view, id, case, &done.state, desk.at)?;
    if let Some((other, command)) = companion {
        let given = Given::default();
        case_act::act(tx, (desk.view.code, other), office, &command, desk.actor, given, desk.at)?;
    }
    Ok(done)
}

/// What an act brings about on another case.
fn companion(command: &Command, case: &Case, id: CaseId) -> Option<(CaseId, Command)> {
    let into = || case.merged.as_ref().map(|merged| merged.into);
    match command {
        Command::Merge { into } => Some((*into, Command::Absorb { child: id })),
        Command::Unmerge { .. } => into().map(|into| (into, Command::Release { child: id })),
        Command::Undo {} if case_to_undo(case) == Some(Undoable::Merge) => {
            into().map(|into| (into, Command::Release { child: id }))
        }
        _ => None,
    }
}

/// The act that could be taken back now.
fn case_to_undo(case: &Case) -> Option<Undoable> {
    case.undo.as_ref().map(|point| point.act)
}

fn check_units(view: &View, units: &[String]) -> Result<(), Refusal> {
    match units.iter().find(|unit| !view.units.contains_key(*unit)) {
        Some(unknown) => Err(Refusal::invalid("unit_unknown").with("unit", unknown.as_str())),
        None => Ok(()),
    }
}

/// Reports the parts as cases of their own, at the same place and from the same source.
fn split_off(
    tx: &mut Tx<'_>,
    desk: &mut Desk<'_>,
    id: CaseId,
    case: &Case,
    parts: Vec<Part>,
) -> Result<Vec<CaseId>, LedgerError> {
    let mut children = Vec::with_capacity(parts.len());
    for part in parts {
        let place = case.place.as_ref().map(|place| NewPlace {
            position: map::geometry::Position { lon: place.lon, lat: place.lat },
            address: place.address.clone(),
        });
        let new = NewReport { place, parent: Some(id), ..NewReport::new(case.source, &part.text) };
        children.push(report(tx, desk, new)?.id);
    }
    Ok(children)
}

/// The acts that this person may do now, for buttons.
#[must_use]
pub fn allowed(desk: &Desk<'_>, id: CaseId, case: &Case) -> Vec<CommandKind> {
    let mut kinds = kinds(desk, id, case, false);
    kinds.retain(|kind| !matches!(kind, CommandKind::Absorb | CommandKind::Release | CommandKind::Follow));
    kinds
}

/// What the reporter, who has shown the case's token, may do now.
#[must_use]
pub fn allowed_to_reporter(desk: &Desk<'_>, id: CaseId, case: &Case) -> Vec<CommandKind> {
    kinds(desk, id, case, true)
}

fn kinds(desk: &Desk<'_>, id: CaseId, case: &Case, is_reporter: bool) -> Vec<CommandKind> {
    let context = Context {
        id,
        now: desk.at,
        actor: desk.actor,
        calendar: &desk.view.office.calendar,
        settings: &desk.view.office.settings,
        rule: None,
        draw: None,
        other: None,
        is_reporter,
    };
    case::allowed(Some(case), &context)
}

/// Sets the running clocks of a page of cases anew after the calendar or the settings have changed; gives where to go on, none at the end.
///
/// # Errors
/// As the store says.
pub fn recompute_clocks(
    tx: &mut Tx<'_>,
    view: &View,
    after: Option<PageMark>,
    now: Moment,
) -> Result<Option<PageMark>, LedgerError> {
    let running = vec![ledger::Condition::Filled("due_at")];
    let listing = ledger::Listing {
        conditions: running,
        // By row: the order must not change while the clocks do.
        order: ledger::Order::Rising("row"),
        after: after.map(|mark| (mark.row, mark.row)),
        limit: PAGE_MAX,
    };
    let page = ledger::list::<CaseNoun>(tx, view.code, listing)?;
    let system = case_act::system();
    for record in &page {
        let id = super::id_of(record)?;
        let command = Command::RecomputeClocks {};
        match case_act::act(tx, (view.code, id), &view.office, &command, &system, Given::default(), now) {
            Err(LedgerError::Refused(refusal)) if refusal.code == "case_nothing_changes" => {}
            done => drop(done?),
        }
    }
    Ok(page.last().map(|record| PageMark { value: record.row, row: record.row }))
}

/// Fires the timers of a city whose moment has come; how many.
///
/// # Errors
/// As the store says.
pub fn fire_due(tx: &mut Tx<'_>, view: &View, now: Moment) -> Result<u32, LedgerError> {
    let of_cases = case_act::fire_due(tx, view.code, &view.office, now)?;
    let of_calls = crate::call::act::fire_due(tx, view.code, view.call_office(), now)?;
    Ok(of_cases + of_calls + crate::letter::act::fire_due(tx, view.code, view.letter_office(), now)?)
}
