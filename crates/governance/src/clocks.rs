//! Clocks that entries set: what cases and calls share of them. A clock is computed when an entry is made and written into it, so that a
//! rebuild needs no calendar.

use kernel::{
    calendar::Calendar,
    clock::{Limit, deadline},
    time::Moment,
};
use serde::{Deserialize, Serialize};

/// A clock as an entry sets it. `N` names the clocks of a noun.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clock<N> {
    /// Which.
    pub name: N,
    /// When it started; name and start tell one clock from another.
    pub from: Moment,
    /// When it runs out: later than this is late.
    pub due: Moment,
    /// When it reminds; `None` where that would be no earlier than `due`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remind: Option<Moment>,
}

/// A clock that runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Running<N> {
    /// What it was set to.
    #[serde(flatten)]
    pub clock: Clock<N>,
    /// It has reminded.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub reminded: bool,
    /// It has run out, and that is on record.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub overdue: bool,
}

/// The fact that a clock has run out: it stays on record.
pub trait Late<N> {
    /// Which clock, and when it had started.
    fn of(&self) -> (N, Moment);
    /// When the clock stopped; none while it runs on.
    fn ended(&mut self) -> &mut Option<Moment>;
}

/// Sets the running clocks. A clock that goes on (same name, same start) keeps what it has already told; one that stops ends its
/// overdue fact, one that runs on again takes it up.
pub fn set<N: Copy + PartialEq, F: Late<N>>(
    running: &mut Vec<Running<N>>,
    facts: &mut [F],
    clocks: &[Clock<N>],
    at: Moment,
) {
    let old = std::mem::take(running);
    *running = clocks
        .iter()
        .map(|clock| {
            let same = old.iter().find(|old| old.clock.name == clock.name && old.clock.from == clock.from);
            Running {
                clock: *clock,
                reminded: same.is_some_and(|old| old.reminded && old.clock.due == clock.due),
                overdue: facts.iter().any(|fact| fact.of() == (clock.name, clock.from)),
            }
        })
        .collect();
    for fact in facts {
        let runs = clocks.iter().any(|clock| fact.of() == (clock.name, clock.from));
        let ended = fact.ended();
        *ended = if runs { None } else { ended.or(Some(at)) };
    }
}

impl<N> Running<N> {
    /// When it should remind, if it still has to.
    #[must_use]
    pub fn reminds_at(&self) -> Option<Moment> {
        self.clock.remind.filter(|_| !self.reminded && !self.overdue)
    }

    /// When it should be put on record that it has run out, if it is not yet. On the dot is in time.
    #[must_use]
    pub fn late_at(&self) -> Option<Moment> {
        (!self.overdue).then_some(self.clock.due + 1)
    }
}

/// A clock without pauses. `reminder_percent` is the share of the limit after which it reminds, 1 to 99.
pub(crate) fn started<N>(
    calendar: &Calendar,
    reminder_percent: u8,
    name: N,
    from: Moment,
    limit: Limit,
) -> Option<Clock<N>> {
    let due = deadline(calendar, from, limit, &[])?;
    let clock = Clock { name, from, due, remind: None };
    Some(reminding(clock, limit.unit.is_urgent(), calendar, reminder_percent))
}

/// Sets the reminder: the city's share of the way to the deadline, in working time where the limit counts in working time.
pub(crate) fn reminding<N>(
    clock: Clock<N>,
    urgent: bool,
    calendar: &Calendar,
    reminder_percent: u8,
) -> Clock<N> {
    let share = |millis: i64| millis.saturating_mul(i64::from(reminder_percent)) / 100;
    let remind = if urgent {
        clock.from + share(clock.due - clock.from)
    } else {
        calendar.after_working_ms(clock.from, share(calendar.working_ms_between(clock.from, clock.due)))
    };
    Clock { remind: (clock.from < remind && remind < clock.due).then_some(remind), ..clock }
}
