//! What a case begins with: a report, or what another system says of it.

use std::collections::BTreeMap;

use kernel::{
    id::{CaseId, PersonId},
    time::Moment,
};
use serde::{Deserialize, Serialize};

use crate::case::{
    parts::is_false,
    state::{Attachment, Lane, Outcome, Place, Source, Stage},
};

/// A report as it came in.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// What it is called towards people ([`crate::reference`]).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
    /// SHA-256, hexadecimal, of the secret that the reporter was given to follow it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub token_hash: Option<String>,
    /// Where it came from.
    pub source: Source,
    /// Ordinary, or fixed on the spot by the collector.
    #[serde(default, skip_serializing_if = "is_ordinary")]
    pub lane: Lane,
    /// The person in the vault.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reporter: Option<PersonId>,
    /// What was said, masked by the caller.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
    /// Where it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
    /// Edition, kind and code, if known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub class: Option<String>,
    /// The component's identifier, if it is about one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub component: Option<String>,
    /// Goes first.
    #[serde(default, skip_serializing_if = "is_false")]
    pub urgent: bool,
    /// Pictures and papers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<Attachment>,
    /// The case that this one is split from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<CaseId>,
}

impl Report {
    /// Nothing said by nobody: what an entry that no report precedes starts from.
    pub(in crate::case) fn empty() -> Self {
        Self {
            reference: None,
            token_hash: None,
            source: Source::OtherPlatform,
            lane: Lane::Ordinary,
            reporter: None,
            text: String::new(),
            place: None,
            class: None,
            component: None,
            urgent: false,
            attachments: Vec::new(),
            parent: None,
        }
    }
}

/// A case of another system, brought in as it was there.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Import {
    /// The report itself.
    pub report: Report,
    /// When it was reported there.
    pub reported_at: Moment,
    /// When it was closed there. May lie before the report: it comes in as it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closed_at: Option<Moment>,
    /// When it was last changed there, if it says: of two states of one case the later one is right.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub updated_at: Option<Moment>,
    /// Where it stands: [`Stage::Reported`], [`Stage::Closed`], [`Stage::Refused`] or [`Stage::Voided`].
    pub stage: Stage,
    /// How it was closed there, if it says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome: Option<Outcome>,
    /// What it was called there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<Origin>,
    /// Everything else that was known of it there, by the names used there, so that it can be given out again.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub fields: BTreeMap<String, String>,
}

/// What an imported case was called where it came from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// The name of the source.
    pub source: String,
    /// Its id there.
    pub id: String,
    /// What kind of problem it is, in the source's own words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub class: Option<String>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
fn is_ordinary(lane: &Lane) -> bool {
    *lane == Lane::Ordinary
}
