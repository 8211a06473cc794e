//! What somebody wants done with a letter.

use kernel::{id::LetterId, role::Action, time::Moment};
use serde::{Deserialize, Serialize};

use super::{
    deadlines::{ClockName, TimerKind},
    state::Content,
};
use crate::machine::commands;

commands! {
    /// Begin to write (state: none).
    Draft = "draft" (Box<Content>),
    /// Write it anew.
    Amend = "amend" (Box<Content>),
    /// Send it under the unit's next number 发函.
    Send = "send" {},
    /// Receive it for a unit 签收.
    Receive = "receive" {
        /// Which.
        unit: String,
    },
    /// Send it back, because the unit is not the right one or cannot answer what is asked 退回.
    Return = "return" {
        /// Which unit.
        unit: String,
        /// Why.
        reason: String,
        /// Who should have it instead.
        #[serde(default)]
        proposed: Option<String>,
    },
    /// A unit's reply was sent.
    Answer = "answer" {
        /// Which unit.
        unit: String,
        /// The reply.
        letter: LetterId,
    },
    /// Give the units more time.
    Extend = "extend" {
        /// Working days more.
        working_days: u32,
        /// Why.
        reason: String,
    },
    /// Lift it to the next level 督办.
    Supervise = "supervise" {
        /// Why.
        reason: String,
    },
    /// Take it back 撤回.
    Withdraw = "withdraw" {
        /// Why.
        reason: String,
    },
    /// Lay it to the files 办结.
    Close = "close" {
        /// Why, where not everybody has answered.
        #[serde(default)]
        note: String,
    },
    /// A timer of [`super::Letter::timers`] is due.
    TimerFired = "timer_fired" {
        /// Which kind.
        kind: TimerKind,
        /// Of which clock.
        clock: ClockName,
        /// For when it was set.
        at: Moment,
    },
    /// The calendar or the settings have changed: set the running clocks anew.
    RecomputeClocks = "recompute_clocks" {},
}

impl Command {
    /// Every free text that it carries: what somebody wrote may hold what identifies a person.
    pub fn texts_mut(&mut self) -> Vec<&mut String> {
        match self {
            Self::Draft(content) | Self::Amend(content) => {
                let Content { subject, text, attachments, .. } = &mut **content;
                let titles = attachments.iter_mut().map(|attachment| &mut attachment.title);
                [subject, text].into_iter().chain(titles).collect()
            }
            Self::Return { reason, .. }
            | Self::Extend { reason, .. }
            | Self::Supervise { reason }
            | Self::Withdraw { reason } => vec![reason],
            Self::Close { note } => vec![note],
            Self::Send {}
            | Self::Receive { .. }
            | Self::Answer { .. }
            | Self::TimerFired { .. }
            | Self::RecomputeClocks {} => Vec::new(),
        }
    }

    /// The content that it carries.
    #[must_use]
    pub fn content(&self) -> Option<&Content> {
        match self {
            Self::Draft(content) | Self::Amend(content) => Some(content),
            _ => None,
        }
    }
}

impl CommandKind {
    /// The row of the table of rights ([`kernel::role::right`]) that it needs. `None` for what no post holds: that a reply was sent, timers
    /// and recomputing are the program's own.
    #[must_use]
    pub const fn action(self) -> Option<Action> {
        Some(match self {
            Self::Draft | Self::Amend | Self::Send | Self::Extend | Self::Withdraw | Self::Close => {
                Action::LetterWrite
            }
            Self::Receive | Self::Return => Action::LetterReceive,
            Self::Supervise => Action::LetterSupervise,
            Self::Answer | Self::TimerFired | Self::RecomputeClocks => return None,
        })
    }
}
