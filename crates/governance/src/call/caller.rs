//! Who calls: into the vault at the door, found again by the number, never in an entry.

use db::Tx;
use kernel::{
    code::CityCode,
    id::{CallId, PersonId},
    text::fold_width,
    time::{DAY_MS, Moment},
};
use ledger::{Condition, LedgerError, Vault};

use super::{Call, list::of_callers, noun::CallNoun};
use crate::{
    desk::{Contact, Desk, keep_contact},
    view::View,
};

/// Persons of one number that are looked at, the newest first.
pub const PERSONS_OF_NUMBER_MAX: u32 = 500;

/// A number as it is compared: digits only, without China's country code.
#[must_use]
pub fn plain_number(number: &str) -> String {
    let kept: String = number.chars().map(fold_width).filter(|c| c.is_ascii_digit() || *c == '+').collect();
    let national = kept.strip_prefix("+86").or_else(|| kept.strip_prefix("0086")).unwrap_or(&kept);
    national.trim_start_matches('+').to_owned()
}

/// Keeps a caller; `None` where nothing was given. The second part are all persons of the same number, the new one included.
pub(super) fn keep(
    tx: &mut Tx<'_>,
    desk: &mut Desk<'_>,
    contact: &Contact,
) -> Result<Option<(PersonId, Vec<PersonId>)>, LedgerError> {
    // What is no number is refused as the caller wrote it.
    let plain = plain_number(&contact.phone);
    let phone = if plain.len() >= 3 { plain } else { contact.phone.clone() };
    let contact = Contact { phone, ..contact.clone() };
    let Some(person) = keep_contact(tx, desk, &contact)? else { return Ok(None) };
    let mut persons = vec![person];
    if !contact.phone.trim().is_empty() {
        let same = desk.vault.find(tx, desk.view.code, "phone", &contact.phone, PERSONS_OF_NUMBER_MAX)?;
        persons.extend(same.into_iter().filter(|other| *other != person));
    }
    Ok(Some((person, persons)))
}

/// All persons of the number of one, itself included. The number is compared by the program and shown to nobody.
pub(super) fn same_number(
    tx: &mut Tx<'_>,
    vault: &Vault,
    city: CityCode,
    person: PersonId,
) -> Result<Vec<PersonId>, LedgerError> {
    let phone = match vault.reveal(tx, city, person) {
        Ok(mut fields) => fields.remove("phone"),
        Err(LedgerError::PersonErased | LedgerError::NotFound) => None,
        Err(error) => return Err(error),
    };
    let Some(phone) = phone else { return Ok(vec![person]) };
    let mut persons = vault.find(tx, city, "phone", &phone, PERSONS_OF_NUMBER_MAX)?;
    if !persons.contains(&person) {
        persons.push(person);
    }
    Ok(persons)
}

/// How many calls of these persons came before, within the city's days; the sheet itself, where there is one already, is left out.
pub(super) fn earlier_calls(
    tx: &mut Tx<'_>,
    view: &View,
    persons: &[PersonId],
    own: Option<(CallId, &Call)>,
    at: Moment,
) -> Result<u32, LedgerError> {
    let since = at + -i64::from(view.city.calls.repeat_days) * DAY_MS;
    let conditions = vec![of_callers(persons), Condition::From("at", since.millis().into())];
    let counted = ledger::count::<CallNoun>(tx, view.code, conditions, &[])?;
    let count: u64 = counted.iter().map(|(_, count)| count).sum();
    let is_own = own.is_some_and(|(_, call)| {
        call.at >= since && call.demand.caller.is_some_and(|caller| persons.contains(&caller))
    });
    Ok(u32::try_from(count.saturating_sub(u64::from(is_own))).unwrap_or(u32::MAX))
}
