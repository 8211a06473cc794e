//! What people do with cases, over the ledger: reporting, acting, finding, looking. Each function is one step of one transaction: it asks
//! the rules of [`crate::case`] and keeps what they decide, with all that belongs to it.

mod act;
mod contact;
mod list;
mod open;
mod public;
mod report;
#[cfg(test)]
pub(crate) mod tests;

use db::Tx;
use kernel::{
    error::Refusal,
    id::{CaseId, IdSource},
    role::{Action, Actor},
    time::Moment,
};
use ledger::{By, LedgerError, Record, Vault};

use crate::{
    case::{Case, noun::CaseNoun},
    view::View,
};

pub use self::{
    act::{Part, Wanted, act, allowed, allowed_to_reporter, fire_due, recompute_clocks},
    contact::{CONTACT_FIELDS, Contact, PERSON_NAME_CHARS_MAX, looks_of, reveal},
    list::{CaseFilter, Found, PAGE_MAX, PageMark, Sort, count, count_columns, list},
    open::{OPEN_SKIP_MAX, OpenUpdate, find_open, list_open, list_public, open_updates},
    public::{PublicState, PublicStep, expected_at, is_public, public_photos, timeline},
    report::{NewPlace, NewReport, Reported, TOKEN_CHARS, is_token_of, report, token_hash},
};

pub(crate) use self::{
    contact::keep as keep_contact,
    report::{class_key, relocated, report_of},
};

/// Who stands at the desk, when, and with what.
pub struct Desk<'a> {
    /// The city.
    pub view: &'a View,
    /// Where personal data goes.
    pub vault: &'a Vault,
    /// Who.
    pub actor: &'a Actor,
    /// When.
    pub at: Moment,
    /// Where ids, secrets and lots come from.
    pub ids: &'a mut dyn IdSource,
}

impl std::fmt::Debug for Desk<'_> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "Desk({}, {})", self.view.code, self.actor.role)
    }
}

impl Desk<'_> {
    fn by(&self) -> By {
        By { actor: self.actor.id.clone(), at: self.at }
    }
}

/// May this person do this to the case?
#[must_use]
pub fn may(actor: &Actor, action: Action, case: &Case, is_reporter: bool) -> bool {
    actor.may(action, &case.holders().belongs(case, is_reporter))
}

/// A case that the person may see; one that they may not is as if it did not exist.
///
/// # Errors
/// [`LedgerError::NotFound`], or as the store says.
pub fn seen(
    tx: &mut Tx<'_>,
    view: &View,
    actor: &Actor,
    id: CaseId,
) -> Result<Record<CaseNoun>, LedgerError> {
    let record = ledger::get::<CaseNoun>(tx, view.code, &id.to_string())?.ok_or(LedgerError::NotFound)?;
    if may(actor, Action::CaseView, &record.state, false) { Ok(record) } else { Err(LedgerError::NotFound) }
}

/// The case of a reference, as people write it, of an id, or of what the source of an import calls it.
///
/// # Errors
/// As the store says.
pub fn find(tx: &mut Tx<'_>, view: &View, text: &str) -> Result<Option<Record<CaseNoun>>, LedgerError> {
    if let Ok(id) = text.trim().parse::<CaseId>() {
        return ledger::get::<CaseNoun>(tx, view.code, &id.to_string());
    }
    let reference = crate::reference::read(text).unwrap_or_else(|| text.trim().to_owned());
    let listing = ledger::Listing {
        conditions: vec![list::named(&reference)],
        order: ledger::Order::Rising("row"),
        after: None,
        limit: 1,
    };
    Ok(ledger::list::<CaseNoun>(tx, view.code, listing)?.pop())
}

/// The id of a case's record.
///
/// # Errors
/// [`LedgerError::Damaged`] where its key is none.
pub fn id_of(record: &Record<CaseNoun>) -> Result<CaseId, LedgerError> {
    record.key.parse().map_err(|_| LedgerError::Damaged(format!("case {}", record.key)))
}

/// Refuses an attachment that was never taken in.
fn check_attachments(
    tx: &mut Tx<'_>,
    view: &View,
    attachments: &[crate::case::Attachment],
) -> Result<(), LedgerError> {
    for attachment in attachments {
        if ledger::attachment::find(tx, view.code, &attachment.hash)?.is_none() {
            return Err(Refusal::invalid("attachment_unknown").with("hash", attachment.hash.as_str()).into());
        }
    }
    Ok(())
}
