//! The words that a call is told in, and the small things that a sheet holds.

use kernel::{
    id::{AccountId, CaseId, PersonId},
    role::ActorId,
    time::Moment,
};
use serde::{Deserialize, Serialize};

use super::deadlines::ClockName;
use crate::case::Place;

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$word_doc:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum $name {
            $($(#[$word_doc])* #[serde(rename = $word)] $variant,)+
        }

        impl $name {
            /// All.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The `snake_case` word, as in JSON and in translation keys.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $word,)+
                }
            }
        }
    };
}

words! {
    /// Where a sheet stands.
    Stage {
        /// The exchange rings; nobody has picked up yet.
        Ringing = "ringing",
        /// Somebody talks or writes; what becomes of it is not decided.
        Open = "open",
        /// Handed to a body outside the system 转办; its reply is awaited.
        Transferred = "transferred",
        /// It lives in a case; the case's end is awaited.
        WithCase = "with_case",
        /// The answer is there; the caller is called back 回访.
        ToFollowUp = "to_follow_up",
        /// Ended.
        Closed = "closed",
        /// Ended: no demand was made.
        Dropped = "dropped",
        /// Ended: two people found the demand one that the city cannot or may not meet.
        Unreasonable = "unreasonable",
    }
}

impl Stage {
    /// Whether nobody has to do anything more: no clock runs.
    #[must_use]
    pub const fn is_ended(self) -> bool {
        matches!(self, Self::Closed | Self::Dropped | Self::Unreasonable)
    }
}

impl crate::machine::Named for Stage {
    fn name(self) -> &'static str {
        Self::name(self)
    }
}

words! {
    /// What the caller wants 诉求类型.
    DemandKind {
        /// To know something 咨询.
        Consultation = "consultation",
        /// Something done 求助.
        Request = "request",
        /// Something put right 投诉.
        Complaint = "complaint",
        /// To propose something 建议.
        Suggestion = "suggestion",
        /// To praise somebody 表扬.
        Praise = "praise",
    }
}

words! {
    /// What became of a call.
    Outcome {
        /// The desk answered it 当即办理.
        Answered = "answered",
        /// It became a case of its own.
        Case = "case",
        /// It joined a case that was there: "me too", or the same caller again.
        Joined = "joined",
        /// An outside body got it 转办.
        Transferred = "transferred",
        /// There was no demand.
        Dropped = "dropped",
    }
}

words! {
    /// Why a call is dropped.
    DropReason {
        /// Hung up before anybody picked up.
        Abandoned = "abandoned",
        /// Hung up before saying what it is about.
        HungUp = "hung_up",
        /// Nobody spoke.
        Silent = "silent",
        /// A prank.
        Prank = "prank",
        /// Another number was meant.
        Misdialled = "misdialled",
    }
}

words! {
    /// Why a demand is not to be met (standards 7.2 c).
    Ground {
        /// The law forbids it.
        NotLawful = "not_lawful",
        /// No reasonable city could do it.
        NotReasonable = "not_reasonable",
        /// It is not in the city's power.
        NotInPower = "not_in_power",
    }
}

words! {
    /// How a sheet was closed.
    Closing {
        /// The caller was reached and answered.
        FollowedUp = "followed_up",
        /// The caller was tried often enough and not reached.
        Unreachable = "unreachable",
        /// Nobody had to be called back: an answer given in the call, or a caller without a number.
        NoFollowUp = "no_follow_up",
    }
}

words! {
    /// What makes a sheet a problem order 问题工单 (standards 7.1, \[S58\]).
    ProblemCause {
        /// Redone too often.
        Redos = "redos",
        /// Transferred too often without a lead.
        Transfers = "transfers",
    }
}

/// What the caller wants, as the sheet has it now.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Demand {
    /// What was said, masked by the caller of the rules.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
    /// What kind.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<DemandKind>,
    /// Edition, kind and code of the class.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub class: Option<String>,
    /// Where it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
    /// The person in the vault who calls.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub caller: Option<PersonId>,
    /// Goes first.
    #[serde(default, skip_serializing_if = "is_default")]
    pub urgent: bool,
    /// Needs several bodies, or a long time.
    #[serde(default, skip_serializing_if = "is_default")]
    pub complex: bool,
    /// The caller asked that nobody outside the desk learns who called (GB/T 33358).
    #[serde(default, skip_serializing_if = "is_default")]
    pub secret: bool,
}

/// What is filled in; what is `None` stays.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Filling {
    /// What was said, masked by the caller of the rules.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// What kind.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<DemandKind>,
    /// Edition, kind and code of the class.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub class: Option<String>,
    /// Where it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
    /// The person in the vault who calls.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub caller: Option<PersonId>,
    /// Goes first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub urgent: Option<bool>,
    /// Needs several bodies, or a long time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub complex: Option<bool>,
    /// The caller asked for secrecy.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub secret: Option<bool>,
}

impl Demand {
    /// The demand with a filling on top.
    #[must_use]
    pub fn filled(mut self, filling: &Filling) -> Self {
        if let Some(text) = &filling.text {
            self.text.clone_from(text);
        }
        self.kind = filling.kind.or(self.kind);
        if filling.class.is_some() {
            self.class.clone_from(&filling.class);
        }
        if filling.place.is_some() {
            self.place.clone_from(&filling.place);
        }
        self.caller = filling.caller.or(self.caller);
        self.urgent = filling.urgent.unwrap_or(self.urgent);
        self.complex = filling.complex.unwrap_or(self.complex);
        self.secret = filling.secret.unwrap_or(self.secret);
        self
    }
}

/// What the telephone exchange knows of a call. Its number is in the vault only.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExchangeCall {
    /// What the exchange calls it ([`super::exchange::kept_id`]).
    pub id: String,
    /// When it rang.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rang_at: Option<Moment>,
    /// When somebody picked up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answered_at: Option<Moment>,
    /// When it ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended_at: Option<Moment>,
    /// Where the recording lies.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recording: Option<String>,
}

impl ExchangeCall {
    /// How long the caller waited until somebody picked up, or gave up; milliseconds. `None` while it rings or where it is not known.
    #[must_use]
    pub fn wait_ms(&self) -> Option<i64> {
        Some((self.answered_at.or(self.ended_at)? - self.rang_at?).max(0))
    }

    /// How long they talked, milliseconds. `None` before the end, or where nobody picked up.
    #[must_use]
    pub fn talk_ms(&self) -> Option<i64> {
        Some((self.ended_at? - self.answered_at?).max(0))
    }
}

/// What the exchange tells of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SignalKind {
    /// It rings.
    Ringing,
    /// Somebody picked up.
    Answered,
    /// It is over.
    Ended,
}

/// One message of the exchange, without number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signal {
    /// What.
    pub kind: SignalKind,
    /// When, by the exchange's clock.
    pub at: Moment,
    /// At whose seat.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub holder: Option<AccountId>,
    /// Where the recording lies.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recording: Option<String>,
}

/// What the caller said when called back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct FollowUp {
    /// When.
    pub at: Moment,
    /// The caller's word: solved.
    pub solved: bool,
    /// 1 to 5; `None` where the caller would not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub satisfaction: Option<u8>,
    /// It is done again.
    #[serde(default, skip_serializing_if = "is_default")]
    pub redo: bool,
}

/// Lifted above the desk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// When.
    pub at: Moment,
    /// Why.
    pub cause: ProblemCause,
}

/// How far the two-person review of a demand is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CertificationState {
    /// One has certified it; another has to look.
    Proposed,
    /// Another agreed.
    Confirmed,
    /// Another did not agree.
    Rejected,
    /// The caller objects: a third has to look.
    Contested,
}

/// A demand found not to be met, by two people, with a reason that is told to the caller.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Certification {
    /// On which ground.
    pub ground: Ground,
    /// Why; told to the caller.
    pub reason: String,
    /// How far it is.
    pub state: CertificationState,
    /// Everybody who has said yes to it: nobody does so twice.
    pub by: Vec<ActorId>,
}

/// A clock ran out: a fact that stays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Overdue {
    /// Which clock.
    pub clock: ClockName,
    /// When that clock had started.
    pub from: Moment,
    /// When it should have stopped.
    pub due: Moment,
    /// When it stopped; `None` while it runs on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended: Option<Moment>,
}

impl crate::clocks::Late<ClockName> for Overdue {
    fn of(&self) -> (ClockName, Moment) {
        (self.clock, self.from)
    }

    fn ended(&mut self) -> &mut Option<Moment> {
        &mut self.ended
    }
}

/// How often what has happened; also how often it may.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Loops {
    /// Filled in, before the outcome or after.
    #[serde(skip_serializing_if = "is_default")]
    pub fills: u16,
    /// Taken over by another seat.
    #[serde(skip_serializing_if = "is_default")]
    pub take_overs: u8,
    /// Handed to an outside body.
    #[serde(skip_serializing_if = "is_default")]
    pub transfers: u8,
    /// Done again because the caller was not content.
    #[serde(skip_serializing_if = "is_default")]
    pub redos: u8,
    /// Certified as not to be met.
    #[serde(skip_serializing_if = "is_default")]
    pub certifications: u8,
    /// Certification contested by the caller.
    #[serde(skip_serializing_if = "is_default")]
    pub contests: u8,
    /// Turns of the case behind it: ended, taken up again, merged, unmerged.
    #[serde(skip_serializing_if = "is_default")]
    pub case_turns: u8,
}

/// The case behind a sheet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BehindCase {
    /// Which.
    pub id: CaseId,
    /// The cases that were merged on the way there, the sheet's own first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub merged: Vec<CaseId>,
}

pub(super) fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}
