//! What a call is about: what is said in it, and how it ends at the desk.

use db::Tx;
use governance::{
    call::{DemandKind, DropReason, Filling},
    case::{Place, noun::CaseNoun},
    desk::{Contact, NewReport},
    division::DivisionLevel,
    view::View,
};
use kernel::id::CaseId;
use ledger::LedgerError;

use super::{
    super::{Dice, Life, words},
    Hotline,
};
use crate::{
    DemoError,
    ground::enquiries::{Enquiry, Errand, enquiries, errands},
};

/// New cases among which one is looked for that a caller has seen as well.
const SEEN_CASES: usize = 60;
/// How often it is looked.
const LOOKS: usize = 6;

/// How the desk ends a talk.
#[derive(Debug, Clone)]
pub(super) enum Ending {
    /// It becomes a case.
    Case,
    /// It joins one.
    Join(CaseId),
    /// It is answered.
    Answer(String),
    /// It goes to an outside body.
    Transfer { to: String, reason: String },
    /// There was no demand.
    Drop(DropReason),
}

/// What a caller has to say.
#[derive(Debug)]
pub(super) struct Talk {
    pub(super) filling: Filling,
    pub(super) caller: Option<Contact>,
    pub(super) ending: Ending,
}

impl Talk {
    /// Of a report by telephone.
    pub(super) fn of_report(report: NewReport, caller: Option<Contact>, dice: &mut Dice) -> Self {
        let kind = match dice.below(100) {
            0..56 => DemandKind::Complaint,
            56..96 => DemandKind::Request,
            _ => DemandKind::Suggestion,
        };
        let filling = Filling {
            text: Some(report.text),
            kind: Some(kind),
            class: report.class,
            place: report.place.map(|place| Place {
                lon: place.position.lon,
                lat: place.position.lat,
                address: place.address,
                ..Place::default()
            }),
            urgent: Some(report.urgent),
            complex: dice.permille(30).then_some(true),
            secret: dice.permille(40).then_some(true),
            ..Filling::default()
        };
        Self { filling, caller, ending: Ending::Case }
    }

    /// What could not be joined is answered.
    pub(super) fn fall_back(&mut self) {
        if let Ending::Join(_) = self.ending {
            self.ending = Ending::Answer(words::ALREADY_ENDED.to_owned());
        }
    }
}

/// What people call for that becomes no case, and the names that fill it.
#[derive(Debug)]
pub(super) struct Wishes {
    enquiries: Vec<Enquiry>,
    errands: Vec<Errand>,
    roads: Vec<String>,
    communities: Vec<String>,
}

impl Wishes {
    pub(super) fn new(view: &View) -> Result<Self, DemoError> {
        let named =
            view.features.iter().filter(|feature| feature.layer == "road" && !feature.name.is_empty());
        let communities = view.divisions.values().filter(|it| it.level == DivisionLevel::Community);
        Ok(Self {
            enquiries: enquiries()?,
            errands: errands()?,
            roads: named.map(|road| road.name.clone()).collect(),
            communities: communities.map(|community| community.name.clone()).collect(),
        })
    }

    /// One road and one community for all texts of a call.
    fn names(&self, dice: &mut Dice) -> (String, String) {
        let road = dice.one_of(&self.roads).cloned().unwrap_or_default();
        (road, dice.one_of(&self.communities).cloned().unwrap_or_default())
    }

    /// The body's reply: its own words where it is known.
    pub(super) fn reply(&self, to: &str, reason: &str, solved: bool) -> Option<String> {
        let errand = self.errands.iter().find(|errand| errand.body == to && errand.reason == reason)?;
        Some(if solved { errand.solved_reply.clone() } else { errand.unsolved_reply.clone() })
    }
}

fn filled(template: &str, (road, community): &(String, String)) -> String {
    template.replace("{road}", road).replace("{community}", community)
}

impl Hotline {
    fn enquiry(&mut self) -> Option<(Filling, Ending)> {
        let Self { dice, wishes, .. } = self;
        let enquiry = dice.one_of(&wishes.enquiries)?;
        let names = wishes.names(dice);
        let filling = Filling {
            text: Some(filled(&enquiry.text, &names)),
            kind: Some(enquiry.kind),
            ..Filling::default()
        };
        Some((filling, Ending::Answer(filled(&enquiry.answer, &names))))
    }

    fn errand(&mut self) -> Option<(Filling, Ending)> {
        let Self { dice, wishes, .. } = self;
        let errand = dice.one_of(&wishes.errands)?;
        let names = wishes.names(dice);
        let filling = Filling {
            text: Some(filled(&errand.text, &names)),
            kind: Some(errand.kind),
            ..Filling::default()
        };
        Some((filling, Ending::Transfer { to: errand.body.clone(), reason: errand.reason.clone() }))
    }

    fn no_demand(&mut self) -> (Filling, Ending) {
        let reasons = [DropReason::Silent, DropReason::HungUp, DropReason::Misdialled, DropReason::Prank];
        let reason = self.dice.one_of(&reasons).copied().unwrap_or(DropReason::Silent);
        (Filling::default(), Ending::Drop(reason))
    }
}

impl Life {
    /// What the next call that becomes no case of its own is about.
    pub(super) fn coming_talk(&mut self, tx: &mut Tx<'_>) -> Result<Option<Talk>, LedgerError> {
        let drawn = match self.hotline.dice.below(100) {
            0..56 => self.hotline.enquiry(),
            56..76 => match self.me_too(tx)? {
                Some(joins) => Some(joins),
                None => self.hotline.enquiry(),
            },
            76..94 => self.hotline.errand(),
            _ => Some(self.hotline.no_demand()),
        };
        let Some((filling, ending)) = drawn else { return Ok(None) };
        let caller = self.hotline.callers.next(&mut self.hotline.dice);
        Ok(Some(Talk { filling, caller, ending }))
    }

    /// An open case that somebody else has seen as well.
    fn me_too(&mut self, tx: &mut Tx<'_>) -> Result<Option<(Filling, Ending)>, LedgerError> {
        for _ in 0..LOOKS {
            let back = self.hotline.dice.below(SEEN_CASES.min(self.recent.len()));
            let Some((_, id)) = self.recent.iter().rev().nth(back) else { return Ok(None) };
            let id = *id;
            let Some(record) = ledger::get::<CaseNoun>(tx, self.view.code, &id.to_string())? else {
                continue;
            };
            let case = record.state;
            if case.stage.is_ended() {
                continue;
            }
            let words = self.hotline.dice.one_of(words::ME_TOO).copied().unwrap_or_default();
            let filling = Filling {
                text: Some(words.replace("{text}", &case.text)),
                kind: Some(DemandKind::Complaint),
                class: case.class,
                place: case.place,
                ..Filling::default()
            };
            return Ok(Some((filling, Ending::Join(id))));
        }
        Ok(None)
    }
}
