//! Signing in and out, the own password, the second factor.

use axum::{
    Json,
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use kernel::{
    code::CityCode,
    error::ErrorKind,
    role::{Action, ActorId, Role, ScopeKind},
};
use ledger::{
    By, LedgerError,
    access::{Account, Credentials, Token, account, session as sessions},
};
use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, sync::Arc};
use utoipa::ToSchema;
use utoipa_axum::routes;

use crate::{
    app::AppState,
    limits::Source,
    password::PasswordError,
    problem::{Problem, ProblemBody},
    request::JsonBody,
    rights::{Caller, City, SignedIn},
    routes::{Guard, Routes},
    session::{TOTP_SECRET_BYTES, clear_cookie, cookie_token, set_cookie, totp_address, totp_step},
};

pub(super) fn routes(routes: Routes) -> Routes {
    let own = Guard::SignedIn("one's own session");
    routes
        .route(Guard::Public("signing in is for who is not signed in"), routes!(sign_in))
        .route(own, routes!(show))
        .route(own, routes!(sign_out))
        .route(own, routes!(change_password))
        .route(own, routes!(set_second_factor))
}

/// What a person signs in with.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SignIn {
    /// The name to sign in with.
    sign_in: String,
    /// The password.
    password: String,
    /// The code of the second factor, where the account has one.
    code: Option<String>,
}

/// Who is signed in, and what they may do.
#[derive(Serialize, ToSchema)]
pub(crate) struct SessionFace {
    /// The account's id.
    account: String,
    /// The city's code.
    city: String,
    /// The name to sign in with.
    sign_in: String,
    /// The person's name.
    name: String,
    /// The post; `resident` where none was granted yet.
    role: String,
    /// Code of the unit.
    unit: Option<String>,
    /// Codes of the streets that the post is kept to.
    streets: Vec<String>,
    /// Codes of the grid cells.
    cells: Vec<String>,
    /// Nothing else is possible before the password is changed.
    must_change_password: bool,
    /// The account has a second factor.
    second_factor: bool,
    /// Each act that the post may do, and how far.
    rights: BTreeMap<&'static str, &'static str>,
}

fn face(city: CityCode, account: &Account) -> SessionFace {
    let actor = account.actor();
    let rights = Action::ALL
        .iter()
        .filter_map(|action| actor.reach(*action).map(|scope| (action.name(), ScopeKind::name(scope))))
        .collect();
    SessionFace {
        account: account.id.to_string(),
        city: city.to_string(),
        sign_in: account.sign_in.clone(),
        name: account.name.clone(),
        role: account.post.role.unwrap_or(Role::Resident).name().to_owned(),
        unit: account.post.unit.clone(),
        streets: account.post.streets.clone(),
        cells: account.post.cells.clone(),
        must_change_password: account.must_change_password,
        second_factor: account.second_factor,
        rights,
    }
}

fn by(account: kernel::id::AccountId, at: kernel::time::Moment) -> By {
    By { actor: ActorId::Account(account), at }
}

/// How an attempt to sign in went, when it did not.
enum Denied {
    Unknown,
    Locked(kernel::time::Moment),
    CodeMissing,
}

fn denied(state: &AppState, why: &Denied) -> Problem {
    match why {
        Denied::Unknown => Problem::new(ErrorKind::Unauthenticated, "sign_in_wrong"),
        Denied::CodeMissing => Problem::new(ErrorKind::Unauthenticated, "second_factor_code_needed"),
        Denied::Locked(until) => {
            let seconds = u64::try_from((*until - state.now()) / 1_000).unwrap_or(0) + 1;
            let minutes = seconds.div_ceil(60);
            let mut problem = Problem::new(ErrorKind::TooMany, "account_locked").detail("minutes", minutes);
            problem.retry_after_s = Some(seconds);
            problem
        }
    }
}

/// Checks password and code. Every way out costs one hashing, so that time tells nothing.
async fn check(state: &AppState, city: CityCode, attempt: SignIn) -> Result<Credentials, Problem> {
    let ledger = state.ledger().clone();
    let name = attempt.sign_in;
    let found =
        state.ledger().db().read(move |tx| account::find_by_sign_in(ledger.vault(), tx, city, &name)).await?;
    let stored = found.as_ref().map(|credentials| credentials.password.clone());
    let right = state.passwords().verify(attempt.password, stored).await;
    let Some(credentials) = found else { return Err(denied(state, &Denied::Unknown)) };
    let now = state.now();
    let id = credentials.account.id;
    if let Some(until) = credentials.account.locked_until.filter(|until| now < *until) {
        // Who knows the password learns that it is locked; who guesses learns nothing.
        return Err(denied(state, &if right { Denied::Locked(until) } else { Denied::Unknown }));
    }
    if credentials.account.disabled_at.is_some() {
        return Err(denied(state, &Denied::Unknown));
    }
    let mut passed = right;
    if passed && let Some(secret) = &credentials.totp_secret {
        let Some(code) = attempt.code.filter(|code| !code.trim().is_empty()) else {
            return Err(denied(state, &Denied::CodeMissing));
        };
        passed = match totp_step(secret, &code, now) {
            None => false,
            Some(step) => {
                state.ledger().db().write(move |tx| account::use_totp_step(tx, city, id, step)).await?
            }
        };
    }
    if passed {
        return Ok(credentials);
    }
    state
        .ledger()
        .db()
        .write(move |tx| {
            let at = ledger::moment(tx, city, now)?;
            account::note_failure(tx, city, id, &by(id, at)).map(drop)
        })
        .await
        .map_err(|error: LedgerError| Problem::from(error))?;
    state.ledger().announce();
    Err(denied(state, &Denied::Unknown))
}

async fn open(
    state: &AppState,
    city: CityCode,
    id: kernel::id::AccountId,
    before: Option<Token>,
) -> Result<Token, Problem> {
    let now = state.now();
    let token = state
        .ledger()
        .db()
        .write(move |tx| {
            let at = ledger::moment(tx, city, now)?;
            // The token changes at each sign-in: one that somebody planted before counts no more.
            if let Some(before) = before
                && before.city == city
            {
                match sessions::close(tx, city, &before.hash(), &by(id, at)) {
                    Ok(_) | Err(LedgerError::NotFound) => {}
                    Err(error) => return Err(error),
                }
            }
            sessions::open(tx, city, id, &by(id, at))
        })
        .await?;
    state.ledger().announce();
    Ok(token)
}

/// Sign in.
#[utoipa::path(post, path = "/api/v1/session", tag = "session", request_body = SignIn,
    params(("city" = Option<String>, Query, description = "The city's code; may be left out where there is one")),
    responses((status = 200, body = SessionFace), (status = 401, body = ProblemBody), (status = 429, body = ProblemBody)))]
pub(crate) async fn sign_in(
    State(state): State<AppState>,
    Source(source): Source,
    City(city): City,
    headers: HeaderMap,
    JsonBody(attempt): JsonBody<SignIn>,
) -> Result<Response, Problem> {
    state.limits().check_sign_in(source)?;
    let credentials = check(&state, city, attempt).await?;
    let token = open(&state, city, credentials.account.id, cookie_token(&headers)).await?;
    Ok(with_cookie(&state, &token, Json(face(city, &credentials.account)).into_response()))
}

fn with_cookie(state: &AppState, token: &Token, mut response: Response) -> Response {
    if let Some(cookie) = set_cookie(token, state.settings().tls) {
        response.headers_mut().insert(header::SET_COOKIE, cookie);
    }
    response
}

fn own(caller: &Caller) -> Result<Arc<SignedIn>, Problem> {
    caller.signed_in.clone().ok_or_else(|| Problem::new(ErrorKind::Unauthenticated, "sign_in_needed"))
}

/// Who is signed in.
#[utoipa::path(get, path = "/api/v1/session", tag = "session",
    responses((status = 200, body = SessionFace), (status = 401, body = ProblemBody)))]
pub(crate) async fn show(caller: Caller) -> Result<Json<SessionFace>, Problem> {
    let own = own(&caller)?;
    Ok(Json(face(own.session.city, &own.account)))
}

/// Sign out.
#[utoipa::path(delete, path = "/api/v1/session", tag = "session",
    responses((status = 204), (status = 401, body = ProblemBody)))]
pub(crate) async fn sign_out(State(state): State<AppState>, caller: Caller) -> Result<Response, Problem> {
    let own = own(&caller)?;
    let now = state.now();
    state
        .ledger()
        .db()
        .write(move |tx| {
            let city = own.session.city;
            let at = ledger::moment(tx, city, now)?;
            sessions::close(tx, city, &own.session.hash, &by(own.account.id, at)).map(drop)
        })
        .await
        .map_err(|error: LedgerError| Problem::from(error))?;
    let cookie = clear_cookie(state.settings().tls);
    Ok((StatusCode::NO_CONTENT, [(header::SET_COOKIE, cookie)]).into_response())
}

/// A new password in place of the old one.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PasswordChange {
    /// The password that counts now.
    old: String,
    /// The new one: at least 10 characters, not the old one.
    new: String,
}

/// Change the own password. All other sessions end; this one gets a new token.
#[utoipa::path(post, path = "/api/v1/session/password", tag = "session", request_body = PasswordChange,
    responses((status = 200, body = SessionFace), (status = 403, body = ProblemBody), (status = 422, body = ProblemBody)))]
pub(crate) async fn change_password(
    State(state): State<AppState>,
    Source(source): Source,
    caller: Caller,
    JsonBody(change): JsonBody<PasswordChange>,
) -> Result<Response, Problem> {
    state.limits().check_sign_in(source)?;
    let own = own(&caller)?;
    let city = own.session.city;
    confirm(&state, &own, change.old.clone()).await?;
    if change.old == change.new {
        return Err(PasswordError::Same.into());
    }
    let hash = state.passwords().hash(change.new).await?;
    let id = own.account.id;
    let now = state.now();
    state
        .ledger()
        .db()
        .write(move |tx| {
            let by = by(id, ledger::moment(tx, city, now)?);
            account::set_password(tx, city, id, &hash, false, &by)?;
            sessions::close_all_of(tx, city, id, &by).map(drop)
        })
        .await
        .map_err(|error: LedgerError| Problem::from(error))?;
    let token = open(&state, city, id, None).await?;
    let account = Account { must_change_password: false, ..own.account.clone() };
    Ok(with_cookie(&state, &token, Json(face(city, &account)).into_response()))
}

/// The person at the keyboard is the account's: they know its password. Failures count as failures to sign in.
async fn confirm(state: &AppState, own: &SignedIn, password: String) -> Result<(), Problem> {
    let (city, id) = (own.session.city, own.account.id);
    let ledger = state.ledger().clone();
    let stored = state
        .ledger()
        .db()
        .read(move |tx| account::credentials(ledger.vault(), tx, city, id))
        .await?
        .filter(|credentials| !credentials.account.is_locked(state.now()))
        .map(|credentials| credentials.password);
    if state.passwords().verify(password, stored).await {
        return Ok(());
    }
    let now = state.now();
    state
        .ledger()
        .db()
        .write(move |tx| {
            let at = ledger::moment(tx, city, now)?;
            account::note_failure(tx, city, id, &by(id, at)).map(drop)
        })
        .await
        .map_err(|error: LedgerError| Problem::from(error))?;
    Err(Problem::new(ErrorKind::Forbidden, "password_wrong"))
}

/// A step of setting the second factor up or taking it away.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "snake_case", tag = "step", deny_unknown_fields)]
pub(crate) enum SecondFactor {
    /// Give me a secret; nothing is set yet.
    Propose {},
    /// The app has the secret: this is its code.
    Confirm {
        /// The secret in base 32, as proposed.
        secret: String,
        /// The app's code now.
        code: String,
        /// The own password.
        password: String,
    },
    /// Take the second factor away.
    Remove {
        /// The own password.
        password: String,
        /// The app's code now.
        code: String,
    },
}

/// A secret to be taken into an authenticator app.
#[derive(Serialize, ToSchema)]
pub(crate) struct Proposal {
    /// The secret in base 32.
    secret: String,
    /// The same as an address, to be shown as a picture.
    address: String,
}

/// Set up the second factor, or take it away.
#[utoipa::path(post, path = "/api/v1/session/totp", tag = "session", request_body = SecondFactor,
    responses((status = 200, body = Proposal), (status = 204), (status = 403, body = ProblemBody)))]
pub(crate) async fn set_second_factor(
    State(state): State<AppState>,
    Source(source): Source,
    caller: Caller,
    JsonBody(step): JsonBody<SecondFactor>,
) -> Result<Response, Problem> {
    state.limits().check_sign_in(source)?;
    let own = own(&caller)?;
    let wrong = || Problem::new(ErrorKind::Forbidden, "second_factor_code_wrong");
    let (secret, password, code) = match step {
        SecondFactor::Propose {} => {
            let mut secret = [0; TOTP_SECRET_BYTES];
            getrandom::fill(&mut secret).map_err(|_| Problem::new(ErrorKind::Internal, "internal"))?;
            let (secret, address) = totp_address(&secret, &own.account.sign_in);
            return Ok(Json(Proposal { secret, address }).into_response());
        }
        SecondFactor::Confirm { secret, code, password } => {
            let secret = totp_rs::Secret::try_from_base32(secret).map_err(|_| wrong())?;
            let secret: Vec<u8> = secret.as_ref().to_vec();
            if secret.len() != TOTP_SECRET_BYTES {
                return Err(wrong());
            }
            (Some(secret), password, code)
        }
        SecondFactor::Remove { password, code } => (None, password, code),
    };
    confirm(&state, &own, password).await?;
    let (city, id, now) = (own.session.city, own.account.id, state.now());
    let ledger = state.ledger().clone();
    let set = state
        .ledger()
        .db()
        .write(move |tx| {
            let checked = match &secret {
                Some(secret) => Some(secret.clone()),
                None => account::credentials(ledger.vault(), tx, city, id)?.and_then(|all| all.totp_secret),
            };
            let Some(step) = checked.and_then(|secret| totp_step(&secret, &code, now)) else {
                return Ok(false);
            };
            let by = by(id, ledger::moment(tx, city, now)?);
            account::set_totp(ledger.vault(), tx, city, id, secret.as_deref(), &by)?;
            // The code that set it up is used.
            account::use_totp_step(tx, city, id, step)?;
            Ok::<_, LedgerError>(true)
        })
        .await?;
    if !set {
        return Err(wrong());
    }
    state.ledger().announce();
    Ok(StatusCode::NO_CONTENT.into_response())
}
