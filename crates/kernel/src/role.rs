//! Who may do what: one table role × action → scope ([`right`]), least by default.
//!
//! Roles follow the posts of the service (standards.md 3.2). The three administrators are apart: the system's creates
//! accounts, changes settings, backs up and loads data; the security's grants roles, keys and sessions; the audit's
//! reads logs and ledger. None of them sees contact data or acts on a case.

mod action;
mod rights;
#[cfg(test)]
mod tests;

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

pub use self::{action::Action, rights::right};
use crate::{
    error::{Coded, ErrorKind},
    id::AccountId,
};

/// Longest name of an API key, characters.
pub const KEY_NAME_CHARS_MAX: usize = 64;

/// A name that is none of ours.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RoleError {
    /// No such role.
    #[error("role_unknown")]
    RoleUnknown,
    /// No such action.
    #[error("action_unknown")]
    ActionUnknown,
    /// No such scope.
    #[error("scope_unknown")]
    ScopeUnknown,
    /// Not an actor's id as the ledger writes it.
    #[error("actor_malformed")]
    ActorMalformed,
}

impl Coded for RoleError {
    fn code(&self) -> &'static str {
        match self {
            Self::RoleUnknown => "role_unknown",
            Self::ActionUnknown => "action_unknown",
            Self::ScopeUnknown => "scope_unknown",
            Self::ActorMalformed => "actor_malformed",
        }
    }

    fn kind(&self) -> ErrorKind {
        ErrorKind::Malformed
    }
}

/// A post 岗位. An account has one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// A resident without account; a report of their own is reached by reference and token.
    Resident,
    /// 信息采集员: reports, verifies and checks on site.
    Collector,
    /// 受理员: accepts reports, takes calls.
    Acceptor,
    /// 值班长: files, refuses, voids, closes.
    ShiftLeader,
    /// 派遣员: dispatches and supervises.
    Dispatcher,
    /// The handling unit's desk 处置部门.
    UnitManager,
    /// Handles on site 处置人员.
    Worker,
    /// 督办领导: urges and decides on time.
    Leader,
    /// 考评员: reads and counts.
    Evaluator,
    /// 经办人: keeps the registers of a unit.
    Clerk,
    /// Accounts, settings, backup, import.
    SystemAdministrator,
    /// Roles, keys, sessions.
    SecurityAdministrator,
    /// Logs and ledger, read only.
    AuditAdministrator,
}

impl Role {
    /// All of them.
    pub const ALL: [Self; 13] = [
        Self::Resident,
        Self::Collector,
        Self::Acceptor,
        Self::ShiftLeader,
        Self::Dispatcher,
        Self::UnitManager,
        Self::Worker,
        Self::Leader,
        Self::Evaluator,
        Self::Clerk,
        Self::SystemAdministrator,
        Self::SecurityAdministrator,
        Self::AuditAdministrator,
    ];

    /// The `snake_case` name, stable for ever.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Resident => "resident",
            Self::Collector => "collector",
            Self::Acceptor => "acceptor",
            Self::ShiftLeader => "shift_leader",
            Self::Dispatcher => "dispatcher",
            Self::UnitManager => "unit_manager",
            Self::Worker => "worker",
            Self::Leader => "leader",
            Self::Evaluator => "evaluator",
            Self::Clerk => "clerk",
            Self::SystemAdministrator => "system_administrator",
            Self::SecurityAdministrator => "security_administrator",
            Self::AuditAdministrator => "audit_administrator",
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

impl FromStr for Role {
    type Err = RoleError;

    fn from_str(text: &str) -> Result<Self, RoleError> {
        Self::ALL.into_iter().find(|role| role.name() == text).ok_or(RoleError::RoleUnknown)
    }
}

/// How far a right reaches. Cell includes the person's own tasks outside their cells; no other scope includes another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ScopeKind {
    /// What the person reported or has been given.
    Own,
    /// Things in the person's grid cells.
    Cell,
    /// Things that the person's unit handles.
    Unit,
    /// Things in the person's streets.
    Street,
    /// Anything in the city.
    City,
}

impl ScopeKind {
    /// All of them, narrow to wide.
    pub const ALL: [Self; 5] = [Self::Own, Self::Cell, Self::Unit, Self::Street, Self::City];

    /// The `snake_case` name, stable for ever.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Own => "own",
            Self::Cell => "cell",
            Self::Unit => "unit",
            Self::Street => "street",
            Self::City => "city",
        }
    }
}

impl fmt::Display for ScopeKind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

impl FromStr for ScopeKind {
    type Err = RoleError;

    fn from_str(text: &str) -> Result<Self, RoleError> {
        Self::ALL.into_iter().find(|scope| scope.name() == text).ok_or(RoleError::ScopeUnknown)
    }
}

/// Who acted, as it stands in the ledger: never a person's name. Text: `account:ID`, `key:NAME`, `resident`, `system`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum ActorId {
    /// A person with an account.
    Account(AccountId),
    /// A program with an API key, by the key's name.
    Key(String),
    /// A resident without account.
    Resident,
    /// The program itself: timers and jobs.
    System,
}

impl fmt::Display for ActorId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Account(id) => write!(formatter, "account:{id}"),
            Self::Key(name) => write!(formatter, "key:{name}"),
            Self::Resident => formatter.write_str("resident"),
            Self::System => formatter.write_str("system"),
        }
    }
}

impl FromStr for ActorId {
    type Err = RoleError;

    fn from_str(text: &str) -> Result<Self, RoleError> {
        match text.split_once(':') {
            Some(("account", id)) => id.parse().map(Self::Account).map_err(|_| RoleError::ActorMalformed),
            Some(("key", name)) if (1..=KEY_NAME_CHARS_MAX).contains(&name.chars().count()) => {
                Ok(Self::Key(name.to_owned()))
            }
            None if text == "resident" => Ok(Self::Resident),
            None if text == "system" => Ok(Self::System),
            _ => Err(RoleError::ActorMalformed),
        }
    }
}

impl TryFrom<String> for ActorId {
    type Error = RoleError;

    fn try_from(text: String) -> Result<Self, RoleError> {
        text.parse()
    }
}

impl From<ActorId> for String {
    fn from(id: ActorId) -> Self {
        id.to_string()
    }
}

/// Where a thing belongs, as far as rights ask. [`Place::default`] is a thing of the city as a whole.
#[derive(Debug, Clone, Copy, Default)]
pub struct Place<'a> {
    /// Codes of the units that handle it.
    pub units: &'a [String],
    /// Code of its street or town (9 digits), where it lies in one.
    pub street: Option<&'a str>,
    /// Code of its grid cell (15 digits), where it lies in one.
    pub cell: Option<&'a str>,
    /// Who has been given it: the assigned worker, the collector with the task.
    pub owners: &'a [ActorId],
    /// Who reported it; counts for looking at it and adding to it only ([`Action::is_reporters`]).
    pub reporter: Option<&'a ActorId>,
    /// The asker has shown the reference and the secret token of this very thing (a resident's own report).
    pub token_shown: bool,
}

/// Who asks, with what the table needs to know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Actor {
    /// Who.
    pub id: ActorId,
    /// The post.
    pub role: Role,
    /// Code of the person's unit.
    pub unit: Option<String>,
    /// Codes of the streets or towns that a street-level post is kept to; empty for a post of the whole city.
    pub streets: Vec<String>,
    /// Codes of the person's grid cells.
    pub cells: Vec<String>,
}

impl Actor {
    /// A resident without account.
    #[must_use]
    pub fn resident() -> Self {
        Self {
            id: ActorId::Resident,
            role: Role::Resident,
            unit: None,
            streets: Vec::new(),
            cells: Vec::new(),
        }
    }

    /// How far this person's right reaches: the table's answer, and for a post with streets (两级指挥) "city" becomes
    /// "street" wherever the thing lies somewhere. A list query filters by this.
    #[must_use]
    pub fn reach(&self, action: Action) -> Option<ScopeKind> {
        match right(self.role, action)? {
            ScopeKind::City if action.is_placed() && !self.streets.is_empty() => Some(ScopeKind::Street),
            scope => Some(scope),
        }
    }

    /// May this person do this to a thing that belongs there?
    #[must_use]
    pub fn may(&self, action: Action, place: &Place<'_>) -> bool {
        let Some(scope) = self.reach(action) else { return false };
        match scope {
            ScopeKind::Own => self.owns(action, place),
            ScopeKind::Cell => {
                self.owns(action, place)
                    || place.cell.is_some_and(|cell| self.cells.iter().any(|own| own == cell))
            }
            // Reporting a problem gives a unit or a street-level post no hold on somebody else's case.
            ScopeKind::Unit => self.unit.as_ref().is_some_and(|unit| place.units.contains(unit)),
            ScopeKind::Street => {
                place.street.is_some_and(|street| self.streets.iter().any(|own| own == street))
            }
            ScopeKind::City => true,
        }
    }

    /// Residents share one id, so for them only the token counts; for staff a token counts nothing.
    fn owns(&self, action: Action, place: &Place<'_>) -> bool {
        match self.id {
            ActorId::Resident => place.token_shown,
            ActorId::Account(_) | ActorId::Key(_) => {
                place.owners.contains(&self.id) || action.is_reporters() && place.reporter == Some(&self.id)
            }
            ActorId::System => false,
        }
    }
}
