//! What every handler sees ([`AppState`]), and the router: routes inside, layers around them.

use std::{net::SocketAddr, sync::Arc, time::Duration};

use axum::{
    Router,
    extract::DefaultBodyLimit,
    http::{HeaderName, HeaderValue, Method, header},
    middleware::{from_fn, from_fn_with_state},
    response::IntoResponse,
};
use governance::view::Views;
use kernel::{
    code::CityCode,
    error::{Coded, ErrorKind},
    role::Actor,
    time::Moment,
};
use ledger::{Ledger, LedgerError};
use parking_lot::RwLock;
use tower_http::{compression::CompressionLayer, set_header::SetResponseHeaderLayer, timeout::TimeoutLayer};

use crate::{
    api,
    clock::Clock,
    health,
    limits::{self, Limits, RateLimits},
    metrics::{self, Metrics},
    open311::{self, Catalogues, Open311},
    openapi, origin,
    password::Passwords,
    problem::Problem,
    request,
    routes::{Guard, Routes},
    static_files,
};

/// Largest body of a request that says nothing else, bytes.
pub(crate) const BODY_BYTES_MAX: usize = 1024 * 1024;
/// The longest time to an answer's head.
const ANSWER_TIME_MAX: Duration = Duration::from_secs(30);
/// How long the list of cities is taken as known, milliseconds: another process may add one.
const CITIES_KNOWN_MS: i64 = 5_000;

/// How the server is set up.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// TLS ends before this server: cookies are `Secure` and HSTS is sent.
    pub tls: bool,
    /// How many proxies of ours stand before it; their `X-Forwarded-For` is believed, nobody else's.
    pub proxies: u8,
    /// How often one source, account and place may be used.
    pub rate_limits: RateLimits,
    /// Accounts without second factor may do nothing but set it up.
    pub second_factor_needed: bool,
}

/// Whether somebody may see what happened, for live events.
pub trait Visibility: Send + Sync + 'static {
    /// May this person see the record that the entry is of? Nobody is told of things that no list would show them.
    ///
    /// # Errors
    /// As the store says.
    fn may_see(
        &self,
        tx: &mut db::Tx<'_>,
        city: CityCode,
        actor: &Actor,
        entry: &ledger::Entry,
    ) -> Result<bool, LedgerError>;
}

struct Inner {
    ledger: Ledger,
    views: Views,
    clock: Box<dyn Clock>,
    settings: Settings,
    limits: Limits,
    metrics: Metrics,
    passwords: Passwords,
    cities: RwLock<(Moment, Vec<CityCode>)>,
    open311: Arc<dyn Open311>,
    visibility: Arc<dyn Visibility>,
    catalogues: Catalogues,
    tiles: api::Tiles,
    imports: api::Imports,
    stopping: tokio::sync::watch::Sender<bool>,
}

/// What every handler sees; clones share it.
#[derive(Clone)]
pub struct AppState(Arc<Inner>);

impl std::fmt::Debug for AppState {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("AppState").field("settings", &self.0.settings).finish_non_exhaustive()
    }
}

impl AppState {
    /// The state over a ledger, the views of its cities and their doors.
    #[must_use]
    pub fn new(
        ledger: Ledger,
        views: Views,
        city: impl Open311 + Visibility + Clone,
        clock: impl Clock,
        settings: Settings,
    ) -> Self {
        let limits = Limits::new(&settings.rate_limits);
        Self(Arc::new(Inner {
            ledger,
            views,
            clock: Box::new(clock),
            settings,
            limits,
            metrics: Metrics::new(),
            passwords: Passwords::default(),
            cities: RwLock::new((Moment(i64::MIN), Vec::new())),
            open311: Arc::new(city.clone()),
            visibility: Arc::new(city),
            catalogues: Catalogues::default(),
            tiles: api::Tiles::default(),
            imports: api::Imports::default(),
            stopping: tokio::sync::watch::Sender::new(false),
        }))
    }

    /// The ledger.
    #[must_use]
    pub fn ledger(&self) -> &Ledger {
        &self.0.ledger
    }

    /// What is known of the cities.
    #[must_use]
    pub fn views(&self) -> &Views {
        &self.0.views
    }

    /// The settings.
    #[must_use]
    pub fn settings(&self) -> &Settings {
        &self.0.settings
    }

    /// Now.
    #[must_use]
    pub fn now(&self) -> Moment {
        self.0.clock.now()
    }

    pub(crate) fn open311(&self) -> Arc<dyn Open311> {
        Arc::clone(&self.0.open311)
    }

    /// Turns true when the server stops, so that lines that never end by themselves do.
    pub(crate) fn stopping(&self) -> tokio::sync::watch::Receiver<bool> {
        self.0.stopping.subscribe()
    }

    pub(crate) fn visibility(&self) -> &dyn Visibility {
        self.0.visibility.as_ref()
    }

    pub(crate) fn catalogues(&self) -> &Catalogues {
        &self.0.catalogues
    }

    pub(crate) fn tiles(&self) -> &api::Tiles {
        &self.0.tiles
    }

    pub(crate) fn imports(&self) -> &api::Imports {
        &self.0.imports
    }

    pub(crate) fn limits(&self) -> &Limits {
        &self.0.limits
    }

    pub(crate) fn metrics(&self) -> &Metrics {
        &self.0.metrics
    }

    pub(crate) fn passwords(&self) -> &Passwords {
        &self.0.passwords
    }

    /// The cities that have entries.
    ///
    /// # Errors
    /// As the store says.
    pub(crate) async fn cities(&self) -> Result<Vec<CityCode>, Problem> {
        let now = self.now();
        {
            let known = self.0.cities.read();
            if !known.1.is_empty() && now - known.0 < CITIES_KNOWN_MS {
                return Ok(known.1.clone());
            }
        }
        let cities = self.ledger().db().read(ledger::cities).await?;
        *self.0.cities.write() = (now, cities.clone());
        Ok(cities)
    }

    /// The city a request is about: the one it names, else the caller's own, else the only one.
    ///
    /// # Errors
    /// 404 for a city that is not here or not the caller's; 400 where none is named and there are several.
    pub(crate) async fn city(&self, named: Option<&str>, own: Option<CityCode>) -> Result<CityCode, Problem> {
        let unknown = || Problem::new(ErrorKind::NotFound, "city_unknown");
        let named = named.map(|text| text.parse::<CityCode>().map_err(|_| unknown())).transpose()?;
        match (named, own) {
            (Some(named), Some(own)) if named != own => Err(unknown()),
            (_, Some(own)) => Ok(own),
            (Some(named), None) => {
                if self.cities().await?.contains(&named) {
                    Ok(named)
                } else {
                    Err(unknown())
                }
            }
            (None, None) => match self.cities().await?.as_slice() {
                [only] => Ok(*only),
                [] => Err(unknown()),
                _ => Err(Problem::new(ErrorKind::Malformed, "city_missing")),
            },
        }
    }
}

impl AppState {
    /// Writes for a city at its next moment, then tells listeners.
    ///
    /// # Errors
    /// The work's own, or as the store says.
    pub(crate) async fn write<T, E>(
        &self,
        city: CityCode,
        work: impl FnOnce(&mut db::Tx<'_>, Moment) -> Result<T, E> + Send + 'static,
    ) -> Result<T, Problem>
    where
        T: Send + 'static,
        E: Coded + From<LedgerError> + From<db::DbError> + Send + 'static,
    {
        let now = self.now();
        let done = self
            .ledger()
            .db()
            .write(move |tx| {
                let at = ledger::moment(tx, city, now)?;
                work(tx, at)
            })
            .await
            .map_err(Problem::from)?;
        self.ledger().announce();
        Ok(done)
    }

    /// Reads in one snapshot.
    ///
    /// # Errors
    /// The work's own, or as the store says.
    pub(crate) async fn read<T, E>(
        &self,
        work: impl FnOnce(&mut db::Tx<'_>) -> Result<T, E> + Send + 'static,
    ) -> Result<T, Problem>
    where
        T: Send + 'static,
        E: Coded + From<db::DbError> + Send + 'static,
    {
        self.ledger().db().read(work).await.map_err(Problem::from)
    }
}

/// All routes with their guards.
pub(crate) fn routes(state: &AppState) -> Routes {
    let routes = Routes::new(state.clone(), openapi::base())
        .plain(Guard::Public("a probe without content"), Method::GET, "/healthz", health::show)
        .plain(
            Guard::Public("counts without content; the operator closes it to the outside"),
            Method::GET,
            "/metrics",
            metrics::show,
        )
        .plain(Guard::Public("the API's description"), Method::GET, "/api/v1/openapi.json", openapi::show);
    open311::routes(api::routes(routes))
}

/// The content security policy: own files only; styles may stand in elements because the component library sets them.
const POLICY: &str = "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; \
worker-src 'self' blob:; connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/// The router: routes with their guards inside, layers around them, the web app for the rest.
pub fn router(state: AppState) -> Router {
    let (routes, _, _) = routes(&state).finish();
    let header = |name: HeaderName, value: &'static str| {
        SetResponseHeaderLayer::if_not_present(name, HeaderValue::from_static(value))
    };
    let routes = routes
        .fallback(static_files::fallback)
        .method_not_allowed_fallback(|| async {
            Problem::with_status(axum::http::StatusCode::METHOD_NOT_ALLOWED, "method_not_allowed")
                .into_response()
        })
        .layer(DefaultBodyLimit::max(BODY_BYTES_MAX))
        .layer(from_fn(origin::check))
        .layer(from_fn_with_state(state.clone(), limits::check_source))
        .layer(TimeoutLayer::with_status_code(axum::http::StatusCode::SERVICE_UNAVAILABLE, ANSWER_TIME_MAX))
        .layer(from_fn_with_state(state.clone(), request::around))
        .layer(CompressionLayer::new())
        .layer(header(header::CONTENT_SECURITY_POLICY, POLICY))
        .layer(header(header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .layer(header(header::X_FRAME_OPTIONS, "DENY"))
        .layer(header(header::REFERRER_POLICY, "no-referrer"))
        .layer(header(HeaderName::from_static("permissions-policy"), "camera=(self), geolocation=(self)"))
        .layer(header(HeaderName::from_static("cross-origin-opener-policy"), "same-origin"))
        // What a person sees stays out of shared caches; who may be cached says so itself.
        .layer(header(header::CACHE_CONTROL, "no-store"));
    let routes = if state.settings().tls {
        routes.layer(header(header::STRICT_TRANSPORT_SECURITY, "max-age=63072000; includeSubDomains"))
    } else {
        routes
    };
    routes.with_state(state)
}

/// Serves until `stop` resolves; requests in progress are answered first.
///
/// # Errors
/// As the socket says.
pub async fn serve(
    state: AppState,
    listener: tokio::net::TcpListener,
    stop: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    let service = router(state.clone()).into_make_service_with_connect_info::<SocketAddr>();
    let stop = async move {
        stop.await;
        state.0.stopping.send_replace(true);
    };
    axum::serve(listener, service).with_graceful_shutdown(stop).await
}
