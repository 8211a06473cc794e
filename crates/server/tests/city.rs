//! A city for the tests of the doors: requests in memory, under the filters that the standard asks for.

use std::sync::{Arc, Mutex};

use db::Tx;
use jiff::tz::TimeZone;
use kernel::{
    code::CityCode,
    error::Refusal,
    role::{Actor, ActorId},
    time::{HOUR_MS, Moment},
};
use ledger::{Entry, LedgerError};
use server::{
    Visibility,
    open311::{
        Attribute, Catalogue, Created, Found, Note, Open311, RequestFilter, RequestForm, Service,
        ServiceRequest, Update, UpdateForm,
    },
};

/// What the city holds.
pub(crate) struct Held {
    pub(crate) services: Vec<Service>,
    pub(crate) changed_at: Moment,
    pub(crate) requests: Vec<ServiceRequest>,
    pub(crate) updates: Vec<Update>,
    /// Photos and actor of the last report.
    pub(crate) last: Option<(Vec<String>, ActorId)>,
}

/// The city; clones share it.
#[derive(Clone)]
pub(crate) struct TestCity(pub(crate) Arc<Mutex<Held>>);

fn service(code: &str, name: &str, attributes: Vec<Attribute>) -> Service {
    Service {
        code: code.to_owned(),
        name: name.to_owned(),
        description: String::new(),
        keywords: Vec::new(),
        group: "公用设施".to_owned(),
        attributes,
    }
}

impl Default for TestCity {
    fn default() -> Self {
        let question = Attribute {
            variable: true,
            code: "size".to_owned(),
            datatype: "multivaluelist",
            required: true,
            datatype_description: String::new(),
            description: "多大?".to_owned(),
            values: vec![("s".to_owned(), "小".to_owned()), ("l".to_owned(), "大".to_owned())],
        };
        let services =
            vec![service("001", "上水井盖", Vec::new()), service("002", "道路破损", vec![question])];
        let held = Held {
            services,
            changed_at: Moment(1_700_000_000_000),
            requests: Vec::new(),
            updates: Vec::new(),
            last: None,
        };
        Self(Arc::new(Mutex::new(held)))
    }
}

impl TestCity {
    pub(crate) fn with<T>(&self, work: impl FnOnce(&mut Held) -> T) -> T {
        work(&mut self.0.lock().unwrap())
    }

    /// A request that was reported then.
    pub(crate) fn add(&self, id: &str, code: &str, open: bool, requested: Moment) {
        let request = ServiceRequest {
            id: id.to_owned(),
            open,
            status_notes: (if open { "处置中" } else { "已结案" }).to_owned(),
            service_name: "道路破损".to_owned(),
            service_code: code.to_owned(),
            description: "=1+1 路口有坑".to_owned(),
            agency_responsible: "住建局".to_owned(),
            requested,
            updated: requested + HOUR_MS,
            expected: Some(requested + 4 * HOUR_MS),
            address: "人民路1号".to_owned(),
            address_id: String::new(),
            zipcode: String::new(),
            lat: Some(26.5),
            long: Some(107.9),
            media_url: String::new(),
            stage: (if open { "handling" } else { "closed" }).to_owned(),
            attributes: vec![("size".to_owned(), vec!["l".to_owned()])],
            notes: vec![Note { at: requested, text: "已上报".to_owned(), kind: "reported".to_owned() }],
        };
        self.with(|held| held.requests.push(request));
    }
}

fn fits(request: &ServiceRequest, filter: &RequestFilter) -> bool {
    if !filter.ids.is_empty() {
        return filter.ids.contains(&request.id);
    }
    let within = |[west, south, east, north]: [f64; 4]| {
        request.long.is_some_and(|lon| (west..=east).contains(&lon))
            && request.lat.is_some_and(|lat| (south..=north).contains(&lat))
    };
    (filter.codes.is_empty() || filter.codes.contains(&request.service_code))
        && filter.open.is_none_or(|open| open == request.open)
        && filter.from.is_none_or(|from| request.requested >= from)
        && filter.until.is_none_or(|until| request.requested <= until)
        && filter.updated_from.is_none_or(|from| request.updated >= from)
        && filter.updated_until.is_none_or(|until| request.updated <= until)
        && filter.bbox.is_none_or(within)
}

impl Open311 for TestCity {
    fn catalogue(&self, _: &mut Tx<'_>, _: CityCode, _: Moment) -> Result<Arc<Catalogue>, LedgerError> {
        Ok(self.with(|held| {
            Arc::new(Catalogue {
                services: held.services.clone(),
                changed_at: held.changed_at,
                contact: "12345".to_owned(),
                zone: TimeZone::get("Asia/Shanghai").unwrap(),
                demonstration: true,
            })
        }))
    }

    fn list(&self, _: &mut Tx<'_>, _: CityCode, filter: &RequestFilter) -> Result<Found, LedgerError> {
        let mut found: Vec<ServiceRequest> =
            self.with(|held| held.requests.iter().filter(|request| fits(request, filter)).cloned().collect());
        found.sort_by_key(|request| std::cmp::Reverse(request.requested));
        let start = filter.after.as_ref().map_or(filter.offset as usize, |after| after.parse().unwrap());
        let end = start.saturating_add(filter.limit as usize);
        let next = (end < found.len()).then(|| end.to_string());
        let requests = found.into_iter().skip(start).take(filter.limit as usize).collect();
        Ok(Found { requests, next })
    }

    fn report(
        &self,
        _: &mut Tx<'_>,
        _: CityCode,
        actor: &Actor,
        form: &RequestForm,
        photos: &[String],
        at: Moment,
    ) -> Result<Created, LedgerError> {
        if form.position.is_some_and(|(lon, _)| lon < 0.0) {
            return Err(Refusal::invalid("case_place_malformed").into());
        }
        let id = self.with(|held| format!("260302-{:05}-0", held.requests.len() + 1));
        self.add(&id, &form.service_code, true, at);
        self.with(|held| {
            let last = held.requests.last_mut().unwrap();
            last.description.clone_from(&form.description);
            last.address = form.address.clone().unwrap_or_default();
            last.address_id = form.address_id.clone().unwrap_or_default();
            (last.long, last.lat) = form.position.unzip();
            last.attributes = form.attributes.clone().into_iter().collect();
            held.last = Some((photos.to_vec(), actor.id.clone()));
        });
        Ok(Created { id, notice: "谢谢".to_owned() })
    }

    fn of_token(&self, _: &mut Tx<'_>, _: CityCode, token: &str) -> Result<Option<String>, LedgerError> {
        Ok(token.strip_prefix("token-").map(str::to_owned))
    }

    fn is_photo_open(&self, _: &mut Tx<'_>, _: CityCode, _: &str, _: &str) -> Result<bool, LedgerError> {
        Ok(false)
    }

    fn updates(
        &self,
        _: &mut Tx<'_>,
        _: CityCode,
        _: Option<Moment>,
        _: Option<Moment>,
    ) -> Result<Vec<Update>, LedgerError> {
        Ok(self.with(|held| held.updates.clone()))
    }

    fn add_update(
        &self,
        _: &mut Tx<'_>,
        _: CityCode,
        _: &Actor,
        form: &UpdateForm,
        at: Moment,
    ) -> Result<String, LedgerError> {
        self.with(|held| {
            let request = held.requests.iter().find(|request| request.id == form.request);
            let request = request.ok_or(LedgerError::NotFound)?;
            let id = (held.updates.len() + 1).to_string();
            held.updates.push(Update {
                id: id.clone(),
                request: request.id.clone(),
                open: request.open,
                at,
                description: form.description.clone(),
            });
            Ok(id)
        })
    }
}

impl Visibility for TestCity {
    /// Everybody sees all nouns but keys.
    fn may_see(&self, _: &mut Tx<'_>, _: CityCode, _: &Actor, entry: &Entry) -> Result<bool, LedgerError> {
        Ok(entry.noun != "key")
    }
}
