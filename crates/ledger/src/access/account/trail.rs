//! What the ledger says of accounts: the noun `account`, without names and secrets.

use db::{Value, dialect::ColumnType};
use kernel::{role::Role, time::Moment};
use serde::{Deserialize, Serialize};

use crate::{Noun, Stamp};

use super::Post;

/// What happened to an account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AccountEvent {
    /// It was made.
    Made(Post),
    /// Its post was changed.
    RoleGranted(Post),
    /// Its password was set.
    PasswordSet {
        /// It must be changed at the next sign-in.
        must_change: bool,
    },
    /// Its second factor was set up or taken away.
    SecondFactorSet {
        /// There is one now.
        on: bool,
    },
    /// Somebody signed in.
    SignedIn {},
    /// Somebody failed to sign in.
    SignInFailed {
        /// How often in a row.
        failures: u32,
    },
    /// It is locked after too many failures.
    Locked {
        /// Until when.
        until: Moment,
    },
    /// It may not sign in any more.
    Disabled {},
    /// It may sign in again.
    Enabled {},
    /// Sessions were closed by somebody else or by a change of password.
    SessionsClosed {
        /// How many.
        sessions: u64,
    },
}

/// The audit's view of an account.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountState {
    /// The post.
    pub post: Post,
    /// It may not sign in.
    pub disabled: bool,
    /// When somebody signed in last.
    pub signed_in_at: Option<Moment>,
}

/// Accounts in the ledger: noun `account`, by account id.
#[derive(Debug)]
pub struct AccountTrail;

impl Noun for AccountTrail {
    const NAME: &'static str = "account";
    const COLUMNS: &'static [(&'static str, ColumnType)] = &[("role", ColumnType::Text)];

    type State = AccountState;
    type Event = AccountEvent;

    fn kind(event: &AccountEvent) -> &'static str {
        match event {
            AccountEvent::Made(_) => "made",
            AccountEvent::RoleGranted(_) => "role_granted",
            AccountEvent::PasswordSet { .. } => "password_set",
            AccountEvent::SecondFactorSet { .. } => "second_factor_set",
            AccountEvent::SignedIn {} => "signed_in",
            AccountEvent::SignInFailed { .. } => "sign_in_failed",
            AccountEvent::Locked { .. } => "locked",
            AccountEvent::Disabled {} => "disabled",
            AccountEvent::Enabled {} => "enabled",
            AccountEvent::SessionsClosed { .. } => "sessions_closed",
        }
    }

    fn evolve(state: Option<AccountState>, event: &AccountEvent, stamp: &Stamp) -> AccountState {
        let mut state = state.unwrap_or_default();
        match event {
            AccountEvent::Made(post) | AccountEvent::RoleGranted(post) => state.post = post.clone(),
            AccountEvent::SignedIn {} => state.signed_in_at = Some(stamp.at),
            AccountEvent::Disabled {} => state.disabled = true,
            AccountEvent::Enabled {} => state.disabled = false,
            AccountEvent::PasswordSet { .. }
            | AccountEvent::SecondFactorSet { .. }
            | AccountEvent::SignInFailed { .. }
            | AccountEvent::Locked { .. }
            | AccountEvent::SessionsClosed { .. } => {}
        }
        state
    }

    fn columns(state: &AccountState) -> Vec<Value<'_>> {
        vec![state.post.role.map(Role::name).into()]
    }
}
