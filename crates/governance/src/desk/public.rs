//! What everybody may know of a case: where it stands in plain words and what has happened, without people, reasons among staff or anything
//! that was said in confidence.

use db::Tx;
use kernel::time::Moment;
use ledger::{LedgerError, Noun as _};
use serde::{Deserialize, Serialize};

use crate::{
    case::{AttachmentRole, Case, Event, Fact, Source, Stage, noun::CaseNoun},
    view::View,
};

/// Where a case stands, for residents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PublicState {
    /// It is in.
    Received,
    /// Somebody looks on site whether it is as reported, or whether it is done.
    Checking,
    /// It is filed and on its way to a unit.
    Assigned,
    /// A unit works on it.
    InWork,
    /// It is done, or honestly unresolved: the outcome tells which.
    Done,
    /// It was not taken on.
    NotTaken,
    /// It goes on in another case.
    Merged,
}

impl PublicState {
    /// Of a stage.
    #[must_use]
    pub const fn of(stage: Stage) -> Self {
        match stage {
            Stage::Reported | Stage::ToFile => Self::Received,
            Stage::PreFilingVerification | Stage::PostHandlingCheck => Self::Checking,
            Stage::ToDispatch | Stage::Transferred | Stage::Dispatched => Self::Assigned,
            Stage::Handling | Stage::Handled | Stage::UnitConfirmed | Stage::ToClose => Self::InWork,
            Stage::Closed => Self::Done,
            Stage::Refused | Stage::Voided => Self::NotTaken,
            Stage::Merged => Self::Merged,
        }
    }

    /// The `snake_case` word, as in JSON and in translation keys.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::Checking => "checking",
            Self::Assigned => "assigned",
            Self::InWork => "in_work",
            Self::Done => "done",
            Self::NotTaken => "not_taken",
            Self::Merged => "merged",
        }
    }
}

/// A step that everybody may know of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicStep {
    /// When.
    pub at: Moment,
    /// The entry's kind, e.g. `case_filed`.
    pub event: &'static str,
    /// What was said to the reporter; only for the reporter's eyes and where it was meant for them.
    pub note: Option<String>,
    /// Units that got it.
    pub units: Vec<String>,
}

/// Sources that are nobody else's business.
pub(super) const PRIVATE_SOURCES: [Source; 2] = [Source::Letters, Source::Leader];

/// Whether a case may be found by everybody: voided ones, those of sources that are nobody else's business (letters, leaders) and those of
/// private classes may not.
#[must_use]
pub fn is_public(view: &View, case: &Case) -> bool {
    case.stage != Stage::Voided
        && !PRIVATE_SOURCES.contains(&case.source)
        && !case.class_or_origin().is_some_and(|class| view.is_private(class))
}

/// The photos of a case that everybody may see: of public things only, once the desk has filed it. No picture of a home or of people is
/// shown because somebody sent it.
pub fn public_photos<'a>(view: &View, case: &'a Case) -> impl Iterator<Item = &'a str> {
    let shown = is_public(view, case)
        && case.filed_at.is_some()
        && case.class.as_deref().is_some_and(|class| view.is_of_public_thing(class));
    case.attachments
        .iter()
        .filter(move |attachment| shown && attachment.role != AttachmentRole::Other)
        .map(|attachment| attachment.hash.as_str())
}

/// Until when a case should be done ([`View::expected_at`]). `None` where it has ended or nothing is promised.
#[must_use]
pub fn expected_at(view: &View, case: &Case) -> Option<Moment> {
    if case.stage.is_ended() { None } else { view.expected_at(case) }
}

/// What has happened to a case, oldest first. `to_reporter` adds what was said to the reporter.
///
/// # Errors
/// [`LedgerError::Unreadable`] for a damaged entry, or as the store says.
pub fn timeline(
    tx: &mut Tx<'_>,
    view: &View,
    key: &str,
    to_reporter: bool,
) -> Result<Vec<PublicStep>, LedgerError> {
    let mut steps = Vec::new();
    for entry in ledger::history(tx, view.code, CaseNoun::NAME, key)? {
        steps.extend(step(&entry, to_reporter)?);
    }
    Ok(steps)
}

/// What an entry of a case tells outside.
pub(super) fn step(entry: &ledger::Entry, to_reporter: bool) -> Result<Option<PublicStep>, LedgerError> {
    let event: Event = serde_json::from_str(&entry.body).map_err(|error| LedgerError::Unreadable {
        noun: entry.noun.clone(),
        key: entry.key.clone(),
        version: entry.version,
        reason: error.to_string(),
    })?;
    Ok(told(&event.fact).map(|(note, units)| {
        let note = note.filter(|note| to_reporter && !note.is_empty());
        PublicStep { at: entry.at, event: event.fact.kind(), note, units }
    }))
}

/// What of a fact is told outside; `None` where it is an inner matter.
fn told(fact: &Fact) -> Option<(Option<String>, Vec<String>)> {
    let plain = Some((None, Vec::new()));
    let said = |text: &String| Some((Some(text.clone()), Vec::new()));
    match fact {
        Fact::Reported(_)
        | Fact::Imported(_)
        | Fact::Accepted {}
        | Fact::TaskRequested { .. }
        | Fact::Filed { .. }
        | Fact::Signed { .. }
        | Fact::UnitConfirmed { .. }
        | Fact::Suspended { .. }
        | Fact::Resumed { .. }
        | Fact::Extended { .. }
        | Fact::ReworkOrdered { .. }
        | Fact::Merged { .. }
        | Fact::Unmerged { .. }
        | Fact::Followed { .. }
        | Fact::Rated { .. } => plain,
        Fact::Refused { reason } | Fact::Reopened { reason } => said(reason),
        Fact::AnsweredAtOnce { answer } => said(answer),
        Fact::Transferred { to, .. } => said(to),
        Fact::ReplyRecorded { reply, .. } => said(reply),
        Fact::Dispatched { units, .. } | Fact::JointlyDecided { units, .. } => Some((None, units.clone())),
        Fact::Closed { note, .. } => said(note),
        Fact::Noted { note, public: true } => said(note),
        _ => None,
    }
}
