//! The two clocks: limits with the word 紧急 (urgent) run around the clock, all others in working time only
//! (standards.md 4.1). A pause (suspension 挂账) stops either.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use crate::{
    calendar::{Calendar, DayPolicy},
    error::{Coded, ErrorKind},
    time::{DAY_MS, HOUR_MS, MINUTE_MS, Moment},
};

#[cfg(test)]
mod tests;

/// Working time in a working day where days fold into hours ("working days of 8 working hours").
pub const WORKING_DAY_MS: i64 = 8 * HOUR_MS;
/// Largest number in a limit that is read from text.
pub const LIMIT_VALUE_MAX: u32 = 9_999;

/// The unit of a limit; it also says which clock the limit runs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LimitUnit {
    /// 紧急分钟: a minute around the clock.
    UrgentMinute,
    /// 紧急工作时: an hour around the clock.
    UrgentHour,
    /// 紧急工作日: a natural day of 24 hours.
    UrgentDay,
    /// 工作时: an hour of working time.
    WorkingHour,
    /// 工作日: a working day, by the city's [`DayPolicy`].
    WorkingDay,
}

impl LimitUnit {
    /// Does it run around the clock?
    #[must_use]
    pub fn is_urgent(self) -> bool {
        matches!(self, Self::UrgentMinute | Self::UrgentHour | Self::UrgentDay)
    }

    /// The word of the handbooks.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::UrgentMinute => "紧急分钟",
            Self::UrgentHour => "紧急工作时",
            Self::UrgentDay => "紧急工作日",
            Self::WorkingHour => "工作时",
            Self::WorkingDay => "工作日",
        }
    }

    /// Milliseconds on its own clock, a working day taken as eight hours.
    fn millis(self) -> i64 {
        match self {
            Self::UrgentMinute => MINUTE_MS,
            Self::UrgentHour | Self::WorkingHour => HOUR_MS,
            Self::UrgentDay => DAY_MS,
            Self::WorkingDay => WORKING_DAY_MS,
        }
    }
}

/// A time limit 时限. Text is Chinese as in the handbooks: `2紧急工作时`, `4工作时` (also read: `4小时`), `2工作日`
/// (also read: `2天`), `1紧急工作日`, `15紧急分钟`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Limit {
    /// How many.
    pub value: u32,
    /// Of what.
    pub unit: LimitUnit,
}

impl Limit {
    /// A limit.
    #[must_use]
    pub const fn new(value: u32, unit: LimitUnit) -> Self {
        Self { value, unit }
    }

    /// The limit in milliseconds of its own clock, a working day taken as [`WORKING_DAY_MS`].
    #[must_use]
    pub fn millis(self) -> i64 {
        i64::from(self.value).saturating_mul(self.unit.millis())
    }
}

impl fmt::Display for Limit {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}{}", self.value, self.unit.word())
    }
}

/// A text that is no limit.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LimitError {
    /// Not a number followed by a unit.
    #[error("limit_malformed")]
    Malformed,
    /// The number is 0 or above [`LIMIT_VALUE_MAX`].
    #[error("limit_value_range")]
    ValueRange,
    /// The unit is none of the handbooks' words.
    #[error("limit_unit_unknown")]
    UnitUnknown,
}

impl Coded for LimitError {
    fn code(&self) -> &'static str {
        match self {
            Self::Malformed => "limit_malformed",
            Self::ValueRange => "limit_value_range",
            Self::UnitUnknown => "limit_unit_unknown",
        }
    }

    fn kind(&self) -> ErrorKind {
        ErrorKind::Invalid
    }
}

impl FromStr for Limit {
    type Err = LimitError;

    fn from_str(text: &str) -> Result<Self, LimitError> {
        let text: String = text.chars().map(crate::text::fold_width).filter(|c| !c.is_whitespace()).collect();
        let digits = text.find(|c: char| !c.is_ascii_digit()).ok_or(LimitError::Malformed)?;
        let (number, word) = text.split_at(digits);
        if number.is_empty() {
            return Err(LimitError::Malformed);
        }
        let value: u32 = number.parse().map_err(|_| LimitError::ValueRange)?;
        let unit = match word.trim_start_matches('个') {
            "紧急分钟" => LimitUnit::UrgentMinute,
            "紧急工作时" | "紧急工作小时" | "紧急小时" | "紧急时" => LimitUnit::UrgentHour,
            "紧急工作日" | "紧急日" | "紧急天" => LimitUnit::UrgentDay,
            "工作时" | "工作小时" | "小时" | "时" => LimitUnit::WorkingHour,
            "工作日" | "工作天" | "日" | "天" => LimitUnit::WorkingDay,
            _ => return Err(LimitError::UnitUnknown),
        };
        if value == 0 || value > LIMIT_VALUE_MAX {
            return Err(LimitError::ValueRange);
        }
        Ok(Self { value, unit })
    }
}

/// A time in which a clock stands, `from` included, `until` not; without `until` it still stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Pause {
    /// When the clock stopped.
    pub from: Moment,
    /// When it went on, if it has.
    pub until: Option<Moment>,
}

/// When the limit is used up: the earliest moment at which so much of its own clock has passed since `start`, pauses
/// left out. `None` while a pause before that moment is open-ended.
///
/// Pauses may come in any order and overlap. What lies before `start` or after the deadline changes nothing. Working
/// days under [`DayPolicy::EndOfDay`] end with the close of the N-th working day after the day of `start`; a day in
/// whose office hours the clock stood does not count. A limit of 0 ends at `start`.
#[must_use]
pub fn deadline(calendar: &Calendar, start: Moment, limit: Limit, pauses: &[Pause]) -> Option<Moment> {
    match course(calendar, start, limit, &merge(start, pauses)) {
        Course::Ends(deadline) => Some(deadline),
        Course::Stands { .. } => None,
    }
}

/// How much of the limit is left at `now`, milliseconds on the limit's own clock: plain time for urgent limits, working
/// time for the others. Negative when overdue, by the time since the deadline on that clock; 0 from the deadline until
/// that clock moves again. While the clock stands the answer stays the same. Before `start` all of it is left.
#[must_use]
pub fn remaining_ms(calendar: &Calendar, now: Moment, start: Moment, limit: Limit, pauses: &[Pause]) -> i64 {
    let pauses = merge(start, pauses);
    let now = now.max(start);
    let elapsed = |from, to| elapsed_ms(calendar, limit.unit, from, to);
    let (now, end) = match course(calendar, start, limit, &pauses) {
        Course::Ends(deadline) if now > deadline => return -elapsed(deadline, now),
        Course::Ends(deadline) => (now, deadline),
        Course::Stands { since, planned } => (now.min(since), planned),
    };
    let paused: i64 = pauses
        .iter()
        .filter_map(|pause| {
            let until = pause.until?.min(end);
            let from = pause.from.max(now);
            (from < until).then(|| elapsed(from, until))
        })
        .sum();
    elapsed(now, end) - paused
}

/// How a limit runs out.
enum Course {
    /// It ends then.
    Ends(Moment),
    /// The clock stands since then; without this last pause it would end at `planned`.
    Stands { since: Moment, planned: Moment },
}

/// Pauses from `start` on, in order, apart from each other, none empty; only the last may be open-ended.
fn merge(start: Moment, pauses: &[Pause]) -> Vec<Pause> {
    let mut sorted: Vec<Pause> = pauses
        .iter()
        .map(|pause| Pause { from: pause.from.max(start), until: pause.until })
        .filter(|pause| pause.until.is_none_or(|until| pause.from < until))
        .collect();
    sorted.sort_by_key(|pause| pause.from);
    let mut merged: Vec<Pause> = Vec::with_capacity(sorted.len());
    for pause in sorted {
        match merged.last_mut() {
            Some(last) if last.until.is_none_or(|until| pause.from <= until) => {
                last.until = last.until.zip(pause.until).map(|(one, other)| one.max(other));
            }
            _ => merged.push(pause),
        }
    }
    merged
}

/// Walks through merged pauses; each moves the end on by the time that it took from the clock.
fn course(calendar: &Calendar, start: Moment, limit: Limit, pauses: &[Pause]) -> Course {
    if limit.unit == LimitUnit::WorkingDay && calendar.day_policy() == DayPolicy::EndOfDay && limit.value > 0
    {
        return whole_days(calendar, start, limit.value, pauses);
    }
    let mut end = advance(calendar, limit.unit, start, limit.millis());
    for pause in pauses {
        if pause.from >= end {
            break;
        }
        let Some(until) = pause.until else { return Course::Stands { since: pause.from, planned: end } };
        end = advance(calendar, limit.unit, end, elapsed_ms(calendar, limit.unit, pause.from, until));
    }
    Course::Ends(end)
}

/// [`DayPolicy::EndOfDay`]: counts working days, leaving out each whose office hours a pause touches.
fn whole_days(calendar: &Calendar, start: Moment, value: u32, pauses: &[Pause]) -> Course {
    let days = calendar.working_days();
    let natural = Moment(start.millis().saturating_add(i64::from(value).saturating_mul(DAY_MS)));
    let first = days.partition_point(|day| day.midnight <= start.millis());
    if start.millis() < calendar.table_start() || first == days.len() {
        return Course::Ends(natural);
    }
    let close = |index: usize| match days.get(index) {
        Some(day) => Moment(day.close),
        // Past the end of the table days are natural days.
        None => Moment(days.last().map_or(0, |day| day.close) + day_ms(index + 1 - days.len())),
    };
    let mut index = first + usize::try_from(value).unwrap_or(usize::MAX / 2) - 1;
    let mut uncounted = first;
    for pause in pauses {
        let end = close(index);
        if pause.from >= end {
            break;
        }
        let Some(until) = pause.until else { return Course::Stands { since: pause.from, planned: end } };
        let touched_from = days.partition_point(|day| day.close <= pause.from.millis()).max(uncounted);
        let touched_to = days.partition_point(|day| day.open < until.millis());
        index += touched_to.saturating_sub(touched_from);
        uncounted = uncounted.max(touched_to);
    }
    Course::Ends(close(index))
}

fn day_ms(days: usize) -> i64 {
    i64::try_from(days).unwrap_or(i64::MAX).saturating_mul(DAY_MS)
}

/// Time on the unit's own clock.
fn elapsed_ms(calendar: &Calendar, unit: LimitUnit, from: Moment, to: Moment) -> i64 {
    if unit.is_urgent() { to - from } else { calendar.working_ms_between(from, to) }
}

/// The earliest moment after so much time on the unit's own clock.
fn advance(calendar: &Calendar, unit: LimitUnit, from: Moment, millis: i64) -> Moment {
    if unit.is_urgent() { from + millis } else { calendar.after_working_ms(from, millis) }
}
