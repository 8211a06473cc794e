//! A case as the public sees it.

use governance::{
    case::{Case, Outcome, noun::CaseNoun},
    desk::{PublicState, PublicStep, public_photos},
    view::View,
};
use kernel::time::Moment;
use ledger::Record;

use super::{answer, words};
use crate::open311::{Note, ServiceRequest, media_path};

/// What a request is called: the case's reference, or its key where it never got one.
pub(super) fn id(record: &Record<CaseNoun>) -> String {
    record.state.reference.clone().unwrap_or_else(|| record.key.clone())
}

/// The finer state, in words.
fn status(case: &Case) -> String {
    let state = PublicState::of(case.stage);
    let outcome = case.closing.as_ref().filter(|_| state == PublicState::Done).map(|closing| closing.outcome);
    match outcome {
        Some(Outcome::FixedForNow) => words("open311_state_done_for_now"),
        Some(Outcome::Unresolved) => words("open311_state_done_unresolved"),
        Some(Outcome::Cured) | None => words(&format!("open311_state_{}", state.name())),
    }
}

/// A step, in words.
pub(super) fn told(view: &View, step: &PublicStep) -> String {
    let event = words(&format!("open311_event_{}", step.event));
    let units: Vec<&str> = step.units.iter().map(|unit| unit_name(view, unit)).collect();
    if units.is_empty() { event } else { format!("{event}：{}", units.join("、")) }
}

fn unit_name<'a>(view: &'a View, unit: &'a str) -> &'a str {
    view.units.get(unit).map_or(unit, |unit| unit.name_zh.as_str())
}

/// Who handles it, or would.
fn agency(view: &View, case: &Case) -> String {
    let leading = case.units.first().map(|task| task.unit.as_str());
    let proposed = || case.filing.as_ref()?.handling_unit.as_deref();
    if let Some(unit) = leading.or_else(proposed) {
        return unit_name(view, unit).to_owned();
    }
    let promised = case.class.as_deref().and_then(|class| view.promise(class, case.reported_at).unit);
    promised.map(|unit| unit_name(view, &unit).to_owned()).unwrap_or_default()
}

/// What the reporter is told at once.
pub(super) fn notice(view: &View, case: &Case, at: Moment) -> String {
    let promise = case.class.as_deref().map(|class| view.promise(class, at));
    match promise.and_then(|promise| promise.unit) {
        Some(unit) => format!("{}：{}", words("open311_notice"), unit_name(view, &unit)),
        None => words("open311_notice_received"),
    }
}

/// The request. `steps` are its story, where it is asked for.
pub(super) fn face(view: &View, record: &Record<CaseNoun>, steps: &[PublicStep]) -> ServiceRequest {
    let case = &record.state;
    let id = id(record);
    let said = answer::said(&case.text);
    let class = view.public_class(case);
    let (service_code, service_name) = match class {
        Some(class) => (class.key.to_string(), class.name_zh.clone()),
        None => {
            let origin = case.class_or_origin().unwrap_or_default().to_owned();
            (origin.clone(), origin)
        }
    };
    let place = case.place.as_ref();
    let component = case.component.as_deref().map(|component| (answer::COMPONENT, component));
    let photo = public_photos(view, case).next();
    let ended = case.closing.as_ref().map(|closing| closing.at).filter(|_| case.stage.is_ended());
    ServiceRequest {
        open: !case.stage.is_ended(),
        status_notes: status(case),
        service_name,
        service_code,
        description: said.description.to_owned(),
        agency_responsible: agency(view, case),
        requested: case.reported_at,
        updated: ended.unwrap_or(if case.stage.is_ended() { case.since } else { case.changed_at }),
        expected: view.expected_at(case),
        address: place.map_or(said.address.unwrap_or_default(), |place| place.address.as_str()).to_owned(),
        address_id: place.and_then(|place| place.cell.clone()).unwrap_or_default(),
        zipcode: String::new(),
        lat: place.map(|place| place.lat),
        long: place.map(|place| place.lon),
        media_url: photo.map(|photo| media_path(view.code, &id, photo)).unwrap_or_default(),
        stage: PublicState::of(case.stage).name().to_owned(),
        attributes: component
            .into_iter()
            .chain(said.answers)
            .map(|(code, answer)| (code.to_owned(), vec![answer.to_owned()]))
            .collect(),
        notes: steps
            .iter()
            .map(|step| Note { at: step.at, text: told(view, step), kind: step.event.to_owned() })
            .collect(),
        id,
    }
}
