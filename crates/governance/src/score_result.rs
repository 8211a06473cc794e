//! Results of score sheets 考评结果: what a sheet gave for one unit, street or the city in one period, kept as it was published.

use kernel::{decimal::Decimal, period::Period};
use ledger::{FieldFault, Fields, Register, register::Faults};
use serde::{Deserialize, Serialize};

use crate::score_sheet::{Score, Scored};

/// A line of a result.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Fields)]
pub struct ResultLine {
    /// The code of the figure.
    #[field(zh = "指标", en = "Figure", max = 80)]
    pub figure: String,
    /// The part, or the events; none where the figure was not given.
    #[field(zh = "分子（次数）", en = "Part or events", min = 0, max = 1_000_000_000)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part: Option<i64>,
    /// The whole; none for events.
    #[field(zh = "分母", en = "Whole", min = 0, max = 1_000_000_000)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub whole: Option<i64>,
    /// The points; none where there were too few cases to tell.
    #[field(zh = "得分", en = "Points", unit = "points", min = -1_000_000, max = 1_000_000)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub points: Option<Decimal<3>>,
}

/// What a sheet gave for a unit, a street or the city in one period; never for a person (standards 5.3).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Register)]
#[register(
    name = "score_result",
    part = "governance",
    mission = "G3",
    zh = "考评结果",
    en = "Score result",
    key(code),
    check = "faults",
    complete = "complete"
)]
pub struct ScoreResult {
    /// Its number.
    #[field(zh = "编号", en = "Code", max = 120)]
    pub code: String,
    /// The sheet with its edition.
    #[field(zh = "考评表", en = "Score sheet", refers = "score_sheet", find, max = 80)]
    pub sheet: String,
    /// The code of the unit, street or city that is scored.
    #[field(zh = "被考评对象", en = "Scored", max = 40, find)]
    pub scored: String,
    /// The period.
    #[field(zh = "考评期", en = "Period", find)]
    pub period: Period,
    /// The lines, in the sheet's order.
    #[field(zh = "各项得分", en = "Lines", max = 40)]
    pub lines: Vec<ResultLine>,
    /// All points together; counted from the lines, and none where a line has none.
    #[field(zh = "总得分", en = "Total", unit = "points", min = -1_000_000, max = 1_000_000, find, derived)]
    pub total: Option<Decimal<3>>,
    /// After which entry of the ledger it was counted: by it the figures can be counted again.
    #[field(zh = "取数截止条目", en = "As of entry", min = 0)]
    pub entries: i64,
}

impl ScoreResult {
    /// The result of a score.
    #[must_use]
    pub fn of(sheet: String, scored: String, period: Period, score: &Score, entries: i64) -> Self {
        let line = |line: &Scored| ResultLine {
            figure: line.figure.clone(),
            part: line.counted.map(|counted| counted.numerator),
            whole: line.counted.and_then(|counted| counted.denominator),
            points: line.points,
        };
        let lines = score.lines.iter().map(line).collect();
        // Whom a sheet scored when is known by one code.
        let code = format!("{}-{scored}-{period}", sheet.replace('/', "-"));
        Self { code, sheet, scored, period, lines, total: score.total, entries }
    }
}

fn complete(result: &mut ScoreResult) {
    let sum = result.lines.iter().try_fold(0_i64, |sum, line| sum.checked_add(line.points?.0));
    result.total = sum.filter(|_| !result.lines.is_empty()).map(Decimal);
}

fn faults(result: &ScoreResult) -> Vec<FieldFault> {
    let faults = Faults::new().unless(!result.lines.is_empty(), "lines", "score_lines_missing");
    let lines = result.lines.iter().enumerate();
    lines
        .fold(faults, |faults, (number, line)| {
            let again = result.lines.iter().take(number).any(|before| before.figure == line.figure);
            let within = line.part.zip(line.whole).is_none_or(|(part, whole)| part <= whole);
            faults
                .unless_in_row(!again, "lines", number, "figure", "score_figure_twice")
                .unless_in_row(within, "lines", number, "part", "part_above_whole")
                .unless_in_row(
                    line.points.is_none() || line.part.is_some(),
                    "lines",
                    number,
                    "part",
                    "value_missing_here",
                )
        })
        .found()
}

#[cfg(test)]
mod tests {
    use ledger::Register as _;

    use super::*;
    use crate::score_sheet::{Counted, defaults, score};

    fn result(counted: i64) -> ScoreResult {
        let sheet = defaults().remove(0);
        let score = score(&sheet, |_| Some(Counted { numerator: counted / 2, denominator: Some(counted) }));
        let key = format!("{}/{}", sheet.code, sheet.edition);
        ScoreResult::of(key, "sanitation".to_owned(), "2016-05".parse().unwrap(), &score, 12)
    }

    #[test]
    fn the_total_is_that_of_the_lines_or_none() {
        let mut full = result(40);
        let total = full.total;
        assert_eq!(total, Some(Decimal(50_000)));
        full.total = Some(Decimal(99_000));
        complete(&mut full);
        assert_eq!(full.total, total, "what comes from outside is counted again");
        assert!(full.validate().is_empty());
        let mut few = result(8);
        complete(&mut few);
        assert_eq!(few.total, None);
        assert!(few.lines.iter().all(|line| line.part == Some(4) && line.points.is_none()));
    }

    #[test]
    fn lines_that_cannot_be_are_refused() {
        let codes = |change: fn(&mut ScoreResult)| {
            let mut row = result(40);
            change(&mut row);
            row.validate().into_iter().map(|fault| fault.code).collect::<Vec<_>>()
        };
        assert_eq!(codes(|row| row.lines.clear()), ["score_lines_missing"]);
        assert_eq!(codes(|row| row.lines[1].figure = row.lines[0].figure.clone()), ["score_figure_twice"]);
        assert_eq!(codes(|row| row.lines[2].part = Some(41)), ["part_above_whole"]);
        assert_eq!(codes(|row| row.lines[2].part = None), ["value_missing_here"]);
    }
}
