//! What is due on a debt and when: a small table of bonds and of other borrowings.

use jiff::civil::Date;
use kernel::money::Fen;
use ledger::{Fields, register::Faults};
use serde::{Deserialize, Serialize};

use crate::rules::make;

/// What is due on one day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Fields)]
pub struct Due {
    /// The day on which it is due.
    #[field(zh = "到期日", en = "Due on")]
    pub due_on: Date,
    /// The part of the debt that is repaid.
    #[field(zh = "本金", en = "Principal", unit = "wan_yuan")]
    pub principal: Fen,
    /// The interest.
    #[field(zh = "利息", en = "Interest", unit = "wan_yuan")]
    pub interest: Fen,
}

/// A schedule, where there is one, repays the whole debt and goes forward in time.
pub(crate) fn check(faults: Faults, schedule: &[Due], owed: Option<Fen>, from: Option<Date>) -> Faults {
    let principal = schedule.iter().map(|due| due.principal);
    let repays = schedule.is_empty() || owed.is_some_and(|owed| make(principal, owed));
    let days: Vec<Option<Date>> =
        std::iter::once(from).chain(schedule.iter().map(|due| Some(due.due_on))).collect();
    let faults = faults.unless(repays, "schedule", "schedule_differs_from_debt");
    days.windows(2).enumerate().fold(faults, |faults, (number, pair)| {
        faults.unless_in_row(pair[0] < pair[1], "schedule", number, "due_on", "dates_out_of_order")
    })
}
