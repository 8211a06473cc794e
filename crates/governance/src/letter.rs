//! The letter 函: one unit writes formally to others, across ranks and bureaus, and gets an answer in time (mission G8, 函告; 党政机关公文处理工作条例;
//! GB/T 9704 section 10.1).
//!
//! Pure rules: [`decide()`] says what follows from a command, [`evolve()`] what an entry changes. A letter is in one [`Stage`]; what each
//! unit has done stands with its [`Recipient`], so that a joint letter to several units is one letter, answered when the last one has
//! answered. An answer is a letter of its own with a number of its own, whose content names the letter that it `answers`; sending it puts
//! the answer on record there. Every loop has a limit in [`LetterSettings`].
//!
//! Where each command may be given and where it may lead ([`table::TABLE`]; the tests prove that it is neither more nor less):
//!
//! | command | from | to |
//! | --- | --- | --- |
//! | `draft` | – | draft |
//! | `amend` | draft | stays |
//! | `send` | draft | sent |
//! | `receive` | sent | sent, received, closed |
//! | `return` | sent | sent, received, answered, returned, closed |
//! | `return` | received | received, answered, returned |
//! | `answer` | sent | sent, received, answered |
//! | `answer` | received | received, answered |
//! | `extend` | sent, received | stays |
//! | `supervise` | sent, received | stays |
//! | `withdraw` | draft, sent, received | withdrawn |
//! | `close` | sent, received, answered | closed |
//! | `timer_fired` | sent, received | stays |
//! | `recompute_clocks` | sent, received | stays |
//!
//! What only lets know, and a reply, is settled when every unit has received it. Who has answered cannot return the letter, and a letter
//! that somebody has answered cannot be withdrawn.
//!
//! Who may give a command says [`kernel::role::right`] by [`CommandKind::action`], for the unit that writes or the one that receives; that
//! a reply was sent, and timers, are the program's own.
//!
//! Clocks as those of a case: each entry that moves one carries all clocks that run from then on. When the answer is late the letter is
//! lifted to the next level 督办, and from there again after [`LetterSettings::supervision`], up to [`LetterSettings::levels_max`]; a leader
//! may lift it before.

pub mod act;
pub mod command;
pub mod context;
pub mod deadlines;
mod decide;
pub mod event;
mod evolve;
pub mod mark;
pub mod noun;
mod refusals;
pub mod state;
pub mod table;
#[cfg(test)]
mod tests;

pub use self::{
    command::{Command, CommandKind},
    context::{Context, LetterSettings},
    deadlines::{Clock, ClockName, Running, TimerAt, TimerKind},
    decide::{allowed, decide},
    event::{Event, Fact},
    evolve::evolve,
    refusals::{REFUSALS, STORE_REFUSALS},
    state::*,
};

/// Units that a letter is written to at the most.
pub const RECIPIENTS_MAX: usize = 50;
/// Units that get a copy at the most.
pub const COPIES_MAX: usize = 50;
/// Files that go with a letter at the most.
pub const ATTACHMENTS_MAX: usize = 20;
/// Things that a letter is about at the most.
pub const LINKS_MAX: usize = 50;
/// Longest title of a letter, in characters.
pub const SUBJECT_CHARS_MAX: usize = 100;
/// Longest text of a letter, in characters.
pub const TEXT_CHARS_MAX: usize = 10_000;
/// Longest title of an attachment, in characters.
pub const TITLE_CHARS_MAX: usize = 100;
/// Longest reason or note, in characters.
pub const REASON_CHARS_MAX: usize = 1_000;
