//! What a case is at a moment: the record that the ledger keeps as JSON. Ordered collections only, empty things left out, so that
//! the same entries give the same bytes.

use std::collections::BTreeSet;

use kernel::{
    clock::Pause,
    id::{CaseId, PersonId},
    role::{ActorId, Place as Belongs},
    time::Moment,
};
use serde::{Deserialize, Serialize};

use super::{
    deadlines::Running,
    event::Origin,
    parts::{is_default, is_false, is_zero, is_zero_wide},
};

pub use super::parts::*;

/// A case 案卷: everything that the rules need and the desk shows first. The whole story is in the entries.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Case {
    /// Where it stands.
    pub stage: Stage,
    /// Since when.
    pub since: Moment,
    /// When it was reported.
    pub reported_at: Moment,
    /// Who registered it.
    pub reported_by: ActorId,
    /// When anything last happened to it.
    pub changed_at: Moment,
    /// What it is called towards people ([`crate::reference`]).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
    /// SHA-256, hexadecimal, of the secret that the reporter was given to follow it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub token_hash: Option<String>,
    /// What it was called where it was imported from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<Origin>,
    /// Where it came from.
    pub source: Source,
    /// Its way.
    #[serde(default, skip_serializing_if = "is_default")]
    pub lane: Lane,
    /// Brought in from elsewhere as it was: its first stage runs no clock.
    #[serde(default, skip_serializing_if = "is_false")]
    pub imported: bool,
    /// Somebody here has acted on an imported case: its source can no longer correct it.
    #[serde(default, skip_serializing_if = "is_false")]
    pub acted_on: bool,
    /// The person in the vault who reported it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reporter: Option<PersonId>,
    /// What was said, masked by the caller.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
    /// Where it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
    /// Edition, kind and code; `None` is "no class yet".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub class: Option<String>,
    /// The component's identifier, if it is about one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub component: Option<String>,
    /// Goes first.
    #[serde(default, skip_serializing_if = "is_false")]
    pub urgent: bool,
    /// Grows by one with each rework and reopening.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub round: u8,
    /// Pictures and papers; never taken away.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<Attachment>,
    /// The first filer: owner for life.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<ActorId>,
    /// When it was first filed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub filed_at: Option<Moment>,
    /// The rule it is filed under.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub filing: Option<FilingRule>,
    /// The side task under way.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub task: Option<SideTask>,
    /// The last verification's answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verification: Option<Finding>,
    /// This round's last check's answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub check: Option<Finding>,
    /// When it was last dispatched.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dispatched_at: Option<Moment>,
    /// The units that have it now; the first leads.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub units: Vec<UnitTask>,
    /// When the handling clock started.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clock_from: Option<Moment>,
    /// When the handling clock last stood still because every unit had confirmed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confirmed_at: Option<Moment>,
    /// The handling clock's stops: suspension, and the time that finished work waited for a check that sent it back.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pauses: Vec<Pause>,
    /// For each extension in force, the milestone that it was asked for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub extended: Vec<u8>,
    /// Milestones reached in this dispatch.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub milestones_reached: Vec<Moment>,
    /// The decision that ends returning.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub joint: Option<Joint>,
    /// The last return, until the next dispatch.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub returned: Option<Return>,
    /// Every unit that ever had it.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub units_ever: BTreeSet<String>,
    /// Everybody who worked on it for a unit, fixed it or answered it: none of them may close or check it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hands: Vec<ActorId>,
    /// The open request for delay.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delay: Option<DelayRequest>,
    /// The clock stands until then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub suspended_until: Option<Moment>,
    /// The open urging.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub urging: Option<Urging>,
    /// The appeal, whatever came of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub appeal: Option<Appeal>,
    /// The outside body that has it or answered it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub transferred_to: Option<String>,
    /// How it was closed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closing: Option<Closing>,
    /// What the reporter said of this closing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rating: Option<Rating>,
    /// The case that this one was split from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<CaseId>,
    /// Cases split from this one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub children: Vec<CaseId>,
    /// Cases merged into this one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub absorbed: Vec<CaseId>,
    /// The case that this one was merged into.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub merged: Option<MergedInto>,
    /// People who said "me too" and want to hear of it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub followers: Vec<PersonId>,
    /// People who said "me too" without a name.
    #[serde(default, skip_serializing_if = "is_zero_wide")]
    pub followers_unnamed: u32,
    /// How often what has happened.
    #[serde(default, skip_serializing_if = "is_default")]
    pub counts: Loops,
    /// The last deadlines of its duties.
    #[serde(default, skip_serializing_if = "is_default")]
    pub dues: Dues,
    /// The running clocks.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub clocks: Vec<Running>,
    /// The overdue facts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub overdues: Vec<Overdue>,
    /// The act that may still be taken back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub undo: Option<UndoPoint>,
}

/// Who has a case in hand, as the table of rights asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holders {
    /// The units that have it.
    units: Vec<String>,
    /// Its workers, and the collector with a side task.
    owners: Vec<ActorId>,
}

impl Holders {
    /// Where the case belongs; `token_shown` where a resident has proved to be its reporter.
    #[must_use]
    pub fn belongs<'a>(&'a self, case: &'a Case, token_shown: bool) -> Belongs<'a> {
        let place = case.place.as_ref();
        Belongs {
            units: &self.units,
            street: place.and_then(|place| place.street.as_deref()),
            cell: place.and_then(|place| place.cell.as_deref()),
            owners: &self.owners,
            reporter: Some(&case.reported_by),
            token_shown,
        }
    }
}

impl Case {
    /// The units that it belongs to, the leading one first: those that have it and, when it has ended, those that were late with it, though
    /// it was taken from them: they may appeal (standards 3.4).
    pub fn units_concerned(&self) -> impl Iterator<Item = &str> {
        let having = self.units.iter().map(|task| task.unit.as_str());
        let late = self.overdues.iter().filter(|_| self.stage.is_ended()).flat_map(|fact| &fact.units);
        having.chain(late.map(String::as_str).filter(|unit| self.unit_task(unit).is_none()))
    }

    /// Who has it in hand.
    #[must_use]
    pub fn holders(&self) -> Holders {
        let workers = self.units.iter().filter_map(|task| task.worker);
        let collector = self.task.as_ref().map(|task| task.collector);
        Holders {
            units: self.units_concerned().map(str::to_owned).collect(),
            owners: workers.chain(collector).map(ActorId::Account).collect(),
        }
    }

    /// The share of one unit, if it has one.
    #[must_use]
    pub fn unit_task(&self, unit: &str) -> Option<&UnitTask> {
        self.units.iter().find(|task| task.unit == unit)
    }

    /// Whether everything that a condition asks for is there; gives what is missing.
    #[must_use]
    pub fn missing_items(&self, items: &BTreeSet<MandatoryItem>) -> Vec<MandatoryItem> {
        let photo = |role, round: Option<u8>| {
            self.attachments.iter().any(|attachment| {
                attachment.role == role && round.is_none_or(|round| attachment.round == round)
            })
        };
        items
            .iter()
            .copied()
            .filter(|item| match item {
                MandatoryItem::Place => self.place.is_none(),
                MandatoryItem::Text => self.text.trim().is_empty(),
                MandatoryItem::PhotoBefore => !photo(AttachmentRole::Before, None),
                MandatoryItem::PhotoAfter => !photo(AttachmentRole::After, Some(self.round)),
                MandatoryItem::Component => self.component.is_none(),
            })
            .collect()
    }

    /// The class, or what the source of an imported case called it.
    #[must_use]
    pub fn class_or_origin(&self) -> Option<&str> {
        self.class.as_deref().or_else(|| self.origin.as_ref()?.class.as_deref())
    }

    /// How many people have said so, the reporter included.
    #[must_use]
    pub fn voices(&self) -> u64 {
        1 + self.followers.len() as u64 + u64::from(self.followers_unnamed)
    }
}
