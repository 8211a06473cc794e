//! What is due on a debt and when: a small table of bonds and of other borrowings.

use jiff::civil::Date;
use kernel::money::Fen;
use ledger::{FieldFault, Fields};
use serde::{Deserialize, Serialize};

use crate::rules::{holds, total};

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
pub(crate) fn check(faults: &mut Vec<FieldFault>, schedule: &[Due], owed: Option<Fen>, from: Option<Date>) {
    if schedule.is_empty() {
        return;
    }
    let repaid = total(schedule.iter().map(|due| due.principal));
    holds(faults, owed.is_some_and(|owed| repaid == i128::from(owed.0)), "schedule", "schedule_sum_differs");
    let days = from.into_iter().chain(schedule.iter().map(|due| due.due_on));
    let days: Vec<Date> = days.collect();
    holds(faults, days.windows(2).all(|pair| pair[0] < pair[1]), "schedule", "schedule_not_in_order");
}
