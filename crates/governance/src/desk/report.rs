//! A report comes in: located, masked, numbered, given a secret by which the reporter finds it again, and kept.

use db::Tx;
use kernel::{
    error::Refusal,
    id::{CaseId, PersonId},
    role::ActorId,
    time::Moment,
};
use ledger::{LedgerError, Receipt, Record};
use map::geometry::Position;

use super::{Contact, Desk, check_attachments, contact};
use crate::{
    case::{
        Attachment, Command, Lane, Place, Report, Source,
        act::{self as case_act, Given},
        noun::CaseNoun,
    },
    reference,
};

/// How long a follow token is, characters.
pub const TOKEN_CHARS: usize = 32;

/// Where a problem is, as it was said.
#[derive(Debug, Clone, PartialEq)]
pub struct NewPlace {
    /// Degrees.
    pub position: Position,
    /// Words for finding it; may be empty.
    pub address: String,
}

/// A report as it comes in.
#[derive(Debug, Clone, PartialEq)]
pub struct NewReport {
    /// Where it came from.
    pub source: Source,
    /// Ordinary, or fixed on the spot by the collector.
    pub lane: Lane,
    /// What was said.
    pub text: String,
    /// Where it is.
    pub place: Option<NewPlace>,
    /// The class, whole or its code.
    pub class: Option<String>,
    /// The component's identifier.
    pub component: Option<String>,
    /// Goes first.
    pub urgent: bool,
    /// Photos that were taken in before.
    pub attachments: Vec<Attachment>,
    /// Who may be asked back; goes to the vault.
    pub contact: Option<Contact>,
    /// The reference that it shares with a call sheet.
    pub reference: Option<String>,
    /// The case that it is split from.
    pub parent: Option<CaseId>,
}

impl NewReport {
    /// A report with nothing but a text.
    #[must_use]
    pub fn new(source: Source, text: &str) -> Self {
        Self {
            source,
            lane: Lane::Ordinary,
            text: text.to_owned(),
            place: None,
            class: None,
            component: None,
            urgent: false,
            attachments: Vec::new(),
            contact: None,
            reference: None,
            parent: None,
        }
    }
}

/// A report that was kept.
#[derive(Debug)]
pub struct Reported {
    /// The case.
    pub record: Record<CaseNoun>,
    /// Its id.
    pub id: CaseId,
    /// What it is called towards people.
    pub reference: String,
    /// The secret by which a reporter without account finds it again; given once, only its hash is kept.
    pub token: Option<String>,
    /// Proof that it stands in the ledger.
    pub receipt: Receipt,
}

/// Takes a report in.
///
/// # Errors
/// `class_unknown`, `point_outside_city`, `attachment_unknown`, what the contact or the case's rules refuse; or as the store says.
pub fn report(tx: &mut Tx<'_>, desk: &mut Desk<'_>, new: NewReport) -> Result<Reported, LedgerError> {
    report_of(tx, desk, new, None)
}

/// As [`report`], of a person whom the vault knows already.
pub(crate) fn report_of(
    tx: &mut Tx<'_>,
    desk: &mut Desk<'_>,
    new: NewReport,
    known: Option<PersonId>,
) -> Result<Reported, LedgerError> {
    let (view, at) = (desk.view, desk.at);
    let class = new.class.as_deref().map(|class| class_key(desk, class)).transpose()?;
    let place = new.place.map(|place| view.place(place.position, &place.address, at)).transpose()?;
    check_attachments(tx, view, &new.attachments)?;
    let person = match new.contact {
        Some(contact) => contact::keep(tx, desk, &contact)?,
        None => known,
    };
    let reference = match new.reference {
        Some(reference) => reference,
        None => reference::next(tx, view.code, &view.zone, at)?,
    };
    let token = (!matches!(desk.actor.id, ActorId::Account(_))).then(|| fresh_token(desk));
    let id = CaseId::fresh(desk.ids, at);
    let command = Command::Report(Box::new(Report {
        reference: Some(reference.clone()),
        token_hash: token.as_deref().map(token_hash),
        source: new.source,
        lane: new.lane,
        reporter: person,
        text: kernel::text::mask_personal(new.text.trim()).text,
        place,
        class,
        component: new.component,
        urgent: new.urgent,
        attachments: new.attachments,
        parent: new.parent,
    }));
    let given = Given { seen: Some(0), ..Given::default() };
    let record = case_act::act(tx, (view.code, id), &view.office, &command, desk.actor, given, at)?;
    let receipt = ledger::head(tx, view.code)?.receipt();
    Ok(Reported { record, id, reference, token, receipt })
}

/// The whole key of a class that somebody named.
pub(crate) fn class_key(desk: &Desk<'_>, class: &str) -> Result<String, Refusal> {
    desk.view.class(class).map(|class| class.key.to_string()).ok_or_else(|| {
        Refusal::not_found("class_unknown").with("class", class.chars().take(60).collect::<String>())
    })
}

/// The place of a problem that somebody corrects.
pub(crate) fn relocated(desk: &Desk<'_>, place: &Place, at: Moment) -> Result<Place, LedgerError> {
    let position = Position { lon: place.lon, lat: place.lat };
    desk.view.place(position, &place.address, at)
}

fn fresh_token(desk: &mut Desk<'_>) -> String {
    // 62 random bits of each id (RFC 9562): 124 bits that nobody can guess.
    let mut random = || desk.ids.next(desk.at).as_u128() & 0x3fff_ffff_ffff_ffff;
    format!("{:016x}{:016x}", random(), random())
}

/// How a follow token is kept: SHA-256, hexadecimal.
#[must_use]
pub fn token_hash(token: &str) -> String {
    use sha2::Digest as _;
    ledger::hex(&sha2::Sha256::digest(token.as_bytes()))
}

/// Whether a token is the one that a case's reporter was given.
#[must_use]
pub fn is_token_of(case: &crate::case::Case, token: &str) -> bool {
    // Hashes are compared, so how long it takes tells nothing of the secret.
    token.len() == TOKEN_CHARS && case.token_hash.as_deref() == Some(token_hash(token).as_str())
}
