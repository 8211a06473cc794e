//! Who asks, and whether the route is theirs. Whether a single thing is theirs to see is asked where the thing is read.

use std::sync::Arc;

use axum::{
    extract::{FromRequestParts, Request, State},
    http::{HeaderMap, header, request::Parts},
    middleware::Next,
    response::{IntoResponse, Response},
};
use kernel::{
    code::CityCode,
    error::ErrorKind,
    role::{Action, Actor, ActorId, Role, ScopeKind, right},
    time::Moment,
};
use ledger::{
    By, LedgerError,
    access::{Account, ApiKey, Session, Token, api_key, session},
};

use crate::{app::AppState, limits, problem::Problem, routes::Guard, session::cookie_token};

/// A session with its account.
#[derive(Debug)]
pub struct SignedIn {
    /// The session.
    pub session: Session,
    /// Whose it is.
    pub account: Account,
}

/// Who asks.
#[derive(Debug, Clone)]
pub struct Caller {
    /// As the rules see them.
    pub actor: Actor,
    /// The city of the session or key; a resident names one.
    pub city: Option<CityCode>,
    /// The session, where there is one.
    pub signed_in: Option<Arc<SignedIn>>,
}

impl Caller {
    fn resident() -> Self {
        Self { actor: Actor::resident(), city: None, signed_in: None }
    }

    /// By whom and when something is done.
    #[must_use]
    pub fn by(&self, at: Moment) -> By {
        By { actor: self.actor.id.clone(), at }
    }

    /// What keeps this caller's idempotency keys apart from others'.
    #[must_use]
    pub fn scope(&self) -> String {
        self.actor.id.to_string()
    }
}

impl FromRequestParts<AppState> for Caller {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &AppState) -> Result<Self, Problem> {
        // Every route has a guard, and every guard leaves a caller.
        parts.extensions.get::<Self>().cloned().ok_or_else(|| Problem::new(ErrorKind::Internal, "internal"))
    }
}

/// The key of a program: `Authorization: Bearer`, or Open311's `api_key` in the address. In a form it is read by the handler.
fn key_text(headers: &HeaderMap, query: Option<&str>) -> Option<String> {
    let bearer = headers
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.strip_prefix("Bearer "))
        .map(|token| token.trim().to_owned());
    bearer
        .or_else(|| {
            let pairs = form_urlencoded::parse(query.unwrap_or_default().as_bytes());
            pairs.into_iter().find(|(name, _)| name == "api_key").map(|(_, value)| value.into_owned())
        })
        .filter(|text| !text.is_empty())
}

/// A key acts in the narrowest post that has the act in the whole city.
fn key_actor(key: &ApiKey, action: Action) -> Option<Actor> {
    if !key.rights.contains(&action) {
        return None;
    }
    let role = Role::ALL.into_iter().find(|role| right(*role, action) == Some(ScopeKind::City))?;
    Some(Actor { id: ActorId::Key(key.name.clone()), role, ..Actor::resident() })
}

/// The caller that a key's text gives for an act.
///
/// # Errors
/// 403 `key_unknown`, or as the store says.
pub(crate) async fn caller_of_key(state: &AppState, text: &str, action: Action) -> Result<Caller, Problem> {
    let unknown = || Problem::new(ErrorKind::Forbidden, "key_unknown");
    let token: Token = text.parse().map_err(|_| unknown())?;
    let found =
        state.ledger().db().read(move |tx| api_key::check(tx, &token)).await.map_err(Problem::from)?;
    let key = found.ok_or_else(unknown)?;
    let actor = key_actor(&key, action).ok_or_else(|| Problem::new(ErrorKind::Forbidden, "right_missing"))?;
    Ok(Caller { actor, city: Some(key.city), signed_in: None })
}

async fn signed_in(state: &AppState, headers: &HeaderMap) -> Result<Option<Arc<SignedIn>>, Problem> {
    let Some(token) = cookie_token(headers) else { return Ok(None) };
    let now = state.now();
    let ledger = state.ledger().clone();
    let found = state
        .ledger()
        .db()
        .read(move |tx| session::check(ledger.vault(), tx, &token, now))
        .await
        .map_err(Problem::from)?;
    let Some((session, account)) = found else { return Ok(None) };
    if session.wants_touch(now) {
        let touched = session.clone();
        // A store that refuses writes must not keep people from reading.
        let noted = state.ledger().db().write(move |tx| session::touch(tx, &touched, now)).await;
        if let Err::<(), LedgerError>(error) = noted {
            tracing::warn!(%error, "the use of a session could not be noted");
        }
    }
    Ok(Some(Arc::new(SignedIn { session, account })))
}

async fn caller(
    state: &AppState,
    guard: Guard,
    headers: &HeaderMap,
    query: Option<&str>,
) -> Result<Caller, Problem> {
    let action = match guard {
        Guard::Right(action) | Guard::Key(action) => Some(action),
        Guard::SignedIn(_) | Guard::Public(_) => None,
    };
    if let Some(action) = action
        && let Some(text) = key_text(headers, query)
    {
        return caller_of_key(state, &text, action).await;
    }
    let caller = match signed_in(state, headers).await? {
        None => Caller::resident(),
        Some(signed_in) => Caller {
            actor: signed_in.account.actor(),
            city: Some(signed_in.session.city),
            signed_in: Some(signed_in),
        },
    };
    let unauthenticated = || Problem::new(ErrorKind::Unauthenticated, "sign_in_needed");
    match guard {
        Guard::Public(_) => Ok(caller),
        Guard::SignedIn(_) if caller.signed_in.is_none() => Err(unauthenticated()),
        Guard::SignedIn(_) => Ok(caller),
        // The key may stand in the form, which only the handler reads.
        Guard::Key(_) => Ok(Caller::resident()),
        Guard::Right(action) => {
            if let Some(signed_in) = &caller.signed_in {
                if signed_in.account.must_change_password {
                    return Err(Problem::new(ErrorKind::Forbidden, "password_change_needed"));
                }
                if state.settings().second_factor_needed && !signed_in.account.second_factor {
                    return Err(Problem::new(ErrorKind::Forbidden, "second_factor_setup_needed"));
                }
            }
            if right(caller.actor.role, action).is_some() {
                return Ok(caller);
            }
            Err(if caller.signed_in.is_none() {
                unauthenticated()
            } else {
                Problem::new(ErrorKind::Forbidden, "right_missing").detail("action", action.name())
            })
        }
    }
}

/// The layer of each route: finds the caller, asks the table of rights, and lets the handler see who it is.
pub(crate) async fn check(
    State((state, guard)): State<(AppState, Guard)>,
    mut request: Request,
    next: Next,
) -> Response {
    let source = limits::source(request.extensions(), request.headers(), state.settings().proxies);
    let caller = match caller(&state, guard, request.headers(), request.uri().query()).await {
        Ok(caller) => caller,
        Err(problem) => return problem.into_response(),
    };
    if let Err(problem) = limits::check_account(&state, &caller, source) {
        return problem.into_response();
    }
    request.extensions_mut().insert(caller);
    next.run(request).await
}

/// The city that a request is about: the caller's own, the one named by `?city=` (Open311: `jurisdiction_id`), or the only one.
#[derive(Debug, Clone, Copy)]
pub struct City(pub CityCode);

impl FromRequestParts<AppState> for City {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Problem> {
        let query = parts.uri.query().unwrap_or_default();
        let named = form_urlencoded::parse(query.as_bytes())
            .find(|(name, value)| name == "city" && !value.is_empty())
            .map(|(_, value)| value.into_owned());
        let own = parts.extensions.get::<Caller>().and_then(|caller| caller.city);
        state.city(named.as_deref(), own).await.map(Self)
    }
}
