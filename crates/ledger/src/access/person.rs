//! The trail of looks at personal data: every reveal has a reason, is an entry, and the person can see that it happened.

use std::collections::BTreeMap;

use db::{Tx, Value, dialect::ColumnType};
use kernel::{
    code::CityCode,
    error::Refusal,
    id::PersonId,
    role::{ActorId, Role},
    text::mask_personal,
    time::Moment,
};
use serde::{Deserialize, Serialize};

use crate::{By, LedgerError, Noun, Stamp, Vault, act, entry, history};

/// Longest reason for a look, characters.
pub const REASON_CHARS_MAX: usize = 500;

/// What happened to a person's data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PersonEvent {
    /// Somebody was shown some of it.
    Revealed {
        /// Which fields.
        fields: Vec<String>,
        /// For which record, e.g. a case's key.
        case: String,
        /// In which role.
        role: Role,
        /// Why, with personal data masked.
        reason: String,
    },
    /// It was erased.
    Erased {},
}

/// The audit's view of a person's data.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonState {
    /// How often it was looked at.
    pub looks: u64,
    /// It was erased.
    pub erased: bool,
}

/// Persons in the ledger: noun `person`, by person id; only looks and erasure, never data.
#[derive(Debug)]
pub struct PersonTrail;

impl Noun for PersonTrail {
    const NAME: &'static str = "person";
    const COLUMNS: &'static [(&'static str, ColumnType)] = &[("looks", ColumnType::Int)];

    type State = PersonState;
    type Event = PersonEvent;

    fn kind(event: &PersonEvent) -> &'static str {
        match event {
            PersonEvent::Revealed { .. } => "revealed",
            PersonEvent::Erased {} => "erased",
        }
    }

    fn evolve(state: Option<PersonState>, event: &PersonEvent, _: &Stamp) -> PersonState {
        let mut state = state.unwrap_or_default();
        match event {
            PersonEvent::Revealed { .. } => state.looks += 1,
            PersonEvent::Erased {} => state.erased = true,
        }
        state
    }

    fn columns(state: &PersonState) -> Vec<Value<'_>> {
        vec![state.looks.cast_signed().into()]
    }
}

/// What somebody asks to see.
#[derive(Debug, Clone)]
pub struct Reveal<'a> {
    /// Whose data.
    pub person: PersonId,
    /// Which fields; all that there are where it is empty.
    pub fields: &'a [&'a str],
    /// For which record.
    pub case: &'a str,
    /// In which role.
    pub role: Role,
    /// Why.
    pub reason: &'a str,
}

/// Gives fields of a person and appends that they were given, in the same transaction.
///
/// # Errors
/// Refusals `reason_missing` and `reason_too_long`, [`LedgerError::PersonErased`], [`LedgerError::NotFound`], or as the store says.
pub fn reveal(
    vault: &Vault,
    tx: &mut Tx<'_>,
    city: CityCode,
    asked: &Reveal<'_>,
    by: &By,
) -> Result<BTreeMap<String, String>, LedgerError> {
    let reason = asked.reason.trim();
    if reason.is_empty() {
        return Err(Refusal::invalid("reason_missing").into());
    }
    if reason.chars().count() > REASON_CHARS_MAX {
        return Err(Refusal::invalid("reason_too_long").with("max", REASON_CHARS_MAX).into());
    }
    let mut found = vault.reveal(tx, city, asked.person)?;
    if !asked.fields.is_empty() {
        found.retain(|field, _| asked.fields.contains(&field.as_str()));
    }
    let event = PersonEvent::Revealed {
        fields: found.keys().cloned().collect(),
        case: asked.case.to_owned(),
        role: asked.role,
        reason: mask_personal(reason).text,
    };
    act::<PersonTrail, LedgerError>(tx, city, &asked.person.to_string(), None, by, |_, _| Ok(vec![event]))?;
    Ok(found)
}

/// Erases a person's data and appends that it was done.
///
/// # Errors
/// [`LedgerError::NotFound`], or as the store says.
pub fn erase(
    vault: &Vault,
    tx: &mut Tx<'_>,
    city: CityCode,
    person: PersonId,
    by: &By,
) -> Result<(), LedgerError> {
    entry::hold(tx, city)?;
    vault.erase(tx, city, person, by.at)?;
    let erased = vec![PersonEvent::Erased {}];
    act::<PersonTrail, LedgerError>(tx, city, &person.to_string(), None, by, |_, _| Ok(erased)).map(drop)
}

/// One look at a person's data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Look {
    /// When.
    pub at: Moment,
    /// By whom; for the audit, not for the person.
    pub actor: ActorId,
    /// In which role.
    pub role: Role,
    /// Which fields.
    pub fields: Vec<String>,
    /// For which record.
    pub case: String,
    /// Why.
    pub reason: String,
}

/// The looks at a person's data, the oldest first.
///
/// # Errors
/// [`LedgerError`] as the store says.
pub fn looks(tx: &mut Tx<'_>, city: CityCode, person: PersonId) -> Result<Vec<Look>, LedgerError> {
    let key = person.to_string();
    let mut looks = Vec::new();
    for entry in history(tx, city, PersonTrail::NAME, &key)? {
        let event = serde_json::from_str(&entry.body)
            .map_err(|error| LedgerError::unreadable(PersonTrail::NAME, &key, entry.version, &error))?;
        if let PersonEvent::Revealed { fields, case, role, reason } = event {
            let actor = entry
                .actor
                .parse()
                .map_err(|_| LedgerError::Damaged(format!("entry {} has no readable actor", entry.seq)))?;
            looks.push(Look { at: entry.at, actor, role, fields, case, reason });
        }
    }
    Ok(looks)
}
