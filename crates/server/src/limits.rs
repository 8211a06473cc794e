//! How often one source, one account and one place may be used: 429 with `Retry-After`, never a silent drop. A shared office address
//! has room for its people; one person cannot flood a neighbour's door (reliability.md 3.6, row 50).

use std::{
    net::{IpAddr, Ipv6Addr, SocketAddr},
    num::NonZeroU32,
    time::Duration,
};

use axum::{
    extract::{ConnectInfo, Request, State},
    http::Method,
    middleware::Next,
    response::{IntoResponse, Response},
};
use governor::{
    DefaultKeyedRateLimiter, Quota, RateLimiter,
    clock::{Clock as _, DefaultClock},
};
use kernel::{error::ErrorKind, role::ActorId};

use crate::{app::AppState, problem::Problem, rights::Caller};

/// Keys that one limiter remembers before it forgets those that are free again.
const KEYS_REMEMBERED_MAX: usize = 100_000;
/// A target place is a square of so many degrees (about 50 m).
const TARGET_DEGREES: f64 = 0.000_5;

/// How often, each with a burst of the same size.
#[derive(Debug, Clone)]
pub struct Rates {
    /// Requests of one address in a minute.
    pub source_per_minute: u32,
    /// Map tiles of one address in a minute: one look at a map takes some dozens, and many may look from one office.
    pub tiles_per_minute: u32,
    /// Requests of one account or key in a minute.
    pub account_per_minute: u32,
    /// Attempts to sign in of one address in a minute.
    pub sign_in_per_minute: u32,
    /// Reports without account of one address in an hour.
    pub anonymous_reports_per_hour: u32,
    /// Reports without account about one place (a square of about 50 m) in an hour, from wherever they come.
    pub target_reports_per_hour: u32,
}

impl Default for Rates {
    fn default() -> Self {
        Self {
            source_per_minute: 1_200,
            tiles_per_minute: 12_000,
            account_per_minute: 1_200,
            sign_in_per_minute: 20,
            anonymous_reports_per_hour: 60,
            target_reports_per_hour: 30,
        }
    }
}

/// Whether and how often.
#[derive(Debug, Clone)]
pub enum RateLimits {
    /// These.
    On(Rates),
    /// None for callers on this machine, for load tests; the usual ones for everybody else.
    OffForLoopback,
}

impl Default for RateLimits {
    fn default() -> Self {
        Self::On(Rates::default())
    }
}

/// A place as the limit on places counts it.
type Target = (i32, i32);

/// The counters.
pub(crate) struct Limits {
    off_for_loopback: bool,
    source: DefaultKeyedRateLimiter<IpAddr>,
    tiles: DefaultKeyedRateLimiter<IpAddr>,
    account: DefaultKeyedRateLimiter<ActorId>,
    sign_in: DefaultKeyedRateLimiter<IpAddr>,
    anonymous: DefaultKeyedRateLimiter<IpAddr>,
    target: DefaultKeyedRateLimiter<Target>,
    clock: DefaultClock,
}

fn limiter<K: std::hash::Hash + Eq + Clone>(count: u32, each: Duration) -> DefaultKeyedRateLimiter<K> {
    let burst = NonZeroU32::new(count).unwrap_or(NonZeroU32::MIN);
    // The period is never zero: both arguments are at least one.
    let quota = Quota::with_period(each / burst.get()).unwrap_or_else(|| Quota::per_hour(burst));
    RateLimiter::keyed(quota.allow_burst(burst))
}

/// The address as it is counted: an IPv6 address by its /64, an IPv4 address written as IPv6 by itself.
#[must_use]
pub(crate) fn counted(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(six) => {
            let [a, b, c, d, ..] = six.segments();
            IpAddr::V6(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
        }
        four => four,
    }
}

/// The address that a request comes from: the peer's, or, behind so many proxies of ours, the one the outermost of them saw.
#[must_use]
pub(crate) fn source(
    request: &axum::http::Extensions,
    headers: &axum::http::HeaderMap,
    proxies: u8,
) -> IpAddr {
    let peer = request
        .get::<ConnectInfo<SocketAddr>>()
        .map_or(IpAddr::from([0, 0, 0, 0]), |ConnectInfo(address)| address.ip());
    if proxies == 0 {
        return peer;
    }
    let forwarded: Vec<IpAddr> = headers
        .get_all("x-forwarded-for")
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .filter_map(|part| part.trim().parse().ok())
        .collect();
    // Each proxy appends whom it saw; what stands further left was written by the caller.
    forwarded
        .len()
        .checked_sub(usize::from(proxies))
        .and_then(|place| forwarded.get(place).copied())
        .unwrap_or(peer)
}

impl Limits {
    pub(crate) fn new(limits: &RateLimits) -> Self {
        let (rates, off_for_loopback) = match limits {
            RateLimits::On(rates) => (rates.clone(), false),
            RateLimits::OffForLoopback => (Rates::default(), true),
        };
        let (minute, hour) = (Duration::from_secs(60), Duration::from_secs(3_600));
        Self {
            off_for_loopback,
            source: limiter(rates.source_per_minute, minute),
            tiles: limiter(rates.tiles_per_minute, minute),
            account: limiter(rates.account_per_minute, minute),
            sign_in: limiter(rates.sign_in_per_minute, minute),
            anonymous: limiter(rates.anonymous_reports_per_hour, hour),
            target: limiter(rates.target_reports_per_hour, hour),
            clock: DefaultClock::default(),
        }
    }

    fn ask<K: std::hash::Hash + Eq + Clone>(
        &self,
        limiter: &DefaultKeyedRateLimiter<K>,
        key: &K,
        code: &str,
    ) -> Result<(), Problem> {
        if limiter.len() > KEYS_REMEMBERED_MAX {
            limiter.retain_recent();
        }
        limiter.check_key(key).map_err(|until| {
            let wait = until.wait_time_from(self.clock.now());
            let seconds = wait.as_secs() + 1;
            let mut problem = Problem::new(ErrorKind::TooMany, code).detail("seconds", seconds);
            problem.retry_after_s = Some(seconds);
            problem
        })
    }

    fn spares(&self, address: IpAddr) -> bool {
        self.off_for_loopback && address.to_canonical().is_loopback()
    }

    /// Counts one attempt to sign in.
    ///
    /// # Errors
    /// 429.
    pub(crate) fn check_sign_in(&self, address: IpAddr) -> Result<(), Problem> {
        if self.spares(address) {
            return Ok(());
        }
        self.ask(&self.sign_in, &counted(address), "sign_in_too_often")
    }

    /// Counts one report: without account by its source, and in any case by its place.
    ///
    /// # Errors
    /// 429.
    pub(crate) fn check_report(
        &self,
        address: IpAddr,
        caller: &Caller,
        place: Option<(f64, f64)>,
    ) -> Result<(), Problem> {
        if self.spares(address) || caller.signed_in.is_some() {
            return Ok(());
        }
        if caller.actor.id == ActorId::Resident {
            self.ask(&self.anonymous, &counted(address), "reports_too_often")?;
            if let Some((lon, lat)) = place {
                let square = |degrees: f64| (degrees / TARGET_DEGREES).floor() as i32;
                self.ask(&self.target, &(square(lon), square(lat)), "place_reported_too_often")?;
            }
        }
        Ok(())
    }
}

/// The address of a request's source.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Source(pub(crate) IpAddr);

impl axum::extract::FromRequestParts<AppState> for Source {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(
        parts: &mut axum::http::request::Parts,
        state: &AppState,
    ) -> Result<Self, Self::Rejection> {
        Ok(Self(source(&parts.extensions, &parts.headers, state.settings().proxies)))
    }
}

/// The layer over everything: so many requests of one source. Probes of the machine itself are not counted.
pub(crate) async fn check_source(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let address = source(request.extensions(), request.headers(), state.settings().proxies);
    let limits = state.limits();
    let limiter = if request.uri().path().starts_with("/tiles/") { &limits.tiles } else { &limits.source };
    let probe = request.method() == Method::GET && matches!(request.uri().path(), "/healthz" | "/metrics");
    if !probe
        && !limits.spares(address)
        && let Err(problem) = limits.ask(limiter, &counted(address), "requests_too_often")
    {
        return problem.into_response();
    }
    next.run(request).await
}

/// So many requests of one account or key, wherever they come from.
///
/// # Errors
/// 429.
pub(crate) fn check_account(state: &AppState, caller: &Caller, source: IpAddr) -> Result<(), Problem> {
    let limits = state.limits();
    match &caller.actor.id {
        ActorId::Account(_) | ActorId::Key(_) if limits.spares(source) => Ok(()),
        id @ (ActorId::Account(_) | ActorId::Key(_)) => limits.ask(&limits.account, id, "requests_too_often"),
        ActorId::Resident | ActorId::System => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use axum::http::{Extensions, HeaderMap};

    use super::*;

    #[test]
    fn neighbours_in_one_network_count_together_and_others_apart() {
        let at = |text: &str| counted(text.parse().unwrap());
        assert_eq!(at("2001:db8:1:2:3::4"), at("2001:db8:1:2:ffff::1"));
        assert_ne!(at("2001:db8:1:2::4"), at("2001:db8:1:3::4"));
        assert_eq!(at("::ffff:192.0.2.7"), at("192.0.2.7"));
        assert_ne!(at("192.0.2.7"), at("192.0.2.8"));
    }

    #[test]
    fn a_caller_cannot_write_its_own_address() {
        let mut extensions = Extensions::new();
        extensions.insert(ConnectInfo::<SocketAddr>("10.0.0.1:5".parse().unwrap()));
        let mut headers = HeaderMap::new();
        headers.append("x-forwarded-for", "1.2.3.4, 192.0.2.9".parse().unwrap());
        let seen = |proxies| source(&extensions, &headers, proxies).to_string();
        assert_eq!(seen(0), "10.0.0.1");
        assert_eq!(seen(1), "192.0.2.9");
        assert_eq!(seen(3), "10.0.0.1");
    }

    #[test]
    fn one_place_is_not_flooded_from_many_sources() {
        let rates = Rates { target_reports_per_hour: 3, ..Rates::default() };
        let limits = Limits::new(&RateLimits::On(rates));
        let caller = Caller { actor: kernel::role::Actor::resident(), city: None, signed_in: None };
        let mut refused = 0;
        for host in 1..=6_u8 {
            let from = IpAddr::from([192, 0, 2, host]);
            if let Err(problem) = limits.check_report(from, &caller, Some((107.98, 26.56))) {
                assert_eq!(problem.status, 429);
                assert!(problem.retry_after_s.is_some_and(|seconds| seconds > 60));
                refused += 1;
            }
        }
        assert_eq!(refused, 3);
        assert!(limits.check_report(IpAddr::from([192, 0, 2, 1]), &caller, Some((107.99, 26.56))).is_ok());
    }
}
