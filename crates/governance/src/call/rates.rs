//! The figures of the hotline over sheets of a period: response, resolution and satisfaction 三率 (standards 7.2), and how calls were picked
//! up (7.1). Whole numbers only: who shows them divides.

use kernel::time::Moment;
use serde::{Deserialize, Serialize};

use super::{
    context::CallSettings,
    state::{Call, Closing, DemandKind, Outcome, Stage},
};

/// A share as its two counts; of nothing it has no value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Rate {
    /// What is so.
    pub numerator: u64,
    /// Of how many.
    pub denominator: u64,
}

impl Rate {
    fn count(&mut self, is_so: bool) {
        self.numerator += u64::from(is_so);
        self.denominator += 1;
    }

    /// Hundredths of a percent, rounded half up; `None` of nothing.
    #[must_use]
    pub fn basis_points(self) -> Option<u64> {
        (self.denominator > 0).then(|| (self.numerator * 20_000 + self.denominator) / (2 * self.denominator))
    }
}

/// What is left out, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Excluded {
    /// No demand was made, or it is not known yet.
    pub without_demand: u64,
    /// (a) consultations.
    pub consultations: u64,
    /// (b) folded by the platform into a case that others asked for.
    pub duplicates: u64,
    /// (c) certified by two people as not to be met.
    pub unreasonable: u64,
}

/// The three rates of a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Rates {
    /// 响应率: contact made within the limit, of the orders that left the desk or were answered there; open ones count once the limit is over.
    pub response: Rate,
    /// 解决率: solved by the caller's last word, of the orders whose follow-up is over or has brought an answer.
    pub resolution: Rate,
    /// 满意率: satisfied by the caller's last word, of those followed up without the unreachable. Who would not say stays: silence must not
    /// better a rate.
    pub satisfaction: Rate,
    /// Closed because the caller could not be reached.
    pub unreachable: u64,
    /// Left out of all three.
    pub excluded: Excluded,
}

/// The three rates over the sheets whose call came in from `from` on and before `until`, as they stand at `now`.
pub fn rates<'a>(
    calls: impl IntoIterator<Item = &'a Call>,
    (from, until): (Moment, Moment),
    settings: &CallSettings,
    now: Moment,
) -> Rates {
    let mut rates = Rates::default();
    for call in calls.into_iter().filter(|call| from <= call.at && call.at < until) {
        let Some(counted) = left_out(call, &mut rates.excluded) else { continue };
        if let Some(in_time) = responded(counted, now) {
            rates.response.count(in_time);
        }
        let unreachable = counted.closing == Some(Closing::Unreachable);
        if unreachable {
            rates.unreachable += 1;
            rates.resolution.count(false);
        } else if let Some(word) = counted.follow_ups.last() {
            rates.resolution.count(word.solved);
            rates.satisfaction.count(word.satisfaction.is_some_and(|word| word >= settings.satisfied_min));
        }
    }
    rates
}

fn left_out<'a>(call: &'a Call, excluded: &mut Excluded) -> Option<&'a Call> {
    let counter = if call.stage == Stage::Unreasonable {
        &mut excluded.unreasonable
    } else if call.outcome.is_none_or(|outcome| outcome == Outcome::Dropped) && call.follow_ups.is_empty() {
        &mut excluded.without_demand
    } else if call.demand.kind == Some(DemandKind::Consultation) {
        &mut excluded.consultations
    } else if call.is_duplicate() {
        &mut excluded.duplicates
    } else {
        return Some(call);
    };
    *counter += 1;
    None
}

/// Whether the caller was spoken to in time; `None` where there is no limit (nobody to speak to) or it is not over yet.
fn responded(call: &Call, now: Moment) -> Option<bool> {
    match (call.contacted_at, call.response_due) {
        (Some(_), None) => Some(true),
        (Some(at), Some(due)) => Some(at <= due),
        (None, Some(due)) => (due < now).then_some(false),
        (None, None) => None,
    }
}

/// How the exchange's calls of a period were picked up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Connection {
    /// Picked up, of all that rang and are no longer ringing (95% of 24 hours, GB/T 33358).
    pub connected: Rate,
    /// Picked up within [`CallSettings::pick_up_ms`], of those whose waiting is known (15 s).
    pub in_time: Rate,
    /// Sum of the waiting of those picked up, milliseconds.
    pub wait_ms: i64,
    /// How many of those picked up have a known waiting.
    pub waits: u64,
    /// Sum of the talks that are over, milliseconds.
    pub talk_ms: i64,
    /// How many talks are over.
    pub talks: u64,
}

/// How the calls that came in from `from` on and before `until` were picked up.
pub fn connection<'a>(
    calls: impl IntoIterator<Item = &'a Call>,
    (from, until): (Moment, Moment),
    settings: &CallSettings,
) -> Connection {
    let mut sum = Connection::default();
    let calls = calls.into_iter().filter(|call| from <= call.at && call.at < until);
    for exchange in calls.filter_map(|call| call.exchange.as_ref()) {
        let answered = exchange.answered_at.is_some();
        if !answered && exchange.ended_at.is_none() {
            continue;
        }
        sum.connected.count(answered);
        if let Some(wait_ms) = exchange.wait_ms() {
            sum.in_time.count(answered && wait_ms <= i64::from(settings.pick_up_ms));
            if answered {
                sum.wait_ms += wait_ms;
                sum.waits += 1;
            }
        }
        if let Some(talk_ms) = exchange.talk_ms() {
            sum.talk_ms += talk_ms;
            sum.talks += 1;
        }
    }
    sum
}
