//! The deadlines that a case had last, kept when their clocks have stopped: figures count a case in the period in which it was due
//! (standards 5.1: 应X数).

use kernel::time::Moment;
use serde::{Deserialize, Serialize};

use crate::case::deadlines::{Clock, ClockName};

/// The last deadline of each duty that figures ask for; none where the duty never had one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Dues {
    /// Until when a collector had to say whether it is true.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub verify: Option<Moment>,
    /// Until when it had to be given to a unit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dispatch: Option<Moment>,
    /// Until when the units that have it had to be done: the last milestone, or the joint decision's date; before they have signed, where
    /// the clock waits for that, until when to sign.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub handle: Option<Moment>,
    /// Until when a collector had to say whether it is done.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub check: Option<Moment>,
    /// Until when it had to come nearer to its end: handling, then the check, then the closing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub close: Option<Moment>,
}

impl Dues {
    /// Takes over the deadlines of the clocks that run from now on.
    pub(in crate::case) fn set(&mut self, clocks: &[Clock]) {
        let of = |wanted: fn(ClockName) -> bool| {
            clocks.iter().filter(|clock| wanted(clock.name)).map(|clock| clock.due).max()
        };
        let verify = of(|name| name == ClockName::Verify);
        let dispatch = of(|name| name == ClockName::Dispatch);
        let handle = of(|name| matches!(name, ClockName::Sign | ClockName::Handle(_) | ClockName::Joint));
        let check = of(|name| name == ClockName::Check);
        let close = of(|name| matches!(name, ClockName::RequestCheck | ClockName::Close));
        self.verify = verify.or(self.verify);
        self.dispatch = dispatch.or(self.dispatch);
        self.handle = handle.or(self.handle);
        self.check = check.or(self.check);
        self.close = close.or(check).or(handle).or(self.close);
    }

    /// The units no longer have it: what they had to do is no longer due.
    pub(in crate::case) const fn taken_from_units(&mut self) {
        self.handle = None;
        self.check = None;
        self.close = None;
    }
}
