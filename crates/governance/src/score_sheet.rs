//! Score sheets 考评表: how figures become points (standards 5.2 and 5.3). A sheet scores a unit, a street or the city, never a person, and
//! compares it with its own past; where it had too few cases to tell, it has no score.

mod defaults;
mod score;
#[cfg(test)]
mod tests;

use jiff::civil::Date;
use kernel::{decimal::Decimal, rate::Rate};
use ledger::{FieldFault, Fields, Register, register::Faults};
use serde::{Deserialize, Serialize};

pub use self::{
    defaults::defaults,
    score::{Counted, Score, Scored, change, score},
};

/// Lines of a sheet at the most.
pub const SHEET_LINES_MAX: usize = 40;

ledger::choices! {
    /// Whom a sheet scores.
    ScoredObject {
        /// A unit.
        Unit = "unit" ("处置单位", "Unit"),
        /// A street or town.
        Street = "street" ("街道（镇）", "Street or town"),
        /// The city.
        City = "city" ("全市", "City"),
    }
}

ledger::choices! {
    /// How a figure becomes points.
    LineKind {
        /// The rate times the weight.
        Rate = "rate" ("比率×权重", "Rate × weight"),
        /// What the rate leaves of the whole, times the weight.
        Inverse = "inverse" ("（1－比率）×权重", "(1 − rate) × weight"),
        /// The weight where the rate reaches the target; each percentage point below takes points.
        Target = "target" ("达标计分", "Weight at a target"),
        /// The weight, of which each event takes points; where the weight is nought, events take from the total.
        Events = "events" ("按次扣分", "Points per event"),
    }
}

/// A line of a score sheet.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Fields)]
pub struct ScoreLine {
    /// The code of the figure that it scores.
    #[field(zh = "指标", en = "Figure", max = 80)]
    pub figure: String,
    /// How it becomes points.
    #[field(zh = "计分方式", en = "Kind")]
    pub kind: LineKind,
    /// The points of the line where nothing is wanting.
    #[field(zh = "分值", en = "Weight", unit = "points", max = 1_000_000)]
    pub weight: Decimal<3>,
    /// From which rate on the whole weight is given.
    #[field(zh = "达标值", en = "Target")]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target: Option<Rate>,
    /// Points that each event, or each whole percentage point below the target, takes.
    #[field(zh = "每次（每个百分点）扣分", en = "Points each", unit = "points", max = 1_000_000)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub each: Option<Decimal<3>>,
    /// Points that the line takes at the most; without it, its weight.
    #[field(zh = "扣分上限", en = "At the most", unit = "points", max = 1_000_000)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cap: Option<Decimal<3>>,
}

/// An edition of a score sheet (standards 5.2).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Register)]
#[register(
    name = "score_sheet",
    part = "governance",
    mission = "G3",
    zh = "考评表",
    en = "Score sheet",
    key(code, edition),
    valid_from = "begins_on",
    valid_to = "ends_on",
    check = "faults"
)]
pub struct ScoreSheet {
    /// A short word, the same for all editions.
    #[field(zh = "编码", en = "Code", max = 40, find)]
    pub code: String,
    /// Which edition; another one where anything changes, so that old scores stay what they were.
    #[field(zh = "版本", en = "Edition", max = 20)]
    pub edition: String,
    /// What it is called.
    #[field(zh = "名称", en = "Name", max = 100, search)]
    pub name: String,
    /// Whom it scores; never a person.
    #[field(zh = "考评对象", en = "Scores", find)]
    pub object: ScoredObject,
    /// The points that all lines give together where nothing is wanting.
    #[field(zh = "总分", en = "Full score", unit = "points", min = 1, max = 1_000_000)]
    pub full: Decimal<3>,
    /// With fewer cases than this in a line's denominator there is no score: it would tell of chance.
    #[field(zh = "最小样本数", en = "Fewest cases", unit = "cases", min = 1, max = 10_000)]
    pub cases_min: u32,
    /// What is scored.
    #[field(zh = "计分项", en = "Lines", max = 40)]
    pub lines: Vec<ScoreLine>,
    /// Where the sheet comes from.
    #[field(zh = "依据", en = "Source", max = 200, optional)]
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub source: String,
    /// The first day on which it scores.
    #[field(zh = "生效日期", en = "Valid from", find)]
    pub begins_on: Date,
    /// The last day; empty while it is in force.
    #[field(zh = "失效日期", en = "Valid to", find)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ends_on: Option<Date>,
}

/// Lines with all that their kind needs, each figure once, weights that add up to the full score.
fn faults(sheet: &ScoreSheet) -> Vec<FieldFault> {
    let weights: i64 = sheet.lines.iter().map(|line| line.weight.0).sum();
    let mut faults = Faults::new()
        .unless(!sheet.lines.is_empty(), "lines", "score_lines_missing")
        .unless(weights == sheet.full.0, "full", "score_weights_do_not_add_up")
        .in_order(&[("begins_on", Some(sheet.begins_on)), ("ends_on", sheet.ends_on)]);
    for (number, line) in sheet.lines.iter().enumerate() {
        let needs_each = matches!(line.kind, LineKind::Target | LineKind::Events);
        let again = sheet.lines.iter().take(number).any(|before| before.figure == line.figure);
        let bounded = line.kind != LineKind::Events || line.weight.0 > 0 || line.cap.is_some();
        faults = faults
            .unless_in_row(!again, "lines", number, "figure", "score_figure_twice")
            .unless_in_row(
                line.kind != LineKind::Target || line.target.is_some(),
                "lines",
                number,
                "target",
                "value_missing_here",
            )
            .unless_in_row(!needs_each || line.each.is_some(), "lines", number, "each", "value_missing_here")
            .unless_in_row(bounded, "lines", number, "cap", "value_missing_here")
            .unless_in_row(line.weight.0 >= 0, "lines", number, "weight", "number_range");
    }
    faults.found()
}

/// The lines whose figure nobody knows, or which is not of the kind that they score; `known` says of a code whether it is a rate, and
/// nothing where there is no such figure. Part and caller meet here: this part need not know the figures of others.
#[must_use]
pub fn unknown_figures(sheet: &ScoreSheet, known: impl Fn(&str) -> Option<bool>) -> Vec<FieldFault> {
    let faults = sheet.lines.iter().enumerate().fold(Faults::new(), |faults, (number, line)| {
        let is_rate = known(&line.figure);
        let wants_rate = line.kind != LineKind::Events;
        faults
            .unless_in_row(is_rate.is_some(), "lines", number, "figure", "score_figure_unknown")
            .unless_in_row(
                is_rate.is_none_or(|is_rate| is_rate == wants_rate),
                "lines",
                number,
                "figure",
                "score_figure_of_another_kind",
            )
    });
    faults.found()
}
