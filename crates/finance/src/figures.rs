//! The figures of finance (F1–F7): what platform companies have and owe ([`CAPITAL`]), what is approved, built and invested ([`PROJECTS`]).

mod capital;
mod projects;

use figures::{Figure, Measure, Total, Unit};
use ledger::register::Title;

pub use capital::CAPITAL;
pub use projects::PROJECTS;

const fn title(zh: &'static str, en: &'static str) -> Title {
    Title { zh, en }
}

const fn figure(
    (code, mission): (&'static str, &'static str),
    title: Title,
    formula: Title,
    (unit, measure): (Unit, Measure),
) -> Figure {
    Figure { code, mission: Some(mission), title, unit, formula, version: 1, measure }
}

/// A sum of money in 亿元.
const fn yi(total: Total) -> (Unit, Measure) {
    (Unit::YiYuan, Measure::Total(total))
}

/// A count, or a sum of counts.
const fn counted(word: Title, total: Total) -> (Unit, Measure) {
    (Unit::Count(word), Measure::Total(total))
}

/// A part of a whole in percent, two decimals as the source prints them.
const fn percent(part: Total, whole: Total) -> (Unit, Measure) {
    (Unit::Percent(2), Measure::Ratio { part, whole })
}
