//! What has happened to a letter: the ledger's entries. Who and when stand in the entry's own columns. Only ever added to: a new field is
//! optional, a variant is never renamed.

use jiff::civil::Date;
use kernel::{clock::Limit, id::LetterId, time::Moment};
use serde::{Deserialize, Serialize};

use super::{
    deadlines::{Clock, ClockName},
    state::Content,
};
use crate::machine::facts;

facts! {
    /// It was begun.
    Drafted = "letter_drafted" {
        /// What is written.
        content: Box<Content>,
    },
    /// It was written anew.
    Amended = "letter_amended" {
        /// What is written now.
        content: Box<Content>,
    },
    /// It was sent.
    Sent = "letter_sent" {
        /// Under which number.
        number: String,
        /// The day that stands below the text.
        dated: Date,
        /// How long an answer may take, where one is asked for.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        limit: Option<Limit>,
    },
    /// A unit received it.
    Received = "letter_received" {
        /// Which.
        unit: String,
    },
    /// A unit sent it back.
    Returned = "letter_returned" {
        /// Which.
        unit: String,
        /// Why.
        reason: String,
        /// Who should have it instead.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        proposed: Option<String>,
    },
    /// A unit answered.
    Answered = "letter_answered" {
        /// Which.
        unit: String,
        /// By this letter.
        letter: LetterId,
    },
    /// The units have more time.
    Extended = "letter_extended" {
        /// How much more.
        limit: Limit,
        /// Why.
        reason: String,
    },
    /// It was lifted to the next level.
    Supervised = "letter_supervised" {
        /// To which, from 1.
        level: u8,
        /// Why; empty where a clock had run out.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        reason: String,
    },
    /// The sender took it back.
    Withdrawn = "letter_withdrawn" {
        /// Why.
        reason: String,
    },
    /// It was laid to the files.
    Closed = "letter_closed" {
        /// Why.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        note: String,
    },
    /// A clock is about to run out.
    Reminded = "letter_reminded" {
        /// Which.
        clock: ClockName,
        /// When it started.
        from: Moment,
        /// When it runs out.
        due: Moment,
    },
    /// A clock ran out.
    Overdue = "letter_overdue" {
        /// Which.
        clock: ClockName,
        /// When it started.
        from: Moment,
        /// When it ran out.
        due: Moment,
    },
    /// The calendar or the settings changed: the entry's clocks are the new ones.
    ClocksRecomputed = "letter_clocks_recomputed" {},
}
