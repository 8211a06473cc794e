//! Points by hand, and what a sheet must not be.

use kernel::{decimal::Decimal, rate::Rate};
use ledger::Register as _;

use super::*;

fn sheet(code: &str) -> ScoreSheet {
    defaults().into_iter().find(|sheet| sheet.code == code).unwrap()
}

fn of(numerator: i64, denominator: i64) -> Option<Counted> {
    Some(Counted { numerator, denominator: Some(denominator) })
}

fn codes(faults: &[FieldFault]) -> Vec<(&str, &str)> {
    faults.iter().map(|fault| (fault.field.as_ref(), fault.code)).collect()
}

fn points(score: &Score) -> Vec<Option<i64>> {
    score.lines.iter().map(|line| line.points.map(|points| points.0)).collect()
}

/// 30 × 90 % + 20 × 80 % + 20 × (1 − 5 %) + 20 × (1 − 10 %) + 10 × (1 − 2 ÷ 3).
fn jinniu(figure: &str) -> Option<Counted> {
    match figure.strip_prefix("governance.")? {
        "handled_rate.adjusted" => of(90, 100),
        "handled_on_time_rate.adjusted" => of(80, 100),
        "reworked_rate.adjusted" => of(5, 100),
        "waiting_late_rate.adjusted" => of(10, 100),
        "extended_rate.adjusted" => of(20, 30),
        _ => None,
    }
}

#[test]
fn the_sheet_of_jinniu_gives_what_one_counts_by_hand() {
    let sheet = sheet("digital_jinniu");
    assert_eq!(sheet.full, Decimal(100_000));
    let score = score(&sheet, jinniu);
    assert_eq!(points(&score), [Some(27_000), Some(16_000), Some(19_000), Some(18_000), Some(3_333)]);
    assert_eq!(score.total, Some(Decimal(83_333)));
    let before = super::score(&sheet, |_| of(0, 50));
    assert_eq!(before.total, Some(Decimal(50_000)), "nothing done, nothing done again, late or put off");
    assert_eq!(change(&score, &before), Some(Decimal(33_333)));
}

#[test]
fn too_few_cases_have_no_score() {
    let sheet = sheet("digital_jinniu");
    let few = |figure: &str| jinniu(figure).map(|counted| Counted { denominator: Some(9), ..counted });
    let small = score(&sheet, few);
    assert!(small.total.is_none() && small.lines.iter().all(|line| line.points.is_none()));
    assert!(small.lines.iter().all(|line| line.counted.is_some()), "what was counted is still shown");
    let one = score(&sheet, |figure| jinniu(figure).filter(|_| !figure.contains("extended")));
    assert_eq!(one.total, None, "half a score is none");
    assert_eq!(one.lines[0].points, Some(Decimal(27_000)));
    assert_eq!(change(&one, &small), None);
    assert!(score(&sheet, |_| of(10, 10)).total.is_some(), "just enough");
}

#[test]
fn targets_and_events_take_points_up_to_their_cap() {
    let sheet = sheet("digital_jinhua");
    let value = |reworks: i64| {
        move |figure: &str| match figure.strip_prefix("governance.")? {
            // 70 % and two whole points and a half below.
            "closed_on_time_rate.without_suspended" => of(675, 1_000),
            "closed_rate.without_suspended" => of(90, 100),
            "urgent_closed_rate.raw" => of(50, 100),
            "urgent_closed_on_time_rate.raw" => of(100, 100),
            "reworked" => Some(Counted { numerator: reworks, denominator: None }),
            _ => None,
        }
    };
    let scored = score(&sheet, value(3));
    assert_eq!(points(&scored), [Some(48_000), Some(20_000), Some(0), Some(5_000), Some(-600)]);
    assert_eq!(scored.total, Some(Decimal(72_400)));
    assert_eq!(points(&score(&sheet, value(1_000))).last(), Some(&Some(-10_000)), "the cap");
}

#[test]
fn shipped_sheets_hold_and_name_figures_that_there_are() {
    let known = |code: &str| {
        let all = crate::figures::CASES.iter().chain(crate::figures::CALLS);
        all.into_iter()
            .find(|figure| figure.code == code)
            .map(|figure| matches!(figure.measure, figures::Measure::Ratio { .. }))
    };
    for sheet in defaults() {
        assert_eq!(codes(&sheet.validate()), [], "{}", sheet.code);
        assert_eq!(codes(&unknown_figures(&sheet, known)), [], "{}", sheet.code);
    }
    let mut wrong = sheet("digital_jinniu");
    wrong.lines[0].figure = "governance.nothing".to_owned();
    wrong.lines[1].figure = "governance.reported".to_owned();
    assert_eq!(
        codes(&unknown_figures(&wrong, known)),
        [("lines.0.figure", "score_figure_unknown"), ("lines.1.figure", "score_figure_of_another_kind")]
    );
}

#[test]
fn what_does_not_add_up_is_refused() {
    let good = sheet("digital_jinhua");
    let codes_of = |change: fn(&mut ScoreSheet)| {
        let mut sheet = good.clone();
        change(&mut sheet);
        sheet.validate().iter().map(|fault| fault.code).collect::<Vec<_>>()
    };
    assert_eq!(codes_of(|sheet| sheet.full = Decimal(1_000)), ["score_weights_do_not_add_up"]);
    assert_eq!(codes_of(|sheet| sheet.lines[0].target = None), ["value_missing_here"]);
    assert_eq!(codes_of(|sheet| sheet.lines[4].cap = None), ["value_missing_here"]);
    assert_eq!(
        codes_of(|sheet| sheet.lines[3].figure = sheet.lines[2].figure.clone()),
        ["score_figure_twice"]
    );
    assert_eq!(codes_of(|sheet| sheet.ends_on = sheet.begins_on.yesterday().ok()), ["dates_out_of_order"]);
    assert!(codes_of(|sheet| sheet.lines[0].target = Some(Rate(2_000_000))).contains(&"number_range"));
}
