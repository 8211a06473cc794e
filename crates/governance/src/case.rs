//! The case 案卷: one problem, from its report to its end, under its clocks (standards.md 3 and 4).
//!
//! Pure rules: [`decide()`] says what follows from a command, [`evolve()`] what an entry changes. A case is in one [`Stage`]; what may run
//! beside it (an open request for delay, suspended, urged, appealed, urgent, joint decision) are fields of [`Case`]. Every loop has a
//! counter in [`Loops`] and ends in something: returns in a joint decision, reworks in an openly unresolved closing, side tasks that
//! nobody could answer in the shift leader's own responsibility, everything else in a plain "no".
//!
//! Where each command may be given and where it may lead ([`table::TABLE`]; the tests prove that it is neither more nor less):
//!
//! | command | from | to |
//! | --- | --- | --- |
//! | `report` | – | reported, to_close |
//! | `import` | – | reported, closed, refused, voided |
//! | `reimport` | reported, closed, refused, voided | reported, closed, refused, voided |
//! | `locate` | every stage | stays |
//! | `accept` | reported | to_file |
//! | `refuse` | reported, to_file | refused |
//! | `answer_at_once` | reported | to_close |
//! | `transfer` | reported, to_file | transferred |
//! | `record_reply` | transferred | reported, to_close |
//! | `amend` | reported, to_file, to_dispatch | stays |
//! | `request_verification` | reported, to_file | pre_filing_verification |
//! | `answer_verification` | pre_filing_verification | to_file |
//! | `withdraw_task` | pre_filing_verification | to_file |
//! | `withdraw_task` | post_handling_check | to_close |
//! | `file` | reported, to_file | to_dispatch |
//! | `void` | every stage not ended | voided |
//! | `dispatch` | to_dispatch | dispatched |
//! | `decide_jointly` | to_dispatch | dispatched |
//! | `send_back` | to_dispatch | to_file |
//! | `forward_to_closing` | to_dispatch | to_close |
//! | `sign` | dispatched, handling | handling |
//! | `assign` | handling | stays |
//! | `unassign` | handling | stays |
//! | `reach_milestone` | handling | stays |
//! | `handle` | handling | handling, handled |
//! | `reject_work` | handling, handled | handling |
//! | `confirm` | handling | handling |
//! | `confirm` | handled | handled, unit_confirmed |
//! | `return` | dispatched, handling | to_dispatch |
//! | `request_check` | unit_confirmed, to_close | post_handling_check |
//! | `answer_check` | post_handling_check | to_close |
//! | `order_rework` | to_close | handling, to_dispatch, reported |
//! | `close` | to_close | closed |
//! | `request_extension` | dispatched, handling | stays |
//! | `request_suspension` | dispatched, handling | stays |
//! | `endorse_delay` | handling | stays |
//! | `refuse_delay` | dispatched, handling | stays |
//! | `grant_delay` | dispatched, handling | stays |
//! | `resume` | dispatched, handling | stays |
//! | `urge` | dispatched, handling, handled | stays |
//! | `answer_urge` | dispatched, handling, handled | stays |
//! | `appeal_overdue` | closed | stays |
//! | `review_appeal` | every stage | stays |
//! | `decide_appeal` | every stage | stays |
//! | `split` | reported, to_file, to_dispatch | stays |
//! | `merge` | reported, to_file, to_dispatch, dispatched, handling | merged |
//! | `unmerge` | merged | reported, to_file, to_dispatch, dispatched, handling |
//! | `absorb` | every stage not ended | stays |
//! | `release` | every stage | stays |
//! | `follow` | every stage not ended | stays |
//! | `rate` | closed | stays |
//! | `reopen` | closed | reported, to_dispatch |
//! | `reopen` | refused | reported |
//! | `note` | every stage | stays |
//! | `attach` | every stage | stays |
//! | `set_urgent` | every stage not ended | stays |
//! | `undo` | dispatched | to_dispatch |
//! | `undo` | handling | stays |
//! | `undo` | closed | to_close |
//! | `undo` | merged | reported, to_file, to_dispatch, dispatched, handling |
//! | `timer_fired` | every stage not ended | stays |
//! | `recompute_clocks` | every stage not ended | stays |
//!
//! Who may give it says [`kernel::role::right`] by [`Command::action`]. Beyond that: the checker is neither the reporter nor tied to the
//! work, the closer is nobody who handled it or belongs to a unit that did, side tasks belong to whom they were drawn for, undoing to
//! whoever acted.
//!
//! Clocks: each entry that moves one carries all clocks that run from then on, computed with the calendar of that day, so a rebuild from
//! the entries needs no calendar. [`Case::timers`] are what should fire; [`decide()`] refuses one that no longer runs, and puts on record by
//! itself what has run out before a late timer says so.

pub mod act;
pub mod command;
pub mod context;
pub mod deadlines;
mod decide;
pub mod event;
mod evolve;
pub mod marks;
pub mod noun;
mod parts;
mod refusals;
pub mod state;
pub mod table;
#[cfg(test)]
mod tests;

pub use self::{
    command::{Command, CommandKind},
    context::{CaseSettings, ClockStart, Context, Drawn, StageLimits},
    deadlines::{Clock, ClockName, Running, TimerAt, TimerKind},
    decide::{allowed, decide},
    event::{Event, Fact, Import, Origin, Report},
    evolve::evolve,
    refusals::REFUSALS,
    state::*,
};

/// Longest description of a problem, in characters: the 4,000 of Open311, and as much again for what its sender answers beside it.
pub const TEXT_CHARS_MAX: usize = 8_000;
/// Longest reason, note, answer or reply, in characters.
pub const REASON_CHARS_MAX: usize = 1_000;
/// Longest code, name of a unit or outside body, number of a letter, in characters.
pub const NAME_CHARS_MAX: usize = 100;
/// Most units on one case.
pub const UNITS_MAX: usize = 8;
/// Most milestones of a rule.
pub const MILESTONES_MAX: usize = 12;
/// Most fields that an imported case brings with it.
pub const IMPORT_FIELDS_MAX: usize = 1_024;
/// Most bytes of the names and values of those fields.
pub const IMPORT_FIELDS_BYTES_MAX: usize = 128 * 1024;
/// Most attachments of a case.
pub const ATTACHMENTS_MAX: usize = 60;
/// Most named followers of a case.
pub const FOLLOWERS_MAX: usize = 1_000;
/// Most cases split from one.
pub const CHILDREN_MAX: usize = 20;
/// How long an act can be taken back, in milliseconds (users.md 30).
pub const UNDO_MS_MAX: i64 = 10_000;
