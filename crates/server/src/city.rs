//! The cities behind the doors: what Open311 asks of a city and who may hear of what, answered by `governance`. No rule stands here; what
//! outsiders are told is put into the city's words.

mod answer;
mod place;
mod request;
mod service;

use std::sync::Arc;

use db::Tx;
use governance::{
    case::{Attachment, AttachmentRole, Command, Source, noun::CaseNoun},
    desk::{
        self, CaseFilter, Contact, Desk, NewPlace, NewReport, OpenUpdate, PageMark, Sort, Wanted,
        public_photos,
    },
    view::{View, Views},
};
use jiff::civil::Date;
use kernel::{
    code::CityCode,
    error::Refusal,
    id::SystemIds,
    role::{Action, Actor, Place as Belongs},
    time::Moment,
};
use ledger::{Entry, LedgerError, Noun as _, Vault};
use map::geometry::{BoundingBox, Position};
use parking_lot::Mutex;
use rustc_hash::FxHashMap;

use crate::{
    app::Visibility,
    open311::{
        Catalogue, Created, Found, Open311, RequestFilter, RequestForm, ServiceRequest, Update, UpdateForm,
    },
};

/// Updates of one answer at the most.
const UPDATES_MAX: usize = 1_000;

/// The doors of the cities of one ledger; clones share what they know.
#[derive(Debug, Clone)]
pub struct CityDoors {
    views: Views,
    vault: Arc<Vault>,
    catalogues: Arc<Mutex<Made>>,
}

/// Catalogues by city: the view's generation and the day that they are made for.
type Made = FxHashMap<CityCode, ((u64, Date), Arc<Catalogue>)>;

impl CityDoors {
    /// Doors over the views of the cities and the vault for what reporters leave of themselves.
    #[must_use]
    pub fn new(views: Views, vault: Arc<Vault>) -> Self {
        Self { views, vault, catalogues: Arc::default() }
    }
}

/// Text for the city's people, in its own language.
fn words(key: &str) -> String {
    crate::language::Language::default().text(key, &serde_json::Map::new())
}

impl Open311 for CityDoors {
    fn catalogue(&self, tx: &mut Tx<'_>, city: CityCode, at: Moment) -> Result<Arc<Catalogue>, LedgerError> {
        let view = self.views.of(tx, city)?;
        let made_for = (view.generation, at.date(&view.zone));
        // Whoever comes while it is made waits for it: a hundred reports at once must not make it a hundred times.
        let mut known = self.catalogues.lock();
        if let Some((of, catalogue)) = known.get(&city)
            && *of == made_for
        {
            return Ok(Arc::clone(catalogue));
        }
        let catalogue = Arc::new(Catalogue {
            services: view.reportable(at).map(|class| service::service(&view, class, at)).collect(),
            changed_at: view.classes_changed_by(at),
            contact: view.city.contact.clone(),
            zone: view.zone.clone(),
            demonstration: view.city.demonstration,
        });
        known.insert(city, (made_for, Arc::clone(&catalogue)));
        Ok(catalogue)
    }

    fn list(&self, tx: &mut Tx<'_>, city: CityCode, asked: &RequestFilter) -> Result<Found, LedgerError> {
        let view = self.views.of(tx, city)?;
        if !asked.ids.is_empty() {
            let records = desk::find_open(tx, &view, &asked.ids)?;
            return Ok(Found { requests: faces(tx, &view, records, asked.extensions)?, next: None });
        }
        let reported = asked.from.is_some() || asked.until.is_some();
        let changed = asked.updated_from.is_some() || asked.updated_until.is_some();
        let sort = if changed && !reported { Sort::Changed } else { Sort::Newest };
        let after = asked.after.as_deref().map(read_mark).transpose()?;
        let filter = filter(&view, asked)?;
        let found = desk::list_open(tx, &view, &filter, sort, (after, asked.offset), asked.limit)?;
        let next = found.next.map(|mark| format!("{},{}", mark.value, mark.row));
        Ok(Found { requests: faces(tx, &view, found.records, asked.extensions)?, next })
    }

    /// What the sender answers beside the description stands in the text, line by line ([`answer`]). A place in words is looked for on the
    /// city's own map; where it is not found the report is taken without a position and the words stand in the text, so that the desk can
    /// place it.
    fn report(
        &self,
        tx: &mut Tx<'_>,
        city: CityCode,
        actor: &Actor,
        form: &RequestForm,
        photos: &[String],
        at: Moment,
    ) -> Result<Created, LedgerError> {
        let view = self.views.of(tx, city)?;
        let place = place::of_form(&view, form, at)?;
        let unplaced = if place.is_some() { None } else { form.address.as_deref() };
        let (text, component) = answer::written(form, unplaced)?;
        let attachments = photos.iter().map(|hash| Attachment {
            hash: hash.clone(),
            role: AttachmentRole::Before,
            round: 0,
        });
        let new = NewReport {
            place: place
                .map(|position| NewPlace { position, address: form.address.clone().unwrap_or_default() }),
            class: Some(form.service_code.clone()),
            component,
            attachments: attachments.collect(),
            contact: contact(form),
            ..NewReport::new(Source::Web, &text)
        };
        let ids = &mut SystemIds;
        let mut desk = Desk { view: &view, vault: &self.vault, actor, at, ids };
        let reported = desk::report(tx, &mut desk, new)?;
        let notice = request::notice(&view, &reported.record.state, at);
        Ok(Created { id: reported.reference, notice })
    }

    /// Every service is `realtime`, so that no token is ever given; a client that asks for one by the id gets the id.
    fn of_token(&self, tx: &mut Tx<'_>, city: CityCode, token: &str) -> Result<Option<String>, LedgerError> {
        let view = self.views.of(tx, city)?;
        let found = desk::find_open(tx, &view, &[token.to_owned()])?;
        Ok(found.first().map(request::id))
    }

    fn is_photo_open(
        &self,
        tx: &mut Tx<'_>,
        city: CityCode,
        id: &str,
        photo: &str,
    ) -> Result<bool, LedgerError> {
        let view = self.views.of(tx, city)?;
        let found = desk::find_open(tx, &view, &[id.to_owned()])?;
        Ok(found.first().is_some_and(|record| public_photos(&view, &record.state).any(|open| open == photo)))
    }

    fn updates(
        &self,
        tx: &mut Tx<'_>,
        city: CityCode,
        from: Option<Moment>,
        until: Option<Moment>,
    ) -> Result<Vec<Update>, LedgerError> {
        let view = self.views.of(tx, city)?;
        let happened = desk::open_updates(tx, &view, (from, until), UPDATES_MAX)?;
        let update = |update: OpenUpdate| Update {
            id: update_id(&update.reference, update.version),
            open: update.open,
            at: update.step.at,
            description: request::told(&view, &update.step),
            request: update.reference,
        };
        Ok(happened.into_iter().map(update).collect())
    }

    /// A line for the file that the reporter sees as well. A sender adds to what it reported itself; any other request is not found.
    fn add_update(
        &self,
        tx: &mut Tx<'_>,
        city: CityCode,
        actor: &Actor,
        form: &UpdateForm,
        at: Moment,
    ) -> Result<String, LedgerError> {
        let view = self.views.of(tx, city)?;
        let record = desk::find(tx, &view, &form.request)?.ok_or(LedgerError::NotFound)?;
        let id = desk::id_of(&record)?;
        let ids = &mut SystemIds;
        let mut desk = Desk { view: &view, vault: &self.vault, actor, at, ids };
        let note = Command::Note { note: form.description.clone(), public: true };
        let record = desk::act(tx, &mut desk, id, None, Wanted::from(note))?;
        Ok(update_id(&request::id(&record), record.version))
    }
}

/// An update's id: the request's with the version that it made.
fn update_id(request: &str, version: u64) -> String {
    format!("{request}.{version}")
}

fn read_mark(text: &str) -> Result<PageMark, Refusal> {
    let read = |text: &str| text.parse::<i64>().ok();
    text.split_once(',')
        .and_then(|(value, row)| Some(PageMark { value: read(value)?, row: read(row)? }))
        .ok_or_else(|| Refusal::invalid("value_malformed").with("field", "after"))
}

/// The filter of the standard as the desk's; its ends are inclusive, the desk's upper ones are not.
fn filter(view: &View, asked: &RequestFilter) -> Result<CaseFilter, LedgerError> {
    let within = asked.bbox.map(|[west, south, east, north]| BoundingBox::new(west, south, east, north));
    let after = |end: Option<Moment>| end.map(|end| end + 1);
    // A component's case is known outside by the class of its faults.
    let mirror = |code: &String| Some(view.mirror(view.class(code)?)?.key.to_string());
    let mirrors = asked.codes.iter().filter_map(mirror);
    Ok(CaseFilter {
        classes: asked.codes.iter().cloned().chain(mirrors).collect(),
        open: asked.open,
        from: asked.from,
        until: after(asked.until),
        changed_from: asked.updated_from,
        changed_until: after(asked.updated_until),
        within: within.transpose().map_err(|_| Refusal::invalid("value_malformed").with("field", "bbox"))?,
        ..CaseFilter::default()
    })
}

/// Cases as the public sees them; `extensions` adds their stories.
fn faces(
    tx: &mut Tx<'_>,
    view: &View,
    records: Vec<ledger::Record<CaseNoun>>,
    extensions: bool,
) -> Result<Vec<ServiceRequest>, LedgerError> {
    records
        .into_iter()
        .map(|record| {
            let steps = if extensions { desk::timeline(tx, view, &record.key, false)? } else { Vec::new() };
            Ok(request::face(view, &record, &steps))
        })
        .collect()
}

/// Who may be asked back. A Chinese name is written in one, the family name first.
fn contact(form: &RequestForm) -> Option<Contact> {
    let part = |part: &Option<String>| part.clone().unwrap_or_default();
    let (first, last) = (part(&form.first_name), part(&form.last_name));
    let name = if [&first, &last].iter().any(|name| name.chars().any(kernel::text::is_han)) {
        format!("{last}{first}")
    } else {
        format!("{first} {last}").trim().to_owned()
    };
    let contact = Contact { name, phone: part(&form.phone), email: part(&form.email) };
    (contact != Contact::default()).then_some(contact)
}

impl Visibility for CityDoors {
    fn may_see(
        &self,
        tx: &mut Tx<'_>,
        city: CityCode,
        actor: &Actor,
        entry: &Entry,
    ) -> Result<bool, LedgerError> {
        Ok(match entry.noun.as_str() {
            CaseNoun::NAME => ledger::get::<CaseNoun>(tx, city, &entry.key)?
                .is_some_and(|record| desk::may(actor, Action::LiveEvents, &record.state, false)),
            // Call sheets are the hotline's.
            "call" => actor.may(Action::CallView, &Belongs::default()),
            // Trails of accounts, keys and persons are for those who read the ledger.
            "account" | "key" | "person" => actor.may(Action::LedgerView, &Belongs::default()),
            // Registers of the city are what every page shows.
            "city" | "division" | "unit" | "cell" | "feature" | "handbook" | "local_class" => {
                actor.reach(Action::LiveEvents).is_some()
            }
            _ => false,
        })
    }
}

/// A position of the standard's form.
fn position((lon, lat): (f64, f64)) -> Position {
    Position { lon, lat }
}
