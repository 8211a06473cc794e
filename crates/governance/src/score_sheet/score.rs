//! Points from figures: whole thousandths of a point, rounded half away from zero, so that the lines add up to the total.

use kernel::{decimal::Decimal, rate::MILLIONTHS};

use super::{LineKind, ScoreLine, ScoreSheet};

/// What a figure gave for the object that is scored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counted {
    /// The part, or the events.
    pub numerator: i64,
    /// The whole; none for events.
    pub denominator: Option<i64>,
}

/// A line with its points.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scored {
    /// The figure's code.
    pub figure: String,
    /// What was counted; none where the figure was not given.
    pub counted: Option<Counted>,
    /// The points, below zero where events take from the total; none where there are too few cases, or no figure.
    pub points: Option<Decimal<3>>,
}

/// What a sheet says of one object.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Score {
    /// Its lines, in the sheet's order.
    pub lines: Vec<Scored>,
    /// All points together; none where a line has none: half a score would be taken for a whole one.
    pub total: Option<Decimal<3>>,
}

/// Scores what `values` gives for each figure of the sheet.
#[must_use]
pub fn score(sheet: &ScoreSheet, values: impl Fn(&str) -> Option<Counted>) -> Score {
    let lines: Vec<Scored> = sheet
        .lines
        .iter()
        .map(|line| {
            let counted = values(&line.figure);
            let points = counted.and_then(|counted| points(line, counted, sheet.cases_min));
            Scored { figure: line.figure.clone(), counted, points: points.map(Decimal) }
        })
        .collect();
    let total = lines
        .iter()
        .try_fold(0_i64, |sum, line| sum.checked_add(line.points?.0))
        .filter(|_| !lines.is_empty())
        .map(Decimal);
    Score { lines, total }
}

/// By how much an object's score has changed against its own one before; none where either has no total.
#[must_use]
pub fn change(now: &Score, before: &Score) -> Option<Decimal<3>> {
    Some(Decimal(now.total?.0 - before.total?.0))
}

fn points(line: &ScoreLine, counted: Counted, cases_min: u32) -> Option<i64> {
    let weight = i128::from(line.weight.0);
    let each = i128::from(line.each.map_or(0, |each| each.0));
    let most = line.cap.map_or(weight, |cap| i128::from(cap.0));
    let part = i128::from(counted.numerator);
    let points = if line.kind == LineKind::Events {
        weight - (each * part).clamp(0, most.max(0))
    } else {
        let whole = i128::from(counted.denominator?);
        if whole < i128::from(cases_min) {
            return None;
        }
        match line.kind {
            LineKind::Rate => rounded(weight * part, whole),
            LineKind::Inverse => rounded(weight * (whole - part), whole),
            LineKind::Target | LineKind::Events => {
                let target = i128::from(line.target?.0);
                let short = (target * whole - part * i128::from(MILLIONTHS)).max(0);
                // Whole percentage points, those begun not counted.
                let steps = short / (whole * i128::from(MILLIONTHS) / 100);
                weight - (each * steps).clamp(0, most.max(0))
            }
        }
    };
    i64::try_from(points).ok()
}

/// Rounded half away from zero; `whole` is above zero.
const fn rounded(part: i128, whole: i128) -> i128 {
    let half = if part < 0 { -whole } else { whole };
    (2 * part + half) / (2 * whole)
}
