//! The public face of a case: class, place, state, dates; no person, no word that was not meant for outside.

use db::Tx;
use governance::{
    case::{Attachment, AttachmentRole, Case, CommandKind, noun::CaseNoun},
    desk::{self, Desk, PublicState},
    view::View,
};
use kernel::time::Moment;
use ledger::{Entry, Head, LedgerError, Receipt, Record};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::api::{
    case::role_word,
    place::{PlaceFace, public_place},
    unit::{self, UnitFace},
};

/// Proof that an entry stands in the city's ledger (`wuhua verify --receipt`).
#[derive(Serialize, Deserialize, ToSchema)]
pub(crate) struct ReceiptFace {
    /// The city's code.
    city: String,
    /// The entry's place in the ledger.
    seq: u64,
    /// The entry's hash, hexadecimal.
    hash: String,
    /// How many entries the ledger held.
    entries: u64,
    /// The root over all of them, hexadecimal.
    root: String,
    /// When, UTC milliseconds.
    at: i64,
}

impl From<Receipt> for ReceiptFace {
    fn from(receipt: Receipt) -> Self {
        Self {
            city: receipt.city.to_string(),
            seq: receipt.seq,
            hash: receipt.hash,
            entries: receipt.entries,
            root: receipt.root,
            at: receipt.at.millis(),
        }
    }
}

impl ReceiptFace {
    /// Of an entry under the ledger's present head.
    pub(crate) fn of(entry: &Entry, head: &Head) -> Self {
        Self {
            city: entry.city.to_string(),
            seq: entry.seq,
            hash: ledger::hex(&entry.hash),
            entries: head.entries,
            root: ledger::hex(&head.root()),
            at: head.at.millis(),
        }
    }
}

/// A step that everybody may know of.
#[derive(Serialize, Deserialize, ToSchema)]
pub(crate) struct StepFace {
    /// When, UTC milliseconds.
    at: i64,
    /// What, e.g. `case_filed`.
    event: String,
    /// What was said to the reporter; only for the reporter.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    note: Option<String>,
    /// The units that got it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    units: Vec<UnitFace>,
}

/// A photo that may be seen.
#[derive(Serialize, Deserialize, ToSchema)]
pub(crate) struct PhotoOfCase {
    /// SHA-256, its name.
    hash: String,
    /// `before` or `after`.
    role: String,
}

/// A look at the reporter's contact data.
#[derive(Serialize, Deserialize, ToSchema)]
pub(crate) struct LookFace {
    /// When, UTC milliseconds.
    at: i64,
    /// In which post.
    role: String,
}

/// A case as everybody may see it, or, with the token, as its reporter does.
#[derive(Serialize, Deserialize, ToSchema)]
pub(crate) struct PublicFace {
    /// What it is called.
    reference: String,
    /// `received`, `checking`, `assigned`, `in_work`, `done`, `not_taken` or `merged`.
    state: String,
    /// The class.
    class: Option<String>,
    /// What was said; only for the reporter.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    text: Option<String>,
    /// Where it is; for others than the reporter rounded and without words.
    place: Option<PlaceFace>,
    /// When it was reported, UTC milliseconds.
    reported_at: i64,
    /// When anything last happened to it.
    updated_at: i64,
    /// Until when it should be done.
    expected_at: Option<i64>,
    /// What has happened, oldest first.
    timeline: Vec<StepFace>,
    /// Photos of the problem and of the place after the work.
    photos: Vec<PhotoOfCase>,
    /// How it was closed.
    outcome: Option<String>,
    /// The right token was shown.
    mine: bool,
    /// The reporter may say how content they are.
    can_rate: bool,
    /// The reporter may ask to open it again.
    can_reopen: bool,
    /// How many others have said "me too".
    followers: u64,
    /// Who looked at the contact data; only for the reporter.
    looks: Vec<LookFace>,
}

/// The photos of a case that somebody at the residents' door may see. Everybody sees what [`desk::public_photos`] gives, while the case is
/// open too: whoever passes by sees no less. The reporter sees the photos of the problem and of the place after the work from the
/// beginning; other papers stay with the staff.
pub(in crate::api) fn photos<'a>(view: &View, case: &'a Case, is_reporter: bool) -> Vec<&'a Attachment> {
    let public: Vec<&str> = desk::public_photos(view, case).collect();
    let is_shown = |attachment: &&Attachment| {
        public.contains(&attachment.hash.as_str()) || is_reporter && attachment.role != AttachmentRole::Other
    };
    case.attachments.iter().filter(is_shown).collect()
}

/// The class under which outsiders know a case.
pub(in crate::api) fn class_of(view: &View, case: &Case) -> Option<String> {
    let ours = view.public_class(case).map(|class| class.key.to_string());
    ours.or_else(|| case.class_or_origin().map(str::to_owned))
}

fn outcome(case: &Case) -> Option<String> {
    let value = serde_json::to_value(case.closing.as_ref()?.outcome).ok()?;
    value.as_str().map(str::to_owned)
}

/// The face of a case.
pub(super) fn public_face(
    tx: &mut Tx<'_>,
    at_desk: &Desk<'_>,
    record: &Record<CaseNoun>,
    is_reporter: bool,
) -> Result<PublicFace, LedgerError> {
    let (view, case) = (at_desk.view, &record.state);
    let steps = desk::timeline(tx, view, &record.key, is_reporter)?;
    let looks = match case.reporter.filter(|_| is_reporter) {
        Some(person) => desk::looks_of(tx, at_desk, person)?,
        None => Vec::new(),
    };
    let acts =
        if is_reporter { desk::allowed_to_reporter(at_desk, desk::id_of(record)?, case) } else { Vec::new() };
    let place = case.place.as_ref();
    Ok(PublicFace {
        reference: case.reference.clone().unwrap_or_else(|| record.key.clone()),
        state: PublicState::of(case.stage).name().to_owned(),
        class: class_of(view, case),
        text: is_reporter.then(|| case.text.clone()),
        place: place.map(|place| if is_reporter { PlaceFace::from(place) } else { public_place(place) }),
        reported_at: case.reported_at.millis(),
        updated_at: case.changed_at.millis(),
        expected_at: desk::expected_at(view, case).map(Moment::millis),
        timeline: steps
            .into_iter()
            .map(|step| StepFace {
                at: step.at.millis(),
                event: step.event.to_owned(),
                note: step.note,
                units: step.units.iter().filter_map(|unit| unit::of_code(view, Some(unit))).collect(),
            })
            .collect(),
        photos: photos(view, case, is_reporter)
            .into_iter()
            .map(|attachment| PhotoOfCase {
                hash: attachment.hash.clone(),
                role: role_word(attachment.role).to_owned(),
            })
            .collect(),
        outcome: outcome(case),
        mine: is_reporter,
        can_rate: acts.contains(&CommandKind::Rate),
        can_reopen: acts.contains(&CommandKind::Reopen),
        followers: case.voices() - 1,
        looks: looks
            .into_iter()
            .map(|look| LookFace { at: look.at.millis(), role: look.role.name().to_owned() })
            .collect(),
    })
}

/// A case on the map that everybody sees.
#[derive(Serialize, ToSchema)]
pub(crate) struct PublicCase {
    /// What it is called.
    reference: String,
    /// Degrees east, rounded to about 50 m.
    lon: f64,
    /// Degrees north, rounded likewise.
    lat: f64,
    /// The class.
    class: Option<String>,
    /// As in the public face.
    state: &'static str,
    /// When it was reported, UTC milliseconds.
    reported_at: i64,
}

/// The mark of a case; none where it has no place or no name by which to ask for it.
pub(super) fn public_case(view: &View, record: &Record<CaseNoun>) -> Option<PublicCase> {
    let case = &record.state;
    let place = public_place(case.place.as_ref()?);
    Some(PublicCase {
        reference: case.reference.clone()?,
        lon: place.lon,
        lat: place.lat,
        class: class_of(view, case),
        state: PublicState::of(case.stage).name(),
        reported_at: case.reported_at.millis(),
    })
}
