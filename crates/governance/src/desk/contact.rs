//! Contact data of reporters: into the vault at the door, out of it only with a reason, on record and visible to the person.

use std::collections::BTreeMap;

use db::Tx;
use kernel::{
    error::Refusal,
    id::{CaseId, PersonId},
    role::Action,
};
use ledger::{
    LedgerError,
    access::person::{self, Look, Reveal},
};

use super::{Desk, may, seen};

/// Longest name, characters.
pub const PERSON_NAME_CHARS_MAX: usize = 60;
const PHONE_CHARS_MAX: usize = 32;
const EMAIL_CHARS_MAX: usize = 254;

/// The fields of a person that the vault holds.
pub const CONTACT_FIELDS: [&str; 3] = ["name", "phone", "email"];

/// Who may be asked back. Every part may be empty.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Contact {
    /// The name.
    pub name: String,
    /// The telephone number.
    pub phone: String,
    /// The e-mail address.
    pub email: String,
}

impl std::fmt::Debug for Contact {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Contact")
    }
}

impl Contact {
    fn fields(&self) -> BTreeMap<String, String> {
        CONTACT_FIELDS
            .into_iter()
            .zip([&self.name, &self.phone, &self.email])
            .map(|(field, value)| (field.to_owned(), value.trim().to_owned()))
            .filter(|(_, value)| !value.is_empty())
            .collect()
    }

    fn check(&self) -> Result<(), Refusal> {
        let mut faults = Vec::new();
        for (field, value, max) in [
            ("name", &self.name, PERSON_NAME_CHARS_MAX),
            ("phone", &self.phone, PHONE_CHARS_MAX),
            ("email", &self.email, EMAIL_CHARS_MAX),
        ] {
            if value.trim().chars().count() > max {
                faults.push(serde_json::json!({ "field": field, "code": "value_too_long" }));
            }
        }
        let phone = self.phone.trim();
        let digits = phone.chars().filter(char::is_ascii_digit).count();
        let is_phone = phone.chars().all(|c| c.is_ascii_digit() || " +-()".contains(c)) && digits >= 3;
        if !phone.is_empty() && !is_phone {
            faults.push(serde_json::json!({ "field": "phone", "code": "phone_malformed" }));
        }
        let email = self.email.trim();
        let is_email =
            email.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.'));
        if !email.is_empty() && !is_email {
            faults.push(serde_json::json!({ "field": "email", "code": "email_malformed" }));
        }
        if faults.is_empty() {
            Ok(())
        } else {
            Err(Refusal::invalid("fields_invalid").with("fields", faults))
        }
    }
}

/// Keeps a person; nobody where nothing was given.
pub(crate) fn keep(
    tx: &mut Tx<'_>,
    desk: &mut Desk<'_>,
    contact: &Contact,
) -> Result<Option<PersonId>, LedgerError> {
    contact.check()?;
    let fields = contact.fields();
    if fields.is_empty() {
        return Ok(None);
    }
    let person = PersonId::fresh(desk.ids, desk.at);
    desk.vault.keep(tx, desk.view.code, person, &fields, &["phone", "email"], desk.at)?;
    Ok(Some(person))
}

/// Shows a reporter's contact data to somebody who has the right and gives a reason: once, on record.
///
/// # Errors
/// [`LedgerError::NotFound`] for a case that the person may not see, `right_missing`, `reporter_unnamed`, `reason_missing`; or as the store
/// says.
pub fn reveal(
    tx: &mut Tx<'_>,
    desk: &mut Desk<'_>,
    id: CaseId,
    reason: &str,
) -> Result<BTreeMap<String, String>, LedgerError> {
    let record = seen(tx, desk.view, desk.actor, id)?;
    if !may(desk.actor, Action::ContactReveal, &record.state, false) {
        return Err(Refusal::forbidden("right_missing").with("action", Action::ContactReveal.name()).into());
    }
    let person = record.state.reporter.ok_or_else(|| Refusal::not_found("reporter_unnamed"))?;
    let asked = Reveal { person, fields: &CONTACT_FIELDS, case: &record.key, role: desk.actor.role, reason };
    person::reveal(desk.vault, tx, desk.view.code, &asked, &desk.by())
}

/// Who looked at a reporter's contact data, for the reporter: when, in which role, why.
///
/// # Errors
/// As the store says.
pub fn looks_of(tx: &mut Tx<'_>, desk: &Desk<'_>, person: PersonId) -> Result<Vec<Look>, LedgerError> {
    person::looks(tx, desk.view.code, person)
}
