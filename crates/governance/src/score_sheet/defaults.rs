//! The sheets that cities were seen to use (standards 5.2), as far as figures stand for their lines. Rows to begin with, which a city
//! changes by an edition of its own.

use jiff::civil::{Date, date};
use kernel::{
    decimal::Decimal,
    rate::{MILLIONTHS, Rate},
};

use super::{LineKind, ScoreLine, ScoreSheet, ScoredObject};

/// From when the shipped sheets score.
const BEGINS: Date = date(2016, 1, 1);
/// Fewer cases than this tell of chance.
const CASES_MIN: u32 = 10;

fn line(figure: &str, kind: LineKind, points: i64) -> ScoreLine {
    ScoreLine {
        figure: format!("governance.{figure}"),
        kind,
        weight: Decimal(points * 1_000),
        target: None,
        each: None,
        cap: None,
    }
}

/// The weight at so many percent; each point below takes one.
fn at(figure: &str, percent: i64, points: i64) -> ScoreLine {
    let target = Some(Rate(percent * MILLIONTHS / 100));
    ScoreLine { target, each: Some(Decimal(1_000)), ..line(figure, LineKind::Target, points) }
}

/// The shipped sheets: the digital sheet of 金牛区, Chengdu, whole; that of 金华 without its points for organisation and fraud, which no
/// case tells; the three rates of the hotline by the usual weights of 7.2.
#[must_use]
pub fn defaults() -> Vec<ScoreSheet> {
    let sheet = |code: &str, name: &str, object, source: &str, lines: Vec<ScoreLine>| ScoreSheet {
        code: code.to_owned(),
        edition: "1".to_owned(),
        name: name.to_owned(),
        object,
        full: Decimal(lines.iter().map(|line| line.weight.0).sum()),
        cases_min: CASES_MIN,
        lines,
        source: source.to_owned(),
        begins_on: BEGINS,
        ends_on: None,
    };
    let reworks = ScoreLine {
        each: Some(Decimal(200)),
        cap: Some(Decimal(10_000)),
        ..line("reworked", LineKind::Events, 0)
    };
    vec![
        sheet(
            "digital_jinniu",
            "数字城管考评表（金牛区式）",
            ScoredObject::Unit,
            "standards 5.2 [S48]",
            vec![
                line("handled_rate.adjusted", LineKind::Rate, 30),
                line("handled_on_time_rate.adjusted", LineKind::Rate, 20),
                line("reworked_rate.adjusted", LineKind::Inverse, 20),
                line("waiting_late_rate.adjusted", LineKind::Inverse, 20),
                line("extended_rate.adjusted", LineKind::Inverse, 10),
            ],
        ),
        sheet(
            "digital_jinhua",
            "数字城管考评表（金华式）",
            ScoredObject::Unit,
            "standards 5.2 [S6]",
            vec![
                at("closed_on_time_rate.without_suspended", 70, 50),
                at("closed_rate.without_suspended", 90, 20),
                at("urgent_closed_rate.raw", 100, 5),
                at("urgent_closed_on_time_rate.raw", 95, 5),
                reworks,
            ],
        ),
        sheet(
            "hotline_three_rates",
            "热线三率考评表",
            ScoredObject::Street,
            "standards 7.2",
            vec![
                line("calls_response_rate.adjusted", LineKind::Rate, 10),
                line("calls_resolution_rate.adjusted", LineKind::Rate, 45),
                line("calls_satisfaction_rate.adjusted", LineKind::Rate, 45),
            ],
        ),
    ]
}
