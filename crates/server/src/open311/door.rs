//! What this standard needs of the city, as one trait: the rules and the rows live on a lower floor.

use std::sync::Arc;

use db::Tx;
use jiff::tz::TimeZone;
use kernel::{code::CityCode, role::Actor, time::Moment};
use ledger::LedgerError;

use super::{
    filter::RequestFilter,
    form::{RequestForm, UpdateForm},
    wire_request::{ServiceRequest, Update},
    wire_service::Service,
};

/// What residents may report in a city, and whom to ask.
#[derive(Debug, Clone)]
pub struct Catalogue {
    /// Classes that residents may report; classes that are private are no services at all.
    pub services: Vec<Service>,
    /// When a service changed last.
    pub changed_at: Moment,
    /// Whom to ask.
    pub contact: String,
    /// The city's time zone.
    pub zone: TimeZone,
    /// It is a demonstration city.
    pub demonstration: bool,
}

/// A page of requests, newest report first; where only a span of changes is asked for, the newest change first.
#[derive(Debug, Clone, Default)]
pub struct Found {
    /// The requests.
    pub requests: Vec<ServiceRequest>,
    /// Goes into [`RequestFilter::after`] for what follows; none where this is the end.
    pub next: Option<String>,
}

/// A request that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Created {
    /// The case's reference.
    pub id: String,
    /// What happens next, for the reporter; may be empty.
    pub notice: String,
}

/// The city as Open311 sees it. Nothing here gives what the public may not see: private classes, people, contact data.
pub trait Open311: Send + Sync + 'static {
    /// Services at a moment, and whom to ask.
    ///
    /// # Errors
    /// As the store says.
    fn catalogue(&self, tx: &mut Tx<'_>, city: CityCode, at: Moment) -> Result<Arc<Catalogue>, LedgerError>;

    /// Requests that a filter names. Ids that are unknown or private are left out.
    ///
    /// # Errors
    /// As the store says.
    fn list(&self, tx: &mut Tx<'_>, city: CityCode, filter: &RequestFilter) -> Result<Found, LedgerError>;

    /// A new report; `photos` are hashes of attachments that are noted already.
    ///
    /// # Errors
    /// The rules' refusals (`point_outside_city` …), or as the store says.
    fn report(
        &self,
        tx: &mut Tx<'_>,
        city: CityCode,
        actor: &Actor,
        form: &RequestForm,
        photos: &[String],
        at: Moment,
    ) -> Result<Created, LedgerError>;

    /// The request that a token stands for.
    ///
    /// # Errors
    /// As the store says.
    fn of_token(&self, tx: &mut Tx<'_>, city: CityCode, token: &str) -> Result<Option<String>, LedgerError>;

    /// May everybody see this photo of this request?
    ///
    /// # Errors
    /// As the store says.
    fn is_photo_open(
        &self,
        tx: &mut Tx<'_>,
        city: CityCode,
        id: &str,
        photo: &str,
    ) -> Result<bool, LedgerError>;

    /// What happened to requests within a span of time, oldest first.
    ///
    /// # Errors
    /// As the store says.
    fn updates(
        &self,
        tx: &mut Tx<'_>,
        city: CityCode,
        from: Option<Moment>,
        until: Option<Moment>,
    ) -> Result<Vec<Update>, LedgerError>;

    /// Adds a line to a request's story; its id.
    ///
    /// # Errors
    /// [`LedgerError::NotFound`], the rules' refusals, or as the store says.
    fn add_update(
        &self,
        tx: &mut Tx<'_>,
        city: CityCode,
        actor: &Actor,
        form: &UpdateForm,
        at: Moment,
    ) -> Result<String, LedgerError>;
}
