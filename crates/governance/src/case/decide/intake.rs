//! Intake: reports, imports, quick lanes, corrections, notes.

use kernel::{
    error::Refusal,
    role::{ActorId, Role},
};

use super::{
    super::{
        ATTACHMENTS_MAX, IMPORT_FIELDS_BYTES_MAX, IMPORT_FIELDS_MAX, NAME_CHARS_MAX, TEXT_CHARS_MAX,
        context::Context,
        event::{Fact, Import, Report},
        state::{AttachmentRole, Case, Lane, Place, Source, Stage},
    },
    named, require, said, short, within,
};

pub(super) fn report(report: &Report, context: &Context<'_>) -> Result<Vec<Fact>, Refusal> {
    // What was split from a case came from where that case came from.
    let fits = source_fits(report.source, context) || report.parent.is_some() && is_desk(context);
    require(fits, || Refusal::forbidden("case_not_your_source"))?;
    acceptable(report)?;
    match report.lane {
        Lane::Ordinary => {}
        Lane::SelfHandled => {
            let shows = |role| report.attachments.iter().any(|attachment| attachment.role == role);
            require(shows(AttachmentRole::Before) && shows(AttachmentRole::After), || {
                Refusal::invalid("case_photos_missing")
            })?;
        }
        Lane::AnsweredAtOnce | Lane::Transferred => return Err(Refusal::invalid("case_lane_unknown")),
    }
    let mut report = report.clone();
    report.attachments.iter_mut().for_each(|attachment| attachment.round = 0);
    Ok(vec![Fact::Reported(Box::new(report))])
}

/// Who may say that a report came from where: what may be filed directly must not be claimed by anybody.
fn source_fits(source: Source, context: &Context<'_>) -> bool {
    let machine = matches!(context.actor.id, ActorId::Key(_) | ActorId::System);
    match source {
        Source::Collector => context.actor.role == Role::Collector && !machine,
        Source::Web => true,
        Source::Video | Source::Sensor | Source::OtherPlatform => machine || is_desk(context),
        Source::Hotline | Source::Leader | Source::Media | Source::Letters => is_desk(context) && !machine,
    }
}

fn is_desk(context: &Context<'_>) -> bool {
    matches!(context.actor.role, Role::Acceptor | Role::ShiftLeader | Role::Dispatcher | Role::Leader)
}

fn acceptable(report: &Report) -> Result<(), Refusal> {
    let says_something =
        !report.text.trim().is_empty() || report.class.is_some() || !report.attachments.is_empty();
    require(says_something, || Refusal::invalid("case_report_empty"))?;
    within_limits(report)
}

fn within_limits(report: &Report) -> Result<(), Refusal> {
    short(&report.text, TEXT_CHARS_MAX)?;
    for name in [&report.class, &report.component].into_iter().flatten() {
        short(name, NAME_CHARS_MAX)?;
    }
    require(report.attachments.len() <= ATTACHMENTS_MAX, || {
        Refusal::invalid("case_attachment_limit").with("max", ATTACHMENTS_MAX)
    })?;
    report.place.as_ref().map_or(Ok(()), on_earth)
}

fn on_earth(place: &Place) -> Result<(), Refusal> {
    let fine = (-180.0..=180.0).contains(&place.lon) && (-90.0..=90.0).contains(&place.lat);
    require(fine, || Refusal::invalid("case_place_malformed"))?;
    for code in [&place.cell, &place.street, &place.community].into_iter().flatten() {
        short(code, NAME_CHARS_MAX)?;
    }
    short(&place.address, NAME_CHARS_MAX * 2).map(|_| ())
}

pub(super) fn import(import: &Import) -> Result<Vec<Fact>, Refusal> {
    importable(import)?;
    Ok(vec![Fact::Imported(Box::new(import.clone()))])
}

/// The source of a case corrects it: as long as nobody here has acted on what it said before.
pub(super) fn reimport(case: &Case, import: &Import, context: &Context<'_>) -> Result<Vec<Fact>, Refusal> {
    require(!case.acted_on, || Refusal::conflict("case_acted_on_here"))?;
    require(case.imported, || Refusal::conflict("case_not_imported"))?;
    within(case.counts.reimports, context.settings.max.reimports, "case_reimport_limit")?;
    importable(import)?;
    Ok(vec![Fact::Reimported(Box::new(import.clone()))])
}

fn importable(import: &Import) -> Result<(), Refusal> {
    let stands = matches!(import.stage, Stage::Reported | Stage::Closed | Stage::Refused | Stage::Voided);
    require(stands, || Refusal::invalid("case_import_stage"))?;
    // What its source calls its kind says something too.
    match import.origin.as_ref().and_then(|origin| origin.class.as_ref()) {
        Some(_) => within_limits(&import.report)?,
        None => acceptable(&import.report)?,
    }
    require(import.report.lane == Lane::Ordinary, || Refusal::invalid("case_lane_unknown"))?;
    if let Some(origin) = &import.origin {
        for name in [Some(&origin.source), Some(&origin.id), origin.class.as_ref()].into_iter().flatten() {
            short(name, NAME_CHARS_MAX)?;
        }
    }
    let bytes: usize = import.fields.iter().map(|(name, value)| name.len() + value.len()).sum();
    require(import.fields.len() <= IMPORT_FIELDS_MAX && bytes <= IMPORT_FIELDS_BYTES_MAX, || {
        Refusal::invalid("case_import_fields_limit")
            .with("max", IMPORT_FIELDS_MAX)
            .with("bytes_max", IMPORT_FIELDS_BYTES_MAX)
    })
}

/// A place that lay in no cell when it was told lies in one now.
pub(super) fn locate(case: &Case, cell: &str, street: &str, community: &str) -> Result<Vec<Fact>, Refusal> {
    let place = case.place.as_ref().ok_or_else(|| Refusal::conflict("case_place_missing"))?;
    require(place.cell.is_none(), || Refusal::conflict("case_located_already"))?;
    Ok(vec![Fact::Located { cell: named(cell)?, street: named(street)?, community: named(community)? }])
}

pub(super) fn transfer(
    case: &Case,
    to: &str,
    reason: &str,
    context: &Context<'_>,
) -> Result<Vec<Fact>, Refusal> {
    within(case.counts.transfers, context.settings.max.transfers, "case_transfer_limit")?;
    Ok(vec![Fact::Transferred { to: named(to)?, reason: said(reason)? }])
}

pub(super) fn amend(
    case: &Case,
    place: Option<&Place>,
    class: Option<&str>,
    text: Option<&str>,
    component: Option<&str>,
    context: &Context<'_>,
) -> Result<Vec<Fact>, Refusal> {
    within(case.counts.amendments, context.settings.max.amendments, "case_amendment_limit")?;
    let changes = place.is_some() || class.is_some() || text.is_some() || component.is_some();
    require(changes, || Refusal::invalid("case_nothing_changes"))?;
    place.map_or(Ok(()), on_earth)?;
    Ok(vec![Fact::Amended {
        place: place.cloned(),
        class: class.map(named).transpose()?,
        text: text.map(|text| short(text, TEXT_CHARS_MAX)).transpose()?,
        component: component.map(named).transpose()?,
    }])
}

pub(super) fn note(
    case: &Case,
    note: &str,
    public: bool,
    context: &Context<'_>,
) -> Result<Vec<Fact>, Refusal> {
    within(case.counts.notes, context.settings.max.notes, "case_note_limit")?;
    Ok(vec![Fact::Noted { note: said(note)?, public }])
}

pub(super) fn set_urgent(case: &Case, urgent: bool, context: &Context<'_>) -> Result<Vec<Fact>, Refusal> {
    within(case.counts.urgency_changes, context.settings.max.urgency_changes, "case_urgency_limit")?;
    require(case.urgent != urgent, || Refusal::conflict("case_nothing_changes"))?;
    Ok(vec![Fact::UrgencySet { urgent }])
}
