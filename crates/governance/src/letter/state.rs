//! What a letter is at a moment: the record that the ledger keeps as JSON. Empty things are left out, so that the same entries give the same
//! bytes.

use jiff::civil::Date;
use kernel::{
    clock::Limit,
    id::{CaseId, LetterId},
    role::ActorId,
    time::Moment,
};
use serde::{Deserialize, Serialize};

use super::deadlines::{ClockName, Running};

/// Declares the words of a list, as they stand in JSON and in translation keys.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$word_doc:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
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
    /// Where a letter stands.
    Stage {
        /// It is being written.
        Draft = "draft",
        /// It has its number; a unit has not received it yet.
        Sent = "sent",
        /// Every unit has it; an answer is awaited.
        Received = "received",
        /// Every unit has answered.
        Answered = "answered",
        /// Ended.
        Closed = "closed",
        /// Ended: every unit has returned it.
        Returned = "returned",
        /// Ended: the sender took it back.
        Withdrawn = "withdrawn",
    }
}

impl Stage {
    /// Whether nobody has to do anything more.
    #[must_use]
    pub const fn is_ended(self) -> bool {
        matches!(self, Self::Closed | Self::Returned | Self::Withdrawn)
    }
}

impl crate::machine::Named for Stage {
    fn name(self) -> &'static str {
        Self::name(self)
    }
}

words! {
    /// What a letter is for (党政机关公文处理工作条例 art. 8, 函).
    LetterKind {
        /// To agree on something 商洽.
        Consult = "consult",
        /// To ask for facts 询问.
        Ask = "ask",
        /// To ask for leave 请求批准.
        Request = "request",
        /// To let know 告知; nobody has to answer.
        Inform = "inform",
        /// The answer to another letter 答复, 复函.
        Reply = "reply",
    }
}

impl LetterKind {
    /// Whether the units have to answer.
    #[must_use]
    pub const fn is_answered(self) -> bool {
        matches!(self, Self::Consult | Self::Ask | Self::Request)
    }
}

/// A file that goes with a letter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attachment {
    /// The hash of its content, by which it was added before.
    pub file: String,
    /// What it is called.
    pub title: String,
}

/// What a letter is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Link {
    /// A case.
    Case(CaseId),
    /// An earlier letter.
    Letter(LetterId),
    /// A row of a register: a plan patch, a pipe network, a project.
    Row {
        /// The register's name.
        register: String,
        /// The row's key.
        key: String,
    },
}

/// What is written: all that the sender decides.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    /// The unit that writes.
    pub from: String,
    /// The units that it is written to 主送; several for a joint letter.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub to: Vec<String>,
    /// Units that get a copy 抄送 and have nothing to do.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub copies: Vec<String>,
    /// What it is for.
    pub kind: LetterKind,
    /// The title, 关于…的函.
    #[serde(default)]
    pub subject: String,
    /// What it says.
    #[serde(default)]
    pub text: String,
    /// Working days within which an answer is asked for; `None`: the city's usual time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub working_days: Option<u32>,
    /// The letter that it answers, of a reply.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answers: Option<LetterId>,
    /// Files that go with it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<Attachment>,
    /// What it is about.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<Link>,
}

/// A unit that a letter was sent to, and what it has done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recipient {
    /// Which.
    pub unit: String,
    /// When it received the letter 签收.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub received_at: Option<Moment>,
    /// Its answer, and when it was sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<(LetterId, Moment)>,
    /// Why it returned the letter 退回, and when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub returned: Option<Return>,
}

impl Recipient {
    /// It has not received the letter yet.
    #[must_use]
    pub fn is_waiting(&self) -> bool {
        self.received_at.is_none() && self.returned.is_none()
    }

    /// It has neither answered nor returned the letter.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.answer.is_none() && self.returned.is_none()
    }
}

/// A letter that came back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Return {
    /// When.
    pub at: Moment,
    /// Why.
    pub reason: String,
    /// Who should have it instead, in that unit's opinion.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proposed: Option<String>,
}

/// A clock that ran out; stays on record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Overdue {
    /// Which.
    pub clock: ClockName,
    /// When it had started.
    pub from: Moment,
    /// When it ran out.
    pub due: Moment,
    /// When it stopped; none while it runs on.
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

/// A lift to the next level 督办.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Supervision {
    /// Which level it was lifted to, from 1.
    pub level: u8,
    /// When.
    pub at: Moment,
    /// Why; empty where a clock had run out.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
}

/// A letter 函 from one unit to others.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Letter {
    /// Where it stands.
    pub stage: Stage,
    /// Since when.
    pub since: Moment,
    /// When it was begun.
    pub drafted_at: Moment,
    /// Who began it.
    pub drafted_by: ActorId,
    /// When anything last happened to it.
    pub changed_at: Moment,
    /// What is written.
    pub content: Content,
    /// How often the draft was changed.
    #[serde(default, skip_serializing_if = "is_default")]
    pub amendments: u16,
    /// Its number 文号, from sending on: `凯城管函〔2016〕12号`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// The day of its sending in the city, which stands below the text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dated: Option<Date>,
    /// When it was sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sent_at: Option<Moment>,
    /// The units that it was sent to.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub recipients: Vec<Recipient>,
    /// How long an answer may take, where one is asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<Limit>,
    /// By how much the sender lengthened it, each time.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub extensions: Vec<Limit>,
    /// Until when all have to answer; stays when they have.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_at: Option<Moment>,
    /// When the last of them answered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answered_at: Option<Moment>,
    /// The lifts to the next level.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub supervisions: Vec<Supervision>,
    /// Why it was withdrawn or closed; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// The running clocks.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub clocks: Vec<Running>,
    /// The overdue facts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub overdues: Vec<Overdue>,
}

impl Letter {
    /// The level that it has been lifted to; 0 for none.
    #[must_use]
    pub fn level(&self) -> u8 {
        self.supervisions.last().map_or(0, |supervision| supervision.level)
    }

    /// What a unit has done with it, where it was written to that unit.
    #[must_use]
    pub fn recipient(&self, unit: &str) -> Option<&Recipient> {
        self.recipients.iter().find(|recipient| recipient.unit == unit)
    }

    /// Whether all answers came in time; `None` while there is nothing to say.
    #[must_use]
    pub fn in_time(&self) -> Option<bool> {
        self.answered_at.zip(self.due_at).map(|(answered, due)| answered <= due)
    }
}

pub(super) fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}
