//! The call sheet 工单: one call to the hotline, filled while the caller talks, until the caller has said whether it was solved
//! (standards.md 7).
//!
//! Pure rules: [`decide()`] says what follows from a command, [`evolve()`] what an entry changes. A sheet is in one [`Stage`]; the mark of
//! a problem order, the review of a demand that cannot be met and the voices of the caller are fields of [`Call`]. Every loop has a counter
//! in [`Loops`].
//!
//! Where each command may be given and where it may lead ([`table::TABLE`]; the tests prove that it is neither more nor less):
//!
//! | command | from | to |
//! | --- | --- | --- |
//! | `begin` | – | ringing, open, dropped |
//! | `signal` | ringing | open, dropped |
//! | `signal` | dropped | dropped, open |
//! | `signal` | open, transferred, with_case, to_follow_up, closed, unreasonable | stays |
//! | `fill` | every stage not ended | stays |
//! | `take_over` | ringing | open |
//! | `take_over` | open, transferred, with_case, to_follow_up | stays |
//! | `answer_at_once` | open | to_follow_up, closed |
//! | `hand_over` | open | with_case |
//! | `join` | open | with_case |
//! | `transfer` | open | transferred |
//! | `record_reply` | transferred | open, to_follow_up, closed |
//! | `drop` | ringing, open | dropped |
//! | `contact` | transferred, with_case | stays |
//! | `case_ended` | with_case | to_follow_up, closed |
//! | `case_taken_up` | to_follow_up, closed | with_case |
//! | `case_merged` | with_case | with_case |
//! | `case_unmerged` | with_case, to_follow_up, closed | with_case |
//! | `not_reached` | to_follow_up | to_follow_up, closed |
//! | `follow_up` | to_follow_up | open, with_case, closed |
//! | `certify` | open, transferred, with_case, to_follow_up | stays |
//! | `confirm_certification` | open, transferred, with_case, to_follow_up | unreasonable |
//! | `reject_certification` | open, transferred, with_case, to_follow_up | stays |
//! | `contest_certification` | unreasonable | open |
//! | `timer_fired` | every stage not ended | stays |
//! | `recompute_clocks` | every stage not ended | stays |
//!
//! Who may give it says [`kernel::role::right`] by [`CommandKind::action`]; what the case behind the sheet does, and timers, are the
//! program's own. Who certified a demand does not confirm it.
//!
//! A sheet and the case that it becomes share one reference. What happens to the case is told to the sheet by
//! [`desk::case_changed`]: its end starts the follow-up call, its new start takes the sheet along, a merger is followed.
//!
//! Clocks as those of a case: each entry that moves one carries all clocks that run from then on.

pub mod act;
pub mod caller;
pub mod command;
pub mod context;
pub mod deadlines;
mod decide;
pub mod desk;
pub mod event;
mod evolve;
pub mod exchange;
pub mod list;
pub mod marks;
pub mod noun;
mod parts;
pub mod rates;
mod refusals;
pub mod state;
pub mod table;
#[cfg(test)]
mod tests;

pub use self::{
    command::{Command, CommandKind},
    context::{CallLimits, CallSettings, Context},
    deadlines::{Clock, ClockName, Running, TimerAt, TimerKind},
    decide::{allowed, decide},
    event::{Event, Fact, Opening},
    evolve::evolve,
    refusals::REFUSALS,
    state::*,
};

/// Longest text of what a caller wants, in characters.
pub const TEXT_CHARS_MAX: usize = 2_000;
/// Longest answer, reason, reply or note, in characters.
pub const REASON_CHARS_MAX: usize = 1_000;
/// Longest code, reference, name of an outside body, id of the exchange, in characters.
pub const NAME_CHARS_MAX: usize = 100;
/// Longest words for finding a place, in characters.
pub const ADDRESS_CHARS_MAX: usize = 200;
/// Longest address of a recording, in characters.
pub const RECORDING_CHARS_MAX: usize = 500;
/// How far the exchange's clock may be ahead of ours, milliseconds.
pub const SIGNAL_AHEAD_MS_MAX: i64 = 5 * kernel::time::MINUTE_MS;
/// How late the exchange may tell, milliseconds.
pub const SIGNAL_LATE_MS_MAX: i64 = 7 * kernel::time::DAY_MS;
