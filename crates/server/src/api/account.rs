//! Accounts: the system's administrator makes and closes them, the security's gives them their posts.

use axum::{
    Json,
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};
use kernel::{
    error::ErrorKind,
    id::{AccountId, SystemIds},
    role::{Action, Actor, Role},
};
use ledger::{
    LedgerError,
    access::{Account, NewAccount, Post, account, session},
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::routes;

use super::{PAGE, PAGE_MAX};
use crate::{
    app::AppState,
    problem::{Problem, ProblemBody},
    request::{Arguments, JsonBody, idempotency_key},
    rights::{Caller, City},
    routes::{Guard, Routes},
};

/// Characters of a one-time password: no two that look alike.
const PASSWORD_CHARACTERS: &[u8; 32] = b"abcdefghjkmnpqrstuvwxyz234567892";
/// Length of a one-time password: 80 random bits.
const PASSWORD_LENGTH: usize = 16;

pub(super) fn routes(routes: Routes) -> Routes {
    routes
        .route(Guard::Right(Action::UnitView), routes!(list))
        .route(Guard::Right(Action::AccountManage), routes!(add))
        .route(Guard::Right(Action::AccountManage), routes!(change))
        .route(Guard::Right(Action::RoleGrant), routes!(grant))
        .route(Guard::Right(Action::SessionManage), routes!(close_sessions))
}

/// A person who works here. What only administrators need is left out for others.
#[derive(Serialize, ToSchema)]
pub(crate) struct AccountFace {
    /// The id.
    id: String,
    /// The person's name.
    name: String,
    /// The post, where one was granted.
    role: Option<String>,
    /// Code of the unit.
    unit: Option<String>,
    /// Codes of the streets that the post is kept to.
    streets: Vec<String>,
    /// Codes of the grid cells.
    cells: Vec<String>,
    /// May not sign in.
    disabled: bool,
    /// The name to sign in with; for administrators.
    #[serde(skip_serializing_if = "Option::is_none")]
    sign_in: Option<String>,
    /// Locked until then, UTC milliseconds; for administrators.
    #[serde(skip_serializing_if = "Option::is_none")]
    locked_until: Option<i64>,
    /// There is a second factor; for administrators.
    #[serde(skip_serializing_if = "Option::is_none")]
    second_factor: Option<bool>,
}

fn face(account: Account, asker: &Actor) -> AccountFace {
    let administrator = matches!(asker.role, Role::SystemAdministrator | Role::SecurityAdministrator);
    AccountFace {
        id: account.id.to_string(),
        name: account.name,
        role: account.post.role.map(|role| role.name().to_owned()),
        unit: account.post.unit,
        streets: account.post.streets,
        cells: account.post.cells,
        disabled: account.disabled_at.is_some(),
        sign_in: administrator.then_some(account.sign_in),
        locked_until: account.locked_until.filter(|_| administrator).map(|until| until.millis()),
        second_factor: administrator.then_some(account.second_factor),
    }
}

/// Which page of accounts.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Page {
    /// `next` of the page before.
    after: Option<String>,
    /// Accounts on the page, at most 500.
    limit: Option<u32>,
}

/// A page of accounts.
#[derive(Serialize, ToSchema)]
pub(crate) struct AccountPage {
    /// The accounts, by the name to sign in with.
    items: Vec<AccountFace>,
    /// Goes into `after` for the next page; none where this is the last.
    next: Option<String>,
}

/// Accounts of the city.
#[utoipa::path(get, path = "/api/v1/accounts", tag = "account", operation_id = "account_list", params(Page),
    responses((status = 200, body = AccountPage), (status = 403, body = ProblemBody)))]
pub(crate) async fn list(
    State(state): State<AppState>,
    caller: Caller,
    City(city): City,
    Arguments(page): Arguments<Page>,
) -> Result<Json<AccountPage>, Problem> {
    let limit = page.limit.unwrap_or(PAGE).clamp(1, PAGE_MAX);
    let after = match page.after.as_deref().map(str::parse::<AccountId>).transpose() {
        Ok(after) => after,
        Err(_) => return Err(Problem::malformed("after")),
    };
    let ledger = state.ledger().clone();
    let found = state
        .read(move |tx| {
            let after = match after {
                Some(id) => account::get(ledger.vault(), tx, city, id)?.map(|account| account.sign_in),
                None => None,
            };
            account::list(ledger.vault(), tx, city, &after.unwrap_or_default(), limit)
        })
        .await?;
    let more = found.len() == limit as usize;
    let next = found.last().filter(|_| more).map(|account| account.id.to_string());
    let items = found.into_iter().map(|account| face(account, &caller.actor)).collect();
    Ok(Json(AccountPage { items, next }))
}

/// A new account. It can do nothing before it is given a post.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewAccountBody {
    /// The name to sign in with; case and width do not count.
    sign_in: String,
    /// The person's name.
    name: String,
}

/// A new account with its one-time password.
#[derive(Serialize, ToSchema)]
pub(crate) struct AccountMade {
    /// The id.
    id: String,
    /// Shown once, to be changed at the first sign-in; absent where this is the answer to a repeated request.
    password: Option<String>,
}

fn one_time_password() -> Result<String, Problem> {
    let mut random = [0; PASSWORD_LENGTH];
    getrandom::fill(&mut random).map_err(|_| Problem::new(ErrorKind::Internal, "internal"))?;
    // 32 characters: the low five bits choose evenly.
    let character =
        |byte: &u8| char::from(PASSWORD_CHARACTERS.get(usize::from(byte & 31)).copied().unwrap_or(b'2'));
    Ok(random.iter().map(character).collect())
}

/// Make an account.
#[utoipa::path(post, path = "/api/v1/accounts", tag = "account", operation_id = "account_add", request_body = NewAccountBody,
    params(("Idempotency-Key" = String, Header)),
    responses((status = 201, body = AccountMade), (status = 409, body = ProblemBody), (status = 422, body = ProblemBody)))]
pub(crate) async fn add(
    State(state): State<AppState>,
    caller: Caller,
    City(city): City,
    headers: HeaderMap,
    JsonBody(new): JsonBody<NewAccountBody>,
) -> Result<Response, Problem> {
    let key = idempotency_key(&headers)?;
    let password = one_time_password()?;
    let hash = state.passwords().hash(password.clone()).await?;
    let ledger = state.ledger().clone();
    let done = state
        .write(city, move |tx, at| {
            let body = format!("{}\u{0}{}", new.sign_in, new.name);
            ledger::once::<LedgerError>(tx, city, (&caller.scope(), &key, body.as_bytes()), at, |tx| {
                let id = AccountId::fresh(&mut SystemIds, at);
                let new = NewAccount {
                    sign_in: new.sign_in,
                    name: new.name,
                    post: Post::default(),
                    password: hash,
                    must_change_password: true,
                };
                account::create(ledger.vault(), tx, city, id, &new, &caller.by(at))?;
                Ok(id.to_string())
            })
        })
        .await?;
    let made = AccountMade { id: done.answer, password: (!done.again).then_some(password) };
    Ok((StatusCode::CREATED, Json(made)).into_response())
}

/// What the system's administrator may do with an account.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "snake_case", tag = "change", deny_unknown_fields)]
pub(crate) enum AccountChange {
    /// It may not sign in any more; its sessions end.
    Disable {},
    /// It may sign in again.
    Enable {},
    /// It gets a new one-time password; its sessions end.
    ResetPassword {},
    /// Its second factor is lost and taken away.
    RemoveSecondFactor {},
}

/// Disable or enable an account, or give it a new one-time password.
#[utoipa::path(patch, path = "/api/v1/accounts/{id}", tag = "account", operation_id = "account_change", request_body = AccountChange,
    params(("id" = String, Path)),
    responses((status = 200, body = AccountMade), (status = 404, body = ProblemBody)))]
pub(crate) async fn change(
    State(state): State<AppState>,
    caller: Caller,
    City(city): City,
    Path(id): Path<String>,
    JsonBody(change): JsonBody<AccountChange>,
) -> Result<Json<AccountMade>, Problem> {
    let id: AccountId = id.parse().map_err(|_| Problem::not_found())?;
    let (mut password, mut hash) = (None, None);
    if matches!(change, AccountChange::ResetPassword {}) {
        let fresh = one_time_password()?;
        hash = Some(state.passwords().hash(fresh.clone()).await?);
        password = Some(fresh);
    }
    let ledger = state.ledger().clone();
    state
        .write(city, move |tx, at| {
            let by = caller.by(at);
            match change {
                AccountChange::Disable {} => account::disable(tx, city, id, &by),
                AccountChange::Enable {} => account::enable(tx, city, id, &by),
                AccountChange::ResetPassword {} => {
                    account::set_password(tx, city, id, &hash.unwrap_or_default(), true, &by)?;
                    session::close_all_of(tx, city, id, &by).map(drop)
                }
                AccountChange::RemoveSecondFactor {} => {
                    account::set_totp(ledger.vault(), tx, city, id, None, &by)
                }
            }
        })
        .await?;
    Ok(Json(AccountMade { id: id.to_string(), password }))
}

/// A post: the role and where it counts.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PostBody {
    /// The role; none takes the post away.
    role: Option<String>,
    /// Code of the unit.
    unit: Option<String>,
    /// Codes of the streets that the post is kept to.
    #[serde(default)]
    streets: Vec<String>,
    /// Codes of the grid cells.
    #[serde(default)]
    cells: Vec<String>,
}

/// Give an account its post. Nobody grants to themselves.
#[utoipa::path(put, path = "/api/v1/accounts/{id}/post", tag = "account", operation_id = "account_grant", request_body = PostBody,
    params(("id" = String, Path)),
    responses((status = 204), (status = 403, body = ProblemBody), (status = 404, body = ProblemBody)))]
pub(crate) async fn grant(
    State(state): State<AppState>,
    caller: Caller,
    City(city): City,
    Path(id): Path<String>,
    JsonBody(body): JsonBody<PostBody>,
) -> Result<StatusCode, Problem> {
    let id: AccountId = id.parse().map_err(|_| Problem::not_found())?;
    if caller.actor.id == kernel::role::ActorId::Account(id) {
        return Err(Problem::new(ErrorKind::Forbidden, "grant_to_oneself"));
    }
    let role = body.role.as_deref().map(str::parse::<Role>).transpose()?;
    let post = Post { role, unit: body.unit, streets: body.streets, cells: body.cells };
    state.write(city, move |tx, at| account::set_role(tx, city, id, &post, &caller.by(at))).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// How many sessions were ended.
#[derive(Serialize, ToSchema)]
pub(crate) struct SessionsEnded {
    /// So many.
    ended: u64,
}

/// End all sessions of an account.
#[utoipa::path(delete, path = "/api/v1/accounts/{id}/sessions", tag = "account", operation_id = "account_close_sessions",
    params(("id" = String, Path)), responses((status = 200, body = SessionsEnded), (status = 403, body = ProblemBody)))]
pub(crate) async fn close_sessions(
    State(state): State<AppState>,
    caller: Caller,
    City(city): City,
    Path(id): Path<String>,
) -> Result<Json<SessionsEnded>, Problem> {
    let id: AccountId = id.parse().map_err(|_| Problem::not_found())?;
    let ended = state.write(city, move |tx, at| session::close_all_of(tx, city, id, &caller.by(at))).await?;
    Ok(Json(SessionsEnded { ended }))
}
